"""What does the index keep of a document, and how does the document come back from it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from searcher.documents import Document, Location
from searcher.records.places import PackedLocations
from searcher.text.respelling import is_plain


def values_of(document: Document, starts: Sequence[int]) -> dict[str, Any]:
    """What a hit shows beside its passages, and what is soon known with it of the text: the line of a passage by `lines`, and `plain`.

    `starts`: of the blocks of the text.
    """
    return {
        "id": document.id,
        "title": document.title,
        "path": document.path,
        "source": document.source,
        "date": document.date,
        "metadata": {name: value if isinstance(value, str) else list(value) for name, value in document.metadata.items()},
        "locations": _packed_locations(document.locations),
        "lines": _line_breaks_before(document.text, starts),
        "digest": digest_of(document),
        "plain": is_plain(document.text),
        **({"numbers": dict(document.numbers)} if document.numbers else {}),
        **({} if document.modified is None else {"modified": document.modified}),
    }


def document_of(values: Mapping[str, Any], text: str) -> Document:
    """The document that was indexed, from what the index stored of it."""
    return Document(
        id=values["id"],
        title=values["title"],
        text=text,
        source=values["source"],
        path=values["path"],
        date=values["date"],
        metadata={name: value if isinstance(value, str) else tuple(value) for name, value in values["metadata"].items()},
        locations=_unpacked_locations(values["locations"]),
        numbers=values.get("numbers", {}),
        modified=values.get("modified"),
    )


def digest_of(document: Document) -> str:
    """What two documents of the same text share, whatever their files; without a text, two of the same title.

    What has numbers of its own shares it with nothing: goods that are described alike are not the same.
    """
    import hashlib

    said = document.text if document.text.strip() else document.title
    if document.numbers:
        said = f"{document.id}\n{said}"
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _packed_locations(locations: Iterable[Location]) -> dict[str, tuple[list[int], list[str]]]:
    """Locations by kind, as two columns: {"page": [[0, 812], ["1", "2"]]}."""
    packed: dict[str, tuple[list[int], list[str]]] = {}
    for location in locations:
        starts, labels = packed.setdefault(location.kind, ([], []))
        starts.append(location.start)
        labels.append(location.label)
    return packed


def _unpacked_locations(packed: PackedLocations) -> tuple[Location, ...]:
    """What `_packed_locations` took, in ascending order."""
    found = [Location(start, kind, label) for kind, (starts, labels) in packed.items() for start, label in zip(starts, labels, strict=True)]
    return tuple(sorted(found, key=lambda location: location.start))


def _line_breaks_before(text: str, starts: Sequence[int]) -> dict[str, int]:
    """How many line breaks stand before each block but the first, by its start offset."""
    counts, total, previous = {}, 0, 0
    for start in starts[1:]:
        total += text.count("\n", previous, start)
        counts[str(start)] = total
        previous = start
    return counts

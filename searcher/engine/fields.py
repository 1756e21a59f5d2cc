"""Which fields an index has, as plain data: how each is indexed, and which are stored.

In a table of contents, where nothing but data may lie: {"indexed": {name: kind, …}, "stored": [name, …]}.
What Whoosh calls a schema is made from this by `as_whoosh/schema.py`, for Whoosh programs alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from searcher.frozen import frozen

if TYPE_CHECKING:
    from searcher.engine.record import Record

KEYWORDS = "keyword"
"""The field that holds the keywords: a document has each at most once, without positions; lengths are not kept."""

IDS = "id"
"""The field that holds the ids of documents: one term for each document, which no other document of the segment has."""

MISSING = -(2**63)
"""What a column holds for a document that has no such number."""

ID, KEYWORD, TERMS, POSITIONS, NUMBERS = "id", "keywords", "terms", "positions", "numbers"
KINDS = (ID, KEYWORD, TERMS, POSITIONS, NUMBERS)
"""The id of a document, its keywords; terms, terms at positions; a column of numbers."""

TEXT = "text"
"""The stored field that holds the text of a document."""


@frozen
class Kinds:
    """The fields of an index or of a segment: the kind of each that is indexed, and the names of those that are stored."""

    indexed: Mapping[str, str] = field(default_factory=lambda: {IDS: ID, KEYWORDS: KEYWORD})
    stored: tuple[str, ...] = (IDS, TEXT)

    def as_data(self) -> dict[str, Any]:
        return {"indexed": dict(self.indexed), "stored": list(self.stored)}


def kinds_from(data: Any) -> Kinds:
    """The inverse of `as_data`; ValueError for anything else."""
    kinds = Kinds(dict(data["indexed"]), tuple(data["stored"]))
    if any(kind not in KINDS for kind in kinds.indexed.values()) or not all(type(name) is str for name in (*kinds.indexed, *kinds.stored)):
        raise ValueError("a field of a strange kind")
    if (kinds.indexed.get(IDS), kinds.indexed.get(KEYWORDS)) != (ID, KEYWORD):
        raise ValueError("documents without ids or keywords")
    return kinds


class Schema:
    """The fields of an index that is written: it learns those of records and of segments. A field never changes its kind."""

    def __init__(self, kinds: Kinds | None = None) -> None:
        known = kinds or Kinds()
        self._indexed, self._stored = dict(known.indexed), dict.fromkeys(known.stored)

    @property
    def kinds(self) -> Kinds:
        """The schema as data."""
        return Kinds(dict(self._indexed), tuple(self._stored))

    def kind(self, name: str) -> str | None:
        """How a field is indexed; None: it is not."""
        return self._indexed.get(name)

    def check(self, record: Record) -> None:
        """ValueError where a record has a field of another kind, or of a name that a schema cannot have."""
        for name, kind in _kinds_of(record):
            if name not in self._indexed and not is_sayable(name):
                raise ValueError(f"no field can be called {name!a}: a name begins with no _ and holds no space")
            check_kind(name, kind, self._indexed.get(name, kind))
        if both := record.fields.keys() & record.numbers.keys():
            raise ValueError(f"the field {min(both)!a} holds terms and numbers")

    def learn_record(self, record: Record) -> None:
        """Takes the fields of a record that was checked."""
        self._indexed.update(_kinds_of(record))
        self._stored.update(dict.fromkeys(record.values))

    def unite(self, kinds: Kinds) -> None:
        """Takes other fields; ValueError where one is of another kind here."""
        for name, kind in kinds.indexed.items():
            check_kind(name, kind, self._indexed.setdefault(name, kind))
        self._stored.update(dict.fromkeys(kinds.stored))


def is_sayable(name: str) -> bool:
    """Whether a field of a Whoosh schema can be called so. A stored field of another name is kept, but no Whoosh program sees it."""
    return not name.startswith("_") and " " not in name


def _kinds_of(record: Record) -> Iterator[tuple[str, str]]:
    for name, terms in record.fields.items():
        yield name, POSITIONS if terms.positional else TERMS
    for name in record.numbers:
        yield name, NUMBERS


def check_kind(name: str, kind: str, known: str) -> None:
    """ValueError where a field that is known to be of one kind comes as another."""
    if kind != known:
        raise ValueError(f"the field {name!a} holds {known} in this index, not {kind}: give it another name, or run `searcher rebuild`")

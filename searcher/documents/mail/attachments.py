"""What is attached to a document becomes what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from searcher.documents.archives.membernames import DistinctNames
from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.registry import documents_of
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

_MOST = 1_000

Attachment = tuple[str, Callable[[str], Iterable[Document | Skipped]]]
"""What it is called, perhaps nothing, and what reads it under a name of its own."""


def reading(source: Source, options: ReadOptions, content: Callable[[], bytes]) -> Callable[[str], Iterable[Document | Skipped]]:
    """What reads an attachment of a source, which is no more than these bytes."""
    return lambda name: documents_of(source.member(name, content()), options)


def attached(source: Source, attachments: Iterable[Attachment], folder: str = "") -> Iterator[Document | Skipped]:
    """The documents of what is attached to a source; one that cannot be read costs itself alone. `folder` comes before all names."""
    distinct = DistinctNames()
    for count, (called, read) in enumerate(attachments, 1):
        if count > _MOST:
            yield Skipped(source.path, "too-large", Remark("detail.attachments", limit=_MOST))
            return
        name = folder + distinct(called or str(count))
        try:
            yield from read(name)
        except Refused as refusal:
            yield Skipped(f"{source.path}!/{name}", refusal.reason, refusal.detail)

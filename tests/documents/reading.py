"""How the tests of this room read."""

from __future__ import annotations

from searcher.documents import Document, ReadOptions, Skipped, Source, documents_of


def read_all(name: str, content: str | bytes, **options: object) -> list[Document | Skipped]:
    """What comes of bytes under a name."""
    data = content.encode() if isinstance(content, str) else content
    return list(documents_of(Source.of_bytes(name, data), ReadOptions(**options)))  # type: ignore[arg-type]


def read_one(name: str, content: str | bytes, **options: object) -> Document:
    """The one document of bytes under a name."""
    (document,) = read_all(name, content, **options)
    assert isinstance(document, Document), document
    return document


def skipped(name: str, content: str | bytes, **options: object) -> tuple[str, str]:
    """The reason and the detail of why there is none."""
    (item,) = read_all(name, content, **options)
    assert isinstance(item, Skipped), item
    return item.reason, item.detail

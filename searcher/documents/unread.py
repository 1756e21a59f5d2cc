"""Files of kinds that are known and not read here: each is told with what makes it readable.

A command of the user may read them all the same (see converting.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from searcher.documents.document import Document, Refused
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

_KINDS = (
    (b"7z\xbc\xaf\x27\x1c", "detail.packed"),
    (b"Rar!\x1a\x07", "detail.packed"),
    (b"CAJ\0", "detail.caj"),
    (b"KDH ", "detail.caj"),
    (b"HN", "detail.caj"),
    (b"TEB", "detail.caj"),
)
"""How a file begins, and what is said of it."""

LFS = b"version https://git-lfs.github.com/spec/v1\n"
"""How the text begins that stands in the place of a file which Git has not brought."""


def refuse(source: Source, options: ReadOptions) -> Iterator[Document]:
    """Refused("unsupported"), with the remedy for its kind; "empty" for what only points to a file, "binary" for what only has the name."""
    head = source.head(len(LFS))
    if head == LFS:
        raise Refused("empty", Remark("detail.lfs"))
    remedy = next((remedy for start, remedy in _KINDS if head.startswith(start)), None)
    if remedy is None:
        raise Refused("binary", Remark("detail.unknown"))
    raise Refused("unsupported", Remark(remedy))

"""Files of kinds that are known and not read here: each is told with what makes it readable.

A command of the user may read them all the same (see converting.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from searcher.documents.document import Document, Refused
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

KEPT = (
    b"!BDN",  # Outlook (MS-PST)
    b"\xcf\xad\x12\xfe",  # Outlook Express
    b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3",  # OneNote (MS-ONESTORE)
)
"""How files begin in which a program keeps many mails or notes."""

_KINDS = (
    (b"7z\xbc\xaf\x27\x1c", "detail.packed"),
    (b"Rar!\x1a\x07", "detail.packed"),
    (b"CAJ\0", "detail.caj"),
    (b"KDH ", "detail.caj"),
    (b"HN", "detail.caj"),
    (b"TEB", "detail.caj"),
    *((start, "detail.kept") for start in KEPT),
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

"""Files of kinds that are known and not read here: each is told with what makes it readable.

A command of the user may read them all the same (see converting.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from searcher.documents.document import Document, Refused
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

_PACKED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
_KEPT = (b"!BDN", b"\xcf\xad\x12\xfe", b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3")
"""Outlook (MS-PST), Outlook Express, OneNote (MS-ONESTORE)."""
_REMEDIES = {"detail.packed": _PACKED, "detail.kept": _KEPT, "detail.caj": (b"CAJ\0", b"KDH ", b"HN", b"TEB")}
"""What is said of files, by how they begin."""

LFS = b"version https://git-lfs.github.com/spec/v1\n"
"""How the text begins that stands in the place of a file which Git has not brought."""

SIGNATURES = (*_PACKED, *_KEPT, b"CAJ\0", b"KDH \0", LFS)
"""What tells such a file whatever it is called."""


def refuse(source: Source, options: ReadOptions) -> Iterator[Document]:
    """Refused("unsupported"), with the remedy for its kind; "empty" for what only points to a file, "binary" for what only has the name."""
    head = source.head(len(LFS))
    if head == LFS:
        raise Refused("empty", Remark("detail.lfs"))
    remedy = next((remedy for remedy, starts in _REMEDIES.items() if head.startswith(starts)), None)
    if remedy is None:
        raise Refused("binary", Remark("detail.unknown"))
    raise Refused("unsupported", Remark(remedy))

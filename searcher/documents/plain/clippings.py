"""What a Kindle keeps of what its reader has marked and noted becomes a document a book.

三體 (劉慈欣)
- 您在位置 #297-298的标注 | 添加于 2019年8月21日星期三 上午11:58:32

給歲月以文明，而不是給文明以歲月。
==========
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import document_of_text
from searcher.documents.composing.places import needed_lines
from searcher.documents.description.dates import to_iso
from searcher.documents.document import Document, Refused
from searcher.documents.sources.source import ReadOptions, Source
from searcher.frozen import frozen
from searcher.remarks import Remark

_END = "=========="
_LONGEST_NAME = 500  # characters
_BOOK = re.compile(r"^(.*?)(?:\s*[(（]([^()（）]{1,200}(?:[(（][^()（）]{1,100}[)）][^()（）]{0,100})*)[)）])?\s*$")
"""How a book is called, and by whom it is."""
_ADDED = re.compile(r"[|｜]\s*(?:[^|｜\d]*?[于於至:：]|Added on)\s*(?P<date>[^|｜]+)$")


@frozen
class _Clipping:
    """What was marked, on which line of the file it begins, and when."""

    text: str
    line: int
    added: str | None


def read_clippings(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The books by the order of their first clippings, each with its clippings in the order of the file; of the day of the last one."""
    written = source.text(options, format="clippings")
    books: dict[str, list[_Clipping]] = {}
    for book, clipping in _clippings(written.text):
        books.setdefault(book, []).append(clipping)
    if not books:
        raise Refused("empty", Remark("detail.unread"))
    for number, (book, clippings) in enumerate(books.items(), 1):
        said = Lines()
        for clipping in clippings:
            said.place("line", str(clipping.line))
            said.add(clipping.text, "\n\n")
        title, author = _BOOK.findall(book[:_LONGEST_NAME])[0]
        yield document_of_text(
            source,
            said.text,
            title,
            metadata=written.metadata,
            about={"author": [author]} if author else None,
            date=max((clipping.added for clipping in clippings if clipping.added), default=None),
            places=needed_lines(said.text, said.places),
            number=number,
        )


def _clippings(text: str) -> Iterator[tuple[str, _Clipping]]:
    """Each with the line that names its book; marks of pages say nothing."""
    line = 1
    for entry in text.split(f"\n{_END}"):
        rows = entry.lstrip("\ufeff\n").split("\n")
        begin = line + entry[: len(entry) - len(entry.lstrip("\ufeff\n"))].count("\n")
        line += entry.count("\n") + 1
        body = "\n".join(rows[2:])
        if body.strip():
            added = _ADDED.search(rows[1])
            number = begin + 2 + body[: len(body) - len(body.lstrip("\n"))].count("\n")
            yield rows[0].strip("\ufeff "), _Clipping(body.strip("\n"), number, to_iso(added["date"]) if added else None)

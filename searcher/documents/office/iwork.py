"""A document of Pages, Numbers or Keynote becomes its text: slide by slide, sheet by sheet, or as it runs.

What is in it is found by what refers to what, from the document on. Headers come at the end, with footnotes; templates of slides are no
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.document import Document, Refused
from searcher.documents.office.iwa import Thing, fields, things, values
from searcher.documents.office.iworktables import referred, rows
from searcher.documents.office.packages import opened
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

_DOCUMENT, _PAGES = 1, 10_000  # the first in Numbers and Keynote
_SHEET = 2
_SLIDE, _PLACEHOLDER, _NOTE = 5, 7, 15
_STORAGE, _TABLE, _STYLE = 2001, 6001, 2022
_HEADER, _FOOTNOTE, _CELL = 1, 2, 5  # kinds of storages
_STYLES = 5  # field of a storage: of its paragraphs
_MOST_PARENTS = 10
_MASTERS = re.compile(r"(?:Master|Template)Slide|DocumentStylesheet|ViewState|Metadata|ThemeStylesheet")
_PARAGRAPH_END = re.compile("[\n\r\u2029\x04\x05\x0c]")
_LINE_END = re.compile("[\u2028\x0b]")
_NO_TEXT = re.compile("[\ufffc\x00-\x08\x0e-\x1f]")
_HEADING = re.compile(r"(?:heading|标题|標題)\s*(\d?)", re.IGNORECASE)
_NAMELESS = re.compile(r"(?:table|表格?) ?\d*", re.IGNORECASE)
"""What programs call a table that nobody has given a name."""
_TITLE = frozenset(("title", "标题", "標題"))


def read_iwork(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a file; Refused: "unsupported" for one from before 2013, "encrypted"."""
    found = _things(source, options)
    is_show = any("Slide" in thing.part for thing in found.values())
    format = "keynote" if is_show else "pages" if any(thing.kind == _PAGES for thing in found.values()) else "numbers"
    yield document_of_page(source, _Reader(found, is_show=is_show).read(), {"format": format})


def _things(source: Source, options: ReadOptions) -> dict[int, Thing]:
    """The objects in a file, or in the ZIP that lies in the folder which a file once was."""
    with opened(source, options) as package:
        if any(name.rpartition("/")[2].startswith(".iwp") for name in package.names):
            raise Refused("encrypted", Remark("detail.password"))
        if found := things(package, options.max_bytes):
            return found
        inner = next((name for name in package.names if name.rpartition("/")[2] == "Index.zip"), None)
        if inner is None or source.depth >= options.max_depth:
            raise Refused("unsupported", Remark("detail.iwork"))
        return _things(source.member(inner, package.read(inner, options.max_bytes)), options)


class _Reader:
    """Goes from an object to those that it refers to, and writes down what they say."""

    def __init__(self, found: Mapping[int, Thing], *, is_show: bool) -> None:
        self._things = found
        self._is_show = is_show
        self._blocks = Blocks()
        self._slides = 0
        self._headers: dict[str, None] = {}

    def read(self) -> Page:
        documents = (id for kind in (_PAGES, _DOCUMENT) for id, thing in self._things.items() if thing.kind == kind)
        seen: set[int] = set()
        left = [*(id for id, thing in reversed(list(self._things.items())) if _is_alone(thing)), next(documents, 0)]
        while left:
            id = left.pop()
            thing = self._things.get(id)
            if thing is not None and id not in seen and not _MASTERS.match(thing.part):
                self._write(thing)
                left += self._next(thing)
            seen.add(id)
        for header in self._headers:
            self._blocks.note(header)
        return self._blocks.page()

    def _next(self, thing: Thing) -> list[int]:
        """What a thing refers to, the last to be read first: of a slide its title before other shapes, and its notes behind them."""
        if thing.kind == _TABLE:
            return []
        return sorted(thing.refers, key=self._rank)[::-1]

    def _rank(self, id: int) -> int:
        thing = self._things.get(id)
        if thing is None or thing.kind in (_PLACEHOLDER, _STORAGE):
            return 0
        return 2 if self._is_show and thing.kind == _NOTE else 1

    def _write(self, thing: Thing) -> None:
        if thing.kind == _STORAGE:
            self._storage(thing)
        elif thing.kind == _TABLE:
            self._table(thing)
        elif thing.kind == _SLIDE and self._is_show:
            self._slides += 1
            self._blocks.end_block()
            self._blocks.locate("slide", str(self._slides))
        elif thing.kind == _SHEET and not self._is_show:
            self._sheet(thing)

    def _sheet(self, thing: Thing) -> None:
        if name := _string(values(thing.message).get(1)):
            self._blocks.end_block()
            self._blocks.locate("sheet", name)

    def _storage(self, thing: Thing) -> None:
        kind = values(thing.message).get(1)
        text = _text(thing)
        if kind == _HEADER:
            self._headers[_in_a_line(text)] = None
        elif kind == _FOOTNOTE:
            self._blocks.note(_in_a_line(text))
        else:
            self._paragraphs(text, self._headings(thing))

    def _paragraphs(self, text: str, headings: Mapping[int, int]) -> None:
        place = 0  # in units of UTF-16
        for paragraph in _PARAGRAPH_END.split(text):
            level = headings.get(place)
            if level and _plain(paragraph).strip():
                self._blocks.heading(_plain(paragraph), level)
            else:
                self._blocks.lines(_plain(paragraph))
                self._blocks.end_line() if self._is_show else self._blocks.end_block()
            place += len(paragraph.encode("utf-16-le", "replace")) // 2 + 1
        self._blocks.end_block()

    def _headings(self, thing: Thing) -> dict[int, int]:
        """Where paragraphs begin that are set as headings, and of which level."""
        found: dict[int, int] = {}
        table = values(thing.message).get(_STYLES)
        for number, entry in fields(table) if isinstance(table, bytes) else ():
            said = values(entry) if number == 1 and isinstance(entry, bytes) else {}
            place, level = said.get(1), _level(self._name_of_style(referred(said.get(2))))
            if isinstance(place, int) and level:
                found[place] = level
        return found

    def _name_of_style(self, id: int) -> str:
        """What a style is called, or the one that it was made of."""
        for _ in range(_MOST_PARENTS):
            thing = self._things.get(id)
            style = values(thing.message).get(1) if thing and thing.kind == _STYLE else None
            if not isinstance(style, bytes):
                break
            said = values(style)
            if name := _string(said.get(1)):
                return name.strip()
            id = referred(said.get(3))
        return ""

    def _table(self, thing: Thing) -> None:
        said = values(thing.message)
        name = _string(said.get(8)) if said.get(9) else ""
        self._blocks.end_block()
        if not _NAMELESS.fullmatch(name):
            self._blocks.text(name)
            self._blocks.end_block()
        for row in rows(thing, self._things):
            self._blocks.begin_row()
            for cell in row:
                self._blocks.begin_cell()
                self._blocks.text(_in_a_line(cell if isinstance(cell, str) else _text(cell)))
        self._blocks.end_table()


def _is_alone(thing: Thing) -> bool:
    """Whether a thing has a text of its own, even where nothing refers to it, as some programs leave out what refers to what."""
    return thing.kind == _TABLE or (thing.kind == _STORAGE and values(thing.message).get(1) != _CELL)


def _text(storage: Thing) -> str:
    """All of a storage, which may lie in several pieces."""
    return "".join(_string(text) for number, text in fields(storage.message) if number == 3)


def _string(value: int | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _plain(text: str) -> str:
    """Without what stands for pictures, tables and notes."""
    return _NO_TEXT.sub("", _LINE_END.sub("\n", text))


def _in_a_line(text: str) -> str:
    return " ".join(_plain(text).split())


def _level(style: str) -> int:
    if style.lower() in _TITLE:
        return 1
    heading = _HEADING.fullmatch(style)
    return int(heading[1] or 1) + 1 if heading else 0

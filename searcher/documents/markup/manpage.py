"""A man page becomes what a reader sees of it: man(7), tables of tbl(1) with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.document import Document, Location, Refused
from searcher.documents.markup.troff import Line, Troff
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

_FONTS = frozenset("B I R SM SB BR RB BI IB IR RI RB C CW L CB".split())
_ALTERNATING = frozenset("BR RB BI IB IR RI".split())
_PARAGRAPHS = frozenset("PP P LP HP sp Sp Lp RS RE bp SY YS VS VE BS BE".split())
_VERBATIM = {"nf": True, "EX": True, "Vb": True, "CS": True, "DS": True, "fi": False, "EE": False, "Ve": False, "CE": False, "DE": False}
_HEADINGS = {"SH": 1, "SS": 2}
_SHORT_TAG = 3  # characters: a bullet or a number, which stands before its text and not above it
_LONGEST_TITLE = 120
_NAME = re.compile(r"\S[^\n]{0,80}? [-–—] *\S")
_INCLUDED = re.compile(r"[.']so[ \t]+(\S+)")
_TABLE_TAB = re.compile(r"\btab[ \t]*\((.)\)")
_UNSHOWN_CELL = re.compile(r"\\\^|[-=_]+")


def read_man_page(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a man page; one that only stands for another is Refused("empty")."""
    written = source.text(options, format="man")
    page = _Page(written.text)
    text, locations = page.read()
    included = None if text else _INCLUDED.search(written.text)
    if included:
        raise Refused("empty", Remark("detail.stands-for", other=included[1]))
    about = {"date": [page.date], "section": [page.section], "manual": [page.manual]}
    yield document_of_page(source, Page(text, locations, heading=page.title(text, locations)), written.metadata, about)


class _Page:
    """Goes from line to line, and knows what it is inside of."""

    def __init__(self, text: str) -> None:
        self._troff = Troff(text)
        self._blocks = Blocks()
        self._verbatim = False
        self._heading = 0  # the level of one whose words are on the next line
        self._tag = False  # the next text is the tag of an item
        self._glued = True  # no space before the next text
        self._link = ""  # shown where its text is missing
        self.section = self.manual = self.date = ""
        self._called = ""

    def read(self) -> tuple[str, tuple[Location, ...]]:
        lines = self._troff.lines()
        for line in lines:
            self._blocks.locate("line", str(line.number))
            if line.request == "TS":
                self._table(lines)
            elif line.request:
                self._request(line, self._troff.arguments(line.rest))
            else:
                self._running(line.rest)
        return self._blocks.finish()

    def title(self, text: str, locations: tuple[Location, ...]) -> str | None:
        """What stands below the first heading, NAME: the name and what it is for; else the name with its section."""
        headings = [place for place in locations if place.kind == "heading"]
        if headings and not text[: headings[0].start].strip():
            end = headings[1].start if len(headings) > 1 else len(text)
            named = text[headings[0].start + len(headings[0].label) : end].strip()
            if _NAME.match(named) and "\n\n" not in named and len(named) <= _LONGEST_TITLE:
                return " ".join(named.split())
        return f"{self._called}({self.section})" if self._called and self.section else self._called or None

    def _request(self, line: Line, arguments: list[str]) -> None:
        name = line.request
        if name in _HEADINGS:
            self._begin_heading(_HEADINGS[name], arguments)
        elif name == "TH":
            self._called, self.section, self.date, _, self.manual, *_ = (*map(self._troff.shown, arguments), *[""] * 5)
        elif name in _FONTS:
            self._write(("" if name in _ALTERNATING else " ").join(arguments), glued=False)
        elif name in _PARAGRAPHS:
            self._break(paragraph=True)
            if name == "SY":
                self._write(" ".join(arguments), glued=False)
        elif name in _VERBATIM:
            self._break(paragraph=_VERBATIM[name] != self._verbatim)
            self._verbatim = _VERBATIM[name]
        elif name == "br":
            self._break(paragraph=False)
        elif name in ("TP", "TQ", "IP"):
            self._item(name, arguments)
        elif name in ("UR", "MT"):
            self._link = arguments[0] if arguments else ""
        elif name in ("UE", "ME"):
            self._write(self._link + (arguments[0] if arguments else ""), glued=not self._link)
            self._link = ""
        elif name == "OP":
            self._write(f"[{' '.join(arguments)}]", glued=False)

    def _begin_heading(self, level: int, arguments: list[str]) -> None:
        self._break(paragraph=True)
        self._verbatim = self._tag = False
        self._heading = level
        if arguments:
            self._write(" ".join(arguments), glued=True)

    def _item(self, name: str, arguments: list[str]) -> None:
        self._break(paragraph=name != "TQ")
        self._tag = name != "IP" or bool(arguments and self._troff.shown(arguments[0]).strip())
        if name == "IP" and self._tag:
            self._write(arguments[0], glued=True)

    def _running(self, written: str) -> None:
        """A line of text."""
        if self._verbatim:
            self._put(self._troff.shown(written), glued=False)
        elif not written.strip():
            self._break(paragraph=True)
        else:
            if written.startswith((" ", "\t")):
                self._break(paragraph=False)
            self._write(written, glued=False)

    def _write(self, written: str, *, glued: bool) -> None:
        """Text with escapes; what ends in \\c stands close to the next."""
        text = self._troff.shown(written)
        if text.strip():
            self._put(text, glued=glued)
            self._glued = written.rstrip().endswith("\\c")

    def _put(self, text: str, *, glued: bool) -> None:
        self._link = ""
        if self._heading:
            level, self._heading = self._heading, 0
            self._blocks.heading(text, level)
        elif self._verbatim:
            self._blocks.verbatim(text if self._glued else f"\n{text}")
        else:
            self._blocks.text(text if glued or self._glued else f"\n{text}")
        self._glued = False
        if self._tag:
            self._tag = False
            if len(text.strip()) > _SHORT_TAG or any(map(str.isalpha, text)):
                self._break(paragraph=False)

    def _break(self, *, paragraph: bool) -> None:
        self._tag = False
        self._glued = True
        if paragraph:
            self._blocks.end_block()
        else:
            self._blocks.end_line()

    def _table(self, lines: Iterator[Line]) -> None:
        """A table of tbl: options up to a semicolon, formats up to a full stop, then a row a line; T{ and T} around a cell of several."""
        self._break(paragraph=True)
        tab, in_data, cell = "\t", False, None
        row: list[str] = []
        for line in lines:
            if line.request == "TE":
                break
            written = line.rest if not line.request else f".{line.request} {line.rest}"
            if not in_data:
                tab = found[1] if (found := _TABLE_TAB.search(written)) else tab
                in_data = written.rstrip().endswith(".")
            elif line.request == "T&":
                in_data = False
            elif cell is not None:
                if written.startswith("T}"):
                    rest = written[2:].removeprefix(tab)
                    row.append("\n".join(cell))
                    cell = None
                    row, cell = self._cells(row, rest.split(tab) if rest else [])
                else:
                    cell.append(self._cell_line(line))
            elif not line.request:
                self._blocks.locate("line", str(line.number))
                row, cell = self._cells([], written.split(tab))
        if row:
            self._row(row)
        self._blocks.end_table()
        self._glued = True

    def _cells(self, row: list[str], parts: list[str]) -> tuple[list[str], list[str] | None]:
        """The row and the cell that is open behind these parts; a row that is whole is written."""
        if parts and parts[-1].strip() == "T{":
            return [*row, *parts[:-1]], []
        self._row([*row, *parts])
        return [], None

    def _cell_line(self, line: Line) -> str:
        if not line.request:
            return line.rest
        arguments = self._troff.arguments(line.rest)
        return ("" if line.request in _ALTERNATING else " ").join(arguments) if line.request in _FONTS else ""

    def _row(self, cells: list[str]) -> None:
        shown = ["" if _UNSHOWN_CELL.fullmatch(cell.strip()) else self._troff.shown(cell).strip() for cell in cells]
        if not any(shown):
            return
        self._blocks.begin_row()
        for cell in shown:
            if cell:
                self._blocks.begin_cell()
                self._blocks.text(cell)

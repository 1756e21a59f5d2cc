"""The text of a Word document (DOCX), as a reader sees it.

Left out are deleted and moved revisions, annotations above characters, hidden text and field codes.
At the end stand what diagrams and charts say, footnotes, what is printed at the edges of pages (each text once), and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page
from searcher.documents.office.charts import chart_events
from searcher.documents.office.numbering import BULLET, Numbering, labelled
from searcher.documents.office.packages import Parts
from searcher.documents.xml.events import CLOSE, OPEN, Event, without

_DROPPED = frozenset(
    "del moveFrom Fallback rt instrText delInstrText delText pPrChange rPrChange sectPrChange tblPrChange tcPrChange trPrChange"
    " tblGridChange numberingChange".split()
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_OFF = frozenset(("0", "false", "off", "none"))
_SIGNS = frozenset(("Symbol", "Wingdings", "Wingdings 2", "Wingdings 3"))  # fonts of bullets
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])")
_LONGEST_CHAIN = 12  # styles based on one another


@dataclass(slots=True)
class Style:
    """What a paragraph style says of its paragraphs: `level` is that of a heading, 0 for none; `number` and `depth` those of a list."""

    name: str = ""
    base: str = ""
    level: int = 0
    number: str = ""
    depth: str = ""


def word_page(package: Parts, main: str, limit: int) -> Page:
    """The text of the document whose main part this is, then that of the parts around it."""
    related = package.related(main)
    parts = {part.kind: part.name for part in related}
    numbering = Numbering(package.events(parts.get("numbering", "")))
    reader = _Reader(paragraph_styles(package.events(parts.get("styles", ""))), numbering)
    reader.read(package.events(main))
    for part in related:
        if part.kind in ("diagramData", "chart"):
            reader.read(chart_events(package.events(part.name)))
    for name in (parts.get("footnotes", ""), parts.get("endnotes", "")):
        reader.read(package.events(name))
    for kind in ("header", "footer", "comments"):
        for name in dict.fromkeys(part.name for part in related if part.kind == kind):
            reader.read(package.events(name), margin=True)
    return reader.page()


def paragraph_styles(events: Iterable[Event]) -> dict[str, Style]:
    """The paragraph styles by their ids."""
    styles: dict[str, Style] = {}
    style = Style()
    for kind, name, attributes in events:
        if kind != OPEN:
            continue
        if name == "style":
            style = styles.setdefault(attributes.get("styleId", ""), Style())
        elif name == "name":
            style.name = attributes.get("val", "").lower()
        elif name == "basedOn":
            style.base = attributes.get("val", "")
        elif name == "outlineLvl":
            style.level = _outline(attributes.get("val", ""))
        elif name == "numId":
            style.number = attributes.get("val", "")
        elif name == "ilvl":
            style.depth = attributes.get("val", "")
    return styles


def level_of_style(name: str) -> int:
    """The level of headings, from 1, that a style has by its name in small letters: heading 2, 标题 2; 0 for any other style."""
    named = _HEADING.fullmatch(name)
    return int(named[1]) if named else 0


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    style: str = ""
    level: int = 0
    number: str = ""
    depth: str = ""
    label: str = ""  # in the XML of Word 2003, which keeps what is shown
    in_run: bool = False
    hidden: bool = False


class _Reader:
    """Writes down paragraph by paragraph; a text box comes before the paragraph that it hangs on."""

    def __init__(self, styles: dict[str, Style], numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._in_list = False
        self._blocks = Blocks()
        self._open_paragraphs: list[_Paragraph] = []
        self._in_text = False
        self._title: str | None = None
        self._in_margin = False
        self._said: set[str] = set()  # at margins
        self._author = ""  # of the comment that begins

    def read(self, events: Iterable[Event], *, margin: bool = False) -> None:
        """Write down one part; of one at the `margin`, what says something, and was not said at a margin before."""
        self._in_margin = margin
        for kind, name, attributes in without(events, lambda name, _: name in _DROPPED):
            if kind == OPEN:
                self._open(name, attributes.get("val", ""), attributes.get("author", ""))
            elif kind == CLOSE:
                self._close(name)
            elif self._in_text:
                self._text(name)

    def page(self) -> Page:
        return self._blocks.page(self._title)

    def _open(self, name: str, value: str, author: str) -> None:
        if name == "t" and not value:
            self._in_text = True
        elif name == "comment":
            self._author = author
        elif name == "p":
            self._open_paragraphs.append(_Paragraph())
        elif name == "tbl":
            self._blocks.end_block()
        elif name == "tr":
            self._blocks.begin_row()
        elif name == "tc":
            self._blocks.begin_cell()
        elif self._open_paragraphs:
            self._in_paragraph(self._open_paragraphs[-1], name, value)

    def _in_paragraph(self, paragraph: _Paragraph, name: str, value: str) -> None:
        if name == "r":
            paragraph.in_run, paragraph.hidden = True, False
        elif name == "vanish" and paragraph.in_run:
            paragraph.hidden = value.lower() not in _OFF
        elif name in _BREAKS and paragraph.in_run:
            self._text(_BREAKS[name])
        elif name == "pStyle":
            paragraph.style = value
        elif name == "outlineLvl":
            paragraph.level = _outline(value)
        elif name == "numId":
            paragraph.number = value
        elif name == "ilvl":
            paragraph.depth = value
        elif name == "t":
            paragraph.label = value
        elif name == "font" and paragraph.label and value in _SIGNS:
            paragraph.label = BULLET

    def _close(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "p" and self._open_paragraphs:
            self._write(self._open_paragraphs.pop())
        elif name == "r" and self._open_paragraphs:
            self._open_paragraphs[-1].in_run = self._open_paragraphs[-1].hidden = False
        elif name == "tbl":
            self._blocks.end_table()

    def _text(self, text: str) -> None:
        if self._open_paragraphs and not self._open_paragraphs[-1].hidden:
            self._open_paragraphs[-1].parts.append(text)

    def _write(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.parts)
        label, depth = self._label(paragraph)
        if not text.strip() or (self._in_margin and self._is_known(text)):
            return
        if self._author:
            text, self._author = f"{self._author}: {text}", ""
        level = paragraph.level or next((found for found in map(_level, self._chain(paragraph.style)) if found), 0)
        if self._title is None and any(style.name == "title" for style in self._chain(paragraph.style)):
            self._title = text
        self._begin_paragraph(is_item=bool(label) and not level)
        if level:
            self._blocks.heading(labelled(label, text), level)
        elif label == BULLET:
            self._blocks.begin_item(depth + 1, None)
            self._blocks.lines(text)
            self._blocks.end_item()
        else:
            self._blocks.lines(labelled(label, text))

    def _is_known(self, text: str) -> bool:
        """Whether the text of a margin was written already, or is but a number of a page."""
        known = text.strip() in self._said or not any(map(str.isalpha, text))
        self._said.add(text.strip())
        return known

    def _label(self, paragraph: _Paragraph) -> tuple[str, int]:
        """What its list, or that of its style, shows before the paragraph, and how deep in it it is."""
        chain = self._chain(paragraph.style)
        number = paragraph.number or next((style.number for style in chain if style.number), "")
        depth = paragraph.depth or next((style.depth for style in chain if style.depth), "0")
        level = int(depth) if depth in tuple("012345678") else 0
        if paragraph.label:
            return paragraph.label, level
        return self._numbering.label(number, level), level

    def _begin_paragraph(self, *, is_item: bool) -> None:
        """Paragraphs stand apart, items of a list by a line break."""
        self._blocks.end_line() if is_item and self._in_list else self._blocks.end_block()
        self._in_list = is_item

    def _chain(self, style_id: str) -> list[Style]:
        """A style and those that it is based on; one that is not described is known by its id."""
        chain = [Style(style_id.lower())] if style_id and style_id not in self._styles else list[Style]()
        while style_id in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[style_id])
            style_id = chain[-1].base
        return chain


def _level(style: Style) -> int:
    return level_of_style(style.name) or style.level


def _outline(value: str) -> int:
    """An outline level counts from 0, and 9 is none."""
    return int(value) + 1 if value in tuple("012345678") else 0

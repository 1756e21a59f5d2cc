"""An XML file of any kind (DocBook, TEI, FictionBook, a feed, a table of laws) becomes its text, block by block.

Which elements are blocks is told by where they stand: inside running text they belong to it, unless their name says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.dates import to_iso
from searcher.documents.description.frontmatter import FrontMatter
from searcher.documents.description.metadata import fields
from searcher.documents.description.titles import HAN, calls, first_line
from searcher.documents.document import Document, Refused, only_text
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import declared_encoding, page_of
from searcher.documents.xml.events import LINE, OPEN, TEXT, text_events, without
from searcher.documents.xml.tei import printed

_DROPPED = frozenset(
    "binary script style rt rp ruby-text styles stylesheet config-item-set font-face-decls automatic-styles master-styles".split()
)
_BLOCKS = frozenset(
    "p para simpara title head item listitem list section sect1 sect2 sect3 div div1 div2 table row tr entry figure"
    " programlisting screen blockquote verse stanza l lg".split()
)
_INLINE = frozenset("emphasis strong em b i u s code literal hi ref xref ulink link a span sub sup subscript superscript ruby rb g".split())
_TITLES = frozenset("title head book-title article-title subtitle heading caption".split())
_VERBATIM = frozenset("programlisting screen literallayout pre listing synopsis".split())
_ROWS, _CELLS, _TABLES = frozenset(("row", "tr")), frozenset(("cell", "td", "th", "entry")), frozenset(("table", "informaltable"))
_BREAKS = frozenset(("br", "lb", "empty-line"))
_NOTES = frozenset(("footnote", "note", "fn"))
_UNSPOKEN = frozenset("id href src class style type target url linkend key path file".split())
_SPOKEN = frozenset("text title name label description value content alt summary caption".split())
_MARKUP = frozenset("description encoded content summary".split())  # of feeds, which escape pages
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_ABOUT = fields("date date pubDate published updated created dateCreated, author author creator ownerName")
_MOMENT = "value"  # the attribute of a date in FictionBook
_LONGEST_ABOUT = 200


def read_xml(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of an XML file; one that is broken, or declares entities, is read as the plain text it is.

    Without a title it is called as the file is, unless its first line is of Han characters, and no date: what else comes first is a key
    (`app_name`).
    """
    written = source.text(options, format="xml", declared=declared_encoding)
    reader = _Reader()
    try:
        page = reader.read(written.text)
    except Refused as refusal:
        raise only_text() from refusal
    first = first_line(page.text)
    if to_iso(first):
        reader.about.setdefault("date", first)
    if page.heading is None and (to_iso(first) or not HAN.search(first)):
        page = replace(page, heading=source.stem)
    yield document_of_page(source, page, written.metadata, FrontMatter(reader.about))


def _is_dropped(name: str, attributes: Mapping[str, str]) -> bool:
    """What is no text to read; pictures in letters and digits (Evernote), and formulas once more in another language (MathML)."""
    encoding = attributes.get("encoding", "")
    return name in _DROPPED or encoding.lower().startswith("base64") or (name == "annotation" and bool(encoding))


@dataclass(slots=True)
class _Element:
    """An element that is open; `mixed`: text stands in it beside elements."""

    name: str
    block: bool
    is_title: bool
    mixed: bool = False


class _Reader:
    """Writes down element by element."""

    def __init__(self) -> None:
        self._blocks = Blocks()
        self._open_elements: list[_Element] = []
        self._markup: list[str] | None = None  # the text of an element that may hold a page
        self._note: list[str] | None = None  # the text of a note that running text is broken by
        self._note_depth = 0
        self._line = ""
        self._said: list[str] | None = None  # what is known of the document
        # By the name of what says it, 法規名稱; empty where several are called so, as the rows of a table.
        self._called: dict[str, str] = {}
        self.about: dict[str, str | tuple[str, ...]] = {}

    def read(self, text: str) -> Page:
        """The page that the elements make, notes at its end."""
        for kind, name, attributes in printed(without(text_events(text), _is_dropped), self.about):
            if kind == LINE:
                self._line = name
                self._blocks.locate("line", name)
            elif kind == TEXT:
                self._text(name)
            elif kind == OPEN:
                self._open(name, attributes)
            else:
                self._close()
        if title := next(filter(None, self._called.values()), ""):
            self.about.setdefault("title", title)
        written, locations = self._blocks.finish()
        return Page(written, locations, None, next((label for label, *_ in self._blocks.headings), None))

    def _text(self, text: str) -> None:
        if not self._open_elements:
            return
        if self._markup is not None:
            self._markup.append(text)
            return
        if self._note is not None:
            self._note.append(text)
            return
        if self._said is not None:
            self._said.append(text)
        element = self._open_elements[-1]
        element.mixed = element.mixed or not text.isspace()
        if element.name in _VERBATIM:
            begin = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1  # of the line that was located
            self._blocks.verbatim(text[:begin])
            self._blocks.verbatim(text[begin:])
        else:
            self._blocks.text(text)

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        self._end_markup()
        if self._note is not None:
            self._note_depth += 1
            return
        around = self._open_elements[-1] if self._open_elements else None
        if name in _NOTES and around is not None and around.mixed:
            self._note, self._note_depth = [], 1
            return
        cited = name == "title" and around is not None and (around.mixed or around.is_title)  # in running text, and in a heading
        block = not cited and (name in _BLOCKS or not (name in _INLINE or (around is not None and around.mixed)))
        heads_outline = name == "head" and len(self._open_elements) == 1  # of OPML: it holds what is known of it
        is_title = block and name in _TITLES and not heads_outline
        self._open_elements.append(_Element(name, block=block, is_title=is_title))
        if name in _BREAKS:
            self._blocks.end_line()
        elif name in _ROWS:
            self._blocks.begin_row()
        elif name in _CELLS:
            self._blocks.begin_cell()
        elif is_title:
            self._blocks.begin_heading()
        elif block and not self._is_in_cell():
            self._blocks.end_block()
        if name == "pb" and attributes.get("n"):
            self._blocks.locate("page", attributes["n"])
        self._attributes(attributes)
        if name in _ABOUT and _ABOUT[name] not in self.about:
            self._said = []
            moment = attributes.get(_MOMENT, "") if name == "date" else ""
            if to_iso(moment):
                self._know("date", moment)
        elif not name.isascii() and calls(name, name):
            self._said = []
        if name in _MARKUP:
            self._markup = []

    def _attributes(self, attributes: Mapping[str, str]) -> None:
        """Values that are said to people: by their name, or because no program writes so."""
        for name, value in attributes.items():
            if value.strip() and (name in _SPOKEN or not (value.isascii() or name in _UNSPOKEN)):
                self._blocks.text(value if name in _SPOKEN else value.removeprefix("#"))  # who speaks is told where that points to
                self._blocks.end_block()

    def _close(self) -> None:
        self._end_markup()
        if self._note is not None:
            self._end_note()
            return
        element = self._open_elements.pop()
        if self._said is not None and (element.name in _ABOUT or calls(element.name, element.name)):
            self._know(_ABOUT.get(element.name, element.name), " ".join("".join(self._said).split()))
        if element.name in _TABLES:
            self._blocks.end_table()
        elif element.name in _ROWS or element.name in _CELLS or element.name in _BREAKS:
            return
        elif element.is_title:
            self._blocks.end_heading(1)
        elif element.block and not self._is_in_cell():
            self._blocks.end_block()

    def _end_note(self) -> None:
        """An element of a note ends; with the note itself, its text is kept for the end."""
        self._note_depth -= 1
        if not self._note_depth and self._note is not None:
            self._blocks.note("".join(self._note), self._line)
            self._note = None

    def _know(self, name: str, value: str) -> None:
        self._said = None
        if not name.isascii():
            self._called[name] = "" if name in self._called or not calls(name, value) else value
        elif value and len(value) <= _LONGEST_ABOUT and (name != "date" or to_iso(value)):
            self.about.setdefault(name, value)

    def _is_in_cell(self) -> bool:
        return any(element.name in _CELLS for element in self._open_elements[-3:])

    def _end_markup(self) -> None:
        """What was escaped is a page, or just text."""
        parts, self._markup = self._markup, None
        if parts is None:
            return
        text = "".join(parts)
        if not _TAG.search(text):
            self._text(text)
            return
        for line in page_of(text, whole=True).text.split("\n"):
            self._blocks.locate("line", self._line)
            self._blocks.text(line) if line else self._blocks.end_block()
            self._blocks.end_line()

"""Documents in OpenDocument become documents: ODT, ODS, ODP, ODG.

Left out are tracked deletions and annotations above characters. At the end stand footnotes and comments, and of texts what is printed
at the edges of their pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page
from searcher.documents.description.metadata import fields
from searcher.documents.document import Document, Refused
from searcher.documents.office.packages import Parts, opened
from searcher.documents.office.properties import document_with_properties, properties_in
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.tabular.rows import Rows
from searcher.documents.xml.events import CLOSE, OPEN, TEXT, Event, without
from searcher.remarks import Remark

_FORMATS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp", "drawing": "odg"}
"""The name of the format by the element in the body."""

_DROPPED = frozenset(
    "tracked-changes annotation ruby-text note-citation title desc font-face-decls scripts forms page-number page-count"
    " index-source table-of-content-source".split()
)
_REPEATED = frozenset(("page-number", "date-time", "footer", "header", "page"))  # what frames of slides say on every one
_NOTES = frozenset(("note-body", "annotation"))
_MARGINS = frozenset("header footer header-left footer-left header-first footer-first".split())
_SAID_OF_NOTES = frozenset(("creator-initials", "date"))
_WHITE = {"s": " ", "tab": "\t", "line-break": "\n"}
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_PROPERTIES = fields("title title, author initial-creator, editor creator, created creation-date, modified date, keywords keyword")


def read_opendocument(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a file in OpenDocument, told apart by what is in it, not by its name."""
    with opened(source, options) as package:
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise Refused("encrypted", Remark("detail.save-open"))
        yield opendocument_document(source, package, options)


def opendocument_document(source: Source, package: Parts, options: ReadOptions) -> Document:
    """The document of these parts."""
    format = _format(package)
    page = _spreadsheet(package, options.max_bytes) if format == "ods" else _text(package, format)
    properties = properties_in(package.events("meta.xml"), _PROPERTIES)
    properties.setdefault("author", properties.pop("editor", []))
    return document_with_properties(source, format, page, properties)


def _format(package: Parts) -> str:
    if "content.xml" not in package:
        raise Refused("damaged", Remark("detail.no-content"))
    inside = False
    for kind, name, _ in package.events("content.xml"):
        if kind == OPEN and inside and name in _FORMATS:
            return _FORMATS[name]
        inside = kind == OPEN and name == "body" if kind != TEXT else inside
    raise Refused("unsupported", Remark("detail.no-document"))


def _text(package: Parts, format: str) -> Page:
    reader = _Reader()
    reader.read(package.events("content.xml"))
    if format == "odt":
        reader.read(_margins(package.events("styles.xml")), margin=True)
    return reader.page()


def _margins(events: Iterable[Event]) -> Iterator[Event]:
    """What is inside the headers and footers of the kinds of pages, as notes."""
    depth = 0
    for kind, name, attributes in events:
        if kind == OPEN and (depth or name in _MARGINS):
            depth += 1
        if depth:
            yield (kind, "note-body" if depth == 1 and kind != TEXT else name, attributes)
        if kind == CLOSE and depth:
            depth -= 1


@dataclass(slots=True)
class _Paragraph:
    level: int  # of a heading, 0 for none
    is_title: bool = False
    parts: list[str] = field(default_factory=list)


class _Reader:
    """Writes down paragraph by paragraph; notes come last, what is in a frame before the paragraph that it hangs on."""

    def __init__(self) -> None:
        self._blocks = Blocks()
        self._open_paragraphs: list[_Paragraph] = []
        self._cells = 0  # around
        self._lists = 0
        self._frames: list[str] = []
        self._in_note = 0
        self._notes: list[str] = []
        self._slides = 0
        self._title_styles = {"Title"}
        self._title: str | None = None
        self._in_margin = False
        self._said: set[str] = set()  # at margins
        self._author = ""  # of the comment that begins

    def read(self, events: Iterable[Event], *, margin: bool = False) -> None:
        """Write down one part; of one at the `margin`, what says something, and was not said at a margin before."""
        self._in_margin = margin
        for kind, name, attributes in without(events, self._is_dropped):
            if kind == OPEN:
                self._open(name, attributes)
            elif kind == CLOSE:
                self._close(name)
            elif self._open_paragraphs:
                self._open_paragraphs[-1].parts.append(" ".join(name.split("\n")))

    def page(self) -> Page:
        self._blocks.end_block()
        for note in self._notes:
            self._blocks.lines(note)
            self._blocks.end_block()
        return self._blocks.page(self._title)

    def _is_dropped(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "frame":
            return attributes.get("class") in _REPEATED
        return (name in _DROPPED and name not in _NOTES) or (name in _SAID_OF_NOTES and self._in_note > 0)

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "h":
            self._open_paragraphs.append(_Paragraph(_level(attributes.get("outline-level", "1"))))
        elif name == "creator" and self._in_note:
            self._open_paragraphs.append(_Paragraph(0))
        elif name == "p":
            heads_slide = bool(self._frames) and self._frames[-1] == "title"
            self._open_paragraphs.append(_Paragraph(int(heads_slide), attributes.get("style-name") in self._title_styles))
        elif name == "style" and attributes.get("parent-style-name") == "Title":
            self._title_styles.add(attributes.get("name", ""))
        elif name in _WHITE and self._open_paragraphs:
            self._open_paragraphs[-1].parts.append(_WHITE[name])
        elif name in _CELLS:
            self._blocks.begin_cell()
            self._cells += 1
        elif name == "table-row":
            self._blocks.begin_row()
        elif name == "table":
            self._blocks.end_block()
        elif name == "list":
            self._end_group()
            self._lists += 1
        elif name in _NOTES:
            self._in_note += 1
        elif name == "frame":
            self._frames.append(attributes.get("class", ""))
        elif name == "page":
            self._slides += 1
            self._blocks.locate("slide", str(self._slides))

    def _close(self, name: str) -> None:
        if name in ("p", "h") and self._open_paragraphs:
            self._write(self._open_paragraphs.pop())
        elif name == "creator" and self._in_note and self._open_paragraphs:
            self._author = "".join(self._open_paragraphs.pop().parts).strip()
        elif name in _CELLS:
            self._cells -= 1
        elif name == "list":
            self._lists -= 1
            self._end_group()
        elif name in _NOTES:
            self._in_note -= 1
        elif name == "frame" and self._frames:
            self._frames.pop()
            self._end_group()
        elif name == "table":
            self._blocks.end_table()
        elif name in ("page", "notes", "custom-shape"):
            self._blocks.end_block()

    def _end_group(self) -> None:
        """A list or a frame stands apart, unless it is in a cell or in another list."""
        if not self._cells and not self._lists:
            self._blocks.end_block()

    def _write(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.parts)
        if not text.strip():
            return
        if self._in_note:
            self._note(text)
            return
        self._blocks.end_line() if self._lists or self._slides else self._blocks.end_block()  # items, and lines of a slide, are close
        if paragraph.is_title and self._title is None:
            self._title = text
        if paragraph.level:
            self._blocks.heading(text, paragraph.level)
        else:
            self._blocks.lines(text)

    def _note(self, text: str) -> None:
        """A footnote, a comment, or a text at a margin unless it was said there before, or is but a number of a page."""
        if self._in_margin and (text.strip() in self._said or not any(map(str.isalpha, text))):
            return
        if self._in_margin:
            self._said.add(text.strip())
        self._notes.append(f"{self._author}: {text}" if self._author else text)
        self._author = ""


def _level(outline: str) -> int:
    return int(outline) if outline in tuple("123456789") else 9


def _spreadsheet(package: Parts, limit: int) -> Page:
    """A line a row, a tab between cells; a cell that is repeated is written once."""
    rows = Rows(limit)
    cells: list[str] = []
    paragraphs = depth = 0
    for kind, name, attributes in without(package.events("content.xml"), lambda name, _: name in _DROPPED):
        if kind == TEXT:
            if paragraphs and cells:
                cells[-1] += name
        elif name == "table":
            depth += 1 if kind == OPEN else -1
            if kind == OPEN and depth == 1:
                rows.begin_sheet(attributes.get("name", ""))
        elif name in _CELLS and kind == OPEN:
            cells.append("")
        elif name == "p":
            paragraphs += 1 if kind == OPEN else -1
            if cells:
                cells[-1] += " "
        elif name in _WHITE and kind == OPEN and cells:
            cells[-1] += " "
        elif name == "table-row" and kind == CLOSE:
            rows.row(cells)
            cells = []
    return rows.page()

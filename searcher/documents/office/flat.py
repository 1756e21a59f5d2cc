"""Documents of office programs that are one XML file: of Word and Excel 2003, of Word since (Flat OPC), of LibreOffice (FODT, FODS).

Many programs of offices fill them in from a template, and call them .doc and .xls.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import partial
from io import BytesIO

from searcher.documents.composing.page import Page
from searcher.documents.description.metadata import fields
from searcher.documents.document import Document, Refused, only_text
from searcher.documents.office.opendocument import opendocument_document
from searcher.documents.office.openxml import office_document
from searcher.documents.office.packages import Related, related_in
from searcher.documents.office.properties import document_with_properties, properties_in
from searcher.documents.office.sheets import shown_number
from searcher.documents.office.word import word_page
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.tabular.rows import Rows
from searcher.documents.web.html import declared_encoding
from searcher.documents.xml.events import CLOSE, OPEN, TEXT, Event, without, xml_events
from searcher.frozen import frozen
from searcher.remarks import Remark

Read = Callable[[], Iterator[Event]]
"""Reads the file once more, from its beginning."""

_OF_OPENDOCUMENT = {"content.xml": ("automatic-styles", "body"), "styles.xml": ("master-styles",), "meta.xml": ("meta",)}
_OF_WORD = {name: (name,) for name in ("body", "styles", "hdr", "ftr")}
_BESIDE = tuple(Related("", kind, name) for kind, name in (("styles", "styles"), ("header", "hdr"), ("footer", "ftr")))
_ABOUT = "DocumentProperties"
_PROPERTIES = fields("title Title, author Author, created Created, modified LastSaved, keywords Keywords, category Category")
_NO_DAY, _MIDNIGHT, _MINUTES = "1899-12-31", "00:00", len("00:00")


def read_flat_office(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of such a file, told apart by its outermost element; one that is broken is the plain text that it is."""
    written = source.text(options, format="xml", declared=declared_encoding)
    data = written.text.encode("utf-8", "replace")
    try:
        yield _document(source, lambda: xml_events(BytesIO(data), encoding="utf-8"), options)
    except Refused as refusal:
        raise only_text() from refusal


def _document(source: Source, read: Read, options: ReadOptions) -> Document:
    root = next((name for kind, name, _ in read() if kind == OPEN), "")
    if root == "package":
        return office_document(source, _FlatPackage(read), options)
    if root == "document":
        return opendocument_document(source, _Sections(read, _OF_OPENDOCUMENT), options)
    if root == "wordDocument":
        return _with_about(source, "doc", word_page(_Sections(read, _OF_WORD, _BESIDE), "body", options.max_bytes), read)
    if root == "Workbook":
        return _with_about(source, "xls", _workbook(read(), options.max_bytes), read)
    raise Refused("unsupported", Remark("detail.no-document"))


def _with_about(source: Source, format: str, page: Page, read: Read) -> Document:
    about = properties_in(_inside(read(), lambda name, _: name == _ABOUT), _PROPERTIES)
    return document_with_properties(source, format, page, about)


@frozen
class _FlatPackage:
    """The parts of a package that stand in one file, each in an element with its name."""

    read: Read

    def __contains__(self, name: str) -> bool:
        return any(True for _ in self.events(name))

    def events(self, name: str) -> Iterator[Event]:
        inside = _inside(self.read(), partial(_is_part, posixpath.join("/", name)))
        return (event for event in inside if event[0] == TEXT or event[1] not in ("part", "xmlData"))

    def related(self, name: str = "") -> tuple[Related, ...]:
        return related_in(self, name)


@frozen
class _Sections:
    """The parts of a document that are elements of it, perhaps in one another: by their names, those that each is."""

    read: Read
    elements: Mapping[str, tuple[str, ...]]
    beside: tuple[Related, ...] = field(default=())

    def __contains__(self, name: str) -> bool:
        return name in self.elements

    def events(self, name: str) -> Iterator[Event]:
        names = self.elements.get(name, ())
        others = {other for several in self.elements.values() for other in several}.difference(names)
        return without(_inside(self.read(), lambda name, _: name in names), lambda name, _: name in others)

    def related(self, name: str = "") -> tuple[Related, ...]:
        return self.beside


def _is_part(part: str, name: str, attributes: Mapping[str, str]) -> bool:
    return name == "part" and attributes.get("name", "").lower() == part.lower()


def _inside(events: Iterable[Event], is_wanted: Callable[[str, Mapping[str, str]], bool]) -> Iterator[Event]:
    """The elements that are wanted, with all that lies in them."""
    depth = 0
    for event in events:
        kind, name, attributes = event
        if depth or (kind == OPEN and is_wanted(name, attributes)):
            depth += (kind == OPEN) - (kind == CLOSE)
            yield event


def _workbook(events: Iterable[Event], limit: int) -> Page:
    """A line a row, a tab between cells, remarks on cells below their row."""
    rows = Rows(limit)
    cells: list[str] = []
    remarks: list[str] = []
    type, in_remark, taking = "", False, False
    for kind, name, attributes in events:
        said = remarks if in_remark else cells
        if kind == TEXT:
            if taking and said:
                said[-1] += name
        elif name == "Worksheet" and kind == OPEN:
            rows.begin_sheet(attributes.get("Name", ""))
        elif name == "Cell" and kind == OPEN:
            cells.append("")
        elif name == "Comment":
            in_remark = kind == OPEN
            remarks.extend([""] * in_remark)
        elif name == "Data":
            taking = kind == OPEN
            type = attributes.get("Type", type)
            if not taking and cells and not in_remark:
                cells[-1] = _shown(cells[-1], type)
        elif name == "Row" and kind == CLOSE:
            for row in (cells, *([remark] for remark in remarks)):
                rows.row(row)
            cells, remarks = [], []
    return rows.page()


def _shown(value: str, type: str) -> str:
    """2021-08-17T00:00:00.000 → 2021-08-17;  1899-12-31T15:20:00.000 → 15:20"""
    if type == "Boolean":
        return "TRUE" if value == "1" else "FALSE"
    if type == "Number":
        return shown_number(value)
    if type != "DateTime":
        return value
    day, _, time = value.partition("T")
    return " ".join(part for part in (day, time[:_MINUTES]) if part not in (_NO_DAY, _MIDNIGHT))

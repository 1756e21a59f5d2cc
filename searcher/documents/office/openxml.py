"""Documents of office programs become documents: DOCX, PPTX, XLSX, VSDX, and live scripts of MATLAB, which are written as DOCX is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from searcher.documents.composing.page import Page
from searcher.documents.description.metadata import fields
from searcher.documents.document import Document, Refused
from searcher.documents.office.drawings import drawing_page
from searcher.documents.office.packages import Parts, opened
from searcher.documents.office.properties import document_with_properties, properties_in
from searcher.documents.office.sheets import workbook_page
from searcher.documents.office.slides import slides_page
from searcher.documents.office.word import word_page
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.xml.events import OPEN
from searcher.remarks import Remark

_KINDS: dict[str, tuple[str, Callable[[Parts, str, int], Page]]] = {
    "document": ("docx", word_page),
    "presentation": ("pptx", slides_page),
    "workbook": ("xlsx", workbook_page),
    "VisioDocument": ("vsdx", drawing_page),
}
"""The name of the format and its reader, by the root element of the main part."""

_MAIN_PARTS = ("word/document.xml", "ppt/presentation.xml", "xl/workbook.xml", "visio/document.xml", "matlab/document.xml")
_PROPERTIES = fields("title title, author creator, created created, modified modified, keywords keywords, category category")


def read_office(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a file in Office Open XML, told apart by what is in it, not by its name."""
    with opened(source, options) as package:
        yield office_document(source, package, options)


def office_document(source: Source, package: Parts, options: ReadOptions) -> Document:
    """The document of these parts."""
    main = _main_part(package)
    format, page_of = _KINDS[_root(package, main)]
    format = "mlx" if main.startswith("matlab/") else format
    page = page_of(package, main, options.max_bytes)
    core = next((related.name for related in package.related() if related.kind == "core-properties"), "docProps/core.xml")
    return document_with_properties(source, format, page, properties_in(package.events(core), _PROPERTIES))


def _main_part(package: Parts) -> str:
    named = (related.name for related in package.related() if related.kind == "officeDocument")
    main = next((name for name in (*named, *_MAIN_PARTS) if name in package), None)
    if main is None:
        raise Refused("damaged", Remark("detail.no-office"))
    if main.endswith(".bin"):
        raise Refused("unsupported", Remark("detail.binary-workbook"))
    return main


def _root(package: Parts, main: str) -> str:
    kind = next((name for kind, name, _ in package.events(main) if kind == OPEN), "")
    if kind not in _KINDS:
        raise Refused("unsupported", Remark("detail.no-document"))
    return kind

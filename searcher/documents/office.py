"""Documents of office programs become documents: DOCX, PPTX, XLSX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from searcher.documents.dates import to_iso
from searcher.documents.document import Document
from searcher.documents.frontmatter import FrontMatter, bounded
from searcher.documents.metadata import described, real_author
from searcher.documents.packages import Package, opened
from searcher.documents.page import Page
from searcher.documents.places import article_locations, in_order
from searcher.documents.refusal import Refused
from searcher.documents.sheets import workbook_page
from searcher.documents.slides import slides_page
from searcher.documents.source import ReadOptions, Source
from searcher.documents.titles import choose_title, page_title
from searcher.documents.word import word_page
from searcher.documents.xmlevents import CLOSE, OPEN, TEXT
from searcher.remarks import Remark

_KINDS: dict[str, tuple[str, Callable[[Package, str, int], Page]]] = {
    "document": ("docx", word_page),
    "presentation": ("pptx", slides_page),
    "workbook": ("xlsx", workbook_page),
}
"""The name of the format and its reader, by the root element of the main part."""

_MAIN_PARTS = ("word/document.xml", "ppt/presentation.xml", "xl/workbook.xml")
_NO_TITLE = re.compile(
    r"PowerPoint.{0,12}|Microsoft (?:Word|Excel|PowerPoint)\b.*|(?:无|無)?(?:标题|標題)\s*\d*|untitled.*"
    r"|(?:document|title|slide|book)\s*\d*"
    r"|(?:文档|文件|簡報|演示文稿|工作簿|活頁簿|投影片|幻灯片)\s*\d*",
    re.IGNORECASE,
)
_TEMPLATES = frozenset(("2013-12-23T23:15:00Z", "2013-01-27T09:14:16Z", "python-docx", "openpyxl", "Un-named"))
"""Dates and authors of templates (python-docx, python-pptx, openpyxl), which say nothing of the document."""

_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "created": "created",
    "modified": "modified",
    "keywords": "keywords",
    "category": "category",
}


def read_office(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a file in Office Open XML, told apart by what is in it, not by its name."""
    with opened(source, options) as package:
        main = _main_part(package)
        format, page_of = _KINDS[_root(package, main)]
        page = page_of(package, main, options.max_bytes)
        properties = _properties(package)
    title = page_title(real_title(next(iter(properties.pop("title", ())), None)), page.heading)
    dates = properties.pop("created", []) + properties.pop("modified", [])
    yield source.document(
        title=choose_title(page.title, title, source.stem if format == "xlsx" else None, text=page.text, name=source.stem),
        text=page.text,
        stamped=next(filter(None, map(to_iso, dates)), None),
        metadata=described({"format": format}, FrontMatter(bounded(properties))),
        locations=in_order(page.locations, article_locations(page.text)),
    )


def real_title(title: str | None) -> str | None:
    """The title, unless it is one that a program put there."""
    return None if title is None or _NO_TITLE.fullmatch(title.strip()) else title


def _main_part(package: Package) -> str:
    named = (related.name for related in package.related() if related.kind == "officeDocument")
    main = next((name for name in (*named, *_MAIN_PARTS) if name in package), None)
    if main is None:
        raise Refused("damaged", Remark("detail.no-office"))
    if main.endswith(".bin"):
        raise Refused("unsupported", Remark("detail.binary-workbook"))
    return main


def _root(package: Package, main: str) -> str:
    kind = next((name for kind, name, _ in package.events(main) if kind == OPEN), "")
    if kind not in _KINDS:
        raise Refused("unsupported", Remark("detail.no-document"))
    return kind


def _properties(package: Package) -> dict[str, list[str]]:
    """What the document says of itself."""
    part = next((related.name for related in package.related() if related.kind == "core-properties"), "docProps/core.xml")
    found: dict[str, list[str]] = {}
    current: str | None = None
    for kind, name, _ in package.events(part):
        if kind == OPEN:
            current = _PROPERTIES.get(name)
        elif kind == TEXT and current and (said := _said(current, name.strip())):
            found.setdefault(current, []).append(said)
        elif kind == CLOSE:
            current = None
    return found


def _said(name: str, value: str) -> str:
    """What a document says of itself, nothing where a program or its template has put it there."""
    if value in _TEMPLATES:
        return ""
    return real_author(value) if name == "author" else value

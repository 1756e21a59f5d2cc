"""What does a document of an office program say of itself, whichever program wrote it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from searcher.documents.composing.page import Page, document_of_text
from searcher.documents.description.dates import stamped_date
from searcher.documents.description.metadata import real_author
from searcher.documents.description.titles import names_part, page_title, typed_title
from searcher.documents.document import Document
from searcher.documents.sources.source import Source
from searcher.documents.xml.events import CLOSE, Event, with_texts

Properties = dict[str, list[str]]
"""By their names: title, author, keywords, category, created, modified."""

_TEMPLATES = frozenset(("2013-12-23T23:15:00Z", "2013-01-27T09:14:16Z", "python-docx", "openpyxl", "Un-named"))
"""Dates and authors of templates (python-docx, python-pptx, openpyxl), which say nothing of the document."""
_LONGEST = 100_000  # characters
_TABLES = frozenset(("xlsx", "xls", "ods"))


def properties_in(events: Iterable[Event], names: Mapping[str, str]) -> Properties:
    """What a document says of itself, in elements of these names; nothing where a program or its template has put it there."""
    found: Properties = {}
    for kind, name, _, text in with_texts(events, _LONGEST):
        if kind == CLOSE and name in names and (said := _said(names[name], (text or "").strip())):
            found.setdefault(names[name], []).append(said)
    return found


def document_with_properties(source: Source, format: str, page: Page, properties: Properties) -> Document:
    """The document that a page is, with what it says of itself. Tables are called as their files are: their first line is a head.

    A heading that only names a part says nothing of what stands before it.
    """
    said = dict(properties)
    heading = page.heading if page.heading and (page.text.startswith(page.heading) or not names_part(page.heading)) else None
    title = page_title(typed_title(next(iter(said.pop("title", ())), "")), heading)
    dates = said.pop("created", []) + said.pop("modified", [])
    titles = (page.title, title, source.stem if format in _TABLES else None)
    return document_of_text(
        source, page.text, *titles, metadata={"format": format}, about=said, stamped=stamped_date(dates), places=page.locations
    )


def _said(name: str, value: str) -> str:
    if value in _TEMPLATES:
        return ""
    return real_author(value) if name in ("author", "editor") else value

"""What does a document of an office program say of itself, whichever program wrote it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from searcher.documents.composing.page import Page, document_of_text
from searcher.documents.description.dates import stamped_date
from searcher.documents.description.metadata import real_author
from searcher.documents.description.titles import (
    given_title,
    is_blank,
    is_said_by,
    kept_title,
    names_part,
    names_section,
    numbers_part,
    page_title,
    typed_title,
)
from searcher.documents.document import Document
from searcher.documents.sources.source import Source
from searcher.documents.xml.events import CLOSE, Event, with_texts

Properties = dict[str, list[str]]
"""By their names: title, author, keywords, category, created, modified."""

_TEMPLATES = frozenset(("python-docx", "openpyxl", "Un-named"))
"""Authors of templates, which say nothing of the document."""
_MADE = frozenset(
    "2013-12-23T23:15:00 2013-01-27T09:14:16 1996-10-14T23:33:28 1996-12-17T01:32:42 2006-09-16T00:00:00 2006-09-13T11:21:51"
    " 2015-06-05T18:19:34 2015-06-05T18:17:20 2006-08-16T00:00:00".split()
)
"""When templates were made: those of python-docx and python-pptx, of Excel 97, 2007 and 2016, of PowerPoint 2007."""
_LONGEST = 100_000  # characters
_LOOSE = frozenset(("xlsx", "xls", "ods", "vsdx"))
"""Whose first words are no title: the head of a table, what stands in any shape."""
_SLIDES = frozenset(("pptx", "ppt", "odp"))


def properties_in(events: Iterable[Event], names: Mapping[str, str]) -> Properties:
    """What a document says of itself, in elements of these names; nothing where a program or its template has put it there."""
    found: Properties = {}
    for kind, name, _, text in with_texts(events, _LONGEST):
        if kind == CLOSE and name in names and (said := _said(names[name], (text or "").strip())):
            found.setdefault(names[name], []).append(said)
    return found


def document_with_properties(source: Source, format: str, page: Page, properties: Properties) -> Document:
    """The document that a page is, with what it says of itself. Tables and drawings are called as their files are."""
    said = dict(properties)
    written = next(iter(said.pop("title", ())), "")
    if format in _SLIDES:
        title = _of_slides(page, typed_title(written), source.stem)
    else:
        title = _of_text(page, kept_title(written, text=page.text, name=source.stem))
    dates = [date for date in said.pop("created", []) + said.pop("modified", []) if date[:19] not in _MADE]
    titles = (None if _is_running(page.title or "") else page.title, title, source.stem if format in _LOOSE else None)
    return document_of_text(
        source, page.text, *titles, metadata={"format": format}, about=said, stamped=stamped_date(dates), places=page.locations
    )


def _of_text(page: Page, kept: str | None) -> str | None:
    """What a text is called. A heading that names a part says nothing of what stands before it; its number alone, what any paper has
    for a heading (Abstract), what is filled in, or a paragraph that only looks like one, says nothing at all.
    """
    heading = page.heading or ""
    says_nothing = numbers_part(heading) or names_section(heading) or is_blank(heading) or _is_running(heading)
    tells = not says_nothing and (page.text.startswith(heading) or not names_part(heading))
    return page_title(kept, heading if tells else None)


def _is_running(text: str) -> bool:
    """Whether a paragraph only looks like a title."""
    return "。" in text


def _of_slides(page: Page, kept: str | None, name: str) -> str | None:
    """What slides are called: as the first of them is, or as their file is where somebody has called that so in Chinese.

    The title that a program keeps is that of the slides which these were made of, more often than not: it took it from the first slide
    with a title when they were saved for the first time.
    """
    if kept and is_said_by(name, kept):
        return kept
    second = next((place.start for place in page.locations if place.kind == "slide" and place.start), len(page.text) + 1)
    headings = [place for place in page.locations if place.kind == "heading"]
    on_first = next((one.label for one in headings if one.start < second and not (numbers_part(one.label) or is_blank(one.label))), None)
    if on_first or not headings:
        return on_first or kept
    is_later = any(place.label == kept for place in headings)
    return given_title(name) if is_later or not kept else kept


def _said(name: str, value: str) -> str:
    if value in _TEMPLATES:
        return ""
    return real_author(value) if name in ("author", "editor") else value

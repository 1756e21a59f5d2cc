"""What does a page say, whatever it was written in, and which document is that?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from searcher.documents.composing.places import article_locations, in_order, needed_lines
from searcher.documents.description.dates import first_date
from searcher.documents.description.frontmatter import FrontMatter, bounded
from searcher.documents.description.metadata import TITLES, date_of, described
from searcher.documents.description.titles import HAN, choose_title, page_title
from searcher.documents.document import Document, Location, Metadata
from searcher.documents.sources.source import Source
from searcher.frozen import frozen

_DATES = "article:published_time date pubdate publishdate dc.date dcterms.date dcterms.created datepublished time".split()
"""Of `meta`, the most telling first."""
_ALIASES = "alias aliases 别名 別名".split()
_SAID = (
    *"subtitle description summary excerpt abstract".split(),
    *_ALIASES,
    *"tag tags keyword keywords 副标题 副標題 描述 摘要 简介 簡介 标签 標籤 关键词 關鍵詞 备注 備註 備注 说明 說明".split(),
)

_PATH = re.compile(r"(?:\.{0,2}/|https?://)\S*|\S+(?:/|\.html?)", re.IGNORECASE)  # of Hugo and Hexo: under which the page was found before

About = Mapping[str, list[str]]
"""What a document says of itself, by name."""


@frozen
class Page:
    """What a page says. `title` is what it is called from outside, with the name of a site perhaps; `meta` what else is said of it;
    `is_alone`: no other heading is of the level of `heading`.
    """

    text: str
    locations: tuple[Location, ...] = ()
    title: str | None = None
    heading: str | None = None
    bold: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    is_alone: bool = True


def document_of_page(
    source: Source, page: Page, metadata: Metadata, about: FrontMatter | About | None = None, *, number: int | str | None = None
) -> Document:
    """The document that a page is, or one of several (`number`, as of `Source.document`); what is said `about` it comes first."""
    front = about if isinstance(about, FrontMatter) else FrontMatter(bounded(about or {}))
    text, places = _with_said(page, front)
    return source.document(
        title=choose_title(
            front.first(*TITLES),
            page_title(page.title, page.heading),
            page.bold,
            text=page.text,
            name=source.stem if number is None else f"{source.stem} {number}",
        ),
        text=text,
        date=date_of(front) or first_date(page.meta.get(name, "") for name in _DATES),
        metadata=described(metadata, front, page.meta),
        locations=in_order(needed_lines(text, places), article_locations(text)),
        number=number,
    )


def document_of_text(
    source: Source,
    text: str,
    *titles: str | None,
    metadata: Metadata,
    about: About | None = None,
    date: str | None = None,
    stamped: str | None = None,
    places: Iterable[Location] = (),
    number: int | None = None,
) -> Document:
    """The document of a text that is called by the first of these titles that says something; `about` is what else is known of it."""
    return source.document(
        title=choose_title(*titles, text=text, name=source.stem if number is None else f"{source.stem} {number}"),
        text=text,
        date=date,
        stamped=stamped,
        metadata=described(metadata, FrontMatter(bounded(about or {}))),
        locations=in_order(places, article_locations(text)),
        number=number,
    )


def _with_said(page: Page, front: FrontMatter) -> tuple[str, Iterable[Location]]:
    """The text and its places; behind it, what front matter says to readers and the text does not: a description, other names, tags."""
    told = ((name, value) for name in _SAID for value in front.all(name) if value not in page.text)
    said = [value for name, value in told if name not in _ALIASES or not _PATH.fullmatch(value)]
    if not page.text:
        return _all_said(front), page.locations
    if not said:
        return page.text, page.locations
    line = next((place.label for place in page.locations if place.kind == "line"), None)
    first = [] if line is None else [Location(len(page.text) + 2, "line", "1" if front.lines else line)]
    return f"{page.text}\n\n{', '.join(dict.fromkeys(said))}", (*page.locations, *first)


def _all_said(front: FrontMatter) -> str:
    """The words of a page that says all in front matter, as the first of VitePress does; nothing where that only calls it."""
    values = dict.fromkeys(value for value in front.all(*front.fields) if HAN.search(value))
    return "\n".join(values) if any(value not in front.all(*TITLES) for value in values) else ""

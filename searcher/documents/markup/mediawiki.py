"""The dump of a wiki becomes its articles, one after the other: memory holds one page, however large the dump is.

Dumps as Special:Export and dumps.wikimedia.org give them (export-0.3.xsd and later); of several revisions of a page, the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from searcher.documents.composing.page import document_of_page
from searcher.documents.description.frontmatter import FrontMatter
from searcher.documents.description.titles import clean_title
from searcher.documents.document import Document, Skipped
from searcher.documents.markup.wikitext import Article, article_of, is_redirect
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.documents.xml.events import OPEN, Event, with_texts, xml_events
from searcher.remarks import Remark

_TALK = 1  # namespaces of talk have odd numbers
_NO_ARTICLES = frozenset((2, 6, 8, 10, 828))  # users, descriptions of files, the wiki's own messages, templates, modules
_KEPT = frozenset(("title", "ns", "timestamp", "model", "text", "base"))
_LAST_SEGMENT = re.compile(r"[^/]*$")


@dataclass(slots=True)
class _Page:
    """What is known of the page so far; `too_large`: its text is not kept."""

    fields: dict[str, str] = field(default_factory=dict)
    redirect: bool = False
    too_large: bool = False


def read_mediawiki(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The articles of a dump: no talk, no templates, no pages that only lead to others."""
    base, number = "", 0
    with source.open() as file:
        for kind, page in _pages(xml_events(file), options.max_bytes):
            if kind == "base":
                base = page.fields.get("base", "")
            elif page.too_large:
                title = clean_title(page.fields.get("title", ""))
                yield Skipped(source.path, "too-large", Remark("detail.page-size", title=title, limit=options.max_bytes / MEGABYTE))
            elif _is_article(page):
                number += 1
                yield _document(source, number, page, base)


def read_wikitext(source: Source, options: ReadOptions) -> Iterator[Document]:
    """One page of a wiki in a file of its own, which is named as the page is, unless a heading opens it."""
    written = source.text(options, format="wikitext")
    article = article_of(written.text, source.stem)
    places = article.page.locations
    opens = places[0].label if places and not places[0].start else source.stem
    yield document_of_page(source, replace(article.page, title=opens), {**written.metadata, **_categories(article)})


def _pages(events: Iterable[Event], limit: int) -> Iterator[tuple[str, _Page]]:
    """("page", each page when it ends), and ("base", a page with the address of the wiki)."""
    page = _Page()
    for kind, name, _, text in with_texts(events, limit):
        if kind == OPEN:
            page = _Page() if name == "page" else page
            page.redirect = page.redirect or name == "redirect"
            continue
        if name in _KEPT:
            page.fields[name] = text or ""
            page.too_large = text is None if name == "text" else page.too_large  # its model may stand behind it
        if name in ("page", "base"):
            yield name, page


def _is_article(page: _Page) -> bool:
    namespace = page.fields.get("ns", "0").strip().removeprefix("-")
    text = page.fields.get("text", "")
    if page.redirect or not text.strip() or is_redirect(text) or page.fields.get("model", "wikitext") != "wikitext":
        return False
    return not namespace.isdigit() or (int(namespace) % 2 != _TALK and int(namespace) not in _NO_ARTICLES)


def _document(source: Source, number: int, page: _Page, base: str) -> Document:
    title = clean_title(page.fields.get("title", "")) or f"{source.stem} {number}"
    article = article_of(page.fields["text"], title)
    metadata: dict[str, str | tuple[str, ...]] = {"format": "mediawiki", **_categories(article)}
    if base.startswith(("http://", "https://")):
        metadata["url"] = _LAST_SEGMENT.sub(title.replace(" ", "_").replace("\\", ""), base, count=1)
    known = FrontMatter({"title": title, "date": page.fields.get("timestamp", "")})
    return document_of_page(source, article.page, metadata, known, number=number)


def _categories(article: Article) -> dict[str, str | tuple[str, ...]]:
    found = article.categories
    return {"category": found[0] if len(found) == 1 else found} if found else {}

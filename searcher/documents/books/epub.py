"""An EPUB becomes one text, chapter by chapter, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import normpath
from urllib.parse import unquote

from searcher.documents.archives.unpacking import Exhausted
from searcher.documents.composing.chapters import Chapters
from searcher.documents.composing.page import Page
from searcher.documents.description.dates import first_date
from searcher.documents.description.metadata import real_author
from searcher.documents.description.titles import typed_title
from searcher.documents.document import Document, Refused
from searcher.documents.encodings.detection import decode
from searcher.documents.office.packages import Package, opened, part_at
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.documents.sources.text import clean
from searcher.documents.web.costly import VOID
from searcher.documents.web.html import declared_encoding, page_of
from searcher.documents.xml.events import CLOSE, OPEN, TEXT, Event, xml_events
from searcher.remarks import Remark

_SMALL = 4 * MEGABYTE  # of what describes a book
_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"))
_PAGE_SUFFIXES = (".xhtml", ".html", ".htm", ".xht")
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")  # fonts are scrambled, and no secret
_EMPTY_ELEMENT = re.compile(r"<([a-zA-Z][\w:-]{0,40})((?:\s[^<>]{0,2000})?)/>")


@dataclass(slots=True)
class _Book:
    """What the book says of itself: names of its pages in reading order, and what Dublin Core calls them."""

    said: dict[str, list[str]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)  # tables of contents, the better one first


def read_epub(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a book; `max_bytes` bounds its markup, for most of a book may be images."""
    with opened(source, options) as parts:
        book = _book(parts)
        _check_protection(parts, book)
        chapters = _chapters(parts, book, options)
    yield chapters.document(
        source,
        title=typed_title(next(iter(book.said.get("title", ())), "")),
        metadata={"format": "epub"},
        about=_about(book),
        date=first_date((*book.said.get("date", ()), *book.said.get("dcterms:issued", ()))),
    )


def _read(parts: Package, name: str, limit: int) -> bytes:
    """The first bytes of a part; one that is missing or broken is empty, so that it costs no other."""
    try:
        return parts.read(name, limit)
    except Exhausted:
        raise
    except Refused:
        return b""


def _chapters(parts: Package, book: _Book, options: ReadOptions) -> Chapters:
    """All pages, by the table of contents, or else by their headings."""
    labels = _labels(parts, book)
    chapters, left = Chapters(), options.max_bytes
    for name in book.pages:
        page, left = _page(parts, name, left)
        chapters.add(page, labels.get(name) or (page.heading or page.title if not labels else None))
    return chapters


def _page(parts: Package, name: str, left: int) -> tuple[Page, int]:
    """A page, and how many bytes of markup may follow."""
    data = _read(parts, name, left + 1)
    if len(data) > left:
        raise Refused("too-large", Remark("detail.text-over"))
    if not data.strip():
        return Page(""), left
    markup = clean(decode(data, declared=declared_encoding(data[:4096])).text)
    return page_of(_EMPTY_ELEMENT.sub(_in_two_tags, markup)), left - len(data)


def _in_two_tags(match: re.Match[str]) -> str:
    """`<title/>` is an empty element in XHTML; HTML would read all that follows as the title."""
    return match[0] if match[1].lower() in VOID else f"<{match[1]}{match[2]}></{match[1]}>"


def _book(parts: Package) -> _Book:
    """The package document; where there is none that can be read, the pages are those that are there, by name."""
    root = next((name for name in _rootfiles(parts) if name in parts), None)
    book = _Book()
    if root is not None:
        _read_package(_events(parts, root), root, book)
    book.pages = [name for name in book.pages if name in parts]
    if not book.pages:
        book.pages = sorted(name for name in parts.names if name.lower().endswith(_PAGE_SUFFIXES))
    if not book.pages:
        raise Refused("damaged", Remark("detail.no-pages"))
    return book


def _rootfiles(parts: Package) -> Iterator[str]:
    for kind, name, attributes in _events(parts, "META-INF/container.xml"):
        if kind == OPEN and name == "rootfile":
            yield unquote(attributes.get("full-path", ""))
    yield from sorted(name for name in parts.names if name.endswith(".opf"))


def _read_package(events: Iterable[Event], root: str, book: _Book) -> None:
    """Manifest, spine and metadata (EPUB 3.3, chapter 5; OPF 2.0)."""
    manifest: dict[str, tuple[str, str, str]] = {}  # id → name, media type, properties
    spine: list[str] = []
    contents: list[str] = []
    for kind, name, attributes, text in _with_text(events):
        if kind == CLOSE:
            if text and name in ("title", "creator", "date", "subject", "language", "publisher", "description"):
                book.said.setdefault(name, []).append(text)
            elif text and name == "meta" and attributes.get("property"):
                book.said.setdefault(attributes["property"], []).append(text)
        elif name == "item":
            place = part_at(root, unquote(attributes.get("href", "").partition("#")[0]))
            manifest[attributes.get("id", "")] = (place, attributes.get("media-type", ""), attributes.get("properties", ""))
        elif name == "itemref":
            spine.append(attributes.get("idref", ""))
        elif name == "spine":
            contents.append(attributes.get("toc", ""))
    navigation = [item for item in manifest.values() if "nav" in item[2].split()]
    book.contents = [place for place, _, _ in (*navigation, *(manifest[toc] for toc in contents if toc in manifest))]
    items = [manifest[idref] for idref in dict.fromkeys(spine) if idref in manifest]
    tables = {place for place, _, _ in navigation}
    book.pages = [place for place, media, _ in items if media in _PAGES and place not in tables]


def _labels(parts: Package, book: _Book) -> dict[str, str]:
    """What the table of contents calls each page: the outermost entry that leads to it, the first of several."""
    for contents in book.contents:
        labels: dict[str, str] = {}
        for target, label in _entries(_events(parts, contents)):
            labels.setdefault(part_at(contents, unquote(target.partition("#")[0])), label)
        if labels.keys() & set(book.pages):
            return labels
    return {}


def _entries(events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """Targets and labels: <a href> of a navigation page, or navPoint of an NCX, whose label comes before its target."""
    label = ""
    for kind, name, attributes, text in _with_text(events):
        if kind == CLOSE and name == "a" and text and attributes.get("href"):
            yield attributes["href"], text
        elif kind == CLOSE and name == "text":
            label = text
        elif kind == OPEN and name == "content" and label and attributes.get("src"):
            yield attributes["src"], label


def _with_text(events: Iterable[Event]) -> Iterator[tuple[str, str, dict[str, str], str]]:
    """Openings, and closings with the attributes of their opening and the text between the two, white space collapsed."""
    stack: list[tuple[dict[str, str], list[str]]] = []
    for kind, value, attributes in events:
        if kind == TEXT:
            for _, texts in stack[-3:]:
                texts.append(value)
        elif kind == OPEN:
            stack.append((dict(attributes), []))
            yield OPEN, value, dict(attributes), ""
        elif stack:
            opened_with, texts = stack.pop()
            yield CLOSE, value, opened_with, " ".join("".join(texts).split())


def _events(parts: Package, name: str) -> Iterator[Event]:
    """The events of a part that describes the book, as far as it can be read."""
    with suppress(Refused):  # what came before counts; a book is more than its description
        yield from xml_events(BytesIO(_read(parts, name, _SMALL)), doctype=True)


def _check_protection(parts: Package, book: _Book) -> None:
    """Refuse a book whose pages are enciphered."""
    method, pages = "", {normpath(page) for page in book.pages}
    for kind, name, attributes in _events(parts, "META-INF/encryption.xml"):
        if kind == OPEN and name == "EncryptionMethod":
            method = attributes.get("Algorithm", "")
        elif kind == OPEN and name == "CipherReference" and method not in _FONTS and normpath(unquote(attributes.get("URI", ""))) in pages:
            raise Refused("encrypted", Remark("detail.drm"))


def _about(book: _Book) -> dict[str, list[str]]:
    names = {"author": "creator", "category": "subject", "publisher": "publisher", "language": "language"}
    about = {name: list(dict.fromkeys(book.said.get(element, ()))) for name, element in names.items()}
    return {**about, "author": [author for author in about["author"] if real_author(author)]}

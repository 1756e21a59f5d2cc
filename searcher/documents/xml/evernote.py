"""Notes as Evernote (印象笔记) exports them become documents, one after the other (evernote-export4.dtd)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.document import Document, Skipped
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import page_of
from searcher.documents.xml.events import CLOSE, OPEN, Event, with_texts, without, xml_events
from searcher.remarks import Remark

_KEPT = frozenset(("title", "content", "created", "updated", "tag", "author", "source-url"))

Note = dict[str, list[str]]
"""The texts of the elements of a note, by name."""


def read_evernote(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The notes of an export, without what is attached to them."""
    with source.open() as file:
        events = without(xml_events(file, doctype=True), lambda name, _: name == "resource")
        for number, note in enumerate(_notes(events, options.max_bytes), 1):
            if note is None:
                yield Skipped(source.path, "too-large", Remark("detail.over-limit"))
            else:
                yield _document(source, number, note)


def _notes(events: Iterable[Event], limit: int) -> Iterator[Note | None]:
    """Each note when it ends; None for one that is over the limit."""
    note: Note = {}
    length = 0
    for kind, name, _, text in with_texts(events, limit):
        if kind == OPEN and name == "note":
            note, length = {}, 0
        elif kind == CLOSE and name in _KEPT:
            length += limit + 1 if text is None else len(text)
            if length <= limit:
                note.setdefault(name, []).append(text or "")
        elif kind == CLOSE and name == "note":
            yield note if length <= limit else None


def _document(source: Source, number: int, note: Note) -> Document:
    page = page_of("".join(note.get("content", ())), whole=True)
    page = page if page.text else Page("".join(note.get("title", ())))
    names = {"title": ("title",), "date": ("created", "updated"), "author": ("author",), "tags": ("tag",), "url": ("source-url",)}
    about = {name: [text for element in elements for text in note.get(element, ())] for name, elements in names.items()}
    return document_of_page(source, page, {"format": "enex"}, about, number=number)

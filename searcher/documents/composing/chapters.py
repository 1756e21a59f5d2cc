"""A book grows chapter by chapter."""

from __future__ import annotations

from dataclasses import replace

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import About, Page, document_of_text
from searcher.documents.composing.places import MOST_PLACES
from searcher.documents.description.titles import clean_title
from searcher.documents.document import Document, Metadata
from searcher.documents.sources.source import Source

_LABEL = 200


class Chapters:
    """The text of the pages that were added, a blank line between two, and the places of chapters and headings."""

    def __init__(self) -> None:
        self.heading: str | None = None  # of the first page that has one
        self._pages = Lines()

    def add(self, page: Page, label: str | None) -> None:
        """A page, and what the chapter that begins with it is called; one that says nothing leaves nothing."""
        if not page.text:
            return
        if label and (name := clean_title(label)[:_LABEL]):
            self._pages.place("chapter", name)
        left = MOST_PLACES - len(self._pages.places)
        self._pages.places += [replace(place, start=place.start + self._pages.length) for place in page.locations[: max(0, left)]]
        self._pages.add(page.text, "\n\n")
        self.heading = self.heading or page.heading

    def document(
        self, source: Source, title: str | None, metadata: Metadata, *, about: About | None = None, date: str | None = None
    ) -> Document:
        """The book; without a title it is called as its first heading."""
        pages = self._pages
        return document_of_text(source, pages.text, title, self.heading, metadata=metadata, about=about, date=date, places=pages.places)

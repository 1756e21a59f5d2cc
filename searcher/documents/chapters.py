"""A book grows chapter by chapter."""

from __future__ import annotations

from dataclasses import replace

from searcher.documents.document import Document, Location, Metadata
from searcher.documents.page import About, Page, document_of_text
from searcher.documents.places import MOST_PLACES
from searcher.documents.source import Source
from searcher.documents.titles import clean_title

_LABEL = 200


class Chapters:
    """The text of the pages that were added, a blank line between two, and the places of chapters and headings."""

    def __init__(self) -> None:
        self.places: list[Location] = []
        self.heading: str | None = None  # of the first page that has one
        self._texts: list[str] = []
        self._length = 0

    def add(self, page: Page, label: str | None) -> None:
        """A page, and what the chapter that begins with it is called; one that says nothing leaves nothing."""
        if not page.text:
            return
        if label and (name := clean_title(label)[:_LABEL]):
            self.places.append(Location(self._length, "chapter", name))
        left = MOST_PLACES - len(self.places)
        self.places += [replace(place, start=place.start + self._length) for place in page.locations[: max(0, left)]]
        self._texts.append(page.text)
        self._length += len(page.text) + 2
        self.heading = self.heading or page.heading

    def document(
        self, source: Source, title: str | None, metadata: Metadata, *, about: About | None = None, date: str | None = None
    ) -> Document:
        """The book; without a title it is called as its first heading."""
        text = "\n\n".join(self._texts)
        return document_of_text(source, text, title, self.heading, metadata=metadata, about=about, date=date, places=self.places)

"""Rows become one text: a line each, the cells with something in them parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import Page, document_of_text
from searcher.documents.document import Document, Metadata, Refused
from searcher.documents.sources.source import MEGABYTE, Source
from searcher.remarks import Remark

_NAMELESS = re.compile(r"(?:sheet|table|工作表|表)\s*\d*", re.IGNORECASE)
_PICTURE = "=DISPIMG("  # that WPS puts into a cell


class Rows:
    """Collects rows up to a limit of characters, over which it is Refused, and the places where sheets begin, or lines of the file."""

    def __init__(self, limit: int) -> None:
        self._lines, self._limit = Lines(), limit
        self._expected = 0  # the number of the next row, where it follows the last; lines are counted on from a place

    def is_empty(self) -> bool:
        return not self._lines.length

    def begin_sheet(self, name: str) -> None:
        """A sheet begins; its name is text, unless it is one that says nothing."""
        if self._lines.length:
            self._lines.add("")
        self._lines.place("sheet", " ".join(name.split())[:200])
        if not _NAMELESS.fullmatch(name.strip()):
            self.row([name])

    def row(self, cells: Iterable[str], number: int = 0) -> None:
        """A row, perhaps at this line of the file; without anything in it, it leaves nothing."""
        row = "\t".join(self._fitting(cells))
        if row:
            if number != self._expected:
                self._lines.place("line", str(number))
            self._lines.add(row)
            self._expected = number + 1 if number else 0

    def page(self) -> Page:
        """All of it; a sheet without any text has no place."""
        text = self._lines.text
        return Page(text, tuple(place for place in self._lines.places if place.start < len(text)))

    def document(self, source: Source, metadata: Metadata) -> Document:
        """The same as a document that is called as its file."""
        page = self.page()
        return document_of_text(source, page.text, source.stem, metadata=metadata, places=page.locations)

    def _fitting(self, cells: Iterable[str]) -> Iterator[str]:
        """The cells with something in them, on a line each, as long as there is room."""
        length = self._lines.length
        for cell in cells:
            written = "" if cell.startswith(_PICTURE) else " ".join(cell.split())
            length += len(written) + 1
            if length > self._limit:
                raise Refused("too-large", Remark("detail.cells", limit=self._limit / MEGABYTE))
            if written:
                yield written

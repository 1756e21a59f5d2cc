"""Rows become one document: a line each, the cells with something in them parted by tabs."""

from __future__ import annotations

from collections.abc import Iterable

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import document_of_text
from searcher.documents.document import Document, Metadata
from searcher.documents.sources.source import Source, too_large


class Table:
    """Collects rows, of each no more than makes the document too large."""

    def __init__(self, limit: int) -> None:
        self._lines, self._limit = Lines(), limit
        self._expected = 0  # the number of the next row, where it follows the last; lines are counted on from a place
        self.is_too_large = False

    def is_empty(self) -> bool:
        return not self._lines.length and not self.is_too_large

    def add(self, number: int, cells: Iterable[str]) -> None:
        """The row at this line of the file; without anything in it, it leaves nothing."""
        row = "\t".join(self._fitting(cells))
        if row and not self.is_too_large:
            if number != self._expected:
                self._lines.place("line", str(number))
            self._lines.add(row)
            self._expected = number + 1

    def document(self, source: Source, metadata: Metadata) -> Document:
        """All rows; Refused where they are too large."""
        if self.is_too_large:
            raise too_large(source.size, self._limit)
        return document_of_text(source, self._lines.text, source.stem, metadata=metadata, places=self._lines.places)

    def _fitting(self, cells: Iterable[str]) -> Iterable[str]:
        """The cells with something in them, on a line each, for as long as there is room."""
        length = self._lines.length
        for cell in cells:
            if self.is_too_large:
                return
            written = " ".join(cell.split())
            length += len(written) + 1
            self.is_too_large = length > self._limit
            if written:
                yield written

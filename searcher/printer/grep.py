"""Every match of every hit, `path:line:column:text`, as vim's quickfix reads it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from searcher.documents.document import Document
from searcher.printer.plain import near_path
from searcher.printer.visible import one_line
from searcher.results import Mark


def lines(document: Document, marks: Sequence[Mark], path: str | None = None, *, titled: bool = False) -> Iterator[str]:
    """One line a match: the line of the source file, or else the page (p37) or the line of the text; the column in bytes of UTF-8 from 1,
    as vim's %c.

    A match in a title that the text does not repeat (`titled`: there is one) has a line, too: the beginning, with the title. So has what
    matches by its file's name or a field alone. `path` is the document's own unless it is called otherwise.
    """
    path = one_line(near_path(document.path or document.id)) if path is None else path
    if not marks or (titled and document.title not in document.text):
        yield f"{path}:1:1:{one_line(document.title)}"
    places = _Lines(document)
    for start, _ in marks:
        line, column, text = places.at(start)
        yield f"{path}:{line}:{column}:{one_line(text)}"


def lines_of_matches(document: Document, marks: Sequence[Mark]) -> Iterator[int]:
    """The line of the source file, or of the text, in which each match begins; nothing for places that have no number."""
    places = _Lines(document)
    labels = (places.at(start)[0] for start, _ in marks)
    return (int(label) for label in labels if label.isdecimal())


class _Lines:
    """The lines of a document's text, and the source lines they came from; asked in ascending order."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        kinds = {location.kind for location in document.locations}
        self.counts = "line" in kinds or "page" not in kinds  # else only its pages have numbers
        kind, before = ("line", "") if self.counts else ("page", "p")
        found = [(location.start, before + one_line(location.label)) for location in document.locations if location.kind == kind]
        self.starts = [start for start, _ in found]
        self.labels = [label for _, label in found]
        self.counted = self.breaks = self.breaks_before = 0
        self.position = -1

    def at(self, offset: int) -> tuple[str, int, str]:
        """The line's number, the column, and the line of text that holds an offset."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        text = self.text[start : len(self.text) if end < 0 else end]
        position = bisect_right(self.starts, offset) - 1
        if not self.counts:
            return self.labels[max(position, 0)], self._column(start, offset), text
        self.breaks += self.text.count("\n", self.counted, offset)
        self.counted = offset
        if position >= 0 and self.labels[position].isdecimal():
            located = self.starts[position]
            if position != self.position:
                self.position, self.breaks_before = position, self.breaks - self.text.count("\n", located, offset)
            return str(int(self.labels[position]) + self.breaks - self.breaks_before), self._column(max(start, located), offset), text
        return str(1 + self.breaks), self._column(start, offset), text

    def _column(self, start: int, offset: int) -> int:
        return len(self.text[start:offset].encode("utf-8", "surrogatepass")) + 1

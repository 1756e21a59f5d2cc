"""A text grows line by line, with the places where its lines begin."""

from __future__ import annotations

from searcher.documents.document import Location


class Lines:
    """The lines that were added, and their places."""

    def __init__(self) -> None:
        self.places: list[Location] = []
        self.length = 0
        self._parts: list[str] = []

    def place(self, kind: str, label: str) -> None:
        """The next line stands at this place."""
        self.places.append(Location(self.length, kind, label))

    def add(self, line: str, end: str = "\n") -> None:
        """A line, which may be a whole paragraph, and what parts it from the next."""
        self._parts += (line, end)
        self.length += len(line) + len(end)

    @property
    def text(self) -> str:
        """All of it, but for the line breaks behind the last line."""
        return "".join(self._parts).rstrip("\n")

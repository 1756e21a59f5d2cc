"""A marked text that is scrolled: which rows are seen, and where the next match is. Nothing here draws.

Lines are wrapped only when they come into sight, so that a book opens as fast as a letter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from searcher.printer.pieces import Piece
from searcher.printer.wrapping import Line, placed

Position = tuple[int, int]
"""A line, and a row of it where it is wrapped; both from 0."""

TAB = "    "


class Scroll:
    """The state of a pager: `top` is the first row seen; `current` the match last gone to, from 0, None before the first."""

    def __init__(self, lines: Sequence[Sequence[Piece]], cells: Callable[[str], int], *, width: int = 80, height: int = 23) -> None:
        self.lines: list[Line] = [tuple(Piece(text.replace("\t", TAB), marked) for text, marked in line) for line in lines]
        self.asked = self.lines
        self.cells = cells
        self.width, self.height = width, height
        self.top: Position = (0, 0)
        self.matches = _places_of_marks(self.lines)
        self.current: int | None = None
        self._wrapped: dict[int, list[tuple[int, Line]]] = {}

    def resize(self, width: int, height: int) -> None:
        """Take a new size; the line on top stays on top."""
        if width != self.width:
            self._wrapped.clear()
            self.top = (self.top[0], 0)
        self.width, self.height = max(width, 2), max(height, 1)

    def seen(self) -> list[list[tuple[Piece, bool]]]:
        """The rows in sight; with each piece, whether it belongs to the match last gone to."""
        rows: list[list[tuple[Piece, bool]]] = []
        line, row = self.top
        while len(rows) < self.height and line < len(self.lines):
            for start, pieces in self._rows_of(line)[row : row + self.height - len(rows)]:
                rows.append(list(self._told(line, start, pieces)))
            line, row = line + 1, 0
        return rows

    def _told(self, line: int, start: int, pieces: Line) -> Iterator[tuple[Piece, bool]]:
        """The pieces of a row that begins at `start` of a line, each with whether it belongs to the match last gone to."""
        number, first, last = self._current_span()
        for piece in pieces:
            end = start + len(piece.text)
            yield piece, line == number and piece.marked and start < last and first < end
            start = end

    def down(self, count: int = 1) -> None:
        """Forward by rows, as far as the last page."""
        last = self._last_page()
        for _ in range(count):
            if self.top >= last:
                return
            line, row = self.top
            self.top = (line, row + 1) if row + 1 < len(self._rows_of(line)) else (line + 1, 0)

    def up(self, count: int = 1) -> None:
        """Back by rows, as far as the beginning."""
        self.top = self._back(self.top, count)

    def to_start(self) -> None:
        self.top = (0, 0)

    def to_end(self) -> None:
        self.top = self._last_page()

    def next_match(self, step: int = 1) -> bool:
        """Bring the next match (or with -1 the one before) into the upper third; around at the ends. False without any."""
        if not self.matches:
            return False
        if self.current is None:
            first_seen = bisect_left(self.matches, (self.top[0], 0))
            self.current = (first_seen if step > 0 else first_seen - 1) % len(self.matches)
        else:
            self.current = (self.current + step) % len(self.matches)
        self._bring(self.current)
        return True

    def to_match(self, number: int) -> None:
        """Bring the match of this number, from 0, into the upper third; the first one where there are not so many."""
        if self.matches:
            self.current = number if number < len(self.matches) else 0
            self._bring(self.current)

    def _bring(self, match: int) -> None:
        line, offset = self.matches[match]
        self.top = min(self._back((line, self._row_at(line, offset)), self.height // 3), self._last_page())

    def find(self, text: str, folded: Callable[[str], str]) -> bool:
        """Make the places of a text the matches and go to the first from here on; False, and nothing changes, where it is nowhere.

        `folded` takes script and case away, character for character.
        """
        wanted = folded(text)
        found = [_found(line, wanted, folded) for line in self.lines] if wanted else []
        places = _places_of_marks(found)
        if not places:
            return False
        self.lines, self.matches, self.current = found, places, None
        self._wrapped.clear()
        return self.next_match()

    def forget(self) -> None:
        """Go back from what was found to the matches of the query."""
        if self.lines is not self.asked:
            self.lines, self.matches, self.current = self.asked, _places_of_marks(self.asked), None
            self._wrapped.clear()

    def share(self) -> int:
        """How far down the text the last row in sight is, in hundredths of the lines."""
        line, row, room = *self.top, self.height
        while room > 0 and line < len(self.lines):
            room -= len(self._rows_of(line)) - row
            line, row = line + 1, 0
        return 100 * line // max(1, len(self.lines))

    def _current_span(self) -> tuple[int, int, int]:
        """The line of the match last gone to, and where in it the match begins and ends; an empty span where there is none."""
        if self.current is None:
            return -1, 0, 0
        number, start = self.matches[self.current]
        offsets = accumulate((len(piece.text) for piece in self.lines[number]), initial=0)
        return number, start, next(offset for offset in offsets if offset > start)

    def _rows_of(self, line: int) -> list[tuple[int, Line]]:
        """The rows of a line, each with its offset in the line."""
        if line not in self._wrapped:
            self._wrapped[line] = list(placed(self.lines[line], self.width, self.cells)) or [(0, ())]
        return self._wrapped[line]

    def _row_at(self, line: int, offset: int) -> int:
        starts = [start for start, _ in self._rows_of(line)]
        return bisect_right(starts, offset) - 1

    def _back(self, position: Position, count: int) -> Position:
        line, row = position
        for _ in range(count):
            if row > 0:
                row -= 1
            elif line > 0:
                line -= 1
                row = len(self._rows_of(line)) - 1
        return line, row

    def _last_page(self) -> Position:
        last = len(self.lines) - 1
        return self._back((last, len(self._rows_of(last)) - 1), self.height - 1) if last >= 0 else (0, 0)


def _places_of_marks(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The line, and the offset in it, of every marked piece."""
    places: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        offset = 0
        for piece in line:
            if piece.marked:
                places.append((number, offset))
            offset += len(piece.text)
    return places


def _found(line: Line, wanted: str, folded: Callable[[str], str]) -> Line:
    """A line with the places of a folded text marked, and nothing else."""
    text = "".join(piece.text for piece in line)
    parts = folded(text).split(wanted)
    result: list[Piece] = []
    position = 0
    for number, part in enumerate(parts):
        if number:
            result.append(Piece(text[position : position + len(wanted)], True))
            position += len(wanted)
        if part:
            result.append(Piece(text[position : position + len(part)], False))
            position += len(part)
    return tuple(result)

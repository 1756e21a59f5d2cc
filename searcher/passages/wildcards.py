"""Where does a text hold words of which some letters were left open? `*` stands for any letters and digits, also for none.

A place is the one that a greedy search finds, as the regular expression with `[letters and digits]*` for each `*` does, from left to right;
but that expression tries each star at each letter, which for a few stars in a long word takes for ever. Here each piece is looked for once:
the first place of one is the best for all that follow, but for the last, of which the last place is the longest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searcher.results import Mark
from searcher.text.characters import end_of_run, is_spaced


def wildcard_places(folded: str, pattern: str) -> Iterator[Mark]:
    """Where a folded text holds a folded pattern, of which not every piece is empty: ascending and disjoint."""
    pieces = pattern.split("*")
    leading = next(number for number, piece in enumerate(pieces) if piece)
    runs = _Runs(folded)
    low = 0
    while (place := folded.find(pieces[leading], low)) >= 0:
        start = _run_start(folded, low, place) if leading else place
        end = _end(folded, start, pieces[leading:], runs) if leading else _end(folded, place + len(pieces[0]), pieces[1:], runs)
        if end is None:
            low = place + 1
        else:
            yield start, end
            low = end


class _Runs:
    """Where runs of letters and digits end; the last one is remembered, for it is asked for at each of its letters."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = 0

    def end(self, at: int) -> int:
        """Where the run ends that goes on, or may begin, at a place."""
        if not self._start <= at < self._end:
            self._start, self._end = at, end_of_run(self._text, at)
        return self._end


def _run_start(text: str, low: int, at: int) -> int:
    """Where the run begins that ends at a place, not before `low`."""
    while at > low and is_spaced(text, at - 1):
        at -= 1
    return at


def _end(text: str, at: int, pieces: Sequence[str], runs: _Runs) -> int | None:
    """Where the pieces behind a place end, with a star before each; None where they do not follow."""
    for number, piece in enumerate(pieces, 1):
        run_end = runs.end(at)
        inside = end_of_run(piece, 0)  # how many letters and digits it begins with
        if inside < len(piece):  # it goes on beyond the run
            place = run_end - inside
            if place < at or not text.startswith(piece, place):
                return None
        else:
            place = (text.rfind if number == len(pieces) else text.find)(piece, at, run_end)
            if place < 0:
                return None
        at = place + len(piece)
    return at

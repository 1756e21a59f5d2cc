"""Which passages show best why a document matched, and where are the marks?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence, Set

from searcher.passages import sentences
from searcher.passages.literals import Sought
from searcher.passages.marking import Found, Occurrence, Pattern, found_in, marks, pattern, same_script
from searcher.passages.worth import Worth
from searcher.results import Mark, Snippet

__all__ = ["Pattern", "Sought", "marks", "passages", "pattern", "same_script"]

WIDTH = 152
"""Terminal cells of a passage: two lines of a terminal of 80 columns, indented."""

MOST_PLACES = 20_000
"""Passages are chosen among so many places. A text that has more of them says everywhere the same: then its beginning is looked at."""

WITHIN = 8
"""A passage is begun where a run begins only if it is at least so many times as long as what that adds."""

REPEATED = 3
"""So many passages are passed over whose text is that of one already chosen."""

_TAGS = re.compile(r"#[^\s#]+#?(?:[ \t]+#[^\s#]+#?)+")

Counted = Callable[[Found, int], tuple[Found, Worth]]
"""Says of what is found in a text of so many characters what counts, and its worth."""


def passages(
    text: str,
    pattern: Pattern,
    *,
    start: int = 0,
    count: int = 3,
    width: int = WIDTH,
    plain: bool = False,
    said: Set[int] = frozenset(),
    counted: Counted | None = None,
) -> tuple[Snippet, ...]:
    """At most `count` passages of a text, ascending: those with the most different terms, then the most words, the nearest, the first.

    `start` is the offset of `text` in its document. A passage covers about `width` cells; without any mark, the beginning of the text.
    `plain`: it is known that the text is (see `respelling.py`). `said`: which literals the title says, by their numbers. They count as if a
    passage had shown them: in a text about a fish its name stands everywhere, and how long it grows in one place.
    `counted`: what counts of what is found in the text, and its worth; None for all of it, and what the pattern says.
    """
    found, width = found_in(text, pattern, plain=plain, most=MOST_PLACES), max(width, 8)
    while len(found.occurrences) > MOST_PLACES:
        text = text[: len(text) // 2]
        found = found_in(text, pattern, plain=plain, most=MOST_PLACES)
    found, worth = counted(found, len(text)) if counted else (found, pattern.worth)
    chosen = sorted(_chosen(text, found, worth, count, width, said)) if found.occurrences else _beginning(text, width)[:count]
    return tuple(_snippet(text, first, last, found.marks, start) for first, last in chosen if first < last)


def opening(text: str, pattern: Pattern, *, start: int = 0, count: int = 3, width: int = WIDTH, plain: bool = False) -> tuple[Snippet, ...]:
    """How a text begins: at most `count` passages one behind the other, with what is marked in them."""
    found, behind = marks(text, pattern, plain=plain), 0
    chosen: list[Mark] = []
    while len(chosen) < count and (more := _beginning(text, max(width, 8), behind)):
        chosen += more
        behind = more[0][1]
    return tuple(_snippet(text, first, last, found, start) for first, last in chosen)


def _beginning(text: str, width: int, behind: int = 0) -> list[Mark]:
    first = len(text) - len(text[behind:].lstrip())
    return [sentences.around(text, first, first, first, len(text), width)] if first < len(text) else []


_Window = tuple[int, int, int, int, int]
"""Some occurrences, the better ones less: their worth below 0, how far they reach, the number of the free part that they stand in, and
the first and the last of them by number."""


def _chosen(text: str, found: Found, worth: Worth, count: int, width: int, said: Set[int]) -> Iterator[Mark]:
    """Where the best passages begin and end, each chosen for what neither those before it nor the title show; what is repeated is shown
    once."""
    places, told = _beside_tags(text, found.occurrences), set[str]()
    free = [(0, len(places), 0, len(text))]  # what no passage shows yet: occurrences, from number to number, and the text they stand in
    shown = set(said)
    for _ in range(count + REPEATED):
        if len(told) == count:
            return
        spans = [(first, last, number) for number, (first, last, _, _) in enumerate(free) if first < last]
        if not spans:
            return
        left = worth.of_more(shown) if shown and len(worth.terms) > 1 else worth
        _, _, number, one, other = min([_best_window(places, left, *span, width // 2) for span in spans])
        first, last, low, high = free[number]
        start, end = _around(text, places[one : other + 1], found.marks, low, high, width)
        one, other = _shown(places, one, other + 1, start, end)
        free[number : number + 1] = (first, one, low, start), (other, last, end, high)
        shown.update([literal for _, _, literal in places[one:other]])
        if (passage := text[start:end]) not in told:
            told.add(passage)
            yield start, end


def _beside_tags(text: str, places: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """The occurrences, in a row of tags (#React #Hooks) only those of what stands nowhere else: beside it, something is said of it."""
    rows = [row.span() for row in _TAGS.finditer(text)] if " #" in text else []
    starts = [start for start, _ in rows]
    tagged = {place for place in places if (row := bisect_left(starts, place[1])) and place[0] < rows[row - 1][1]} if rows else ()
    beside = {place[2] for place in places if place not in tagged} if tagged else ()
    return [place for place in places if place not in tagged or place[2] not in beside] if beside else places


def _around(text: str, window: Sequence[Occurrence], marks: Sequence[Mark], low: int, high: int, width: int) -> Mark:
    """The passage around a window of occurrences: the sentences in which they stand.

    A window may open with a word within a run that begins before it: a short run is shown from its beginning.
    """
    first, reach = window[0][0], max([end for _, end, _ in window])
    opening = marks[bisect_left(marks, (first + 1, first)) - 1]
    if 0 < first - opening[0] < min(width // WITHIN, opening[1] - opening[0]):
        first = opening[0]
    return sentences.around(text, max(low, first), min(high, reach), low, high, width)


def _shown(places: Sequence[Occurrence], first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Which occurrences begin in a passage around some of them, from number to number, half open."""
    while first > 0 and places[first - 1][0] >= start:
        first -= 1
    while last < len(places) and places[last][0] < end:
        last += 1
    return first, last


def _best_window(found: Sequence[Occurrence], worth: Worth, first: int, last: int, number: int, reach: int) -> _Window:
    """The window of the greatest worth, then of the smallest spread, then the first, among those from `first` to before `last`."""
    if len(worth.terms) == 1:
        spreads = [end - start for start, end, _ in found[first:last]]
        best = min(spreads)
        place = first + spreads.index(best)
        return -worth.of_word[0], best, number, place, place
    return _best_between(found, worth, first, last, number, reach)


def _best_between(found: Sequence[Occurrence], worth: Worth, first: int, last: int, number: int, reach: int) -> _Window:
    """The best window where there are several literals.

    The window moves over the occurrences: each is added once, and let go when it is too far behind or stands in the window again.
    """
    terms, of_term, of_word = worth.terms, worth.of_term, worth.of_word
    times, words = [0] * len(terms), [0] * len(terms)  # how often each literal stands in the window, how many of each term do
    best_value, best_spread, best_first, best_last = -1, 0, first, first
    value, left, place = 0, first, first
    start, _, leaving = found[first]
    for _, end, word in found[first:last]:
        if not times[word]:
            term = terms[word]
            value += of_word[word] if words[term] else of_word[word] + of_term[word]
            words[term] += 1
        times[word] += 1
        while left < place and ((more := times[leaving]) > 1 or end - start > reach):
            times[leaving] = more - 1
            if more == 1:
                term = terms[leaving]
                words[term] -= 1
                value -= of_word[leaving] if words[term] else of_word[leaving] + of_term[leaving]
            left += 1
            start, _, leaving = found[left]
        if value >= best_value and (value > best_value or end - start < best_spread):
            best_value, best_spread, best_first, best_last = value, end - start, left, place
        place += 1
    return -best_value, best_spread, number, best_first, best_last


def _snippet(text: str, start: int, end: int, marks: Sequence[Mark], offset: int) -> Snippet:
    return Snippet(text[start:end], offset + start, _clipped(marks, start, end))


def _clipped(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """What of ascending marks lies between `start` and `end`, counted from `start`."""
    first, last = bisect_left(marks, (start, start)), bisect_left(marks, (end, end))
    if first and marks[first - 1][1] > start:
        first -= 1
    return tuple([(max(start, one) - start, min(end, other) - start) for one, other in marks[first:last]])

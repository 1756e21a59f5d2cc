"""Which passages show best why a document matched, and where are the marks?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searcher import sentences
from searcher.marking import Found, Occurrence, Pattern, Sought, found_in, marks, pattern, same_script
from searcher.results import Mark, Snippet
from searcher.worth import Worth

__all__ = ["Pattern", "Sought", "marks", "passages", "pattern", "same_script"]

WIDTH = 152
"""Terminal cells of a passage: two lines of a terminal of 80 columns, indented."""


def passages(text: str, pattern: Pattern, *, start: int = 0, count: int = 3, width: int = WIDTH) -> tuple[Snippet, ...]:
    """At most `count` passages of a text, ascending: those with the most different terms, then the most words, the nearest, the first.

    `start` is the offset of `text` in its document. A passage covers about `width` cells; without any mark, the beginning of the text.
    """
    found = found_in(text, pattern)
    width = max(width, 8)
    chosen = sorted(_chosen(text, found, pattern.worth, count, width)) if found.occurrences else _beginning(text, width)[:count]
    return tuple(_snippet(text, first, last, found.marks, start) for first, last in chosen if first < last)


def _beginning(text: str, width: int) -> list[Mark]:
    first = len(text) - len(text.lstrip())
    return [sentences.around(text, first, first, first, len(text), width)] if first < len(text) else []


@dataclass(frozen=True, slots=True)
class _Free:
    """What no passage shows yet: the text from `low` to `high`, in which the occurrences from number `first` to before `last` begin."""

    first: int
    last: int
    low: int
    high: int


def _chosen(text: str, found: Found, worth: Worth, count: int, width: int) -> Iterator[Mark]:
    """Where the best passages begin and end, each chosen for what those before it do not show."""
    places = found.occurrences
    free = [_Free(0, len(places), 0, len(text))]
    shown: set[int] = set()
    for _ in range(count):
        left = worth.of_more(shown) if shown else worth
        windows = [(_best_window(places, left, one, width // 2), number) for number, one in enumerate(free) if one.first < one.last]
        if not windows:
            return
        window, number = min(windows, key=lambda item: (-item[0].worth, item[0].spread))
        one = free[number]
        start, end = _around(text, places, window, one, width)
        first, last = _shown(places, window, start, end)
        free[number : number + 1] = _Free(one.first, first, one.low, start), _Free(last, one.last, end, one.high)
        shown.update([literal for _, _, literal in places[first:last]])
        yield start, end


def _around(text: str, places: Sequence[Occurrence], window: _Window, free: _Free, width: int) -> Mark:
    """The passage around a window of occurrences: the sentences in which they stand."""
    reach = max([end for _, end, _ in places[window.first : window.last + 1]])
    return sentences.around(text, max(free.low, places[window.first][0]), min(free.high, reach), free.low, free.high, width)


def _shown(places: Sequence[Occurrence], window: _Window, start: int, end: int) -> tuple[int, int]:
    """Which occurrences begin in a passage around a window of them, from number to number, half open."""
    first, last = window.first, window.last + 1
    while first > 0 and places[first - 1][0] >= start:
        first -= 1
    while last < len(places) and places[last][0] < end:
        last += 1
    return first, last


@dataclass(frozen=True, slots=True)
class _Window:
    """The occurrences from number `first` to `last`, both included; `spread` is how far they reach."""

    worth: int
    spread: int
    first: int
    last: int


def _best_window(found: Sequence[Occurrence], worth: Worth, free: _Free, reach: int) -> _Window:
    """The window of the greatest worth, then of the smallest spread, then the first, among those that are free."""
    if len(worth.terms) == 1:
        return _shortest(found, worth, free.first, free.last)
    return _best_between(found, worth, free.first, free.last, reach)


def _shortest(found: Sequence[Occurrence], worth: Worth, first: int, last: int) -> _Window:
    """The best window where there is one literal: its shortest place."""
    spreads = [end - start for start, end, _ in found[first:last]]
    spread = min(spreads)
    best = first + spreads.index(spread)
    return _Window(worth.of_word[0], spread, best, best)


def _best_between(found: Sequence[Occurrence], worth: Worth, first: int, last: int, reach: int) -> _Window:
    """The best window among the occurrences from `first` to before `last`.

    It moves over them: each is added once, and let go when it is too far behind or stands in the window again.
    """
    terms, of_term, of_word = worth.terms, worth.of_term, worth.of_word
    times, words = [0] * len(terms), [0] * len(terms)  # how often each literal stands in the window, how many of each term do
    best_value, best_spread, window = -1, 0, (first, first)
    value, left = 0, first
    start, _, leaving = found[first]
    for number in range(first, last):
        _, end, word = found[number]
        if not times[word]:
            term = terms[word]
            value += of_word[word] if words[term] else of_word[word] + of_term[word]
            words[term] += 1
        times[word] += 1
        while left < number and (times[leaving] > 1 or end - start > reach):
            times[leaving] -= 1
            if not times[leaving]:
                term = terms[leaving]
                words[term] -= 1
                value -= of_word[leaving] if words[term] else of_word[leaving] + of_term[leaving]
            left += 1
            start, _, leaving = found[left]
        if value >= best_value and (value > best_value or end - start < best_spread):
            best_value, best_spread, window = value, end - start, (left, number)
    return _Window(best_value, best_spread, *window)


def _snippet(text: str, start: int, end: int, marks: Sequence[Mark], offset: int) -> Snippet:
    return Snippet(text[start:end], offset + start, _clipped(marks, start, end))


def _clipped(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """What of ascending marks lies between `start` and `end`, counted from `start`."""
    first, last = bisect_left(marks, (start, start)), bisect_left(marks, (end, end))
    if first and marks[first - 1][1] > start:
        first -= 1
    return tuple([(max(start, one) - start, min(end, other) - start) for one, other in marks[first:last]])

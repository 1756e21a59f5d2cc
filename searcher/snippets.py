"""Which passages show best why a document matched, and where are the marks?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from searcher import sentences
from searcher.marking import Found, Occurrence, Pattern, Sought, found_in, marks, pattern, same_script
from searcher.results import Mark, Snippet

__all__ = ["Pattern", "Sought", "marks", "passages", "pattern", "same_script"]

WIDTH = 152
"""Terminal cells of a passage: two lines of a terminal of 80 columns, indented."""


def passages(text: str, pattern: Pattern, *, start: int = 0, count: int = 3, width: int = WIDTH) -> tuple[Snippet, ...]:
    """At most `count` passages of a text, ascending: those with the most different terms, then the most words, the nearest, the first.

    `start` is the offset of `text` in its document. A passage covers about `width` cells; without any mark, the beginning of the text.
    """
    found = found_in(text, pattern)
    chosen = _chosen(text, found, pattern, count, max(width, 8)) if found.occurrences else _beginning(text, max(width, 8))[:count]
    return tuple(
        _snippet(passage, text, start) for passage in sorted(chosen, key=lambda passage: passage.start) if passage.end > passage.start
    )


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of the text to show, from `start` to `end`; `first`, `last`: which occurrences lie in it, half open."""

    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    first: int = 0
    last: int = 0


def _beginning(text: str, width: int) -> list[_Passage]:
    first = len(text) - len(text.lstrip())
    return [_Passage(*sentences.around(text, first, first, first, len(text), width))] if first < len(text) else []


def _chosen(text: str, found: Found, pattern: Pattern, count: int, width: int) -> list[_Passage]:
    """The best passages, each chosen for what those before it do not show."""
    chosen: list[_Passage] = []
    shown: set[int] = set()
    worth = _worth(pattern)
    while len(chosen) < count:
        window = _best_window(found.occurrences, worth.of_more(shown) if shown else worth, chosen, width // 2)
        if window is None:
            break
        passage = _passage(text, found, window, chosen, width)
        chosen.append(passage)
        shown.update(number for _, _, number in found.occurrences[passage.first : passage.last])
    return chosen


@dataclass(frozen=True, slots=True)
class _Worth:
    """What it is worth to show a literal (a word), and its term, both by the number of the literal; `terms` numbers the terms from 0.

    Whole numbers, so that adding and taking away leaves nothing behind; one term counts more than all words together.
    """

    terms: list[int]
    of_term: list[int]
    of_word: list[int]

    def of_more(self, shown: set[int]) -> _Worth:
        """The same where passages already show these literals, and so their terms: again they count a part."""
        seen = {self.terms[number] for number in shown}
        return _Worth(
            self.terms,
            [(worth >> 32) // AGAIN << 32 if term in seen else worth for term, worth in zip(self.terms, self.of_term, strict=True)],
            [worth // AGAIN if number in shown else worth for number, worth in enumerate(self.of_word)],
        )


AGAIN = 4
"""A term or a word that an earlier passage already shows counts so many times less."""


def _worth(pattern: Pattern) -> _Worth:
    sought = [literal.sought for literal in pattern.literals]
    numbers = {term: number for number, term in enumerate(dict.fromkeys(item.term for item in sought))}
    best = {item.term: item.weight for item in sorted(sought, key=attrgetter("weight"))}
    return _Worth(
        [numbers[item.term] for item in sought],
        [int(2**16 * best[item.term]) << 32 for item in sought],
        [int(2**8 * item.weight * len(item.text)) for item in sought],
    )


@dataclass(frozen=True, slots=True)
class _Window:
    """The occurrences from number `first` to `last`, both included; `spread` is how far they reach."""

    worth: int
    spread: int
    first: int
    last: int


def _best_window(found: Sequence[Occurrence], worth: _Worth, taken: Sequence[_Passage], reach: int) -> _Window | None:
    """The window of the greatest worth, then of the smallest spread, then the first; None where all occurrences are taken."""
    if len(worth.terms) == 1:
        return _shortest(found, worth, taken)
    ends = [(passage.first, passage.last) for passage in sorted(taken, key=lambda passage: passage.first)]
    free = zip([0, *(last for _, last in ends)], [*(first for first, _ in ends), len(found)], strict=True)
    windows = (_best_between(found, worth, first, last, reach) for first, last in free if first < last)
    return min(windows, key=lambda window: (-window.worth, window.spread), default=None)


def _shortest(found: Sequence[Occurrence], worth: _Worth, taken: Sequence[_Passage]) -> _Window | None:
    """The best window where there is one literal: its shortest place."""
    free = (number for number in range(len(found)) if not any(passage.first <= number < passage.last for passage in taken))
    best = min(free, key=lambda number: found[number][1] - found[number][0], default=None)
    return None if best is None else _Window(worth.of_word[0], found[best][1] - found[best][0], best, best)


def _best_between(found: Sequence[Occurrence], worth: _Worth, first: int, last: int, reach: int) -> _Window:
    """The best window among the occurrences from `first` to before `last`.

    It moves over them: each is added once, and let go when it is too far behind or stands in the window again.
    """
    terms, of_term, of_word = worth.terms, worth.of_term, worth.of_word
    times, words = [0] * len(terms), [0] * len(terms)  # how often each literal stands in the window, how many of each term do
    best = -1, 0, first, first
    value, left = 0, first
    start, _, leaving = found[left]
    for number in range(first, last):
        _, end, word = found[number]
        if not times[word]:
            value += of_word[word] + (0 if words[terms[word]] else of_term[word])
            words[terms[word]] += 1
        times[word] += 1
        while left < number and (end - start > reach or times[leaving] > 1):
            times[leaving] -= 1
            if not times[leaving]:
                words[terms[leaving]] -= 1
                value -= of_word[leaving] + (0 if words[terms[leaving]] else of_term[leaving])
            left += 1
            start, _, leaving = found[left]
        if value > best[0] or (value == best[0] and end - start < best[1]):
            best = value, end - start, left, number
    return _Window(*best)


def _passage(text: str, found: Found, window: _Window, chosen: Sequence[_Passage], width: int) -> _Passage:
    """A window of occurrences with the sentences around it, and whatever else is marked in them."""
    low = max((passage.end for passage in chosen if passage.first <= window.first), default=0)
    high = min((passage.start for passage in chosen if passage.first > window.first), default=len(text))
    places = found.occurrences
    inside = places[window.first : window.last + 1]
    start, end = sentences.around(text, max(low, inside[0][0]), min(high, max(last for _, last, _ in inside)), low, high, width)
    first, last = window.first, window.last
    while first > 0 and places[first - 1][0] >= start:
        first -= 1
    while last + 1 < len(places) and places[last + 1][0] < end:
        last += 1
    return _Passage(start, end, _clipped(found.marks, start, end), first, last + 1)


def _clipped(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """Of ascending marks what lies between `start` and `end`."""
    first, last = bisect_right(marks, start, key=itemgetter(1)), bisect_left(marks, end, key=itemgetter(0))
    return tuple((max(start, one), min(end, other)) for one, other in marks[first:last])


def _snippet(passage: _Passage, text: str, offset: int) -> Snippet:
    marked = tuple((start - passage.start, end - passage.start) for start, end in passage.marks)
    return Snippet(text[passage.start : passage.end], offset + passage.start, marked)

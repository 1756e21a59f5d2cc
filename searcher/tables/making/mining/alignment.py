"""Which words of two texts that say the same stand for each other: a statistical word alignment.

IBM's first model with a preference for the same relative place (Dyer, Chahuneau and Smith 2013), learnt in both directions at once
(Liang, Taskar and Klein 2006: a link counts as far as both directions agree), and phrases consistent with the links (Och and Ney 2004).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Words = tuple[str, ...]
Phrases = tuple[int, int, int, int]
"""Start and end of words on the one side, start and end on the other."""

BREAK = "\n"
"""Stands where something other than white space parts two words: no phrase goes across."""

ROUNDS = 6
LONGEST_LINE = 60  # words
STEEPNESS = 4.0
"""How much less likely a link is the further its words are from the same relative place: e to the minus this for the whole line."""
NOTHING = 0.05
"""How likely a word stands for nothing, against its share of all words."""
SURE, LIKELY = 0.3, 0.5
"""A link is made where both directions agree so much; a word beside it is added where its own direction is so sure."""
LONGEST_PHRASE = 3  # words


def align(pairs: Sequence[tuple[Words, Words]]) -> Iterator[list[tuple[int, int]]]:
    """The links of each pair of lines, as numbers of words, in the order of the pairs."""
    cells = _Cells(pairs)
    for _ in range(ROUNDS):
        cells.learn()
    yield from cells.links()


def phrases(links: Sequence[tuple[int, int]], here: Words, there: Words) -> Iterator[Phrases]:
    """All pairs of short runs of words of which each word is linked inside the pair or not at all, and the outer ones are."""
    by_here: dict[int, list[int]] = {}
    by_there: dict[int, list[int]] = {}
    for a, b in links:
        by_here.setdefault(a, []).append(b)
        by_there.setdefault(b, []).append(a)
    for start in by_here:
        for last in range(start, min(len(here), start + LONGEST_PHRASE)):
            if here[last] == BREAK:
                break
            if last in by_here:
                reached = [b for a in range(start, last + 1) for b in by_here.get(a, ())]
                low, high = min(reached), max(reached)
                inside = all(start <= a <= last for b in range(low, high + 1) for a in by_there.get(b, ()))
                if inside and high - low < LONGEST_PHRASE and BREAK not in there[low : high + 1]:
                    yield start, last + 1, low, high + 1


class _Cells:
    """Every word of a line against every word of the other, for all lines, as flat arrays, and what was learnt of each pair of words."""

    def __init__(self, pairs: Sequence[tuple[Words, Words]]) -> None:
        self.pairs = pairs
        numbers: dict[str, int] = {}
        coded = [[np.array([numbers.setdefault(word, len(numbers)) for word in side], np.int64) for side in pair] for pair in pairs]
        kept = [line for line, (a, b) in enumerate(coded) if 0 < len(a) <= LONGEST_LINE and 0 < len(b) <= LONGEST_LINE]
        sizes = np.array([len(coded[line][0]) * len(coded[line][1]) for line in kept], np.int64)
        self.line = np.repeat(np.array(kept, np.int64), sizes)
        self.here = np.concatenate([np.repeat(np.arange(len(coded[n][0])), len(coded[n][1])) for n in kept])
        self.there = np.concatenate([np.tile(np.arange(len(coded[n][1])), len(coded[n][0])) for n in kept])
        here = np.concatenate([np.repeat(coded[n][0], len(coded[n][1])) for n in kept])
        there = np.concatenate([np.tile(coded[n][1], len(coded[n][0])) for n in kept])
        unique, self.pair = np.unique(here * len(numbers) + there, return_inverse=True)
        self.here_word, self.there_word = unique // len(numbers), unique % len(numbers)
        self.here_place, self.there_place = self._places(kept, coded, 0), self._places(kept, coded, 1)
        lengths = [np.repeat(np.array([len(coded[n][side]) for n in kept]), sizes) for side in (0, 1)]
        self.near = np.exp(-STEEPNESS * np.abs((self.here + 0.5) / lengths[0] - (self.there + 0.5) / lengths[1]))
        self.here_rate, self.there_rate = (
            np.bincount(np.concatenate([coded[n][side] for n in kept]), minlength=len(numbers)) / sum(len(coded[n][side]) for n in kept)
            for side in (0, 1)
        )
        words = list(numbers)
        alike = [_alikeness(words[a], words[b]) for a, b in zip(self.here_word.tolist(), self.there_word.tolist(), strict=True)]
        start = np.array(alike) / len(numbers)
        self.to_there, self.to_here = start.copy(), start

    def _places(self, kept: list[int], coded: list[list[NDArray[np.int64]]], side: int) -> NDArray[np.int64]:
        """For each cell a number of its word's place among all places of that side."""
        starts = np.zeros(len(self.pairs) + 1, np.int64)
        starts[np.array(kept) + 1] = [len(coded[n][side]) for n in kept]
        return np.asarray(np.cumsum(starts)[self.line] + (self.here, self.there)[side])

    def learn(self) -> None:
        """One round: how often each pair of words is linked, as things are believed now, and from that what is believed next."""
        to_there, to_here = self._beliefs()
        agreed = np.bincount(self.pair, np.sqrt(to_there * to_here), minlength=len(self.here_word))
        self.to_there = agreed / np.bincount(self.here_word, agreed)[self.here_word].clip(1e-9)
        self.to_here = agreed / np.bincount(self.there_word, agreed)[self.there_word].clip(1e-9)

    def _beliefs(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each cell how likely its word there comes from its word here, and the other way round."""
        there = self._share(self.to_there, self.there_place, self.there_rate[self.there_word])
        here = self._share(self.to_here, self.here_place, self.here_rate[self.here_word])
        return there, here

    def _share(self, belief: NDArray[np.float64], place: NDArray[np.int64], rate: NDArray[np.float64]) -> NDArray[np.float64]:
        scores = belief[self.pair] * self.near
        totals = np.bincount(place, scores)
        return np.asarray(scores / (totals[place] + NOTHING * rate[self.pair]))

    def links(self) -> Iterator[list[tuple[int, int]]]:
        to_there, to_here = self._beliefs()
        agreed = np.sqrt(to_there * to_here)
        telling = np.flatnonzero((agreed > SURE) | (to_there > LIKELY) | (to_here > LIKELY))
        found: list[list[tuple[int, int]]] = [[] for _ in self.pairs]
        maybe: list[list[tuple[int, int]]] = [[] for _ in self.pairs]
        sure = (agreed > SURE)[telling].tolist()
        for line, a, b, is_sure in zip(
            self.line[telling].tolist(), self.here[telling].tolist(), self.there[telling].tolist(), sure, strict=True
        ):
            (found if is_sure else maybe)[line].append((a, b))
        yield from (_grown(sure_links, other) for sure_links, other in zip(found, maybe, strict=True))


def _grown(links: list[tuple[int, int]], maybe: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The links, and those likely ones whose one word has no link yet and stands beside a word that is linked to the other."""
    found = set(links)
    here, there = {a for a, _ in found}, {b for _, b in found}
    for a, b in maybe:
        if (a not in here and found & {(a - 1, b), (a + 1, b)}) or (b not in there and found & {(a, b - 1), (a, b + 1)}):
            found.add((a, b))
    return sorted(found)


def _alikeness(here: str, there: str) -> float:
    """1 for the same word, else little more than half the part of their characters that two words share (Dice); a break is no word."""
    if here == there:
        return 1.0
    if BREAK in (here, there):
        return 0.0
    return 0.01 + len(set(here) & set(there)) / (len(set(here)) + len(set(there)))

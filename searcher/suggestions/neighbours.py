"""Which characters stand together in an index, and which runs of it have such and such characters?

The index itself is asked which characters follow one another in it, so what is found is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from searcher.engine import Snapshot
from searcher.plans.leaves import literal_run
from searcher.text import views

CANDIDATES = 2_000
"""Words of the index that are looked at for one beginning."""

HOMOPHONES = 40
"""Characters tried for the first syllable, the commonest first."""

PATHS = 40
"""Chains of characters that are followed at once."""


class Neighbours:
    """Which characters stand together in the texts of an index, or in its titles; asks once for each."""

    def __init__(self, snapshot: Snapshot, grams: str = views.TEXT_GRAMS) -> None:
        self.snapshot = snapshot
        self.grams = grams
        self._followers: dict[str, dict[str, int]] = {}

    def behind(self, character: str) -> dict[str, int]:
        """The characters that follow one, with how many documents have the two, most first."""
        if character not in self._followers:
            found = self.snapshot.terms(self.grams, character, CANDIDATES)
            self._followers[character] = {pair[1]: count for pair, count in found if len(pair) == 2}
        return self._followers[character]

    def together(self, pair: str) -> int:
        """How many documents have two characters side by side."""
        return self.snapshot.frequency((self.grams,), pair)


def chains(neighbours: Neighbours, choices: Sequence[str]) -> list[str]:
    """Runs with one character of each choice, every two neighbours of which stand together somewhere; the commonest first."""
    if len(choices) < 2:
        return []
    paths = [(0, character) for character in choices[0][:HOMOPHONES]]
    for number, following in enumerate(choices[1:]):
        allowed = set(following)
        longer = [
            (count if number == 0 else min(least, count), path + other)
            for least, path in paths
            for other, count in neighbours.behind(path[-1]).items()
            if other in allowed
        ]
        paths = sorted(longer, key=lambda item: (-item[0], item[1]))[:PATHS]
    return [path for _, path in paths]


def fitting(snapshot: Snapshot, field: str, firsts: Iterable[str], choices: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Words of a field that begin with one of the characters and, as far as both go, have a character of each choice."""
    for first in firsts:
        for word, count in snapshot.terms(field, first, CANDIDATES):
            if all(character in choice for character, choice in zip(word, choices, strict=False)):
                yield word, count


def held_of(snapshot: Snapshot, texts: Iterable[str], grams: tuple[str, ...] = views.GRAMS) -> dict[str, int]:
    """The texts that documents hold, with how many do, most first."""
    leaves = {text: literal_run(text, grams) for text in texts}
    counts = {text: snapshot.matching(leaf) for text, leaf in leaves.items() if leaf is not None}
    return {text: counts[text] for text in sorted(counts, key=lambda text: (-counts[text], text)) if counts[text]}

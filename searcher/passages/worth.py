"""What is it worth to show a word, and the term of the query that it belongs to?"""

from __future__ import annotations

from collections.abc import Sequence, Set

from searcher.frozen import frozen

AGAIN = 4
"""A term or a word that an earlier passage already shows counts so many times less."""


@frozen
class Worth:
    """By the numbers of words: `terms`, of which term each is, numbered from 0; what it is worth to show this term, and the word itself.

    Whole numbers, so that adding and taking away leaves nothing behind; one term counts more than all words together.
    """

    terms: Sequence[int]
    of_term: Sequence[int]
    of_word: Sequence[int]

    def of_more(self, shown: Set[int]) -> Worth:
        """The worth where passages already show these words, and so their terms: in any form, these count a part."""
        seen = {self.terms[number] for number in shown}
        return Worth(
            self.terms,
            [(worth >> 32) // AGAIN << 32 if term in seen else worth for term, worth in zip(self.terms, self.of_term, strict=True)],
            [worth // AGAIN if term in seen else worth for term, worth in zip(self.terms, self.of_word, strict=True)],
        )


def worth_of(words: Sequence[tuple[int, float, int]]) -> Worth:
    """The worth of words, of which each is given as its term, how much it tells, and how many atoms it has."""
    numbers = {term: number for number, term in enumerate(dict.fromkeys(term for term, _, _ in words))}
    best: dict[int, float] = {}
    for term, weight, _ in words:
        best[term] = max(weight, best.get(term, weight))
    return Worth(
        [numbers[term] for term, _, _ in words],
        [int(2**16 * best[term]) << 32 for term, _, _ in words],
        [int(2**8 * weight * atoms) for _, weight, atoms in words],
    )

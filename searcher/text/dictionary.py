"""Which words are there, how frequent is each, and which are the most probable in a text?

The words are those of the kept list (`lexicon.py`), with the user's own on top.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import log

from searcher.text.folding import fold
from searcher.text.lexicon import Table, kept_table
from searcher.text.usual import SEGMENTED

UserWord = tuple[str, "int | None"]
"""A word and its frequency; None for as much as makes it one word."""

WordsFrom = Callable[[str, int], list[tuple[int, int]]]
"""(end, frequency) of each word that stands in a text from an offset, shortest first."""


class Dictionary:
    """Words and their frequencies: jieba's, with the user's own on top. `total`: the sum of all frequencies.

    Dictionaries of the same user words are equal. A user's frequency takes the place of jieba's.
    Words that are not all Han are left out, as only Han is cut by a dictionary.
    """

    def __init__(self, user_words: tuple[UserWord, ...] = ()) -> None:
        self.user_words = user_words
        self._table = kept_table()
        self._own = _own_frequencies(user_words, self._table)
        self._own_beginnings = {word[:length] for word in self._own for length in range(1, len(word) + 1)}
        self.total = self._table.total + sum(frequency - self._table.frequency(word) for word, frequency in self._own.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dictionary) and self.user_words == other.user_words

    def __hash__(self) -> int:
        return hash(self.user_words)

    def __reduce__(self) -> tuple[type[Dictionary], tuple[tuple[UserWord, ...]]]:
        return Dictionary, (self.user_words,)

    def frequency(self, word: str) -> int:
        """How often `word`, folded, occurs; 0 where it is none."""
        return self._own.get(word) or self._table.frequency(word)

    def cut(self, text: str) -> list[str]:
        """The most probable words of `text`, folded; together they are `text`. For short texts, as nothing is loaded."""
        return most_probable(text, self.words_from, self.total)

    def words_from(self, text: str, start: int) -> list[tuple[int, int]]:
        """(end, frequency) of each word that stands in `text` from `start`, shortest first."""
        found = self._table.words_from(text, start)
        return sorted({**dict(found), **dict(self._own_from(text, start))}.items()) if self._own else found

    def items(self) -> Iterator[tuple[str, int]]:
        """Each word once, with its frequency."""
        own = self._own
        yield from ((word, frequency) for word, frequency in self._table.items() if word not in own)
        yield from own.items()

    def fingerprint(self) -> str:
        """Equal where words and frequencies are."""
        own = sorted(self._own.items())
        return hashlib.sha256(f"{self._table.header.digest} {own}".encode()).hexdigest()[:16]

    def _own_from(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        for end in range(start + 1, len(text) + 1):
            word = text[start:end]
            if word not in self._own_beginnings:
                return
            if word in self._own:
                yield end, self._own[word]


@lru_cache(maxsize=1)
def default_dictionary() -> Dictionary:
    """The dictionary without words of the user's own."""
    return Dictionary()


def most_probable(text: str, words_from: WordsFrom, total: int) -> list[str]:
    """The words of `text` whose frequencies have the greatest product; of equal ones the longest first word.

    jieba's own choice, to the last bit: `jieba.Tokenizer.calc`, whose sums are added in this order.
    """
    log_total = log(total)
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        ends = words_from(text, start) or [(start + 1, 1)]
        best[start] = max([(log(frequency) - log_total + best[end][0], end) for end, frequency in ends])
    words = []
    start = 0
    while start < len(text):
        end = best[start][1]
        words.append(text[start:end])
        start = end
    return words


def _own_frequencies(user_words: tuple[UserWord, ...], table: Table) -> dict[str, int]:
    if not user_words:
        return {}
    is_han = re.compile(f"[{SEGMENTED}]+").fullmatch
    own = {word: frequency for word, frequency in ((fold(word).text, frequency) for word, frequency in user_words) if is_han(word)}
    return {word: frequency_as_one_word(word, table) if frequency is None else max(1, frequency) for word, frequency in own.items()}


def frequency_as_one_word(word: str, table: Table) -> int:
    """The least frequency that makes `word` one word: more than its parts' by chance (`jieba.Tokenizer.suggest_freq`)."""
    probability = 1.0
    for part in most_probable(word, table.words_from, table.total):
        probability *= (table.frequency(part) or 1) / table.total
    return max(int(probability * table.total) + 1, table.frequency(word))

"""The tables of everyday words and of English terms, kept by hand, become one, forth and back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from searcher.text.folding import fold_script
from searcher.text.lookup import table_lines
from searcher.vocabulary.terminology import SIGNS

BY_HAND = {"register": "terms-register.tsv", "translation": "terms-english.tsv"}

DOUBTFUL = "?"
"""Behind a name that only sometimes means the same as a term of several words: power supply, 电源?"""


def term_rows() -> list[tuple[str, ...]]:
    """Source (folded), and signs with targets (as written): sorted by the source, and then as the tables have them."""
    found: dict[str, list[str]] = {}
    for source, target, kind, direction in chain.from_iterable(map(_both_ways, BY_HAND)):
        found.setdefault(source, []).append(SIGNS[kind, direction] + target)
    return sorted(((source, *targets) for source, targets in found.items()), key=lambda row: row[0].encode())


def _both_ways(kind: str) -> Iterator[tuple[str, str, str, str]]:
    """Source, target, kind and direction: all forth, then all back."""
    pairs = [(word, other.removesuffix(DOUBTFUL), _is_sure(word, other)) for word, *others in by_hand(kind) for other in others]
    yield from ((fold_script(word), other, kind, "same" if sure else "forth") for word, other, sure in pairs)
    yield from ((fold_script(other), word, kind, "same" if sure else "back") for word, other, sure in pairs)


def _is_sure(word: str, other: str) -> bool:
    """Whether a name surely means the same: that of a term of several words, unless it is marked."""
    return any(between in word for between in " -") and not other.endswith(DOUBTFUL)


def by_hand(kind: str) -> Iterator[list[str]]:
    """A word, and what it is called besides, row by row."""
    return (line.split("\t") for line in table_lines(BY_HAND[kind]))

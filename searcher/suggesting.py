"""What the user may have meant, and how what is being typed may go on: offered, never applied."""

from __future__ import annotations

from collections.abc import Iterator

from searcher import segmentation, views
from searcher.engine import Snapshot
from searcher.folding import fold
from searcher.planning import Options, plan
from searcher.query import Query

CANDIDATES = 2_000
"""Words of the index that are compared with a word that it lacks."""

OFFERED = 3


def complete(snapshot: Snapshot, prefix: str, limit: int) -> tuple[str, ...]:
    """Words of the index, folded, that begin like `prefix`, the most frequent first."""
    folded = fold(prefix).text
    found = snapshot.terms(views.TEXT_WORDS, folded, CANDIDATES) if folded else []
    longer = [(word, count) for word, count in found if word != folded]
    return tuple(word for word, _ in sorted(longer, key=lambda item: (-item[1], item[0]))[:limit])


def did_you_mean(snapshot: Snapshot, query: Query, options: Options) -> tuple[str, ...]:
    """For a query without hits: its text with a word that the index lacks replaced by one that is one slip away."""
    folded = " ".join(fold(part).text for part in query.text.split())
    offered = {
        folded.replace(word, near): count
        for term in plan(query, options).terms
        for word in _absent(snapshot, term.text.text)
        for near, count in _one_off(snapshot, word)
    }
    return tuple(sorted(offered, key=lambda text: (-offered[text], text))[:OFFERED])


def _absent(snapshot: Snapshot, text: str) -> Iterator[str]:
    folded = fold(text).text
    for word in dict.fromkeys((folded, *segmentation.words(folded))):
        if len(word) > 1 and not snapshot.frequency(views.WORDS, word):
            yield word


def _one_off(snapshot: Snapshot, word: str) -> Iterator[tuple[str, int]]:
    """Words of the index that begin with the same character and are one slip away."""
    for candidate, count in snapshot.terms(views.TEXT_WORDS, word[0], CANDIDATES):
        if _is_one_slip(candidate, word):
            yield candidate, count


def _is_one_slip(one: str, other: str) -> bool:
    """Whether one character is another one; in a word of letters, also whether one is missing or too many."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return long.isascii() and len(long) - len(short) == 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))

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
    """For a query without hits: its text with a word that the index lacks replaced by one that differs in one character."""
    folded = fold(query.text).text
    offered = {
        folded.replace(word, near): count
        for term in plan(query, options).terms
        for word in _absent(snapshot, term.text.text)
        for near, count in _one_off(snapshot, word)
    }
    return tuple(sorted(offered, key=lambda text: (-offered[text], text))[:OFFERED])


def _absent(snapshot: Snapshot, text: str) -> Iterator[str]:
    for word in segmentation.words(fold(text).text):
        if len(word) > 1 and not snapshot.frequency(views.WORDS, word):
            yield word


def _one_off(snapshot: Snapshot, word: str) -> Iterator[tuple[str, int]]:
    """Words of the index that begin with the same character and differ in one other."""
    for candidate, count in snapshot.terms(views.TEXT_WORDS, word[0], CANDIDATES):
        if len(candidate) == len(word) and sum(a != b for a, b in zip(candidate, word, strict=True)) == 1:
            yield candidate, count

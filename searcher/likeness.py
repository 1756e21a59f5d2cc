"""Which documents are like this one: they share the words that set it apart."""

from __future__ import annotations

import math
from collections import Counter

from searcher import ranking, segmentation, views
from searcher.engine import AllOf, Alternative, AtLeast, Feature, Handle, Keyword, Not, Request, Snapshot, Term
from searcher.folding import fold

TELLING_WORDS = 25
SHARED = 0.3


def request_like(snapshot: Snapshot, handle: Handle) -> Request | None:
    """The request for documents like one of the snapshot, itself and its copies left out; None where it holds no telling word."""
    words = _telling_words(snapshot, handle)
    if not words:
        return None
    terms = tuple(Term(views.WORDS, word) for word in words)
    others = Not(Keyword(views.keyword("digest", snapshot.values(handle)["digest"])))
    return Request(
        match=AllOf((AtLeast(math.ceil(SHARED * len(terms)), terms), others)),
        features=tuple(Feature((Alternative(term),), name=f"word {term.text}") for term in terms),
        ranking=ranking.bm25f(),
    )


def _telling_words(snapshot: Snapshot, handle: Handle) -> list[str]:
    """The words of a document by frequency × inverse document frequency (Salton), the first of them; ties in alphabetical order."""
    counts = Counter(segmentation.words(fold(snapshot.text(handle)).text))
    weights = {word: count * _rarity(snapshot, word) for word, count in counts.items() if len(word) > 1}
    return sorted(weights, key=lambda word: (-weights[word], word))[:TELLING_WORDS]


def _rarity(snapshot: Snapshot, word: str) -> float:
    return math.log((snapshot.count + 1) / (snapshot.frequency(views.WORDS, word) + 1))

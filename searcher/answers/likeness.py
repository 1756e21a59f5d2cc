"""Which documents are like this one: they share the words that set it apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from heapq import nsmallest

from searcher.answers.copies import NEAR
from searcher.engine import Alternative, AnyOf, AtLeast, Feature, Handle, Keyword, Node, Not, Request, Snapshot, Term
from searcher.plans import forms, ranking
from searcher.plans.leaves import all_of, leaf_for
from searcher.plans.words import outer_words
from searcher.records.kept import values_in
from searcher.text import views
from searcher.text.folding import fold

TELLING_WORDS = 25
FEWEST = 8
"""Words that a document says once are taken only where fewer than these come again: most are there by chance."""

COMMON = 0.25
FEW = 10
"""What stands in more than this share of the documents, and in more than so few, sets none apart."""

SHARED = 0.6
"""Of as many telling words as the likest document shares that is no copy, another one has to share so many."""

NEAREST = 20
"""Which document is the likest is asked of so many, for nearly the same text may be there several times."""

TITLE = 3
"""A word of the title counts as often."""

READ = 100_000
"""So many characters of a document are looked at."""


def request_like(snapshot: Snapshot, handle: Handle, scope: Node | None = None) -> Request | None:
    """The request for documents of a scope like one of the snapshot, itself and its copies left out; None where nothing is like it.

    A word stands for its sure forms in other regions too, and tells the more the more often it stands in the document.
    """
    words = _telling_words(snapshot, handle)
    said = {word: (Alternative(Term(views.WORDS, word)), *_elsewhere(word)) for word in words}
    having = tuple(AnyOf(tuple(one.leaf for one in alternatives)) for alternatives in said.values())
    features = tuple(Feature(said[word], 1 + math.log(count), f"word {word}") for word, count in words.items())
    others = Not(Keyword(views.keyword("digest", values_in(snapshot, handle)["digest"])))

    def sharing(least: int) -> Request:
        return Request(all_of(scope, AtLeast(least, having), others), features, ranking=ranking.bm25f())

    least = min(2, len(having))
    likest = _likest(snapshot, handle, sharing(least)) if having else None
    if likest is None:
        return None
    shared = sum(snapshot.contains(likest, node) for node in having)
    return sharing(max(least, math.ceil(SHARED * shared)))


def _likest(snapshot: Snapshot, handle: Handle, request: Request) -> Handle | None:
    """The best answer to a request; one of nearly the same text only where there is no other, for beside it nothing would seem alike."""
    found = [match.handle for match in snapshot.search(request, limit=NEAREST).matches]
    near = {second - 1 for first, second in snapshot.near_pairs((handle, *found), views.SKETCH, NEAR, NEAREST) if first == 0}
    return next((other for place, other in enumerate(found) if place not in near), found[0] if found else None)


def _telling_words(snapshot: Snapshot, handle: Handle) -> Mapping[str, int]:
    """The words of a document that others hold too, and how often it does, by frequency × inverse document frequency (Salton), the first of
    them; ties in alphabetical order."""
    text, title = snapshot.text(handle, 0, READ), values_in(snapshot, handle)["title"]
    counts = Counter(outer_words(fold(text).text)) + Counter(outer_words(fold(title).text) * TITLE)
    having = {word: snapshot.frequency(views.WORDS, word) for word in counts if len(word) > 1}
    most = max(FEW, COMMON * snapshot.count)
    weights = {word: counts[word] * math.log((snapshot.count + 1) / (few + 1)) for word, few in having.items() if 1 < few <= most}
    again = [word for word in weights if counts[word] > 1]
    best = nsmallest(TELLING_WORDS, again if len(again) >= FEWEST else weights, key=lambda word: (-weights[word], word))
    return {word: counts[word] for word in best}


def _elsewhere(word: str) -> tuple[Alternative, ...]:
    """What other regions surely call it."""
    sure = (form for form in forms.of_word(word, {}) if form.kind == "region" and form.weight >= ranking.CERTAIN)
    leaves = ((leaf_for(form.text), form.weight) for form in sure)
    return tuple(Alternative(leaf, weight) for leaf, weight in leaves if leaf is not None)

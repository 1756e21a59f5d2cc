"""How much of what was asked for stands together: what the best stretch of a document adds to its score.

A long document that has all words of a query, pages apart, answers it less well than a page that has them side by side
(Callan, "Passage-level evidence in document retrieval", 1994). A document is seen as stretches of `length` positions, each beginning half
a length behind the one before. A stretch is worth the sum of the idf of the different clues that stand in it, each counted once;
what the best stretch of a document is worth, times the weight, is added to the document's score.

In a few books nearly every word is in every document, and none is rare. So where documents are that long on the average, the idf of a
clue is its idf among all passages of the collection, each as long as a short document.

It is asked of the first documents by score only. All others have less already, and nothing is taken away, so that these stay the first
ones, whichever page of the answer is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from searcher.engine.answers import Stretch
from searcher.engine.arrays.docsets import EMPTY, Array, distinct, firsts_of, located, member
from searcher.engine.arrays.places import alike, documents_of, positions_of
from searcher.engine.matching.leaves import documents_in, places_of_leaf, postings, simplest
from searcher.engine.matching.whereabouts import places_of_terms
from searcher.engine.nodes import Leaf, Prefix, Term
from searcher.engine.ranking.best import best
from searcher.engine.ranking.scoring import Scorer
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Nearness

EVERYWHERE = 1 << 17
"""A prefix whose terms stand at more places than this, in all segments, is near everything: where they stand is not read."""


CROWDED = 1 << 17
"""Of so many places it is looked first which lie close together: they are worth no more than one."""


def add_nearness(scores: Sequence[Array], reader: Reader, scorer: Scorer, tiers: Sequence[Array], nearness: Nearness) -> None:
    """Adds to the scores of the documents of each tier what their best stretches are worth.

    The tiers are looked at together: what stands where is then read once.
    """
    first = [np.sort(best(of_tier, nearness.depth)) for of_tier in scores]
    documents = [tier.take(some) for tier, some in zip(tiers, first, strict=True)]
    for of_tier, some, added in zip(scores, first, _worths(reader, documents, nearness, scorer), strict=True):
        of_tier[some] += added


def _worths(reader: Reader, documents: Sequence[Array], nearness: Nearness, scorer: Scorer) -> Iterator[Array]:
    """What the best stretches of some documents are worth, for each list of them."""
    together = np.concatenate((EMPTY, *documents))
    order = together.argsort()
    worths = np.empty(len(together))
    worths[order] = _best_worths(reader, together.take(order), nearness, scorer)
    return iter(np.split(worths, np.cumsum([len(some) for some in documents])[:-1]))


def _best_worths(reader: Reader, documents: Array, nearness: Nearness, scorer: Scorer) -> Array:
    """What the best stretch of each of some ascending documents is worth; of those that have the whole it is known without looking."""
    whole = nearness.whole
    if whole is None or nearness.field not in whole.fields:
        return _Stretches(reader, documents, nearness, scorer).best()
    having = member(documents, documents_in(reader, simplest(whole), nearness.field, documents), reader.count)
    worths = np.where(having, _worth_of_all(reader, nearness, scorer), 0.0)
    if not having.all():
        others = np.logical_not(having)
        worths[others] = _Stretches(reader, documents.compress(others), nearness, scorer).best()
    return worths


def _worth_of_all(reader: Reader, nearness: Nearness, scorer: Scorer) -> float:
    """What a stretch is worth in which all clues stand."""
    placed = [any(_is_placed(reader, leaf, nearness.field) for leaf in clue.leaves) for clue in nearness.clues]
    return nearness.weight * float(_worths_of(nearness, scorer).compress(placed).sum())


def _worths_of(nearness: Nearness, scorer: Scorer) -> Array:
    """What each clue is worth: its idf, as far as they are not worth the same."""
    passages = scorer.passages(nearness.field, nearness.passage)
    rarities = np.array([scorer.rarity(scorer.features[clue.feature], passages) for clue in nearness.clues])
    if passages:
        rarities *= nearness.in_passages
    return rarities if not nearness.even else rarities + nearness.even * (rarities.mean() - rarities)


def stretch_of(reader: Reader, document: int, nearness: Nearness, scorer: Scorer) -> Stretch:
    """What nearness adds to one document."""
    stretches = _Stretches(reader, np.array([document], np.uint32), nearness, scorer)
    first = stretches.first()
    return Stretch(float(stretches.best()[0]), first, stretches.features_at(first))


class _Stretches:
    """The stretches of some ascending documents."""

    def __init__(self, reader: Reader, documents: Array, nearness: Nearness, scorer: Scorer) -> None:
        self.documents, self.nearness = documents, nearness
        self.worths_of = _worths_of(nearness, scorer)
        clues, places = _thinned(*_standing(reader, nearness, documents), nearness.length // 2, reader.count)
        rows, there = located(documents_of(places, reader.count), documents)
        self.rows = rows.compress(there)
        self.positions = positions_of(places.compress(there), reader.count).astype(np.int64)
        self.clues = clues.compress(there)

    def best(self) -> Array:
        """For each document what its best stretch adds."""
        rows, _, worths = self._worths()
        added = np.zeros(len(self.documents))
        starts = firsts_of(rows)
        if len(starts):
            added[rows.take(starts)] = np.maximum.reduceat(worths, starts) * self.nearness.weight
        return added

    def first(self) -> int:
        """At which position the best stretch of a single document begins: the first of equal ones."""
        _, firsts, worths = self._worths()
        return int(firsts[worths.argmax()]) if len(firsts) else 0

    def features_at(self, first: int) -> tuple[int, ...]:
        """The features that stand in the stretch which begins at a position; of a single document."""
        inside = (self.positions >= first) & (self.positions < first + self.nearness.length // 2 * 2)
        return tuple(self.nearness.clues[clue].feature for clue in distinct(self.clues.compress(inside)).tolist())

    def _worths(self) -> tuple[Array, Array, Array]:
        """Every stretch in which a clue stands, in order: the row of its document, its first position, what it is worth."""
        half, shift = self.nearness.length // 2, len(self.nearness.clues).bit_length()
        steps = self.positions // half
        span = int(steps.max(initial=0)) + 1
        own, before = (self.rows * span + step << shift | self.clues for step in (steps, np.maximum(steps - 1, 0)))
        together = distinct(np.concatenate((own, before)))
        stretches = together >> shift
        starts = firsts_of(stretches)
        stretches = stretches.take(starts)
        worths = np.add.reduceat(self.worths_of.take(together & (1 << shift) - 1), starts) if len(starts) else np.zeros(0)
        rows = stretches // span
        return rows, (stretches - rows * span) * half, worths


def _standing(reader: Reader, nearness: Nearness, documents: Array) -> tuple[Array, Array]:
    """The numbers of clues, and the places where these stand in some documents, and perhaps in others. Terms are read together."""
    if not len(documents):
        return np.zeros(0, np.intp), EMPTY
    leaves = [(number, simplest(leaf)) for number, clue in enumerate(nearness.clues) for leaf in clue.leaves]
    placed = [(number, leaf) for number, leaf in leaves if _is_placed(reader, leaf, nearness.field)]
    terms = [(number, leaf) for number, leaf in placed if isinstance(leaf, Term)]
    lists = [(number, reader.term(nearness.field, leaf.text)) for number, leaf in terms]
    known = [(number, postings) for number, postings in lists if postings.count]
    places, terms_there = places_of_terms(reader, nearness.field, [postings for _, postings in known], documents)
    others = [(number, leaf) for number, leaf in placed if not isinstance(leaf, Term)]
    found = [places_of_leaf(reader, leaf, nearness.field, documents) for _, leaf in others]
    clues = np.array([number for number, _ in known], np.intp).take(terms_there)
    of_others = np.array([number for number, _ in others], np.intp).repeat(list(map(len, found)))
    return np.concatenate((clues, of_others)), np.concatenate(alike([places, *found], reader.count, 0))


def _thinned(clues: Array, places: Array, half: int, count: int) -> tuple[Array, Array]:
    """Clues and their places, of many in one half of a stretch the first: a text may be one character, twenty million times."""
    if len(places) < CROWDED:
        return clues, places
    documents, halves = documents_of(places, count), positions_of(places, count) // half
    changes = np.ones(len(places), np.bool_)
    changes[1:] = (documents[1:] != documents[:-1]) | (halves[1:] != halves[:-1]) | (clues[1:] != clues[:-1])
    return clues.compress(changes), places.compress(changes)


def _is_placed(reader: Reader, leaf: Leaf, field: str) -> bool:
    """Whether the positions of a leaf in a field are read."""
    return field in leaf.fields and not _is_everywhere(reader, simplest(leaf), field)


def _is_everywhere(reader: Reader, leaf: Leaf, field: str) -> bool:
    """Whether a prefix, such as a single character that was typed, stands at so many places that these are not read: that of 的."""
    if not isinstance(leaf, Prefix):
        return False
    return int(postings(reader, leaf, field).frequencies.sum(dtype=np.int64)) > EVERYWHERE

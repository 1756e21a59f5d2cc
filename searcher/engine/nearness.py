"""How much of what was asked for stands together: what the best stretch of a document adds to its score.

A long document that has all words of a query, pages apart, answers it less well than a page that has them side by side
(Callan, "Passage-level evidence in document retrieval", 1994). A document is seen as stretches of `length` positions, each beginning half
a length behind the one before. A stretch is worth the sum of the idf of the different clues that stand in it, each counted once;
what the best stretch of a document is worth, times the weight, is added to the document's score.

It is asked of the first documents by score only. All others have less already, and nothing is taken away, so that these stay the first
ones, whichever page of the answer is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searcher.engine import phrases
from searcher.engine.best import best
from searcher.engine.docsets import Array, distinct, located
from searcher.engine.leaves import ordinals, simplest
from searcher.engine.places import documents_of, positions_of
from searcher.engine.reader import Reader
from searcher.engine.request import Clue, Leaf, Nearness, Request, Run, Stretch
from searcher.engine.scoring import Scorer


def add_nearness(scores: Array, readers: Sequence[Reader], scorer: Scorer, group: Sequence[Array], nearness: Nearness) -> None:
    """Adds to the scores of a group of documents, listed by segment, what their best stretches are worth."""
    first = np.sort(best(scores, nearness.depth))
    end = 0
    for reader, documents in zip(readers, group, strict=True):
        start, end = end, end + len(documents)
        low, high = first.searchsorted((start, end))
        chosen = documents.take(first[low:high] - start)
        scores[first[low:high]] += _Stretches(reader, chosen, nearness, scorer).best()[0]


def stretch_of(
    readers: Sequence[Reader], scorer: Scorer, group: Sequence[Array], segment: int, document: int, request: Request
) -> Stretch | None:
    """What nearness adds to one document of a group; None where it is not asked of it."""
    if request.nearness is None or request.sort is not None:
        return None
    scores = np.concatenate([scorer.scores(reader, documents) for reader, documents in zip(readers, group, strict=True)])
    place = sum(map(len, group[:segment])) + int(group[segment].searchsorted(document))
    if place not in best(scores, request.nearness.depth):
        return None
    stretches = _Stretches(readers[segment], np.array([document], np.uint32), request.nearness, scorer)
    worth, first = (float(values[0]) for values in stretches.best())
    return Stretch(worth, int(first), stretches.features_at(int(first)))


class _Stretches:
    """The stretches of some ascending documents of a segment."""

    def __init__(self, reader: Reader, documents: Array, nearness: Nearness, scorer: Scorer) -> None:
        self.documents, self.nearness = documents, nearness
        self.rarities = np.array([scorer.idf(scorer.features[clue.feature].documents) for clue in nearness.clues])
        found = [_standing(reader, clue, nearness.field, documents) for clue in nearness.clues] if len(documents) else []
        self.rows = np.concatenate((_NOWHERE, *(rows for rows, _ in found)))
        self.positions = np.concatenate((_NOWHERE, *(positions for _, positions in found)))
        self.clues = np.arange(len(found)).repeat([len(rows) for rows, _ in found])

    def best(self) -> tuple[Array, Array]:
        """For each document what its best stretch adds, and at which position that begins: the first of equal ones."""
        rows, firsts, worths = self._worths()
        order = np.lexsort((firsts, -worths, rows))
        order = order.compress(np.diff(rows.take(order), prepend=-1) > 0)
        added, begins = np.zeros(len(self.documents)), np.zeros(len(self.documents), np.int64)
        added[rows.take(order)] = worths.take(order) * self.nearness.weight
        begins[rows.take(order)] = firsts.take(order)
        return added, begins

    def features_at(self, first: int) -> tuple[int, ...]:
        """The features that stand in the stretch which begins at a position; of a single document."""
        inside = (self.positions >= first) & (self.positions < first + self.nearness.length // 2 * 2)
        return tuple(self.nearness.clues[clue].feature for clue in distinct(self.clues.compress(inside)).tolist())

    def _worths(self) -> tuple[Array, Array, Array]:
        """Every stretch in which a clue stands: the row of its document, its first position, what it is worth."""
        half, count = self.nearness.length // 2, max(1, len(self.nearness.clues))
        steps = self.positions // half
        span = int(steps.max(initial=0)) + 1
        own, before = ((self.rows * span + step) * count + self.clues for step in (steps, np.maximum(steps - 1, 0)))
        together = distinct(np.concatenate((own, before)))
        stretches = together // count
        starts = np.flatnonzero(np.diff(stretches, prepend=-1))
        stretches = stretches.take(starts)
        worths = np.add.reduceat(self.rarities.take(together % count), starts) if len(starts) else np.zeros(0)
        return stretches // span, stretches % span * half, worths


_NOWHERE: Array = np.zeros(0, np.int64)


def _standing(reader: Reader, clue: Clue, field: str, documents: Array) -> tuple[Array, Array]:
    """Where a clue stands in some documents: the row of the document, and the position, of each place."""
    found = [_places_of(reader, leaf, field, documents) for leaf in clue.leaves if field in leaf.fields]
    rows = np.concatenate((_NOWHERE, *(documents_of(places, reader.count) for places in found)))
    rows, there = located(rows, documents)
    positions = np.concatenate((_NOWHERE, *(positions_of(places, reader.count) for places in found)))
    return rows.compress(there), positions.compress(there)


def _places_of(reader: Reader, leaf: Leaf, field: str, documents: Array) -> Array:
    """Where a leaf stands in some documents, and perhaps in others, as places; of a run, where it ends."""
    leaf = simplest(leaf)
    if isinstance(leaf, Run):
        return phrases.ends(reader, field, leaf, documents)
    wanted = ordinals(reader, field, leaf)
    return phrases.places_of(reader, field, wanted, documents) if len(wanted) else _NOWHERE

"""How large is the work that a document is a part of? What that adds to the scores of the first documents.

Of all articles of laws that say a thing, the one that is asked for stands as a rule in a code of many hundreds, and seldom in an order of
ten. Such evidence that no query tells is added as a saturating function of it (Craswell, Robertson, Zaragoza and Taylor, "Relevance
weighting for query independent evidence", 2005), here of the number of documents that are parts of the same work,

    added = weight · best · ln(1 + parts)

with the score of the tier's `best` document, so that it tells as much in a long query as in a short one.
A document that is part of no work gains what the parts of works gain on the average: among them it is neither the better nor the worse for
it. Where no document is part of a work, nothing is added.

As with nearness (`nearness.py`) all other documents have less already, and nothing is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searcher.engine.arrays.docsets import Array, located
from searcher.engine.arrays.ragged import Bools
from searcher.engine.fields import MISSING
from searcher.engine.ranking.best import best
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Works


class Sizes(NamedTuple):
    """`works`: their numbers, ascending; `parts`: how many documents are parts of each; `gains`: what being part of each gains;
    `usual`: what a document gains that is part of none.
    """

    works: Array
    parts: Array
    gains: Array
    usual: float


def add_works(scores: Sequence[Array], reader: Reader, tiers: Sequence[Array], works: Works) -> None:
    """Adds to the scores of the first documents of each tier what their works are worth."""
    sizes = _sizes(reader, works.column)
    if not len(sizes.works):
        return
    for of_tier, tier in zip(scores, tiers, strict=True):
        first = best(of_tier, works.depth)
        if len(first):
            places, there = located(reader.numbers(works.column, tier.take(first)), sizes.works)
            of_tier[first] += works.weight * of_tier[first[0]] * np.where(there, sizes.gains.take(places), sizes.usual)


def _sizes(reader: Reader, column: str) -> Sizes:
    """The works that documents are parts of; deleted ones are parts of none."""
    return reader.kept(("works", column), lambda: _counted(reader.segments.column(column), reader.alive))


def _counted(numbers: Array, alive: Bools | None) -> Sizes:
    numbers = numbers if alive is None else numbers.compress(alive)
    works, parts = np.unique(numbers.compress(numbers != MISSING), return_counts=True)
    gains = np.log1p(parts)
    return Sizes(works, parts, gains, float(gains @ parts) / max(1, int(parts.sum())))


def parts_beside(reader: Reader, document: int, works: Works) -> int:
    """How many documents are parts of the same work, this one among them; 0 where it is part of none."""
    sizes = _sizes(reader, works.column)
    places, there = located(reader.numbers(works.column, np.array([document])), sizes.works)
    return int(sizes.parts[places[0]]) if there[0] else 0

"""Which stretches of a long text hold most of what is looked for, and how rare is each thing among its stretches?

The text is cut into halves of stretches, so that whatever stands close together lies in one of the stretches of two neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.arrays.docsets import Array, distinct
from searcher.engine.arrays.ragged import joined
from searcher.engine.matching import leaves, linked
from searcher.engine.nodes import Leaf, Linked
from searcher.engine.rarity import idf
from searcher.engine.request import Stretches

if TYPE_CHECKING:
    from searcher.engine.reading.reader import Reader


def best_stretches(reader: Reader, document: int, asked: Stretches) -> tuple[list[float], list[tuple[int, int]]]:
    """What each thing tells in the document, 0 where it does not stand; the first and the last position of the best stretches, the best
    first, each with half a stretch behind it, for what begins at its end.
    """
    half = max(1, asked.length // 2)
    held = [_halves(reader, document, forms, asked.field, half) for forms, _ in asked.sought]
    atoms = int(reader.segments.lengths_of(asked.field, np.array([document], np.uint32))[0])
    halves = max([atoms // half + 1, *(int(of_one[-1]) + 1 for of_one in held if len(of_one))])
    told = zip((weight for _, weight in asked.sought), map(len, held), strict=True)
    tells = [weight + asked.within * idf(halves, having) if having else 0.0 for weight, having in told]
    chosen = _chosen(_standing(held, halves), tells, asked)
    return tells, [(place * half, (place + 3) * half - 1) for place in chosen]


def _halves(reader: Reader, document: int, forms: Sequence[Leaf | Linked], field: str, half: int) -> Array:
    """The numbers of the halves in which one thing begins, in any of its forms, ascending."""
    found = []
    for form in forms:
        if isinstance(form, Linked):
            firsts = np.array([first for first, _ in linked.stretches(reader, document, form, field)], np.int64)
        else:
            firsts = leaves.firsts(reader, document, form, field).astype(np.int64)
        found.append(distinct(firsts // half))
    return found[0] if len(found) == 1 else distinct(joined(found))


def _standing(held: Sequence[Array], halves: int) -> Array:
    """Whether each thing stands in each stretch: in its half or in the next."""
    standing = np.zeros((len(held), halves + 1), np.float32)
    for row, of_one in zip(standing, held, strict=True):
        row[of_one + 1] = row[of_one] = 1
    return standing[:, 1:]


def _chosen(standing: Array, tells: Sequence[float], asked: Stretches) -> list[int]:
    """The numbers of the best stretches, the best first, those that are equal in their order; none that overlaps another."""
    counts, again = np.array(tells, np.float32), np.array(tells, np.float32) / asked.again
    shown = np.isin(np.arange(len(counts)), asked.shown)
    free, chosen = np.ones(standing.shape[1], np.float32), list[int]()
    while len(chosen) < asked.count:
        values = np.where(shown, again, counts) @ standing * free
        place = int(values.argmax())
        if not values[place]:
            break
        chosen.append(place)
        shown |= standing[:, place] > 0
        free[max(0, place - 1) : place + 2] = 0
    return chosen

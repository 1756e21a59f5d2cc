"""Terms near their places: the occurrences of a run within a slop.

Places less their offsets lie around the start of an occurrence, and the sum of their distances from it is what the slop limits; places in
different documents are too far apart for any slop. All places here are wide (see `arrays/places.py`), those of each term ascending.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from searcher.engine.arrays.docsets import Array, distinct
from searcher.engine.arrays.places import WIDE
from searcher.engine.nodes import Run

_BEYOND = 1 << 62  # no place is so great


def near(places: Sequence[Array], offsets: Sequence[int], run: Run) -> tuple[Array, Array]:
    """The first and last positions of the occurrences within the slop, none overlapping another.

    The best start of an occurrence is the median of its places, so one of them: each place of each term is tried as the start, with the
    nearest place of every other term. Only where the nearest do not stand in order (or equal terms fall on one position) is more tried.
    """
    starts, chosen = _nearest(_amid_enough(distinct(np.concatenate(places)), places, run), places, run.slop)
    positions = chosen + np.array(offsets, np.int64)[:, np.newaxis]
    valid = _are_valid(positions, run)
    spans: list[tuple[ArrayLike, ArrayLike]] = [(positions.min(axis=0).compress(valid), positions.max(axis=0).compress(valid))]
    unsure = ~valid & ~np.isin(starts >> WIDE, starts.compress(valid) >> WIDE)
    found = [of_term + offset for of_term, offset in zip(places, offsets, strict=True)]
    spans.extend(_untangled(starts.compress(unsure).tolist(), found, offsets, run))
    return _apart(np.concatenate([firsts for firsts, _ in spans]), np.concatenate([lasts for _, lasts in spans]))


def _amid_enough(starts: Array, places: Sequence[Array], run: Run) -> Array:
    """The starts around which each of several equal terms can have a place of its own."""
    for group in _equal_terms(run):
        if len(group) > 1:
            of_term, reach = places[group[0]], run.offsets[group[-1]] - run.offsets[group[0]] + run.slop
            around = of_term.searchsorted(starts + reach, side="right") - of_term.searchsorted(starts - run.slop)
            starts = starts.compress(around >= len(group))
    return starts


def _nearest(starts: Array, places: Sequence[Array], slop: int) -> tuple[Array, Array]:
    """The starts whose nearest places are within the slop in sum, and those places: one row for each term."""
    costs = np.zeros(len(starts), np.int64)
    chosen = np.zeros((0, len(starts)), np.int64)
    for of_term in sorted(places, key=len):
        nearest = _closest(of_term, starts)
        costs = costs + np.abs(nearest - starts)
        near = costs <= slop
        starts, costs = starts.compress(near), costs.compress(near)
        chosen = np.vstack((chosen.compress(near, axis=1), nearest.compress(near)))
    order = sorted(range(len(places)), key=lambda number: len(places[number]))
    return starts, chosen[np.argsort(order)]


def _closest(ascending: Array, values: Array) -> Array:
    """For each value the nearest in `ascending`, the lower of two that are equally near."""
    above = ascending.searchsorted(values)
    lower = ascending.take(np.maximum(above - 1, 0))
    upper = ascending.take(np.minimum(above, len(ascending) - 1))
    return np.where(np.abs(values - lower) <= np.abs(upper - values), lower, upper)


def _are_valid(positions: Array, run: Run) -> Array:
    """Whether the positions of each column, one occurrence, ascend; without order, whether equal terms have positions of their own."""
    if run.ordered:
        return np.asarray((np.diff(positions, axis=0) > 0).all(axis=0))
    valid = np.ones(positions.shape[1], np.bool_)
    for rows in _equal_terms(run):
        valid &= (np.diff(np.sort(positions[rows], axis=0), axis=0) > 0).all(axis=0)
    return valid


def _equal_terms(run: Run) -> list[list[int]]:
    """The numbers of the terms, equal ones together; an open end is equal to none."""
    groups: dict[tuple[str, bool], list[int]] = {}
    for number, text in enumerate(run.terms):
        groups.setdefault((text, run.open_end and number == len(run.terms) - 1), []).append(number)
    return list(groups.values())


def _untangled(starts: list[int], places: Sequence[Array], offsets: Sequence[int], run: Run) -> Iterator[tuple[list[int], list[int]]]:
    """One occurrence for each document that has one around the starts: exact, and slow."""
    groups = [list(range(len(offsets)))] if run.ordered else _equal_terms(run)
    found = -1
    for start in starts:
        if start >> WIDE != found:
            chains = [_chain([(places[i], start + offsets[i]) for i in group], run.slop) for group in groups]
            if sum(cost for cost, _, _ in chains) <= run.slop:
                found = start >> WIDE
                yield [min(first for _, first, _ in chains)], [max(last for _, _, last in chains)]


def _chain(wanted: list[tuple[Array, int]], slop: int) -> tuple[int, int, int]:
    """Ascending positions, one of each array, nearest to the targets in sum: (sum, first, last); a sum over the slop if there are none."""
    none = (slop + 1, 0, 0)
    chains: list[tuple[int, int, int]] = []
    for number, (positions, target) in enumerate(wanted):
        low, high = positions.searchsorted((target - slop, target + slop + 1)).tolist()
        grown = []
        shorter, best = iter((*chains, (0, 0, _BEYOND))), none
        chain = next(shorter)
        for position in positions[low:high].tolist():
            while chain[2] < position:
                best = min(best, chain)
                chain = next(shorter)
            cost, first, _ = best if number else (0, position, 0)
            grown.append((cost + abs(position - target), first, position))
        chains = grown
    return min(chains, default=none)


def _apart(firsts: Array, lasts: Array) -> tuple[Array, Array]:
    """As many spans as do not overlap: always the one that ends first."""
    order = np.lexsort((-firsts, lasts))
    firsts, lasts = firsts.take(order), lasts.take(order)
    if not len(firsts):
        return firsts, lasts
    shortest = firsts > np.concatenate((firsts[:1] - 1, np.maximum.accumulate(firsts)[:-1]))  # the others contain one of these
    firsts, lasts = firsts.compress(shortest), lasts.compress(shortest)
    kept = list(_leaps(firsts.searchsorted(lasts, side="right").tolist()))
    return firsts.take(kept), lasts.take(kept)


def _leaps(following: list[int]) -> Iterator[int]:
    number = 0
    while number < len(following):
        yield number
        number = following[number]

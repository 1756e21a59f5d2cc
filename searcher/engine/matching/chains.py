"""One term several times in a run: what lies at all of some distances behind its places.

A run of one character, as in 的的的的, asks for the same places again and again, and a text may be full of it. So distances are taken by
chains, of equal steps: of any length, a chain takes one look at the places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from searcher.engine.arrays.docsets import Array, located
from searcher.engine.arrays.places import alike

RATIO = 16
"""Places are looked up in a list that is longer by so many times; else the two are merged."""


def behind_all(places: Array, distances: Sequence[int], count: int) -> Array:
    """What lies at all these distances, which descend, behind places of one term, ascending; without repeats."""
    if len(distances) == 1:
        return _moved(places, distances[0])
    found = places[:0]
    for number, (step, length, distance) in enumerate(_chains(distances)):
        behind = _moved(_last_of_chains(places, step, length), distance)
        found = meeting(found, behind, count) if number else behind
        if not len(found):
            break
    return found


def meeting(first: Array, second: Array, count: int) -> Array:
    """The places that both ascending arrays hold, each without repeats: looked up where one is much shorter, else merged."""
    few, many = sorted(alike([first, second], count, 0), key=len)
    if len(few) * RATIO < len(many):
        return few[located(few, many)[1]]
    merged = np.concatenate((few, many))
    merged.sort(kind="stable")  # finds the two ascending runs, and merges them
    return np.asarray(merged[:-1][merged[1:] == merged[:-1]])


def _moved(places: Array, distance: int) -> Array:
    return places + places.dtype.type(distance) if distance else places


def _chains(distances: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Descending distances as chains: by which step each descends, how many belong to it, and its last one.

    7 5 3 1 0 → (2, 4, 1), (1, 1, 0)
    """
    steps = [first - second for first, second in pairwise(distances)]
    start = 0
    while start < len(distances):
        step = steps[start] if start < len(steps) else 1
        stop = next((place for place in range(start, len(steps)) if steps[place] != step), len(steps)) + 1
        yield step, stop - start, distances[stop - 1]
        start = stop


def _last_of_chains(places: Array, step: int, length: int) -> Array:
    """Where so many of some ascending places stand at equal steps: the last of them.

    Of those that are whole steps apart, so many span as many steps, less one, only where each is one behind the one before.
    """
    if length == 1:
        return places
    apart = places.dtype.type(step)
    if step > 1:
        places = places.take((places % apart).astype(np.min_scalar_type(step)).argsort(kind="stable"))
    lasts = places[length - 1 :]
    lasts = lasts.compress(lasts - places[: len(lasts)] == apart * places.dtype.type(length - 1))
    if step > 1:
        lasts.sort(kind="stable")
    return lasts

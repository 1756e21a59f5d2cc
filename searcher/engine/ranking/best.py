"""The best of many, without sorting all of them."""

from __future__ import annotations

from math import isqrt
from typing import Any

import numpy as np

from searcher.engine.arrays.docsets import Array

FEW = 128
"""Up to so many values, sorting is as fast."""

FEW_ROUNDS = 4
"""Where groups are smaller, the values are parted themselves."""


def best(values: Array, wanted: int) -> Array:
    """Where the greatest values stand, the greatest first, equal ones in their order."""
    if wanted <= 0:
        return np.zeros(0, np.intp)
    if wanted >= len(values) or len(values) <= FEW:
        return _descending(values)[:wanted]
    candidates: Array = (values >= bound(values, wanted)).nonzero()[0]
    return candidates.take(_descending(values.take(candidates))[:wanted])


def bound(values: Array, wanted: int) -> Any:
    """A value that at least `wanted` values reach and few more: the wanted-th of the greatest values of many groups.

    Each group is met once in a round, and a round is quick: with 3 √n groups, the rounds and the parting of the groups take least.
    """
    groups = max(4 * wanted, 3 * isqrt(len(values)))
    rounds = len(values) // groups
    if rounds < FEW_ROUNDS:
        return np.partition(values, len(values) - wanted)[len(values) - wanted]
    greatest = np.maximum.reduce(values[: rounds * groups].reshape(rounds, groups), axis=0)
    greatest.partition(groups - wanted)
    return greatest[groups - wanted]


def _descending(values: Array) -> Array:
    """A stable order; ints are turned by ~, because the least has no negative."""
    turned: Array = ~values if values.dtype.kind == "i" else -values
    order: Array = turned.argsort(kind="stable")
    return order

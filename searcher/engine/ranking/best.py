"""The best of many, without sorting all of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from searcher.engine.arrays.docsets import Array

_SMALL = 128
"""Up to so many values, sorting is as fast."""

_MANY = 1 << 14
"""Of so many values there are more groups, so that there are fewer rounds."""

FEW_ROUNDS = 8
"""Where groups are smaller, the values are parted themselves."""


def best(values: Array, wanted: int) -> Array:
    """Where the greatest values stand, the greatest first, equal ones in their order."""
    if wanted <= 0:
        return np.zeros(0, np.intp)
    if wanted >= len(values) or len(values) <= _SMALL:
        return _descending(values)[:wanted]
    candidates: Array = (values >= bound(values, wanted)).nonzero()[0]
    return candidates.take(_descending(values.take(candidates))[:wanted])


def bound(values: Array, wanted: int) -> Any:
    """A value that at least `wanted` values reach and few more: the wanted-th of the greatest values of many groups."""
    groups = max(4 * wanted, 256 if len(values) < _MANY else 1024)
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

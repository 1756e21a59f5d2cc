"""Places in documents as stretches of a length, each of which begins half a length behind the one before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from searcher.engine.arrays.docsets import Array, distinct, firsts_of


class Stretches(NamedTuple):
    """Every stretch in which something stands, in order: the row of its document, and its first position.

    `held`: what stands in the stretches, each thing once in each of them, stretch by stretch; `starts`: where that of each begins.
    """

    rows: Array
    firsts: Array
    starts: Array
    held: Array


def stretches(rows: Array, positions: Array, things: Array, kinds: int, length: int) -> Stretches:
    """The stretches of documents in which things, numbered below `kinds`, stand: each at a position of the document of a row."""
    half, shift = length // 2, kinds.bit_length()
    steps = positions // half
    span = int(steps.max(initial=0)) + 1
    own, before = (rows * span + step << shift | things for step in (steps, np.maximum(steps - 1, 0)))
    together = distinct(np.concatenate((own, before)))
    keys = together >> shift
    starts = firsts_of(keys)
    keys = keys.take(starts)
    of_document = keys // span
    return Stretches(of_document, (keys - of_document * span) * half, starts, together & (1 << shift) - 1)

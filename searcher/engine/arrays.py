"""The few array idioms that the engine is made of."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

U8: TypeAlias = "NDArray[np.uint8]"
U32: TypeAlias = "NDArray[np.uint32]"
I64: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"


def starts_of(counts: NDArray[Any]) -> I64:
    """Where lists of these lengths begin when they follow one another, and where the last ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    counts.cumsum(out=starts[1:])
    return starts


def gather(starts: NDArray[Any], counts: NDArray[Any]) -> I64:
    """The indices of several slices, one slice after the other: start, start + 1, … for `counts` each."""
    targets = starts_of(counts)
    return np.arange(targets[-1], dtype=np.int64) + np.repeat(starts.astype(np.int64, copy=False) - targets[:-1], counts)

"""Lists of different lengths one after the other in one array, a ragged array, with another that says where each begins and the last ends.

So many lists are worked on at once: no loop runs over lists or over what they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

U8: TypeAlias = "NDArray[np.uint8]"
U32: TypeAlias = "NDArray[np.uint32]"
I64: TypeAlias = "NDArray[np.int64]"
Bools: TypeAlias = "NDArray[np.bool_]"

_LARGE = 1 << 15


def batches(starts: I64, size: int) -> Iterator[tuple[int, int]]:
    """Adjacent lists that have so many items together at most, or one list of more; `starts`: where each begins, and the last ends."""
    first = 0
    while first < len(starts) - 1:
        stop = max(first + 1, int(starts.searchsorted(starts[first] + size, "right")) - 1)
        yield first, stop
        first = stop


def starts_of(counts: NDArray[Any]) -> I64:
    """Where lists of these lengths begin when they follow one another, and where the last ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.add.accumulate(counts, out=starts[1:])  # what the method cumsum does, without its detour
    return starts


def joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Arrays one after the other; a single one as it is; of none, an empty one."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.zeros(0, np.uint32)


def gather(starts: NDArray[Any], counts: NDArray[Any]) -> I64:
    """The indices of several slices, one slice after the other: start, start + 1, … for `counts` each."""
    targets = starts_of(counts)
    if targets[-1] >= _LARGE:
        return _added_up(starts, counts)
    return np.arange(targets[-1], dtype=np.int64) + np.repeat(starts.astype(np.int64, copy=False) - targets[:-1], counts)


def _added_up(starts: NDArray[Any], counts: NDArray[Any]) -> I64:
    """What `gather` gives, made in one array by adding up steps: three arrays so large cost six times as much."""
    filled = (counts != 0).nonzero()[0]  # of bools, numpy counts four times as fast as of numbers
    firsts, counts = starts[filled].astype(np.int64), counts[filled]
    steps = np.ones(int(counts.sum()), np.int64)
    steps[0] = firsts[0]
    steps[np.add.accumulate(counts[:-1])] = firsts[1:] - firsts[:-1] - counts[:-1].astype(np.int64) + 1
    return np.add.accumulate(steps, out=steps)


def gaps_of(values: U32, starts: I64) -> U32:
    """The first number of each list as it is, then the distance from the one before; `starts`: where each list begins."""
    gaps = np.diff(values, prepend=np.uint32(0))
    gaps[starts] = values[starts]
    return gaps


def sums_of(gaps: NDArray[Any], starts: I64) -> U32:
    """The inverse: distances summed up. Sums wrap at 32 bits, and so do their differences.

    `starts`: where each list begins, and the last ends.
    """
    sums: U32 = np.add.accumulate(gaps, dtype=np.uint32)
    if len(starts) == 2:
        return sums
    before = np.concatenate((np.zeros(1, np.uint32), sums))[starts[:-1]]
    return sums - np.repeat(before, np.diff(starts))

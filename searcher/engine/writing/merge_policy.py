"""Which segments are merged: a tiered policy, so that small commits stay small and no query looks into many segments."""

from __future__ import annotations

from collections.abc import Sequence

SEGMENTS = 6
"""No index has more segments."""

SMALL, FEW = 16, 2
"""The last segments of an index that are together smaller than a 16th of it may be two at most: they are quickly written again, and a query
looks for each of its words in every segment, however small."""

GROWTHS = (0.0, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0)
"""A segment is merged with all behind it if it is smaller than so many times their sum; of these factors, the first that leaves few enough
segments is taken. A small one writes less: a thousand equal commits write each document five times, thirty commits twice."""

DELETED = 4
"""A segment is written anew once one in so many of its documents is deleted."""


def due(sizes: Sequence[int], counts: Sequence[int], deleted: Sequence[int], fresh: int = 1) -> list[range]:
    """Which adjacent segments to merge, by their sizes in bytes, documents and deleted documents: ranges of their numbers, ascending.

    The last `fresh` are those of one commit: they become one in any case.
    """
    old = len(sizes) - max(1, fresh)
    start = _start([*sizes[:old], sum(sizes[old:])]) if old >= 0 else 0
    merged = [range(start, len(sizes))] if len(sizes) - start > 1 else []
    alone = range(start if merged else len(sizes))
    return [range(number, number + 1) for number in alone if deleted[number] * DELETED > counts[number]] + merged


def _start(sizes: Sequence[int]) -> int:
    """The first of the segments at the end that are to become one."""
    small = next((number for number in range(len(sizes)) if sum(sizes[number:]) * SMALL < sum(sizes)), len(sizes))
    return min(_start_of(sizes, SEGMENTS), small + _start_of(sizes[small:], FEW))


def _start_of(sizes: Sequence[int], most: int) -> int:
    """The first of the segments at the end that are to become one, so that there are no more than `most`."""
    for growth in GROWTHS:
        start, behind = len(sizes) - 1, 0
        for number in reversed(range(len(sizes))):
            if sizes[number] < growth * behind:
                start = number
            behind += sizes[number]
        if start < most:
            return start
    return most - 1

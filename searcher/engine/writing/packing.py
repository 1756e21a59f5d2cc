"""Lists of small numbers are packed (see `segment/packing.py`), each in the width in which it takes the fewest bytes, exceptions included.

A long list gives up to a quarter more for a width whose numbers a table unpacks, or that need no unpacking, two to five times as fast as
others; one of tens of thousands up to a third. Packing goes width by width; no loop runs over numbers or short lists.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from searcher.engine.arrays.ragged import I64, U8, U32, gather, starts_of
from searcher.engine.segment.packing import IN_BYTES, ONES, RAW, WIDTHS

_QUICK = np.isin(WIDTHS, (0, *IN_BYTES, *RAW))
_WHOLE = np.isin(WIDTHS, (0, *RAW))
LONG, LONGEST = 256, 1 << 15
"""Lists of more numbers are packed so that they unpack fast; the longest, of which there are few, for a third more bytes at most."""

_PIECE = 1 << 20
"""So many numbers, a multiple of eight, are packed at once of a list that is packed alone: on the way a number takes up to forty bytes."""

_NEVER = np.iinfo(np.int64).max // 8
"""More bits than a list may take; five times as many are still a number."""


def pack_lists(values: U32, counts: I64, *, whole: bool = False) -> tuple[U8, I64]:
    """Lists that follow one another in `values`, packed; and where each begins, and the last ends.

    `whole`: each number takes whole bytes, for short lists that are read one by one.
    """
    filled = counts > 0
    sizes = np.zeros(len(counts), np.int64)
    packer = _Packer(values, counts[filled], whole)
    sizes[filled] = packer.sizes
    return packer.pack(), starts_of(sizes)


def _to_bits(values: U32, width: int) -> U8:
    """Numbers of w bits each, lowest bits first; a multiple of eight numbers."""
    if width in RAW:
        return values.astype(RAW[width]).view(np.uint8)
    if width == 24:
        return values.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].ravel()
    wide = values.reshape(-1, 8).astype(np.uint64)
    low, high = wide[:, 0].copy(), wide[:, 4].copy()
    for place in range(1, 4):
        low |= wide[:, place] << np.uint64(place * width)
        high |= wide[:, place + 4] << np.uint64(place * width)
    raw = np.empty((len(wide), 2), "<u8")
    raw[:, 0] = low | high << np.uint64(4 * width)
    raw[:, 1] = high >> np.uint64(64 - 4 * width)
    return raw.view(np.uint8)[:, :width].ravel()


def _bits(values: U32) -> I64:
    """How many bits each number takes, where all ones stand for an exception: the exponent of its float of 64 bits, plus one."""
    exponents: I64 = (values.astype(np.float64) + 1).view(np.int64) >> 52
    exponents -= 1022
    return exponents


class _Packer:
    """Packs lists, none of them empty."""

    def __init__(self, values: U32, counts: I64, whole: bool) -> None:
        self._values, self._counts, self._whole = values, counts, whole
        self._starts = starts_of(counts)[:-1]
        most = np.maximum.reduceat(values, self._starts) if len(counts) else np.empty(0, np.uint32)
        self._exception = (most > 0xFF).astype(np.int64) + (most > 0xFFFF)
        self._widths, self._exceptions = self._best(most)
        self._payloads = (counts * self._widths + 7) // 8
        self.sizes = 1 + self._payloads + (self._exceptions << self._exception)

    def pack(self) -> U8:
        """The lists one behind the other; how many bytes each takes, `sizes` say."""
        places = starts_of(self.sizes)
        packed = np.zeros(places[-1], np.uint8)
        packed[places[:-1]] = self._widths | self._exception << 6
        if len(self._counts) == 1:
            self._pack_one(packed, int(self._widths[0]))
            return packed
        for width in np.unique(self._widths):
            if width:
                self._pack_alike(packed, places[:-1], np.flatnonzero(self._widths == width), int(width))
        return packed

    def _best(self, most: U32) -> tuple[I64, I64]:
        """The width of each list that takes the fewest bits, and how many exceptions it leaves."""
        within = self._needed().cumsum(axis=1)
        exceptions = self._counts[:, None] - within[:, WIDTHS]
        exceptions[:, -1] = 0
        costs = self._counts[:, None] * WIDTHS + (exceptions << self._exception[:, None]) * 8
        costs[:, 0] = np.where(most == 0, 0, _NEVER)
        if self._whole:
            costs[:, ~_WHOLE] = _NEVER
        choice = self._quick(costs, costs.argmin(axis=1))
        return WIDTHS[choice], np.where(choice == 0, 0, exceptions[np.arange(len(choice)), choice])

    def _needed(self) -> I64:
        """How many numbers of each list need so many bits."""
        count = len(self._counts)
        if count == 1:
            return sum((np.bincount(_bits(piece), minlength=34) for piece in self._pieces()), np.zeros((1, 34), np.int64))
        needed = np.repeat(np.arange(count, dtype=np.int64) * 34, self._counts)
        needed += _bits(self._values)
        return np.bincount(needed, minlength=count * 34).reshape(count, 34)

    def _pieces(self) -> Iterator[U32]:
        return (self._values[start : start + _PIECE] for start in range(0, len(self._values), _PIECE))

    def _quick(self, costs: I64, choice: I64) -> I64:
        """The choice of widths, changed to a quick width for long lists that it makes little longer; the array is changed."""
        lists = np.flatnonzero(self._counts > LONG)
        quick = np.flatnonzero(_QUICK)[costs[lists][:, _QUICK].argmin(axis=1)]
        parts = np.where(self._counts[lists] > LONGEST, 3, 4)
        cheap = costs[lists, quick] * parts <= costs[lists, choice[lists]] * (parts + 1)
        choice[lists[cheap]] = quick[cheap]
        return choice

    def _pack_one(self, packed: U8, width: int) -> None:
        """Packs the only list piece by piece, however long it is."""
        if width == 0:
            return
        place, exceptions = 1, [self._values[:0]]
        for piece in self._pieces():
            if width < 32:
                exceptions.append(piece[piece >= ONES[width]])
            filled = np.zeros((len(piece) + 7) // 8 * 8, np.uint32)
            np.minimum(piece, ONES[width], out=filled[: len(piece)])
            size = (len(piece) * width + 7) // 8
            packed[place : place + size] = _to_bits(filled, width)[:size]
            place += size
        packed[place:] = np.concatenate(exceptions).astype(f"<u{1 << int(self._exception[0])}").view(np.uint8)

    def _pack_alike(self, packed: U8, places: I64, lists: I64, width: int) -> None:
        """Packs the lists of one width. Where numbers are no whole bytes, each list is filled up to a multiple of eight numbers, and its
        bytes are cut where it ends.
        """
        counts, sizes = self._counts[lists], self._payloads[lists]
        values = self._values[gather(self._starts[lists], counts)]
        if width < 32:
            self._pack_exceptions(packed, places, lists, values[values >= ONES[width]])
            values = np.minimum(values, ONES[width])
        if width in RAW:
            packed[gather(places[lists] + 1, sizes)] = _to_bits(values, width)
            return
        padded = (counts + 7) // 8
        filled = np.zeros(int(padded.sum()) * 8, np.uint32)
        filled[gather(starts_of(padded * 8)[:-1], counts)] = values
        packed[gather(places[lists] + 1, sizes)] = _to_bits(filled, width)[gather(starts_of(padded * width)[:-1], sizes)]

    def _pack_exceptions(self, packed: U8, places: I64, lists: I64, exceptions: U32) -> None:
        counts, begins = self._exceptions[lists], starts_of(self._exceptions[lists])[:-1]
        for size in range(3):
            alike = self._exception[lists] == size
            chosen = exceptions[gather(begins[alike], counts[alike])].astype(f"<u{1 << size}").view(np.uint8)
            ends = places[lists[alike]] + 1 + self._payloads[lists[alike]]
            packed[gather(ends, counts[alike] << size)] = chosen

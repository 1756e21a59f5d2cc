"""Many packed lists of a file come back as arrays; how they lie there is told in `files/byte_lists.py`."""

from __future__ import annotations

import numpy as np

from searcher.engine.arrays.ragged import I64, U8, U32
from searcher.engine.files.byte_lists import STRIDE, ByteLists
from searcher.engine.files.short_lists import Unpackable
from searcher.engine.segment.packing import Unsigned, unpack_list, unpack_lists, unpack_some

FEW = 256
"""Of a list, its numbers are looked up one by one where it has so many times as many as are wanted; else all are unpacked."""


class Lists:
    """Reads packed lists, or lists of plain bytes, as arrays."""

    def __init__(self, lists: ByteLists) -> None:
        self._lists = lists

    def numbers(self, number: int, count: int, start: int = 0, stop: int | None = None) -> Unsigned:
        """The numbers [start, stop) of one list of `count`."""
        try:
            return unpack_list(self._lists.raw(number), count, start, stop)
        except Unpackable as error:
            raise self._lists.damaged(error) from error

    def some(self, number: int, count: int, places: I64) -> Unsigned:
        """The numbers at some places, which ascend, of one list of `count`."""
        if count < FEW * len(places):
            return self.numbers(number, count).take(places)
        try:
            return unpack_some(self._lists.raw(number), count, places)
        except (Unpackable, IndexError) as error:
            raise self._lists.damaged(error) from error

    def span(self, start: int, stop: int, counts: I64) -> U32:
        """The numbers of the lists [start, stop), of these lengths, one after the other."""
        if stop - start == 1:
            return self.numbers(start, int(counts[0])).astype(np.uint32, copy=False)
        try:
            return unpack_lists(*self.raw_span(start, stop), counts)
        except (Unpackable, IndexError) as error:
            raise self._lists.damaged(error) from error

    def raw(self, number: int) -> U8:
        """The bytes of one list."""
        return np.asarray(self._lists.raw(number))

    def raw_span(self, start: int, stop: int) -> tuple[U8, I64]:
        """The bytes of the lists [start, stop), and where each begins in them, and the last ends."""
        offsets = self.offsets(start, stop)
        return self._lists.data.part(int(offsets[0]), int(offsets[-1])), offsets - offsets[0]

    def offsets(self, start: int, stop: int) -> I64:
        """Where the lists [start, stop) begin, and the last ends."""
        bases = self._lists.bases.part(start // STRIDE, stop // STRIDE + 1)
        numbers = np.arange(start, stop + 1) // STRIDE - start // STRIDE
        offsets: I64 = bases[numbers].astype(np.int64) + self._lists.places.part(start, stop + 1)
        if (offsets[1:] < offsets[:-1]).any() or offsets[-1] > len(self._lists.data):
            raise self._lists.damaged("lists that end before they begin")
        return offsets

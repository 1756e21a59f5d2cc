"""Many lists are written (see `files/byte_lists.py`), packed or as plain bytes."""

from __future__ import annotations

import numpy as np

from searcher.engine.arrays.ragged import I64, U8, U32, batches, starts_of
from searcher.engine.files.byte_lists import STRIDE
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.packing import pack_lists

AT_ONCE = 1 << 20
"""So many numbers are packed at once, or one list of more."""


class ListsWriter:
    """Writes packed lists, or lists of plain bytes."""

    def __init__(self, file: ArrayFileWriter, name: str) -> None:
        self._file, self._name = file, name
        self._count = self._base = 0
        file.append(name, "u1", b"")

    def append(self, values: U32, counts: I64, *, whole: bool = False) -> None:
        """Packs lists, some after the other, for on the way they take ten times their room; `whole`: in whole bytes."""
        starts = starts_of(counts)
        for first, stop in batches(starts, AT_ONCE):
            self.append_raw(*pack_lists(values[starts[first] : starts[stop]], counts[first:stop], whole=whole))

    def append_raw(self, data: U8, offsets: I64) -> None:
        """Takes lists of plain bytes, or packed ones; `offsets`: where each begins in `data`, and the last ends."""
        begins = offsets[:-1] + self._file.size(self._name)
        self._file.append(self._name, "u1", data)
        self._put(begins)

    def finish(self) -> None:
        """Adds the end of the last list."""
        self._put(np.array([self._file.size(self._name)]))

    def _put(self, begins: I64) -> None:
        numbers = np.arange(self._count, self._count + len(begins))
        bases = begins[numbers % STRIDE == 0]
        places = begins - np.concatenate(([self._base], bases))[numbers // STRIDE - (self._count - 1) // STRIDE]
        if len(places) and places.max() > 0xFFFFFFFF:
            raise OverflowError(f"{STRIDE} lists of {self._name} take more than 4 GiB")
        self._file.append(self._name + ".bases", "u8", bases)
        self._file.append(self._name + ".places", "u4", places)
        self._count += len(begins)
        self._base = int(bases[-1]) if len(bases) else self._base

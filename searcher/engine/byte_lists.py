"""Many lists in a file, whatever their bytes mean: one after the other, and where each begins.

Sections, for lists called x:

    x          u1   the lists, one after the other
    x.bases    u8   where every 16th list begins
    x.places   u4   where each list begins, counted from the base of its 16; one more for the end of the last
"""

from __future__ import annotations

from searcher.engine.container import ArrayFile, Section
from searcher.engine.short_lists import Unpackable, unpack_short

STRIDE = 16


def sections_of(file: ArrayFile, name: str) -> tuple[Section, Section, Section]:
    """The lists of this name, their bases, their places."""
    return file.section(name, "u1"), file.section(f"{name}.bases", "u8"), file.section(f"{name}.places", "u4")


class ByteLists:
    """Reads lists one by one, without numpy."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file, self._name = file, name
        self._data, self._bases, self._places = sections_of(file, name)

    def raw(self, number: int) -> memoryview:
        """The bytes of one list."""
        return self._data.items(*self.bounds(number))

    def unchecked(self, number: int) -> memoryview:
        """The same, of lists that have a checksum of their own."""
        return self._data.unchecked(*self.bounds(number))

    def numbers(self, number: int, count: int) -> list[int]:
        """The numbers of one packed list of `count`, a short one."""
        try:
            return unpack_short(self.raw(number), count)
        except Unpackable as error:
            raise self._file.damaged(f"{self._name}: {error}") from error

    def bounds(self, number: int) -> tuple[int, int]:
        """Where one list begins and ends."""
        start, end = self._places.pair(number)
        if (number + 1) % STRIDE:
            base = next_base = self._bases[number // STRIDE]
        else:
            base, next_base = self._bases.pair(number // STRIDE)
        return base + start, next_base + end

"""Many lists in a file, whatever their bytes mean: one after the other, and where each begins.

Sections, for lists called x:

    x          u1   the lists, one after the other
    x.bases    u8   where every 16th list begins
    x.places   u4   where each list begins, counted from the base of its 16

In both the end of the last list counts as one more that begins there.
"""

from __future__ import annotations

from searcher.engine.files.container import ArrayFile
from searcher.engine.files.short_lists import Unpackable, unpack_short
from searcher.errors import IndexDamaged

STRIDE = 16


class ByteLists:
    """Reads lists one by one, without numpy."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.file, self.name = file, name
        self.data = file.section(name, "u1")
        self.bases, self.places = file.section(f"{name}.bases", "u8"), file.section(f"{name}.places", "u4")

    def raw(self, number: int) -> memoryview:
        """The bytes of one list."""
        return self.data.items(*self._bounds(number))

    def unchecked(self, number: int) -> memoryview:
        """The bytes of one list, which has a checksum of its own."""
        return self.data.unchecked(*self._bounds(number))

    def numbers(self, number: int, count: int) -> list[int]:
        """The numbers of one packed list of `count`, a short one."""
        try:
            return unpack_short(self.raw(number), count)
        except Unpackable as error:
            raise self.damaged(error) from error

    def damaged(self, reason: object) -> IndexDamaged:
        """The error that names the lists."""
        return self.file.damaged(f"{self.name}: {reason}")

    def _bounds(self, number: int) -> tuple[int, int]:
        """Where one list begins and ends."""
        start, end = self.places.pair(number)
        base = base_of_next = self.bases[number // STRIDE]
        if (number + 1) % STRIDE == 0:
            base_of_next = self.bases[number // STRIDE + 1]
        return base + start, base_of_next + end

"""Room for numbers that are needed for a moment, taken once and used again.

Fresh memory costs more than what is done with it: the system clears it page by page, when it is first touched.
"""

from __future__ import annotations

import threading
from functools import cache

import numpy as np
from numpy.typing import DTypeLike

from searcher.engine.docsets import Array

SMALL = 1 << 13
"""Room for fewer numbers comes from the allocator, which has such pieces at hand."""

RETAINED = 1 << 24


@cache
def retain_memory() -> None:
    """Makes the allocator of glibc keep what is freed, up to so many bytes: it gives no more back to the system than it was once given
    back in one piece (mallopt(3), M_MMAP_THRESHOLD). Elsewhere it changes nothing.
    """
    np.empty(RETAINED, np.uint8)


class Scratch(threading.local):
    """A thread's own room: an array for each purpose, which holds what was last written to it."""

    def __init__(self) -> None:
        self._rooms: dict[str, Array] = {}

    def room(self, purpose: str, count: int, dtype: DTypeLike = np.float32) -> Array:
        """So many numbers, until this is called again for the same purpose in the same thread; a purpose has one type."""
        if count < SMALL:
            return np.empty(count, dtype)
        room = self._rooms.get(purpose)
        if room is None or len(room) < count:
            room = self._rooms[purpose] = np.empty(count, dtype)
        return room[:count]

"""The answers used last are kept, up to so many bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")

ENTRY, PART = 250, 60
"""What an entry costs beside its arrays, in bytes, roughly, and what each text or number of its key does: a run may have a thousand."""


class Cache:
    """Keeps what was used last, up to `capacity` bytes; several threads may share it. Values must never change and never be None."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        """How many bytes are kept."""
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Any | None:
        """What is kept under a key, None where it is not any more; what is asked for stays for longer."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        try:  # noqa: SIM105 (no lock is taken, and nothing else done: a query asks a thousand times)
            self._entries.move_to_end(key)
        except KeyError:  # another thread has dropped it meanwhile
            pass
        return entry[0]

    def kept(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept under a key; what is not kept is made, and kept from now on: an array, what knows its `nbytes`, or a tuple of
        such.
        """
        found: Value | None = self.get(key)
        if found is None:
            found = make()
            arrays = found if isinstance(found, tuple) else (found,)
            self.put(key, found, sum([getattr(array, "nbytes", 0) for array in arrays]))
        return found

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keeps a value of so many bytes, unless it would drive out half of the others."""
        size += ENTRY + PART * _parts(key)
        if size > self.capacity // 2:
            return
        with self._lock:
            self.size += size - self._entries.pop(key, (None, 0))[1]
            self._entries[key] = value, size
            while self.size > self.capacity:
                self.size -= self._entries.popitem(last=False)[1][1]


def _parts(key: Hashable) -> int:
    """How many texts and numbers a key holds, in tuples of tuples."""
    return sum([_parts(part) if part.__class__ is tuple else 1 for part in key]) if isinstance(key, tuple) else 1

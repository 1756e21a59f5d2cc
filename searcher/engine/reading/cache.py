"""The answers used last are kept, up to so many bytes.

There are two generations. What is put, or found in the old one, goes into the young one; when that has half of the bytes, it becomes the
old one, and what was not used since then is dropped. So to find what is young takes no lock and changes nothing, which is the usual case.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeAlias, TypeVar

Value = TypeVar("Value")

ENTRY, PART = 250, 60
"""What an entry costs beside its arrays, in bytes, roughly, and what each text or number of its key does: a run may have a thousand."""


Entry: TypeAlias = tuple[Any, int]
"""What is kept, and how many bytes it takes."""


class Cache:
    """Keeps what was used last, up to `capacity` bytes; several threads may share it. Values must never change and never be None."""

    def __init__(self, capacity: int) -> None:
        self.capacity, self._half = capacity, capacity // 2
        self._lock = Lock()
        self._young: dict[Hashable, Entry] = {}
        self._old: dict[Hashable, Entry] = {}
        self._young_size = self._old_size = 0

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._young_size + self._old_size

    def get(self, key: Hashable) -> Any | None:
        """What is kept under a key, None where it is not any more; what is asked for stays for longer."""
        entry = self._young.get(key)
        if entry is None and key in self._old:
            with self._lock:
                entry = self._old.get(key)
                if entry is not None:
                    self._put(key, entry)
        return None if entry is None else entry[0]

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
        if size <= self._half:
            with self._lock:
                self._put(key, (value, size))

    def _put(self, key: Hashable, entry: Entry) -> None:
        self._young_size -= self._young.pop(key, _NOTHING)[1]
        self._old_size -= self._old.pop(key, _NOTHING)[1]
        if self._young_size + entry[1] > self._half:  # what is young becomes old; what is old is dropped
            self._old, self._old_size = self._young, self._young_size
            self._young, self._young_size = {}, 0
        self._young[key] = entry
        self._young_size += entry[1]


_NOTHING: Entry = (None, 0)


def _parts(key: Hashable) -> int:
    """How many texts and numbers a key holds, in tuples of tuples."""
    return sum([_parts(part) if part.__class__ is tuple else 1 for part in key]) if isinstance(key, tuple) else 1

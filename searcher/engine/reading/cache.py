"""The answers used last are kept, up to so many bytes.

There are two generations. What is put, or found in the old one, goes into the young one; when that has half of the bytes, it becomes the
old one, and what was not used since then is dropped. So to find what is young takes no lock and changes nothing, which is the usual case.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")

ENTRY, PART = 250, 60
"""What an entry costs beside its arrays, in bytes, roughly, and what each text or number of its key does: a run may have a thousand."""


class Cache:
    """Keeps what was used last, up to `capacity` bytes; several threads may share it. Values must never change and never be None."""

    def __init__(self, capacity: int) -> None:
        self.capacity, self._half = capacity, capacity // 2
        self._lock = Lock()
        self._young: dict[Hashable, Any] = {}
        self._old: dict[Hashable, Any] = {}
        self._sizes: dict[Hashable, int] = {}
        self._young_size = self._old_size = 0

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._young_size + self._old_size

    def get(self, key: Hashable) -> Any | None:
        """What is kept under a key, None where it is not any more; what is asked for stays for longer."""
        value = self._young.get(key)
        if value is None and key in self._old:
            with self._lock:
                value = self._old.get(key)
                if value is not None:
                    self._put(key, value, self._sizes[key])
        return value

    def kept(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept under a key; what is not kept is made, and kept from now on: an array, what knows its `nbytes`, or a tuple of
        such.
        """
        found: Value | None = self._young.get(key)
        if found is None:
            found = self.get(key)
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
                self._put(key, value, size)

    def _put(self, key: Hashable, value: Any, size: int) -> None:
        if key in self._sizes:
            self._forget(key)
        if self._young_size + size > self._half:
            self._turn()
        self._young[key], self._sizes[key] = value, size
        self._young_size += size

    def _turn(self) -> None:
        """What is young becomes old; what is old is dropped."""
        for dropped in self._old:
            del self._sizes[dropped]
        self._old, self._old_size = self._young, self._young_size
        self._young, self._young_size = {}, 0

    def _forget(self, key: Hashable) -> None:
        if key in self._young:
            self._young_size -= self._sizes[key]
            del self._young[key]
        elif key in self._old:
            self._old_size -= self._sizes[key]
            del self._old[key]


def _parts(key: Hashable) -> int:
    """How many texts and numbers a key holds, in tuples of tuples."""
    return sum([_parts(part) if part.__class__ is tuple else 1 for part in key]) if isinstance(key, tuple) else 1

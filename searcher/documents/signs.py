"""Signs of life of what takes long, to those who wait: a process above, and what would end this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_waiting: list[Callable[[], None]] = []


@contextmanager
def listening(listener: Callable[[], None]) -> Iterator[None]:
    """Be told of every sign meanwhile, in the thread that gives it."""
    _waiting.append(listener)
    try:
        yield
    finally:
        _waiting.remove(listener)


def give_sign() -> None:
    """Something has been done, and more is to come."""
    for listener in _waiting:
        listener()

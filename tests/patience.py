"""Work that must end: a guard against what hangs or grows with the square of its input, and no measurement.

It counts the processor time of this process, so that a busy machine breaks nothing, and allows far more than the work takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

ENDLESS = 60.0
"""Seconds; what is guarded takes a few at most, and minutes or for ever where it is quadratic or worse."""


@contextmanager
def no_hang() -> Iterator[None]:
    began = process_time()
    yield
    assert process_time() - began < ENDLESS, "this takes too long to be linear in its input"

"""Keys that are typed before the prompt is there wait for it, and are not shown twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager


def unechoed() -> AbstractContextManager[None]:
    """The terminal echoes nothing by itself meanwhile: the prompt shows what is typed, also what was typed while nobody asked for it."""
    return _set(echo=False)


def echoed() -> AbstractContextManager[None]:
    """It echoes, as a program that is started expects it."""
    return _set(echo=True)


@contextmanager
def _set(*, echo: bool) -> Iterator[None]:
    """Where there is no such terminal, nothing is done."""
    try:
        import termios
    except ImportError:  # Windows
        yield
        return
    try:
        before = termios.tcgetattr(sys.stdin)
    except (termios.error, ValueError, TypeError, OSError):  # no terminal, or no file at all
        yield
        return
    meanwhile = list(before)
    meanwhile[3] = before[3] | termios.ECHO if echo else before[3] & ~termios.ECHO
    try:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, meanwhile)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)

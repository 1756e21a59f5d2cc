"""Keys that are typed before the prompt is there wait for it, and are not shown twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any


def unechoed() -> AbstractContextManager[None]:
    """The terminal echoes nothing by itself meanwhile, and keeps every key, Ctrl-D too, which would be the end of the file of a line:
    the prompt shows what is typed, also what was typed while nobody asked for it."""
    return _set(lines=False)


def echoed() -> AbstractContextManager[None]:
    """Meanwhile the terminal echoes and reads lines, as a program that is started expects it."""
    return _set(lines=True)


def modes() -> list[Any] | None:
    """How the terminal is set; None where there is none that can be, or no file at all."""
    try:
        import termios
    except ImportError:  # Windows
        return None
    try:
        return termios.tcgetattr(sys.stdin)
    except (termios.error, ValueError, TypeError, OSError):
        return None


def set_modes(wanted: list[Any]) -> None:
    """Set the terminal so, if it is not closed."""
    import termios

    with suppress(termios.error, OSError):
        termios.tcsetattr(sys.stdin, termios.TCSANOW, wanted)


@contextmanager
def _set(*, lines: bool) -> Iterator[None]:
    """Where there is no such terminal, nothing is done."""
    before = modes()
    if before is None:
        yield
        return
    import termios

    try:
        bits = termios.ECHO | termios.ICANON
        characters = list(before[6])
        if not lines:
            characters[termios.VMIN], characters[termios.VTIME] = 1, 0
        set_modes([*before[:3], before[3] | bits if lines else before[3] & ~bits, *before[4:6], characters])
        yield
    finally:
        set_modes(before)

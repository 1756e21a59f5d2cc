"""Keys that are typed before the prompt is there wait for it, and are not shown twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unechoed() -> Iterator[None]:
    """The terminal echoes nothing by itself meanwhile: the prompt shows what is typed, also what was typed while nobody asked for it.

    Programs that are started, such as a pager, set the terminal for themselves. Where there is no such terminal, nothing is done.
    """
    try:
        import termios
    except ImportError:  # Windows
        yield
        return
    try:
        before = termios.tcgetattr(sys.stdin)
    except (termios.error, ValueError, OSError):  # no terminal
        yield
        return
    silent = list(before)
    silent[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)

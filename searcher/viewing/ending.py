"""A program that is ended by SIGTERM or SIGHUP leaves all as it was: the terminal is put back, an index holds nothing half written.

To unwind the program as an error does will not do for a terminal: a signal may come while an event loop is being made, or handles another
error.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import FrameType
from typing import Any

from searcher.viewing.echo import modes, set_modes

Handler = Callable[[int, "FrameType | None"], Any]

SIGNALS = tuple(found for name in ("SIGTERM", "SIGHUP") if (found := getattr(signal, name, None)) is not None)
"""Windows has no SIGHUP."""

PROMPT = "\x1b[?2004l\x1b[?25h\x1b[0 q\r\n"
"""Pasted text is no longer bracketed, the cursor is shown in its own shape, and what comes next begins on a line of its own."""

FULL_SCREEN = "\x1b[?1049l"
"""Back from the alternate screen."""


@contextmanager
def put_back(leaving: str) -> Iterator[None]:
    """Such a signal, meanwhile, first sends `leaving` to the terminal and makes it what it is now; then it does what it did before."""
    before, handlers = modes(), {number: signal.getsignal(number) for number in SIGNALS}
    if before is None:
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        with suppress(OSError):  # a terminal that was closed
            os.write(sys.stdout.fileno(), leaving.encode())
        set_modes(before)
        earlier = handlers[signal.Signals(number)]
        if callable(earlier):
            earlier(number, frame)
        else:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

    with _handled(end):
        yield


def at_once() -> AbstractContextManager[None]:
    """Such a signal ends the program at once, while the terminal is another one's."""
    return _handled(signal.SIG_DFL)


@contextmanager
def unwound(*, ends: bool = True) -> Iterator[None]:
    """The first such signal, meanwhile, unwinds the program as Ctrl-C does, so that what is being written is cleared away; then it does
    what it did before, which is to end the program, unless it `ends` nothing more.

    A terminal that is closed sends several, and none is to disturb the clearing.
    """
    came: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        came.append(number)
        if len(came) == 1:
            raise KeyboardInterrupt

    try:
        with _handled(end):
            yield
    finally:
        if came and ends:
            signal.raise_signal(came[0])


@contextmanager
def _handled(handler: Handler | signal.Handlers) -> Iterator[None]:
    """What is ignored, as under nohup, stays ignored; outside the main thread nothing is done."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    handled = [number for number, old in before.items() if old is not signal.SIG_IGN]
    try:
        for number in handled:
            signal.signal(number, handler)
    except ValueError:  # another thread
        handled = []
    try:
        yield
    finally:
        for number in handled:
            signal.signal(number, before[number])

"""The program: `searcher`, or `python -m searcher`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130
"""What a shell reports for a program stopped by Ctrl-C: 128 and the number of the signal."""

YOUNG = 100_000
"""So many new objects are looked through at once for garbage, more than a search makes and loads, where Python does so for each 700."""


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit status; never a traceback for Ctrl-C or a closed pipe.

    `words` None: those of the process, which then is ours alone, and with it the collection of garbage: it takes a fifth of the processor
    time of a search, most of it when the process ends, where nothing is gained by it.
    """
    if words is not None:
        return _status_of(words)
    gc.set_threshold(YOUNG)
    status = _status_of(sys.argv[1:])
    gc.freeze()  # what is frozen is not looked through at the end
    if status == INTERRUPTED and os.name == "posix":  # a shell goes on with its loop where a program returns, even with this status
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    return status


def _status_of(words: Sequence[str]) -> int:
    try:
        from searcher.cli import run

        status = run(words)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:  # whoever read our output has enough, as in `searcher search … | head`
        status = 0
    _let_go()
    return status


def _let_go() -> None:
    """Send what cannot be written nowhere, so that the interpreter's last flush does not complain, and change the exit status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # noqa: PERF203
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())

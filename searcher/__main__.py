"""The program: `searcher`, or `python -m searcher`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130
"""What a shell reports for a program stopped by Ctrl-C: 128 and the number of the signal."""


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit status; never a traceback for Ctrl-C or a closed pipe."""
    try:
        from searcher.cli import run

        status = run(sys.argv[1:] if words is None else words)
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

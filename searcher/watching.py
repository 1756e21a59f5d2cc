"""How an index keeps in step by itself: the system tells which folders change, and each burst of changes is one run."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence

from searcher.errors import MissingDependency
from searcher.reports import Report

BURST_MS = 400
"""Changes that follow one another closer than this belong together."""


FIRST_LOOK_MS = 500
"""So long after it began to watch, the system is asked for the first time; later only when something changes."""


def watch(
    sync: Callable[[], Report],
    roots: Callable[[], Sequence[str]],
    own: str | os.PathLike[str],
    stop: threading.Event | None,
    reporter: Callable[[Report], None] | None,
) -> None:
    """Sync once, then after every burst of changes below the roots that are known then, until `stop` is set.

    `own` is the index's folder, whose changes are its own doing.
    """
    try:
        import watchfiles
    except ImportError as error:
        raise MissingDependency(what="watching folders", requirement="searcher[watch]") from error
    report = reporter or _silent
    report(sync())
    inside = os.path.join(os.path.abspath(own), "")  # noqa: PTH100, PTH118  (resolve() would follow links)
    watched_since_sync = False  # what changes between the first run and the first look is seen by a second run
    for changes in watchfiles.watch(
        *filter(os.path.exists, roots()),
        watch_filter=lambda change, path: not path.startswith(inside),
        stop_event=stop,
        debounce=BURST_MS,
        rust_timeout=FIRST_LOOK_MS,
        yield_on_timeout=True,
    ):
        if changes or not watched_since_sync:
            report(sync())
            watched_since_sync = True


def _silent(report: Report) -> None:
    """Nobody listens."""

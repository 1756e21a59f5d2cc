"""How an index keeps in step by itself: the system tells which folders change, and each burst of changes is one run."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from searcher.errors import IndexLocked, MissingDependency
from searcher.remarks import Remark
from searcher.updating.reports import Report

BURST_MS = 400
"""Changes that follow one another closer than this belong together."""

LOOK_MS = 500
"""So often the watch looks up: whether it is to stop, whether a folder has come back, whether another process lets it write."""

Places: TypeAlias = dict[str, tuple[int, int]]
"""The roots that are there, and which files or folders they are: device and inode."""


def watch(
    sync: Callable[[], Report],
    roots: Callable[[], Sequence[str]],
    own: str | os.PathLike[str],
    stop: threading.Event | None,
    reporter: Callable[[Report], None] | None,
) -> None:
    """Sync once, then after every burst of changes below the roots that are known then, until `stop` is set.

    `own` is the index's folder, whose changes are its own doing. While another process writes, the watch says so once, and waits.
    """
    watcher = _Watcher(sync, reporter or (lambda _: None))
    watcher.import_package()
    watcher.sync()
    inside = tuple(os.path.join(name(own), "") for name in (os.path.abspath, os.path.realpath))  # noqa: PTH118  (macOS tells the second)
    stop = stop or threading.Event()
    before: Places | None = None
    while not stop.is_set():
        known = roots()
        there = _places(known)
        before = None if there else before  # what changes before the system is asked to tell is not told: so a run follows
        for changed in _changes(there, inside, stop):
            now = _places(known)  # before the run: what goes or comes back during it is told by the next look
            if changed or watcher.is_behind or now != before:
                watcher.sync()
                before = now
            if now != there:
                break


class _Watcher:
    """What is to be done when something changes; `is_behind`: a run is due."""

    def __init__(self, sync: Callable[[], Report], report: Callable[[Report], None]) -> None:
        self._sync, self._report = sync, report
        self._told: object = None
        self.is_behind = False

    def sync(self) -> None:
        try:
            report = self._sync()
        except IndexLocked as error:
            self.is_behind = True
            if error.details != self._told:
                self._told = error.details
                self._report(Report(notices=(Remark("notice.locked", **{name: error.details[name] for name in ("pid", "host", "since")}),)))
        else:
            self.is_behind = False
            self._told = None
            self._report(report)

    @staticmethod
    def import_package() -> None:
        try:
            import watchfiles  # noqa: F401
        except ImportError as error:
            raise MissingDependency(what=Remark("what.watching"), requirement="searcher[watch]") from error


def _changes(there: Places, inside: tuple[str, ...], stop: threading.Event) -> Iterator[bool]:
    """Whether something has changed below the roots that are there, now and then, until `stop` is set or they are no longer there."""
    import watchfiles

    if there:
        told = watchfiles.watch(
            *there,
            watch_filter=lambda change, path: not path.startswith(inside),
            stop_event=stop,
            debounce=BURST_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
        )
        try:
            yield from map(bool, told)
        except FileNotFoundError:  # a root went between the look and the watch
            yield False
    else:
        stop.wait(LOOK_MS / 1000)
        yield False


def _places(roots: Sequence[str]) -> Places:
    places = {}
    for root in roots:
        try:
            status = os.stat(root)  # noqa: PTH116
        except OSError:
            continue
        places[root] = (status.st_dev, status.st_ino)
    return places

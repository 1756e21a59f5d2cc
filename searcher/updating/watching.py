"""How an index keeps in step by itself: the system tells that something has changed, and each burst of changes is one run.

A run looks only at what is told, however many files lie beside it. But not all is told: a system tells of so many folders and no more,
loses what comes too fast, and does not know what other machines do on a disk that they share. So all is looked through now and then: soon
behind what was told, more seldom where nothing was, and more often where nothing can be told.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from searcher.documents import listed_path
from searcher.errors import IndexLocked, MissingDependency
from searcher.remarks import Remark
from searcher.updating.reports import Report
from searcher.updating.told import MOST, concerned

BURST_MS = 400
"""Changes that follow one another closer than this belong together."""

LOOK_MS = 500
"""So often the watch looks up: whether it is to stop, whether a folder has come back, whether another process lets it write."""

REST, LONGEST_REST = 2.0, 30.0
"""After a run the watch rests so many times as long as the run took, up to so many seconds. So a file that is written all the time, as a
log is, keeps a core busy for no more than a third of the time.
"""

SELDOM, SOON = 600.0, 10.0
"""Seconds after which everything is looked through: where nothing was told; and where something was, much has changed, or the system
cannot tell."""

SHARE = 20.0
"""And it is not looked through again before so many times as long as that takes."""

NOTHING: frozenset[str] = frozenset()

Places: TypeAlias = dict[str, tuple[int, int]]
"""The roots that are there, and which files or folders they are: device and inode."""


def watch(
    sync: Callable[[frozenset[str] | None], Report],
    roots: Callable[[], Sequence[str]],
    own: str | os.PathLike[str],
    stop: threading.Event | None,
    reporter: Callable[[Report], None] | None,
) -> None:
    """Sync once, then after every burst of changes below the roots that are known then, until `stop` is set.

    `sync` is given the files and folders to look at, None: all.
    `own` is the index's folder, whose changes are its own doing. While another process writes, the watch says so once, and waits.
    """
    watcher = _Watcher(sync, reporter or (lambda _: None))
    watcher.import_package()
    watcher.sync()
    inside = tuple(os.path.join(name(own), "") for name in (listed_path, os.path.realpath))  # noqa: PTH118  (macOS tells the second)
    stop = stop or threading.Event()
    before: Places | None = None
    while not stop.is_set():
        known = roots()
        there = _places(known)
        before = None if there else before  # what changes before the system is asked to tell is not told: so a run follows
        for paths in _changes(there, inside, stop, watcher.is_untold):
            now = _places(known)  # before the run: what goes or comes back during it is told by the next look
            everything = watcher.is_due or now != before
            if paths or everything:
                watcher.sync(None if everything else concerned(paths, known))
                before = now
                stop.wait(watcher.rest)
            if now != there:
                break


class _Watcher:
    """What is to be done when something changes, and when a run is due though nothing does."""

    def __init__(self, sync: Callable[[frozenset[str] | None], Report], report: Callable[[Report], None]) -> None:
        self._sync, self._report = sync, report
        self._locked: object = None
        self._noticed: tuple[str, ...] = ()
        self._is_behind = self._is_untold = self._was_told = False
        self._took = self._took_all = self._ended = 0.0

    @property
    def is_due(self) -> bool:
        return self._is_behind or time.monotonic() > self._ended + self._pause

    @property
    def rest(self) -> float:
        """Seconds for which no run is to follow the last."""
        return min(REST * self._took, LONGEST_REST)

    @property
    def _pause(self) -> float:
        """Seconds between the last time that all was looked through and the next."""
        return max(SOON if self._was_told or self._is_untold else SELDOM, SHARE * self._took_all)

    def is_untold(self, error: Exception) -> None:
        """The system cannot tell of all that changes: from now on all is looked through more often, and that is said once."""
        if not self._is_untold:
            self._is_untold = True
            self._report(Report(notices=(Remark("notice.untold", seconds=round(self._pause), reason=_reason(error)),)))

    def sync(self, told: frozenset[str] | None = None) -> None:
        began = time.monotonic()
        many = self._sync_unless_locked(told) > MOST
        ended = time.monotonic()
        self._took = ended - began
        self._was_told = told is not None or many  # while much is read, more may change than the system can tell
        if told is None:
            self._ended = ended
        if told is None and not many:
            self._took_all = self._took

    def _sync_unless_locked(self, told: frozenset[str] | None) -> int:
        """Gives how many documents have changed."""
        try:
            report = self._sync(told)
        except IndexLocked as error:
            self._is_behind = True
            if error.details != self._locked:
                self._locked = error.details
                self._report(Report(notices=(Remark("notice.locked", **{name: error.details[name] for name in ("pid", "host", "since")}),)))
            return 0
        self._is_behind = False
        self._locked = None
        self._report(replace(report, notices=tuple(notice for notice in report.notices if notice not in self._noticed)))
        if told is None:  # a folder that is missing is so in every run
            self._noticed = report.notices
        return report.added + report.replaced + report.moved + report.removed

    @staticmethod
    def import_package() -> None:
        try:
            import watchfiles  # noqa: F401
        except ImportError as error:
            raise MissingDependency(what=Remark("what.watching"), requirement="searcher[watch]") from error


def _changes(
    there: Places, inside: tuple[str, ...], stop: threading.Event, is_untold: Callable[[Exception], None]
) -> Iterator[frozenset[str]]:
    """What is told to have changed below the roots that are there, now and then, until `stop` is set or they are gone."""
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
            yield from (frozenset(path for _, path in changes) for changes in told)
        except FileNotFoundError:  # a root went between the look and the watch
            yield NOTHING
        except (OSError, RuntimeError) as error:  # too many folders or programs that watch; a folder that nobody may enter
            is_untold(error)
            yield from _looks(stop)
    else:
        stop.wait(LOOK_MS / 1000)
        yield NOTHING


def _looks(stop: threading.Event) -> Iterator[frozenset[str]]:
    """That nothing is told, now and then."""
    while not stop.wait(LOOK_MS / 1000):
        yield NOTHING


def _reason(error: Exception) -> str:
    limited = any(sign in str(error) for sign in ("MaxFilesWatch", "Too many open files"))
    return Remark("reason.watch-limit") if limited else str(error)


def _places(roots: Sequence[str]) -> Places:
    places = {}
    for root in roots:
        try:
            status = os.stat(root)  # noqa: PTH116
        except OSError:
            continue
        places[root] = (status.st_dev, status.st_ino)
    return places

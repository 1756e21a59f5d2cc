"""One writer at a time: a lock that frees itself when its holder dies.

The operating system holds the lock (flock, or on Windows the byte 2^30 of the file); the file, which stays, only names the last holder, as
JSON: {"pid": 4711, "host": "name", "since": "2026-01-31 12:00:00+08:00"}. Who removes it lets a second writer in: so a holder asks whether
the file still lies there before it changes what readers see.
`whoosh.util.filelock` locks by the same means, but does not say who holds it; a child that was forked while it was held keeps it when the
holder has died; on Windows it locks the first byte, where the name would stand; and it would be the only Whoosh to load for `Store.create`.
"""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
import time
from datetime import datetime
from pathlib import Path

from searcher.engine.commits import forks
from searcher.errors import IndexLocked, IndexUnwritable
from searcher.remarks import Remark

FILE = "searcher-index.lock"
_EVERY = 0.005
"""Seconds between two tries. A writer that takes the lock again as soon as it has let it go leaves it alone for less than one."""
_BYTE = 1 << 30
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Lock:
    """Holds the writer's lock of an index folder from `acquire` to `release`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None

    def acquire(self, timeout: float) -> None:
        """Waits for the lock; IndexLocked says who holds it."""
        until = time.monotonic() + timeout
        descriptor = self._taken(until)
        while not _lies_at(descriptor, self._folder / FILE):  # it was removed while it was waited for: who comes next makes another
            os.close(descriptor)
            descriptor = self._taken(until)
        self._descriptor = descriptor
        forks.tell(self)
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, _me(), 0) if hasattr(os, "pwrite") else os.write(descriptor, _me())
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Lets the next writer in; does nothing where the lock is not held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            _unlock(descriptor)
            os.close(descriptor)

    def __del__(self) -> None:
        """A writer that nobody holds any more does not hold the lock."""
        self.release()

    def forget(self) -> None:
        """In a forked child: closes what was inherited, so that the lock dies with the parent."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    @property
    def is_held(self) -> bool:
        """Whether nobody else can hold it, too: its file may have been removed, with the folder or as that of a holder who is dead."""
        return self._descriptor is not None and _lies_at(self._descriptor, self._folder / FILE)

    def _taken(self, until: float) -> int:
        descriptor = _opened(self._folder / FILE)
        try:
            self._wait(descriptor, until)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _wait(self, descriptor: int, until: float) -> None:
        while not _try(descriptor):
            if time.monotonic() >= until:
                raise IndexLocked(path=self._folder, **_holder(descriptor))
            time.sleep(_EVERY)


def _opened(path: Path) -> int:
    """The descriptor of the file, made where there is none; what a stranger's folder has in its place is not written to."""
    if not path.is_symlink():
        descriptor = os.open(path, _FLAGS, 0o600)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
    raise IndexUnwritable(path=path.parent, reason=Remark("reason.of-file", file=path.name, what=Remark("reason.no-file")))


def _lies_at(descriptor: int, path: Path) -> bool:
    """Whether an open file is the one that lies there; Windows lets nobody remove one that is open."""
    if os.name == "nt":
        return True
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> bool:
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _me() -> bytes:
    since = datetime.now().astimezone().isoformat(" ", "seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}).encode()


def _holder(descriptor: int) -> dict[str, str]:
    """The last holder, as the file names it: `pid`, `host`, `since` by the clock of this place; each "?" where it does not."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        named = json.loads(os.read(descriptor, 1000))
        return {
            "pid": str(int(named["pid"])),
            "host": f"{str(named['host'])[:100]!a}",
            "since": str(datetime.fromisoformat(named["since"]).astimezone()),
        }
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return dict.fromkeys(("pid", "host", "since"), "?")

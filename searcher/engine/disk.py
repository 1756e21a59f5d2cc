"""The files of an index are read where they are plain files, and written where nothing stands.

The folder may come from a stranger. In the place of a file may lie a pipe, which blocks who opens it; a device, which never ends;
or a link, through which a writer would overwrite something else that its user owns.

Windows removes and replaces no file that somebody has open or mapped, be it another process of ours, or a virus scanner for a moment.
What has to be done at once is tried `patiently`; what no commit needs any more stays until nobody needs it, and goes with a later one.
"""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TypeVar

from searcher.errors import IndexDamaged, IndexNotFound, IndexUnreadable, IndexUnwritable, SearcherError
from searcher.remarks import Remark, of_system

REFUSED = (IndexDamaged, IndexUnreadable)
"""What it means for a file of an index that it cannot be had, whosever fault that is."""

Result = TypeVar("Result")

TRIES = 100 if os.name == "nt" else 0
_PAUSE = 0.02

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_DONE: int | None = getattr(mmap, "MADV_DONTNEED", None)  # Windows has none
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a small file; OSError, and IndexDamaged where it is no plain file, or one of more than `most` bytes."""
    with os.fdopen(_opened(path), "rb") as file:
        if os.fstat(file.fileno()).st_size > most:
            raise damaged(path, Remark("reason.too-long", limit=most))
        return file.read()


def map_file(path: Path) -> memoryview:
    """The bytes of a file, mapped; FileNotFoundError, IndexUnreadable, IndexDamaged where it is no plain file."""
    try:
        with os.fdopen(_opened(path), "rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                return memoryview(b"")
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(path, error) from error


def stamp(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from another that is put in its place; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):  # the second: a name that no file can have
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def let_go(mapped: memoryview) -> None:
    """Tells the system that the pages of a mapped file that were read are done with: it counts them as this process's memory no more,
    and gives them again where they are touched."""
    if _DONE is not None and isinstance(mapped.obj, mmap.mmap):
        mapped.obj.madvise(_DONE)


def create(path: Path) -> int:
    """The descriptor of a new file, for its owner alone."""
    return os.open(path, _WRITE, 0o600)


def put(path: Path, data: bytes) -> None:
    """Writes a file down to the disk, in the place of what stands there."""
    patiently(lambda: path.unlink(missing_ok=True))
    with os.fdopen(create(path), "wb") as file:
        file.write(data)
        flush(file)


def flush(file: IO[bytes]) -> None:
    """Writes a file down to the disk; on macOS, fsync alone would leave it with the drive, which may lose it."""
    file.flush()
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # a file system that knows no such thing
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
            return
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flushes the names of a folder to the disk, where the system can: some file systems of a network cannot."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                raise
        finally:
            os.close(descriptor)


def patiently(action: Callable[[], Result]) -> Result:
    """On Windows a file cannot be replaced while it is read, nor read while it is replaced: tries for a while."""
    for _ in range(TRIES):
        with contextlib.suppress(PermissionError):
            return action()
        time.sleep(_PAUSE)
    return action()


def damaged(path: Path, what: object) -> IndexDamaged:
    """The error that names a file."""
    return IndexDamaged(path=path.parent, reason=Remark("reason.of-file", file=path.name, what=what))


def unreadable(path: Path, error: OSError) -> SearcherError:
    """The error for a file that the system does not give: damage where the disk is broken; else it may give it another time."""
    if error.errno == errno.EIO:
        return damaged(path, of_system(error))
    return IndexUnreadable(path=path.parent, reason=Remark("reason.of-file", file=path.name, what=of_system(error)))


@contextlib.contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """What the system refuses becomes IndexUnwritable, and IndexNotFound where the folder is gone: nothing in it is intact then."""
    try:
        yield
    except FileNotFoundError as error:
        if folder.exists():
            raise IndexUnwritable(path=folder, reason=of_system(error)) from error
        raise IndexNotFound(path=folder) from error
    except OSError as error:
        reason = Remark("system.no-folder") if folder.is_file() else of_system(error)
        raise IndexUnwritable(path=folder, reason=reason) from error


def _opened(path: Path) -> int:
    try:
        descriptor = os.open(path, _READ)
    except ValueError as error:  # a name that no file can have
        raise FileNotFoundError(errno.ENOENT, str(error), str(path)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise damaged(path, Remark("reason.no-file"))
    return descriptor

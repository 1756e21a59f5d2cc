"""An index folder: the newest commit for readers, one writer at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from searcher.engine import disk
from searcher.engine import toc as tocs
from searcher.engine.commits import forks
from searcher.engine.files.stored import open_stored
from searcher.engine.snapshot import Snapshot
from searcher.engine.toc import Toc
from searcher.errors import IndexExists, IndexOccupied, IndexUnwritable
from searcher.remarks import Remark, of_system

if TYPE_CHECKING:
    from searcher.engine.commits.checking import Damage, Salvaged
    from searcher.engine.commits.lock import Lock as WriterLock
    from searcher.engine.commits.writer import Writer
    from searcher.engine.record import JSON

Result = TypeVar("Result")

_TRIES = 20
_PATIENCE = 10.0


class Store:
    """An index folder. For use by many threads, and beside other processes."""

    def __init__(self, path: Path) -> None:
        """Use `create` or `open`."""
        self.path = path
        self._lock = Lock()
        self._toc: Toc
        self._stamp: object = None
        self._snapshot: Snapshot | None = None
        self._shown: object = None
        self._read()
        forks.tell(self)

    @classmethod
    def create(cls, path: str | os.PathLike[str], meta: Mapping[str, JSON]) -> Store:
        """Makes an empty index, for its owner alone, in a folder with nothing else in it; IndexExists, IndexOccupied, IndexUnwritable."""
        from searcher.engine.commits.lock import Lock as WriterLock

        folder = Path(path)
        lock = WriterLock(folder)
        with disk.unwritable(folder):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except FileNotFoundError as error:  # a drive that is not there
                raise IndexUnwritable(path=folder, reason=of_system(error)) from error
            if not tocs.is_alone(folder) and not tocs.lies_in(folder):  # looked at in this order: another process may be making it
                raise IndexOccupied(path=folder, inside=folder / "index")
            lock.acquire(_PATIENCE)
            try:
                if tocs.lies_in(folder):
                    raise IndexExists(path=folder)
                try:
                    tocs.write(folder, Toc(meta=dict(meta)))
                except BaseException:
                    (folder / tocs.COPY).unlink(missing_ok=True)  # which alone would pass for an index whose table of contents is gone
                    raise
            finally:
                lock.release()
        return cls(folder)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Store:
        """Opens an index; IndexNotFound, IndexMismatch, IndexDamaged, IndexUnreadable."""
        return cls(Path(path))

    @staticmethod
    def prepare() -> None:
        """Loads numpy and what else searching needs now, not with the first search."""
        from searcher.engine.arrays import memory, sketches  # noqa: F401
        from searcher.engine.matching import stretches  # noqa: F401
        from searcher.engine.ranking import evaluator  # noqa: F401
        from searcher.engine.segment import file  # noqa: F401

    @property
    def meta(self) -> dict[str, JSON]:
        """The meta data of the newest commit."""
        return dict(self._newest().meta)

    @property
    def generation(self) -> int:
        """The number of the newest commit."""
        return self._newest().generation

    def snapshot(self) -> Snapshot:
        """The newest commit. When nothing has changed since the last call, the same as then."""
        with self._lock:
            toc = self._read()
            if self._snapshot is None or self._snapshot.generation != toc.generation or self._shown != self._stamp:
                self._snapshot, self._shown = self._open(toc), self._stamp
            return self._snapshot

    def attachment(self, name: str) -> bytes | None:
        """The bytes of an attachment of the newest commit, read without its segments; None: there is none of this name."""
        return self.attachments(name)[0]

    def attachments(self, *names: str) -> tuple[bytes | None, ...]:
        """The same of several attachments, of one commit."""

        def read(toc: Toc) -> tuple[bytes | None, ...]:
            entries = map(toc.attachments.get, names)
            return tuple(None if entry is None else tocs.attachment(self.path, entry) for entry in entries)

        return self._whole(self._newest(), read)

    def attached(self, *names: str) -> object:
        """Which bytes some attachments of the newest commit have: what compares equal for as long as they are the same."""
        return tuple(map(self._newest().attachments.get, names))

    def writer(self, timeout: float = 10.0, *, afresh: bool = False, lock: WriterLock | None = None) -> Writer:
        """The writer; waits so many seconds for another to finish, then raises IndexLocked.

        `afresh`: it begins without any document; what is there is not read, and goes with the commit.
        `lock`: what `locked` gave, for one of several commits between which nobody else is to write.
        """
        from searcher.engine.commits.writer import Writer

        return Writer(self.path, timeout, afresh=afresh, lock=lock)

    @contextmanager
    def locked(self, timeout: float = 10.0) -> Iterator[WriterLock]:
        """Holds the writer's lock for several commits; IndexLocked as for `writer`."""
        from searcher.engine.commits.lock import Lock as WriterLock

        lock = WriterLock(self.path)
        with disk.unwritable(self.path):
            lock.acquire(timeout)
        try:
            yield lock
        finally:
            lock.release()

    def check(self) -> Iterator[Damage]:
        """Reads everything that the newest commit holds; says what is wrong."""
        from searcher.engine.commits.checking import check

        for _ in range(_TRIES):
            toc = tocs.read(self.path)
            found = list(check(self.path, toc))
            if not found or tocs.read(self.path).generation == toc.generation:  # else the files have gone with their commit
                break
        return iter(found)

    def salvage(self) -> Iterator[Salvaged | Damage]:
        """All documents that can be read, in order of insertion, and in the place of those that are damaged, why.

        IndexUnreadable where the system does not give a file: that may be as good as new, and is not to be given up.
        """
        from searcher.engine.commits.checking import salvage

        return salvage(self.path, tocs.read(self.path))

    def close(self) -> None:
        """Lets go of the files, as soon as no snapshot needs them."""
        with self._lock:
            self._snapshot = None

    def forget(self) -> None:
        """In a forked child: opens the commit anew, whatever a thread of the parent was doing with it."""
        self._lock, self._snapshot = Lock(), None

    def _newest(self) -> Toc:
        with self._lock:
            return self._read()

    def _read(self) -> Toc:
        """The newest table of contents, read anew when its file is another."""
        stamp = disk.stamp(self.path / tocs.FILE)
        if stamp is None or stamp != self._stamp:
            self._toc, self._stamp = tocs.read(self.path), stamp
        return self._toc

    def _open(self, toc: Toc) -> Snapshot:
        """Opens the files of a commit."""
        earlier = self._snapshot
        known = {} if earlier is None else {stored.path.name: stored for stored in earlier.stored if stored.file.is_there()}
        return self._whole(
            toc,
            lambda toc: Snapshot(self.path, toc, [open_stored(self.path, one, known.get(one.file)) for one in toc.segments], earlier),
        )

    def _whole(self, toc: Toc, opened: Callable[[Toc], Result]) -> Result:
        """What is opened of a commit; where one of its files vanishes meanwhile, of a newer one."""
        for _ in range(_TRIES):
            try:
                return opened(toc)
            except FileNotFoundError as error:  # noqa: PERF203
                missing, older, toc = error, toc, tocs.read(self.path)
                if toc.generation == older.generation:
                    break
        raise disk.damaged(self.path / Path(missing.filename).name, Remark("reason.gone")) from missing

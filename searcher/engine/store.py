"""An index folder: the newest commit for readers, one writer at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from searcher.engine import disk
from searcher.engine import toc as tocs
from searcher.engine.container import ArrayFile
from searcher.engine.snapshot import Attachment, Snapshot
from searcher.engine.stored import StoredDocuments, open_stored
from searcher.engine.toc import AttachmentEntry, SegmentEntry, Toc
from searcher.errors import IndexDamaged, IndexExists, SearcherError
from searcher.remarks import Remark, without_file

if TYPE_CHECKING:
    from searcher.engine.lock import Lock as WriterLock
    from searcher.engine.record import JSON
    from searcher.engine.writer import Writer

Result = TypeVar("Result")

_TRIES = 20
_PATIENCE = 10.0


SALVAGED = 1 << 10
"""So many documents are read of a file before its memory is given back."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a file of an index."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A document that could be read from an index, whatever else in it is damaged."""

    id: str
    values: dict[str, JSON]
    text: str


class Store:
    """An index folder. For use by many threads, and beside other processes."""

    def __init__(self, path: Path) -> None:
        """Use `create` or `open`."""
        self.path = path
        self._lock = Lock()
        self._stamp: object = None
        self._snapshot: Snapshot | None = None
        self._toc = tocs.read(path)

    @classmethod
    def create(cls, path: str | os.PathLike[str], meta: Mapping[str, JSON]) -> Store:
        """Makes an empty index, for its owner alone; IndexExists, IndexUnwritable."""
        from searcher.engine.lock import Lock as WriterLock
        from searcher.engine.writer import unwritable

        folder = Path(path)
        lock = WriterLock(folder)
        with unwritable(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire(_PATIENCE)
            try:
                if (folder / tocs.FILE).exists() or (folder / tocs.COPY).exists():
                    raise IndexExists(path=folder)
                tocs.write(folder, Toc(meta=dict(meta)))
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
        from searcher.engine import evaluator, file_segment  # noqa: F401

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
            if self._snapshot is None or self._snapshot.generation != toc.generation:
                self._snapshot = self._open(toc)
            return self._snapshot

    def attachment(self, name: str) -> bytes | None:
        """The bytes of an attachment of the newest commit, read without its segments; None: there is none of this name."""
        return self._whole(self._newest(), lambda toc: _attachment(self.path, toc, name))

    def writer(self, timeout: float = 10.0, *, afresh: bool = False, lock: WriterLock | None = None) -> Writer:
        """The writer; waits so many seconds for another to finish, then raises IndexLocked.

        `afresh`: it begins without any document; what is there is not read, and goes with the commit.
        `lock`: what `locked` gave, for one of several commits between which nobody else is to write.
        """
        from searcher.engine.writer import Writer

        return Writer(self.path, timeout, afresh=afresh, lock=lock)

    @contextmanager
    def locked(self, timeout: float = 10.0) -> Iterator[WriterLock]:
        """Holds the writer's lock for several commits; IndexLocked as for `writer`."""
        from searcher.engine.lock import Lock as WriterLock
        from searcher.engine.writer import unwritable

        lock = WriterLock(self.path)
        with unwritable(self.path):
            lock.acquire(timeout)
        try:
            yield lock
        finally:
            lock.release()

    def check(self) -> Iterator[Damage]:
        """Reads everything that the newest commit holds; says what is wrong."""
        for _ in range(_TRIES):
            toc = tocs.read(self.path)
            found = list(_check(self.path, toc))
            if not found or tocs.read(self.path).generation == toc.generation:  # else the files have gone with their commit
                break
        return iter(found)

    def salvage(self) -> Iterator[Salvaged | Damage]:
        """All documents that can be read, in order of insertion, and in the place of those that are damaged, why.

        IndexUnreadable where the system does not give a file: that may be as good as new, and is not to be given up.
        """
        for entry in tocs.read(self.path).segments:
            try:
                stored = open_stored(self.path, entry)
            except (IndexDamaged, FileNotFoundError) as error:  # noqa: PERF203
                yield Damage(entry.file, Remark("reason.lost", count=entry.documents, what=_what(error)))
            else:
                yield from _salvage(stored)

    def close(self) -> None:
        """Lets go of the files, as soon as no snapshot needs them."""
        with self._lock:
            self._snapshot = None

    def _newest(self) -> Toc:
        with self._lock:
            return self._read()

    def _read(self) -> Toc:
        """The newest table of contents, read anew when its file is another."""
        try:
            status = (self.path / tocs.FILE).stat()
            stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        except OSError:
            stamp = None
        if stamp is None or stamp != self._stamp:
            self._toc, self._stamp = tocs.read(self.path), stamp
        return self._toc

    def _open(self, toc: Toc) -> Snapshot:
        """Opens the files of a commit."""
        earlier = self._snapshot
        known = {} if earlier is None else {stored.path.name: stored for stored in earlier.stored}
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


def _attachment(folder: Path, toc: Toc, name: str) -> bytes | None:
    entry = toc.attachments.get(name)
    return None if entry is None else Attachment(folder, entry).read()


def _salvage(stored: StoredDocuments) -> Iterator[Salvaged | Damage]:
    for number, document in enumerate(stored.numbers()):
        if number % SALVAGED == 0:
            stored.file.let_go()
        try:
            yield Salvaged(*stored.values(document), stored.text(document))
        except IndexDamaged as error:
            yield Damage(stored.path.name, Remark("reason.lost.one", number=document, what=_what(error)))


def _check(folder: Path, toc: Toc) -> Iterator[Damage]:
    """What is wrong with the files of a commit, each thing once."""
    contents = (Damage(file, what) for file, what in tocs.damages(folder))
    segments = (damage for entry in toc.segments for damage in _check_segment(folder, entry))
    attached = (damage for entry in toc.attachments.values() for damage in _check_attachment(folder, entry))
    yield from dict.fromkeys((*contents, *segments, *attached))


def _check_segment(folder: Path, entry: SegmentEntry) -> Iterator[Damage]:
    for name in (entry.file, entry.deletions):
        if name is not None:
            yield from _check_file(folder / name)
    try:
        stored = open_stored(folder, entry)
        yield from _check_order(stored, entry)
    except (*disk.REFUSED, FileNotFoundError) as error:
        yield Damage(entry.file, _what(error))


def _check_order(stored: StoredDocuments, entry: SegmentEntry) -> Iterator[Damage]:
    """Whether each field's terms ascend: what stands out of order is not found, though its checksum is right."""
    from searcher.engine.file_segment import FileSegment

    segment = FileSegment(stored.path, stored)
    for field in segment.fields:
        try:
            group = segment.misplaced(field)
        except (IndexError, ValueError, OverflowError) as error:  # noqa: PERF203
            yield Damage(entry.file, Remark("reason.numbers", error=error))
        else:
            if group is not None:
                yield Damage(entry.file, Remark("reason.order", field=field, number=group))


def _check_file(path: Path) -> Iterator[Damage]:
    try:
        for what in ArrayFile(path).check():
            yield Damage(path.name, what)
    except (*disk.REFUSED, FileNotFoundError) as error:
        yield Damage(path.name, _what(error))


def _check_attachment(folder: Path, entry: AttachmentEntry) -> Iterator[Damage]:
    try:
        Attachment(folder, entry).read()
    except (*disk.REFUSED, FileNotFoundError) as error:
        yield Damage(entry.file, _what(error))


def _what(error: SearcherError | FileNotFoundError) -> str:
    """What is wrong, without the index's folder and the file's name."""
    return without_file(error.details["reason"]) if isinstance(error, SearcherError) else Remark("reason.gone")

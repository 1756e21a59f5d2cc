"""Changes to an index, gathered into one commit: all of it or nothing.

New records go into a segment in memory that is written when it is large enough; nothing that a reader sees is touched until `commit`
replaces the table of contents. Every file is new: what an interrupted writer leaves is swept away by the next.
"""

from __future__ import annotations

import contextlib
import errno
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from searcher.engine import disk
from searcher.engine import toc as tocs
from searcher.engine.commits.lock import Lock
from searcher.engine.commits.part import CommitPart
from searcher.engine.fields import KEYWORDS, Schema
from searcher.engine.record import JSON, Record
from searcher.engine.segment.file import FileSegment, open_segment
from searcher.engine.toc import AttachmentEntry, SegmentEntry, Toc
from searcher.engine.writing.merge import merge, relabel
from searcher.engine.writing.merge_policy import due
from searcher.engine.writing.segment import SegmentWriter, write_deletions
from searcher.errors import IndexDamaged, IndexMismatch, IndexUnwritable, InvalidDocument, SearcherError
from searcher.remarks import Remark


class Writer:
    """Adds, replaces and removes documents. As a context manager: commits at the end, cancels on an error. For use by one thread.

    A record that is refused changes nothing. Any other error ends the writer, and the old state stays: what was written up to there of some
    arrays and not of others could never be told apart from what is right.
    """

    def __init__(self, folder: Path, timeout: float, *, afresh: bool = False, lock: Lock | None = None) -> None:
        """`lock` is one that the caller holds, and goes on holding."""
        self._folder = folder
        self._lock = lock or Lock(folder)
        self._is_lock_ours = lock is None
        self._toc = Toc()
        self._fresh: SegmentWriter | None = None
        self._parts: list[CommitPart] = []
        self._files = 0
        self._open = False
        if self._is_lock_ours:
            with disk.unwritable(folder):
                self._lock.acquire(timeout)
        try:
            self._begin(afresh)
        except BaseException:
            self._release()
            raise

    def add(self, record: Record) -> bool:
        """Adds a document; gives whether it replaces one of the same id. InvalidDocument: nothing has changed."""
        with self._changing():
            if self._fresh is None:
                self._fresh = SegmentWriter(self._new("seg"), self.schema)
            replaced = record.id in self._fresh.ids
            self._fresh.add(record)
            replaced = self._forget(record.id) or replaced
            if self._fresh.is_full:
                self._flush()
        return replaced

    def adopt(self, run: str) -> None:
        """Takes the documents of a built run, whose file is moved or copied into the index; they replace those of the same ids."""
        with self._changing():
            self._flush()
            path = self._new("seg")
            _move(Path(run), path)
            self._take(FileSegment(path))

    def remove(self, id: str) -> bool:
        """Removes the document of this id; False: there is none."""
        with self._changing():
            fresh = self._fresh is not None and self._fresh.remove(id)
            return self._forget(id) or fresh

    def remove_keyword(self, keyword: str) -> int:
        """Removes all documents that have a keyword; gives how many."""
        with self._changing():
            removed = self._fresh.remove_keyword(keyword) if self._fresh is not None else 0
            for part in self._parts:
                ordinal = part.segment.ordinal(KEYWORDS, keyword)
                if ordinal >= 0:
                    removed += part.delete(part.segment.reader(KEYWORDS).postings(ordinal).having)
            return removed

    def relabel(self, labels: Mapping[str, Record]) -> None:
        """Gives documents, named by their ids, another id, other keywords and values, and other terms in the fields that a label has.

        Their texts, numbers and all other fields stay: nothing is analysed. They become the last documents, and replace those of the new
        ids. ValueError for an id that is not there, or a new one that comes twice.
        """
        with self._changing():
            self._flush()
            wanted = sorted(labels)
            rows = [sorted((document, id) for id, document in part.segment.among(wanted).items()) for part in self._parts]
        if sum(map(len, rows)) < len(labels) or len({record.id for record in labels.values()}) < len(labels):
            raise ValueError("each label needs a document that is there, and an id of its own")
        with self._changing():
            paths = [self._relabelled(part, row, labels) for part, row in zip(self._parts, rows, strict=True) if row]
            for part, row in zip(self._parts, rows, strict=True):
                part.delete(np.array([document for document, _ in row], np.int64))
            for path in paths:
                self._take(FileSegment(path))

    def commit(
        self, *, meta: Mapping[str, JSON] | None = None, attachments: Mapping[str, bytes | None] | None = None, whole: bool = False
    ) -> None:
        """Makes everything visible at once, with new meta data and attachments where they are given, and ends the writer.

        An attachment that is None goes.
        `whole`: all segments become one, however much there is to write: a query takes its time in each of them.
        """
        with self._changing():
            self._commit(meta, attachments or {}, whole=whole)
        self._close()

    def cancel(self) -> None:
        """Forgets all changes, and ends the writer."""
        if self._open:
            self._close()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self.cancel()
        elif self._open:
            self.commit()

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """What is done to an open writer; where that fails halfway, it ends."""
        if not self._open:
            raise ValueError("this writer has ended: ask the store for another")
        try:
            with disk.unwritable(self._folder):
                yield
        except InvalidDocument:
            raise
        except BaseException:
            self.cancel()
            raise

    def _begin(self, afresh: bool) -> None:
        self._toc = tocs.read(self._folder)
        with disk.unwritable(self._folder):
            self._check_lock()
            tocs.sweep(self._folder, self._toc)
        self._parts = [CommitPart(open_segment(self._folder, entry), entry) for entry in self._toc.segments if not afresh]
        self.schema = Schema() if afresh else Schema(self._toc.kinds)
        for part in self._parts:
            self._learn(part.segment)
        self._open = True

    def _learn(self, segment: FileSegment) -> None:
        """Takes the fields of a segment into the schema."""
        try:
            self.schema.unite(segment.kinds)
        except ValueError as error:
            raise IndexMismatch(path=self._folder, reason=str(error)) from error

    def _check_lock(self) -> None:
        """IndexUnwritable where another may write: the index was removed and made anew, or its lock was removed."""
        if not self._lock.is_held:
            raise IndexUnwritable(path=self._folder, reason=Remark("reason.lock-gone"))

    def _new(self, kind: str) -> Path:
        """A file that is not there yet: a stranger's table of contents may name any."""
        while True:
            self._files += 1
            path = self._folder / f"{self._toc.generation + 1}-{self._files}.{kind}"
            if not os.path.lexists(path):
                return path

    def _flush(self) -> None:
        """Writes the records that are in memory."""
        self._check_lock()
        fresh, self._fresh = self._fresh, None
        if fresh is not None:
            with contextlib.closing(fresh):
                self._take(FileSegment(fresh.finish()), replacing=False)

    def _take(self, segment: FileSegment, *, replacing: bool = True) -> None:
        """A new segment comes last; its documents replace those of the same ids, unless that was done."""
        self._learn(segment)
        ids = list(segment.ids()) if replacing and self._parts else []
        for part in self._parts if ids else ():
            part.delete(np.array(list(part.segment.among(ids).values()), np.int64))
        self._parts.append(CommitPart(segment))

    def _relabelled(self, part: CommitPart, rows: Sequence[tuple[int, str]], labels: Mapping[str, Record]) -> Path:
        """Some documents of a segment, as a segment of a new file, under their labels."""
        with contextlib.closing(SegmentWriter(self._new("seg"), self.schema)) as heads:
            for _, id in rows:
                heads.add(labels[id])
            written = FileSegment(heads.finish())
        others = np.ones(part.segment.count, np.bool_)
        others[[document for document, _ in rows]] = False
        return relabel(part.segment.with_deletions(others), written, self._new("seg"))

    def _forget(self, id: str) -> bool:
        """Marks the document of this id as deleted in the segments, all of which have it at most once."""
        return any(part.delete_id(id) for part in self._parts)

    def _commit(self, meta: Mapping[str, JSON] | None, attachments: Mapping[str, bytes | None], *, whole: bool) -> None:
        self._flush()
        self._merge(whole=whole)
        segments = tuple(self._entry(part) for part in self._parts)
        others = {name: entry for name, entry in self._toc.attachments.items() if name not in attachments}
        attached = {name: self._attach(data) for name, data in attachments.items() if data is not None}
        after = Toc(
            self._toc.generation + 1,
            self._toc.meta if meta is None else dict(meta),
            segments,
            {**others, **attached},
            self.schema.kinds,
        )
        disk.sync_folder(self._folder)
        self._check_lock()
        tocs.write(self._folder, after)
        self._toc = after

    def _merge(self, *, whole: bool) -> None:
        """Drops empty segments, and merges those that are due, or all."""
        self._parts = [part for part in self._parts if part.segment.live]
        segments = [part.segment for part in self._parts]
        sizes = [one.file.size * one.live // one.count for one in segments]
        fresh = sum(part.entry is None for part in self._parts)
        wanted = due(sizes, [one.count for one in segments], [one.count - one.live for one in segments], fresh)
        if whole and len(self._parts) > 1:
            wanted = [range(len(self._parts))]
        for numbers in reversed(wanted):
            with _readable(self._folder):
                path = merge(segments[numbers.start : numbers.stop], self._new("seg"))
            self._parts[numbers.start : numbers.stop] = [CommitPart(FileSegment(path))]

    def _entry(self, part: CommitPart) -> SegmentEntry:
        segment, deletions = part.segment, part.entry.deletions if part.entry is not None else None
        if part.changed and segment.deleted is not None:
            file = self._new("del")
            write_deletions(file, segment.deleted)
            deletions = file.name
        return SegmentEntry(segment.path.name, segment.file.size, segment.count, deletions)

    def _attach(self, data: bytes) -> AttachmentEntry:
        path = self._new("att")
        disk.put(path, data)
        return AttachmentEntry(path.name, len(data), zlib.crc32(data))

    def _close(self) -> None:
        self._open = False
        self._parts.clear()
        try:
            if self._fresh is not None:
                self._fresh.close()
            with contextlib.suppress(SearcherError, OSError):  # read anew: an interrupt may have come right behind the commit
                if self._lock.is_held:  # else the files may be another writer's
                    tocs.sweep(self._folder, tocs.read(self._folder))
        finally:
            self._release()

    def _release(self) -> None:
        if self._is_lock_ours:
            self._lock.release()


@contextlib.contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Numbers of a stranger's segment that arrays cannot follow, though its checksums are right, become IndexDamaged."""
    try:
        yield
    except (IndexError, ValueError, OverflowError) as error:
        raise IndexDamaged(path=folder, reason=Remark("reason.numbers", error=error)) from error


def _move(source: Path, target: Path) -> None:
    """Moves a file that lies on the disk already; across file systems by a copy."""
    try:
        disk.patiently(lambda: source.replace(target))
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        disk.put(target, source.read_bytes())
        source.unlink()

"""Records become a run, the file of a segment that a writer adopts: a worker process's part of a bulk build."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from searcher.engine import disk
from searcher.engine.commits.part import CommitPart
from searcher.engine.fields import Schema
from searcher.engine.record import Record
from searcher.engine.segment.file import FileSegment
from searcher.engine.writing.merge import merge
from searcher.engine.writing.segment import SegmentWriter


def build_run(records: Iterable[Record], folder: str) -> str:
    """Writes records as a run, a file in `folder` that a writer can adopt, in another process too; gives its path."""
    with disk.unwritable(Path(folder)):
        parts = list(_parts(records, folder))
        if len(parts) == 1:
            return str(parts[0])
        run = _merged(parts, folder)
        for spent in parts:
            with contextlib.suppress(OSError):  # one that is in use yet goes with the folder
                spent.unlink()
        return str(run)


def _parts(records: Iterable[Record], folder: str) -> Iterator[Path]:
    """Records as segments that memory can hold, one after the other; of no records one."""
    schema = Schema()
    writer = SegmentWriter(_run(folder), schema)
    try:
        for record in records:
            if writer.is_full:
                yield writer.finish()
                writer = SegmentWriter(_run(folder), schema)
            writer.add(record)
        yield writer.finish()
    finally:
        writer.close()


def _run(folder: str) -> Path:
    return Path(folder) / f"run-{uuid.uuid4().hex}"


def _merged(parts: list[Path], folder: str) -> Path:
    """One run of several, in which a later record replaces an earlier one of the same id. It maps their files no longer than it takes."""
    segments = [CommitPart(FileSegment(path)) for path in parts]
    _delete_replaced(segments)
    return merge([part.segment for part in segments], _run(folder))


def _delete_replaced(segments: list[CommitPart]) -> None:
    """Deletes the documents that a later segment has, too. A million ids take a quarter of a gigabyte, their hashes hardly anything: only
    where two of these are the same are ids held.
    """
    hashes = np.concatenate([np.fromiter(map(hash, part.segment.ids()), np.int64) for part in segments])
    if len(np.unique(hashes)) == len(hashes):
        return
    later: set[str] = set()
    for part in reversed(segments):
        ids = part.segment.ids()
        part.delete(np.array([document for id, document in ids.items() if id in later], np.int64))
        later.update(ids)

"""How a file becomes records, in this process or in one beside it."""

from __future__ import annotations

import hashlib
import math
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import TypeVar

from searcher.documents import Document, ReadOptions, Skipped, Source, detect, documents_of
from searcher.engine import Lock, Record, build_run
from searcher.errors import InvalidDocument
from searcher.frozen import frozen
from searcher.query import days
from searcher.records.indexing import record_of
from searcher.remarks import Remark, of_system
from searcher.text.dictionary import Dictionary, UserWord
from searcher.updating.catalogue import FileState

Item = TypeVar("Item")

PIECE = 1 << 20
_COUNT = "count-"

STOP = "stop"
"""Where a file of this name lies beside the runs, nobody waits for them any more."""


HEAVY = 16 << 20
"""From so many bytes on, a file that is held as a whole while it is read has its turn alone: two of the worst would take more memory
than a run may."""

ANEW = ""
"""Asked for in place of a digest: the file is known, and is read whatever its bytes are. No bytes have this digest."""


MODIFIED = ("modified", "updated", "lastmod", "last_modified_at")
"""What documents say in their front matter, and records in a field, of their last change."""


@frozen
class Wanted:
    """A file to read: its path as the system has it and as it is shown; `digest` of its bytes when it was last read, None for a new one.

    `encoding` is the one that the user forces on its text; `ocr`: what it shows in pictures is text, too.
    """

    path: str
    shown: str
    digest: str | None = None
    encoding: str | None = None
    ocr: bool = False


@frozen
class FileRead:
    """What came of a file: its state. Nothing was read where its bytes are the same as before (`same`), or cannot be had (`closed`)."""

    state: FileState
    same: bool = False
    closed: bool = False


@frozen
class FileReading:
    """A file that is read while its records are taken, one by one, for there may be a million of them."""

    path: str
    records: Iterator[Record]
    _files: list[FileRead]

    def end(self) -> FileRead:
        """What came of the file, when all records were taken."""
        return self._files[0]


@frozen
class ChunkRead:
    """What a worker made of some files: a run of their records for the writer to adopt, None without any, and each file without them."""

    run: str | None
    files: tuple[FileRead, ...]


@frozen
class SoFar:
    """A sign of life while nothing is ready: how many files, or documents, the workers have done."""

    files: int


def read_file(wanted: Wanted, options: ReadOptions, dictionary: Dictionary) -> FileReading:
    """Read, analyse and describe one file; what cannot be read is told in its state, never raised."""
    files: list[FileRead] = []
    return FileReading(wanted.path, _records_of(wanted, options, dictionary, files), files)


def read_chunk(chunk: Sequence[Wanted], options: ReadOptions, user_words: tuple[UserWord, ...], folder: str) -> ChunkRead:
    """Read files in a worker process and leave their records as a run in `folder`, and meanwhile, how many it has read."""
    dictionary = Dictionary(user_words)
    files: list[FileRead] = []
    heavy = any(_is_heavy(item.path) for item in chunk)
    records = (record for item in _told(chunk, folder) for record in _records_of(item, options, dictionary, files))
    run = _run_of(records, folder, alone=heavy)
    return ChunkRead(run if any(file.state.documents for file in files) else None, tuple(files))


def analyse_chunk(documents: Sequence[Document], user_words: tuple[UserWord, ...], folder: str) -> str:
    """Analyse documents in a worker process and leave their records as a run in `folder`, and meanwhile, how many it has done."""
    dictionary = Dictionary(user_words)
    heavy = any(room_of(document) >= HEAVY for document in documents)
    return _run_of((record_of(document, dictionary) for document in _told(documents, folder)), folder, alone=heavy)


def _told(chunk: Sequence[Item], folder: str) -> Iterator[Item]:
    """The files or documents of a chunk, as long as anybody waits for them; behind each, a byte in the folder says that it is done."""
    with Path(folder, f"{_COUNT}{os.getpid()}").open("ab", buffering=0) as count:
        for item in takewhile(lambda _: not Path(folder, STOP).exists(), chunk):
            yield item
            count.write(b".")


def _run_of(records: Iterable[Record], folder: str, *, alone: bool) -> str:
    """The run of some records; `alone`: while no other worker that leaves its runs in the folder does what is heavy, too."""
    lock = Lock(Path(folder))
    if alone:
        lock.acquire(math.inf)
    try:
        return build_run(records, folder)
    finally:
        lock.release()


def room_of(document: Document) -> int:
    """How many bytes a document's text takes, as most of its characters take three."""
    return 3 * len(document.text)


def _is_heavy(path: str) -> bool:
    if size_of(path) < HEAVY:
        return False
    try:
        format = detect(Source.of_file(path))
    except OSError:  # which is told when it is read
        return False
    return format is not None and not format.isolated and not format.streamed


def read_so_far(folder: str) -> SoFar:
    """How many those have done that leave their runs in a folder: a byte for each."""
    return SoFar(sum(size_of(str(count)) for count in Path(folder).glob(f"{_COUNT}*")))


def _records_of(wanted: Wanted, options: ReadOptions, dictionary: Dictionary, files: list[FileRead]) -> Iterator[Record]:
    """The records of a file, one by one, for there may be a million of them; behind the last, what came of it is added to `files`."""
    try:
        status = Path(wanted.path).stat()
        source = Source.of_file(wanted.path, shown=wanted.shown, status=status)
        digest = digest_of_file(wanted.path, status.st_size)
    except OSError as error:
        refused = Skipped(wanted.shown, "unreadable", of_system(error))
        files.append(FileRead(FileState(wanted.path, -1, -1, "", 0, (refused,)), closed=True))
        return
    if digest == wanted.digest:
        files.append(FileRead(_state(wanted.path, status, digest), same=True))
        return
    ids: set[int] = set()
    skipped: list[Skipped] = []
    for item in documents_of(source, replace(options, encoding=wanted.encoding, ocr=wanted.ocr)):
        yield from _taken(item, status, dictionary, ids, skipped)
    state = replace(_state(wanted.path, status, digest), documents=len(ids), skipped=tuple(skipped))
    files.append(FileRead(state if _is_as_it_was(wanted.path, status) else _in_flux(state, wanted.shown)))


def _state(path: str, status: os.stat_result, digest: str) -> FileState:
    """What is known of a file before anything is made of it."""
    return FileState(path, status.st_size, status.st_mtime_ns, digest, 0, changed_ns=status.st_ctime_ns)


def _is_as_it_was(path: str, before: os.stat_result) -> bool:
    """Whether a file is still the one that it was before it was read."""
    try:
        now = Path(path).stat()
    except OSError:
        return False
    return all(getattr(now, name) == getattr(before, name) for name in ("st_size", "st_mtime_ns", "st_ino", "st_dev"))


def _in_flux(state: FileState, shown: str) -> FileState:
    """The state of a file that changed while it was read: the next run reads it again, whatever its size and time are then."""
    told = Skipped(shown, "unreadable", Remark("detail.in-flux"))
    return replace(state, size=-1, modified_ns=-1, digest=ANEW, skipped=(*state.skipped, told))


def _taken(
    item: Document | Skipped, status: os.stat_result, dictionary: Dictionary, ids: set[int], skipped: list[Skipped]
) -> Iterator[Record]:
    """The record of a document; what is no document, or one whose id another has, is kept as skipped.

    `ids`: by their hashes, for a million of them take a sixth of a gigabyte.
    """
    if isinstance(item, Skipped):
        skipped.append(item)
        return
    if hash(item.id) in ids:
        skipped.append(Skipped(item.path or item.id, "damaged", Remark("detail.two-ids", id=item.id)))
    try:
        record = record_of(replace(item, modified=_modified(item, status)), dictionary)
    except InvalidDocument as error:
        skipped.append(Skipped(item.path or item.id, "damaged", Remark("detail.invalid", reason=error.details["reason"])))
        return
    ids.add(hash(item.id))
    yield record


def _modified(document: Document, status: os.stat_result) -> str | None:
    """When a document was last changed, as it says itself, else as the system says of its file; in the time of this place."""
    said = (document.metadata.get(name) for name in MODIFIED)
    stated = document.modified or next((value for value in said if isinstance(value, str) and days.span(value)), None)
    if stated is not None:
        return stated
    try:
        return datetime.fromtimestamp(int(status.st_mtime)).isoformat()
    except (OverflowError, OSError, ValueError):  # a clock that was wrong by millennia
        return None


def digest_of_file(path: str, size: int) -> str:
    """The digest of a file's bytes, read in pieces, as many as it said it has; of one that says it has none, all that come."""
    digest = hashlib.blake2b(str(size).encode(), digest_size=16)
    left = size or sys.maxsize
    with Path(path).open("rb") as file:
        while left and (piece := file.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def size_of(path: str) -> int:
    """The bytes of a file; -1 where it is not there."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return -1


def cores() -> int:
    """How many processes may read at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

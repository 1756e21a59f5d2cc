"""The table of contents: which files make up the newest commit. It is the one file of an index that is ever replaced.

`searcher-index.json`, UTF-8, and the same once more as `searcher-index.copy.json`, which is read where the first is damaged or gone:

    {"format": "searcher-index", "version": 2, "generation": 7, "meta": {…},
     "schema": {"indexed": {"text.grams": "positions", …}, "stored": ["title", …]},
     "segments": [{"file": "7-1.seg", "size": 4711, "documents": 12, "deletions": "9-1.del" or null}, …],
     "attachments": {"catalogue": {"file": "7-2.att", "size": 99, "sum": CRC-32}},
     "sum": CRC-32 of all the rest, written as JSON with sorted keys, no spaces, and \\uXXXX for what is not ASCII}

Files are called by the commit that made them and counted in it: segments `.seg` (see `segment/file.py`), deletions `.del`, attachments
`.att`, which are bytes as they were given, and `.part` what is written on the way (see `writing/overflow.py`).
"""

from __future__ import annotations

import contextlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.engine import disk
from searcher.engine.fields import Kinds, kinds_from
from searcher.errors import IndexDamaged, IndexLost, IndexMismatch, IndexNotFound, IndexUnreadable, IndexUnsupported, SearcherError
from searcher.frozen import frozen
from searcher.remarks import Remark, without_file

if TYPE_CHECKING:
    from searcher.engine.record import JSON

FILE = "searcher-index.json"
COPY = "searcher-index.copy.json"
FORMAT = "searcher-index"
VERSION = 2

LONGEST = 1 << 28
"""So many bytes are read; a user's words and synonyms, which it may hold, take some millions."""

NAME = re.compile(r"[0-9a-z]+-[0-9]+(\.[0-9]+)?\.(seg|del|att|part)")
"""What the files of commits are called, and those that a writer makes on the way."""


@frozen
class SegmentEntry:
    """A segment's file, its bytes and documents, and the file of its later deletions."""

    file: str
    size: int
    documents: int
    deletions: str | None = None


@frozen
class AttachmentEntry:
    """An attachment's file, its bytes and its checksum."""

    file: str
    size: int
    sum: int


@frozen
class Toc:
    """One commit."""

    generation: int = 0
    meta: Mapping[str, JSON] = field(default_factory=dict)
    segments: tuple[SegmentEntry, ...] = ()
    attachments: Mapping[str, AttachmentEntry] = field(default_factory=dict)
    kinds: Kinds = field(default_factory=Kinds)

    def files(self) -> set[str]:
        """The names of all files of the commit."""
        deletions = (entry.deletions for entry in self.segments if entry.deletions is not None)
        return {*(entry.file for entry in self.segments), *deletions, *(entry.file for entry in self.attachments.values())}


_UNFIT = (IndexNotFound, IndexMismatch, IndexDamaged, IndexUnreadable)


def read(folder: Path) -> Toc:
    """The newest commit; IndexNotFound, IndexMismatch, IndexLost, IndexUnreadable where the copy is no better."""
    try:
        return _read(folder, FILE)
    except _UNFIT as error:
        with contextlib.suppress(*_UNFIT):
            return _read(folder, COPY)
        if isinstance(error, IndexDamaged):
            raise IndexLost(**error.details) from error
        raise


def damages(folder: Path) -> Iterator[tuple[str, str]]:
    """What is wrong with the table of contents and with its copy: (file, what)."""
    for name in (FILE, COPY):
        try:
            _read(folder, name)
        except IndexNotFound:  # noqa: PERF203
            if name == FILE:  # an older program made no copy
                yield name, Remark("reason.gone")
        except SearcherError as error:
            yield name, without_file(error.details["reason"])


def write(folder: Path, toc: Toc) -> None:
    """Makes a commit the newest, at once and for good: written aside, flushed to the disk, renamed."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "generation": toc.generation,
        "meta": dict(toc.meta),
        "schema": toc.kinds.as_data(),
        "segments": [asdict(entry) for entry in toc.segments],
        "attachments": {name: asdict(entry) for name, entry in toc.attachments.items()},
    }
    data = json.dumps({**content, "sum": _sum(content)}, indent=1).encode()
    for name in (COPY, FILE):  # both, before either is replaced: a disk that has no room for the second leaves the first as it was
        disk.put(folder / (name + ".new"), data)
    for name in (COPY, FILE):  # in this order, so that the copy is never older than what it is to stand for
        _replace(folder / (name + ".new"), folder / name)
    disk.sync_folder(folder)


def attachment(folder: Path, entry: AttachmentEntry) -> bytes:
    """The bytes of an attachment; FileNotFoundError, IndexUnreadable, IndexDamaged."""
    data = disk.map_file(folder / entry.file)
    if len(data) != entry.size or zlib.crc32(data) != entry.sum:
        raise disk.damaged(folder / entry.file, Remark("reason.checksum"))
    return data.tobytes()


def sweep(folder: Path, toc: Toc) -> None:
    """Removes files of ours that no commit needs: of older commits, and of writers that died. Only for the holder of the lock.

    Where a reader still holds one open and the system minds, it stays for the next sweep.
    """
    needed = toc.files()
    for path in folder.iterdir():
        if NAME.fullmatch(path.name) and path.name not in needed:
            with contextlib.suppress(OSError):
                path.unlink()


def lies_in(folder: Path) -> bool:
    """Whether there is an index, sound or not."""
    return any((folder / name).exists() for name in (FILE, COPY))


def is_alone(folder: Path) -> bool:
    """Whether nothing lies in a folder but files of ours, a note on them, and hidden ones, which the system makes."""
    return all(path.name.startswith((".", "searcher-index.", "README.")) or NAME.fullmatch(path.name) for path in folder.iterdir())


def _replace(source: Path, target: Path) -> None:
    disk.patiently(lambda: source.replace(target))


def _read(folder: Path, name: str) -> Toc:
    try:
        data = disk.patiently(lambda: disk.read_file(folder / name, LONGEST))
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFound(path=folder) from None
    except OSError as error:
        raise disk.unreadable(folder / name, error) from error
    try:
        return _parse(folder, data)
    except _WrongSum as error:
        raise disk.damaged(folder / name, Remark("reason.checksum")) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise disk.damaged(folder / name, f"{error!s:.100}") from error


class _WrongSum(ValueError):
    """The content is not what was written."""


def _parse(folder: Path, data: bytes) -> Toc:
    content = json.loads(data)
    if content["format"] != FORMAT:
        raise ValueError("another format")
    if content["version"] != VERSION:
        raise IndexUnsupported(path=folder, reason=Remark("reason.format", found=f"{content['version']!r:.20}", wanted=VERSION))
    if content.pop("sum") != _sum(content):
        raise _WrongSum
    return _toc(content)


def _toc(content: Mapping[str, Any]) -> Toc:
    segments = tuple(SegmentEntry(**entry) for entry in content["segments"])
    attachments = {str(name): AttachmentEntry(**entry) for name, entry in content["attachments"].items()}
    toc = Toc(content["generation"], dict(content["meta"]), segments, attachments, kinds_from(content["schema"]))
    for name in toc.files():
        if not NAME.fullmatch(name):
            raise ValueError("a file of a strange name")
    numbers = [toc.generation, *(n for entry in segments for n in (entry.size, entry.documents))]
    numbers += [n for entry in attachments.values() for n in (entry.size, entry.sum)]
    if any(type(number) is not int or not 0 <= number < 1 << 63 for number in numbers):
        raise ValueError("a size that is no size")
    if len({entry.file for entry in segments}) < len(segments):
        raise ValueError("a segment that is there twice")
    return toc


def _sum(content: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(content, sort_keys=True, separators=(",", ":")).encode())

"""What is wrong with the files of a commit, and which of its documents can be read all the same?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.engine import disk
from searcher.engine import toc as tocs
from searcher.engine.files.container import ArrayFile
from searcher.engine.files.stored import StoredDocuments, open_stored
from searcher.engine.segment.file import open_segment
from searcher.engine.toc import AttachmentEntry, SegmentEntry, Toc
from searcher.errors import IndexDamaged, SearcherError
from searcher.frozen import frozen
from searcher.remarks import Remark, without_file

if TYPE_CHECKING:
    from searcher.engine.record import JSON

SALVAGED = 1 << 10
"""So many documents are read of a file before its memory is given back."""


@frozen
class Damage:
    """What is wrong with a file of an index."""

    file: str
    what: str


@frozen
class Salvaged:
    """A document that could be read from an index, whatever else in it is damaged.

    `doubtful`: it may have been deleted, for which of its segment's documents were is lost.
    """

    id: str
    values: dict[str, JSON]
    text: str
    doubtful: bool = False


def check(folder: Path, toc: Toc) -> Iterator[Damage]:
    """What is wrong with the files of a commit, each thing once."""
    contents = (Damage(file, what) for file, what in tocs.damages(folder))
    segments = (damage for entry in toc.segments for damage in _check_segment(folder, entry))
    entries = toc.attachments.values()
    attached = (damage for entry in entries for damage in _damages(entry.file, partial(_check_attachment, folder, entry)))
    yield from dict.fromkeys((*contents, *segments, *attached))


def salvage(folder: Path, toc: Toc) -> Iterator[Salvaged | Damage]:
    """All documents that can be read, in order of insertion, and in the place of those that are damaged, why.

    IndexUnreadable where the system does not give a file: that may be as good as new, and is not to be given up.
    """
    for entry in toc.segments:
        try:
            stored = open_stored(folder, _undeleted(entry))
        except (IndexDamaged, FileNotFoundError) as error:  # noqa: PERF203
            yield Damage(entry.file, Remark("reason.lost", count=entry.documents, what=_what(error)))
        else:
            yield from _salvage_segment(folder, entry, stored)


def _check_segment(folder: Path, entry: SegmentEntry) -> Iterator[Damage]:
    for name in (entry.file, entry.deletions):
        if name is not None:
            yield from _damages(name, partial(_check_pages, folder / name))
    yield from _damages(entry.file, partial(_check_order, folder, entry))


def _damages(file: str, check: Callable[[], Iterator[str]]) -> Iterator[Damage]:
    """What a check finds in a file; where that cannot be had, or not even be begun with, why."""
    try:
        for what in check():
            yield Damage(file, what)
    except (*disk.REFUSED, FileNotFoundError) as error:
        yield Damage(file, _what(error))


def _check_pages(path: Path) -> Iterator[str]:
    yield from ArrayFile(path).check()


def _check_order(folder: Path, entry: SegmentEntry) -> Iterator[str]:
    """Whether each field's terms ascend: what stands out of order is not found, though its checksum is right."""
    segment = open_segment(folder, _undeleted(entry))
    for field in segment.fields:
        try:
            group = segment.misplaced(field)
        except (IndexError, ValueError, OverflowError) as error:  # noqa: PERF203
            yield Remark("reason.numbers", error=error)
        else:
            if group is not None:
                yield Remark("reason.order", field=field, number=group)


def _check_attachment(folder: Path, entry: AttachmentEntry) -> Iterator[str]:
    tocs.attachment(folder, entry)
    yield from ()


def _undeleted(entry: SegmentEntry) -> SegmentEntry:
    """A segment without its later deletions, whose file may be damaged when its own is not."""
    return replace(entry, deletions=None)


def _salvage_segment(folder: Path, entry: SegmentEntry, stored: StoredDocuments) -> Iterator[Salvaged | Damage]:
    doubtful = False
    try:
        stored = open_stored(folder, entry, stored)
    except (IndexDamaged, FileNotFoundError) as error:
        yield Damage(entry.deletions or entry.file, Remark("reason.deletions-lost", count=entry.documents, what=_what(error)))
        doubtful = True
    yield from _salvage(stored, doubtful=doubtful)


def _salvage(stored: StoredDocuments, *, doubtful: bool = False) -> Iterator[Salvaged | Damage]:
    for number, document in enumerate(stored.numbers()):
        if number % SALVAGED == 0:
            stored.file.let_go()
        try:
            yield Salvaged(*stored.values(document), stored.text(document), doubtful)
        except IndexDamaged as error:
            yield Damage(stored.path.name, Remark("reason.lost.one", number=document, what=_what(error)))


def _what(error: SearcherError | FileNotFoundError) -> str:
    """What is wrong, without the index's folder and the file's name."""
    return without_file(error.details["reason"]) if isinstance(error, SearcherError) else Remark("reason.gone")

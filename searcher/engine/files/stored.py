"""What is stored of the documents of a segment: which one has an id, its values, its text. It is read without numpy.

The layout of the file is told in `segment/file.py`, which reads all the rest of it.
"""

from __future__ import annotations

import copy
import json
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.engine.fields import IDS
from searcher.engine.files.byte_lists import ByteLists
from searcher.engine.files.chunks import Chunks
from searcher.engine.files.container import ArrayFile, Section
from searcher.engine.files.groups import Groups
from searcher.engine.files.texts import decode
from searcher.engine.toc import SegmentEntry
from searcher.errors import IndexUnsupported
from searcher.remarks import Remark

if TYPE_CHECKING:
    from searcher.engine.record import JSON

FORMAT = 3
MOST = 1 << 30
"""No segment has so many documents: a document and a position in it are one integer (see `arrays/places.py`)."""


class StoredDocuments:
    """Reads a segment's file as far as it holds documents. For use by many threads.

    `deleted`: a bit for each document, lowest first, None: none is deleted; `names`: which values they have.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = ArrayFile(path)
        self.notes = _notes(self.file)
        self.count: int = self.notes["documents"]
        self.names: tuple[str, ...] = tuple(self.notes["stored"])
        self.deleted = _deleted(self.file, self.count)
        self._sizes = self.file.section("documents.sizes", "u4")

    @property
    def live(self) -> int:
        """How many documents are not deleted."""
        gone = int.from_bytes(self.deleted or b"", "little") & ((1 << self.count) - 1)
        return self.count - gone.bit_count()

    def numbers(self) -> Iterator[int]:
        """The documents that are not deleted, ascending."""
        return (document for document in range(self.count) if not self.is_deleted(document))

    def is_deleted(self, document: int) -> bool:
        return self.deleted is not None and bool(self.deleted[document >> 3] >> (document & 7) & 1)

    def find(self, id: str) -> int:
        """The document of this id that is not deleted; -1: there is none."""
        return next((document for document in reversed(self.documents_of(id)) if not self.is_deleted(document)), -1)

    def documents_of(self, id: str) -> list[int]:
        """The documents that had this id, ascending, deleted ones among them."""
        return [] if self._ids is None else self._ids.documents(id)

    def values(self, document: int) -> tuple[str, dict[str, JSON]]:
        """The id of a document, and its values."""
        try:
            id, values = json.loads(decode(self.chunks_of_values.piece(document)))
        except (ValueError, TypeError, RecursionError) as error:
            raise self.file.damaged(f"the values of document {document} are not readable: {error}") from error
        if not isinstance(id, str) or not isinstance(values, dict):
            raise self.file.damaged(f"the values of document {document} are of another kind")
        return id, values

    def text_length(self, document: int) -> int:
        """Characters of the text."""
        return self._sizes[document]

    def text(self, document: int, start: int = 0, end: int | None = None) -> str:
        """The characters [start, end) of the text; only the blocks that hold them are unpacked."""
        size = self.text_length(document)
        start, end = max(0, start), size if end is None else min(end, size)
        if start >= end:
            return ""
        first, starts, _ = self._blocks(document)
        low, high = bisect_right(starts, start), bisect_right(starts, end - 1)
        text = "".join(self._block(first + block) for block in range(low - 1, high))
        return text[start - starts[low - 1] : end - starts[low - 1]]

    def places_of_blocks(self, document: int) -> Sequence[int]:
        """The first position of each block of the text, ascending."""
        return self._blocks(document)[2]

    def blocks_of(self, document: int, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where the blocks of text begin and end, in characters, that hold some spans of positions (first, last), which ascend.

        Each once; where a span stands in several blocks, these are given as one.
        """
        _, starts, places = self._blocks(document)
        ends, behind = [*starts[1:], self.text_length(document)], [*places[1:], sys.maxsize]
        blocks, low, high = dict[tuple[int, int], None](), 0, 0
        for first, last in spans:
            if not low <= first <= last < high:  # else it stands in the block that was found last
                block = max(bisect_right(places, first), 1) - 1, max(bisect_right(places, last), 1) - 1
                blocks[block] = None
                low, high = (places[block[0]], behind[block[0]]) if block[0] == block[1] else (0, 0)
        return [(starts[first], ends[last]) for first, last in blocks]

    def with_deletions(self, deleted: bytes | None) -> StoredDocuments:
        """The same documents with other deletions; what is mapped and unpacked is shared."""
        other = copy.copy(self)
        other.deleted = deleted
        return other

    @cached_property
    def chunks_of_values(self) -> Chunks:
        return Chunks(self.file, "values")

    @cached_property
    def chunks_of_text(self) -> Chunks:
        return Chunks(self.file, "text")

    @cached_property
    def _of_blocks(self) -> tuple[Section, Section, Section]:
        """The first block of each document; where each block begins; its first position."""
        section = self.file.section
        return section("documents.blocks", "u4"), section("blocks.starts", "u4"), section("blocks.places", "u4")

    @cached_property
    def _ids(self) -> Ids | None:
        names = [name for name, _, _ in self.notes["fields"]]
        return Ids(self.file, str(names.index(IDS)), self.count) if IDS in names else None

    def _blocks(self, document: int) -> tuple[int, memoryview, memoryview]:
        """The number of a document's first block; where each begins; its first position."""
        blocks, starts, places = self._of_blocks
        first, stop = blocks.pair(document)
        if first >= stop or starts[first]:
            raise self.file.damaged(f"document {document} has no block of text, or none that begins it")
        return first, starts.items(first, stop), places.items(first, stop)

    def _block(self, number: int) -> str:
        try:
            return decode(self.chunks_of_text.piece(number))
        except UnicodeDecodeError as error:
            raise self.file.damaged(f"block {number} of text: {error}") from error


class Ids:
    """Reads the field of ids (see `segment/field.py`), whose groups have few rows, without numpy."""

    def __init__(self, file: ArrayFile, name: str, documents: int) -> None:
        self._file, self._documents = file, documents
        self._groups = Groups(file, name)
        self._counts, self._rows = ByteLists(file, f"{name}.counts"), ByteLists(file, f"{name}.ids")

    def documents(self, id: str) -> list[int]:
        """The documents that had this id, ascending: all but the last are deleted."""
        number, slot, there = self._groups.find(id)
        if not there:
            return []
        _, size = self._groups.span(number)
        less_one = self._counts.numbers(number, size)
        starts = list(accumulate((count + 1 for count in less_one), initial=0))
        self._trust(starts[-1] <= self._documents, "ids of more documents than there are")
        gaps = self._rows.numbers(number, starts[-1])[starts[slot] : starts[slot + 1]]
        found = [sum_of_gaps + nth for nth, sum_of_gaps in enumerate(accumulate(gaps))]
        self._trust(found[-1] < self._documents, "a document that there is not")
        return found

    def _trust(self, right: bool, wrong: str) -> None:
        if not right:
            raise self._file.damaged(wrong)


def open_stored(folder: Path, entry: SegmentEntry, known: StoredDocuments | None = None) -> StoredDocuments:
    """The documents of an entry, with its later deletions; `known`: those of the same segment, opened before."""
    stored = known or StoredDocuments(folder / entry.file)
    if entry.size != stored.file.size or entry.documents != stored.count:
        raise stored.file.damaged("it is another file than the table of contents says")
    file = stored.file if entry.deletions is None else ArrayFile(folder / entry.deletions)
    return stored.with_deletions(_deleted(file, stored.count))


def _notes(file: ArrayFile) -> dict[str, Any]:
    notes = file.notes
    if type(notes.get("format")) is int and notes["format"] != FORMAT:
        another = Remark("reason.format", found=notes["format"], wanted=FORMAT)
        raise IndexUnsupported(path=file.path.parent, reason=Remark("reason.of-file", file=file.path.name, what=another))
    try:
        right = (
            notes["format"] == FORMAT
            and _is_count(notes["documents"], MOST)
            and all(type(name) is str and (total is None or _is_count(total, 1 << 63)) for name, _, total in notes["fields"])
            and all(type(name) is str for name in (*notes["columns"], *notes["stored"]))
        )
    except (KeyError, TypeError, ValueError):
        right = False
    if not right or len(file.section("documents.sizes", "u4")) != notes["documents"]:
        raise file.damaged("its notes are not those of a segment")
    return notes


def _is_count(number: object, most: int) -> bool:
    return type(number) is int and 0 <= number < most


def _deleted(file: ArrayFile, count: int) -> bytes | None:
    """Deletions are read when the segment is opened."""
    if "deleted" not in file:
        return None
    section = file.section("deleted", "u1")
    if len(section) != (count + 7) // 8:
        raise file.damaged(f"{len(section)} bytes of deletions for {count} documents")
    return section.items(0, len(section)).tobytes()

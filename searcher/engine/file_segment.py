"""A segment that lies in a file, mapped into memory: what is asked for is unpacked, what is not is never touched.

Sections of the file (see `container.py`):

    0.…, 1.…               the fields, in the order of the notes (see `field_file.py`)
    column.0, …        i8  the columns, in the order of the notes: a number for each document, -2^63 where it has none
    values                 pieces (see `chunks.py`), one for each document: JSON, [id, values]
    text                   pieces, one for each block of stored text: UTF-8
    documents.blocks   u4  of each document: its first block; one more: the number of blocks
    documents.sizes    u4  of each document: the characters of its text
    blocks.starts      u4  of each block: where it begins in the text of its document, in characters
    blocks.places      u4  of each block: its first position
    deleted            u1  a bit for each document, lowest first: deleted when the segment was made; not there if none is

Notes: {"format": 2, "documents": …, "fields": [[name, positional, total length or null], …], "columns": [name, …], "stored": [name, …]}
(`stored`: which names the values have; format 1 did not say).
A file of deletions made later holds the section `deleted` alone, with the notes {"documents": …}.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays import I64, U32, Bools, gather, starts_of
from searcher.engine.chunks import Chunks
from searcher.engine.container import ArrayFile
from searcher.engine.docsets import distinct
from searcher.engine.field_file import FieldReader
from searcher.engine.inverted import decode
from searcher.engine.kinds import ID, KEYWORD, NUMBERS, POSITIONS, TERMS, TEXT, Kinds
from searcher.engine.packing import Unsigned
from searcher.engine.places import summed
from searcher.engine.record import JSON
from searcher.engine.segment import IDS, KEYWORDS, MISSING
from searcher.engine.toc import SegmentEntry
from searcher.errors import IndexMismatch
from searcher.remarks import Remark

FORMAT = 2
READABLE = (1, 2)


class FileSegment:
    """`Segment` over a file, and the stored text and values of its documents. For use by many threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = ArrayFile(path)
        notes = self._notes()
        self.count: int = notes["documents"]
        self.deleted = read_deleted(self._file, self.count)
        self._totals = {name: (str(number), total) for number, (name, _, total) in enumerate(notes["fields"])}
        self._columns = {name: f"column.{number}" for number, name in enumerate(notes["columns"])}
        self._positional = {name: positional for name, positional, _ in notes["fields"]}
        self.stored_names: tuple[str, ...] = tuple(notes.get("stored", ()))
        self._readers: dict[str, FieldReader] = {}
        self._lengths: dict[str, U32] = {}

    # Terms and postings

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self._totals)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self._columns)

    @property
    def kinds(self) -> Kinds:
        """Which fields there are, and how they are indexed."""
        texts = {name: POSITIONS if positional else TERMS for name, positional in self._positional.items()}
        numbers = dict.fromkeys(self._columns, NUMBERS)
        return Kinds({**texts, **numbers, IDS: ID, KEYWORDS: KEYWORD}, (IDS, TEXT, *self.stored_names))

    def has_positions(self, field: str) -> bool:
        return field in self._totals and self._field(field).positional

    def has_lengths(self, field: str) -> bool:
        return field in self._totals and self._totals[field][1] is not None

    def term_range(self, field: str, low: str, high: str | None) -> range:
        if field not in self._totals:
            return range(0)
        reader = self._field(field)
        start, _ = reader.place(low)
        return range(start, reader.terms if high is None else max(start, reader.place(high)[0]))

    def ordinal(self, field: str, text: str) -> int:
        if field not in self._totals:
            return -1
        ordinal, there = self._field(field).place(text)
        return ordinal if there else -1

    def term_text(self, field: str, ordinal: int) -> str:
        return self._field(field).text(ordinal)

    def term_texts(self, field: str, ordinals: range) -> list[str]:
        return list(map(decode, self.encoded_texts(field, ordinals)))

    def encoded_texts(self, field: str, ordinals: range) -> list[bytes]:
        """The texts of adjacent terms, as they lie in the file."""
        return self._field(field).texts(ordinals) if ordinals else []

    def document_frequency(self, field: str, ordinal: int) -> int:
        return self._field(field).count(ordinal)

    def documents(self, field: str, ordinal: int) -> U32:
        return self._field(field).documents(ordinal)

    def frequencies(self, field: str, ordinal: int) -> Unsigned:
        return self._field(field).frequencies(ordinal)

    def positions(self, field: str, ordinal: int, rows: NDArray[np.integer] | None = None) -> tuple[I64, U32]:
        offsets, positions = self._field(field).positions_of(ordinal)
        if rows is None:
            return offsets, positions
        counts = np.diff(offsets)[rows] if len(positions) else np.zeros(len(rows), np.int64)
        return starts_of(counts), positions[gather(offsets[:-1][rows], counts)]

    def places(self, field: str, ordinal: int, documents: U32) -> tuple[I64, Unsigned]:
        offsets, distances = self._field(field).distances(ordinal)
        return offsets, summed(documents, offsets, distances, self.count)

    def span(self, field: str, ordinals: range) -> tuple[I64, U32, U32]:
        if field not in self._totals:
            return np.zeros(1, np.int64), np.empty(0, np.uint32), np.empty(0, np.uint32)
        return self._field(field).rows(ordinals)

    def span_positions(self, field: str, ordinals: range) -> tuple[I64, U32]:
        if field not in self._totals:
            return np.zeros(1, np.int64), np.empty(0, np.uint32)
        return self._field(field).positions(ordinals)

    def union(self, field: str, ordinals: range) -> U32:
        if field not in self._totals or not ordinals:
            return np.empty(0, np.uint32)
        ids = self._field(field).ids(ordinals)
        if len(ordinals) == 1:
            return ids
        there = np.zeros(self.count, np.bool_)
        there[ids] = True
        return np.flatnonzero(there).astype(np.uint32)

    def cuts(self, field: str, size: int) -> Iterator[str]:
        """Terms that cut a field into parts of about `size` packed bytes."""
        return self._field(field).cuts(size) if field in self._totals else iter(())

    def lengths(self, field: str) -> U32:
        lengths = self._lengths.get(field)
        if lengths is None:
            lengths = self._lengths[field] = self._read_lengths(field)
        return lengths

    def lengths_of(self, field: str, documents: NDArray[np.integer]) -> U32:
        if not self.has_lengths(field):
            return np.zeros(len(documents), np.uint32)
        return self._file.section(f"{self._totals[field][0]}.document_lengths").take(documents)

    def total_length(self, field: str) -> int:
        return self._totals.get(field, ("", 0))[1] or 0

    def column(self, name: str) -> I64:
        if name not in self._columns:
            return np.full(self.count, MISSING, np.int64)
        return self._whole(self._columns[name])

    # Stored values and text

    def find(self, id: str) -> int:
        """The number of the document of this id that is not deleted; -1: there is none."""
        ordinal = self.ordinal(IDS, id)
        if ordinal < 0:
            return -1
        documents = self.documents(IDS, ordinal)
        if self.deleted is not None:
            documents = documents[~self.deleted[documents]]
        return int(documents[-1]) if len(documents) else -1

    def ids(self) -> dict[str, int]:
        """The ids of all documents that are not deleted, with their numbers."""
        every = self.term_range(IDS, "", None)
        starts, documents, _ = self.span(IDS, every)
        owners = np.repeat(np.arange(len(every)), np.diff(starts))
        if self.deleted is not None:
            there = ~self.deleted[documents]
            owners, documents = owners[there], documents[there]
        texts = self.term_texts(IDS, every)
        return {texts[owner]: document for owner, document in zip(owners.tolist(), documents.tolist(), strict=True)}

    def stored(self, document: int) -> tuple[str, dict[str, JSON]]:
        """The id of a document, and its values."""
        try:
            id, values = json.loads(decode(self.values.piece(document)))
        except (ValueError, TypeError, RecursionError) as error:
            raise self._file.damaged(f"the values of document {document} are not readable: {error}") from error
        if not isinstance(id, str) or not isinstance(values, dict):
            raise self._file.damaged(f"the values of document {document} are of another kind")
        return id, values

    def text_length(self, document: int) -> int:
        """Characters of the stored text."""
        return self._file.section("documents.sizes")[document]

    def text(self, document: int, start: int = 0, end: int | None = None) -> str:
        """The characters [start, end) of the stored text."""
        size = self.text_length(document)
        start, end = max(0, start), size if end is None else min(end, size)
        if start >= end:
            return ""
        first, starts = self.blocks(document)[:2]
        low, high = (int(np.searchsorted(starts, place, "right")) for place in (start, end - 1))
        text = "".join(self._block(first + block) for block in range(low - 1, high))
        return text[start - int(starts[low - 1]) : end - int(starts[low - 1])]

    def blocks_of(self, document: int, positions: Sequence[int]) -> list[tuple[int, int]]:
        """The blocks of text that hold some positions, ascending: where each begins and ends, in characters."""
        _, starts, places = self.blocks(document)
        blocks = distinct(np.maximum(np.searchsorted(places, positions, "right"), 1) - 1)
        ends = np.append(starts[1:], self.text_length(document))
        return list(zip(starts[blocks].tolist(), ends[blocks].tolist(), strict=True))

    def blocks(self, document: int) -> tuple[int, U32, U32]:
        """The number of a document's first block; where each begins; its first position."""
        first, stop = self._file.section("documents.blocks").part(document, document + 2).tolist()
        if first >= stop:
            raise self._file.damaged(f"document {document} has no block of text")
        return first, self._file.section("blocks.starts").part(first, stop), self._file.section("blocks.places").part(first, stop)

    def all_blocks(self) -> tuple[I64, U32, U32]:
        """Of all documents: how many blocks each has; of all blocks: where each begins; its first position."""
        firsts: I64 = self._file.section("documents.blocks").all().astype(np.int64)
        counts: I64 = firsts[1:] - firsts[:-1]
        starts, places = self._file.section("blocks.starts").all(), self._file.section("blocks.places").all()
        if len(counts) != self.count or (counts < 1).any() or not counts.sum() == len(starts) == len(places):
            raise self._file.damaged("documents without blocks, or blocks of no document")
        return counts, starts, places

    def text_lengths(self) -> U32:
        """Characters of the stored text of each document."""
        return self._whole("documents.sizes")

    @cached_property
    def values(self) -> Chunks:
        return Chunks(self._file, "values")

    @cached_property
    def texts(self) -> Chunks:
        return Chunks(self._file, "text")

    def with_deletions(self, deleted: Bools | None) -> FileSegment:
        """The same segment with other deletions; what is mapped and unpacked is shared."""
        other = copy.copy(self)
        other.deleted = deleted
        return other

    @property
    def live(self) -> int:
        """How many documents are not deleted."""
        return self.count - (0 if self.deleted is None else int(self.deleted.sum()))

    @property
    def file(self) -> ArrayFile:
        return self._file

    def _field(self, name: str) -> FieldReader:
        reader = self._readers.get(name)
        if reader is None:
            reader = self._readers[name] = FieldReader(self._file, self._totals[name][0], self.count)
        return reader

    def _read_lengths(self, field: str) -> U32:
        if not self.has_lengths(field):
            return np.zeros(self.count, np.uint32)
        return self._whole(f"{self._totals[field][0]}.document_lengths")

    def _whole(self, section: str) -> NDArray[Any]:
        """An array with one item for each document."""
        array = self._file.section(section).all()
        if len(array) != self.count:
            raise self._file.damaged(f"{section} has {len(array)} items for {self.count} documents")
        return array

    def _block(self, number: int) -> str:
        try:
            return decode(self.texts.piece(number))
        except UnicodeDecodeError as error:
            raise self._file.damaged(f"block {number} of text: {error}") from error

    def _notes(self) -> dict[str, Any]:
        notes = self._file.notes
        if type(notes.get("format")) is int and notes["format"] > FORMAT:
            raise IndexMismatch(
                path=self.path.parent,
                reason=Remark("reason.of-file", file=self.path.name, what=Remark("reason.format", found=notes["format"], wanted=FORMAT)),
            )
        try:
            right = (
                notes["format"] in READABLE
                and type(notes["documents"]) is int
                and 0 <= notes["documents"] < 2**32
                and all(type(name) is str and (total is None or type(total) is int) for name, _, total in notes["fields"])
                and all(type(name) is str for name in (*notes["columns"], *notes.get("stored", ())))
            )
        except (KeyError, TypeError, ValueError):
            right = False
        if not right or len(self._file.section("documents.sizes")) != notes["documents"]:
            raise self._file.damaged("its notes are not those of a segment")
        return notes


def open_segment(folder: Path, entry: SegmentEntry, known: FileSegment | None = None) -> FileSegment:
    """The segment of an entry, with its later deletions; `known`: the same segment, opened before."""
    segment = known or FileSegment(folder / entry.file)
    if entry.size != segment.file.size or entry.documents != segment.count:
        raise segment.file.damaged("it is another file than the table of contents says")
    file = segment.file if entry.deletions is None else ArrayFile(folder / entry.deletions)
    return segment.with_deletions(read_deleted(file, segment.count))


def read_deleted(file: ArrayFile, count: int) -> Bools | None:
    """Deletions are read when the segment is opened: a bit for each document."""
    if "deleted" not in file:
        return None
    bits = file.section("deleted").all()
    if len(bits) != (count + 7) // 8:
        raise file.damaged(f"{len(bits)} bytes of deletions for {count} documents")
    return np.unpackbits(bits, count=count, bitorder="little").view(np.bool_)

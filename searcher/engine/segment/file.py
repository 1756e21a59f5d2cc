"""A segment that lies in a file, mapped into memory: what is asked for is unpacked, what is not is never touched.

Sections of the file (see `files/container.py`):

    0.…, 1.…               the fields, in the order of the notes (see `field.py`)
    column.0, …        i8  the columns, in the order of the notes: a number for each document, -2^63 where it has none
    values                 pieces (see `files/chunks.py`), one for each document: JSON, [id, values]
    text                   pieces, one for each block of stored text: UTF-8
    documents.blocks   u4  of each document: its first block; one more: the number of blocks
    documents.sizes    u4  of each document: the characters of its text
    blocks.starts      u4  of each block: where it begins in the text of its document, in characters
    blocks.places      u4  of each block: its first position
    deleted            u1  a bit for each document, lowest first: deleted when the segment was made; not there if none is

Notes: {"format": 3, "documents": …, "fields": [[name, positional, total length or null], …], "columns": [name, …], "stored": [name, …]}
(`stored`: which names the values have).
A file of deletions made later holds the section `deleted` alone, with the notes {"documents": …}: all that are
deleted by then, in the place of what the segment's own file says.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays.ragged import I64, U32, Bools
from searcher.engine.fields import ID, IDS, KEYWORD, KEYWORDS, MISSING, NUMBERS, POSITIONS, TERMS, TEXT, Kinds
from searcher.engine.files.container import ArrayFile, Kind
from searcher.engine.files.stored import StoredDocuments, open_stored
from searcher.engine.segment.field import FieldFile
from searcher.engine.segment.field_reader import FieldReader
from searcher.engine.toc import SegmentEntry

BETWEEN = 4
"""So many ids are read in one go for each that is looked for."""


class FileSegment:
    """An immutable part of an index. For use by many threads.

    Its documents are numbered from 0 in order of insertion, the terms of each field from 0 in order of code points. Arrays are numpy's,
    read-only views where possible: never write to them. A field or column that it has not got is like one that no document has: no terms,
    lengths of 0, `MISSING` numbers; what is asked by the ordinal of a term is asked of its field's reader.

    `count`: documents, deleted ones included; `deleted`: by document, which are deleted, None: none is; `stored`: what the file holds of
    documents beside.
    """

    def __init__(self, path: Path, stored: StoredDocuments | None = None) -> None:
        self.path = path
        self.stored = StoredDocuments(path) if stored is None else stored
        self.file: ArrayFile = self.stored.file
        notes = self.stored.notes
        self.count = self.stored.count
        self.deleted = _as_bools(self.stored.deleted, self.count)
        self._totals = {name: (str(number), total) for number, (name, _, total) in enumerate(notes["fields"])}
        self._columns = {name: f"column.{number}" for number, name in enumerate(notes["columns"])}
        self._positional = {name: positional for name, positional, _ in notes["fields"]}
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
        return Kinds({**texts, **numbers, IDS: ID, KEYWORDS: KEYWORD}, (IDS, TEXT, *self.stored.names))

    def is_filled(self, field: str) -> bool:
        """Whether any document may have anything in a field."""
        return field in self._totals and self._totals[field][1] != 0

    def has_positions(self, field: str) -> bool:
        return field in self._totals and self.reader(field).positional

    def has_lengths(self, field: str) -> bool:
        return field in self._totals and self._totals[field][1] is not None

    def term_range(self, field: str, low: str, high: str | None) -> range:
        """The ordinals of the terms low <= term < high; without `high`, to the end."""
        if field not in self._totals:
            return range(0)
        reader = self.reader(field)
        start = reader.place(low)
        return range(start, reader.terms if high is None else max(start, reader.place(high)))

    def ordinal(self, field: str, text: str) -> int:
        """The ordinal of a term, -1 where there is none."""
        return self.reader(field).ordinal(text) if field in self._totals else -1

    def misplaced(self, field: str) -> int | None:
        """The first group of a field's terms that is not where look-ups would find all of it; None: there is none."""
        return self.reader(field).texts.misplaced()

    def lengths(self, field: str) -> U32:
        """How many terms each document has in a field, exactly."""
        if field not in self._lengths:
            kept = self.has_lengths(field)
            self._lengths[field] = self._whole(self._lengths_of(field), "u4") if kept else np.zeros(self.count, np.uint32)
        return self._lengths[field]

    def lengths_of(self, field: str, documents: NDArray[np.integer]) -> U32:
        """The lengths of some documents, which ascend; no others are read."""
        if not self.has_lengths(field):
            return np.zeros(len(documents), np.uint32)
        return self.file.section(self._lengths_of(field), "u4").take(documents)

    def total_length(self, field: str) -> int:
        """The sum of `lengths`."""
        return self._totals.get(field, ("", 0))[1] or 0

    def column(self, name: str) -> I64:
        """A number for each document, or `MISSING`."""
        if name not in self._columns:
            return np.full(self.count, MISSING, np.int64)
        return self._whole(self._columns[name], "i8")

    # Documents

    def text(self, document: int, start: int, end: int) -> str:
        return self.stored.text(document, start, end)

    def find(self, id: str) -> int:
        """The number of the document of this id that is not deleted; -1: there is none."""
        numbers = reversed(self.stored.documents_of(id))
        return next((number for number in numbers if self.deleted is None or not self.deleted[number]), -1)

    def ids(self) -> dict[str, int]:
        """The ids of all documents that are not deleted, ascending, with their numbers."""
        return self._ids_in(self.term_range(IDS, "", None))

    def among(self, ids: Sequence[str]) -> dict[str, int]:
        """Of some ids, which ascend, those of documents that are not deleted, with their numbers.

        However many documents there are, few ids are read that lie between two of these: none, as a rule, between those of one file.
        """
        between = self.term_range(IDS, ids[0], f"{ids[-1]}\0") if ids else range(0)
        if len(between) > BETWEEN * len(ids):
            middle = len(ids) // 2
            return self.among(ids[:middle]) | self.among(ids[middle:])
        there = self._ids_in(between)
        return {id: there[id] for id in ids if id in there}

    def _ids_in(self, every: range) -> dict[str, int]:
        """The same of the ids of these ordinals."""
        if not every:
            return {}
        span = self.reader(IDS).span(every)
        owners, documents = np.repeat(np.arange(len(every)), np.diff(span.starts)), span.documents
        if self.deleted is not None:
            there = ~self.deleted[documents]
            owners, documents = owners[there], documents[there]
        texts = self.reader(IDS).texts.decoded(every)
        return {texts[owner]: document for owner, document in zip(owners.tolist(), documents.tolist(), strict=True)}

    def all_blocks(self) -> tuple[I64, U32, U32]:
        """Of all documents: how many blocks each has; of all blocks: where each begins; its first position."""
        firsts: I64 = self.file.section("documents.blocks", "u4").all().astype(np.int64)
        counts: I64 = firsts[1:] - firsts[:-1]
        starts, places = (self.file.section(name, "u4").all() for name in ("blocks.starts", "blocks.places"))
        if len(counts) != self.count or (counts < 1).any() or not counts.sum() == len(starts) == len(places):
            raise self.file.damaged("documents without blocks, or blocks of no document")
        return counts, starts, places

    def text_lengths(self) -> U32:
        """Characters of the stored text of each document."""
        return self._whole("documents.sizes", "u4")

    def with_deletions(self, deleted: Bools | None) -> FileSegment:
        """The same segment with other deletions; what is mapped and unpacked is shared."""
        other = copy.copy(self)
        other.deleted = deleted
        return other

    def over(self, stored: StoredDocuments) -> FileSegment:
        """The same segment in a later commit."""
        other = self.with_deletions(_as_bools(stored.deleted, self.count))
        other.stored = stored
        return other

    @property
    def live(self) -> int:
        """How many documents are not deleted."""
        return self.count - (0 if self.deleted is None else int(self.deleted.sum()))

    def reader(self, field: str) -> FieldReader:
        """Reads a field that there is."""
        reader = self._readers.get(field)
        if reader is None:
            file = FieldFile(self.file, self._totals[field][0], self.count, spread=field != IDS)
            reader = self._readers[field] = FieldReader(file)
        return reader

    def _lengths_of(self, field: str) -> str:
        """The section that holds the lengths of a field."""
        return f"{self._totals[field][0]}.document_lengths"

    def _whole(self, section: str, kind: Kind) -> NDArray[Any]:
        """An array with one item for each document."""
        array = self.file.section(section, kind).all()
        if len(array) != self.count:
            raise self.file.damaged(f"{section} has {len(array)} items for {self.count} documents")
        return array


def open_segment(folder: Path, entry: SegmentEntry) -> FileSegment:
    """The segment of an entry, with its later deletions."""
    return FileSegment(folder / entry.file, open_stored(folder, entry))


def _as_bools(bits: bytes | None, count: int) -> Bools | None:
    """A bit for each document, lowest first, as an array."""
    return None if bits is None else np.unpackbits(np.frombuffer(bits, np.uint8), count=count, bitorder="little").view(np.bool_)

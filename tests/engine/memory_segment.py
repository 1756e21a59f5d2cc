"""A segment that lies in memory, built from records: small, obvious, and the oracle of the one that lies in a file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays.ragged import I64, U32, Bools, gather, starts_of, sums_of
from searcher.engine.fields import IDS, KEYWORDS, MISSING
from searcher.engine.files.texts import decode
from searcher.engine.record import Record
from searcher.engine.segment.postings import Postings
from searcher.engine.writing.inverted import Inverted, Inverter

NONE = np.zeros(0, np.int64)


class MemorySegment:
    """What is asked of a `FileSegment` by who searches, over the arrays of inverted fields."""

    def __init__(self, records: Iterable[Record], deleted: Bools | None = None) -> None:
        self.records = tuple(records)
        self.count = len(self.records)
        self.deleted = deleted
        self.readers = {name: MemoryField(self._invert(name), self.count) for name in (*self._names(), KEYWORDS, IDS)}

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.readers)

    def reader(self, field: str) -> MemoryField:
        return self.readers.get(field) or MemoryField(Inverter().finish(), self.count)

    def is_filled(self, field: str) -> bool:
        return bool(self.reader(field).names)

    def has_positions(self, field: str) -> bool:
        return self.reader(field).inverted.distances is not None

    def term_range(self, field: str, low: str, high: str | None) -> range:
        names = self.reader(field).names
        start = bisect_left(names, low)
        return range(start, len(names) if high is None else max(start, bisect_left(names, high)))

    def ordinal(self, field: str, text: str) -> int:
        names = self.reader(field).names
        place = bisect_left(names, text)
        return place if place < len(names) and names[place] == text else -1

    def lengths(self, field: str) -> U32:
        return np.array([len(record.fields[field].texts) if field in record.fields else 0 for record in self.records], np.uint32)

    def lengths_of(self, field: str, documents: NDArray[np.integer]) -> U32:
        return np.asarray(self.lengths(field)[documents])

    def total_length(self, field: str) -> int:
        return int(self.lengths(field).sum())

    def text(self, document: int, start: int, end: int) -> str:
        return self.records[document].text[start:end]

    def column(self, name: str) -> I64:
        return np.array([record.numbers.get(name, MISSING) for record in self.records], np.int64)

    def _names(self) -> list[str]:
        return sorted({name for record in self.records for name in record.fields})

    def _invert(self, name: str) -> Inverted:
        inverter = Inverter()
        for document, record in enumerate(self.records):
            if name == KEYWORDS:
                inverter.add(document, set(record.keywords), None)
            elif name == IDS:
                inverter.add(document, (record.id,), None)
            elif name in record.fields:
                inverter.add(document, record.fields[name].texts, record.fields[name].positions)
        return inverter.finish()


class MemoryField:
    """An inverted field, with where the rows of each term and the positions of each row begin; reads one term, or adjacent ones."""

    def __init__(self, inverted: Inverted, count: int) -> None:
        self.inverted, self.documents = inverted, count
        self.names = list(map(decode, inverted.texts))
        self._rows = starts_of(inverted.counts)
        self._occurrences = starts_of(inverted.frequencies)
        self.texts = self

    def text(self, ordinal: int) -> str:
        return self.names[ordinal]

    def decoded(self, ordinals: range) -> list[str]:
        return self.names[ordinals.start : ordinals.stop]

    def count(self, ordinal: int) -> int:
        return int(self.inverted.counts[ordinal])

    def postings(self, ordinal: int) -> Postings:
        """Every second list of those that one in four documents has is spread out: evaluators meet both kinds side by side."""
        term = range(ordinal, ordinal + 1)
        span = self.span(term)
        documents, frequencies = span.documents, span.frequencies
        if ordinal % 2 or len(documents) * 4 < self.documents:
            return Postings(len(documents), documents, frequencies, ordinal=ordinal)
        found = np.zeros(self.documents, np.uint32)
        found[documents] = frequencies
        return Postings.of_spread(found, len(documents), ordinal)

    def distances(self, postings: Postings) -> tuple[I64, U32]:
        return self._distances(postings, slice(None))

    def some_distances(self, terms: Sequence[tuple[Postings, NDArray[np.integer]]]) -> tuple[I64, U32]:
        several = [self._distances(postings, rows) for postings, rows in terms]
        counts = [np.diff(offsets) for offsets, _ in several]
        return starts_of(np.concatenate([NONE, *counts])), np.concatenate([NONE, *(found for _, found in several)]).astype(np.uint32)

    def span(self, ordinals: range) -> MemorySpan:
        starts = self._rows[ordinals.start : ordinals.stop + 1]
        rows = slice(int(starts[0]), int(starts[-1]))
        offsets = self._occurrences[rows.start : rows.stop + 1]
        places = np.zeros(rows.stop - rows.start + 1, np.int64), np.empty(0, np.uint32)
        if self.inverted.distances is not None:
            distances = self.inverted.distances[int(offsets[0]) : int(offsets[-1])]
            places = offsets - offsets[0], distances
        return MemorySpan(starts - starts[0], self.inverted.ids[rows], self.inverted.frequencies[rows], places)

    def _distances(self, postings: Postings, rows: Any) -> tuple[I64, U32]:
        offsets, distances = self.span(range(postings.ordinal, postings.ordinal + 1)).distances
        positions = sums_of(distances, offsets)
        counts = np.diff(offsets)[rows]
        positions = positions[gather(offsets[:-1][rows], counts)]
        offsets, distances = starts_of(counts), positions.copy()
        distances[1:] -= positions[:-1]
        firsts = offsets[:-1].compress(counts)  # without positions no row has any
        distances[firsts] = positions[firsts]
        return offsets, distances


@dataclass
class MemorySpan:
    """Adjacent terms of a field, as `Span` tells them."""

    starts: I64
    documents: U32
    frequencies: U32
    distances: tuple[I64, U32]

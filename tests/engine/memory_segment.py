"""A segment that lies in memory, built from records: small, obvious, and the oracle of the one that lies in a file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays import I64, U32, Bools, gather, starts_of
from searcher.engine.inverted import Inverted, Inverter
from searcher.engine.packing import Unsigned
from searcher.engine.record import Record
from searcher.engine.segment import IDS, KEYWORDS, MISSING
from searcher.engine.texts import decode

NONE = np.zeros(0, np.int64)


class MemorySegment:
    """`Segment` over the arrays of inverted fields."""

    def __init__(self, records: Iterable[Record], deleted: Bools | None = None) -> None:
        self.records = tuple(records)
        self.count = len(self.records)
        self.deleted = deleted
        self._fields = {name: _Field(self._invert(name)) for name in (*self._names(), KEYWORDS, IDS)}

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def has_positions(self, field: str) -> bool:
        return self._field(field).inverted.positions is not None

    def term_range(self, field: str, low: str, high: str | None) -> range:
        texts = self._field(field).texts
        start = bisect_left(texts, low)
        return range(start, len(texts) if high is None else max(start, bisect_left(texts, high)))

    def ordinal(self, field: str, text: str) -> int:
        texts = self._field(field).texts
        place = bisect_left(texts, text)
        return place if place < len(texts) and texts[place] == text else -1

    def term_text(self, field: str, ordinal: int) -> str:
        return self._field(field).texts[ordinal]

    def term_texts(self, field: str, ordinals: range) -> list[str]:
        return self._field(field).texts[ordinals.start : ordinals.stop]

    def document_frequency(self, field: str, ordinal: int) -> int:
        return int(self._field(field).inverted.counts[ordinal])

    def documents(self, field: str, ordinal: int) -> U32:
        return self.span(field, range(ordinal, ordinal + 1))[1]

    def frequencies(self, field: str, ordinal: int) -> U32:
        return self.span_frequencies(field, range(ordinal, ordinal + 1))

    def spread(self, field: str, ordinal: int) -> U32 | None:
        """Every second list of those that one in four documents has: evaluators meet both kinds side by side."""
        documents, frequencies = self.documents(field, ordinal), self.frequencies(field, ordinal)
        if ordinal % 2 or len(documents) * 4 < self.count:
            return None
        found = np.zeros(self.count, np.uint32)
        found[documents] = frequencies
        return found

    def positions(self, field: str, ordinal: int, rows: NDArray[np.integer] | None = None) -> tuple[I64, U32]:
        offsets, positions = self.span_positions(field, range(ordinal, ordinal + 1))
        if rows is None:
            return offsets, positions
        counts = np.diff(offsets)[rows]
        return starts_of(counts), positions[gather(offsets[:-1][rows], counts)]

    def distances(self, field: str, ordinal: int, frequencies: Unsigned) -> tuple[I64, U32]:
        return self._distances(*self.positions(field, ordinal))

    def some_distances(self, field: str, terms: Sequence[tuple[int, Unsigned, NDArray[np.integer]]]) -> tuple[I64, U32]:
        several = [self._distances(*self.positions(field, ordinal, rows)) for ordinal, _, rows in terms]
        counts = [np.diff(offsets) for offsets, _ in several]
        return starts_of(np.concatenate([NONE, *counts])), np.concatenate([NONE, *(found for _, found in several)]).astype(np.uint32)

    def _distances(self, offsets: I64, positions: U32) -> tuple[I64, U32]:
        distances = positions.copy()
        distances[1:] -= positions[:-1]
        firsts = offsets[:-1].compress(np.diff(offsets))  # without positions no row has any
        distances[firsts] = positions[firsts]
        return offsets, distances

    def span(self, field: str, ordinals: range) -> tuple[I64, U32]:
        starts = self._field(field).rows[ordinals.start : ordinals.stop + 1]
        return starts - starts[0], self._field(field).inverted.ids[int(starts[0]) : int(starts[-1])]

    def span_frequencies(self, field: str, ordinals: range) -> U32:
        starts = self._field(field).rows[ordinals.start : ordinals.stop + 1]
        return self._field(field).inverted.frequencies[int(starts[0]) : int(starts[-1])]

    def span_positions(self, field: str, ordinals: range) -> tuple[I64, U32]:
        starts = self._field(field).rows[ordinals.start : ordinals.stop + 1]
        positions = self._field(field).inverted.positions
        if positions is None:
            return np.zeros(int(starts[-1] - starts[0]) + 1, np.int64), np.empty(0, np.uint32)
        offsets = self._field(field).occurrences[int(starts[0]) : int(starts[-1]) + 1]
        return offsets - offsets[0], positions[int(offsets[0]) : int(offsets[-1])]

    def union(self, field: str, ordinals: range) -> U32:
        return np.unique(self.span(field, ordinals)[1])

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

    def _field(self, name: str) -> _Field:
        return self._fields.get(name) or _Field(Inverter().finish())


class _Field:
    """An inverted field, with where the rows of each term and the positions of each row begin."""

    def __init__(self, inverted: Inverted) -> None:
        self.inverted = inverted
        self.texts = list(map(decode, inverted.texts))
        self.rows = starts_of(inverted.counts)
        self.occurrences = starts_of(inverted.frequencies)

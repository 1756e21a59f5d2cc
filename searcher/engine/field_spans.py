"""The documents, frequencies and positions of adjacent terms of a field, all of their groups unpacked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from searcher.engine.arrays import I64, U32, Bools, starts_of, sums_of
from searcher.engine.field_file import FieldFile
from searcher.engine.lists import Lists
from searcher.engine.packing import Unsigned
from searcher.engine.spread import are_spread


class FieldSpans:
    """Reads adjacent terms of a field; it remembers the groups that it unpacked last."""

    def __init__(self, file: FieldFile) -> None:
        self._file, self._groups = file, file.groups
        self._last: tuple[range, _Span] | None = None

    def rows(self, ordinals: range) -> tuple[I64, U32]:
        """The documents of adjacent terms: where those of each begin and the last end, documents."""
        span = self._span(ordinals)
        starts, rows = self._cut(span, ordinals)
        return starts, self._read_ids(span, self._spread_of(span))[rows]

    def frequencies(self, ordinals: range) -> U32:
        """How often each of adjacent terms is in each of these documents."""
        span = self._span(ordinals)
        return self._read_frequencies(span, self._spread_of(span))[self._cut(span, ordinals)[1]]

    def whole(self, ordinals: range) -> tuple[I64, U32, U32, U32 | None]:
        """The same, with how often each term is in each document, and its positions as they lie in the file (see `distances`); None without
        positions.
        """
        span = self._span(ordinals)
        starts, rows = self._cut(span, ordinals)
        spread = self._spread_of(span)
        frequencies = self._read_frequencies(span, spread)
        distances = None
        if self._file.positions is not None:
            offsets = starts_of(frequencies)
            distances = self._read_distances(self._file.positions, span, offsets)[int(offsets[rows.start]) : int(offsets[rows.stop])]
        return starts, self._read_ids(span, spread)[rows], frequencies[rows], distances

    def positions(self, ordinals: range) -> tuple[I64, U32]:
        """The positions of adjacent terms: where those of each row begin and the last end, positions."""
        span = self._span(ordinals)
        _, rows = self._cut(span, ordinals)
        if self._file.positions is None:
            return np.zeros(rows.stop - rows.start + 1, np.int64), np.empty(0, np.uint32)
        offsets = starts_of(self._read_frequencies(span, self._spread_of(span)))
        gaps = self._read_distances(self._file.positions, span, offsets)
        offsets = offsets[rows.start : rows.stop + 1]
        positions = sums_of(gaps[int(offsets[0]) : int(offsets[-1])], offsets - offsets[0])
        return offsets - offsets[0], positions

    def _span(self, ordinals: range) -> _Span:
        """The groups that hold adjacent terms. After their documents, their frequencies or positions are asked for, as a rule."""
        known = self._last
        if known is None or known[0] != ordinals:
            known = self._last = ordinals, self._find_span(ordinals)
        return known[1]

    def _find_span(self, ordinals: range) -> _Span:
        groups = self._groups.holding(ordinals)
        if not groups:
            none = np.empty(0, np.int64)
            return _Span(groups, none, none, none, np.empty(0, np.bool_))
        terms = self._file.sizes(groups)
        counts = self._file.counts.span(groups.start, groups.stop, terms).astype(np.int64) + 1
        self._file.trust(int(counts.max()) <= self._file.documents, "a term in more documents than there are")
        rows = np.add.reduceat(counts, starts_of(terms)[:-1])
        spread = are_spread(terms, rows, self._file.documents) if self._file.has_spread else np.zeros(len(rows), np.bool_)
        return _Span(groups, terms, counts, rows, spread)

    def _spread_of(self, span: _Span) -> dict[int, tuple[Unsigned, Unsigned]]:
        """Of those of some groups that are spread out, by their places among them: the documents and how often the term is in each."""
        found = {}
        for place in np.flatnonzero(span.spread).tolist():
            spread = self._file.read_spread(span.groups[place])
            ids = np.flatnonzero(spread != 0)
            self._file.trust(len(ids) == span.rows[place], "a term in more or fewer documents than it has")
            found[place] = (ids, spread.take(ids))
        return found

    def _read_ids(self, span: _Span, spread: Mapping[int, tuple[Unsigned, Unsigned]]) -> U32:
        if not span.groups:
            return np.empty(0, np.uint32)
        gaps = self._file.ids.span(span.groups.start, span.groups.stop, span.packed_rows).astype(np.uint32)
        ids = self._documents_of(gaps, starts_of(span.packed_counts))
        return _with_spread(span, ids, {place: ids for place, (ids, _) in spread.items()})

    def _read_frequencies(self, span: _Span, spread: Mapping[int, tuple[Unsigned, Unsigned]]) -> U32:
        less_one = self._file.frequencies.span(span.groups.start, span.groups.stop, span.packed_rows)
        return _with_spread(span, less_one + _ONE, {place: frequencies for place, (_, frequencies) in spread.items()})

    def _read_distances(self, positions: Lists, span: _Span, offsets: I64) -> U32:
        """The positions of some groups as they lie in the file; `offsets`: where those of each row begin, and the last end."""
        self._file.trust_size(int(offsets[-1]), len(offsets) - 1)
        return positions.span(span.groups.start, span.groups.stop, np.diff(offsets[starts_of(span.rows)]))

    def _documents_of(self, gaps: U32, starts: I64) -> U32:
        """Adds up the distances between documents; `gaps` is used up."""
        gaps += np.uint32(1)
        gaps[starts[:-1]] -= np.uint32(1)
        ids = sums_of(gaps, starts)
        self._file.trust(int(ids.max(initial=0)) < self._file.documents, "a document that there is not")
        return ids

    def _cut(self, span: _Span, ordinals: range) -> tuple[I64, slice]:
        """Where the rows of these terms begin among one another, and where they lie in the rows of their groups."""
        if not ordinals:
            return np.zeros(1, np.int64), slice(0, 0)
        skip = self._groups.first(span.groups.start)
        starts = starts_of(span.counts)[ordinals.start - skip : ordinals.stop - skip + 1]
        return starts - starts[0], slice(int(starts[0]), int(starts[-1]))


@dataclass(frozen=True, slots=True)
class _Span:
    """Adjacent groups: the terms of each, the rows of each term, the rows of each group, and which groups are spread out."""

    groups: range
    terms: I64
    counts: I64
    rows: I64
    spread: Bools

    @property
    def packed_rows(self) -> I64:
        """The rows of each group that are packed."""
        return np.where(self.spread, 0, self.rows)

    @property
    def packed_counts(self) -> I64:
        """The rows of the terms whose rows are packed."""
        return self.counts.compress(~self.spread.repeat(self.terms))


_ONE = np.uint32(1)


def _with_spread(span: _Span, packed: U32, spread: Mapping[int, Unsigned]) -> U32:
    """The rows of some groups, those that are packed and those that are spread out, in order."""
    if not spread:
        return packed
    starts, values = starts_of(span.rows), np.empty(int(span.rows.sum()), np.uint32)
    values[~span.spread.repeat(span.rows)] = packed
    for place, rows in spread.items():
        values[starts[place] : starts[place + 1]] = rows
    return values

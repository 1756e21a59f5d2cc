"""The documents, frequencies and positions of adjacent terms of a field, all of their groups unpacked at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from searcher.engine.arrays.ragged import I64, U32, starts_of, sums_of
from searcher.engine.segment.field import FieldFile
from searcher.engine.segment.packing import Unsigned
from searcher.engine.segment.spread import are_spread

_ONE = np.uint32(1)


class Span:
    """Adjacent terms of a field, one at least: term by term the rows of each, a row for each document that has it.

    `starts`: where the rows of each term begin, and the last end.
    """

    def __init__(self, file: FieldFile, ordinals: range) -> None:
        self._file, self._groups = file, file.groups.holding(ordinals)
        terms = file.sizes(self._groups)
        counts = file.counts.span(self._groups.start, self._groups.stop, terms).astype(np.int64) + 1
        file.trust(int(counts.max()) <= file.documents, "a term in more documents than there are")
        self._rows = np.add.reduceat(counts, starts_of(terms)[:-1])
        spread = are_spread(terms, self._rows, file.documents) if file.has_spread else np.zeros(len(terms), np.bool_)
        self._packed = np.where(spread, 0, self._rows)
        self._counts = counts.compress(~spread.repeat(terms))
        skip = file.groups.ordinals[self._groups.start]
        starts = starts_of(counts)[ordinals.start - skip : ordinals.stop - skip + 1]
        self.starts: I64 = starts - starts[0]
        self._own = slice(int(starts[0]), int(starts[-1]))
        """The rows of these terms among those of their groups."""

    @property
    def documents(self) -> U32:
        """The document of each row."""
        gaps = self._file.ids.span(self._groups.start, self._groups.stop, self._packed) + _ONE
        starts = starts_of(self._counts)
        gaps[starts[:-1]] -= _ONE
        ids = sums_of(gaps, starts)
        self._file.trust(int(ids.max(initial=0)) < self._file.documents, "a document that there is not")
        return self._with_spread(ids, {place: ids for place, (ids, _) in self._spread.items()})[self._own]

    @property
    def frequencies(self) -> U32:
        """How often the term of each row stands in its document."""
        return self._frequencies[self._own]

    @property
    def distances(self) -> tuple[I64, U32]:
        """The positions of all rows as they lie in the file: where those of each row begin, and the last end; of each row the first, then
        the distance from the one before. Without positions no row has any.
        """
        if self._file.positions is None:
            return np.zeros(int(self.starts[-1]) + 1, np.int64), np.empty(0, np.uint32)
        offsets = starts_of(self._frequencies)
        self._file.trust_size(int(offsets[-1]), len(offsets) - 1)
        counts = np.diff(offsets[starts_of(self._rows)])
        distances = self._file.positions.span(self._groups.start, self._groups.stop, counts)
        own = offsets[self._own.start : self._own.stop + 1]
        return own - own[0], distances[int(own[0]) : int(own[-1])]

    @cached_property
    def _frequencies(self) -> U32:
        """The frequencies of all rows of the groups."""
        less_one = self._file.frequencies.span(self._groups.start, self._groups.stop, self._packed)
        return self._with_spread(less_one + _ONE, {place: frequencies for place, (_, frequencies) in self._spread.items()})

    @cached_property
    def _spread(self) -> Mapping[int, tuple[Unsigned, Unsigned]]:
        """Of those groups that are spread out, by their places among all: the documents and how often the term is in each."""
        found = {}
        for place in np.flatnonzero(self._packed == 0).tolist():
            spread = self._file.read_spread(self._groups[place])
            ids = np.flatnonzero(spread != 0)
            self._file.trust(len(ids) == self._rows[place], "a term in more or fewer documents than it has")
            found[place] = (ids, spread.take(ids))
        return found

    def _with_spread(self, packed: U32, spread: Mapping[int, Unsigned]) -> U32:
        """The rows of all groups, those that are packed and those that are spread out, in order."""
        if not spread:
            return packed
        starts, values = starts_of(self._rows), np.empty(int(self._rows.sum()), np.uint32)
        values[(self._packed > 0).repeat(self._rows)] = packed
        for place, rows in spread.items():
            values[starts[place] : starts[place + 1]] = rows
        return values

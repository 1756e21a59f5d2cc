"""The segments of a snapshot read through a cache: postings, places and columns that were just used are not decoded again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.arrays.docsets import Array, distinct
from searcher.engine.arrays.places import alike, summed
from searcher.engine.arrays.ragged import joined
from searcher.engine.fields import MISSING
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.expansion import Expansion, Pattern, expand
from searcher.engine.reading.segments import Segments
from searcher.engine.segment.postings import NO_POSTINGS, Postings

if TYPE_CHECKING:
    from searcher.engine.segment.file import FileSegment

CAPACITY = 48 * 1024 * 1024
"""So many bytes of decoded postings, norms and feature scores are kept, and a part of that of what matches."""

MATCHED = 2
"""Which documents match is kept in a cache of its own, half as large as that of lists: a query for words that very many documents have
reads more lists than that one holds, and would drive out the runs, for which positions were read, before it asks for them again."""


class Reader:
    """Reads segments as one. Documents, and places in them, are numbered through all of them.

    `kept` and `known` are of what was read; `matched` and `known_to_match` of which documents match.
    """

    def __init__(self, segments: Sequence[FileSegment], cache: Cache) -> None:
        self.segments = Segments(segments)
        self.count, self.alive, self.fields = self.segments.count, self.segments.alive, self.segments.fields
        self.kept, self.known = cache.kept, cache.get
        matched = Cache(cache.capacity // MATCHED)
        self.matched, self.known_to_match = matched.kept, matched.get

    def term(self, field: str, text: str) -> Postings:
        """The postings of a term, none where no segment has got it."""
        return self.kept(("term", field, text), lambda: self._read_term(field, text))

    def postings(self, field: str, number: int, ordinal: int) -> Postings:
        """The postings of the term of this number in one segment."""
        return self.kept(("term", field, number, ordinal), lambda: self._read(field, {number: ordinal}))

    def places(self, field: str, postings: Postings) -> Array:
        """Where a term stands, in all of its documents, as places, each once. (Frequencies are scored as a rule, and so are read in any
        case.)
        """
        return self.kept(("places", field, postings.term), lambda: self._read_places(field, postings))

    def some_places(self, field: str, number: int, terms: Sequence[tuple[Postings, Array]]) -> tuple[Array, Array]:
        """Where some terms stand in some documents of a segment, term by term: (its postings there, some of their rows, which ascend); and
        of each of these rows how many of the places are its own. No others are read.
        """
        having = np.concatenate([postings.having.take(rows) for postings, rows in terms])
        offsets, distances = self.segments.parts[number].reader(field).some_distances(terms)
        return summed(self.segments.through(number, having), offsets, distances, self.count), offsets[1:] - offsets[:-1]

    def expansion(self, field: str, pattern: Pattern) -> Expansion:
        """The terms that a pattern stands for, in all segments."""
        return self.kept(("expansion", field, pattern), lambda: expand(self.segments.parts, field, pattern))

    def column(self, name: str) -> Array:
        """A number for each document, `MISSING` where it has none."""
        return self.kept(("column", name), lambda: self.segments.column(name))

    def numbers(self, name: str, documents: Array) -> Array:
        """The numbers of some documents, in any order, in a column; columns of several segments are not joined for so few."""
        if len(self.segments.parts) == 1:
            return self.column(name).take(documents)
        order = documents.argsort()
        apart = self.segments.apart(documents.take(order))
        found = np.empty(len(documents), np.int64)
        found[order] = joined([self._column_of(number, name).take(own) for number, own in apart])
        return found

    def repeated(self, name: str) -> Array:
        """The numbers of a column that several documents have, ascending, and `MISSING`: of what has no number it is not known."""
        return self.kept(("repeated", name), lambda: _repeated(self.segments.column(name)))

    def _column_of(self, number: int, name: str) -> Array:
        return self.kept(("column", name, number), lambda: self.segments.parts[number].column(name))

    def _read_term(self, field: str, text: str) -> Postings:
        ordinals = {}
        for number, part in enumerate(self.segments.parts):
            ordinal = part.ordinal(field, text)
            if ordinal >= 0:
                ordinals[number] = ordinal
        return self._read(field, ordinals)

    def _read(self, field: str, ordinals: dict[int, int]) -> Postings:
        """The postings of a term by its numbers in the segments that have it."""
        if not ordinals:
            return NO_POSTINGS
        segments = self.segments.parts
        if len(segments) == 1:
            return segments[0].reader(field).postings(ordinals[0])
        parts = {number: segments[number].reader(field).postings(ordinal) for number, ordinal in ordinals.items()}
        return Postings.of_parts(parts, self.segments.bases)

    def _read_places(self, field: str, postings: Postings) -> Array:
        found = []
        for number, segment in enumerate(self.segments.parts):
            part = postings.part(number)
            if part is not None:
                offsets, distances = segment.reader(field).distances(part)
                found.append(summed(self.segments.through(number, part.having), offsets, distances, self.count, once=True))
        return joined(alike(found, self.count, 0))


def _repeated(numbers: Array) -> Array:
    numbers = np.sort(numbers)
    return distinct(np.append(numbers[1:].compress(numbers[1:] == numbers[:-1]), MISSING))

"""One segment read through a cache: postings, places and columns that were just used are not decoded again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from searcher.engine.cache import Cache
from searcher.engine.docsets import EMPTY, Array
from searcher.engine.expansion import Expansion, Pattern, expand
from searcher.engine.places import summed
from searcher.engine.postings import NO_POSTINGS, Postings

if TYPE_CHECKING:
    from searcher.engine.file_segment import FileSegment

Value = TypeVar("Value")


class Reader:
    """A segment among others, read through a cache that they share."""

    def __init__(self, segments: Sequence[FileSegment], number: int, cache: Cache) -> None:
        self.segment = segments[number]
        self.number = number
        self.cache = cache
        self.count = self.segment.count
        self.alive = None if self.segment.deleted is None or not self.segment.deleted.any() else np.logical_not(self.segment.deleted)
        self.fields = frozenset(filter(self.segment.is_filled, self.segment.fields))
        """Those that any document has something in: what is looked for is not looked for in others."""
        self.together: Sequence[Reader] = (self,)
        self._segments = segments

    def kept(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept under this key for this segment, made where it is not."""
        return self.cache.kept((self.number, key), make)

    def known(self, key: Hashable) -> Any | None:
        """The same, None where it is not kept."""
        return self.cache.get((self.number, key))

    def term(self, field: str, text: str) -> Postings:
        """The postings of a term, none where the segment has not got it."""
        return self.cache.kept((self.number, field, text), lambda: self._read_term(field, text))

    def postings(self, field: str, ordinal: int) -> Postings:
        """The postings of the term of this number."""
        return self.cache.kept((self.number, field, ordinal), lambda: self.segment.reader(field).postings(ordinal))

    def places(self, field: str, postings: Postings) -> Array:
        """Where a term stands, in all of its documents, as places, each once. (Frequencies are scored as a rule, and so are read in any
        case.)
        """
        return self.kept(("places", field, postings.ordinal), lambda: self._read_places(field, postings))

    def some_places(self, field: str, terms: Sequence[tuple[Postings, Array]]) -> tuple[Array, Array]:
        """Where some terms stand in some documents, term by term: (its postings, some of their rows, which ascend); and of each of
        these rows how many of the places are its own. No others are read.
        """
        if not terms:
            return EMPTY, EMPTY
        having = [postings.having.take(rows) for postings, rows in terms]
        offsets, distances = self.segment.reader(field).some_distances(terms)
        return summed(np.concatenate(having), offsets, distances, self.count), offsets[1:] - offsets[:-1]

    def expansion(self, field: str, pattern: Pattern) -> Expansion:
        """The terms that a pattern stands for, in all segments."""
        return self.cache.kept(("expansion", field, pattern), lambda: expand(self._segments, field, pattern))

    def column(self, name: str) -> Array:
        """A number for each document of the segment, `MISSING` where it has none."""
        return self.kept(("column", name), lambda: self.segment.column(name))

    def _read_term(self, field: str, text: str) -> Postings:
        ordinal = self.segment.ordinal(field, text)
        return NO_POSTINGS if ordinal < 0 else self.segment.reader(field).postings(ordinal)

    def _read_places(self, field: str, postings: Postings) -> Array:
        offsets, distances = self.segment.reader(field).distances(postings)
        return summed(postings.having, offsets, distances, self.count, once=True)

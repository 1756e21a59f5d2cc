"""One segment read through a cache: postings, ordinals and lengths that were just used are not decoded again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any

import numpy as np

from searcher.engine.cache import Cache
from searcher.engine.docsets import EMPTY, Array
from searcher.engine.expansion import Expansion, Pattern, expand
from searcher.engine.norms import Norms
from searcher.engine.places import summed
from searcher.engine.postings import NO_POSTINGS, Postings
from searcher.engine.segment import Segment


class Reader:
    """A segment among others, read through a cache that they share."""

    def __init__(self, segments: Sequence[Segment], number: int, cache: Cache) -> None:
        self.segment = segments[number]
        self.number = number
        self.count = self.segment.count
        self.alive = None if self.segment.deleted is None or not self.segment.deleted.any() else np.logical_not(self.segment.deleted)
        self.together: Sequence[Reader] = (self,)
        self._segments = segments
        self._cache = cache
        self._filled: dict[str, bool] = {}

    def has(self, field: str) -> bool:
        """Whether any document has anything in a field; what is looked for is not looked for in others."""
        found = self._filled.get(field)
        if found is None:
            found = self._filled[field] = field in self.segment.fields and len(self.segment.term_range(field, "", None)) > 0
        return found

    def kept_for_all(self, *key: Hashable) -> Any | None:
        """What was kept under this key for all segments of the snapshot, which are `together`."""
        return self._cache.get(key)

    def keep_for_all(self, size: int, value: Any, *key: Hashable) -> None:
        self._cache.put(key, value, size)

    def kept(self, *key: Hashable) -> Any | None:
        """What was kept under this key for this segment."""
        return self._cache.get((self.number, *key))

    def keep(self, size: int, value: Any, *key: Hashable) -> None:
        self._cache.put((self.number, *key), value, size)

    def term(self, field: str, text: str) -> Postings:
        """The postings of a term, none where the segment has not got it."""
        ordinal = self.ordinal(field, text)
        return NO_POSTINGS if ordinal < 0 else self.postings(field, ordinal)

    def ordinal(self, field: str, text: str) -> int:
        """The number of a term, -1 where the segment has not got it. (What was read is kept under that alone, with its size.)"""
        key = (self.number, field, text)
        found: int | None = self._cache.get(key)
        if found is None:
            found = self.segment.ordinal(field, text)
            self._cache.put(key, found, 0)
        return found

    def frequency(self, field: str, text: str) -> int:
        """How many documents have a term, deleted ones among them; its postings are not read."""
        ordinal = self.ordinal(field, text)
        return self.segment.document_frequency(field, ordinal) if ordinal >= 0 else 0

    def postings(self, field: str, ordinal: int) -> Postings:
        """The postings of the term of this number."""
        key = (self.number, field, ordinal)
        found: Postings | None = self._cache.get(key)
        if found is None:
            found = self._read_postings(field, ordinal)
            self._cache.put(key, found, found.nbytes)
        return found

    def _read_postings(self, field: str, ordinal: int) -> Postings:
        segment = self.segment
        count, spread = segment.document_frequency(field, ordinal), segment.spread(field, ordinal)
        if spread is None:
            return Postings(count, partial(segment.documents, field, ordinal), partial(segment.frequencies, field, ordinal))
        return Postings.of_spread(spread, count)

    def places(self, field: str, ordinal: int) -> Array:
        """Where the term of this number stands, in all of its documents, as places, each once. (Frequencies are scored as a rule, and so
        are read in any case.)
        """
        found: Array | None = self.kept("places", field, ordinal)
        if found is None:
            postings = self.postings(field, ordinal)
            offsets, distances = self.segment.distances(field, ordinal, postings.frequencies)
            found = summed(postings.having, offsets, distances, self.count, once=True)
            self.keep(found.nbytes, found, "places", field, ordinal)
        return found

    def some_places(self, field: str, terms: Sequence[tuple[int, Array]]) -> tuple[Array, Array]:
        """Where some terms stand in some documents, term by term: (number of the term, rows of its postings, which ascend); and of each of
        these rows how many of the places are its own. No others are read.
        """
        lists = [self.postings(field, ordinal) for ordinal, _ in terms]
        having = [postings.having.take(rows) for postings, (_, rows) in zip(lists, terms, strict=True)]
        wanted = [(ordinal, postings.frequencies, rows) for postings, (ordinal, rows) in zip(lists, terms, strict=True)]
        offsets, distances = self.segment.some_distances(field, wanted)
        return summed(np.concatenate((EMPTY, *having)), offsets, distances, self.count), offsets[1:] - offsets[:-1]

    def expansion(self, field: str, pattern: Pattern) -> Expansion:
        """The terms that a pattern stands for, in all segments."""
        found: Expansion | None = self._cache.get(("expansion", field, pattern))
        if found is None:
            found = expand(self._segments, field, pattern)
            size = sum(64 if isinstance(ordinals, range) else ordinals.nbytes for ordinals in found.ordinals)
            self._cache.put(("expansion", field, pattern), found, size)
        return found

    def norms(self, field: str, b: float, usual: float) -> Norms:
        """What occurrences in a field are divided by."""
        key = (self.number, "norms", field, b, usual)
        found: Norms | None = self._cache.get(key)
        if found is None:
            found = Norms(self.segment, field, b, usual)
            self._cache.put(key, found, found.nbytes)
        return found

    def column(self, name: str) -> Array:
        """A number for each document of the segment, `MISSING` where it has none."""
        found: Array | None = self.kept("column", name)
        if found is None:
            found = self.segment.column(name)
            self.keep(found.nbytes, found, "column", name)
        return found

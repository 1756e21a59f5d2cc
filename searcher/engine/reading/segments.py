"""Several segments as one: their documents are numbered through all of them, one segment after the other.

So a query is matched and scored once, however many segments there are; only what lies in the files is read segment by segment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.arrays.docsets import EMPTY, Array, ids
from searcher.engine.arrays.ragged import Bools, joined
from searcher.engine.reading.expansion import prefix_range

if TYPE_CHECKING:
    from searcher.engine.segment.file import FileSegment


class Segments:
    """`parts`: the segments; `bases`: by how much the numbers of each one's documents are raised, and how many there are in all.

    `alive`: by document, which are not deleted, None: all; `deleted`: the numbers of those that are; `fields`: those that any document has
    something in.
    """

    def __init__(self, parts: Sequence[FileSegment]) -> None:
        self.parts = tuple(parts)
        self.bases = [*accumulate((part.count for part in parts), initial=0)]
        self.count = self.bases[-1]
        self.alive = _alive(self.parts)
        self.deleted = EMPTY if self.alive is None else ids(np.logical_not(self.alive))
        self.fields = frozenset(field for part in parts for field in part.fields if part.is_filled(field))

    def number(self, segment: int, document: int) -> int:
        """The number through all segments of a document of one."""
        return self.bases[segment] + document

    def numbers(self, documents: Iterable[tuple[int, int]]) -> Array:
        """The same of several, each named by its segment and its number there."""
        return np.array([self.bases[segment] + document for segment, document in documents], np.uint32)

    def at(self, document: int) -> tuple[int, int]:
        """The segment of a document, and its number there."""
        number = bisect_right(self.bases, document) - 1
        return number, document - self.bases[number]

    def at_all(self, documents: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The same of several."""
        return zip(repeat(0), documents) if len(self.parts) == 1 else map(self.at, documents)

    def apart(self, documents: Array) -> Iterator[tuple[int, Array]]:
        """Ascending documents segment by segment, where one has any: its number, and theirs in it."""
        if len(self.parts) == 1:
            yield 0, documents
            return
        for number, (start, stop) in enumerate(pairwise(documents.searchsorted(self.bases).tolist())):
            if start < stop:
                yield number, documents[start:stop] - documents.dtype.type(self.bases[number])

    def through(self, number: int, documents: Array) -> Array:
        """Documents of a segment as they are numbered through all."""
        base = self.bases[number]
        return documents + documents.dtype.type(base) if base else documents

    def has_positions(self, field: str) -> bool:
        return any(part.has_positions(field) for part in self.parts)

    def prefixed(self, field: str, text: str) -> tuple[range, ...]:
        """The terms of each segment that start with `text`."""
        return tuple([prefix_range(part, field, text) for part in self.parts])

    def total_length(self, field: str) -> int:
        """The sum of `lengths`."""
        return sum([part.total_length(field) for part in self.parts])

    def lengths(self, field: str) -> Array:
        """How many terms each document has in a field."""
        return joined([part.lengths(field) for part in self.parts])

    def lengths_of(self, field: str, documents: Array) -> Array:
        """How many terms of a field some documents have, which ascend; no other lengths are read."""
        return joined([self.parts[number].lengths_of(field, own) for number, own in self.apart(documents)])

    def column(self, name: str) -> Array:
        """A number for each document, `MISSING` where it has none."""
        return joined([part.column(name) for part in self.parts])

    def text(self, document: int, start: int, end: int) -> str:
        """The characters [start, end) of a document's text."""
        number, own = self.at(document)
        return self.parts[number].text(own, start, end)


def _alive(parts: Sequence[FileSegment]) -> Bools | None:
    if not any(part.deleted is not None and part.deleted.any() for part in parts):
        return None
    deleted = joined([np.zeros(part.count, np.bool_) if part.deleted is None else part.deleted for part in parts])
    return np.asarray(np.logical_not(deleted))

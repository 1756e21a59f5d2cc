"""What the evaluator needs of a segment: terms, postings, positions, lengths and columns, as arrays.

A segment is an immutable part of an index. Its documents are numbered from 0 in order of insertion, its terms from 0 in order of
code points, field by field. Arrays are numpy's, read-only views where possible: never write to them.
A field or column that a segment has not got is like one that no document has: no terms, lengths of 0, `MISSING` numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from searcher.engine.arrays import I64, U32, Bools
    from searcher.engine.packing import Unsigned

KEYWORDS = "keyword"
"""The field that holds the keywords: a document has each at most once, without positions; lengths are not kept."""

IDS = "id"
"""The field that holds the ids of documents: one term for each document, which no other document of the segment has."""

MISSING = -(2**63)
"""What a column holds for a document that has no such number."""


class Segment(Protocol):
    """An immutable part of an index, for searching."""

    @property
    def count(self) -> int:
        """How many documents there are, deleted ones included."""

    @property
    def deleted(self) -> Bools | None:
        """By document number, which are deleted; None: none is."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that have terms, `KEYWORDS` and `IDS` among them."""

    def has_positions(self, field: str) -> bool: ...

    def term_range(self, field: str, low: str, high: str | None) -> range:
        """The ordinals of the terms low <= term < high; without `high`, to the end."""

    def ordinal(self, field: str, text: str) -> int:
        """The ordinal of a term, -1 where there is none."""

    def term_text(self, field: str, ordinal: int) -> str: ...

    def term_texts(self, field: str, ordinals: range) -> list[str]:
        """The texts of adjacent terms (a range of step 1), faster than one by one."""

    def document_frequency(self, field: str, ordinal: int) -> int: ...

    def documents(self, field: str, ordinal: int) -> U32:
        """The documents that have a term, ascending."""

    def frequencies(self, field: str, ordinal: int) -> Unsigned:
        """How often the term stands in each of these documents."""

    def spread(self, field: str, ordinal: int) -> Unsigned | None:
        """How often the term stands in every document of the segment, where that is quicker to read than `documents`: where many have it.

        Else None.
        """

    def positions(self, field: str, ordinal: int) -> tuple[I64, U32]:
        """Where a term stands, for all rows of its postings.

        (offsets, positions): those of the i-th row are positions[offsets[i] : offsets[i + 1]], ascending; empty without positions.
        """

    def distances(self, field: str, ordinal: int, frequencies: Unsigned) -> tuple[I64, Unsigned]:
        """The same for all rows, as they lie in the segment: of each row the first position, then the distance from the one before.

        `frequencies`: those of the term.
        """

    def some_distances(self, field: str, terms: Sequence[tuple[int, Unsigned, NDArray[np.integer]]]) -> tuple[I64, Unsigned]:
        """The same for some rows of some terms, one term after the other: (ordinal, frequencies, numbers of the rows, which ascend)."""

    def span(self, field: str, ordinals: range) -> tuple[I64, U32]:
        """The documents of adjacent terms at once: (starts, ids); the i-th term's are [starts[i] : starts[i + 1]]."""

    def span_frequencies(self, field: str, ordinals: range) -> U32:
        """How often the term of each row of `span` stands in its document."""

    def span_positions(self, field: str, ordinals: range) -> tuple[I64, U32]:
        """The positions of all rows of `span`, as `positions` gives them."""

    def union(self, field: str, ordinals: range) -> U32:
        """The documents that have one of these adjacent terms, ascending."""

    def lengths(self, field: str) -> U32:
        """How many terms each document has in a field, exactly."""

    def lengths_of(self, field: str, documents: NDArray[np.integer]) -> U32:
        """The lengths of some documents, which ascend; no others are read."""

    def total_length(self, field: str) -> int:
        """The sum of `lengths`."""

    def text(self, document: int, start: int, end: int) -> str:
        """The characters [start, end) of the stored text of a document, as far as it has so many."""

    def column(self, name: str) -> I64:
        """A number for each document, or `MISSING`."""

"""Which documents have something, and how often; both are read when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial

import numpy as np

from searcher.engine.arrays.docsets import EMPTY, Array, DocSet, ids
from searcher.engine.arrays.ragged import joined
from searcher.engine.segment.spread import is_spread


class Postings:
    """The documents that have something, a term or a run, and how often it stands in each.

    `count`: how many documents these are; `having`: their numbers, ascending; `frequencies`: how often in each of them (never 0).
    `spread`: how often in every document there is, 0 among them; None unless the list lies in the file in this form (see `spread.py`).
    `documents`: the same documents as a set: a mask where there is a `spread`, else `having`.
    `ordinal`: the number of the term in its segment; -1 where these are not the postings of one term of one segment.
    `parts`: the postings by segment, where several segments are read as one; empty where they are all of the first segment.
    Threads may share one: two that ask at once both read, and read the same. Nothing in it refers back to it, so that it is freed as soon
    as nobody holds it.
    """

    __slots__ = ("_frequencies", "_having", "_mask", "count", "ordinal", "parts", "spread")

    def __init__(
        self, count: int, having: Array | Callable[[], Array], frequencies: Array | Callable[[], Array], *, ordinal: int = -1
    ) -> None:
        self.count, self.ordinal = count, ordinal
        self.spread: Array | None = None
        self.parts: Mapping[int, Postings] = {}
        self._having, self._frequencies = having, frequencies
        self._mask: DocSet | None = None

    @classmethod
    def of_spread(cls, spread: Array, count: int, ordinal: int) -> Postings:
        """The postings of a term of which `spread` was read; `count` documents have it."""
        made = cls(count, _nothing, _nothing, ordinal=ordinal)
        made.spread = spread
        return made

    @classmethod
    def of_parts(cls, parts: Mapping[int, Postings], bases: Sequence[int]) -> Postings:
        """The postings of a term over all segments, from those of the segments that have it (one at least), by their numbers.

        `bases`: what is added to the document numbers of each segment; the last one is the number of all documents.
        """
        first = parts.get(0)
        if first is not None and first.spread is None and len(parts) == 1:
            return first
        count = sum([part.count for part in parts.values()])
        raised = [(bases[number], part) for number, part in parts.items()]
        if is_spread(count, bases[-1]) and any(part.spread is not None for part in parts.values()):
            made = cls.of_spread(_spread(raised, bases[-1]), count, -1)
        else:
            made = cls(count, partial(_having, raised), partial(_frequencies, raised))
        made.parts = parts
        return made

    def part(self, number: int) -> Postings | None:
        """The postings of one segment; None where it has none."""
        if self.parts:
            return self.parts.get(number)
        return None if number else self

    @property
    def term(self) -> Hashable:
        """A key that tells the term from all others of the field: its ordinal, or its ordinals by segment."""
        return tuple([(number, part.ordinal) for number, part in self.parts.items()]) if self.parts else self.ordinal

    @property
    def documents(self) -> DocSet:
        """The documents as a set."""
        if self.spread is None:
            return self.having
        found = self._mask
        if found is None:
            found = self._mask = self.spread != 0
        return found

    @property
    def having(self) -> Array:
        """The documents by their numbers, ascending."""
        found = self._having
        if callable(found):
            found = self._having = found() if self.spread is None else ids(self.documents)
        return found

    @property
    def frequencies(self) -> Array:
        """How often in each of `having`."""
        found = self._frequencies
        if callable(found):
            found = self._frequencies = found() if self.spread is None else self.spread.take(self.having)
        return found

    @property
    def nbytes(self) -> int:
        """How many bytes the postings take once they are read, at most: frequencies are no wider than document numbers."""
        own = 8 * self.count + (0 if self.spread is None else 2 * self.spread.nbytes)
        return own + sum([part.nbytes for part in self.parts.values()])


def _nothing() -> Array:
    return EMPTY


def _having(raised: Sequence[tuple[int, Postings]]) -> Array:
    return joined([part.having + np.uint32(base) if base else part.having for base, part in raised])


def _frequencies(raised: Sequence[tuple[int, Postings]]) -> Array:
    return joined([part.frequencies for _, part in raised])


def _spread(raised: Sequence[tuple[int, Postings]], documents: int) -> Array:
    """How often in every document of all segments."""
    kinds = [np.min_scalar_type(int(part.frequencies.max())) if part.spread is None else part.spread.dtype for _, part in raised]
    spread = np.zeros(documents, np.result_type(*kinds))
    for base, part in raised:
        if part.spread is None:
            spread[part.having + np.intp(base)] = part.frequencies
        else:
            spread[base : base + len(part.spread)] = part.spread
    return spread


NO_POSTINGS = Postings(0, EMPTY, EMPTY)

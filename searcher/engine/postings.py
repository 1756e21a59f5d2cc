"""Which documents have something, and how often; both are read when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable

from searcher.engine.docsets import EMPTY, Array, DocSet, ids


class Postings:
    """`having`: document numbers, ascending, so many as `count` says; `frequencies`: how often what was asked for stands in each (never 0).

    `spread`: how often in every document of the segment, where that is what was read: then `having` and `frequencies` are made of it when
    they are asked for, and `documents`, the set, is a mask; else it is `having`.
    Several threads may share one; two that ask at once both read, and read the same. Nothing in it refers back to it, so that what it
    takes is free again as soon as nobody holds it.
    """

    __slots__ = ("_frequencies", "_having", "_mask", "_read_frequencies", "_read_having", "count", "spread")

    def __init__(self, count: int, having: Array | Callable[[], Array], frequencies: Array | Callable[[], Array]) -> None:
        self.count = count
        self.spread: Array | None = None
        self._mask: DocSet | None = None
        self._read_having = having if callable(having) else _nothing
        self._having: Array | None = None if callable(having) else having
        self._read_frequencies = frequencies if callable(frequencies) else _nothing
        self._frequencies: Array | None = None if callable(frequencies) else frequencies

    @classmethod
    def of_spread(cls, spread: Array, count: int) -> Postings:
        """The postings of what so many documents have, of which it is known how often it stands in every document."""
        made = cls(count, _nothing, _nothing)
        made.spread = spread
        return made

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
        if found is None:
            found = self._having = self._read_having() if self.spread is None else ids(self.documents)
        return found

    @property
    def frequencies(self) -> Array:
        """How often in each of `having`."""
        found = self._frequencies
        if found is None:
            found = self._frequencies = self._read_frequencies() if self.spread is None else self.spread.take(self.having)
        return found

    @property
    def nbytes(self) -> int:
        """What it takes once it is read, at most: frequencies are no wider than document numbers."""
        return 8 * self.count + (0 if self.spread is None else 2 * self.spread.nbytes)


def _nothing() -> Array:
    return EMPTY


NO_POSTINGS = Postings(0, EMPTY, EMPTY)

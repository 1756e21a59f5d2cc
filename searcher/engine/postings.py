"""Which documents have something, and how often; both are read when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable

from searcher.engine.docsets import EMPTY, Array, DocSet, ids


class Postings:
    """`having`: document numbers, ascending, so many as `count` says; `frequencies`: how often what was asked for stands in each (never 0).

    `spread`: how often in every document of the segment, where that is what was read: then `having` and `frequencies` are made of it when
    they are asked for, and `documents`, the set, is a mask; else it is `having`.
    Several threads may share one; two that ask at once both read, and read the same. `ordinal`: which term this is; -1: none alone.
    """

    __slots__ = ("_frequencies", "_having", "_mask", "_read_frequencies", "_read_having", "count", "ordinal", "spread")

    def __init__(
        self, count: int, having: Array | Callable[[], Array], frequencies: Array | Callable[[], Array], ordinal: int = -1
    ) -> None:
        self.spread: Array | None = None
        self.count = count
        self.ordinal = ordinal
        self._mask: DocSet | None = None
        self._read_having = having if callable(having) else None
        self._having: Array | None = None if callable(having) else having
        self._read_frequencies = frequencies if callable(frequencies) else None
        self._frequencies: Array | None = None if callable(frequencies) else frequencies

    @classmethod
    def of_spread(cls, spread: Array, count: int, ordinal: int) -> Postings:
        """The postings of a term that so many documents have, of which it is known how often it stands in every document."""
        made = cls(count, lambda: ids(made.documents), lambda: spread.take(made.having), ordinal)
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
        if found is None and self._read_having is not None:
            found = self._having = self._read_having()
        return EMPTY if found is None else found

    @property
    def frequencies(self) -> Array:
        """How often in each of `having`."""
        found = self._frequencies
        if found is None and self._read_frequencies is not None:
            found = self._frequencies = self._read_frequencies()
        return EMPTY if found is None else found

    @property
    def nbytes(self) -> int:
        """What it takes once it is read, at most: frequencies are no wider than document numbers."""
        return 8 * self.count + (0 if self.spread is None else 2 * self.spread.nbytes)


NO_POSTINGS = Postings(0, EMPTY, EMPTY)

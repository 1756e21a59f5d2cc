"""Which documents have something, and how often; both are read when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable

from searcher.engine.docsets import EMPTY, Array, DocSet, ids


class Postings:
    """`having`: document numbers, ascending, so many as `count` says; `frequencies`: how often what was asked for stands in each (never 0).

    `spread`: how often in every document of the segment, where that is what was read: then `documents`, the set, is a mask; else it is
    `having`. `ordinal`: the number of the term whose postings these are, where they are those of one.
    Several threads may share one; two that ask at once both read, and read the same. Nothing in it refers back to it, so that what it
    takes is free again as soon as nobody holds it.
    """

    __slots__ = ("_frequencies", "_having", "_mask", "count", "ordinal", "spread")

    def __init__(
        self, count: int, having: Array | Callable[[], Array], frequencies: Array | Callable[[], Array], *, ordinal: int = -1
    ) -> None:
        self.count, self.ordinal = count, ordinal
        self.spread: Array | None = None
        self._having, self._frequencies = having, frequencies
        self._mask: DocSet | None = None

    @classmethod
    def of_spread(cls, spread: Array, count: int, ordinal: int) -> Postings:
        """The postings of a term that so many documents have, of which it is known how often it stands in every document."""
        made = cls(count, _nothing, _nothing, ordinal=ordinal)
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
        """What it takes once it is read, at most: frequencies are no wider than document numbers."""
        return 8 * self.count + (0 if self.spread is None else 2 * self.spread.nbytes)


def _nothing() -> Array:
    return EMPTY


NO_POSTINGS = Postings(0, EMPTY, EMPTY)

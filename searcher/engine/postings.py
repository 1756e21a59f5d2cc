"""Which documents have something, and how often; how often is read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable

from searcher.engine.docsets import EMPTY, Array, DocSet, ids


class Postings:
    """`having`: document numbers, ascending, so many as `count` says; `frequencies`: how often what was asked for stands in each (never 0).

    `spread`: how often in every document of the segment, where that is what was read: then `having` and `frequencies` are made of it when
    they are asked for, and `documents`, the set, is a mask; else it is `having`.
    Several threads may share one; two that ask at once both read, and read the same. `ordinal`: which term this is; -1: none alone.
    """

    __slots__ = ("_documents", "_frequencies", "_having", "_read", "count", "ordinal", "spread")

    def __init__(self, having: Array, frequencies: Array | Callable[[], Array], ordinal: int = -1) -> None:
        self.spread: Array | None = None
        self.count = len(having)
        self.ordinal = ordinal
        self._having: Array | None = having
        self._documents: DocSet | None = having
        self._read = frequencies if callable(frequencies) else None
        self._frequencies: Array | None = None if callable(frequencies) else frequencies

    @classmethod
    def of_spread(cls, spread: Array, count: int, ordinal: int) -> Postings:
        """The postings of a term that so many documents have, of which it is known how often it stands in every document."""
        made = cls.__new__(cls)
        made.spread, made.count, made.ordinal = spread, count, ordinal
        made._having = made._documents = made._frequencies = made._read = None
        return made

    @property
    def documents(self) -> DocSet:
        found = self._documents
        if found is None and self.spread is not None:
            found = self._documents = self.spread != 0
        return EMPTY if found is None else found

    @property
    def having(self) -> Array:
        found = self._having
        if found is None:
            found = self._having = ids(self.documents)
        return found

    @property
    def frequencies(self) -> Array:
        found = self._frequencies
        if found is None and self._read is not None:
            found = self._frequencies = self._read()
        elif found is None and self.spread is not None:
            found = self._frequencies = self.spread.take(self.having)
        return EMPTY if found is None else found

    @property
    def nbytes(self) -> int:
        """What it takes once it is read, at most: frequencies are no wider than document numbers."""
        return 8 * self.count + (0 if self.spread is None else 2 * self.spread.nbytes)


NO_POSTINGS = Postings(EMPTY, EMPTY)

"""Which documents have something, and how often; how often is read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable

from searcher.engine.docsets import EMPTY, Array


class Postings:
    """`having`: document numbers, ascending; `frequencies`: how often what was asked for stands in each (never 0).

    Several threads may share one; two that ask at once both read, and read the same. `ordinal`: which term this is; -1: none alone.
    """

    __slots__ = ("_frequencies", "_read", "having", "ordinal")

    def __init__(self, having: Array, frequencies: Array | Callable[[], Array], ordinal: int = -1) -> None:
        self.having = having
        self.ordinal = ordinal
        self._read = frequencies if callable(frequencies) else None
        self._frequencies: Array | None = None if callable(frequencies) else frequencies

    @property
    def frequencies(self) -> Array:
        found = self._frequencies
        if found is None and self._read is not None:
            found = self._frequencies = self._read()
        return EMPTY if found is None else found

    @property
    def nbytes(self) -> int:
        """What it takes once it is read, at most: frequencies are no wider than document numbers."""
        return 2 * self.having.nbytes


NO_POSTINGS = Postings(EMPTY, EMPTY)

"""How far the length of a field counts: 1 − b + b · length ⁄ usual length, what an occurrence is divided by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.docsets import Array

if TYPE_CHECKING:
    from searcher.engine.file_segment import FileSegment

TABLE = 1 << 17
"""Norms of a segment of so many documents are worked out once; of a larger one for each query, so that memory does not grow with it."""


class Norms:
    """The norms of a field of a segment (float32). Several threads may share them."""

    def __init__(self, segment: FileSegment, field: str, b: float, usual: float) -> None:
        self._segment, self._field, self._b, self._usual = segment, field, b, usual
        self.table = self._of(segment.lengths(field)) if segment.count <= TABLE else None
        """Those of all documents, where they are at hand."""

    @property
    def nbytes(self) -> int:
        return 0 if self.table is None else self.table.nbytes

    def take(self, documents: Array) -> Array:
        """Those of some documents, which ascend."""
        return self._of(self._segment.lengths_of(self._field, documents)) if self.table is None else self.table.take(documents)

    def _of(self, lengths: Array) -> Array:
        if not self._usual:
            return np.ones(len(lengths), np.float32)
        norms = (1 - self._b + (self._b / self._usual) * lengths).astype(np.float32)
        return np.asarray(np.maximum(norms, np.float32(1e-6)))  # a length that was not kept is 0: nothing may be divided by that

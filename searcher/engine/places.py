"""A position in a document as one integer, so that one comparison orders both."""

from __future__ import annotations

import numpy as np

from searcher.engine.docsets import Array

SHIFT = 33
"""A place is `document << SHIFT | position`; positions have 32 bits, the one left keeps an offset subtracted from them in the document."""

POSITION = (1 << SHIFT) - 1
"""The bits of the position."""


def placed(documents: Array, counts: Array, positions: Array) -> Array:
    """The places of some rows of postings: the document of each row, how many positions it has, and the positions of all (int64)."""
    return (documents.astype(np.int64) << SHIFT).repeat(counts) + positions

"""Terms and rows of several sources, of segments that are merged or of parts of one, become those of one field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, compress
from operator import ne
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays import I64, U32, gather, starts_of
from searcher.engine.inverted import Inverted

_LONG = 256
"""Positions that a row has on average, from which on rows are copied one by one."""


class Rows:
    """Rows of one segment: term by term, ascending documents in each; of each row the first position, then distances."""

    def __init__(self, terms: I64, ids: U32, frequencies: U32, distances: U32 | None) -> None:
        self.terms, self.ids, self.frequencies = terms, ids, frequencies
        self.distances: U32 = np.empty(0, np.uint32) if distances is None else distances


def terms_united(texts: list[bytes]) -> tuple[list[bytes], I64]:
    """The terms of some segments, each of which has them in order, each once and in order; and of each of `texts` its place there."""
    order = sorted(range(len(texts)), key=texts.__getitem__)  # finds the ascending runs, and merges them
    ordered = list(map(texts.__getitem__, order))
    new = np.fromiter(chain((True,), map(ne, ordered[1:], ordered)), np.bool_, len(order))
    places = np.empty(len(order), np.int64)
    places[order] = new.cumsum() - 1
    return list(compress(ordered, new.tolist())), places


def joined(texts: list[bytes], rows: Sequence[Rows], positional: bool) -> Inverted:
    """Rows of several segments, sorted by term; a stable sort keeps the order of segments, and so that of documents."""
    if len(rows) == 1:
        terms, ids, frequencies, distances = rows[0].terms, rows[0].ids, rows[0].frequencies, rows[0].distances
    else:
        terms, ids, frequencies = (_concatenated(rows, name) for name in ("terms", "ids", "frequencies"))
        if (terms[1:] < terms[:-1]).any():
            order = np.argsort(terms, kind="stable")
            distances = _ordered(rows, frequencies, order) if positional else rows[0].distances
            terms, ids, frequencies = terms.take(order), ids.take(order), frequencies.take(order)
        else:
            distances = _concatenated(rows, "distances")
    counts = np.bincount(terms, minlength=len(texts)).astype(np.int64)
    there = counts > 0
    kept = texts if there.all() else [text for text, keep in zip(texts, there.tolist(), strict=True) if keep]
    return Inverted(kept, counts[there], ids, frequencies, None, distances if positional else None)


def _ordered(rows: Sequence[Rows], frequencies: U32, order: I64) -> U32:
    """The distances of all rows, in another order of rows; long ones are taken as they are, for an index of each takes twice its room."""
    if sum(len(one.distances) for one in rows) < _LONG * len(order):
        return _concatenated(rows, "distances").take(gather(starts_of(frequencies)[:-1].take(order), frequencies.take(order)))
    parts = [part for one in rows for part in np.split(one.distances, starts_of(one.frequencies)[1:-1])]
    return np.concatenate([parts[row] for row in order.tolist()])


def _concatenated(rows: Sequence[Rows], name: str) -> NDArray[Any]:
    return np.concatenate([getattr(one, name) for one in rows]) if rows else np.empty(0, np.int64)

"""Terms and rows of several sources, of segments that are merged or of parts of one, become those of one field, slice by slice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, compress
from operator import ne
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays.ragged import I64, U32, gather, starts_of
from searcher.engine.segment.field_reader import FieldReader
from searcher.engine.writing.inverted import Inverted

_LONG = 256
"""Positions that a row has on average, from which on rows are copied one by one."""


class Rows:
    """Rows of one segment: term by term, ascending documents in each; of each row the first position, then distances."""

    def __init__(self, terms: I64, ids: U32, frequencies: U32, distances: U32 | None) -> None:
        self.terms, self.ids, self.frequencies = terms, ids, frequencies
        self.distances: U32 = np.empty(0, np.uint32) if distances is None else distances


def slices(readers: Sequence[FieldReader], size: int) -> Iterator[list[range]]:
    """Adjacent terms of each source, cut at the same terms in all, so that they have about `size` packed bytes together.

    Each of n sources names terms that cut it into parts of an n-th of the size; of all these terms in order, every n-th is a cut. So a
    slice has at most about twice the size, also where sources have no term in common, unless a single group is larger.
    """
    said = sorted(chain.from_iterable(reader.texts.cuts(max(1, size // len(readers))) for reader in readers))
    low = [0] * len(readers)
    for cut in dict.fromkeys(said[len(readers) - 1 :: len(readers)]):
        high = [reader.place(cut) for reader in readers]
        yield [range(start, stop) for start, stop in zip(low, high, strict=True)]
        low = high
    yield [range(start, reader.terms) for start, reader in zip(low, readers, strict=True)]


def read_slice(readers: Sequence[FieldReader], parts: Sequence[range]) -> tuple[list[bytes], Iterator[tuple[int, Rows]]]:
    """The terms that some sources have in a slice, united; of each that has any its number and its rows, read one after the other."""
    terms = [reader.texts.encoded(part) for reader, part in zip(readers, parts, strict=True)]
    texts, places = terms_united(list(chain.from_iterable(terms)))
    parted = np.split(places, np.cumsum(list(map(len, terms)))[:-1])
    return texts, ((number, _rows(readers[number], part, parted[number])) for number, part in enumerate(parts) if part)


def _rows(reader: FieldReader, part: range, places: I64) -> Rows:
    span = reader.span(part)
    return Rows(places.repeat(np.diff(span.starts)), span.documents, span.frequencies, span.distances[1])


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
    return Inverted(kept, counts[there], ids, frequencies, distances if positional else None)


def _ordered(rows: Sequence[Rows], frequencies: U32, order: I64) -> U32:
    """The distances of all rows, in another order of rows; long ones are taken as they are, for an index of each takes twice its room."""
    if sum(len(one.distances) for one in rows) < _LONG * len(order):
        return _concatenated(rows, "distances").take(gather(starts_of(frequencies)[:-1].take(order), frequencies.take(order)))
    parts = [part for one in rows for part in np.split(one.distances, starts_of(one.frequencies)[1:-1])]
    return np.concatenate([parts[row] for row in order.tolist()])


def _concatenated(rows: Sequence[Rows], name: str) -> NDArray[Any]:
    return np.concatenate([getattr(one, name) for one in rows]) if rows else np.empty(0, np.int64)

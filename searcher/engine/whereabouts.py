"""Where do terms stand in some documents? Read of all their documents at once, or of those alone where they are few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.engine.arrays import gather
from searcher.engine.docsets import EMPTY, ZERO, Array, distinct, located, member
from searcher.engine.expansion import Ordinals
from searcher.engine.places import alike, placed
from searcher.engine.postings import Postings

if TYPE_CHECKING:
    from searcher.engine.reader import Reader

FEW = 64
"""The positions of so many adjacent terms are read one by one; of more, all at once."""

MANY, MOST = 6, 4096
"""Of the places of a term those in some documents are picked where it has so many times as many, and more than `MOST`; else all are."""


def places_of(reader: Reader, field: str, ordinals: Ordinals, candidates: Array) -> Array:
    """Where some terms stand, as places: all those in the candidates, and perhaps others; of a single term ascending, each once."""
    if len(ordinals) == 1:
        return _places_of_term(reader, field, int(ordinals[0]), candidates)
    if isinstance(ordinals, range):
        return _places_of_range(reader, field, ordinals, candidates)
    return _joined(reader, [_places_of_term(reader, field, int(ordinal), candidates) for ordinal in ordinals])


def places_of_terms(reader: Reader, field: str, ordinals: Sequence[int], candidates: Array) -> tuple[Array, Array]:
    """Where some terms stand in the candidates, as places, term by term; and how often each does."""
    rows = [_rows(reader.postings(field, ordinal), candidates) for ordinal in ordinals]
    places, counts = reader.some_places(field, list(zip(ordinals, rows, strict=True)))
    sums = np.concatenate((ZERO, counts.cumsum()))
    ends = sums.take(np.cumsum([0, *map(len, rows)]))
    return places, ends[1:] - ends[:-1]


def _places_of_term(reader: Reader, field: str, ordinal: int, candidates: Array) -> Array:
    postings = reader.postings(field, ordinal)
    if postings.count <= max(MOST, len(candidates) * MANY):
        return reader.places(field, ordinal)
    places = reader.some_places(field, [(ordinal, _rows(postings, candidates))])[0]
    return places if (places[1:] != places[:-1]).all() else distinct(places)


def _rows(postings: Postings, candidates: Array) -> Array:
    """The rows of postings that some documents have."""
    rows, there = located(candidates, postings.having)
    return rows.compress(there)


def _places_of_range(reader: Reader, field: str, ordinals: range, candidates: Array) -> Array:
    starts, having = _span(reader, field, ordinals)
    there = member(having, candidates, reader.count)
    concerned = np.logical_or.reduceat(there, starts[:-1]).nonzero()[0]
    if len(concerned) <= FEW:
        return _joined(reader, [_places_of_term(reader, field, ordinals[int(term)], candidates) for term in concerned])
    rows = there.nonzero()[0]
    offsets, positions = _positions(reader, field, ordinals)
    firsts = offsets.take(rows)
    counts = offsets.take(rows + 1) - firsts
    return placed(having.take(rows), counts, positions.take(gather(firsts, counts)), reader.count)


def _span(reader: Reader, field: str, ordinals: range) -> tuple[Array, Array]:
    found: Any = reader.kept("span", field, ordinals)
    if found is None:
        found = reader.segment.span(field, ordinals)
        reader.keep(found[0].nbytes + found[1].nbytes, found, "span", field, ordinals)
    return found[0], found[1]


def _positions(reader: Reader, field: str, ordinals: range) -> tuple[Array, Array]:
    """Those of all rows of a span. A number is written in several ways, and 条 stands behind each of them."""
    found: Any = reader.kept("span positions", field, ordinals)
    if found is None:
        found = reader.segment.span_positions(field, ordinals)
        reader.keep(found[0].nbytes + found[1].nbytes, found, "span positions", field, ordinals)
    return found[0], found[1]


def _joined(reader: Reader, parts: list[Array]) -> Array:
    return np.concatenate(alike(parts, reader.count, 0)) if parts else EMPTY

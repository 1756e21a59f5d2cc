"""Where do terms stand in some documents? Positions are read of all that have a term, or of those documents alone where they are few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.arrays import gather
from searcher.engine.docsets import EMPTY, ZERO, Array, distinct, located, member
from searcher.engine.expansion import Ordinals
from searcher.engine.field_spans import Span
from searcher.engine.places import alike, placed
from searcher.engine.postings import Postings

if TYPE_CHECKING:
    from searcher.engine.reader import Reader

FEW = 64
"""The positions of so many adjacent terms are read one by one; of more, all at once."""

MANY, MOST = 6, 4096
"""Of a term in more than `MOST` documents, and `MANY` times as many as there are candidates, only the candidates' positions are read."""


def places_of(reader: Reader, field: str, ordinals: Ordinals, candidates: Array) -> Array:
    """Where some terms stand, as places: all those in the candidates, and perhaps others."""
    if isinstance(ordinals, range):
        return _places_of_range(reader, field, ordinals, candidates)
    return _joined(reader, field, ordinals, candidates)


def places_of_term(reader: Reader, field: str, postings: Postings, candidates: Array) -> Array:
    """The same of one term: ascending, each once."""
    if postings.count <= max(MOST, len(candidates) * MANY):
        return reader.places(field, postings)
    places = reader.some_places(field, [(postings, _rows(postings, candidates))])[0]
    return places if (places[1:] != places[:-1]).all() else distinct(places)


def places_of_terms(reader: Reader, field: str, terms: Sequence[Postings], candidates: Array) -> tuple[Array, Array]:
    """Where some terms stand in the candidates, as places, term by term; and how often each does."""
    rows = [_rows(postings, candidates) for postings in terms]
    places, counts = reader.some_places(field, list(zip(terms, rows, strict=True)))
    sums = np.concatenate((ZERO, counts.cumsum()))
    ends = sums.take(np.cumsum([0, *map(len, rows)]))
    return places, ends[1:] - ends[:-1]


def _rows(postings: Postings, candidates: Array) -> Array:
    """The rows of postings that some documents have."""
    rows, there = located(candidates, postings.having)
    return rows.compress(there)


def _places_of_range(reader: Reader, field: str, ordinals: range, candidates: Array) -> Array:
    """What is read of a span is kept: a number is written in several ways, and 条 stands behind each of them."""
    if not ordinals:
        return EMPTY
    starts, having = reader.kept(("span", field, ordinals), lambda: _documents(reader.segment.reader(field).span(ordinals)))
    there = member(having, candidates, reader.count)
    concerned = np.logical_or.reduceat(there, starts[:-1]).nonzero()[0]
    if len(concerned) <= FEW:
        return _joined(reader, field, concerned + ordinals.start, candidates)
    rows = there.nonzero()[0]
    offsets, positions = reader.kept(("span positions", field, ordinals), lambda: reader.segment.reader(field).span(ordinals).positions)
    firsts = offsets.take(rows)
    counts = offsets.take(rows + 1) - firsts
    return placed(having.take(rows), counts, positions.take(gather(firsts, counts)), reader.count)


def _documents(span: Span) -> tuple[Array, Array]:
    return span.starts, span.documents


def _joined(reader: Reader, field: str, ordinals: Array, candidates: Array) -> Array:
    parts = [places_of_term(reader, field, reader.postings(field, ordinal), candidates) for ordinal in ordinals.tolist()]
    return np.concatenate(alike(parts, reader.count, 0)) if parts else EMPTY

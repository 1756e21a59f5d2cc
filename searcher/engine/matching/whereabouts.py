"""Where do terms stand in some documents? Positions are read of all that have a term, or of those documents alone where they are few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.arrays.docsets import Array, distinct, located, member
from searcher.engine.arrays.places import alike, summed
from searcher.engine.arrays.ragged import gather, joined, starts_of
from searcher.engine.reading.expansion import Ordinals
from searcher.engine.segment.field_spans import Span
from searcher.engine.segment.postings import Postings

if TYPE_CHECKING:
    from searcher.engine.reading.reader import Reader

FEW = 64
"""The positions of so many adjacent terms are read one by one; of more, all at once."""

MANY, MOST = 6, 4096
"""Of a term in more than `MOST` documents, and `MANY` times as many as there are candidates, only the candidates' positions are read."""


def places_of(reader: Reader, field: str, ordinals: Sequence[Ordinals], candidates: Array) -> Array:
    """Where some terms of each segment stand, as places: all those in the candidates, and perhaps others."""
    found = list[Array]()
    for number, own in reader.segments.apart(candidates):
        of_segment = ordinals[number]
        if isinstance(of_segment, range):
            found += _places_of_range(reader, field, number, of_segment, own)
        else:
            found += _one_by_one(reader, field, number, of_segment, candidates)
    return joined(alike(found, reader.count, 0))


def places_of_term(reader: Reader, field: str, postings: Postings, candidates: Array) -> Array:
    """Where one term stands, as places, ascending and each once: all those in the candidates, and perhaps others."""
    if postings.count <= max(MOST, len(candidates) * MANY):
        return reader.places(field, postings)
    places = places_of_terms(reader, field, [postings], candidates)[0]
    return places if (places[1:] != places[:-1]).all() else distinct(places)


def places_of_terms(reader: Reader, field: str, terms: Sequence[Postings], candidates: Array) -> tuple[Array, Array]:
    """Where some terms stand in the candidates, as places, segment by segment; and of each place, which of the terms stands there."""
    found, owners = list[Array](), list[Array]()
    for number, own in reader.segments.apart(candidates):
        parts = [(term, part, _rows(part, own)) for term, postings in enumerate(terms) if (part := postings.part(number)) is not None]
        if not parts:
            continue
        places, counts = reader.some_places(field, number, [(part, rows) for _, part, rows in parts])
        found.append(places)
        owners.append(np.array([term for term, _, _ in parts]).repeat([len(rows) for _, _, rows in parts]).repeat(counts))
    return joined(alike(found, reader.count, 0)), joined(owners)


def _rows(postings: Postings, candidates: Array) -> Array:
    """The rows of postings that some documents have."""
    rows, there = located(candidates, postings.having)
    return rows.compress(there)


def _places_of_range(reader: Reader, field: str, number: int, ordinals: range, candidates: Array) -> list[Array]:
    """Where adjacent terms of a segment stand, as arrays of places; `candidates` are documents of it.

    What is read of a span is kept: a number is written in several ways, and 条 stands behind each of them.
    """
    if not ordinals:
        return []
    terms, documents = reader.segments.parts[number].reader(field), reader.segments.parts[number].count
    starts, having = reader.kept(("span", field, number, ordinals), lambda: _documents(terms.span(ordinals)))
    there = member(having, candidates, documents)
    concerned = np.logical_or.reduceat(there, starts[:-1]).nonzero()[0]
    if len(concerned) <= FEW:
        return _one_by_one(reader, field, number, concerned + ordinals.start, reader.segments.through(number, candidates))
    rows = there.nonzero()[0]
    offsets, distances = reader.kept(("span distances", field, number, ordinals), lambda: terms.span(ordinals).distances)
    firsts = offsets.take(rows)
    counts = offsets.take(rows + 1) - firsts
    having = reader.segments.through(number, having.take(rows))
    return [summed(having, starts_of(counts), distances.take(gather(firsts, counts)), reader.count)]


def _documents(span: Span) -> tuple[Array, Array]:
    return span.starts, span.documents


def _one_by_one(reader: Reader, field: str, number: int, ordinals: Array, candidates: Array) -> list[Array]:
    """Where some terms of a segment stand, an array of places for each."""
    return [places_of_term(reader, field, reader.postings(field, number, ordinal), candidates) for ordinal in ordinals.tolist()]

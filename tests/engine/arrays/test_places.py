"""Places are a document and a position in it, whichever way they are added up."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.engine.arrays.places import alike, documents_of, positions_of, summed
from searcher.engine.arrays.ragged import starts_of

row = st.tuples(st.integers(0, 30), st.lists(st.integers(1, 9), max_size=16))
rows = st.dictionaries(st.integers(0, 99), row, max_size=8).map(lambda rows: dict(sorted(rows.items())))


@example({3: (0, [1] * 40), 4: (0, []), 5: (7, [2] * 40)}, 100)
@given(rows, st.sampled_from((100, 1 << 20, 1 << 30)))
def test_distances_are_added_up(rows: dict[int, tuple[int, list[int]]], count: int) -> None:
    """In a segment of so many documents: narrow places where there is room for them, and rows of few places and of many."""
    distances = [distance for first, others in rows.values() for distance in (first, *others)]
    counts = np.array([1 + len(others) for _, others in rows.values()], np.int64)
    places = summed(np.array([*rows], np.uint32), starts_of(counts), np.array(distances, np.uint8), count)
    expected = [(document, first + sum(others[:number])) for document, (first, others) in rows.items() for number in range(len(others) + 1)]
    assert list(zip(documents_of(places, count).tolist(), positions_of(places, count).tolist(), strict=True)) == expected


edges = st.integers(0, 31).flatmap(lambda bits: st.integers(max(0, 2**bits - 3), 2**bits + 3))


@settings(max_examples=200)
@given(st.one_of(st.integers(1, 40), st.integers(1, 2**30 - 1)), st.lists(edges, min_size=1, max_size=5).map(sorted), edges)
def test_a_place_moved_within_reach_stays_in_its_document(count: int, positions: list[int], reach: int) -> None:
    """Whatever is added to it: else it would be a place in the next document."""
    documents = np.array(sorted({0, count // 2, count - 1}), np.uint32)
    counts = np.full(len(documents), len(positions))
    distances = np.diff(np.array(positions, np.uint32), prepend=np.uint32(0))
    made = summed(documents, starts_of(counts), np.tile(distances, len(documents)), count)
    [moved] = alike([made], count, reach)
    moved = moved + moved.dtype.type(reach)
    assert documents_of(moved, count).tolist() == documents.repeat(counts).tolist()
    assert positions_of(moved, count).tolist() == [position + reach for _ in documents for position in positions]

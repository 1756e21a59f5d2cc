"""Runs, gaps and slop: the same as trying every choice of positions finds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from searcher.engine.arrays.docsets import Array
from searcher.engine.arrays.places import alike, documents_of, positions_of
from searcher.engine.arrays.ragged import I64, U32
from searcher.engine.matching import chains, leaves, phrases, whereabouts
from searcher.engine.nodes import Leaf, Prefix, Run, Term
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.reader import Reader
from searcher.engine.record import Record, Terms
from searcher.engine.segment.postings import Postings
from tests.engine import oracle
from tests.engine.making import placed, record
from tests.engine.matching.test_trees import thresholds
from tests.engine.memory_segment import MemoryField, MemorySegment

_NONE: U32 = np.zeros(0, np.uint32)


def _reader(records: list[Record]) -> Reader:
    return Reader((MemorySegment(records),), Cache(1 << 20))


@settings(max_examples=200)
@given(oracle.records(most=6), oracle.runs(st.just(0)), st.booleans())
def test_runs_stand_where_a_scan_finds_them(records: list[Record], run: Run, dense: bool) -> None:
    with thresholds(dense):
        reader = _reader(records)
        for field in run.fields:
            spans = [sorted(set(oracle.run_spans(record, run, field))) for record in records]
            postings = leaves.postings(reader, run, field)
            found, frequencies = postings.having, postings.frequencies
            assert dict(zip(found.tolist(), frequencies.tolist(), strict=True)) == {i: len(each) for i, each in enumerate(spans) if each}
            for document, each in enumerate(spans):
                assert leaves.occurrences(reader, document, run, field) == [(first, last - first + 1) for first, last in each]


@given(oracle.records(most=6), oracle.leaves, st.lists(st.integers(1, 40), unique=True), st.sampled_from(oracle.FIELDS))
def test_the_blocks_of_a_text_in_which_a_leaf_stands_are_those_of_all_its_occurrences(
    records: list[Record], leaf: Leaf, cuts: list[int], field: str
) -> None:
    reader, blocks = _reader(records), [0, *sorted(cuts)]

    def blocks_of(first: int, last: int) -> tuple[int, int]:
        return bisect_right(blocks, first), bisect_right(blocks, last)

    for document in range(len(records)):
        every = [blocks_of(first, first + spanned) for first, spanned in leaves.occurrences(reader, document, leaf, field)]
        found = [blocks_of(*span) for span in leaves.spans_by_block(reader, document, leaf, field, blocks)]
        assert list(dict.fromkeys(found)) == list(dict.fromkeys(every))
        assert all(one != other for one, other in pairwise(found))


@given(
    st.lists(st.text("aab", max_size=30), min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from("aaab"), st.integers(1, 3)), min_size=2, max_size=12),
)
def test_a_run_of_few_terms_stands_where_a_scan_finds_it(texts: list[str], steps: list[tuple[str, int]]) -> None:
    """Equal steps, unequal ones, and another term among them."""
    run = Run(("grams",), tuple(term for term, _ in steps), tuple(accumulate(step for _, step in steps)))
    apart = [(term, offset - run.offsets[0]) for term, offset in zip(run.terms, run.offsets, strict=True)]
    reader = _reader([record(str(number), text) for number, text in enumerate(texts)])
    for document, text in enumerate(texts):
        starts = [at for at in range(len(text) - apart[-1][1]) if all(text[at + offset] == term for term, offset in apart)]
        assert leaves.occurrences(reader, document, run, "grams") == [(at, apart[-1][1] + 1) for at in starts]


@settings(max_examples=300)
@given(oracle.records(most=6), oracle.runs(st.integers(1, 6)))
def test_sloppy_runs_stand_where_a_scan_finds_them(records: list[Record], run: Run) -> None:
    reader = _reader(records)
    if len(run.terms) == 1:
        return
    for field in run.fields:
        spans = [set(oracle.run_spans(record, run, field)) for record in records]
        postings = leaves.postings(reader, run, field)
        found, frequencies = postings.having, postings.frequencies
        counts = dict(zip(found.tolist(), frequencies.tolist(), strict=True))
        assert set(counts) == {i for i, each in enumerate(spans) if each}
        for document, each in enumerate(spans):
            occurrences = leaves.occurrences(reader, document, run, field)
            assert len(occurrences) == counts.get(document, 0)
            assert {(first, first + span - 1) for first, span in occurrences} <= each
            assert all(first + span <= following for (first, span), (following, _) in pairwise(occurrences))


@example([], [1], 3)
@example([(0, 0), (0, 3), (1, 1), (1, 2)], [2], 3)  # 3 and 1 are no chain: they are of two documents
@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40)), unique=True),
    st.lists(st.one_of(st.just(2), st.integers(1, 4)), max_size=8),
    st.sampled_from((3, 1 << 27)),
)
def test_behind_all_is_what_lies_at_every_distance_behind_a_place(standing: list[tuple[int, int]], steps: list[int], count: int) -> None:
    """Places are narrow in a segment of few documents, and wide in one of very many."""
    distances = [*accumulate(steps, initial=0)][::-1]
    documents, positions = (np.array(column, np.uint32) for column in zip(*sorted(standing), strict=True)) if standing else (_NONE, _NONE)
    [places] = alike([placed(documents, np.ones(len(documents), np.int64), positions, count)], count, distances[0])
    found = chains.behind_all(places, distances, count)
    assert found.dtype == places.dtype
    there = {(document, position + distances[0]) for document, position in standing}
    expected = sorted((one, at) for one, at in there if {(one, at - distance) for distance in distances} <= set(standing))
    assert list(zip(documents_of(found, count).tolist(), positions_of(found, count).tolist(), strict=True)) == expected


@given(
    st.lists(st.tuples(st.sampled_from(("a", "b", "bc")), st.integers(0, 6)), min_size=1, max_size=12),
    st.booleans(),
    st.sampled_from((0, 1)),
)
def test_what_stands_several_times_at_a_position_stands_there_once(standing: list[tuple[str, int]], open_end: bool, slop: int) -> None:
    """So do several terms that start alike, as synonyms at one position may."""
    standing.sort(key=lambda one: one[1])
    reader = _reader([Record("1", {"text": Terms([term for term, _ in standing], [at for _, at in standing])})])
    there = set(standing) | {("b", at) for term, at in standing if open_end and term == "bc"}
    starts = [at for at in range(8) if ("a", at) in there and ("b", at + 1) in there]
    found = leaves.occurrences(reader, 0, Run(("text",), ("a", "b"), (0, 1), open_end, slop), "text")
    if slop:
        assert len(set(found)) == len(found) and (len(found) > 0) >= (len(starts) > 0)
    else:
        assert found == [(at, 2) for at in starts]
        assert leaves.postings(reader, Run(("text",), ("a", "b"), (0, 1), open_end), "text").frequencies.tolist() == (
            [len(starts)] * bool(starts)
        )


TEXT = "a b c a x b b a".split()


@pytest.mark.parametrize(
    ("terms", "offsets", "slop", "ordered", "expected"),
    [
        (("a", "b"), (0, 1), 0, True, [(0, 2)]),
        (("a", "b"), (0, 2), 0, True, [(3, 3)]),  # a gap
        (("a", "b"), (5, 6), 0, True, [(0, 2)]),  # offsets count from the first
        (("a", "b"), (0, 1), 1, True, [(0, 2), (3, 3)]),
        (("b", "a"), (0, 1), 1, False, [(0, 2), (1, 3), (6, 2)]),
        (("b", "b"), (0, 1), 0, True, [(5, 2)]),
        (("a", "a"), (0, 1), 2, False, [(0, 4)]),  # one a is not two
        (("c",), (0,), 9, False, [(2, 1)]),
        (("x", "nowhere"), (0, 1), 9, False, []),
    ],
)
def test_runs_of_a_text(
    terms: tuple[str, ...], offsets: tuple[int, ...], slop: int, ordered: bool, expected: list[tuple[int, int]]
) -> None:
    run = Run(("text",), terms, offsets, slop=slop, ordered=ordered)
    reader = _reader([Record("1", {"text": Terms(TEXT, range(len(TEXT)))})])
    found = leaves.occurrences(reader, 0, run, "text")
    if slop and len(terms) > 1:
        assert bool(found) == bool(expected)
        assert set(found) <= set(expected) | {(1, 3), (3, 3), (0, 2), (6, 2)}
    else:
        assert found == expected


def test_a_run_of_one_term_is_that_term_or_prefix() -> None:
    assert leaves.simplest(Run(("text",), ("ab",), (7,))) == Term(("text",), "ab")
    assert leaves.simplest(Run(("text",), ("中",), (0,), open_end=True)) == Prefix(("text",), "中")


def test_a_field_without_positions_has_no_runs() -> None:
    reader = _reader([Record("1", {"text": Terms(("a", "b"))})])
    run = Run(("text",), ("a", "b"), (0, 1))
    assert leaves.documents(reader, run).tolist() == []
    assert leaves.occurrences(reader, 0, run, "text") == []
    assert leaves.occurrences(reader, 0, Term(("text",), "a"), "text") == []


def test_many_overlapping_occurrences_are_counted_apart() -> None:
    reader = _reader([Record("1", {"text": Terms(["a", "b"] * 500, range(1000))})])
    frequencies = phrases.Search(reader, "text", Run(("text",), ("a", "b"), (0, 1), slop=3, ordered=False)).postings().frequencies
    assert frequencies.tolist() == [500]


@pytest.mark.parametrize(("terms", "offsets"), [((), ()), (("a",), (0, 1)), (("a", "b"), (1, 1)), (("a", "b"), (2, 1))])
def test_a_run_needs_ascending_offsets(terms: tuple[str, ...], offsets: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="offset"):
        Run(("text",), terms, offsets)


class _Counting(MemoryField):
    """Says of which terms documents and positions were read."""

    def __init__(self, field: MemoryField) -> None:
        super().__init__(field.inverted, field.documents)
        self.read: list[str] = []
        self.placed: list[str] = []

    def postings(self, ordinal: int) -> Postings:
        found = super().postings(ordinal)
        return Postings(found.count, lambda: self._having(found), lambda: found.frequencies, ordinal=ordinal)

    def some_distances(self, terms: Sequence[tuple[Postings, NDArray[np.integer]]]) -> tuple[I64, U32]:
        self.placed += [self.text(postings.ordinal) for postings, _ in terms]
        return super().some_distances(terms)

    def _having(self, postings: Postings) -> Array:
        self.read.append(self.text(postings.ordinal))
        return postings.having


@pytest.mark.parametrize(
    ("texts", "read", "placed"),
    [
        (("a x c", "c b x", "c x", "x c"), ["a", "b"], []),  # no document has both of the rarest
        (("a c b", "c a x", "b x c", "x c"), ["a", "b", "c"], ["a", "b"]),  # one has them, but not where they should be
        (("a b c", "c a x", "b x c", "x c"), ["a", "b", "c"], ["a", "b", "c"]),
    ],
)
def test_of_a_run_the_rarest_terms_are_read_first_and_the_others_only_where_these_meet(
    texts: Sequence[str], read: list[str], placed: list[str]
) -> None:
    segment = MemorySegment([Record(str(n), {"text": Terms(text.split(), range(len(text.split())))}) for n, text in enumerate(texts)])
    field = _Counting(segment.reader("text"))
    segment.readers["text"] = field
    reader = Reader((segment,), Cache(1 << 20))
    with patch.object(whereabouts, "MANY", 0), patch.object(whereabouts, "MOST", 0):
        postings = phrases.Search(reader, "text", Run(("text",), ("a", "b", "c"), (0, 1, 2))).postings()
    assert postings.having.tolist() == [number for number, text in enumerate(texts) if "a b c" in text]
    assert (field.read, field.placed) == (read, placed)


def test_a_prefix_at_the_end_is_read_only_where_the_terms_before_it_stand() -> None:
    read: list[range] = []
    reader = _reader([Record(str(n), {"text": Terms(text.split(), range(len(text.split())))}) for n, text in enumerate(("a b c", "b a c"))])
    with patch.object(phrases, "places_of", side_effect=lambda reader, field, ordinals, candidates: read.append(ordinals)):
        assert not len(phrases.Search(reader, "text", Run(("text",), ("a", "a", ""), (0, 1, 2), open_end=True)).postings().having)
    assert not read
    found = phrases.Search(reader, "text", Run(("text",), ("a", "b", ""), (0, 1, 2), open_end=True)).postings().having
    assert found.tolist() == [0]

"""Several segments are read as one: the same as if all of their documents lay in one."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.ranking import scoring
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.reader import Reader
from searcher.engine.reading.segments import Segments
from searcher.engine.record import Record, Terms
from searcher.engine.segment import postings
from tests.engine import oracle
from tests.engine.memory_segment import MemorySegment

cuts = st.lists(st.integers(0, 12), max_size=3)


@given(oracle.records(), cuts, st.lists(st.integers(0, 11), unique=True))
def test_documents_are_numbered_through(records: list[Record], cuts: list[int], wanted: list[int]) -> None:
    parts = oracle.segments_of(records, cuts, [False] * len(records))
    segments = Segments(parts)
    at = [segments.at(document) for document in range(segments.count)]
    assert at == [(number, document) for number, part in enumerate(parts) for document in range(part.count)]
    documents = np.array(sorted(document for document in wanted if document < segments.count), np.uint32)
    apart = list(segments.apart(documents))
    assert [(number, document) for number, own in apart for document in own.tolist()] == [at[document] for document in documents.tolist()]
    assert [document for number, own in apart for document in segments.through(number, own).tolist()] == documents.tolist()


@given(oracle.records(), cuts, st.lists(st.booleans(), min_size=12, max_size=12))
def test_what_segments_say_of_their_documents(records: list[Record], cuts: list[int], deleted: list[bool]) -> None:
    several, one = (Segments(oracle.segments_of(records, some, deleted[: len(records)])) for some in (cuts, ()))
    every = np.arange(len(records), dtype=np.uint32)
    assert (several.count, several.fields) == (one.count, one.fields)
    assert (several.alive is None) == (one.alive is None)
    assert several.alive is None or several.alive.tolist() == one.alive.tolist()  # type: ignore[union-attr]
    assert several.column("day").tolist() == one.column("day").tolist()
    for field in (*oracle.FIELDS, "none"):
        assert several.total_length(field) == one.total_length(field)
        assert several.lengths(field).tolist() == one.lengths(field).tolist()
        assert several.lengths_of(field, every[::2]).tolist() == one.lengths_of(field, every[::2]).tolist()
        assert several.has_positions(field) == one.has_positions(field)


@settings(max_examples=150)
@given(oracle.records(), cuts, st.booleans())
def test_the_postings_of_a_term_are_those_of_all_segments(records: list[Record], cuts: list[int], dense: bool) -> None:
    several, one = _readers(records, cuts)
    with patch.object(postings, "is_spread", lambda rows, documents: dense):
        for field in oracle.FIELDS:
            for word in oracle.WORDS:
                found, expected = several.term(field, word), one.term(field, word)
                assert (found.count, found.having.tolist()) == (expected.count, expected.having.tolist())
                assert found.frequencies.tolist() == expected.frequencies.tolist()
                if found.spread is not None:
                    assert found.spread.compress(found.documents).tolist() == found.frequencies.tolist()
                if found.count and several.segments.has_positions(field):
                    assert several.places(field, found).tolist() == one.places(field, expected).tolist()


@given(oracle.records(), cuts, st.lists(st.integers(0, 11), max_size=12))
def test_numbers_of_some_documents_come_in_their_order(records: list[Record], cuts: list[int], wanted: list[int]) -> None:
    several, one = _readers(records, cuts)
    documents = np.array([document for document in wanted if document < several.count], np.uint32)
    for column in ("day", "none"):
        expected = one.column(column).take(documents).tolist()
        assert several.numbers(column, documents).tolist() == one.numbers(column, documents).tolist() == expected


def test_a_term_of_many_documents_stays_spread_out_with_those_of_a_small_segment() -> None:
    """So that to be scored it need not be looked up; a term that few have of all is a list, though half of the small segment have it."""
    often, seldom = Terms(("a", "a", "b")), Terms(("b",))
    large, small = MemorySegment([Record(str(n), {"text": often}) for n in range(600)]), MemorySegment([Record("x", {"text": seldom})])
    reader = Reader((large, small), Cache(1 << 20))
    a, b = (reader.term("text", word) for word in "ab")
    spread = [one.spread is not None for one in (large.reader("text").postings(0), large.reader("text").postings(1))]
    assert spread == [True, False]  # the oracle spreads every second list
    assert a.spread is not None
    assert a.spread.tolist() == [2] * 600 + [0]
    assert b.having.tolist() == list(range(601))


def test_what_stands_in_one_segment_alone_is_no_other_term_there() -> None:
    """Numbers of terms mean something in their segment only."""
    texts = (("b", "c"), ("a", "b"), ("b",))
    reader = Reader([MemorySegment([Record("0", {"text": Terms(text, range(len(text)))})]) for text in texts], Cache(1 << 20))
    everywhere, alone = reader.term("text", "b"), reader.postings("text", 0, 0)
    assert everywhere.term != alone.term
    assert [len(reader.places("text", one)) for one in (alone, everywhere)] == [1, 3]


@given(oracle.records(), cuts, st.sampled_from((0, 10**6)))
def test_norms_are_those_of_all_documents(records: list[Record], cuts: list[int], table: int) -> None:
    several, one = _readers(records, cuts)
    every = np.arange(len(records), dtype=np.uint32)
    with patch.object(scoring, "TABLE", table):
        norms, expected = (scoring.Norms(reader.segments, "text", 0.75, 3.0) for reader in (several, one))
        assert norms.take(every).tolist() == expected.take(every).tolist()


def _readers(records: Sequence[Record], cuts: Sequence[int]) -> list[Reader]:
    return [Reader(oracle.segments_of(records, some, [False] * len(records)), Cache(1 << 20)) for some in (cuts, ())]

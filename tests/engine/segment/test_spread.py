"""Lists that many documents have are kept spread out: they come back as they were, and answer as packed ones do."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.files.short_lists import Unpackable
from searcher.engine.nodes import AllOf, AnyOf, Keyword, Node, Not, Run, Term
from searcher.engine.ranking.evaluator import Found
from searcher.engine.record import Record, Terms
from searcher.engine.request import Alternative, Feature, FieldWeight, Ranking, Request
from searcher.engine.segment.field import FieldFile
from searcher.engine.segment.field_reader import FieldReader
from searcher.engine.segment.file import FileSegment
from searcher.engine.segment.spread import by_document, spread_out
from searcher.engine.writing import field as field_writing
from searcher.errors import IndexDamaged
from tests.engine.evaluating import Evaluator
from tests.engine.making import content, written
from tests.engine.memory_segment import MemorySegment

frequencies = st.one_of(st.integers(1, 20), st.integers(1, 300), st.integers(1, 2**32 - 1))


@settings(max_examples=150)
@given(st.integers(0, 40).flatmap(lambda more: st.tuples(st.just(more), st.dictionaries(st.integers(0, 30), frequencies, min_size=1))))
def test_a_list_comes_back(case: tuple[int, dict[int, int]]) -> None:
    more, held = case
    documents = max(held) + 1 + more
    ids = np.array(sorted(held), np.uint32)
    data = spread_out(ids, np.array([held[number] for number in sorted(held)], np.uint32), documents)
    assert by_document(data, documents).tolist() == [held.get(number, 0) for number in range(documents)]


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda data: data[:0], Unpackable),
        (lambda data: data[:40], Unpackable),
        (lambda data: data[:-1], Unpackable),
        (lambda data: np.append(data, data[:1]), Unpackable),
        (lambda data: np.append(np.uint8(3), data[1:]), Unpackable),
        (lambda data: np.concatenate((data[:51], np.full(4, 255, np.uint8), data[55:])), IndexError),
    ],
)
def test_bytes_of_no_list_are_refused(spoil: Callable[[np.ndarray], np.ndarray], error: type[Exception]) -> None:
    data = spread_out(np.arange(100, dtype=np.uint32), np.full(100, 50, np.uint32), 100)
    with pytest.raises(error):
        by_document(spoil(data), 100)


WORDS = "abcdefgh"


def _records(count: int) -> list[Record]:
    """Documents that have `a` nearly always, `h` seldom, some often."""
    chance = random.Random(3)
    records = []
    for number in range(count):
        words = [
            word
            for place, word in enumerate(WORDS)
            for _ in range(chance.choice((0, 1, 1, 2, 5, 300)) if chance.random() > place / 8 else 0)
        ]
        chance.shuffle(words)
        records.append(Record(str(number), {"text": Terms(words, range(len(words)))}, ("all", "even")[: 2 - number % 2]))
    return records


@pytest.fixture(scope="module")
def segments(tmp_path_factory: pytest.TempPathFactory) -> tuple[FileSegment, FileSegment, MemorySegment]:
    """The same documents with lists spread out; with all of them packed; and in memory."""
    folder, records = tmp_path_factory.mktemp("spread"), _records(700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(field_writing, "are_spread", lambda terms, rows, documents: np.zeros(len(rows), np.bool_))
        packed = written(folder / "packed", records)
    for number, field in enumerate(packed.fields):
        packed._readers[field] = FieldReader(FieldFile(packed.file, str(number), packed.count, spread=False))
    return written(folder / "spread", records), packed, MemorySegment(records)


def test_the_content_is_the_same(segments: tuple[FileSegment, FileSegment, MemorySegment]) -> None:
    spread, packed, memory = segments
    assert content(spread) == content(packed) == content(memory)
    every = spread.term_range("text", "", None)
    assert [spread.reader("text").postings(ordinal).spread is not None for ordinal in every] == [True] * 5 + [False] * 3
    assert not any(packed.reader("text").postings(ordinal).spread is not None for ordinal in every)
    assert spread.reader("keyword").postings(0).spread is not None


terms = st.sampled_from(WORDS).map(lambda word: Term(("text",), word))
leaves = st.one_of(terms, st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(lambda pair: Run(("text",), pair, (0, 1))))
nodes = st.recursive(
    st.one_of(leaves, st.just(Keyword("even"))),
    lambda children: st.one_of(
        st.lists(children, min_size=1, max_size=4).map(lambda found: AllOf(tuple(found))),
        st.lists(children, min_size=1, max_size=3).map(lambda found: AnyOf(tuple(found))),
        children.map(Not),
    ),
    max_leaves=5,
)


@settings(max_examples=60)
@given(nodes, st.lists(leaves, max_size=3), st.integers(1, 30), st.booleans())
def test_answers_are_the_same(
    segments: tuple[FileSegment, FileSegment, MemorySegment], match: Node, scored: list[Term | Run], limit: int, some_deleted: bool
) -> None:
    request = Request(match, tuple(Feature((Alternative(leaf),)) for leaf in scored), ranking=Ranking())
    deleted = np.arange(700) % 5 == 0 if some_deleted else None
    spread, packed = (Evaluator((one.with_deletions(deleted),)) for one in segments[:2])
    total, found, _ = spread.search(request, None)
    as_packed = packed.search(request, None)
    assert total == as_packed[0]
    assert _scores(found) == pytest.approx(_scores(as_packed[1]), rel=1e-5)  # sums are added up in another order
    assert spread.search(request, limit) == (total, found[:limit], ())


def _scores(found: list[Found]) -> dict[int, float]:
    return {document: score for _, document, score, _ in found}


@settings(max_examples=40)
@given(
    terms,
    st.integers(1, 30),
    st.sampled_from((1e-6, 0.001, 1.2, 1e6)),
    st.sampled_from((0.0, 0.75, 1.0)),
    st.integers(0, 2),
    st.integers(0, 700),
)
def test_the_best_of_one_term_are_the_first_of_all(
    segments: tuple[FileSegment, FileSegment, MemorySegment], term: Term, limit: int, k1: float, b: float, weight: int, offset: int
) -> None:
    """Only those are scored that can be among the best; where scores are rounded to the same, the first."""
    request = Request(term, (Feature((Alternative(term, 0.5),), weight),), ranking=Ranking(k1, {"text": FieldWeight(3, b)}))
    for one in segments:
        evaluator = Evaluator((one,))
        total, found, _ = evaluator.search(request, None)
        assert evaluator.search(request, limit, offset) == (total, found[offset : offset + limit], ())
        assert [(-score, document) for _, document, score, _ in found] == sorted((-score, document) for _, document, score, _ in found)


def test_the_best_of_a_term_in_every_eighth_document_have_it(tmp_path: Path) -> None:
    """Documents are compared in groups by their number: here most groups have none with the term."""
    segment = written(tmp_path / "s", [Record(str(number), {"text": Terms(["a"] if number % 8 == 0 else ["b"])}) for number in range(2100)])
    assert segment.reader("text").postings(0).spread is not None
    term = Term(("text",), "a")
    _, found, _ = Evaluator((segment,)).search(Request(term, (Feature((Alternative(term),)),)), 70)
    assert [document for _, document, _, _ in found] == list(range(0, 560, 8))


@pytest.mark.parametrize("documents", [2399, 2400, 2401])
def test_who_reads_and_who_writes_agree_on_what_is_spread(tmp_path: Path, documents: int) -> None:
    """A list of one in eight documents, and next to it."""
    having = [*range(0, 600, 2)]
    segment = written(
        tmp_path / "s", [Record(str(number), {"text": Terms(["a"] if number in having else ["b"])}) for number in range(documents)]
    )
    reader = segment.reader("text")
    assert (reader.postings(0).spread is not None) == (8 * len(having) >= documents)
    assert reader.postings(0).having.tolist() == reader.span(range(1)).documents.tolist() == having


@pytest.mark.parametrize("size", [0, 100, 300])
def test_a_spread_list_that_is_not_right_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Its checksum is right, as that of a stranger's file may be."""
    monkeypatch.setattr(field_writing, "spread_out", lambda ids, frequencies, documents: np.zeros(size, np.uint8))
    segment = written(tmp_path / "s", [Record(str(number), {"text": Terms(["a"])}) for number in range(700)])
    with pytest.raises(IndexDamaged, match="is damaged"):
        content(segment)


def test_an_id_that_is_written_again_and_again_is_found(tmp_path: Path) -> None:
    """Ids are looked up without numpy, which knows no spread lists."""
    segment = written(tmp_path / "s", [Record("x", {"text": Terms([str(number)])}) for number in range(300)])
    postings = segment.reader("id").postings(0)
    assert (segment.find("x"), postings.count, postings.spread) == (299, 300, None)

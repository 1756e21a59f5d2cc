"""What stands together counts: against stretches worked out place by place."""

from __future__ import annotations

import math
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import Every, Leaf, Prefix, Run, Term
from searcher.engine.ranking import nearness, scoring
from searcher.engine.record import Record, Terms
from searcher.engine.request import Alternative, Clue, Feature, Nearness, Request
from tests.engine import oracle
from tests.engine.evaluating import Evaluator
from tests.engine.memory_segment import MemorySegment

FIELD = "text"
clued = st.one_of(
    st.builds(Term, oracle.fields, oracle.words),
    st.builds(Prefix, oracle.fields, st.sampled_from(("a", "中"))),
    oracle.runs(st.just(0)),
)


def _starts(record: Record, leaf: Leaf) -> list[int]:
    """Where a leaf stands: of a run, where it ends."""
    if FIELD not in leaf.fields:
        return []
    if isinstance(leaf, Run):
        return [last for _, last in oracle.run_spans(record, leaf, FIELD)]
    terms = record.fields.get(FIELD, Terms((), ()))
    assert terms.positions is not None
    return [position for text, position in zip(terms.texts, terms.positions, strict=True) if oracle.is_meant(leaf, text)]


def _expected(records: list[Record], record: Record, request: Request) -> float:
    nearness = request.nearness
    assert nearness is not None
    total: float = len(records)
    half = nearness.length // 2
    having: list[float] = [sum(_has(other, request.features[clue.feature]) for other in records) for clue in nearness.clues]
    positions = sum(len(other.fields[FIELD].texts) for other in records if FIELD in other.fields)
    of_all = 1.0
    if nearness.passage is not None and positions / total > nearness.passage:
        of_all = nearness.in_passages
        total = positions / nearness.passage
        occurring = [sum(_occurrences(other, request.features[clue.feature]) for other in records) for clue in nearness.clues]
        having = [max(count, total * (1 - math.exp(-times / total))) for count, times in zip(having, occurring, strict=True)]
    rarities = [of_all * math.log(1 + (total - count + 0.5) / (count + 0.5)) for count in having]
    mean = sum(rarities) / len(rarities)
    best = 0.0
    for first in range(0, 100, half):
        worth = 0.0
        for clue, rarity in zip(nearness.clues, rarities, strict=True):
            there = {place for leaf in clue.leaves for place in _starts(record, leaf)}
            if any(first <= place < first + 2 * half for place in there):
                worth += (1 - nearness.even) * rarity + nearness.even * mean
        best = max(best, worth)
    return nearness.weight * best


def _has(record: Record, feature: Feature) -> bool:
    return _occurrences(record, feature) > 0


def _occurrences(record: Record, feature: Feature) -> int:
    return sum(oracle.frequency(record, one.leaf, field) for one in feature.alternatives for field in one.leaf.fields)


@pytest.mark.parametrize("crowded", [0, nearness.CROWDED])
@settings(max_examples=100)
@given(
    oracle.records(least=3),
    st.lists(clued, min_size=1, max_size=4),
    st.sampled_from((2, 4, 7)),
    st.integers(1, 12),
    st.lists(st.integers(0, 12), max_size=2),
    st.sampled_from((0.0, 0.75, 1.0)),
    st.sampled_from((None, 1, 3)),
    st.data(),
)
def test_the_first_documents_gain_what_stands_together_in_their_best_stretch(
    crowded: int,
    records: list[Record],
    leaves: list[Leaf],
    length: int,
    depth: int,
    cuts: list[int],
    even: float,
    passage: int | None,
    data: st.DataObject,
) -> None:
    clues = tuple(Clue(number, (leaf,)) for number, leaf in enumerate(leaves))
    with patch.object(nearness, "CROWDED", crowded), patch.object(scoring, "BOOK", 1):
        _gains_what_stands_together(records, Nearness(FIELD, clues, 0.5, length, depth, passage, 0.7, even=even), cuts, data)


def _gains_what_stands_together(records: list[Record], nearness: Nearness, cuts: list[int], data: st.DataObject) -> None:
    leaves, depth = [leaf for clue in nearness.clues for leaf in clue.leaves], nearness.depth
    features = tuple(Feature((Alternative(leaf),)) for leaf in leaves)
    evaluator = Evaluator(oracle.segments_of(records, cuts, [False] * len(records)))
    plain = Request(Every(), features)
    request = Request(Every(), features, nearness=nearness)
    before, after = evaluator.search(plain, None)[1], evaluator.search(request, None)[1]
    asked = {found[:2] for found in before[:depth]}
    assert {found[:2] for found in after[:depth]} == asked, "the first ones stay the first ones"
    scores = {found[:2]: found[2] for found in before}
    segments = oracle.segments_of(records, cuts, [False] * len(records))
    for number, document, score, _ in after:
        place = number, document
        gained = _expected(records, segments[number].records[document], request) if place in asked else 0.0
        assert score == pytest.approx(scores[place] + gained, rel=1e-4, abs=1e-5)
        stretch = evaluator.explain(number, document, request).stretch
        assert (stretch is not None) == (place in asked)
        assert stretch is None or stretch.score == pytest.approx(gained, rel=1e-4, abs=1e-5)
    assert [score for _, _, score, _ in after] == sorted((score for _, _, score, _ in after), reverse=True)
    limit, offset = data.draw(st.tuples(st.integers(0, 13), st.integers(0, 13)))
    assert evaluator.search(request, limit, offset)[1] == after[offset : offset + limit], "pages fit together"


@settings(max_examples=150)
@given(
    oracle.records(least=3),
    oracle.runs(st.just(0)),
    st.lists(st.integers(0, 12), max_size=2),
    st.integers(0, 3),
    st.sampled_from((0.0, 0.75)),
)
def test_what_has_the_whole_has_all_clues_together(records: list[Record], whole: Run, cuts: list[int], more: int, even: float) -> None:
    """It is not looked into, and is worth what looking would have shown."""
    terms = whole.terms[: len(whole.terms) - whole.open_end]
    leaves: list[Leaf] = [whole, *(Term(whole.fields, text) for text in terms)]
    features = tuple(Feature((Alternative(leaf),)) for leaf in leaves)
    clues = tuple(Clue(number, (leaf,)) for number, leaf in enumerate(leaves))
    span = whole.offsets[-1] - whole.offsets[0]
    evaluator = Evaluator(oracle.segments_of(records, cuts, [False] * len(records)))
    nearness = Nearness(FIELD, clues, 0.5, 2 * (span + more + 1), 5, even=even)
    known, looked = (
        evaluator.search(Request(Every(), features, nearness=replace(nearness, whole=some)), None)[1] for some in (whole, None)
    )
    assert known == [(*place, pytest.approx(score, rel=1e-6), tier) for *place, score, tier in looked]


def test_a_stretch_says_where_it_is_and_what_stands_in_it() -> None:
    texts = ["甲", *"一" * 40, "乙", "甲", *"一" * 40, "丙"]
    segment = MemorySegment([Record("far", {FIELD: Terms(texts, list(range(len(texts))))}), Record("none", {FIELD: Terms(("丁",), (0,))})])
    leaves = [Term((FIELD,), text) for text in "甲乙丙"]
    clues = tuple(Clue(number, (leaf,)) for number, leaf in enumerate(leaves))
    request = Request(Every(), tuple(Feature((Alternative(leaf),)) for leaf in leaves), nearness=Nearness(FIELD, clues, length=10))
    stretch = Evaluator((segment,)).explain(0, 0, request).stretch
    assert stretch is not None
    assert (stretch.first, stretch.features) == (35, (0, 1))


@pytest.mark.parametrize(("length", "is_book"), [(10, False), (11, True)])
def test_where_documents_are_books_rarity_is_that_among_passages(length: int, is_book: bool) -> None:
    """What every book has is worth nothing among books, and something among passages."""
    terms = Terms(["甲", "乙", *"一" * (length - 2)], list(range(length)))
    segment = MemorySegment([Record(str(number), {FIELD: terms}) for number in range(3)])
    leaves = [Term((FIELD,), text) for text in "甲乙"]
    clues = tuple(Clue(number, (leaf,)) for number, leaf in enumerate(leaves))
    features = tuple(Feature((Alternative(leaf),)) for leaf in leaves)
    stretch = Evaluator((segment,)).explain(0, 0, Request(Every(), features, nearness=Nearness(FIELD, clues, 1.0, passage=1))).stretch
    passages, having = (33.0, 33 * (1 - math.exp(-3 / 33))) if is_book else (3.0, 3.0)
    assert stretch is not None
    assert stretch.score == pytest.approx(2 * math.log(1 + (passages - max(3, having) + 0.5) / (max(3, having) + 0.5)))


def test_an_order_by_number_asks_for_no_nearness() -> None:
    leaf = Term((FIELD,), "a")
    request = Request(Every(), (Feature((Alternative(leaf),)),), sort="day", nearness=Nearness(FIELD, (Clue(0, (leaf,)),)))
    assert Evaluator((MemorySegment([Record("0", {FIELD: Terms(("a",), (0,))})]),)).explain(0, 0, request).stretch is None


def test_who_wants_no_document_is_told_how_many_there_are() -> None:
    leaf = Term((FIELD,), "a")
    request = Request(leaf, (Feature((Alternative(leaf),)),), nearness=Nearness(FIELD, (Clue(0, (leaf,)),)))
    evaluator = Evaluator((MemorySegment([Record(str(number), {FIELD: Terms(("a",), (0,))}) for number in range(3)]),))
    assert evaluator.search(request, 0) == (3, [], ())


def test_a_prefix_that_stands_everywhere_is_near_nothing() -> None:
    leaves: list[Leaf] = [Term((FIELD,), "乙"), Prefix((FIELD,), "甲")]
    segment = MemorySegment([Record("0", {FIELD: Terms(("甲子", "乙", "甲丑"), (0, 1, 2))}), Record("1", {FIELD: Terms(("丁",), (0,))})])
    features = tuple(Feature((Alternative(leaf),)) for leaf in leaves)
    request = Request(Every(), features, nearness=Nearness(FIELD, tuple(Clue(n, (leaf,)) for n, leaf in enumerate(leaves))))
    for most, expected in ((2, (0, 1)), (1, (0,))):
        with patch.object(nearness, "EVERYWHERE", most):
            stretch = Evaluator((segment,)).explain(0, 0, request).stretch
        assert stretch is not None and stretch.features == expected

"""Parts of large works come first among what answers alike: against gains worked out document by document."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import Every, Term
from searcher.engine.record import Record
from searcher.engine.request import Alternative, Feature, Request, Works
from tests.engine import oracle
from tests.engine.evaluating import Evaluator

FEATURES = tuple(Feature((Alternative(Term(("text",), word)),)) for word in ("中", "a"))


@settings(max_examples=150)
@given(
    oracle.records(least=2),
    st.lists(st.integers(0, 12), max_size=2),
    st.lists(st.booleans(), min_size=12, max_size=12),
    st.integers(1, 12),
    st.sampled_from(((), (Term(("text",), "a"),))),
)
def test_the_first_documents_gain_what_their_works_are_worth(
    records: list[Record], cuts: list[int], deleted: list[bool], depth: int, tiers: tuple[Term, ...]
) -> None:
    segments = oracle.segments_of(records, cuts, deleted[: len(records)])
    evaluator = Evaluator(segments)
    plain = Request(Every(), FEATURES, tiers)
    request = replace(plain, works=Works("day", 0.25, depth))
    before, after = evaluator.search(plain, None)[1], evaluator.search(request, None)[1]
    there = [record for record, gone in zip(records, deleted, strict=False) if not gone]
    parts = Counter(record.numbers["day"] for record in there if "day" in record.numbers)
    usual = sum(count * math.log(1 + count) for count in parts.values()) / max(1, parts.total())
    in_tiers = [[found for found in before if found[3] == tier] for tier in range(2)]
    firsts = {found[:2]: tier[0][2] for tier in in_tiers for found in tier[:depth]}
    scores = {found[:2]: found[2] for found in before}
    assert scores.keys() == {found[:2] for found in after}
    for number, document, score, _ in after:
        place, work = (number, document), segments[number].records[document].numbers.get("day")
        gained = 0.25 * firsts.get(place, 0.0) * (usual if work is None else math.log(1 + parts[work]))
        assert score == pytest.approx(scores[place] + gained, rel=1e-4, abs=1e-5)
        of_work = evaluator.explain(number, document, request).work
        assert (of_work is None) == (not gained)
        assert of_work is None or (of_work.parts, of_work.score) == (0 if work is None else parts[work], pytest.approx(gained, rel=1e-4))
    order = [(tier, -score) for _, _, score, tier in after]
    assert order == sorted(order)


@given(oracle.records(least=2), st.integers(0, 12), st.integers(1, 4))
def test_where_there_are_no_works_nothing_changes(records: list[Record], cut: int, depth: int) -> None:
    evaluator = Evaluator(oracle.segments_of(records, [cut], [False] * len(records)))
    request = Request(Every(), FEATURES, works=Works("none", 0.25, depth))
    assert evaluator.search(request, None) == evaluator.search(replace(request, works=None), None)
    assert evaluator.explain(0, 0, request).work is None


@given(oracle.records(least=2), st.integers(1, 12), st.integers(1, 12))
def test_a_page_is_a_piece_of_the_whole_order(records: list[Record], depth: int, page: int) -> None:
    evaluator = Evaluator(oracle.segments_of(records, [], [False] * len(records)))
    request = Request(Every(), FEATURES, works=Works("day", 0.25, depth))
    total, whole, _ = evaluator.search(request, None)
    pages = [found for start in range(0, total, page) for found in evaluator.search(request, page, start)[1]]
    assert pages == whole


def test_an_order_by_number_asks_for_no_works() -> None:
    records = [Record(str(number), {}, (), {"day": 1}) for number in range(3)]
    evaluator = Evaluator(oracle.segments_of(records, [], [False] * 3))
    assert evaluator.explain(0, 0, Request(Every(), FEATURES, sort="day", works=Works("day", 0.25))).work is None

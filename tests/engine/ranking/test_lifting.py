"""What is lifted stands high up, and nothing else changes its order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import Every, Term
from searcher.engine.record import Record, Terms
from searcher.engine.request import Alternative, Feature, Lifted, Request
from tests.engine import oracle
from tests.engine.evaluating import Evaluator

FEATURES = tuple(Feature((Alternative(Term(("text",), word)),)) for word in ("中", "a"))
RARE = Term(("text",), "a")
LIFTED = st.builds(Lifted, st.just(RARE), st.integers(0, 4), st.integers(1, 3), st.integers(1, 12))
TIERS = st.sampled_from(((), (Term(("text",), "中"),)))


@settings(max_examples=150)
@given(oracle.records(least=2), st.lists(st.integers(0, 12), max_size=2), LIFTED, TIERS)
def test_the_first_that_match_stand_at_their_places_at_the_latest(
    records: list[Record], cuts: list[int], lifted: Lifted, tiers: tuple[Term, ...]
) -> None:
    evaluator = Evaluator(oracle.segments_of(records, cuts, [False] * len(records)))
    plain = Request(Every(), FEATURES, tiers)
    before = evaluator.search(plain, None)[1]
    after = evaluator.search(replace(plain, lifted=lifted), None)[1]
    having = {found[:2] for found in evaluator.search(Request(RARE), None)[1]}
    chosen = [found for found in before[: lifted.depth] if found[:2] in having][: lifted.count]
    assert sorted(after) == sorted(before)
    assert [found for found in after if found not in chosen] == [found for found in before if found not in chosen]
    assert [found[3] for found in after] == sorted(found[3] for found in after), "no tier comes before an earlier one"
    places = [after.index(found) for found in chosen]
    assert places == sorted(places), "they keep their order"
    for number, (found, place) in enumerate(zip(chosen, places, strict=True)):
        earlier = sum(other[3] < found[3] for other in before)
        behind = places[number - 1] + 1 if number else 0
        assert place == min(before.index(found), max(lifted.place + number, earlier, behind))


@given(oracle.records(least=2), LIFTED, TIERS, st.integers(1, 12), st.integers(0, 5))
def test_a_page_is_a_piece_of_the_whole_order(
    records: list[Record], lifted: Lifted, tiers: tuple[Term, ...], page: int, beyond: int
) -> None:
    evaluator = Evaluator(oracle.segments_of(records, [], [False] * len(records)))
    request = Request(Every(), FEATURES, tiers, lifted=lifted)
    total, whole, _ = evaluator.search(request, None)
    assert [found for start in range(0, total, page) for found in evaluator.search(request, page, start)[1]] == whole
    more = evaluator.search(request, page, 0, beyond)[1]
    assert more == whole[: len(more)]
    assert len(more) >= min(total, page)


def test_in_an_order_by_number_nothing_is_lifted() -> None:
    records = [Record(str(number), {}, (), {"day": number}) for number in range(5)]
    evaluator = Evaluator(oracle.segments_of(records, [], [False] * 5))
    request = Request(Every(), FEATURES, sort="-day", lifted=Lifted(Every(), 0, 2))
    assert evaluator.search(request, None) == evaluator.search(replace(request, lifted=None), None)


def test_two_that_are_lifted_keep_their_order_behind_an_earlier_tier() -> None:
    records = [Record(str(number), {"text": Terms([text], [0])}, (), {}) for number, text in enumerate("中aa")]
    evaluator = Evaluator(oracle.segments_of(records, [], [False] * 3))
    request = Request(Every(), FEATURES, (Term(("text",), "中"),), lifted=Lifted(RARE, 0, 2))
    assert [found[1] for found in evaluator.search(request, None)[1]] == [0, 1, 2]

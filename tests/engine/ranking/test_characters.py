"""Single characters count in the first documents: against counts worked out character by character."""

from __future__ import annotations

import math
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import Every, Term
from searcher.engine.ranking import characters as counting
from searcher.engine.record import Record, Terms
from searcher.engine.request import Alternative, Character, Characters, Clue, Feature, Nearness, Request
from tests.engine import oracle
from tests.engine.evaluating import Evaluator

FIELD = "text"
TEXTS = st.text("国國中a𠮷\ud800。", max_size=12)
WAYS = ("国國", "中", "𠮷", "a")
WORDS = ("中", "中国", "a")
FEATURES = tuple(Feature((Alternative(Term((FIELD,), word)),)) for word in WORDS)
CHARACTERS = Characters(FIELD, tuple(Character(variants, (number % 3, 1)) for number, variants in enumerate(WAYS)), 0.5, 3)


def _expected(records: list[Record], record: Record, characters: Characters) -> float:
    """BM25, as its definition says it."""
    having = [sum(oracle.frequency(other, Term((FIELD,), word), FIELD) > 0 for other in records) for word in WORDS]
    rarities = [math.log(1 + (len(records) - count + 0.5) / (count + 0.5)) for count in having]
    held = [min(rarities[number] for number in one.features) for one in characters.characters]
    total, mean = 0.0, sum(held) / len(held)
    for one, rarity in zip(characters.characters, held, strict=True):
        count = sum(record.text.count(variant) for variant in one.variants)
        tf = count / (1 - characters.b + characters.b * len(record.text) / characters.usual)
        total += ((1 - characters.even) * rarity + characters.even * mean) * tf * 2.2 / (1.2 + tf)
    return characters.weight * total


@settings(max_examples=100)
@given(
    oracle.records(least=3),
    st.lists(TEXTS, min_size=20, max_size=20),
    st.lists(st.integers(0, 12), max_size=2),
    st.integers(0, 12),
    st.booleans(),
    st.sampled_from((0.0, 0.75)),
    st.sampled_from(((), (Term((FIELD,), "a"),))),
    st.data(),
)
def test_the_first_documents_gain_what_their_characters_are_worth(
    drawn: list[Record],
    texts: list[str],
    cuts: list[int],
    depth: int,
    near: bool,
    even: float,
    tiers: tuple[Term, ...],
    data: st.DataObject,
) -> None:
    records = [replace(record, text=text) for record, text in zip(drawn, texts, strict=False)]
    segments = oracle.segments_of(records, cuts, [False] * len(records))
    evaluator = Evaluator(segments)
    nearness = Nearness(FIELD, tuple(Clue(number, (Term((FIELD,), word),)) for number, word in enumerate(WORDS))) if near else None
    characters = replace(CHARACTERS, depth=depth, even=even)
    plain = Request(Every(), FEATURES, tiers, nearness=nearness)
    request = replace(plain, characters=characters)
    before, after = evaluator.search(plain, None)[1], evaluator.search(request, None)[1]
    asked = {found[:2] for tier in range(2) for found in [found for found in before if found[3] == tier][:depth]}
    scores = {found[:2]: found[2] for found in before}
    for number, document, score, _ in after:
        place = number, document
        gained = _expected(records, segments[number].records[document], characters) if place in asked else 0.0
        assert score == pytest.approx(scores[place] + gained, rel=1e-4, abs=1e-5)
        counted = evaluator.explain(number, document, request).counted
        assert (counted is not None) == (place in asked)
        assert counted is None or counted.score == pytest.approx(gained, rel=1e-4, abs=1e-5)
    order = [(tier, -score) for _, _, score, tier in after]
    assert order == sorted(order)
    limit, offset = data.draw(st.tuples(st.integers(0, 13), st.integers(0, 13)))
    assert evaluator.search(request, limit, offset)[1] == after[offset : offset + limit], "pages fit together"


def _one(text: str, words: int = 1) -> Evaluator:
    other = Record("other", {FIELD: Terms(("b",), (0,))})
    return Evaluator(oracle.segments_of([Record("0", {FIELD: Terms(("a",) * words, range(words))}, text=text), other], [], [False, False]))


def test_the_first_documents_are_those_with_what_stands_together() -> None:
    """The near one of two has the longer text, and would come second but for nearness."""
    records = [Record("far", {FIELD: Terms(("中", "中国"), (0, 900))}, text="中")]
    records.append(Record("near", {FIELD: Terms(("中", "中国", "b"), (0, 1, 2))}, text="中中"))
    clues = tuple(Clue(number, (Term((FIELD,), word),)) for number, word in enumerate(WORDS[:2]))
    request = Request(Every(), FEATURES, nearness=Nearness(FIELD, clues), characters=replace(CHARACTERS, depth=1))
    evaluator = Evaluator(oracle.segments_of(records, [], [False, False]))
    assert [document for _, document, _, _ in evaluator.search(replace(request, nearness=None, characters=None), None)[1]] == [0, 1]
    assert [document for _, document, _, _ in evaluator.search(request, None)[1]] == [1, 0]
    assert [evaluator.explain(0, document, request).counted is not None for document in (0, 1)] == [False, True]


def test_what_texts_say_is_counted_in_every_way_to_write_it() -> None:
    counted = _one("国國，中𠮷𠮷").explain(0, 0, Request(Every(), FEATURES, characters=CHARACTERS)).counted
    assert counted is not None and counted.counts == (2, 1, 2, 0)


def test_of_a_long_text_the_beginning_is_read() -> None:
    with patch.object(counting, "READ", 3):
        counted = _one("中中国国中").explain(0, 0, Request(Every(), FEATURES, characters=CHARACTERS)).counted
    assert counted is not None and counted.counts == (1, 2, 0, 0)


@pytest.mark.parametrize(("words", "asked"), [(7, True), (8, False)])
def test_where_texts_are_long_on_the_average_none_is_read(words: int, asked: bool) -> None:
    request = Request(Every(), FEATURES, characters=replace(CHARACTERS, longest=4))
    evaluator = _one("中" * 5, words)
    assert (evaluator.explain(0, 0, request).counted is not None) is asked
    assert (evaluator.search(request, None) != evaluator.search(replace(request, characters=None), None)) is asked


def test_an_order_by_number_asks_for_no_characters() -> None:
    assert _one("中").explain(0, 0, Request(Every(), FEATURES, sort="day", characters=CHARACTERS)).counted is None

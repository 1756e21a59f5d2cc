"""Scores: BM25F as its formula says, and as stock Whoosh computes it."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import AllOf, AnyOf, AtLeast, Every, Keyword, KeywordPrefix, Node, Not, Nothing, NumberRange, Prefix, Run, Term
from searcher.engine.record import Record, Terms
from searcher.engine.request import Alternative, Feature, FieldWeight, Ranking, Request
from tests.engine import oracle
from tests.engine.evaluating import Evaluator
from tests.engine.matching.test_trees import thresholds
from tests.engine.memory_segment import MemorySegment
from tests.engine.stock import Stock
from tests.engine.whoosh_queries import whoosh_query

scored = st.one_of(st.builds(Term, oracle.fields, oracle.words), st.builds(Prefix, oracle.fields, st.just("a")), oracle.runs(st.just(0)))


@settings(max_examples=100)
@given(oracle.records(least=3), oracle.features(scored), oracle.rankings, st.lists(st.integers(0, 12), max_size=2), st.booleans())
def test_scores_are_the_formula(
    records: list[Record], features: tuple[Feature, ...], ranking: Ranking, cuts: list[int], dense: bool
) -> None:
    segments = oracle.segments_of(records, cuts, [False] * len(records))
    with thresholds(dense):
        _, found, _ = Evaluator(segments).search(Request(Every(), features, ranking=ranking), None)
    scores = {int(segments[number].records[document].id): score for number, document, score, _ in found}
    assert [scores[i] for i in range(len(records))] == pytest.approx(oracle.scores(records, features, ranking), rel=1e-5, abs=1e-6)


@settings(max_examples=60)
@given(oracle.records(least=3), oracle.features(scored), oracle.rankings, st.data())
def test_an_explanation_adds_up_to_the_score(
    records: list[Record], features: tuple[Feature, ...], ranking: Ranking, data: st.DataObject
) -> None:
    evaluator = Evaluator((MemorySegment(records[:2]), MemorySegment(records[2:])))
    request = Request(Every(), features, ranking=ranking)
    _, found, _ = evaluator.search(request, None)
    number, document, score, _ = data.draw(st.sampled_from(found))
    contributions = evaluator.explain(number, document, request).contributions
    assert [contribution.feature for contribution in contributions] == list(features)
    assert sum(contribution.score for contribution in contributions) == pytest.approx(score, abs=1e-5)
    record = records[number * 2 + document]
    for contribution in contributions:
        leaves = [alternative.leaf for alternative in contribution.feature.alternatives]
        assert contribution.documents == sum(
            any(oracle.frequency(r, leaf, field) for leaf in leaves for field in leaf.fields) for r in records
        )
        counts = [(leaf, {f: n for f in leaf.fields if (n := oracle.frequency(record, leaf, f))}) for leaf in leaves]
        assert [(alternative.leaf, held) for alternative, held in contribution.alternatives] == [
            (leaf, held) for leaf, held in counts if held
        ]
        assert (contribution.score > 0) == bool(contribution.alternatives)


boolean = st.recursive(
    st.one_of(
        st.builds(Term, oracle.fields, oracle.words),
        st.builds(Prefix, oracle.fields, st.sampled_from(("a", "中"))),
        oracle.patterns,
        st.builds(NumberRange, st.just("day"), st.integers(-4, 0), st.integers(-1, 4)),
        st.sampled_from((Every(), Nothing(), KeywordPrefix("format:"))),
        st.builds(Keyword, st.sampled_from(oracle.KEYWORDS)),
    ),
    lambda children: st.one_of(
        st.lists(children, min_size=1, max_size=3).map(lambda several: AllOf(tuple(several))),
        st.lists(children, min_size=1, max_size=3).map(lambda several: AnyOf(tuple(several))),
        st.builds(lambda some, without: AllOf((some, Not(without))), children, children),
        st.builds(
            lambda count, several: AtLeast(count, tuple(several)), st.sampled_from((0, 1, 3)), st.lists(children, min_size=2, max_size=2)
        ),
    ),
    max_leaves=5,
)


@settings(max_examples=40)
@given(oracle.records(least=4), st.lists(boolean, min_size=3, max_size=6), oracle.rankings)
def test_stock_whoosh_finds_and_scores_the_same(records: list[Record], nodes: list[Node], ranking: Ranking) -> None:
    stock = Stock(records)
    evaluator = Evaluator((MemorySegment(records),))
    for node in nodes:
        _, found, _ = evaluator.search(Request(node), None)
        assert [document for _, document, _, _ in found] == stock.matching(node)
    for word in oracle.WORDS[:5]:
        feature = Feature((Alternative(Term(("text",), word)),), 1.5)
        _, found, _ = evaluator.search(Request(Term(("text",), word), (feature,), ranking=ranking), None)
        assert {document: score for _, document, score, _ in found} == pytest.approx(stock.scores(feature, ranking), abs=1e-3)


@settings(max_examples=20)
@given(oracle.records(least=4), oracle.runs(st.just(0)))
def test_stock_whoosh_finds_the_same_phrases_where_there_are_no_gaps(records: list[Record], run: Run) -> None:
    closed = [Record(r.id, {name: Terms(terms.texts, range(len(terms.texts))) for name, terms in r.fields.items()}) for r in records]
    phrase = Run(run.fields, run.terms, tuple(range(len(run.terms))))
    assume(len(run.terms) > 1)
    _, found, _ = Evaluator((MemorySegment(closed),)).search(Request(phrase), None)
    assert [document for _, document, _, _ in found] == Stock(closed).matching(phrase)


@pytest.mark.parametrize(
    "node",
    [Run(("text",), ("a", "b"), (0, 2)), Run(("text",), ("a", "b"), (0, 1), slop=1), Run(("text",), ("a", "b"), (0, 1), open_end=True)],
)
def test_what_whoosh_cannot_say_is_an_error(node: Node) -> None:
    with pytest.raises(ValueError, match="Whoosh has no phrases with gaps"):
        whoosh_query(node)


def test_whoosh_does_not_count_clauses() -> None:
    with pytest.raises(ValueError, match="does not count which clauses match"):
        whoosh_query(AtLeast(2, (Every(), Every(), Every())))


def _one_field(texts: list[str]) -> MemorySegment:
    return MemorySegment([Record(str(i), {"text": Terms(text.split())}) for i, text in enumerate(texts)])


def test_alternatives_count_as_one_term() -> None:
    feature = Feature((Alternative(Term(("text",), "软件")), Alternative(Term(("text",), "软体"), 0.5)))
    _, found, _ = Evaluator((_one_field(["软件", "软体", "软件 软体", "网络"]),)).search(
        Request(Every(), (feature,), ranking=Ranking(1.0, {"text": FieldWeight(1.0, 0.0)})), None
    )
    idf = math.log(1 + (4 - 3 + 0.5) / (3 + 0.5))  # three documents have the idea, in whichever word
    expected = [(2, idf * 1.5 * 2 / 2.5), (0, idf * 1.0 * 2 / 2.0), (1, idf * 0.5 * 2 / 1.5), (3, 0)]
    assert [document for _, document, _, _ in found] == [document for document, _ in expected]
    assert [score for _, _, score, _ in found] == pytest.approx([score for _, score in expected])


def test_deleted_documents_count_in_the_statistics_and_nowhere_else() -> None:
    records = [Record(str(i), {"text": Terms(("a",) if i < 6 else ("b",))}) for i in range(8)]
    request = Request(Term(("text",), "a"), (Feature((Alternative(Term(("text",), "a")),)),))
    whole = Evaluator(oracle.segments_of(records, [], [False] * 8)).search(request, None)
    some = Evaluator(oracle.segments_of(records, [3], [True, False, False, False, True, False, False, False])).search(request, None)
    assert (whole[0], some[0]) == (6, 4)
    assert {score for _, _, score, _ in some[1]} == {whole[1][0][2]}


@given(oracle.records(), oracle.features(scored), st.lists(st.booleans(), max_size=12))
def test_an_explanation_counts_the_documents_that_are_there(records: list[Record], features: tuple[Feature, ...], gone: list[bool]) -> None:
    deleted = [*gone, *[False] * len(records)][: len(records)]
    there = [number for number, is_gone in enumerate(deleted) if not is_gone]
    evaluator = Evaluator(oracle.segments_of(records, [], deleted))
    for contribution in evaluator.explain(0, there[0], Request(Every(), features)).contributions if there else ():
        leaves = [alternative.leaf for alternative in contribution.feature.alternatives]
        assert contribution.documents == sum(
            any(oracle.frequency(records[number], leaf, field) for leaf in leaves for field in leaf.fields) for number in there
        )


def test_a_feature_without_weight_adds_nothing() -> None:
    request = Request(
        Every(), (Feature((Alternative(Term(("text",), "a"), 0.0),)), Feature(()), Feature((Alternative(Term(("nofield",), "a")),)))
    )
    assert [score for _, _, score, _ in Evaluator((_one_field(["a", "b"]),)).search(request, None)[1]] == [0, 0]


def test_a_keyword_field_can_be_scored_though_its_lengths_are_not_kept() -> None:
    segment = MemorySegment([Record("1", {}, ("a:b",)), Record("2")])
    _, found, _ = Evaluator((segment,)).search(Request(Every(), (Feature((Alternative(Term(("keyword",), "a:b")),)),)), None)
    assert found[0][1] == 0
    assert math.isfinite(found[0][2])


@pytest.mark.parametrize("k1", [0, -1, math.nan])
def test_what_occurs_more_often_must_count_more(k1: float) -> None:
    with pytest.raises(ValueError, match="k1 must be more than 0"):
        Ranking(k1)

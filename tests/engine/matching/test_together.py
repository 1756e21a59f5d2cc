"""What stands together: the same as a scan over all stretches finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import AllOf, AnyOf, Every, Node, Not, Run, Term, Together
from searcher.engine.record import Record, Terms
from searcher.engine.request import Request
from tests.engine import oracle
from tests.engine.evaluating import Evaluator
from tests.engine.memory_segment import MemorySegment

WORDS = ("中", "中华", "a")


def _numbered(drawn: list[dict[str, Terms]]) -> list[Record]:
    return [Record(str(number), fields) for number, fields in enumerate(drawn)]


def _tree(kind: type[AllOf | AnyOf], children: list[Node]) -> Node:
    return kind(tuple(children))


SCATTERED = oracle.spaced(WORDS, (1, 2, 5, 9), 4, 12)
"""Few words with gaps between, so that most texts have what is asked for, and many of them far apart."""
RECORDS = st.lists(st.fixed_dictionaries({"text": SCATTERED}, optional={"title": oracle.terms}), min_size=1, max_size=6).map(_numbered)
CUTS = st.lists(st.integers(0, 12), max_size=2)
TERMS = st.builds(Term, st.sampled_from((("text",), oracle.FIELDS)), st.sampled_from(WORDS))
PARTS = st.one_of(TERMS, TERMS, oracle.filters, st.builds(_tree, st.sampled_from((AllOf, AnyOf)), st.lists(TERMS, min_size=2, max_size=2)))
FAR_APART = st.builds(
    Together, st.just("text"), st.builds(_tree, st.just(AllOf), st.lists(PARTS, min_size=2, max_size=3)), st.sampled_from((2, 4, 6))
)
TREES = st.recursive(
    st.one_of(oracle.leaves, oracle.leaves, oracle.filters),
    lambda parts: st.builds(_tree, st.sampled_from((AllOf, AnyOf)), st.lists(parts, max_size=3)),
    max_leaves=6,
)
NODES = st.builds(Together, st.sampled_from((*oracle.FIELDS, "none")), TREES, st.sampled_from((2, 4, 6, 20)))


def _stands(record: Record, tree: Node, field: str, stretch: range) -> bool:
    """Whether a tree matches in a stretch, by the words of the definition."""
    match tree:
        case AllOf(children):
            return all(_stands(record, child, field, stretch) for child in children)
        case AnyOf(children):
            return any(_stands(record, child, field, stretch) for child in children)
        case Term() | Run() if field in tree.fields:
            others = any(oracle.frequency(record, tree, other) for other in tree.fields if other != field)
            return others or any(place in stretch for place in _places(record, tree, field))
    return oracle.matches(record, tree)


def _places(record: Record, leaf: Term | Run, field: str) -> set[int]:
    """The positions of a leaf; of a run, where it ends."""
    if isinstance(leaf, Run):
        return {last for _, last in oracle.run_spans(record, leaf, field)}
    terms = record.fields.get(field, Terms((), ()))
    return {at for text, at in zip(terms.texts, terms.positions or (), strict=True) if text == leaf.text}


def _has(record: Record, node: Together) -> bool:
    last = max(record.fields.get(node.field, Terms((), ())).positions or (0,))
    begins = range(0, last + 1, node.length // 2)
    return any(_stands(record, node.child, node.field, range(begin, begin + node.length)) for begin in begins)


@settings(max_examples=200, deadline=None)
@given(RECORDS, FAR_APART, CUTS)
@example([Record("0", {"text": Terms(("中", "a"), (0, 2))})], Together("text", AllOf((Term(("text",), "中"), Term(("text",), "a"))), 4), [])
def test_of_terms_far_apart_what_a_scan_finds_is_found(records: list[Record], node: Together, cuts: list[int]) -> None:
    segments = oracle.segments_of(records, cuts, [False] * len(records))
    assert _found(segments, node) == {record.id for record in records if _has(record, node)}


@settings(max_examples=200, deadline=None)
@given(oracle.records(), NODES, CUTS, st.data())
def test_what_stands_together_is_what_a_scan_finds(records: list[Record], node: Together, cuts: list[int], data: st.DataObject) -> None:
    deleted = data.draw(st.lists(st.booleans(), min_size=len(records), max_size=len(records)))
    other = data.draw(st.one_of(oracle.filters, oracle.leaves))
    segments = oracle.segments_of(records, cuts, deleted)
    expected = {record.id for record, gone in zip(records, deleted, strict=True) if not gone and _has(record, node)}
    beside = {record.id for record in records if oracle.matches(record, other)}
    assert _found(segments, node) == expected
    assert _found(segments, AllOf((node, other))) == expected & beside
    assert _found(segments, AllOf((other, Not(node)))) == {one for one in beside - expected if not deleted[int(one)]}


def _found(segments: tuple[MemorySegment, ...], asked: Node) -> set[str]:
    return {segments[number].records[document].id for number, document, _, _ in Evaluator(segments).search(Request(asked), None)[1]}


@pytest.mark.parametrize("length", [-2, 0, 1, 3])
def test_a_stretch_has_two_halves(length: int) -> None:
    with pytest.raises(ValueError, match="even number"):
        Together("text", Every(), length)

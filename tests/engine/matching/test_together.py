"""What stands together: the same as a scan over all stretches finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import AllOf, Fuzzy, Leaf, Node, Not, Prefix, Run, Term, Together, Wildcard
from searcher.engine.ranking.evaluator import Evaluator
from searcher.engine.record import Record, Terms
from searcher.engine.request import Request
from tests.engine import oracle

GROUPS = st.lists(st.lists(oracle.leaves, max_size=2).map(tuple), min_size=1, max_size=4).map(tuple)
NODES = st.builds(Together, st.sampled_from((*oracle.FIELDS, "none")), GROUPS, st.sampled_from((2, 4, 6, 20)))


def _standing(record: Record, leaf: Leaf, field: str) -> set[int]:
    """The positions of a leaf; of a run, where it ends."""
    terms = record.fields.get(field, Terms((), ()))
    match leaf:
        case Run():
            return {last for _, last in oracle.run_spans(record, leaf, field)}
        case Term() | Prefix() | Wildcard() | Fuzzy():
            return {at for text, at in zip(terms.texts, terms.positions or (), strict=True) if oracle.is_meant(leaf, text)}
    raise TypeError(leaf)


def _has(record: Record, node: Together) -> bool:
    """Whether a document has it, by the words of the definition."""
    others = [any(oracle.frequency(record, leaf, f) for leaf in group for f in leaf.fields if f != node.field) for group in node.groups]
    places = [
        {place for leaf in group if node.field in leaf.fields for place in _standing(record, leaf, node.field)} for group in node.groups
    ]
    last = max((place for of_group in places for place in of_group), default=0)
    return any(
        all(other or any(begin <= place < begin + node.length for place in found) for other, found in zip(others, places, strict=True))
        for begin in range(0, last + 1, node.length // 2)
    )


@settings(max_examples=200, deadline=None)
@given(oracle.records(), NODES, st.lists(st.integers(0, 12), max_size=2), st.data())
def test_what_stands_together_is_what_a_scan_finds(records: list[Record], node: Together, cuts: list[int], data: st.DataObject) -> None:
    deleted = data.draw(st.lists(st.booleans(), min_size=len(records), max_size=len(records)))
    other = data.draw(st.one_of(oracle.filters, oracle.leaves))
    segments = oracle.segments_of(records, cuts, deleted)
    evaluator = Evaluator(segments)
    expected = {record.id for record, gone in zip(records, deleted, strict=True) if not gone and _has(record, node)}
    beside = {record.id for record in records if oracle.matches(record, other)}

    def found(asked: Node) -> set[str]:
        return {segments[number].records[document].id for number, document, _, _ in evaluator.search(Request(asked), None)[1]}

    assert found(node) == expected
    assert found(AllOf((node, other))) == expected & beside
    assert found(AllOf((other, Not(node)))) == {one for one in beside - expected if not deleted[int(one)]}


@pytest.mark.parametrize("length", [-2, 0, 1, 3])
def test_a_stretch_has_two_halves(length: int) -> None:
    with pytest.raises(ValueError, match="even number"):
        Together("text", (), length)

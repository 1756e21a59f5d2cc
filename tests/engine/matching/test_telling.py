"""What tells enough: against sums worked out record by record."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import Node, Telling, Term
from searcher.engine.record import Record, Terms
from searcher.engine.request import Request
from tests.engine import oracle
from tests.engine.evaluating import Evaluator
from tests.engine.memory_segment import MemorySegment


def _expected(records: list[Record], deleted: list[bool], node: Telling) -> set[str]:
    held = [[oracle.matches(record, child) for child in node.children] for record in records]
    total = len(records)
    counts = [sum(row[number] for row in held) for number in range(len(node.children))]
    weights = [math.log(1 + (total - count + 0.5) / (count + 0.5)) for count in counts]
    sums = [sum(weight for has, weight in zip(row, weights, strict=True) if has) for row in held]
    most = max((value for value, gone in zip(sums, deleted, strict=True) if not gone), default=0.0)
    known = sum(weight for weight, count in zip(weights, counts, strict=True) if count)
    if not most:
        return set()
    live = {record.id: value for record, value, gone in zip(records, sums, deleted, strict=True) if not gone}
    found = {id for id, value in live.items() if value > 0 and value >= node.share * most - 1e-9}
    return set() if known < node.known * sum(weights) and len(found) > node.few else found


@settings(max_examples=150)
@given(
    oracle.records(),
    st.lists(st.one_of(st.builds(Term, oracle.fields, oracle.words), oracle.filters), max_size=11),
    st.sampled_from((0.0, 0.25, 0.5, 1.0)),
    st.sampled_from(((0.0, 0), (0.35, 0), (0.9, 2), (1.0, 0))),
    st.lists(st.integers(0, 12), max_size=2),
    st.data(),
)
def test_documents_match_that_tell_a_share_of_what_the_best_does(
    records: list[Record], children: list[Node], share: float, known: tuple[float, int], cuts: list[int], data: st.DataObject
) -> None:
    deleted = data.draw(st.lists(st.booleans(), min_size=len(records), max_size=len(records)))
    segments = oracle.segments_of(records, cuts, deleted)
    node = Telling(share, tuple(children), *known)
    evaluator = Evaluator(segments)
    _, found, _ = evaluator.search(Request(node), None)
    assert {segments[number].records[document].id for number, document, _, _ in found} == _expected(records, deleted, node)
    assert evaluator.count(node) == len(found)


def test_the_common_part_of_what_is_nowhere_whole_is_no_answer() -> None:
    texts = [("科技",), ("科技", "融资"), *(("天气",) for _ in range(20))]
    segment = MemorySegment([Record(str(n), {"text": Terms(some, tuple(range(len(some))))}) for n, some in enumerate(texts)])
    sensetime, technology = Term(("text",), "商汤"), Term(("text",), "科技")
    assert Evaluator((segment,)).count(Telling(0.25, (sensetime, technology))) == 2
    assert Evaluator((segment,)).count(Telling(0.25, (sensetime, technology), known=0.5)) == 0
    assert Evaluator((segment,)).count(Telling(0.25, (sensetime, technology), known=0.5, few=2)) == 2


def test_deleted_documents_are_none_of_the_few_that_may_match() -> None:
    segment = MemorySegment([Record(str(n), {"text": Terms(("科技",))}) for n in range(4)], np.array([True, True, False, False]))
    node = Telling(0.25, (Term(("text",), "商汤"), Term(("text",), "科技")), known=1.0, few=2)
    assert Evaluator((segment,)).count(node) == 2

"""Which documents match: the same as a slow reading of the definitions finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.arrays import docsets, places
from searcher.engine.matching import chains, leaves, whereabouts
from searcher.engine.nodes import AllOf, AnyOf, AtLeast, Every, Fuzzy, Node, Nothing, Prefix, Run, Telling, Term, Wildcard
from searcher.engine.ranking import scoring
from searcher.engine.reading import expansion
from searcher.engine.record import Record, Terms
from searcher.engine.request import Feature, Request
from searcher.engine.segment import postings
from tests.engine import oracle
from tests.engine.evaluating import Evaluator
from tests.engine.memory_segment import MemorySegment


@contextmanager
def thresholds(dense: bool) -> Iterator[None]:
    """Choose between masks and lists, all at once and one by one, as for very many or very few documents."""
    with (
        patch.object(docsets, "DENSE", 10**6 if dense else 1),
        patch.object(leaves, "SPARSE", 10**6 if dense else 1),
        patch.object(leaves, "CLOSE", 10**6 if dense else 0),
        patch.object(whereabouts, "FEW", 0 if dense else 64),
        patch.object(whereabouts, "MANY", 10**6 if dense else 0),
        patch.object(whereabouts, "MOST", 10**6 if dense else 0),
        patch.object(chains, "RATIO", 10**6 if dense else 0),
        patch.object(docsets, "FEW", 10**6 if dense else 0),
        patch.object(scoring, "MANY", 10**6 if dense else 0),
        patch.object(leaves, "WIDE", 10**6 if dense else 0),
        patch.object(scoring, "TABLE", 0 if dense else 10**6),
        patch.object(postings, "is_spread", lambda rows, documents: dense),
        patch.object(places, "narrow", lambda count: 5 if dense else 32 - count.bit_length()),
    ):
        yield


@settings(max_examples=120)
@given(oracle.records(least=4), oracle.nodes, st.lists(st.integers(0, 12), max_size=2), st.data(), st.booleans())
def test_a_tree_matches_what_its_definition_says(
    records: list[Record], node: Node, cuts: list[int], data: st.DataObject, dense: bool
) -> None:
    deleted = data.draw(st.lists(st.sampled_from((False, False, True)), min_size=len(records), max_size=len(records)))
    segments = oracle.segments_of(records, cuts, deleted)
    expected = [record.id for record, gone in zip(records, deleted, strict=True) if not gone and oracle.matches(record, node)]
    with thresholds(dense):
        evaluator = Evaluator(segments)
        total, found, _ = evaluator.search(Request(node), None)
        assert [segments[number].records[document].id for number, document, _, _ in found] == expected
        assert total == evaluator.count(node) == len(expected)
        every = [(number, document) for number, segment in enumerate(segments) for document in range(segment.count)]
        for asked in (evaluator, Evaluator(segments)):  # one that knows the tree by now, one that does not
            held = {document for document in every if list(asked.among([document], node))}
            assert held == set(asked.among(every, node))
            assert [segments[number].records[document].id for number, document in every if (number, document) in held] == expected


@pytest.mark.parametrize(
    ("node", "total"), [(AllOf(()), 3), (AnyOf(()), 0), (AtLeast(0, ()), 3), (AtLeast(1, ()), 0), (Every(), 3), (Nothing(), 0)], ids=repr
)
def test_nodes_without_children(node: Node, total: int) -> None:
    assert Evaluator((MemorySegment([Record(str(i)) for i in range(3)]),)).count(node) == total


def test_no_segments_hold_nothing() -> None:
    evaluator = Evaluator(())
    assert evaluator.search(Request(Every(), tiers=(Every(),), sort="day"), 10) == (0, [], ())
    assert (evaluator.count(Every()), evaluator.terms("keyword", "", AnyOf(())), evaluator.terms("text", "")) == (0, [], [])


def _many(texts: Sequence[str]) -> Record:
    return Record("".join(texts[:1]) + str(len(texts)), {"text": Terms(texts, range(len(texts)))})


@pytest.mark.parametrize("pieces", [1, 2])
@pytest.mark.parametrize(
    "pattern", [Prefix(("text",), "w"), Wildcard(("text",), "w*"), Fuzzy(("text",), "w00", 2)], ids=lambda p: type(p).__name__
)
def test_an_expansion_takes_the_most_frequent_terms_and_says_so(pattern: Prefix | Wildcard | Fuzzy, pieces: int) -> None:
    records = [_many([f"w{i:02}"]) for i in range(30)] + [_many(["w17"]), _many(["w29"]), _many(["w29", "x"])]
    cut = len(records) // pieces
    evaluator = Evaluator(tuple(MemorySegment(records[start : start + cut + 1]) for start in range(0, len(records), cut + 1)))
    with patch.object(expansion, "LIMIT", 2):
        total, _, notices = evaluator.search(Request(pattern, (Feature(()),)), 10)
    assert total == 2 + 3
    assert len(notices) == 1
    assert "stands for more than" in notices[0]


@pytest.mark.parametrize("pattern", [Prefix(("text",), "w"), Wildcard(("text",), "w*")], ids=lambda p: type(p).__name__)
def test_as_many_terms_as_the_limit_says_are_all_looked_for(pattern: Prefix | Wildcard) -> None:
    """The same ones in two segments are not twice as many."""
    segments = tuple(MemorySegment([_many([f"w{i:02}"]) for i in range(30)]) for _ in range(2))
    for some in (segments[:1], segments):
        with patch.object(expansion, "LIMIT", 30):
            total, _, notices = Evaluator(some).search(Request(pattern), 10)
        assert (total, notices) == (30 * len(some), ())


@pytest.mark.parametrize(
    ("pattern", "text", "there"),
    [
        ("ab*ba", "aba", False),
        ("ab*ba", "abba", True),
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("a*b*c", "acb", False),
        ("a**c", "ac", True),
    ],
)
def test_what_stands_on_both_sides_of_a_wildcard_does_not_overlap(pattern: str, text: str, there: bool) -> None:
    assert Evaluator((MemorySegment([_many([text])]),)).count(Wildcard(("text",), pattern)) == there


@pytest.mark.parametrize("character", "中あ\u2e80")
def test_a_single_character_of_a_script_without_spaces_is_never_limited(character: str) -> None:
    segment = MemorySegment([_many([f"{character}{chr(0x4E00 + i)}"]) for i in range(2000)])
    total, _, notices = Evaluator((segment,)).search(Request(Prefix(("text",), character)), 1)
    assert (total, notices) == (2000, ())
    assert expansion.expand((segment,), "text", Prefix(("text",), "")).limited


def test_a_field_in_which_nothing_stands_is_not_asked() -> None:
    segment = MemorySegment([Record("1", {"name": Terms(()), "text": Terms(("a", "b"))})])
    with patch.object(segment, "ordinal", wraps=segment.ordinal) as asked:
        assert Evaluator((segment,)).count(Term(("name", "text", "none"), "a")) == 1
    asked.assert_called_once_with("text", "a")


@pytest.mark.parametrize(
    ("texts", "total", "asked"), [(("a b", "a b a", "c"), 2, {"a", "b"}), (("a b", "a c", "c"), 2, {"a", "b", "c"}), (("c",), 0, {"a"})]
)
def test_a_way_to_match_is_looked_for_only_where_none_before_it_does(texts: tuple[str, ...], total: int, asked: set[str]) -> None:
    segment = MemorySegment([Record(text, {"text": Terms(text.split(), range(len(text.split())))}) for text in (*texts, *["d"] * 20)])
    ways = AnyOf(tuple(Run(("text",), ("a", other), (0, 1)) for other in ("b", "c")))
    with patch.object(segment, "ordinal", wraps=segment.ordinal) as ordinal:
        assert Evaluator((segment,)).count(AllOf((Term(("text",), "a"), ways))) == total
    assert {call.args[1] for call in ordinal.call_args_list} == asked


@pytest.mark.parametrize("joined", [lambda child: AnyOf((child, child)), lambda child: Telling(0.5, (child,))], ids=["any", "telling"])
def test_what_a_tree_matches_is_not_taken_for_that_of_one_which_gets_its_memory(joined: Callable[[Node], Node]) -> None:
    segment = MemorySegment([Record(str(n), {"text": Terms(["a"] if n % 3 else ["b"])}) for n in range(30)])
    evaluator = Evaluator((segment,))
    for text, total in (("a", 20), ("b", 10), ("c", 0)) * 3:
        node = joined(Term(("text",), text))
        assert evaluator.count(node) == total
        del node


_EDGES = "a\ud7ff\ud800\udfff\ue000\U0010ffff"


@given(st.lists(st.text(_EDGES, max_size=3), min_size=1), st.text(_EDGES, max_size=2))
def test_a_prefix_stands_for_the_terms_that_start_with_it_and_no_others(texts: list[str], prefix: str) -> None:
    segment = MemorySegment([Record("1", {"text": Terms(texts)})])
    found = segment.reader("text").texts.decoded(expansion.prefix_range(segment, "text", prefix))
    assert found == sorted({text for text in texts if text.startswith(prefix)})

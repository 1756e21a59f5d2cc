"""Terms linked at one of several distances: the same as trying every way finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.arrays.docsets import ids
from searcher.engine.matching import linked
from searcher.engine.matching import trees as matching
from searcher.engine.nodes import AllOf, BornOut, Link, Linked, Not, Run, Term
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.reader import Reader
from searcher.engine.record import Record, Terms
from tests.engine import oracle
from tests.engine.making import record, written
from tests.engine.whoosh_queries import whoosh_query

STEPS = st.tuples(oracle.words, st.sampled_from((1, 2, 5)))
LINKS = st.lists(st.lists(STEPS, min_size=1, max_size=2).map(tuple), min_size=1, max_size=4).map(tuple)


def _yes(field: str, values: Callable[[], Mapping[str, Any]], texts: Iterable[str]) -> bool:
    return True


def _never(field: str, values: Callable[[], Mapping[str, Any]], texts: Iterable[str]) -> bool:
    return False


def _reader(folder: pytest.TempPathFactory, records: Sequence[Record]) -> Reader:
    """The records in two segments, whose documents are numbered through both."""
    halves = records[: len(records) // 2], records[len(records) // 2 :]
    return Reader([written(folder.mktemp("linked") / "s", half) for half in halves if half], Cache(1 << 20))


def _leads_on(terms: Terms, links: Sequence[Link], position: int, end: str | None) -> bool:
    """Whether all links lead on from a position, to a term that starts so where that is asked."""
    there = [text for text, at in zip(terms.texts, terms.positions or (), strict=True) if at == position]
    if not links:
        return end is None or any(text.startswith(end) for text in there)
    return any(text in there and _leads_on(terms, links[1:], position + distance, end) for text, distance in links[0])


def _has(record: Record, node: Linked, end: str | None) -> bool:
    """Whether a document has it, by the words of the definition; what is not borne out is where there is no gap."""
    links = node.links if node.borne_out is _yes else [tuple(step for step in link if step[1] == 1) for link in node.links]
    if node.borne_out is _never and end is None:
        return False
    for field in node.fields:
        terms = record.fields.get(field, Terms((), ()))
        linked_there = any(_leads_on(terms, links, position, end) for position in terms.positions or ())
        if linked_there and not any(True for _ in oracle.run_spans(record, node.run, field)):
            return True
    return False


@settings(max_examples=60, deadline=None)
@given(oracle.records(most=6), oracle.fields, LINKS, oracle.words, oracle.runs(st.just(0)), st.booleans(), st.sampled_from((_yes, _never)))
def test_what_is_linked_stands_where_a_scan_finds_it(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[Record],
    fields: tuple[str, ...],
    links: tuple[Link, ...],
    end: str,
    run: Run,
    many: bool,
    borne_out: BornOut,
) -> None:
    """Of few documents the last term, and whether there is a gap, is left to who looks at the text."""
    node = Linked(fields, links, end, Run(fields, run.terms, run.offsets, run.open_end), borne_out)
    expected = [number for number, one in enumerate(records) if _has(one, node, end if many else None)]
    with patch.object(linked, "FEW", 0 if many else len(records)):
        reader = _reader(tmp_path_factory, records)
        assert ids(matching.matching(reader, node)).tolist() == expected
        assert ids(matching.matching(reader, Not(node))).tolist() == [n for n in range(len(records)) if n not in expected]
        beside = Term(fields, "中")
        both = [number for number in expected if oracle.matches(records[number], beside)]
        other = _reader(tmp_path_factory, records)  # where nothing is known yet, only what has the term is looked at
        assert ids(matching.matching(other, AllOf((beside, node)))).tolist() == both


def test_what_is_stored_has_the_last_word(tmp_path_factory: pytest.TempPathFactory) -> None:
    """It is asked with the blocks of text that hold what is linked, and no others."""
    asked: list[tuple[str, Any, list[str]]] = []

    def asking(field: str, values: Callable[[], Mapping[str, Any]], texts: Iterable[str]) -> bool:
        asked.append((field, values()["id"], list(texts)))
        return asked[-1][1] == "b"

    texts = {"a": "xx甲丙乙xx", "b": "xxxxxx甲丙乙", "c": "xxxx甲乙", "d": "xxx乙丙x"}
    found = [record(id, text, blocks=((0, 0), (5, 5))) for id, text in texts.items()]
    node = Linked(("grams",), ((("甲", 1), ("甲", 2)),), "乙", Run(("grams",), ("甲", "乙"), (0, 1)), asking)
    reader = _reader(tmp_path_factory, found)
    assert ids(matching.matching(reader, node)).tolist() == [1]
    assert asked == [("grams", "a", ["xx甲丙乙"]), ("grams", "b", ["x甲丙乙"])]
    asked.clear()
    assert ids(matching.matching(reader, node)).tolist() == [1]
    assert not asked, "what was found is kept"


def test_of_very_many_documents_what_fills_a_gap_is_not_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    reader = _reader(tmp_path_factory, [record(str(number), "甲丙乙" if number else "甲乙") for number in range(linked.MOST_ASKED + 2)])
    node = Linked(("grams",), ((("甲", 1), ("甲", 2)),), "乙", Run(("grams",), ("甲", "乙"), (0, 1)), _never)
    assert ids(matching.matching(reader, node)).tolist() == [*range(1, linked.MOST_ASKED + 2)]


def test_where_there_is_no_gap_what_is_stored_is_not_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of many documents: it takes a hundred times as long as to compare places."""
    reader = _reader(tmp_path_factory, [record(str(number), "丙甲乙" if number % 2 else "甲丙乙") for number in range(2 * linked.FEW)])
    node = Linked(("grams",), ((("甲", 1), ("甲", 2)),), "乙", Run(("grams",), ("甲", "丁"), (0, 1)), _never)
    assert ids(matching.matching(reader, node)).tolist() == [*range(1, 2 * linked.FEW, 2)]


def test_where_many_documents_are_wanted_all_are_found_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A request asks what matches, what comes first and what is told of it; each of these within others."""
    asked: list[str] = []

    def asking(field: str, values: Callable[[], Mapping[str, Any]], texts: Iterable[str]) -> bool:
        asked.append(values()["id"])
        return True

    reader = _reader(tmp_path_factory, [record(str(number), "甲丙乙" if number < 9 else "丁") for number in range(30)])
    node = Linked(("grams",), ((("甲", 1), ("甲", 2)),), "乙", Run(("grams",), ("甲", "乙"), (0, 1)), asking)
    for term in ("甲", "丙", "甲"):
        assert ids(matching.matching(reader, AllOf((Term(("grams",), term), node)))).tolist() == [*range(9)]
    assert asked == [str(number) for number in range(9)]


def test_whoosh_has_nothing_like_it() -> None:
    with pytest.raises(ValueError, match="distances vary"):
        whoosh_query(Linked(("grams",), ((("甲", 1), ("甲", 2)),), "乙", Run(("grams",), ("甲", "乙"), (0, 1)), _never))

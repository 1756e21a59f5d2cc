"""The best stretches of a text: the same as a scan over all of them finds."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.matching import leaves
from searcher.engine.matching.stretches import best_stretches
from searcher.engine.nodes import Leaf, Linked, Run, Term
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.reader import Reader
from searcher.engine.record import Record, Terms
from searcher.engine.request import Stretches
from tests.engine import oracle
from tests.engine.memory_segment import MemorySegment

SOUGHT = st.lists(st.tuples(st.lists(oracle.leaves, min_size=1, max_size=2).map(tuple), st.floats(0, 8)), min_size=1, max_size=4)
ASKED = st.builds(
    lambda sought, length, count, shown, within: Stretches(
        tuple(sought), "text", length, count, tuple(sorted({number % len(sought) for number in shown})), within=within
    ),
    SOUGHT,
    st.sampled_from((2, 4, 6, 20)),
    st.integers(1, 4),
    st.lists(st.integers(0, 3), max_size=2),
    st.floats(0.25, 4),
)


def _reader(*records: Record) -> Reader:
    return Reader((MemorySegment(list(records)),), Cache(1 << 20))


def _text(*words: tuple[str, int]) -> Record:
    return Record("0", {"text": Terms(tuple(word for word, _ in words), tuple(place for _, place in words))})


def _halves(reader: Reader, document: int, forms: tuple[Leaf | Linked, ...], half: int) -> set[int]:
    return {first // half for form in forms for first, _ in leaves.occurrences(reader, document, form, "text")}  # type: ignore[arg-type]


def _value(place: int, held: Sequence[set[int]], tells: Sequence[float], shown: set[int], asked: Stretches) -> float:
    """What a stretch tells that is not shown yet, and a part of what is."""
    there = (number for number, of_one in enumerate(held) if of_one & {place, place + 1})
    return sum(tells[number] / (asked.again if number in shown else 1) for number in there)


@settings(max_examples=200)
@given(oracle.records(most=3), ASKED)
def test_the_best_stretches_are_those_that_a_scan_finds(records: list[Record], asked: Stretches) -> None:
    reader, half = _reader(*records), asked.length // 2
    for document, record in enumerate(records):
        held = [_halves(reader, document, forms, half) for forms, _ in asked.sought]
        atoms = len(record.fields["text"].texts) if "text" in record.fields else 0
        halves = max([atoms // half + 1, *(max(of_one) + 1 for of_one in held if of_one)])
        tells, spans = best_stretches(reader, document, asked)
        assert tells == pytest.approx(
            [
                weight + asked.within * log(1 + (halves - len(of_one) + 0.5) / (len(of_one) + 0.5)) if of_one else 0
                for (_, weight), of_one in zip(asked.sought, held, strict=True)
            ]
        )
        shown, taken = set(asked.shown), set[int]()

        for first, last in spans:
            place = first // half
            assert (first, last) == (place * half, place * half + 3 * half - 1)
            assert not {place, place + 1} & taken, "no stretch overlaps another"
            free = [other for other in range(halves) if not {other, other + 1} & taken]
            assert _value(place, held, tells, shown, asked) == pytest.approx(
                max(_value(one, held, tells, shown, asked) for one in free), rel=1e-4
            )
            taken |= {place, place + 1}
            shown |= {number for number, of_one in enumerate(held) if of_one & {place, place + 1}}
        left = [_value(other, held, tells, shown, asked) for other in range(halves) if not {other, other + 1} & taken]
        assert len(spans) == asked.count or not any(left), "no stretch is left out"


def test_of_stretches_that_are_equal_the_first_is_taken() -> None:
    reader = _reader(_text(("a", 10), ("a", 30), ("a", 50)))
    assert best_stretches(reader, 0, Stretches((((Term(("text",), "a"),), 1.0),), "text", 4, 2))[1] == [(8, 13), (28, 33)]


def test_what_a_stretch_shows_counts_less_for_the_next() -> None:
    reader = _reader(_text(("a", 10), ("a", 30), ("b", 50)))
    sought = ((Term(("text",), "a"),), 5.0), ((Term(("text",), "b"),), 2.0)
    assert best_stretches(reader, 0, Stretches(sought, "text", 4, 3))[1] == [(8, 13), (48, 53), (28, 33)]
    assert best_stretches(reader, 0, Stretches(sought, "text", 4, 3, shown=(0,)))[1] == [(48, 53), (8, 13), (28, 33)]


def test_what_stands_everywhere_tells_less_than_what_stands_once() -> None:
    reader = _reader(_text(*((word, place) for place in range(0, 100, 2) for word in ("a", *("b",) * (place == 50)))))
    (often, once), _ = best_stretches(reader, 0, Stretches((((Term(("text",), "a"),), 0.0), ((Term(("text",), "b"),), 0.0)), "text", 4, 1))
    assert often < 0.1 < 2 < once


def test_what_is_linked_is_found_where_it_may_stand() -> None:
    reader = _reader(_text(("丙", 3), ("甲", 40), ("乙", 42)))
    linked = Linked(("text",), ((("甲", 1), ("甲", 2)),), "乙", Run(("text",), ("甲", "乙"), (0, 1)), lambda *_: True)
    assert best_stretches(reader, 0, Stretches((((linked,), 1.0),), "text", 20, 1))[1] == [(20, 49)]

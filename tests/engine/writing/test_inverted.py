"""A field turned inside out holds what a dictionary of dictionaries would."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.arrays.ragged import starts_of, sums_of
from searcher.engine.files.texts import decode, encode
from searcher.engine.writing import inverted
from searcher.engine.writing.inverted import Inverter

documents = st.lists(st.lists(st.tuples(st.text("ab中\ud800", max_size=2), st.integers(0, 5)), max_size=8), max_size=6)


@settings(max_examples=100)
@given(documents, st.booleans(), st.sampled_from((1, 2**29)), st.sampled_from((1, 2**29)))
def test_what_was_added_comes_out_by_term(found: list[list[tuple[str, int]]], positional: bool, far: int, wide: int) -> None:
    """`far` and `wide` make documents and positions so large that they do not fit into one sorted integer."""
    inverter = Inverter()
    expected: dict[str, dict[int, list[int]]] = {}
    for number, document in enumerate(found):
        texts, positions = [text for text, _ in document], [place * wide for _, place in document]
        assert inverter.add(number * far, texts, positions if positional else None) == len(document)
        for text, place in zip(texts, positions, strict=True):
            expected.setdefault(text, {}).setdefault(number * far, []).append(place)
    made = inverter.finish()
    assert [decode(text) for text in made.texts] == sorted(expected)
    assert made.counts.tolist() == [len(expected[text]) for text in sorted(expected)]
    rows = [(document, places) for text in sorted(expected) for document, places in sorted(expected[text].items())]
    assert made.ids.tolist() == [document for document, _ in rows]
    assert made.frequencies.tolist() == [len(places) for _, places in rows]
    if inverter.positional:
        assert positions_of(made) == [place for _, places in rows for place in sorted(places)]


def positions_of(made: inverted.Inverted) -> list[int]:
    assert made.distances is not None
    found: list[int] = sums_of(made.distances, starts_of(made.frequencies)).tolist()
    return found


@settings(max_examples=100)
@given(documents, st.booleans(), st.integers(1, 6), st.integers(1, 4))
def test_slices_are_the_whole_one_after_the_other(found: list[list[tuple[str, int]]], positional: bool, size: int, batch: int) -> None:
    inverter = Inverter()
    for number, document in enumerate(found):
        inverter.add(number, [text for text, _ in document], [place for _, place in document] if positional else None)
    whole = inverter.finish()
    with mock.patch.object(inverted, "_BATCH", batch):
        slices = list(inverter.slices(size))
    assert [text for part in slices for text in part.texts] == whole.texts
    for name in ("counts", "ids", "frequencies", *(["distances"] if inverter.positional else [])):
        assert [value for part in slices for value in getattr(part, name).tolist()] == getattr(whole, name).tolist()
    most = max((sum(text == other for one in found for text, _ in one) for document in found for other, _ in document), default=0)
    assert len(inverter) <= 2 * size or all(int(part.frequencies.sum()) < size + most for part in slices)


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_there_may_be_many_slices(size: int) -> None:
    inverter, terms = Inverter(), [f"{number:04}" for number in range(700)]
    inverter.add(0, terms, range(700))
    slices = list(inverter.slices(size))
    assert len(slices) > min(100, 700 // size - 1)
    assert [decode(text) for part in slices for text in part.texts] == terms
    assert [position for part in slices for position in positions_of(part)] == [*range(700)]


def test_a_long_term_counts_as_several() -> None:
    inverter = Inverter()
    inverter.add(0, ["a", "b", "a", "c" * 6400], None)
    assert inverter.different == 3 + 100


def test_a_document_may_come_in_parts() -> None:
    at_once, in_parts = Inverter(), Inverter()
    at_once.add(3, ["a", "b", "a", "c"], [0, 1, 2, 3])
    in_parts.add(3, ["a", "b"], [0, 1])
    in_parts.add(3, ["a", "c"], [2, 3])
    one, other = at_once.finish(), in_parts.finish()
    assert (one.texts, one.ids.tolist(), one.frequencies.tolist()) == (other.texts, other.ids.tolist(), other.frequencies.tolist())
    assert positions_of(one) == positions_of(other)


def test_documents_of_a_term() -> None:
    inverter = Inverter()
    inverter.add(0, ["a", "b", "a"], None)
    inverter.add(3, ["b"], None)
    assert (inverter.documents_of("a"), inverter.documents_of("b"), inverter.documents_of("c")) == ({0}, {0, 3}, set())
    assert inverter.finish().texts == [b"a", b"b"]


@given(st.text(max_size=5), st.text(max_size=5))
def test_bytes_are_in_the_order_of_code_points(first: str, second: str) -> None:
    assert (first < second) == (encode(first) < encode(second))
    assert decode(encode(first)) == first


@pytest.mark.parametrize("term", ["\ud800", "a\udfff中", "\U0010ffff"])
def test_lone_surrogates_pass(term: str) -> None:
    assert decode(encode(term)) == term
    assert encode("\ud7ff") < encode("\ud800") < encode("\ue000") < encode("\U00010000")

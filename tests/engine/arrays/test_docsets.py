"""The algebra of sets of documents is that of sets, whichever of their two forms they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.engine.arrays import docsets
from searcher.engine.arrays.docsets import Array, DocSet

COUNT = 200
"""Documents in all."""

documents = st.frozensets(st.integers(0, COUNT - 1))
docset = st.tuples(documents, st.booleans()).map(lambda given: _made(*given))


def _made(numbers: frozenset[int], as_mask: bool) -> DocSet:
    made = np.array(sorted(numbers), np.uint32)
    return docsets.mask(made, COUNT) if as_mask else made


def _set(documents: DocSet) -> set[int]:
    """What a set holds; as ids it ascends, each once."""
    found: list[int] = docsets.ids(documents).tolist()
    assert found == sorted(set(found))
    return set(found)


@contextmanager
def thresholds(dense: bool) -> Iterator[None]:
    """Choose between masks and lists as for very many or very few documents."""
    with patch.object(docsets, "DENSE", 10**6 if dense else 1), patch.object(docsets, "FEW", 10**6 if dense else 0):
        yield


@given(docset, docset, st.booleans())
def test_two_sets(first: DocSet, second: DocSet, dense: bool) -> None:
    one, other = _set(first), _set(second)
    with thresholds(dense):
        assert docsets.size(first) == len(one)
        assert _set(docsets.intersection(first, second, COUNT)) == one & other
        assert _set(docsets.difference(first, second, COUNT)) == one - other
        assert _set(docsets.complement(first, COUNT)) == set(range(COUNT)) - one
        assert docsets.member(docsets.ids(first), second, COUNT).tolist() == [number in other for number in sorted(one)]


@given(docset, st.lists(docset, max_size=5), st.integers(-1, 6), st.booleans())
def test_several_sets(first: DocSet, others: list[DocSet], needed: int, dense: bool) -> None:
    held = Counter(number for documents in others for number in _set(documents))
    with thresholds(dense):
        assert _set(docsets.union(others, COUNT)) == set(held)
        assert _set(docsets.among(first, others, COUNT)) == _set(first) & set(held)
        assert _set(docsets.at_least(needed, others, COUNT)) == {number for number in range(COUNT) if held[number] >= needed}


def test_more_sets_are_counted_than_a_byte_can_count() -> None:
    held = [np.array([3], np.uint32)] * 257
    assert _set(docsets.at_least(257, held, COUNT)) == _set(docsets.at_least(2, held, COUNT)) == {3}


@pytest.mark.parametrize("kind", [np.uint32, np.int64])
@given(st.lists(st.integers(0, 50)))
def test_numbers_that_come_several_times(kind: type[np.integer], numbers: list[int]) -> None:
    ascending: Array = np.array(sorted(numbers), kind)
    once = Counter(numbers)
    found, counts = docsets.counted(ascending)
    assert found.dtype == kind
    assert dict(zip(found.tolist(), counts.tolist(), strict=True)) == once
    assert docsets.distinct(np.array(numbers, kind)).tolist() == found.tolist() == sorted(once)
    assert docsets.firsts_of(ascending).tolist() == [sorted(numbers).index(number) for number in sorted(once)]


@given(st.lists(st.integers(0, 99)), st.sets(st.integers(10, 89)))
def test_numbers_are_located_in_any_order_also_those_beyond_the_end(numbers: list[int], held: set[int]) -> None:
    among = np.array(sorted(held), np.uint32)
    places, there = docsets.located(np.array(numbers, np.uint32), among)
    assert there.tolist() == [number in held for number in numbers]
    assert among.take(places.compress(there)).tolist() == [number for number in numbers if number in held]
    assert docsets.member(np.array(numbers, np.uint32), among, 100).tolist() == there.tolist()

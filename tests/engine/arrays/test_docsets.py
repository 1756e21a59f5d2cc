"""The algebra of sets of documents is that of sets, whichever of their two forms they have."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.engine.arrays.docsets import (
    Array,
    DocSet,
    among,
    at_least,
    complement,
    counted,
    difference,
    distinct,
    firsts_of,
    ids,
    intersection,
    located,
    mask,
    member,
    size,
    size_of_union,
    union,
)

COUNT = 300
"""Documents in all: so many that both forms and both ways to look up are taken."""

documents = st.frozensets(st.integers(0, COUNT - 1), max_size=COUNT)
docset = st.tuples(documents, st.booleans()).map(lambda given: _made(*given))


def _made(numbers: frozenset[int], as_mask: bool) -> DocSet:
    made = np.array(sorted(numbers), np.uint32)
    return mask(made, COUNT) if as_mask else made


def _as_set(documents: DocSet) -> set[int]:
    """What a set holds; as ids it ascends, each once."""
    found: list[int] = ids(documents).tolist()
    assert found == sorted(set(found))
    return set(found)


@given(docset, docset)
def test_two_sets(first: DocSet, second: DocSet) -> None:
    one, other = _as_set(first), _as_set(second)
    assert _as_set(intersection(first, second, COUNT)) == one & other
    assert _as_set(difference(first, second, COUNT)) == one - other
    assert _as_set(complement(first, COUNT)) == set(range(COUNT)) - one
    assert member(ids(first), second, COUNT).tolist() == [number in other for number in sorted(one)]


@given(docset, st.lists(docset, max_size=4), st.integers(0, 5))
def test_several_sets(first: DocSet, others: list[DocSet], needed: int) -> None:
    held = Counter(number for documents in others for number in _as_set(documents))
    assert _as_set(union(others, COUNT)) == set(held)
    assert size_of_union(others, COUNT) == size(union(others, COUNT)) == len(held)
    assert _as_set(among(first, others, COUNT)) == _as_set(first) & set(held)
    assert _as_set(at_least(needed, others, COUNT)) == {number for number in range(COUNT) if held[number] >= needed}


@pytest.mark.parametrize("kind", [np.uint32, np.int64])
@given(st.lists(st.integers(0, 50)))
def test_numbers_that_come_several_times(kind: type[np.integer], numbers: list[int]) -> None:
    ascending: Array = np.array(sorted(numbers), kind)
    once = Counter(numbers)
    found, counts = counted(ascending)
    assert found.dtype == kind
    assert dict(zip(found.tolist(), counts.tolist(), strict=True)) == once
    assert distinct(np.array(numbers, kind)).tolist() == found.tolist() == sorted(once)
    assert firsts_of(ascending).tolist() == [sorted(numbers).index(number) for number in sorted(once)]


@given(st.lists(st.integers(0, 50)), st.frozensets(st.integers(0, 50)))
def test_numbers_are_located(numbers: list[int], among: frozenset[int]) -> None:
    places, there = located(np.array(numbers, np.int64), np.array(sorted(among), np.int64))
    assert there.tolist() == [number in among for number in numbers]
    assert [sorted(among)[place] for place in places[there]] == [number for number in numbers if number in among]

"""Sets of documents, and their algebra.

A set is an array: of ascending document numbers (uint32) where it holds few, of one bool for each document (a mask) where it holds many.
Which of the two it is, its dtype says; every function here takes and gives both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
DocSet: TypeAlias = NDArray[Any]

DENSE = 64
"""A mask is made where more than one in so many documents is concerned; where fewer are, it costs more than their ids."""

FEW = 32
"""To look up a number in a list of ids costs so many times what it costs to put one into a mask."""

EMPTY: DocSet = np.zeros(0, np.uint32)
EMPTY.flags.writeable = False

ZERO: Array = np.zeros(1, np.int64)
ZERO.flags.writeable = False


def is_mask(documents: DocSet) -> bool:
    """Whether a set is a bool for each document; else it is ascending document numbers."""
    return documents.dtype.char == "?"


def size(documents: DocSet) -> int:
    """How many documents the set holds."""
    return int(np.count_nonzero(documents)) if is_mask(documents) else len(documents)


def everything(count: int) -> DocSet:
    return np.ones(count, np.bool_)


def ids(documents: DocSet) -> Array:
    """The set as ascending document numbers."""
    return documents.nonzero()[0].astype(np.uint32) if is_mask(documents) else documents


def mask(documents: DocSet, count: int) -> Array:
    """The set as a mask over `count` documents; may be the argument itself."""
    if is_mask(documents):
        return documents
    made = np.zeros(count, np.bool_)
    made[documents.astype(np.intp)] = True
    return made


def complement(documents: DocSet, count: int) -> DocSet:
    return np.logical_not(mask(documents, count))


def intersection(first: DocSet, second: DocSet, count: int) -> DocSet:
    """What both of two sets hold, over `count` documents."""
    if is_mask(first) and is_mask(second):
        return np.logical_and(first, second)
    if is_mask(first) or (not is_mask(second) and len(second) < len(first)):
        first, second = second, first
    return first[member(first, second, count)]  # `first` is the shorter list of ids


def among(documents: DocSet, sets: Sequence[DocSet], count: int) -> DocSet:
    """The documents of a set that one of other sets holds."""
    if is_mask(documents) or not len(documents) or not sets:
        return intersection(documents, union(sets, count), count)
    return documents.compress(np.logical_or.reduce([member(documents, others, count) for others in sets]))


def where(documents: DocSet, numbers: Array) -> DocSet:
    """Of a set the documents whose number, one for each document, is not 0."""
    return np.logical_and(documents, numbers) if is_mask(documents) else documents.compress(numbers.take(documents) != 0)


def difference(first: DocSet, second: DocSet, count: int) -> DocSet:
    """What the first set holds and the second does not."""
    if is_mask(first):
        return np.logical_and(first, complement(second, count))
    return first[np.logical_not(member(first, second, count))]


def member(numbers: Array, documents: DocSet, count: int) -> Array:
    """For each of some document numbers, in any order, whether the set holds it."""
    if is_mask(documents):
        return documents.take(numbers)
    if len(numbers) * FEW > len(documents) and len(numbers) + len(documents) > count // DENSE:
        return mask(documents, count).take(numbers)
    return located(numbers, documents)[1]


def located(numbers: Array, among: Array) -> tuple[Array, Array]:
    """Where each number stands in the ascending array `among`, and whether it is there at all (else the place means nothing)."""
    if not len(among):
        return np.zeros(len(numbers), np.intp), np.zeros(len(numbers), np.bool_)
    places = among.searchsorted(numbers)
    np.minimum(places, len(among) - 1, out=places)
    return places, among.take(places) == numbers


def union(sets: Sequence[DocSet], count: int) -> DocSet:
    """What any of some sets holds; may be one of them."""
    sets = [documents for documents in sets if len(documents)]
    if not sets:
        return EMPTY
    if len(sets) == 1:
        return sets[0]
    if any(map(is_mask, sets)) or sum(map(len, sets)) > count // DENSE:
        return _mask_of_all(sets, count)
    return distinct(np.concatenate(sets))


def distinct(numbers: Array) -> Array:
    """The numbers ascending, each once. (np.unique does the same at three times the overhead.)"""
    if len(numbers) < 2:
        return numbers
    ascending = np.sort(numbers)
    return ascending.compress(np.concatenate((_TRUE, ascending[1:] != ascending[:-1])))


def firsts_of(ascending: Array) -> Array:
    """Where each number of an ascending array stands first."""
    return np.concatenate((ZERO[: len(ascending)], (ascending[1:] != ascending[:-1]).nonzero()[0] + 1))


def counted(ascending: Array) -> tuple[Array, Array]:
    """Each number of an ascending array once, and how often it stands there."""
    ends = np.concatenate((ascending[1:] != ascending[:-1], _TRUE[: len(ascending)])).nonzero()[0] + 1
    counts = ends.copy()
    counts[1:] -= ends[:-1]
    return ascending.take(ends - 1), counts


def at_least(needed: int, sets: Sequence[DocSet], count: int) -> DocSet:
    """The documents that stand in `needed` of the sets or more."""
    tally: NDArray[Any] = np.zeros(count, np.uint8 if len(sets) < 256 else np.uint32)
    for documents in sets:
        if is_mask(documents):
            tally += documents
        else:
            tally[documents.astype(np.intp)] += 1  # a set holds no number twice
    return tally >= needed


_TRUE = np.ones(1, np.bool_)


def _mask_of_all(sets: Sequence[DocSet], count: int) -> Array:
    made = np.zeros(count, np.bool_)
    for documents in sets:
        if is_mask(documents):
            made |= documents
        else:
            made[documents.astype(np.intp)] = True
    return made

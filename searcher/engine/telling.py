"""Which documents hold what tells most of several things: the rarer a thing is, the more it tells."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np

from searcher.engine.docsets import EMPTY, Array, DocSet, is_mask, size
from searcher.engine.reader import Reader
from searcher.engine.request import Node, Telling

Matcher = Callable[[Reader, Node, DocSet | None], DocSet]

EXACT = 1e-9
"""Sums of the same numbers, added in the same order, differ by less."""


def documents(reader: Reader, node: Telling, match: Matcher) -> DocSet:
    """The documents of a segment that tell enough. What tells, and how much is enough, all segments say together."""
    found: tuple[Telling, Sequence[DocSet]] | None = reader.kept_for_all("telling", id(node))
    if found is None:
        found = node, _in_all(reader.together, node, match)
        reader.keep_for_all(sum(having.nbytes for having in found[1]), found, "telling", id(node))
    return found[1][reader.number]


def _in_all(readers: Sequence[Reader], node: Telling, match: Matcher) -> list[DocSet]:
    sets = [[match(reader, child, None) for child in node.children] for reader in readers]
    having = [sum(map(size, of_child)) for of_child in zip(*sets, strict=True)]
    total = sum(reader.count for reader in readers)
    weights = [math.log(1 + (total - count + 0.5) / (count + 0.5)) for count in having]
    known = sum(weight for weight, count in zip(weights, having, strict=True) if count)
    weighed = [_weighed(reader.count, some, weights) for reader, some in zip(readers, sets, strict=True)]
    most = max(_most(reader, *some) for reader, some in zip(readers, weighed, strict=True))
    least = max(node.share * most - EXACT, EXACT)
    found = [numbers.compress(sums >= least).astype(np.uint32) for numbers, sums in weighed]
    return found if known >= node.known * sum(weights) or sum(map(len, found)) <= node.few else [EMPTY for _ in readers]


def _most(reader: Reader, numbers: Array, sums: Array) -> float:
    """The most that a document weighs which is not deleted."""
    return float((sums if reader.alive is None else sums.compress(reader.alive.take(numbers))).max(initial=0))


def _weighed(count: int, sets: Sequence[DocSet], weights: Sequence[float]) -> tuple[Array, Array]:
    """The documents that some set holds, ascending, and what the sets that hold each weigh.

    Which of eight sets hold a document are the bits of one byte, and a table has what each byte weighs: of all documents there are only
    bytes, and no sums.
    """
    eights = [slice(start, start + 8) for start in range(0, max(1, len(sets)), 8)]
    codes = [_codes(count, sets[eight]) for eight in eights]
    numbers = (reduce(np.bitwise_or, codes) != 0).nonzero()[0]
    tables = (_table(weights[eight]) for eight in eights)
    return numbers, np.add.reduce([table.take(code.take(numbers)) for table, code in zip(tables, codes, strict=True)])


def _codes(count: int, sets: Sequence[DocSet]) -> Array:
    """Of every document a byte: the first bit says whether the first of at most eight sets holds it, and so on."""
    codes = np.zeros(count, np.uint8)
    for bit, having in enumerate(sets):
        if is_mask(having):
            codes |= having.view(np.uint8) << np.uint8(bit)
        else:
            codes[having.astype(np.intp)] |= np.uint8(1 << bit)
    return codes


def _table(weights: Sequence[float]) -> Array:
    """What each byte weighs."""
    table = np.zeros(1 << len(weights))
    for bit, weight in enumerate(weights):
        table.reshape(-1, 2, 1 << bit)[:, 1] += weight
    return table

"""Which documents hold what tells most of several things: the rarer a thing is, the more it tells."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

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
    sums = [_sums(reader.count, some, weights) for reader, some in zip(readers, sets, strict=True)]
    most = max(_most(reader, values) for reader, values in zip(readers, sums, strict=True))
    least = max(node.share * most - EXACT, EXACT)
    found = [np.flatnonzero(values >= least).astype(np.uint32) for values in sums]
    return found if known >= node.known * sum(weights) or sum(map(len, found)) <= node.few else [EMPTY for _ in readers]


def _most(reader: Reader, sums: Array) -> float:
    """The most that a document weighs which is not deleted."""
    return float((sums if reader.alive is None else sums.compress(reader.alive)).max(initial=0))


def _sums(count: int, sets: Sequence[DocSet], weights: Sequence[float]) -> Array:
    """What the sets that hold each document weigh. (A mask is multiplied: to pick by it costs ten times as much.)"""
    sums, room = np.zeros(count), np.empty(count)
    for having, weight in zip(sets, weights, strict=True):
        if is_mask(having):
            sums += np.multiply(having, weight, out=room)
        else:
            sums[having.astype(np.intp)] += weight
    return sums

"""Which documents hold what tells most of several things: the rarer a thing is, the more it tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np

from searcher.engine.arrays.docsets import EMPTY, Array, DocSet, is_mask
from searcher.engine.nodes import Node, Telling
from searcher.engine.rarity import idf
from searcher.engine.reading.reader import Reader

Matcher = Callable[[Reader, Node], list[DocSet]]
"""Gives sets of which a node matches what any of them holds."""

EXACT = 1e-9
"""Sums of the same numbers, added in the same order, differ by less."""


def documents(reader: Reader, node: Telling, match: Matcher) -> DocSet:
    """The documents that tell enough, without the deleted ones, which only say how rare a thing is."""
    return reader.kept(("telling", id(node)), lambda: (_telling(reader, node, match), node))[0]


def _telling(reader: Reader, node: Telling, match: Matcher) -> DocSet:
    held = _Held(reader.count, [match(reader, child) for child in node.children])
    having = held.counts.tolist()
    weights = [idf(reader.count, count) for count in having]
    known = sum(weight for weight, count in zip(weights, having, strict=True) if count)
    numbers, sums = _of_live(reader, held.numbers, held.weighed(weights))
    least = max(node.share * float(sums.max(initial=0)) - EXACT, EXACT)
    found = numbers.compress(sums >= least).astype(np.uint32)
    return found if known >= node.known * sum(weights) or len(found) <= node.few else EMPTY


def _of_live(reader: Reader, numbers: Array, sums: Array) -> tuple[Array, Array]:
    """The documents that are not deleted, and what they weigh."""
    if reader.alive is None:
        return numbers, sums
    live = reader.alive.take(numbers)
    return numbers.compress(live), sums.compress(live)


class _Held:
    """Which of some nodes match each document, told by the sets that each matches.

    Which of eight nodes match a document are the bits of one byte: of all documents there are only bytes, and a table says what each
    byte weighs, so that no weights are added up for every document.
    """

    def __init__(self, count: int, nodes: Sequence[Sequence[DocSet]]) -> None:
        self._eights = [slice(start, start + 8) for start in range(0, max(1, len(nodes)), 8)]
        codes = [_codes(count, nodes[eight]) for eight in self._eights]
        self.numbers: Array = (reduce(np.bitwise_or, codes) != 0).nonzero()[0]
        """The documents that some node matches, ascending."""
        self._codes = [code.take(self.numbers) for code in codes]
        self.counts: Array = np.concatenate([np.bincount(code, minlength=256) @ _BITS for code in self._codes])[: len(nodes)]
        """How many documents each node matches."""

    def weighed(self, weights: Sequence[float]) -> Array:
        """What the nodes that match each of the documents weigh."""
        tables = (_table(weights[eight]) for eight in self._eights)
        return reduce(np.add, [table.take(code) for table, code in zip(tables, self._codes, strict=True)])


_BITS: Array = np.arange(256)[:, np.newaxis] >> np.arange(8) & 1
"""Of each byte its bits, the lowest first."""


def _codes(count: int, nodes: Sequence[Sequence[DocSet]]) -> Array:
    """A byte for every document: its first bit says whether the first of at most eight nodes matches it, and so on."""
    codes = np.zeros(count, np.uint8)
    for bit, sets in enumerate(nodes):
        for having in sets:
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

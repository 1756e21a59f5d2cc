"""Which documents hold what tells most of several things: the rarer a thing is, the more it tells."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from searcher.engine.arrays.docsets import EMPTY, DocSet, is_mask, size, union
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
    weights, known, total = np.zeros(reader.count), 0.0, 0.0
    for child in node.children:
        having = union(match(reader, child), reader.count)
        count = size(having)
        weight = idf(reader.count, count)
        known, total = known + weight * (count > 0), total + weight
        if is_mask(having):
            weights += having * weight
        else:
            weights[having] += weight
    if reader.alive is not None:
        weights *= reader.alive
    least = max(node.share * float(weights.max(initial=0)) - EXACT, EXACT)
    found = (weights >= least).nonzero()[0].astype(np.uint32)
    return found if known >= node.known * total or len(found) <= node.few else EMPTY

"""Which documents match a tree in one stretch of a field?

A tree is worked out as it is over documents, but over stretches: what stands in some of them, and in which documents in all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import NamedTuple, TypeAlias

import numpy as np

from searcher.engine.arrays.docsets import Array, DocSet, distinct, everything, firsts_of, ids, located, member, union
from searcher.engine.arrays.places import documents_of, positions_of
from searcher.engine.matching.leaves import documents_in, places_of_leaf, simplest
from searcher.engine.nodes import AllOf, AnyOf, Node, Run, Term, Together
from searcher.engine.reading.reader import Reader

Match: TypeAlias = "Callable[[Reader, Node, DocSet | None], DocSet]"
"""Gives the documents that match a tree, and perhaps others that are not asked for."""

_STEP = 33
"""A stretch is one number: by so many bits the row of its document is shifted, below is which of its stretches it is."""


class _Found(NamedTuple):
    """Where something stands: `stretches`: numbers of these, ascending; `all`: for each document that is wanted, whether it counts in every
    stretch, for it stands in another field.
    """

    stretches: Array
    all: Array


def documents(reader: Reader, node: Together, within: DocSet | None, match: Match) -> DocSet:
    """The documents that match, of those `within`; positions are read of these alone."""
    wanted = ids(everything(reader.count) if within is None else within)
    stretches, found = _search(reader, node, node.child, wanted, match)
    found = found.copy()
    found[stretches >> _STEP] = True
    return wanted.compress(found)


def _search(reader: Reader, node: Together, tree: Node, wanted: Array, match: Match) -> _Found:
    """Where a part of the tree stands in the documents that are wanted."""
    if isinstance(tree, AllOf | AnyOf) and tree.children:
        return reduce(_both if isinstance(tree, AllOf) else _either, (_search(reader, node, part, wanted, match) for part in tree.children))
    if isinstance(tree, Term | Run) and node.field in tree.fields and reader.segments.has_positions(node.field):
        return _stretches(reader, tree, node, wanted)
    return _Found(np.zeros(0, np.int64), member(wanted, match(reader, tree, wanted), reader.count))


def _stretches(reader: Reader, leaf: Term | Run, node: Together, wanted: Array) -> _Found:
    """Where a leaf stands; what another field has of it stands in all stretches."""
    simple, others = simplest(leaf), (field for field in leaf.fields if field != node.field and field in reader.fields)
    beside = union([documents_in(reader, simple, other, wanted) for other in others], reader.count)
    places = places_of_leaf(reader, simple, node.field, wanted)
    rows, there = located(documents_of(places, reader.count), wanted)
    steps = positions_of(places.compress(there), reader.count).astype(np.int64) // (node.length // 2)
    stretches = rows.compress(there) << _STEP | steps
    stretches = stretches.take(firsts_of(stretches))  # of a character that fills a text, millions are one
    has_before = (stretches & (1 << _STEP) - 1) > 0
    before = stretches.compress(has_before) - 1  # what stands in the first half of one stands in the second of that before it
    return _Found(distinct(np.concatenate((stretches, before))), member(wanted, beside, reader.count))


def _either(first: _Found, second: _Found) -> _Found:
    return _Found(distinct(np.concatenate((first.stretches, second.stretches))), first.all | second.all)


def _both(first: _Found, second: _Found) -> _Found:
    in_first = first.stretches.compress(second.all.take(first.stretches >> _STEP) | located(first.stretches, second.stretches)[1])
    in_second = second.stretches.compress(first.all.take(second.stretches >> _STEP))
    return _Found(distinct(np.concatenate((in_first, in_second))), first.all & second.all)

"""Which documents have something of each of several groups in one stretch of a field?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searcher.engine.arrays.docsets import Array, DocSet, everything, firsts_of, ids, located, member, union
from searcher.engine.arrays.places import alike, documents_of, positions_of
from searcher.engine.arrays.ragged import joined
from searcher.engine.arrays.stretches import stretches
from searcher.engine.matching.leaves import documents_in, places_of_leaf, simplest
from searcher.engine.nodes import Leaf, Together
from searcher.engine.reading.reader import Reader


def documents(reader: Reader, node: Together, within: DocSet | None) -> DocSet:
    """The documents that have it, of those `within`; positions are read of these alone."""
    wanted = ids(everything(reader.count) if within is None else within)
    needed = np.full(len(wanted), len(node.groups))
    standing = list[tuple[Array, Array]]()
    for group in node.groups:
        beside = _beside(reader, group, node.field, wanted)
        needed -= beside
        standing.append(_standing(reader, group, node.field, wanted, np.logical_not(beside)))
    return wanted.compress((needed == 0) | (_most(standing, len(wanted), node.length) >= needed))


def _beside(reader: Reader, group: Sequence[Leaf], field: str, wanted: Array) -> Array:
    """Of each document whether another field has a leaf of a group."""
    leaves = [(simplest(leaf), other) for leaf in group for other in leaf.fields if other != field and other in reader.fields]
    return member(wanted, union([documents_in(reader, leaf, other, wanted) for leaf, other in leaves], reader.count), reader.count)


def _standing(reader: Reader, group: Sequence[Leaf], field: str, wanted: Array, asked: Array) -> tuple[Array, Array]:
    """Where the leaves of a group stand in the documents that are `asked`: (the row of the document, the position)."""
    leaves = [simplest(leaf) for leaf in group if field in leaf.fields and reader.segments.has_positions(field)]
    found = [places_of_leaf(reader, leaf, field, wanted) for leaf in leaves]
    places = joined(alike(found, reader.count, 0))
    rows, there = located(documents_of(places, reader.count), wanted.compress(asked))
    rows = asked.nonzero()[0].take(rows.compress(there))
    return rows, positions_of(places.compress(there), reader.count).astype(np.int64)


def _most(standing: Sequence[tuple[Array, Array]], documents: int, length: int) -> Array:
    """Of how many groups something stands in the stretch of each document that has most of them."""
    rows, positions = (np.concatenate(arrays) for arrays in zip(*standing, strict=True))
    groups = np.arange(len(standing)).repeat([len(of_group) for of_group, _ in standing])
    found = stretches(rows, positions, groups, len(standing), length)
    most = np.zeros(documents, np.int64)
    if len(found.rows):
        firsts = firsts_of(found.rows)
        most[found.rows.take(firsts)] = np.maximum.reduceat(np.diff(found.starts, append=len(found.held)), firsts)
    return most

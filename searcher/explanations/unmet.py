"""Which parts of a query does a document not answer?"""

from __future__ import annotations

from collections.abc import Iterator

from searcher.engine import Handle, Snapshot
from searcher.frozen import frozen
from searcher.plans.options import Options
from searcher.plans.planning import matching
from searcher.query.tree import All, Any, Node, Not, Range, Text


@frozen
class Unmet:
    """A text or a range that a document lacks, or, not `wanted`, that it holds although the query leaves it out."""

    node: Text | Range
    wanted: bool


def unmet(snapshot: Snapshot, handle: Handle, node: Node, options: Options, *, wanted: bool = True) -> Iterator[Unmet]:
    """The parts that keep a document from being a hit, in the order of the query; of alternatives all, where it has none."""
    match = matching(node, options)
    if match is None or snapshot.contains(handle, match) is wanted:
        return
    if isinstance(node, Not):
        yield from unmet(snapshot, handle, node.child, options, wanted=not wanted)
    elif isinstance(node, All | Any):
        for child in node.children:
            yield from unmet(snapshot, handle, child, options, wanted=wanted)
    else:
        yield Unmet(node, wanted)

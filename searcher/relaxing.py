"""Is what lacks something taken, too, and how much may it lack?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from searcher.engine import AllOf, AnyOf, Node, Request, Snapshot, Telling
from searcher.planning import Plan

ENOUGH = 100
"""Where so many documents hold what was surely meant, none that lacks something is taken."""

STEP, LARGEST = 0.035, 0.5
"""For each document that holds what was surely meant, those that lack something must hold so much more, up to a half."""


def request_for(snapshot: Snapshot, planned: Plan) -> Request | None:
    """The request that answers a query: the relaxed one where nobody expects a document to hold all, or few hold what was surely meant.

    The more of these there are, the less others may lack. The decision does not look at the page that is asked for, so that pages fit
    together.
    """
    strict, relaxed = planned.strict, planned.relaxed
    if strict is None or relaxed is None or not relaxed.tiers:
        return relaxed or strict
    meant = snapshot.matching(_among(relaxed.tiers[0], strict.match))  # what a scope or a filter leaves out answers nothing
    return strict if meant >= ENOUGH else replace(relaxed, match=_telling_more(relaxed.match, STEP * meant))


def _among(tier: Node, match: Node) -> Node:
    """What matches both; as a rule, the tier is what matches, or one way to match, and nothing else need be looked at."""
    ways = match.children if isinstance(match, AnyOf) else (match,)
    return tier if any(_is(way, tier) for way in ways) else AllOf((tier, match))


def _telling_more(node: Node, more: float) -> Node:
    """The tree with a greater share asked for; what holds no share stays the very node, which the engine knows again."""
    if isinstance(node, Telling):
        share = min(LARGEST, node.share + more)
        return replace(node, share=share) if share > node.share else node
    if isinstance(node, AllOf | AnyOf):
        children = tuple(_telling_more(child, more) for child in node.children)
        return node if all(map(_is, children, node.children)) else replace(node, children=children)
    return node


def is_little_known(snapshot: Snapshot, planned: Plan) -> bool:
    """Whether of a single run so little is known that nothing but titles, which name some of it, can answer."""
    tellings = _tellings(planned.relaxed.match) if planned.relaxed is not None else ()
    return any(0 < telling.known <= 1 and not snapshot.matching(telling) for telling in tellings)


def _tellings(node: Node) -> Iterator[Telling]:
    if isinstance(node, Telling):
        yield node
    elif isinstance(node, AllOf | AnyOf):
        for child in node.children:
            yield from _tellings(child)


def _is(node: Node, other: Node) -> bool:
    return node is other

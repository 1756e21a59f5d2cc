"""Which documents have all that was asked for, but only far apart, and so do not come before what lacks some of it?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from searcher.engine import Handle, Node, Request, Snapshot
from searcher.plans.planning import Plan
from searcher.plans.together import together


def having_together(planned: Plan, request: Request) -> Request:
    """The request in which what has all terms, but only far apart, does not come first for that."""
    strict, lifted = planned.strict, request.lifted
    lifts = strict is not None and lifted is not None and lifted.match is strict.match
    if strict is None or not planned.stretch or not (lifts or any(tier is strict.match for tier in request.tiers)):
        return request
    close = together(strict.match, planned.stretch)
    tiers = tuple(close if tier is strict.match else tier for tier in request.tiers)
    return replace(request, tiers=tiers, lifted=replace(lifted, match=close) if lifted is not None and lifts else lifted)


def scattered(snapshot: Snapshot, planned: Plan, request: Request | None, handles: Collection[Handle]) -> frozenset[Handle]:
    """Those of some documents that have all terms, but only far apart, where the request looks at that."""
    close = _close(planned, request) if handles else None
    if planned.strict is None or close is None:
        return frozenset()
    have = snapshot.among(handles, planned.strict.match)
    return have - snapshot.among(have, close)


def count_scattered(snapshot: Snapshot, planned: Plan, request: Request, complete: int) -> int:
    """How many of the `complete` documents, which have all terms, have them only far apart, where the request looks at that."""
    close = _close(planned, request) if complete else None
    return 0 if close is None else complete - snapshot.matching(close)


def _close(planned: Plan, request: Request | None) -> Node | None:
    """What has all terms together, as it stands in the request: the engine knows this very node again."""
    if planned.strict is None or request is None or not planned.stretch:
        return None
    close = together(planned.strict.match, planned.stretch)
    asked = (*request.tiers, *(() if request.lifted is None else (request.lifted.match,)))
    return next((node for node in asked if node == close), None)

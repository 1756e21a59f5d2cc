"""Is what lacks something taken, too?"""

from __future__ import annotations

from searcher.engine import Request, Snapshot
from searcher.planning import Plan

ENOUGH = 100
"""Where so many documents hold what was surely meant, none that lacks something is taken."""


def request_for(snapshot: Snapshot, planned: Plan) -> Request | None:
    """The request that answers a query: the relaxed one where nobody expects a document to hold all, or few hold what was surely meant.

    The decision does not look at the page that is asked for, so that pages fit together.
    """
    if planned.relaxed is None or (planned.relaxed.tiers and snapshot.matching(planned.relaxed.tiers[0]) >= ENOUGH):
        return planned.strict
    return planned.relaxed

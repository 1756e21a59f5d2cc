"""Does a name answer, too, that may mean something else? Only where nothing else does: backup for 備份."""

from __future__ import annotations

from dataclasses import replace

from searcher.answers.relaxing import request_for
from searcher.engine import Snapshot
from searcher.plans.options import Options
from searcher.plans.planning import Plan, plan
from searcher.plans.ranking import Weights
from searcher.query.tree import Query
from searcher.vocabulary.terminology import REGISTER, TRANSLATION


def plan_over(snapshot: Snapshot, query: Query, options: Options) -> Plan:
    """The plan by which an index answers a query: where no document has all terms of a list, or nothing is found, by all of their names.

    數據庫 備份 → database, backup; 老板 → 用人单位
    """
    planned = plan(query, options)
    if options.strict or not _has_doubtful_names(planned, options.weights) or _answers(snapshot, planned):
        return planned
    named = plan(query, replace(options, any_name=True))
    return named if named.strict is not None and snapshot.matching(named.strict.match) else planned


def _has_doubtful_names(planned: Plan, weights: Weights) -> bool:
    """Whether words of a query go by other names, in another language or in formal words, that do not answer by themselves."""
    return any(form.kind in (REGISTER, TRANSLATION) and weights.doubtful <= form.weight < weights.certain for form in planned.expansions)


def _answers(snapshot: Snapshot, planned: Plan) -> bool:
    """Whether documents have all terms of a list, or anything answers what is no list."""
    if planned.strict is None or snapshot.matching(planned.strict.match):
        return True
    listed = len(planned.terms) > 1 and not planned.natural
    request = None if listed else request_for(snapshot, planned)
    return request is not None and snapshot.matching(request.match) > 0

"""Does a name answer, too, that may mean something else? Only where nothing else does: backup for 備份."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from searcher.answers.relaxing import request_for
from searcher.engine import Snapshot
from searcher.plans.options import Options
from searcher.plans.planning import Plan, plan
from searcher.plans.ranking import CERTAIN, Weights
from searcher.query.tree import Query
from searcher.results import Expansion
from searcher.vocabulary.terminology import REGISTER, TRANSLATION


def plan_over(snapshot: Snapshot, query: Query, options: Options) -> Plan:
    """The plan by which an index answers a query: where no document has all terms of a list, or a single word whole, or nothing is found,
    by all of their names.

    數據庫 備份 → database, backup; 老板 → 用人单位
    """
    planned = plan(query, options)
    doubtful = any(form.kind in (REGISTER, TRANSLATION) for form in _doubtful(planned, options.weights))
    if options.strict or not doubtful or _answers(snapshot, planned, options.weights):
        return planned
    named = plan(query, replace(options, any_name=True))
    return named if named.strict is not None and snapshot.matching(named.strict.match) else planned


def _doubtful(planned: Plan, weights: Weights) -> Iterator[Expansion]:
    """Other names that words of a query go by, that do not answer by themselves."""
    return (form for form in planned.expansions if weights.doubtful <= form.weight < CERTAIN)


def _answers(snapshot: Snapshot, planned: Plan, weights: Weights) -> bool:
    """Whether documents have all terms of a list, or the one word that is asked for, or anything answers what is neither.

    The parts of a word are no answer where it has a name: 中介 and 軟體 for 中介軟體, which other documents call middleware. What other
    regions may mean by it is one: 檔案 for 文件.
    """
    if planned.strict is None or snapshot.matching(planned.strict.match):
        return True
    meant = any(form.kind == "region" and form.source == planned.terms[0].text.text for form in _doubtful(planned, weights))
    whole = len(planned.terms) > 1 or (planned.words and not meant)
    request = None if whole and not planned.natural else request_for(snapshot, planned)
    return request is not None and snapshot.matching(request.match) > 0

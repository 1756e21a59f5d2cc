"""How is a query answered: hits, what is told of them, what is offered beside?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from time import perf_counter

from searcher.answers.answering import Answer, Page, answer_plan, answer_request
from searcher.answers.copies import Values, may_have_copies
from searcher.answers.doubting import plan_over
from searcher.answers.hits import HitMaker
from searcher.answers.lacking import lacked
from searcher.answers.scattered import scattered
from searcher.answers.seeking import held_by
from searcher.engine import AllOf, Handle, Match, Matches, NumberRange, Snapshot
from searcher.plans.leaves import leaf_for
from searcher.plans.options import Options
from searcher.plans.planning import Plan, scope_of
from searcher.plans.ranking import CERTAIN
from searcher.query.tree import Query
from searcher.records.kept import values_in
from searcher.remarks import Remark
from searcher.results import Expansion, Hit, Results
from searcher.suggestions.offering import offered_beside
from searcher.text import views
from searcher.text.folding import fold
from searcher.vocabulary.terminology import without_plurals


def answer(snapshot: Snapshot, query: Query, options: Options, page: Page) -> Results:
    """Answer a query from one snapshot of the index; never raises because of what the query says."""
    return next(answer_in_parts(snapshot, query, options, page, sys.maxsize))


def answer_in_parts(snapshot: Snapshot, query: Query, options: Options, page: Page, size: int) -> Iterator[Results]:
    """Answer a query so many hits at a time, for a page may have a million: one part at least, each made when asked for, and let go."""
    started = perf_counter()
    planned = plan_over(snapshot, query, options)
    values = cache(partial(values_in, snapshot))
    answered = answer_plan(snapshot, query, planned, options, page, values)
    whole = _without_hits(snapshot, query, options, planned, answered)
    matches = answered.found.matches
    for start in range(0, len(matches) or 1, size):
        part = replace(page, offset=page.offset + start)
        hits = _hits(snapshot, planned, answered, matches[start : start + size], part, values, query.text)
        values.cache_clear()
        yield replace(whole, hits=hits, took_ms=(perf_counter() - started) * 1000)
        started = perf_counter()


def _without_hits(snapshot: Snapshot, query: Query, options: Options, planned: Plan, answered: Answer) -> Results:
    """What is told of an answer beside its hits."""
    return Results(
        query=query.text,
        total=answered.found.total,
        complete=answered.complete,
        scattered=answered.scattered,
        relaxed=answered.relaxed,
        expansions=_found_expansions(snapshot, planned, answered),
        suggestions=offered_beside(snapshot, query, options, planned, answered),
        notices=(
            *_of_nothing(snapshot),
            *query.notices,
            *(options.scope.notices if options.scope else ()),
            *answered.found.notices,
            *_of_other_signs(snapshot, planned),
            *_undated(snapshot, query, answered),
        ),
        folded=answered.folded,
    )


def _found_expansions(snapshot: Snapshot, planned: Plan, answered: Answer) -> tuple[Expansion, ...]:
    """The other forms of a query that the index holds: only those brought something. Where nothing was found, what surely is meant alone
    was looked for."""
    looked_for = (expansion for expansion in planned.expansions if answered.found.total or expansion.weight >= CERTAIN)
    leaves = ((expansion, leaf_for(fold(expansion.target).text)) for expansion in looked_for)
    return without_plurals([expansion for expansion, leaf in leaves if leaf is not None and snapshot.matching(leaf)])


def alike(snapshot: Snapshot, handle: Handle, options: Options, page: Page) -> Results:
    """Documents, of a scope if there is one, that share the words which set this one apart, as the answer to its title."""
    from searcher.answers.likeness import request_like

    started = perf_counter()
    request = request_like(snapshot, handle, scope_of(options))
    values = cache(partial(values_in, snapshot))
    answered = Answer(Matches(0, ()), None) if request is None else answer_request(snapshot, values, request, page)
    hits = _hits(snapshot, Plan(), answered, answered.found.matches, page, values)
    took = (perf_counter() - started) * 1000
    return Results(values(handle)["title"], answered.found.total, hits, folded=answered.folded, took_ms=took)


def _of_other_signs(snapshot: Snapshot, planned: Plan) -> Iterator[Remark]:
    """Which quotations stand with other signs in some of the documents: who quotes may want to know."""
    if planned.strict is None:
        return
    for term in planned.terms:
        if term.text.quoted and term.across is not None:
            count = snapshot.matching(AllOf((term.across, planned.strict.match)))
            if count:
                yield Remark("notice.signs", text=term.text.text, count=count)


def _of_nothing(snapshot: Snapshot) -> Iterator[Remark]:
    """That no query can find anything."""
    if not snapshot.count:
        yield Remark("notice.nothing-indexed")


def _undated(snapshot: Snapshot, query: Query, answered: Answer) -> Iterator[Remark]:
    """That what is sorted by its date has none, so that it is in no order: files have another one."""
    if query.sort not in ("date", "-date") or answered.request is None or not answered.found.total:
        return
    if not snapshot.matching(AllOf((answered.request.match, NumberRange(views.FIRST_DAY, 0, None)))):
        yield Remark("notice.undated")


def _hits(
    snapshot: Snapshot, planned: Plan, answered: Answer, matches: Sequence[Match], page: Page, values: Values, typed: str = ""
) -> tuple[Hit, ...]:
    """The hits of some of the matches, which begin at the offset of the page."""
    handles = [match.handle for match in matches]
    folded = page.limit is not None and not page.copies
    holding = [held_by(snapshot, handles, term) for term in planned.terms]
    repeated = may_have_copies(snapshot, handles) if folded else ()
    lacking = answered.lacking(snapshot, handles)
    whole = [handle for handle in handles if handle not in lacking]
    apart = scattered(snapshot, planned, answered.request, whole) if answered.scattered else ()
    maker = HitMaker(snapshot, planned, values, holding, page.snippets, page.width, repeated, answered.near, apart)
    missing = lacked(snapshot, planned, typed, lacking)
    return tuple(maker.hit(match, rank, missing.get(match.handle)) for rank, match in enumerate(matches, start=page.offset + 1))

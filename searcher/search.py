"""Which documents answer, in which order."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from time import perf_counter

from searcher.answers.copies import Values, distinct, may_have_copies
from searcher.answers.exactness import held_exactly
from searcher.answers.hits import HitMaker
from searcher.answers.lacking import lacked
from searcher.answers.relaxing import is_little_known, request_for
from searcher.answers.seeking import held_by
from searcher.engine import AllOf, Handle, Match, Matches, Request, Snapshot
from searcher.plans.leaves import leaf_for
from searcher.plans.options import Options, check_count, check_limit
from searcher.plans.planning import Plan, plan
from searcher.query.tree import Any, Query
from searcher.records.kept import values_in
from searcher.remarks import Remark
from searcher.results import Expansion, Hit, Results
from searcher.suggestions.mistyping import suspicious
from searcher.text.folding import fold
from searcher.vocabulary.terminology import without_plurals


@dataclass(frozen=True, slots=True)
class Page:
    """Which hits are wanted, and how much of each: `limit` None for all; `width` of a passage in terminal cells.

    `copies`: documents of the same text, or nearly, are hits of their own, as they are where all are wanted.
    """

    limit: int | None = 10
    offset: int = 0
    snippets: int = 3
    width: int = 150
    copies: bool = False

    def __post_init__(self) -> None:
        """InvalidOption for a number that counts nothing."""
        for name in ("offset", "snippets", "width"):
            check_count(name, getattr(self, name))
        check_limit(self.limit)


def answer(snapshot: Snapshot, query: Query, options: Options, page: Page) -> Results:
    """Answer a query from one snapshot of the index; never raises because of what the query says."""
    return next(answer_in_parts(snapshot, query, options, page, sys.maxsize))


def answer_in_parts(snapshot: Snapshot, query: Query, options: Options, page: Page, size: int) -> Iterator[Results]:
    """The same, so many hits at a time, for a page may have a million: one part at least, each made when it is asked for, and let go."""
    started = perf_counter()
    planned = plan(query, options)
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
        complete=answered.found.total if answered.strict is None else answered.complete,
        relaxed=answered.relaxed,
        expansions=_found_expansions(snapshot, planned),
        suggestions=_suggestions(snapshot, query, options, planned, answered),
        notices=(
            *query.notices,
            *(options.scope.notices if options.scope else ()),
            *answered.found.notices,
            *_of_other_signs(snapshot, planned),
        ),
        folded=answered.folded,
    )


def _found_expansions(snapshot: Snapshot, planned: Plan) -> tuple[Expansion, ...]:
    """The other forms of a query that the index holds: only those brought something."""
    leaves = ((expansion, leaf_for(fold(expansion.target).text)) for expansion in planned.expansions)
    return without_plurals([expansion for expansion, leaf in leaves if leaf is not None and snapshot.matching(leaf)])


def alike(snapshot: Snapshot, handle: Handle, page: Page) -> Results:
    """Documents that share the words which set this one apart, as the answer to its title."""
    from searcher.answers.likeness import request_like

    started = perf_counter()
    request = request_like(snapshot, handle)
    values = cache(partial(values_in, snapshot))
    answered = Answer(Matches(0, ()), None) if request is None else _answer(snapshot, values, request, page)
    hits = _hits(snapshot, Plan(), answered, answered.found.matches, page, values)
    took = (perf_counter() - started) * 1000
    return Results(values(handle)["title"], answered.found.total, hits, folded=answered.folded, took_ms=took)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine found, and with which request; `strict` is what tells a relaxed hit from one that has every term: `complete` have.

    `near`: the documents that a match stands for, as their texts are nearly its own; `folded`: how many matches others stand for.
    """

    found: Matches
    request: Request | None
    strict: Request | None = None
    complete: int = 0
    near: Mapping[Handle, tuple[Handle, ...]] = field(default_factory=dict)
    folded: int = 0

    @property
    def relaxed(self) -> bool:
        """Whether nothing held every term, so that documents with some of them were taken."""
        return self.strict is not None and self.found.total > 0 and not self.complete

    def lacking(self, snapshot: Snapshot, handles: Sequence[Handle]) -> frozenset[Handle]:
        """Those of some documents that were found and have not got every term."""
        if self.strict is None or self.complete == self.found.total:
            return frozenset()
        return frozenset(handles) - snapshot.among(handles, self.strict.match)


def answer_plan(snapshot: Snapshot, query: Query, planned: Plan, options: Options, page: Page, values: Values) -> Answer:
    """The documents of a page, and how many there are in all; what lacks something among them where it is taken, too."""
    if planned.strict is None or query.tree is None:
        return Answer(Matches(0, ()), None)
    if options.exact_script:
        return Answer(held_exactly(snapshot, query.tree, planned, options, page.limit, page.offset), planned.strict)
    request = request_for(snapshot, planned) or planned.strict
    answered = _answer(snapshot, values, request, page)
    if request.match is planned.strict.match:
        return answered
    return replace(answered, strict=planned.strict, complete=snapshot.matching(planned.strict.match))


def _answer(snapshot: Snapshot, values: Values, request: Request, page: Page) -> Answer:
    """The documents of a page, copies folded where that is wanted."""
    if page.limit is None or page.copies:
        return Answer(snapshot.search(request, limit=page.limit, offset=page.offset), request)
    folded = distinct(snapshot, values, request, page.limit, page.offset)
    return Answer(folded.found, request, near=folded.near, folded=folded.folded)


def _of_other_signs(snapshot: Snapshot, planned: Plan) -> Iterator[Remark]:
    """Which quotations stand with other signs in some of the documents: who quotes may want to know."""
    if planned.strict is None:
        return
    for term in planned.terms:
        if term.text.quoted and term.across is not None:
            count = snapshot.matching(AllOf((term.across, planned.strict.match)))
            if count:
                yield Remark("notice.signs", text=term.text.text, count=count)


def _suggestions(snapshot: Snapshot, query: Query, options: Options, planned: Plan, answered: Answer) -> tuple[str, ...]:
    """What else may be meant, where nothing was found, or only what a title names of something that is not known; else what is plainly
    misspelled."""
    found = answered.found.total > 0
    if found and not (answered.relaxed and is_little_known(snapshot, planned, answered.request)):
        return _mended(snapshot, query, options, planned, answered)
    from searcher.suggestions.suggesting import did_you_mean, words_among

    offered = did_you_mean(snapshot, query, options)
    if not found:
        return offered
    others = tuple(text for text in offered if text.replace(" ", "") not in query.text)  # what is left of it was answered
    return words_among(others) if answered.request is planned.last else others


def _mended(snapshot: Snapshot, query: Query, options: Options, planned: Plan, answered: Answer) -> tuple[str, ...]:
    """What was plainly meant by terms that look mistyped."""
    complete = answered.found.total if answered.strict is None else answered.complete
    if not complete and (query.text.isascii() or sum(term.text.text.isascii() for term in planned.terms) > 1):
        from searcher.suggestions.suggesting import read_together

        if read := read_together(snapshot, query, planned.terms, options):
            return read[:1]
    terms = () if planned.natural else suspicious(snapshot, planned.terms, 0 if isinstance(query.tree, Any) else complete)
    if terms:
        from searcher.suggestions.suggesting import mistyped

        if (mended := mistyped(snapshot, query, terms, options, complete)) or len(terms) > 1:
            return mended
    return _mended_within(snapshot, query, options, planned, complete)


def _mended_within(snapshot: Snapshot, query: Query, options: Options, planned: Plan, complete: int) -> tuple[str, ...]:
    """What was plainly meant by stretches of its terms; resources are loaded only where one looks mistyped."""
    from searcher.suggestions.stretches import suspicious_stretches

    stretches = suspicious_stretches(snapshot, planned.terms, complete, natural=planned.natural)
    if not stretches:
        return ()
    from searcher.suggestions.suggesting import mistyped_within

    return mistyped_within(snapshot, query, stretches, options, complete)


def _hits(
    snapshot: Snapshot, planned: Plan, answered: Answer, matches: Sequence[Match], page: Page, values: Values, typed: str = ""
) -> tuple[Hit, ...]:
    """The hits of some of the matches, which begin at the offset of the page."""
    handles = [match.handle for match in matches]
    folded = page.limit is not None and not page.copies
    holding = [held_by(snapshot, handles, term) for term in planned.terms]
    maker = HitMaker(
        snapshot, planned, values, holding, page.snippets, page.width, may_have_copies(snapshot, handles) if folded else (), answered.near
    )
    missing = lacked(snapshot, planned, typed, answered.lacking(snapshot, handles))
    return tuple(maker.hit(match, rank, missing.get(match.handle)) for rank, match in enumerate(matches, start=page.offset + 1))

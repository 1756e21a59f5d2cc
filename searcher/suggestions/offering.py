"""What is offered beside an answer? What may have been meant where little or nothing was found, else what is plainly misspelled."""

from __future__ import annotations

from searcher.answers.answering import Answer
from searcher.answers.relaxing import is_little_known
from searcher.engine import Snapshot
from searcher.plans.options import Options
from searcher.plans.planning import Plan
from searcher.query.tree import Any, Query
from searcher.suggestions.mistyping import suspicious


def offered_beside(snapshot: Snapshot, query: Query, options: Options, planned: Plan, answered: Answer) -> tuple[str, ...]:
    """What else may be meant, where nothing was found, or only what a title names of something that is not known; else what is plainly
    misspelled, a date that documents are of, or the beginning of a word where none has all of the query."""
    found = answered.found.total > 0
    if found and not (answered.relaxed and is_little_known(snapshot, planned, answered.request)):
        return (
            _mended(snapshot, query, options, planned, answered)
            or _dated(snapshot, query, options, planned)
            or _begun(snapshot, query, options, planned, answered)
        )
    from searcher.suggestions.suggesting import did_you_mean, words_among

    offered = did_you_mean(snapshot, query, options, found=found)
    if not found:
        return offered
    others = tuple(text for text in offered if text.replace(" ", "") not in query.text)  # what is left of it was answered
    return words_among(others) if answered.request is planned.last else others


def _dated(snapshot: Snapshot, query: Query, options: Options, planned: Plan) -> tuple[str, ...]:
    """A month or a day of the query as the date of documents; resources are loaded only where it has one."""
    if planned.natural or not ("月" in query.text or any(map(str.isdecimal, query.text))):
        return ()
    from searcher.suggestions.otherwise import dated

    return tuple(dated(snapshot, query, planned.terms, options))[:1]


def _begun(snapshot: Snapshot, query: Query, options: Options, planned: Plan, answered: Answer) -> tuple[str, ...]:
    """The query with a word of letters that no document has as the beginning of others; resources are loaded only where it may have one."""
    if answered.complete or not any(term.text.text.isascii() for term in planned.terms):
        return ()
    from searcher.suggestions.otherwise import TELLING, begun

    return tuple(begun(snapshot, query, planned.terms, options, TELLING))


def _mended(snapshot: Snapshot, query: Query, options: Options, planned: Plan, answered: Answer) -> tuple[str, ...]:
    """What was plainly meant by terms that look mistyped."""
    complete = answered.complete
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

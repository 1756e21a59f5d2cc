"""Which documents of a page answer a query, what lacks something included and copies folded, and how many are there in all?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from searcher.answers.copies import Values, distinct
from searcher.answers.exactness import held_exactly
from searcher.answers.relaxing import request_for
from searcher.answers.scattered import count_scattered
from searcher.engine import Handle, Matches, Request, Snapshot
from searcher.frozen import frozen
from searcher.plans.options import Options, check_count, check_limit
from searcher.plans.planning import Plan
from searcher.query.tree import Query


@frozen
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


@frozen
class Answer:
    """What the engine found, and with which request.

    `complete`: how many documents have every term; `strict` tells these from relaxed ones, and is None where there are no others.
    `scattered`: how many of these have them only far apart, and so stand among the others.
    `near`: the documents that a match stands for, as their texts are nearly its own; `folded`: how many matches others stand for.
    """

    found: Matches
    request: Request | None
    complete: int = 0
    scattered: int = 0
    strict: Request | None = None
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
        found = held_exactly(snapshot, query.tree, planned, options, page.limit, page.offset)
        return Answer(found, planned.strict, found.total)
    request = request_for(snapshot, planned) or planned.strict
    answered = answer_request(snapshot, values, request, page)
    if request.match is planned.strict.match:
        return answered
    complete = snapshot.matching(planned.strict.match)
    apart = count_scattered(snapshot, planned, request, complete)
    return replace(answered, strict=planned.strict, complete=complete, scattered=apart)


def answer_request(snapshot: Snapshot, values: Values, request: Request, page: Page) -> Answer:
    """The documents of a page, copies folded where that is wanted."""
    if page.limit is None or page.copies:
        found = snapshot.search(request, limit=page.limit, offset=page.offset)
        return Answer(found, request, found.total)
    folded = distinct(snapshot, values, request, page.limit, page.offset)
    return Answer(folded.found, request, folded.found.total, near=folded.near, folded=folded.folded)

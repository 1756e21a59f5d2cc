"""How many documents have each value of a field, and how do their authors write it?"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from pathlib import PurePath

from searcher.answers.answering import Page, answer_plan
from searcher.answers.doubting import plan_over
from searcher.answers.likeness import request_like
from searcher.engine import Every, Handle, Keyword, Request, Snapshot
from searcher.plans.options import Options
from searcher.plans.planning import scope_of
from searcher.query.tree import Query
from searcher.records.kept import values_in
from searcher.text import views
from searcher.text.folding import fold

Counts = tuple[tuple[str, int], ...]
"""Values of a field as a reader wants to see them, paths by their folders; and how many documents have each, most first."""


def of_answer(snapshot: Snapshot, query: Query, options: Options, name: str, limit: int | None) -> Counts:
    """The values of the documents that answer a query."""
    values = partial(values_in, snapshot)
    answered = answer_plan(snapshot, query, plan_over(snapshot, query, options), options, Page(limit=1, copies=True), values)
    return _counts(snapshot, answered.request, name, limit)


def of_all(snapshot: Snapshot, options: Options, name: str, limit: int | None) -> Counts:
    """The values of all documents, or of all in a scope."""
    if options.scope is None:
        return _counts(snapshot, Request(Every()), name, limit)
    return of_answer(snapshot, options.scope, replace(options, scope=None), name, limit)


def of_alike(snapshot: Snapshot, handle: Handle, options: Options, name: str, limit: int | None) -> Counts:
    """The values of the documents that are like one, of all or of those in a scope."""
    return _counts(snapshot, request_like(snapshot, handle, scope_of(options)), name, limit)


def values(snapshot: Snapshot, name: str, prefix: str, limit: int | None) -> tuple[str, ...]:
    """The values of a field that begin like `prefix`, as they are written, the most frequent first."""
    start = views.keyword(name, "")
    found = snapshot.keywords(start + fold(prefix).text, limit)
    return tuple(as_written(snapshot, name, keyword.removeprefix(start)) for keyword, _ in found)


def as_written(snapshot: Snapshot, name: str, value: str) -> str:
    """A folded value as the first document that has it writes it: ming lee → Ming Lee."""
    for match in snapshot.search(Request(Keyword(views.keyword(name, value))), limit=1).matches:
        written = values_in(snapshot, match.handle)["metadata"].get(name, ())
        for part in (written,) if isinstance(written, str) else written:
            if fold(part).text.strip() == value:
                return str(part)
    return value


def _counts(snapshot: Snapshot, request: Request | None, name: str, limit: int | None) -> Counts:
    if request is None:
        return ()
    prefix = views.keyword(name, "")
    counted = snapshot.facet(request.match, prefix, None if name == "path" else limit)
    found = [(keyword.removeprefix(prefix), count) for keyword, count in counted]
    if name == "path":
        return tuple(_folders(found).most_common(limit))
    return tuple((as_written(snapshot, name, value), count) for value, count in found)


def _folders(paths: Sequence[tuple[str, int]]) -> Counter[str]:
    """How many of the paths lie in each folder, told by the first step in which they part; those of one folder in that."""
    folders: Counter[str] = Counter()
    for path, count in paths:
        folders[os.path.dirname(path)] += count  # noqa: PTH120  (there may be a million, in few folders)
    steps = {folder: PurePath(folder).parts for folder in folders}
    ends = steps.values()
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(min(ends), max(ends), strict=False)) if ends else ()
    common = len(tuple(shared))
    counts: Counter[str] = Counter()
    for folder, count in folders.items():
        counts[str(PurePath(*steps[folder][: common + 1]))] += count
    return counts

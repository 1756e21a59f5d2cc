"""Documents of the same text are one hit: the best of them stands for the others, which are named with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from searcher.engine import Handle, Keyword, Match, Matches, Request, Snapshot
from searcher.views import keyword

Values = Callable[[Handle], Mapping[str, Any]]
"""Gives what was stored with a document."""


def first_of_copies(snapshot: Snapshot, values: Values, request: Request, limit: int | None, offset: int) -> Matches:
    """The matches of a page, of those with the same text the first only; without a limit, all of them. `total` counts every document."""
    if limit is None:
        return snapshot.search(request, limit=None, offset=offset)
    wanted = asked = offset + limit
    while True:
        found = snapshot.search(request, limit=asked)
        distinct = list(_distinct(values, found.matches))
        if len(distinct) >= wanted or len(found.matches) < asked:
            return replace(found, matches=tuple(distinct[offset:wanted]))
        asked *= 2


def copies_of(snapshot: Snapshot, id: str, digest: str) -> tuple[str, ...]:
    """The paths, or else ids, of the other documents with the text of this one."""
    same = Keyword(keyword("digest", digest))
    if snapshot.matching(same) < 2:
        return ()
    others = (snapshot.values(match.handle) for match in snapshot.search(Request(same), limit=None).matches)
    return tuple(values["path"] or values["id"] for values in others if values["id"] != id)


def _distinct(values: Values, matches: Iterable[Match]) -> Iterator[Match]:
    seen: set[str] = set()
    for match in matches:
        digest = values(match.handle)["digest"]
        if digest not in seen:
            seen.add(digest)
            yield match

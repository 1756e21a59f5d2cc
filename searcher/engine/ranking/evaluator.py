"""Which documents of some segments answer a request, and in which order?

Documents are named here by two numbers, the segment's and their own in it: what lies behind a snapshot's handles.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searcher.engine.arrays.docsets import Array, DocSet, ids, member, size, union
from searcher.engine.matching import trees
from searcher.engine.nodes import Fuzzy, Leaf, Node, Run, Term, Wildcard
from searcher.engine.ranking.best import best
from searcher.engine.ranking.characters import add_characters
from searcher.engine.ranking.nearness import add_nearness
from searcher.engine.ranking.plain import answer, is_plain
from searcher.engine.ranking.scoring import Scorer
from searcher.engine.ranking.works import add_works
from searcher.engine.reading.expansion import LIMIT
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Lifted, Request
from searcher.remarks import Remark

Found = tuple[int, int, float, int]
"""The number of a segment, of a document in it, its score and its tier."""


def search(
    reader: Reader, request: Request, limit: int | None, offset: int = 0, beyond: int = 0
) -> tuple[int, list[Found], tuple[str, ...]]:
    """How many documents match, those asked for in order (`limit` None: all behind the offset), and what was limited.

    `beyond`: so many more, but no others than the last one's tier has, which are in order already.
    """
    if is_plain(reader, request):
        return _search_plainly(reader, request, limit, offset, beyond)
    matched = trees.matching(reader, request.match)
    total = size(matched)
    wanted = _wanted(total, limit, offset)
    scorer = Scorer(reader, request.ranking, request.features if wanted else ())
    last = wanted + beyond
    reach = max(last, request.lifted.depth) if request.lifted is not None and wanted else last
    tiers = _first_tiers(reader, matched, request.tiers, reach - beyond)
    candidates = _candidates(reader, tiers, scorer, request.sort)
    groups, keys = [documents for documents, _ in candidates], [of_tier for _, of_tier in candidates]
    if groups and request.sort is None:
        _ask_anew(reader, keys, groups, scorer, request)
    found: list[Found] = []
    for tier, (group, of_group) in enumerate(zip(groups, keys, strict=True)):
        found.extend(_best(reader, group, of_group, scorer, request, reach - len(found), tier))
    if request.lifted is not None and request.sort is None:
        found = _lift(reader, found, request.lifted)
    return total, found[offset:last], _notices(reader, request)


def _search_plainly(
    reader: Reader, request: Request, limit: int | None, offset: int, beyond: int
) -> tuple[int, list[Found], tuple[str, ...]]:
    """What `search` gives for a plain request (see `plain.py`)."""
    enough = reader.count if limit is None else offset + limit + beyond
    scorer = Scorer(reader, request.ranking, ())
    total, documents, scores = answer(reader, request, scorer, enough)
    chosen = best(scores, enough if _wanted(total, limit, offset) else 0)
    return total, _found(reader, documents.take(chosen), scores.take(chosen), 0)[offset:], ()


def _lift(reader: Reader, found: list[Found], lifted: Lifted) -> list[Found]:
    """The documents with those that are lifted at their places at the latest."""
    first = [one[:2] for one in found[: lifted.depth]]
    matching = set(trees.matching_among(reader, lifted.match, first))
    chosen = [place for place, document in enumerate(first) if document in matching][: lifted.count]
    free = 0  # the first place behind those that were lifted already
    for number, place in enumerate(chosen):
        before = sum(tier < found[place][3] for *_, tier in found[:place])
        wanted = min(place, max(lifted.place + number, before, free))
        found.insert(wanted, found.pop(place))
        free = wanted + 1
    return found


def _ask_anew(reader: Reader, keys: Sequence[Array], groups: Sequence[Array], scorer: Scorer, request: Request) -> None:
    """Adds to the scores of each tier what is asked of its first documents only."""
    if request.nearness is not None:
        add_nearness(keys, reader, scorer, groups, request.nearness)
    if request.works is not None:
        add_works(keys, reader, groups, request.works)
    if request.characters is not None:
        add_characters(keys, reader, scorer, groups, request.characters)


def _first_tiers(reader: Reader, matched: DocSet, tiers: Sequence[Node], wanted: int) -> list[DocSet]:
    """The documents of the tiers that the first `wanted` documents stand in."""
    if not tiers:
        return [matched] if wanted else []
    found = []
    for tier in trees.in_tiers(reader, matched, tiers) if wanted else ():
        found.append(tier)
        wanted -= size(tier)
        if wanted <= 0:
            break
    return found


def _best(reader: Reader, group: Array, keys: Array, scorer: Scorer, request: Request, wanted: int, tier: int) -> list[Found]:
    """The first documents of a tier, in order."""
    chosen = best(keys, wanted)
    documents = group.take(chosen)
    if request.sort is None:
        return _found(reader, documents, keys.take(chosen), tier)
    order = documents.argsort()
    scores = np.empty(len(documents))
    scores[order] = scorer.scores(documents.take(order))
    return _found(reader, documents, scores, tier)


def _found(reader: Reader, documents: Array, scores: Array, tier: int) -> list[Found]:
    """Documents as they are known outside."""
    places = reader.segments.at_all(documents.tolist())
    return [(number, own, score, tier) for (number, own), score in zip(places, scores.tolist(), strict=True)]


def _notices(reader: Reader, request: Request) -> tuple[str, ...]:
    """What was limited: patterns that stand for too many terms."""
    scored = [one.leaf for feature in request.features for one in feature.alternatives if not isinstance(one.leaf, Term)]
    patterns = [leaf for node in (request.match, *scored) for leaf in trees.limited(reader, node)]
    return tuple(dict.fromkeys(Remark("notice.limited", pattern=_written(leaf), limit=LIMIT) for leaf in patterns)) if patterns else ()


def _wanted(total: int, limit: int | None, offset: int) -> int:
    """How many of the first of so many documents are looked for."""
    return 0 if offset >= total else total if limit is None else min(total, offset + limit)


def _candidates(reader: Reader, tiers: Sequence[DocSet], scorer: Scorer, sort: str | None) -> list[tuple[Array, Array]]:
    """The documents of each tier, with numbers that are greatest for those that come first.

    The numbers are scores, or a column, with the least, `MISSING`, where there is none. All tiers are scored at once.
    """
    documents = ids(union(tiers, reader.count))
    keys = scorer.scores(documents) if sort is None else _keys(reader, documents, sort)
    inside = [member(documents, tier, reader.count) for tier in tiers] if len(tiers) > 1 else []
    return [(documents.compress(those), keys.compress(those)) for those in inside] or [(documents, keys)] * len(tiers)


def _keys(reader: Reader, documents: Array, sort: str) -> Array:
    """What documents are ordered by where they are sorted by a column. `MISSING` has no positive: negated, it stays the least."""
    numbers = reader.column(sort.removeprefix("-")).take(documents)
    return numbers if sort.startswith("-") else np.negative(numbers)


def _written(leaf: Leaf) -> str:
    """A pattern as a user knows it."""
    if isinstance(leaf, Wildcard):
        return leaf.pattern
    return f"{leaf.text}~" if isinstance(leaf, Fuzzy) else f"{'…' if isinstance(leaf, Run) else leaf.text}*"

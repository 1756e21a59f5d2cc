"""Which documents of some segments answer a request, and in which order?

Documents are named here by two numbers, the segment's and their own in it: what lies behind a snapshot's handles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.answers import Breakdown
from searcher.engine.arrays.docsets import Array, DocSet, distinct, ids, located, member, size, union
from searcher.engine.arrays.memory import retain_memory
from searcher.engine.arrays.sketches import near_pairs
from searcher.engine.fields.kinds import MISSING
from searcher.engine.matching import leaves, linked, trees
from searcher.engine.matching.stretches import best_stretches
from searcher.engine.nodes import Fuzzy, Leaf, Linked, Node, Run, Term, Wildcard
from searcher.engine.ranking.best import best
from searcher.engine.ranking.characters import add_characters
from searcher.engine.ranking.explaining import explain
from searcher.engine.ranking.frequent import frequent, names
from searcher.engine.ranking.nearness import add_nearness
from searcher.engine.ranking.plain import answer, is_plain
from searcher.engine.ranking.scoring import Scorer
from searcher.engine.ranking.works import add_works
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.expansion import LIMIT
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Lifted, Request, Stretches
from searcher.remarks import Remark

if TYPE_CHECKING:
    from searcher.engine.segment.file import FileSegment

CAPACITY = 48 * 1024 * 1024
"""So many bytes of decoded postings, norms and feature scores are kept, and a part of that of what matches."""

Found = tuple[int, int, float, int]
"""The number of a segment, of a document in it, its score and its tier."""


class Evaluator:
    """Answers requests over the segments of one snapshot; several threads may share it. It holds what was decoded last."""

    def __init__(self, segments: Sequence[FileSegment], capacity: int = CAPACITY) -> None:
        retain_memory()
        self._reader = Reader(segments, Cache(capacity))

    def search(self, request: Request, limit: int | None, offset: int = 0, beyond: int = 0) -> tuple[int, list[Found], tuple[str, ...]]:
        """How many documents match, those asked for in order (`limit` None: all behind the offset), and what was limited.

        `beyond`: so many more, but no others than the last one's tier has, which are in order already.
        """
        if is_plain(self._reader, request):
            return self._search_plainly(request, limit, offset, beyond)
        matched = trees.matching(self._reader, request.match)
        total = size(matched)
        wanted = _wanted(total, limit, offset)
        scorer = Scorer(self._reader, request.ranking, request.features if wanted else ())
        last = wanted + beyond
        reach = max(last, request.lifted.depth) if request.lifted is not None and wanted else last
        enough = max(reach, request.asked_anew)
        tiers = self._first_tiers(matched, request.tiers, reach - beyond)
        candidates = _candidates(self._reader, tiers, scorer, request.sort, enough)
        groups, keys = [documents for documents, _ in candidates], [of_tier for _, of_tier in candidates]
        if groups and request.sort is None:
            self._ask_anew(keys, groups, scorer, request)
        found: list[Found] = []
        for tier, (group, of_group) in enumerate(zip(groups, keys, strict=True)):
            found.extend(self._best(group, of_group, scorer, request, reach - len(found), tier))
        if request.lifted is not None and request.sort is None:
            found = self._lift(found, request.lifted)
        return total, found[offset:last], self._notices(request)

    def _lift(self, found: list[Found], lifted: Lifted) -> list[Found]:
        """The documents with those that are lifted at their places at the latest."""
        first = [one[:2] for one in found[: lifted.depth]]
        matching = set(self.among(first, lifted.match))
        chosen = [place for place, document in enumerate(first) if document in matching][: lifted.count]
        free = 0  # the first place behind those that were lifted already
        for number, place in enumerate(chosen):
            before = sum(tier < found[place][3] for *_, tier in found[:place])
            wanted = min(place, max(lifted.place + number, before, free))
            found.insert(wanted, found.pop(place))
            free = wanted + 1
        return found

    def _ask_anew(self, keys: Sequence[Array], groups: Sequence[Array], scorer: Scorer, request: Request) -> None:
        """Adds to the scores of each tier what is asked of its first documents only."""
        if request.nearness is not None:
            add_nearness(keys, self._reader, scorer, groups, request.nearness)
        if request.works is not None:
            add_works(keys, self._reader, groups, request.works)
        if request.characters is not None:
            add_characters(keys, self._reader, scorer, groups, request.characters)

    def _search_plainly(self, request: Request, limit: int | None, offset: int, beyond: int) -> tuple[int, list[Found], tuple[str, ...]]:
        """What `search` gives for a plain request (see `plain.py`)."""
        enough = self._reader.count if limit is None else offset + limit + beyond
        scorer = Scorer(self._reader, request.ranking, ())
        total, documents, scores = answer(self._reader, request, scorer, enough)
        chosen = best(scores, enough if _wanted(total, limit, offset) else 0)
        return total, self._found(documents.take(chosen), scores.take(chosen), 0)[offset:], ()

    def count(self, node: Node) -> int:
        """How many documents match."""
        return trees.count(self._reader, node)

    def among(self, documents: Sequence[tuple[int, int]], node: Node) -> Iterator[tuple[int, int]]:
        """Which of some documents match: (number of the segment, number of the document in it)."""
        wanted = distinct(self._numbers(documents))
        return self._reader.segments.at_all(trees.matching_among(self._reader, node, wanted).tolist())

    def near_pairs(self, documents: Sequence[tuple[int, int]], column: str, bits: int, within: int) -> list[tuple[int, int]]:
        """The places of documents, not more than `within` apart, whose sketches in a column differ in no more than so many bits."""
        return near_pairs(self._in_column(documents, column), bits, within)

    def repeated(self, documents: Sequence[tuple[int, int]], column: str) -> list[bool]:
        """Whether another document may have the same number in a column, for each document; where it has no number, that is not known."""
        if not documents:
            return []
        repeated = self._reader.kept(("repeated", column), lambda: _repeated(self._reader.segments.column(column)))
        found: list[bool] = located(self._in_column(documents, column), repeated)[1].tolist()
        return found

    def occurrences(self, segment: int, document: int, leaf: Leaf, field: str) -> list[tuple[int, int]]:
        """Where a leaf stands in a field of a document: (first position, positions spanned), ascending; nowhere without positions."""
        return leaves.occurrences(self._reader, self._number(segment, document), leaf, field)

    def spans_by_block(self, segment: int, document: int, leaf: Leaf, field: str, blocks: Sequence[int]) -> list[tuple[int, int]]:
        """The same, but the first and the last position, and one more, and only where it is not in the same blocks of text as before."""
        return leaves.spans_by_block(self._reader, self._number(segment, document), leaf, field, blocks)

    def stretches(self, segment: int, document: int, node: Linked, field: str) -> list[tuple[int, int]]:
        """The first and the last position of each stretch of a field of a document in which something may stand, ascending."""
        return linked.stretches(self._reader, self._number(segment, document), node, field)

    def best_stretches(self, segment: int, document: int, asked: Stretches) -> tuple[list[float], list[tuple[int, int]]]:
        """What each thing tells in a document, and the first and the last position of the best stretches, the best first."""
        return best_stretches(self._reader, self._number(segment, document), asked)

    def explain(self, segment: int, document: int, request: Request) -> Breakdown:
        """What the score of a document is made of."""
        return explain(self._reader, self._number(segment, document), request)

    def terms(self, field: str, prefix: str, node: Node | None = None, limit: int | None = None) -> list[tuple[str, int]]:
        """The terms of a field that start with `prefix`, with how many documents (of those that match) have them: the most frequent first,
        none with 0.

        `limit`: so many of them; then of many terms, as of addresses that each document has its own of, only these are read.
        """
        documents = self._reader.alive if node is None else trees.matching(self._reader, node)
        return frequent(self._reader, field, prefix, documents, limit)

    def keyword_names(self) -> frozenset[str]:
        """What stands before the colon in any keyword: a look-up for each name, however many values it has."""
        return frozenset(name for segment in self._reader.segments.parts for name in names(segment))

    def _number(self, segment: int, document: int) -> int:
        """The number of a document among those of all segments."""
        return self._reader.segments.bases[segment] + document

    def _numbers(self, documents: Sequence[tuple[int, int]]) -> Array:
        return np.array([self._number(*document) for document in documents], np.uint32)

    def _in_column(self, documents: Sequence[tuple[int, int]], column: str) -> Array:
        """The numbers that documents have in a column."""
        return self._reader.numbers(column, self._numbers(documents))

    def _first_tiers(self, matched: DocSet, tiers: Sequence[Node], wanted: int) -> list[DocSet]:
        """The documents of the tiers that the first `wanted` documents stand in."""
        if not tiers:
            return [matched] if wanted else []
        found = []
        for tier in trees.in_tiers(self._reader, matched, tiers) if wanted else ():
            found.append(tier)
            wanted -= size(tier)
            if wanted <= 0:
                break
        return found

    def _best(self, group: Array, keys: Array, scorer: Scorer, request: Request, wanted: int, tier: int) -> list[Found]:
        """The first documents of a tier, in order."""
        chosen = best(keys, wanted)
        documents = group.take(chosen)
        if request.sort is None:
            return self._found(documents, keys.take(chosen), tier)
        order = documents.argsort()
        scores = np.empty(len(documents))
        scores[order] = scorer.scores(documents.take(order))
        return self._found(documents, scores, tier)

    def _found(self, documents: Array, scores: Array, tier: int) -> list[Found]:
        """Documents as they are known outside."""
        places = self._reader.segments.at_all(documents.tolist())
        return [(number, own, score, tier) for (number, own), score in zip(places, scores.tolist(), strict=True)]

    def _notices(self, request: Request) -> tuple[str, ...]:
        """What was limited: patterns that stand for too many terms."""
        scored = [one.leaf for feature in request.features for one in feature.alternatives if not isinstance(one.leaf, Term)]
        patterns = [leaf for node in (request.match, *scored) for leaf in trees.limited(self._reader, node)]
        return tuple(dict.fromkeys(Remark("notice.limited", pattern=_written(leaf), limit=LIMIT) for leaf in patterns)) if patterns else ()


def _wanted(total: int, limit: int | None, offset: int) -> int:
    """How many of the first of so many documents are looked for."""
    return 0 if offset >= total else total if limit is None else min(total, offset + limit)


def _repeated(numbers: Array) -> Array:
    """What stands there twice, and `MISSING`."""
    numbers = np.sort(numbers)
    return distinct(np.append(numbers[1:].compress(numbers[1:] == numbers[:-1]), MISSING))


def _candidates(reader: Reader, tiers: Sequence[DocSet], scorer: Scorer, sort: str | None, enough: int) -> list[tuple[Array, Array]]:
    """Documents of each tier, so many of the first among them, with numbers that are greatest for those that come first.

    The numbers are scores, or a column, with the least, `MISSING`, where there is none. All tiers are scored at once.
    """
    if sort is None and len(tiers) == 1:
        return [scorer.candidates(tiers[0], enough)]
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

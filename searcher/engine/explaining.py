"""What is the score of a document made of? The search of its tier, once more and step by step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searcher.engine import leaves
from searcher.engine.answers import Breakdown, Contribution, OfWork
from searcher.engine.arrays import joined
from searcher.engine.best import best
from searcher.engine.characters import are_long, counted
from searcher.engine.docsets import Array, ids, located
from searcher.engine.matching import in_tiers, matching
from searcher.engine.nearness import add_nearness, stretch_of
from searcher.engine.nodes import Leaf
from searcher.engine.reader import Reader
from searcher.engine.request import Feature, Ranking, Request
from searcher.engine.scoring import Scorer
from searcher.engine.works import add_works, parts_beside


def explain(readers: Sequence[Reader], segment: int, document: int, request: Request) -> Breakdown:
    """What the score of a document is made of; where it does not match, or is not ordered by its score, what features would add."""
    contributions = tuple(_contribution(readers, segment, document, feature, request.ranking) for feature in request.features)
    tier = _tier_of(readers, segment, document, request) if request.sort is None else None
    return Breakdown(contributions) if tier is None else _asked_anew(contributions, readers, segment, document, tier, request)


def _asked_anew(
    contributions: tuple[Contribution, ...],
    readers: Sequence[Reader],
    segment: int,
    document: int,
    tier: Sequence[Array],
    request: Request,
) -> Breakdown:
    """The same with what is asked of the first documents of its tier, in the order in which a search adds it."""
    scorer, reader = Scorer(readers, request.ranking, request.features), readers[segment]
    scores = joined([scorer.scores(reader, documents) for reader, documents in zip(readers, tier, strict=True)])
    place = sum(map(len, tier[:segment])) + int(tier[segment].searchsorted(document))
    stretch = work = characters = None
    if request.nearness is not None:
        if place in best(scores, request.nearness.depth):
            stretch = stretch_of(reader, document, request.nearness, scorer)
        add_nearness([scores], readers, scorer, [tier], request.nearness)
    if request.works is not None:
        before = scores[place]
        add_works([scores], readers, [tier], request.works)
        if scores[place] != before:
            work = OfWork(float(scores[place] - before), parts_beside(reader, document, request.works))
    if request.characters is not None and not are_long(scorer, request.characters) and place in best(scores, request.characters.depth):
        characters = counted(reader, document, request.characters, scorer)
    return Breakdown(contributions, stretch, work, characters)


def _tier_of(readers: Sequence[Reader], segment: int, document: int, request: Request) -> list[Array] | None:
    """The documents of the tier that a document stands in, by segment; None where it does not match."""
    for tier in in_tiers(readers, [matching(reader, request.match) for reader in readers], request.tiers):
        documents = list(map(ids, tier))
        if located(np.array([document], np.uint32), documents[segment])[1][0]:
            return documents
    return None


def _contribution(readers: Sequence[Reader], segment: int, document: int, feature: Feature, ranking: Ranking) -> Contribution:
    scorer, reader = Scorer(readers, ranking, (feature,)), readers[segment]
    score = float(scorer.scores(reader, np.array([document], np.uint32))[0])
    held = ((alternative, _frequencies(reader, document, alternative.leaf)) for alternative in feature.alternatives)
    alternatives = tuple((alternative, counts) for alternative, counts in held if counts)
    return Contribution(feature, alternatives, scorer.features[0].documents, score)


def _frequencies(reader: Reader, document: int, leaf: Leaf) -> dict[str, int]:
    """How often a leaf stands in each field of a document, where it does."""
    found = {}
    for field in leaf.fields:
        postings = leaves.postings(reader, leaf, field)
        place = int(postings.having.searchsorted(document))
        if place < len(postings.having) and postings.having[place] == document:
            found[field] = int(postings.frequencies[place])
    return found

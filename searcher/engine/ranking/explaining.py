"""What is the score of a document made of? The search of its tier, once more and step by step."""

from __future__ import annotations

import numpy as np

from searcher.engine.answers import Breakdown, Contribution, OfWork
from searcher.engine.arrays.docsets import Array, ids, intersection, located, size, union
from searcher.engine.matching import leaves
from searcher.engine.matching.trees import in_tiers, matching
from searcher.engine.nodes import Leaf
from searcher.engine.ranking.best import best
from searcher.engine.ranking.characters import are_long, counted
from searcher.engine.ranking.nearness import add_nearness, stretch_of
from searcher.engine.ranking.scoring import Scored, Scorer
from searcher.engine.ranking.works import add_works, parts_beside
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Feature, Ranking, Request


def explain(reader: Reader, document: int, request: Request) -> Breakdown:
    """What the score of a document is made of; where it does not match, or is not ordered by its score, what features would add."""
    contributions = tuple(_contribution(reader, document, feature, request.ranking) for feature in request.features)
    tier = _tier_of(reader, document, request) if request.sort is None else None
    return Breakdown(contributions) if tier is None else _asked_anew(contributions, reader, document, tier, request)


def _asked_anew(contributions: tuple[Contribution, ...], reader: Reader, document: int, tier: Array, request: Request) -> Breakdown:
    """The breakdown with what is asked of the first documents of a tier, in the order in which a search adds it."""
    scorer = Scorer(reader, request.ranking, request.features)
    scores = scorer.scores(tier)
    place = int(tier.searchsorted(document))
    stretch = work = characters = None
    if request.nearness is not None:
        if place in best(scores, request.nearness.depth):
            stretch = stretch_of(reader, document, request.nearness, scorer)
        add_nearness([scores], reader, scorer, [tier], request.nearness)
    if request.works is not None:
        before = scores[place]
        add_works([scores], reader, [tier], request.works)
        if scores[place] != before:
            work = OfWork(float(scores[place] - before), parts_beside(reader, document, request.works))
    if request.characters is not None and not are_long(scorer, request.characters) and place in best(scores, request.characters.depth):
        characters = counted(reader, document, request.characters, scorer)
    return Breakdown(contributions, stretch, work, characters)


def _tier_of(reader: Reader, document: int, request: Request) -> Array | None:
    """The documents of the tier that a document stands in; None where it does not match."""
    tiers = map(ids, in_tiers(reader, matching(reader, request.match), request.tiers))
    return next((tier for tier in tiers if located(np.array([document], np.uint32), tier)[1][0]), None)


def _contribution(reader: Reader, document: int, feature: Feature, ranking: Ranking) -> Contribution:
    scorer = Scorer(reader, ranking, (feature,))
    score = float(scorer.scores(np.array([document], np.uint32))[0])
    held = ((alternative, _frequencies(reader, document, alternative.leaf)) for alternative in feature.alternatives)
    alternatives = tuple((alternative, counts) for alternative, counts in held if counts)
    return Contribution(feature, alternatives, _having(reader, scorer.features[0]), score)


def _having(reader: Reader, feature: Scored) -> int:
    """How many documents have a feature, without the deleted ones, which its weight counts until a merge drops them."""
    if reader.alive is None:
        return feature.documents
    return size(intersection(union([one.postings.documents for one in feature.held], reader.count), reader.alive, reader.count))


def _frequencies(reader: Reader, document: int, leaf: Leaf) -> dict[str, int]:
    """How often a leaf stands in each field of a document, where it does."""
    found = {}
    for field in leaf.fields:
        postings = leaves.postings(reader, leaf, field)
        place = int(postings.having.searchsorted(document))
        if place < len(postings.having) and postings.having[place] == document:
            found[field] = int(postings.frequencies[place])
    return found

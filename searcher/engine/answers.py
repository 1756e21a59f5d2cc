"""What the engine answers: documents by their handles, and what their scores are made of; frozen data, no library's objects."""

from __future__ import annotations

from collections.abc import Mapping

from searcher.engine.request import Alternative, Feature
from searcher.frozen import frozen


@frozen
class Handle:
    """A document of one snapshot; what is inside means nothing elsewhere."""

    _segment: int
    _document: int


@frozen
class Match:
    """A document that matches. `tier` counts from 0, best first; it is `len(request.tiers)` where no tier matches."""

    handle: Handle
    score: float
    tier: int = 0


@frozen
class Matches:
    """`total`: how many documents match, exactly; `matches`: those asked for, in order; `notices`: what was limited."""

    total: int
    matches: tuple[Match, ...]
    notices: tuple[str, ...] = ()


@frozen
class Stretch:
    """What nearness adds to a document's score; where its best stretch begins, and the numbers of the features that stand in it."""

    score: float
    first: int
    features: tuple[int, ...]


@frozen
class Counted:
    """What single characters add to a document's score, and how often its text has each of them."""

    score: float
    counts: tuple[int, ...]


@frozen
class OfWork:
    """What a document gains because it is part of a work of so many `parts`; with 0 parts, it gains what the average part does."""

    score: float
    parts: int


@frozen
class Contribution:
    """What a feature adds to a document's score.

    `alternatives`: those the document has, with their frequencies by field; `documents`: how many documents have the feature.
    """

    feature: Feature
    alternatives: tuple[tuple[Alternative, Mapping[str, int]], ...]
    documents: int
    score: float


@frozen
class Breakdown:
    """What a document's score is made of: what each feature adds, those that add nothing among them, and what is asked of the first
    documents only. None: it is not asked of this one.
    """

    contributions: tuple[Contribution, ...]
    stretch: Stretch | None = None
    work: OfWork | None = None
    counted: Counted | None = None

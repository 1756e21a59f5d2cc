"""How much it tells that something has a word."""

from __future__ import annotations

from math import log


def idf(count: float, having: float) -> float:
    """The inverse document frequency of what so many of `count` documents have, never negative: ln(1 + (N − n + ½) ⁄ (n + ½)).

    That of Robertson and Spärck Jones ("Relevance weighting of search terms", 1976), with 1 added, so that what most have is still worth
    something. Stretches of a text are counted like documents.
    """
    return log(1 + (count - having + 0.5) / (having + 0.5))

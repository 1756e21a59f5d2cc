"""How good a ranking is, against judgements."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), with gain 2^grade − 1 and discount log2(rank + 1)."""
    gained = _gain([relevant.get(document, 0) for document in ranked[:depth]])
    return gained / _gain(sorted(relevant.values(), reverse=True)[:depth])


def reciprocal_rank(ranked: Sequence[str], relevant: Mapping[str, int], depth: int = 10) -> float:
    """One over the rank of the first relevant document, 0 without one."""
    return next((1 / rank for rank, document in enumerate(ranked[:depth], start=1) if document in relevant), 0.0)


def recall(ranked: Sequence[str], relevant: Mapping[str, int], depth: int = 100) -> float:
    """The share of the relevant documents that are found."""
    return len(set(ranked[:depth]).intersection(relevant)) / len(relevant)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))

"""How well documents answer: BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", 2004).

    tf(d)    = Σ weight of the alternative · Σ boost of the field · frequency ⁄ (1 − b + b · length ⁄ usual length)
    score(d) = Σ weight of the feature · idf · tf · (k1 + 1) ⁄ (k1 + tf)
    idf      = ln(1 + (N − n + ½) ⁄ (n + ½))

N counts all documents of all segments and n those that have the feature, in whichever way and field; both, and the average lengths, count
deleted documents until a merge drops them. So a document's score does not depend on the segment it lies in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from searcher.engine import leaves
from searcher.engine.cache import Cache
from searcher.engine.docsets import Array, DocSet, ids, is_mask, located, size
from searcher.engine.leaves import pooled
from searcher.engine.reader import NO_POSTINGS, Postings, Reader
from searcher.engine.request import Alternative, Feature, FieldWeight, Ranking

FEW = 16
"""Documents are scored one by one where there is less than one of them for so many postings, else all at once."""

_DEFAULT = FieldWeight()


@dataclass(frozen=True, slots=True)
class Scored:
    """A feature over all segments: how many documents have it, and in each segment which, with tf · (k1 + 1) ⁄ (k1 + tf) (float32)."""

    documents: int
    segments: tuple[Postings, ...]


class Scorer:
    """Scores features by one ranking over the segments of a snapshot."""

    def __init__(self, readers: Sequence[Reader], ranking: Ranking, cache: Cache) -> None:
        self.ranking = ranking
        self._readers = readers
        self._cache = cache
        fields = sorted(ranking.fields.items())
        self._key = (ranking.k1, tuple((name, weight.boost, weight.b, weight.usual) for name, weight in fields))
        self._total = sum(reader.count for reader in readers)

    def scores(self, reader: Reader, documents: DocSet, features: Sequence[Feature]) -> Array:
        """The score of each document of a set, in ascending order of the documents (float64)."""
        weighted = [
            (self.weight(feature, scored), *scored.segments[reader.number]) for feature in features for scored in (self.scored(feature),)
        ]
        if size(documents) * FEW < sum(len(having) for _, having, _ in weighted):
            return _one_by_one(ids(documents), weighted)
        return _all_at_once(reader, documents, weighted)

    def weight(self, feature: Feature, scored: Scored) -> float:
        """The weight of a feature, its idf included."""
        return feature.weight * math.log(1 + (self._total - scored.documents + 0.5) / (scored.documents + 0.5))

    def scored(self, feature: Feature) -> Scored:
        key = ("feature", self._key, feature.alternatives)
        found: Scored | None = self._cache.get(key)
        if found is None:
            segments = tuple(self._saturated(reader, feature.alternatives) for reader in self._readers)
            found = Scored(sum(len(having) for having, _ in segments), segments)
            self._cache.put(key, found, sum(having.nbytes + values.nbytes for having, values in segments))
        return found

    def _saturated(self, reader: Reader, alternatives: Sequence[Alternative]) -> Postings:
        lists = [
            self._normalised(reader, alternative.weight * weight.boost, weight, field, found)
            for alternative in alternatives
            for field in alternative.leaf.fields
            for weight in (self.ranking.fields.get(field, _DEFAULT),)
            if alternative.weight * weight.boost > 0
            for found in (leaves.postings(reader, alternative.leaf, field),)
            if len(found[0])
        ]
        if not lists:
            return NO_POSTINGS
        having, sums = (lists[0][0], lists[0][1].astype(np.float64)) if len(lists) == 1 else pooled(reader, lists)
        return having, (sums * (self.ranking.k1 + 1) / (sums + self.ranking.k1)).astype(np.float32)

    def _normalised(self, reader: Reader, worth: float, weight: FieldWeight, field: str, found: Postings) -> Postings:
        having, frequencies = found
        norms = reader.norms(field, weight.b, weight.usual or self._average(field)).take(having)
        return having, np.divide(frequencies, norms, dtype=np.float32) * np.float32(worth)

    def _average(self, field: str) -> float:
        found: float | None = self._cache.get(("average", field))
        if found is None:
            found = sum(reader.segment.total_length(field) for reader in self._readers) / max(1, self._total)
            self._cache.put(("average", field), found, 0)
        return found


def _one_by_one(documents: Array, weighted: Sequence[tuple[float, Array, Array]]) -> Array:
    scores = np.zeros(len(documents))
    for weight, having, values in weighted:
        if len(having):
            places, there = located(documents, having)
            scores += np.where(there, np.multiply(values.take(places), weight, dtype=np.float64), 0)
    return scores


def _all_at_once(reader: Reader, documents: DocSet, weighted: Sequence[tuple[float, Array, Array]]) -> Array:
    if len(weighted) == 1 and not is_mask(documents) and np.array_equal(documents, weighted[0][1]):
        return np.multiply(weighted[0][2], weighted[0][0], dtype=np.float64)
    scores = reader.scratch.zeros(reader.count)
    for weight, having, values in weighted:
        scores[having.astype(np.intp)] += np.multiply(values, weight, dtype=np.float64)
    return scores.compress(documents) if is_mask(documents) else scores.take(documents)

"""How well documents answer: BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", 2004).

    tf(d)    = Σ weight of the alternative · Σ boost of the field · frequency ⁄ (1 − b + b · length ⁄ usual length)
    score(d) = Σ weight of the feature · idf · tf · (k1 + 1) ⁄ (k1 + tf)
    idf      = ln(1 + (N − n + ½) ⁄ (n + ½))

N counts all documents of all segments and n those that have the feature, in whichever way and field; both, and the average lengths, count
deleted documents until a merge drops them. So a document's score does not depend on the segment it lies in.
Only the documents that match are scored: frequencies are laid out by document, and taken where they are wanted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from searcher.engine import leaves
from searcher.engine.cache import Cache
from searcher.engine.docsets import Array, located, size, union
from searcher.engine.norms import Norms
from searcher.engine.postings import Postings
from searcher.engine.reader import Reader
from searcher.engine.request import Alternative, Feature, FieldWeight, Ranking

FEW = 12
"""To look up a document in a list costs so many times what it costs to lay out a posting by document."""

CLEARED = 64
"""So many places are cleared for the price of one posting."""

_DEFAULT = FieldWeight()


@dataclass(frozen=True, slots=True)
class _Held:
    """A way to have a feature in one segment: which documents have it, what once is worth, and what that is divided by."""

    postings: Postings
    worth: float
    norms: Norms

    def tf(self, room: Array) -> Array:
        """What it adds to the tf of each document that has it, in this room (float32)."""
        return self._normalised(self.postings.frequencies, self.postings.having, room)

    def tf_at(self, reader: Reader, documents: Array, room: Array) -> Array:
        """What it adds to the tf of each of these documents, in this room (float32)."""
        if self.postings.having is documents:
            return self.tf(room)
        return self._normalised(self._frequencies_at(reader, documents), documents, room)

    def _normalised(self, frequencies: Array, documents: Array, room: Array) -> Array:
        values = self.norms.take(documents, room)
        np.divide(frequencies, values, out=values, casting="same_kind")
        return values if self.worth == 1 else np.multiply(values, np.float32(self.worth), out=values)

    def _frequencies_at(self, reader: Reader, documents: Array) -> Array:
        """How often each of these documents has it: looked up one by one, or laid out by document, whichever is less."""
        having, frequencies = self.postings.having, self.postings.frequencies
        if len(documents) * FEW < len(having) + reader.count // CLEARED:
            places, there = located(documents, having)
            return np.multiply(frequencies.take(places), there)
        by_document = reader.scratch.room(frequencies.dtype.str, reader.count, frequencies.dtype)
        by_document.fill(0)
        by_document[_places(reader, having)] = frequencies
        return by_document.take(documents)


@dataclass(frozen=True, slots=True)
class Scored:
    """A feature over all segments: how many documents have it, its weight, idf included, and how each segment holds it."""

    documents: int
    weight: float
    segments: tuple[list[_Held], ...]


class Scorer:
    """Scores some features by one ranking over the segments of a snapshot."""

    def __init__(self, readers: Sequence[Reader], ranking: Ranking, cache: Cache, features: Sequence[Feature]) -> None:
        self._readers = readers
        self._ranking = ranking
        self._cache = cache
        self._total = sum(reader.count for reader in readers)
        self._boosts = tuple((field, weight.boost) for field, weight in ranking.fields.items())
        self.features = [self._scored(feature) for feature in features]

    def idf(self, documents: int) -> float:
        """What it says that so many documents have something."""
        return math.log(1 + (self._total - documents + 0.5) / (documents + 0.5))

    def scores(self, reader: Reader, documents: Array) -> Array:
        """The score of each of some documents, which ascend (float32)."""
        held = [(feature.weight, feature.segments[reader.number]) for feature in self.features if feature.segments[reader.number]]
        many = reader.count < len(documents) * CLEARED
        short = [(weight, lists[0]) for weight, lists in held if many and _is_short(lists, documents)]
        scores = self._laid_out(reader, short).take(documents) if short else np.zeros(len(documents), np.float32)
        for weight, lists in held:
            if not (many and _is_short(lists, documents)):
                scores += self._saturated(reader, _tf_at(reader, documents, lists), weight)
        return scores

    def _laid_out(self, reader: Reader, held: Sequence[tuple[float, _Held]]) -> Array:
        """The score of every document, by features that few have: it is worked out for those alone."""
        scores = reader.scratch.room("scores", reader.count)
        scores.fill(0)
        for weight, one in held:
            having = one.postings.having
            tf = one.tf(reader.scratch.room("tf", len(having)))
            scores[_places(reader, having)] += self._saturated(reader, tf, weight)
        return scores

    def _saturated(self, reader: Reader, tf: Array, weight: float) -> Array:
        """What a feature adds to scores, until it is called again."""
        saturated = np.add(tf, np.float32(self._ranking.k1), out=reader.scratch.room("saturated", len(tf)))
        np.divide(tf, saturated, out=saturated)
        return np.multiply(saturated, np.float32(weight * (self._ranking.k1 + 1)), out=saturated)

    def _scored(self, feature: Feature) -> Scored:
        segments = tuple(list(self._held(reader, feature.alternatives)) for reader in self._readers)
        documents = self._documents(feature, segments)
        return Scored(documents, feature.weight * self.idf(documents), segments)

    def _held(self, reader: Reader, alternatives: Sequence[Alternative]) -> Iterator[_Held]:
        for alternative in alternatives:
            for field in alternative.leaf.fields:
                weight = self._ranking.fields.get(field, _DEFAULT)
                worth = alternative.weight * weight.boost
                if worth > 0:
                    postings = leaves.postings(reader, alternative.leaf, field)
                    if len(postings.having):
                        yield _Held(postings, worth, reader.norms(field, weight.b, weight.usual or self._average(field)))

    def _documents(self, feature: Feature, segments: Sequence[list[_Held]]) -> int:
        """How many documents have a feature."""
        if all(len(held) < 2 for held in segments):
            return sum(len(held[0].postings.having) for held in segments if held)
        key = ("having", self._boosts, feature.alternatives)
        found: int | None = self._cache.get(key)
        if found is None:
            having = ([one.postings.having for one in held] for held in segments)
            found = sum(size(union(sets, reader.count)) for sets, reader in zip(having, self._readers, strict=True))
            self._cache.put(key, found, 0)
        return found

    def _average(self, field: str) -> float:
        found: float | None = self._cache.get(("average", field))
        if found is None:
            found = sum(reader.segment.total_length(field) for reader in self._readers) / max(1, self._total)
            self._cache.put(("average", field), found, 0)
        return found


def _is_short(held: Sequence[_Held], documents: Array) -> bool:
    return len(held) == 1 and len(held[0].postings.having) < len(documents)


def _tf_at(reader: Reader, documents: Array, held: Sequence[_Held]) -> Array:
    """The tf of a feature in each of some documents (float32), until it is called again."""
    sums = held[0].tf_at(reader, documents, reader.scratch.room("tf", len(documents)))
    for one in held[1:]:
        sums += one.tf_at(reader, documents, reader.scratch.room("more tf", len(documents)))
    return sums


def _places(reader: Reader, documents: Array) -> Array:
    """The documents as the type that numpy writes by without converting it first."""
    places = reader.scratch.room("places", len(documents), np.intp)
    places[:] = documents
    return places

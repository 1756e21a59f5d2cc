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
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from searcher.engine import leaves
from searcher.engine.best import bound
from searcher.engine.cache import Cache
from searcher.engine.docsets import Array, DocSet, ids, located, size, union
from searcher.engine.norms import Norms
from searcher.engine.postings import Postings
from searcher.engine.reader import Reader
from searcher.engine.request import Alternative, Feature, FieldWeight, Ranking

FEW = 12
"""To look up a document in a list costs so many times what it costs to lay out a posting by document."""

CLEARED = 64
"""So many places are cleared for the price of one posting."""

ROUNDED = 1e-6
"""Scores are sums of float32, of which rounding changes a smaller share."""

LEAST = 1e-30
"""A tf that is more than none, and less than any."""

_DEFAULT = FieldWeight()


@dataclass(frozen=True, slots=True)
class _Held:
    """A way to have a feature in one segment: which documents have it, what once is worth, and what that is divided by."""

    postings: Postings
    worth: float
    norms: Norms

    def tf(self, reader: Reader, room: Array) -> Array:
        """What it adds to the tf of each document that has it, in this room (float32)."""
        having = self.postings.having
        norms = self.norms.take(having, reader.scratch.room("norms", len(having)))
        return self.divided(self.postings.frequencies, norms, room)

    def divided(self, frequencies: Array, norms: Array, room: Array) -> Array:
        """What so many occurrences add to tf, by these norms, in this room."""
        np.divide(frequencies, norms, out=room, casting="same_kind")
        return room if self.worth == 1 else np.multiply(room, np.float32(self.worth), out=room)

    def frequencies_at(self, wanted: _Wanted) -> Array | None:
        """How often each of some documents has it: looked up one by one, or laid out by document, whichever is less.

        None: none has it, and its frequencies are not read.
        """
        reader, documents = wanted.reader, wanted.documents
        if self.postings.spread is not None:
            return self.postings.spread.take(wanted.places)
        if self.postings.documents is documents:
            return self.postings.frequencies
        having = self.postings.having
        if len(documents) * FEW < len(having) + reader.count // CLEARED:
            places, there = located(documents, having)
            return np.multiply(self.postings.frequencies.take(places), there) if there.any() else None
        frequencies = self.postings.frequencies
        by_document = reader.scratch.room(frequencies.dtype.str, reader.count, frequencies.dtype)
        by_document.fill(0)
        by_document[_places(reader, having)] = frequencies
        return by_document.take(wanted.places)


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
        self._k1, self._total = np.float32(ranking.k1), sum([reader.count for reader in readers])
        self._norms: dict[tuple[int, str], Norms] = {}
        self.features = [self._scored(feature) for feature in features]

    def idf(self, documents: int) -> float:
        """What it says that so many documents have something."""
        return math.log(1 + (self._total - documents + 0.5) / (documents + 0.5))

    def scores(self, reader: Reader, documents: Array) -> Array:
        """The score of each of some documents, which ascend (float32)."""
        if not len(documents):
            return np.zeros(0, np.float32)
        held = [(feature.weight, lists) for feature in self.features if (lists := feature.segments[reader.number])]
        short: list[tuple[float, _Held]] = []
        if reader.count < len(documents) * CLEARED:
            short = [(weight, lists[0]) for weight, lists in held if _is_short(lists, documents)]
            held = [(weight, lists) for weight, lists in held if not _is_short(lists, documents)] if short else held
        scores = self._laid_out(reader, short).take(documents) if short else np.zeros(len(documents), np.float32)
        wanted, room = _Wanted(reader, documents), reader.scratch.room("saturated", len(documents))
        for weight, lists in held:
            tf = _tf_at(wanted, lists)
            if tf is not None:
                scores += self._saturated(tf, weight, room)
        return scores

    def candidates(self, reader: Reader, documents: DocSet, wanted: int) -> tuple[Array, Array]:
        """Those of some documents that can be among so many best, as ascending numbers, with their scores: all, or only a few.

        Of a single list the tf alone says which are best; scores are worked out for these.
        """
        one = self._single(reader)
        if one is not None and one.postings.documents is documents and wanted < one.postings.count:
            return self._best_of(reader, one, wanted)
        numbers = ids(documents)
        return numbers, self.scores(reader, numbers)

    def _single(self, reader: Reader) -> _Held | None:
        """The one way in which a segment has the only feature, where more tf gives more score, and every document's norm is at hand."""
        lists = self.features[0].segments[reader.number] if len(self.features) == 1 else ()
        if len(lists) != 1 or lists[0].norms.table is None or self.features[0].weight <= 0 or self._ranking.k1 <= 0:
            return None
        return lists[0]

    def _best_of(self, reader: Reader, one: _Held, wanted: int) -> tuple[Array, Array]:
        """The best of the documents that a list has."""
        spread, norms, having = one.postings.spread, one.norms.table, None
        if spread is not None and norms is not None:
            tf = one.divided(spread, norms, reader.scratch.room("tf", reader.count))
        else:
            having = one.postings.having
            tf = one.tf(reader, reader.scratch.room("tf", len(having)))
        places = (tf >= self._least(float(bound(tf, wanted)))).nonzero()[0]
        numbers = places.astype(np.uint32) if having is None else having.take(places)
        return numbers, self._saturated(tf.take(places), self.features[0].weight, np.empty(len(places), np.float32))

    def _least(self, tf: float) -> float:
        """A tf below which a score, rounded as it is, does not come near that of this tf; more than that of a document without the term."""
        share = tf / (tf + self._ranking.k1) * (1 - ROUNDED)
        return max(self._ranking.k1 * share / (1 - share), LEAST)

    def _laid_out(self, reader: Reader, held: Sequence[tuple[float, _Held]]) -> Array:
        """The score of every document, by features that few have: it is worked out for those alone."""
        scores = reader.scratch.room("scores", reader.count)
        scores.fill(0)
        for weight, one in held:
            having = one.postings.having
            tf = one.tf(reader, reader.scratch.room("tf", len(having)))
            scores[_places(reader, having)] += self._saturated(tf, weight, reader.scratch.room("saturated", len(having)))
        return scores

    def _saturated(self, tf: Array, weight: float, room: Array) -> Array:
        """What a feature adds to scores, in this room."""
        saturated = np.add(tf, self._k1, out=room)
        np.divide(tf, saturated, out=saturated)
        saturated *= np.float32(weight * (self._ranking.k1 + 1))
        return saturated

    def _scored(self, feature: Feature) -> Scored:
        segments = tuple([self._held(reader, feature.alternatives) for reader in self._readers])
        documents = self._documents(feature, segments)
        return Scored(documents, feature.weight * self.idf(documents), segments)

    def _held(self, reader: Reader, alternatives: Sequence[Alternative]) -> list[_Held]:
        """The ways in which a segment has a feature."""
        held = []
        for alternative in alternatives:
            for field in alternative.leaf.fields:
                worth = alternative.weight * self._ranking.fields.get(field, _DEFAULT).boost
                if worth > 0:
                    postings = leaves.postings(reader, alternative.leaf, field)
                    if postings.count:
                        held.append(_Held(postings, worth, self._norms_of(reader, field)))
        return held

    def _norms_of(self, reader: Reader, field: str) -> Norms:
        found = self._norms.get((reader.number, field))
        if found is None:
            weight = self._ranking.fields.get(field, _DEFAULT)
            found = self._norms[reader.number, field] = reader.norms(field, weight.b, weight.usual or self._average(field))
        return found

    def _documents(self, feature: Feature, segments: Sequence[list[_Held]]) -> int:
        """How many documents have a feature."""
        if not any(len(held) > 1 for held in segments):
            return sum([held[0].postings.count for held in segments if held])
        boosts = tuple([(field, weight.boost) for field, weight in self._ranking.fields.items()])
        key = ("having", boosts, feature.alternatives)
        found: int | None = self._cache.get(key)
        if found is None:
            having = ([one.postings.documents for one in held] for held in segments)
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
    """Whether it is less to score all that have a feature than to look these documents up in it."""
    return len(held) == 1 and held[0].postings.spread is None and held[0].postings.count < len(documents)


class _Wanted:
    """Documents of a segment that are scored, and what is looked up of them more than once."""

    def __init__(self, reader: Reader, documents: Array) -> None:
        self.reader, self.documents, self.room = reader, documents, reader.scratch.room("tf", len(documents))
        self.places = documents.astype(np.intp)
        """The documents as the type that numpy looks up by."""
        self._norms: dict[Norms, Array] = {}

    def norms(self, norms: Norms) -> Array:
        """Those of the documents, each field's looked up once."""
        found = self._norms.get(norms)
        if found is None:
            room = self.reader.scratch.room(f"norms {len(self._norms)}", len(self.documents))
            found = self._norms[norms] = norms.take(self.places, room)
        return found


def _tf_at(wanted: _Wanted, held: Sequence[_Held]) -> Array | None:
    """The tf of a feature in each of some documents (float32), until it is called again; None: none of them has it."""
    sums: Array | None = None
    for one in held:
        frequencies = one.frequencies_at(wanted)
        if frequencies is not None:
            room = wanted.room if sums is None else wanted.reader.scratch.room("more tf", len(wanted.documents))
            tf = one.divided(frequencies, wanted.norms(one.norms), room)
            sums = tf if sums is None else np.add(sums, tf, out=sums)
    return sums


def _places(reader: Reader, documents: Array) -> Array:
    """The documents as the type that numpy writes by without converting it first."""
    places = reader.scratch.room("places", len(documents), np.intp)
    places[:] = documents
    return places

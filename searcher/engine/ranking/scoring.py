"""How well documents answer: BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", 2004).

    tf(d)    = Σ weight of the alternative · Σ boost of the field · frequency ⁄ (1 − b + b · length ⁄ usual length)
    score(d) = Σ weight of the feature · idf · tf · (k1 + 1) ⁄ (k1 + tf)
    idf      = ln(1 + (N − n + ½) ⁄ (n + ½))

N counts all documents of all segments and n those that have the feature, in whichever way and field; both, and the average lengths, count
deleted documents until a merge drops them. So a document's score does not depend on the segment it lies in.
Only the documents that match are scored, and each feature only in those of them that have it.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from searcher.engine.arrays.docsets import Array, located, size, union
from searcher.engine.matching import leaves
from searcher.engine.nodes import Leaf
from searcher.engine.rarity import idf
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Alternative, Feature, Ranking
from searcher.engine.segment.postings import NO_POSTINGS, Postings
from searcher.frozen import frozen

if TYPE_CHECKING:
    from searcher.engine.reading.segments import Segments

MANY = 64
"""Where more than one in so many documents are scored, a table of all says which of them each is; fewer are looked up one by one."""

BOOK = 10
"""A document of more passages is a book: it has most words somewhere."""


TABLE = 1 << 17
"""Norms of so many documents are worked out once; of more for each query, so that memory does not grow with them."""


class Norms:
    """How far the length of a field counts: 1 − b + b · length ⁄ usual length, what an occurrence is divided by (float32).

    Several threads may share them.
    """

    def __init__(self, segments: Segments, field: str, b: float, usual: float) -> None:
        self._segments, self._field, self._b, self._usual = segments, field, b, usual
        self.table = self._of(segments.lengths(field)) if segments.count <= TABLE else None
        """Those of all documents, where they are at hand."""

    @property
    def nbytes(self) -> int:
        return 0 if self.table is None else self.table.nbytes

    def take(self, documents: Array) -> Array:
        """Those of some documents, which ascend."""
        return self._of(self._segments.lengths_of(self._field, documents)) if self.table is None else self.table.take(documents)

    def _of(self, lengths: Array) -> Array:
        if not self._usual:
            return np.ones(len(lengths), np.float32)
        norms = (1 - self._b + (self._b / self._usual) * lengths).astype(np.float32)
        return np.asarray(np.maximum(norms, np.float32(1e-6)))  # a length that was not kept is 0: nothing may be divided by that


@frozen
class Held:
    """A way to have a feature: which documents have it, what once is worth, and what that is divided by."""

    postings: Postings
    worth: float
    norms: Norms

    def divided(self, frequencies: Array, norms: Array) -> Array:
        """What so many occurrences add to tf, by these norms (float32)."""
        tf = frequencies.astype(np.float32)
        tf /= norms
        if self.worth != 1:
            tf *= np.float32(self.worth)
        return tf


@frozen
class Scored:
    """A feature: how many documents have it, its weight, idf included, and in which ways they do."""

    documents: int
    weight: float
    held: list[Held]


class Scorer:
    """Scores some features by one ranking over the documents of a snapshot."""

    def __init__(self, reader: Reader, ranking: Ranking, features: Sequence[Feature]) -> None:
        self._reader = reader
        self._ranking = ranking
        self.k1 = np.array(ranking.k1, np.float32)  # an array, which numpy need not make first
        self._norms: dict[str, Norms] = {}
        self._ways: dict[Hashable, Held | None] = {}
        self.features = [self._scored(feature) for feature in features]

    def idf(self, documents: int) -> float:
        """What it says that so many documents have something."""
        return idf(self._reader.count, documents)

    def passages(self, field: str, length: int | None) -> float:
        """How many passages of so many positions a field has in all documents; 0 where these are no books on the average, or for None."""
        return self._reader.segments.total_length(field) / length if length and self.average(field) > BOOK * length else 0.0

    def rarity(self, feature: Scored, passages: float) -> float:
        """The idf of a feature among so many passages, among documents for 0. What stands anywhere as probably as elsewhere stands in so
        many passages at least once: passages · (1 − exp(−occurrences ⁄ passages)); in no fewer than documents have it.
        """
        if not passages:
            return self.idf(feature.documents)
        occurrences = sum(int(one.postings.frequencies.sum(dtype=np.int64)) for one in feature.held)
        having = max(feature.documents, -passages * math.expm1(-occurrences / passages))
        return idf(passages, having)

    def norms(self, field: str) -> Norms:
        """What occurrences in a field are divided by."""
        found = self._norms.get(field)
        if found is None:
            weight, segments = self._ranking.weight_of(field), self._reader.segments
            key = "norms", field, weight.b, weight.usual
            found = self._reader.kept(key, lambda: Norms(segments, field, weight.b, weight.usual or self.average(field)))
            self._norms[field] = found
        return found

    def scores(self, documents: Array) -> Array:
        """The score of each of some documents, which ascend (float32)."""
        scores = np.zeros(len(documents), np.float32)
        wanted = _Wanted(self._reader.count, documents)
        for feature in self.features if len(documents) else ():
            found = wanted.tf(feature.held)
            if found is not None:
                rows, tf = found
                gained = self.saturated(tf, feature.weight)
                if rows is None:
                    scores += gained
                else:
                    scores[rows] += gained
        return scores

    def saturated(self, tf: Array, weight: float) -> Array:
        """What a feature adds to scores."""
        saturated: Array = tf + self.k1
        np.divide(tf, saturated, saturated)
        saturated *= np.float32(weight * (self._ranking.k1 + 1))
        return saturated

    def _scored(self, feature: Feature) -> Scored:
        held = self._held(feature.alternatives)
        if len(held) > 1:
            documents = size(union([one.postings.documents for one in held], self._reader.count))
        else:
            documents = held[0].postings.count if held else 0
        return Scored(documents, feature.weight * self.idf(documents), held)

    def _held(self, alternatives: Sequence[Alternative]) -> list[Held]:
        """The ways in which documents have a feature."""
        ways = [(one, field) for one in alternatives for field in one.leaf.fields if field in self._reader.fields]
        return [way for one, field in ways if (way := self._way(one.leaf, field, one.weight)) is not None]

    def _way(self, leaf: Leaf, field: str, weight: float) -> Held | None:
        """How a field has a leaf; the title is asked for with the text, and once more alone."""
        key = field, weight, leaves.shape(leaf)
        if key not in self._ways:
            worth = weight * self._ranking.weight_of(field).boost
            postings = leaves.postings(self._reader, leaf, field) if worth > 0 else NO_POSTINGS
            self._ways[key] = Held(postings, worth, self.norms(field)) if postings.count else None
        return self._ways[key]

    def average(self, field: str) -> float:
        """How many terms a document has in a field, on the average."""
        return self._reader.segments.total_length(field) / max(1, self._reader.count)


Rows: TypeAlias = "tuple[Array | None, Array]"
"""Numbers of some of the wanted documents: which ones, counted from 0, None for all of them; and the numbers."""


class _Wanted:
    """Documents that are scored, of `count` in all, and what is looked up of them more than once."""

    def __init__(self, count: int, documents: Array) -> None:
        self.count, self.documents = count, documents
        self._norms: dict[Norms, Array] = {}

    def tf(self, held: Sequence[Held]) -> Rows | None:
        """The tf of a feature in those of the documents that have it, perhaps in others; None: none of them has it."""
        if len(held) == 1:
            return self._divided(held[0])
        parts = [part for one in held if (part := self._divided(one)) is not None]
        if len(parts) < 2:
            return parts[0] if parts else None
        sums = np.zeros(len(self.documents), np.float32)
        for rows, tf in parts:
            if rows is None:
                sums += tf
            else:
                sums[rows] += tf
        return None, sums

    def _divided(self, one: Held) -> Rows | None:
        """What a way to have a feature adds to its tf."""
        found = self._frequencies(one.postings)
        if found is None:
            return None
        rows, frequencies = found
        norms = self._norms_of(one.norms)
        return rows, one.divided(frequencies, norms if rows is None else norms.take(rows))

    def _frequencies(self, postings: Postings) -> Rows | None:
        """How often each of the documents has what was asked for; of those that have not got it nothing is read."""
        if postings.spread is not None:
            return None, postings.spread.take(self._numbers)
        if postings.documents is self.documents:
            return None, postings.frequencies
        rows, places = self._having(postings.having)
        return (rows, postings.frequencies.take(places)) if len(rows) else None

    def _having(self, having: Array) -> tuple[Array, Array]:
        """Which of the documents are in an ascending list, and where in it each of them stands."""
        if len(self.documents) * MANY > self.count:
            rows = self._rows.take(having)
            places = (rows >= 0).nonzero()[0]
            return rows.take(places), places
        if len(having) < len(self.documents):
            found, there = located(having, self.documents)
            places = there.nonzero()[0]
            return found.take(places), places
        found, there = located(self.documents, having)
        rows = there.nonzero()[0]
        return rows, found.take(rows)

    def _norms_of(self, norms: Norms) -> Array:
        """Those of the documents, each field's looked up once."""
        found = self._norms.get(norms)
        if found is None:
            found = self._norms[norms] = norms.take(self._numbers)
        return found

    @cached_property
    def _numbers(self) -> Array:
        """The documents as the type that numpy looks up by."""
        return self.documents.astype(np.intp)

    @cached_property
    def _rows(self) -> Array:
        """Of each document, which of the wanted ones it is; -1: none of them. Numbers as numpy looks up by take half the
        time that smaller ones take, which are made such each time.
        """
        rows = np.full(self.count, -1, np.intp)
        rows[self._numbers] = np.arange(len(self.documents))
        return rows

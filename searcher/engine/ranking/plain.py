"""The plainest requests, answered straight through: the documents that have a term or a run, or all or any of some terms, scored by these.

It gives what `evaluator.py` gives of any request, to the last bit. But where nothing is deleted, each term is
looked for in one field and is a feature by itself, there is nothing to plan, to join or to keep: a third of the time of such a request.
It serves programs that ask the engine; what users type is looked for in several fields, and is never so plain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searcher.engine.arrays.docsets import EMPTY, Array, DocSet, ids, intersection, where
from searcher.engine.matching import leaves
from searcher.engine.nodes import AllOf, AnyOf, Leaf, Run, Term
from searcher.engine.ranking.best import FEW, best, bound
from searcher.engine.ranking.scoring import Scorer
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Feature, Ranking, Request
from searcher.engine.segment.postings import Postings

ROUNDED = 1e-6
"""Scores are sums of float32, of which rounding changes a smaller share."""


def is_plain(reader: Reader, request: Request) -> bool:
    """Whether a request is answered here."""
    if reader.alive is not None or request.tiers or request.sort is not None:
        return False
    if request.nearness or request.characters or request.works or request.lifted:
        return False
    match, features = request.match, request.features
    nodes, kinds = (match.children, (Term,)) if isinstance(match, AllOf | AnyOf) else ((match,), (Term, Run))
    if not 0 < len(nodes) == len(features):
        return False
    for node, feature in zip(nodes, features, strict=True):
        if not isinstance(node, kinds) or not _is_feature(node, feature, request.ranking):
            return False
    return True


def answer(reader: Reader, request: Request, scorer: Scorer, enough: int) -> tuple[int, Array, Array]:
    """How many documents a plain request has; so many of the best among them, with their scores, equal ones ascending."""
    found = [feature.alternatives[0].leaf for feature in request.features]
    lists = [(leaves.postings(reader, leaf, leaf.fields[0]), leaf.fields[0]) for leaf in found if leaf.fields[0] in reader.fields]
    if len(found) == 1:
        return _answer_of_one(*lists[0], scorer, max(1, enough)) if lists else (0, EMPTY, EMPTY)
    if isinstance(request.match, AllOf):
        documents = ids(_having_all(reader, [postings for postings, _ in lists])) if len(lists) == len(found) else EMPTY
        return len(documents), documents, _scores_of_all(reader, lists, documents, scorer)
    scores = _scores_of_any(reader, lists, scorer)
    total = int(np.count_nonzero(scores > 0))
    places = best(scores, min(enough, total))
    return total, places, scores.take(places)


def _is_feature(leaf: Leaf, feature: Feature, ranking: Ranking) -> bool:
    """Whether a leaf is looked for in one field, and a feature is that leaf alone."""
    if len(leaf.fields) != 1 or len(feature.alternatives) != 1:
        return False
    alternative = feature.alternatives[0]
    same = alternative.leaf is leaf or alternative.leaf == leaf
    return same and feature.weight == alternative.weight == ranking.weight_of(leaf.fields[0]).boost == 1


def _answer_of_one(postings: Postings, field: str, scorer: Scorer, enough: int) -> tuple[int, Array, Array]:
    """What `answer` gives for a single list. The more tf, the more score: so where the norms of all documents are at hand, only those are
    scored that can be among so many best.
    """
    norms, count, spread = scorer.norms(field), postings.count, postings.spread
    if norms.table is None or count <= max(enough, FEW):
        return count, postings.having, _gained(scorer, postings.frequencies, norms.take(postings.having), count)
    tf = _tf(postings.frequencies, norms.take(postings.having)) if spread is None else _tf(spread, norms.table)
    places = (tf >= _least(float(bound(tf, enough)), scorer)).nonzero()[0]
    documents = postings.having.take(places) if spread is None else places.astype(np.uint32)
    return count, documents, scorer.saturated(tf.take(places), scorer.idf(count))


def _least(tf: float, scorer: Scorer) -> float:
    """A tf below which a score, rounded as it is, does not come near that of this tf."""
    k1 = float(scorer.k1)
    share = tf / (tf + k1) * (1 - ROUNDED)
    return k1 * share / (1 - share)


def _gained(scorer: Scorer, frequencies: Array, norms: Array, documents: int) -> Array:
    """The scores for a term that so many documents have, where it occurs so often, by these norms (float32)."""
    return scorer.saturated(_tf(frequencies, norms), scorer.idf(documents))


def _tf(frequencies: Array, norms: Array) -> Array:
    tf: Array = frequencies.astype(np.float32)
    tf /= norms
    return tf


def _having_all(reader: Reader, lists: Sequence[Postings]) -> DocSet:
    """The documents that are in all of several lists. Where many have a term, how often it stands in each says enough."""
    first, second, *others = sorted(lists, key=lambda postings: postings.count)
    if first.spread is not None and second.spread is not None:
        found = np.logical_and(first.spread, second.spread)
    else:
        found, others = first.documents, [second, *others]
    for postings in others if len(found) else ():
        found = intersection(found, postings.documents, reader.count) if postings.spread is None else where(found, postings.spread)
    return found


def _scores_of_all(reader: Reader, lists: Sequence[tuple[Postings, str]], documents: Array, scorer: Scorer) -> Array:
    """The scores of documents that have all terms."""
    places, scores = documents.astype(np.intp), np.zeros(len(documents), np.float32)
    fields = {field for _, field in lists} if len(documents) else ()
    norms = {field: scorer.norms(field).take(places) for field in fields}
    for postings, field in lists if len(documents) else ():
        if postings.spread is not None:
            frequencies = postings.spread.take(places)
        else:
            frequencies = postings.frequencies.take(postings.having.searchsorted(documents))
        scores += _gained(scorer, frequencies, norms[field], postings.count)
    return scores


def _scores_of_any(reader: Reader, lists: Sequence[tuple[Postings, str]], scorer: Scorer) -> Array:
    """The scores of all documents; those that have a term are those that have a score."""
    scores = np.zeros(reader.count, np.float32)
    for postings, field in lists:
        norms = scorer.norms(field)
        if postings.spread is not None and norms.table is not None:
            scores += _gained(scorer, postings.spread, norms.table, postings.count)
        elif postings.count:
            places = postings.having.astype(np.intp)
            scores[places] += _gained(scorer, postings.frequencies, norms.take(places), postings.count)
    return scores

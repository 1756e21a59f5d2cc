"""The plainest requests, answered straight through: the documents that have a term, or all or any of some terms, scored by these terms.

It gives what `evaluator.py` gives of any request, to the last bit. But in one segment of which nothing is deleted, where each term is
looked for in one field and is a feature by itself, there is nothing to plan, to join or to keep: a third of the time of such a request.
It serves programs that ask the engine; what users type is looked for in several fields, and is never so plain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searcher.engine import matching
from searcher.engine.best import best
from searcher.engine.docsets import Array, ids, located
from searcher.engine.nodes import AllOf, AnyOf, Node, Term
from searcher.engine.postings import Postings
from searcher.engine.reader import Reader
from searcher.engine.request import Feature, Ranking, Request
from searcher.engine.scoring import Scorer


def is_plain(readers: Sequence[Reader], request: Request) -> bool:
    """Whether a request is answered here."""
    match = request.match
    nodes = match.children if isinstance(match, AllOf | AnyOf) else (match,)
    return (
        len(readers) == 1
        and readers[0].alive is None
        and not request.tiers
        and request.sort is None
        and not request.asked_anew
        and 0 < len(nodes) == len(request.features)
        and all(_is_plain(node, feature, request.ranking) for node, feature in zip(nodes, request.features, strict=True))
    )


def answer(reader: Reader, request: Request, scorer: Scorer, enough: int) -> tuple[int, Array, Array]:
    """How many documents a plain request has in a segment; so many of the best among them, with their scores, equal ones ascending."""
    terms = [feature.alternatives[0].leaf for feature in request.features]
    lists = [(reader.term(term.fields[0], term.text), term.fields[0]) for term in terms if isinstance(term, Term)]
    if len(lists) == 1:
        return lists[0][0].count, *scorer.candidates(reader, lists[0][0].documents, max(1, enough))
    if isinstance(request.match, AllOf):
        documents = ids(matching.matching(reader, request.match))
        return len(documents), documents, _scores_of_all(reader, lists, documents, scorer)
    scores = _scores_of_any(reader, lists, scorer)
    total = int(np.count_nonzero(scores > 0))
    places = best(scores, min(enough, total))
    return total, places, scores.take(places)


def _is_plain(node: Node, feature: Feature, ranking: Ranking) -> bool:
    """Whether a node is a term of one field, and its feature that term alone."""
    if not isinstance(node, Term) or len(node.fields) != 1 or len(feature.alternatives) != 1:
        return False
    alternative = feature.alternatives[0]
    weights = feature.weight, alternative.weight, ranking.weight_of(node.fields[0]).boost
    return (alternative.leaf is node or alternative.leaf == node) and weights == (1, 1, 1)


def _scores_of_all(reader: Reader, lists: Sequence[tuple[Postings, str]], documents: Array, scorer: Scorer) -> Array:
    """The scores of documents that have all terms."""
    places, scores = documents.astype(np.intp), np.zeros(len(documents), np.float32)
    for postings, field in lists if len(documents) else ():
        if postings.spread is not None:
            frequencies = postings.spread.take(places)
        else:
            frequencies = postings.frequencies.take(located(documents, postings.having)[0])
        norms = scorer.norms(reader, field).take(places, np.empty(len(places), np.float32))
        scores += scorer.gained(frequencies, norms, postings.count)
    return scores


def _scores_of_any(reader: Reader, lists: Sequence[tuple[Postings, str]], scorer: Scorer) -> Array:
    """The scores of all documents of the segment; those that have a term are those that have a score."""
    scores = np.zeros(reader.count, np.float32)
    for postings, field in lists:
        norms = scorer.norms(reader, field)
        if postings.spread is not None and norms.table is not None:
            scores += scorer.gained(postings.spread, norms.table, postings.count)
        elif postings.count:
            places = postings.having.astype(np.intp)
            scores[places] += scorer.gained(postings.frequencies, norms.take(places, np.empty(len(places), np.float32)), postings.count)
    return scores

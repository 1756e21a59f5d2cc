"""The postings of whatever stands at positions of a field: a term, a prefix, a pattern, a misspelling, a run."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

import numpy as np

from searcher.engine.arrays.docsets import EMPTY, Array, DocSet, distinct, size, union
from searcher.engine.arrays.places import documents_of, positions_of
from searcher.engine.arrays.ragged import joined
from searcher.engine.matching import phrases
from searcher.engine.matching.whereabouts import places_of, places_of_term
from searcher.engine.nodes import Fuzzy, Leaf, Prefix, Run, Term, Wildcard
from searcher.engine.reading.expansion import Ordinals
from searcher.engine.reading.reader import Reader
from searcher.engine.segment.postings import NO_POSTINGS, Postings

SPARSE = 8
"""Where several terms together have more postings than one in so many documents, these are summed up in a table of all documents; else they
are sorted."""

WIDE = 8192
"""Where more documents than this have all terms of a run, it is looked for only in those that matter; else in all, and what was found is
kept."""

CLOSE = 16
"""Terms are read one by one where less than one in so many of those between them is wanted."""


def simplest(leaf: Leaf) -> Leaf:
    """A run of one term is that term, or that prefix."""
    if isinstance(leaf, Run) and len(leaf.terms) == 1:
        return Prefix(leaf.fields, leaf.terms[0]) if leaf.open_end else Term(leaf.fields, leaf.terms[0])
    return leaf


def documents(reader: Reader, leaf: Leaf, within: DocSet | None = None) -> DocSet:
    """The documents that have a leaf in one of its fields; with `within`, any other documents may be left out."""
    leaf = simplest(leaf)
    if isinstance(leaf, Term):
        return _union_of_term(reader, leaf)
    key = "documents", leaf.fields, shape(leaf)
    if within is None:
        return reader.matched(key, lambda: _union(reader, leaf, None))
    known: DocSet | None = reader.known_to_match(key)
    return _union(reader, leaf, within) if known is None else known


def documents_in(reader: Reader, leaf: Leaf, field: str, within: DocSet | None) -> DocSet:
    """The documents that have a leaf in a field; with `within`, any other documents may be left out."""
    if isinstance(leaf, Run) and within is not None and reader.known_to_match(("postings", field, leaf.shape)) is None:
        search = phrases.Search(reader, field, leaf)
        if size(search.candidates) > WIDE:
            return search.documents(within)
        return reader.matched(("postings", field, leaf.shape), search.postings).documents
    return postings(reader, leaf, field).documents  # what matches is scored next, as a rule: its frequencies are read along


def sets(reader: Reader, term: Term) -> list[DocSet]:
    """The documents that have a term, of each field in which any has it."""
    return [postings.documents for postings in _postings_of(reader, term)]


def count(reader: Reader, term: Term) -> int:
    """How many documents have a term, deleted ones among them; they are read only where several fields have it."""
    found = _postings_of(reader, term)
    return found[0].count if len(found) == 1 else size(union([postings.documents for postings in found], reader.count))


def postings(reader: Reader, leaf: Leaf, field: str) -> Postings:
    """The documents that have a leaf in a field, and how often."""
    leaf = simplest(leaf)
    if isinstance(leaf, Term):
        return reader.term(field, leaf.text)
    return reader.matched(("postings", field, shape(leaf)), lambda: _read(reader, leaf, field))


def shape(leaf: Leaf) -> Hashable:
    """What is looked for, in whichever fields: what a title has of it is asked for with the text, and alone."""
    if isinstance(leaf, Term):
        return leaf.text
    return leaf.shape if isinstance(leaf, Run) else leaf


def is_limited(reader: Reader, leaf: Leaf) -> bool:
    """Whether the leaf stands for more terms than are looked for."""
    leaf = simplest(leaf)
    return not isinstance(leaf, Term | Run) and any(reader.expansion(field, leaf).limited for field in leaf.fields)


def merged(reader: Reader, field: str, ordinals: Sequence[Ordinals]) -> Postings:
    """The postings of several terms of one field as one; `ordinals`: those of each segment."""
    terms = [(number, of_segment) for number, of_segment in enumerate(ordinals) if len(of_segment)]
    if not terms:
        return NO_POSTINGS
    if len(terms) == 1 and len(terms[0][1]) == 1:
        return reader.postings(field, terms[0][0], int(terms[0][1][0]))
    strung = [_strung(reader, field, number, of_segment) for number, of_segment in terms]
    having, frequencies = joined([documents for documents, _ in strung]), joined([counts for _, counts in strung])
    if len(having) > reader.count // SPARSE:
        sums = np.bincount(having, frequencies, minlength=reader.count)
        together = (sums > 0).nonzero()[0]
        return Postings(len(together), together.astype(np.uint32), sums.take(together).astype(np.uint32))
    together = distinct(having)
    counts = np.bincount(together.searchsorted(having), frequencies, minlength=len(together))
    return Postings(len(together), together, counts.astype(np.uint32))


def occurrences(reader: Reader, document: int, leaf: Leaf, field: str) -> list[tuple[int, int]]:
    """Where a leaf stands in a field of a document: (first position, positions spanned), ascending."""
    firsts, lasts = _spans(reader, document, leaf, field)
    return list(zip(firsts.tolist(), (lasts - firsts + 1).tolist(), strict=True))


def firsts(reader: Reader, document: int, leaf: Leaf, field: str) -> Array:
    """The first position of each occurrence of a leaf in a field of a document, ascending."""
    return _spans(reader, document, leaf, field)[0]


def spans_by_block(reader: Reader, document: int, leaf: Leaf, field: str, blocks: Sequence[int]) -> list[tuple[int, int]]:
    """Occurrences of a leaf as (first position, last position + 1), of those one behind the other that stand in the same blocks only the
    first: a text may be full of a leaf, and has few blocks.

    `blocks`: the first position of each, ascending.
    """
    firsts, lasts = _spans(reader, document, leaf, field)
    lasts = lasts + 1
    places = np.array(blocks)
    low, high = places.searchsorted(firsts, "right"), places.searchsorted(lasts, "right")
    other = np.ones(len(firsts), np.bool_)
    other[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return list(zip(firsts.compress(other).tolist(), lasts.compress(other).tolist(), strict=True))


def _spans(reader: Reader, document: int, leaf: Leaf, field: str) -> tuple[Array, Array]:
    """The first and the last position of each occurrence of a leaf in a document, ascending."""
    leaf = simplest(leaf)
    if not reader.segments.has_positions(field):
        return EMPTY, EMPTY
    if isinstance(leaf, Run):
        return phrases.Search(reader, field, leaf).occurrences(document)
    places = places_of_leaf(reader, leaf, field, np.array([document], np.uint32))
    inside = places.compress(documents_of(places, reader.count) == document)
    positions = distinct(positions_of(inside, reader.count))
    return positions, positions


def places_of_leaf(reader: Reader, leaf: Leaf, field: str, documents: Array) -> Array:
    """Where a leaf stands in some documents, and perhaps in others, as places; of a run, where it ends."""
    if isinstance(leaf, Run):
        return phrases.ends(reader, field, leaf, documents)
    if isinstance(leaf, Term):
        found = reader.term(field, leaf.text)
        return places_of_term(reader, field, found, documents) if found.count else EMPTY
    return places_of(reader, field, reader.expansion(field, leaf).ordinals, documents)


def _read(reader: Reader, leaf: Prefix | Wildcard | Fuzzy | Run, field: str) -> Postings:
    if isinstance(leaf, Run):
        return phrases.Search(reader, field, leaf).postings()
    return merged(reader, field, reader.expansion(field, leaf).ordinals)


def _union(reader: Reader, leaf: Leaf, within: DocSet | None) -> DocSet:
    return union([documents_in(reader, leaf, field, within) for field in leaf.fields if field in reader.fields], reader.count)


def _postings_of(reader: Reader, term: Term) -> list[Postings]:
    """The postings of a term in each field in which any document has it."""
    found = [reader.term(field, term.text) for field in term.fields if field in reader.fields]
    return [postings for postings in found if postings.count]


def _union_of_term(reader: Reader, term: Term) -> DocSet:
    lists = sets(reader, term)
    if len(lists) < 2:  # the one list is kept already
        return union(lists, reader.count)
    return reader.matched(("documents", term), lambda: union(lists, reader.count))


def _strung(reader: Reader, field: str, number: int, ordinals: Ordinals) -> tuple[Array, Array]:
    """The postings of several terms of a segment, one after the other; those of close terms are read with what lies between them."""
    terms, through = reader.segments.parts[number].reader(field), partial(reader.segments.through, number)
    if isinstance(ordinals, range):
        span = terms.span(ordinals)
        return through(span.documents), span.frequencies
    first, end = int(ordinals[0]), int(ordinals[-1]) + 1
    if end - first <= CLOSE * len(ordinals):
        span = terms.span(range(first, end))
        wanted = np.isin(np.arange(first, end), ordinals).repeat(np.diff(span.starts))
        return through(span.documents.compress(wanted)), span.frequencies.compress(wanted)
    lists = [reader.postings(field, number, int(ordinal)) for ordinal in ordinals]
    return np.concatenate([found.having for found in lists]), np.concatenate([found.frequencies for found in lists])

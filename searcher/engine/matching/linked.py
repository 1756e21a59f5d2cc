"""Terms one behind the other, each of which may be one of several: a run between whose characters signs may stand, or none.

As of a run, first the documents are found that have a term for each link; of these, from link to link, the places where a term leads to.
Positions do not tell what fills a gap, be it a comma or a word of another script. So what is stored has the last word where
there is a gap, unless there are many.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from searcher.engine.arrays.docsets import EMPTY, Array, DocSet, among, difference, distinct, ids, intersection, size, union
from searcher.engine.arrays.places import alike, documents_of, positions_of
from searcher.engine.matching import leaves
from searcher.engine.matching.chains import meeting
from searcher.engine.matching.whereabouts import places_of, places_of_terms
from searcher.engine.nodes import Link, Linked, Run
from searcher.engine.segment.postings import Postings

if TYPE_CHECKING:
    from searcher.engine.reading.reader import Reader

Held: TypeAlias = tuple[Postings, int]
"""The postings of a term, and the distance to the next link."""

FEW = 64
"""Of so many documents what is stored is asked at once; of more, first the places of the last term, of which there may be very many."""

MOST_ASKED = 128
"""Of more documents with a gap, what is stored is not asked, which takes a tenth of a millisecond each: one word may fill it, too."""

PART = 8
"""Where less than one in so many documents is wanted, only these are looked at; else all are, and the result is kept, for most requests ask
again."""


def documents(reader: Reader, linked: Linked, within: DocSet | None) -> DocSet:
    """The documents that have it in one of its fields; with `within`, any other documents may be left out."""
    if within is None or size(within) * PART >= reader.count:
        return reader.matched(("documents", linked), lambda: _documents(reader, linked, None))
    known: DocSet | None = reader.known_to_match(("documents", linked))
    return _documents(reader, linked, within) if known is None else known


def stretches(reader: Reader, document: int, linked: Linked, field: str) -> list[tuple[int, int]]:
    """The first and the last position, at most, of each stretch of a document in which it may stand, ascending."""
    search = Search(reader, field, linked)
    return search.stretches(search.ends(search.links, search.candidates(np.array([document], np.uint32))), document)


def _documents(reader: Reader, linked: Linked, within: DocSet | None) -> DocSet:
    if linked.otherwise and _is_there(reader, linked.run):
        return EMPTY
    return union([Search(reader, field, linked).documents(within) for field in linked.fields if field in reader.fields], reader.count)


def _is_there(reader: Reader, run: Run) -> bool:
    """Whether any document that is not deleted has a run."""
    found = [leaves.postings(reader, run, field).documents for field in run.fields]
    return any(size(having if reader.alive is None else intersection(having, reader.alive, reader.count)) for having in found)


class Search:
    """The search in one field. `links`: of each link the terms that are there, with the distance to the next one."""

    def __init__(self, reader: Reader, field: str, linked: Linked) -> None:
        self.reader, self.field, self.linked = reader, field, linked
        self.links = list(takewhile(bool, map(self._present, linked.links)))  # where a link is nowhere, no other is looked up
        self.reach = sum(max(distance for _, distance in link) for link in linked.links)

    def documents(self, within: DocSet | None) -> Array:
        """The documents, of those `within`, that have it, but not the run.

        Of two links that are neighbours, one of them the rarest, places are read first: most often they stand together nowhere.
        """
        candidates = self.candidates(within)
        if len(candidates):
            of_run = leaves.postings(self.reader, self.linked.run, self.field).documents
            candidates = difference(candidates, of_run, self.reader.count)
        candidates = distinct(documents_of(self.ends(self._rarest(), candidates), self.reader.count))
        ends = self.ends(self.links, candidates)
        found, sure = distinct(documents_of(ends, self.reader.count)), EMPTY
        if len(found) > FEW:
            lasts = self._of_last(found)
            ends = meeting(ends, lasts, self.reader.count)
            found = distinct(documents_of(ends, self.reader.count))
            sure = distinct(documents_of(meeting(self._adjacent(found), lasts, self.reader.count), self.reader.count))
        asked = difference(found, sure, self.reader.count).tolist()
        if len(asked) > MOST_ASKED:
            return found.astype(np.uint32)
        borne_out = np.array([document for document in asked if self._is_borne_out(document, ends)], np.uint32)
        return distinct(np.concatenate((sure.astype(np.uint32), borne_out)))

    def stretches(self, ends: Array, document: int) -> list[tuple[int, int]]:
        """The first and the last position, at most, of what ends in a document."""
        inside = ends.compress(documents_of(ends, self.reader.count) == document)
        return [(max(0, end - self.reach), end) for end in positions_of(inside, self.reader.count).tolist()]

    def candidates(self, within: DocSet | None) -> Array:
        """The documents, of those `within`, that have a term for each link, the rarest link first; where none is left, no list is read."""
        if len(self.links) < len(self.linked.links) or not self.reader.segments.has_positions(self.field):
            return EMPTY
        found = within
        for link in sorted(self.links, key=_count):
            sets = [postings.documents for postings, _ in link]
            found = union(sets, self.reader.count) if found is None else among(found, sets, self.reader.count)
            if not len(found):
                return EMPTY
        return EMPTY if found is None else ids(found)

    def ends(self, links: Sequence[Sequence[Held]], candidates: Array) -> Array:
        """Where links that are neighbours lead to in the candidates, as places, ascending."""
        if not len(candidates):
            return EMPTY
        terms = [postings for link in links for postings, _ in link]
        found, owners = places_of_terms(self.reader, self.field, terms, candidates)
        [found] = alike([found], self.reader.count, self.reach)
        of_terms = (found.compress(owners == number) for number in range(len(terms)))
        places: Array | None = None
        for link in links:
            places = distinct(np.concatenate([self._behind(next(of_terms), distance, places) for _, distance in link]))
            if not len(places):
                return EMPTY
        return EMPTY if places is None else places

    def _adjacent(self, candidates: Array) -> Array:
        """Where the links lead to in the candidates if each term is next to the one before it, so that there is no gap."""
        adjacent = [[held for held in link if held[1] == 1] for link in self.links]
        return self.ends(adjacent, candidates) if all(adjacent) else EMPTY

    def _rarest(self) -> Sequence[Sequence[Held]]:
        """Two links that are neighbours, as rare as any; one where there is no other."""
        counts = list(map(_count, self.links))
        sums = list(map(sum, pairwise(counts)))
        return self.links[(first := sums.index(min(sums))) : first + 2] if sums else self.links

    def _behind(self, of_term: Array, distance: int, places: Array | None) -> Array:
        """What lies at a distance behind a term, where it stands at one of the places."""
        found = of_term if places is None else meeting(of_term, places, self.reader.count)
        return np.asarray(found + found.dtype.type(distance))

    def _of_last(self, candidates: Array) -> Array:
        """Where the last term may stand in the candidates, and perhaps in others."""
        return distinct(places_of(self.reader, self.field, self.reader.segments.prefixed(self.field, self.linked.end), candidates))

    def _present(self, link: Link) -> list[Held]:
        held = ((self.reader.term(self.field, text), distance) for text, distance in link)
        return [(postings, distance) for postings, distance in held if postings.count]

    def _is_borne_out(self, document: int, ends: Array) -> bool:
        """Whether what is stored of a document bears it out."""
        number, own = self.reader.segments.at(document)
        stored = self.reader.segments.parts[number].stored
        texts = (stored.text(own, start, end) for start, end in stored.blocks_of(own, self.stretches(ends, document)))
        return self.linked.borne_out(self.field, lambda: stored.values(own)[1], texts)


def _count(link: Sequence[Held]) -> int:
    """How many documents have a term of a link, at most."""
    return sum(postings.count for postings, _ in link)

"""Terms at their places: runs, with gaps, open ends and slop.

First the documents that have all terms are found, the rarest term first; then places are read (see `arrays/places.py`), of those documents
only where they are few. With what is left of the run behind it, a place is the same for all terms: that of the last. So a run is an
intersection of ascending integers, whatever its gaps. A prefix at the end may stand for thousands of terms; it is read last, and only where
the terms before it stand as they should. Occurrences within a slop are found by `slop.py`.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property, partial
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.arrays.docsets import EMPTY, Array, DocSet, counted, distinct, ids, intersection
from searcher.engine.arrays.places import alike, documents_of, positions_of, widened
from searcher.engine.matching.chains import behind_all, meeting
from searcher.engine.matching.slop import near
from searcher.engine.matching.whereabouts import places_of, places_of_term
from searcher.engine.segment.postings import NO_POSTINGS, Postings

if TYPE_CHECKING:
    from searcher.engine.nodes import Run
    from searcher.engine.reading.reader import Reader


def ends(reader: Reader, field: str, run: Run, within: DocSet) -> Array:
    """Where the run ends in the documents `within`, and perhaps in others, as places, ascending."""
    known: Array | None = reader.known(("ends", field, run.shape))
    return Search(reader, field, run).ends(within) if known is None else known


class Search:
    """The search for one run in one field. `terms`: those that stand there whole; `prefix`: what the last one may be."""

    def __init__(self, reader: Reader, field: str, run: Run) -> None:
        self.reader = reader
        self.field = field
        self.run = run
        self.offsets = [offset - run.offsets[0] for offset in run.offsets]
        texts = run.terms[:-1] if run.open_end else run.terms
        self.terms = list(takewhile(_count, map(partial(reader.term, field), texts)))  # where one is nowhere, no other is looked up
        self.is_possible = len(self.terms) == len(texts)
        self.prefix = reader.segments.prefixed(field, run.terms[-1]) if run.open_end and self.is_possible else ()

    @cached_property
    def candidates(self) -> DocSet:
        """The documents that have all terms, but for a prefix at the end; where none is left, no other list is read."""
        if not self.is_possible or (self.run.open_end and not any(self.prefix)) or not self.reader.segments.has_positions(self.field):
            return EMPTY
        rarest, *others = sorted({postings.term: postings for postings in self.terms}.values(), key=_count)
        found = rarest.documents
        for postings in others:
            found = intersection(found, postings.documents, self.reader.count) if len(found) else EMPTY
        return found

    def documents(self, within: DocSet) -> Array:
        """The documents, of those `within`, that have the run."""
        return distinct(documents_of(self.ends(within), self.reader.count))

    def postings(self) -> Postings:
        """The documents that have the run, and how often; with slop, how many occurrences do not overlap."""
        if not len(self.candidates):  # as in most titles
            return NO_POSTINGS
        lasts = self.reader.kept(("ends", self.field, self.run.shape), lambda: self._spans(ids(self.candidates))[1])
        documents, counts = counted(documents_of(lasts, self.reader.count))
        return Postings(len(documents), documents, counts.astype(np.uint32))

    def ends(self, within: DocSet) -> Array:
        """Where the run ends in the documents `within`, as places, ascending."""
        return self._spans(self._within(within))[1]

    def occurrences(self, document: int) -> tuple[Array, Array]:
        """The first and the last position of each occurrence in a document, ascending."""
        firsts, lasts = self._spans(self._within(np.array([document], np.uint32)))
        inside = documents_of(lasts, self.reader.count) == document
        return positions_of(firsts.compress(inside), self.reader.count), positions_of(lasts.compress(inside), self.reader.count)

    def _within(self, within: DocSet) -> Array:
        """The candidates among some documents."""
        return ids(intersection(self.candidates, within, self.reader.count))

    def _spans(self, candidates: Array) -> tuple[Array, Array]:
        """The places of the first and of the last position of each occurrence, in order of the documents."""
        if not len(candidates):
            return EMPTY, EMPTY
        if self.run.slop > 0:
            places = self._places(candidates)
            if not all(map(len, places)):
                return EMPTY, EMPTY
            wide = [widened(found, self.reader.count) - offset for found, offset in zip(places, self.offsets, strict=True)]
            return near(wide, self.offsets, self.run)
        lasts = self._lasts(candidates)
        return lasts - lasts.dtype.type(self.offsets[-1]), lasts

    def _lasts(self, candidates: Array) -> Array:
        """The place of the last term of each occurrence without slop. The rarest terms are read first, the others only where these meet."""
        reach, count = self.offsets[-1], self.reader.count
        distances: dict[Hashable, tuple[Postings, list[int]]] = {}
        for postings, offset in sorted(zip(self.terms, self.offsets, strict=False), key=lambda one: one[0].count):
            distances.setdefault(postings.term, (postings, []))[1].append(reach - offset)
        lasts = EMPTY
        for number, (postings, of_term) in enumerate(distances.values()):
            [places] = alike([places_of_term(self.reader, self.field, postings, candidates)], count, reach)
            found = behind_all(places, of_term, count)
            lasts = meeting(lasts, found, count) if number else found
            if not len(lasts):
                return lasts
            if len(lasts) < len(candidates):
                candidates = distinct(documents_of(lasts, count))
        return meeting(lasts, self._ends(candidates), count) if self.run.open_end else lasts

    def _places(self, candidates: Array) -> list[Array]:
        """The places of all terms in their order, ascending, without repeats."""
        different = {postings.term: postings for postings in self.terms}
        places = {number: places_of_term(self.reader, self.field, postings, candidates) for number, postings in different.items()}
        return [places[postings.term] for postings in self.terms] + ([self._ends(candidates)] if self.run.open_end else [])

    def _ends(self, candidates: Array) -> Array:
        """The places of the prefix, ascending, without repeats."""
        return distinct(places_of(self.reader, self.field, self.prefix, candidates))


_count = attrgetter("count")
"""How many documents have a term."""

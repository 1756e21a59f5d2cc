"""Terms at their places: runs, with gaps, open ends and slop.

First the documents that have all terms are found, the rarest term first; then places are read (see `places.py`), of those documents only
where they are few. With what is left of the run behind it, a place is the same for all terms: that of the last. So a run is an intersection
of ascending integers, whatever its gaps. A prefix at the end may stand for thousands of terms; it is read last, and only where the terms
before it stand as they should. Occurrences within a slop are found by `slop.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.chains import behind_all, meeting
from searcher.engine.docsets import EMPTY, Array, DocSet, distinct, firsts_of, ids, intersection
from searcher.engine.expansion import prefix_range
from searcher.engine.places import alike, documents_of, positions_of, widened
from searcher.engine.postings import NO_POSTINGS, Postings
from searcher.engine.slop import near
from searcher.engine.whereabouts import places_of

if TYPE_CHECKING:
    from searcher.engine.nodes import Run
    from searcher.engine.reader import Reader


def ends(reader: Reader, field: str, run: Run, within: DocSet) -> Array:
    """Where the run ends in the documents `within`, and perhaps in others, as places, ascending."""
    known: Array | None = reader.kept("ends", field, run.shape)
    return Search(reader, field, run).ends(within) if known is None else known


@dataclass(frozen=True, slots=True)
class _Part:
    """A term of a run in one segment: its ordinal and its postings, or the ordinals of the terms that start with it."""

    ordinals: range
    postings: Postings | None

    @property
    def count(self) -> int:
        """How many documents have the term, if that is known."""
        return 0 if self.postings is None else self.postings.count


class Search:
    """The search for one run in one field of one segment."""

    def __init__(self, reader: Reader, field: str, run: Run) -> None:
        self.reader = reader
        self.field = field
        self.run = run
        self.offsets = [offset - run.offsets[0] for offset in run.offsets]
        self.parts = self._parts()

    @cached_property
    def candidates(self) -> DocSet:
        """The documents that have all terms, but for a prefix at the end."""
        if not self.parts or not self.reader.segment.has_positions(self.field):
            return EMPTY
        return self._having(self.parts)

    def documents(self, within: DocSet) -> Array:
        """The documents, of those `within`, that have the run."""
        return distinct(documents_of(self.ends(within), self.reader.count))

    def postings(self) -> Postings:
        """The documents that have the run, and how often; with slop, how many occurrences do not overlap."""
        if not len(self.candidates):  # as in most titles
            return NO_POSTINGS
        lasts = self._spans(ids(self.candidates))[1]
        self.reader.keep(lasts.nbytes, lasts, "ends", self.field, self.run.shape)
        owners = documents_of(lasts, self.reader.count)
        starts = firsts_of(owners)
        return Postings(len(starts), owners.take(starts), np.diff(starts, append=len(owners)).astype(np.uint32))

    def ends(self, within: DocSet) -> Array:
        """Where the run ends in the documents `within`, as places, ascending."""
        return self._spans(self._within(within))[1]

    def occurrences(self, document: int) -> list[tuple[int, int]]:
        """Where the run stands in a document: (first position, positions spanned), ascending."""
        lengths, lasts = self._spans(self._within(np.array([document], np.uint32)))
        inside = documents_of(lasts, self.reader.count) == document
        ends = positions_of(lasts.compress(inside), self.reader.count).astype(np.int64)
        return [(end - length, length + 1) for end, length in zip(ends.tolist(), lengths.compress(inside).tolist(), strict=True)]

    def _parts(self) -> list[_Part]:
        """The terms in their order; nothing as soon as one of them is nowhere."""
        parts: list[_Part] = []
        for number, text in enumerate(self.run.terms):
            part = self._prefix(text) if self.run.open_end and number == len(self.run.terms) - 1 else self._term(text)
            if not len(part.ordinals):
                return []
            parts.append(part)
        return parts

    def _term(self, text: str) -> _Part:
        ordinal = self.reader.ordinal(self.field, text)
        return _Part(range(ordinal, ordinal + 1), self.reader.postings(self.field, ordinal)) if ordinal >= 0 else _Part(range(0), None)

    def _prefix(self, text: str) -> _Part:
        return _Part(prefix_range(self.reader.segment, self.field, text), None)

    def _within(self, within: DocSet) -> Array:
        """The candidates among some documents."""
        return ids(intersection(self.candidates, within, self.reader.count))

    def _having(self, parts: Sequence[_Part]) -> DocSet:
        """The documents that have all of these terms, as far as that is known; where none is left, no other list is read."""
        lists = {part.ordinals: part.postings for part in parts if part.postings is not None}.values()
        rarest, *others = sorted(lists, key=lambda postings: postings.count)
        found = rarest.documents
        for postings in others:
            found = intersection(found, postings.documents, self.reader.count) if len(found) else EMPTY
        return found

    def _spans(self, candidates: Array) -> tuple[Array, Array]:
        """Of each occurrence, in order of the documents: the positions from the first to the last, and the place of the last."""
        if not len(candidates):
            return EMPTY, EMPTY
        if self.run.slop > 0:
            places = self._places(self.parts, candidates)
            if not all(map(len, places)):
                return EMPTY, EMPTY
            wide = [widened(found, self.reader.count) - offset for found, offset in zip(places, self.offsets, strict=True)]
            firsts, lasts = near(wide, self.offsets, self.run)
            return lasts - firsts, lasts
        lasts = self._lasts(candidates)
        return np.broadcast_to(self.offsets[-1], len(lasts)), lasts

    def _lasts(self, candidates: Array) -> Array:
        """The place of the last term of each occurrence without slop. The rarest terms are read first, the others only where these meet."""
        known, reach, count = self.parts[: -1 if self.run.open_end else None], self.offsets[-1], self.reader.count
        distances: dict[range, list[int]] = {}
        for part, offset in sorted(zip(known, self.offsets, strict=False), key=lambda one: one[0].count):
            distances.setdefault(part.ordinals, []).append(reach - offset)
        lasts = EMPTY
        for number, (ordinals, of_term) in enumerate(distances.items()):
            [places] = alike([places_of(self.reader, self.field, ordinals, candidates)], count, reach)
            found = behind_all(places, of_term, count)
            lasts = meeting(lasts, found, count) if number else found
            if not len(lasts):
                return lasts
            if len(lasts) < len(candidates):
                candidates = distinct(documents_of(lasts, count))
        if len(known) == len(self.parts):
            return lasts
        [ends] = self._places(self.parts[-1:], candidates)
        return meeting(lasts, ends, count)

    def _places(self, parts: Sequence[_Part], candidates: Array) -> list[Array]:
        """The places of some terms, ascending, without repeats."""
        known: dict[range, Array] = {}
        for part in parts:
            if part.ordinals not in known:
                places = places_of(self.reader, self.field, part.ordinals, candidates)
                known[part.ordinals] = places if len(part.ordinals) == 1 else distinct(places)
        return [known[part.ordinals] for part in parts]

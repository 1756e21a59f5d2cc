"""Terms at their places: runs, with gaps, open ends and slop.

First the documents that have all terms are found, the rarest term first; then places are read (see `places.py`), of those documents only
where they are few. With what is left of the run behind it, a place is the same for all terms: that of the last. So a run is an intersection
of ascending integers, whatever its gaps. A prefix at the end may stand for thousands of terms; it is read last, and only where the terms
before it stand as they should. With slop, places less their offsets lie around the start of an occurrence, and the sum of their
distances is what the slop limits; places in different documents are too far apart for any slop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from searcher.engine.arrays import gather
from searcher.engine.docsets import EMPTY, Array, DocSet, distinct, ids, intersection, located, member
from searcher.engine.expansion import Ordinals, prefix_range
from searcher.engine.places import WIDE, alike, documents_of, placed, positions_of, widened
from searcher.engine.postings import NO_POSTINGS, Postings

if TYPE_CHECKING:
    from searcher.engine.reader import Reader
    from searcher.engine.request import Run

FEW = 64
"""The positions of so many adjacent terms are read one by one; of more, all at once."""

MANY = 4
"""Of the places of a term those in some documents are picked where it has so many times as many; else all are taken."""

RATIO = 16
"""Places are looked up in a list that is longer by so many times; else the two are merged."""


def ends(reader: Reader, field: str, run: Run, within: DocSet) -> Array:
    """Where the run ends in the documents `within`, and perhaps in others, as places, ascending."""
    known: Array | None = reader.kept("ends", field, run.shape)
    return Search(reader, field, run).ends(within) if known is None else known


def places_of(reader: Reader, field: str, ordinals: Ordinals, candidates: Array) -> Array:
    """Where some terms stand, as places: all those in the candidates, and perhaps others."""
    if len(ordinals) == 1:
        return _places_of_term(reader, field, int(ordinals[0]), candidates)
    if isinstance(ordinals, range):
        return _places_of_range(reader, field, ordinals, candidates)
    return _joined(reader, [_places_of_term(reader, field, int(ordinal), candidates) for ordinal in ordinals])


def places_of_terms(reader: Reader, field: str, ordinals: Sequence[int], candidates: Array) -> tuple[Array, Array]:
    """Where some terms stand in the candidates, as places, term by term; and how often each does."""
    rows = [_rows(reader.postings(field, ordinal), candidates) for ordinal in ordinals]
    places, counts = reader.some_places(field, list(zip(ordinals, rows, strict=True)))
    sums = np.concatenate((_FIRST, counts.cumsum()))
    ends = sums.take(np.cumsum([0, *map(len, rows)]))
    return places, ends[1:] - ends[:-1]


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
        bounds = np.concatenate((_FIRST[: len(owners)], (owners[1:] != owners[:-1]).nonzero()[0] + 1, [len(owners)]))
        return Postings(len(bounds) - 1, owners.take(bounds[:-1]), (bounds[1:] - bounds[:-1]).astype(np.uint32))

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
        postings = self.reader.term(self.field, text)
        return _Part(range(max(0, postings.ordinal), postings.ordinal + 1), postings)

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
            return _NOWHERE, _NOWHERE
        if self.run.slop > 0:
            places = self._places(self.parts, candidates)
            if not all(map(len, places)):
                return _NOWHERE, _NOWHERE
            wide = [widened(found, self.reader.count) - offset for found, offset in zip(places, self.offsets, strict=True)]
            firsts, lasts = _near(wide, self.offsets, self.run)
            return lasts - firsts, lasts
        lasts = self._lasts(candidates)
        return np.full(len(lasts), self.offsets[-1]), lasts

    def _lasts(self, candidates: Array) -> Array:
        """The place of the last term of each occurrence without slop. The rarest terms are read first, the others only where these meet."""
        known, reach, count = self.parts[: -1 if self.run.open_end else None], self.offsets[-1], self.reader.count
        places: dict[range, Array] = {}
        lasts = _NOWHERE
        for number, (part, offset) in enumerate(sorted(zip(known, self.offsets, strict=False), key=lambda one: one[0].count)):
            if part.ordinals not in places:
                [places[part.ordinals]] = alike([places_of(self.reader, self.field, part.ordinals, candidates)], count, reach)
            found = _moved(places[part.ordinals], reach - offset)
            lasts = _meeting(lasts, found, count) if number else found
            if not len(lasts):
                return lasts
            if len(lasts) < len(candidates):
                candidates = distinct(documents_of(lasts, count))
        if len(known) == len(self.parts):
            return lasts
        [ends] = self._places(self.parts[-1:], candidates)
        return _meeting(lasts, ends, count)

    def _places(self, parts: Sequence[_Part], candidates: Array) -> list[Array]:
        """The places of some terms, ascending."""
        known: dict[range, Array] = {}
        for part in parts:
            if part.ordinals not in known:
                places = places_of(self.reader, self.field, part.ordinals, candidates)
                known[part.ordinals] = places if len(part.ordinals) == 1 else np.sort(places)
        return [known[part.ordinals] for part in parts]


_NOWHERE: Array = np.zeros(0, np.uint32)
_FIRST: Array = np.zeros(1, np.int64)
_BEYOND = 1 << 62  # no place is so great


def _moved(places: Array, distance: int) -> Array:
    return places + places.dtype.type(distance) if distance else places


def _meeting(first: Array, second: Array, count: int) -> Array:
    """The places that both ascending arrays hold."""
    few, many = sorted(alike([first, second], count, 0), key=len)
    return _common(few, many)


def _common(few: Array, many: Array) -> Array:
    """The integers of two ascending arrays, each without repeats: looked up where one is much shorter, else merged."""
    if len(few) * RATIO < len(many):
        return few[located(few, many)[1]]
    merged = np.concatenate((few, many))
    merged.sort(kind="stable")  # finds the two ascending runs, and merges them
    return np.asarray(merged[:-1][merged[1:] == merged[:-1]])


def _near(places: Sequence[Array], offsets: Sequence[int], run: Run) -> tuple[Array, Array]:
    """The first and last positions of the occurrences within the slop, none overlapping another.

    The best start of an occurrence is the median of its places, so one of them: each place of each term is tried as the start, with the
    nearest place of every other term. Only where the nearest do not stand in order (or equal terms fall on one position) is more tried.
    """
    starts, chosen = _nearest(_amid_enough(distinct(np.concatenate(places)), places, run), places, run.slop)
    positions = chosen + np.array(offsets, np.int64)[:, np.newaxis]
    valid = _are_valid(positions, run)
    spans: list[tuple[ArrayLike, ArrayLike]] = [(positions.min(axis=0).compress(valid), positions.max(axis=0).compress(valid))]
    unsure = ~valid & ~np.isin(starts >> WIDE, starts.compress(valid) >> WIDE)
    found = [of_term + offset for of_term, offset in zip(places, offsets, strict=True)]
    spans.extend(_untangled(starts.compress(unsure).tolist(), found, offsets, run))
    return _apart(np.concatenate([firsts for firsts, _ in spans]), np.concatenate([lasts for _, lasts in spans]))


def _amid_enough(starts: Array, places: Sequence[Array], run: Run) -> Array:
    """The starts around which each of several equal terms can have a place of its own."""
    for group in _equal_terms(run):
        if len(group) > 1:
            of_term, reach = places[group[0]], run.offsets[group[-1]] - run.offsets[group[0]] + run.slop
            around = of_term.searchsorted(starts + reach, side="right") - of_term.searchsorted(starts - run.slop)
            starts = starts.compress(around >= len(group))
    return starts


def _nearest(starts: Array, places: Sequence[Array], slop: int) -> tuple[Array, Array]:
    """The starts whose nearest places are within the slop in sum, and those places: one row for each term."""
    costs = np.zeros(len(starts), np.int64)
    chosen = np.zeros((0, len(starts)), np.int64)
    for of_term in sorted(places, key=len):
        nearest = _closest(of_term, starts)
        costs = costs + np.abs(nearest - starts)
        near = costs <= slop
        starts, costs = starts.compress(near), costs.compress(near)
        chosen = np.vstack((chosen.compress(near, axis=1), nearest.compress(near)))
    order = sorted(range(len(places)), key=lambda number: len(places[number]))
    return starts, chosen[np.argsort(order)]


def _closest(ascending: Array, values: Array) -> Array:
    """For each value the nearest in `ascending`, the lower of two that are equally near."""
    above = ascending.searchsorted(values)
    lower = ascending.take(np.maximum(above - 1, 0))
    upper = ascending.take(np.minimum(above, len(ascending) - 1))
    return np.where(np.abs(values - lower) <= np.abs(upper - values), lower, upper)


def _are_valid(positions: Array, run: Run) -> Array:
    """Of each column, one occurrence, whether the positions ascend; without order, whether equal terms have positions of their own."""
    if run.ordered:
        return np.asarray((np.diff(positions, axis=0) > 0).all(axis=0))
    valid = np.ones(positions.shape[1], np.bool_)
    for rows in _equal_terms(run):
        valid &= (np.diff(np.sort(positions[rows], axis=0), axis=0) > 0).all(axis=0)
    return valid


def _equal_terms(run: Run) -> list[list[int]]:
    """The numbers of the terms, equal ones together; an open end is equal to none."""
    groups: dict[tuple[str, bool], list[int]] = {}
    for number, text in enumerate(run.terms):
        groups.setdefault((text, run.open_end and number == len(run.terms) - 1), []).append(number)
    return list(groups.values())


def _untangled(starts: list[int], places: Sequence[Array], offsets: Sequence[int], run: Run) -> Iterator[tuple[list[int], list[int]]]:
    """One occurrence for each document that has one around the starts: exact, and slow."""
    groups = [list(range(len(offsets)))] if run.ordered else _equal_terms(run)
    found = -1
    for start in starts:
        if start >> WIDE != found:
            chains = [_chain([(places[i], start + offsets[i]) for i in group], run.slop) for group in groups]
            if sum(cost for cost, _, _ in chains) <= run.slop:
                found = start >> WIDE
                yield [min(first for _, first, _ in chains)], [max(last for _, _, last in chains)]


def _chain(wanted: list[tuple[Array, int]], slop: int) -> tuple[int, int, int]:
    """Ascending positions, one of each array, nearest to the targets in sum: (sum, first, last); a sum over the slop if there are none."""
    none = (slop + 1, 0, 0)
    chains: list[tuple[int, int, int]] = []
    for number, (positions, target) in enumerate(wanted):
        low, high = positions.searchsorted((target - slop, target + slop + 1)).tolist()
        grown = []
        shorter, best = iter((*chains, (0, 0, _BEYOND))), none
        chain = next(shorter)
        for position in positions[low:high].tolist():
            while chain[2] < position:
                best = min(best, chain)
                chain = next(shorter)
            cost, first, _ = best if number else (0, position, 0)
            grown.append((cost + abs(position - target), first, position))
        chains = grown
    return min(chains, default=none)


def _apart(firsts: Array, lasts: Array) -> tuple[Array, Array]:
    """Of these spans as many as do not overlap: always the one that ends first."""
    order = np.lexsort((-firsts, lasts))
    firsts, lasts = firsts.take(order), lasts.take(order)
    if not len(firsts):
        return firsts, lasts
    shortest = firsts > np.concatenate((firsts[:1] - 1, np.maximum.accumulate(firsts)[:-1]))  # the others contain one of these
    firsts, lasts = firsts.compress(shortest), lasts.compress(shortest)
    kept = list(_leaps(firsts.searchsorted(lasts, side="right").tolist()))
    return firsts.take(kept), lasts.take(kept)


def _leaps(following: list[int]) -> Iterator[int]:
    number = 0
    while number < len(following):
        yield number
        number = following[number]


def _places_of_term(reader: Reader, field: str, ordinal: int, candidates: Array) -> Array:
    postings = reader.postings(field, ordinal)
    if len(candidates) * MANY >= postings.count:
        return reader.places(field, ordinal)
    return reader.some_places(field, [(ordinal, _rows(postings, candidates))])[0]


def _rows(postings: Postings, candidates: Array) -> Array:
    """The rows of postings that some documents have."""
    rows, there = located(candidates, postings.having)
    return rows.compress(there)


def _places_of_range(reader: Reader, field: str, ordinals: range, candidates: Array) -> Array:
    starts, having = _span(reader, field, ordinals)
    there = member(having, candidates, reader.count)
    concerned = np.logical_or.reduceat(there, starts[:-1]).nonzero()[0]
    if len(concerned) <= FEW:
        return _joined(reader, [_places_of_term(reader, field, ordinals[int(term)], candidates) for term in concerned])
    rows = there.nonzero()[0]
    offsets, positions = _positions(reader, field, ordinals)
    firsts = offsets.take(rows)
    counts = offsets.take(rows + 1) - firsts
    return placed(having.take(rows), counts, positions.take(gather(firsts, counts)), reader.count)


def _span(reader: Reader, field: str, ordinals: range) -> tuple[Array, Array]:
    found: Any = reader.kept("span", field, ordinals)
    if found is None:
        found = reader.segment.span(field, ordinals)
        reader.keep(found[0].nbytes + found[1].nbytes, found, "span", field, ordinals)
    return found[0], found[1]


def _positions(reader: Reader, field: str, ordinals: range) -> tuple[Array, Array]:
    """Those of all rows of a span. A number is written in several ways, and 条 stands behind each of them."""
    found: Any = reader.kept("span positions", field, ordinals)
    if found is None:
        found = reader.segment.span_positions(field, ordinals)
        reader.keep(found[0].nbytes + found[1].nbytes, found, "span positions", field, ordinals)
    return found[0], found[1]


def _joined(reader: Reader, parts: list[Array]) -> Array:
    return np.concatenate(alike(parts, reader.count, 0)) if parts else _NOWHERE

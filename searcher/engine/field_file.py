"""A field in a file: its terms in groups, each with its postings and positions, packed.

A group is either one term of many rows, or up to 64 adjacent terms of few; a row is a document that has a term. Sections of field n:

    n.keys         u8   of each group: the first 8 bytes (UTF-8, zeros behind) of its first term, as a big-endian number
    n.ordinals     u4   of each group: the ordinal of its first term; one more: the number of terms
    n.texts             lists of bytes, one for each group: the bytes that all terms begin with, then the rest of each
    n.lengths           packed lists: how many bytes all terms begin with, then how many bytes are the rest of each
    n.counts            packed lists: rows of each term, less 1
    n.ids               packed lists: the documents of each term, the first as it is, then the distance from the one before, less 1;
                        of a term alone that one in 8 documents has: documents and frequencies, spread out (see `spread.py`)
    n.frequencies       packed lists: of each row, less 1; empty where they are spread out
    n.positions         packed lists: of each row the first as it is, then the distance from the one before; not there without positions
    n.document_lengths  u4   how many terms each document has; not there where lengths are not kept

Lists are laid out as `byte_lists.py` says, numbers are packed as `packing.py` says; lengths and counts are written in whole bytes, because
whoever looks up one term unpacks all those of its group. Texts are UTF-8 (lone surrogates likewise), and so in
order of code points. Nothing is spread out in the field of ids, nor was until format 2 of segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays import I64, U32, Bools, gather, starts_of
from searcher.engine.byte_lists import ByteLists
from searcher.engine.container import ArrayFile
from searcher.engine.groups import GROUP_TERMS, Groups, Kept, key
from searcher.engine.lists import Lists
from searcher.engine.packing import Unsigned
from searcher.engine.short_lists import Unpackable
from searcher.engine.spread import are_spread, by_document, is_spread
from searcher.engine.texts import decode


class FieldReader:
    """Reads a field; unpacks the groups that are asked for."""

    def __init__(self, file: ArrayFile, name: str, documents: int, *, spread: bool) -> None:
        """`spread`: lists that many documents have are spread out."""
        self._file, self._name, self._documents, self._spread = file, name, documents, spread
        self._ordinals = file.section(f"{name}.ordinals")
        self._texts, self._lengths, self._counts, self._ids, self._frequencies = (
            Lists(file, f"{name}.{part}") for part in ("texts", "lengths", "counts", "ids", "frequencies")
        )
        self._positions = Lists(file, f"{name}.positions") if f"{name}.positions" in file else None
        self._few_counts = ByteLists(file, f"{name}.counts")
        self._groups = Groups(file, name)
        self._counted = Kept(self._count)
        self._rows = Kept(self._find_rows)
        self._last: tuple[range, _Span] | None = None

    @property
    def positional(self) -> bool:
        return self._positions is not None

    @property
    def terms(self) -> int:
        """How many terms there are."""
        return self._groups.terms

    def place(self, text: str) -> int:
        """The ordinal of the first term >= text."""
        number, slot, _ = self._groups.find(text)
        return self._groups.first(number) + slot

    def ordinal(self, text: str) -> int:
        """The ordinal of a term, whose rows are asked for next, as a rule; -1: there is none."""
        number, slot, there = self._groups.find(text)
        if not there:
            return -1
        ordinal = self._groups[number].first + slot
        self._rows.keep(ordinal, self._rows_of(number, slot))
        return ordinal

    def text(self, ordinal: int) -> str:
        group = self._groups[self._groups.of(ordinal)]
        return self.decoded([group.text(ordinal - group.first)])[0]

    def decoded(self, texts: list[bytes]) -> list[str]:
        """Terms as they are read; damage where one is no text."""
        try:
            return list(map(decode, texts))
        except UnicodeDecodeError as error:
            raise self._file.damaged(f"a term that is no text: {error}") from error

    def texts(self, ordinals: range) -> list[bytes]:
        """The texts of adjacent terms, encoded."""
        if not ordinals:
            return []
        groups = self._groups_of(ordinals)
        skip = self._groups.first(groups.start)
        texts = self._groups[groups.start].texts() if len(groups) == 1 else self._read_texts(groups)
        return texts[ordinals.start - skip : ordinals.stop - skip]

    def count(self, ordinal: int) -> int:
        """In how many documents a term is."""
        _, start, stop, _, _ = self._rows[ordinal]
        return stop - start

    def spread(self, ordinal: int) -> Unsigned | None:
        """How often a term is in each document of the segment; None where the term is not kept so."""
        number, _, _, _, spread = self._rows[ordinal]
        return self._read_spread(number) if spread else None

    def documents(self, ordinal: int) -> U32:
        """The documents of a term."""
        number, start, stop, total, spread = self._rows[ordinal]
        if spread:
            return np.flatnonzero(self._read_spread(number) != 0).astype(np.uint32)
        gaps = self._ids.numbers(number, total, start, stop)
        ids = np.add.accumulate(gaps, dtype=np.uint32)
        ids += _ascending(0, stop - start)
        last = ids[-1] if len(gaps) << 8 * gaps.itemsize < 1 << 32 else ids.max()  # such sums cannot have begun anew
        self._trust(int(last) < self._documents, "a document that there is not")
        return ids

    def frequencies(self, ordinal: int) -> Unsigned:
        """How often a term is in each of its documents."""
        number, start, stop, total, spread = self._rows[ordinal]
        if spread:
            found = self._read_spread(number)
            return found.compress(found != 0)
        less_one = self._frequencies.numbers(number, total, start, stop)
        return np.add(less_one, _ONE, dtype=np.uint16 if less_one.itemsize == 1 else np.uint32)

    def distances(self, ordinal: int, frequencies: Unsigned | None = None) -> tuple[I64, Unsigned]:
        """The positions of a term as they lie in the file: where those of each row begin and the last end; of each row the first, then
        the distance from the one before. `frequencies`: those of the term, if they are known.
        """
        number, start, stop, _, _ = self._rows[ordinal]
        if self._positions is None:
            return np.zeros(stop - start + 1, np.int64), np.empty(0, np.uint32)
        offsets = self._offsets(ordinal, frequencies)
        occurrences, offsets = int(offsets[-1]), offsets[start : stop + 1]
        gaps = self._positions.numbers(number, occurrences, int(offsets[0]), int(offsets[-1]))
        return offsets - offsets[0], gaps

    def some_distances(self, terms: Sequence[tuple[int, Unsigned, NDArray[np.integer]]]) -> tuple[I64, Unsigned]:
        """The same of some rows of some terms, one term after the other: (ordinal, frequencies, numbers of the rows, which ascend)."""
        if self._positions is None or not terms:
            return np.zeros(sum(len(rows) for _, _, rows in terms) + 1, np.int64), np.empty(0, np.uint32)
        lists, firsts, counts = list[tuple[int, int]](), list[I64](), list[I64]()
        for ordinal, frequencies, rows in terms:
            number, start, _, _, _ = self._rows[ordinal]
            offsets = self._offsets(ordinal, frequencies)
            lists.append((number, int(offsets[-1])))
            firsts.append(offsets.take(rows + start))
            counts.append(offsets.take(rows + (start + 1)) - firsts[-1])
        places = gather(np.concatenate(firsts), np.concatenate(counts))
        bounds = pairwise(accumulate((int(of_term.sum()) for of_term in counts), initial=0))
        gaps = [self._positions.some(*of_term, places[begin:end]) for of_term, (begin, end) in zip(lists, bounds, strict=True)]
        return starts_of(np.concatenate(counts)), np.concatenate(gaps)

    def positions_of(self, ordinal: int) -> tuple[I64, U32]:
        """The positions of a term: where those of each row begin and the last end, positions."""
        offsets, gaps = self.distances(ordinal)
        return offsets, _sum_up(gaps, offsets)

    def rows(self, ordinals: range) -> tuple[I64, U32]:
        """The documents of adjacent terms: where those of each begin and the last end, documents."""
        span = self._span(ordinals)
        starts, rows = self._cut(span, ordinals)
        return starts, self._read_ids(span, self._spread_of(span))[rows]

    def span_frequencies(self, ordinals: range) -> U32:
        """How often each of adjacent terms is in each of these documents."""
        span = self._span(ordinals)
        return self._read_frequencies(span, self._spread_of(span))[self._cut(span, ordinals)[1]]

    def whole(self, ordinals: range) -> tuple[I64, U32, U32, U32 | None]:
        """The same, with how often each term is in each document, and its positions as they lie in the file (see `distances`); None without
        positions.
        """
        span = self._span(ordinals)
        starts, rows = self._cut(span, ordinals)
        spread = self._spread_of(span)
        frequencies = self._read_frequencies(span, spread)
        distances = None
        if self._positions is not None:
            offsets = starts_of(frequencies)
            distances = self._read_distances(self._positions, span, offsets)[int(offsets[rows.start]) : int(offsets[rows.stop])]
        return starts, self._read_ids(span, spread)[rows], frequencies[rows], distances

    def ids(self, ordinals: range) -> U32:
        """The documents of adjacent terms, term by term."""
        span = self._span(ordinals)
        return self._read_ids(span, self._spread_of(span))[self._cut(span, ordinals)[1]]

    def positions(self, ordinals: range) -> tuple[I64, U32]:
        """The positions of adjacent terms: where those of each row begin and the last end, positions."""
        span = self._span(ordinals)
        _, rows = self._cut(span, ordinals)
        if self._positions is None:
            return np.zeros(rows.stop - rows.start + 1, np.int64), np.empty(0, np.uint32)
        offsets = starts_of(self._read_frequencies(span, self._spread_of(span)))
        gaps = self._read_distances(self._positions, span, offsets)
        offsets = offsets[rows.start : rows.stop + 1]
        positions = _sum_up(gaps[int(offsets[0]) : int(offsets[-1])], offsets - offsets[0])
        return offsets - offsets[0], positions

    def cuts(self, size: int) -> Iterator[str]:
        """Terms that cut the field into parts of about `size` packed bytes."""
        ends = self._ids.offsets(0, len(self._groups))
        if self._positions is not None:
            ends = ends + self._positions.offsets(0, len(self._groups))
        groups = np.unique(np.searchsorted(ends, np.arange(size, int(ends[-1]), size)))
        return iter(self.decoded([self._groups[number].text(0) for number in groups.tolist() if 0 < number < len(self._groups)]))

    def misplaced(self) -> int | None:
        """The number of the first group that is not behind the one before it, or not in order itself; None: look-ups find every term.

        IndexDamaged where terms cannot be read at all.
        """
        last = b""
        for start in range(0, len(self._groups), _AT_ONCE):
            groups = range(start, min(start + _AT_ONCE, len(self._groups)))
            firsts = self._ordinals.part(groups.start, groups.stop + 1).astype(np.int64) - self._groups.first(start)
            texts = self._read_texts(groups)
            rises = [before < after for before, after in pairwise((last, *texts))]
            rises[0] = rises[0] or start == 0
            keys = self._file.section(f"{self._name}.keys").items(groups.start, groups.stop)
            for place, first in enumerate(firsts[:-1].tolist()):
                if not all(rises[first : firsts[place + 1]]) or keys[place] != key(texts[first]):
                    return start + place
            last = texts[-1]
        return None

    def _find_rows(self, ordinal: int) -> tuple[int, int, int, int, bool]:
        """The group of a term; among the rows of the group where its rows begin and end, and how many rows there are; whether they are
        spread out.
        """
        number = self._groups.of(ordinal)
        return self._rows_of(number, ordinal - self._groups.first(number))

    def _rows_of(self, number: int, slot: int) -> tuple[int, int, int, int, bool]:
        """The same of a term by its group and its place in it."""
        less_one = self._counted[number]
        if len(less_one) == 1:
            rows = less_one[0] + 1
            return number, 0, rows, rows, self._spread and is_spread(rows, self._documents)
        start = sum(less_one[:slot]) + slot
        return number, start, start + less_one[slot] + 1, sum(less_one) + len(less_one), False

    def _groups_of(self, ordinals: range) -> range:
        """The groups that hold adjacent terms, one at least."""
        if not ordinals:
            return range(0, min(1, len(self._groups)))
        first = self._groups.of(ordinals.start)
        if ordinals.stop <= self._groups.first(first + 1):
            return range(first, first + 1)
        return range(first, self._groups.of(ordinals.stop - 1) + 1)

    def _count(self, number: int) -> list[int]:
        """The rows of each term of a group, less 1."""
        less_one = self._few_counts.numbers(number, self._groups.span(number)[1])
        self._trust(max(less_one) < self._documents, "a term in more documents than there are")
        return less_one

    def _read_texts(self, groups: range) -> list[bytes]:
        """The terms of adjacent groups."""
        sizes = self._sizes(groups)
        lengths = iter(self._lengths.span(groups.start, groups.stop, sizes + 1).tolist())
        data, offsets = self._texts.raw_span(groups.start, groups.stop)
        blob, texts = data.tobytes(), list[bytes]()
        for start, end, size in zip(offsets.tolist(), offsets[1:].tolist(), sizes.tolist(), strict=False):
            place = start + next(lengths)
            prefix, bounds = blob[start:place], list(accumulate(islice(lengths, size), initial=place))
            texts += [prefix + blob[first:stop] for first, stop in pairwise(bounds)]
            self._trust(bounds[-1] == end, "texts of other lengths than their group says")
        return texts

    def _sizes(self, groups: range) -> I64:
        """How many terms each group has."""
        ordinals = self._ordinals.part(groups.start, groups.stop + 1).astype(np.int64)
        sizes = ordinals[1:] - ordinals[:-1]
        self._trust(bool(sizes.min() > 0 and sizes.max() <= GROUP_TERMS), "groups of too many terms, or none")
        return sizes

    def _span(self, ordinals: range) -> _Span:
        """The groups that hold adjacent terms. After their documents, their frequencies or positions are asked for, as a rule."""
        known = self._last
        if known is None or known[0] != ordinals:
            known = self._last = ordinals, self._find_span(ordinals)
        return known[1]

    def _find_span(self, ordinals: range) -> _Span:
        groups = self._groups_of(ordinals)
        if not groups:
            none = np.empty(0, np.int64)
            return _Span(groups, none, none, none, np.empty(0, np.bool_))
        terms = self._sizes(groups)
        counts = self._counts.span(groups.start, groups.stop, terms).astype(np.int64) + 1
        self._trust(int(counts.max()) <= self._documents, "a term in more documents than there are")
        rows = np.add.reduceat(counts, starts_of(terms)[:-1])
        spread = are_spread(terms, rows, self._documents) if self._spread else np.zeros(len(rows), np.bool_)
        return _Span(groups, terms, counts, rows, spread)

    def _spread_of(self, span: _Span) -> dict[int, tuple[Unsigned, Unsigned]]:
        """Of those of some groups that are spread out, by their places among them: the documents and how often the term is in each."""
        found = {}
        for place in np.flatnonzero(span.spread).tolist():
            spread = self._read_spread(span.groups[place])
            ids = np.flatnonzero(spread != 0)
            self._trust(len(ids) == span.rows[place], "a term in more or fewer documents than it has")
            found[place] = (ids, spread.take(ids))
        return found

    def _read_ids(self, span: _Span, spread: Mapping[int, tuple[Unsigned, Unsigned]]) -> U32:
        if not span.groups:
            return np.empty(0, np.uint32)
        gaps = self._ids.span(span.groups.start, span.groups.stop, span.packed_rows).astype(np.uint32)
        ids = self._documents_of(gaps, starts_of(span.packed_counts))
        return _with_spread(span, ids, {place: ids for place, (ids, _) in spread.items()})

    def _read_frequencies(self, span: _Span, spread: Mapping[int, tuple[Unsigned, Unsigned]]) -> U32:
        less_one = self._frequencies.span(span.groups.start, span.groups.stop, span.packed_rows)
        return _with_spread(span, less_one + _ONE, {place: frequencies for place, (_, frequencies) in spread.items()})

    def _read_distances(self, positions: Lists, span: _Span, offsets: I64) -> U32:
        """The positions of some groups as they lie in the file; `offsets`: where those of each row begin, and the last end."""
        self._trust_size(int(offsets[-1]))
        return positions.span(span.groups.start, span.groups.stop, np.diff(offsets[starts_of(span.rows)]))

    def _read_spread(self, number: int) -> Unsigned:
        """How often the term of a group is in each document."""
        try:
            return by_document(self._ids.raw(number), self._documents)
        except (Unpackable, IndexError) as error:
            raise self._file.damaged(str(error)) from error

    def _offsets(self, ordinal: int, frequencies: Unsigned | None) -> I64:
        """Where the positions of each row of a group begin, and the last end; of the group that holds a term of these frequencies."""
        number, start, stop, total, _ = self._rows[ordinal]
        if frequencies is not None and stop - start == total:
            offsets = starts_of(frequencies)
        elif (spread := self.spread(ordinal)) is not None:
            offsets = starts_of(spread.compress(spread != 0))
        else:
            offsets = starts_of(self._frequencies.numbers(number, total))
            offsets += _ascending(0, total + 1)
        self._trust_size(int(offsets[-1]))
        return offsets

    def _documents_of(self, gaps: U32, starts: I64) -> U32:
        """Adds up the distances between documents; `gaps` is used up."""
        gaps += np.uint32(1)
        gaps[starts[:-1]] -= np.uint32(1)
        ids = _sum_up(gaps, starts)
        self._trust(int(ids.max(initial=0)) < self._documents, "a document that there is not")
        return ids

    def _cut(self, span: _Span, ordinals: range) -> tuple[I64, slice]:
        """Where the rows of these terms begin among one another, and where they lie in the rows of their groups."""
        if not ordinals:
            return np.zeros(1, np.int64), slice(0, 0)
        skip = self._groups.first(span.groups.start)
        starts = starts_of(span.counts)[ordinals.start - skip : ordinals.stop - skip + 1]
        return starts - starts[0], slice(int(starts[0]), int(starts[-1]))

    def _trust_size(self, positions: int) -> None:
        self._trust(positions <= 64 * self._file.size, "more positions than the file can hold")

    def _trust(self, right: bool, wrong: str) -> None:
        if not right:
            raise self._file.damaged(wrong)


@dataclass(frozen=True, slots=True)
class _Span:
    """Adjacent groups: the terms of each, the rows of each term, the rows of each group, and which groups are spread out."""

    groups: range
    terms: I64
    counts: I64
    rows: I64
    spread: Bools

    @property
    def packed_rows(self) -> I64:
        """The rows of each group that are packed."""
        return np.where(self.spread, 0, self.rows)

    @property
    def packed_counts(self) -> I64:
        """The rows of the terms whose rows are packed."""
        return self.counts.compress(~self.spread.repeat(self.terms))


_ONE = np.uint32(1)
_AT_ONCE = 1 << 10
"""So many groups are read at once by who reads all."""

_SOME = np.arange(1 << 13, dtype=np.uint32)


def _ascending(start: int, count: int) -> U32:
    """start, start + 1, start + 2, … (not to be written to)"""
    return _SOME[start : start + count] if count < len(_SOME) else np.arange(start, start + count, dtype=np.uint32)


def _with_spread(span: _Span, packed: U32, spread: Mapping[int, Unsigned]) -> U32:
    """The rows of some groups, those that are packed and those that are spread out, in order."""
    if not spread:
        return packed
    starts, values = starts_of(span.rows), np.empty(int(span.rows.sum()), np.uint32)
    values[~span.spread.repeat(span.rows)] = packed
    for place, rows in spread.items():
        values[starts[place] : starts[place + 1]] = rows
    return values


def _sum_up(gaps: Unsigned, starts: I64) -> U32:
    """The inverse of `_gaps`; `starts`: where each list begins, and the last ends. Sums wrap at 32 bits, and so do their differences."""
    sums: U32 = gaps.cumsum(dtype=np.uint32)
    if len(starts) == 2:
        return sums
    before = np.concatenate((np.zeros(1, np.uint32), sums))[starts[:-1]]
    return sums - np.repeat(before, np.diff(starts))

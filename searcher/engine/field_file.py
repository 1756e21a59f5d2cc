"""A field in a file: its terms in groups, each with its postings and positions, packed.

A group is either one term of many rows, or up to 64 adjacent terms of few; a row is a document that has a term. Sections of field n:

    n.keys         u8   of each group: the first 8 bytes (UTF-8, zeros behind) of its first term, as a big-endian number
    n.ordinals     u4   of each group: the ordinal of its first term; one more: the number of terms
    n.texts             lists of bytes, one for each group: the bytes that all terms begin with, then the rest of each
    n.lengths           packed lists: how many bytes all terms begin with, then how many bytes are the rest of each
    n.counts            packed lists: rows of each term, less 1
    n.ids               packed lists: the documents of each term, the first as it is, then the distance from the one before, less 1
    n.frequencies       packed lists: of each row, less 1
    n.positions         packed lists: of each row the first as it is, then the distance from the one before; not there without positions
    n.document_lengths  u4   how many terms each document has; not there where lengths are not kept

Lists are laid out as `byte_lists.py` says, numbers are packed as `packing.py` says. Texts are UTF-8 (lone surrogates likewise), and so in
order of code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, islice, pairwise

import numpy as np

from searcher.engine.arrays import I64, U32, starts_of
from searcher.engine.container import ArrayFile
from searcher.engine.container_writer import ArrayFileWriter
from searcher.engine.groups import GROUP_TERMS, Groups, Kept, key
from searcher.engine.inverted import Inverted
from searcher.engine.lists import Lists, ListsWriter
from searcher.engine.packing import Unsigned
from searcher.engine.texts import decode

GROUP_ROWS = 512
ALONE = 256


class FieldWriter:
    """Packs an inverted field, or the slices of one, in order."""

    def __init__(self, file: ArrayFileWriter, name: str, positional: bool) -> None:
        self._file, self._name = file, name
        self._terms = 0
        self._texts, self._lengths, self._counts, self._ids, self._frequencies = (
            ListsWriter(file, f"{name}.{part}") for part in ("texts", "lengths", "counts", "ids", "frequencies")
        )
        self._positions = ListsWriter(file, f"{name}.positions") if positional else None

    def append(self, inverted: Inverted) -> None:
        """Adds terms that come after all those before; each must have a row."""
        counts, rows = inverted.counts, starts_of(inverted.counts)
        firsts = _group(counts, rows)
        sizes = np.diff(firsts, append=len(counts))
        self._append_texts(inverted.texts, firsts, sizes)
        self._counts.append((counts - 1).astype(np.uint32), sizes)
        group_rows = np.diff(rows[firsts], append=rows[-1])
        self._ids.append(_gaps(inverted.ids, rows[:-1]) - _inside(rows), group_rows)
        self._frequencies.append(inverted.frequencies - np.uint32(1), group_rows)
        if self._positions is not None:
            self._append_positions(inverted, np.append(rows[firsts], rows[-1]))
        self._terms += len(counts)

    def finish(self) -> None:
        """Ends all lists."""
        self._file.append(f"{self._name}.keys", "u8", b"")
        self._file.append(f"{self._name}.ordinals", "u4", np.array([self._terms]))
        for lists in (self._texts, self._lengths, self._counts, self._ids, self._frequencies, self._positions):
            if lists is not None:
                lists.finish()

    def _append_texts(self, encoded: list[bytes], firsts: I64, sizes: I64) -> None:
        ends = [*firsts[1:].tolist(), len(encoded)]
        shared = [_shared(encoded[first], encoded[end - 1]) for first, end in zip(firsts.tolist(), ends, strict=True)]
        keys = [key(encoded[first]) for first in firsts.tolist()]
        blobs, lengths = [], []
        for first, end, common in zip(firsts.tolist(), ends, shared, strict=True):
            rests = [text[common:] for text in encoded[first:end]]
            blobs.append(encoded[first][:common] + b"".join(rests))
            lengths.append(common)
            lengths.extend(map(len, rests))
        self._texts.append_bytes(blobs)
        self._lengths.append(np.array(lengths, np.uint32), sizes + 1)
        self._file.append(f"{self._name}.keys", "u8", np.array(keys, np.uint64))
        self._file.append(f"{self._name}.ordinals", "u4", firsts + self._terms)

    def _append_positions(self, inverted: Inverted, group_rows: I64) -> None:
        if inverted.positions is None or self._positions is None:
            raise ValueError(f"the field {self._name} has positions in some documents only")
        occurrences = starts_of(inverted.frequencies)
        self._positions.append(_gaps(inverted.positions, occurrences[:-1]), np.diff(occurrences[group_rows]))


class FieldReader:
    """Reads a field; unpacks the groups that are asked for."""

    def __init__(self, file: ArrayFile, name: str, documents: int) -> None:
        self._file, self._documents = file, documents
        self._ordinals = file.section(f"{name}.ordinals")
        self._texts, self._lengths, self._counts, self._ids, self._frequencies = (
            Lists(file, f"{name}.{part}") for part in ("texts", "lengths", "counts", "ids", "frequencies")
        )
        self._positions = Lists(file, f"{name}.positions") if f"{name}.positions" in file else None
        self._groups = Groups(file, name)
        self._starts = Kept(self._read_starts)
        self._rows = Kept(self._find_rows)

    @property
    def positional(self) -> bool:
        return self._positions is not None

    @property
    def terms(self) -> int:
        """How many terms there are."""
        return self._groups.terms

    def place(self, text: str) -> tuple[int, bool]:
        """The ordinal of the first term >= text, and whether that is the term itself."""
        return self._groups.place(text)

    def text(self, ordinal: int) -> str:
        group = self._groups[self._groups.of(ordinal)]
        return decode(group.text(ordinal - group.first))

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
        _, start, stop, _ = self._rows[ordinal]
        return stop - start

    def documents(self, ordinal: int) -> U32:
        """The documents of a term."""
        number, start, stop, total = self._rows[ordinal]
        ids = self._ids.numbers(number, total, start, stop).cumsum(dtype=np.uint32)
        ids += _ascending(0, stop - start)
        self._trust(int(ids.max()) < self._documents, "a document that there is not")
        return ids

    def frequencies(self, ordinal: int) -> Unsigned:
        """How often a term is in each of its documents."""
        number, start, stop, total = self._rows[ordinal]
        less_one = self._frequencies.numbers(number, total, start, stop)
        small = less_one.itemsize == 1 and int(less_one.max()) < 0xFF
        return np.add(less_one, _ONE, dtype=np.uint8 if small else np.uint32)

    def distances(self, ordinal: int) -> tuple[I64, Unsigned]:
        """The positions of a term as they lie in the file: where those of each row begin and the last end; of each row the first, then
        the distance from the one before.
        """
        number, start, stop, total = self._rows[ordinal]
        if self._positions is None:
            return np.zeros(stop - start + 1, np.int64), np.empty(0, np.uint32)
        offsets = starts_of(self._frequencies.numbers(number, total))
        offsets += _ascending(0, total + 1)
        occurrences = int(offsets[-1])
        self._trust_size(occurrences)
        offsets = offsets[start : stop + 1]
        gaps = self._positions.numbers(number, occurrences, int(offsets[0]), int(offsets[-1]))
        offsets -= offsets[0]
        return offsets, gaps

    def positions_of(self, ordinal: int) -> tuple[I64, U32]:
        """The positions of a term: where those of each row begin and the last end, positions."""
        offsets, gaps = self.distances(ordinal)
        return offsets, _sum_up(gaps, offsets)

    def rows(self, ordinals: range) -> tuple[I64, U32, U32]:
        """The postings of adjacent terms: where each begins and the last ends, documents, frequencies."""
        groups = self._groups_of(ordinals)
        counts, sizes = self._row_counts(groups)
        ids = self._read_ids(groups, counts, sizes)
        frequencies = self._frequencies.span(groups.start, groups.stop, sizes) + np.uint32(1)
        starts, rows = self._cut(groups, counts, ordinals)
        return starts, ids[rows], frequencies[rows]

    def ids(self, ordinals: range) -> U32:
        """The documents of adjacent terms, term by term."""
        groups = self._groups_of(ordinals)
        counts, sizes = self._row_counts(groups)
        return self._read_ids(groups, counts, sizes)[self._cut(groups, counts, ordinals)[1]]

    def positions(self, ordinals: range) -> tuple[I64, U32]:
        """The positions of adjacent terms: where those of each row begin and the last end, positions."""
        groups = self._groups_of(ordinals)
        counts, sizes = self._row_counts(groups)
        _, rows = self._cut(groups, counts, ordinals)
        frequencies = self._frequencies.span(groups.start, groups.stop, sizes) + np.uint32(1)
        if self._positions is None:
            return np.zeros(rows.stop - rows.start + 1, np.int64), np.empty(0, np.uint32)
        offsets = starts_of(frequencies)
        occurrences = np.diff(offsets[starts_of(sizes)])
        self._trust_size(int(offsets[-1]))
        gaps = self._positions.span(groups.start, groups.stop, occurrences)
        offsets = offsets[rows.start : rows.stop + 1]
        positions = _sum_up(gaps[int(offsets[0]) : int(offsets[-1])], offsets - offsets[0])
        return offsets - offsets[0], positions

    def cuts(self, size: int) -> Iterator[str]:
        """Terms that cut the field into parts of about `size` packed bytes."""
        ends = self._ids.offsets(0, len(self._groups))
        if self._positions is not None:
            ends = ends + self._positions.offsets(0, len(self._groups))
        groups = np.unique(np.searchsorted(ends, np.arange(size, int(ends[-1]), size)))
        return (decode(self._groups[number].text(0)) for number in groups.tolist() if 0 < number < len(self._groups))

    def _find_rows(self, ordinal: int) -> tuple[int, int, int, int]:
        """The group of a term; among the rows of the group where its rows begin and end, and how many rows there are."""
        number = self._groups.of(ordinal)
        starts, slot = self._starts[number], ordinal - self._groups.first(number)
        return number, starts[slot], starts[slot + 1], starts[-1]

    def _groups_of(self, ordinals: range) -> range:
        """The groups that hold adjacent terms, one at least."""
        if not ordinals:
            return range(0, min(1, len(self._groups)))
        first = self._groups.of(ordinals.start)
        if ordinals.stop <= self._groups.first(first + 1):
            return range(first, first + 1)
        return range(first, self._groups.of(ordinals.stop - 1) + 1)

    def _read_starts(self, number: int) -> list[int]:
        """Where the rows of each term of a group begin, and the last end."""
        size = self._groups.size(number)
        stops = self._counts.numbers(number, size).cumsum(dtype=np.int64)
        stops += _ascending(1, size)
        found: list[int] = [0, *stops.tolist()]
        self._trust(found[-1] <= size * self._documents, "a term in more documents than there are")
        return found

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

    def _row_counts(self, groups: range) -> tuple[I64, I64]:
        """How many rows each term of these groups has, and each group."""
        if not groups:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        sizes = self._sizes(groups)
        counts = self._counts.span(groups.start, groups.stop, sizes).astype(np.int64) + 1
        self._trust(int(counts.max()) <= self._documents, "a term in more documents than there are")
        return counts, np.add.reduceat(counts, starts_of(sizes)[:-1])

    def _read_ids(self, groups: range, counts: I64, sizes: I64) -> U32:
        if not groups:
            return np.empty(0, np.uint32)
        return self._documents_of(self._ids.span(groups.start, groups.stop, sizes).astype(np.uint32), starts_of(counts))

    def _documents_of(self, gaps: U32, starts: I64) -> U32:
        """Adds up the distances between documents; `gaps` is used up."""
        gaps += np.uint32(1)
        gaps[starts[:-1]] -= np.uint32(1)
        ids = _sum_up(gaps, starts)
        self._trust(int(ids.max()) < self._documents, "a document that there is not")
        return ids

    def _cut(self, groups: range, counts: I64, ordinals: range) -> tuple[I64, slice]:
        """Where the rows of these terms begin among one another, and where they lie in the rows of their groups."""
        if not ordinals:
            return np.zeros(1, np.int64), slice(0, 0)
        skip = self._groups.first(groups.start)
        starts = starts_of(counts)[ordinals.start - skip : ordinals.stop - skip + 1]
        return starts - starts[0], slice(int(starts[0]), int(starts[-1]))

    def _trust_size(self, positions: int) -> None:
        self._trust(positions <= 64 * self._file.size, "more positions than the file can hold")

    def _trust(self, right: bool, wrong: str) -> None:
        if not right:
            raise self._file.damaged(wrong)


_ONE = np.uint32(1)
_SOME = np.arange(2 * GROUP_ROWS, dtype=np.uint32)


def _ascending(start: int, count: int) -> U32:
    """start, start + 1, start + 2, … (not to be written to)"""
    return _SOME[start : start + count] if count < len(_SOME) else np.arange(start, start + count, dtype=np.uint32)


def _group(counts: I64, rows: I64) -> I64:
    """Where groups begin: every 64 terms, every 512 rows, and around each term of more than 256 rows."""
    if not len(counts):
        return np.empty(0, np.int64)
    alone = counts > ALONE
    part = rows[:-1] // GROUP_ROWS
    cut = np.arange(len(counts)) % GROUP_TERMS == 0
    cut[1:] |= alone[1:] | alone[:-1] | (part[1:] != part[:-1])
    return np.flatnonzero(cut)


def _gaps(values: U32, starts: I64) -> U32:
    """The first value of each list as it is, then the distance from the one before."""
    gaps = np.diff(values, prepend=np.uint32(0))
    gaps[starts] = values[starts]
    return gaps


def _sum_up(gaps: Unsigned, starts: I64) -> U32:
    """The inverse of `_gaps`; `starts`: where each list begins, and the last ends. Sums wrap at 32 bits, and so do their differences."""
    sums: U32 = gaps.cumsum(dtype=np.uint32)
    if len(starts) == 2:
        return sums
    before = np.concatenate((np.zeros(1, np.uint32), sums))[starts[:-1]]
    return sums - np.repeat(before, np.diff(starts))


def _inside(starts: I64) -> U32:
    """1 for every value but the first of its list."""
    inside = np.ones(int(starts[-1]), np.uint32)
    inside[starts[:-1]] = 0
    return inside


def _shared(first: bytes, last: bytes) -> int:
    """How many bytes two texts begin with; all between them in order begin with these too."""
    length = min(len(first), len(last))
    return next((place for place in range(length) if first[place] != last[place]), length)

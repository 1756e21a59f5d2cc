"""One term of a field: its place among the others, its documents, frequencies and positions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays import I64, U32, gather, starts_of, sums_of
from searcher.engine.byte_lists import ByteLists
from searcher.engine.field_file import FieldFile
from searcher.engine.field_spans import FieldSpans
from searcher.engine.field_texts import FieldTexts
from searcher.engine.groups import Kept
from searcher.engine.packing import Unsigned
from searcher.engine.spread import is_spread


class FieldReader:
    """Reads a field term by term; unpacks the groups that are asked for. `texts` and `spans` read many terms at once."""

    def __init__(self, file: FieldFile) -> None:
        self._file, self._groups = file, file.groups
        self._ids, self._frequencies, self._positions = file.ids, file.frequencies, file.positions
        self._few_counts = ByteLists(file.file, f"{file.name}.counts")
        self._counted = Kept(self._count)
        self._rows = Kept(self._find_rows)
        self.texts, self.spans = FieldTexts(file), FieldSpans(file)

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
        return self._file.decoded([group.text(ordinal - group.first)])[0]

    def count(self, ordinal: int) -> int:
        """In how many documents a term is."""
        _, start, stop, _, _ = self._rows[ordinal]
        return stop - start

    def spread(self, ordinal: int) -> Unsigned | None:
        """How often a term is in each document of the segment; None where the term is not kept so."""
        number, _, _, _, spread = self._rows[ordinal]
        return self._file.read_spread(number) if spread else None

    def documents(self, ordinal: int) -> U32:
        """The documents of a term."""
        number, start, stop, total, spread = self._rows[ordinal]
        if spread:
            return np.flatnonzero(self._file.read_spread(number) != 0).astype(np.uint32)
        gaps = self._ids.numbers(number, total, start, stop)
        ids = np.add.accumulate(gaps, dtype=np.uint32)
        ids += _ascending(stop - start)
        last = ids[-1] if len(gaps) << 8 * gaps.itemsize < 1 << 32 else ids.max()  # such sums cannot have begun anew
        self._file.trust(int(last) < self._file.documents, "a document that there is not")
        return ids

    def frequencies(self, ordinal: int) -> Unsigned:
        """How often a term is in each of its documents."""
        number, start, stop, total, spread = self._rows[ordinal]
        if spread:
            found = self._file.read_spread(number)
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
        return offsets, sums_of(gaps, offsets)

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
            return number, 0, rows, rows, self._file.has_spread and is_spread(rows, self._file.documents)
        start = sum(less_one[:slot]) + slot
        return number, start, start + less_one[slot] + 1, sum(less_one) + len(less_one), False

    def _count(self, number: int) -> list[int]:
        """The rows of each term of a group, less 1."""
        less_one = self._few_counts.numbers(number, self._groups.span(number)[1])
        self._file.trust(max(less_one) < self._file.documents, "a term in more documents than there are")
        return less_one

    def _offsets(self, ordinal: int, frequencies: Unsigned | None) -> I64:
        """Where the positions of each row of a group begin, and the last end; of the group that holds a term of these frequencies."""
        number, start, stop, total, _ = self._rows[ordinal]
        if frequencies is not None and stop - start == total:
            self._file.trust(len(frequencies) == total, "a term in more or fewer documents than it has")
            offsets = starts_of(frequencies)
        elif (spread := self.spread(ordinal)) is not None:
            offsets = starts_of(spread.compress(spread != 0))
        else:
            offsets = starts_of(self._frequencies.numbers(number, total))
            offsets += _ascending(total + 1)
        self._file.trust_size(int(offsets[-1]))
        return offsets


_ONE = np.uint32(1)
_SOME = np.arange(1 << 13, dtype=np.uint32)


def _ascending(count: int) -> U32:
    """0, 1, 2, … (not to be written to)"""
    return _SOME[:count] if count < len(_SOME) else np.arange(count, dtype=np.uint32)

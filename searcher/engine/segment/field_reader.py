"""One term of a field: its place among the others, its documents, frequencies and positions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays.ragged import I64, U32, gather, starts_of
from searcher.engine.files.groups import Kept
from searcher.engine.segment.field import FieldFile
from searcher.engine.segment.field_spans import Span
from searcher.engine.segment.field_texts import FieldTexts
from searcher.engine.segment.packing import Unsigned
from searcher.engine.segment.postings import Postings
from searcher.engine.segment.spread import is_spread

Rows: TypeAlias = tuple[int, int, int, int, bool]
"""Where the rows of a term lie: the number of its group; among all rows of that group where its own begin, and where they end; how many
rows the group has; and whether they are spread out."""


class FieldReader:
    """Reads a field term by term; unpacks the groups that are asked for. `texts` and `span` read many terms at once."""

    def __init__(self, file: FieldFile) -> None:
        self._file, self._groups = file, file.groups
        self._counted = Kept(self._count)
        self._rows = Kept(self._find_rows)
        self.texts = FieldTexts(file)
        self.terms, self.positional = self._groups.terms, file.positions is not None

    def place(self, text: str) -> int:
        """The ordinal of the first term >= text."""
        number, slot, _ = self._groups.find(text)
        return self._groups.ordinals[number] + slot

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

    def postings(self, ordinal: int) -> Postings:
        """The documents of a term, and how often it is in each. They are spread out where many have it: that is quicker to read."""
        number, start, stop, _, spread = self._rows[ordinal]
        if spread:
            return Postings.of_spread(self._file.read_spread(number), stop - start, ordinal)
        return Postings(stop - start, partial(self._documents, ordinal), partial(self._frequencies, ordinal), ordinal=ordinal)

    def span(self, ordinals: range) -> Span:
        """The documents, frequencies and positions of adjacent terms, one at least."""
        return Span(self._file, ordinals)

    def distances(self, postings: Postings) -> tuple[I64, Unsigned]:
        """The positions of a term as they lie in the file: where those of each row begin and the last end; of each row the first, then
        the distance from the one before.
        """
        number, start, stop, _, _ = self._rows[postings.ordinal]
        if self._file.positions is None:
            return np.zeros(stop - start + 1, np.int64), np.empty(0, np.uint32)
        offsets = self._offsets(postings)
        occurrences, first, last = int(offsets[-1]), int(offsets[start]), int(offsets[stop])
        own, gaps = offsets[start : stop + 1], self._file.positions.numbers(number, occurrences, first, last)
        return own - first if first else own, gaps

    def some_distances(self, terms: Sequence[tuple[Postings, NDArray[np.integer]]]) -> tuple[I64, Unsigned]:
        """The same of some rows of some terms, one term after the other: (its postings, numbers of the rows, which ascend)."""
        if self._file.positions is None:
            return np.zeros(sum(len(rows) for _, rows in terms) + 1, np.int64), np.empty(0, np.uint32)
        lists, firsts, counts = list[tuple[int, int]](), list[I64](), list[I64]()
        for postings, rows in terms:
            number, start, _, _, _ = self._rows[postings.ordinal]
            offsets = self._offsets(postings)
            lists.append((number, int(offsets[-1])))
            firsts.append(offsets.take(rows + start))
            counts.append(offsets.take(rows + (start + 1)) - firsts[-1])
        places = gather(np.concatenate(firsts), np.concatenate(counts))
        bounds = pairwise(accumulate((int(of_term.sum()) for of_term in counts), initial=0))
        gaps = [self._file.positions.some(*of_term, places[begin:end]) for of_term, (begin, end) in zip(lists, bounds, strict=True)]
        return starts_of(np.concatenate(counts)), np.concatenate(gaps)

    def _documents(self, ordinal: int) -> U32:
        number, start, stop, total, _ = self._rows[ordinal]
        gaps = self._file.ids.numbers(number, total, start, stop)
        ids = np.add.accumulate(gaps, dtype=np.uint32)
        ids += _ascending(stop - start)
        last = ids[-1] if len(gaps) << 8 * gaps.itemsize < 1 << 32 else ids.max()  # such sums cannot have begun anew
        self._file.trust(int(last) < self._file.documents, "a document that there is not")
        return ids

    def _frequencies(self, ordinal: int) -> Unsigned:
        number, start, stop, total, _ = self._rows[ordinal]
        less_one = self._file.frequencies.numbers(number, total, start, stop)
        frequencies: Unsigned = less_one.astype(np.uint16 if less_one.itemsize == 1 else np.uint32)
        frequencies += _ONE
        return frequencies

    def _find_rows(self, ordinal: int) -> Rows:
        """The rows of a term."""
        number = self._groups.of(ordinal)
        return self._rows_of(number, ordinal - self._groups.ordinals[number])

    def _rows_of(self, number: int, slot: int) -> Rows:
        """The rows of a term by its group and its place in it."""
        less_one = self._counted[number]
        if len(less_one) == 1:
            rows = less_one[0] + 1
            return number, 0, rows, rows, self._file.has_spread and is_spread(rows, self._file.documents)
        start = sum(less_one[:slot]) + slot
        return number, start, start + less_one[slot] + 1, sum(less_one) + len(less_one), False

    def _count(self, number: int) -> list[int]:
        """The rows of each term of a group, less 1."""
        less_one = self._file.few_counts.numbers(number, self._groups.span(number)[1])
        self._file.trust(max(less_one) < self._file.documents, "a term in more documents than there are")
        return less_one

    def _offsets(self, postings: Postings) -> I64:
        """Where the positions of each row of a group begin, and the last end; of the group that holds a term."""
        number, start, stop, total, _ = self._rows[postings.ordinal]
        if stop - start == total:
            self._file.trust(len(postings.frequencies) == total, "a term in more or fewer documents than it has")
            offsets = starts_of(postings.frequencies)
        else:
            offsets = starts_of(self._file.frequencies.numbers(number, total))
            offsets += _ascending(total + 1)
        self._file.trust_size(int(offsets[-1]), total)
        return offsets


_ONE = np.array(1, np.uint8)  # an array, which numpy need not make first
_SOME = np.arange(1 << 13, dtype=np.uint32)


def _ascending(count: int) -> U32:
    """0, 1, 2, … (not to be written to)"""
    return _SOME[:count] if count < len(_SOME) else np.arange(count, dtype=np.uint32)

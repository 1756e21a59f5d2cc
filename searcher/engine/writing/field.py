"""A field is packed into a file, as `segment/field.py` says."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from searcher.engine.arrays.ragged import I64, U8, U32, Bools, gaps_of, gather, starts_of
from searcher.engine.files.groups import GROUP_TERMS, key
from searcher.engine.segment.spread import ALONE, are_spread, spread_out
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.inverted import Inverted
from searcher.engine.writing.lists import ListsWriter
from searcher.engine.writing.packing import pack_lists

GROUP_ROWS = 512

_GROUPS = 1 << 8
"""The texts of so many groups are cut at once: each of their bytes takes eight for a moment."""


class FieldWriter:
    """Packs an inverted field of a segment of so many documents, or the slices of one, in order."""

    def __init__(self, file: ArrayFileWriter, name: str, documents: int, *, positional: bool, spread: bool) -> None:
        """`spread`: lists that many documents have are spread out."""
        self._file, self._name, self._documents, self._spread = file, name, documents, spread
        self._terms = 0
        self._texts, self._lengths, self._counts, self._ids, self._frequencies = (
            ListsWriter(file, f"{name}.{part}") for part in ("texts", "lengths", "counts", "ids", "frequencies")
        )
        self._positions = ListsWriter(file, f"{name}.positions") if positional else None

    def append(self, inverted: Inverted) -> None:
        """Adds terms that come after all those before; each must have a row."""
        counts, rows = inverted.counts, starts_of(inverted.counts)
        firsts = _group_starts(counts, rows)
        sizes = np.diff(firsts, append=len(counts))
        self._append_texts(inverted.texts, firsts, sizes)
        self._counts.append((counts - 1).astype(np.uint32), sizes, whole=True)
        bounds = np.append(rows[firsts], rows[-1])
        spread = are_spread(sizes, np.diff(bounds), self._documents)
        self._append_rows(inverted, rows, bounds, spread if self._spread else np.zeros_like(spread))
        if self._positions is not None:
            if inverted.distances is None:
                raise ValueError(f"the field {self._name} has positions in some documents only")
            self._positions.append(inverted.distances, np.diff(starts_of(inverted.frequencies)[bounds]))
        self._terms += len(counts)

    def finish(self, lengths: U32 | None) -> tuple[bool, int | None]:
        """Ends the field. `lengths`: how many terms each document has, None where that is not kept.

        Gives what the notes of a segment say of it: whether it has positions, and the sum of the lengths.
        """
        self._file.append(f"{self._name}.keys", "u8", b"")
        self._file.append(f"{self._name}.ordinals", "u4", np.array([self._terms]))
        for lists in (self._texts, self._lengths, self._counts, self._ids, self._frequencies, self._positions):
            if lists is not None:
                lists.finish()
        if lengths is None:
            return self._positions is not None, None
        self._file.append(f"{self._name}.document_lengths", "u4", lengths)
        return self._positions is not None, int(lengths.sum(dtype=np.int64))

    def _append_texts(self, encoded: list[bytes], firsts: I64, sizes: I64) -> None:
        """Of each group what its texts begin with, then the rest of each, all cut out of one text at once."""
        ends = [*firsts[1:].tolist(), len(encoded)]
        pairs = [(encoded[first], encoded[end - 1]) for first, end in zip(firsts.tolist(), ends, strict=True)]
        common = np.array([_shared(first, last) for first, last in pairs], np.int64)
        for start in range(0, len(firsts), _GROUPS):
            groups = slice(start, start + _GROUPS)
            first, end = int(firsts[start]), ends[groups][-1]
            self._append_rests(encoded[first:end], firsts[groups] - first, sizes[groups], common[groups])
        self._file.append(f"{self._name}.keys", "u8", np.array([key(first) for first, _ in pairs], np.uint64))
        self._file.append(f"{self._name}.ordinals", "u4", firsts + self._terms)

    def _append_rests(self, encoded: list[bytes], firsts: I64, sizes: I64, common: I64) -> None:
        """Appends the texts of some groups, of which it is known how many bytes their texts have in common."""
        sizes_of_texts = np.fromiter(map(len, encoded), np.int64, len(encoded))
        begins, within = starts_of(sizes_of_texts)[:-1], common.repeat(sizes)
        starts = np.insert(begins + within, firsts, begins[firsts])
        lengths = np.insert(sizes_of_texts - within, firsts, common)
        bounds = starts_of(lengths)[np.append(firsts + np.arange(len(firsts)), len(lengths))]
        self._texts.append_raw(np.frombuffer(b"".join(encoded), np.uint8)[gather(starts, lengths)], bounds)
        self._lengths.append(lengths.astype(np.uint32), sizes + 1, whole=True)

    def _append_rows(self, inverted: Inverted, rows: I64, bounds: I64, spread: Bools) -> None:
        """Adds documents and frequencies; `rows` and `bounds`: where the rows of terms and of groups begin, and the last end."""
        sizes = np.diff(bounds)
        packed, counts = ~spread.repeat(sizes), np.where(spread, 0, sizes)
        gaps = gaps_of(inverted.ids, rows[:-1]) - _inside(rows)
        blobs = {
            number: spread_out(inverted.ids[start:stop], inverted.frequencies[start:stop], self._documents)
            for number, start, stop in zip(np.flatnonzero(spread).tolist(), bounds[:-1][spread], bounds[1:][spread], strict=True)
        }
        self._ids.append_raw(*_inserted(*pack_lists(gaps[packed], counts), blobs))
        self._frequencies.append(inverted.frequencies[packed] - np.uint32(1), counts)


def _group_starts(counts: I64, rows: I64) -> I64:
    """Where groups begin: every 64 terms, every 512 rows, and around each term of more than 256 rows."""
    if not len(counts):
        return np.empty(0, np.int64)
    alone = counts > ALONE
    part = rows[:-1] // GROUP_ROWS
    cut = np.arange(len(counts)) % GROUP_TERMS == 0
    cut[1:] |= alone[1:] | alone[:-1] | (part[1:] != part[:-1])
    return np.flatnonzero(cut)


def _inserted(data: U8, offsets: I64, blobs: Mapping[int, U8]) -> tuple[U8, I64]:
    """Lists of bytes and where they begin, with these in the place of some that are empty; by number, ascending."""
    sizes = np.diff(offsets)
    sizes[list(blobs)] = [len(blob) for blob in blobs.values()]
    parts = np.split(data, offsets[list(blobs)])
    between = [part for blob, rest in zip(blobs.values(), parts[1:], strict=True) for part in (blob, rest)]
    return np.concatenate([parts[0], *between]), starts_of(sizes)


def _inside(starts: I64) -> U32:
    """1 for every value but the first of its list."""
    inside = np.ones(int(starts[-1]), np.uint32)
    inside[starts[:-1]] = 0
    return inside


def _shared(first: bytes, last: bytes) -> int:
    """How many bytes two texts begin with; all between them in order begin with these too."""
    length = min(len(first), len(last))
    return next((place for place in range(length) if first[place] != last[place]), length)

"""A field turned inside out, as arrays: for each term the documents that have it, how often, and where.

This is the form that builders make, files are packed from and merges work on. Terms stand in order of code points; the rows (one for each
document that has the term) follow one another term by term, by document inside a term; its positions follow one another row by row.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays.ragged import I64, U8, U32, gaps_of, starts_of
from searcher.engine.files.texts import encode
from searcher.frozen import frozen

SLICE = 1 << 21
"""So many occurrences are sorted at once, where there are more than twice as many."""

_BATCH = 1 << 20
"""So many numbers are counted or looked up at once: on the way each takes twice its room."""


@frozen
class Inverted:
    """Terms with their postings.

    `texts`: UTF-8, ascending; `counts`: rows of each term; `ids`, `frequencies`: of each row; `distances`: of each occurrence its position,
    as files have it, of each row the first as it is, then the distance from the one before; or None.
    """

    texts: list[bytes]
    counts: I64
    ids: U32
    frequencies: U32
    distances: U32 | None


class Inverter:
    """Collects one field of many documents as integers, then sorts them once."""

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._terms = array("I")
        self._positions = array("I")
        self._ids = array("I")
        self._lengths = array("I")
        self.positional = False

    def __len__(self) -> int:
        return len(self._terms)

    @property
    def different(self) -> int:
        """How many different terms were taken; a long one counts as several."""
        return len(self._numbers) + self._numbers.longer

    def add(self, document: int, texts: Iterable[str], positions: Sequence[int] | None) -> int:
        """Takes the terms of one document; documents come in ascending order. Gives how many terms it has."""
        before = len(self._terms)
        self._terms.extend(map(self._numbers.__getitem__, texts))
        length = len(self._terms) - before
        if positions is not None:
            self.positional = True
            self._positions.extend(positions)
        self._ids.append(document)
        self._lengths.append(length)
        return length

    def documents_of(self, text: str) -> set[int]:
        """The documents taken so far that have a term."""
        number = self._numbers.get(text)
        if number is None:
            return set()
        documents = np.repeat(u32(self._ids), u32(self._lengths))
        return set(documents[u32(self._terms) == number].tolist())

    def finish(self) -> Inverted:
        """Everything taken, inverted."""
        texts, ranks, _ = self._ranks()
        return self._inverted(texts, ranks, slice(None), np.repeat(u32(self._ids), u32(self._lengths)))

    def slices(self, size: int = SLICE) -> Iterator[Inverted]:
        """Everything taken, inverted in slices of adjacent terms that come about `size` times together: sorting takes room."""
        if len(self) <= 2 * size:
            yield self.finish()
            return
        texts, ranks, numbers = self._ranks()
        begins = starts_of(u32(self._lengths))
        for part, chosen in _in_parts(u32(self._terms), numbers, size):
            documents = np.repeat(u32(self._ids), np.diff(np.searchsorted(chosen, begins)))
            yield self._inverted(texts[part], ranks - np.uint64(part.start), chosen, documents)

    def _ranks(self) -> tuple[list[str], NDArray[np.uint64], I64]:
        """The terms in order; of each number the place of its term among them; of each place the number."""
        texts = sorted(self._numbers)
        numbers = np.fromiter(map(self._numbers.__getitem__, texts), np.int64, len(texts))
        ranks = np.empty(len(texts), np.uint64)
        ranks[numbers] = np.arange(len(texts), dtype=np.uint64)
        return texts, ranks, numbers

    def _inverted(self, texts: list[str], ranks: NDArray[np.uint64], chosen: slice | I64, documents: U32) -> Inverted:
        """Some occurrences, which are those of these terms."""
        positions = u32(self._positions)[chosen] if self.positional else None
        terms, ids, frequencies, distances = sorted_rows(ranks[u32(self._terms)[chosen]], len(texts), documents, positions)
        counts = np.bincount(terms.astype(np.int64), minlength=len(texts)).astype(np.int64)
        return Inverted(list(map(encode, texts)), counts, ids, frequencies, distances)


class Numbers(dict[str, int]):
    """Numbers new terms in the order they come, at the speed of a dictionary for known ones. `longer`: how many more take their room."""

    longer = 0

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        self.longer += len(text) >> 6
        return number


def u32(values: array[int]) -> U32:
    """Integers that were collected, without a copy."""
    return np.frombuffer(values, np.uint32) if values else np.empty(0, np.uint32)


def _in_parts(terms: U32, numbers: I64, size: int) -> Iterator[tuple[slice, I64]]:
    """The parts of `parts_of`, in order: the terms of each as a slice of `numbers`, and the places in `terms` where these stand."""
    part_of = parts_of(counted(terms, len(numbers))[numbers], size)
    part_of_number = np.empty(len(numbers), np.uint8)
    part_of_number[numbers] = part_of
    parts = looked_up(part_of_number, terms)
    for part in np.unique(part_of).tolist():
        first, stop = np.searchsorted(part_of, (part, part + 1))
        yield slice(int(first), int(stop)), np.flatnonzero(parts == part)


def parts_of(counts: I64, size: int) -> U8:
    """Cuts terms in order into parts of about `size` occurrences, 128 parts at most: the number of each term's part.

    `counts`: how often each term occurs.
    """
    begins = starts_of(counts)
    return (begins[:-1] // max(size, int(begins[-1]) >> 7, 1)).astype(np.uint8)


def counted(values: U32, different: int) -> I64:
    """How often each number below `different` comes."""
    counts = np.zeros(different, np.int64)
    for batch in _batches(values):
        counts += np.bincount(values[batch], minlength=different)
    return counts


def looked_up(table: U8, places: U32) -> U8:
    """What stands at each of these places."""
    found = np.empty(len(places), np.uint8)
    for batch in _batches(places):
        found[batch] = table[places[batch]]
    return found


def _batches(values: U32) -> Iterator[slice]:
    return (slice(start, start + _BATCH) for start in range(0, len(values), _BATCH))


SortedRows: TypeAlias = "tuple[NDArray[np.uint64], U32, U32, U32 | None]"
"""Of each row its term, its document and its frequency; and the distances of `Inverted`."""


def sorted_rows(terms: NDArray[np.uint64], most: int, documents: U32, positions: U32 | None) -> SortedRows:
    """Occurrences as rows, sorted by term, document and position: as one integer where the three fit into 64 bits, ten times as fast.

    `terms`, none of which is above `most`, is used up: there may be many millions.
    """
    bits, pairs = _bits(documents), terms
    pairs <<= np.uint64(bits)
    pairs |= documents
    if positions is None:
        pairs.sort()
    else:
        shift = _bits(positions)
        if most.bit_length() + bits + shift <= 64:
            pairs <<= np.uint64(shift)
            pairs |= positions
            pairs.sort()
            positions = (pairs & np.uint64((1 << shift) - 1)).astype(np.uint32)
            pairs >>= np.uint64(shift)
        else:
            order = np.lexsort((positions, pairs))
            pairs, positions = pairs[order], positions[order]
    return _rows(pairs, bits, positions)


def _rows(pairs: NDArray[np.uint64], bits: int, positions: U32 | None) -> SortedRows:
    """Equal neighbours, the occurrences of a term in a document, become one row."""
    first = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else np.empty(0, np.int64)
    frequencies = np.diff(first, append=len(pairs)).astype(np.uint32)
    rows = pairs[first]
    distances = None if positions is None else gaps_of(positions, first)
    return rows >> np.uint64(bits), (rows & np.uint64((1 << bits) - 1)).astype(np.uint32), frequencies, distances


def _bits(values: U32) -> int:
    return int(values.max()).bit_length() if len(values) else 0

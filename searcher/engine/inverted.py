"""A field turned inside out, as arrays: for each term the documents that have it, how often, and where.

This is the form that builders make, files are packed from and merges work on. Terms stand in order of code points; the rows (one for each
document that has the term) follow one another term by term, by document inside a term; the positions follow one another row by row.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays import I64, U32
from searcher.engine.texts import encode


@dataclass(frozen=True, slots=True)
class Inverted:
    """Terms with their postings.

    `texts`: UTF-8, ascending; `counts`: rows of each term; `ids`, `frequencies`: of each row; `positions`: of each occurrence, or None.
    """

    texts: list[bytes]
    counts: I64
    ids: U32
    frequencies: U32
    positions: U32 | None


class Inverter:
    """Collects one field of many documents as integers, then sorts them once."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._terms = array("I")
        self._positions = array("I")
        self._ids = array("I")
        self._lengths = array("I")
        self.positional = False

    def __len__(self) -> int:
        return len(self._terms)

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
        documents = np.repeat(_u32(self._ids), _u32(self._lengths))
        return set(documents[_u32(self._terms) == number].tolist())

    def finish(self) -> Inverted:
        """Everything taken, inverted."""
        texts = sorted(self._numbers)
        ranks = np.empty(len(texts), np.uint64)
        ranks[np.fromiter(map(self._numbers.__getitem__, texts), np.int64, len(texts))] = np.arange(len(texts), dtype=np.uint64)
        terms = ranks[np.frombuffer(self._terms, np.uint32)] if self._terms else np.empty(0, np.uint64)
        documents = np.repeat(_u32(self._ids), _u32(self._lengths))
        positions = _u32(self._positions) if self.positional else None
        return _invert(list(map(encode, texts)), terms, documents, positions)


class _Numbers(dict[str, int]):
    """Numbers new terms in the order they come, at the speed of a dictionary for known ones."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


def _u32(values: array[int]) -> U32:
    return np.frombuffer(values, np.uint32) if values else np.empty(0, np.uint32)


def _invert(texts: list[bytes], terms: NDArray[np.uint64], documents: U32, positions: U32 | None) -> Inverted:
    """Sorts occurrences by term, document and position: as one integer where the three fit into 64 bits, which sorts ten times faster."""
    bits = _bits(documents)
    pairs = terms << np.uint64(bits) | documents
    if positions is None:
        pairs.sort()
    else:
        shift = _bits(positions)
        if len(texts).bit_length() + bits + shift <= 64:
            keys = pairs << np.uint64(shift) | positions
            keys.sort()
            positions = (keys & np.uint64((1 << shift) - 1)).astype(np.uint32)
            pairs = keys >> np.uint64(shift)
        else:
            order = np.lexsort((positions, pairs))
            pairs, positions = pairs[order], positions[order]
    return _rows(texts, pairs, bits, positions)


def _rows(texts: list[bytes], pairs: NDArray[np.uint64], bits: int, positions: U32 | None) -> Inverted:
    """Equal neighbours, the occurrences of a term in a document, become one row."""
    first = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else np.empty(0, np.int64)
    frequencies = np.diff(first, append=len(pairs)).astype(np.uint32)
    rows = pairs[first]
    counts = np.bincount((rows >> np.uint64(bits)).astype(np.int64), minlength=len(texts)).astype(np.int64)
    return Inverted(texts, counts, (rows & np.uint64((1 << bits) - 1)).astype(np.uint32), frequencies, positions)


def _bits(values: U32) -> int:
    return int(values.max()).bit_length() if len(values) else 0

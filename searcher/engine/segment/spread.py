"""A list that many documents have is kept spread out: how often the term is in each document, four bits for every one of them.

Of n documents, with h = ceil(n / 2):

    byte 0              e: an exception takes 2^e bytes
    h                   document i has the lower half of byte i where i < h, else the upper half of byte i − h: how often, 0 to 14;
                        15 says: an exception
    4 · m               the documents of the exceptions, ascending, little endian
    2^e · m             how often the term is in each of these, little endian

So the numbers of half of the documents are one operation on all bytes. What comes out needs no adding up, is read at any document,
and two of them are intersected without looking anything up; a packed list of that many documents takes half the room, or less.
"""

from __future__ import annotations

import numpy as np

from searcher.engine.arrays.ragged import I64, U8, U32, Bools
from searcher.engine.files.short_lists import Unpackable
from searcher.engine.segment.packing import Unsigned

ALONE = 256
"""A term of more rows is a group of its own."""

MANY = 8
"""The rows of a term that is alone are spread where one in so many documents has it."""

_EXCEPTION = 15
_LOWER, _UPPER = np.array(0x0F, np.uint8), np.array(4, np.uint8)
"""What is left of a byte for its lower half, and by how much it is shifted for the upper half: arrays, which numpy need not make first."""

_SIZES = (np.dtype("<u1"), np.dtype("<u2"), np.dtype("<u4"))
_DOCUMENT = np.dtype("<u4")


def is_spread(rows: int, documents: int) -> bool:
    """Whether the rows of a term are kept spread out, in a segment of so many documents."""
    return rows > ALONE and rows * MANY >= documents


def are_spread(terms: I64, rows: I64, documents: int) -> Bools:
    """Whether the rows of each group are kept spread out, by how many terms and rows it has."""
    spread: Bools = (terms == 1) & (rows > ALONE) & (rows * MANY >= documents)
    return spread


def spread_out(ids: U32, frequencies: U32, documents: int) -> U8:
    """The bytes of a list: in which of so many documents a term is, and how often."""
    half = documents + 1 >> 1
    few = np.zeros(2 * half, np.uint8)
    few[ids] = np.minimum(frequencies, _EXCEPTION)
    more = frequencies >= _EXCEPTION
    exponent = sum(int(frequencies.max(initial=0)) > most for most in (0xFF, 0xFFFF))
    parts = (
        np.array([exponent], np.uint8),
        few[:half] | few[half:] << 4,
        ids[more].astype(_DOCUMENT).view(np.uint8),
        frequencies[more].astype(_SIZES[exponent]).view(np.uint8),
    )
    return np.concatenate(parts)


def by_document(data: U8, documents: int) -> Unsigned:
    """How often the term is in each of so many documents; an exception for none of them is an IndexError."""
    half = documents + 1 >> 1
    exponent, more = data[0] if len(data) else len(_SIZES), len(data) - 1 - half
    if exponent >= len(_SIZES) or more < 0:
        raise Unpackable(f"a list spread over {documents} documents in {len(data)} bytes")
    found: Unsigned = np.empty(2 * half, np.uint8)
    halves = data[1 : 1 + half]
    np.bitwise_and(halves, _LOWER, found[:half])
    np.right_shift(halves, _UPPER, found[half:])
    return _with_exceptions(found[:documents], data[1 + half :], _SIZES[exponent]) if more else found[:documents]


def _with_exceptions(found: Unsigned, data: U8, size: np.dtype[np.unsignedinteger]) -> Unsigned:
    count, rest = divmod(len(data), _DOCUMENT.itemsize + size.itemsize)
    if rest:
        raise Unpackable(f"exceptions of {size.itemsize} bytes in {len(data)} bytes")
    behind = count * _DOCUMENT.itemsize
    if size.itemsize > 1:
        found = found.astype(size)
    found[data[:behind].view(_DOCUMENT)] = data[behind:].view(size)
    return found

"""How alike are two texts, told by 64 bits of each?

A sketch is made of the different runs of three characters of a text's grams one behind the other (abc gives ab, bc, so abb, bbc: the pairs
of the text again), wherever they stand and however often. Grams are folded, so one text in two scripts has one sketch.
Hashes of those runs are sorted; of each of 64 equal ranges the first tells one bit; an empty range takes the next hash there is
(one-permutation minwise hashing: Li, Owen and Zhang 2012; one bit of each: Li and König 2010).
Of two texts that have a share J of their runs in common (Jaccard's index), J of the bits are equal for that reason, and half of the
others by chance.

Of a short text, such as an article of a law, a few characters make another: its sketch is that of no other text.
"""

from __future__ import annotations

import numpy as np

from searcher.engine.arrays.docsets import Array
from searcher.engine.fields import MISSING
from searcher.text.pairs import LONGER, Pairs

SHORT = 256
"""A text with fewer different runs (half as many pairs of characters) is short."""


def sketch_of(grams: Pairs) -> int:
    """The sketch of a text with these grams, as a signed number of 64 bits."""
    hashes = _hashes(_characters(grams))
    different = hashes.compress(np.diff(hashes, prepend=~hashes[:1]) != 0)
    if len(different) < SHORT:
        from hashlib import blake2b

        return int.from_bytes(blake2b(different.astype("<u8").tobytes(), digest_size=8).digest(), "little", signed=True)
    firsts = different.take(different.searchsorted(_RANGES), mode="wrap")
    return int(np.packbits((firsts & np.uint64(1)).astype(np.uint8), bitorder="little").view("<i8")[0])


def near_pairs(sketches: Array, bits: int, within: int) -> list[tuple[int, int]]:
    """The places of sketches that differ in no more than so many bits, not more than `within` apart: (lower, higher), by the higher."""
    reach = min(within, len(sketches) - 1)
    if reach < 1:
        return []
    behind = np.concatenate((sketches, np.full(reach, MISSING)))
    windows = np.ndarray((len(sketches), reach + 1), np.int64, behind, strides=behind.strides * 2)  # as a sliding window, and sooner
    near = (_ones((windows[:, 1:] ^ windows[:, :1]).view(np.uint64)) <= bits).ravel().nonzero()[0]
    pairs = [(place // reach, place // reach + place % reach + 1) for place in near.tolist()]
    known = [(lower, higher) for lower, higher in pairs if behind[lower] != MISSING != behind[higher]]
    return sorted(known, key=lambda pair: pair[::-1])


def _ones(numbers: Array) -> Array:
    """How many bits of each number are set: before numpy 2, sums of neighbours, of ever more bits (Warren, "Hacker's Delight", 5-1)."""
    if _BITS is not None:
        return np.asarray(_BITS(numbers))
    for shift, mask in _SUMS:
        numbers = (numbers & mask) + (numbers >> shift & mask)
    return numbers


def _characters(grams: Pairs) -> Array:
    """The characters of the grams, one gram behind the other."""
    line = _code_points(grams.line)
    if not len(line):
        return line
    both = np.stack((line[:-1], np.where(line[:-1] > _LONGER, line[1:], 0)), axis=1).ravel()
    if grams.longer:
        places = np.flatnonzero(line[:-1] == _LONGER).repeat([len(text) for text in grams.longer])
        both = np.insert(both, 2 * places, _code_points("".join(grams.longer)))
    return both.compress(both > _LONGER)


def _code_points(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _hashes(text: Array) -> Array:
    """A number for each three characters of a text, ascending: they are mixed as in splitmix64 (Steele, Lea and Flood 2014)."""
    characters = np.append(text, _ENDS).astype(np.uint64)
    hashes = (characters[:-2] << np.uint64(42)) ^ (characters[1:-1] << np.uint64(21)) ^ characters[2:]
    for shift, factor in _MIXING:
        hashes ^= hashes >> shift
        hashes *= factor
    hashes ^= hashes >> np.uint64(31)
    hashes.sort()
    return hashes


_LONGER = ord(LONGER)
_ENDS = np.array([10, 10], np.uint32)
_BITS = getattr(np, "bitwise_count", None)
_RANGES = np.arange(64, dtype=np.uint64) << np.uint64(58)
_SUMS = tuple(
    (np.uint64(shift), np.uint64(mask))
    for shift, mask in (
        (1, 0x5555555555555555),
        (2, 0x3333333333333333),
        (4, 0x0F0F0F0F0F0F0F0F),
        (8, 0x00FF00FF00FF00FF),
        (16, 0x0000FFFF0000FFFF),
        (32, 0x00000000FFFFFFFF),
    )
)
_MIXING = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))

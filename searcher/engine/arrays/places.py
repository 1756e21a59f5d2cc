"""A document and a position in it as one integer, a place, so that one comparison orders both.

    narrow   document << n | position, uint32; n is 32 less the bits of the segment's number of documents
    wide     document << 33 | position, int64

Which of the two an array holds, its dtype says. Narrow ones cost half, and are made where all positions are below 2^(n - 1): the bit that
is left keeps an offset that is added in the document. Positions have 32 bits and documents 30 (`stored.MOST`), so that wide places can
always be made.
"""

from __future__ import annotations

import numpy as np

from searcher.engine.arrays.docsets import Array, distinct

WIDE = 33


def narrow(count: int) -> int:
    """By how many bits the document is shifted in narrow places of a segment of so many documents."""
    return 32 - count.bit_length()


def summed(documents: Array, offsets: Array, distances: Array, count: int, *, once: bool = False) -> Array:
    """The places of some rows of postings, from positions as files have them: of each row the first, then the distance from the one before.

    `offsets`: where each row begins in `distances`, and where the last one ends. All rows are summed up at once; the sum that was reached
    before a row is subtracted in the same step that adds the row's document. Sums wrap at 32 bits, and so do their differences.
    `once`: each place is given once. An analyzer of somebody else's may put a term several times at one position.
    """
    if not len(distances):
        return distances.astype(np.uint32)
    begins, counts = offsets[:-1], offsets[1:] - offsets[:-1]
    firsts, sums = distances.take(begins), np.add.accumulate(distances, dtype=np.uint32)
    before = sums.take(begins) - firsts
    lasts = np.concatenate((before[1:], sums[-1:])) - before
    if int(lasts.max()) < _bound(count):
        sums += ((documents << np.uint32(narrow(count))) - before).repeat(counts)
        places = sums
    else:
        sums -= before.repeat(counts)
        places = (documents.astype(np.int64) << WIDE).repeat(counts) + sums
    repeats = len(distances) - int(np.count_nonzero(distances)) - len(firsts) + int(np.count_nonzero(firsts))
    return distinct(places) if once and repeats else places


def alike(arrays: list[Array], count: int, reach: int) -> list[Array]:
    """Arrays of places, all of one kind: that in which `reach` can be added to each and stays in its document."""
    if reach < _bound(count) and all(places.dtype == np.uint32 for places in arrays):
        return arrays
    wide = {number: widened(places, count) for number, places in {id(places): places for places in arrays}.items()}  # some are the same
    return [wide[id(places)] for places in arrays]


def widened(places: Array, count: int) -> Array:
    """Places in their wide form."""
    if places.dtype != np.uint32:
        return places
    shift = narrow(count)
    wide = places.astype(np.int64)
    return wide >> shift << WIDE | wide & (1 << shift) - 1


def documents_of(places: Array, count: int) -> Array:
    """The document of each place."""
    return places >> np.uint32(narrow(count)) if places.dtype == np.uint32 else (places >> WIDE).astype(np.uint32)


def positions_of(places: Array, count: int) -> Array:
    """The position of each place."""
    return places & np.uint32((1 << narrow(count)) - 1) if places.dtype == np.uint32 else places & ((1 << WIDE) - 1)


def _bound(count: int) -> int:
    """Positions below this have narrow places."""
    return 1 << max(0, narrow(count) - 1)

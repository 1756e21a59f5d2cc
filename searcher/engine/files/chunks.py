"""Pieces of stored text and data, compressed several at a time, each found by its number.

Neighbouring pieces share a chunk until it has some thousand bytes, so that small ones compress well and one read unpacks little.
A zlib stream ends with a checksum of what was packed (Adler-32), which is checked whenever one is unpacked; the pages that hold it are
not checked besides: they are four times as many bytes.
Sections, for pieces called x:

    x          u1   the chunks, one after the other, each a zlib stream of
                        4 bytes    number of pieces, little endian
                        4 bytes    for each piece: how many bytes it has, likewise
                        the pieces, one after the other
    x.bases, x.places   where each chunk begins (see `byte_lists.py`)
    x.firsts   u4   of each chunk: the number of its first piece; one more: how many pieces there are
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from itertools import accumulate, pairwise

from searcher.engine.files.byte_lists import ByteLists
from searcher.engine.files.container import ArrayFile

_CACHED = 32
_LARGE = 1 << 20
"""Larger chunks are not kept: some dozens of them, each a small file's worth of zeros, would fill the memory."""

LONGEST = 1 << 30
"""No chunk unpacks to more bytes: a file that says otherwise would fill the memory."""


class Chunks:
    """Reads pieces."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.lists = ByteLists(file, name)
        self.firsts = file.section(f"{name}.firsts", "u4")
        self._count = self.firsts[len(self.firsts) - 1]
        self._unpacked: OrderedDict[int, tuple[bytes, list[int]]] = OrderedDict()

    def piece(self, number: int) -> bytes:
        """The bytes of one piece."""
        if not 0 <= number < self._count:
            raise self.lists.damaged(f"piece {number} of {self._count}")
        chunk = self.firsts.bisect(number) - 1
        first, stop = self.firsts.pair(chunk)
        found = self._unpacked.get(chunk)
        if found is None:
            found = self._unpack(chunk, stop - first)
            if len(found[0]) <= _LARGE:
                self._unpacked[chunk] = found
                if len(self._unpacked) > _CACHED:
                    self._unpacked.popitem(last=False)
        data, bounds = found
        return data[bounds[number - first] : bounds[number - first + 1]]

    def unpack(self, chunk: int) -> list[bytes]:
        """The pieces of a chunk."""
        first, stop = self.firsts.pair(chunk)
        data, bounds = self._unpack(chunk, stop - first)
        return [data[start:stop] for start, stop in pairwise(bounds)]

    def _unpack(self, chunk: int, pieces: int) -> tuple[bytes, list[int]]:
        """The unpacked bytes of a chunk; where each piece begins in them, and the last ends."""
        data = self._unzip(chunk)
        bounds = _bounds(data)
        if len(bounds) - 1 != pieces:
            raise self.lists.damaged(f"chunk {chunk} has {len(bounds) - 1} pieces")
        return data, bounds

    def _unzip(self, chunk: int) -> bytes:
        stream = zlib.decompressobj()
        try:
            data = stream.decompress(self.lists.unchecked(chunk), LONGEST)
        except zlib.error as error:
            self.lists.raw(chunk)  # says which bytes of the file are wrong, where it is these
            raise self.lists.damaged(error) from error
        if not stream.eof:
            raise self.lists.damaged("a chunk that is cut off, or too long")
        return data


def _bounds(data: bytes) -> list[int]:
    """Where the pieces of a chunk begin, and the last ends; a chunk that lies about itself has none."""
    count = int.from_bytes(data[:4], "little")
    if not count or len(data) < 4 + 4 * count:
        return [0]
    sizes = memoryview(data)[4 : 4 + 4 * count].cast("I")
    bounds = list(accumulate(sizes, initial=4 + 4 * count))
    return bounds if bounds[-1] == len(data) else [0]

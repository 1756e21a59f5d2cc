"""Pieces of stored text and data, compressed several at a time, each found by its number.

Neighbouring pieces share a chunk until it has some thousand bytes, so that small ones compress well and one read unpacks little.
Sections, for pieces called x:

    x          u1   the chunks, one after the other, each a zlib stream of
                        4 bytes    number of pieces, little endian
                        4 bytes    for each piece: its bytes
                        the pieces, one after the other
    x.bases, x.places   where each chunk begins (see `lists.py`)
    x.firsts   u4   of each chunk: the number of its first piece; one more: how many pieces there are
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from itertools import accumulate, pairwise

import numpy as np

from searcher.engine.arrays import I64, U8, starts_of
from searcher.engine.container import ArrayFile, ArrayFileWriter
from searcher.engine.lists import Lists, ListsWriter

_LEVEL = 6
_CACHED = 32
LONGEST = 1 << 30
"""No chunk unpacks to more bytes: a file that says otherwise would fill the memory."""


class Chunks:
    """Reads pieces."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file, self._name = file, name
        self._chunks = Lists(file, name)
        self._firsts = file.section(f"{name}.firsts")
        self._unpacked: OrderedDict[int, tuple[bytes, list[int]]] = OrderedDict()

    def __len__(self) -> int:
        return self._firsts[len(self._firsts) - 1]

    def firsts(self) -> I64:
        """The number of the first piece of each chunk; one more: how many pieces there are."""
        firsts: I64 = self._firsts.all().astype(np.int64)
        if (firsts[1:] <= firsts[:-1]).any():
            raise self._file.damaged(f"{self._name}: chunks without pieces")
        return firsts

    def piece(self, number: int) -> bytes:
        """The bytes of one piece."""
        chunk = self.chunk_of(number)
        found = self._unpacked.get(chunk)
        if found is None:
            found = self._unpacked[chunk] = self._unpack(chunk)
            if len(self._unpacked) > _CACHED:
                self._unpacked.popitem(last=False)
        data, bounds = found
        place = number - self._firsts[chunk]
        return data[bounds[place] : bounds[place + 1]]

    def chunk_of(self, number: int) -> int:
        if not 0 <= number < len(self):
            raise self._file.damaged(f"{self._name}: piece {number} of {len(self)}")
        return self._firsts.bisect(number) - 1

    def numbers(self, chunk: int) -> range:
        """The numbers of the pieces of a chunk."""
        return range(self._firsts[chunk], self._firsts[chunk + 1])

    def raw(self, chunks: range) -> tuple[U8, I64]:
        """Chunks as they lie in the file, one after the other; where each begins, and the last ends."""
        return self._chunks.raw_span(chunks.start, chunks.stop)

    def unpack(self, chunk: int) -> list[bytes]:
        """The pieces of a chunk."""
        data, bounds = self._unpack(chunk)
        return [data[start:stop] for start, stop in pairwise(bounds)]

    def _unpack(self, chunk: int) -> tuple[bytes, list[int]]:
        """The unpacked bytes of a chunk; where each piece begins in them, and the last ends."""
        data = self._unzip(self._chunks.raw(chunk).tobytes())
        bounds = _bounds(data)
        if len(bounds) - 1 != len(self.numbers(chunk)):
            raise self._file.damaged(f"{self._name}: chunk {chunk} has {len(bounds) - 1} pieces")
        return data, bounds

    def _unzip(self, raw: bytes) -> bytes:
        stream = zlib.decompressobj()
        try:
            data = stream.decompress(raw, LONGEST)
        except zlib.error as error:
            raise self._file.damaged(f"{self._name}: {error}") from error
        if not stream.eof:
            raise self._file.damaged(f"{self._name}: a chunk that is cut off, or too long")
        return data


class ChunksWriter:
    """Writes pieces; those of a chunk are compressed when it has `size` bytes."""

    def __init__(self, file: ArrayFileWriter, name: str, size: int) -> None:
        self._file, self._name, self._size = file, name, size
        self._chunks = ListsWriter(file, name)
        self._pieces: list[bytes] = []
        self._held = self._count = 0

    def append(self, piece: bytes) -> None:
        if self._pieces and self._held + len(piece) > self._size:
            self._flush()
        self._pieces.append(piece)
        self._held += len(piece)

    def append_chunks(self, raw: U8, offsets: I64, pieces: I64) -> None:
        """Takes whole chunks of another file as they are; `pieces`: how many each has."""
        self._flush()
        self._put(raw, offsets, pieces)

    def finish(self) -> None:
        self._flush()
        self._file.append(f"{self._name}.firsts", "u4", np.array([self._count]))
        self._chunks.finish()

    def _flush(self) -> None:
        if self._pieces:
            sizes = np.array([len(self._pieces), *map(len, self._pieces)], "<u4").tobytes()
            raw = np.frombuffer(zlib.compress(b"".join((sizes, *self._pieces)), _LEVEL), np.uint8)
            self._put(raw, np.array([0, len(raw)]), np.array([len(self._pieces)]))
            self._pieces.clear()
            self._held = 0

    def _put(self, raw: U8, offsets: I64, pieces: I64) -> None:
        self._chunks.append_raw(raw, offsets)
        firsts = self._count + starts_of(pieces)
        self._file.append(f"{self._name}.firsts", "u4", firsts[:-1])
        self._count = int(firsts[-1])


def _bounds(data: bytes) -> list[int]:
    """Where the pieces of a chunk begin, and the last ends; a chunk that lies about itself has none."""
    count = int.from_bytes(data[:4], "little")
    if not count or len(data) < 4 + 4 * count:
        return [0]
    sizes = np.frombuffer(data, "<u4", count, 4).tolist()
    bounds = list(accumulate(sizes, initial=4 + 4 * count))
    return bounds if bounds[-1] == len(data) else [0]

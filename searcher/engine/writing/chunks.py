"""Pieces of stored text and data are compressed and written, several at a time (see `files/chunks.py`)."""

from __future__ import annotations

import zlib

import numpy as np

from searcher.engine.arrays.ragged import I64, U8, starts_of
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.lists import ListsWriter

_LEVEL = 6


class ChunksWriter:
    """Writes pieces; those of a chunk are compressed when it has `size` bytes."""

    def __init__(self, file: ArrayFileWriter, name: str, size: int) -> None:
        self._file, self._name, self.size = file, name, size
        self._chunks = ListsWriter(file, name)
        self._pieces: list[bytes] = []
        self._held = self._count = 0

    def append(self, piece: bytes) -> None:
        """Takes a piece; one that does not fit into the chunk begins another, however long it is."""
        if self._pieces and self._held + len(piece) > self.size:
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

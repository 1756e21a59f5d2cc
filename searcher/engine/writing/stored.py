"""Values and texts of documents are written, and the notes of the file: what `files/stored.py` reads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

import numpy as np

from searcher.engine.arrays.ragged import I64, U32, starts_of
from searcher.engine.files.stored import FORMAT
from searcher.engine.files.texts import encode
from searcher.engine.record import Part
from searcher.engine.writing.chunks import ChunksWriter
from searcher.engine.writing.container import ArrayFileWriter

TEXT_CHUNK = 1 << 13
VALUES_CHUNK = 1 << 12
"""Half of this costs a tenth more room, twice of it twice the time for every hit that is shown."""


class StoredWriter:
    """Writes values and text blocks, document by document."""

    def __init__(self, file: ArrayFileWriter) -> None:
        self._file = file
        self.values = ChunksWriter(file, "values", VALUES_CHUNK)
        self.texts = ChunksWriter(file, "text", TEXT_CHUNK)
        self._blocks = 0
        self._arrays = {name: array("I") for name in ("documents.blocks", "documents.sizes", "blocks.starts", "blocks.places")}

    def append(self, values: bytes, blocks: Iterable[Part]) -> None:
        """Takes the values and the text of a document, also where its blocks end too early, with an error."""
        self.values.append(values)
        self._arrays["documents.blocks"].append(self._blocks)
        size = 0
        try:
            for block in blocks:
                self._append_block(encode(block.text), size, block.position)
                size += len(block.text)
        finally:
            if self._arrays["documents.blocks"][-1] == self._blocks:
                self._append_block(b"", 0, 0)
            self._arrays["documents.sizes"].append(size)

    def _append_block(self, text: bytes, start: int, position: int) -> None:
        self.texts.append(text)
        self._arrays["blocks.starts"].append(start)
        self._arrays["blocks.places"].append(position)
        self._blocks += 1

    def append_places(self, counts: I64, sizes: U32, starts: U32, places: U32) -> None:
        """Takes where the blocks of many documents begin, without the blocks; `counts`: how many each document has."""
        firsts = self._blocks + starts_of(counts)
        self._blocks = int(firsts[-1])
        for held, values in zip(self._arrays.values(), (firsts[:-1].astype(np.uint32), sizes, starts, places), strict=True):
            held.frombytes(values.tobytes())

    def finish(self) -> None:
        self._arrays["documents.blocks"].append(self._blocks)
        for name, values in self._arrays.items():
            self._file.append(name, "u4", np.array(values, np.uint32))
        self.values.finish()
        self.texts.finish()


def notes(documents: int, fields: list[tuple[str, bool, int | None]], columns: list[str], stored: list[str]) -> Mapping[str, object]:
    """The notes of a segment's file."""
    return {"format": FORMAT, "documents": documents, "fields": fields, "columns": columns, "stored": stored}

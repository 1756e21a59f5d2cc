"""Fields with too many different terms to be held in memory wait in files, each the terms and rows that there were room for.

Each file is laid out as the fields of a segment are (see `segment/field.py`), with the same numbers of documents; a document that was being
taken in when one was written goes on in the next. In the end a field is read back from all of them, slice by slice.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from searcher.engine.arrays.ragged import U32, starts_of
from searcher.engine.files.container import ArrayFile
from searcher.engine.segment.field import FieldFile
from searcher.engine.segment.field_reader import FieldReader
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.field import FieldWriter
from searcher.engine.writing.inverted import Inverted, Inverter
from searcher.engine.writing.paired import PairInverter
from searcher.engine.writing.uniting import joined, read_slice, slices

SLICE = 1 << 21
"""So many bytes of packed terms, postings and positions are read back at once, about."""


class Overflow:
    """The files of one segment that is being written; they lie beside it, and go with `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: list[tuple[ArrayFile, frozenset[str], int]] = []

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, field: str) -> bool:
        return any(field in fields for _, fields, _ in self._files)

    def put(self, fields: Mapping[str, Inverter | PairInverter], documents: int) -> None:
        """Writes what was collected of some fields of a segment that has so many documents so far."""
        path = self._path.with_name(f"{self._path.stem}.{len(self._files)}.part")
        with contextlib.closing(ArrayFileWriter(path)) as writer:
            for name, inverter in fields.items():
                field = FieldWriter(writer, name, documents, positional=inverter.positional, spread=False)
                for inverted in inverter.slices():
                    field.append(inverted)
                field.finish(None)
            writer.finish({})
        self._files.append((ArrayFile(path), frozenset(fields), documents))

    def slices(self, name: str) -> Iterator[Inverted]:
        """A field as all files have it, some adjacent terms after the other."""
        files = [(file, documents) for file, fields, documents in self._files if name in fields]
        readers = [FieldReader(FieldFile(file, name, documents, spread=False)) for file, documents in files]
        for parts in slices(readers, SLICE):
            texts, rows = read_slice(readers, parts)
            yield _continued(joined(texts, [of_file for _, of_file in rows], any(reader.positional for reader in readers)))
            for file, _ in files:
                file.let_go()

    def close(self) -> None:
        """Lets go of the files, and removes them; one that is in use yet is left for who writes next to remove."""
        paths = [file.path for file, *_ in self._files]
        self._files.clear()
        for path in paths:
            with contextlib.suppress(OSError):
                path.unlink()


def _continued(found: Inverted) -> Inverted:
    """What was read, with one row in the place of several that a term has of one document, which follow one another."""
    terms = np.arange(len(found.counts)).repeat(found.counts)
    goes_on = np.zeros(len(terms), np.bool_)
    goes_on[1:] = (terms[1:] == terms[:-1]) & (found.ids[1:] == found.ids[:-1])
    if not goes_on.any():
        return found
    first = np.flatnonzero(~goes_on)
    return Inverted(
        found.texts,
        np.bincount(terms[first], minlength=len(found.counts)).astype(np.int64),
        found.ids[first],
        np.add.reduceat(found.frequencies, first).astype(np.uint32, copy=False),
        None if found.distances is None else _linked(found.distances, found.frequencies, np.flatnonzero(goes_on)),
    )


def _linked(distances: U32, frequencies: U32, rows: np.ndarray) -> U32:
    """Distances in which some rows go on where the row before ends: their first position becomes the distance from its last one.

    The array is changed.
    """
    starts = starts_of(frequencies)[:-1]
    distances[starts[rows]] -= np.add.reduceat(distances, starts, dtype=np.uint32)[rows - 1]
    return distances

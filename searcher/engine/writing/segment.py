"""Records become a segment: terms as integers in memory, text compressed as it comes, everything written at the end."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from searcher.engine.arrays.ragged import Bools
from searcher.engine.fields import IDS, KEYWORDS, MISSING, POSITIONS, Schema
from searcher.engine.record import Part, Record, Terms
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.field import FieldWriter
from searcher.engine.writing.inverted import Inverted, Inverter
from searcher.engine.writing.overflow import Overflow
from searcher.engine.writing.paired import PairInverter
from searcher.engine.writing.prepared import Prepared
from searcher.engine.writing.stored import StoredWriter, notes
from searcher.errors import InvalidDocument
from searcher.text.pairs import Pairs

_Kind = TypeVar("_Kind", Inverter, PairInverter)

SPILL = 4_000_000
"""A segment of so many terms is full."""

DOCUMENTS = 100_000
"""A segment of so many documents is full: each takes a kilobyte for its id, its keywords and where its text lies, however short that is."""

DIFFERENT = 1 << 20
"""So many different terms of all fields are held in memory, each of which takes 200 bytes."""

HELD = 1 << 23
"""So many terms in all are held, each of which takes up to 8 bytes. A segment has fewer, but for one huge document."""


class SegmentWriter:
    """Writes one segment. A record that is refused leaves no trace; one of the same id as an earlier one replaces it. After any other error
    it can only be closed.
    """

    def __init__(self, path: Path, schema: Schema | None = None) -> None:
        """`schema`: what is known of the fields already; it learns what records bring."""
        self.path = path
        self.schema = schema or Schema()
        self.ids: dict[str, int] = {}
        self.occurrences = self._written = 0
        self.count = 0
        self._file = ArrayFileWriter(path)
        self._stored = StoredWriter(self._file)
        self._overflow = Overflow(path)
        self._own: dict[str, Inverter] = {IDS: Inverter(), KEYWORDS: Inverter()}
        self._fields: dict[str, Inverter | PairInverter] = dict(self._own)
        self._lengths: dict[str, array[int]] = {}
        self._columns: dict[str, array[int]] = {}
        self._value_names: dict[str, None] = {}
        self._deleted: set[int] = set()

    @property
    def is_full(self) -> bool:
        """Whether it is time to finish this segment, and to begin another."""
        return self.occurrences >= SPILL or self.count >= DOCUMENTS

    def add(self, record: Record) -> None:
        """Takes a record, or raises InvalidDocument."""
        prepared = Prepared(record, self.schema)
        self._make_room()
        self.schema.learn_record(record)
        document, self.count = self.count, self.count + 1
        self._own[IDS].add(document, (record.id,), None)
        self._own[KEYWORDS].add(document, set(record.keywords), None)
        for name, terms in record.fields.items():
            self._add_field(document, name, terms, prepared.positions[name])
        for column, number in record.numbers.items():
            _extend(self._columns.setdefault(column, array("q")), document, MISSING).append(number)
        self._value_names.update(dict.fromkeys(record.values))
        try:
            self._stored.append(prepared.values, self._blocks(document, record, prepared))
        except InvalidDocument:
            self._deleted.add(document)
            raise
        self.remove(record.id)
        self.ids[record.id] = document

    def remove(self, id: str) -> bool:
        """Forgets the record of this id."""
        document = self.ids.pop(id, None)
        if document is not None:
            self._deleted.add(document)
        return document is not None

    def remove_keyword(self, keyword: str) -> int:
        """Forgets the records that have a keyword."""
        documents = self._own[KEYWORDS].documents_of(keyword)
        found = [id for id, document in self.ids.items() if document in documents] if documents else []
        return sum(map(self.remove, found))

    def finish(self) -> Path:
        """Writes the file, down to the disk."""
        if len(self._overflow):
            self._write_overflow()
        fields = [self._finish_field(number, name) for number, name in enumerate(list(self._fields))]
        for number, column in enumerate(self._columns.values()):
            self._file.append(f"column.{number}", "i8", np.frombuffer(_extend(column, self.count, MISSING), np.int64))
        self._stored.finish()
        if self._deleted:
            deleted = np.zeros(self.count, np.bool_)
            deleted[list(self._deleted)] = True
            _append_deleted(self._file, deleted)
        self._file.finish(notes(self.count, fields, list(self._columns), list(self._value_names)))
        self._overflow.close()
        return self.path

    def close(self) -> None:
        """Gives up what was not finished."""
        self._overflow.close()
        self._file.close()

    def _blocks(self, document: int, record: Record, prepared: Prepared) -> Iterator[Part]:
        """The blocks to store, one after the other; of a long text, their terms are taken on the way."""
        yield from prepared.blocks
        for part in record.parts:
            for name, positions in prepared.check_part(record, part).items():
                self._add_field(document, name, part.fields[name], positions)
            self._make_room()
            yield part

    def _add_field(self, document: int, name: str, terms: Terms | Pairs, positions: array[int] | None) -> None:
        if name not in self._lengths:
            self._lengths[name] = array("I")
        if isinstance(terms, Pairs):
            length = self._inverter(name, PairInverter).add(document, terms)
        else:
            length = self._inverter(name, Inverter).add(document, terms.texts, positions)
        _extend(self._lengths[name], document + 1, 0)[document] += length
        self.occurrences += length

    def _inverter(self, name: str, kind: type[_Kind]) -> _Kind:
        """What collects a field. One that comes as pairs here and as terms there waits in files of either."""
        found = self._fields.get(name)
        if isinstance(found, kind):
            return found
        if found is not None:
            self._write_overflow()
        made = self._fields[name] = kind()
        return made

    def _make_room(self) -> None:
        """Writes what was collected to a file of its own where that is too much."""
        held = self.occurrences - self._written
        if held > DIFFERENT and (held > HELD or sum(inverter.different for inverter in self._fields.values()) > DIFFERENT):
            self._write_overflow()

    def _write_overflow(self) -> None:
        held = {name: inverter for name, inverter in self._fields.items() if name not in self._own and len(inverter)}
        if held:
            self._overflow.put(held, self.count)
            self._fields.update((name, type(inverter)()) for name, inverter in held.items())
            self._written = self.occurrences

    def _finish_field(self, number: int, name: str) -> tuple[str, bool, int | None]:
        writer = FieldWriter(self._file, str(number), self.count, positional=self.schema.kind(name) == POSITIONS, spread=name != IDS)
        for inverted in self._inverted(name):
            writer.append(inverted)
        lengths = np.frombuffer(_extend(self._lengths[name], self.count, 0), np.uint32) if name in self._lengths else None
        return name, *writer.finish(lengths)

    def _inverted(self, name: str) -> Iterator[Inverted]:
        inverter = self._fields.pop(name)
        if name in self._overflow:
            return self._overflow.slices(name)
        return inverter.slices() if len(inverter) else iter(())


def _append_deleted(file: ArrayFileWriter, deleted: Bools) -> None:
    file.append("deleted", "u1", np.packbits(deleted, bitorder="little"))


def write_deletions(path: Path, deleted: Bools) -> None:
    """Writes a file of deletions."""
    file = ArrayFileWriter(path)
    _append_deleted(file, deleted)
    file.finish({"documents": len(deleted)})


def _extend(values: array[int], size: int, filler: int) -> array[int]:
    """Fills up to a size: what the documents before have, that have no such value."""
    values.extend([filler] * (size - len(values)))
    return values

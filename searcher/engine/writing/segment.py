"""Records become a segment: terms as integers in memory, text compressed as it comes, everything written at the end."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from searcher.engine.arrays.ragged import I64, U32, Bools, starts_of
from searcher.engine.fields.kinds import IDS, KEYWORDS, MISSING, POSITIONS, Kinds
from searcher.engine.files.stored import FORMAT
from searcher.engine.files.texts import encode
from searcher.engine.record import JSON, LONGER, Pairs, Part, Record, Terms
from searcher.engine.writing.chunks import ChunksWriter
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.field import FieldWriter
from searcher.engine.writing.inverted import Inverted, Inverter
from searcher.engine.writing.overflow import Overflow
from searcher.engine.writing.paired import PairInverter
from searcher.errors import InvalidDocument

if TYPE_CHECKING:
    from searcher.engine.fields.schema import IndexSchema

_Kind = TypeVar("_Kind", Inverter, PairInverter)

SPILL = 4_000_000
"""A segment of so many terms is full."""

DOCUMENTS = 100_000
"""A segment of so many documents is full: each takes a kilobyte for its id, its keywords and where its text lies, however short that is."""

DIFFERENT = 1 << 20
"""So many different terms of all fields are held in memory, each of which takes 200 bytes."""

HELD = 1 << 23
"""So many terms in all are held, each of which takes up to 8 bytes. A segment has fewer, but for one huge document."""

_DISORDER = "its blocks must ascend from 0, inside its text"

TEXT_CHUNK = 1 << 13
VALUES_CHUNK = 1 << 12
"""Half of this costs a tenth more room, twice of it twice the time for every hit that is shown."""


class SegmentWriter:
    """Writes one segment. A record that is refused leaves no trace; one of the same id as an earlier one replaces it. After any other error
    it can only be closed.
    """

    def __init__(self, path: Path, schema: IndexSchema | None = None) -> None:
        """`schema`: what is known of the fields already; it learns what records bring."""
        self.path = path
        self.schema = schema or new_schema()
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
        prepared = _Prepared(record, self.schema)
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

    def _blocks(self, document: int, record: Record, prepared: _Prepared) -> Iterator[Part]:
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


def new_schema(kinds: Kinds | None = None) -> IndexSchema:
    """A schema that knows some fields. Whoosh is loaded here, when something is written, and never to read."""
    from searcher.engine.fields.schema import IndexSchema

    return IndexSchema(kinds or Kinds())


def _append_deleted(file: ArrayFileWriter, deleted: Bools) -> None:
    file.append("deleted", "u1", np.packbits(deleted, bitorder="little"))


def write_deletions(path: Path, deleted: Bools) -> None:
    """Writes a file of deletions."""
    file = ArrayFileWriter(path)
    _append_deleted(file, deleted)
    file.finish({"documents": len(deleted)})


class _Prepared:
    """What is stored of a record, checked: everything that can be wrong with it is found here, before anything is touched.

    Only what is wrong with a part is found when that comes.
    """

    def __init__(self, record: Record, schema: IndexSchema) -> None:
        with _refusing(record):
            schema.check(record)
            self.positions = {name: _checked_positions(name, terms) for name, terms in record.fields.items()}
            self._check_rest(record)
            self.values = _json([record.id, dict(record.values)])
            self.blocks = _blocks(record)
            self._reached = 0

    def check_part(self, record: Record, part: Part) -> dict[str, array[int] | None]:
        """The positions of its terms, by field; InvalidDocument."""
        with _refusing(record):
            found = {name: _checked_positions(name, terms) for name, terms in part.fields.items()}
            if any(terms.positional != record.fields[name].positional for name, terms in part.fields.items()):
                raise ValueError("a part has positions where its record has none, or none where it has them")
            "".join((part.text,))
            if not self._reached <= part.position < 2**32:
                raise ValueError(_DISORDER)
            self._reached = part.position
            return found

    def _check_rest(self, record: Record) -> None:
        if not isinstance(record.id, str) or not record.id:
            raise ValueError("its id must be a text that is not empty")
        "".join(record.keywords)
        for name, number in record.numbers.items():
            if type(number) is not int or not -(2**63) < number < 2**63:
                raise ValueError(f"{name} must be a whole number of 64 bits, not {number!r}")


@contextmanager
def _refusing(record: Record) -> Iterator[None]:
    """What no record can hold becomes InvalidDocument."""
    try:
        yield
    except (TypeError, ValueError, OverflowError, RecursionError, KeyError) as error:
        raise InvalidDocument(id=record.id, reason=str(error)) from error


def _checked_positions(name: str, terms: Terms | Pairs) -> array[int] | None:
    """The positions of a field's terms, all of which are texts; those of pairs are where they are."""
    if isinstance(terms, Pairs):
        _check_pairs(name, terms)
        return None
    "".join(terms.texts)
    if terms.positions is None:
        return None
    positions = terms.positions if isinstance(terms.positions, array) and terms.positions.typecode == "I" else array("I", terms.positions)
    if len(positions) != len(terms.texts):
        raise ValueError(f"{len(terms.texts)} terms at {len(positions)} positions in the field {name}")
    return positions


def _check_pairs(name: str, pairs: Pairs) -> None:
    "".join(pairs.longer)
    if pairs.line.count(LONGER, 0, -1) != len(pairs.longer):
        raise ValueError(f"{len(pairs.longer)} longer terms at other places in the field {name}")
    if not 0 <= pairs.first <= 2**32 - len(pairs.line):
        raise ValueError(f"positions in the field {name} are whole numbers of 32 bits")


def _json(value: JSON) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "surrogatepass")


def _blocks(record: Record) -> list[Part]:
    """The blocks of a text that is there as a whole."""
    starts = [start for start, _ in record.blocks] or [0]
    places = [place for _, place in record.blocks] or [0]
    ascending = all(low < high for low, high in pairwise(starts)) and sorted(places) == places
    if starts[0] != 0 or places[0] < 0 or places[-1] >= 2**32 or not ascending or (starts[-1] >= len(record.text) and len(starts) > 1):
        raise ValueError(_DISORDER)
    if record.parts:
        return []
    ends = [*starts[1:], len(record.text)]
    return [Part(record.text[start:end], place, {}) for start, end, place in zip(starts, ends, places, strict=True)]


def _extend(values: array[int], size: int, filler: int) -> array[int]:
    """Fills up to a size: what the documents before have, that have no such value."""
    values.extend([filler] * (size - len(values)))
    return values

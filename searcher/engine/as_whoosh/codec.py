"""An index of ours, as Whoosh reads it.

`whoosh_reader` gives a stock reader: Whoosh's own `SegmentReader`, searcher, queries, matchers and scorers run on it, over a
`whoosh.codec.base.Codec` that takes terms, postings, lengths, columns and stored values from our arrays. Whoosh's queries for numbers
look for terms, which we do not keep: they are made from the column when they are asked for. Nothing is ever unpickled.

The codec only reads. Whoosh's writer hands a codec one posting at a time, 30,000 a second; ours are built as arrays, twenty times as
fast (`commits/writer.py`), so that writing hooks in one floor above, at `whoosh.writing.IndexWriter` (`writer.py`).
"""

from __future__ import annotations

import copy
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from importlib import metadata
from typing import Any

import numpy as np
import whoosh
from numpy.typing import NDArray
from whoosh import columns, fields, formats
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ListMatcher, ReadTooFar
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader, TermInfo
from whoosh.system import pack_uint

from searcher.engine.arrays.ragged import sums_of
from searcher.engine.as_whoosh.columns import NumberColumn, NumberTerms, StoredColumn, sorts_by_value
from searcher.engine.as_whoosh.schema import RawPositions, from_stored, schema_of
from searcher.engine.fields import IDS, TEXT, Kinds, Schema
from searcher.engine.files.texts import decode, encode
from searcher.engine.segment.file import FileSegment
from searcher.engine.snapshot import Snapshot
from searcher.errors import IndexMismatch, MissingDependency
from searcher.remarks import Remark

REQUIREMENT = "whoosh-reloaded==2.7.5"


def whoosh_reader(snapshot: Snapshot, schema: fields.Schema | None = None) -> IndexReader:
    """A stock reader of a snapshot; MissingDependency where another Whoosh is installed than the one this was made for.

    `schema`: the program's own, in the place of what the index says of itself.
    """
    check_whoosh()
    return segments_reader(snapshot.segments, schema or schema_of(kinds_of(snapshot)), snapshot.generation)


def segments_reader(segments: Sequence[FileSegment], schema: fields.Schema, generation: int) -> IndexReader:
    """A stock reader of some segments."""
    readers = [SegmentReader(None, schema, _Segment(segment, schema), generation) for segment in segments]
    if not readers:
        return EmptyReader(schema)
    return readers[0] if len(readers) == 1 else MultiReader(readers, generation)


def check_whoosh() -> None:
    """All forks of Whoosh share one import name, and an installer does not notice when two of them overwrite one another."""
    name, _, version = REQUIREMENT.partition("==")
    others = [other for other in ("Whoosh", "whoosh3", "Whoosh3") if _installed(other)]
    if _installed(name) != version or others or whoosh.__version__ != tuple(map(int, version.split("."))):
        raise MissingDependency(what=Remark("what.whoosh"), requirement=REQUIREMENT)


def kinds_of(snapshot: Snapshot) -> Kinds:
    """Which fields a snapshot has: what its table of contents says, and the segments confirm."""
    schema = Schema(snapshot.kinds)
    try:
        for segment in snapshot.segments:
            schema.unite(segment.kinds)
    except ValueError as error:
        raise IndexMismatch(path=segment.path.parent, reason=str(error)) from error
    return schema.kinds


class Codec(base.Codec):  # type: ignore[misc]
    """Reads our segments for Whoosh."""

    def terms_reader(self, storage: object, segment: _Segment) -> _Terms:
        return _Terms(segment.file, segment.schema)

    def per_document_reader(self, storage: object, segment: _Segment) -> _Documents:
        return _Documents(segment.file, segment.schema)

    def per_document_writer(self, *given: object) -> Any:
        raise NotImplementedError("this codec reads: write with WhooshIndex.writer() or Store.writer")

    field_writer = new_segment = postings_writer = per_document_writer


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """The postings of a term: Whoosh's matcher over our arrays."""

    def __init__(self, segment: FileSegment, field: str, ordinal: int, format: formats.Format, scorer: Any, info: TermInfo) -> None:
        self._segment, self._field, self._ordinal, self._info = segment, field, ordinal, info
        reader = segment.reader(field)
        self._term = (field, encode(reader.text(ordinal)))
        self.format, self.scorer = format, scorer
        postings = reader.postings(ordinal)
        self._ids, self._frequencies = postings.having, postings.frequencies
        self._place = 0
        self._positions: Any = None

    def is_active(self) -> bool:
        return self._place < len(self._ids)

    def reset(self) -> None:
        self._place = 0

    def copy(self) -> ArrayMatcher:
        return copy.copy(self)

    def id(self) -> int:
        return int(self._ids[self._place])

    def all_ids(self) -> Iterator[int]:
        return iter(self._ids.tolist())

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._place += 1
        return True

    def skip_to(self, id: int) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._place += int(np.searchsorted(self._ids[self._place :], id))
        return True

    def weight(self) -> float:
        return float(self._frequencies[self._place])

    def value(self) -> bytes:
        """The positions, or the frequency, as the format encodes it."""
        if not self._segment.has_positions(self._field):
            return bytes(pack_uint(int(self._frequencies[self._place])))
        if self._positions is None:
            offsets, distances = self._segment.reader(self._field).span(range(self._ordinal, self._ordinal + 1)).distances
            self._positions = offsets, sums_of(distances, offsets)
        offsets, positions = self._positions
        return bytes(positions[offsets[self._place] : offsets[self._place + 1]].astype("<u4").tobytes())

    def skip_to_quality(self, minquality: float) -> int:
        """The list is one block: it is left where it cannot be good enough."""
        if self.block_quality() <= minquality:
            self._place = len(self._ids)
            return 1
        return 0

    def block_min_length(self) -> int:
        return int(self._info.min_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())


class _Segment(base.Segment):  # type: ignore[misc]
    """One of our segments, under the name of its file, and the schema by which it is read."""

    def __init__(self, file: FileSegment, schema: fields.Schema) -> None:
        super().__init__(file.path.stem)
        self.file, self.schema = file, schema

    def codec(self) -> Codec:
        return Codec()

    def doc_count_all(self) -> int:
        return self.file.count

    def deleted_count(self) -> int:
        return self.file.count - self.file.live


class _Terms(base.TermsReader):  # type: ignore[misc]
    """Terms in order of field and text, as Whoosh asks for them: texts are UTF-8, numbers as Whoosh writes them."""

    def __init__(self, segment: FileSegment, schema: fields.Schema) -> None:
        self._segment = segment
        self._numbers = {name: NumberTerms(segment, name, field) for name, field in schema.items() if isinstance(field, fields.NUMERIC)}
        self._names = sorted({*segment.fields, *self._numbers})

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        if term[0] in self._numbers:
            return len(self._numbers[term[0]].ids(term[1])) > 0
        return self._segment.ordinal(term[0], decode(term[1])) >= 0

    def cursor(self, fieldname: str, fieldobj: object) -> _Cursor:
        return _Cursor(self._segment, fieldname, self)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return (term for field in self._names for term in self._terms_of(field, b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        yield from self._terms_of(fieldname, prefix)
        for field in self._names[bisect_left(self._names, fieldname + "\0") :]:
            yield from self._terms_of(field, b"")

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        ids, frequencies = self._postings(fieldname, text)
        lengths = self._segment.lengths(fieldname)[ids]
        return TermInfo(
            float(frequencies.sum()),
            len(ids),
            int(lengths.min()),
            int(lengths.max()),
            float(frequencies.max()),
            int(ids[0]),
            int(ids[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self._postings(fieldname, text)[1].sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        if fieldname in self._numbers:
            return len(self._numbers[fieldname].ids(text))
        return self._segment.reader(fieldname).count(self._ordinal(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: formats.Format, scorer: Any = None) -> LeafMatcher:
        info = self.term_info(fieldname, text)
        if fieldname in self._numbers:
            ids = self._numbers[fieldname].ids(text).tolist()
            return ListMatcher(ids, format=format_, scorer=scorer, term=(fieldname, text), terminfo=info)
        if self._segment.has_positions(fieldname):
            format_ = RawPositions()  # whatever a program's schema says: Whoosh's own would unpickle what lies on disk
        return ArrayMatcher(self._segment, fieldname, self._ordinal(fieldname, text), format_, scorer, info)

    def indexed_field_names(self) -> list[str]:
        return self._names

    def _terms_of(self, field: str, low: bytes) -> Iterator[tuple[str, bytes]]:
        if field in self._numbers:
            return ((field, text) for text in self._numbers[field].terms(low))
        ordinals = self._segment.term_range(field, decode(low), None)
        return ((field, text) for text in self._segment.reader(field).texts.encoded(ordinals)) if ordinals else iter(())

    def _postings(self, field: str, text: bytes) -> tuple[NDArray[Any], NDArray[Any]]:
        if field in self._numbers:
            ids = self._numbers[field].ids(text)
            if not len(ids):
                raise KeyError((field, text))
            return ids, np.ones(len(ids), np.uint32)
        postings = self._segment.reader(field).postings(self._ordinal(field, text))
        return postings.having, postings.frequencies

    def _ordinal(self, field: str, text: bytes) -> int:
        ordinal = self._segment.ordinal(field, decode(text))
        if ordinal < 0:
            raise KeyError((field, text))
        return ordinal


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks through the terms of a field."""

    def __init__(self, segment: FileSegment, field: str, terms: _Terms) -> None:
        self._segment, self._field, self._terms = segment, field, terms
        self._every = segment.term_range(field, "", None)
        self._place = 0

    def first(self) -> str | None:
        self._place = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        text = decode(string) if isinstance(string, bytes) else string
        self._place = self._segment.term_range(self._field, text, None).start
        return self.text()

    def next(self) -> str | None:
        self._place += 1
        return self.text()

    def text(self) -> str | None:
        return self._segment.reader(self._field).text(self._place) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        text = self.text()
        return None if text is None else self._terms.term_info(self._field, encode(text))

    def is_valid(self) -> bool:
        return self._place < len(self._every)


class _Documents(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, columns, deletions and stored values."""

    def __init__(self, segment: FileSegment, schema: fields.Schema) -> None:
        self._segment, self._schema = segment, schema
        self._stored = {name: field for name, field in schema.items() if field.stored}
        self._keys = {name: field for name, field in schema.items() if sorts_by_value(field)}

    def doc_count(self) -> int:
        return self._segment.live

    def doc_count_all(self) -> int:
        return self._segment.count

    def has_deletions(self) -> bool:
        return self._segment.live < self._segment.count

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.deleted is not None and bool(self._segment.deleted[docnum])

    def deleted_docs(self) -> Iterator[int]:
        return iter(() if self._segment.deleted is None else np.flatnonzero(self._segment.deleted).tolist())

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._segment.columns or fieldname in self._keys

    def column_reader(self, fieldname: str, column: columns.Column) -> columns.ColumnReader:
        if fieldname in self._keys:
            return StoredColumn(self._segment, fieldname, self._keys[fieldname], column.default_value())
        return NumberColumn(self._segment.column(fieldname), self._schema[fieldname], column.default_value())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._segment.lengths(fieldname)[docnum]) if self._segment.has_lengths(fieldname) else default

    def field_length(self, fieldname: str) -> int:
        return self._segment.total_length(fieldname)

    def min_field_length(self, fieldname: str) -> int:
        return int(self._segment.lengths(fieldname).min(initial=2**32 - 1))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._segment.lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        id, values = self._segment.stored.values(docnum)
        found = {name: from_stored(self._stored[name], value) for name, value in values.items() if name in self._stored}
        found.update({IDS: id} if IDS in self._stored else {})
        if TEXT in self._stored:
            found[TEXT] = self._segment.stored.text(docnum)
        return found


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None

"""An index of ours, as a Whoosh program reads it.

`whoosh_reader` gives a stock reader: Whoosh's own `SegmentReader`, searcher, queries, matchers and scorers run on it, over a
`whoosh.codec.base.Codec` that takes terms, postings, lengths, columns and stored values from our arrays. Writing goes through
`Store.writer` alone, so that the codec refuses it, and nothing is ever unpickled.

The schema: a field for each of ours (positions raw, 4 bytes each, where Whoosh pickles them), `id` and `keyword`, a column for each number,
and the stored fields `id`, `values` (a dict) and `text`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from importlib import metadata
from typing import Any

import numpy as np
import whoosh
from whoosh import columns, fields, formats
from whoosh.analysis import IDAnalyzer, KeywordAnalyzer
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader, TermInfo

from searcher.engine.file_segment import FileSegment
from searcher.engine.inverted import decode, encode
from searcher.engine.segment import IDS, KEYWORDS, MISSING
from searcher.engine.snapshot import Snapshot
from searcher.errors import MissingDependency

REQUIREMENT = "whoosh-reloaded==2.7.5"
VALUES = "values"
TEXT = "text"


def whoosh_reader(snapshot: Snapshot) -> IndexReader:
    """A stock reader of a snapshot; MissingDependency where another Whoosh is installed than the one this was made for."""
    check_whoosh()
    schema = schema_of(snapshot.segments)
    readers = [SegmentReader(None, schema, _Segment(segment), snapshot.generation) for segment in snapshot.segments]
    if not readers:
        return EmptyReader(schema)
    return readers[0] if len(readers) == 1 else MultiReader(readers, snapshot.generation)


def check_whoosh() -> None:
    """All forks of Whoosh share one import name, and an installer does not notice when two of them overwrite one another."""
    name, _, version = REQUIREMENT.partition("==")
    others = [other for other in ("Whoosh", "whoosh3", "Whoosh3") if _installed(other)]
    if _installed(name) != version or others or whoosh.__version__ != tuple(map(int, version.split("."))):
        raise MissingDependency(what="reading an index through Whoosh", requirement=REQUIREMENT)


def schema_of(segments: Iterable[FileSegment]) -> fields.Schema:
    """What the segments hold, in Whoosh's words."""
    schema = fields.Schema()
    schema.add(IDS, fields.ID(stored=True, unique=True, analyzer=IDAnalyzer()))
    schema.add(KEYWORDS, fields.KEYWORD())
    schema.add(VALUES, fields.STORED())
    schema.add(TEXT, fields.STORED())
    for segment in segments:
        for name in segment.fields:
            if name not in schema:
                schema.add(name, _text_field(segment.has_positions(name)))
        for name in segment.columns:
            if name not in schema:
                schema.add(name, fields.COLUMN(columns.NumericColumn("q", default=MISSING)))
    return schema


class RawPositions(formats.Positions):  # type: ignore[misc]
    """Positions as they are: 4 bytes each, little endian."""

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4

    def decode_weight(self, valuestring: bytes) -> float:
        return self.decode_frequency(valuestring) * float(self.field_boost)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return [int(position) for position in np.frombuffer(valuestring, "<u4")]

    def encode(self, poslist: Iterable[int]) -> bytes:
        return np.array(list(poslist), "<u4").tobytes()


class Codec(base.Codec):  # type: ignore[misc]
    """Reads our segments for Whoosh."""

    def terms_reader(self, storage: object, segment: _Segment) -> _Terms:
        return _Terms(segment.file)

    def per_document_reader(self, storage: object, segment: _Segment) -> _Documents:
        return _Documents(segment.file)

    def per_document_writer(self, storage: object, segment: object) -> Any:
        raise NotImplementedError("an index of searcher is written with Store.writer")

    field_writer = new_segment = per_document_writer

    def postings_writer(self, dbfile: object, byteids: bool = False) -> Any:
        raise NotImplementedError("an index of searcher is written with Store.writer")


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """The postings of a term: Whoosh's matcher over our arrays."""

    def __init__(self, segment: FileSegment, field: str, ordinal: int, format: formats.Format, scorer: Any, info: TermInfo) -> None:
        self._segment, self._field, self._ordinal, self._info = segment, field, ordinal, info
        self._term = (field, encode(segment.term_text(field, ordinal)))
        self.format, self.scorer = format, scorer
        self._ids, self._frequencies = segment.postings(field, ordinal)
        self._place = 0
        self._positions: Any = None

    def is_active(self) -> bool:
        return self._place < len(self._ids)

    def reset(self) -> None:
        self._place = 0

    def copy(self) -> ArrayMatcher:
        other = ArrayMatcher(self._segment, self._field, self._ordinal, self.format, self.scorer, self._info)
        other._place = self._place
        return other

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
            return bytes(self.format.encode(int(self._frequencies[self._place])))
        if self._positions is None:
            self._positions = self._segment.positions(self._field, self._ordinal)
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

    def block_max_length(self) -> int:
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())


class _Segment(base.Segment):  # type: ignore[misc]
    """One of our segments, under the name of its file."""

    def __init__(self, file: FileSegment) -> None:
        super().__init__(file.path.stem)
        self.file = file

    def codec(self) -> Codec:
        return Codec()

    def doc_count_all(self) -> int:
        return self.file.count

    def deleted_count(self) -> int:
        return self.file.count - self.file.live

    def deleted_docs(self) -> set[int]:
        return set() if self.file.deleted is None else set(np.flatnonzero(self.file.deleted).tolist())

    def is_deleted(self, docnum: int) -> bool:
        return self.file.deleted is not None and bool(self.file.deleted[docnum])


class _Terms(base.TermsReader):  # type: ignore[misc]
    """Terms in order of field and text, as Whoosh asks for them: texts are UTF-8."""

    def __init__(self, segment: FileSegment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._segment.ordinal(term[0], decode(term[1])) >= 0

    def cursor(self, fieldname: str, fieldobj: object) -> _Cursor:
        return _Cursor(self._segment, fieldname, self)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return (term for field in sorted(self._segment.fields) for term in self._terms_of(field, ""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        names = sorted(self._segment.fields)
        yield from self._terms_of(fieldname, decode(prefix))
        for field in names[bisect_left(names, fieldname + "\0") :]:
            yield from self._terms_of(field, "")

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        ids, frequencies = self._segment.postings(fieldname, self._ordinal(fieldname, text))
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
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self._segment.document_frequency(fieldname, self._ordinal(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: formats.Format, scorer: Any = None) -> ArrayMatcher:
        ordinal = self._ordinal(fieldname, text)
        return ArrayMatcher(self._segment, fieldname, ordinal, format_, scorer, self.term_info(fieldname, text))

    def indexed_field_names(self) -> list[str]:
        return sorted(self._segment.fields)

    def _terms_of(self, field: str, low: str) -> Iterator[tuple[str, bytes]]:
        return ((field, encode(text)) for text in self._segment.term_texts(field, self._segment.term_range(field, low, None)))

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
        return self._segment.term_text(self._field, self._place) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        text = self.text()
        return None if text is None else self._terms.term_info(self._field, encode(text))

    def is_valid(self) -> bool:
        return self._place < len(self._every)


class _Documents(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, columns, deletions and stored values."""

    def __init__(self, segment: FileSegment) -> None:
        self._segment = segment

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

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._segment.columns

    def list_columns(self) -> tuple[str, ...]:
        return self._segment.columns

    def column_reader(self, fieldname: str, column: object) -> _Column:
        return _Column(self._segment.column(fieldname))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._segment.lengths(fieldname)[docnum]) if self._segment.has_lengths(fieldname) else default

    def field_length(self, fieldname: str) -> int:
        return self._segment.total_length(fieldname)

    def min_field_length(self, fieldname: str) -> int:
        return int(self._segment.lengths(fieldname).min(initial=2**32 - 1))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._segment.lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        id, values = self._segment.stored(docnum)
        return {IDS: id, VALUES: values, TEXT: self._segment.text(docnum)}


class _Column(columns.ColumnReader):  # type: ignore[misc]
    """A number for each document."""

    def __init__(self, numbers: Any) -> None:
        self._numbers, self._doccount, self._sign = numbers, len(numbers), 1

    def __getitem__(self, docnum: int) -> int:
        return int(self._numbers[docnum])

    def sort_key(self, docnum: int) -> int:
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        self._sign = -1


def _text_field(positional: bool) -> fields.FieldType:
    """Analysed already: a text is a term as it is, or terms between spaces."""
    field = fields.TEXT(analyzer=KeywordAnalyzer(), phrase=positional)
    field.format = RawPositions() if positional else formats.Frequency()
    return field


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None

"""Small records for tests of the engine, and how to compare what comes of them; quickly imported, since processes that are killed do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from searcher.engine.arrays import docsets
from searcher.engine.arrays.docsets import Array
from searcher.engine.arrays.places import WIDE, narrow
from searcher.engine.arrays.ragged import I64, U32, sums_of
from searcher.engine.record import Record, Terms
from searcher.engine.segment.field_reader import FieldReader
from searcher.engine.segment.field_spans import Span
from searcher.engine.segment.file import FileSegment
from searcher.engine.writing.segment import SegmentWriter


def record(id: str, text: str = "", **more: Any) -> Record:
    """A record of one text, a gram for each character."""
    return Record(id, {"grams": Terms(list(text), range(len(text))), "words": Terms(text.split())}, text=text, values={"id": id}, **more)


def written(path: Path, records: Sequence[Record]) -> FileSegment:
    """A segment made of records."""
    writer = SegmentWriter(path)
    for one in records:
        writer.add(one)
    return FileSegment(writer.finish())


def content(segment: FileSegment) -> dict[str, Any]:
    """Everything that can be asked of a segment, as plain data; fields without terms, and columns, are left out."""
    return {name: _field(segment, name) for name in sorted(segment.fields) if segment.term_range(name, "", None)}


def spanned(span: Span) -> list[list[int]]:
    """All that is told of adjacent terms."""
    return [array.tolist() for array in (span.starts, span.documents, span.frequencies, *span.distances)]


def placed(documents: U32, counts: I64, positions: U32, count: int) -> Array:
    """The places of some rows of postings: the document of each, how many positions it has, and the positions of all."""
    if int(positions.max(initial=0)) < 1 << max(0, narrow(count) - 1):
        return np.asarray((documents << np.uint32(narrow(count))).repeat(counts) + positions)
    return np.asarray((documents.astype(np.int64) << WIDE).repeat(counts) + positions)


def positions_of(reader: FieldReader, ordinal: int) -> tuple[I64, U32]:
    """The positions of a term: where those of each row begin and the last end, positions."""
    offsets, distances = reader.distances(reader.postings(ordinal))
    return offsets, sums_of(distances, offsets)


def _field(segment: FileSegment, name: str) -> dict[str, Any]:
    every, reader = segment.term_range(name, "", None), segment.reader(name)
    terms = {}
    for ordinal in every:
        postings = reader.postings(ordinal)
        ids, frequencies = postings.having, postings.frequencies
        offsets, positions = positions_of(reader, ordinal)
        text = reader.text(ordinal)
        assert segment.ordinal(name, text) == ordinal
        assert reader.count(ordinal) == postings.count == len(ids)
        assert ids.tolist() == docsets.ids(postings.documents).tolist()
        terms[text] = (ids.tolist(), frequencies.tolist(), offsets.tolist(), positions.tolist())
    return {
        "terms": terms,
        "texts": reader.texts.decoded(every),
        "span": spanned(reader.span(every)),
        "lengths": segment.lengths(name).tolist(),
        "lengths of every other": segment.lengths_of(name, np.arange(0, segment.count, 2)).tolist(),
        "total": segment.total_length(name),
    }

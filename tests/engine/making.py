"""Small records for tests of the engine, and how to compare what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from searcher.engine.arrays import docsets
from searcher.engine.arrays.ragged import I64, U32, sums_of
from searcher.engine.record import Record, Terms
from searcher.engine.segment.field_reader import FieldReader
from searcher.engine.segment.field_spans import Span
from searcher.engine.segment.file import FileSegment
from searcher.engine.writing.segment import SegmentWriter
from searcher.text.pairs import LONGER, NOTHING, Pairs

ALPHABET = "abc中国人\ud800\U0001f600"

texts = st.text(ALPHABET, max_size=4)
numbers = st.one_of(st.integers(-3, 3), st.integers(-(2**63) + 1, 2**63 - 1))


@st.composite
def pairs(draw: st.DrawFn) -> Pairs:
    """Any field of pairs, also of texts that are given as longer ones and are none."""
    line = draw(st.text(ALPHABET + NOTHING + LONGER, max_size=12))
    if not line:
        return Pairs("")
    several = line.count(LONGER)
    longer = draw(st.lists(st.text(ALPHABET + NOTHING + LONGER, max_size=4), min_size=several, max_size=several))
    return Pairs(line + draw(st.sampled_from((NOTHING, LONGER, *ALPHABET))), longer, draw(st.sampled_from((0, 3, 2**31))))


texts_alone = st.lists(texts, max_size=12).map(Terms)
steps = st.one_of(st.integers(1, 2), st.integers(1, 70_000))
values = st.dictionaries(texts, st.one_of(st.none(), st.booleans(), st.integers(), texts, st.lists(texts, max_size=2)), max_size=2)


def _placed(drawn: list[tuple[str, int]]) -> Terms:
    return Terms([text for text, _ in drawn], list(accumulate(step for _, step in drawn)))


placed_texts = st.lists(st.tuples(texts, steps), max_size=12).map(_placed)


def _record(text: str, cuts: set[int], keywords: list[str], **more: Any) -> Record:
    blocks = ((0, 0), *((cut, 2 * cut) for cut in sorted(cuts) if cut < len(text)))
    return Record(text=text, blocks=blocks, keywords=tuple(keywords), **more)


def records() -> st.SearchStrategy[Record]:
    """Any record of two fields with positions and one without."""
    return st.builds(
        _record,
        id=st.text("xyz", min_size=1, max_size=2),
        fields=st.fixed_dictionaries({}, optional={"grams": placed_texts, "title": placed_texts | pairs(), "words": texts_alone}),
        keywords=st.lists(st.sampled_from(("k:a", "k:b", "l:中")), max_size=3),
        numbers=st.dictionaries(st.sampled_from(("size", "day")), numbers),
        values=values,
        text=st.text(ALPHABET + " \n", max_size=30),
        cuts=st.sets(st.integers(1, 29), max_size=3),
    )


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
    return [array.tolist() for array in (span.starts, span.documents, span.frequencies, *span.positions)]


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

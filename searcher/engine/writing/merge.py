"""Several segments become one: terms united, documents renumbered, deleted ones left out.

Fields are merged in slices of adjacent terms, so that memory stays bounded however large the segments are; a slice is one gather over
arrays. Stored text is copied chunk by chunk, compressed as it is; only chunks that hold deleted documents, or little, are packed anew.
What was read of a mapped file is let go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import compress, pairwise
from pathlib import Path

import numpy as np

from searcher.engine.arrays.ragged import I64, Bools, starts_of
from searcher.engine.fields import IDS
from searcher.engine.files.chunks import Chunks
from searcher.engine.segment.file import FileSegment
from searcher.engine.segment.lists import Lists
from searcher.engine.writing.chunks import ChunksWriter
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.field import FieldWriter
from searcher.engine.writing.stored import StoredWriter, notes
from searcher.engine.writing.uniting import Rows, joined, read_slice, slices

SLICE = 1 << 20
"""So many bytes of packed postings and positions are merged at once, about."""

COPIED = 1 << 10
"""So many chunks of stored pieces are copied at once."""

LITTLE = 8
"""A chunk that is packed to less than one in so many bytes of what one may hold holds little, as after a commit of one short document: many
such, each compressed by itself, would take twice the room."""


def merge(segments: Sequence[FileSegment], path: Path) -> Path:
    """Writes the documents that are not deleted, in order, as a segment of a new file."""
    with closing(ArrayFileWriter(path)) as file:
        _Merger(segments, file).write()
    return path


def relabel(segment: FileSegment, labels: FileSegment, path: Path) -> Path:
    """Writes the documents that are not deleted, in order, with other values, and for the fields that `labels` has, with its terms.

    `labels` holds as many documents as stay; texts, columns and all other fields are copied.
    """
    with closing(ArrayFileWriter(path)) as file:
        _Merger([segment], file).write(_Merger([labels], file))
    return path


class _Merger:
    """Segments being merged; `numbers`: of each segment, the new number of each document, where it stays."""

    def __init__(self, segments: Sequence[FileSegment], file: ArrayFileWriter) -> None:
        self.file = file
        self.segments = segments
        self.live = [np.ones(one.count, np.bool_) if one.deleted is None else ~one.deleted for one in segments]
        self.count = sum(int(live.sum()) for live in self.live)
        before = starts_of(np.array([int(live.sum()) for live in self.live]))
        self.numbers = [(np.cumsum(live) - 1 + first).astype(np.uint32) for live, first in zip(self.live, before, strict=False)]

    def write(self, labels: _Merger | None = None) -> None:
        """Writes all; what `labels` have, as they have it."""
        heads = labels.segments if labels is not None else ()
        relabelled = _united(one.fields for one in heads)
        names = _united(one.fields for one in (*self.segments, *heads))
        fields = [
            (labels if labels is not None and name in relabelled else self)._merge_field(number, name) for number, name in enumerate(names)
        ]
        columns = _united(one.columns for one in self.segments)
        for number, name in enumerate(columns):
            for segment, live in zip(self.segments, self.live, strict=True):
                self.file.append(f"column.{number}", "i8", segment.column(name)[live])
        self._merge_stored(labels or self)
        self.file.finish(notes(self.count, fields, columns, _united(one.stored.names for one in (*self.segments, *heads))))

    def _merge_field(self, number: int, name: str) -> tuple[str, bool, int | None]:
        having = [place for place, one in enumerate(self.segments) if name in one.fields]
        readers = [self.segments[place].reader(name) for place in having]
        positional = any(reader.positional for reader in readers)
        writer = FieldWriter(self.file, str(number), self.count, positional=positional, spread=name != IDS)
        for parts in slices(readers, SLICE):
            texts, rows = read_slice(readers, parts)
            inverted = joined(texts, [self._live_rows(having[place], of_segment) for place, of_segment in rows], positional)
            if len(inverted.texts):
                writer.append(inverted)
            for place in having:
                self.segments[place].file.let_go()
        if not any(one.has_lengths(name) for one in self.segments):
            return name, *writer.finish(None)
        lengths = [segment.lengths(name)[live] for segment, live in zip(self.segments, self.live, strict=True)]
        return name, *writer.finish(np.concatenate(lengths))

    def _live_rows(self, number: int, rows: Rows) -> Rows:
        """The rows of a segment that stay, renumbered."""
        terms, ids, frequencies, distances = rows.terms, rows.ids, rows.frequencies, rows.distances
        stays = self.live[number].take(ids)
        if not stays.all():
            if len(distances):
                distances = distances.compress(stays.repeat(frequencies))
            terms, ids, frequencies = terms.compress(stays), ids.compress(stays), frequencies.compress(stays)
        return Rows(terms, self.numbers[number].take(ids), frequencies, distances)

    def _merge_stored(self, labels: _Merger) -> None:
        stored = StoredWriter(self.file)
        for segment, live in zip(labels.segments, labels.live, strict=True):
            _copy(segment.stored.chunks_of_values, stored.values, live)
        for segment, live in zip(self.segments, self.live, strict=True):
            counts, starts, places = segment.all_blocks()
            stays = live.repeat(counts)
            _copy(segment.stored.chunks_of_text, stored.texts, stays)
            stored.append_places(counts[live], segment.text_lengths()[live], starts[stays], places[stays])
        stored.finish()


def _copy(source: Chunks, target: ChunksWriter, live: Bools) -> None:
    """Copies the pieces that stay; chunks of which all stay, and that hold enough, are copied as they are, many at once."""
    firsts, raw = _firsts(source), Lists(source.lists)
    pieces, staying = np.diff(firsts), np.diff(starts_of(live).take(firsts))
    as_it_is = (pieces == staying) & (np.diff(raw.offsets(0, len(pieces))) * LITTLE >= target.size)
    for chunks in _alike(as_it_is):
        if as_it_is[chunks.start]:
            target.append_chunks(*raw.raw_span(chunks.start, chunks.stop), pieces[chunks.start : chunks.stop])
        else:
            for chunk in chunks:
                kept = live[firsts[chunk] : firsts[chunk + 1]].tolist()
                for piece in compress(source.unpack(chunk), kept) if staying[chunk] else ():
                    target.append(piece)
        source.lists.file.let_go()


def _firsts(chunks: Chunks) -> I64:
    """The number of the first piece of each chunk; one more: how many pieces there are."""
    firsts: I64 = chunks.firsts.all().astype(np.int64)
    if (firsts[1:] <= firsts[:-1]).any():
        raise chunks.lists.damaged("chunks without pieces")
    return firsts


def _alike(flags: Bools) -> Iterator[range]:
    """Adjacent places of equal flags, at most so many as are copied at once."""
    changes = np.flatnonzero(flags[1:] != flags[:-1]) + 1
    cuts = np.union1d(changes, np.arange(0, len(flags), COPIED)).tolist()
    return (range(start, stop) for start, stop in pairwise([*cuts, len(flags)]))


def _united(names: Iterator[tuple[str, ...]]) -> list[str]:
    """All names, in the order in which they came first."""
    return list(dict.fromkeys(name for some in names for name in some))

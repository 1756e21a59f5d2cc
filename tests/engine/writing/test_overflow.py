"""However little is held in memory, a segment is the same: what has too many terms waits in files, and these go."""

from __future__ import annotations

import random
import tempfile
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.record import Part, Record, Terms
from searcher.engine.segment.file import FileSegment
from searcher.engine.writing import overflow, uniting
from searcher.engine.writing import segment as segment_writing
from searcher.engine.writing.segment import SegmentWriter
from searcher.engine.writing.uniting import Rows, joined
from searcher.errors import InvalidDocument
from tests.engine.drawing import records
from tests.engine.making import content, record
from tests.engine.memory_segment import MemorySegment

some = st.lists(records(), min_size=1, max_size=6, unique_by=lambda one: one.id)


@settings(max_examples=25)
@given(
    some,
    st.sampled_from((0, 3, 20)),
    st.sampled_from((0, 1 << 20)),
    st.sampled_from((1, 30, 1 << 20)),
    st.sampled_from((0, 1 << 20)),
    st.booleans(),
)
def test_a_segment_is_the_same_however_few_terms_are_held(
    found: list[Record], different: int, held: int, size: int, long: int, in_parts: bool
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.multiple(segment_writing, DIFFERENT=different, HELD=held),
        mock.patch.object(overflow, "SLICE", size),
        mock.patch.object(uniting, "_LONG", long),
    ):
        writer = SegmentWriter(Path(folder, "7-1.seg"))
        for one in found:
            writer.add(_in_parts(one) if in_parts else one)
        segment = FileSegment(writer.finish())
        assert content(segment) == content(MemorySegment(found))
        assert [path.name for path in Path(folder).iterdir()] == ["7-1.seg"]


@pytest.mark.parametrize(("text", "full"), [("", 3), ("a b c d", 2)])
def test_a_segment_is_full_of_terms_or_of_documents(tmp_path: Path, text: str, full: int) -> None:
    with mock.patch.multiple(segment_writing, SPILL=20, DOCUMENTS=3):
        writer = SegmentWriter(tmp_path / "s")
        for number in range(1, 4):
            writer.add(record(str(number), text))
            assert writer.is_full == (number >= full)
        writer.close()


def test_terms_that_come_again_and_again_are_not_held_without_end(tmp_path: Path) -> None:
    """However few they are: each time takes some bytes."""
    found = [record(str(number), "a b " * 20) for number in range(4)]
    with mock.patch.multiple(segment_writing, HELD=100, DIFFERENT=50):
        writer = SegmentWriter(tmp_path / "s")
        for one in found:
            writer.add(one)
            assert writer.occurrences - writer._written <= 100 + 120
        assert len(writer._overflow) > 1
    assert content(FileSegment(writer.finish())) == content(MemorySegment(found))


def _in_parts(whole: Record) -> Record:
    """The same record whose terms come three by three."""
    most = max((len(terms.texts) for terms in whole.fields.values()), default=0)

    def parts() -> Iterator[Part]:
        for start in range(0, max(most, 1), 3):
            yield Part(
                whole.text if start == 0 else "",
                start,
                {
                    name: Terms(terms.texts[start : start + 3], None if terms.positions is None else terms.positions[start : start + 3])
                    for name, terms in whole.fields.items()
                },
            )

    empty = {name: Terms([], None if terms.positions is None else []) for name, terms in whole.fields.items()}
    return replace(whole, fields=empty, text="", blocks=((0, 0),), parts=parts())


def test_a_term_that_stands_a_million_times_is_put_together_in_twice_its_room() -> None:
    """As where a text is one character, and its last one a term of its own: the parts of the one lie around the other."""
    distances = np.ones(1 << 18, np.uint32)
    frequencies, ids = np.array([len(distances) - 1, 1], np.uint32), np.zeros(2, np.uint32)
    parts = [Rows(np.array([0, 1]), ids, frequencies, distances) for _ in range(4)]
    tracemalloc.start()
    found = joined([b"a", b"b"], parts, positional=True)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.frequencies.tolist() == [len(distances) - 1] * 4 + [1] * 4
    assert most < 2 * 4 * distances.nbytes


def test_a_document_of_different_terms_is_not_held_in_memory(tmp_path: Path) -> None:
    chosen = random.Random(2)
    terms = [f"{chosen.getrandbits(64):x}" for _ in range(3000)]
    with mock.patch.object(segment_writing, "DIFFERENT", 500):
        writer = SegmentWriter(tmp_path / "7-1.seg")
        held = []

        def parts() -> Iterator[Part]:
            for start in range(0, 3000, 100):
                held.append(sum(inverter.different for inverter in writer._fields.values()))
                yield Part("x", start, {"grams": Terms(terms[start : start + 100], range(start, start + 100))})

        writer.add(Record("1", {"grams": Terms([], [])}, parts=parts()))
        assert max(held) <= 600
        writer.finish()


def test_a_record_that_is_refused_when_some_was_written_leaves_no_trace(tmp_path: Path) -> None:
    def wrong() -> Iterator[Part]:
        yield Part("ab", 0, {"grams": Terms(["a", "b"], [0, 1]), "words": Terms(["ab"])})
        yield Part("c", 2, {"grams": Terms(["c", "d"], [2]), "words": Terms(["c"])})

    with mock.patch.object(segment_writing, "DIFFERENT", 0):
        writer = SegmentWriter(tmp_path / "7-1.seg")
        writer.add(record("1", "one"))
        with pytest.raises(InvalidDocument):
            writer.add(Record("2", {"grams": Terms([], []), "words": Terms([])}, parts=wrong()))
        writer.add(record("3", "two"))
        segment = FileSegment(writer.finish())
    assert segment.live == 2
    assert segment.reader("grams").postings(segment.ordinal("grams", "o")).having.tolist() == [0, 2]
    assert segment.deleted is not None and segment.deleted.tolist() == [False, True, False]


def test_files_of_a_writer_that_gave_up_are_removed(tmp_path: Path) -> None:
    with mock.patch.object(segment_writing, "DIFFERENT", 0):
        writer = SegmentWriter(tmp_path / "7-1.seg")
        writer.add(record("1", "one"))
        writer.add(record("2", "two"))
        assert [path.name for path in tmp_path.iterdir()] == ["7-1.0.part"]
        writer.close()
    assert not list(tmp_path.iterdir())

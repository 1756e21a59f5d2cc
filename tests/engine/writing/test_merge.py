"""Merging: nothing that lives is lost, nothing that is deleted stays, and little is written twice."""

from __future__ import annotations

import random
import tempfile
import tracemalloc
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.commits import checking
from searcher.engine.files import container
from searcher.engine.record import Record, Terms
from searcher.engine.segment.field_reader import FieldReader
from searcher.engine.segment.file import FileSegment
from searcher.engine.writing import merge as merging
from searcher.engine.writing import merge_policy
from searcher.engine.writing import stored as stored_writing
from searcher.engine.writing.field import FieldWriter
from searcher.engine.writing.inverted import Inverted
from searcher.engine.writing.merge import merge, relabel
from searcher.engine.writing.merge_policy import due
from searcher.engine.writing.uniting import slices
from tests.engine.drawing import records
from tests.engine.making import content, record, written
from tests.engine.memory_segment import MemorySegment

parts = st.lists(
    st.lists(st.tuples(records(), st.booleans()), min_size=1, max_size=5, unique_by=lambda pair: pair[0].id), min_size=1, max_size=4
)


@settings(max_examples=20)
@given(parts, st.sampled_from((1, 20, 1 << 20)), st.sampled_from((1, 40, 1 << 13)), st.sampled_from((1, 2, 1 << 10)))
def test_a_merged_segment_is_that_of_the_records_that_stay(
    parts: list[list[tuple[Record, bool]]], size: int, chunk: int, copied: int
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(merging, "SLICE", size),
        mock.patch.object(merging, "COPIED", copied),
        mock.patch.multiple(stored_writing, TEXT_CHUNK=chunk, VALUES_CHUNK=chunk),
    ):
        segments = [written(Path(folder, str(number)), [one for one, _ in part]) for number, part in enumerate(parts)]
        kept = [one.with_deletions(np.array([gone for _, gone in part])) for one, part in zip(segments, parts, strict=True)]
        stay = [one for part in parts for one, gone in part if not gone]
        merged = FileSegment(merge(kept, Path(folder, "merged")))
        assert content(merged) == content(MemorySegment(stay))
        assert [merged.column("size").tolist(), merged.column("day").tolist()] == [
            MemorySegment(stay).column(name).tolist() for name in ("size", "day")
        ]
        for document, one in enumerate(stay):
            assert merged.stored.values(document) == (one.id, one.values)
            assert merged.stored.text(document) == one.text
            assert [merged.stored.blocks_of(document, [(place, place)])[0][0] for _, place in one.blocks] == [
                start for start, _ in one.blocks
            ]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(records(), st.booleans()), min_size=1, max_size=6, unique_by=lambda pair: pair[0].id).filter(
        lambda part: not all(gone for _, gone in part)
    )
)
def test_a_relabelled_segment_is_that_of_the_records_with_their_labels(part: list[tuple[Record, bool]]) -> None:
    stay = [one for one, gone in part if not gone]
    labels = [Record(f"new {one.id}", {"title": Terms(["moved", one.id])}, ("k:moved",), {}, {"at": one.id}, "", ()) for one in stay]
    both = [
        replace(one, id=label.id, fields={**one.fields, **label.fields}, keywords=label.keywords, values=label.values)
        for one, label in zip(stay, labels, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        segment, heads = written(Path(folder, "s"), [one for one, _ in part]), written(Path(folder, "l"), labels)
        made = FileSegment(relabel(segment.with_deletions(np.array([gone for _, gone in part])), heads, Path(folder, "m")))
        assert content(made) == content(MemorySegment(both))
        for document, one in enumerate(both):
            assert made.stored.values(document) == (one.id, one.values)
            assert made.stored.text(document) == one.text
            assert made.column("size")[document] == MemorySegment(both).column("size")[document]


def test_deleted_text_is_gone_from_the_file(tmp_path: Path) -> None:
    segment = written(tmp_path / "s", [record("1", "secret " * 30), record("2", "public " * 30)])
    merged = FileSegment(merge([segment.with_deletions(np.array([True, False]))], tmp_path / "m"))
    assert merged.stored.chunks_of_text.unpack(0) == [b"public " * 30]
    assert merged.ordinal("words", "secret") == -1


_WORDS = {letter: [f"{letter}{number:05}" for number in range(5000)] for letter in "abc"}


@pytest.mark.parametrize("size", [1, 40, 3000])
def test_documents_of_many_commits_take_as_much_room_as_those_of_one(tmp_path: Path, size: int) -> None:
    records = [record(str(number), f"{number:04}" * size) for number in range(60)]
    whole = written(tmp_path / "whole", records)
    few = [written(tmp_path / f"{start}.seg", records[start : start + 5]) for start in range(0, 60, 5)]
    merged = FileSegment(merge(few, tmp_path / "merged"))
    again = FileSegment(merge([merged], tmp_path / "again"))
    for name in ("chunks_of_values", "chunks_of_text"):
        wanted, once, twice = (len(getattr(one.stored, name).firsts) for one in (whole, merged, again))
        assert wanted <= twice <= once <= wanted + 12 * (size > 1000)
    assert [again.stored.text(number) for number in range(60)] == [one.text for one in records]


@pytest.mark.parametrize("letters", ["ab", "ba", "aa", "abc", "cab", "aaaaaa"])
def test_whichever_terms_segments_have_no_slice_of_them_is_large(tmp_path: Path, letters: str) -> None:
    """The same terms, or none in common; the last segment has by far the largest file, and not for this field."""
    noise = random.Random(2).randbytes(200_000).hex()
    segments = [
        written(tmp_path / str(number), [Record("1", {"words": Terms(_WORDS[letter])}, text=noise if number == len(letters) - 1 else "")])
        for number, letter in enumerate(letters)
    ]
    readers, size = [segment.reader("words") for segment in segments], 4096
    found, before = list(slices(readers, size)), [range(0)] * len(letters)
    assert len(found) >= 2 * len(set(letters))
    last = b""
    for parts in found:
        assert [part.start for part in parts] == [part.stop for part in before]
        assert sum(_packed(reader, part) for reader, part in zip(readers, parts, strict=True)) <= 3 * size
        texts = [text for reader, part in zip(readers, parts, strict=True) for text in reader.texts.encoded(part)]
        assert texts and last < min(texts)
        last, before = max(texts), parts
    assert [part.stop for part in before] == [5000] * len(letters)


def test_a_merge_holds_no_more_than_a_slice_of_a_field(tmp_path: Path) -> None:
    chosen = random.Random(1)
    words = [f"{number:05}" for number in range(20_000)]
    texts = [[Terms(chosen.sample(words, 1000)) for _ in range(100)] for _ in range(2)]
    segments = [
        written(tmp_path / str(part), [Record(str(number), {"words": terms}) for number, terms in enumerate(some)])
        for part, some in enumerate(texts)
    ]
    most = []
    for size in (1 << 14, 1 << 30):
        with mock.patch.object(merging, "SLICE", size):
            tracemalloc.start()
            merge(segments, tmp_path / f"of {size}")
            most.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert 4 * most[0] < most[1]


def _packed(reader: FieldReader, part: range) -> int:
    """How many bytes the groups take that hold adjacent terms."""
    groups = reader._groups.holding(part) if part else range(0)
    bounds = (lists.offsets(groups.start, groups.stop) for lists in (reader._file.texts, reader._file.ids))
    return sum(int(ends[-1] - ends[0]) for ends in bounds) if groups else 0


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux tells what of a file is in memory")
def test_what_was_merged_checked_or_salvaged_is_not_held_in_memory(tmp_path: Path) -> None:
    chosen = random.Random(1)
    texts = [" ".join(f"{chosen.getrandbits(64):x}" for _ in range(1000)) for _ in range(100)]
    segments = [written(tmp_path / str(part), [record(f"{part} {n}", text) for n, text in enumerate(texts)]) for part in range(2)]
    assert all(one.path.stat().st_size > 1 << 20 for one in segments)
    append, held = FieldWriter.append, list[int]()

    def observed(writer: FieldWriter, inverted: Inverted) -> None:
        append(writer, inverted)
        held.append(sum(_resident(one.path) for one in segments))

    with mock.patch.object(merging, "SLICE", 1 << 18), mock.patch.object(FieldWriter, "append", observed):
        merged = FileSegment(merge(segments, tmp_path / "merged"))
    assert 2 * max(held) < sum(one.path.stat().st_size for one in segments), held
    assert [merged.stored.text(document) for document in (0, 100)] == [texts[0], texts[0]]
    assert all(_resident(one.path) < 1 << 18 for one in segments)
    with mock.patch.object(container, "CHECKED", 8):
        assert list(segments[0].stored.file.check()) == []
    assert _resident(segments[0].path) < 1 << 18
    with mock.patch.object(checking, "SALVAGED", 4), mock.patch.object(container.ArrayFile, "let_go") as let_go:
        assert len(list(checking._salvage(segments[1].stored))) == 100
    assert let_go.call_count == 25


def _resident(path: Path) -> int:
    """How many bytes of a mapped file this process holds in memory."""
    maps = Path("/proc/self/smaps").read_text("utf-8").split("VmFlags:")
    return sum(int(line.split()[1]) << 10 for one in maps if str(path) in one for line in one.splitlines() if line.startswith("Rss:"))


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 100), st.integers(0, 100)), max_size=12), st.integers(0, 4))
def test_what_is_due_are_adjacent_ranges_in_order(segments: list[tuple[int, int, int]], fresh: int) -> None:
    ranges = due(*([one[place] for one in segments] for place in range(3)), min(fresh, len(segments)))
    numbers = [number for part in ranges for number in part]
    assert numbers == sorted(set(numbers))
    assert all(part for part in ranges)
    assert len(segments) - sum(len(part) - 1 for part in ranges) <= merge_policy.SEGMENTS
    for part in ranges:
        assert len(part) > 1 or segments[part.start][2] * merge_policy.DELETED > segments[part.start][1]


def test_the_segments_of_one_commit_become_one() -> None:
    assert due([900, 1, 1, 1], [1] * 4, [0] * 4, fresh=3) == [range(1, 4)]
    assert due([1, 1, 1], [1] * 3, [0] * 3, fresh=3) == [range(0, 3)]
    assert due([900, 1], [1] * 2, [0] * 2) == []
    assert due([], [], [], fresh=0) == []


@settings(max_examples=30)
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=300))
def test_segments_stay_few_and_little_is_written(commits: list[int]) -> None:
    sizes: list[int] = []
    written = 0
    for size in commits:
        sizes.append(size)
        for part in due(sizes, [1] * len(sizes), [0] * len(sizes)):
            written += sum(sizes[part.start : part.stop])
            sizes[part.start : part.stop] = [sum(sizes[part.start : part.stop])]
        assert len(sizes) <= merge_policy.SEGMENTS
    assert sum(sizes) == sum(commits)
    assert written <= sum(commits) * (1 + 2 * np.log(len(commits)))


@settings(max_examples=30)
@given(st.lists(st.integers(1, 8), min_size=1, max_size=300))
def test_small_segments_beside_a_large_one_are_few_and_little_is_written_for_it(commits: list[int]) -> None:
    sizes, written = [60_000], 0
    for size in commits:
        sizes.append(size)
        for part in due(sizes, [1] * len(sizes), [0] * len(sizes)):
            written += sum(sizes[part.start : part.stop])
            sizes[part.start : part.stop] = [sum(sizes[part.start : part.stop])]
        assert len(sizes) <= 1 + merge_policy.FEW
    assert sizes[0] == 60_000
    assert written <= sum(commits) * (1 + 3 * len(commits) ** 0.5)


def test_a_segment_of_many_deletions_is_written_anew() -> None:
    assert due([900, 10], [100, 1], [26, 0]) == [range(0, 1)]
    assert due([900, 10], [100, 1], [25, 0]) == []
    assert due([900], [100], [26]) == [range(0, 1)]
    assert due([900, 800], [100, 100], [26, 0], fresh=2) == [range(0, 2)]

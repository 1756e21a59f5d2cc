"""Packed lists come back as they were."""

from __future__ import annotations

import math
import tracemalloc
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.engine.files.byte_lists import ByteLists
from searcher.engine.files.container import ArrayFile
from searcher.engine.segment.lists import Lists
from searcher.engine.segment.packing import Unpackable, unpack_list, unpack_lists, unpack_some
from searcher.engine.writing import lists as lists_room
from searcher.engine.writing import packing as packing_room
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.lists import ListsWriter
from searcher.engine.writing.packing import LONG, LONGEST, pack_lists

numbers = st.one_of(st.integers(0, 3), st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 2**32 - 1))
lists = st.lists(st.one_of(st.lists(numbers, max_size=40), st.lists(st.integers(0, 1), max_size=200)), max_size=12)


@settings(max_examples=150)
@given(lists, st.booleans())
def test_lists_come_back_one_by_one_and_together_and_in_part(lists: list[list[int]], whole: bool) -> None:
    values = np.array([value for one in lists for value in one], np.uint32)
    counts = np.array([len(one) for one in lists], np.int64)
    data, offsets = pack_lists(values, counts, whole=whole)
    assert offsets[-1] == len(data)
    assert [unpack_list(data[a:b], len(one)).tolist() for one, a, b in zip(lists, offsets, offsets[1:], strict=False)] == lists
    assert unpack_lists(data, offsets, counts).tolist() == values.tolist()
    for one, a, b in zip(lists, offsets, offsets[1:], strict=False):
        for step in (1, 2, 7):
            assert unpack_some(data[a:b], len(one), np.arange(step - 1, len(one), step)).tolist() == one[step - 1 :: step]


@settings(max_examples=150)
@given(st.lists(numbers, min_size=1, max_size=60), st.booleans(), st.sampled_from((8, 16, 1 << 20)))
def test_a_list_is_packed_alone_piece_by_piece_as_it_is_among_others(values: list[int], whole: bool, piece: int) -> None:
    with mock.patch.object(packing_room, "_PIECE", piece):
        alone, _ = pack_lists(np.array(values, np.uint32), np.array([len(values)]), whole=whole)
    among, offsets = pack_lists(np.array([*values, 7, 7], np.uint32), np.array([len(values), 2]), whole=whole)
    assert alone.tobytes() == among[: offsets[1]].tobytes()


def test_to_pack_a_huge_list_takes_little_more_than_its_own_room() -> None:
    values = np.random.default_rng(1).integers(0, 1000, 1 << 20).astype(np.uint32)
    with mock.patch.object(packing_room, "_PIECE", 1 << 12):
        tracemalloc.start()
        pack_lists(values, np.array([len(values)]))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < values.nbytes


def test_lists_are_packed_some_after_the_other(tmp_path: Path) -> None:
    counts = np.array([3, 0, 50, 1, 1, 90, 2])
    values = np.arange(counts.sum(), dtype=np.uint32)
    with mock.patch.object(lists_room, "AT_ONCE", 10):
        file = ArrayFileWriter(tmp_path / "lists")
        writer = ListsWriter(file, "some")
        with mock.patch.object(lists_room, "pack_lists", wraps=pack_lists) as pack:
            writer.append(values, counts)
        writer.finish()
        file.finish({})
    assert [call.args[1].tolist() for call in pack.call_args_list] == [[3, 0], [50], [1, 1], [90], [2]]
    assert Lists(ByteLists(ArrayFile(tmp_path / "lists"), "some")).span(0, len(counts), counts).tolist() == values.tolist()


@pytest.mark.parametrize("width", range(1, 33))
def test_every_width_comes_back(width: int) -> None:
    for count in (1001, *range(1032, 1040)):
        values = np.random.default_rng(width).integers(0, 1 << width, count).astype(np.uint32)
        data, offsets = pack_lists(values, np.array([count]))
        assert unpack_list(data, count).tolist() == values.tolist()
        assert unpack_lists(data, offsets, np.array([count])).tolist() == values.tolist()


def test_many_lists_of_all_lengths_and_widths_come_back() -> None:
    chance = np.random.default_rng(1)
    counts = np.where(chance.random(900) < 0.01, 5000, chance.integers(0, 90, 900))
    values = (chance.integers(0, 2**32, int(counts.sum())) >> chance.integers(0, 33, 900).repeat(counts)).astype(np.uint32)
    data, offsets = pack_lists(values, counts)
    assert np.array_equal(unpack_lists(data, offsets, counts), values)
    parts = np.split(values, np.cumsum(counts)[:-1])
    for start, stop, count, part in zip(offsets, offsets[1:], counts.tolist(), parts, strict=False):
        assert np.array_equal(unpack_list(data[start:stop], count, count // 3, count // 2), part[count // 3 : count // 2])
        some = chance.choice(count, count // 3, replace=False)
        some.sort()
        assert np.array_equal(unpack_some(data[start:stop], count, some), part[some])


@pytest.mark.parametrize(("number", "width"), [(0, 0), (1, 8), (254, 8), (300, 16), (2**20, 32)])
def test_lists_in_whole_bytes(number: int, width: int) -> None:
    data, _ = pack_lists(np.full(9, number, np.uint32), np.array([9]), whole=True)
    assert (data[0] & 63, len(data)) == (width, 1 + 9 * width // 8)


@pytest.mark.parametrize(
    ("values", "size"),
    [
        ([0] * 1000, 1),
        ([1] + [0] * 999, 1 + 125 + 1),
        ([255] * 8, 1 + 8 * 9 // 8),
        ([7] * 800, 1 + 400),
        ([2**32 - 1] * 4, 1 + 16),
        ([70_000] + [0] * 999, 1 + 125 + 4),
    ],
)
def test_sizes(values: list[int], size: int) -> None:
    assert len(pack_lists(np.array(values, np.uint32), np.array([len(values)]))[0]) == size


@settings(max_examples=60)
@given(st.integers(1, 31), st.floats(0, 0.3), st.sampled_from((LONG, LONG + 1, 5000, LONGEST, LONGEST + 1)), st.integers(0, 100))
def test_a_list_takes_the_fewest_bytes_and_a_long_one_a_little_more_at_most(bits: int, outliers: float, count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    values = chance.integers(0, 1 << bits, count)
    values = np.where(chance.random(count) < outliers, values, values & 15).astype(np.uint32)
    fewest = min(_size(values.tolist(), width) for width in (*range(17), 24, 32))
    data = pack_lists(values, np.array([count]))[0]
    more = 0 if count <= LONG else 1 / 4 if count <= LONGEST else 1 / 3
    assert len(data) - 1 <= fewest * (1 + more)
    assert unpack_list(data, count).tolist() == values.tolist()


def _size(values: list[int], width: int) -> float:
    """Bytes of a list without its header, as the format says."""
    if width in (0, 32):
        return 4 * len(values) if width else 0 if not any(values) else math.inf
    exceptions = sum(value >= (1 << width) - 1 for value in values)
    return (len(values) * width + 7) // 8 + exceptions * (1 if max(values) < 256 else 2 if max(values) < 65536 else 4)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (b"", 3),
        (b"\x08ab", 3),
        (b"\x11abcdefgh", 1),
        (b"\xc8abc", 3),
        (b"\x08abcd", 3),
        (b"\x01\xffab", 3),
        (b"\0abc", 3),
        (b" " + b"\xff" * 5, 1),
    ],
)
def test_other_bytes_are_refused(data: bytes, count: int) -> None:
    with pytest.raises(Unpackable):
        unpack_list(np.frombuffer(data, np.uint8), count)
    twice = np.frombuffer(data * 2, np.uint8)
    with pytest.raises((Unpackable, IndexError)):
        unpack_lists(twice, np.array([0, len(data), 2 * len(data)]), np.array([count, count]))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.binary(max_size=12), st.integers(1, 12)), min_size=1, max_size=3), st.integers(9, 12))
@example([(bytes(12), 11)], 9)
@example([(b"\x02\x00\x00\x03", 9), (b"A\x01\x00\x00", 1)], 9)
@example([(b" " + b"\xff" * 5, 1)], 9)
def test_whatever_the_bytes_are_many_lists_are_read_as_one_by_one_or_refused(drawn: list[tuple[bytes, int]], many: int) -> None:
    """So many are unpacked together, among them some whose bytes may be anything."""
    right = pack_lists(np.arange(5, dtype=np.uint32), np.array([5]))[0].tobytes()
    lists = [*drawn, *[(right, 5)] * (many - len(drawn))]
    counts = np.array([count for _, count in lists])
    offsets = np.concatenate(([0], np.cumsum([len(data) for data, _ in lists])))
    data = np.frombuffer(b"".join(data for data, _ in lists), np.uint8)
    try:
        expected = [number for data, count in lists for number in unpack_list(np.frombuffer(data, np.uint8), count).tolist()]
    except Unpackable:
        with pytest.raises((Unpackable, IndexError)):
            unpack_lists(data, offsets, counts)
    else:
        assert unpack_lists(data, offsets, counts).tolist() == expected


@pytest.mark.parametrize(
    ("data", "count"), [(b"", 3), (b"\x08ab", 3), (b"\x11abcdefgh", 1), (b"\xc8abc", 3), (b"\x01\xffab", 3), (b"\0abc", 3)]
)
def test_numbers_that_are_not_there_are_refused(data: bytes, count: int) -> None:
    with pytest.raises((Unpackable, IndexError)):
        unpack_some(np.frombuffer(data, np.uint8), count, np.arange(count))

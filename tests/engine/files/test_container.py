"""Files of arrays: what lies in them is mapped, not copied; opening touches little; offsets have 64 bits."""

from __future__ import annotations

import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from searcher.engine.arrays.ragged import starts_of
from searcher.engine.files.byte_lists import ByteLists
from searcher.engine.files.container import PAGE, ArrayFile, Section
from searcher.engine.segment.lists import Lists
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.lists import ListsWriter
from searcher.errors import IndexDamaged
from tests.engine.making import record, written

FAR = 5 << 30
"""Beyond what 32 bits can say."""


def test_arrays_are_views_of_the_mapped_file(tmp_path: Path) -> None:
    segment = written(tmp_path / "s", [record(str(number), "中国 hello") for number in range(50)])
    for array in (segment.lengths("grams"), segment.file.section("documents.sizes", "u4").all()):
        assert np.shares_memory(array, segment.file._bytes)
        assert not array.flags.writeable


def test_a_file_is_mapped_and_not_copied_into_memory(tmp_path: Path) -> None:
    file = ArrayFileWriter(tmp_path / "f")
    file.append("a", "u1", bytes(1 << 24))
    file.finish({})
    tracemalloc.start()
    array = ArrayFile(tmp_path / "f")
    assert array.section("a", "u1").all().sum() == 0
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < array.size // 8


@pytest.mark.parametrize("documents", [10, 20_000])
def test_opening_reads_the_same_few_pages_whatever_the_size(tmp_path: Path, documents: int) -> None:
    segment = written(tmp_path / "s", [record(str(number), f"text{number} 中国 number {number % 7}") for number in range(documents)])
    assert sum(segment.file.seen) <= 2
    assert (len(segment.file.seen) > 40) == (documents > 10)
    assert len(segment.reader("words").postings(segment.ordinal("words", "text3")).having) == 1
    assert sum(segment.file.seen) <= 10


def test_places_are_read_page_by_page(tmp_path: Path) -> None:
    file = ArrayFileWriter(tmp_path / "f")
    file.append("a", "u4", np.arange(5 * PAGE))
    file.finish({})
    array = ArrayFile(tmp_path / "f")
    section = array.section("a", "u4")
    before = sum(array.seen)
    assert section.take(np.array([1, 2, 3 * PAGE])).tolist() == [1, 2, 3 * PAGE]
    assert sum(array.seen) == before + 2
    assert section.take(np.zeros(0, np.int64)).tolist() == []
    for places in ([-1, 0], [0, 5 * PAGE]):
        with pytest.raises(IndexDamaged, match="are asked for"):
            section.take(np.array(places))


WAYS: dict[str, tuple[Callable[[Section, int], object], int]] = {
    "an item": (lambda section, place: section[place], 1),
    "two items": (lambda section, place: section.pair(place), 2),
    "a view": (lambda section, place: section.items(place, place + 3), 3),
    "an array": (lambda section, place: section.part(place, place + 3), 3),
    "items at places": (lambda section, place: section.take(np.array([place, place + 2])), 3),
    "a place by its number": (lambda section, place: section.bisect(place), 2),
}
"""How items are taken from an array whose items are their own places, and of how many adjacent ones the first and the last are read."""


@pytest.mark.parametrize("others_were_read", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_page_that_is_damaged_is_found_by_who_takes_from_it_and_nobody_else(tmp_path: Path, way: str, others_were_read: bool) -> None:
    file = ArrayFileWriter(tmp_path / "f")
    file.append("a", "u4", np.arange(PAGE))
    file.finish({})
    data = bytearray((tmp_path / "f").read_bytes())
    data[2 * PAGE] ^= 1
    (tmp_path / "f").write_bytes(data)
    take, count = WAYS[way]
    first, behind = (2 * PAGE - 8) // 4, (3 * PAGE - 8) // 4
    for place in (0, *range(first - 4, first + 4), *range(behind - 4, behind + 4)):
        section = ArrayFile(tmp_path / "f").section("a", "u4")
        if others_were_read:
            section.items(0, first), section.items(behind, len(section))
        if place + count - 1 < first or place >= behind:
            take(section, place)
            continue
        with pytest.raises(IndexDamaged, match=f"bytes {2 * PAGE} to {3 * PAGE}"):
            take(section, place)


@pytest.mark.parametrize("place", [-1, 10])
def test_no_item_lies_outside_of_its_array(tmp_path: Path, place: int) -> None:
    file = ArrayFileWriter(tmp_path / "f")
    file.append("a", "u4", np.arange(10))
    file.finish({})
    section = ArrayFile(tmp_path / "f").section("a", "u4")
    for take in (section.__getitem__, section.pair, lambda place: section.items(place, place + 1)):
        with pytest.raises(IndexDamaged, match="asked for"):
            take(place)


def test_checksums_that_are_damaged_themselves_are_told_from_what_they_are_of(tmp_path: Path) -> None:
    file = ArrayFileWriter(tmp_path / "f")
    file.append("a", "u4", np.arange(PAGE))
    file.finish({})
    data = bytearray((tmp_path / "f").read_bytes())
    data[ArrayFile(tmp_path / "f")._sums] ^= 1
    (tmp_path / "f").write_bytes(data)
    with pytest.raises(IndexDamaged, match="the checksum of checksum block 0 is wrong"):
        ArrayFile(tmp_path / "f")


@pytest.mark.parametrize("number", [-1, 0, 5 * PAGE, 6 * PAGE])
def test_a_number_before_or_behind_all_is_looked_for_in_checked_pages_only(tmp_path: Path, number: int) -> None:
    file = ArrayFileWriter(tmp_path / "f")
    file.append("a", "i8", np.arange(5 * PAGE))
    file.finish({})
    data = bytearray((tmp_path / "f").read_bytes())
    for page in (0, 40 * PAGE):
        data[page + 8] ^= 1
    (tmp_path / "f").write_bytes(data)
    with pytest.raises(IndexDamaged, match="the checksum of bytes"):
        ArrayFile(tmp_path / "f").section("a", "i8").bisect(number)


def test_an_array_beyond_four_gigabytes_is_read(tmp_path: Path) -> None:
    """The file is sparse: it takes no room on the disk; of its checksums those of the last pages are right, which are all that is read."""
    path = tmp_path / "f"
    values = np.arange(100, dtype="<u4").tobytes()
    directory = b'{"sections":{"a":["u4",%d,100]},"notes":{}}' % FAR
    body = values + directory
    sums = np.zeros(FAR // PAGE + 1, "<u4")
    sums[-1] = zlib.crc32(body)
    blocks = np.array([zlib.crc32(sums.tobytes()[start : start + PAGE]) for start in range(0, sums.nbytes, PAGE)], "<u4").tobytes()
    end = FAR + len(body)
    footer = b"".join(number.to_bytes(8, "little") for number in (FAR + len(values), end, end + sums.nbytes))
    footer += zlib.crc32(blocks).to_bytes(4, "little")
    with path.open("wb") as file:
        file.write(b"SRCHARR1")
        file.seek(FAR)
        file.write(body + sums.tobytes() + blocks + footer + zlib.crc32(footer).to_bytes(4, "little") + bytes(4) + b"SRCHARR1")
    assert ArrayFile(path).section("a", "u4").all().tolist() == list(range(100))


def test_lists_beyond_four_gigabytes_are_found(tmp_path: Path) -> None:
    class Far(ArrayFileWriter):
        """A file that says of its list `x` that so many bytes of it are there already."""

        def size(self, name: str) -> int:
            return super().size(name) + (FAR if name == "x" else 0)

    file = Far(tmp_path / "f")
    lists = ListsWriter(file, "x")
    data = [bytes([number]) * (number + 1) for number in range(40)]
    lists.append_raw(np.frombuffer(b"".join(data), np.uint8), starts_of(np.array(list(map(len, data)))))
    lists.finish()
    file.finish({})
    array = ArrayFile(tmp_path / "f")
    bases, places = array.section("x.bases", "u8").all(), array.section("x.places", "u4").all()
    begins = [int(bases[number // 16]) + int(places[number]) for number in range(41)]
    assert begins == [FAR + sum(map(len, data[:number])) for number in range(41)]
    with pytest.raises(IndexDamaged):
        Lists(ByteLists(array, "x")).raw(0)

"""What is looked up without numpy is what arrays hold; damage is found, and named, just as well."""

from __future__ import annotations

import random
import subprocess
import sys
from bisect import bisect_left
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.files.short_lists import Unpackable, unpack_short
from searcher.engine.record import Record, Terms
from searcher.engine.segment.packing import unpack_list
from searcher.engine.writing.packing import pack_lists
from searcher.errors import IndexDamaged
from tests.engine.making import record, written

NUMBERS = st.one_of(st.integers(0, 3), st.integers(0, 300), st.integers(0, 2**32 - 1))


def _packed(numbers: list[int]) -> memoryview:
    return pack_lists(np.array(numbers, np.uint32), np.array([len(numbers)]))[0].data


@given(st.lists(NUMBERS, max_size=40) | st.binary(min_size=500, max_size=2000).map(lambda data: [byte % 10 for byte in data]))
def test_short_lists_come_back(numbers: list[int]) -> None:
    assert unpack_short(_packed(numbers), len(numbers)) == numbers


@settings(max_examples=300)
@given(st.binary(max_size=40), st.integers(0, 40))
def test_whatever_the_bytes_are_it_reads_what_arrays_read(data: bytes, count: int) -> None:
    raw = np.frombuffer(data, np.uint8)
    try:
        expected = unpack_list(raw, count).tolist()
    except ValueError:
        with pytest.raises(Unpackable):
            unpack_short(raw.data, count)
    else:
        assert unpack_short(raw.data, count) == expected


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), min_size=1, max_size=150, unique=True))
@settings(max_examples=30)
def test_every_id_is_found_and_no_other(tmp_path_factory: pytest.TempPathFactory, ids: list[str]) -> None:
    stored = written(tmp_path_factory.mktemp("ids") / "s", [record(id) for id in ids]).stored
    assert [stored.find(id) for id in ids] == list(range(len(ids)))
    others = {id[:-1] for id in ids} | {id + "a" for id in ids} | {"", "\U0010ffff"}
    assert all(stored.find(id) == -1 for id in others - set(ids))


@settings(max_examples=20)
@given(st.sampled_from(("", "/home/somebody/", "\0", "12345678")), st.integers(1, 500), st.randoms(use_true_random=False))
def test_terms_that_begin_alike_are_found_in_many_groups(
    tmp_path_factory: pytest.TempPathFactory, prefix: str, count: int, chance: random.Random
) -> None:
    """Groups are looked up by the first eight bytes, which all paths of a user have in common."""
    numbers = sorted(chance.sample(range(1000), count))
    terms = [f"{prefix}{number:03}" for number in numbers]
    segment = written(
        tmp_path_factory.mktemp("alike") / "s", [Record(term, {"words": Terms(terms[: place + 1])}) for place, term in enumerate(terms)]
    )
    assert [segment.stored.find(term) for term in terms] == [segment.ordinal("words", term) for term in terms] == list(range(count))
    others = {f"{prefix}{number:03}" for number in range(1000)} | {prefix, prefix[:-1], f"{prefix}~", f"{prefix}000 "}
    for other in sorted(others - set(terms)):
        assert (segment.stored.find(other), segment.ordinal("words", other)) == (-1, -1)
        assert segment.term_range("words", other, None).start == bisect_left(terms, other)


def test_of_an_id_that_came_again_the_last_document_is_found(tmp_path: Path) -> None:
    segment = written(tmp_path / "s", [record("a", "one"), record("b", "two"), record("a", "three")])
    assert segment.stored.documents_of("a") == [0, 2]
    assert segment.stored.text(segment.stored.find("a")) == "three"
    assert list(segment.stored.numbers()) == [1, 2] and segment.stored.live == 2


@pytest.mark.parametrize("name", ["ordinals", "texts", "lengths", "counts", "ids"])
def test_a_damaged_page_of_ids_is_found_by_who_looks_one_up(tmp_path: Path, name: str) -> None:
    """Every list of the field lies on pages of its own: there are very many documents."""
    segment = written(tmp_path / "s", [record(f"{number:08}") for number in range(30_000)])
    field = [name for name, _, _ in segment.stored.notes["fields"]].index("id")
    _, offset, items = segment.file._sections[f"{field}.{name}"]
    assert items > 100
    data = bytearray((tmp_path / "s").read_bytes())
    data[offset + 1] ^= 0x55
    (tmp_path / "t").write_bytes(data)
    damaged = type(segment.stored)(tmp_path / "t")
    with pytest.raises(IndexDamaged, match="the checksum of bytes"):
        damaged.find("00000000")


def test_documents_are_read_without_numpy(tmp_path: Path) -> None:
    written(tmp_path / "s", [record("a", "一段文字"), record("b", "另一段")])
    program = (
        "import sys; from pathlib import Path; from searcher.engine.files.stored import StoredDocuments;"
        "stored = StoredDocuments(Path(sys.argv[1])); found = stored.find('b');"
        "print(ascii(stored.text(found)), stored.values(found)[0], stored.blocks_of(found, [(1, 1)]), 'numpy' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program, str(tmp_path / "s")], capture_output=True, encoding="utf-8", check=True)
    assert said.stdout == f"{'另一段'!a} b [(0, 3)] False\n"


@given(st.lists(st.tuples(st.integers(0, 45), st.integers(0, 12)), max_size=30).map(sorted))
@settings(max_examples=60)
def test_blocks_that_hold_spans_are_found_span_by_span(tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]]) -> None:
    places = (2, 5, 6, 20, 40)
    one = Record("1", text="x" * 50, blocks=tuple((10 * number, place) for number, place in enumerate(places)))
    stored = written(tmp_path_factory.mktemp("blocks") / "s", [one]).stored
    blocks = [tuple(sum(place <= position for place in places[1:]) for position in (first, first + more)) for first, more in spans]
    assert stored.blocks_of(0, [(first, first + more) for first, more in spans]) == [
        (10 * first, 10 * last + 10) for first, last in dict.fromkeys(blocks)
    ]

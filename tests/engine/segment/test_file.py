"""A segment in a file answers as the one in memory does."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.fields import IDS, KEYWORDS
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.reader import Reader
from searcher.engine.record import Record, Terms
from searcher.engine.segment import spread
from searcher.errors import InvalidDocument
from tests.engine.drawing import records, texts
from tests.engine.making import content, placed, positions_of, record, spanned, written
from tests.engine.memory_segment import MemorySegment

several = st.lists(records(), max_size=8, unique_by=lambda one: one.id)


@settings(max_examples=30)
@given(several)
def test_it_holds_what_the_records_say(several: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        segment, oracle = written(Path(folder, "s"), several), MemorySegment(several)
        assert content(segment) == content(oracle)
        for column in ("size", "day", "none"):
            assert segment.column(column).tolist() == oracle.column(column).tolist()
        for document, one in enumerate(several):
            assert segment.stored.values(document) == (one.id, one.values)
            assert segment.stored.text(document) == one.text
            assert segment.stored.text_length(document) == len(one.text)
            assert segment.find(one.id) == document


@settings(max_examples=30)
@given(several, texts, texts)
def test_ranges_of_terms(several: list[Record], low: str, high: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        segment, oracle = written(Path(folder, "s"), several), MemorySegment(several)
        for field in ("grams", "words", KEYWORDS, IDS, "none"):
            part = segment.term_range(field, low, high)
            assert part == oracle.term_range(field, low, high)
            assert segment.ordinal(field, low) == oracle.ordinal(field, low)
            if part:
                ours, theirs = segment.reader(field), oracle.reader(field)
                assert ours.texts.decoded(part) == theirs.texts.decoded(part)
                assert spanned(ours.span(part)) == spanned(theirs.span(part))


@settings(max_examples=30)
@given(several, st.data())
def test_places_in_some_rows_are_those_of_all_rows(several: list[Record], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for segment in (written(Path(folder, "s"), several), MemorySegment(several)):
            reader = Reader((segment,), Cache(1 << 20))
            for ordinal in segment.term_range("grams", "", None):
                postings = segment.reader("grams").postings(ordinal)
                having = postings.having
                rows = np.array(data.draw(st.lists(st.sampled_from(range(len(having))), unique=True).map(sorted)), np.intp)
                offsets, positions = positions_of(segment.reader("grams"), ordinal)
                wide = placed(having, np.diff(offsets), positions, segment.count)
                assert reader.places("grams", postings).tolist() == wide.tolist()
                expected = [place for row in rows.tolist() for place in wide[offsets[row] : offsets[row + 1]].tolist()]
                places, counts = reader.some_places("grams", 0, [(postings, rows)])
                assert (places.tolist(), counts.tolist()) == (expected, np.diff(offsets)[rows].tolist())


@settings(max_examples=30)
@given(records(), st.integers(-2, 40), st.one_of(st.none(), st.integers(0, 40)), st.integers(0, 100))
def test_parts_of_a_text(one: Record, start: int, end: int | None, position: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        segment = written(Path(folder, "s"), [record("before", "anything"), one])
        assert segment.stored.text(1, start, end) == one.text[max(0, start) : end]
        [(begin, stop)] = segment.stored.blocks_of(1, [(position, position)])
        block = max(number for number, (_, place) in enumerate(one.blocks) if place <= position)
        assert begin == one.blocks[block][0]
        assert stop == (one.blocks[block + 1][0] if block + 1 < len(one.blocks) else len(one.text))


def test_a_passage_unpacks_only_the_blocks_that_hold_it(tmp_path: Path) -> None:
    chance = np.random.default_rng(2)
    text = "".join(map(chr, chance.integers(0x4E00, 0x9FA5, 100_000)))
    one = Record("1", text=text, blocks=tuple((start, start) for start in range(0, len(text), 4000)))
    segment = written(tmp_path / "s", [one])
    for start, end in ((50_000, 50_100), (48_000, 52_000)):
        assert segment.stored.text(0, start, end) == text[start:end]
        assert len(segment.stored.chunks_of_text._unpacked) == 1
    assert segment.stored.text(0, 51_999, 56_001) == text[51_999:56_001]
    assert len(segment.stored.chunks_of_text._unpacked) <= 4
    assert len(segment.file.section("text.firsts", "u4")) > 20


def test_many_terms_fill_many_groups(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    several = [
        Record(f"id{number}", {"grams": Terms([f"t{n:04}" for n in random.zipf(1.2, 200) % 3000], range(0, 2000, 10))})
        for number in range(400)
    ]
    segment, oracle = written(tmp_path / "s", several), MemorySegment(several)
    assert content(segment) == content(oracle)
    ours, theirs = segment.reader("grams"), oracle.reader("grams")
    rows = list(map(ours.count, range(ours.terms)))
    assert max(rows) > spread.ALONE
    groups = ours._groups
    for first, size in map(groups.span, range(len(groups))):
        assert size == 1 or max(rows[first : first + size]) <= spread.ALONE, "what stands in many documents is alone"
    for _ in range(50):
        low, high = sorted(random.integers(0, 1500, 2).tolist())
        part = range(low, min(high, ours.terms))
        if part:
            assert spanned(ours.span(part)) == spanned(theirs.span(part))


def test_a_long_term_is_like_any_other(tmp_path: Path) -> None:
    long = "长" * 100_000
    segment = written(tmp_path / "s", [Record("1", {"words": Terms(["a", long, "长"])})])
    assert segment.reader("words").text(segment.ordinal("words", long)) == long


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (Record(""), "id must be a text"),
        (Record("1", {"grams": Terms(["a"], [])}), "1 terms at 0 positions"),
        (Record("1", {"grams": Terms(["a"], [-1])}), "unsigned"),
        (Record("1", {"grams": Terms([1], [0])}), "expected str"),  # type: ignore[list-item]
        (Record("1", {"id": Terms(["a"])}), "the field .id. holds id in this index"),
        (Record("1", {"words": Terms(["a"], [0])}), "holds terms in this index, not positions|holds positions in this index, not terms"),
        (Record("1", {"_words": Terms(["a"])}), "no field can be called ._words.: a name begins with no _ and holds no space"),
        (Record("1", {"two words": Terms(["a"])}), "no field can be called .two words."),
        (Record("1", {"n": Terms(["a"])}, numbers={"n": 1}), "the field .n. holds terms and numbers"),
        (Record("1", numbers={"n": 2**63}), "64 bits"),
        (Record("1", numbers={"n": -(2**63)}), "64 bits"),  # the sign of a number that is not there
        (Record("1", numbers={"n": True}), "whole number"),
        (Record("1", values={"v": b""}), "not JSON serializable"),
        (Record("1", values={"v": float("nan")}), "JSON compliant"),
        (Record("1", text="abc", blocks=((1, 0),)), "blocks must ascend"),
        (Record("1", text="abc", blocks=((0, 0), (3, 1))), "blocks must ascend"),
        (Record("1", text="abc", blocks=((0, 5), (1, 1))), "blocks must ascend"),
        (Record("1", text="abc", blocks=((0, 0), (1, 2**32))), "blocks must ascend"),
    ],
)
def test_a_wrong_record_leaves_no_trace(tmp_path: Path, wrong: Record, reason: str) -> None:
    from searcher.engine.segment.file import FileSegment
    from searcher.engine.writing.segment import SegmentWriter

    writer = SegmentWriter(tmp_path / "s")
    writer.add(record("1", "ab"))
    with pytest.raises(InvalidDocument, match=reason):
        writer.add(wrong)
    writer.add(record("2", "bc"))
    assert content(FileSegment(writer.finish())) == content(MemorySegment([record("1", "ab"), record("2", "bc")]))

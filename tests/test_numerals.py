"""Whole numbers are read as they are written, in every way people write them, and nothing that is not well formed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.quantities.numerals import LARGEST, STYLES, Style, read_number, read_spelled, spelled, written

rounded = st.builds(lambda number, power: number * 10**power, st.integers(1, 9_999), st.integers(0, 8))
numbers = st.integers(0, 10**8) | st.integers(0, LARGEST - 1) | rounded.filter(lambda number: number < LARGEST)


@settings(max_examples=400)
@given(numbers)
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    assert read_number(written(number)) == number
    assert read_number(str(number)) == number
    assert read_number(f"{number:,}") == number


@settings(max_examples=200)
@given(numbers, st.sampled_from([style for style in STYLES if style is not spelled]))
def test_every_style_but_the_spelled_one_is_read_back(number: int, style: Style) -> None:
    assert read_number(style(number)) == number


@given(st.integers(10, 10**8 - 1))
def test_digits_one_by_one_are_read_back(number: int) -> None:
    assert read_spelled(spelled(number)) == number
    assert set(spelled(number)) <= set("零一二三四五六七八九")


@pytest.mark.parametrize("text", ["", "五", "零五", "二十", "2021", "一二三四五六七八九"])
def test_what_is_not_digits_one_by_one(text: str) -> None:
    assert read_spelled(text) is None


def test_small_numbers_one_by_one() -> None:
    assert [read_number(written(number)) for number in range(12_000)] == list(range(12_000))
    assert len({written(number) for number in range(12_000)}) == 12_000


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (103, "一百零三"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (10_003, "一万零三"),
        (100_000, "十万"),
        (110_000, "十一万"),
        (20_300, "二万零三百"),
        (100_020_000, "一亿零二万"),
        (20_012_345, "二千零一万二千三百四十五"),
    ],
)
def test_numbers_in_han(number: int, text: str) -> None:
    assert written(number) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两万", 20_000),
        ("一百十", 110),
        ("廿一", 21),
        ("卅", 30),
        ("伍仟", 5000),
        ("1.5亿", 150_000_000),
        ("3千万", 30_000_000),
        ("20,000", 20_000),
        ("12万", 120_000),
        ("1亿2,000万", 120_000_000),
    ],
)
def test_reading(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万",
        "千万",
        "一万二",
        "二百五",
        "三五",
        "百",
        "一二",
        "零零",
        "十十",
        "2,00",
        "1.5",
        "1.55万万亿亿",
        "007",
        "1亿2万",
        "3万5",
        "1万2亿",
        "9" * 5000,
        "一" * 5000,
        "²",
    ],
)
def test_what_is_no_well_formed_number_is_not_read(text: str) -> None:
    assert read_number(text) is None

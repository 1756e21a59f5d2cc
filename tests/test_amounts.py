"""Numbers and ranges as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import parse
from searcher.query.amounts import read_numbers, read_range
from searcher.query.tree import Range, describe


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("10", ("10", "10")),
        ("10k..2M", ("10240", "2097152")),
        ("1g", ("1073741824", "1073741824")),
        ("2千", ("2000", "2000")),
        ("3万..1萬", ("10000", "30000")),
        ("1亿字", ("100000000", "100000000")),
        ("2億", ("200000000", "200000000")),
        ("1.5万", ("15000", "15000")),
        ("10KiB", ("10240", "10240")),
        (">1万", ("10001", None)),
        (">=1万", ("10000", None)),
        ("<10", (None, "9")),
        ("<0", (None, "0")),
        ("≤10", (None, "10")),
        ("1萬字以上", ("10000", None)),
        ("500字以內", (None, "500")),
        ("..5", (None, "5")),
        ("5..", ("5", None)),
        ("..", None),
        ("10x", None),
        ("10ıb", None),
        ("10kİB", None),
        ("a..5", None),
        ("", None),
    ],
)
def test_sizes(typed: str, expected: tuple[str | None, str | None] | None) -> None:
    assert read_range(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("30", ("30", "30", False)),
        ("-5", ("-5", "-5", False)),
        ("−5", ("-5", "-5", False)),
        ("3.50", ("3.5", "3.5", False)),
        ("1.5万", ("15000", "15000", False)),
        ("2億", ("200000000", "200000000", False)),
        ("30..80", ("30", "80", False)),
        ("80…30", ("30", "80", False)),
        ("3.5..7", ("3.5", "7", False)),
        ("-5..-3.5", ("-5", "-3.5", False)),
        ("30-80", ("30", "80", False)),
        ("3--5", ("-5", "3", False)),
        ("３０～８０", ("30", "80", False)),
        ("30至80", ("30", "80", False)),
        ("30..", ("30", None, False)),
        ("..80", (None, "80", False)),
        (">300", ("300", None, True)),
        ("＞300", ("300", None, True)),
        (">=300", ("300", None, False)),
        ("<-1.5", (None, "-1.5", True)),
        ("≤3", (None, "3", False)),
        ("3万以上", ("30000", None, False)),
        ("3以下", (None, "3", False)),
        ("12万34", None),
        ("1.5.3", None),
        ("..", None),
        (">", None),
        ("12元", None),
        ("", None),
    ],
)
def test_numbers_of_the_documents_own(typed: str, expected: tuple[str | None, str | None, bool] | None) -> None:
    assert read_numbers(typed) == expected


@given(st.text("0123456789.-<>=≤≥以上下至万…", max_size=9))
def test_a_range_described_is_read_the_same(typed: str) -> None:
    query = parse(f"price:{typed}", numbers=["price"])
    if isinstance(query.tree, Range):
        assert parse(describe(query), numbers=["price"]).tree == query.tree


def test_a_number_is_sorted_by_whatever_its_case() -> None:
    assert [parse(f"a sort:{typed}", numbers=["Price"]).sort for typed in ("price", "-PRICE", "-date", "最新")] == [
        "Price",
        "-Price",
        "-date",
        "-date",
    ]

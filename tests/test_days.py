"""Partial dates mean spans of days."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.query.days import span


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2021", (20210101, 20211231)),
        ("2021-02", (20210201, 20210228)),
        ("2024-02", (20240201, 20240229)),
        ("2021-08-17", (20210817, 20210817)),
        ("2021-08-17T11:18:00+00:00", (20210817, 20210817)),
        ("2021-13", None),
        ("2021-02-30", None),
        ("0000", None),
        ("soon", None),
        ("", None),
    ],
)
def test_span(date: str, expected: tuple[int, int] | None) -> None:
    assert span(date) == expected


@given(st.text())
def test_anything_is_a_span_or_none(text: str) -> None:
    found = span(text)
    assert found is None or found[0] <= found[1]


@given(st.dates())
def test_a_day_lies_in_its_month_and_its_year(day: object) -> None:
    iso = str(day)
    spans = [span(iso[:length]) for length in (4, 7, 10)]
    assert all(outer and inner and outer[0] <= inner[0] <= inner[1] <= outer[1] for outer, inner in pairwise(spans))

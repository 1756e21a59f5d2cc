"""Partial dates mean spans of days."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.query.days import second, seconds, span


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


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2021-08-17T11:18:09+02:00", 20210817_111809),
        ("2021-08-17 9:05", 20210817_090500),
        ("2021-08-17", 20210817_000000),
        ("2021-02", 20210201_000000),
        ("2021-08-17T25:00", 20210817_000000),
        ("2021-02-30T11:18", None),
        ("11:18", None),
        ("", None),
    ],
)
def test_second(moment: str, expected: int | None) -> None:
    assert second(moment) == expected


@given(st.datetimes())
def test_a_second_lies_in_its_day_its_month_and_its_year(moment: datetime) -> None:
    stated = moment.isoformat(timespec="seconds")
    found = second(stated)
    for length in (4, 7, 10):
        bounds = seconds(stated[:length])
        assert found is not None and bounds is not None and bounds[0] <= found <= bounds[1]


@given(st.datetimes(), st.datetimes())
def test_seconds_are_in_the_order_of_time(one: datetime, other: datetime) -> None:
    one, other = (moment.replace(microsecond=0) for moment in (one, other))
    first, then = second(one.isoformat()), second(other.isoformat())
    assert first is not None and then is not None
    assert (first < then) == (one < other)


@pytest.mark.parametrize(("date", "expected"), [("2024-02", (20240201_000000, 20240229_235959)), ("soon", None)])
def test_seconds(date: str, expected: tuple[int, int] | None) -> None:
    assert seconds(date) == expected

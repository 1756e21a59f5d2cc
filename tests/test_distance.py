"""Slips are counted as they are made."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.text.distance import distance, within

TEXTS = st.text("ab汤", max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("recieve", "receive", 1),
        ("汤小鸥", "汤晓鸥", 1),
        ("", "abc", 3),
        ("abc", "", 3),
        ("ca", "abc", 3),
        ("titel", "title", 1),
        ("a", "a", 0),
    ],
)
def test_slips(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


@given(TEXTS, TEXTS)
def test_the_distance_is_the_fewest_slips(one: str, other: str) -> None:
    """The oracle tries every way, from the end."""

    @cache
    def fewest(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        ways = [fewest(i - 1, j) + 1, fewest(i, j - 1) + 1, fewest(i - 1, j - 1) + (one[i - 1] != other[j - 1])]
        if one[max(0, i - 2) : i] == other[max(0, j - 2) : j][::-1] and min(i, j) > 1:
            ways.append(fewest(i - 2, j - 2) + 1)
        return min(ways)

    assert distance(one, other) == distance(other, one) == fewest(len(one), len(other))
    assert all(within(one, other, most) == (distance(one, other) <= most) for most in range(7))

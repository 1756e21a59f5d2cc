"""A year of an era is the western one, and is found as it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.quantities.eras import ERAS, LONGEST_ERA, MINGUO, in_era, western_year, year_before_republic
from searcher.quantities.numerals import written
from tests.test_numbers import forms


@pytest.mark.parametrize(
    ("era", "year"),
    [
        ("令和元年", "2019年"),
        ("令和5年", "2023年"),
        ("平成三十年", "2018年"),
        ("昭和十六年", "1941年"),
        ("明治元年", "1868年"),
        ("光緒二十六年", "1900年"),
        ("康熙61年", "1722年"),
        ("萬曆十五年", "1587年"),
        ("昭和16年12月8日", "1941年12月8日"),
    ],
)
def test_a_year_of_an_era_finds_the_western_one(era: str, year: str) -> None:
    assert year in forms(era)


@given(st.sampled_from(sorted(ERAS)), st.integers(2, LONGEST_ERA))
def test_every_year_of_an_era_is_the_same_in_digits_and_in_han(era: str, count: int) -> None:
    western = f"{ERAS[era] + count - 1}年"
    assert western in forms(f"{era}{count}年")
    assert western in forms(f"{era}{written(count)}年")
    assert f"{era}{written(count)}年" in forms(f"{era}{count}年")


@given(st.sampled_from(sorted(ERAS)), st.integers(-3, 300))
def test_a_year_of_an_era_is_counted_back(era: str, count: int) -> None:
    year = western_year(era, count)
    assert (year is not None) == (1 <= count <= (200 if era == MINGUO else LONGEST_ERA))
    if year is not None:
        assert in_era(era, year, str) == f"{era}{count}"
        assert in_era(era, year, written) == f"{era}{'元' if count == 1 else written(count)}"


@given(st.integers(-3, 300))
def test_what_lies_before_the_republic_is_counted_back_from_it(count: int) -> None:
    year = year_before_republic(count)
    assert (year is not None) == (1 <= count <= 200)
    if year is not None:
        assert year + count == western_year(MINGUO, 1)
        assert in_era(MINGUO, year, str) == f"民国前{count}"


@pytest.mark.parametrize("term", ["令和", "明治維新", "康熙字典", "光緒年"])
def test_an_era_without_a_year_is_no_number(term: str) -> None:
    assert forms(term) == []

"""Dates as documents write them become ISO 8601."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents.description.dates import stamped_date, to_iso

WRITTEN = [
    ("2021年8月17日", "2021-08-17"),
    ("２０２１年８月１７日", "2021-08-17"),
    ("2021年8月", "2021-08"),
    ("2021年", "2021"),
    ("2021", "2021"),
    ("2021/8/17", "2021-08-17"),
    ("2021.08.17", "2021-08-17"),
    ("2021-08", "2021-08"),
    ("20210817", "2021-08-17"),
    ("D:20210817111800+08'00'", "2021-08-17T11:18:00+08:00"),
    ("2021-08-17T11:18:00Z", "2021-08-17T11:18:00+00:00"),
    ("2021-08-17 11:18:00.123 +0800", "2021-08-17T11:18:00+08:00"),
    ("2021-08-17 11:18", "2021-08-17T11:18:00"),
    ("2021年8月17日 11时18分", "2021-08-17T11:18:00"),
    ("2021年8月17日（星期二）", "2021-08-17"),
    ("2021年8月17日 下午3:20", "2021-08-17T15:20:00"),
    ("2021年8月17日上午12时05分", "2021-08-17T00:05:00"),
    ("2021-08-17 3:20 PM", "2021-08-17T15:20:00"),
    ("2021-08-17 15:20:00 CST", "2021-08-17T15:20:00"),
    ("Tue Aug 17 11:18:00 2021", "2021-08-17T11:18:00"),
    ("Tue Aug 17 11:18:00 CST 2021", "2021-08-17T11:18:00"),
    ("Aug 2021", "2021-08"),
    ("中華民國110年8月17日修正公布", "2021-08-17"),
    ("Tue, 17 Aug 2021 11:18:00 GMT", "2021-08-17T11:18:00+00:00"),
    ("Tue, 17 Aug 2021 11:18:00 -0730 (PDT)", "2021-08-17T11:18:00-07:30"),
    ("August 17, 2021", "2021-08-17"),
    ("17 Aug 2021", "2021-08-17"),
    ("二〇二一年八月十七日", "2021-08-17"),
    ("二零二一年十二月三十一日", "2021-12-31"),
    ("二〇二一年廿", None),
    ("二〇二一年〇八月〇七日", "2021-08-07"),
    ("二〇二一年一〇月廿三日", "2021-10-23"),
    ("2〇21年1〇月3日", "2021-10-03"),
    ("民國百年五月", "2011-05"),
    ("民國百零五年", "2016"),
    ("民國千年", None),
    ("民國〇年五月三日", None),
    ("中華民國一百一十年八月", "2021-08"),
    ("中華民國一百一十年八月十七日", "2021-08-17"),
    ("民國110.8.17", "2021-08-17"),
    ("民國110年8月17日", "2021-08-17"),
    ("中华民国元年", "1912"),
    ("公元1999年", "1999"),
    ("2021-02-30", None),
    ("2021-13-01", None),
    ("2021年8月17日25时61分", None),
    ("110年8月", None),
    ("昨天", None),
    ("", None),
    ("17 Foo 2021", None),
    ("二〇二一年百月", None),
    ("9" * 300, None),
]


@pytest.mark.parametrize(("written", "iso"), WRITTEN)
def test_dates_as_documents_write_them(written: str, iso: str | None) -> None:
    assert to_iso(written) == iso


@given(st.dates(min_value=date(1912, 1, 1)))
def test_every_day_in_every_form(day: date) -> None:
    forms = [day.isoformat(), f"{day.year:04}年{day.month}月{day.day}日", f"{day.year:04}/{day.month}/{day.day}"]
    forms += [f"民國{day.year - 1911}年{day.month}月{day.day}日"]
    assert {to_iso(form) for form in forms} == {day.isoformat()}


@given(st.text(alphabet="0123456789年月日民國中華十百千元廿-/.: TZ+Aug", max_size=30))
def test_anything_is_a_date_or_none(text: str) -> None:
    found = to_iso(text)
    assert found is None or found[:4].isdecimal()


@pytest.mark.parametrize(
    ("stamps", "date"),
    [
        (["1601-01-01T00:00:00Z", "2019-05-04T08:00:00Z"], "2019-05-04T08:00:00+00:00"),
        (["", "no date", "2019-05-04"], "2019-05-04"),
        (["D:19700101080000+08'00'"], None),
        (["1979-12-31T16:00:00Z"], None),
        (["1980-01-01T00:00:00"], None),
        (["1980-01-02"], "1980-01-02"),
        (["1601-01-01", "1899-12-30", "1904-01-01", "1969-12-31", "1970-01-01", "1979-12-31", "1980-01-01"], None),
    ],
)
def test_the_beginning_of_a_clock_is_no_date_of_a_document(stamps: list[str], date: str | None) -> None:
    assert stamped_date(stamps) == date

"""Days, times of day and spans of time are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document
from searcher.quantities.moments import expansions, is_day
from searcher.quantities.numerals import spelled, written
from searcher.text.folding import fold
from tests.conftest import Indexed


def forms(term: str) -> set[str]:
    return {form.text for form in expansions(fold(term).text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024年1月15日", "2024-01-15"),
        ("2024年1月15日", "2024-1-15"),
        ("二〇二四年一月十五號", "2024-01-15"),
        ("2024年1月15日", "20240115"),
        ("20240115", "2024-01-15"),
        ("會議記錄20240115", "會議記錄2024年1月15日"),
        ("1月15日", "一月十五號"),
        ("1月15日", "1月15号"),
        ("下午3点", "15:00"),
        ("下午三點半", "15:30"),
        ("下午3:30", "下午三点半"),
        ("3:30pm", "下午三点半"),
        ("3:30 p.m", "15:30"),
        ("9am", "上午九點"),
        ("下午3点半", "3:30pm"),
        ("12:30pm", "下午12:30"),
        ("12pm", "中午12點"),
        ("下午五点", "5pm"),
        ("凌晨两点", "2am"),
        ("晚上8点", "20:00"),
        ("早上九点半", "09:30"),
        ("15時30分", "下午3點半"),
        ("3点一刻", "3:15"),
        ("半年", "6個月"),
        ("一年半", "18个月"),
        ("兩年半", "三十个月"),
        ("半小時", "30分钟"),
        ("一個半小時", "90分鐘"),
        ("90后", "九零後"),
        ("00後", "零零后"),
    ],
)
def test_two_ways_to_write_a_time_find_each_other(one: str, other: str) -> None:
    assert fold(other).text in forms(one) or fold(one).text in forms(other)
    back = {text for form in forms(one) for text in (form, *forms(form))}
    assert fold(other).text in back


@pytest.mark.parametrize(
    "term",
    (
        "2024年2月30日 2024-13-01 2024-01 13月1日 192.168.1.1 1.2.3 3:5 25:00 10:60 http://a:80 三点建议 三点一四 五点 第3点 2010后 上半年 "
        "下半年 三百六十个月 一年六个月 一号 半"
    ).split(),
)
def test_what_may_be_no_time_is_left_alone(term: str) -> None:
    assert forms(term) == set()


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_day_is_the_same_in_numbers_and_in_words(day: date) -> None:
    in_words = f"{day.year}年{day.month}月{day.day}日"
    assert {in_words, f"{spelled(day.year)}年{written(day.month)}月{written(day.day)}日"} <= forms(day.isoformat())
    assert day.isoformat() in forms(in_words)


@given(st.times())
def test_every_time_of_the_afternoon_is_what_the_clock_shows(moment: time) -> None:
    clock = f"{moment.hour}:{moment.minute:02}"
    said = f"{'晚上' if moment.hour >= 18 else '下午'}{moment.hour % 12}点" + (f"{moment.minute}分" if moment.minute else "")
    if moment.hour > 12:
        assert clock in forms(said)
        assert said in forms(clock)


@given(st.text("零一二三十半年月日号点时分0123456789:-/.下午", max_size=12))
def test_what_is_written_otherwise_keeps_what_stands_around_it(term: str) -> None:
    folded = fold(term).text
    assert folded not in forms(term)
    assert {f"在{text}开会" for text in forms(term)} <= forms(f"在{term}开会")


def test_a_time_is_found_however_it_was_typed(indexed: Indexed) -> None:
    index = indexed(Document("1", "會議", "會議於2024年1月15日15:30開始，為期六個月。"), Document("2", "别的", "会议于昨天开始。"))
    for query in ("2024-01-15", "2024/1/15", "下午三点半", "15點30分", "半年", "二〇二四年一月十五日 下午3点30分"):
        assert [hit.id for hit in index.search(query, strict=True)] == ["1"], query


@pytest.mark.parametrize("typed", ["2024年1月15日", "1月15日", "下午三点半", "3:15", "早上九点半", "一年半", "90后", "半小時"])
def test_no_form_counts_more_than_what_was_typed(typed: str) -> None:
    weights = [form.weight for form in expansions(fold(typed).text)]
    assert weights and all(0 < weight <= 1 for weight in weights)


@pytest.mark.parametrize(
    "typed",
    [
        "2021年3月5日",
        "2021-03-05",
        "2021/3/5",
        "2021.3.5",
        "民國110年3月5日",
        "民國一百一十年三月五日",
        "110年3月5日",
        "110.3.5",
        "110/03/05",
    ],
)
def test_a_day_is_the_same_in_either_count_of_years(typed: str) -> None:
    """A slash or a hyphen in the place of a dot is the same to matching."""
    found = forms(typed) | {fold(typed).text}
    assert {"2021年3月5日", "2021-03-05", "2021-3-5", "民国110年3月5日"} <= found
    assert {"110.3.5", "110/3/5"} & found and "110年3月5日" in found


@pytest.mark.parametrize("typed", ["3:30 p.m.", "3:30 PM", "3 pm"])
def test_nothing_is_left_of_the_half_of_the_day(typed: str) -> None:
    assert not any("m" in form or form.endswith(".") for form in forms(typed) if not form.endswith("pm"))


@pytest.mark.parametrize(
    "typed", ["5/3", "3/5", "3.10.5", "110.13.5", "99.3.5", "192.168.1.1", "python110.3.5", "v110.3.5", "110.3.5.1", "民國0年3月5日"]
)
def test_what_may_be_anything_is_no_day(typed: str) -> None:
    assert not forms(typed)
    assert not is_day(fold(typed).text)


@pytest.mark.parametrize("typed", ["20200230", "18120105", "120240115", "a20240115", "20241301"])
def test_numbers_in_a_row_are_a_day_only_where_one_is_so_written(typed: str) -> None:
    assert not forms(typed)
    assert not is_day(typed)


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
def test_a_day_is_a_day_in_each_of_its_ways(day: date) -> None:
    """And each way leads back to the day as it is counted in the west."""
    western = f"{day.year}年{day.month}月{day.day}日"
    for form in expansions(western):
        assert is_day(form.text)
        assert f"{day.year}-{day.month}-{day.day}" in forms(form.text) | {form.text}


@pytest.mark.parametrize("query", ["3月5日", "三月五號", "2021年3月5日", "2021-03-05", "民國110年3月5日", "110.3.5"])
def test_pieces_of_a_day_are_not_the_day(indexed: Indexed, query: str) -> None:
    texts = {"day": "會議於2021年3月5日舉行。", "pieces": "2021年的报告：自3月1日至4月5日，民國110年，第110條之3，5人。"}
    made = indexed(*(Document(id=id, title="", text=text) for id, text in texts.items()))
    assert [hit.id for hit in made.search(query)] == ["day"]
    assert [hit.id for hit in made.search(f"{query} 會議", strict=True)] == (["day"] if query != "110.3.5" else [])


def test_of_a_day_that_stands_nowhere_its_month_is_offered(indexed: Indexed) -> None:
    made = indexed(Document(id="month", title="", text="1949年10月，5人。"), Document(id="other", title="", text="1日，2021年。"))
    assert made.search("1949年10月1日").suggestions == ("1949年10月",)
    assert made.search("2021年3月1日").suggestions == ()


@pytest.mark.parametrize("typed", ["12am", "13pm", "5am5", "program", "3:75pm", "0am", "b3pm"])
def test_what_is_no_hour_of_the_half_day_is_left_alone(typed: str) -> None:
    assert not forms(typed)

"""What is surely a number is looked for in every way people write it, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.plans.ranking import CERTAIN
from searcher.quantities.numbers import expansions
from searcher.quantities.numerals import STYLES
from searcher.text.folding import fold, fold_script


def forms(term: str) -> list[str]:
    return [form.text for form in expansions(fold(term).text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第12條", "第十二條"),
        ("第12條", "第一二條"),
        ("101号", "一零一号"),
        ("第 12 條", "第十二條"),
        ("第一百一十条", "第一百十條"),
        ("第110条", "第一一〇條"),
        ("民國110年", "2021年"),
        ("民國一百一十年", "二〇二一年"),
        ("民國一一〇年", "2021年"),
        ("民國元年", "1912年"),
        ("民國110年3月15日", "2021年3月15日"),
        ("民國23年", "民國廿三年"),
        ("1934年", "民國廿三年"),
        ("光緒二十六年", "光緒廿六年"),
        ("1894年", "光緒二十年"),
        ("1911年", "宣統三年"),
        ("30歲", "卅歲"),
        ("123,500元", "12萬3,500元"),
        ("42萬3500元", "肆拾贰万叁仟伍佰元"),
        ("1億2,000萬元", "1.2億元"),
        ("五天四夜", "5天4夜"),
        ("200元", "两百元"),
        ("2200元", "两千两百元"),
        ("兩萬", "20000"),
        ("兩萬", "2萬"),
        ("二萬", "2萬"),
        ("20,000", "兩萬"),
        ("二〇二一年", "2021年"),
        ("二零二一年三月十五日", "2021年3月15日"),
        ("二〇二一", "2021"),
        ("刑法第二百三十二条", "刑法第232條"),
        ("民法第12条第3款", "民法第十二條第三款"),
        ("十二", "12"),
        ("三月", "3月"),
        ("1980年代", "一九八〇年代"),
        ("20000元", "两万元"),
        ("1.5亿元", "一亿五千万元"),
        ("第105-1條", "第一百零五條之一"),
        ("3.5倍", "三點五倍"),
        ("37.5度", "三十七點五度"),
        ("第105-1條", "第105條之1"),
        ("第105條之1", "第一百零五條之一"),
        ("三個月", "3個月"),
        ("两个月", "2個月"),
        ("三天", "3天"),
        ("2年", "两年"),
        ("二年", "2年"),
        ("2人", "两人"),
        ("5次", "五次"),
        ("未滿十四歲", "未滿14歲"),
        ("二十四小時", "24小時"),
        ("第二十次全國代表大會", "第20次全國代表大會"),
        ("九十年代", "90年代"),
        ("第四十九条第二款", "第49条第2款"),
        ("5000000", "五百萬"),
        ("七日", "7日"),
        ("1.2億", "1億2千萬"),
        ("1.2億", "1億2000萬"),
        ("一億二千萬元", "12000萬元"),
        ("120,000,000", "1億2千萬"),
        ("1.25億元", "1億2500萬元"),
        ("3萬5千", "三萬五千"),
        ("二十一世紀", "21世紀"),
    ],
)
def test_two_ways_to_write_a_number_find_each_other(one: str, other: str) -> None:
    assert fold(other).text.replace(" ", "") in forms(one)
    assert fold(one).text.replace(" ", "") in forms(other)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("中華民國110年", "2021年"),
        ("民國110年", "110年"),
        ("民國一百一十年度", "110年度"),
        ("民國110年3月", "110年3月"),
        ("民國前一年", "1911年"),
        ("西元2021年", "2021年"),
        ("423,500元", "肆拾贰万参仟伍佰元"),
        ("5000元", "伍仟元"),
        ("伍仟元", "5000元"),
        ("肆拾貳萬參仟", "423000"),
        ("參拾參元", "33元"),
        ("新臺幣參萬元整", "新台币30000元整"),
        ("第廿一条", "第21条"),
        ("０３月", "三月"),
    ],
)
def test_forms_that_are_only_read(term: str, expected: str) -> None:
    assert expected in forms(term)


LEFT_ALONE = (
    "票价nt$500起 us$1.5亿 "
    "百度 千里 万家 百家 一天 1个 三一重工 五一节 十分 千万 万一 一 5 一个 一次 几十年 数百人 七七事变 十字 二三年 三五年 python3 h2o 5G "
    "covid-19 3.14 1.2.3 007 v12 二百五 兩百五 四季 五月天 13812345678 20210315 2021-03-15 商汤科技 第 第条 民国年 民国999年 3一条 一2条 "
    "九份老街 三里屯 六张犁 五台山 九层塔 七里香 人参二两 人参万元 党参亿元 海参仟元"
)


@pytest.mark.parametrize("term", ["", " ", *LEFT_ALONE.split()])
def test_what_may_be_no_number_is_left_alone(term: str) -> None:
    assert forms(term) == []


@pytest.mark.parametrize(
    ("spoken", "number"),
    [
        ("105-1條", "第一百零五條之一"),
        ("一万二", "12000"),
        ("兩萬五", "25000"),
        ("2萬5", "25000"),
        ("三千五", "3500"),
        ("三千五元", "3500元"),
        ("一億五", "1.5億"),
        ("两点五万", "2.5万"),
    ],
)
def test_a_number_as_it_is_said_finds_it_as_it_is_written(spoken: str, number: str) -> None:
    assert fold(number).text in forms(spoken)


@pytest.mark.parametrize("term", ["第三百五条", "三千五年", "一百八十度", "三千五百"])
def test_a_power_is_left_out_only_at_the_end_of_what_is_no_name(term: str) -> None:
    assert not {"3500", "350", "180", "第350条", "3500年"} - {"3500" if term == "三千五百" else ""} & set(forms(term))


def test_digits_one_by_one_are_not_read_as_a_count() -> None:
    assert forms("九一八") == ["918"]


def test_only_money_is_written_so_that_nobody_can_change_it() -> None:
    assert not [form for form in forms("第12條") + forms("500公里") if set(form) & set("壹贰叁伍拾佰")]


def test_a_single_numeral_of_money_is_another_word() -> None:
    """大陸元首 has no 6元, nor has 人參元素 3元."""
    assert forms("6元") == ["六元"]
    assert forms("3元") == ["三元"]


def test_years_of_two_eras_are_not_counted_in_one() -> None:
    assert not [form for form in forms("1894年至1920年") if "光绪" in form or "民国" in form]


def test_a_month_of_the_old_calendar_is_none_of_the_west() -> None:
    assert not [form for form in forms("1894年3月") if "光绪" in form]
    assert not [form for form in forms("光绪二十年三月") if "1894" in form]
    assert "光绪20年" in forms("1894年") and "明治30年5月" in forms("明治三十年五月")
    assert "民国23年3月" in forms("1934年3月") and "1897年5月" in forms("明治三十年五月")


def test_a_duration_is_no_year_of_the_republic() -> None:
    assert not [form for term in ("2000年历史", "1980年代", "2000年前") for form in forms(term) if "民国" in form]


def test_the_likelier_form_comes_first() -> None:
    assert forms("第12條")[0] == "第十二条"
    assert forms("民國110年").index("2021年") < forms("民國110年").index("民国一一零年")


pieces = st.sampled_from([*"第条年月日零一二九十百千万亿两廿元前,.0123589 几a%", "民国", "中华民国", "公元", "\ud800", "²", "٣"])


@settings(max_examples=500)
@given(st.lists(pieces, max_size=14).map("".join) | st.text(max_size=20))
def test_no_text_raises_and_every_form_is_folded_and_other(text: str) -> None:
    term = fold(text).text
    found = expansions(term)
    assert len(found) <= 2 * len(STYLES)
    assert len({form.text for form in found}) == len(found)
    for form in found:
        assert form.text == fold_script(form.text) != term
        assert 0 < form.weight <= 1
    expansions(text)


def test_a_long_text_costs_little() -> None:
    assert len(expansions("第12条，" * 5000)) <= 2 * len(STYLES)


@pytest.mark.parametrize(
    ("name", "spelled", "counted"),
    [
        ("911", "九一一", "九百一十一"),
        ("315", "三一五", "三百一十五"),
        ("737", "七三七", "七百三十七"),
        ("2022", "二〇二二", "二千零二十二"),
    ],
)
def test_digits_alone_are_a_name_before_they_are_counted(name: str, spelled: str, counted: str) -> None:
    """A document about 九百一十一 people answers 911事件 only where little else does."""
    weights = {form.text: form.weight for form in expansions(name)}
    assert weights[fold(spelled).text] >= CERTAIN > weights[fold(counted).text]


@pytest.mark.parametrize("term", ["10", "11", "15"])
def test_a_small_number_alone_does_not_surely_mean_itself_in_han(term: str) -> None:
    """windows 11 is no 十一."""
    assert all(form.weight < CERTAIN for form in expansions(term))


@pytest.mark.parametrize("term", ["500", "20000", "100万"])
def test_a_round_number_alone_is_counted(term: str) -> None:
    assert max(form.weight for form in expansions(term) if not form.text.isascii()) >= CERTAIN


@pytest.mark.parametrize("term", ["第二次世界大战", "二年级", "二月", "二号", "二次函数", "2级", "第2条", "二等奖"])
def test_in_an_order_two_is_not_said_as_in_a_count(term: str) -> None:
    assert not any("两" in text for text in forms(term))


@pytest.mark.parametrize("term", ["123500元", "12萬元", "120000", "1020000元", "220000人"])
def test_two_behind_ten_or_nought_is_not_said_as_in_a_count(term: str) -> None:
    """Nobody says 十两万."""
    assert not any("十两" in text or "零两" in text for text in forms(term))


def test_months_of_the_moon_are_not_those_of_the_west() -> None:
    """Japan counts as the west does since 1873, China since 1912."""
    assert not any("1870" in text for text in forms("明治三年五月")) and "1870年" in forms("明治三年")


def test_noughts_alone_are_no_number() -> None:
    assert forms("00") == []

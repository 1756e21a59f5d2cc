"""Which stretches of a query ask whether, and what is left of a query without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.plans.options import Options
from searcher.plans.planning import plan
from searcher.plans.units import units_of
from searcher.query.parsing import parse
from searcher.vocabulary.asking import asked, asks_how_many, without_asking


@pytest.mark.parametrize(
    ("text", "asking", "left"),
    [
        ("老板能不能开除员工", ["能", "不能"], "老板，能开除员工"),
        ("可不可以退货", ["可不可以"], "，以退货"),
        ("会不会被罚", ["会", "不会"], "，会被罚"),
        ("是不是工伤", ["是不是"], "，是工伤"),
        ("算不算工伤", ["算不算"], "，算工伤"),
        ("违不违法", ["违", "不"], "，违法"),
        ("构成不构成犯罪", ["构成", "不"], "，构成犯罪"),
        ("应该不应该", ["应该", "不", "应该"], "，该"),
        ("有没有效", ["有", "没"], "，有效"),
        ("对不对称", ["对", "不"], "，对称"),
        ("结没结婚", ["结", "没"], "，结婚"),
        ("可唔可以", ["可", "唔", "可以"], "，以"),
        ("边个发明电话", ["边", "个"], "，发明电话"),
        ("边位医生好", ["边", "位"], "，医生好"),
        ("边间餐厅", ["边", "间"], "，餐厅"),
        ("有边啲巴士", ["边", "啲"], "有，巴士"),
        ("坐船定系搭车", ["定", "系"], "坐船，搭车"),
        ("有冇优惠", ["有", "冇"], "，优惠"),
        ("有冇人识唔识", ["有", "识", "唔识"], "，人，识"),
        ("图书馆几点关门", ["几点"], "图书馆，关门"),
        ("几岁可以开车", ["几岁"], "，可以开车"),
        ("星期几休息", ["星期", "几"], "，休息"),
        ("民法典第几条", ["第几条"], "民法典，条"),
        ("入籍需要几年", ["几年"], "入籍需要，"),
        ("要几个工作日", ["几个"], "要，工作日"),
        ("改革的几点思考", [], "改革的几点思考"),
        ("主要几点", [], "主要几点"),
        ("过去几年", [], "过去几年"),
        ("十几岁的人", [], "十几岁的人"),
        ("周几何", [], "周几何"),
        ("稳定系统", [], "稳定系统"),
        ("旁边间房", [], "旁边间房"),
        ("能不能，会不会", ["能", "不能", "会", "不会"], "，能，，会"),
        ("什么时候", ["什么"], "什么时候"),
        ("帮我找有关退休金的规定", ["帮", "我", "找", "有关"], "，退休金的规定"),
        ("我想知道能不能退货", ["我", "想", "知道", "能", "不能"], "，，能退货"),
        ("请帮我查一下押金", ["请", "帮", "我", "查", "一下"], "，押金"),
        ("我要查找资料", ["我", "要", "查找"], "，资料"),
        ("寻找有关资料", [], "寻找有关资料"),
        ("他帮我找工作", [], "他帮我找工作"),
        ("时不时来一次", [], "时不时来一次"),
        ("不能开除", [], "不能开除"),
        ("不是不可以", [], "不是不可以"),
    ],
)
def test_the_words_of_a_query_that_ask_and_what_is_left_of_it(text: str, asking: list[str], left: str) -> None:
    assert [unit.text for unit in units_of(text, {}) if unit.asks] == asking
    assert [unit.text for unit in units_of(text, {}, expand=False) if unit.asks] == asking
    assert without_asking(text) == left


PIECES = [*"能会有可以应该法是动，没不", "能不能", "可不可以", "违不违", "时不时", "帮我找", "边个", "定系", "有冇"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_stretches_ascend_and_what_is_left_is_part_of_the_text(text: str) -> None:
    found = asked(text)
    assert all(one.start < one.again <= one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    left = iter(text)
    assert all(character in left for character in without_asking(text) if character != "，")


def test_a_word_that_asks_says_little_unless_it_names_something_elsewhere() -> None:
    def weight(text: str, name: str) -> float | None:
        request = plan(parse(text), Options()).strict
        assert request is not None
        return next((feature.weight for feature in request.features if feature.name == name), None)

    assert weight("员工能不能辞退", "word 不能") == pytest.approx(0.1)
    assert weight("员工能不能辞退", "pair 不能") is None
    assert weight("能不能说不能辞退", "word 不能") == pytest.approx(1)
    assert weight("不能辞退", "word 不能") == pytest.approx(1)


def test_whoever_asks_whether_asks() -> None:
    assert plan(parse("员工能不能辞退"), Options()).natural
    assert not plan(parse("员工不能辞退"), Options()).natural
    assert plan(parse("幫我找有關退休金的"), Options()).natural


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("几年", True),
        ("几个月", True),
        ("多少天", True),
        ("几点", True),
        ("多少钱", True),
        ("多长时间", True),
        ("近几年", False),
        ("几年前", False),
        ("几何", False),
        ("年", False),
        ("十年", False),
        ("", False),
    ],
)
def test_a_term_that_does_nothing_else_asks_for_a_number(text: str, asks: bool) -> None:
    assert asks_how_many(text) is asks

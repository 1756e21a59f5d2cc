"""Shares of a whole are read as they are written, and what may be something else weighs little."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher import Document
from searcher.quantities.shares import STYLES, expansions, is_share
from searcher.text.folding import fold
from tests.conftest import Indexed


def forms(term: str) -> dict[str, float]:
    return {form.text: form.weight for form in expansions(fold(term).text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("百分之五", "5%"),
        ("百分之五", "５％"),
        ("百分之十二点五", "12.5%"),
        ("百分之百", "100%"),
        ("千分之二", "2‰"),
        ("三分之一", "1/3"),
        ("税率百分之五", "稅率5%"),
        ("三成", "30%"),
        ("3成", "百分之三十"),
        ("八折", "8折"),
        ("七五折", "7.5折"),
        ("七五折", "75折"),
        ("75折", "7.5折"),
        ("打九五折", "打95折"),
        ("全場八折優惠", "全場8折優惠"),
    ],
)
def test_two_ways_to_write_a_share_or_a_discount_find_each_other(one: str, other: str) -> None:
    assert fold(other).text in forms(one)
    assert fold(one).text in forms(other)


@pytest.mark.parametrize("term", "骨折 转折 百折不挠 三折肱 九折臂 二十折 5折叠 一波三折断".split())
def test_what_is_no_discount_is_left_alone(term: str) -> None:
    assert forms(term) == {}


def test_a_form_that_is_only_read() -> None:
    assert {"三分之二", "2/3"} == forms("3分之2").keys()


@pytest.mark.parametrize("term", "12/31 8/21 6/30回歸 8/9號".split())
def test_what_rather_is_a_day_is_no_share(term: str) -> None:
    assert forms(term) == {}


@pytest.mark.parametrize("term", "一成不变 三成员 2021/3/1 a/b 5/3 1/300 百分之 百分点 分之 成 % 5a% tcp/ip 1.2/3".split())
def test_what_may_be_no_share_is_left_alone(term: str) -> None:
    assert forms(term) == {}
    assert not is_share(term)


def test_what_may_be_a_day_or_a_name_weighs_little() -> None:
    assert max(forms("1/3").values()) < 0.5 <= forms("三分之一")["1/3"]
    assert max(forms("三成").values()) < 0.5 <= forms("30%")["三成"]


@given(st.integers(0, 9999), st.integers(0, 9999), st.sampled_from("%‰"))
def test_every_share_is_read_back(whole: int, decimals: int, sign: str) -> None:
    text = f"{whole}.{decimals:04}{sign}" if decimals else f"{whole}{sign}"
    assert is_share(text)
    assert all(text in forms(other) for other in forms(text) if other != "百分之百")


pieces = st.sampled_from([*"百千分之点成零一二三五十%‰/.0135 a", "分之", "\ud800"])


@settings(max_examples=300)
@given(st.lists(pieces, max_size=12).map("".join))
@example("0% 百")
def test_no_text_raises_and_every_form_is_folded_and_other(text: str) -> None:
    term = fold(text).text
    found = expansions(term)
    assert len(found) <= len(STYLES)
    assert all(form.text == fold(form.text).text != term and 0 < form.weight <= 1 for form in found)


def test_a_sign_is_no_matter_of_chance(indexed: Indexed) -> None:
    """百分之五 finds 5%, not any 5; 三分之一 finds 1/3, not 1.3."""
    index = indexed(
        *(
            Document(id=name, title="", text=text)
            for name, text in {"percent": "税率为5%。", "five": "第5条，共5人。", "third": "约1/3的人。", "version": "第1.3版。"}.items()
        )
    )
    assert [hit.id for hit in index.search("百分之五")] == ["percent"]
    assert [hit.id for hit in index.search("三分之一")] == ["third"]
    assert next(hit.id for hit in index.search("5%")) == "percent"

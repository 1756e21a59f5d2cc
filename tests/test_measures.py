"""Measures and amounts of money are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.quantities.measures import expansions, is_measure
from searcher.quantities.numerals import written
from searcher.text.folding import fold
from searcher.vocabulary.regions import as_typed
from tests.conftest import Indexed


def forms(term: str) -> dict[str, float]:
    return {form.text: form.weight for form in expansions(fold(term).text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5km", "5公里"),
        ("5KM", "5千米"),
        ("五公里", "5km"),
        ("3kg", "三公斤"),
        ("3公斤", "3千克"),
        ("10cm", "10公分"),
        ("10厘米", "10公分"),
        ("1.5km", "1.5公里"),
        ("1,000km", "1,000公里"),
        ("100㎡", "100平方公尺"),
        ("100m²", "100平方米"),
        ("60km/h", "時速60公里"),
        ("20℃", "攝氏20度"),
        ("20°C", "二十攝氏度"),
        ("NT$500", "新台幣500元"),
        ("臺幣五百元", "NT$500"),
        ("RMB500", "人民币500元"),
        ("HK$100", "港幣100元"),
        ("100港元", "港币100元"),
        ("US$100", "100美金"),
        ("US$100万", "100万美元"),
        ("200eur", "200欧元"),
        ("№5", "No.5"),
        ("全程5km路跑", "全程5公里路跑"),
    ],
)
def test_a_measure_is_the_same_in_either_way(one: str, other: str) -> None:
    assert forms(one)[fold(other).text] >= 0.8
    back = forms(other)
    assert back[fold(one).text if fold(one).text in back else fold(one.replace(",", "")).text] >= 0.8


@pytest.mark.parametrize(
    ("typed", "other"), [("20度", "20℃"), ("20℃", "20度"), ("NT$500", "500元"), ("500元", "HK$500"), ("¥500", "500元"), ("第5號", "No.5")]
)
def test_what_may_be_something_else_is_doubtful(typed: str, other: str) -> None:
    assert 0.25 <= forms(typed)[fold(other).text] < 0.5


@pytest.mark.parametrize(
    "term",
    [
        "5g",
        "iphone5",
        "a5km",
        "1.2.3km",
        "km",
        "公里",
        "百公里加速",
        "百度",
        "千元",
        "一度",
        "三元",
        "5km2x",
        "sus$5",
        "第20度仰角",
        "罚款500元整",
        "no",
        "b-52",
        "500",
        "¥",
    ],
)
def test_what_is_no_measure_has_no_other_form(term: str) -> None:
    assert not forms(term)


@pytest.mark.parametrize(("typed", "spoken"), [("2km", "两公里"), ("US$2", "两美元"), ("20000公里", None), ("No.2", "第二号")])
def test_two_of_something_is_said_as_people_say_it(typed: str, spoken: str | None) -> None:
    found = forms(typed)
    assert spoken in found if spoken else not any("两" in text for text in found)
    assert "第两号" not in found


@pytest.mark.parametrize(
    ("typed", "all_forms"),
    [
        ("5-10km", {"5-10公里", "5-10千米"}),
        ("5至10公里", {"5至10km", "5至10千米"}),
        ("-5℃", {"-5摄氏度", "-5度"}),
        ("5~10美元", {"5~10usd", "5~10美金"}),
    ],
)
def test_between_two_numbers_and_behind_a_sign_nothing_is_put(typed: str, all_forms: set[str]) -> None:
    """Nobody writes 5-十公里, 5-US$10 or -摄氏5度."""
    assert forms(typed).keys() == all_forms


UNITS = [
    "{}km",
    "{}公里",
    "{}kg",
    "{}公斤",
    "{}°c",
    "摄氏{}度",
    "nt${}",
    "新台币{}元",
    "us${}",
    "{}美元",
    "hk${}",
    "{}港元",
    "{}m2",
    "{}平方米",
]


@given(st.integers(1, 99_999), st.sampled_from(UNITS), st.booleans())
def test_every_way_leads_to_every_other(number: int, unit: str, han: bool) -> None:
    """In digits always; in Han where the way is Han and nobody would write such a number in digits alone."""
    typed = unit.format(written(number) if han and unit[-1] in "里斤度元米" else number)
    found = forms(typed)
    assert typed not in found and is_measure(typed)
    sure = [text for text, weight in found.items() if weight >= 0.9]
    assert sure and all(is_measure(text) for text in sure)
    digits = {text for text in (*sure, unit.format(number)) if str(number) in text}
    for text in sure:
        assert digits - {text} <= {other for other, weight in forms(text).items() if weight >= 0.9}


@given(st.text(alphabet="0123456789.,$¥°ckmgnt元公里斤度美金港币新台摄氏五十百万第号no ", max_size=12))
def test_no_form_counts_more_than_what_was_typed_and_none_is_a_bare_number(term: str) -> None:
    folded = fold(term).text
    for form in expansions(folded):
        assert 0 < form.weight < 1 and form.text != folded
        assert not form.text.replace(",", "").replace(".", "").isdigit()


@pytest.fixture(scope="module")
def index(shared_index: Indexed) -> Index:
    texts = {
        "km": "全程5km，往返。",
        "gongli": "走了五公里。",
        "celsius": "气温20℃。",
        "sheshi": "加熱至攝氏20度。",
        "apart": "20 个人在 C 楼。",
        "usd": "售价 US$100。",
        "meijin": "一共100美金。",
        "us": "100 名 US 士兵。",
    }
    return shared_index(*(Document(id=id, title="", text=text) for id, text in texts.items()))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("5公里", {"km", "gongli"}),
        ("5km", {"km", "gongli"}),
        ("5 km", {"km", "gongli"}),
        ("20℃", {"celsius", "sheshi"}),
        ("攝氏二十度", {"celsius", "sheshi"}),
        ("100美元", {"usd", "meijin"}),
        ("US$100", {"usd", "meijin"}),
    ],
)
def test_it_is_found_in_either_way_and_not_in_pieces(index: Index, query: str, found: set[str]) -> None:
    """20 and C here and there are no 20℃; the forms are told, and quotes and an option switch them off."""
    results = index.search(query)
    assert {hit.id for hit in results if not hit.missing} == found
    assert results.expansions
    assert len(index.search(query, expand=False, strict=True)) <= len(found)
    assert {hit.id for hit in index.search(f"“{query}”")} < found


def test_a_space_behind_the_sign_of_dollars_is_none(index: Index) -> None:
    assert {hit.id for hit in index.search("US$ 100")[:2]} == {"usd", "meijin"}


@pytest.mark.parametrize(("query", "other"), [("旋转20度", None), ("票价100元", None), ("20度", "20°c"), ("气温20℃", "摄氏20度")])
def test_what_may_be_something_else_is_that_beside_other_words(index: Index, query: str, other: str | None) -> None:
    """An angle is no temperature."""
    told = {expansion.target for expansion in index.search(query).expansions}
    assert (other in told) if other else not told


def test_a_sign_that_the_index_does_not_keep_is_not_looked_for(indexed: Indexed) -> None:
    made = indexed(Document(id="rmb", title="", text="人民币500元。"), Document(id="other", title="", text="500 人。"))
    assert [hit.id for hit in made.search("RMB500", strict=True)] == ["rmb"]


@pytest.mark.parametrize(
    ("folded", "shown"), [("超过三十公里", "超過三十公里"), ("90分钟", "90分鐘"), ("12点钟", "12點鐘"), ("那里", "那裡"), ("5km", "5km")]
)
def test_a_unit_is_shown_as_it_is_written_in_the_script_of_the_query(folded: str, shown: str) -> None:
    """公里 is no 公裡, nor a minute 分鍾."""
    assert as_typed(folded, "臺灣") == shown
    assert as_typed(folded, "台湾") == folded


@pytest.mark.parametrize(("query", "held"), [("第12条", "第12条"), ("1月15日", "1月15日"), ("合同1月15日", "1月15日的合同")])
def test_a_number_stands_as_a_whole_also_where_its_other_forms_are_not_wanted(indexed: Indexed, query: str, held: str) -> None:
    index = indexed(
        Document(id="held", title="", text=held),
        Document(id="apart", title="", text="合同第3条有12个条件，1月到3月，每月15日，12日，1条"),
    )
    assert [hit.id for hit in index.search(query, expand=False, strict=True)] == ["held"]

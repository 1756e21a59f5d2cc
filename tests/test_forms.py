"""Which other forms of a query are looked for, and how a query is cut into what they replace."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import Document
from searcher.plans import forms
from searcher.plans.ranking import CERTAIN
from searcher.plans.units import units_of
from searcher.plans.words import outer_words
from searcher.text.folding import fold
from tests.conftest import Indexed


def units(text: str, *, expand: bool = True) -> list[str]:
    return [unit.text for unit in units_of(fold(text).text, {}, expand=expand)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("內建函式", ["内建", "函式"]),
        ("軟體工程", ["软体", "工程"]),
        ("人工智慧晶片", ["人工智慧", "晶片"]),
        ("第12條", ["第12条"]),
        ("商汤科技", ["商汤", "科技"]),
        ("三元桥站在什么地方", ["三元", "桥", "站", "在", "什么", "地方"]),
    ],
)
def test_a_unit_is_a_word_or_what_another_region_calls_by_one(text: str, expected: list[str]) -> None:
    assert units(text) == expected


def test_without_expansion_units_are_words() -> None:
    assert units("內建函式", expand=False) == list(outer_words(fold("內建函式").text))
    assert all(not unit.forms for unit in units_of(fold("軟體工程").text, {}, expand=False))


def test_words_of_a_unit_of_several_keep_their_own_forms() -> None:
    (unit,) = units_of(fold("開放原始碼").text, {})
    assert "开源" in {form.text for form in unit.forms}
    found = {part.text: {form.text for form in part.sure(0.5)} for part in unit.inner()}
    assert "源代码" in found["原始码"]
    assert found["开放"] == set()


def near(text: str) -> set[str]:
    return {form.text for unit in units_of(fold(text).text, {}) for form in unit.near}


@pytest.mark.parametrize("word", ["保險套", "二元樹", "智慧財產權", "假扣押", "托兒所", "立法院", "留置權"])
def test_a_word_that_has_other_forms_is_not_called_as_the_words_in_it_are(word: str) -> None:
    wrong = {"保险合同", "林木", "家底", "非法扣押", "欺诈", "人民法院", "监察"}
    assert any(near(inner) & wrong for inner in outer_words("保险 树 家产 扣押 托儿 法院 留置".replace(" ", "，")))
    assert not near(word) & wrong


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("押金", {"保证金"}),
        ("資遣", {"終止勞動契約"}),
        ("抄襲", {"侵犯著作權"}),
        ("簽約", {"簽訂"}),
        ("離婚", {"解除婚姻關係"}),
        ("允許", {"准許"}),
    ],
)
def test_what_offices_say_is_told_in_the_script_that_was_typed(typed: str, told: set[str]) -> None:
    (unit,) = units_of(fold(typed).text, {})
    assert told <= {form.expansion(typed, fold(typed)).target for form in unit.near}


def test_a_compound_of_which_nothing_is_known_is_called_as_the_words_in_it_are() -> None:
    assert "延长工作时间" in near("加班制度")
    assert "保险合同" in near("保險業務員")


def test_a_comma_does_not_part_a_number() -> None:
    assert [unit.text for unit in units_of("赔偿123,500元", {})] == ["赔偿", "123,500元"]
    assert [unit.text for unit in units_of("甲1,2乙,丙", {})][1:3] == ["1", "2"]


def test_a_number_has_no_parts() -> None:
    assert all(not unit.parts for unit in units_of("第十二条第三款", {}))


@pytest.mark.parametrize("number", ["第339條之4", "第339條之四", "第三百三十九條之四", "第339-4條"])
def test_an_article_that_was_put_in_later_is_one_unit(number: str) -> None:
    _, unit = units_of(f"刑法{fold(number).text}", {})
    assert unit.text == fold(number).text and unit.is_number
    assert {"第三百三十九条之四", "第339条之4"} & {form.text for form in unit.forms}


def test_a_users_synonym_may_span_words() -> None:
    found = {unit.text: [form.text for form in unit.forms] for unit in units_of("商汤科技融资", {"商汤科技": ("sensetime",)})}
    assert found["商汤科技"] == ["sensetime"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("輸入和輸出", {"输入与输出", "输入及输出"}),
        ("陣列及物件", {"阵列和物件", "数组和对象", "数组与对象", "数组及对象"}),
        ("战争与和平", {"战争和和平", "战争及和平"}),
        ("和平", set()),
        ("與時俱進", set()),
        ("輸入，和輸出", set()),
    ],
)
def test_what_joins_two_words_may_be_another_word_that_joins(text: str, other: set[str]) -> None:
    found = {form.text for form in forms.of_term(fold(text).text, {})}
    assert found >= other
    assert other or not any(joining in form for form in found for joining in forms.JOINING)


def test_a_title_is_found_whatever_joins_its_words(indexed: Indexed) -> None:
    index = indexed(
        Document(id="told", title="教程", text="先读输入和输出，再读输入和输出。"), Document(id="titled", title="输入与输出", text="本章。")
    )
    results = index.search("輸入和輸出")
    assert [hit.id for hit in results] == ["titled", "told"]
    assert results.complete == 2
    assert [hit.id for hit in index.search('"輸入和輸出"')] == ["told"]
    assert [hit.id for hit in index.search("輸入和輸出", expand=False, strict=True)] == ["told"]


PIECES = "軟體 人工 智慧 人工智慧 晶片 輸入 和 与 伺服器 端 计程车 第12條 布拉德 ·皮特 商汤 科技 的 ， ai".split()


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_where_no_unit_has_other_forms_no_word_of_a_term_is_replaced(pieces: list[str]) -> None:
    text = fold("".join(pieces)).text
    known = any(unit.forms or unit.parts for unit in units_of(text, {}))
    assert forms.of_term(text, {}, replaced=known) == forms.of_term(text, {})


@settings(max_examples=60)
@given(st.text("商汤科技第十二12条軟體內建函式人工智慧，。 ab\n", max_size=30))
def test_units_follow_one_another_and_hold_every_word(text: str) -> None:
    folded = fold(text).text
    found = list(units_of(folded, {}))
    place = 0
    for unit in found:
        place = folded.index(unit.text, place) + len(unit.text)
        assert all(word in unit.text for word in unit.words)
    assert "".join(word for unit in found for word in outer_words(unit.text)) == "".join(outer_words(folded))
    assert all(form.text != unit.text and 0 < form.weight <= 1 for unit in found for form in unit.forms)
    assert all("".join(part.text for part in unit.parts) in (unit.text, "") for unit in found)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("第24條", "第二十四條"),
        ("第24条", "第二十四条"),
        ("3個月", "三個月"),
        ("兩萬", "20000"),
        ("半年內", "6個月內"),
        ("第３条", "第三条"),
        ("沖涼四分鐘半個鐘", "沖涼4分鐘半個鐘"),
        ("簽約30個月", "簽約三十個月"),
        ("皇后的三個女兒", "皇后的3個女兒"),
    ],
)
def test_of_a_number_written_otherwise_what_stays_is_shown_as_it_was_typed(typed: str, shown: str) -> None:
    folded = fold(typed)
    assert shown in {form.expansion(typed, folded).target for form in forms.of_term(folded.text, {})}


@pytest.mark.parametrize("dot", ["·", "‧", "•", "・"])
def test_a_foreign_name_is_one_unit_with_whatever_dot(dot: str) -> None:
    (unit,) = units_of(f"布拉德{dot}皮特", {})
    assert {"布莱德·彼特", "布莱德彼特"} <= {form.text for form in unit.forms}
    assert [part.text for part in unit.parts] == ["布拉德", "皮", "特"]


def test_a_foreign_name_is_found_as_other_regions_write_it(indexed: Indexed) -> None:
    names = ("布萊德·彼特", "布萊德‧彼特", "布萊德彼特")
    index = indexed(*(Document(id=name, title="", text=f"{name}主演的第{number}部電影。") for number, name in enumerate(names)))
    index.add([Document(id="other", title="", text="彼特和布萊德。")])
    results = index.search("布拉德·皮特")
    assert {hit.id for hit in results} == set(names)
    assert results.complete == 3


@pytest.mark.parametrize(
    ("word", "elsewhere"), [("指令", "命令"), ("数字", "数位"), ("项目", "条目"), ("记录", "纪录"), ("体检", "身体检查")]
)
def test_words_in_english_do_not_take_the_place_of_what_other_regions_say(word: str, elsewhere: str) -> None:
    """指令 is command, commands, directive, directives, instruction and instructions."""
    found = forms.of_word(word, {})
    assert elsewhere in {form.text for form in found}
    assert len(found) <= forms.MOST_FORMS
    assert [form.weight for form in found] == sorted((form.weight for form in found), reverse=True)


@pytest.mark.parametrize(("text", "character"), [("反卷", "卷"), ("卷王", "卷"), ("养云", "云")])
def test_a_character_that_is_a_piece_of_an_unknown_word_has_no_doubtful_form(text: str, character: str) -> None:
    """卷 is a volume of a disk, and 反卷 has none."""
    assert forms.of_word(character, {})
    assert not any(form.weight < CERTAIN for unit in units_of(text, {}) for form in unit.forms if unit.text == character)


@pytest.mark.parametrize(("text", "character"), [("栈和队列", "栈"), ("学习宏", "宏"), ("宏的录制", "宏"), ("逻辑行", "行"), ("卷", "卷")])
def test_a_word_of_one_character_keeps_its_forms_beside_others(text: str, character: str) -> None:
    (unit,) = (unit for unit in units_of(text, {}) if unit.text == character)
    assert unit.forms == forms.of_word(character, {})


@pytest.mark.parametrize("text", ["瑪絲洛娃", "反卷"])
def test_a_piece_of_an_unknown_word_is_near_nothing(text: str) -> None:
    """No 娃 of a foreign name is a child, as laws call one."""
    assert not any(unit.near for unit in units_of(fold(text).text, {}))


@pytest.mark.parametrize(("text", "wrong"), [("回收保特瓶", "博尔特"), ("膝頭哥痛", "膝盖哥"), ("好食材", "好吃材")])
def test_a_longer_word_is_not_called_by_a_shorter_one_in_it(text: str, wrong: str) -> None:
    folded = fold(text).text
    found = [*forms.of_term(folded, {}), *(form for unit in units_of(folded, {}) for form in unit.forms)]
    assert not [form for form in found if wrong in form.text and form.weight >= CERTAIN]


def test_involution_is_one_word_and_no_volume() -> None:
    assert units("内卷") == ["内卷"]
    assert "磁碟区" not in {form.text for unit in units_of("内卷", {}) for form in unit.forms}

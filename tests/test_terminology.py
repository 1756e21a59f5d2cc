"""Everyday and formal words, English and Chinese terms: the tables are sound, and what they give only moves the order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from opencc import OpenCC

from searcher import Document, Index, messages
from searcher.plans import forms
from searcher.plans.ranking import CERTAIN
from searcher.plans.units import LONGEST_NEAR, units_of
from searcher.tables.making.opencc_lists import opencc_list
from searcher.tables.making.terms import BY_HAND, DOUBTFUL, by_hand, term_rows
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold_script
from searcher.text.lookup import TABLES
from searcher.text.segmentation import words
from searcher.text.usual import is_short_run
from searcher.vocabulary.terminology import PLURALS, REGISTER, SURE, TRANSLATION, WEIGHTS, expansions
from tests.conftest import Indexed
from tests.table import rows_of

KINDS = (REGISTER, TRANSLATION)


def rows(kind: str) -> list[list[str]]:
    """The rows of a table without marks of doubt."""
    return [[text.removesuffix(DOUBTFUL) for text in row] for row in by_hand(kind)]


def is_several(word: str) -> bool:
    return " " in word or "-" in word


SEVERAL = {word: names for word, *names in by_hand(TRANSLATION) if is_several(word)}
"""English terms of several words, and their names as the table has them."""

SAME = {word: [name for name in names if not name.endswith(DOUBTFUL)] for word, names in SEVERAL.items()}
"""And those that surely mean the same."""


def test_the_table_that_is_looked_up_is_what_its_generator_gives() -> None:
    lines = (TABLES / "terms.tsv").read_text("utf-8").split("\n")[1:-1]
    assert [tuple(line.split("\t")) for line in lines] == term_rows()


def test_the_notice_says_whose_the_tables_are() -> None:
    notice = (TABLES / "NOTICE").read_text("utf-8")
    assert all(name in notice for name in (*BY_HAND.values(), "terms.tsv"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_a_table_is_sound(kind: str) -> None:
    for word, *others in rows(kind):
        folded = [fold_script(other) for other in others]
        assert others and all(text == text.strip() != "" for text in (word, *others)), word
        assert fold_script(word) not in folded, word
        assert len(set(folded)) == len(folded), word


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_mixes_the_scripts(kind: str) -> None:
    """What has a character that the mainland simplified has none that Taiwan and Hong Kong never write."""
    written, simplify = OpenCC("s2tw").convert, OpenCC("t2s").convert
    never = {one for one, full in opencc_list("STCharacters") if one not in full and written(one) != one}
    names = [name for _, *names in rows(kind) for name in names]
    assert [name for name in names if simplify(name) != name and never & set(name)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_of_a_table_are_sorted_and_none_is_doubled(kind: str) -> None:
    sources = [fold_script(word) for word, *_ in rows(kind)]
    assert sources == sorted(set(sources))


@pytest.mark.parametrize("kind", KINDS)
def test_no_pair_of_a_table_stands_both_ways(kind: str) -> None:
    pairs = {(fold_script(word), fold_script(other)) for word, *others in rows(kind) for other in others}
    assert not {(other, word) for word, other in pairs} & pairs


def test_everyday_words_are_words_that_a_query_is_cut_into() -> None:
    folded = [fold_script(word) for word, *_ in rows(REGISTER)]
    assert [word for word in folded if words(word)[-1:] != [word] and len(word) != LONGEST_NEAR] == []


def test_english_terms_are_words_that_a_query_is_cut_into() -> None:
    terms = [(word, others) for word, *others in rows(TRANSLATION)]
    assert [
        word for word, _ in terms if not word.isascii() or [unit.text for unit in units_of(fold_script(word), {})] != [fold_script(word)]
    ] == []
    assert [word for word, others in terms if not is_several(word) and any(map(str.isascii, others))] == []
    acronyms = {other for word, others in terms for other in others if is_several(word) and other.isascii()}
    assert [name for name in sorted(acronyms) if not name.isalnum() or name.islower() or len(name) > 5] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_forms_of_a_word_answer_nothing_by_themselves(kind: str) -> None:
    assert 0 < WEIGHTS[kind, "back"] <= WEIGHTS[kind, "forth"] < CERTAIN


def test_the_name_of_a_term_of_several_words_answers_by_itself_unless_it_is_doubtful() -> None:
    assert SURE >= CERTAIN > WEIGHTS[TRANSLATION, "forth"]
    for word, same in SAME.items():
        assert {form.shown for form in expansions(fold_script(word), TRANSLATION) if form.weight >= SURE} == set(same)


def test_no_mark_of_doubt_stands_where_all_is_doubtful() -> None:
    assert not any(text.endswith(DOUBTFUL) for kind in KINDS for word, *others in by_hand(kind) for text in others if not is_several(word))


def test_a_name_that_answers_by_itself_is_no_piece_of_other_words() -> None:
    """A single character is in all that holds it; two that are no word are looked for as a run: 港大 in 香港大学."""
    short = {fold_script(name) for names in SAME.values() for name in names if is_short_run(fold_script(name)) and len(name) < 3}
    assert [name for name in sorted(short) if len(name) < 2 or not default_dictionary().frequency(name)] == []


def test_a_plural_is_called_what_its_singular_is() -> None:
    for word, names in SEVERAL.items():
        for end, singular in PLURALS:
            one = word.removesuffix(end) + singular
            assert not word.endswith(end) or SEVERAL.get(one, names) == names


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_read_forth_and_back(kind: str) -> None:
    for word, *others in rows(kind):
        same = SAME.get(word, ()) if kind == TRANSLATION else ()
        found = {(form.shown, form.weight) for form in expansions(fold_script(word), kind)}
        assert found >= {(other, WEIGHTS[kind, "same" if other in same else "forth"]) for other in others}
        for other in others:
            found = {(form.shown, form.weight) for form in expansions(fold_script(other), kind)}
            assert (word, WEIGHTS[kind, "same" if other in same else "back"]) in found


def test_no_word_has_more_forms_than_a_reader_takes_in() -> None:
    sources = {fold_script(text) for kind in KINDS for row in rows(kind) for text in row}
    for unit in (unit for source in sources for unit in units_of(source, {})):
        assert len(unit.forms) <= forms.MOST_FORMS
        assert max(Counter(form.source for form in unit.near).values(), default=0) <= forms.MOST_FORMS


@pytest.mark.parametrize(
    ("typed", "meant"),
    rows_of(
        "老板/用人单位 房东/出租人 小偷/盗窃 坐牢/有期徒刑 开除/解除劳动合同 酒驾/醉酒驾驶 老公/配偶 双倍/二倍 探视权/探望权 "
        "callback/回呼 線程/thread 執行緒/thread argument/引數 令牌/token 打猎/狩猎 radio/收音机 garbage/垃圾 bus/公車 stroke/中风 "
        "library/图书馆 insulin/胰岛素 光達/LiDAR potato/马铃薯"
    ),
)
def test_well_known_words_are_found(typed: str, meant: str) -> None:
    found = [form for unit in units_of(fold_script(typed), {}) for form in (*unit.forms, *unit.near)]
    assert meant in {form.shown for form in found}


@pytest.mark.parametrize(
    ("typed", "other"),
    rows_of("挂号/诊疗 利息/利率 狗/动物 超生/计划生育 跟踪/骚扰 打麻将/赌博 trash/資源回收筒"),
)
def test_a_part_a_cause_an_opposite_or_a_wider_thing_is_no_other_name(typed: str, other: str) -> None:
    assert not {fold_script(other)} & {form.target for kind in KINDS for form in expansions(fold_script(typed), kind)}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = Index.create(tmp_path / "index")
    index.add(
        Document(id=id, title=title, text=text)
        for id, title, text in (
            ("pay", "工资支付", "用人单位应当按月支付劳动报酬。"),
            ("boss", "老板的故事", "老板请客。"),
            ("weather", "天气", "今天天气很好。"),
            ("argument", "Argument", "函式接受這些。"),
            ("other", "參數說明", "各個參數。"),
        )
    )
    return index


@pytest.mark.parametrize(("query", "kind", "target"), [("老板拖欠工资", "register", "用人单位"), ("參數", "translation", "argument")])
def test_what_was_looked_for_besides_is_told_and_can_be_switched_off(index: Index, query: str, kind: str, target: str) -> None:
    told = {(expansion.kind, expansion.target) for expansion in index.search(query).expansions}
    assert (kind, target) in told
    for options in ({"expand": False}, {"exact_script": True}):
        assert not index.search(query, **options).expansions
    assert not index.search(f'"{query}"').expansions


def test_a_formal_word_scores_where_something_that_was_asked_stands(index: Index) -> None:
    plain, expanded = ({hit.id: hit.score for hit in index.search("老板 工资", expand=expand).hits} for expand in (False, True))
    assert plain.keys() == expanded.keys() == {"pay", "boss"}
    assert expanded["pay"] > plain["pay"]


@pytest.mark.parametrize("query", ["老板", "argument 天气", "雇主"])
def test_a_document_with_nothing_that_was_asked_is_no_hit(index: Index, query: str) -> None:
    plain, expanded = ({hit.id for hit in index.search(query, expand=expand).hits} for expand in (False, True))
    assert expanded == plain


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_form_is_said_in_every_language(kind: str) -> None:
    assert len({messages.speaker(language)(f"why.{kind}") for language in ("en", "zh-Hans", "zh-Hant")}) == 3


def test_a_plural_is_not_told_beside_its_singular(indexed: Indexed) -> None:
    index = indexed(
        Document(id="both", title="", text="One package, two packages, many classes."), Document(id="here", title="", text="套件与类")
    )
    told = [form.target for form in index.search("套件").expansions]
    assert told == [form.target for form in index.why("套件").expansions]
    assert "package" in told and "packages" not in told
    assert "classes" in [form.target for form in index.search("类").expansions]


def test_what_is_a_form_already_is_not_told_once_more_as_a_formal_word() -> None:
    (unit,) = units_of(fold_script("斑马线"), {})
    assert "人行横道" in {form.text for form in unit.forms}
    assert "人行横道" in {form.target for form in expansions("斑马线", REGISTER)}
    assert "人行横道" not in {form.text for form in unit.near}

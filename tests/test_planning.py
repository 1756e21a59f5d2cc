"""What is asked of the engine for a query: what a document must have, what may be missing, what is scored."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from searcher import Document, Index
from searcher.engine import Node, Prefix, Request, Run, Telling, Term
from searcher.plans import forms
from searcher.plans.ideas import MOST_IDEAS
from searcher.plans.leaves import WIDEST
from searcher.plans.options import Options
from searcher.plans.planning import Plan, plan
from searcher.plans.ranking import QUESTION_WORDS, Weights
from searcher.plans.terms import MOST_EVIDENCE
from searcher.plans.understanding import LONGEST_READ, MOST_UNITS
from searcher.plans.words import outer_words
from searcher.query.parsing import parse
from searcher.text.folding import fold
from tests.conftest import Indexed


def planned(text: str, options: Options | None = None) -> Plan:
    return plan(parse(text), options or Options())


def strict(text: str) -> Request:
    request = planned(text).strict
    assert request is not None
    return request


def relaxed(text: str) -> Request:
    request = planned(text).relaxed
    assert request is not None
    return request


def nodes(node: Node) -> list[Node]:
    """A node and all below it."""
    children = getattr(node, "children", ())
    return [node, *(below for child in children for below in nodes(child))]


def names(text: str) -> list[str]:
    return [feature.name for feature in strict(text).features]


@pytest.mark.parametrize("text", ["", "？！", '""', "   "])
def test_nothing_is_asked_for_nothing(text: str) -> None:
    assert planned(text) == Plan()


@pytest.mark.parametrize("text", ["商汤", '"商汤科技"', "软件 AND 工程", "title:软件", "-商汤 NOT 科技"])
def test_what_leaves_no_choice_is_not_relaxed(text: str) -> None:
    assert planned(text).relaxed is None


def test_strict_and_exact_searches_are_never_relaxed() -> None:
    assert planned("人工智能 芯片 融资", Options(strict=True)).relaxed is None
    assert planned("人工智能 芯片 融资", Options(exact_script=True)).relaxed is None
    assert planned("人工智能 芯片 融资").relaxed is not None


def test_no_name_is_relaxed_to_single_characters() -> None:
    for text in ("汤晓鸥", "魏玩的字是什么？"):
        choices = [node for node in nodes(relaxed(text).match) if isinstance(node, Telling)]
        assert choices
        assert all(len(leaf.text) > 1 for choice in choices for leaf in choice.children if isinstance(leaf, Term | Prefix))


def test_several_terms_that_a_space_sets_apart_come_first_with_all_of_them() -> None:
    assert relaxed("劳动合同 解除").tiers == (strict("劳动合同 解除").match,)
    assert relaxed("产假 98天").tiers == (strict("产假 98天").match,)
    assert relaxed("CSS 布局").tiers == relaxed("教程 8").tiers == ()


def test_one_run_of_several_words_comes_first_literally() -> None:
    term = planned("深度学习技术").terms[0]
    assert term.across is not None, "it may stand with other signs in it, behind what has it as typed"
    assert strict("深度学习技术").tiers == (term.literal, term.across)
    assert all(planned(query).terms[0].across for query in ("深度学习 技术", "人工智能")), "so may one of several, and a word"
    assert not any(planned(query).terms[0].across for query in ("什么是深度学习", "软件"))
    assert strict("软件").tiers == ()


def test_every_word_that_asks_is_one_word_as_queries_are_cut() -> None:
    assert all(fold(word).text == word and outer_words(word) == (word,) for word in QUESTION_WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "公司不發工資點解冇人理",
        "拖欠工资咋办",
        "邊度可以換領駕駛執照",
        "何謂附加元件",
        "房租几时涨",
        "搬屋幾耐之前要通知",
        "公司幾多點開門",
        "電腦壞咗點算",
        "租房还是买房",
    ],
)
def test_whoever_asks_in_whichever_words_is_no_list_of_terms(text: str) -> None:
    assert planned(text).natural
    asking = {feature.name: feature.weight for feature in strict(text).features if feature.name.removeprefix("word ") in QUESTION_WORDS}
    assert asking
    assert max(asking.values()) < 0.2


@pytest.mark.parametrize(
    ("text", "natural"), [("什么软件？", False), ("软件是什么？", True), ("软件是什么", True), ("软件 网络 技术", False)]
)
def test_two_words_are_no_sentence_though_one_of_them_asks(text: str, natural: bool) -> None:
    assert planned(text).natural is natural


def test_parentheses_without_operators_are_punctuation() -> None:
    (choice,) = [node for node in nodes(relaxed("函式物件 (Function Objects)").match) if isinstance(node, Telling)]
    texts = {below.text for child in choice.children for below in nodes(child) if isinstance(below, Term)}
    assert {"函数", "物件", "function", "objects"} <= texts
    assert relaxed("函式物件 (Function AND Objects)") != relaxed("函式物件 (Function Objects)")


def test_forms_stand_for_the_pairs_of_what_they_replace() -> None:
    pair = next(feature for feature in strict("內建函式").features if feature.name == "pair 函式")
    assert "函数" in {getattr(alternative.leaf, "text", "") for alternative in pair.alternatives}


def test_a_word_in_a_unit_of_several_is_found_and_scored_by_its_own_form() -> None:
    """伺服器端 is 服务端 elsewhere; that does not take 服务器 from 伺服器."""
    (word,) = (feature for feature in strict("伺服器端").features if feature.name == "word 伺服器")
    assert {getattr(alternative.leaf, "text", ""): alternative.weight for alternative in word.alternatives}["服务器"] < 0.5
    (choice,) = (node for node in nodes(relaxed("伺服器端 渲染").match) if isinstance(node, Telling))
    assert {"服务端", "服务器"} <= {leaf.text for child in choice.children for leaf in nodes(child) if isinstance(leaf, Term)}
    assert ("伺服器", "服务器") in {(found.source, found.target) for found in planned("伺服器端").expansions}


@pytest.mark.parametrize(
    ("number", "scored"),
    [("第一百八十四條", {"第一百八十四条"}), ("第184條", {"第184条"}), ("2021年", {"2021年", "2021"}), ("一百二十萬元", {"一百二十万元"})],
)
def test_the_parts_of_a_number_mean_nothing_by_themselves(number: str, scored: set[str]) -> None:
    found = planned(number)
    assert {feature.name.removeprefix("word ") for feature in strict(number).features if feature.name.startswith("word ")} == scored
    assert [word[0] for word in found.terms[0].words] == [fold(number).text]


def test_a_pair_weighs_less_in_a_sentence() -> None:
    def weight(text: str) -> float:
        return next(feature.weight for feature in strict(text).features if feature.name == "pair 软件")

    assert weight("软件的质量是由什么来保证的呢？") == pytest.approx(weight("软件质量") / 2)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("版本控制是一種記錄檔案內容變化的系統，以便將來查閱特定版本。", True),
        ("版本控制是一種記錄檔案內容變化的系統", False),
        ("版本控制是什么，可以用来记录文件内容的变化吗？", False),
        ("版本，系統。", False),
    ],
)
def test_of_a_long_statement_it_counts_how_much_stands_together(text: str, states: bool) -> None:
    nearness = strict(text).nearness
    assert nearness is not None
    assert (nearness.even > 0) == (nearness.weight > 1) == states
    pair = next(feature.weight for feature in strict(text).features if feature.name.startswith("pair "))
    assert (pair < Weights().gram * Weights().natural_gram) == states


def test_every_idea_is_scored_once_in_text_and_title() -> None:
    assert {"word 软件", "title 软件", "pair 软件"} <= set(names("软件"))
    assert names("软件 软件 软件").count("word 软件") == 1


def test_however_long_a_pasted_text_is_no_more_is_planned() -> None:
    passage = "".join(chr(0x4E00 + 37 * number % 20_000) + "的软件工程与法律责任，" for number in range(900))
    planned_once = planned(passage)
    assert planned_once.strict is not None and planned_once.relaxed is not None
    assert len(planned_once.terms[0].words) <= MOST_UNITS
    assert len(planned_once.strict.features) <= 2 * MOST_IDEAS
    assert planned_once.expansions == ()
    assert names(passage) == names(passage[:LONGEST_READ] + "，" + "另外" * 10_000)


def test_a_pasted_text_without_words_is_not_replaced_as_a_whole() -> None:
    """No units are left of it, as of a name; to look for other forms of all of it took minutes for 30,000 characters."""
    passage = "".join(chr(0x4E00 + 7919 * number % 20_000) for number in range(3_000))
    with patch.object(forms, "of_term", side_effect=AssertionError):
        assert planned(passage).terms[0].runs == (passage,)


def test_of_a_pasted_text_the_rarest_units_are_looked_for_in_their_order() -> None:
    passage = "".join(f"我们看见{word}，" for word in ["社会主义", "软件", "滑鼠", "银行"] * 60)
    assert [words[0] for words in planned(passage).terms[0].words if len(words[0]) > 2] == ["社会主义"]
    assert {"滑鼠", "软件", "银行"} <= {words[0] for words in planned(passage).terms[0].words}


def test_a_pasted_passage_asks_for_its_rarest_words_only() -> None:
    passage = "".join(chr(0x4E00 + 37 * number) + "的法律责任，" for number in range(300))
    assert len(strict(passage).features) <= 2 * MOST_IDEAS
    characters = " ".join(chr(0x4E00 + 37 * number) for number in range(3 * MOST_EVIDENCE))
    for text in (passage, characters):
        assert all(len(node.children) <= MOST_EVIDENCE for node in nodes(relaxed(text).match) if isinstance(node, Telling))


@pytest.mark.parametrize(
    ("text", "slop"), [('"a b"~9999', 9999), ('"a b a"~100', 100), ('"a b a"~9999', WIDEST // 3), (f'"{"a " * 2 * WIDEST}"~9', 1)]
)
def test_equal_words_may_not_stand_as_far_apart_as_others(text: str, slop: int) -> None:
    assert [node.slop for node in nodes(strict(text).match) if isinstance(node, Run)] == [slop]


@pytest.fixture(scope="module")
def statutes(shared_index: Indexed) -> Index:
    return shared_index(
        Document(id="title", title="旅游法", text="第四十九条 旅行社为旅游者提供服务。"),
        Document(id="text", title="其他", text="旅游法是一部法律，旅游法第四十九条。"),
        Document(id="server", title="伺服器", text="伺服器是提供服務的電腦。"),
        Document(id="service", title="服務", text="服務，服務，服务。"),
        Document(id="wei", title="魏玩", text="魏玩，字玉汝，北宋女词人。"),
        Document(id="filler", title="天气", text="今天天气很好，不能出门。"),
    )


def ids(index: Index, query: str, *, strict: bool = False) -> list[str]:
    return [hit.id for hit in index.search(query, strict=strict)]


@pytest.mark.parametrize("query", ["10%", "１０％", "百分之十", "“10%”", "10%的"])
def test_a_share_is_no_mere_number(indexed: Indexed, query: str) -> None:
    """Grams do not hold its sign."""
    texts = {"share": "增长10%的企业", "other": "百分之十的企业", "article": "第10条 10 的企业", "thousandth": "增长10‰的企业"}
    index = indexed(*(Document(id=name, title="", text=text) for name, text in texts.items()))
    assert set(ids(index, query, strict=True)) == ({"share"} if query.startswith("“") else {"share", "other"})


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("房东不退押金怎么办", "房东不退押金怎么办"),
        ("房东不退押金合法？", "房东不退押金合法"),
        ("房東 押金", "房东押金"),
        ("押金 收据 title:房东", "押金收据"),
        ("押金", ""),
        ("房东不退押金", ""),
        ("房东不退押金，也不写收据，房客没有办法。", ""),
        ('"房东不退押金怎么办"', ""),
        ("Python 教程", ""),
        ("吗？", ""),
    ],
)
def test_single_characters_count_where_the_query_asks_or_lists(text: str, asked: str) -> None:
    request = strict(text)
    characters = () if request.characters is None else request.characters.characters
    assert {fold(one.variants[0]).text for one in characters} == set(asked)
    for one in characters:
        assert all(one.variants[0] in request.features[number].name for number in one.features)
        assert all(fold(variant).text == one.variants[0] for variant in one.variants)
    assert strict_with(Weights(character=0.0), text).characters is None


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Python 2.3 的新特性", "2.3"),
        ("v1.9.3-p194 发布", "v1.9.3-p194"),
        ("GPT-3.5", "gpt-3.5"),
        ("３．１１ 版", "3.11"),
        ("增长 2.5%", ""),
        ("第 12 条", ""),
        ("node.js", ""),
    ],
)
def test_a_version_counts_more_than_the_words_around_it(text: str, version: str) -> None:
    weights = {feature.name: feature.weight for feature in strict(text).features}
    heavy = {name for name, weight in weights.items() if name.startswith("word ") and weight >= Weights().version}
    assert heavy == ({f"word {version}"} if version else set())


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("gzip 模块如何压缩", {"gzip"}),
        ("ＰＤＦ 转换", {"pdf"}),
        ("node.js 教程", {"node.js", "node", "js"}),
        ("Ελλάδα 旅游", {"ελλάδα"}),
        ("5G 网络", {"5g"}),
        ("C 语言 2021 年 100 题", set()),
        ("コンピュータ 入门", set()),
    ],
)
def test_a_word_of_letters_which_has_no_pairs_counts_for_them_too(text: str, letters: set[str]) -> None:
    weights = {feature.name.partition(" ")[2]: feature.weight for feature in strict(text).features if feature.name.startswith("word ")}
    assert {word for word, weight in weights.items() if weight == Weights().letters} == letters


def test_of_the_news_of_several_versions_those_of_the_one_that_was_named_come_first(indexed: Indexed) -> None:
    index = indexed(*[Document(id=f"7.{n}", title=f"程序 7.{n} 有什么新变化", text="介绍新特性。") for n in range(8)])
    index.add(Document(id="2.3", title="程序 2.3 有什么新变化", text="尚未翻译。"))
    index.add([Document(id=str(n), title="", text=f"第{n}天的天气") for n in range(60)])
    query = "介绍程序 2.3 的新特性"
    assert ids(index, query)[0] == "2.3"
    assert index.search(query, weights=Weights(version=1.0)).hits[0].id == "7.2"


def test_of_a_long_question_the_characters_count_of_all_that_is_scored() -> None:
    """Of its pairs alone there would be those left that no word holds."""
    request = strict(
        "我与房东签订三年租赁合同后，房屋因暴雨漏水导致家具电器毁损，物业公司拒绝维修，房东也不同意减免租金，还扣留押金，请问损失由谁赔偿？"
    )
    scored = [feature.name.partition(" ")[2] for feature in request.features if feature.name.startswith(("word ", "pair "))]
    assert "房东" in scored and "pair 房东" not in {feature.name for feature in request.features}
    assert request.characters is not None
    assert {one.variants[0] for one in request.characters.characters} == set("".join(text for text in scored if len(text) > 1))


def strict_with(weights: Weights, text: str) -> Request:
    request = planned(text, Options(weights=weights)).strict
    assert request is not None
    return request


def test_of_answers_that_hold_the_same_words_the_one_with_more_of_the_characters_comes_first(indexed: Indexed) -> None:
    answers = {"other": "房屋租赁，应当登记备案。", "meant": "房屋租赁，应当偿还欠款。"}
    index = indexed(*(Document(id=id, title="", text=text) for id, text in answers.items()))
    index.add([Document(id=str(number), title="", text=f"第{number}条，从略。") for number in range(20)])
    assert ids(index, "房屋 租赁 欠债还钱") == ["meant", "other"]
    assert ids(index, "房屋租赁") == ["other", "meant"]


def test_a_title_that_is_named_whole_comes_first(statutes: Index) -> None:
    assert ids(statutes, "旅游法")[0] == "title"


def test_a_form_in_other_words_beats_a_piece_of_the_query(statutes: Index) -> None:
    assert ids(statutes, "服务器")[0] == "server"


def test_questions_do_not_come_back_empty(statutes: Index) -> None:
    results = statutes.search("魏玩的字是什么？")
    assert next(hit.id for hit in results) == "wei"
    assert results.relaxed


def test_a_question_that_names_one_thing_is_answered_by_it(statutes: Index) -> None:
    assert ids(statutes, "什么是旅游？")[:1] == ["title"]
    assert ids(statutes, "旅游权")


def test_pages_of_a_query_fit_together(statutes: Index) -> None:
    whole = ids(statutes, "旅游 服务 天气")
    paged = [hit.id for offset in range(len(whole)) for hit in statutes.search("旅游 服务 天气", limit=1, offset=offset)]
    assert paged == whole


def test_numbers_are_found_both_ways(statutes: Index) -> None:
    assert set(ids(statutes, "第49条", strict=True)) == {"title", "text"}
    assert any(expansion.kind == "number" for expansion in statutes.search("第49條").expansions)


def test_only_expansions_that_brought_something_are_shown(statutes: Index) -> None:
    assert {expansion.target for expansion in statutes.search("服务器").expansions} == {"伺服器"}
    assert statutes.search("鼠标").expansions == ()


@pytest.mark.parametrize(
    ("text", "near"), [('"商汤科技融资"', False), ("商汤科技融资", True), ('"商汤科技" "芯片融资"', True), ("商汤 融资", True)]
)
def test_one_quotation_stands_together_anyhow(text: str, near: bool) -> None:
    assert (strict(text).nearness is not None) == near


@pytest.mark.parametrize(
    ("text", "known"),
    [("商汤科技融资", True), ("node.js的5G", True), ("商汤 融资", False), ("人工智能" * 6, False)],
)
def test_what_stands_together_in_one_run_is_known(text: str, known: bool) -> None:
    nearness = strict(text).nearness
    assert nearness is not None and (nearness.whole is not None) == known

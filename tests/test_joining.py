"""English terms of several words are one thing: found by their Chinese names, and these by them, and nothing that was found is lost."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.engine import AnyOf, Telling
from searcher.plans import forms
from searcher.plans.joining import joined_up
from searcher.plans.options import Options
from searcher.plans.planning import Plan, plan
from searcher.query.parsing import parse
from searcher.query.tree import All, Any, Node, Not, Range, Text
from tests.conftest import Indexed

DOCUMENTS = {
    "run": "An introduction to machine learning, in English.",
    "hyphen": "machine-learning frameworks",
    "name": "这本书讲机器学习。",
    "name-traditional": "這本書講機器學習與應用。",
    "apart": "Learning to repair a machine.",
    "version": "machine2 和 learning3",
    "machine": "The machine hums.",
    "learning": "Learning 是学习。",
    "paper": "华尔街日报与纽约时报都报道了。",
    "city": "纽约下雪了。",
    "model": "A large language model writes poems.",
    "acronym": "LLM 会写诗。",
    "power": "电源坏了。",
    "weather": "今天天气很好。",
}
"""A document for each way to say it, by its id."""


@pytest.fixture(scope="module")
def index(shared_index: Indexed) -> Index:
    return shared_index(*(Document(id=id, title="", text=text) for id, text in DOCUMENTS.items()))


def ids(index: Index, query: str, *, strict: bool = False, expand: bool = True, exact_script: bool = False) -> set[str]:
    return {hit.id for hit in index.search(query, limit=None, strict=strict, expand=expand, exact_script=exact_script)}


def complete(index: Index, query: str, *, expand: bool = True, exact_script: bool = False) -> set[str]:
    return ids(index, query, strict=True, expand=expand, exact_script=exact_script)


def texts(node: Node | None) -> list[str]:
    """The terms of a tree, in order."""
    if isinstance(node, Text):
        return [node.text]
    if isinstance(node, Not):
        return texts(node.child)
    return [] if node is None or isinstance(node, Range) else [text for child in node.children for text in texts(child)]


def read(query: str, options: Options | None = None) -> Node:
    tree = parse(query).tree
    assert tree is not None
    return joined_up(tree, options or Options())


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("machine learning", ["machine learning"]),
        ("big data center", ["big data center"]),
        ("Machine Learning", ["Machine Learning"]),
        ("machine   learning", ["machine learning"]),
        ("ｍａｃｈｉｎｅ　learning", ["ｍａｃｈｉｎｅ learning"]),
        ("machine learning 应用", ["machine learning", "应用"]),
        ("应用 machine learning", ["应用", "machine learning"]),
        ("什么是machine learning？", ["什么是machine learning？"]),
        ("machine learning算法", ["machine learning算法"]),
        ("deep learning neural networks", ["deep learning", "neural networks"]),
        ("New York Times", ["New York Times"]),
        ("New York weather", ["New York", "weather"]),
        ("the New York Times Square", ["the", "New York Times", "Square"]),
        ("open-source software", ["open-source software"]),
        ("support vector-machine", ["support vector-machine"]),
        ("wi fi", ["wi fi"]),
        ("iPhone 壳", ["iPhone", "壳"]),
        ("hello world", ["hello", "world"]),
        ("machine, learning", ["machine,", "learning"]),
        ("machine（learning", ["machine（learning"]),
        ("learning machine", ["learning", "machine"]),
        ("机器 学习", ["机器", "学习"]),
        ("the free trade union of 天气", ["the", "free trade", "union", "of", "天气"]),
    ],
)
def test_terms_side_by_side_that_a_table_has_together_are_one(query: str, terms: list[str]) -> None:
    assert texts(read(query)) == terms


@pytest.mark.parametrize(
    "query",
    [
        "machine AND learning",
        "machine OR learning",
        "machine | learning",
        "machine learning OR deep learning",
        "machine NOT learning",
        "machine -learning",
        "应用 -(machine learning)",
        "title:machine learning",
        "machine title:learning",
        "title:(machine learning)",
        "machine date:2021 learning",
        '"machine" learning',
        'machine "learning"',
        '"machine learning"',
        "machine* learning",
        "mach*ne learning",
        "machine learning~",
        "machine",
        "NOT machine",
    ],
)
def test_what_the_user_said_of_a_term_keeps_it_apart(query: str) -> None:
    tree = parse(query).tree
    assert tree is not None and joined_up(tree, Options()) is tree


def test_where_no_other_forms_are_wanted_nothing_is_joined() -> None:
    tree = parse("machine learning").tree
    assert tree is not None
    assert joined_up(tree, Options(expand=False)) is joined_up(tree, Options(exact_script=True)) is tree


def test_what_stands_beside_a_joined_term_stays_as_it_is() -> None:
    tree = read("machine learning -python date:2021 title:x")
    assert tree == All((Text("machine learning"), Not(Text("python")), Range("date", "2021", "2021"), Text("x", field="title")))
    assert read("machine learning (a OR b)") == All((Text("machine learning"), Any((Text("a"), Text("b")))))


WORDS = 'machine learning deep network neural new york times open source the a 机器 学习 什么是 C++ 2.0 - AND OR NOT ( ) " title: *'.split()


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_joining_loses_no_letter_and_joins_all_at_once(words: list[str]) -> None:
    tree = parse(" ".join(words)).tree
    if tree is not None:
        once = joined_up(tree, Options())
        assert " ".join(texts(once)) == " ".join(texts(tree))
        assert joined_up(once, Options()) == once


LATIN = "free trade union machine learning deep new york times large language model power supply wall street".split()


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(st.sampled_from([*LATIN, "机器学习", "天气", "什么是"]), min_size=1, max_size=5),
    asks=st.booleans(),
    strict=st.booleans(),
)
@example(words=["machine", "learning"], asks=True, strict=False)
def test_whatever_is_found_word_by_word_is_found(index: Index, words: list[str], asks: bool, strict: bool) -> None:
    query = " ".join(words) + "？" * asks
    found, natural = ids(index, query, strict=strict), plan(parse(query), Options()).natural
    with patch("searcher.plans.planning.joined_up", side_effect=lambda tree, _: tree):
        assert found >= ids(index, query, strict=strict)
        assert plan(parse(query), Options()).natural == natural


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(LATIN), min_size=1, max_size=4).map(" ".join))
def test_a_query_in_quotes_and_one_without_other_forms_are_as_they_were(index: Index, query: str) -> None:
    for typed, options in ((f'"{query}"', Options()), (query, Options(expand=False)), (query, Options(exact_script=True))):
        planned = plan(parse(typed), options)
        with patch("searcher.plans.planning.joined_up", side_effect=lambda tree, _: tree):
            assert plan(parse(typed), options) == planned


@pytest.mark.parametrize("query", ["machine learning", "Machine Learning", "machine-learning", "MACHINE LEARNING"])
def test_a_document_with_the_chinese_name_holds_the_term(index: Index, query: str) -> None:
    named = {"run", "hyphen", "name", "name-traditional"}
    assert complete(index, query) == (named if "-" in query else named | {"apart", "version"})


def test_those_with_all_of_it_come_first_and_the_words_as_a_run_before_any(index: Index) -> None:
    found = [hit.id for hit in index.search("machine learning", limit=None)]
    assert set(found[:2]) == {"run", "hyphen"}
    assert set(found[2:4]) == {"name", "name-traditional"}
    assert set(found[4:6]) == {"apart", "version"}
    assert set(found[6:]) == {"machine", "learning"}


def test_of_several_terms_what_has_all_comes_first(indexed: Indexed) -> None:
    made = indexed(
        Document(id="all", title="", text="机器学习与天气，以及许多别的东西。" + "无关的话。" * 50),
        Document(id="titled", title="Machine weather: machine, machine", text="machine 天气 " * 20),
    )
    for query in ("machine learning 天气", "天气 machine learning"):
        assert [(hit.id, hit.missing) for hit in made.search(query)] == [("all", ()), ("titled", ("machine learning",))]


def test_a_scope_takes_a_name_too(index: Index) -> None:
    assert {hit.id for hit in index.search("这本", scope="machine learning")} == {"name", "name-traditional"}
    assert {hit.id for hit in index.search("应用", scope="machine learning -天气")} == {"name-traditional"}


def test_a_name_is_known_however_it_is_written() -> None:
    for written in ("wi-fi", "wi fi", "qr code", "qr-code"):
        assert {form.text for form in forms.of_term(written, {})} & {"无线网络", "二维码"}


def test_a_document_that_lacks_something_says_what(index: Index) -> None:
    missing = {hit.id: hit.missing for hit in index.search("machine learning", limit=None)}
    assert missing["name"] == missing["apart"] == ()
    assert missing["machine"] == ("learning",)
    missing = {hit.id: hit.missing for hit in index.search("machine learning 应用", limit=None)}
    assert missing["name-traditional"] == ()
    assert missing["name"] == ("应用",)
    assert missing["machine"] == ("machine learning", "应用")


def test_the_chinese_name_finds_the_words_as_a_run(index: Index) -> None:
    assert complete(index, "机器学习") == {"run", "hyphen", "name", "name-traditional"}
    assert complete(index, "机器学习", expand=False) == {"name", "name-traditional"}


def test_the_longest_name_counts(index: Index) -> None:
    assert complete(index, "New York Times") == {"paper"}
    assert complete(index, "New York") == {"paper", "city"}
    assert complete(index, "Wall Street Journal") == {"paper"}


@pytest.mark.parametrize("query", ["large language model", "large-language model", "LLM", "llm", "大语言模型"])
def test_acronyms_and_what_they_stand_for_find_each_other(index: Index, query: str) -> None:
    assert complete(index, query) == {"model", "acronym"}


def test_a_doubtful_name_answers_nothing(index: Index) -> None:
    assert "电源" in {form.target for form in index.search("power supply machine").expansions}
    assert "power" not in ids(index, "power supply machine")
    assert complete(index, "power supply") == set()


def test_a_term_in_a_question_is_found_by_its_name(index: Index) -> None:
    assert {"name", "name-traditional"} <= ids(index, "什么是machine learning？")


def test_what_was_looked_for_besides_is_told_and_can_be_switched_off(index: Index) -> None:
    results = index.search("machine learning")
    assert [(form.source, form.target, form.kind) for form in results.expansions] == [("machine learning", "机器学习", "translation")]
    assert results.complete == 6
    explained = index.why("machine learning", "name")
    assert explained.matches and explained.understood == "machine learning" and explained.expansions == results.expansions
    assert [(term.text, term.documents) for term in explained.terms] == [("machine learning", 4)]
    assert not index.search('"machine learning"').expansions
    assert not index.search("machine learning", expand=False).expansions
    assert not index.search("machine learning", exact_script=True).expansions
    assert complete(index, '"machine learning"') == {"run", "hyphen"}
    assert complete(index, "machine learning", expand=False) == {"run", "hyphen", "apart", "version"}


def test_why_names_a_term_of_several_words_as_one(index: Index) -> None:
    lacked = index.why("machine learning 天气", "name").missing
    assert [missing.text for missing in lacked] == ["天气"]
    lacked = index.why("machine learning 天气", "machine").missing
    assert [(missing.text, missing.words) for missing in lacked] == [("machine learning", ("learning",)), ("天气", ("天气",))]


def test_a_name_is_one_choice_of_what_a_document_may_lack() -> None:
    one_by_one, as_one = plan(parse("machine learning 天气"), Options()).ways
    assert [choices(way) for way in (one_by_one, as_one)] == [3, 2]


def choices(planned: Plan) -> int:
    """Of how many things a relaxed document must hold a share."""
    assert planned.relaxed is not None and isinstance(planned.relaxed.match, AnyOf)
    (telling,) = (node for node in planned.relaxed.match.children if isinstance(node, Telling))
    return len(telling.children)


def test_the_name_is_marked(index: Index) -> None:
    for hit in index.search("machine learning", limit=None):
        marked = {snippet.text[start:end].lower() for snippet in hit.snippets for start, end in snippet.marks}
        if hit.id.startswith("name"):
            assert marked <= {"机器学习", "機器學習"} and marked


def test_what_is_enough_is_measured_by_what_was_typed(indexed: Indexed) -> None:
    """A hundred documents with the name do not hide those that lack something, which were found before."""
    made = indexed(*(Document(id=str(number), title="", text=f"机器学习用于图像识别，第{number}次。") for number in range(120)))
    made.add([Document(id="other", title="", text="图像识别是 learning 的一种。")])
    query = "machine learning 图像 识别"
    found = made.search(query, limit=None)
    assert (found.complete, found.total) == (120, 121)
    assert [hit.missing for hit in found if hit.id == "other"] == [("machine learning",)]


def test_a_users_synonym_may_be_of_several_words(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index", synonyms={"Deep Thought": ["沉思录"]}) as made:
        made.add([Document(id="found", title="", text="沉思录"), Document(id="not", title="", text="deep water")])
        assert [hit.id for hit in made.search("deep thought", strict=True)] == ["found"]


def test_paths_are_offered_for_a_term_of_several_words(tmp_path: Path, indexed: Indexed) -> None:
    made = indexed(Document(id="one", title="", text="天气", path=str(tmp_path / "machine learning" / "a.txt")))
    offered = made.search("machine learning").suggestions
    assert offered and offered[0] == 'path:"machine learning"'
    assert [hit.id for hit in made.search(offered[0])] == ["one"]


def test_a_term_of_several_han_words_is_found_by_its_name_and_stays_the_words_that_it_is(indexed: Indexed) -> None:
    texts = {"english": "A handbook of software engineering.", "words": "工程中的軟體。", "other": "软件工程导论", "part": "軟體很多。"}
    made = indexed(*(Document(id=id, title="", text=text) for id, text in texts.items()))
    results = made.search("軟體工程", limit=None)
    assert {hit.id: hit.missing for hit in results} == {"english": (), "words": (), "other": (), "part": ("工程",)}
    assert {hit.id for hit in list(results)[:2]} == {"english", "other"}
    assert "software engineering" in {form.target for form in results.expansions}
    assert ids(made, '"軟體工程"') == set()


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("刑法 264", ["刑法第264条"]),
        ("公司法 20", ["公司法第20条"]),
        ("民法典 一千零六十二", ["民法典第一千零六十二条"]),
        ("民法 第184條", ["民法第184條"]),
        ("婚姻登记条例 8 离婚", ["婚姻登记条例第8条", "离婚"]),
        ("商标审查标准 第3条", ["商标审查标准第3条"]),
        ("刑法 264条", ["刑法第264条"]),
        ("刑法264條", ["刑法第264條"]),
        ("基本法二十三條第一款", ["基本法第二十三條第一款"]),
        ("方法三条", ["方法三条"]),
        ("办法 三条", ["办法", "三条"]),
        ("算法 4", ["算法", "4"]),
        ("输入法 3", ["输入法", "3"]),
        ("看法 2", ["看法", "2"]),
        ("python语法 3", ["python语法", "3"]),
        ("商标审查标准 3", ["商标审查标准", "3"]),
        ("264 刑法", ["264", "刑法"]),
        ("刑法 2.64", ["刑法", "2.64"]),
        ("刑法 20264", ["刑法", "20264"]),
        ("公司法 2023", ["公司法", "2023"]),
        ("公司法 二零二三", ["公司法", "二零二三"]),
        ("民法典 1260", ["民法典第1260条"]),
        ("刑法 二六四", ["刑法第二六四条"]),
        ("刑法 万一", ["刑法", "万一"]),
        ("刑法 0", ["刑法", "0"]),
        ("游戏玩法 3", ["游戏玩法", "3"]),
        ("层次分析法 2", ["层次分析法", "2"]),
        ("刑法 第264章", ["刑法", "第264章"]),
        ("刑法 三人", ["刑法", "三人"]),
        ("算法 第3条", ["算法第3条"]),
        ("刑法 AND 264", ["刑法", "264"]),
        ("刑法 -264", ["刑法", "264"]),
        ("title:刑法 264", ["刑法", "264"]),
        ("「刑法」 264", ["刑法", "264"]),
    ],
)
def test_an_article_is_cited_by_the_name_of_a_law_and_a_number(query: str, terms: list[str]) -> None:
    assert texts(read(query)) == terms


def test_what_has_name_and_number_of_a_cited_article_apart_is_found_too(indexed: Indexed) -> None:
    texts = {"cited": "见刑法第二百六十四条。", "apart": "刑法与264人", "law": "刑法。", "other": "今天天气很好。"}
    made = indexed(*(Document(id=id, title="", text=text) for id, text in texts.items()))
    assert ids(made, "刑法 264", strict=True) == {"cited", "apart"}
    assert made.search("刑法 264")[0].id == "cited"
    assert complete(made, "刑法 264", expand=False) == {"apart"}

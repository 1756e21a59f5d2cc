"""What is called just as the query says comes first, in whatever form, and nothing that is called more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import Document, Index, Location, Place
from searcher.plans.ranking import Weights
from tests.conftest import Indexed

WORDS = ("数据", "仲裁", "天气", "电影", "铁路", "银行", "蔬菜", "时间")


def order(folder: Path, documents: Iterable[Document], query: str) -> list[str]:
    with Index.create(folder / "index") as index:
        index.add(documents)
        return [hit.id for hit in index.search(query, snippets=0)]


def beside(title: str) -> list[Document]:
    """A page of this title, and one that says 设置固定资产 again and again, and is called something else."""
    more = [Document(id=f"more{number}", title="其他", text="设置別的选项。") for number in range(9)]
    told = Document(id="told", title="固定資產交易選項", text="設置固定資產。" * 3 + "固定資產。")
    return [told, *more, Document(id="called", title=title, text="本主题概述模块。这一页很长，说的是别的。" * 20)]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("設定固定資產", "设置固定资产"),
        ("固定資產設定", "设置 固定资产"),  # in another order
        ("固定資產的設定", "设置 固定资产"),  # a particle more
        ("設定固定資產：", "设置 固定资产"),
        ("固定資產與設定", "固定资产和设置"),
        ("設定與固定資產", "固定资产 和 设置"),
        ("固定資產簡介", "固定资产 介绍"),  # what kind of page it is
        ("開始使用固定資產", "固定资产 入门"),
        ("組態固定資產", "配置固定资产"),  # in a form that may mean something else by itself
    ],
)
def test_what_is_called_so_comes_before_what_only_says_it(tmp_path: Path, title: str, query: str) -> None:
    assert order(tmp_path, beside(title), query)[0] == "called"


@pytest.mark.parametrize("title", ["固定資產設定", "固定資產的設定", "設定的固定資產", "設定固定資產的步驟與常見問題", "固定資產", "設定"])
def test_what_is_called_more_or_less_does_not(tmp_path: Path, title: str) -> None:
    assert order(tmp_path, beside(title), "设置固定资产")[0] == "told"


def test_a_single_word_that_may_mean_something_else_is_no_such_title(tmp_path: Path) -> None:
    """文件 may be a document as well as a file: what surely says 檔案 comes first, whatever is called 文件."""
    documents = [
        Document(id="called", title="文件", text="文件。"),
        Document(id="told", title="其他", text="这里说的是檔案，一次而已。" * 3),
    ]
    assert order(tmp_path, documents, "檔案") == ["told", "called"]


def test_a_title_that_says_a_word_once_is_not_called_so_where_it_is_said_twice(indexed: Indexed) -> None:
    index = indexed(*(Document(id=id, title=title, text=text) for id, title, text in (("once", "别", "别"), ("twice", "", "人人别别人人"))))
    assert [hit.id for hit in index.search("别别")] == ["twice", "once"]


def test_an_order_by_date_is_kept(tmp_path: Path) -> None:
    older = Document(id="called", title="天气银行", text="说的是别的。", date="2020")
    newer = Document(id="told", title="其他", text="这里说天气银行。", date="2021")
    assert order(tmp_path / "by score", [older, newer], "天气银行")[0] == "called"
    assert order(tmp_path / "by date", [older, newer], "天气银行 sort:newest")[0] == "told"


def test_why_tells_who_comes_first_for_its_title(indexed: Indexed) -> None:
    index = indexed(*beside("設定固定資產"))
    assert [index.why("设置固定资产", id).called for id in ("called", "told", "more1")] == [True, False, False]
    assert not index.why("设置固定资产 sort:-date", "called").called


def test_why_tells_what_comes_first_because_it_holds_the_run(indexed: Indexed) -> None:
    index = indexed(Document(id="run", title="甲", text="机器翻译质量如何评估，众说纷纭。"))
    assert not index.why("机器翻译质量", "run").held, "nothing comes behind it"
    index.add(Document(id="words", title="乙", text="机器的质量，翻译的质量。" * 5))
    assert [hit.id for hit in index.search("机器翻译质量")] == ["run", "words"]
    assert [index.why("机器翻译质量", id).held for id in ("run", "words")] == [True, False]
    assert not index.why("机器翻译质量 sort:-date", "run").held


def test_titles_that_count_for_nothing_move_nothing(indexed: Indexed) -> None:
    index = indexed(*beside("設定固定資產"))
    assert index.search("设置固定资产", weights=Weights(title=0.0)).hits[0].id == "told"


TITLES = st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True), min_size=2, max_size=8, unique_by=frozenset)


@given(TITLES, st.data())
@settings(max_examples=30, deadline=None)
def test_each_page_is_first_under_its_title(titles: list[list[str]], data: st.DataObject) -> None:
    """However often others say it, and in whichever order its words are asked for."""
    said = "。".join("".join(words) for words in titles)
    with TemporaryDirectory() as folder, Index.create(Path(folder) / "index") as index:
        index.add(Document(id=str(number), title="".join(words), text=said * number) for number, words in enumerate(titles))
        for number, words in enumerate(titles):
            asked = data.draw(st.sampled_from(["".join(words), " ".join(data.draw(st.permutations(words)))]))
            assert index.search(asked, snippets=0, copies=True).hits[0].id == str(number)


NAME, LONGER = "個人資料保護法", "個人資料保護法施行細則"
OFTEN = "本細則依個人資料保護法訂定之。個人資料保護法第一條，個人資料保護法第二條，個資法。"


@pytest.mark.parametrize(
    ("title", "query"),
    [
        (NAME, "個資法"),
        (NAME, "个资法"),
        (NAME, "個人資料保護法"),
        (NAME, "個人資料保護法 -火星"),
        (f"《{NAME}》", "個資法"),
        (f"{NAME}（2020年修订）", "個資法"),
        (f"{NAME}全文", "個資法"),
        (f"{NAME}修正", "個資法"),
        (f"中華民國{NAME}", "個資法"),
        (f"中华人民共和国{NAME}（2019年第二次修正）", "个人资料保护法"),
        ("個人資料 保護法", NAME),
    ],
)
def test_what_is_called_so_comes_before_what_names_it_more_often(indexed: Indexed, title: str, query: str) -> None:
    said = OFTEN + "個人資料 保護法。"
    index = indexed(*(Document(id=f"detail{number}", title=f"{LONGER}{number}", text=said * 5) for number in range(12)))
    index.add([Document(id="law", title=title, text="為規範蒐集，特制定。" * 40 + said)])
    assert index.search(query)[0].id == "law"
    assert index.search(query, limit=3).total == index.search(query, limit=None).total == 13


@pytest.mark.parametrize(("query", "first"), [("保護法 細則", "細則"), ("個資法 sort:-date", "new")])
def test_only_a_whole_name_is_one_and_what_is_sorted_stays_so(indexed: Indexed, query: str, first: str) -> None:
    index = indexed(
        Document(id="old", title="個資法", text="個資法。", date="2001"),
        Document(id="new", title="其他", text="個資法。", date="2020"),
        Document(id="細則", title="細則", text="保護法 細則，保護法。"),
    )
    assert index.search(query)[0].id == first


LAWS = ["民法", "民法總則", "民法施行細則", "中華民國民法", "刑法", "中华人民共和国刑法", "刑法（2020年修订）", "公司法", "有限公司法"]


@settings(max_examples=40, deadline=None)
@given(
    titles=st.lists(st.sampled_from(LAWS), min_size=1, max_size=8), name=st.sampled_from(["民法", "刑法", "公司法"]), more=st.integers(0, 3)
)
def test_all_that_is_called_so_stands_above_all_else(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str], name: str, more: int
) -> None:
    """Whatever the texts say; pages fit together."""
    with Index.create(tmp_path_factory.mktemp("titled") / "index") as index:
        texts = (f"{number}，{name * (number % 4 + 1)}。" for number in range(len(titles)))
        index.add(Document(id=str(number), title=title, text=text) for number, (title, text) in enumerate(zip(titles, texts, strict=True)))
        hits = index.search(name, limit=None).hits
        called = [hit.title in (name, f"中華民國{name}", f"中华人民共和国{name}", f"{name}（2020年修订）") for hit in hits]
        assert called == sorted(called, reverse=True)
        assert [hit.id for hit in index.search(name, limit=2, offset=more, copies=True)] == [hit.id for hit in hits[more : more + 2]]


CITED = ["刑法 264", "刑法 第264条", "刑法第264条", "刑法 二百六十四", "刑法 第二百六十四條", "刑法第二百六十四条"]


@pytest.mark.parametrize("query", CITED)
@pytest.mark.parametrize("title", ["刑法第二百六十四条", "中华人民共和国刑法第二百六十四条", "中華民國刑法第264條"])
def test_an_article_that_is_cited_comes_before_those_that_cite_it(indexed: Indexed, query: str, title: str) -> None:
    """Half of the articles of a code may be called with the state before its name, as they are printed."""
    citing = "依照刑法第二百六十四条、刑法第264條的规定，刑法第二百六十四条。"
    index = indexed(*(Document(id=f"citing{number}", title=f"刑法解释第{number}条", text=citing * 4) for number in range(2, 9)))
    index.add(Document(id=f"other{number}", title=f"刑法第{number}条", text="刑法。盗窃公私财物的。") for number in (2, 20, 64, 200))
    index.add([Document(id="article", title=title, text="盗窃公私财物，数额较大的，处三年以下有期徒刑。" * 3)])
    results = index.search(query)
    assert (results[0].id, results[0].missing) == ("article", ())


@pytest.mark.parametrize("query", ["公司法", "中华人民共和国公司法", "公司法第二条", "公司法 2"])
def test_of_several_wordings_of_a_law_the_newest_comes_first(indexed: Indexed, query: str) -> None:
    wordings = ("2013修正", "2023修订", "2018年修正", "2005年第三次修订")
    laws = [Document(year, f"中华人民共和国公司法（{year}）", "第一条 本法。\n第二条 公司。") for year in wordings]
    index = indexed(*laws, Document("other", "公司法说明（2024修正）", "公司法，公司法第二条。"))
    found = [hit.id for hit in index.search(query, copies=True, snippets=0)]
    assert found[:4] == ["2023修订", "2018年修正", "2013修正", "2005年第三次修订"]
    index.add([Document("same", "中华人民共和国公司法（2023修订）", "公司法。" * 9 + "第二条。" * 9)])
    assert {hit.id for hit in index.search(query, limit=2, copies=True)} == {"2023修订", "same"}


def whole_law(title: str, numbers: Iterable[str]) -> Document:
    """A law as one document, each article with what it says, and before it what names them all."""
    text, places = f"{title}\n" + "".join(f"依照本法第{number}条的规定。" for number in numbers) + "\n", list[Location]()
    for number in numbers:
        places.append(Location(len(text), "article", f"第{number}条"))
        text += f"第{number}条 本条说的是{number}。{'违反规定的，' * 30}处罚。\n"
    return Document(id=title, title=title, text=text, locations=tuple(places))


NUMBERS = ("一", "三十九", "八十二", "二百六十四", "一千零六十二")


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("公司法第264条", "第二百六十四条"),
        ("公司法264条", "第二百六十四条"),
        ("公司法 264", "第二百六十四条"),
        ("公司法 第二百六十四條", "第二百六十四条"),
        ("公司法第三十九条第二项", "第三十九条"),
        ("公司法第82条第1款", "第八十二条"),
        ("《公司法》第1062条", "第一千零六十二条"),
        ("公司法第一条 -火星", "第一条"),
    ],
)
def test_of_a_law_that_is_one_document_the_cited_article_is_shown_first(indexed: Indexed, query: str, label: str) -> None:
    """Before what cites it more often, and before another law that has an article of this number."""
    law = whole_law("中华人民共和国公司法（2020年修正）", NUMBERS)
    citing = [Document(id=f"citing{one}", title=f"公司法解释{one}", text=f"依照公司法{label}，公司法{label}。" * 5) for one in range(9)]
    index = indexed(*citing, whole_law("合伙企业法", NUMBERS), law)
    first = index.search(query, snippets=2)[0]
    assert (first.id, first.location, first.missing) == (law.id, Place("article", label), ())
    assert first.snippets[0].text.startswith(label)
    assert {snippet.place for snippet in first.snippets} == {first.location}
    assert [snippet.line for snippet in first.snippets] == [law.text[: snippet.start].count("\n") + 1 for snippet in first.snippets]
    assert [index.why(query, id).called for id in (law.id, "citing1")] == [True, False]


@pytest.mark.parametrize("query", ["基本法二十三條", "基本法23条", "基本法 第23条", "基本法第二十三条第一款"])
def test_what_cites_an_article_of_a_law_that_is_not_there_comes_before_what_cites_another(indexed: Indexed, query: str) -> None:
    index = indexed(*(Document(f"other{one}", "基本法", f"《基本法》第七十三條，基本法。{'很' * one}") for one in range(9)))
    index.add(Document(f"citing{one}", "", f"{'今天天氣很好。' * 40}根據《基本法》，其第二十三條，{'很' * one}") for one in range(3))
    index.add(Document(f"none{one}", "", f"第{one}號") for one in range(40))
    hits = index.search(query, copies=True, snippets=0)
    assert [bool(hit.missing) for hit in hits[:5]] == [False, False, False, True, True]


@pytest.mark.parametrize(
    "query",
    [
        "公司法第82条 解释",
        "公司法第82条的解释",
        "「公司法第82条」",
        "title:公司法第82条",
        "公司法第83条",
        "合伙企业法第82条",
        "公司法82条 sort:-date",
    ],
)
def test_what_cites_no_article_of_a_law_or_asks_for_more_moves_no_law(indexed: Indexed, query: str) -> None:
    index = indexed(
        whole_law("公司法", ("一", "八十二")), Document(id="citing", title="解释", text="依照公司法第82条。公司法第82条的解释。")
    )
    assert not index.why(query, "公司法").called


@pytest.mark.parametrize("query", ["the concept of time", "THE concept of time", "concept of time"])
def test_what_says_a_sentence_in_latin_letters_word_for_word_comes_first(indexed: Indexed, query: str) -> None:
    some = indexed(
        *(Document(id=f"{number}", title="", text="Time, the concept. The time of a concept.") for number in range(4)),
        Document(id="said", title="", text="甲。" * 200 + "We know that the concept\nof time is fundamental."),
    )
    assert some.search(query).hits[0].id == "said"
    assert some.why(query, "said").held and not some.why(query, "0").held
    assert [hit.id for hit in some.search(f"{query} sort:size")][-1] == "said", "which is the longest"
    assert some.search("(concept of) time").hits[0].id != "said", "what is joined otherwise is no sentence"


def test_a_title_comes_before_what_only_says_it(indexed: Indexed) -> None:
    some = indexed(
        Document(id="said", title="", text="On the concept of time, the concept of time, the concept of time."),
        Document(id="called", title="The concept of time", text="甲。"),
    )
    assert [hit.id for hit in some.search("the concept of time")] == ["called", "said"]

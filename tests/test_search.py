"""What a query finds, in which order, and how it is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path, PurePath
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import Document, Index, InvalidOption, Location, Results, facets
from searcher.answers import seeking
from searcher.engine import Snapshot
from searcher.results import Hit, Place, Snippet, begin_of
from searcher.text import folding
from tests.conftest import Indexed
from tests.corpus import CORPUS


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("商汤科技", {"shangtang", "sensetime"}),
        ("商湯科技", {"shangtang", "sensetime"}),
        ("汤晓鸥", {"shangtang", "sensetime"}),
        ("湯曉鷗", {"shangtang", "sensetime"}),
        ("人脸识别", {"shangtang", "sensetime"}),
        ("人臉辨識", {"shangtang", "sensetime"}),
        ("全球最大AI獨角獸", {"sensetime"}),
        ("全球最大ＡＩ独角兽", {"sensetime"}),
        ("SenseCore", {"sensetime"}),
        ("sensecore", {"sensetime"}),
        ("负债率", {"shangtang"}),
        ("软件", {"ruanjian", "ruanti", "sensetime"}),
        ("軟體", {"ruanjian", "ruanti", "sensetime"}),
        ("滑鼠", {"ruanjian", "ruanti"}),
        ("第12条", {"minfadian", "laws-tw"}),
        ("著作人", {"laws-tw"}),
        ("5G", {"ruanjian"}),
        ("c++", {"ruanjian"}),
        ("C#", {"english"}),
        ("covid-19", {"english"}),
        ("商汤 上市", {"shangtang"}),
        ("商汤 -上市", {"sensetime"}),
        ("title:软件", {"ruanjian", "ruanti"}),
        ("路径：法规", {"minfadian", "laws-tw"}),
        ("category:新闻", {"shangtang"}),
        ("author:科技行业", {"shangtang"}),
        ("date:2021", {"shangtang"}),
        ("date:2018-03..2020", {"sensetime", "minfadian"}),
        ("皇后 AND NOT 以后", set()),
        ("mach*", {"english"}),
        ("machin~", {"english"}),
        ("mashin~", set()),
        ("machina~", {"english"}),
        ("不存在的東西呀", set()),
        ("？！，。", set()),
        ("", set()),
    ],
)
def test_what_a_query_finds(index: Index, query: str, expected: set[str]) -> None:
    assert set(ids(index.search(query, strict=True))) == expected


@pytest.mark.parametrize("size", [0, 1, 2, 3, 1000])
@pytest.mark.parametrize("query", ["科技", "商汤 软件", "软件 上市 法规", "type:txt sort:date", "皇后 OR 公司 OR the", "不存在的東西呀"])
def test_all_hits_come_page_by_page(index: Index, query: str, size: int) -> None:
    """They are those of a search without a limit, and every page says what is told of all."""
    whole = index.search(query, limit=None, snippets=2)
    pages = list(index.pages(query, size=size, snippets=2))
    assert [hit for page in pages for hit in page] == list(whole)
    assert {replace(page, hits=(), took_ms=0) for page in pages} == {replace(whole, hits=(), took_ms=0)}
    assert [len(page) for page in pages[:-1]] == [max(1, size)] * (len(pages) - 1)
    assert len(pages[-1]) <= max(1, size)


def test_of_a_million_hits_only_those_of_a_page_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is asked once; what is stored with a document is read when its page is made, and not kept for the next."""
    asked, read = [], []
    search, values = Snapshot.search, Snapshot.values
    with Index.create(tmp_path / "index") as index:
        index.add(Document(f"{number}", "", f"苹果 第{number}篇") for number in range(30))
        monkeypatch.setattr(Snapshot, "search", lambda *words, **limits: asked.append(words) or search(*words, **limits))
        monkeypatch.setattr(Snapshot, "values", lambda snapshot, handle: read.append(handle) or values(snapshot, handle))
        pages = index.pages("苹果", size=10)
        assert not asked and not read
        for page in range(1, 4):
            next(pages)
            assert (len(asked), len(read)) == (1, 10 * page)
    assert len(set(read)) == 30


def test_exact_script_tells_similar_characters_apart(index: Index) -> None:
    assert set(ids(index.search("以后", exact_script=True))) == {"hou"}
    assert set(ids(index.search("以後", exact_script=True))) == {"hou-t"}
    assert set(ids(index.search("以后"))) == {"hou", "hou-t"}


def test_expansions_are_shown_and_can_be_switched_off(index: Index) -> None:
    results = index.search("軟體")
    assert [(expansion.source, expansion.target, expansion.kind) for expansion in results.expansions] == [("軟體", "软件", "region")]
    assert set(ids(index.search("軟體", expand=False))) == {"ruanti", "sensetime"}
    assert set(ids(index.search('"軟體"'))) == {"ruanti", "sensetime"}


def test_a_query_that_nothing_holds_whole_is_relaxed_and_said_so(index: Index) -> None:
    results = index.search("商汤科技 滑鼠")
    assert results.relaxed
    assert all(hit.relaxed for hit in results)
    assert {"shangtang", "ruanti"} <= set(ids(results))
    strict = index.search("商汤科技 滑鼠", strict=True)
    assert (strict.total, strict.relaxed) == (0, False)


def test_the_run_itself_comes_first(index: Index) -> None:
    assert ids(index.search("深度学习原创技术"))[0] == "shangtang"


def test_marks_are_exact_and_in_the_original_script(index: Index) -> None:
    for query in ("人臉識別", "汤晓鸥", "商湯科技", "负债率"):
        for hit in index.search(query):
            texts = {snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks}
            titles = {hit.title[start:end] for start, end in hit.title_marks}
            assert texts | titles, (query, hit.id)
            assert texts <= {"人脸识别", "人臉辨識", "汤晓鸥", "商湯科技", "商汤科技", "负债率"}


PIECES = st.sampled_from(
    '商汤科技|湯曉鷗|人臉|臉識|识别|軟體|软件工程|著作人|以后|後|皇后|第12條|民國110年|learning|machin*|C++|5G|什么是|怎麼辦|title:|path:|"|OR|-|，|？'.split(
        "|"
    )
)


@given(pieces=st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), min_size=1, max_size=5), width=st.integers(0, 150), data=st.data())
def test_snippets_are_verbatim_and_marks_lie_in_what_carries_them(
    index: Index, pieces: list[tuple[str, str]], width: int, data: st.DataObject
) -> None:
    """Whatever is asked: marks ascend, are apart, and are not empty; passages do not overlap."""
    texts = {document.id: document.text for document in CORPUS}
    query = "".join(map("".join, pieces))
    exact = data.draw(st.booleans(), "exact script")
    for hit in index.search(query, limit=None, width=width, snippets=data.draw(st.integers(0, 4)), exact_script=exact):
        for snippet in hit.snippets:
            assert texts[hit.id][snippet.start : snippet.start + len(snippet.text)] == snippet.text
        shown = sorted((snippet.start, snippet.start + len(snippet.text)) for snippet in hit.snippets)
        assert all(before[1] <= after[0] for before, after in pairwise(shown))
        carried = [(hit.title, hit.title_marks), (hit.path or "", hit.path_marks), *((one.text, one.marks) for one in hit.snippets)]
        for text, marks in carried:
            assert all(0 <= start < end <= len(text) for start, end in marks), (query, text, marks)
            assert all(before[1] <= after[0] for before, after in pairwise(marks)), (query, text, marks)


def test_lines_and_paging(index: Index) -> None:
    (hit,) = index.search("契約約定", strict=True)
    assert hit.snippets[0].line == 3
    everything = ids(index.search("的 OR 之 OR 与 OR 與", limit=None))
    paged = [id for offset in range(0, 9, 2) for id in ids(index.search("的 OR 之 OR 与 OR 與", limit=2, offset=offset))]
    assert everything == paged
    assert [hit.rank for hit in index.search("商汤", offset=1)] == [2]


@settings(max_examples=150)
@given(st.text(max_size=60) | st.text('商汤 "“”「」()（）:：-－*~ANDORNOT title:date:.5^\\/\n\t\ud800\x00', max_size=40))
def test_whatever_is_typed_never_raises(index: Index, query: str) -> None:
    results = index.search(query)
    assert len(results) <= results.total


def test_results_outlive_the_index(index: Index) -> None:
    with Index.open(index.path) as other:
        results = other.search("商汤")
    assert results.hits[0].snippets[0].text


def test_a_folder_is_taken_apart_once_however_many_files_lie_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    apart: list[str] = []

    def noted(*parts: str) -> PurePath:
        apart.extend(parts[:1])
        return PurePath(*parts)

    monkeypatch.setattr(facets, "PurePath", noted)
    paths = [(str(Path("d", str(number % 3), f"{number}.txt")), 2) for number in range(300)]
    assert sorted(facets._folders(paths).values()) == [200, 200, 200]
    assert len(apart) == 6


def test_facets_as_they_are_written(indexed: Indexed) -> None:
    made = indexed(
        Document(id="a", title="", text="甲", path="/d/法規/a", metadata={"author": "Ming Lee", "category": ("Linux", "新聞")}),
        Document(id="b", title="", text="甲", path="/d/法規/x/b", metadata={"author": "陳大文"}),
        Document(id="c", title="", text="乙", path="/d/c", metadata={"author": "陈大文"}),
    )
    assert made.facets("甲", "author") == (("Ming Lee", 1), ("陳大文", 1))
    assert made.facets("甲 OR 乙", "author") == (("陳大文", 2), ("Ming Lee", 1))
    assert made.facets("甲", "category") == (("Linux", 1), ("新聞", 1))
    assert made.facets("甲", "path") == (("/d/法規", 1), ("/d/法規/x", 1))
    assert made.facets("甲 OR 乙", "path") == (("/d/法規", 2), ("/d", 1))
    assert made.facets("丙", "path") == ()
    assert made.facets("甲 OR 乙", "author", scope="path:x") == (("陳大文", 1),)
    assert made.values("author", "m") == ("Ming Lee",)
    assert made.values("author", "陳") == made.values("author", "陈") == ("陳大文",)


def test_facets_are_limited_or_all(indexed: Indexed) -> None:
    made = indexed(*(Document(id=f"{n}", title="", text="甲", metadata={"author": f"作者{n}"}) for n in range(12)))
    assert [len(made.facets("甲", "author", limit=limit)) for limit in (3, 10, None)] == [3, 10, 12]


def test_facets(index: Index) -> None:
    assert dict(index.facets("商汤", "format")) == {"plain": 1, "markdown": 1}
    assert dict(index.facets("商汤", "year")) == {"2021": 1, "2018": 1}


def test_more_like_this(index: Index) -> None:
    assert "ruanti" not in ids(index.like("ruanti"))
    assert ids(index.like("ruanti"))[:1] == ["ruanjian"]


def test_why_says_how_the_query_was_read_and_what_a_document_lacks(index: Index) -> None:
    explanation = index.why("軟體 上市", "ruanti")
    assert explanation.matches is False
    assert [missing.text for missing in explanation.missing] == ["上市"]
    assert any(expansion.target == "软件" for expansion in explanation.expansions)
    matching = index.why("軟體", "ruanti")
    assert matching.matches
    assert matching.score == pytest.approx(sum(part.score for part in matching.parts))


def test_completion_gives_words_of_the_index(index: Index) -> None:
    assert "软件" in index.complete("软")


def test_a_long_document_is_shown_by_its_best_blocks(indexed: Indexed) -> None:
    lines = [f"第{number}行讲的是别的事情，与此无关，只是把文字写得长一些。" for number in range(4000)]
    lines[1234] = "这一行讲人脸识别。"
    lines[3210] = "這一行講自動駕駛，也講人臉識別。"
    document = Document(id="long", title="", text="\n".join(lines))
    index = indexed(document)
    (hit,) = index.search("人臉識別")
    assert [snippet.line for snippet in hit.snippets] == [1235, 3211]
    (both,) = index.search("人脸识别 自动驾驶")
    assert 3211 in [snippet.line for snippet in both.snippets]
    for snippet in (*hit.snippets, *both.snippets):
        assert document.text[snippet.start :][: len(snippet.text)] == snippet.text
        assert snippet.marks


def test_the_best_block_of_a_long_document_may_come_after_many_others(indexed: Indexed) -> None:
    text = "苹果很好吃。" * 5_000 + "苹果和香蕉。" + "没有别的了。" * 5_000
    index = indexed(Document(id="long", title="", text=text))
    (hit,) = index.search("苹果 香蕉", snippets=1)
    assert hit.snippets[0].text.count("香蕉") == 1
    marked = [hit.snippets[0].text[start:end] for start, end in hit.snippets[0].marks]
    assert set(marked) == {"苹果", "香蕉"}


@pytest.mark.parametrize("character", ["吃", "罕"])
def test_a_single_character_is_shown_where_it_first_stands_in_a_long_document(indexed: Indexed, character: str) -> None:
    text = "苹果很好吃。" * 10_000 + "没有见过罕见的水果。" + "没有别的了。" * 5_000
    index = indexed(Document(id="long", title="", text=text))
    (hit,) = index.search(character)
    assert hit.snippets[0].start + hit.snippets[0].marks[0][0] == text.index(character)


def test_a_title_that_begins_the_text_is_not_repeated(indexed: Indexed) -> None:
    index = indexed(
        Document(id="both", title="商汤科技上市", text="商汤科技上市\n\n昨天，商汤科技在香港上市。"),
        Document(id="title", title="商汤科技融资", text="商汤科技融资\n\n昨天的消息。"),
        Document(id="wide", title="【快訊】 商汤科技裁员", text="【快訊】\u3000商汤科技裁员\n\n昨天，商汤科技裁员。"),
        Document(id="lines", title="商汤科技 年度报告", text="商汤科技\n年度报告\n\n昨天，商汤科技说。"),
    )
    shown = {hit.id: hit.snippets[0].text for hit in index.search("商汤科技")}
    assert shown["both"] == "昨天，商汤科技在香港上市。"
    assert shown["title"].startswith("商汤科技融资")
    assert shown["wide"] == "昨天，商汤科技裁员。", "a reader has narrowed the space"
    assert shown["lines"] == "昨天，商汤科技说。"


def test_a_question_of_everyday_words_is_answered_in_formal_ones(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        law = Document("law", "第三十九条", "劳动者有下列情形之一的，用人单位可以解除劳动合同。")
        index.add([law, Document("sea", "海", "海水是蓝的。")])
        results = index.search("老板能不能开除员工？")
        assert ids(results) == ["law"]
        assert results.relaxed
        assert not index.search("老板能不能开除员工？", expand=False)
        assert not index.search("老板开除", strict=True)
    index.add([Document("own", "", "老板开除了他。")])
    assert ids(index.search("老板开除")) == ["own"], "what is no question is answered in other words only where nothing else answers"


@pytest.mark.parametrize("number", ["第184條", "第一百八十四條"])
def test_a_law_comes_before_those_that_name_many_of_its_articles(indexed: Indexed, number: str) -> None:
    """However the number is written: its parts (一百, 八十) stand in many, and say nothing."""
    others = "依刑法第一百八十三條第一項、第一百八十四條第一項、第一百八十五條、第一百八十六條之一及第八十四條，並準用民法。"
    index = indexed(*(Document(id=f"other{count}", title=f"條例{count}", text=others) for count in range(3)))
    index.add(Document(id=f"more{count}", title="", text=f"第{count}條：天氣。") for count in range(30))
    index.add([Document(id="law", title="民法", text="第 183 條 從其約定。\n\n第 184 條 負賠償責任。")])
    assert ids(index.search(f"民法 {number}"))[0] == "law"


def test_a_question_is_answered_and_its_small_words_are_not_marked(indexed: Indexed) -> None:
    index = indexed(*(Document(id=str(number), title="", text=f"这是第{number}篇的内容，说的是别的事情。") for number in range(20)))
    index.add([Document(id="answer", title="", text="虚拟环境的创建：这是用命令完成的。")])
    results = index.search("如何创建虚拟环境的命令是什么？")
    assert ids(results)[0] == "answer"
    assert not results.relaxed, "nobody means 如何 and 什么 to stand in an answer"
    marked = {snippet.text[start:end] for snippet in results.hits[0].snippets for start, end in snippet.marks}
    assert "虚拟环境" in marked
    assert not marked & {"的", "是", "这是"}


def test_what_begins_in_the_title_and_ends_behind_it_is_marked(indexed: Indexed) -> None:
    index = indexed(Document(id="a", title="夫焉有所倚？", text="夫焉有所倚？\n肫肫其仁！渊渊其渊！"))
    [hit] = index.search("“所倚？\n肫肫其仁！渊渊”")
    assert [snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks] == ["所倚？\n肫肫其仁！渊渊"]


def test_a_piece_of_a_dotted_name_is_found(indexed: Indexed) -> None:
    index = indexed(Document(id="a", title="", text="请用Microsoft.Office.Tools。"), Document(id="b", title="", text="请用 .NET。"))
    assert ids(index.search('".Office.Tools"')) == ["a"]
    assert ids(index.search(".NET")) == ["b"]


def test_where_nothing_else_matches_a_common_word_is_marked(indexed: Indexed) -> None:
    index = indexed(*(Document(id=str(number), title="", text=f"第{number}篇说的是别的，所以资料在此处所。") for number in range(30)))
    index.add([Document(id="rare", title="", text="只有这里有魑魅。")])
    hits = index.search("魑魅 OR 资料所", limit=None, snippets=0).hits
    assert len(hits) > 20
    for hit in index.search("魑魅 OR 资料所", limit=31):
        wanted = {"魑魅"} if hit.id == "rare" else {"资料", "所"}
        assert {snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks} == wanted
        text = index.document(hit.id).text
        assert {text[start:end] for start, end in index.marks("魑魅 OR 资料所", text)} == wanted


def test_one_marker_marks_many_texts_and_plans_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned, texts = [], ("商湯科技", "商汤和科技", "上市了", "", "科技、商汤科技")
    made = seeking.plan
    with Index.create(tmp_path / "index") as index:
        index.sync([folder])
        for query in ("商汤科技", "商汤 上市", "软件 OR 科技"):
            wanted = [index.marks(query, text) for text in texts]
            monkeypatch.setattr(seeking, "plan", lambda *given: planned.append(given) or made(*given))
            marker = index.marker(query)
            assert [marker(text) for text in texts] == wanted
            monkeypatch.undo()
    assert len(planned) == 3


def test_metadata_of_the_documents_are_fields(indexed: Indexed) -> None:
    index = indexed(
        Document(id="a", title="", text="商汤", metadata={"机构": "中文大學", "Project": "Alpha"}),
        Document(id="b", title="", text="商汤，机构：清华"),
    )
    assert ids(index.search("机构:中文大学")) == ["a"]
    assert ids(index.search("Project:alpha 商汤")) == ["a"]
    assert ids(index.search("机构：清华", strict=True)) == []
    assert ids(index.search("单位：清华")) == ["b"], "no field of that name: text"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("手机 -city:上海", ["Row-2", "x y"]),
        ("手机 －city：上海", ["Row-2", "x y"]),
        ("手机 NOT city:上海", ["Row-2", "x y"]),
        ("手机 (city:上海 OR city:臺北)", ["row-1", "Row-2"]),
        ("CITY:上海", ["row-1"]),
        ("code:ab* 手机", ["row-1", "x y"]),
        ("code:ab 手机", ["x y"]),
        ("手机 -code:ab*", ["Row-2"]),
        ("id:row-1", ["row-1"]),
        ("id:Row-1", []),
        ('id:"x y"', ["x y"]),
        ("手机 id:Row-2", ["Row-2"]),
        ("手机 -id:Row-2", ["row-1", "x y"]),
    ],
)
def test_records_are_found_by_their_fields_and_ids(indexed: Indexed, query: str, expected: list[str]) -> None:
    index = indexed(
        Document(id="row-1", title="", text="手机第一台", metadata={"city": "上海", "code": "Abc"}),
        Document(id="Row-2", title="", text="手机第二台", metadata={"city": "台北", "code": "ba"}),
        Document(id="x y", title="", text="手机第三台", metadata={"code": "ab"}),
    )
    assert sorted(ids(index.search(query, strict=True))) == sorted(expected)


@pytest.mark.parametrize("typed", ["BRAND", "brand", "Brand"])
def test_a_name_of_metadata_is_found_in_any_case(indexed: Indexed, typed: str) -> None:
    """As a number's is; where there are several, the one that is written so."""
    index = indexed(Document("a", "手机", "", metadata={"BRAND": "小米"}))
    assert [hit.id for hit in index.search(f"手机 {typed}:小米")] == ["a"]
    assert index.search(f"手机 {typed}:华为").total == 0
    index.add(Document("b", "手机", "", metadata={"brand": "小米"}))
    assert [hit.id for hit in index.search(f"{typed}:小米")] == (["a"] if typed == "BRAND" else ["b"])


@pytest.mark.parametrize("typed", ["tags:深度学习", "tag:深度学习", "標籤：深度學習", "标签:深度学习 -关键词：综述", "TAG:深度学习"])
def test_a_usual_field_of_the_documents_goes_by_its_other_names(indexed: Indexed, typed: str) -> None:
    index = indexed(Document("a", "注意力", "", metadata={"tags": ("深度学习", "在读")}))
    index.add(Document("b", "综述", "", metadata={"tags": "深度学习", "keywords": "综述"}))
    assert ids(index.search(typed)) == (["a"] if "综述" in typed else ["a", "b"])


def test_such_a_name_is_text_where_no_document_has_the_field(indexed: Indexed) -> None:
    index = indexed(Document("a", "甲", "关键词：深度学习"), Document("b", "乙", "深度学习", metadata={"关键词": "综述", "tag": "x"}))
    assert ids(index.search("标签:深度学习", strict=True)) == []
    assert ids(index.search("关键词：综述")) == ["b"], "a field that is called so itself"


SIGNS = ("a", "b", 'a" OR tenant:"b', "*", "(a)", "-a", '「」"“”『』＂', "a,b", "…", "软件")


def test_a_scope_of_values_is_no_query_whatever_signs_are_in_them(indexed: Indexed) -> None:
    """A program that asks for what a stranger gave is asked for nothing else."""
    index = indexed(*(Document(value, "", f"文字{n}", metadata={"tenant": value, "half": str(n % 2)}) for n, value in enumerate(SIGNS)))
    for value in SIGNS:
        assert [hit.id for hit in index.search("文字", scope={"tenant": value})] == [value]
    assert {hit.id for hit in index.search("文字", scope={"tenant": ("a", "b", "c"), "half": ["1"]})} == {"b"}
    assert index.facets("文字", "half", scope={"tenant": ["a"]}) == (("0", 1),)
    assert index.search("文字", scope={}).total == len(SIGNS)
    for nothing in ({"tenant": ()}, {"tenant": ""}, {"nobody": "a"}):
        assert index.search("文字", scope=nothing).total == 0


@pytest.mark.parametrize(
    "scope", [{"tenant": 3}, {"tenant": None}, {"tenant": ["a", 3]}, {3: "a"}, {"path": "a"}, {"标题": "a"}, {"date": "2020"}]
)
def test_a_scope_of_what_is_no_value_is_an_error(indexed: Indexed, scope: Any) -> None:
    with pytest.raises(InvalidOption, match=r"^scope cannot be .*: a query is wanted, or for names of metadata their values"):
        indexed().search("文字", scope=scope)


def test_a_scope_that_was_read_otherwise_is_told(indexed: Indexed) -> None:
    index = indexed(Document("a", "手机", "", metadata={"category": "电子"}))
    (notice,) = index.search("手机", scope="catgory:电子").notices
    assert "category:" in notice


def test_the_fields_of_the_documents_are_told(tmp_path: Path) -> None:
    """Those that a query can name, and no other: no built-in one, none of ours, none that no colon can stand behind."""
    metadata = {"City": "上海", "citi": "上", "机构": "中文大學", "author": "汤", "two words": "x", "source": "报"}
    metadata["encoding_confidence"] = metadata["encoding_errors"] = "1"
    with Index.create(tmp_path / "index") as index:
        assert index.fields() == ()
        index.add([Document(id="a", title="", text="手机", path="a.txt", metadata=metadata), Document(id="b", title="", text="手机")])
        index.add([Document(id="c", title="", text="手机", numbers={"price": 3.5})])
        assert index.fields() == ("City", "citi", "price", "机构")
        for name in ("City", "citi", "机构"):
            assert index.values(name)


@pytest.mark.parametrize(("order", "ids"), [("sort:-date", ["apart", "literal", "oldest"]), ("sort:date", ["oldest", "literal", "apart"])])
def test_who_sorts_wants_that_order(indexed: Indexed, order: str, ids: list[str]) -> None:
    """Not those first that hold the run itself; but what lacks something still comes behind what does not."""
    made = indexed(
        Document(id="oldest", title="", text="教育不靠人工智能。", date="2019"),
        Document(id="literal", title="", text="人工智能教育从何谈起。", date="2020"),
        Document(id="apart", title="", text="人工智能与教育。", date="2023"),
        Document(id="lacks", title="", text="人工智能。", date="2021"),
    )
    found = made.search(f"人工智能教育 {order}")
    assert [hit.id for hit in found if not hit.relaxed] == ids
    assert [hit.id for hit in found if hit.relaxed] in ([], ["lacks"])
    assert [hit.id for hit in found][:3] == ids


def test_the_only_passage_of_a_long_text_holds_what_tells_most(indexed: Indexed) -> None:
    """民法 stands in every law, and in the first lines of this one; the article in the middle of it alone."""
    articles = "\n\n".join(f"第 {number} 條\n本條之規定於當事人另有約定者不適用之。" for number in range(1, 1_000))
    index = indexed(*(Document(id=f"other{number}", title="", text=f"依民法第{number}章。") for number in range(20)))
    index.add([Document(id="law", title="民法典", text=f"民法於民國十八年公布。\n\n{articles}")])
    hit = next(hit for hit in index.search("民法第700條", snippets=1) if hit.id == "law")
    assert "第 700 條" in hit.snippets[0].text


@pytest.mark.parametrize("told", [(), (0,), (0, 2_000), (0, 9_990, 9_999)])
def test_lines_of_a_long_document_are_those_of_its_file(indexed: Indexed, told: tuple[int, ...]) -> None:
    """However its text is stored in blocks; `told`: the lines, from 0, at which the document says which line of the file it is."""
    lines = [f"第{number}段，天地玄黄，宇宙洪荒。" for number in range(10_000)]
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    locations = tuple(Location(starts[number], "line", str(2 * number + 1)) for number in told)
    made = indexed(Document(id="a", title="", text="\n".join(lines), locations=locations))
    for number in (0, 1_999, 2_000, 2_001, 5_555, 9_989, 9_995, 9_999):
        [hit] = made.search(f'"第{number}段"')
        first = max((line for line in told if line <= number), default=None)
        expected = number + 1 if first is None else 2 * first + 1 + number - first
        assert [snippet.line for snippet in hit.snippets] == [expected], number


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ('"商汤 香港"~5', {"商汤", "香港"}),
        ('"quick fox"~2', {"quick", "fox"}),
        ('"the fox"~4', {"the", "fox"}),
        ('"quick, fox"', {"quick", "fox"}),  # in the index a word fills a gap as a comma does
        ('"brown fox"', {"brown fox"}),
    ],
)
def test_every_quotation_that_finds_is_marked(indexed: Indexed, query: str, marked: set[str]) -> None:
    index = indexed(*(Document(id=f"more{number}", title="", text="On the other hand.") for number in range(30)))
    index.add([Document(id="a", title="", text="商汤科技将在香港上市。\n\nthe quick brown fox jumps")])
    [hit] = index.search(query)
    assert {snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks} == marked
    assert {hit.snippets[0].text[start:end] for start, end in index.marks(query, hit.snippets[0].text)} <= marked


def test_a_run_across_two_stored_blocks_is_marked(indexed: Indexed) -> None:
    """A long text without any sign is cut into blocks wherever that may be."""
    text = "".join(Random(1).choices([chr(0x4E00 + number) for number in range(20_000)], k=140_000))
    index = indexed(Document(id="signs", title="", text=text))
    snapshot = index._store.snapshot()
    ends = {snapshot.stored[0].blocks_of(0, [(place, place)])[0][1] for place in range(0, len(text), 1_000)} - {len(text)}
    assert len(ends) > 1
    for end in ends:
        for start in (end - 3, end - 1, end - 2):
            run = text[start : start + 4]
            [hit] = index.search(f'"{run}"')
            marked = {snippet.text[one:other] for snippet in hit.snippets for one, other in snippet.marks}
            assert marked == {run}, (start, end)


@pytest.mark.parametrize(
    ("query", "complete"),
    [("年假 多少", 1), ("多少 年假 怎么", 1), ("年假 能不能", 1), ("年假 AND 多少", 0), ('年假 "多少"', 0), ("多少 怎么", 0), ("多少", 1)],
)
def test_a_term_that_only_asks_need_not_be_held_beside_another(tmp_path: Path, query: str, complete: int) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add(Document(id=text, title="", text=text) for text in ("年假为五天。", "多少人来了。"))
        results = index.search(query)
        assert results.complete == complete
        assert not any("年假" in hit.id and hit.missing for hit in results)
        assert index.why(query, "年假为五天。").matches is (complete > 0 and "年假" in query)
    assert [missing.text for missing in index.why("年假 多少", "多少人来了。").missing] == ["年假"]


@pytest.mark.parametrize("query", ["刑法第339條之4", "刑法 第三百三十九條之四", "刑法第 339-4 條"])
def test_an_article_is_shown_rather_than_what_names_it(indexed: Indexed, query: str) -> None:
    numbers = [*range(1, 340), *(f"339-{number}" for number in range(1, 5)), *range(340, 360)]
    said = {5: "犯第三百三十九條之四以外之罪者，依其規定。"}
    articles = [f"第 {number} 條\n{said.get(number, '從其規定，不得再議。')}" for number in numbers]
    text = "刑法修正第 339-4 條。\n" + "\n".join(f"{article}{'依法處罰，' * 9}\n" for article in articles)
    places = [Location(text.index(f"\n第 {number} 條") + 1, "article", f"第{number}條") for number in numbers]
    index = indexed(Document(id="law", title="刑法", text=text, locations=tuple(places)))
    index.add([Document(id="other", title="", text="依刑法第 339 條之規定，第 4 條從之。")])
    for passages in (1, 3):
        results = index.search(query, snippets=passages)
        assert [hit.id for hit in results if not hit.relaxed] == ["law"]
        hit = results[0]
        assert hit.location == Place("article", "第339-4條")
        assert text[begin_of(hit) :].startswith("第 339-4 條")
    assert [hit.missing for hit in results if hit.relaxed] in ([], [("第339條之4",)], [("第三百三十九條之四",)], [("第339-4條",)])
    part = next(part for part in index.why(query, "law").parts if part.name.startswith("word 第"))
    assert "第3394条" not in {text for text, _, _ in part.frequencies}


def test_a_passage_stands_where_most_of_what_is_marked_does(indexed: Indexed) -> None:
    """The heading of a chapter is the last line of the article before it."""
    text = "第 183 條 從其約定。\n第 五 款 侵權行為\n第 184 條 因故意或過失，不法侵害他人之權利者，負損害賠償責任。"
    articles = tuple(Location(text.index(label), "article", label) for label in ("第 183 條", "第 184 條"))
    index = indexed(Document(id="law", title="", text=text, locations=articles))
    [hit] = index.search("侵權行為 損害賠償責任")
    assert hit.location == hit.snippets[0].place == Place("article", "第 184 條")
    assert hit.snippets[0].line == 2, "the line is that of the first mark"


@pytest.mark.parametrize("title", ["大鱗大眼鯛", "一種魚"])
def test_the_best_passage_says_what_the_title_does_not(indexed: Indexed, title: str) -> None:
    named, asked = "大鱗大眼鯛，又稱日本大鱗大眼鯛。", "本魚體長二十公分。"
    text = named + "今天天氣很好，沒有別的事。" * 20 + asked
    places = (Location(0, "page", "1"), Location(text.index(asked), "page", "2"))
    index = indexed(
        Document(id="fish", title=title, text=text, locations=places),
        *(Document(id=str(number), title="", text=f"今天天氣很好之{number}。") for number in range(20)),
    )
    [hit] = (hit for hit in index.search("大鳞大眼鲷体长多少公分", snippets=2, width=40) if hit.id == "fish")
    assert hit.best is not None and hit.location == hit.best.place
    assert hit.best.place == Place("page", "2" if title == "大鱗大眼鯛" else "1")
    assert index.search("大鳞大眼鲷", snippets=0).hits[0].best is None


def test_where_the_title_says_all_most_of_it_is_the_best() -> None:
    passages = Snippet("商汤", 0, ((0, 2),)), Snippet("商汤和科技", 9, ((0, 2), (3, 5))), Snippet("科技和商汤", 20, ((0, 2), (3, 5)))
    assert Hit(1, 1.0, "a", "商汤科技", title_marks=((0, 4),), snippets=passages).best is passages[1]
    assert Hit(1, 1.0, "a", "", snippets=passages).best is passages[1]
    assert Hit(1, 1.0, "a", "科技", title_marks=((0, 2),), snippets=passages).best is passages[1]
    assert Hit(1, 1.0, "a", "科技", title_marks=((0, 2),), snippets=(passages[2], Snippet("融资三次", 40, ((0, 4),)))).best != passages[2]


def test_the_work_for_a_pasted_text_grows_more_slowly_than_the_text(indexed: Indexed) -> None:
    """Counted in calls, not in time: its words are looked for, marked and shown only up to a number."""
    folding._script_table.cache_clear()  # other tests fold all of Unicode, and what it remembers is bounded
    text = "".join(f"第{number}章，软件{chr(0x4E00 + 37 * number)}工程师的{chr(0x4E00 + 53 * number)}法律责任。" for number in range(400))
    index = indexed(*(Document(id=str(number), title="", text=text[number * 400 : (number + 3) * 400]) for number in range(15)))
    few, many = (_calls(lambda: index.search(text[:length])) for length in (2_000, len(text)))  # noqa: B023  (called at once)
    assert len(text) > 7_000
    assert many < 1.5 * few < 1_000_000
    assert "0" in ids(index.search(text[10:1_100])), "and what was copied is found however much it is"


def _calls(action: Callable[[], object]) -> int:
    """How many functions are called."""
    count = 0

    def seen(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    action()  # what is read once
    sys.setprofile(seen)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def test_a_hit_without_passages_begins_where_its_text_does() -> None:
    assert begin_of(Hit(1, 1.0, "a", "題")) == 0


def test_a_place_in_words() -> None:
    assert str(Place("page", "37")) == "page 37" and str(Place("chapter", "第三章")) == "第三章"


@pytest.mark.parametrize(
    ("places", "place"),
    [
        ([(0, "heading", "第一章"), (1, "article", "第1條")], ("article", "第1條")),
        ([(0, "article", "第1條"), (1, "heading", "附件")], ("heading", "附件")),
        ([(1, "heading", "第1條 要旨"), (1, "article", "第1條")], ("article", "第1條")),
        ([(0, "page", "7"), (1, "heading", "附件")], ("page", "7")),
        ([(9, "article", "第1條")], None),
    ],
)
def test_a_heading_ends_an_article(indexed: Indexed, places: list[tuple[int, str, str]], place: tuple[str, str] | None) -> None:
    index = indexed(Document(id="1", title="", text="甲乙丙丁。商湯科技十分。", locations=tuple(Location(*one) for one in places)))
    [hit] = index.search("商湯")
    assert hit.location == (None if place is None else Place(*place))


def test_nothing_of_a_quotation_is_marked_where_it_does_not_stand(indexed: Indexed) -> None:
    query = '"播放列表" OR 伺服器'
    index = indexed(
        Document(id="has", title="", text="新建播放列表，播放。"), Document(id="lacks", title="", text="播放各種列表與伺服器。")
    )
    for id, marked in (("has", {"播放列表"}), ("lacks", {"伺服器"})):
        [hit] = [hit for hit in index.search(query) if hit.id == id]
        assert {snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks} == marked
        text = index.document(id).text
        assert {text[start:end] for start, end in index.marks(query, text)} == marked

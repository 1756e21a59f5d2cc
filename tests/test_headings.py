"""What has a heading that is just the query comes before what only mentions it, and never before what is called so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document, Index, Location
from searcher.records.headings import _patterns, heading_keyword
from searcher.text import views
from searcher.text.folding import fold
from searcher.text.usual import SIGNS
from tests.conftest import Indexed


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("数据卷", "数据卷"),
        ("數據卷", "数据卷"),
        ("7.5 ENTRYPOINT 入口点", "entrypoint入口点"),
        ("8.1.8　数据卷 备份", "数据卷备份"),
        ("第二章　安裝與設定", "安装与设定"),
        ("第一百二十回 甄士隐详说太虚情", "甄士隐详说太虚情"),
        ("一、总则", "总则"),
        ("(3) 附注", "附注"),
        ("⭐️ synchronized 和 ReentrantLock 有什么区别？", "synchronized和reentrantlock有什么区别"),
        ("C++ 与 C#", "c++与c#"),
        ("3D 打印", "3d打印"),
        ("2023", "2023"),
        ("12", "12"),
        ("三国", "三国"),
        ("第三章", "第三章"),
        ("1. हिन्दी", "हिन्दी"),  # marks are part of a word, whatever Python calls them
    ],
)
def test_a_heading_says_what_it_says_without_its_number_and_signs(heading: str, said: str) -> None:
    assert heading_keyword(heading) == views.keyword(views.HEADING, said)


@pytest.mark.parametrize("heading", ["", "甲", "1. 甲", "——", "字" * 41])
def test_too_little_and_too_much_is_no_heading(heading: str) -> None:
    assert heading_keyword(heading) is None


@given(st.text([*map(chr, range(0x80)), *SIGNS, *"第一章〇"], max_size=12))
def test_in_plain_text_the_plain_signs_are_the_signs(heading: str) -> None:
    folded = fold(heading).text
    plain, general = ([pattern.sub("", folded) for pattern in _patterns(plain)] for plain in (True, False))
    assert plain == general


@given(st.text("甲乙二章第3.、 A-", max_size=12))
def test_what_a_heading_says_is_said_by_itself(heading: str) -> None:
    keyword = heading_keyword(heading)
    said = "" if keyword is None else keyword.partition(":")[2]
    assert said.isalnum() or not said
    assert keyword is None or heading_keyword(f"9.1 {heading}") is not None


def page(id: str, *headings: str, text: str = "", title: str = "") -> Document:
    """A document with headings, each with a sentence behind it."""
    said, locations = text, []
    for heading in headings:
        locations.append(Location(len(said), "heading", heading))
        said += f"{heading}\n\n就是这样说的，没有别的。\n\n"
    return Document(id, title or f"题目{id}", said, locations=tuple(locations))


@pytest.fixture
def manual(indexed: Indexed) -> Index:
    mention = "关于后缀数组的后缀数组，还是后缀数组，又是后缀数组。"
    return indexed(
        page("mention", text=mention),
        page("headed", "1.2 后缀数组", text="先说别的事情，说得很长很长，长到看不到头。" * 9),
        page("other", "后缀数组的应用", text=mention),
        page("titled", text="另一篇。", title="再谈后缀数组的构造"),
        page("called", text="第三篇。", title="后缀数组"),
    )


def ids(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query, snippets=0)]


@pytest.mark.parametrize("query", ["后缀数组", "後綴陣列", "后缀 数组", "后缀数组 "])
def test_a_heading_comes_before_mentions_and_with_titles_behind_what_is_called_so(manual: Index, query: str) -> None:
    found = ids(manual, query)
    assert found[0] == "called"
    assert set(found[1:3]) == {"headed", "titled"}
    assert set(found[3:]) == {"mention", "other"}


@pytest.mark.parametrize("query", ["“后缀数组”", "text后缀数组", "后缀数组 -构造", "后缀数组 OR 构造", "后缀数组 sort:size", "后缀*"])
def test_what_is_more_than_its_words_asks_for_no_heading(manual: Index, query: str) -> None:
    found = ids(manual, query)
    assert not found or not manual.why(query, found[0]).headed


def test_where_no_heading_says_it_titles_with_more_do_not_come_first_for_that(indexed: Indexed) -> None:
    index = indexed(
        page("mention", text="网格搜索。" * 5), page("titled", text="另一篇。" * 9, title="再谈网格搜索与其他几种很长很长的方法和技巧")
    )
    before = ids(index, "网格搜索")
    assert not any(index.why("网格搜索", id).headed for id in before)
    index.add([page("headed", "网格搜索")])
    assert index.why("网格搜索", "headed").headed and index.why("网格搜索", "titled").headed
    assert ids(index, "网格搜索")[-1] == "mention"


@pytest.mark.parametrize("query", [".net", "a.net", "C++", "-", "1.5", "什么是容器？"])
def test_signs_and_questions_are_looked_for_too(indexed: Indexed, query: str) -> None:
    index = indexed(page("mention", text=f"{query}，{query}，{query}。"), page("headed", f"3.1 {query}", text="别的事情。" * 30))
    assert {hit.id for hit in index.search(query)} <= {"mention", "headed"}
    found = [id for id in ("headed", "mention") if index.why(query, id).headed]
    assert found == (["headed"] if any(map(str.isalnum, query)) else [])


def test_a_heading_in_another_language_does_not_come_first_for_that(indexed: Indexed) -> None:
    index = indexed(page("english", "Machine Learning"), page("own", text="机器学习，机器学习，还是机器学习。"))
    assert [index.why("机器学习", id).headed for id in ("english", "own")] == [False, False]
    index.add([page("headed", "機器學習")])
    assert [index.why("机器学习", id).headed for id in ("english", "own", "headed")] == [False, False, True]


def test_headings_are_told_by_why_and_are_no_field(manual: Index) -> None:
    assert [manual.why("后缀数组", id).headed for id in ("headed", "titled", "mention", "called")] == [True, True, False, False]
    assert manual.fields() == ()


def test_headings_are_kept_where_a_file_is_moved_and_an_index_rebuilt(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text("# 甲\n\n" + "长长的话。" * 50 + "\n\n## 2.1 网格搜索\n\n如此。\n", "utf-8")
    (folder / "b.md").write_text("# 乙\n\n" + "网格搜索，" * 9 + "\n", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync(folder)
        assert [hit.title for hit in index.search("网格搜索")] == ["甲", "乙"]
        (folder / "a.md").rename(folder / "c.md")
        index.sync(folder)
        assert [hit.title for hit in index.search("网格搜索")] == ["甲", "乙"]
        index.rebuild()
        assert [hit.title for hit in index.search("网格搜索")] == ["甲", "乙"]

"""Files of Org are read as they are shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, Skipped
from tests.documents.reading import read_all, read_one

HEAD = "#+TITLE: 筆記\n\n"

SHOWN = (
    ("請看[[https://x.cn/a][說明]]，[[file:b.org]]與[[*標題]]、[[https://x.cn]]", "請看說明，b.org與標題、https://x.cn"),
    ("[[file:[譯]甲.org][[譯]甲]]與[[][乙]]", "[譯]甲與乙"),
    ("圖[[./a b.png]][[file:a.jpg]][[https://x.cn/a][https://x.cn/a.svg]][[id:1f-2]]後", "圖後"),
    ("*粗體*與~程式~、用=ls=列出，*=兩者=*，_底 線_ 和 /斜體/ 和 +刪+", "粗體與程式、用ls列出，兩者，底 線 和 斜體 和 刪"),
    ("=[[原樣]]= 與 ~*原樣*~", "[[原樣]] 與 *原樣*"),
    ("北京/上海/广州，/usr/ 與 _name_，a=b=c，2*3*4，3~5天", "北京/上海/广州，/usr/ 與 _name_，a=b=c，2*3*4，3~5天"),
    (
        "H_{2}O，<https://x.cn>，<<目標>>前<<<術語>>>，@@html:<b>@@字，{{{kbd(C-x)}}}，src_c{int a}，文[cite:@甲]",
        "H2O，https://x.cn，前術語，字，C-x，int a，文",
    ),
    ("一行\\\\\n二行\n續行", "一行\n二行續行"),
    ("文[fn:1]字[fn:乙:就地 *說明*]\n\n後\n\n[fn:1] 註解\n續行\n\n完", "文字\n\n後\n\n完\n\n就地 說明\n\n註解續行"),
    ("- 甲\n  續行\n  - [X] 乙\n    1. 丙\n    3) 丁\n- 戊", "• 甲續行\n  • 乙\n    1. 丙\n    3. 丁\n• 戊"),
    ("- 甲\n\n  第二段\n\n  - 乙\n後\n  - 丙", "• 甲\n\n第二段\n\n  • 乙\n\n後\n\n• 丙"),
    ("1. 甲\n1. [@5] 乙\n + 丙\n * 丁", "1. 甲\n1. 乙\n  • 丙\n  • 丁"),
    ("- 術語 :: 解釋\n- a::b\n-\n後", "• 術語: 解釋\n• a::b\n\n後"),
    ("#+CAPTION[短]: 圖 *說*\n#+NAME: 表\n| <l> | 值 |\n|-----+----|\n| =a= | [[b][乙]] |\n#+TBLFM: $1=甲", "圖 說\n\n值\na\t乙"),
    (
        "前\n#+BEGIN_SRC python :var 甲=1\n  def f():\n      return [[1]]\n  ,* 星\n\n  # 程\n#+end_src\n後",
        "前\n\ndef f():\n    return [[1]]\n* 星\n\n# 程\n\n後",
    ),
    ("#+RESULTS:\n: 輸出 *x*\n:   二\n:\n後", "輸出 *x*\n  二\n\n後"),
    ("#+begin_quote\n引文\n續\n#+end_quote\n#+BEGIN_VERSE\n一行\n二行\n#+END_VERSE\n後\n續", "引文續\n\n一行\n二行\n\n後續"),
    ("#+begin_export html\n<p>網<b>頁</b></p>\n#+end_export\n#+begin_src html\n<p>\n#+end_src", "網頁\n\n<p>"),
    ("前\n# 註解\n#+begin_comment\n隱\n#+end_comment\n#+OPTIONS: toc:t\n-----\n後", "前\n\n後"),
    ("#+begin_src 沒有結束\n後", "#+begin_src 沒有結束後"),
    (":草稿:\n字\n:END:\n:沒有結束: 字", "字\n\n:沒有結束: 字"),
)


@pytest.mark.parametrize(("markup", "text"), SHOWN)
def test_a_file_is_what_a_reader_sees(markup: str, text: str) -> None:
    document = read_one("a.org", f"{HEAD}{markup}\n")
    assert document.text == text
    assert (document.title, document.metadata["format"]) == ("筆記", "org")


def test_a_headline_is_a_heading_and_what_it_says_to_machines_is_not_shown() -> None:
    document = read_one(
        "a.org",
        """#+TITLE: 筆記
* TODO [#A] 寫 *報告* :工作:noexport:
DEADLINE: <2021-08-18 三>
:PROPERTIES:
:CUSTOM_ID: abc
:委託人: 張 *三*
:END:
:LOGBOOK:
CLOCK: [2021-08-18 三 10:00]--[2021-08-18 三 11:00] =>  1:00
- State "DONE"       from "TODO"       [2021-08-18 三 11:00]
- 已交
:END:
*
** :僅:
正文
""",
    )
    assert document.text == "TODO 寫 報告\n\n工作\n\nDEADLINE: <2021-08-18 三>\n\n委託人: 張 三\n\n• 已交\n\n僅\n\n正文"
    assert [place.label for place in document.locations if place.kind == "heading"] == ["TODO 寫 報告"]


def test_what_the_file_says_of_itself_is_known_of_it() -> None:
    text = (
        ':PROPERTIES:\n:ID: 1f\n:ROAM_ALIASES: "甲 乙" 丙\n:END:\n#+title: 學習\n#+TITLE: =計畫=\n#+AUTHOR: 王大明\n'
        "#+DATE: <2021-08-17 Tue>\n#+FILETAGS: :學習:計畫:\n#+HUGO_CATEGORIES: 工作\n#+LANGUAGE: zh\n#+出處: 報紙\n#+TAGS: @家(h)\n\n正文\n"
        "* 例\n#+TITLE: 例\n#+DESCRIPTION: 後說\n"
    )
    document = read_one("a.org", text)
    assert (document.title, document.date) == ("學習 計畫", "2021-08-17")
    said = {name: value for name, value in document.metadata.items() if name not in ("format", "encoding", "encoding_confidence")}
    assert said == {
        "author": "王大明",
        "category": ("工作",),
        "tags": ("學習", "計畫"),
        "aliases": ("甲 乙", "丙"),
        "出處": "報紙",
        "description": "後說",
    }
    assert document.text == "正文\n\n例\n\n後說, 甲 乙, 丙, 學習, 計畫"


@pytest.mark.parametrize(
    ("tags", "known"),
    [
        ("linux和它的小伙伴 cron", ("linux和它的小伙伴", "cron")),
        ("[[graph network]], #甲", ("graph network", "#甲")),
        ("甲，乙 丙", ("甲", "乙 丙")),
        ("{ @家(h) @公司(o) }", None),
    ],
)
def test_tags_stand_as_programs_for_blogs_write_them(tags: str, known: tuple[str, ...] | None) -> None:
    assert read_one("a.org", f"#+TAGS: {tags}\n正文\n").metadata.get("tags") == known


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.org", "---\ntitle: 甲\n---\n#+TITLE: 乙\n正文", "甲"),
        ("inbox.org", "* TODO 買牛奶\n* TODO 寫信\n", "inbox"),
        ("inbox.org", "* 計畫\n** 一\n** 二\n", "計畫"),
        ("b.org", "第一行\n* 設定\n* 安裝\n", "b"),
        ("b.org", "* 設定\n#+TITLE: 文檔的題目\n", "文檔的題目"),
        ("b.org", "第一行\n\n第二段\n", "第一行"),
    ],
)
def test_a_file_is_called_as_it_says_else_by_its_only_headline_else_by_its_name(name: str, text: str, title: str) -> None:
    assert read_one(name, text).title == title


@pytest.mark.parametrize("date", ["[2019年 12月 13日 星期五 11:01:15 HKT]", "<2019-12-13 五>", "2019-12-13"])
def test_dates_are_read_as_emacs_writes_them(date: str) -> None:
    assert (read_one("a.org", f"#+TITLE: 甲\n#+DATE: {date}\n正文").date or "")[:10] == "2019-12-13"


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.txt", "# -*- mode: org -*-\n\n#+DATE: 2016-08-10 13:56\n#+TITLE: 周易\n元亨利貞\n", "org"),
        ("a.txt", "#+options: toc:nil\r\n\r\n第一行\n", "org"),
        ("a", "如何寫 Org\n#+DATE: 2016-08-10\n", "text"),
        ("a.md", "#+TITLE: 甲\n正文\n", "markdown"),
        ("a.org", "* [[a]]\n- 一\n# 註\n```\n*粗* [乙](b)\n", "org"),
    ],
)
def test_it_is_told_by_the_name_else_by_a_keyword_at_the_beginning(name: str, text: str, format: str) -> None:
    assert read_one(name, text).metadata["format"] == format


def test_a_file_of_keywords_alone_has_no_text() -> None:
    (item,) = read_all("a.org", "#+TITLE: 甲\n#+DATE: 2021-08-17\n")
    assert isinstance(item, Skipped)
    assert item.reason == "empty"


def test_the_line_of_a_program_is_that_of_its_first_line() -> None:
    document = read_one("a.org", "* 標題\n\n\n#+begin_src c\nint a;\n#+end_src\n")
    assert [(place.label, document.text[place.start :]) for place in document.locations if place.kind == "line"][-1] == ("5", "int a;")


SEEN = ("前言{}", "  續行{}", "* 標題{}", "- 項目{}", "| 格{} | 子 |", ": 原樣{}", "[fn:1] 註{}", "#+CAPTION: 說{}", "")
UNSEEN = ("# 註解", "#+NAME: a", ":PROPERTIES:", ":END:", "#+begin_quote", "#+end_quote")


@given(st.lists(st.sampled_from(SEEN) | st.sampled_from(UNSEEN), max_size=25))
def test_what_a_reader_sees_is_there_once_and_places_say_in_which_line(templates: list[str]) -> None:
    numbers = [number for number, template in enumerate(templates, 2) if "{}" in template]
    lines = [template.replace("{}", f" {number}號") for number, template in enumerate(templates, 2)]
    (item,) = read_all("a.org", "\n".join(("#+TITLE: 甲", *lines)))
    if not isinstance(item, Document):
        assert not numbers
        return
    written = [int(number) for number in re.findall(r" (\d+)號", item.text)]
    assert sorted(written) == numbers, "notes come at the end"
    for label, behind in ((place.label, item.text[place.start :]) for place in item.locations if place.kind == "line"):
        found = re.search(r" (\d+)號", behind)
        assert (found and found[1] == label) or behind.startswith(lines[int(label) - 2]), "what nothing closes is text"


@given(st.text(alphabet="*=~/_+[]{}<>@:|#-\\ \n甲乙ab1.", max_size=120))
def test_any_text_is_read(text: str) -> None:
    assert all(item.reason == "empty" for item in read_all("a.org", f"#+TITLE: 甲\n{text}") if isinstance(item, Skipped))

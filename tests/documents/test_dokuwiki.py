"""Pages of DokuWiki are read as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.reading import read_all, read_one
from tests.patience import no_hang

HEAD = "====== 安裝 ======\n\n"

SHOWN = (
    ("請參考[[.:installation|安裝頁面]]。", "請參考安裝頁面。"),
    ("見[[zh:常見問題#登入]]與[[https://x.cn/a|網站]]", "見常見問題與網站"),
    ("**粗**體//斜//體__底__線''等寬''字，http://x.cn//y", "粗體斜體底線等寬字，http://x.cn//y"),
    ("**//兩者//**", "兩者"),
    ("前{{:logo.png?200 |圖說}}後{{:b.png}}", "前圖說後"),
    ("一行\\\\ 二行\n續行", "一行\n二行續行"),
    ("文((註解 //一//))字", "文字\n\n註解 一"),
    ("%%**原樣**%%與<nowiki>[[原樣]]</nowiki>", "**原樣**與[[原樣]]"),
    ("<WRAP center info>\n提示<del>刪</del>\n</WRAP>", "提示刪"),
    ("  * 甲\n    * 乙\n  - 丙\n  - 丁", "• 甲\n  • 乙\n1. 丙\n2. 丁"),
    ("^ 資源 ^ 說明 ^\n| [[a|甲]] | 文字\\\\ 續 |\n| ::: | 乙 |", "資源\t說明\n甲\t文字 續\n乙"),
    ("  程式 **x**\n  二行", "程式 **x**\n二行"),
    ("前\n<code php>\n$a[[0]];\n  **x**\n</code>\n後", "前\n\n$a[[0]];\n  **x**\n\n後"),
    ("> 引文\n----\n~~NOTOC~~\n後", "引文\n\n後"),
)


@pytest.mark.parametrize(("markup", "text"), SHOWN)
def test_a_page_is_what_a_reader_sees(markup: str, text: str) -> None:
    document = read_one("start.txt", HEAD + markup + "\n")
    assert document.text == f"安裝\n\n{text}"
    assert (document.title, document.metadata["format"]) == ("安裝", "dokuwiki")


def test_headings_and_lines_are_those_of_the_file() -> None:
    page = "**草稿**\n\n====== 安裝 ======\n\n===== 準備 =====\n文字\n續行\n\n  * 甲\n  * 乙\n"
    document = read_one("a.txt", page)
    assert document.title == "安裝"
    assert [place.label for place in document.locations if place.kind == "heading"] == ["安裝", "準備"]
    for place in document.locations:
        if place.kind == "line":
            line = page.split("\n")[int(place.label) - 1]
            assert document.text[place.start :].split("\n")[0].lstrip("• ")[:2] in line


@pytest.mark.parametrize(
    "text",
    [
        "== 標題 ==\n[[連結|文字]]\n====== 小節 ======\n",
        "======\n安裝\n======\n",
        "= 標題\n\n文字\n",
        "====== 第一章 ======\n天亮了。\n他走了。\n",
        "a ====== b ======\n",
    ],
)
def test_other_pages_are_none_of_dokuwiki(text: str) -> None:
    (document,) = read_all("a.txt", text)
    assert getattr(document, "metadata", {}).get("format") != "dokuwiki"


@given(st.text("=^|*/_'[]{}()<>code%\\\\ -\n甲a:", max_size=120))
def test_whatever_it_holds_is_read(text: str) -> None:
    assert read_one("a.txt", f"{HEAD}[[頁]]\n{text}").text.startswith("安裝")


def test_marks_without_end_take_no_square_of_their_number() -> None:
    with no_hang():
        for mark in ("[[", "{{", "((", "**", "//", "%%", "<code>", "|", "<a ", "''a", "a((b"):
            assert read_all("a.txt", HEAD + mark * 50_000)

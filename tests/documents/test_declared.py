"""What texts say of themselves in Typst, and in the first lines of plain text."""

from __future__ import annotations

import pytest

from searcher.documents.plain.declared import declared
from tests.documents.reading import read_one

TYPST = '#set document(title: [排版介紹], author: ("甲", "乙"), date: datetime(year: 2021, month: 8, day: 7))\n= 引言 <a>\n正文\n'


def test_typst_says_its_title_authors_and_date_and_stays_as_it_is_written() -> None:
    document = read_one("a.typ", TYPST)
    assert (document.title, document.metadata["author"], document.date) == ("排版介紹", ("甲", "乙"), "2021-08-07")
    assert document.text == TYPST.strip("\n")
    assert "author" not in read_one("a.txt", TYPST).metadata, "only the suffix tells the language"


def test_a_heading_of_typst_is_its_title_where_nothing_else_is() -> None:
    assert read_one("a.typ", "#set text(size: 11pt)\n= 引言 <intro>\n正文").title == "引言"
    assert read_one("a.typ", '#import "a.typ"\n== 第一節\n正文').title == "第一節"


@pytest.mark.parametrize("text", ["", "#set document(", "#set document(title:"])
def test_what_is_broken_says_nothing(text: str) -> None:
    for suffix in (".typ", ".txt", ""):
        assert "author" not in declared(text, suffix) and "title" not in declared(text, suffix)


HEADS = (
    ("标题：三体\n作者：刘慈欣\n时间：2021年8月17日\n来源：书库\n\n正文", "三体", "刘慈欣", "2021-08-17"),
    ("\n書名： 《三體》\n作者 ：劉慈欣\n\n第一章：開始\n", "三體", "劉慈欣", None),
    ("<篇名>霍乱论\n书名：霍乱论\n作者：王士雄  \n年份：\n\n<篇名>序\n文", "霍乱论", "王士雄", None),
    ("Title: Notes\nAuthor: Wang\nDate: 2021-08-17\n\ntext", "Notes", "Wang", "2021-08-17"),
)


@pytest.mark.parametrize(("text", "title", "author", "date"), HEADS)
def test_the_first_lines_of_a_plain_text_may_name_it(text: str, title: str, author: str, date: str | None) -> None:
    document = read_one("a.txt", text)
    assert (document.title, document.metadata["author"], document.date) == (title, author, date)
    assert document.text == text.strip("\n")


@pytest.mark.parametrize(
    "text",
    [
        "问：你好吗？\n答：好。\n标题：没有\n",
        "标题：只有一行\n正文",
        "会议\n标题：甲\n作者：乙\n",
        "时间：今天\n地点：北京\n\n正文",
        "标题：甲\n作者：\n",
    ],
)
def test_other_lines_with_colons_name_nothing(text: str) -> None:
    document = read_one("a.txt", text)
    assert document.date is None and "author" not in document.metadata


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("书名：甲\n正文", "甲"),
        ("法律名稱：民法\n第 1 條\n民事", "民法"),
        ("會議\n标题：乙\n正文", "會議"),
        ("标题：\n正文", "标题："),
    ],
)
def test_a_first_line_that_says_title_names_a_plain_text(text: str, title: str) -> None:
    assert read_one("a.txt", text).title == title


def test_a_law_as_its_office_gives_it_is_dated() -> None:
    document = read_one("a.txt", "法規名稱：民法\n修正日期：民國 110 年 01 月 20 日\n\n第 1 條\n民事")
    assert (document.title, document.date) == ("民法", "2021-01-20")

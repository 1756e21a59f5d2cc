"""What was marked on a Kindle becomes a document a book."""

from __future__ import annotations

import pytest

from searcher.documents import Document
from tests.documents.reading import read_all, read_one

MARKED = """三體（典藏版） (劉慈欣)
- 您在位置 #297-298的标注 | 添加于 2019年8月21日星期三 上午11:58:32

給歲月以文明，而不是給文明以歲月。
==========
Walden (Henry David Thoreau)
- Your Highlight on Location 12-13 | Added on Monday, August 26, 2019 6:15:42 PM

Simplify, simplify.
==========
三體（典藏版） (劉慈欣)
- 您在位置 #300 的书签 | 添加于 2019年9月1日星期日 下午1:02:03


==========
三體（典藏版） (劉慈欣)
- 您在第 78 页（位置 #1200）的笔记 | 添加于 2019年8月22日星期四 下午3:20:05

我的想法
還有一行
==========
"""


@pytest.mark.parametrize("written", [MARKED, "\ufeff" + MARKED.replace("\n", "\r\n")])
def test_a_document_a_book(written: str) -> None:
    books = [item for item in read_all("My Clippings.txt", written) if isinstance(item, Document)]
    assert [(book.id, book.title, book.metadata["author"], book.date, book.text) for book in books] == [
        (
            "My Clippings.txt#1",
            "三體（典藏版）",
            "劉慈欣",
            "2019-08-22T15:20:05",
            "給歲月以文明，而不是給文明以歲月。\n\n我的想法\n還有一行",
        ),
        ("My Clippings.txt#2", "Walden", "Henry David Thoreau", "2019-08-26T18:15:42", "Simplify, simplify."),
    ]
    assert [place.label for place in books[0].locations] == ["4", "19"]
    assert {book.metadata["format"] for book in books} == {"clippings"}


def test_an_underline_of_the_same_signs_is_none() -> None:
    assert read_one("a.txt", "標題\n- 項目\n\n文\n\n==========\n").metadata["format"] != "clippings"
    assert read_one("a.txt", "甲\n- 一二三四五六\n乙\n==========\n").metadata["format"] != "clippings"


def test_bookmarks_alone_say_nothing() -> None:
    [item] = read_all("a.txt", "甲 (乙)\n- 您在位置 #7 的书签 | 添加于 2015年1月1日\n\n\n==========\n")
    assert not isinstance(item, Document) and item.reason == "empty"

"""Which lines have to be told."""

from __future__ import annotations

import pytest

from searcher.documents import Location
from searcher.documents.composing import blocks, places
from searcher.documents.composing.places import article_locations, needed_lines
from tests.documents.reading import read_one
from tests.patience import no_hang


def test_lines_that_follow_from_the_one_before_are_left_out() -> None:
    text = "a\nb\nc\n\nd"
    places = [
        Location(0, "line", "1"),
        Location(2, "line", "2"),
        Location(2, "heading", "b"),
        Location(4, "line", "4"),
        Location(7, "line", "6"),
    ]
    assert [(place.start, place.label) for place in needed_lines(text, places)] == [(0, "1"), (2, "b"), (4, "4")]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("第 339 條", "第339條"),
        ("第 339-4 條", "第339-4條"),
        ("第三百三十九條之四 犯罪", "第三百三十九條之四"),
        ("　第 339 條之 4", "第339條之4"),
        ("第339－4條", "第339－4條"),
        ("依第 339 條", None),
        ("第339-4號", None),
    ],
)
def test_articles_are_called_as_the_statute_calls_them(line: str, label: str | None) -> None:
    assert [place.label for place in article_locations(f"總則\n{line}\n犯罪者，處罰之。")] == ([label] if label else [])


def test_many_lines_take_linear_time() -> None:
    with no_hang():
        assert len(needed_lines("ab\n" * 100_000, (Location(3 * line, "line", str(line + 1)) for line in range(100_000)))) == 1


def test_of_a_document_only_so_many_places_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_PLACES", 5)
    monkeypatch.setattr(blocks, "MOST_PLACES", 5)
    law = read_one("a.txt", "".join(f"第{number}條 文\n" for number in range(1, 9)))
    assert [place.label for place in law.locations] == ["1", "第1條", "第2條", "第3條", "第4條"]
    for name, markup in (("a.md", "# 題{}\n\n文\n\n"), ("a.html", "<h1>題{}</h1><p>文"), ("a.rst", "題{}\n====\n\n文\n\n")):
        page = read_one(name, "".join(markup.format(number) for number in range(9)))
        assert 3 <= len(page.locations) <= 5  # lines that follow from others go
        assert page.text.count("題") == page.text.count("文") == 9


BOOK = """遠行
目錄
第一章 出發
第二章 渡河
第三章

第一章 出發
天還沒有亮，第一章裡的人就上路了。
第二章在下一頁，不必急。
第二節課的鐘響了
同學都回來了。
　　第二章　渡河
河水很急。
第三章
到了。
第三部：歸
完。
"""


def test_chapters_of_a_plain_text_are_its_headings() -> None:
    document = read_one("遠行.txt", BOOK)
    headings = [(place.label, document.text[place.start :].split("\n")[1]) for place in document.locations if place.kind == "heading"]
    assert headings == [
        ("第一章 出發", "天還沒有亮，第一章裡的人就上路了。"),
        ("第二章 渡河", "河水很急。"),
        ("第三章", "到了。"),
        ("第三部：歸", "完。"),
    ]


@pytest.mark.parametrize(("name", "text"), [("a.txt", "第一章 出發\n天還沒有亮。"), ("a.py", "第一章\nx = 1\n第二章\ny = 2\n")])
def test_a_chapter_alone_and_code_have_no_headings(name: str, text: str) -> None:
    assert {place.kind for place in read_one(name, text).locations} == {"line"}

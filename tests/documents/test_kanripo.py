"""A scroll of the Kanseki Repository becomes its text, by the pages of its print."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Index
from tests.documents.reading import read_one

SCROLL = """# -*- mode: mandoku-view; -*-
#+TITLE: 墨子
#+DATE: 2015-08-24 23:19:08.055625
#+PROPERTY: ID KR3j0002
#+PROPERTY: BASEEDITION WYG
#+PROPERTY: JUAN 卷三
<pb:KR3j0002_WYG_003-1a>¶
欽定四庫全書¶
　　尚同上第十一¶
義是以一人則一義二人則二¶
<pb:KR3j0002_WYG_003-1b>¶
義十人則十義其人滋¶

# src: Sun Yirang 3.1
* 尚同中
方今之時<pb:KR3j0002_WYG_003-2a>復古之民¶
"""


def test_the_text_has_no_marks_of_print_and_no_remarks() -> None:
    document = read_one("KR3j0002_003.txt", SCROLL)
    assert document.text.split("\n") == [
        "欽定四庫全書",
        "　　尚同上第十一",
        "義是以一人則一義二人則二",
        "義十人則十義其人滋",
        "",
        "尚同中",
        "方今之時復古之民",
    ]
    about = {name: document.metadata.get(name) for name in ("format", "edition")}
    assert (document.title, document.date, about) == ("墨子 卷三", None, {"format": "kanripo", "edition": "WYG"})


@pytest.mark.parametrize(("scroll", "title"), [("2", "墨子 卷2"), ("003", "墨子 卷3"), ("0", "墨子 尚同中"), ("目録", "墨子 目録")])
def test_a_title_says_which_scroll_it_is(scroll: str, title: str) -> None:
    assert read_one("a.txt", SCROLL.replace("卷三", scroll)).title == title


def test_pages_are_those_of_the_print_and_lines_those_of_the_file() -> None:
    document = read_one("KR3j0002_003.txt", SCROLL)
    text = {place.start: document.text[place.start :].split("\n")[0] for place in document.locations}
    pages = [(place.label, text[place.start]) for place in document.locations if place.kind == "page"]
    assert pages == [("003-1a", "欽定四庫全書"), ("003-1b", "義十人則十義其人滋"), ("003-2a", "方今之時復古之民")]
    written = SCROLL.split("\n")
    for place in document.locations:
        if place.kind == "line":
            assert text[place.start] in written[int(place.label) - 1] or not text[place.start]
    assert ("heading", "尚同中") in {(place.kind, place.label) for place in document.locations}


def test_a_sentence_is_found_across_pages_with_its_line_and_its_page(tmp_path: Path) -> None:
    (tmp_path / "KR3j0002_003.txt").write_text(SCROLL, encoding="utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([tmp_path / "KR3j0002_003.txt"])
        [hit] = index.search('"則二義十人"')
        [snippet] = hit.snippets
        assert (snippet.line, snippet.place and snippet.place.label) == (10, "003-1a")
        assert index.search('"方今之時復古之民"').total == 1
        assert index.search("Yirang").total == 0


def test_what_is_called_by_its_scroll_or_its_first_heading() -> None:
    assert read_one("a.txt", SCROLL.replace("卷三", "0")).title == "墨子 尚同中"
    assert read_one("a.txt", SCROLL.replace("卷三", "").replace("* 尚同中\n", "")).title == "墨子"


@given(st.lists(st.sampled_from(["天下¶", "<pb:KR1_WYG_001-1a>¶", "", "# src", "** 乾", "#+TITLE: 易", "<pb:x>之¶", "¶", "<pb:>"])))
def test_whatever_stands_in_it_all_lines_with_text_are_kept_in_order(lines: list[str]) -> None:
    document = read_one("a.txt", "\n".join(["# -*- mode: mandoku-view; -*-", *lines, "終¶", "# src", ""]))
    kept = [line for line in document.text.split("\n") if line]
    shown = {"天下¶": "天下", "** 乾": "乾", "<pb:x>之¶": "之", "<pb:>": "<pb:>"}
    assert kept == [*(shown[line] for line in lines if line in shown), "終"]
    assert all(place.start < len(document.text) for place in document.locations)


def test_its_first_line_is_written_with_a_blank_or_without() -> None:
    document, other = (read_one("a.txt", SCROLL.replace("# -*-", mark)) for mark in ("# -*-", "#-*-"))
    assert (other.text, other.title) == (document.text, document.title)

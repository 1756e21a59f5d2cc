"""Marked text as HTML."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from searcher import Expansion, Hit, Place, Results, Snippet, as_html


@given(st.text(st.sampled_from("a<>&\"'人臉 ")), st.lists(st.integers(0, 30), unique=True))
def test_the_text_and_its_marks_come_back(text: str, places: list[int]) -> None:
    ends = sorted(min(place, len(text)) for place in places)
    marks = [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False) if start < end]
    written = as_html(text, marks)
    assert not re.search(r"""[<>"']""", re.sub("</?mark>", "", written)), "nothing of the text is markup"
    assert html.unescape(re.sub("</?mark>", "", written)) == text
    assert [html.unescape(marked) for marked in re.findall("<mark>(.*?)</mark>", written, re.DOTALL)] == [text[a:b] for a, b in marks]


def test_another_tag() -> None:
    assert as_html("商汤 & co", ((0, 2),), tag="em") == "<em>商汤</em> &amp; co"


def test_a_notebook_shows_results_as_a_list_of_marked_passages() -> None:
    hits = (
        Hit(
            11,
            1.5,
            "1",
            "商湯<b>",
            ((0, 2),),
            path="a/b.md",
            date="2021-08",
            snippets=(Snippet("說 商湯", 0, ((2, 4),), 3, Place("page", "2")),),
        ),
        Hit(12, 0.5, "id & 2", "無標", snippets=(Snippet("<script>", 0),), relaxed=True, missing=("<商湯>",)),
    )
    others = (Expansion("<商湯>", "商汤科技", "synonym", 1.0),)
    shown = Results("<商湯>", 1234, hits, expansions=others, notices=("a < b",))._repr_html_()
    assert shown == (
        "<p>&lt;商湯&gt;: 2 / 1,234<br><small>&lt;商湯&gt; → 商汤科技</small><br><small>a &lt; b</small></p><ul style='list-style: none'>"
        "<li>11. <b><mark>商湯</mark>&lt;b&gt;</b> <small>a/b.md · 2021-08</small><br>說 <mark>商湯</mark></li>"
        "<li>12. <b>無標</b> <small>id &amp; 2 · <del>&lt;商湯&gt;</del></small><br>&lt;script&gt;</li></ul>"
    )

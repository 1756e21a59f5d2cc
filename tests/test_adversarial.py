"""Whatever is typed, pasted or handed over by a program: an answer, from every door of the library, and no error but those of the tree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import Index, UnknownDocument, parse
from tests.corpus import CORPUS

PIECES = (
    *"\"“”「」'()（）*?~-－+:：|&!^\\/{}[]%<>=$`.…。，、第條年月万億 \t\n\r\0\x1b\ud800\udfff\ufeff\u202e\u0301",
    *("AND", "OR", "NOT", "ＯＲ", "or", "**", "~2", "..", ">=", "^3", "a*b", "*a*", "TO"),
    *(
        "title:",
        "标题：",
        "date:",
        "日期：",
        "size:",
        "path:",
        "author:",
        "ext:",
        "sort:",
        "排序：",
        "script:",
        "year:",
        "format:",
        "nosuch:",
    ),
    *("9" * 40, "1e400", "-1", "nan", "1/0", "2021-13-45", "民國110年", "百分之", "5%", "1.2億", "𠀀", "é", "e\u0301"),
    *("商汤", "商湯科技", "軟體", "人脸识别", "的", "什么", "第十二條", "hello", "shangtang", "x" * 300),
)

QUERIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).flatmap(
    lambda pieces: st.sampled_from(("", " ")).map(lambda between: between.join(pieces))
)

OPTIONS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "strict": st.booleans(),
        "expand": st.booleans(),
        "exact_script": st.booleans(),
        "copies": st.booleans(),
        "scope": QUERIES,
        "limit": st.none() | st.integers(0, 3),
        "offset": st.integers(0, 3),
        "snippets": st.integers(0, 3),
        "width": st.integers(0, 50),
    },
)


def through_every_door(index: Index, query: str, text: str, options: dict[str, Any]) -> None:
    results = index.search(query, **options)
    for hit in results:
        assert all(hit.title[start:end] for start, end in hit.title_marks)
        assert all(snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks)
        assert len(hit.snippets) <= options.get("snippets", 3)
    assert all(text[start:end] for start, end in index.marks(query, text))
    assert index.why(query).query == query == parse(query).text
    assert index.why(query, CORPUS[0].id).id == CORPUS[0].id
    assert sum(count for _, count in index.facets(query, "format")) <= len(index)
    assert len(index.complete(query, limit=3)) <= 3
    index.values("author", query)
    try:
        assert index.document(query).text
    except UnknownDocument:
        assert query not in index


@settings(max_examples=80)
@given(QUERIES, st.sampled_from([document.text for document in CORPUS]) | QUERIES, OPTIONS)
def test_every_door_stands_whatever_comes(index: Index, query: str, text: str, options: dict[str, Any]) -> None:
    through_every_door(index, query, text, options)


@pytest.mark.parametrize(
    "query",
    [
        '"' * 1_000,
        "“商汤" * 1_000,
        '"商汤" ' * 300,
        "(" * 10_000 + "商汤" + ")" * 10_000,
        "(商汤 OR " * 3_000,
        "（" * 999 + "商汤",
        "NOT " * 1_001 + "商汤",
        "-" * 1_001 + "商汤",
        "*" * 1_000,
        "*".join("商汤科技" * 100),
        "a*" * 500,
        "?" * 1_000,
        "商~" * 500,
        "title:" * 1_000 + "商汤",
        "date:.. " * 300,
        "date:0001..9999 size:-1..1e400 date:99999999999999999999",
        "size:" + "9" * 5_000,
        "9" * 5_000,
        "第" + "一" * 3_000 + "條",
        "百分之" + "九" * 2_000,
        "商" * 20_000,
        "的 " * 999,
        "商汤 OR " * 999,
        " ".join(map(str, range(3_000))),
        "\0" * 1_000,
        "\ud800" * 1_000,
        "e" + "\u0301" * 5_000,
        "\u202e商汤\x1b[31m\x07\r\b",
    ],
    ids=lambda query: f"{query[:12]!a} and so on",
)
def test_more_of_the_same_than_anybody_types(index: Index, query: str) -> None:
    through_every_door(index, query, CORPUS[0].text, {})


def test_all_of_unicode_is_text(index: Index) -> None:
    """In the order of its code points, surrogates among them, a few thousand at a time and every other one apart from the next; of each
    plane in which nearly nothing is yet, the first."""
    for start in (*range(0, 0x40000, 0x4000), *range(0x40000, 0x110000, 0x10000)):
        index.search("".join(map(chr, range(start, start + 0x4000))))
        index.search(" ".join(map(chr, range(start, start + 0x4000, 97))))

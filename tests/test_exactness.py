"""What was typed is held in the very characters that were typed, however texts are read for it."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from searcher import Document, Index
from searcher.passages.snippets import Sought, marks, pattern, same_script
from searcher.query.tree import Any, Query, Text
from tests.conftest import Indexed

LETTERS = "后後的里裡头頭"
TEXTS = [
    *("".join(letters) for letters in itertools.product(LETTERS, repeat=2)),
    *(
        "后 的",
        "后\n的",
        "後\u200b的",
        "后，的",
        "后\ufe00的",
        "⾥的",
        "里⽬的",
        "目",
        "⽬",
        "㍻",
        "平成",
        "平 成",
        "平，成",
        "後後后",
        "後后后",
        "後后 后",
        "的后",
        "ABC 后的",
        "㍿",
        "株式会社",
        "株式會社",
        "㑹典",
        "會典",
    ),
]
QUERIES = [
    "株式会社",
    "株式會社",
    "㑹典",
    "會典",
    "后",
    "後",
    "的",
    "里",
    "裡",
    "后的",
    "後的",
    "里的",
    "裡头",
    "裏頭",
    "平成",
    "目",
    "目的",
    "后后",
    "的 后",
    "abc 后",
    "后的 -里",
]


def holds(text: str, typed: str) -> bool:
    """Looked for at every place, without any of what makes it fast."""
    looked_for = pattern([Sought(typed, 0, 1.0)], merge=False)
    return any(
        same_script(text[start + first : start + last], typed)
        for start in range(len(text))
        for first, last in marks(text[start:], looked_for)
    )


@pytest.fixture(scope="module")
def index(shared_index: Indexed) -> Index:
    """Each text once as a text, once as a title."""
    made = shared_index(*(Document(f"text {number}", "无题", text) for number, text in enumerate(TEXTS)))
    made.add([Document(f"title {number}", text, "正文") for number, text in enumerate(TEXTS)])
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_the_documents_are_those_that_hold_each_term_in_its_own_script(index: Index, query: str) -> None:
    results = index.search(query, exact_script=True, limit=None)
    terms = [term for term in query.split() if not term.startswith("-")]
    unwanted = "里裡裏⾥" if "-里" in query else ""
    expected = {
        f"{kind} {number}"
        for number, text in enumerate(TEXTS)
        for kind in ("text", "title")
        if all(holds(text, term) for term in terms) and not set(text) & set(unwanted)
    }
    assert {hit.id for hit in results} == expected
    assert results.total == len(expected)


@pytest.mark.parametrize("query", QUERIES)
def test_a_page_is_a_part_of_all_and_knows_their_number(index: Index, query: str) -> None:
    every = index.search(query, exact_script=True, limit=None)
    page = index.search(query, exact_script=True, limit=3, offset=2)
    assert ([hit.id for hit in page], page.total) == ([hit.id for hit in every][2:5], every.total)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("后 OR 後", lambda text: holds(text, "后") or holds(text, "後")),
        ("后的 OR 裡", lambda text: holds(text, "后的") or holds(text, "裡")),
        ("(后 OR 里) 的", lambda text: (holds(text, "后") or holds(text, "里")) and holds(text, "的")),
        ("后 OR (的 -头)", lambda text: holds(text, "后") or (holds(text, "的") and not set(text) & set("头頭"))),
        ("后 OR sort:date", lambda text: holds(text, "后")),
    ],
)
def test_of_a_choice_one_in_its_own_script_is_enough(index: Index, query: str, expected: Callable[[str], bool]) -> None:
    results = index.search(query, exact_script=True, limit=None)
    assert {hit.id for hit in results} == {
        f"{kind} {number}" for number, text in enumerate(TEXTS) for kind in ("text", "title") if expected(text)
    }
    assert results.total == len(results.hits)


def test_what_nothing_can_be_looked_for_in_is_no_choice(index: Index) -> None:
    """No typed query is read so; who makes a tree may."""
    query = Query("后 OR ！", Any((Text("后"), Text("！"))))
    assert index.search(query, exact_script=True, limit=None).hits == index.search("后 OR 后", exact_script=True, limit=None).hits


def test_a_field_that_is_no_text_is_chosen_as_it_is(indexed: Indexed) -> None:
    made = indexed(
        *(
            Document(id, "无题", text, metadata={"author": author})
            for id, text, author in [("a", "後", "李"), ("b", "後", "王"), ("c", "后", "王")]
        )
    )
    assert {hit.id for hit in made.search("后 OR author:李", exact_script=True)} == {"a", "c"}


def test_where_nothing_else_is_written_so_no_text_is_read(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searcher.answers.exactness.holds_exactly", lambda *_: pytest.fail("a text is read"))
    assert index.search("的", exact_script=True).total == sum(2 for text in TEXTS if "的" in text)

"""Tokens are what is indexed, with their places; a Whoosh program searches and writes the index with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.qparser import QueryParser
from whoosh.query import Every, NumericRange

from searcher import Document, Index, InvalidDocument
from searcher.records.tokens import cuts, gram_tokens, word_tokens
from searcher.text import analysis, segmentation
from searcher.text.folding import fold

texts = st.text("商湯汤科技，。 \n5gé㎡c++한글ﬁ", max_size=40)


@settings(max_examples=150)
@given(texts)
def test_grams_are_those_of_the_index_and_lie_in_order(text: str) -> None:
    tokens = list(gram_tokens(text))
    found = analysis.analyze(text)
    assert ([token.text for token in tokens], [token.position for token in tokens]) == (found.grams.texts, found.grams.positions)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@settings(max_examples=100)
@given(texts)
def test_words_are_those_of_the_index(text: str) -> None:
    tokens = list(word_tokens(text))
    assert [token.text for token in tokens] == segmentation.words(fold(text).text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)


@pytest.mark.parametrize(
    ("text", "as_document", "as_query"),
    (
        ("商湯科技", ["商汤", "汤科", "科技", "技"], ["商汤", "汤科", "科技"]),
        ("汤", ["汤"], ["汤"]),
        ("分散式，5G", ["分散", "散式", "式", "5", "g"], ["分散", "散式", "5", "g"]),
        ("", [], []),
    ),
)
def test_the_character_that_ends_a_run_is_not_looked_for(text: str, as_document: list[str], as_query: list[str]) -> None:
    assert [token.text for token in gram_tokens(text)] == as_document
    assert [token.text for token in gram_tokens(text, True)] == as_query


def test_places_are_those_of_the_text_as_it_was_given() -> None:
    text = "在商 湯\n科技"
    assert [text[token.start : token.end] for token in gram_tokens(text)] == ["在商", "商 湯", "湯\n科", "科技", "技"]
    assert [text[token.start : token.end] for token in word_tokens(text)][-1] == "科技"


def test_every_searched_view_is_cut() -> None:
    assert {"title.words", "text.words", "title.grams", "text.grams", "path.grams", "author.grams"} <= set(cuts())


# --- Whoosh programs


@pytest.fixture
def library(tmp_path: Path) -> Index:
    index = Index.create(tmp_path / "index")
    index.add([Document("a", "商汤科技", "商汤科技启动上市，專注於人臉識別。", date="2021"), Document("b", "其他", "别的软件。")])
    return index


def test_whoosh_finds_either_script_and_marks_it(library: Index) -> None:
    index = library.whoosh()
    with index.searcher() as searcher:
        for field, typed, marked in (
            ("text.grams", "人脸识别", '<b class="match term0">人臉識別</b>'),
            ("text.words", "商湯 上市", ">上市</b>，專注於"),
        ):
            (hit,) = searcher.search(QueryParser(field, index.schema).parse(typed))
            assert hit["id"] == "a" and hit["title"] == "商汤科技"
            assert marked in hit.highlights(field, text=hit["text"])
        assert [hit["id"] for hit in searcher.search(NumericRange("first_day", 20210101, 20211231))] == ["a"]
        assert [hit["id"] for hit in searcher.search(Every(), sortedby="size")] == ["b", "a"]
        assert searcher.suggest("text.words", "软伯", maxdist=1) == ["软件"]


def test_what_whoosh_writes_is_a_document_like_any_other(library: Index) -> None:
    index = library.whoosh()
    with index.writer() as writer:
        writer.add_document(id="c", title="筆記", text="湯曉鷗教授", metadata={"author": "小王"})
        writer.update_document(id="c", title="筆記", text="湯曉鷗教授來訪", metadata={"author": "小王"})
        writer.delete_by_term("keyword", "script:simplified")
    assert [document.id for document in library] == ["a", "c"]
    assert library.document("c") == Document("c", "筆記", "湯曉鷗教授來訪", metadata={"author": "小王"})
    assert [hit.id for hit in library.search("汤晓鸥教授来访 author:小王")] == ["c"]
    assert library.notices == () and not list(library.check())


@pytest.mark.parametrize(
    ("fields", "says"),
    (
        ({"id": "x", "title": "t"}, "cannot index the document x: missing 1 required positional argument: 'text'"),
        ({"id": "x", "title": "t", "text": "", "colour": 1}, "cannot index the document x: got an unexpected keyword argument 'colour'"),
        ({"id": "x", "title": 3, "text": ""}, "its title is not text"),
    ),
)
def test_what_is_no_document_is_refused(library: Index, fields: dict[str, object], says: str) -> None:
    with library.whoosh().writer() as writer, pytest.raises(InvalidDocument, match=says):
        writer.add_document(**fields)
    assert len(library) == 2

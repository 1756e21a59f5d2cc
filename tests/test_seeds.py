"""The two sample documents: what docs/SEEDS.md promises a reader about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from searcher import Hit, Index, read_documents

SEEDS = Path(__file__).parent.parent / "seeds"
ARTICLE, PAGE = "000_0ba390c34e7e8bd5.txt", "004_250caf6cf242cdf1.txt"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("seeds") / "index") as index:
        index.add(read_documents(SEEDS))
        yield index


FOUND = {
    "商汤科技": {ARTICLE: {"商汤科技"}, PAGE: {"商湯科技", "商汤科技"}},
    "商湯科技": {ARTICLE: {"商汤科技"}, PAGE: {"商湯科技", "商汤科技"}},
    "汤晓鸥": {ARTICLE: {"汤晓鸥"}, PAGE: {"汤晓鸥"}},
    "湯曉鷗": {ARTICLE: {"汤晓鸥"}, PAGE: {"汤晓鸥"}},
    "人脸识别": {ARTICLE: {"人脸识别"}, PAGE: {"人臉識別", "人臉辨識"}},
    "人臉識別": {ARTICLE: {"人脸识别"}, PAGE: {"人臉識別", "人臉辨識"}},
    "人工智能": {ARTICLE: {"人工智能", "AI"}, PAGE: {"人工智能", "人工智慧", "AI"}},
    "人工智慧": {ARTICLE: {"人工智能", "AI"}, PAGE: {"人工智能", "人工智慧", "AI"}},
    '"全球最大AI獨角獸"': {PAGE: {"全球最大AI獨角獸"}},
    '"全球最大AI独角兽"': {PAGE: {"全球最大AI獨角獸"}},
    "SenseCore": {ARTICLE: {"SenseCore"}},
    "负债率": {ARTICLE: {"负债率"}},
    "負債率": {ARTICLE: {"负债率"}},
    "102.35%": {ARTICLE: {"102．35％"}},
}
"""Query: which documents it finds, and every text that is marked in them, titles and passages."""


def _name(hit: Hit) -> str:
    return Path(hit.id).name


def _marked(hit: Hit) -> set[str]:
    shown = [(hit.title, hit.title_marks), *((snippet.text, snippet.marks) for snippet in hit.snippets)]
    return {text[start:end] for text, marks in shown for start, end in marks}


@pytest.mark.parametrize("query", FOUND)
def test_a_query_finds_what_a_reader_expects_and_marks_nothing_else(index: Index, query: str) -> None:
    hits = {_name(hit): _marked(hit) for hit in index.search(query, strict=True, snippets=20)}
    assert hits == FOUND[query]


@pytest.mark.parametrize("query", ("wikilink", "ofweek", "hrefStyle", "zh.wikipedia.org", "referrerpolicy"))
def test_what_a_reader_does_not_see_is_not_found(index: Index, query: str) -> None:
    assert index.search(query, strict=True).total == 0


def test_what_the_documents_are(index: Index) -> None:
    documents = {Path(document.id).name: document for document in index}
    assert list(documents) == [ARTICLE, PAGE] == sorted(path.name for path in SEEDS.iterdir())
    assert [document.metadata["format"] for document in documents.values()] == ["html", "markdown"]
    assert documents[ARTICLE].title == "商汤科技计划近几周启动赴港IPO申请，拟募资20亿美元！"
    assert (documents[ARTICLE].date or "").startswith("2021-08-17T11:18")
    assert documents[ARTICLE].metadata["author"] == "高科技行业门户"
    assert documents[PAGE].title == "商湯科技"
    assert dict(index.facets("商汤", "script")) == {"simplified": 1, "mixed": 1}


@pytest.mark.parametrize("name", (ARTICLE, PAGE))
def test_the_text_is_what_a_reader_sees(index: Index, name: str) -> None:
    text = next(document.text for document in index if Path(document.id).name == name)
    for sign in ("<", "](", "**", "##", "\\[", "&nbsp;", "http", "wikilink", "---"):
        assert sign not in text

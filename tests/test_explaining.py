"""Why a document answers or does not: true numbers, and what is missing."""

from __future__ import annotations

import pytest

from searcher import Index
from tests.corpus import CORPUS


@pytest.mark.parametrize("query", ["软件工程", "商湯科技", "第12条", "人臉辨識 領先", "mach*", "深度学习是什么？"])
def test_the_parts_of_a_score_are_the_score(index: Index, query: str) -> None:
    for hit in index.search(query):
        explanation = index.why(query, hit.id)
        assert explanation.score == pytest.approx(hit.score)
        assert explanation.score == pytest.approx(sum(part.score for part in explanation.parts))
        assert explanation.matches is not hit.relaxed
        assert explanation.matches or explanation.relaxed


def test_what_matches_misses_nothing_and_what_misses_nothing_matches(index: Index) -> None:
    for query in ("软件工程", "商湯科技", "負債率 上市", "软件", '"权益制"', "内置函数 软件"):
        for document in CORPUS:
            explanation = index.why(query, document.id)
            assert explanation.matches is not bool(explanation.missing), (query, document.id, explanation.missing)


def test_a_missing_term_comes_with_the_nearest_words(index: Index) -> None:
    (missing,) = index.why("软件工人", "ruanjian").missing
    assert missing.text == "软件工人"
    assert missing.words == ("工人",)
    assert "工程" in missing.nearest or "工具" in missing.nearest


def test_runs_and_forms_are_named_as_they_are_written(index: Index) -> None:
    explanation = index.why("软件", "ruanti")
    texts = {text for part in explanation.parts for text, _, _ in part.frequencies}
    assert "软体" in texts
    assert any("软体 × " in line and "title" in line for line in explanation.lines())


def test_a_query_alone_is_explained(index: Index) -> None:
    explanation = index.why("軟體 第12條")
    assert explanation.id is None
    assert [term.text for term in explanation.terms] == ["軟體", "第12條"]
    assert {(expansion.kind, expansion.target) for expansion in explanation.expansions} >= {("region", "软件"), ("number", "第十二条")}
    assert explanation.lines()[0] == "query: 軟體 第12條"


def test_a_relaxed_hit_says_what_it_lacks(index: Index) -> None:
    explanation = index.why("商汤科技 滑鼠", "ruanti")
    assert (explanation.matches, explanation.relaxed) == (False, True)
    assert [missing.text for missing in explanation.missing] == ["商汤科技"]
    assert any("found though something is missing" in line for line in explanation.lines())

"""The numbers of the ranking: what they say must hold whatever their values."""

from __future__ import annotations

import pytest

from searcher import Document, Index
from searcher.folding import fold
from searcher.ranking import QUESTION_WORDS, Weights


def test_question_words_are_folded() -> None:
    assert {fold(word).text for word in QUESTION_WORDS} == QUESTION_WORDS


def test_a_title_counts_by_how_much_of_it_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Index.create(tmp_path_factory.mktemp("ranking") / "index") as index:
        long = "关于审理旅游纠纷案件适用法律若干问题的规定第十三条"
        index.add([Document(id="long", title=long, text="同样的文字。"), Document(id="short", title="旅游", text="相似的文字。")])
        index.add(Document(id=str(number), title="天气", text="别的文字。") for number in range(5))
        assert [hit.id for hit in index.search("旅游")] == ["short", "long"]


def test_weights_of_nothing_leave_the_order_of_insertion(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Index.create(tmp_path_factory.mktemp("ranking") / "index") as index:
        index.add([Document(id="once", title="", text="软件。"), Document(id="often", title="软件", text="软件软件软件。")])
        assert [hit.id for hit in index.search("软件", weights=Weights(word=0.0, gram=0.0))] == ["once", "often"]
        assert [hit.id for hit in index.search("软件")] == ["often", "once"]

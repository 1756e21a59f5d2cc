"""The numbers of the ranking: what they say must hold whatever their values."""

from __future__ import annotations

import pytest

from searcher import Document, Index
from searcher.documents.document import Location
from searcher.plans.ranking import QUESTION_WORDS, Weights
from searcher.text.folding import fold


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


def test_words_that_stand_together_come_before_words_far_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Index.create(tmp_path_factory.mktemp("ranking") / "index") as index:
        filler = "别的内容说了很久。" * 20
        index.add(
            [
                Document(id="apart", title="", text=f"这里讲虚拟环境。{filler}那里讲安装命令。{filler}"),
                Document(id="near", title="", text=f"{filler}虚拟环境的安装命令。{filler}这里的那里的。"),
            ]
        )
        index.add(Document(id=str(number), title="", text="别的文字。") for number in range(5))
        assert [hit.id for hit in index.search("虚拟环境 安装命令")][:2] == ["near", "apart"]
        alone = {hit.id: hit.score for hit in index.search("虚拟环境 安装命令", weights=Weights(near=0.0))}
        assert alone["near"] == pytest.approx(alone["apart"], rel=0.1)


def test_a_long_document_is_as_good_as_its_best_part(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Index.create(tmp_path_factory.mktemp("ranking") / "index") as index:
        scattered, code = ([f"第{number}条 船舶的登记由机关办理，费用另定。" for number in range(200)] for _ in range(2))
        for number, word in zip((10, 50, 90, 130), ("旅客", "拖欠", "票款", "留置"), strict=True):
            scattered[number] = f"第{number}条 {word}的登记由机关办理，{word}另定。"
        code[150] = "第150条 旅客拖欠票款的，可以留置行李。"
        index.add(Document(id=id, title="", text="\n\n".join(text)) for id, text in (("scattered", scattered), ("code", code)))
        index.add(Document(id=str(number), title="", text="别的文字。") for number in range(20))
        query = "旅客 拖欠 票款 留置"
        assert [hit.id for hit in index.search(query, weights=Weights(near=0.0), copies=True)] == ["scattered", "code"]
        assert [hit.id for hit in index.search(query, copies=True)] == ["code", "scattered"]


def test_a_hit_names_the_part_that_answers(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Index.create(tmp_path_factory.mktemp("ranking") / "index") as index:
        articles = [f"第{number}条 船舶的登记由机关办理，费用另定。\n\n" for number in range(600)]
        articles[20], articles[450] = "第20条 旅客须知。\n\n", "第450条 旅客拖欠票款的，可以留置行李。\n\n"
        starts = [sum(map(len, articles[:number])) for number in range(600)]
        locations = tuple(Location(start, "article", f"第{number}条") for number, start in enumerate(starts))
        index.add([Document(id="code", title="", text="".join(articles), locations=locations)])
        (hit,) = index.search("旅客拖欠票款怎么办？")
        assert [snippet.place and snippet.place.label for snippet in hit.snippets] == ["第20条", "第450条"]
        assert hit.location is not None and hit.location.label == "第450条"

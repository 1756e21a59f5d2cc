"""What is called just as the query says comes first, in whatever form, and nothing that is called more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.plans.ranking import Weights

WORDS = ("数据", "仲裁", "天气", "电影", "铁路", "银行", "蔬菜", "时间")


def order(folder: Path, documents: Iterable[Document], query: str) -> list[str]:
    with Index.create(folder / "index") as index:
        index.add(documents)
        return [hit.id for hit in index.search(query, snippets=0)]


def beside(title: str) -> list[Document]:
    """A page of this title, and one that says 设置固定资产 again and again, and is called something else."""
    more = [Document(id=f"more{number}", title="其他", text="设置別的选项。") for number in range(9)]
    told = Document(id="told", title="固定資產交易選項", text="設置固定資產。" * 3 + "固定資產。")
    return [told, *more, Document(id="called", title=title, text="本主题概述模块。这一页很长，说的是别的。" * 20)]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("設定固定資產", "设置固定资产"),
        ("固定資產設定", "设置固定资产"),  # in another order
        ("固定資產的設定", "设置固定资产"),  # a particle more
        ("設定固定資產", "设置的固定资产"),  # and one less
        ("設定固定資產：", "设置 固定资产"),
        ("固定資產與設定", "固定资产和设置"),
        ("組態固定資產", "配置固定资产"),  # in a form that may mean something else by itself
    ],
)
def test_what_is_called_so_comes_before_what_only_says_it(tmp_path: Path, title: str, query: str) -> None:
    assert order(tmp_path, beside(title), query)[0] == "called"


@pytest.mark.parametrize("title", ["設定固定資產的步驟與常見問題", "固定資產", "設定"])
def test_what_is_called_more_or_less_does_not(tmp_path: Path, title: str) -> None:
    assert order(tmp_path, beside(title), "设置固定资产")[0] == "told"


def test_a_single_word_that_may_mean_something_else_is_no_such_title(tmp_path: Path) -> None:
    """文件 may be a document as well as a file: what surely says 檔案 comes first, whatever is called 文件."""
    documents = [
        Document(id="called", title="文件", text="文件。"),
        Document(id="told", title="其他", text="这里说的是檔案，一次而已。" * 3),
    ]
    assert order(tmp_path, documents, "檔案") == ["told", "called"]


def test_an_order_by_date_is_kept(tmp_path: Path) -> None:
    older = Document(id="called", title="天气银行", text="说的是别的。", date="2020")
    newer = Document(id="told", title="其他", text="这里说天气银行。", date="2021")
    assert order(tmp_path / "by score", [older, newer], "天气银行")[0] == "called"
    assert order(tmp_path / "by date", [older, newer], "天气银行 sort:newest")[0] == "told"


def test_titles_that_count_for_nothing_move_nothing(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add(beside("設定固定資產"))
        assert index.search("设置固定资产", weights=Weights(title=0.0)).hits[0].id == "told"


TITLES = st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True), min_size=2, max_size=8, unique_by=frozenset)


@given(TITLES, st.data())
@settings(max_examples=30, deadline=None)
def test_each_page_is_first_under_its_title(titles: list[list[str]], data: st.DataObject) -> None:
    """However often others say it, and in whichever order its words are asked for."""
    said = "。".join("".join(words) for words in titles)
    with TemporaryDirectory() as folder, Index.create(Path(folder) / "index") as index:
        index.add(Document(id=str(number), title="".join(words), text=said * number) for number, words in enumerate(titles))
        for number, words in enumerate(titles):
            asked = "".join(data.draw(st.permutations(words)))
            assert index.search(asked, snippets=0, copies=True).hits[0].id == str(number)

"""What is offered where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from searcher import Document, Index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("suggesting")
    with Index.create(folder / "index") as index:
        index.add([Document("a", "人工智能", "人工智能与机器学习，用 Linux 和 Python。"), Document("b", "手机", "手机软件。")])
        yield index


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("人工智熊", ("人工智能",)),
        ("軟件 人工智熊", ("软件 人工智能",)),
        ("linnux", ("linux",)),
        ("linx 手机", ("linux 手机",)),
        ("pythn", ("python",)),
        ("火星", ()),
        ("机", ()),
    ],
)
def test_a_slip_is_undone(index: Index, query: str, offered: tuple[str, ...]) -> None:
    results = index.search(query, strict=True)
    assert results.suggestions == (offered if not results.total else ())


def test_values_begin_like_what_is_typed(index: Index) -> None:
    index.add([Document("c", "", "文", metadata={"author": ("湯曉鷗", "汤唯")}), Document("d", "", "字", metadata={"author": "湯曉鷗"})])
    assert index.values("author", "湯") == ("汤晓鸥", "汤唯")
    assert index.values("author", "湯", limit=1) == ("汤晓鸥",)
    assert index.values("author", "王") == index.values("nonsense") == ()


def test_doubtful_encodings(index: Index) -> None:
    assert index.doubtful_encodings() == ()
    texts = (("e", "0.55", None), ("f", "0.99", None), ("g", "0.99", "12"))
    for id, confidence, errors in texts:
        metadata = {"encoding": "big5", "encoding_confidence": confidence} | ({"encoding_errors": errors} if errors else {})
        index.add([Document(id, id, id, path=f"/x/{id}.txt", metadata=metadata)])
    found = [(guess.path, guess.encoding, guess.confidence, guess.replaced) for guess in index.doubtful_encodings()]
    assert found == [("/x/e.txt", "big5", 0.55, 0), ("/x/g.txt", "big5", 0.99, 12)]

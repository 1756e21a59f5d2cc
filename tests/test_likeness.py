"""What is like a document shares the words that set it apart, however many of them nobody else has."""

from __future__ import annotations

import pytest

from searcher import Document, Index
from searcher.answers.likeness import FEWEST
from tests.conftest import Indexed

OWN = "甲骨。砚台。竹简。漆器。编钟。青铜器。玉璧。帛书。陶俑。石磬。"
"""Words that only one document has."""


@pytest.fixture(scope="module")
def index(shared_index: Indexed) -> Index:
    made = shared_index(
        *(Document(id=f"other{number}", title="", text=f"今天的天气很好，适合散步，第{number}则。") for number in range(30))
    )
    made.add(
        [
            Document(id="a", title="咖啡馆的老板", text=f"咖啡馆的老板会做软件。{OWN}"),
            Document(id="b", title="", text="另一个咖啡馆，老板也写软件。今天的天气很好。"),
            Document(id="c", title="", text="咖啡館的老闆，只懂得軟體。", metadata={"author": "Lee"}),
            Document(id="copy", title="", text=f"咖啡馆的老板会做软件。{OWN}"),
            Document(id="alone", title="", text="火山。熔岩。"),
            Document(id="nothing", title="", text="……"),
        ]
    )
    return made


def ids(index: Index, id: str) -> list[str]:
    return [hit.id for hit in index.like(id)]


def test_words_that_nobody_else_has_do_not_hide_what_is_alike(index: Index) -> None:
    assert set(ids(index, "a")) == {"b", "c"}, "neither itself nor its copy, and no page about the weather"


def test_other_regions_words_are_the_same_words(index: Index) -> None:
    assert "c" in ids(index, "b") and "b" in ids(index, "c")


def test_what_shares_nothing_has_nothing_alike(index: Index) -> None:
    assert ids(index, "alone") == ids(index, "nothing") == []
    assert index.like("alone").total == index.like("nothing").total == 0


def test_pages_fit_together_and_are_as_long_as_is_wanted(index: Index) -> None:
    whole = index.like("a", snippets=1)
    assert [len(hit.snippets) for hit in whole] == [1, 1]
    assert [hit for offset in range(2) for hit in index.like("a", limit=1, offset=offset, snippets=1)] == list(whole)
    assert not any(hit.snippets for hit in index.like("a", snippets=0))


def test_what_is_alike_is_looked_for_in_a_scope_if_there_is_one(index: Index) -> None:
    assert [hit.id for hit in index.like("a", scope="author:Lee")] == ["c"]
    assert [hit.id for hit in index.like("a", scope="NOT author:Lee")] == ["b"]
    assert index.like("a", scope="author:nobody").total == 0
    assert index.facets_like("a", "author", scope="NOT author:Lee") == ()


def test_facets_of_documents_like_one(index: Index) -> None:
    assert index.facets_like("a", "author") == (("Lee", 1),)
    assert index.facets_like("alone", "author") == ()


def test_where_enough_is_said_again_what_is_said_once_tells_nothing(indexed: Indexed) -> None:
    again, once = OWN.split("。")[:FEWEST], "咖啡馆 老板 火山 熔岩 天文 望远镜 恒星 彗星 轨道 卫星".split()
    some = indexed(*(Document(id=f"other{number}", title="", text=f"天气，第{number}则") for number in range(60)))
    some.add([Document(id="again", title="", text="。".join(again)), Document(id="once", title="", text="。".join(once))])
    some.add([Document(id="a", title="", text="。".join((*again, *again, *once)))])
    assert ids(some, "a") == ["again"]
    some.add([Document(id="a", title="", text="。".join((*again[1:], *again, *once)))])
    assert set(ids(some, "a")) == {"again", "once"}


def test_what_is_alike_shares_most_of_what_the_likest_shares(indexed: Indexed) -> None:
    words = OWN.split("。")[:4]
    some = indexed(*(Document(id=f"other{number}", title="", text=f"天气，第{number}则") for number in range(60)))
    some.add(Document(id=f"shares {number}", title="", text="。".join((*words[:number], "卫星"))) for number in range(1, 5))
    some.add([Document(id="a", title="", text="。".join(words))])
    assert ids(some, "a") == ["shares 4", "shares 3"]


def test_what_is_nearly_the_document_itself_does_not_hide_what_is_alike(indexed: Indexed) -> None:
    """The text of a paper, and its record in a list of references: every word is shared."""
    said = OWN[:-6] + "".join(map(chr, range(ord("一"), ord("一") + 400)))
    index = indexed(*(Document(id=f"other{number}", title="", text=f"天气，第{number}则") for number in range(60)))
    index.add([Document(id="alike", title="", text=f"甲骨与砚台。{'天气很好，' * 90}")])
    index.add([Document(id=id, title="", text=text) for id, text in (("a", said), ("record", f"王伟\n\n{said}"))])
    assert [hit.near_copies for hit in index.search("玉璧")] == [("record",)]
    assert set(ids(index, "a")) == {"record", "alike"}


def test_one_document_is_like_none(indexed: Indexed) -> None:
    index = indexed(Document(id="a", title="咖啡馆", text=OWN))
    assert ids(index, "a") == []

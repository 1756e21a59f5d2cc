"""Texts that are the same, or nearly, do not crowd the answer, and none is lost."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from searcher import Document, Hit, Index
from searcher.answers.copies import WINDOW
from searcher.engine import JSON, Handle, Snapshot
from tests.conftest import Indexed

OTHERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜"


def law(seed: int, **changed: str) -> str:
    """A text of its own, with words in it that are found."""
    rest = "".join(random.Random(seed).choices(OTHERS, k=900))
    text = f"旅游法。旅行社应当为旅游者提供服务。{rest}。"
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def index(shared_index: Indexed) -> Index:
    return shared_index(
        Document(id="2013", title="旅游法", text=law(1), path="2013.txt"),
        Document(id="copy", title="旅游法（副本）", text=law(1), path="copy.txt"),
        Document(id="2001", title="旅游法", text="二〇〇一年公布\n\n" + law(1, 旅行社="旅行机构"), path="2001.txt"),
        Document(id="tw", title="旅遊法", text=law(1, 旅行社应当为旅游者提供服务="旅行社應當為旅遊者提供服務"), path="tw.txt"),
        Document(id="other", title="旅游法释义", text=law(2), path="other.txt"),
        *(Document(id=f"article {number}", title="", text=f"旅游法第{number}条规定。", path=f"{number}.txt") for number in range(1, 9)),
        *(Document(id=f"filler {number}", title="", text=law(10 + number).replace("旅游", "天气")) for number in range(20)),
    )


def by_id(hits: Sequence[Hit]) -> dict[str, Hit]:
    return {hit.id: hit for hit in hits}


def test_nearly_the_same_texts_are_one_hit_which_names_the_others(index: Index) -> None:
    results = index.search("旅游法")
    hits = by_id(results.hits)
    (first,) = hits.keys() & {"2013", "copy", "2001", "tw"}
    named = {*hits[first].copies, *hits[first].near_copies, f"{first}.txt"}
    assert named == {"2013.txt", "copy.txt", "2001.txt", "tw.txt"}
    assert not set(hits[first].copies) & set(hits[first].near_copies)
    assert hits["other"].near_copies == ()


def test_nothing_is_lost(index: Index) -> None:
    """Every document that answers is a hit, or is named by one."""
    results = index.search("旅游法", limit=100)
    every = index.search("旅游法", limit=None)
    shown = {hit.path for hit in results} | {path for hit in results for path in (*hit.copies, *hit.near_copies)}
    assert shown == {hit.path for hit in every}
    assert results.total == every.total == len(every) > len(results)
    assert results.ends and len(results) + results.folded == results.total


def test_short_texts_are_no_copies_of_others(index: Index) -> None:
    found = by_id(index.search("旅游法 规定", limit=50).hits)
    assert {f"article {number}" for number in range(1, 9)} <= found.keys()


def test_each_document_by_itself_where_that_is_asked_for(index: Index) -> None:
    alone = index.search("旅游法", limit=100, copies=True)
    assert [hit.id for hit in alone] == [hit.id for hit in index.search("旅游法", limit=None)]
    assert all(not hit.copies and not hit.near_copies for hit in alone)


@pytest.mark.parametrize("length", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("query", ["旅游法", "旅行社 服务 天气", "旅游法 sort:date"])
def test_pages_of_any_length_fit_together(index: Index, query: str, length: int) -> None:
    whole = [(hit.rank, hit.id, hit.near_copies) for hit in index.search(query, limit=200)]
    paged = [
        (hit.rank, hit.id, hit.near_copies)
        for offset in range(0, len(whole) + length, length)
        for hit in index.search(query, limit=length, offset=offset)
    ]
    assert paged == whole


@pytest.fixture(scope="module")
def crowded(shared_index: Indexed) -> Index:
    """Versions of a few texts, in an order by chance behind forty of the first, so that most are folded into others, near and far."""
    chance = random.Random(4)
    seeds = [1] * 40 + [int(chance.paretovariate(0.6)) % 60 for _ in range(160)]
    return shared_index(*(Document(id=str(number), title="", text=f"{law(seed)}第{number}版。") for number, seed in enumerate(seeds)))


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_pages_fit_together_however_many_are_folded(crowded: Index, length: int) -> None:
    def shown(**page: int) -> list[tuple[str, tuple[str, ...]]]:
        return [(hit.id, hit.near_copies) for hit in crowded.search("旅游法 sort:date", **page)]

    whole = shown(limit=1000)
    assert len(whole) < 100 < sum(len(near) for _, near in whole)
    assert [hit for offset in range(0, len(whole) + length, length) for hit in shown(limit=length, offset=offset)] == whole


@pytest.mark.parametrize("length", [1, 2, 4])
def test_the_last_page_says_that_it_is_the_last(index: Index, length: int) -> None:
    count = len(index.search("旅游法", limit=200))
    pages = [index.search("旅游法", limit=length, offset=offset) for offset in range(0, count, length)]
    assert [page.ends for page in pages] == [False] * (len(pages) - 1) + [True]


def test_what_stands_far_below_is_a_hit_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Index.create(tmp_path_factory.mktemp("far") / "index") as many:
        many.add(
            [
                Document(id="first", title="", text=law(1), date="2021"),
                *(Document(id=f"{number}", title="", text=f"旅游法第{number}条", date="2020") for number in range(WINDOW)),
                Document(id="last", title="", text=f"{law(1)}完", date="2019"),
            ]
        )
        for query, folded in (("旅游法 sort:-date", False), ("旅游法 sort:-date -第1条", True)):
            hits = by_id(many.search(query, limit=100).hits)
            assert ("last" in hits) is not folded
            assert hits["first"].near_copies == (("last",) if folded else ())


def test_of_what_stands_above_a_page_nothing_is_read(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    """But what may have the text of another: of ten thousand documents above a page that takes seconds, and most of the memory."""
    texts = [f"旅游法第{7 if number == 100 else number}条" for number in range(200)]
    many = indexed(*(Document(id=f"{place}", title="", text=text) for place, text in enumerate(texts)))
    values, read = Snapshot.values, list[str]()

    def noted(snapshot: Snapshot, handle: Handle) -> dict[str, JSON]:
        read.append(snapshot.id(handle))
        return values(snapshot, handle)

    monkeypatch.setattr(Snapshot, "values", noted)
    found = many.search("旅游法 sort:date", limit=5, offset=150)
    assert (len(found), found.folded) == (5, 1)
    assert set(read) == {"7", "100", *(hit.id for hit in found)}


def test_limits_of_nothing_and_beyond_the_end(index: Index) -> None:
    assert index.search("旅游法", limit=0).hits == ()
    assert index.search("旅游法", limit=5, offset=1000).hits == ()


@pytest.mark.parametrize("limit", [1, 2])
def test_a_file_of_its_own_stands_for_its_copy_in_an_archive(indexed: Indexed, limit: int) -> None:
    """Whichever comes first; the pages of the answer fit together."""
    index = indexed(
        *(
            Document(id=f"{place}{number}", title="旅游法", text=law(number), path=f"{place}{number}.txt")
            for place in ("a.zip!/", "own/", "too/", "z.zip!/")
            for number in range(3)
        )
    )
    pages = [index.search("旅游法", limit=limit, offset=offset) for offset in range(0, 3, limit)]
    hits = [hit for page in pages for hit in page]
    assert {hit.path for hit in hits} == {f"own/{number}.txt" for number in range(3)}
    for hit in hits:
        assert hit.path is not None
        assert {*hit.copies} == {hit.path.replace("own/", place) for place in ("a.zip!/", "too/", "z.zip!/")} and not hit.near_copies


def test_of_texts_that_are_nearly_the_same_the_one_that_is_found_stands_for_the_other(indexed: Indexed) -> None:
    """A file is shown in the place of an archive's only where it is the very text that answers."""
    index = indexed(
        Document(id="packed", title="旅游法讲义", text=law(1), path="a.zip!/1.txt"),
        Document(id="own", title="", text=f"{law(1)}完", path="own/1.txt"),
        *(Document(id=f"{number}", title="", text=f"天气{number}") for number in range(9)),
    )
    assert [(hit.path, hit.near_copies) for hit in index.search("旅游法")] == [("a.zip!/1.txt", ("own/1.txt",))]


def test_what_is_called_just_so_stands_for_none_that_is_called_otherwise(indexed: Indexed) -> None:
    """Of two versions the one that is called 旅游法 is meant, and the other is another answer."""
    index = indexed(*(Document(id=title, title=title, text=f"{law(1)}{title}") for title in ("旅游法释义", "旅游法")))
    index.add(Document(id=f"{number}", title="", text=f"天气{number}") for number in range(9))
    assert [hit.id for hit in index.search("旅游法")] == ["旅游法", "旅游法释义"]
    assert [hit.id for hit in index.search("旅游法 释义")] == ["旅游法释义", "旅游法"]


def test_what_holds_the_run_stands_for_none_that_holds_its_words_alone(indexed: Indexed) -> None:
    index = indexed(*(Document(id=id, title="", text=f"{law(1)}{run}。") for id, run in (("words", "旅行社的条例"), ("run", "旅行社条例"))))
    index.add(Document(id=f"{number}", title="", text=f"天气{number}") for number in range(9))
    assert [hit.id for hit in index.search("旅行社条例")] == ["run", "words"]
    assert [(hit.id, hit.near_copies) for hit in index.search("旅行社")] == [("run", ("words",))]


def test_of_a_file_that_holds_several_the_copy_is_named_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "poems.jsonl").write_text('{"title": "靜夜思", "text": "床前明月光，疑是地上霜。"}\n' * 3, encoding="utf-8")
    (tmp_path / "poem.txt").write_text("床前明月光，疑是地上霜。", encoding="utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([tmp_path])
        [hit] = index.search("明月光")
        assert {hit.id, *hit.copies} == {str(tmp_path / "poem.txt"), *(str(tmp_path / f"poems.jsonl#{number}") for number in (1, 2, 3))}
        assert all(index.document(id).text.endswith("疑是地上霜。") for id in hit.copies)


def test_documents_without_a_text_are_told_apart_by_their_titles(indexed: Indexed) -> None:
    index = indexed(*(Document(str(number), title, " \n" * number) for number, title in enumerate(("手机", "手机壳", "手机支架", "手机"))))
    assert [(hit.title, hit.copies) for hit in index.search("手机")] == [("手机", ("3",)), ("手机壳", ()), ("手机支架", ())]


def test_what_has_numbers_of_its_own_is_no_copy(indexed: Indexed) -> None:
    """Goods of a shop are described alike."""
    index = indexed(*(Document(str(number), f"手机 {number}", law(1), numbers={"price": number}) for number in range(3)))
    index.add(Document(f"page {number}", f"手机 {number}", law(1)) for number in range(3))
    found = index.search("旅游 sort:price")
    assert [(hit.id, hit.copies) for hit in found] == [("0", ()), ("1", ()), ("2", ()), ("page 0", ("page 1", "page 2"))]

"""What one who meets the library tries first: each works, or is told in a line what is wanted, and nothing has changed then."""

from __future__ import annotations

import copy
import datetime
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from searcher import Document, Index, IndexLocked, IndexNotFound, InvalidDocument, InvalidOption, Location, SearcherError

DOCUMENT = Document(id="a", title="題", text="商汤科技。上市")
WRONG: Any = None  # what no type checker would let pass


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = Index.create(tmp_path / "index", user_words=["港交所"], synonyms={"软件": ["程式"]})
    index.add([replace(DOCUMENT, id=str(number), title=f"題{number}", text=f"商汤科技。{number}") for number in range(3)])
    return index


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"metadata": {"year": 2021}}, "year"),
        ({"metadata": {"tags": ("a", 1)}}, "tags"),
        ({"metadata": {"x": None}}, "metadata"),
        ({"metadata": {5: "a"}}, "metadata"),
        ({"metadata": None}, "metadata"),
        ({"date": datetime.date(2021, 8, 1)}, "its date is not text"),
        ({"date": 2021}, "its date is not text"),
        ({"path": Path("/x")}, "its path is not text"),
        ({"source": Path("/x")}, "its source is not text"),
        ({"id": 5}, "its id is not text"),
        ({"id": ""}, "its id is empty"),
        ({"title": None}, "its title is not text"),
        ({"text": b"x"}, "its text is not text"),
        ({"locations": None}, "Location"),
        ({"locations": ((0, "page", "x"),)}, "Location"),
        ({"locations": (Location(WRONG, "page", "x"),)}, "Location"),
        ({"locations": (Location(0, "page", WRONG),)}, "Location"),
    ],
)
def test_a_document_of_other_kinds_is_refused_by_name(index: Index, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidDocument, match=says):
        index.add([DOCUMENT, replace(DOCUMENT, **wrong)])
    assert len(index) == 3


@pytest.mark.parametrize("wrong", ["seeds", [{"id": "a"}], [None]])
def test_what_is_no_document_is_refused(index: Index, wrong: Any) -> None:
    with pytest.raises(InvalidDocument, match="a Document is wanted, not "):
        index.add(wrong)
    assert len(index) == 3


@pytest.mark.parametrize("option", ["limit", "offset", "snippets", "width"])
def test_numbers_of_a_search_count_from_nought(index: Index, option: str) -> None:
    for wrong, says in ((-1, "0 or more is wanted"), ("3", "whole number"), (1.5, "whole number")):
        with pytest.raises(InvalidOption, match=f"{option} cannot be {wrong!r}: .*{says}"):
            index.search("商汤", **{option: wrong})
    for right in (0, 10**30):
        assert index.search("商汤", **{option: right}).total == 3
    with pytest.raises(InvalidOption):
        index.like("1", limit=-1)


def test_one_is_as_good_as_a_list_of_one(index: Index, folder: Path) -> None:
    assert index.sync(str(folder)).added == index.sync(folder, exclude="*.nothing").unchanged == 3
    assert index.sync(folder, exclude="*").left_out == index.sync([folder], exclude=["*"]).left_out
    with Index.create(index.path / "other", user_words="旷视科技", synonyms={"软件": "程式"}) as other:
        assert [(one.source, one.target) for one in _expansions(other)] == [("软件", "程式")]


def _expansions(index: Index) -> Any:
    index.add([replace(DOCUMENT, text="程式")])
    return [one for one in index.search("软件").expansions if one.kind == "synonym"]


@pytest.mark.parametrize(
    "use",
    [
        lambda index: index.search_many("商汤"),
        lambda index: index.remove(["1", "2"]),
        lambda index: index.remove(1),
        lambda index: index.sync(index.path.parent, encoding="klingon"),
        lambda index: index.sync(index.path.parent, encoding="base64"),
        lambda index: Index.create(index.path / "x", user_words=[WRONG]),
        lambda index: Index.create(index.path / "x", synonyms={"a": [WRONG]}),
        lambda index: Index.open(index.path, synonyms={"a": [WRONG]}),
    ],
)
def test_what_no_option_takes_is_said(index: Index, use: Callable[[Index], object]) -> None:
    with pytest.raises(InvalidOption):
        use(index)
    assert len(index) == 3
    assert not (index.path / "x").exists()


def test_a_folder_of_no_possible_name_holds_no_index() -> None:
    with pytest.raises(IndexNotFound):
        Index.open("a\0b")


def test_an_index_says_which_it_is_and_what_it_has(index: Index) -> None:
    assert repr(index) == f"Index({str(index.path)!r})"
    assert "1" in index
    assert "9" not in index
    assert index.document("1") in index
    assert DOCUMENT not in index


def test_an_index_goes_to_another_process_as_its_folder(index: Index) -> None:
    index.add([replace(DOCUMENT, text="程式")])
    for again in (pickle.loads(pickle.dumps(index)), copy.copy(index)):
        assert (again.path, list(again), again.notices) == (index.path, list(index), index.notices)
        assert again.search("软件").hits == index.search("软件").hits


def test_the_words_and_synonyms_of_an_opened_index_go_with_it(index: Index) -> None:
    index.add(DOCUMENT)
    with Index.open(index.path, user_words=["云图数科"], synonyms={"甲": ["商汤"]}) as opened:
        again = pickle.loads(pickle.dumps(opened))
        assert again.notices == opened.notices != index.notices
        assert again.search("甲").hits == opened.search("甲").hits != ()


def test_an_index_contains_ids_and_the_very_documents_it_has(index: Index) -> None:
    index.add(DOCUMENT)
    held = next(iter(index))
    assert held in index and held.id in index
    assert replace(held, text="另一篇") not in index and replace(held, id="x") not in index and "x" not in index and 7 not in index


def test_results_are_a_sequence_of_hits(index: Index) -> None:
    results = index.search("商汤")
    assert (results[0], results[-1], results[:2]) == (results.hits[0], results.hits[-1], results.hits[:2])


def test_errors_cross_processes_whole() -> None:
    for error in (IndexLocked(path="/i", pid=1, host="h", since="s"), InvalidOption(option="limit", value=-1, reason="x")):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.details) == (type(error), str(error), error.details)
        assert isinstance(again, SearcherError)


def test_metadata_may_say_source_path_and_digest(index: Index, tmp_path: Path) -> None:
    """By keywords of these names documents are replaced and removed: what another file says of itself is none of them."""
    folder = tmp_path / "files"
    folder.mkdir()
    named = folder / "b.md"
    named.write_text("商汤的文章\n", "utf-8")
    (folder / "a.md").write_text(f"---\nsource: {named}\npath: {named}\ndigest: x\nvia: 新华社\n---\n旷视的文章\n", "utf-8")
    assert index.sync(folder).added == 2
    named.write_text("商汤的另一篇\n", "utf-8")
    report = index.sync()
    assert (report.replaced, report.removed, index.search("旷视").total) == (1, 0, 1)
    assert index.document(str(named)).text.startswith("商汤的另一篇")
    index.add([replace(DOCUMENT, id="c", metadata={"source": "新华社"})])
    assert [hit.id for hit in index.search("source:新华社")] == ["c"]

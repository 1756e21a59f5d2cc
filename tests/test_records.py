"""What an index is told of a document beside its terms: keywords, numbers, names, and what becomes of these when a file is moved."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document, Index, InvalidDocument, UnknownDocument
from searcher.records import addresses, indexing
from searcher.records.indexing import LONGEST_KEYWORD, LONGEST_SUFFIX, record_of, relabelled
from searcher.records.storing import values_of
from searcher.text import views
from tests.conftest import Indexed


def _document(**fields: Any) -> Document:
    return Document(**{"id": "1", "title": "题", "text": "文", **fields})


def _keywords(document: Document, name: str) -> list[str]:
    return [keyword.partition(":")[2] for keyword in record_of(document).keywords if keyword.startswith(f"{name}:")]


@pytest.mark.parametrize("length", [1, LONGEST_KEYWORD, LONGEST_KEYWORD + 1])
def test_prose_in_metadata_is_no_keyword(length: int) -> None:
    value = "甲" * length
    assert _keywords(_document(metadata={"note": (value, "乙", "")}), "note") == [value, "乙"][length > LONGEST_KEYWORD :]


@pytest.mark.parametrize("length", [0, 1, LONGEST_SUFFIX - 1, LONGEST_SUFFIX])
def test_what_is_long_behind_the_last_dot_is_no_suffix(length: int) -> None:
    assert _keywords(_document(path=f"a/v1.{'x' * length}"), "ext") == ["x" * length] * (0 < length < LONGEST_SUFFIX)


def test_metadata_says_nothing_that_documents_are_replaced_removed_or_folded_by(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("商汤科技上市的消息", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([folder])
        [file] = index
        digest = next(iter(_keywords(file, "digest")))
        posing = {"digest": digest, "source": str(folder / "a.txt"), "path": str(folder / "a.txt")}
        index.add(_document(id="posing", text="商汤科技的另一篇", metadata={**posing, "Path": "a/b", "Source": "报"}))
        assert [(hit.id, hit.copies) for hit in index.search("商汤")] == [(file.id, ()), ("posing", ())]
        (folder / "a.txt").unlink()
        assert index.sync([folder], prune=True).removed == 1
        assert [document.id for document in index] == ["posing"]


@pytest.mark.parametrize("number", [sys.float_info.max, -sys.float_info.max, 5e-324, 0, -0.0, 10**308])
def test_any_finite_number_is_one_of_a_document(number: float) -> None:
    assert -(2**63) < record_of(_document(numbers={"n": number})).numbers["number.n"] < 2**63


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 10**400, True, "1", None])
def test_what_is_no_finite_number_is_refused(number: Any) -> None:
    with pytest.raises(InvalidDocument, match="n"):
        record_of(_document(numbers={"n": number}))


@pytest.mark.parametrize("more", [0, 1])
def test_a_text_is_long_beyond_its_bound(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    monkeypatch.setattr(indexing, "LONG", 10)
    record = record_of(_document(text="商汤科技上市的消息哦哦"[: 10 + more]))
    assert (record.text == "", views.SKETCH in record.numbers) == ((True, False) if more else (False, True))


def test_a_path_is_known_as_its_folder_lists_it(indexed: Indexed, monkeypatch: pytest.MonkeyPatch) -> None:
    """On systems that take any case for the same name."""
    monkeypatch.setattr(addresses, "listed_path", lambda path: path.lower())
    index = indexed(_document(id="/a/b.txt#1", path="/a/b.txt"))
    assert index.document("/A/B.txt").id == "/a/b.txt#1"
    with pytest.raises(UnknownDocument, match=r"/a/c\.txt"):
        index.document("/A/C.txt")


paths = st.text("ab/.#!", max_size=4)


@given(paths, paths, paths)
def test_what_begins_with_the_path_of_a_moved_file_is_renamed_only_where_the_path_ends(old: str, new: str, behind: str) -> None:
    """A file of several documents may give them ids of their own, which begin with its path by chance."""
    old, new = f"/x{old}", f"/y{new}"
    document = _document(id=old + behind, path=old, source=old)
    found = relabelled(values_of(document, (0,)), document.text, [(old, new)])
    assert (found.values["path"], found.values["source"], found.values["id"]) == (new, new, found.id)
    assert found.id == (new if behind[:1] in ("", "#", "!") else old) + behind

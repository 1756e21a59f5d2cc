"""When a document was last changed: what is kept of it, asked for, sorted by and shown."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from searcher import Document, Index
from searcher.documents import Document as Made
from searcher.messages import speaker
from searcher.printer import terminal
from searcher.updating import reading

Indexed = Callable[..., Index]

CHANGED = {"a.txt": "2020-01-02T03:04:05", "b.txt": "2024-05-06T07:08:09", "c.txt": "2024-05-06T07:08:10"}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Of three files that were changed at different times."""
    (tmp_path / "files").mkdir()
    for name, moment in CHANGED.items():
        _write(tmp_path / "files" / name, f"合同{name}", moment)
    index = Index.create(tmp_path / "index")
    index.sync([tmp_path / "files"])
    return index


def _write(path: Path, text: str, moment: str) -> None:
    path.write_text(text, "utf-8")
    seconds = datetime.fromisoformat(moment).timestamp()
    os.utime(path, (seconds, seconds))


def _found(index: Index, query: str) -> list[str]:
    return [Path(hit.path or hit.id).name for hit in index.search(query, copies=True)]


def test_a_hit_says_when_its_file_was_changed(index: Index) -> None:
    assert {Path(hit.id).name: hit.modified for hit in index.search("合同", copies=True)} == CHANGED


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("合同 sort:-modified", ["c.txt", "b.txt", "a.txt"]),
        ("合同 sort:modified", ["a.txt", "b.txt", "c.txt"]),
        ("modified:2020", ["a.txt"]),
        ("modified:2020-01-02..2024-05-05", ["a.txt"]),
        ("modified:..2019", []),
        ("modified:>=2024-05-06 sort:modified", ["b.txt", "c.txt"]),
        ("合同 -modified:2024-05", ["a.txt"]),
    ],
)
def test_files_are_asked_for_and_sorted_by_their_last_change(index: Index, query: str, names: list[str]) -> None:
    assert _found(index, query) == names


def test_a_file_that_changes_is_changed_then(index: Index, tmp_path: Path) -> None:
    _write(tmp_path / "files" / "a.txt", "合同又改了", "2025-01-01T00:00:00")
    index.sync()
    assert _found(index, "合同 sort:-modified")[0] == "a.txt"
    assert _found(index, "modified:2020") == []


def test_a_file_that_is_moved_or_analysed_anew_keeps_its_time(index: Index, tmp_path: Path) -> None:
    (tmp_path / "files").rename(tmp_path / "moved")
    assert index.sync([tmp_path / "moved"]).moved == 3
    assert _found(index, "合同 sort:-modified") == ["c.txt", "b.txt", "a.txt"]
    index.rebuild()
    assert _found(index, "合同 sort:-modified") == ["c.txt", "b.txt", "a.txt"]
    assert {Path(document.id).name: document.modified for document in index} == CHANGED


@pytest.mark.parametrize("name", reading.MODIFIED)
def test_what_a_file_says_itself_of_its_last_change_goes_before_what_the_system_says(index: Index, tmp_path: Path, name: str) -> None:
    _write(tmp_path / "files" / "d.md", f"---\n{name}: 2021-03-04 05:06:07\n---\n合同丁\n", "2025-01-01T00:00:00")
    _write(tmp_path / "files" / "e.md", f"---\n{name}: 昨天\n---\n合同戊\n", "2022-01-01T00:00:00")
    index.sync()
    assert _found(index, "modified:2021") == ["d.md"]
    assert _found(index, "modified:2022") == ["e.md"]


def test_a_clock_that_was_wrong_by_millennia_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    status = os.stat_result((0,) * 7 + (0, 1 << 60, 0))
    assert reading._modified(Made("a", "", ""), status) is None


def test_a_program_says_when_its_documents_were_changed(indexed: Indexed) -> None:
    index = indexed(
        Document("old", "", "合同", modified="2020"),
        Document("new", "", "合同甲", modified="2021-08-17T11:18:00+00:00"),
        Document("odd", "", "合同乙", modified="昨天"),
        Document("none", "", "合同丙"),
    )
    assert [hit.id for hit in index.search("合同 sort:-modified")][:2] == ["new", "old"]
    assert [hit.id for hit in index.search("modified:2020")] == ["old"]
    assert {hit.id: hit.modified for hit in index.search("合同")}["odd"] == "昨天"
    [missing] = index.why("合同 modified:2021", "old").missing
    assert (missing.text, missing.nearest) == ("modified:2021", ("2020",))


def test_where_nothing_that_is_sorted_by_its_date_has_one_that_is_said(index: Index) -> None:
    [notice] = index.search("合同 sort:-date").notices
    assert notice == "none of these has a date: sort:-modified begins with what was changed last"
    assert index.search("合同 sort:-modified").notices == index.search("没有的东西 sort:-date", strict=True).notices == ()
    index.add([Document("dated", "", "合同丁", date="2021")])
    assert index.search("合同 sort:-date").notices == ()


def test_the_date_by_which_hits_are_sorted_is_the_one_that_is_shown(indexed: Indexed) -> None:
    index = indexed(Document("a", "合同", "", date="2020-01-01", modified="2024-05-06T07:08:09"))
    for query, shown in (("合同", "2020-01-01"), ("合同 sort:-date", "2020-01-01"), ("合同 sort:-modified", "2024-05-06")):
        lines = terminal.results_lines(index.search(query), speaker("en"), terminal.Screen(80))
        assert next(lines).plain == f" 1  合同  {shown}"

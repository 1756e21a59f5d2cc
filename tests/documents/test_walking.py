"""Files are found by name, each once, and what is left out is counted."""

from __future__ import annotations

import os
import socket
from collections import Counter
from pathlib import Path

import pytest

from searcher.documents import INDEX_MARK, Found, Skipped, walk


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")


def names(folder: Path, *roots: Path, **options: object) -> list[str]:
    found = list(walk(roots or (folder,), **options))  # type: ignore[arg-type]
    assert all(isinstance(item, Found) for item in found)
    return [Path(item.path).relative_to(folder).as_posix() for item in found if isinstance(item, Found)]


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    make(tmp_path, "b/2.txt", "b/1.txt", "a.txt", "c.txt", "乙.txt", "甲.txt")
    assert names(tmp_path) == ["a.txt", "b/1.txt", "b/2.txt", "c.txt", "乙.txt", "甲.txt"]


@pytest.mark.parametrize(
    ("page", "folder", "taken"),
    [
        ("甲.html", "甲_files", False),
        ("甲.htm", "甲.files", False),
        ("甲.html", "乙_files", True),
        ("甲.txt", "甲_files", True),
        ("甲.html", "甲_files.txt/", True),
    ],
)
def test_what_a_saved_page_is_made_of_is_left_out_with_its_folder(tmp_path: Path, page: str, folder: str, taken: bool) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / page).write_text("<p>甲")
    (tmp_path / folder / "saved_resource.html").write_text("<p>廣告")
    left_out: Counter[str] = Counter()
    names = [Path(found.path).name for found in walk([tmp_path], left_out=left_out) if isinstance(found, Found)]
    assert ("saved_resource.html" in names, left_out["page"]) == (taken, not taken)
    assert len(list(walk([tmp_path / folder]))) == 1  # what is named is taken


@pytest.mark.parametrize("own", ["附件.docx", "合同.PDF", "說明.txt"])
def test_a_folder_of_documents_beside_a_page_is_no_part_of_it(tmp_path: Path, own: str) -> None:
    make(tmp_path, "甲.html", "甲_files/logo.png", f"甲_files/{own}")
    assert names(tmp_path) == ["甲.html", "甲_files/logo.png", f"甲_files/{own}"]


def test_hidden_files_are_left_out_and_counted(tmp_path: Path) -> None:
    make(tmp_path, ".git/config", ".x.txt", "a.txt", "~$a.docx")
    left_out: Counter[str] = Counter()
    assert names(tmp_path, left_out=left_out) == ["a.txt"]
    assert left_out == {"hidden": 2, "lock": 1}
    assert names(tmp_path, hidden=True) == [".git/config", ".x.txt", "a.txt"]
    assert names(tmp_path, tmp_path / ".x.txt") == [".x.txt"]


def test_patterns(tmp_path: Path) -> None:
    make(tmp_path, "a.log", "build/a.txt", "src/build.txt", "src/x.log")
    left_out: Counter[str] = Counter()
    assert names(tmp_path, exclude=("*.log", "build/"), left_out=left_out) == ["src/build.txt"]
    assert left_out == {"excluded": 3}


def test_gitignore_only_on_request(tmp_path: Path) -> None:
    make(tmp_path, "a.log", "b.txt", "sub/a.log", "sub/keep.log")
    (tmp_path / ".gitignore").write_text("*.log\n", "utf-8")
    (tmp_path / "sub" / ".gitignore").write_text("!keep.log\n", "utf-8")
    assert len(names(tmp_path)) == 4
    left_out: Counter[str] = Counter()
    assert names(tmp_path, gitignore=True, left_out=left_out) == ["b.txt", "sub/keep.log"]
    assert left_out["gitignore"] == 2


def test_an_index_is_never_entered(tmp_path: Path) -> None:
    make(tmp_path, f"index/{INDEX_MARK}", "index/a.txt", "other/b.txt", "c.txt")
    left_out: Counter[str] = Counter()
    assert names(tmp_path, never=(str(tmp_path / "other"),), left_out=left_out) == ["c.txt"]
    assert left_out["index"] == 2


def test_paths_in_one_another_give_each_file_once(tmp_path: Path) -> None:
    make(tmp_path, "a/1.txt", "b.txt")
    assert names(tmp_path, tmp_path / "a", tmp_path, tmp_path / "b.txt") == ["a/1.txt", "b.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links(tmp_path: Path) -> None:
    make(tmp_path, "a/1.txt", "outside/2.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "same.txt").symlink_to(tmp_path / "a" / "1.txt")
    (tmp_path / "a" / "other.txt").symlink_to(tmp_path / "outside" / "2.txt")
    (tmp_path / "a" / "folder").symlink_to(tmp_path / "outside")
    left_out: Counter[str] = Counter()
    assert names(tmp_path, tmp_path / "a", left_out=left_out) == ["a/1.txt", "a/other.txt"]
    assert left_out == {"link": 3}
    assert names(tmp_path, tmp_path / "a", follow_links=True) == ["a/1.txt", "a/folder/2.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_lead_nowhere_are_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = list(walk([tmp_path]))
    assert [(Path(item.path).name, item.reason) for item in found if isinstance(item, Skipped)] == [
        ("gone.txt", "unreadable"),
        ("self", "unreadable"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_pipes_and_sockets_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        left_out: Counter[str] = Counter()
        assert list(walk(["."], left_out=left_out)) == []
        assert left_out == {"special": 2}
        (item,) = walk(["pipe"])
    assert isinstance(item, Skipped)
    assert item.detail == "neither a file nor a folder"


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    (item,) = walk([tmp_path / "missing"])
    assert item == Skipped(str(tmp_path / "missing"), "unreadable", "no such file or folder")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    make(tmp_path, "closed/a.txt", "open.txt")
    (tmp_path / "closed").chmod(0)
    try:
        found = list(walk([tmp_path]))
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert [type(item).__name__ for item in found] == ["Skipped", "Found"]


def test_a_very_deep_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    depth = 300
    Path("/".join(["d"] * depth)).mkdir(parents=True)
    Path("/".join(["d"] * depth), "a.txt").write_text("x", "utf-8")
    (item,) = walk(["."])
    assert isinstance(item, Found)
    assert item.shown == "d/" * depth + "a.txt"

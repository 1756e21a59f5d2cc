"""An index keeps in step with its files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searcher import Index, InvalidOption, Report
from searcher import syncing as syncing_room


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.replaced, report.unchanged, report.removed


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.create(tmp_path / "index")


def touch(path: Path, seconds: int) -> None:
    status = path.stat()
    os.utime(path, (status.st_atime, status.st_mtime + seconds))


def test_a_second_run_changes_nothing(index: Index, folder: Path) -> None:
    assert counts(index.sync([folder])) == (3, 0, 0, 0)
    assert counts(index.sync([folder])) == (0, 0, 3, 0)
    assert counts(index.sync()) == (0, 0, 3, 0), "without a path: the folders it knows"
    assert len(index) == 3


def test_changed_files_are_replaced_and_vanished_ones_removed(index: Index, folder: Path) -> None:
    index.sync([folder])
    (folder / "a.txt").write_text("旷视科技上市", "utf-8")
    (folder / "b.txt").unlink()
    (folder / "d.txt").write_text("新的文件", "utf-8")
    assert counts(index.sync([folder])) == (1, 1, 1, 1)
    assert {Path(document.id).name for document in index} == {"a.txt", "c.txt", "d.txt"}
    assert index.search("商汤", strict=True).total == 0


def test_a_touched_file_is_not_indexed_again(index: Index, folder: Path) -> None:
    index.sync([folder])
    touch(folder / "a.txt", 10)
    assert counts(index.sync([folder])) == (0, 0, 3, 0)


def test_a_moved_file_is_found_under_its_new_name_only(index: Index, folder: Path) -> None:
    index.sync([folder])
    (folder / "a.txt").rename(folder / "z.txt")
    report = index.sync([folder])
    assert (report.added, report.removed) == (1, 1)
    assert [Path(hit.id).name for hit in index.search("商汤科技上市", strict=True)] == ["z.txt"]


def test_only_what_lies_inside_the_paths_is_removed(index: Index, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "documents2"
    other.mkdir()
    (other / "x.txt").write_text("另一个文件夹", "utf-8")
    index.sync([folder, other])
    (other / "x.txt").unlink()
    (folder / "a.txt").unlink()
    assert index.sync([folder]).removed == 1
    assert len(index) == 3


@pytest.mark.parametrize("leave_folder", [True, False])
def test_a_root_that_is_missing_or_empty_removes_nothing(index: Index, folder: Path, leave_folder: bool) -> None:
    index.sync([folder])
    for path in folder.iterdir():
        path.unlink()
    if not leave_folder:
        folder.rmdir()
    report = index.sync([folder])
    assert report.removed == 0
    assert "--prune" in report.notices[0]
    assert len(index) == 3
    assert index.sync([folder], prune=True).removed == 3


def test_many_vanished_at_once_want_prune(index: Index, folder: Path) -> None:
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"第{number}篇", "utf-8")
    index.sync([folder])
    for number in range(20):
        (folder / f"{number}.txt").unlink()
    assert index.sync([folder]).removed == 0
    assert index.sync([folder], prune=True).removed == 20


def test_a_path_that_never_was_is_an_error(index: Index, tmp_path: Path) -> None:
    with pytest.raises(InvalidOption, match="no such file or folder"):
        index.sync([tmp_path / "nowhere"])
    with pytest.raises(InvalidOption, match="knows no folder yet"):
        index.sync()


def test_a_single_file_is_a_root_too(index: Index, folder: Path) -> None:
    assert counts(index.sync([folder / "a.txt"])) == (1, 0, 0, 0)
    assert index.sync().unchanged == 1


def test_the_index_itself_is_never_indexed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("商汤科技", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([tmp_path])
        assert len(index) == 1
        assert index.sync([tmp_path]).unchanged == 1


def test_what_cannot_be_read_is_told_and_costs_nothing_else(index: Index, folder: Path) -> None:
    (folder / "x.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "empty.txt").write_bytes(b"")
    report = index.sync([folder])
    assert report.added == 3
    assert {skipped.reason for skipped in report.skipped} == {"binary", "empty"}
    assert {skipped.reason for skipped in index.sync([folder]).skipped} == {"binary", "empty"}
    assert {skipped.reason for skipped in index.status().skipped} == {"binary", "empty"}


def test_several_processes_give_the_same_index(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing_room, "WORTH_WORKERS", 0)
    monkeypatch.setattr(syncing_room, "CHUNK_FILES", 2)
    for number in range(7):
        (folder / f"{number}.txt").write_text(f"第{number}篇讲商汤科技", "utf-8")
    with Index.create(tmp_path / "one") as one, Index.create(tmp_path / "two") as two:
        assert counts(one.sync([folder])) == counts(two.sync([folder], workers=2)) == (10, 0, 0, 0)
        assert list(one) == list(two)
        for query in ("商汤科技", "第3篇", "上市"):
            assert one.search(query).hits == two.search(query).hits
        (folder / "3.txt").write_text("改了", "utf-8")
        assert counts(one.sync([folder])) == counts(two.sync([folder], workers=2)) == (0, 1, 9, 0)
        assert {document.id for document in one} == {document.id for document in two}


def test_what_was_done_before_an_interruption_is_kept(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing_room, "COMMIT_SECONDS", -1.0)
    read_file = syncing_room.read_file

    def interrupted(wanted: syncing_room.Wanted, *rest: object) -> object:
        if wanted.path.endswith("c.txt"):
            raise KeyboardInterrupt
        return read_file(wanted, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(syncing_room, "read_file", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index.sync([folder])
    assert len(index) == 2
    monkeypatch.setattr(syncing_room, "read_file", read_file)
    assert counts(index.sync([folder])) == (1, 0, 2, 0)


def test_a_run_that_writes_most_of_the_documents_leaves_one_segment(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing_room, "COMMIT_SECONDS", -1.0)
    index.sync([folder])
    assert [segment.count for segment in index._store.snapshot().segments] == [3]
    (folder / "d.txt").write_text("又一篇", "utf-8")
    index.sync([folder])
    assert [segment.count for segment in index._store.snapshot().segments] == [3, 1]


def test_what_is_left_out_is_counted_by_rule(index: Index, folder: Path) -> None:
    (folder / ".hidden.txt").write_text("藏起来的", "utf-8")
    (folder / "x.log").write_text("日志", "utf-8")
    (folder / "y.txt").write_text("不要的", "utf-8")
    (folder / ".gitignore").write_text("y.txt\n", "utf-8")
    report = index.sync([folder], exclude=["*.log"], gitignore=True)
    assert report.added == 3
    assert report.left_out == {"hidden": 2, "excluded": 1, "gitignore": 1}
    assert index.sync([folder], hidden=True).added == 4


def test_nothing_to_do_writes_nothing(index: Index, folder: Path) -> None:
    index.sync([folder])
    before = {file.name: file.stat().st_mtime_ns for file in index.path.iterdir()}
    index.sync([folder])
    assert {file.name: file.stat().st_mtime_ns for file in index.path.iterdir() if not file.name.endswith(".lock")} == {
        name: time for name, time in before.items() if not name.endswith(".lock")
    }


def test_a_known_folder_is_read_as_it_was_the_last_time(index: Index, folder: Path) -> None:
    (folder / "x.log").write_text("日志", "utf-8")
    assert index.sync([folder], exclude=["*.log"]).added == 3
    assert counts(index.sync()) == (0, 0, 3, 0)
    assert index.sync([folder]).added == 1


def test_another_encoding_reads_the_same_bytes_anew(index: Index, folder: Path) -> None:
    (folder / "a.txt").write_bytes("軟體工程".encode("big5"))
    index.sync([folder / "a.txt"], encoding="latin-1")
    assert index.search("軟體", strict=True).total == 0
    assert index.sync([folder / "a.txt"], encoding="big5").replaced == 1
    assert index.search("軟體", strict=True).total == 1
    assert index.sync().unchanged == 1


def test_roots_that_overlap_are_one(index: Index, folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "i.txt").write_text("里面的", "utf-8")
    (folder / "inner" / "j.bin").write_bytes(bytes(range(256)) * 50)
    report = index.sync([folder, folder / "inner"])
    assert report.added == 4
    assert len(report.skipped) == 1
    (folder / "inner" / "i.txt").unlink()
    assert index.sync().removed == 1


def test_two_documents_of_one_id_in_a_file_are_told(index: Index, folder: Path) -> None:
    (folder / "rows.jsonl").write_text(
        '{"id": "x", "text": "第一个"}\n{"id": "x", "text": "第二个"}\n{"id": "y", "text": "第三个"}\n', "utf-8"
    )
    report = index.sync([folder / "rows.jsonl"])
    assert (report.added, report.documents) == (2, 2)
    assert [skipped.reason for skipped in report.skipped] == ["damaged"]
    assert index.search("第二个", strict=True).total == 1

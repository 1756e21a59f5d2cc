"""An index keeps in step with its files."""

from __future__ import annotations

import os
import shlex
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from searcher import Document, Index, IndexLocked, IndexUnwritable, InvalidOption, MissingDependency, Progress, Report, Skipped
from searcher.documents import ReadOptions, Source
from searcher.engine import Lock, Record, Store, Writer, build_run
from searcher.text.dictionary import default_dictionary
from searcher.updating import reading as reading_room
from searcher.updating import syncing as syncing_room
from searcher.updating import workers as workers_room
from searcher.updating.catalogue import ATTACHMENT, READER, Catalogue, read_catalogue
from tests.documents.recognisers import picture, recognising


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


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Catalogue]:
    """The lists of files that were read from the index."""
    read: list[Catalogue] = []
    whole = Catalogue.from_bytes

    def noted(data: bytes | None, changes: bytes | None) -> Catalogue:
        read.append(whole(data, changes))
        return read[-1]

    monkeypatch.setattr(Catalogue, "from_bytes", noted)
    return read


def test_a_run_reads_the_list_of_files_once_and_who_asks_for_the_folders_never(index: Index, folder: Path, parsed: list[Catalogue]) -> None:
    index.sync([folder])
    assert len(parsed) == 1
    assert index.sync([folder]).unchanged == 3 and len(parsed) == 2
    (folder / "a.txt").write_text("旷视科技上市", "utf-8")
    (folder / "b.txt").unlink()
    assert counts(index.sync()) == (0, 1, 1, 1) and len(parsed) == 3
    assert index.roots == (str(folder),) and len(parsed) == 3


def test_what_another_wrote_before_the_lock_was_taken_is_known(
    index: Index, folder: Path, parsed: list[Catalogue], monkeypatch: pytest.MonkeyPatch
) -> None:
    other, locked = Index.open(index.path), Store.locked

    def late(store: Store) -> AbstractContextManager[Lock]:
        monkeypatch.setattr(Store, "locked", locked)
        assert counts(other.sync([folder])) == (3, 0, 0, 0)
        return locked(store)

    monkeypatch.setattr(Store, "locked", late)
    assert counts(index.sync([folder])) == (0, 0, 3, 0)
    assert len(parsed) == 3 and len(index) == 3


@pytest.mark.parametrize(
    ("between", "roots", "found"),
    [
        (lambda other, docs: other.forget(docs / "old"), ["new"], {"new/a.txt", "new/b.txt"}),
        (lambda other, docs: other.sync(docs / "old", exclude="x*"), ["new", "old"], {"new/a.txt", "new/b.txt", "old/a.txt"}),
    ],
)
def test_what_another_says_of_the_folders_before_the_lock_was_taken_holds(
    index: Index,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    between: Callable[[Index, Path], object],
    roots: list[str],
    found: set[str],
) -> None:
    """A run that has looked at a folder does not bring it back when it is forgotten, nor what is left out of it now."""
    docs, locked = tmp_path / "docs", Store.locked
    for name in ("new/a.txt", "old/a.txt", "old/x.txt"):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(f"商汤科技 {name}", "utf-8")
    index.sync([docs / "new", docs / "old"])
    (docs / "new" / "b.txt").write_text("新的", "utf-8")

    def late(store: Store) -> AbstractContextManager[Lock]:
        monkeypatch.setattr(Store, "locked", locked)
        with Index.open(index.path) as other:
            between(other, docs)
        return locked(store)

    monkeypatch.setattr(Store, "locked", late)
    assert index.sync().added == 1
    assert index.roots == tuple(str(docs / root) for root in roots)
    assert {document.id for document in index} == {str(docs / name) for name in found}
    assert (index.sync().added, index.sync(docs / "new").removed) == (0, 0)


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


def test_what_took_too_long_is_read_once_more(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def slow(source: Source, options: ReadOptions) -> Iterator[Skipped]:
        tried.append(Path(source.path).name)
        yield Skipped(source.path, "timeout", "the machine was busy")

    monkeypatch.setattr(reading_room, "documents_of", slow)
    assert counts(index.sync([folder])) == (0, 0, 0, 0)
    index.sync()
    index.sync()
    assert tried == ["a.txt", "b.txt", "c.txt"] * 2, "twice, then it is the file's fault"
    monkeypatch.undo()
    (folder / "a.txt").write_text("新的文字", "utf-8")
    assert counts(index.sync()) == (1, 0, 2, 0)


def test_what_took_too_long_and_is_another_then_is_read_twice_more(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def slow(source: Source, options: ReadOptions) -> Iterator[Skipped]:
        tried.append(source.path)
        yield Skipped(source.path, "timeout", "the machine was busy")

    monkeypatch.setattr(reading_room, "documents_of", slow)
    index.sync([folder / "a.txt"])
    (folder / "a.txt").write_text("新的文字", "utf-8")
    for _ in range(4):
        index.sync()
    assert len(tried) == 1 + 2


def test_what_took_too_long_and_is_read_at_last_is_there(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_room, "documents_of", lambda source, _: iter([Skipped(source.path, "timeout", "the machine was busy")]))
    index.sync([folder])
    monkeypatch.undo()
    assert counts(index.sync()) == (3, 0, 0, 0)
    assert counts(index.sync()) == (0, 0, 3, 0)


def test_a_moved_file_is_found_under_its_new_name_only(index: Index, folder: Path) -> None:
    index.sync([folder])
    (folder / "a.txt").rename(folder / "z.txt")
    report = index.sync([folder])
    assert (report.moved, counts(report)) == (1, (0, 0, 2, 0))
    assert [Path(hit.id).name for hit in index.search("商汤科技上市", strict=True)] == ["z.txt"]
    assert counts(index.sync()) == (0, 0, 3, 0)


def test_a_new_name_that_says_another_date_dates_the_document(index: Index, folder: Path) -> None:
    index.sync([folder])
    (folder / "a.txt").rename(folder / "2020-05-06 a.txt")
    index.sync([folder])
    assert [hit.date for hit in index.search("商汤科技上市 date:2020-05", strict=True)] == ["2020-05-06"]
    (folder / "2020-05-06 a.txt").rename(folder / "b2.txt")
    index.sync([folder])
    assert [hit.date for hit in index.search("商汤科技上市", strict=True)] == [None]


def fill(folder: Path) -> None:
    """Files of several documents, of documents with their own ids, of the same bytes, in an archive, with a name for a title."""
    (folder / "in" / "ner").mkdir(parents=True)
    (folder / "in" / "rows.jsonl").write_text(
        '{"id": "own", "text": "自己的编号"}\n{"text": "第二行", "date": "2021"}\n{"text": "第三行"}\n', "utf-8"
    )
    for name in ("same1.txt", "same2.txt", "ner/same1.txt"):
        (folder / "in" / name).write_text("一模一样的内容", "utf-8")
    (folder / "in" / "表格.csv").write_text("甲,乙\n一,二\n", "utf-8")
    (folder / "in" / "long.md").write_text("# 標題\n\n" + "很長的文章，講商湯科技。\n\n" * 900, "utf-8")
    with zipfile.ZipFile(folder / "in" / "包.zip", "w") as archive:
        archive.writestr("里面.txt", "压缩包里的文件")


@pytest.mark.parametrize("workers", [1, 2])
def test_after_a_move_the_index_is_that_of_the_new_place(tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_room, "WORTH_WORKERS", 0)
    folder = tmp_path / "folder"
    fill(folder)
    with Index.create(tmp_path / "moved") as moved, Index.create(tmp_path / "new") as new:
        assert moved.sync([folder], workers=workers).added == 9
        read = workers_room.read_file
        monkeypatch.setattr(workers_room, "read_file", None)
        (folder / "in").rename(folder / "別處")
        report = moved.sync([folder])
        assert (report.moved, counts(report), report.skipped) == (9, (0, 0, 0, 0), ())
        monkeypatch.setattr(workers_room, "read_file", read)
        new.sync([folder])
        assert {document.id: document for document in moved} == {document.id: document for document in new}
        for query in (
            "商汤科技",
            "一模一样",
            "path:別處",
            "path:in",
            "压缩包",
            "second",
            "第二行",
            "format:csv",
            "date:2021",
            "script:traditional",
        ):
            expected, found = ({hit.id: hit for hit in one.search(query, limit=None)} for one in (new, moved))
            assert found.keys() == expected.keys(), query
            assert [found[id].snippets for id in found] == [expected[id].snippets for id in found]
            assert {id: round(hit.score, 4) for id, hit in found.items()} == {id: round(hit.score, 4) for id, hit in expected.items()}
        assert not list(moved.check())
        assert counts(moved.sync()) == (0, 0, 7, 0)


def test_a_name_that_is_the_title_is_read_anew(index: Index, folder: Path) -> None:
    (folder / "旧名.csv").write_text("甲,乙\n一,二\n", "utf-8")
    index.sync([folder])
    (folder / "旧名.csv").rename(folder / "新名.csv")
    report = index.sync([folder])
    assert (report.moved, report.added, report.removed) == (0, 1, 1)
    assert index.document(str(folder / "新名.csv")).title == "新名"


def test_another_suffix_is_no_move(index: Index, folder: Path) -> None:
    (folder / "x.txt").write_text("# 标题\n\n*强调*", "utf-8")
    index.sync([folder])
    (folder / "x.txt").rename(folder / "x.md")
    assert index.sync([folder]).moved == 0
    assert index.document(str(folder / "x.md")).metadata["format"] == "markdown"


def test_of_a_file_that_was_read_in_part_the_rest_is_told_at_its_new_place(index: Index, folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.txt", "压缩包里的文件")
        archive.writestr("b.txt", bytes(range(256)) * 50)
    index.sync([folder])
    (folder / "a.zip").rename(folder / "z.zip")
    report = index.sync([folder])
    assert (report.moved, report.added, report.removed) == (0, 1, 1)
    assert [skipped.path for skipped in index.status().skipped] == [f"{folder / 'z.zip'}!/b.txt"]


def test_a_copy_is_no_move(index: Index, folder: Path) -> None:
    index.sync([folder])
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    assert counts(index.sync([folder])) == (1, 0, 3, 0)


def test_a_move_out_of_a_known_folder_into_a_new_one(index: Index, folder: Path, tmp_path: Path) -> None:
    """The old one is gone and forgotten, which is said once."""
    index.sync([folder])
    renamed = folder.rename(tmp_path / "renamed")
    report = index.sync([renamed])
    assert (report.moved, len(index)) == (3, 3)
    assert report.notices == (f"{folder} is gone and all its files have moved, so it is forgotten",)
    assert index.roots == (str(renamed),)
    again = index.sync()
    assert counts(again) == (0, 0, 3, 0)
    assert again.notices == ()


def test_what_cannot_be_moved_does_not_keep_a_folder_that_was(index: Index, folder: Path, tmp_path: Path) -> None:
    """What gives no documents, and what gives some but not all of what it holds, is read anew under the new name."""
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "empty.txt").touch()
    with zipfile.ZipFile(folder / "both.zip", "w") as archive:
        archive.writestr("inside.txt", "压缩包里的文档")
        archive.write(folder / "picture.png", "picture.png")
    index.sync([folder])
    renamed = folder.rename(tmp_path / "renamed")
    report = index.sync([renamed])
    assert (report.moved, report.added, report.removed, len(index)) == (3, 1, 1, 4)
    assert report.notices == (f"{folder} is gone and all its files have moved, so it is forgotten",)
    assert index.roots == (str(renamed),) and index.status().files == 6
    again = index.sync()
    assert (again.notices, again.unchanged, again.skipped, len(again.known_skipped)) == ((), 6, (), 3)


def test_that_a_folder_has_moved_is_kept_before_the_rest_is_read(
    index: Index, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    index.sync([folder])
    renamed = folder.rename(tmp_path / "renamed")
    (renamed / "new.txt").write_text("新文件", "utf-8")
    monkeypatch.setattr("searcher.updating.syncing.chunks_read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index.sync([renamed])
    assert index.roots == (str(renamed),) and len(index) == 3


def test_a_folder_that_is_gone_stays_known_while_one_of_its_files_was_found_nowhere(index: Index, folder: Path, tmp_path: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    index.sync([folder])
    renamed = folder.rename(tmp_path / "renamed")
    (renamed / "picture.png").unlink()
    assert index.sync([renamed]).moved == 3
    assert set(index.roots) == {str(folder), str(renamed)}


def test_what_add_took_in_is_replaced_by_sync(index: Index, folder: Path) -> None:
    from searcher import read_documents

    (folder / "rows.jsonl").write_text('{"text": "第一行"}\n{"text": "第二行"}\n', "utf-8")
    assert index.add(read_documents(folder)).added == 5
    (folder / "rows.jsonl").write_text('{"text": "只有一行"}\n', "utf-8")
    assert counts(index.sync([folder])) == (0, 4, 0, 1)
    assert len(index) == 4


def test_documents_are_counted_one_by_one(index: Index, folder: Path) -> None:
    rows = folder / "rows.jsonl"
    rows.write_text('{"text": "第一行"}\n{"text": "第二行"}\n', "utf-8")
    index.sync([rows])
    rows.write_text('{"text": "第一行"}\n{"text": "第二行"}\n{"text": "第三行"}\n', "utf-8")
    assert counts(index.sync()) == (1, 2, 0, 0)
    rows.write_text('{"text": "第一行"}\n', "utf-8")
    assert counts(index.sync()) == (0, 1, 0, 2)


def test_only_what_lies_inside_the_paths_is_removed(index: Index, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "documents2"
    other.mkdir()
    (other / "x.txt").write_text("另一个文件夹", "utf-8")
    index.sync([folder, other])
    (other / "x.txt").unlink()
    (folder / "a.txt").unlink()
    assert index.sync([folder]).removed == 1
    assert len(index) == 3


def test_a_root_stays_known_while_it_is_there_or_the_index_holds_files_of_it(index: Index, folder: Path, tmp_path: Path) -> None:
    index.sync([folder])
    other = tmp_path / "other"
    other.mkdir()
    (folder / "a.txt").rename(other / "a.txt")
    assert index.sync([other]).moved == 1
    shutil.rmtree(folder)
    assert index.sync([other]).notices == ()
    assert set(index.roots) == {str(folder), str(other)}
    (emptied := tmp_path / "emptied").mkdir()
    (other / "a.txt").rename(emptied / "a.txt")
    assert index.sync([emptied]).moved == 1
    assert str(other) in index.roots


def test_a_root_that_is_gone_stays_known_where_nobody_says_what_to_look_at_instead(index: Index, folder: Path, tmp_path: Path) -> None:
    """It may be a folder into which a program writes, and which it makes anew."""
    (other := tmp_path / "other").mkdir()
    index.sync([folder, other])
    folder.rename(other / "within")
    assert index.sync().moved == 3
    assert str(folder) in index.roots
    assert index.sync().notices == (f"{folder} is missing, and nothing of it is in the index",)


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
    report = index.sync([folder])
    assert report.removed == 0
    assert [notice.rpartition(":")[0] for notice in report.notices] == [f"20 of 43 files in {folder} have vanished"]
    assert index.sync([folder], prune=True).removed == 20


@pytest.mark.parametrize(("known", "gone", "removed"), [(30, 10, True), (30, 11, False), (100, 20, True), (100, 21, False)])
def test_ten_files_may_vanish_or_a_fifth(index: Index, tmp_path: Path, known: int, gone: int, removed: bool) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(known):
        (folder / f"{number}.txt").write_text(f"第{number}篇", "utf-8")
    index.sync([folder])
    for number in range(gone):
        (folder / f"{number}.txt").unlink()
    assert index.sync([folder]).removed == (gone if removed else 0)


def test_many_that_have_another_suffix_now_have_not_vanished(index: Index, folder: Path) -> None:
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"第{number}篇", "utf-8")
    index.sync([folder])
    for number in range(40):
        (folder / f"{number}.txt").rename(folder / f"{number}.md")
    report = index.sync([folder])
    assert (counts(report), report.moved, report.notices) == ((40, 0, 3, 40), 0, ())


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
    again = index.sync([folder])
    assert not again.skipped, "nothing was read"
    assert {skipped.reason for skipped in again.known_skipped} == {"binary", "empty"}
    assert {skipped.reason for skipped in index.status().skipped} == {"binary", "empty"}
    (folder / "empty.txt").write_bytes(bytes(range(256)) * 49)
    again = index.sync([folder])
    assert [[skipped.path for skipped in group] for group in (again.skipped, again.known_skipped)] == [
        [str(folder / "empty.txt")],
        [str(folder / "x.txt")],
    ]


def stored(index: Index) -> dict[str, bytes]:
    """The files of an index, but those that name the time."""
    return {file.name: file.read_bytes() for file in index.path.iterdir() if file.suffix in (".seg", ".del", ".att")}


def test_several_processes_give_the_same_index(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_room, "WORTH_WORKERS", 0)
    monkeypatch.setattr(workers_room, "CHUNK_FILES", 2)
    for number in range(7):
        (folder / f"{number}.txt").write_text(f"第{number}篇讲商汤科技", "utf-8")
    with Index.create(tmp_path / "one") as one, Index.create(tmp_path / "two") as two:
        assert counts(one.sync([folder])) == counts(two.sync([folder], workers=2)) == (10, 0, 0, 0)
        assert stored(one) == stored(two)
        assert list(one) == list(two)
        for query in ("商汤科技", "第3篇", "上市"):
            assert one.search(query).hits == two.search(query).hits
        (folder / "3.txt").write_text("改了", "utf-8")
        (folder / "4.txt").unlink()
        assert counts(one.sync([folder])) == counts(two.sync([folder], workers=2)) == (0, 1, 8, 1)
        assert stored(one) == stored(two)
        assert {document.id for document in one} == {document.id for document in two}


def test_what_was_done_before_an_interruption_is_kept(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing_room, "COMMIT_SECONDS", -1.0)
    read_file = workers_room.read_file

    def interrupted(wanted: workers_room.Wanted, *rest: object) -> object:
        if wanted.path.endswith("c.txt"):
            raise KeyboardInterrupt
        return read_file(wanted, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(workers_room, "read_file", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index.sync([folder])
    assert len(index) == 2
    monkeypatch.setattr(workers_room, "read_file", read_file)
    assert counts(index.sync([folder])) == (1, 0, 2, 0)


def test_a_run_that_writes_most_of_the_documents_leaves_one_segment(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing_room, "COMMIT_SECONDS", -1.0)
    index.sync([folder])
    assert [segment.count for segment in index._store.snapshot().segments] == [3]
    (folder / "d.txt").write_text("又一篇", "utf-8")
    index.sync([folder])
    assert [segment.count for segment in index._store.snapshot().segments] == [3, 1]


@pytest.mark.parametrize(("new", "segments"), [(1, [4, 1]), (2, [6])])
def test_half_of_the_documents_are_most(index: Index, folder: Path, new: int, segments: list[int]) -> None:
    (folder / "d.txt").write_text("第四篇", "utf-8")
    index.sync([folder])
    for number in range(new):
        (folder / f"new{number}.txt").write_text(f"新的第{number}篇", "utf-8")
    index.sync([folder])
    assert [segment.count for segment in index._store.snapshot().segments] == segments


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


def test_a_day_on_which_nothing_has_changed_is_noted_and_nothing_else(index: Index, folder: Path) -> None:
    index.sync([folder])
    store = index._store
    with store.writer() as writer:
        writer.commit(meta={**store.meta, "updated": "2020-02-02T00:00:00+00:00"})
    before = dict(store.meta)
    assert counts(index.sync()) == (0, 0, 3, 0)
    after = dict(store.meta)
    assert str(after.pop("updated")) > str(before.pop("updated")) and after == before
    assert (index.roots, counts(index.sync())) == ((str(folder),), (0, 0, 3, 0))


def test_where_nothing_can_be_written_a_day_on_which_nothing_has_changed_is_no_error(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an index that is read-only here, or on a disk that is full."""
    index.sync([folder])
    store = index._store
    with store.writer() as writer:
        writer.commit(meta={**store.meta, "updated": "2020-02-02T00:00:00+00:00"})

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("searcher.engine.toc.write", refused)
    assert counts(index.sync()) == (0, 0, 3, 0)
    (folder / "a.txt").write_text("新的", "utf-8")
    with pytest.raises(IndexUnwritable):
        index.sync()


def test_a_known_folder_is_read_as_it_was_the_last_time(index: Index, folder: Path) -> None:
    (folder / "x.log").write_text("日志", "utf-8")
    assert index.sync([folder], exclude=["*.log"]).added == 3
    assert counts(index.sync()) == (0, 0, 3, 0)
    assert index.sync([folder]).added == 1


def test_what_an_older_reader_read_is_read_again(index: Index, folder: Path) -> None:
    index.sync([folder])
    catalogue = read_catalogue(index._store)
    catalogue.files = {path: replace(state, reader=READER - 1) for path, state in catalogue.files.items()}
    with index._store.writer() as writer:
        writer.commit(attachments={ATTACHMENT: catalogue.to_bytes()})
    (folder / "a.txt").rename(folder / "moved.txt")
    report = index.sync()
    assert (report.added, report.replaced, report.moved, report.removed, report.unchanged) == (1, 2, 0, 1, 0)
    assert index.sync().unchanged == 3


@pytest.mark.parametrize("changed", [2, 3])
def test_an_index_is_analysed_anew_once_nothing_in_it_is_older(index: Index, folder: Path, changed: int) -> None:
    index.sync([folder])
    store = index._store
    now = store.meta["fingerprints"]
    with store.writer() as writer:
        writer.commit(meta={**store.meta, "fingerprints": {**now, "words": "older"}})
    for name in "abc"[:changed]:
        (folder / f"{name}.txt").write_text("新的文字", "utf-8")
    index.sync()
    assert store.meta["fingerprints"] == (now if changed == 3 else {**now, "words": "older"})


@pytest.fixture
def scans(tmp_path: Path) -> Iterator[Path]:
    """A folder with a picture, a scan behind a written page and a text, where text can be recognised."""
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "a.png").write_bytes(picture(20))
    (folder / "b.pdf").write_bytes(picture(20, 10, format="PDF"))
    (folder / "c.txt").write_text("旁邊的文字", "utf-8")
    package = tmp_path / "package"
    package.mkdir()
    with recognising(package, {20: [("圖片裡的通知", 10, 10, 200, 30)], 10: [("第二頁的內容", 10, 10, 200, 30)]}):
        yield folder


def test_text_in_pictures_is_looked_for_where_it_was_asked_for_once(index: Index, scans: Path) -> None:
    assert counts(index.sync([scans])) == (1, 0, 0, 0)
    assert counts(index.sync([scans], ocr=True)) == (2, 0, 1, 0), "what they did not give before, and the text is not read again"
    assert counts(index.sync([scans])) == (0, 0, 3, 0), "without a word: as the last time"
    (scans / "new.png").write_bytes(picture(10))
    assert counts(index.sync()) == (1, 0, 3, 0)
    assert [hit.title for hit in index.search("第二頁的內容").hits] == ["第二頁的內容", "圖片裡的通知"]
    assert counts(Index.open(index.path).sync([scans], ocr=False)) == (0, 0, 1, 3)


def test_a_file_is_no_move_where_its_pictures_are_looked_at_only_in_one_folder(index: Index, scans: Path, tmp_path: Path) -> None:
    index.sync([scans])
    other = tmp_path / "other"
    other.mkdir()
    index.sync([other], ocr=True)
    (scans / "c.txt").rename(other / "c.txt")
    assert index.sync().moved == 0


def test_without_the_package_nothing_is_recognised_and_what_is_missing_is_named(
    index: Index, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing_room, "lacks_module", lambda name: True)
    with pytest.raises(MissingDependency, match=r"searcher\[ocr\]"):
        index.sync([scans], ocr=True)
    assert index.roots == ()


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


def closing(monkeypatch: pytest.MonkeyPatch, closed: Path) -> None:
    """The system refuses a file or a folder, to whomever runs the tests."""
    scandir, opened = os.scandir, Path.open

    def refuse(path: object) -> None:
        if Path(str(path)) == closed:
            raise PermissionError(13, "Permission denied", str(path))

    def scan(path: str) -> object:
        refuse(path)
        return scandir(path)

    def open_file(self: Path, *rest: object, **options: object) -> object:
        refuse(self)
        return opened(self, *rest, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(Path, "open", open_file)


def test_what_is_refused_for_a_while_stays(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "i.txt").write_text("里面的", "utf-8")
    index.sync([folder])
    for closed in (inner, folder / "a.txt"):
        touch(folder / "a.txt", 10)
        with monkeypatch.context() as patch:
            closing(patch, closed)
            report = index.sync()
            assert report.removed == 0
            assert [(skipped.path, skipped.detail) for skipped in report.skipped] == [(str(closed), "permission denied")]
            assert len(index) == 4
    (inner / "i.txt").unlink()
    report = index.sync()
    assert (report.removed, report.unchanged, report.skipped) == (1, 3, ())


def test_a_file_that_is_refused_is_tried_again_and_writes_nothing(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        closing(patch, folder / "a.txt")
        assert [skipped.reason for skipped in index.sync([folder]).skipped] == ["unreadable"]
        generation = index._store.generation
        assert [skipped.reason for skipped in index.sync().skipped] == ["unreadable"]
        assert index._store.generation == generation
    report = index.sync()
    assert (report.added, report.skipped) == (1, ())


def test_a_file_becomes_a_folder_and_a_folder_a_file(index: Index, folder: Path) -> None:
    index.sync([folder])
    (folder / "a.txt").unlink()
    (folder / "a.txt").mkdir()
    (folder / "a.txt" / "inner.txt").write_text("里面的", "utf-8")
    assert (index.sync().added, len(index)) == (1, 3)
    (folder / "a.txt" / "inner.txt").unlink()
    (folder / "a.txt").rmdir()
    (folder / "a.txt").write_text("又是文件", "utf-8")
    assert (index.sync().added, len(index)) == (1, 3)
    assert index.search("又是文件", strict=True).total == 1


def test_a_known_folder_in_another_keeps_its_own_options(index: Index, folder: Path) -> None:
    (folder / ".inner").mkdir()
    (folder / ".inner" / "i.txt").write_text("里面的", "utf-8")
    index.sync([folder / ".inner"])
    assert counts(index.sync([folder])) == (3, 0, 1, 0)
    assert len(index) == 4
    assert counts(index.sync([folder])) == (0, 0, 4, 0)


def test_only_one_run_at_a_time(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from searcher import IndexLocked

    monkeypatch.setattr(syncing_room, "COMMIT_SECONDS", -1.0)
    found: list[int] = []

    def between(_: object) -> None:
        with pytest.raises(IndexLocked, match=f"by process {os.getpid()} on .* since "):
            index._store.writer(timeout=0)
        with Index.open(index.path) as reader:
            found.append(reader.search("商汤 OR 科技 OR 上市").total)

    assert index.sync([folder], progress=between).added == 3
    assert found == sorted(found)
    index._store.writer(timeout=0).cancel()


def test_a_folder_is_forgotten(index: Index, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "documents2"
    other.mkdir()
    (other / "x.txt").write_text("另一个文件夹", "utf-8")
    (folder / "inner").mkdir()
    (folder / "inner" / "i.txt").write_text("里面的", "utf-8")
    index.sync([folder])
    index.sync([other, folder / "inner"])
    with pytest.raises(InvalidOption, match=r"^(?!PATH).*: it is none of the known folders"):
        index.forget(other, tmp_path)
    assert len(index) == 5
    report = index.forget(folder)
    assert (report.removed, report.documents) == (3, 2)
    assert index.status().roots == (str(other), str(folder / "inner"))
    assert {Path(document.id).name for document in index} == {"x.txt", "i.txt"}
    assert counts(index.sync()) == (0, 0, 2, 0)
    other.rename(tmp_path / "gone")
    assert index.forget(other, folder / "inner").documents == 0
    with pytest.raises(InvalidOption, match="knows no folder yet"):
        index.sync()


def test_that_a_forgotten_path_stays_with_its_folder_is_remarked(index: Index, folder: Path) -> None:
    file = next(folder.glob("*.txt"))
    index.sync([folder])
    index.sync([file])
    report = index.forget(file)
    assert (report.removed, index.roots) == (0, (str(folder),))
    [notice] = report.notices
    assert notice.startswith(f"{file} stays in the index: it is a part of {folder}: `searcher index --exclude")
    index.sync([file])
    assert not index.forget(file, folder).notices and not len(index)


def test_a_part_of_a_folder_cannot_be_forgotten_but_left_out_as_the_error_says(index: Index, folder: Path) -> None:
    (folder / "inner" / "more").mkdir(parents=True)
    (folder / "inner" / "more" / "i.txt").write_text("里面的", "utf-8")
    index.sync([folder])
    with pytest.raises(InvalidOption) as caught:
        index.forget(folder / "inner" / "more")
    said = shlex.split(str(caught.value).partition("`")[2].partition("`")[0])
    assert said == ["searcher", "index", "--exclude", "/" + str(Path("inner", "more")), str(folder)]
    assert index.sync([said[-1]], exclude=[said[-2]]).removed == 1
    assert not any("inner" in document.id for document in index)


def test_a_file_that_was_another_while_it_was_read_is_read_again_though_it_is_put_back(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, read = folder / "a.txt", reading_room.documents_of
    right = place.read_bytes()

    def meanwhile(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
        if source.path == str(place):
            place.write_text("旷视科技上市", "utf-8")
        yield from list(read(source, options))
        place.write_bytes(right) if source.path == str(place) else None

    with monkeypatch.context() as patch:
        patch.setattr(reading_room, "documents_of", meanwhile)
        index.sync([folder])
    touch(place, 10)
    index.sync()
    assert index.document(str(place)).text == right.decode()


def test_what_is_known_of_files_is_what_the_system_says_of_them(index: Index, folder: Path) -> None:
    """So that nothing is looked at twice: whether they are new, changed, touched, moved, or as they were."""
    index.sync([folder])
    touch(folder / "a.txt", 10)
    (folder / "b.txt").rename(folder / "moved.txt")
    (folder / "c.txt").write_text("新的文字", "utf-8")
    (folder / "d.txt").write_text("又一篇", "utf-8")
    index.sync([folder])
    known = read_catalogue(index._store).files
    assert {Path(path).name for path in known} == {"a.txt", "moved.txt", "c.txt", "d.txt"}
    for path, state in known.items():
        status = Path(path).stat()
        assert (state.size, state.modified_ns, state.changed_ns) == (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def test_of_files_of_the_same_bytes_each_is_moved_under_its_own_name(index: Index, tmp_path: Path) -> None:
    """Another name could be another title, and would be read anew."""
    for folder in ("before", "after/1", "after/2"):
        (tmp_path / folder).mkdir(parents=True)
    for name in "甲乙":
        (tmp_path / "before" / f"{name}.csv").write_text("商品,价格\n苹果,三元\n", "utf-8")
    index.sync([tmp_path / "before", tmp_path / "after"])
    documents = len(index)
    for number, name in enumerate("甲乙", start=1):
        (tmp_path / "before" / f"{name}.csv").rename(tmp_path / "after" / str(number) / f"{name}.csv")
    report = index.sync(prune=True)
    assert (report.moved, counts(report)) == (documents, (0, 0, 0, 0))


def test_a_file_that_is_left_out_now_has_not_moved(index: Index, folder: Path) -> None:
    """Though another one has its bytes."""
    index.sync([folder])
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    report = index.sync([folder], exclude="a.txt", prune=True)
    assert (report.moved, counts(report)) == (0, (1, 0, 2, 1))


def test_a_digest_is_of_as_many_bytes_as_the_file_said_or_of_all_where_it_said_none(tmp_path: Path) -> None:
    """What the system makes up as it is read, as in /proc, says that it has none; what grows while it is read would never end."""
    (tmp_path / "a").write_bytes(b"abcdef")
    (tmp_path / "b").write_bytes(b"abcxyz")
    (tmp_path / "none").write_bytes(b"")
    digests = {(name, size): reading_room.digest_of_file(str(tmp_path / name), size) for name in ("a", "b", "none") for size in (0, 3, 6)}
    assert digests["a", 3] == digests["b", 3]
    assert len(set(digests.values())) == 8


def test_progress_begins_with_the_total_and_goes_on_while_the_others_read(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("WORTH_WORKERS", 0), ("LOOK", 0.01)):
        monkeypatch.setattr(workers_room, name, value)
    (tmp_path / "many").mkdir()
    for number in range(30):
        (tmp_path / "many" / f"{number}.txt").write_text(f"第{number}篇", "utf-8")
    told: list[Progress] = []
    index.sync([tmp_path / "many"], workers=2, progress=told.append)
    assert len(told) > 3, "to start the others takes a while"
    assert {step.total for step in told} == {30}
    done = [step.done for step in told]
    assert (done[0], done[-1]) == (0, 30) and done == sorted(done)


def test_workers_end_before_the_folder_of_their_runs_goes(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where what interrupts the run comes from outside of the reading; else they would look for the folder, and say so."""
    for name, value in (("WORTH_WORKERS", 0), ("CHUNK_FILES", 1), ("LOOK", 0.01)):
        monkeypatch.setattr(workers_room, name, value)
    (tmp_path / "many").mkdir()
    for number in range(6):
        (tmp_path / "many" / f"{number}.txt").write_text(f"第{number}篇", "utf-8")
    stopped: list[bool] = []
    stop = workers_room.ProcessPoolExecutor.__exit__

    def noticed(pool: ProcessPoolExecutor, *error: Any) -> bool | None:
        stopped.append(any(index.path.glob(f"{workers_room.RUNS}*/{reading_room.STOP}")))
        return stop(pool, *error)

    def interrupt(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    monkeypatch.setattr(workers_room.ProcessPoolExecutor, "__exit__", noticed)
    with pytest.raises(KeyboardInterrupt):
        index.sync([tmp_path / "many"], workers=2, progress=interrupt)
    assert stopped == [True]


def test_workers_end_with_the_file_they_read_when_nobody_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after Ctrl-C: what they had begun, and what lay ready for them, would take minutes."""
    for name, value in (("WORTH_WORKERS", 0), ("CHUNK_FILES", 2)):
        monkeypatch.setattr(workers_room, name, value)
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(f"第{number}篇", "utf-8")
    wanted = [reading_room.Wanted(str(tmp_path / f"{number}.txt"), f"{number}.txt") for number in range(20)]
    (tmp_path / "runs").mkdir()
    chunks = workers_room.chunks_read(wanted, str(tmp_path / "runs"), default_dictionary(), {}, 2)
    while not isinstance(next(chunks), reading_room.ChunkRead):
        pass
    chunks.close()
    before = reading_room.read_so_far(str(tmp_path / "runs"))
    assert reading_room.read_chunk(wanted, ReadOptions(), (), str(tmp_path / "runs")) == reading_room.ChunkRead(None, ())
    assert reading_room.read_so_far(str(tmp_path / "runs")) == before


def test_a_full_disk_is_said_of_the_index_not_of_a_folder_in_it(tmp_path: Path) -> None:
    """What workers leave lies in a folder that is gone when its name is read."""
    error = IndexUnwritable(path=tmp_path / "index" / "runs-x", reason="full")
    with pytest.raises(IndexUnwritable) as raised, workers_room.folder_for_runs(tmp_path):
        raise error
    assert raised.value.details == {"path": tmp_path, "reason": "full"}
    assert not list(tmp_path.iterdir())
    with pytest.raises(IndexUnwritable) as raised, workers_room.folder_for_runs(tmp_path / "gone"):
        pass
    assert raised.value.details == {"path": tmp_path / "gone", "reason": "no such file or folder"}


def test_an_empty_path_is_not_the_current_folder(index: Index) -> None:
    for use in (lambda: index.sync([".", ""]), lambda: index.sync(""), lambda: index.forget(""), lambda: index.watch([""])):
        with pytest.raises(InvalidOption, match=r"^'': no such file or folder"):
            use()
    assert not index.roots


def test_the_records_of_a_file_are_handed_on_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(f'{{"title": "题{number}", "text": "内容{number}"}}\n' for number in range(5)), "utf-8")
    wanted, files = reading_room.Wanted(str(path), str(path)), list[reading_room.FileRead]()
    records = reading_room._records_of(wanted, ReadOptions(), default_dictionary(), files)
    found = [next(records)]
    assert not files
    found += records
    assert [record.text for record in found] == [f"内容{number}" for number in range(5)]
    assert [file.state.documents for file in files] == [5]


@pytest.mark.parametrize("before", ["", "旧的一篇"])
def test_a_file_read_here_is_taken_in_record_by_record(index: Index, tmp_path: Path, before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.jsonl"
    if before:
        path.write_text(f'{{"title": "题", "text": "{before}"}}\n' * 2, "utf-8")
        index.sync([path])
    events: list[str] = []
    add, record_of = Writer.add, reading_room.record_of
    monkeypatch.setattr(reading_room, "record_of", lambda *given: events.append("made") or record_of(*given))
    monkeypatch.setattr(Writer, "add", lambda writer, record: events.append("taken") or add(writer, record))
    path.write_text("".join(f'{{"title": "题{number}", "text": "内容{number}"}}\n' for number in range(9)), "utf-8")
    report = index.sync([path])
    assert (report.added, report.replaced) == ((7, 2) if before else (9, 0))
    assert events == ["made", "taken"] * 9
    assert sorted(document.text for document in index) == [f"内容{number}" for number in range(9)]


CHANGES: dict[str, Callable[[Path], object]] = {
    "grows": lambda path: path.write_bytes(path.read_bytes() + "旷视".encode()),
    "shrinks": lambda path: os.truncate(path, 6),
    "is written anew": lambda path: path.write_text("旷视科技在香港上市了", "utf-8"),
    "is replaced by one of its size and time": lambda path: _replace(path, "旷视科技融资"),
    "is removed": lambda path: path.unlink(),
}


def _replace(path: Path, text: str) -> None:
    before, new = path.stat(), path.with_name("~new")
    new.write_bytes(text.encode().ljust(before.st_size))
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such time")
def test_what_is_replaced_by_as_many_bytes_of_the_same_time_is_seen(index: Index, folder: Path) -> None:
    """As `cp -p` and programs that unpack archives do; two files whose names were swapped may have the same time as well."""
    one, other = folder / "a.txt", folder / "other.txt"
    other.write_bytes("旷视科技上市".encode().ljust(one.stat().st_size))
    os.utime(other, ns=(0, one.stat().st_mtime_ns))
    index.sync([folder])
    one.rename(folder / "swapped.txt")
    other.rename(one)
    (folder / "swapped.txt").rename(other)
    assert index.sync([folder]).replaced == 2
    assert (index.document(str(one)).text.strip(), index.search("旷视科技").hits[0].path) == ("旷视科技上市", str(one))
    _replace(one, "旷视科技融资")
    assert index.sync([folder]).replaced == 1 and index.document(str(one)).text.strip() == "旷视科技融资"
    one.chmod(0o600)
    assert index.sync([folder]).replaced == 0  # its bytes are the same
    files = {file.name: file.stat().st_mtime_ns for file in index.path.iterdir() if not file.name.endswith(".lock")}
    index.sync([folder])
    assert files == {file.name: file.stat().st_mtime_ns for file in index.path.iterdir() if not file.name.endswith(".lock")}


@pytest.mark.parametrize("read", ["at once", "in chunks"])
@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_while_it_is_read_is_told_and_right_after_the_next_run(
    index: Index, folder: Path, change: str, known: bool, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_room, "WORTH_WORKERS", 0 if read == "in chunks" else 1 << 30)
    place, documents_of = folder / "a.txt", reading_room.documents_of
    if known:
        index.sync([folder])
        place.write_text("另一個文本", "utf-8")

    def meanwhile(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
        yield from documents_of(source, options)
        if source.path == str(place):
            CHANGES[change](place)

    with monkeypatch.context() as patch:
        patch.setattr(reading_room, "documents_of", meanwhile)
        report = index.sync([folder])
    (told,) = report.skipped
    assert (told.path, told.reason) == (str(place), "unreadable") and "changed while it was read" in told.detail
    assert len(index) == 3
    assert not index.sync([folder]).skipped
    fresh = Index.create(folder.parent / "fresh")
    fresh.sync([folder])
    assert {(document.id, document.text) for document in index} == {(document.id, document.text) for document in fresh}
    assert counts(index.sync([folder])) == (0, 0, len(index), 0)


def test_a_new_file_that_is_gone_before_it_is_read_is_told(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk, moved = syncing_room.walk, folder / "a.txt"
    index.sync([folder])
    moved.rename(folder / "z.txt")

    def walk_and_lose(*paths: object, **options: object) -> list[Any]:
        found = list(walk(*paths, **options))  # type: ignore[arg-type]
        (folder / "z.txt").unlink()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(syncing_room, "walk", walk_and_lose)
        (told,) = index.sync([folder]).skipped
    assert (told.path, told.reason) == (str(folder / "z.txt"), "unreadable")
    assert not index.sync([folder]).skipped and len(index) == 2


def test_thousands_of_copies_are_moved_at_once(index: Index, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    for number in range(2_000):
        (before / f"{number}.txt").write_text("商汤科技融资", "utf-8")
    index.sync([tmp_path], exclude=["index"])
    before.rename(after)
    assert index.sync().moved == 2_000
    assert {Path(document.id) for document in index} == set(after.iterdir())


@pytest.mark.parametrize("seconds", [60.0, -1.0])
def test_many_files_are_moved_a_few_at_a_time(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """For a folder of a million may have been renamed; an interrupted run goes on from its last commit."""
    folder, there = tmp_path / "here", tmp_path / "there"
    folder.mkdir()
    names = [f"{number}.txt" for number in range(10)]
    for name in names:
        (folder / name).write_text(f"第{name}号文件", "utf-8")
    index.sync([folder])
    folder.rename(there)
    relabel, sizes = Writer.relabel, list[int]()

    def noted(writer: Writer, labels: Mapping[str, Record]) -> None:
        sizes.append(len(labels))
        if len(sizes) == 3:
            raise KeyboardInterrupt
        relabel(writer, labels)

    monkeypatch.setattr(Writer, "relabel", noted)
    monkeypatch.setattr(syncing_room, "MOST_MOVES", 3)
    monkeypatch.setattr(syncing_room, "COMMIT_SECONDS", seconds)
    with pytest.raises(KeyboardInterrupt):
        index.sync([there])
    committed = sum(sizes[:2]) if seconds < 0 else 0
    assert sum(Path(document.id).parent == there for document in index) == committed
    assert (index.sync([there]).moved, len(index)) == (10 - committed, 10)
    assert max(sizes) == 3
    assert {document.id for document in index} == {str(there / name) for name in names}
    there.rename(folder)
    told: list[Progress] = []
    assert index.sync([folder], progress=told.append).moved == 10
    assert [(step.done, step.total) for step in told] == [(0, 10), (3, 10), (6, 10), (9, 10)]
    assert [segment.count for segment in index._store.snapshot().segments] == [10], "most was moved: what is left is one"
    assert not list(index.check())


@pytest.mark.parametrize(
    ("name", "alone"), [("a.txt", True), ("a.json", True), ("a.jsonl", False), ("a.csv", False), ("a.xml", False), ("a.eml", False)]
)
def test_of_files_that_are_read_as_a_whole_workers_read_one_large_one_at_a_time(
    tmp_path: Path, name: str, alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = "<mediawiki>" if name == "a.xml" else "文" * 100
    (tmp_path / name).write_text(content, "utf-8")
    wanted, locked = reading_room.Wanted(str(tmp_path / name), name), []

    def build(records: Iterable[Record], folder: str) -> str:
        try:
            with closing_lock(Path(folder)):
                locked.append(False)
        except IndexLocked:
            locked.append(True)
        return build_run(records, folder)

    monkeypatch.setattr(reading_room, "build_run", build)
    for least in (1, 1 << 20):
        monkeypatch.setattr(reading_room, "HEAVY", least)
        reading_room.read_chunk([wanted], ReadOptions(), (), str(tmp_path))
    assert locked == [alone, False], "and free again behind it"


@contextmanager
def closing_lock(folder: Path) -> Iterator[None]:
    lock = Lock(folder)
    lock.acquire(0)
    yield
    lock.release()

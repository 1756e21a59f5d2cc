"""What Windows and macOS do otherwise, tried here: files that are in use are neither removed nor replaced, names are missing from `os`."""

from __future__ import annotations

import errno
import gc
import os
import sys
import types
from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from searcher import Document, Index
from searcher.engine import disk
from searcher.engine import toc as tocs
from searcher.engine.commits import lock
from searcher.engine.commits.runs import build_run
from searcher.engine.nodes import Term
from searcher.engine.store import Store
from searcher.engine.writing import segment as segment_writing
from searcher.errors import IndexLocked
from searcher.updating import workers
from tests.engine.making import record

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which files are in use")


def _is_in_use(path: str) -> bool:
    """Whether this process has a file open, or mapped."""
    place = os.path.realpath(path)
    mapped = any(line.endswith(place) for line in Path("/proc/self/maps").read_text("utf-8").splitlines())
    return mapped or any(os.path.realpath(descriptor) == place for descriptor in Path("/proc/self/fd").iterdir())


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """As on Windows; gives the names of what was refused."""
    names: list[str] = []

    def careful(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *more: Any, dir_fd: int | None = None, **options: Any) -> Any:
            place = os.fspath(path) if dir_fd is None else str(Path(f"/proc/self/fd/{dir_fd}").readlink() / path)
            for used in (place, *(os.fspath(target) for target in more if isinstance(target, str | os.PathLike))):
                if _is_in_use(used):
                    names.append(os.path.basename(used))  # noqa: PTH119
                    raise PermissionError(errno.EACCES, "The process cannot access the file because it is being used", used)
            return function(path, *more, **options) if dir_fd is None else function(path, *more, dir_fd=dir_fd, **options)

        return call

    for name in ("unlink", "remove", "replace", "rename"):
        monkeypatch.setattr(os, name, careful(getattr(os, name)))
    for name in ("unlink", "replace", "rename"):
        monkeypatch.setattr(Path, name, careful(getattr(Path, name)))
    monkeypatch.setattr(disk, "TRIES", 2)
    monkeypatch.setattr(disk, "_PAUSE", 0)
    gc.collect()
    gc.disable()  # what is mapped stays so until the test says otherwise
    yield names
    monkeypatch.undo()
    gc.enable()
    gc.collect()


def _files(path: Path) -> set[str]:
    return {file.name for file in path.iterdir() if tocs.NAME.fullmatch(file.name)}


def test_what_a_reader_has_mapped_goes_with_a_later_commit(tmp_path: Path, refused: list[str]) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as first:
        for number in range(9):
            first.add(record(str(number), f"hello {number}"))
    snapshot = store.snapshot()
    assert snapshot.matching(Term(("words",), "hello")) == 9
    other = Store.open(store.path)
    for _ in range(3):
        with other.writer() as again:
            for number in range(9):
                again.add(record(str(number), f"bye {number}"))
    assert any(name.startswith("1-1") for name in refused)
    assert snapshot.matching(Term(("words",), "hello")) == 9 and other.snapshot().matching(Term(("words",), "bye")) == 9
    del snapshot
    store.close()
    other.close()
    gc.collect()
    other.writer().commit()
    assert _files(store.path) == tocs.read(store.path).files()


def test_what_is_written_on_the_way_goes_at_once(tmp_path: Path, refused: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writing, "SPILL", 8)
    run = build_run([record(str(number), f"text {number}") for number in range(9)], str(tmp_path))
    assert list(tmp_path.iterdir()) == [Path(run)]
    monkeypatch.setattr(segment_writing, "DIFFERENT", 0)
    writer = segment_writing.SegmentWriter(tmp_path / "7-1.seg")
    for number in range(9):
        writer.add(record(str(number), f"text {number}"))
    assert set(tmp_path.glob("*.part"))
    writer.finish()
    assert set(tmp_path.iterdir()) == {Path(run), tmp_path / "7-1.seg"}
    assert not refused


def test_what_one_run_made_and_merged_goes_with_its_commit(tmp_path: Path, refused: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WORTH_WORKERS", 0), ("CHUNK_FILES", 2)):
        monkeypatch.setattr(workers, name, value)
    (tmp_path / "documents").mkdir()
    for number in range(12):
        (tmp_path / "documents" / f"{number}.txt").write_text(f"第{number}篇說商湯科技。\n", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([tmp_path / "documents"])
        assert len(tocs.read(index.path).segments) == 1
        assert _files(index.path) == tocs.read(index.path).files()


def test_files_are_read_in_runs_and_rebuilt_while_somebody_reads(
    tmp_path: Path, refused: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("WORTH_WORKERS", 0), ("CHUNK_FILES", 4)):
        monkeypatch.setattr(workers, name, value)
    monkeypatch.setattr(segment_writing, "SPILL", 20)
    (tmp_path / "documents").mkdir()
    for number in range(12):
        (tmp_path / "documents" / f"{number}.txt").write_text(f"第{number}篇說商湯科技。\n", "utf-8")
    with Index.create(tmp_path / "index") as reader:
        reader.add([Document("a", "題", "商湯科技的軟件")])
        assert reader.search("商汤").total == 1
        left = tmp_path / "index" / f"{workers.RUNS}left"
        left.mkdir()
        with (left / "run").open("wb"), Index.open(tmp_path / "index") as index:
            index.sync([tmp_path / "documents"])
            (tmp_path / "documents" / "3.txt").write_text("改了，還是商汤。\n", "utf-8")
            index.sync()
            assert index.rebuild().replaced == index.search("商汤").total == reader.search("商湯").total == 13
            assert list(index.check()) == []
    assert {"run", "1-1.seg"} <= set(refused)
    assert list((tmp_path / "index").glob("runs-*")) == [left]
    gc.collect()
    monkeypatch.undo()
    with Index.open(tmp_path / "index") as index:
        (tmp_path / "documents" / "4.txt").write_text("又改了。\n", "utf-8")
        index.sync()
    assert not list((tmp_path / "index").glob("runs-*"))


def test_what_is_in_use_for_a_moment_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_PAUSE", 0)
    tried: list[int] = []

    def action() -> int:
        tried.append(1)
        if len(tried) < 3:
            raise PermissionError
        return len(tried)

    with pytest.raises(PermissionError):
        disk.patiently(action)
    tried.clear()
    monkeypatch.setattr(disk, "TRIES", 5)
    assert disk.patiently(action) == 3


def test_no_pool_is_larger_than_windows_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with workers.ProcessPoolExecutor(workers.MOST_WORKERS):
        pass
    with pytest.raises(ValueError, match="max_workers must be <= 61"):
        workers.ProcessPoolExecutor(workers.MOST_WORKERS + 2)


def test_the_lock_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked byte behind the name, and an `os` that has no such flags, no `pwrite` and no forks."""
    locked: dict[tuple[int, int], int] = {}

    def locking(descriptor: int, mode: int, count: int) -> None:
        place = (os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        if mode == msvcrt.LK_NBLCK and place in locked:
            raise PermissionError(errno.EACCES, "Permission denied")
        if mode == msvcrt.LK_UNLCK:
            assert locked.pop(place) == descriptor
        else:
            locked[place] = descriptor
        assert count == 1

    msvcrt = types.SimpleNamespace(locking=locking, LK_NBLCK=2, LK_UNLCK=0)
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "pwrite", "register_at_fork"):
        monkeypatch.delattr(os, name)
    monkeypatch.setattr(os, "O_BINARY", os.O_CLOEXEC, raising=False)
    spec = util.spec_from_file_location("lock_of_windows", lock.__file__)
    assert spec is not None and spec.loader is not None
    windows = util.module_from_spec(spec)
    spec.loader.exec_module(windows)
    assert windows._FLAGS & os.O_BINARY
    mine, other = windows.Lock(tmp_path), windows.Lock(tmp_path)
    mine.acquire(0)
    with pytest.raises(IndexLocked, match=f"by process {os.getpid()} on "):
        other.acquire(0)
    mine.release()
    other.acquire(0)
    other.release()
    assert not locked


def test_on_macos_files_are_flushed_down_to_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import fcntl

    asked: list[str] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(os, "fsync", lambda descriptor: asked.append("fsync"))
    monkeypatch.setattr(fcntl, "fcntl", lambda descriptor, command: asked.append(f"fcntl {command}"))
    disk.put(tmp_path / "a", b"a")
    assert asked == ["fcntl 51"]

    def refuse(descriptor: int, command: int) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    disk.put(tmp_path / "a", b"b")
    assert asked == ["fcntl 51", "fsync"]


def test_a_file_system_that_flushes_no_folders_is_none_the_worse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(code: int) -> Callable[[int], None]:
        def fsync(descriptor: int) -> None:
            raise OSError(code, os.strerror(code))

        return fsync

    monkeypatch.setattr(os, "fsync", refuse(errno.EINVAL))
    disk.sync_folder(tmp_path)
    monkeypatch.setattr(os, "fsync", refuse(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"):
        disk.sync_folder(tmp_path)

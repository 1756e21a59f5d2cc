"""What Windows and macOS do otherwise, as far as it can be tried elsewhere: names and paths, commands, streams, the language.

Locks, and files that are in use, are tried in `engine/commits/test_windows.py`.
"""

from __future__ import annotations

import ctypes
import errno
import io
import os
import stat
import subprocess
import sys
import threading
import types
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from searcher import Document, Index, Report
from searcher.cli import running, upkeep
from searcher.documents import Found, listed_path, name_on_disk, walk, walking
from searcher.documents.processes import converting
from searcher.messages import choose_language
from searcher.settings import command_words
from searcher.updating import workers
from searcher.updating.forgetting import typed_in_shell
from searcher.updating.told import concerned
from searcher.updating.watching import watch
from searcher.viewing import external
from tests.conftest import Indexed

posix = pytest.mark.skipif(os.name != "posix", reason="makes links, and files that are programs")


# --- names and paths


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is called `Döcs` in two ways, in both cases; one of them, composed of more characters, is listed."""
    listed = unicodedata.normalize("NFD", "Döcs")
    (tmp_path / listed).mkdir()
    (tmp_path / listed / "a.txt").write_text("商湯科技\n", "utf-8")
    for other in ("Döcs", "dÖCS", unicodedata.normalize("NFD", "dÖCS")):
        (tmp_path / other).symlink_to(listed, target_is_directory=True)
    names = os.listdir
    monkeypatch.setattr(os, "listdir", lambda place: [name for name in names(place) if name == listed or not name.lower().startswith("d")])
    return tmp_path


@posix
def test_a_folder_is_known_once_however_it_is_typed(folder: Path) -> None:
    listed = folder / unicodedata.normalize("NFD", "Döcs")
    assert {listed_path(folder / name) for name in ("Döcs", "dÖCS", listed.name)} == {str(listed)}
    with Index.create(folder / "index") as index:
        assert index.sync([folder / "Döcs"]).added == 1
        assert index.sync([folder / "dÖCS"]).unchanged == 1
        assert index.status().roots == (str(listed),)
        assert [document.id for document in index] == [str(listed / "a.txt")]
        assert index.document(str(folder / "dÖCS" / "a.txt")).id == str(listed / "a.txt")
        assert index.forget(folder / "Döcs").removed == 1


@posix
def test_a_short_name_of_windows_is_that_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder does not list it; the one of temporary files is called so where the user has a long name."""
    (tmp_path / "Documents and notes").mkdir()
    (tmp_path / "backup~").mkdir()
    (tmp_path / "DOCUME~1").symlink_to("Documents and notes")
    names = os.listdir
    monkeypatch.setattr(os, "listdir", lambda place: [name for name in names(place) if name != "DOCUME~1"])
    assert listed_path(tmp_path / "DOCUME~1" / "a.txt") == str(tmp_path / "Documents and notes" / "a.txt")
    for name in ("backup~", "NOTHIN~1"):
        assert listed_path(tmp_path / name) == str(tmp_path / name)


@posix
def test_what_is_told_under_another_name_is_looked_for_as_its_folder_lists_it(folder: Path) -> None:
    """In another case or composition, under a short name, and where the root is a link, whose target macOS tells."""
    listed = folder / unicodedata.normalize("NFD", "Döcs")
    (listed / "Documents").mkdir()
    (folder / "linked").symlink_to(listed)
    for root in (listed, folder / "linked"):
        for name in ("Döcs", "dÖCS", listed.name):
            assert concerned([str(folder / name / "a.txt")], [str(folder)]) == {str(listed / "a.txt")}
        assert concerned([str(listed / "a.txt"), str(listed)], [str(root)]) == {str(root / "a.txt"), str(root)}
    assert concerned([str(folder / "linked" / "a.txt")], [str(folder)]) is None, "a link inside a root may lead anywhere"


@posix
def test_where_the_system_tells_names_apart_they_stay_apart(tmp_path: Path) -> None:
    for name in ("Docs", "docs", unicodedata.normalize("NFD", "é"), "é"):
        (tmp_path / name).mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "docs")
    for path in (*tmp_path.iterdir(), tmp_path / "nowhere" / "Else", tmp_path / "DOCS", Path("/")):
        assert listed_path(path) == str(path)


@pytest.mark.parametrize("name", ["résumé", "한국어", "キープ", "Zürich"])
def test_a_decomposed_name_is_found_and_marked(name: str, tmp_path: Path) -> None:
    """As macOS makes them."""
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / (unicodedata.normalize("NFD", name) + "筆記.txt")).write_text("別的內容\n", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([tmp_path / "d"])
        [hit] = index.search(name)
        assert hit.path is not None
        [(start, end)] = hit.path_marks
        assert unicodedata.normalize("NFC", hit.path[start:end]) == name
        assert index.search(f"path:{name}").total == 1


def test_names_and_patterns_are_compared_in_one_composition(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "résumé.txt")).touch()
    (tmp_path / unicodedata.normalize("NFD", "キープ.txt")).touch()
    (tmp_path / "b.txt").touch()
    found = [Path(item.path).name for item in walk([tmp_path], exclude=["résumé.*", "キープ.txt"]) if isinstance(item, Found)]
    assert found == ["b.txt"]


def test_backslashes_of_windows_part_the_folders_of_patterns_and_paths(
    tmp_path: Path, indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "a.txt").touch()
    monkeypatch.setattr(walking.os, "sep", "\\")
    assert walking._Ignored(str(tmp_path), walking.WalkOptions(exclude=("build\\old\\*",)))._excluded is not None
    assert walking._Ignored("/", walking.WalkOptions(exclude=("build\\*",)))._excluded.match_file("build/a.txt")  # type: ignore[union-attr]
    monkeypatch.undo()
    index = indexed(Document("a", "t", "商湯", path="C:\\notes\\2021\\a.txt"), Document("b", "t", "商湯", path="/notes/2021/b.txt"))
    for query in ("path:notes/2021", "path:notes\\2021"):
        assert index.search(query).total == 2, query


@pytest.mark.parametrize("name", [r"C:\libs\x86\gone.txt", r"\\server\xe9\gone.txt"])
def test_a_folder_of_windows_may_look_like_a_byte(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names there are decoded with surrogatepass, which stops at what is no UTF-8."""
    monkeypatch.setattr(os, "fsdecode", lambda written: written.decode("utf-8", "surrogatepass"))
    assert name_on_disk(name) == name


@pytest.mark.parametrize(("platform", "status"), [("darwin", {"st_flags": 0x8000}), ("win32", {"st_file_attributes": 2})])
def test_what_the_system_hides_is_hidden(platform: str, status: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)

    def entry(**fields: int) -> Any:
        return types.SimpleNamespace(name="Library", stat=lambda *, follow_symlinks: types.SimpleNamespace(**fields))

    def gone(*, follow_symlinks: bool) -> None:
        raise FileNotFoundError

    assert walking._is_hidden(entry(**status))
    assert not walking._is_hidden(entry(**dict.fromkeys(status, 0)))
    assert not walking._is_hidden(types.SimpleNamespace(name="Library", stat=gone))  # type: ignore[arg-type]
    assert stat.UF_HIDDEN == 0x8000


@posix
@pytest.mark.parametrize("follow_links", [False, True])
def test_a_junction_of_windows_is_a_link_to_a_folder(follow_links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that it is a folder and no link, and leads back here."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.txt").touch()
    (tmp_path / "below" / "up").symlink_to("..")
    entries = walking._sorted_entries

    def as_on_windows(entry: os.DirEntry[str]) -> Any:
        def status(*, follow_symlinks: bool = True) -> Any:
            own = entry.stat(follow_symlinks=follow_symlinks)
            tag = stat.S_ISLNK(own.st_mode) * walking._JUNCTION
            return types.SimpleNamespace(st_mode=own.st_mode, st_file_attributes=0, st_reparse_tag=tag)

        return types.SimpleNamespace(name=entry.name, path=entry.path, is_dir=entry.is_dir, is_symlink=lambda: False, stat=status)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(walking, "_sorted_entries", lambda folder: list(map(as_on_windows, entries(folder))))
    assert [item.path for item in walk([tmp_path], follow_links=follow_links)] == [str(tmp_path / "below" / "a.txt")]


@posix
def test_what_the_index_writes_is_no_change_under_its_other_names_either(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """macOS tells of /private/var where /var was asked for; macOS and Windows tell of Index where index was."""
    watchfiles = pytest.importorskip("watchfiles")
    listed = folder / unicodedata.normalize("NFD", "Döcs")
    (folder / "link").symlink_to(listed)
    resolved = os.path.realpath
    filters: list[Any] = []

    def told(*roots: str, watch_filter: Any, stop_event: Any, **options: Any) -> list[set[Any]]:
        filters.append(watch_filter)
        stop_event.set()
        return [set()]

    monkeypatch.setattr(watchfiles, "watch", told)
    for typed in ("link", "dÖCS"):
        monkeypatch.setattr(os.path, "realpath", resolved if typed == "link" else os.path.abspath)
        watch(lambda _: Report(), lambda: (str(listed),), folder / typed / "index", threading.Event(), None)
        is_wanted = filters.pop()
        assert not is_wanted(1, str(listed / "index" / "1-1.seg")), typed
        assert is_wanted(1, str(listed / "a.txt"))
        if typed == "link":
            assert not is_wanted(1, str(folder / "link" / "index" / "1-1.seg"))


def test_shells_of_windows_leave_patterns_to_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "c.md", "[c].md"):
        (tmp_path / name).touch()
    assert upkeep._expanded(["*.txt", "none*", "[c].md"]) == ("a.txt", "b.txt", "none*", "[c].md")


# --- commands


@pytest.mark.parametrize("windows", [True, False])
@pytest.mark.parametrize("root", ["/home/you/案件", r"C:\案件", r"C:\My Documents\2021 年", "/a b/it's $HOME"])
def test_a_command_that_is_advised_is_read_as_it_was_meant(root: str, windows: bool) -> None:
    words = ["searcher", "index", "--exclude", "/舊 檔", root]
    assert command_words(typed_in_shell(words, windows=windows), windows=windows) == words


def test_a_command_is_parted_as_on_windows() -> None:
    command = r'"C:\Program Files\Vim\gvim.exe" -c "set x" C:\a\b {file}'
    assert command_words(command, windows=True) == [r"C:\Program Files\Vim\gvim.exe", "-c", "set x", r"C:\a\b", "{file}"]
    assert command_words("it's", windows=True) == ["it's"]
    assert command_words(r"a\ b 'c d' \"", windows=False) == ["a b", "c d", '"']
    with pytest.raises(ValueError, match="quot"):
        command_words('"a', windows=True)


@posix
def test_a_program_is_started_as_it_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows, `code` is code.cmd, which the system itself does not look for."""
    (tmp_path / "code").write_text("#!/bin/sh\n")
    (tmp_path / "code").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert external._found(["code", "--wait"]) == [str(tmp_path / "code"), "--wait"]
    assert external._at_line(r"C:\bin\code.cmd".replace("\\", os.sep), "f", 7) == ["-g", "f:7"]
    assert external._at_line("open", "f", 7) == ["f"]


@posix
def test_on_windows_a_converter_is_ended_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(subprocess, "run", lambda command, **options: asked.append(command))
        converting._end(process)
        converting._end(process)
        assert process.poll() is not None
    assert asked == [["taskkill", "/F", "/T", "/PID", str(process.pid)]]


@posix
def test_where_memory_cannot_be_bounded_a_converter_runs_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    def refuse(which: int, limits: tuple[int, int]) -> None:
        raise ValueError("current limit exceeds maximum limit")  # macOS

    monkeypatch.setattr(resource, "getrlimit", lambda which: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    with converting._without_limit():
        pass


def test_workers_that_start_on_windows_inherit_no_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process ignores, those that it starts ignore until they say otherwise; one that was interrupted while it started told so in
    many lines."""
    told: list[tuple[None, bool]] = []
    kernel = types.SimpleNamespace(SetConsoleCtrlHandler=lambda handler, ignored: told.append((handler, ignored)))
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ValueError, match="while they start"), workers._uninterrupted():
        assert told == [(None, True)]
        raise ValueError("while they start")
    assert told == [(None, True), (None, False)]
    monkeypatch.setattr(workers.signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(workers.threading, "Thread", lambda **_: types.SimpleNamespace(start=lambda: None))
    workers._begin()
    assert told[2:] == [(None, False)]


# --- streams, language, zones


def test_windows_is_given_the_zones_of_time_that_others_have() -> None:
    """Without them the events of a calendar are those of Greenwich there: in the morning, of the day before."""
    project = (Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8")
    assert "\n    \"tzdata; sys_platform == 'win32'\"," in project[project.index("dependencies") : project.index("optional")]


def test_pipes_of_windows_are_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO("\ufeff商湯\n".encode() if name == "stdin" else b""), "cp950"))
    monkeypatch.setattr(running.os, "name", "nt")
    monkeypatch.setattr(running.os, "system", lambda command: 0)
    running._prepare_streams()
    assert sys.stdin.read() == "商湯\n"
    sys.stdout.write("汤")
    sys.stdout.flush()
    assert sys.stdout.buffer.getvalue() == "汤".encode()  # type: ignore[attr-defined]


def test_a_closed_pipe_of_windows_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def carry_out(asked: object) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(running, "_carry_out", carry_out)
    monkeypatch.setattr(running, "_configured_language", lambda words: None)  # no path is one of Windows here
    if os.name != "nt":
        assert running.run(["search", "x"]) == 2
    monkeypatch.setattr(running, "_prepare_streams", lambda: None)
    monkeypatch.setattr(running.os, "name", "nt")
    with pytest.raises(BrokenPipeError):
        running.run(["search", "x"])


@pytest.mark.parametrize(
    ("code", "language"), [(0x0404, "zh-Hant"), (0x0804, "zh-Hans"), (0x0C04, "zh-Hant"), (0x0409, "en"), (0xFFFF, "en")]
)
def test_windows_says_its_language_otherwise(code: int, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = types.SimpleNamespace(GetUserDefaultUILanguage=lambda: code)
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert choose_language(environment={}) == language
    assert choose_language(environment={"LANG": "zh_CN.UTF-8"}) == "zh-Hans"
    assert choose_language("zh-TW", environment={}) == "zh-Hant"

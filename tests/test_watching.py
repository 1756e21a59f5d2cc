"""A watched folder is in step soon after it changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, Queue
from types import SimpleNamespace

import pytest

from searcher import Index, IndexLocked, MissingDependency, Report
from searcher.engine import Store
from searcher.updating import told as told_room
from searcher.updating import watching as watching_room
from searcher.updating.watching import LONGEST_REST, LOOK_MS, REST, SELDOM
from searcher.updating.watching import SOON as SOON_NOW

SOON = 20.0
"""Seconds; no budget, only an end to a test that fails."""


def test_changes_are_noticed_and_a_burst_is_one_run(tmp_path: Path, folder: Path) -> None:
    pytest.importorskip("watchfiles")
    reports: Queue[Report] = Queue()
    stop = threading.Event()
    with Index.create(folder / "index") as index:
        watcher = threading.Thread(target=index.watch, args=([folder],), kwargs={"stop": stop, "reporter": reports.put})
        watcher.start()
        try:
            assert reports.get(timeout=SOON).added == 3  # what is written from now on must not be missed, though nobody may watch yet
            for name in ("d.txt", "e.txt"):
                (folder / name).write_text(f"新的文件{name}", "utf-8")
            added = 0
            while added < 2:
                added += reports.get(timeout=SOON).added
            (folder / "a.txt").unlink()
            while reports.get(timeout=SOON).removed == 0:
                pass
        finally:
            stop.set()
            watcher.join(SOON)
        assert not watcher.is_alive()
        assert {Path(document.id).name for document in index} == {"b.txt", "c.txt", "d.txt", "e.txt"}


def test_where_nothing_changes_nothing_is_done(tmp_path: Path, folder: Path) -> None:
    """Two runs begin a watch, the second for what changed before the system was asked to tell; then there is silence."""
    with Index.create(tmp_path / "index") as index, Watched(index, folder) as watched:
        watched.until(lambda report: report.added)
        assert any(watched.is_silent() for _ in range(10))


class Watched:
    """An index that watches in a thread of its own."""

    def __init__(self, index: Index, *roots: Path) -> None:
        pytest.importorskip("watchfiles")
        self.reports: Queue[Report] = Queue()
        self.stop = threading.Event()
        self._thread = threading.Thread(target=index.watch, args=(roots,), kwargs={"stop": self.stop, "reporter": self.reports.put})

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(SOON)
        assert not self._thread.is_alive()

    def is_silent(self) -> bool:
        """Whether for two looks nothing is reported."""
        try:
            self.reports.get(timeout=2 * LOOK_MS / 1000)
        except Empty:
            return True
        return False

    def until(self, wanted: Callable[[Report], object]) -> Report:
        """The first report from now on that is as wanted."""
        while True:
            report = self.reports.get(timeout=SOON)
            if wanted(report):
                return report


def test_who_holds_the_lock_is_told_once_and_waited_for(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = Store.locked
    monkeypatch.setattr(Store, "locked", lambda store: locked(store, timeout=0.05))
    with Index.create(tmp_path / "index") as index, index._store.locked(), Watched(index, folder) as watched:
        told = watched.until(lambda report: report.notices)
        assert f"process {os.getpid()} on " in told.notices[0]
        (folder / "d.txt").write_text("新的", "utf-8")
        with pytest.raises(Empty):
            watched.reports.get(timeout=2)
    with Index.open(tmp_path / "index") as index, Watched(index, folder) as watched:
        assert watched.until(lambda report: report.added).added == 4


def test_it_goes_on_when_the_lock_is_free(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = Store.locked
    monkeypatch.setattr(Store, "locked", lambda store: locked(store, timeout=0.05))
    with Index.create(tmp_path / "index") as index:
        holder = index._store.writer()
        with Watched(index, folder) as watched:
            watched.until(lambda report: report.notices)
            holder.cancel()
            assert watched.until(lambda report: report.added).added == 3


def test_a_folder_that_goes_and_comes_back_is_watched_again(tmp_path: Path, folder: Path) -> None:
    with Index.create(tmp_path / "index") as index, Watched(index, folder) as watched:
        watched.until(lambda report: report.added)
        folder.rename(tmp_path / "away")
        watched.until(lambda report: report.notices)
        assert len(index) == 3, "an unmounted disk removes nothing"
        (tmp_path / "away").rename(folder)
        watched.until(lambda report: report.unchanged == 3)
        (folder / "d.txt").write_text("新的", "utf-8")
        watched.until(lambda report: report.added)


def test_editors_save_by_renaming_also_where_the_file_itself_is_watched(tmp_path: Path, folder: Path) -> None:
    with Index.create(tmp_path / "index") as index, Watched(index, folder / "a.txt") as watched:
        watched.until(lambda report: report.added)
        for number in (1, 2):
            (folder / ".a.swp").write_text(f"第{number}次保存", "utf-8")
            (folder / ".a.swp").replace(folder / "a.txt")
            watched.until(lambda report: report.replaced)
            assert index.search(f"第{number}次保存", strict=True).total == 1


LIMIT = 'OS file watch limit reached. about ["/docs/d18"] (Error { kind: MaxFilesWatch, paths: ["/docs/d18"] })'


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(LIMIT), "a limit is reached: fs.inotify.max_user_watches or max_user_instances"),
        (RuntimeError("Error creating recommended watcher: Too many open files (os error 24)"), "a limit is reached: fs.inotify"),
        (
            PermissionError('Permission denied (os error 13) about ["/docs/secret"]'),
            'Permission denied (os error 13) about ["/docs/secret"]',
        ),
    ],
)
def test_where_the_system_cannot_tell_all_is_looked_through_now_and_then(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    watchfiles = pytest.importorskip("watchfiles")

    def refused(*_: object, **__: object) -> Iterator[set[object]]:
        raise error
        yield set()

    monkeypatch.setattr(watchfiles, "watch", refused)
    monkeypatch.setattr(watching_room, "SOON", 0.2)
    monkeypatch.setattr(watching_room, "SHARE", 0.0)
    with Index.create(tmp_path / "index") as index, Watched(index, folder) as watched:
        assert reason in watched.until(lambda report: report.notices).notices[0]
        (folder / "d.txt").write_text("新的", "utf-8")
        assert watched.until(lambda report: report.added).notices == ()
        (folder / "d.txt").unlink()
        assert watched.until(lambda report: report.removed or report.notices).notices == (), "it is said once"


def test_what_nobody_tells_is_found_now_and_then(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that came when the limit was reached, what was told too fast, and the changes that another machine makes."""
    watchfiles = pytest.importorskip("watchfiles")

    def silent(*_: object, stop_event: threading.Event, **__: object) -> Iterator[set[object]]:
        while not stop_event.wait(0.05):
            yield set()

    monkeypatch.setattr(watchfiles, "watch", silent)
    monkeypatch.setattr(watching_room, "SELDOM", 0.2)
    monkeypatch.setattr(watching_room, "SHARE", 0.0)
    with Index.create(tmp_path / "index") as index, Watched(index, folder) as watched:
        watched.until(lambda report: report.added)
        (folder / "d.txt").write_text("新的", "utf-8")
        assert watched.until(lambda report: report.added).notices == ()


def test_between_two_runs_is_a_rest_that_goes_with_what_they_take(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a file that is written all the time costs no more than a share of a core, however many files lie beside it."""
    watchfiles = pytest.importorskip("watchfiles")
    now, rests = [0.0], []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            rests.append(timeout)
            return super().is_set()

    stop = Stop()
    lengths = iter((7.0, 0.1, 3.5, 100.0))

    def run(_: object) -> Report:
        length = next(lengths, None)
        if length is None:
            stop.set()
        now[0] += length or 0.0
        return Report()

    def always(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        while not stop.is_set():
            yield {(1, str(folder / "a.txt"))}

    monkeypatch.setattr(watchfiles, "watch", always)
    monkeypatch.setattr(watching_room, "time", SimpleNamespace(monotonic=lambda: now[0]))
    watching_room.watch(run, lambda: (str(folder),), folder / "index", stop, None)
    assert rests == pytest.approx([0.1 * REST, 3.5 * REST, LONGEST_REST, 0.0])


def test_a_run_looks_at_what_is_told_and_all_is_looked_through_soon_behind_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where so much is told that some may be lost, where a path lies elsewhere, and while another process has the lock."""
    watchfiles = pytest.importorskip("watchfiles")
    now, runs, stop = [0.0], list[frozenset[str] | None](), threading.Event()
    one, many = str(folder / "a.txt"), [str(folder / f"{number}.txt") for number in range(told_room.MOST + 1)]
    bursts = [(0, [one]), (0, many), (0, ["/elsewhere/a.txt"]), (0, [one]), (SOON_NOW - 1, []), (2, []), (SOON_NOW + 1, []), (SELDOM, [])]
    bursts += [(0, [one]), (0, [])]

    def run(told: frozenset[str] | None) -> Report:
        runs.append(told)
        if len(runs) == 8:
            raise IndexLocked(path="index", pid=1, host="other", since="now")
        return Report()

    def told(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        yield set()  # the run for what changed before the system was asked
        for later, paths in bursts:
            now[0] += later
            yield {(1, path) for path in paths}
        stop.set()
        yield set()

    monkeypatch.setattr(watchfiles, "watch", told)
    monkeypatch.setattr(watching_room, "time", SimpleNamespace(monotonic=lambda: now[0]))
    watching_room.watch(run, lambda: (str(folder),), folder / "index", stop, None)
    only = frozenset({one})
    assert runs == [None, None, only, None, None, only, None, None, None]


def test_a_notice_is_given_once_for_as_long_as_it_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told in between has other notices, or none."""
    watchfiles = pytest.importorskip("watchfiles")
    now, stop, noticed = [0.0], threading.Event(), list[tuple[str, ...]]()
    runs = iter([("missing",), ("missing",), (), ("missing", "new"), ("missing",), (), ("missing",)])
    bursts = (0.0, 0.0, SOON_NOW + 1, SELDOM + 1, SELDOM + 1, SELDOM + 1)

    def told(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        yield set()
        for number, later in enumerate(bursts):
            now[0] += later
            yield {(1, str(folder / "a.txt"))} if number == 0 else set()
        stop.set()
        yield set()

    monkeypatch.setattr(watchfiles, "watch", told)
    monkeypatch.setattr(watching_room, "time", SimpleNamespace(monotonic=lambda: now[0]))
    run = lambda _: Report(notices=next(runs))  # noqa: E731
    watching_room.watch(run, lambda: (str(folder),), folder / "index", stop, lambda report: noticed.append(report.notices))
    assert noticed == [("missing",), (), (), ("new",), (), (), ("missing",)]


class Story:
    """A watch without the system and without time: what is told when, and what happens in each run, is written down before.

    `looks` are those of each watch that is begun, one after the other: seconds that pass, and whether a change is told then; or what it
    raises. `runs` are what each run does; with the last the watch ends, at the latest with the last look.
    """

    def __init__(self, looks: Sequence[Sequence[tuple[float, bool]] | Exception], runs: Sequence[Callable[[], object]]) -> None:
        self.now = 0.0
        self.log: list[object] = []
        self.whole: list[float] = []
        self.notices: list[str] = []
        self.stop = _Stop(self)
        self._looks, self._runs = iter(looks), list(runs)

    def watched(self, *roots: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
        """When runs began, and of which folders the system was asked to tell before."""
        monkeypatch.setattr(pytest.importorskip("watchfiles"), "watch", self._told)
        monkeypatch.setattr(watching_room, "time", SimpleNamespace(monotonic=lambda: self.now))
        known = tuple(map(str, roots))
        watching_room.watch(
            self._run, lambda: known, known[0] + ".index", self.stop, lambda report: self.notices.extend(map(str, report.notices))
        )
        return self.log

    def _run(self, told: frozenset[str] | None) -> Report:
        self.log.append(self.now)
        if told is None:
            self.whole.append(self.now)
        run = self._runs.pop(0)
        if not self._runs:
            self.stop.set()
        done = run()
        return done if isinstance(done, Report) else Report()

    def _told(self, *roots: str, **_: object) -> Iterator[set[tuple[int, str]]]:
        self.log.append(" ".join(Path(root).name for root in roots))
        looks = next(self._looks, ())
        if isinstance(looks, Exception):
            raise looks
        for seconds, changed in looks:
            self.now += seconds
            yield {(1, str(Path(roots[0]) / "a.txt"))} if changed else set()
        self.stop.set()


class _Stop(threading.Event):
    def __init__(self, story: Story) -> None:
        super().__init__()
        self._story = story

    def wait(self, timeout: float | None = None) -> bool:
        self._story.now += timeout or 0.0
        return self.is_set()


def _nothing() -> None: ...


def _locked(pid: int) -> Callable[[], None]:
    def locked() -> None:
        raise IndexLocked(path="i", pid=pid, host="h", since="s")

    return locked


@pytest.mark.parametrize(
    ("took", "looks", "began"),
    [
        (0.0, [1, 599, 2], [0, 1, 602]),  # nothing is told for ten minutes
        (10.0, [1, 579, 2], [0, 11, 622]),  # 20 of rest among them
        (100.0, [1, 1969, 2], [0, 101, 2202]),  # twenty times as long, with 30 of rest
    ],
)
def test_all_is_looked_through_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, took: float, looks: list[float], began: list[float]
) -> None:
    def run() -> None:
        story.now += took

    story = Story([[(seconds, False) for seconds in looks]], [run] * 9)
    told = story.watched(tmp_path, monkeypatch=monkeypatch)
    assert told == [began[0], tmp_path.name, *began[1:]]


def test_what_changes_all_the_time_does_not_put_off_that_all_is_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by being told, nor by the second that a run over it takes, which is followed by two of rest."""

    def run() -> None:
        story.now += 0 if story.whole[-1:] == [story.now] else 1

    story = Story([[(1, False), *[(2, True)] * 6]], [run] * 9)
    assert story.watched(tmp_path, monkeypatch=monkeypatch) == [0, tmp_path.name, 1, 3, 8, 13, 15, 20, 25]
    assert story.whole == [0, 1, 1 + SOON_NOW + 2, 25]


@pytest.mark.parametrize(("changed", "began"), [("added", 343), ("replaced", 343), ("moved", 343), ("removed", 343), ("unchanged", 6_343)])
def test_behind_a_run_that_had_much_to_do_all_is_looked_through_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, began: float
) -> None:
    """While it read, more may have changed than the system could tell. And what it took to read does not tell what it takes to look."""

    def run() -> Report:
        story.now += 300
        return Report(**{changed: 5_000})

    story = Story([[(1, False), (12, False), (6_000, False)]], [_nothing, run, _nothing, _nothing])
    story.watched(tmp_path, monkeypatch=monkeypatch)
    assert story.whole[:3] == [0, 1, began]


def test_a_run_that_could_not_write_is_made_up_for_and_who_writes_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _locked(1), _locked(2)
    runs = [first, first, second, _nothing, second, _nothing]
    story = Story([[(1, False), (1, False), (1, False), (1, False), (1, True), (1, False), (1, False)]], [*runs, _nothing])
    assert story.watched(tmp_path, monkeypatch=monkeypatch) == [0, tmp_path.name, 1, 2, 3, 5, 6]
    assert [notice[: notice.index(" on h")][-1] for notice in story.notices] == ["1", "2", "2"]


def test_what_comes_and_goes_is_watched_anew_and_seen_when_that_has_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run follows each beginning: what changes before it is not told."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    quiet = [(1.0, False)] * 3
    story = Story([quiet, quiet, quiet], [_nothing, one.rmdir, _nothing, one.mkdir, _nothing, _nothing])
    assert story.watched(one, other, monkeypatch=monkeypatch) == [0, "one other", 1, 2, "other", 3, 4, "one other", 5]


def test_a_folder_that_goes_before_it_is_watched_is_no_fault_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story([FileNotFoundError("gone"), [(1, False)]], [_nothing] * 3)
    assert story.watched(tmp_path, monkeypatch=monkeypatch) == [0, tmp_path.name, 0, tmp_path.name, 1]
    assert not story.notices


def test_that_the_system_cannot_tell_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    story = Story([PermissionError("closed")] * 3, [_nothing, folder.rmdir, folder.mkdir, _nothing, _nothing])
    log = story.watched(folder, monkeypatch=monkeypatch)
    assert log.count("one") == 2, "when it has come back, the system is asked again"
    assert story.notices == ["the system does not report every change (closed): all files are checked every 10 s"]


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_program_well(tmp_path: Path, folder: Path, name: str) -> None:
    number = signal.Signals[name]
    if number is not signal.SIGINT and signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("ignored, as under nohup, and so by what is started here")
    pytest.importorskip("watchfiles")
    main = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"  # what runs in the background ignores it
    main += "; from searcher.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", main, "watch", str(folder), "--index", str(tmp_path / "index")]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert program.stdout is not None
        assert "3 added" in program.stdout.readline()
        program.send_signal(number)
        assert program.communicate(timeout=SOON) == ("", "")
        assert program.returncode == 0
    finally:
        program.kill()
        program.wait()


def test_without_the_package_one_line_says_what_to_install(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with Index.create(tmp_path / "index") as index, pytest.raises(MissingDependency, match=r'pip install "searcher\[watch\]"'):
        index.watch([folder])

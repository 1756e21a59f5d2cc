"""kill -9 of a whole indexing run, its worker processes with it: nothing that was committed is lost, and the next run goes on from there.
Other signals end it without a trace.

SEARCHER_KILLS sets how many times a run is killed (40 before a release).
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from searcher import Index
from searcher.updating import workers

KILLS = int(os.environ.get("SEARCHER_KILLS", "4"))
FILES = 40

RUN = """
import sys
from searcher import Index
from searcher.updating import syncing, workers
syncing.COMMIT_SECONDS, workers.WORTH_WORKERS, workers.CHUNK_FILES, workers.LOOK = 0.0, 0, 4, 600.0
if __name__ == "__main__":
    with Index.open_or_create(sys.argv[1]) as index:
        report = index.sync([sys.argv[2]], workers=2, progress=lambda progress: print(progress.done, flush=True))
        print("all", len(index), flush=True)
"""

COMMAND = """
import sys
from searcher.__main__ import main
from searcher.updating import workers
workers.CHUNK_FILES = 4
if __name__ == "__main__":
    sys.exit(main(["--index", sys.argv[1], *sys.argv[3:], "--workers", "2"]))
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    chosen = random.Random(FILES)
    for number in range(FILES):
        words = chosen.choices(("商汤科技", "人脸识别", "上市", "融資", "港交所", "軟體", "旷视", "公司"), k=400)
        (folder / f"{number:03}.txt").write_text(f"第{number}篇。" + "，".join(words), "utf-8")
    return folder


@pytest.fixture
def program(tmp_path: Path, files: Path) -> Iterator[list[str]]:
    script = tmp_path / "run.py"
    script.write_text(RUN, "utf-8")
    yield [sys.executable, str(script), str(tmp_path / "index"), str(files)]


def killed(program: list[str], after: int) -> None:
    """Start a run and kill it, and all that it started, once it has told of its progress so many times."""
    started = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert started.stdout is not None
    for _ in range(after):
        started.stdout.readline()
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    started.stdout.close()


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path, files: Path, program: list[str]) -> None:
    chosen, before = random.Random(KILLS), 0
    with Index.create(tmp_path / "index"):
        pass
    for _ in range(KILLS):
        killed(program, after=1 + chosen.randrange(4))
        with Index.open(tmp_path / "index") as index:
            assert not list(index.check())
            assert len(index) >= before
            before = len(index)
    assert before > 0, "what was done before a kill is found"
    done = subprocess.run(program, stdout=subprocess.PIPE, text=True, check=True, timeout=300)
    assert done.stdout.splitlines()[-1] == f"all {FILES}"
    with Index.open(tmp_path / "index") as index, Index.create(tmp_path / "at-once") as at_once:
        at_once.sync([files])
        assert {document.id: document for document in index} == {document.id: document for document in at_once}
        for document in list(at_once)[::4]:
            query = document.text[3:7]
            found, expected = ({hit.id: hit for hit in one.search(query, limit=None)} for one in (index, at_once))
            assert found.keys() == expected.keys()
            assert {id: round(hit.score, 4) for id, hit in found.items()} == {id: round(hit.score, 4) for id, hit in expected.items()}
        assert index.sync().unchanged == FILES
    assert not list((tmp_path / "index").glob("runs-*")), "what killed runs left behind is swept"


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_workers_end_when_the_run_that_started_them_is_killed(program: list[str]) -> None:
    started = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert started.stdout is not None
        assert all(started.stdout.readline() for _ in range(6))  # files of a second chunk: the workers are there
        started.kill()
        started.communicate(timeout=60)  # which waits until nobody is left that could write
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)


@pytest.mark.skipif(os.name != "posix", reason="a console of Windows interrupts otherwise")
@pytest.mark.parametrize("later", [0.0, 0.1, 0.2, 0.4, 0.8])
def test_an_interrupt_is_for_the_run_and_not_for_its_workers(program: list[str], later: float) -> None:
    """A terminal sends Ctrl-C to all of them, also while they start: a worker that died of it said so at length, and the run hung."""
    started = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert started.stdout is not None and started.stdout.readline() == "0\n"
        time.sleep(later)
        os.killpg(started.pid, signal.SIGINT)
        told, said = started.communicate(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
    if (
        started.returncode and f"all {FILES}" not in told
    ):  # one that was done may die of it in silence: Python takes down its handlers first
        assert (started.returncode, said.count("Traceback"), said.splitlines()[-1]) == (-signal.SIGINT, 1, "KeyboardInterrupt")


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize(("name", "to_all"), [("SIGTERM", False), ("SIGHUP", False), ("SIGHUP", True)])
@pytest.mark.parametrize("command", ["index", "rebuild"])
def test_a_signal_that_ends_it_leaves_nothing_behind(
    tmp_path: Path, files: Path, program: list[str], command: str, name: str, to_all: bool
) -> None:
    """A terminal that is closed tells all of them, as it does of Ctrl-C."""
    number = signal.Signals[name]
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("ignored, as under nohup, and so by what is started here")
    for file in files.iterdir():
        file.write_text(file.read_text("utf-8") * 50, "utf-8")
    words = [command, str(files)] if command == "index" else [command]
    if command == "rebuild":
        subprocess.run(program, check=True, stdout=subprocess.DEVNULL, timeout=300)
    Path(program[1]).write_text(COMMAND, "utf-8")
    started = subprocess.Popen([*program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        end = time.monotonic() + 60
        while not any((tmp_path / "index").glob("runs-*/count-*")) and time.monotonic() < end:
            time.sleep(0.01)
        (os.killpg if to_all else os.kill)(started.pid, number)
        assert started.communicate(timeout=60) == ("", "")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
    assert started.returncode == -number, "as of a program that does nothing about it: 143 is a failure to systemd"
    assert not list((tmp_path / "index").glob("runs-*"))


@pytest.mark.skipif(os.name != "posix", reason="a console of Windows interrupts otherwise")
def test_an_interrupt_while_workers_start_comes_behind_that() -> None:
    """Also where another thread, as of numpy's matrix library, gets the signal that this one has blocked."""
    ended, begun = threading.Event(), list[str]()
    other = threading.Thread(target=ended.wait)
    other.start()
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(KeyboardInterrupt), workers._uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.2)
            begun.append("all")
    finally:
        ended.set()
        other.join()
    assert begun == ["all"]
    assert signal.getsignal(signal.SIGINT) is before and signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


LOSING = """
import multiprocessing, sys
from searcher import Index, WorkerLost
from searcher.updating import syncing, workers
syncing.COMMIT_SECONDS, workers.WORTH_WORKERS, workers.CHUNK_FILES = 0.0, 0, 4
def lose(progress):
    for worker in multiprocessing.active_children():
        worker.kill()
if __name__ == "__main__":
    with Index.open_or_create(sys.argv[1]) as index:
        try:
            index.sync([sys.argv[2]], workers=2, progress=lose)
        except WorkerLost as error:
            print(error)
"""


def test_a_worker_that_the_system_ends_costs_what_was_not_committed(tmp_path: Path, files: Path, program: list[str]) -> None:
    script = tmp_path / "losing.py"
    script.write_text(LOSING, "utf-8")
    said = subprocess.run([sys.executable, str(script), *program[2:]], capture_output=True, text=True, check=True).stdout
    assert "--workers 1" in said
    with Index.open(program[2]) as index:
        assert not list(index.check())
    subprocess.run(program, check=True, capture_output=True)
    with Index.open(program[2]) as index:
        assert len(index) == FILES
        assert not [left for left in index.path.iterdir() if left.is_dir()]


def test_a_script_that_workers_cannot_run_is_told_so(tmp_path: Path, program: list[str]) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(RUN.replace('if __name__ == "__main__":', "if True:"), "utf-8")
    done = subprocess.run([sys.executable, str(script), *program[2:]], capture_output=True, text=True, check=False)
    assert done.returncode
    assert "WorkerLost: a worker process was ended" in done.stderr

"""What does it cost to keep very many small files in step, and to ask their index?

    python -m benchmarks.upkeep articles.jsonl.xz --files 50000

Lines of the texts become files of a temporary folder, fifteen in a folder, ten of these in another. Each command is run once, as a process:
seconds of processor time, those of its workers among them, and the memory of the greatest process.
Of `searcher watch`, five files are changed one by one: medians of processor time, of bytes written, and of the seconds until it says so
(where the system tells such things of a process, as Linux does).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import IO

from benchmarks.corpus import endless_rows, parser
from benchmarks.machine import machine
from benchmarks.product import ENVIRONMENT, show

IN_FOLDER, FOLDERS = 15, 10
SHORTEST = 10
WATCHED = 5


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--files", type=int, default=50_000, help="so many (default: %(default)s)")
    options = made.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        folder, index = Path(scratch) / "files", str(Path(scratch) / "index")
        paths = write_files(options.corpus, folder, options.files)
        print(f"# {len(paths)} files, {sum(path.stat().st_size for path in paths) / 1e6:.1f} MB")
        run("index FILES", "index", str(folder), "--index", index)
        measure_changes(paths, folder, index)
        measure_watch(paths, index)
        for words in ("rebuild", "status", "check", "facets path", "search 公司 --format grep --limit 0", "search 的 -l --limit 0"):
            run(words, *words.split(), "--index", index)
        run("show PATH", "show", str(paths[0]), "--index", index)


def write_files(corpus: Path, folder: Path, count: int) -> list[Path]:
    """One file a line of the corpus; gives their paths."""
    lines = (line for row in endless_rows(corpus) for line in row["text"].splitlines() if len(line) >= SHORTEST)
    paths = []
    for number, line in enumerate(islice(lines, count)):
        within = number // IN_FOLDER
        path = folder / f"{within // FOLDERS:05}" / f"{within % FOLDERS}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line, "utf-8")
        paths.append(path)
    return paths


def measure_changes(paths: Sequence[Path], folder: Path, index: str) -> None:
    """What the next runs cost, each of which finds something else."""
    run("nothing changed", "index", "--index", index)
    change(paths[:1])
    run("one file changed", "index", "--index", index)
    change(paths[: len(paths) // 100])
    run("one file in a hundred changed", "index", "--index", index)
    first = folder / "00000"
    first.rename(folder / "moved")
    run(f"a folder of {IN_FOLDER * FOLDERS} files moved", "index", "--index", index)
    (folder / "moved").rename(first)
    run("and back", "index", "--index", index)


def change(paths: Sequence[Path]) -> None:
    for path in paths:
        path.write_text(path.read_text("utf-8") + f"\n改过的文件{time.time_ns()}", "utf-8")


def run(name: str, *words: str) -> None:
    """Run a command and tell what it took."""
    command = [sys.executable, "-m", "searcher", *words]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    show(name, f"{usage.ru_utime + usage.ru_stime:.2f} s, {usage.ru_maxrss / 1024:.0f} MB")


def measure_watch(paths: Sequence[Path], index: str) -> None:
    if not Path("/proc/self/io").exists():
        return
    change(paths[:1])  # so that the first run has something to tell
    command = [sys.executable, "-m", "searcher", "watch", "--index", index]
    watch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT, text=True)
    try:
        assert watch.stdout is not None
        next_line(watch.stdout)
        time.sleep(5)  # the run that makes up for what changed before the system was asked to tell
        rows = [noticed(watch.pid, watch.stdout, path) for path in paths[-WATCHED:]]
        seconds, written, waited = (median(column) for column in zip(*rows, strict=True))
        show("watch: one file changed", f"{seconds:.2f} s, {written / 1e6:.2f} MB written, told {waited:.1f} s later")
        show(
            "watch: memory, greatest; afterwards",
            "; ".join(f"{told(watch.pid, 'status', key) / 1024:.0f} MB" for key in ("VmHWM", "VmRSS")),
        )
    finally:
        watch.kill()
        watch.wait()


def noticed(pid: int, lines: IO[str], path: Path) -> tuple[float, float, float]:
    """What it takes to notice that a file has changed: seconds of processor time, bytes written, seconds until it is told."""
    cpu, written, began = cpu_of(pid), told(pid, "io", "wchar"), time.monotonic()
    change([path])
    next_line(lines)
    waited = time.monotonic() - began
    time.sleep(2)
    return cpu_of(pid) - cpu, told(pid, "io", "wchar") - written, waited


def next_line(lines: IO[str]) -> None:
    if not lines.readline():
        raise SystemExit("searcher watch failed")


def cpu_of(pid: int) -> float:
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def told(pid: int, file: str, key: str) -> int:
    """A number that the system tells of a process."""
    found = re.search(rf"^{key}:\s*(\d+)", Path(f"/proc/{pid}/{file}").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    main()

"""What a user waits for: indexing files, bringing them in step, one search as a process, searches in a library.

    python -m benchmarks.product articles.jsonl.xz --runs 9

Each text becomes a file of a temporary folder.
Peers are measured in the same run: the interpreter that does nothing and the one that imports numpy (what any such process costs here),
and the usual recipe, jieba's analyzer in stock Whoosh, on a part.
Times of processes are wall times: the median and the least of the runs. Latencies are those of the library.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.corpus import parser, read_rows
from benchmarks.latency import RUN, check_runs, latency, percentiles
from benchmarks.machine import machine
from searcher import Index

RECIPE_DOCUMENTS = 200
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""That of the processes: what Python compiles of an installed program is kept, as it is for users, not compiled anew each time."""


def main() -> None:
    made = parser(__doc__)
    made.add_argument("--documents", type=int, help="the first so many texts (default: all)")
    made.add_argument("--runs", type=int, default=9, help="how often each command is run (default: %(default)s)")
    made.add_argument("--queries", type=int, default=200, help="how many are asked in a library (default: %(default)s)")
    options = made.parse_args()
    print(machine())
    rows = list(read_rows(options.corpus))[: options.documents]
    with tempfile.TemporaryDirectory() as scratch:
        files, index = Path(scratch) / "files", Path(scratch) / "index"
        size = write_files(rows, files)
        print(f"# {len(rows)} files, {sum(len(row['text']) for row in rows):,} characters, {size / 1e6:.1f} MB")
        measure_indexing(files, index, size)
        measure_processes(index, files, options.runs)
        measure_latency(rows, index, options.queries)
        measure_recipe(rows, Path(scratch) / "recipe")


def write_files(rows: Sequence[dict[str, str]], folder: Path) -> int:
    """One file a document, in folders of a hundred; gives their bytes."""
    size = 0
    for number, row in enumerate(rows):
        path = folder / f"{number // 100:04}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(f"{row.get('title') or ''}\n\n{row['text']}".encode())
    return size


def measure_indexing(files: Path, index: Path, size: int) -> None:
    cpu = children_cpu()
    seconds = timed("index", str(files), "--index", str(index), "--quiet")
    show("index all files", f"{seconds:.1f} s, {children_cpu() - cpu:.1f} s of processor time")
    show("index size", f"{sum(file.stat().st_size for file in index.iterdir()) / size:.2f} × the text")
    show("nothing changed", f"{timed('index', '--index', str(index), '--quiet'):.2f} s")
    changed = next(files.rglob("*.txt"))
    changed.write_text("改过的一个文件", "utf-8")
    show("one file changed", f"{timed('index', '--index', str(index), '--quiet'):.2f} s")
    show("peak memory of a process so far", f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def measure_processes(index: Path, files: Path, runs: int) -> None:
    searcher = [sys.executable, "-m", "searcher"]
    first = [*searcher, "search", "软件", "--format", "paths", "--limit", "1", "--index", str(index)]
    found = subprocess.run(first, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", check=False).stdout.strip()
    path = found or str(next(files.rglob("*.txt")))  # a corpus may say nothing of what is asked here
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import numpy'": [sys.executable, "-c", "import numpy"],
        "searcher --help": [*searcher, "--help"],
        "searcher show PATH --query 软件": [*searcher, "show", path, "--query", "软件", "--index", str(index)],
        "searcher search 软件": [*searcher, "search", "软件", "--index", str(index)],
        "searcher search 人工智慧 应用": [*searcher, "search", "人工智慧 应用", "--index", str(index)],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):  # in turn, so that a noisy moment falls on all
        for name, command in commands.items():
            times[name].append(seconds_of(command) * 1000)
    for name, values in times.items():
        show(name, f"median {median(values):.0f} ms, least {min(values):.0f} ms")


def measure_latency(rows: Sequence[dict[str, str]], folder: Path, count: int) -> None:
    queries = list(made_queries(rows, count))
    with Index.open(folder) as index:
        for name in ("first", "again"):
            times = [latency(index, query, 3) for query in queries]
            show(f"library, {name} time, 10 hits with passages", percentiles(times))
    with Index.open(folder) as index:
        for name in ("first", "again"):
            show(f"library, {name} time, 10 hits without", percentiles([latency(index, query, 0) for query in queries]))


def made_queries(rows: Sequence[dict[str, str]], count: int) -> Iterator[str]:
    """Runs of two to four characters, pairs of them, and titles, drawn from the documents."""
    check_runs(row["text"] for row in rows)
    chosen = random.Random(1)
    while count:
        row = chosen.choice(rows)
        runs = RUN.findall(row["text"])
        if runs:
            one, other = (cut(chosen, chosen.choice(runs)) for _ in range(2))
            yield chosen.choice([one, f"{one} {other}", row.get("title") or one])
            count -= 1


def cut(chosen: random.Random, run: str) -> str:
    length = chosen.randint(2, 4)
    start = chosen.randint(0, len(run) - length)
    return run[start : start + length]


def measure_recipe(rows: Sequence[dict[str, str]], folder: Path) -> None:
    """The peer: jieba's own analyzer in stock Whoosh, on a part of the documents, against ours on the same part in one process."""
    part = rows[:RECIPE_DOCUMENTS]
    characters = sum(len(row["text"]) for row in part)
    path = folder.with_suffix(".jsonl")
    path.write_text(
        "".join(json.dumps({"id": str(n), "title": row.get("title"), "text": row["text"]}) + "\n" for n, row in enumerate(part))
    )
    program = f"import sys, json; sys.argv = [{str(path)!r}, {str(folder)!r}]\n" + RECIPE
    recipe = seconds_of([sys.executable, "-W", "ignore", "-c", program])
    ours = timed("index", str(path), "--index", str(folder.with_suffix(".ours")), "--quiet")
    show(
        f"{len(part)} documents, one process, with start-up",
        f"{characters / ours:,.0f} characters/s; jieba + Whoosh {characters / recipe:,.0f}",
    )


RECIPE = """
from pathlib import Path
from jieba.analyse import ChineseAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
Path(sys.argv[1]).mkdir()
analyzer = ChineseAnalyzer()
index = create_in(sys.argv[1], Schema(id=ID(stored=True), title=TEXT(analyzer, stored=True), text=TEXT(analyzer, stored=True)))
with index.writer() as writer:
    for line in open(sys.argv[0], encoding="utf-8"):
        writer.add_document(**json.loads(line))
"""


def timed(*words: str) -> float:
    return seconds_of([sys.executable, "-m", "searcher", *words])


def seconds_of(command: Sequence[str]) -> float:
    started = time.perf_counter()
    finished = subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT)
    if finished.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed: {finished.stderr.decode(errors='replace')}")
    return time.perf_counter() - started


def children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def show(what: str, figure: str) -> None:
    print(f"{what:46} {figure}", flush=True)


if __name__ == "__main__":
    main()

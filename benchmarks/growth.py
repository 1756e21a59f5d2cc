"""Does a document cost the same in a large index as in a small one?

    python -m benchmarks.growth articles.jsonl.xz --sizes 1000,4000,16000,60000 --passage 1600
    python -m benchmarks.growth articles.jsonl.xz --sizes 1000000 --paragraphs --commit 100000 --queries 60

Texts are cut into documents of `--passage` characters, or, with `--paragraphs`, at
the ends of lines (what is shorter than 10 characters is left out). Where the corpus ends, it begins anew with every 20th Han character
replaced, so that the vocabulary goes on growing. For each size, a fresh index is built in commits of `--commit` documents; the table
gives processor milliseconds for a document, reading and analysis included, those of the engine alone, and those of them that went into
merging segments; bytes on disk over the text in UTF-8, the peak of memory while writing, milliseconds to open the index and answer a first
query in a new process, that process's memory, and the seconds of a commit that replaces one document.
`--queries` asks so many queries of each class in another new process, each once, after one of another class: milliseconds to open the
index, p50 and p99 of each class, and the memory of the process when all are asked, the mapped pages of the index among it, which the system
takes back when it wants them. The words are the index's own: rare ones are in one to two of 2,000 documents, frequent ones are the 60 most
frequent; a run is four characters of a document, a range a hundredth of all numbers.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias
from unittest import mock

from benchmarks.corpus import endless_rows, parser, passages
from benchmarks.machine import machine, peak_memory
from searcher.engine import (
    AllOf,
    Alternative,
    AnyOf,
    Feature,
    Leaf,
    NumberRange,
    Prefix,
    Record,
    Request,
    Run,
    Snapshot,
    Store,
    Term,
    Terms,
)
from searcher.engine.commits import writer as writing
from searcher.engine.writing.merge import merge
from searcher.text.analysis import analyze

QUERY = """
import sys, time
from searcher.engine import AnyOf, Feature, Alternative, Request, Run, Store, Term
Store.prepare()
imported = time.perf_counter()
leaves = (Term(("words",), "中国"), Run(("grams",), ("经济",), (0,)))
snapshot = Store.open(sys.argv[1]).snapshot()
found = snapshot.search(Request(AnyOf(leaves), tuple(Feature((Alternative(leaf),)) for leaf in leaves)), limit=10)
texts = [snapshot.text(match.handle, 0, 200) for match in found.matches]
seconds = time.perf_counter() - imported
from benchmarks.machine import peak_memory
print(seconds * 1000, peak_memory() / 1e6)
"""


def main() -> None:
    options = _options()
    print(machine())
    heads = ("documents", "ms/document", "engine", "merging", "size/text", "write MB", "segments", "first ms", "read MB", "update s")
    print("".join(f"{head:>{width}}" for head, width in zip(heads, (10, 13, 9, 9, 11, 10, 10, 10, 9, 10), strict=True)))
    for size in map(int, options.sizes.split(",")):
        command = [sys.executable, "-m", "benchmarks.growth", *sys.argv[1:], "--only", str(size)]
        print(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout, end="", flush=True)


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--sizes", default="1000,4000,16000,60000", help="documents of each index, by commas (default: %(default)s)")
    options.add_argument("--passage", type=int, default=1600, help="characters of a document (default: %(default)s)")
    options.add_argument("--paragraphs", action="store_true", help="documents are the lines of the texts")
    options.add_argument("--commit", type=int, default=2000, help="documents in a commit (default: %(default)s)")
    options.add_argument("--queries", type=int, default=0, help="so many queries of each class (default: none)")
    options.add_argument("--only", type=int, help=argparse.SUPPRESS)
    return options.parse_args()


def _grow(options: argparse.Namespace) -> str:
    """Builds one index in this process and measures it."""
    size = options.only
    analyze("先装好词典")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "index")
        store = Store.create(path, {})
        records = islice(_records(options), size)
        written = _Written()
        while written.add(store, islice(records, options.commit)):
            pass
        peak = peak_memory() / 1e6
        disk = sum(file.stat().st_size for file in path.iterdir())
        segments = len(store.snapshot().segments)
        asked = subprocess.run([sys.executable, "-c", QUERY, str(path)], check=True, capture_output=True, text=True).stdout.split()
        first, memory = map(float, asked)
        classes = _asked(store, options.queries) if options.queries else ""
        update = _update(store, next(_records(options)))
    whole, engine, merging = (seconds / size * 1000 for seconds in (written.whole, written.engine, written.merging))
    cost = f"{size:10,}{whole:13.2f}{engine:9.2f}{merging:9.2f}{disk / written.text:11.2f}{peak:10.0f}"
    return f"{cost}{segments:10}{first:10.1f}{memory:9.0f}{update:10.3f}\n{classes}"


class _Written:
    """What was written so far: processor seconds in all, of the engine alone, and of merging in it; bytes of text."""

    def __init__(self) -> None:
        self.whole = self.engine = self.merging = 0.0
        self.text = 0

    def add(self, store: Store, records: Iterator[Record]) -> int:
        """One commit; gives how many documents it had."""
        count, started = 0, time.process_time()
        writer = store.writer()
        for record in records:
            count += 1
            self.text += len(record.text.encode())
            self.engine += _seconds(partial(writer.add, record))
        with mock.patch.object(writing, "merge", self._merge):
            self.engine += _seconds(writer.commit)
        self.whole += time.process_time() - started
        return count

    def _merge(self, *arguments: Any) -> Path:
        started = time.process_time()
        path = merge(*arguments)
        self.merging += time.process_time() - started
        return path


def _seconds(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def _update(store: Store, record: Record) -> float:
    started = time.perf_counter()
    with store.writer() as writer:
        writer.add(replace(record, id="0"))
    return time.perf_counter() - started


def _records(options: argparse.Namespace) -> Iterator[Record]:
    for number, text in enumerate(_texts(options)):
        found = analyze(text)
        yield Record(
            str(number),
            {"words": Terms(found.words), "grams": found.grams},
            numbers={"n": number},
            text=text,
            blocks=found.blocks,
        )


def _texts(options: argparse.Namespace) -> Iterator[str]:
    texts = (row["text"] for row in endless_rows(options.corpus))
    if not options.paragraphs:
        return passages(texts, options.passage)
    return (paragraph for text in texts for line in text.splitlines() if len(paragraph := line.strip()) >= 10)


Asked: TypeAlias = "tuple[str, list[str]]"
"""A class of queries, and the words of one."""


def _asked(store: Store, count: int) -> str:
    """Asks queries in a process of its own."""
    questions = json.dumps(list(_questions(store.snapshot(), count)))
    command = [sys.executable, "-c", "from benchmarks.growth import answer; answer()", str(store.path)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, input=questions).stdout


def _questions(snapshot: Snapshot, count: int) -> Iterator[Asked]:
    """One query of each class, then the next of each."""
    chance, documents = random.Random(1), snapshot.count
    counted = [(word, held) for word, held in snapshot.terms("words", "", None) if word.isalnum()]
    frequent = [word for word, _ in counted[:60]]
    rare = [word for word, held in counted if documents <= 2000 * held <= 2 * documents]
    for handle in islice(snapshot.handles(), 0, documents // count * count, documents // count):
        run = next(iter(re.findall("[\u4e00-\u9fff]{4}", snapshot.text(handle))), "中华人民")
        start = chance.randrange(documents)
        yield "rare word", [chance.choice(rare)]
        yield "frequent word", [chance.choice(frequent)]
        yield "and: two frequent", chance.sample(frequent, 2)
        yield "or: five frequent", chance.sample(frequent, 5)
        yield "and: rare, frequent", [chance.choice(rare), chance.choice(frequent)]
        yield "run", [run]
        yield "prefix", [run[0]]
        yield "range", [str(start), str(start + documents // 100)]


def answer() -> None:
    """Answers the questions that standard input holds, over the index that is named; prints what that took."""
    questions: list[Asked] = json.load(sys.stdin)
    Store.prepare()
    started = time.perf_counter()
    snapshot = Store.open(sys.argv[1]).snapshot()
    print(f"    opened in {(time.perf_counter() - started) * 1000:.1f} ms, {peak_memory() / 1e6:.0f} MB")
    times: dict[str, list[float]] = {}
    found: dict[str, int] = {}
    for name, words in questions:
        request = _request(name, words)
        started = time.perf_counter()
        total = snapshot.search(request, limit=10).total
        times.setdefault(name, []).append((time.perf_counter() - started) * 1000)
        found[name] = found.get(name, 0) + total
    for name, taken in times.items():
        taken.sort()
        middle, last = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
        print(f"    {name:22}p50 {middle:7.2f} ms, p99 {last:7.2f} ms, {found[name] // len(taken):9,} documents each")
    print(
        f"    {len(questions)} queries asked, {peak_memory() / 1e6:.0f} MB, of which {_own_memory() / 1e6:.0f} are not pages of the index"
    )


def _own_memory() -> int:
    """Bytes of this process's memory now that are no pages of files; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon")), 0)


def _request(name: str, words: list[str]) -> Request:
    if name == "range":
        return Request(NumberRange("n", *map(int, words)))
    leaves: list[Leaf] = [Term(("words",), word) for word in words]
    if name == "prefix":
        leaves = [Prefix(("grams",), words[0])]
    if name == "run":
        found = analyze(words[0])
        leaves = [Run(("grams",), tuple(found.grams.texts[:-1]), tuple(found.grams.positions[:-1]))]
    features = tuple(Feature((Alternative(leaf),)) for leaf in leaves)
    return Request((AnyOf if name.startswith("or") else AllOf)(tuple(leaves)), features)


if __name__ == "__main__":
    if _options().only is None:
        main()
    else:
        print(_grow(_options()), end="")

"""Does a document cost the same in a large index as in a small one?

    python -m benchmarks.growth articles.jsonl.xz --sizes 1000,4000,16000,60000 --passage 1600

The corpus has a JSON object with a `text` on each line; texts are cut into documents of `--passage` characters. Where the corpus ends, it
begins anew with a letter put before every 20th token, so that the vocabulary goes on growing. For each size, a fresh index is built in
commits of 2,000 documents; the table gives processor milliseconds for a document, reading and analysis included, those of the engine alone,
and those of them that went into merging segments; bytes on disk over the text in UTF-8, the peak of memory while writing, milliseconds to
open the index and answer a first query in a new process, that process's memory, and the seconds of a commit that replaces one document.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.engine_write import peak_memory
from benchmarks.queries import _machine
from searcher.analysis import analyze
from searcher.engine import Record, Store, Terms
from searcher.engine import writer as writing
from searcher.engine.merge import merge

COMMIT = 2000

QUERY = """
import sys, time
from searcher.engine import AnyOf, Feature, Alternative, Request, Run, Store, Term
imported = time.perf_counter()
leaves = (Term(("words",), "中国"), Run(("grams",), ("经济",), (0,)))
snapshot = Store.open(sys.argv[1]).snapshot()
found = snapshot.search(Request(AnyOf(leaves), tuple(Feature((Alternative(leaf),)) for leaf in leaves)), limit=10)
texts = [snapshot.text(match.handle, 0, 200) for match in found.matches]
seconds = time.perf_counter() - imported
from benchmarks.engine_write import peak_memory
print(seconds * 1000, peak_memory() / 1e6)
"""


def main() -> None:
    options = _options()
    print(_machine())
    heads = ("documents", "ms/document", "engine", "merging", "size/text", "write MB", "segments", "first ms", "read MB", "update s")
    print("".join(f"{head:>{width}}" for head, width in zip(heads, (10, 13, 9, 9, 11, 10, 10, 10, 9, 10), strict=True)))
    for size in map(int, options.sizes.split(",")):
        command = [sys.executable, "-m", "benchmarks.growth", str(options.corpus), "--passage", str(options.passage), "--only", str(size)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="1000,4000,16000,60000")
    parser.add_argument("--passage", type=int, default=1600)
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def _grow(corpus: Path, passage: int, size: int) -> str:
    """Builds one index in this process and measures it."""
    analyze("先装好词典")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "index")
        store = Store.create(path, {})
        records = islice(_records(corpus, passage), size)
        written = _Written()
        while written.add(store, islice(records, COMMIT)):
            pass
        peak = peak_memory() / 1e6
        disk = sum(file.stat().st_size for file in path.iterdir())
        segments = len(store.snapshot().segments)
        asked = subprocess.run([sys.executable, "-c", QUERY, str(path)], check=True, capture_output=True, text=True).stdout.split()
        first, memory = map(float, asked)
        update = _update(store, next(_records(corpus, passage)))
    whole, engine, merging = (seconds / size * 1000 for seconds in (written.whole, written.engine, written.merging))
    cost = f"{size:10,}{whole:13.2f}{engine:9.2f}{merging:9.2f}{disk / written.text:11.2f}{peak:10.0f}"
    return f"{cost}{segments:10}{first:10.1f}{memory:9.0f}{update:10.3f}"


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


def _records(corpus: Path, passage: int) -> Iterator[Record]:
    number = 0
    for round in range(1000):
        mark = chr(ord("a") + round % 26) * (round // 26 + 1) if round else ""
        for text in _texts(corpus, passage):
            found = analyze(text)
            words, grams = (
                [mark + token if mark and not place % 20 else token for place, token in enumerate(tokens)]
                for tokens in (found.words, found.grams)
            )
            yield Record(
                str(number),
                {"words": Terms(words), "grams": Terms(grams, found.positions)},
                numbers={"n": number},
                text=text,
                blocks=found.blocks,
            )
            number += 1


def _texts(corpus: Path, passage: int) -> Iterator[str]:
    with lzma.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".xz" else corpus.open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            yield from (text[start : start + passage] for start in range(0, len(text), passage))


if __name__ == "__main__":
    only = _options().only
    if only is None:
        main()
    else:
        print(_grow(_options().corpus, _options().passage, only))

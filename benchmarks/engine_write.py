"""How fast does the engine write, how large is what it writes, and what memory does that take, beside the peers fed the same tokens?

    python -m benchmarks.engine_write articles.jsonl.xz --documents 2000
    python -m benchmarks.engine_write articles.jsonl --peers tantivy,sqlite --grams

The corpus has a JSON object with a `text` on each line. Texts are analysed by this project beforehand, which is not timed. Every engine
indexes the words with their positions and stores the text, in one process of its own, on one core, and commits to the disk; `--grams`
gives the grams instead, at the positions this project gives them (peers: at 0, 1, 2, …). Seconds are processor time of indexing alone:
that of reading the tokens is taken off. Memory is the peak of the process. The size is that of the index's folder, over the text in UTF-8.
Peers: stock Whoosh (`whoosh`: the first tenth of the documents), tantivy, bm25s (no positions, no text), SQLite's FTS5.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.queries import _machine

SLOW = 10
"""Stock Whoosh gets one document of so many."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its tokens."""

    text: str
    tokens: list[str]
    positions: array[int]


@dataclass(frozen=True, slots=True)
class Written:
    """What an engine did: processor seconds, bytes of the peak of memory, bytes on disk, tokens and bytes of text taken."""

    seconds: float
    memory: int
    size: int
    tokens: int
    text: int


def main() -> None:
    options = _options()
    print(_machine())
    with tempfile.TemporaryDirectory() as folder:
        tokens = Path(folder, "tokens.jsonl")
        print(_analyse(options.corpus, options.documents, options.grams, tokens))
        reading = _apart(_read_only, tokens, Path(folder, "none"))
        print(f"{'':12}{'s':>8}{'tokens/s':>12}{'MB/s':>8}{'peak MB':>9}{'size/text':>11}")
        for name, write in ENGINES.items():
            if name == "searcher" or name in options.peers.split(","):
                print(_row(name, _apart(write, tokens, Path(folder, name)), reading))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=2000, help="so many at most (default: %(default)s)")
    parser.add_argument("--peers", default="whoosh,tantivy,bm25s,sqlite")
    parser.add_argument("--grams", action="store_true", help="index grams instead of words")
    return parser.parse_args()


def _analyse(corpus: Path, documents: int, grams: bool, target: Path) -> str:
    from searcher.analysis import analyze

    count = 0
    with (
        lzma.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".xz" else corpus.open(encoding="utf-8") as lines,
        target.open("w", encoding="utf-8") as file,
    ):
        for line in islice(lines, documents):
            text = json.loads(line)["text"]
            found = analyze(text)
            tokens = found.grams if grams else [word for word in found.words if not word.isspace()]
            positions = list(found.positions) if grams else list(range(len(tokens)))
            file.write(json.dumps([text, tokens, positions], ensure_ascii=False) + "\n")
            count += 1
    return f"{count:,} documents, {'grams' if grams else 'words'}"


def _row(name: str, done: Written, reading: Written) -> str:
    share = done.tokens / reading.tokens
    seconds = max(1e-9, done.seconds - reading.seconds * share)
    mark = "*" if share < 1 else ""
    return (
        f"{name + mark:12}{seconds:8.2f}{done.tokens / seconds:12,.0f}{done.text / seconds / 1e6:8.2f}"
        f"{done.memory / 1e6:9.0f}{done.size / done.text:11.2f}"
    )


def _apart(write: Callable[[Iterator[Document], Path], None], tokens: Path, folder: Path) -> Written:
    """Runs one engine in a process of its own."""
    context = get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_timed, args=(write, tokens, folder, answers))
    process.start()
    written: Written = answers.get()
    process.join()
    return written


def _timed(write: Callable[[Iterator[Document], Path], None], tokens: Path, folder: Path, answers: object) -> None:
    folder.mkdir()
    counts = [0, 0]
    started = time.process_time()
    write(_documents(tokens, counts, SLOW if write is _whoosh else 1), folder)
    seconds = time.process_time() - started
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    answers.put(Written(seconds, peak_memory(), size, *counts))  # type: ignore[attr-defined]


def _documents(tokens: Path, counts: list[int], every: int) -> Iterator[Document]:
    with tokens.open(encoding="utf-8") as lines:
        for line in islice(lines, 0, None, every):
            text, found, positions = json.loads(line)
            counts[0] += len(found)
            counts[1] += len(text.encode())
            yield Document(text, found, array("I", positions))


def peak_memory() -> int:
    """The peak of this process's memory in bytes; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says includes the parent's memory before this program was started
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _read_only(documents: Iterator[Document], folder: Path) -> None:
    for _ in documents:
        pass


def _searcher(documents: Iterator[Document], folder: Path) -> None:
    from searcher.engine import Record, Store, Terms

    with Store.create(folder, {}).writer() as writer:
        for number, one in enumerate(documents):
            blocks = tuple((start, start) for start in range(0, max(1, len(one.text)), 4000))
            writer.add(Record(str(number), {"text": Terms(one.tokens, one.positions)}, text=one.text, blocks=blocks))


def _whoosh(documents: Iterator[Document], folder: Path) -> None:
    from whoosh import fields, index
    from whoosh.analysis import RegexTokenizer

    schema = fields.Schema(text=fields.TEXT(analyzer=RegexTokenizer(r"\S+"), phrase=True), stored=fields.STORED())
    writer = index.create_in(folder, schema).writer(limitmb=256)
    for one in documents:
        writer.add_document(text=" ".join(one.tokens), stored=one.text)
    writer.commit()


def _tantivy(documents: Iterator[Document], folder: Path) -> None:
    import tantivy

    builder = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="whitespace", index_option="position")
    schema = builder.add_bytes_field("stored", stored=True, indexed=False).build()
    writer = tantivy.Index(schema, path=str(folder)).writer(heap_size=256_000_000, num_threads=1)
    for one in documents:
        writer.add_document(tantivy.Document(text=" ".join(one.tokens), stored=one.text.encode()))
    writer.commit()
    writer.wait_merging_threads()


def _bm25s(documents: Iterator[Document], folder: Path) -> None:
    import bm25s  # type: ignore[import-untyped]

    made = bm25s.BM25()
    made.index([one.tokens for one in documents], show_progress=False)
    made.save(folder)


def _sqlite(documents: Iterator[Document], folder: Path) -> None:
    import sqlite3

    database = sqlite3.connect(folder / "fts5.db")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')")
    database.execute("CREATE TABLE stored (id INTEGER PRIMARY KEY, text TEXT)")
    for number, one in enumerate(documents):
        database.execute("INSERT INTO texts(rowid, text) VALUES (?, ?)", (number, " ".join(one.tokens)))
        database.execute("INSERT INTO stored VALUES (?, ?)", (number, one.text))
    database.execute("INSERT INTO texts(texts) VALUES ('optimize')")
    database.commit()
    database.close()


ENGINES: dict[str, Callable[[Iterator[Document], Path], None]] = {
    "searcher": _searcher,
    "whoosh": _whoosh,
    "tantivy": _tantivy,
    "bm25s": _bm25s,
    "sqlite": _sqlite,
}

if __name__ == "__main__":
    os.environ.setdefault("TQDM_DISABLE", "1")
    main()

"""How fast does the engine write, how large is what it writes, and what memory does that take, beside the peers fed the same tokens?

    python -m benchmarks.engine_write articles.jsonl.xz --documents 2000
    python -m benchmarks.engine_write articles.jsonl --peers tantivy,sqlite --grams
    python -m benchmarks.engine_write --values --documents 50000

Texts are analysed by this project beforehand, which is not timed. Every engine
indexes the words with their positions and stores the text, in one process of its own, on one core, and commits to the disk; `--grams`
gives the grams instead, at the positions this project gives them (peers: at 0, 1, 2, …). Seconds are processor time of indexing alone:
that of reading the tokens is taken off. Memory is the peak of the process. The size is that of the index's folder, over the text in UTF-8.
Peers: stock Whoosh (`whoosh`: a tenth of the documents), tantivy, bm25s (no positions, no text), SQLite's FTS5.

`--values` indexes documents without a text instead: an id, a keyword, a whole number and a date, all of them searched and stored.
"as Whoosh" is the program that writes for stock Whoosh, over an index of ours.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.corpus import parser, read_rows
from benchmarks.machine import machine, peak_memory

SLOW = 10
"""Stock Whoosh gets one document of so many."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its tokens."""

    text: str
    tokens: list[str]
    positions: array[int]


@dataclass(frozen=True, slots=True)
class Values:
    """A document without a text."""

    id: str
    keyword: str
    number: int
    date: datetime


@dataclass(slots=True)
class Texts:
    """The documents of a file of tokens, every so many-th one; `tokens`, `text`: how many, and how many bytes, were taken."""

    path: Path
    every: int = 1
    tokens: int = 0
    text: int = 0

    def __iter__(self) -> Iterator[Document]:
        with self.path.open(encoding="utf-8") as lines:
            for line in islice(lines, 0, None, self.every):
                text, found, positions = json.loads(line)
                self.tokens += len(found)
                self.text += len(text.encode())
                yield Document(text, found, array("I", positions))


@dataclass(slots=True)
class ManyValues:
    """So many documents without a text, every so many-th one; `tokens`, `text`: how many, and how many bytes of values, were taken."""

    count: int
    every: int = 1
    tokens: int = 0
    text: int = 0

    def __iter__(self) -> Iterator[Values]:
        for number in range(0, self.count, self.every):
            id, keyword = f"id{number:09}", f"k{number * 7919 % 500}"
            self.tokens += 1
            self.text += len(id) + len(keyword) + 16  # a number and a date take eight each
            yield Values(id, keyword, number * 7919 % 100_003, START + timedelta(minutes=number * 7919 % 5_000_000))


START = datetime(2015, 1, 1)


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
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        source: Texts | ManyValues = ManyValues(options.documents)
        if not options.values:
            source = Texts(Path(folder, "tokens.jsonl"))
            print(_analyse(options.corpus, options.documents, options.grams, source.path))
        reading = _apart(_read_only, source, Path(folder, "none"))
        unit, size = ("documents/s", "size/values") if options.values else ("tokens/s", "size/text")
        print(f"{'':12}{'s':>8}{unit:>12}{'MB/s':>8}{'peak MB':>9}{size:>12}")
        for name, write in (VALUE_ENGINES if options.values else ENGINES).items():
            if name in (OURS, AS_WHOOSH) or name in options.peers.split(","):
                taken = replace(source, every=SLOW if name == "whoosh" else 1)
                print(_row(name, _apart(write, taken, Path(folder, name)), reading))


def _options() -> argparse.Namespace:
    made = parser(__doc__, needed=False)
    made.add_argument("--documents", type=int, default=2000, help="so many at most (default: %(default)s)")
    made.add_argument("--peers", default="whoosh,tantivy,bm25s,sqlite", help="which take part, by commas (default: %(default)s)")
    made.add_argument("--grams", action="store_true", help="index grams instead of words")
    made.add_argument("--values", action="store_true", help="index ids, keywords, numbers and dates instead; no corpus is read")
    options = made.parse_args()
    if options.corpus is None and not options.values:
        made.error("a corpus, or --values")
    return options


def _analyse(corpus: Path, documents: int, grams: bool, target: Path) -> str:
    from searcher.text.analysis import analyze

    count = 0
    with target.open("w", encoding="utf-8") as file:
        for row in islice(read_rows(corpus), documents):
            text = row["text"]
            found = analyze(text)
            tokens = found.grams.texts if grams else [word for word in found.words if not word.isspace()]
            positions = found.grams.positions if grams else list(range(len(tokens)))
            file.write(json.dumps([text, tokens, positions], ensure_ascii=False) + "\n")
            count += 1
    return f"{count:,} documents, {'grams' if grams else 'words'}"


def _row(name: str, done: Written, reading: Written) -> str:
    share = done.tokens / reading.tokens
    seconds = max(1e-9, done.seconds - reading.seconds * share)
    mark = "*" if share < 1 else ""
    return (
        f"{name + mark:12}{seconds:8.2f}{done.tokens / seconds:12,.0f}{done.text / seconds / 1e6:8.2f}"
        f"{done.memory / 1e6:9.0f}{done.size / done.text:12.2f}"
    )


def _apart(write: Callable[[Any, Path], None], source: Texts | ManyValues, folder: Path) -> Written:
    """Runs one engine in a process of its own."""
    context = get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_timed, args=(write, source, folder, answers))
    process.start()
    written: Written = answers.get()
    process.join()
    return written


def _timed(write: Callable[[Any, Path], None], source: Texts | ManyValues, folder: Path, answers: object) -> None:
    folder.mkdir()
    started = time.process_time()
    write(iter(source), folder)
    seconds = time.process_time() - started
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    answers.put(Written(seconds, peak_memory(), size, source.tokens, source.text))  # type: ignore[attr-defined]


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
    import bm25s

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


def _searcher_values(documents: Iterator[Values], folder: Path) -> None:
    from searcher.engine import Record, Store

    with Store.create(folder, {}).writer() as writer:
        for one in documents:
            date = one.date.isoformat()
            numbers = {"number": one.number, "date": int((one.date - START).total_seconds())}
            writer.add(Record(one.id, {}, (one.keyword,), numbers, {"keyword": one.keyword, "number": one.number, "date": date}))


def _searcher_as_whoosh(documents: Iterator[Values], folder: Path) -> None:
    from searcher.engine import Store
    from searcher.engine.as_whoosh.index import WhooshIndex

    _write_values(documents, WhooshIndex(Store.create(folder, {}), _schema()).writer())


def _whoosh_values(documents: Iterator[Values], folder: Path) -> None:
    from whoosh import index

    _write_values(documents, index.create_in(folder, _schema()).writer(limitmb=256))


def _schema() -> Any:
    from whoosh import fields

    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        keyword=fields.ID(stored=True),
        number=fields.NUMERIC(stored=True, bits=64),
        date=fields.DATETIME(stored=True),
    )


def _write_values(documents: Iterator[Values], writer: Any) -> None:
    for one in documents:
        writer.add_document(id=one.id, keyword=one.keyword, number=one.number, date=one.date)
    writer.commit()


def _tantivy_values(documents: Iterator[Values], folder: Path) -> None:
    import tantivy

    builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder = builder.add_text_field("keyword", stored=True, tokenizer_name="raw", index_option="basic")
    builder = builder.add_integer_field("number", stored=True, indexed=True, fast=True)
    schema = builder.add_date_field("date", stored=True, indexed=True, fast=True).build()
    writer = tantivy.Index(schema, path=str(folder)).writer(heap_size=256_000_000, num_threads=1)
    for one in documents:
        writer.add_document(tantivy.Document(id=one.id, keyword=one.keyword, number=one.number, date=one.date))
    writer.commit()
    writer.wait_merging_threads()


def _sqlite_values(documents: Iterator[Values], folder: Path) -> None:
    import sqlite3

    database = sqlite3.connect(folder / "values.db")
    database.execute("CREATE TABLE documents (id TEXT PRIMARY KEY, keyword TEXT, number INTEGER, date TEXT)")
    database.executemany(
        "INSERT INTO documents VALUES (?, ?, ?, ?)", ((one.id, one.keyword, one.number, one.date.isoformat()) for one in documents)
    )
    for column in ("keyword", "number", "date"):
        database.execute(f"CREATE INDEX by_{column} ON documents ({column})")
    database.commit()
    database.close()


OURS, AS_WHOOSH = "searcher", "as Whoosh"
ENGINES: dict[str, Callable[[Iterator[Document], Path], None]] = {
    OURS: _searcher,
    "whoosh": _whoosh,
    "tantivy": _tantivy,
    "bm25s": _bm25s,
    "sqlite": _sqlite,
}

VALUE_ENGINES: dict[str, Callable[[Iterator[Values], Path], None]] = {
    OURS: _searcher_values,
    AS_WHOOSH: _searcher_as_whoosh,
    "whoosh": _whoosh_values,
    "tantivy": _tantivy_values,
    "sqlite": _sqlite_values,
}

if __name__ == "__main__":
    os.environ.setdefault("TQDM_DISABLE", "1")
    main()

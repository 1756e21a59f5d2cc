"""Is a run of characters found that stands in a document, in its own script and in the other? Beside what else searches Chinese texts.

    python -m benchmarks.recall articles.jsonl.xz --documents 1000

From each of the first documents one run of two to eight Han characters is cut at a random place,
and asked for as it stands; those that read otherwise in the other script are asked for in that, too.
Printed is which share of the queries, in percent, finds the document that it was cut from, wherever that is ranked.
The peers, each by its own means and with its defaults:

- Whoosh with jieba's `ChineseAnalyzer`, the recipe that jieba ships, its query parser joining the words with AND;
- the `trigram` tokenizer of SQLite's FTS5;
- looking for the very characters in the text, as grep does.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import nan
from pathlib import Path

import opencc

from benchmarks.analysis import chinese_analyzer
from benchmarks.corpus import parser, read_rows
from benchmarks.machine import machine
from searcher import Document, Index

RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
LONGEST = 8
"""Han characters."""


@dataclass(frozen=True, slots=True)
class Query:
    """A run, and the number of the text that it was cut from."""

    run: str
    number: int


Found = Callable[[Query], bool]
"""Whether a query finds its document."""


def main() -> None:
    options = _options()
    print(machine())
    texts = [row["text"] for row in islice(read_rows(options.corpus), options.documents)]
    queries = list(cut_queries(texts))
    others = list(in_the_other_script(queries))
    print(f"{len(texts):,} documents, {sum(map(len, texts)):,} characters")
    print(f"{len(queries):,} runs, {len(others):,} of them in the other script")
    print(f"{'found, %':30}{'as it stands':>14}{'other script':>14}")
    with tempfile.TemporaryDirectory() as folder:
        for name, build in PEERS.items():
            found = build(texts, Path(folder))
            print(f"{name:30}{share(found, queries):14.1f}{share(found, others):14.1f}", flush=True)


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--documents", type=int, default=1000, help="read so many (default: %(default)s)")
    return options.parse_args()


def cut_queries(texts: Sequence[str]) -> Iterator[Query]:
    """One run of each text that has any, of any length up to the longest, at any place."""
    chosen = random.Random(1)
    for number, text in enumerate(texts):
        stretches = RUN.findall(text)
        if stretches:
            stretch = chosen.choice(stretches)
            length = chosen.randint(2, min(LONGEST, len(stretch)))
            start = chosen.randint(0, len(stretch) - length)
            yield Query(stretch[start : start + length], number)


def in_the_other_script(queries: Sequence[Query]) -> Iterator[Query]:
    """Traditional runs in Simplified characters, others in Traditional ones, where that makes a difference."""
    simplified, traditional = opencc.OpenCC("t2s").convert, opencc.OpenCC("s2t").convert
    for query in queries:
        other = simplified(query.run) if simplified(query.run) != query.run else traditional(query.run)
        if other != query.run:
            yield Query(other, query.number)


def share(found: Found, queries: Sequence[Query]) -> float:
    """How many of the queries find their document, in percent."""
    return 100 * sum(map(found, queries)) / len(queries) if queries else nan


def searcher(texts: Sequence[str], folder: Path, pattern: str = "{}") -> Found:
    path = folder / "searcher"
    with Index.open_or_create(path) as index:
        if not len(index):
            index.add(Document(str(number), "", text) for number, text in enumerate(texts))
    return lambda query: any(hit.id == str(query.number) for hit in index.search(pattern.format(query.run), limit=None, snippets=0))


def whoosh(texts: Sequence[str], folder: Path) -> Found:
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in
    from whoosh.qparser import QueryParser

    path = folder / "whoosh"
    path.mkdir()
    schema = Schema(number=ID(stored=True), text=TEXT(analyzer=chinese_analyzer(str(folder))))
    index = create_in(path, schema)
    writer = index.writer()
    for number, text in enumerate(texts):
        writer.add_document(number=str(number), text=text)
    writer.commit()
    asker, parser = index.searcher(), QueryParser("text", schema)
    return lambda query: any(hit["number"] == str(query.number) for hit in asker.search(parser.parse(query.run), limit=None))


def trigrams(texts: Sequence[str], folder: Path) -> Found:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='trigram')")
    base.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts, start=1))
    asked = "SELECT 1 FROM texts WHERE texts MATCH ? AND rowid = ?"
    return lambda query: base.execute(asked, (f'"{query.run}"', query.number + 1)).fetchone() is not None


def characters(texts: Sequence[str], folder: Path) -> Found:
    return lambda query: query.run in texts[query.number]


PEERS: dict[str, Callable[[Sequence[str], Path], Found]] = {
    "searcher": searcher,
    "searcher, in quotes": lambda texts, folder: searcher(texts, folder, '"{}"'),
    "Whoosh with jieba's analyzer": whoosh,
    "SQLite FTS5, trigram": trigrams,
    "the very characters, as grep": characters,
}
"""What is asked, each built on the texts."""


if __name__ == "__main__":
    main()

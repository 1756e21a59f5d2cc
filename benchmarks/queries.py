"""How long queries take, by class, beside the peers: all fed the same tokens, in one run.

    python -m benchmarks.queries articles.jsonl.xz --passage 1000
    python -m benchmarks.queries articles.jsonl.xz --passage 2000 --documents 60000
    python -m benchmarks.queries articles.jsonl --peers tantivy,sqlite

With `--documents` the corpus begins anew with other words where it ends. Texts are cut into passages (`--passage`) and analysed by this
project; every engine indexes the words, with positions, and answers the top 10 with the exact number of matches (bm25s gives none).
searcher keeps what it decoded last: `searcher` is a query asked again. `searcher, first` reads its lists, but finds the pages of the file
checked and the words around its own unpacked, as in a process that has answered many. `searcher, opened` is asked of an index that was just
opened and has answered one other query.
A class has `--queries` queries, chosen from the corpus by how many documents have their words; each is asked seven times, the best
time counts, and the table gives the median and the 99th percentile over the queries of a class, in milliseconds.
Peers: stock Whoosh (`whoosh`, slow to index: it takes the first tenth of the documents and is marked), tantivy, bm25s, SQLite's FTS5.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.corpus import endless_rows, parser, passages, read_rows
from benchmarks.machine import machine

ROUNDS = 7
"""How often each query is asked; the best time counts."""

Tokens: TypeAlias = list[str]
Answer: TypeAlias = "int | None"
"""How many documents match; None where the engine does not say."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query of a class: `kind` is term, and, or, phrase or prefix."""

    kind: str
    words: tuple[str, ...]


Engine: TypeAlias = Callable[[Question], Callable[[], Answer] | None]
"""Makes a question into a call that answers it, None where the engine cannot."""


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    print(machine())
    read = list(islice(_analysed(_texts(options)), options.documents))
    documents = [words for words, _ in read]
    print(f"{len(documents):,} documents, {sum(characters for _, characters in read):,} characters, {sum(map(len, documents)):,} tokens")
    classes = _classes(documents, options.queries, random.Random(options.seed))
    with tempfile.TemporaryDirectory() as folder:
        _print_table(classes, _measured(documents, classes, options, Path(folder)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--documents", type=int, help="so many, the corpus begun anew if need be (default: the corpus once)")
    options.add_argument("--passage", type=int, default=0, help="characters of a passage (default: texts are not cut)")
    options.add_argument("--queries", type=int, default=20, help="queries in a class (default: %(default)s)")
    options.add_argument("--seed", type=int, default=1, help="which queries these are (default: %(default)s)")
    options.add_argument("--peers", default="whoosh,tantivy,bm25s,sqlite", help="which take part, by commas (default: %(default)s)")
    return options.parse_args(arguments)


# The corpus and the questions


def _analysed(texts: Iterable[str]) -> Iterator[tuple[Tokens, int]]:
    """The words of each text, and its characters; equal words are one object, so that a hundred million characters fit into memory."""
    from searcher.text.analysis import analyze

    for text in texts:
        words = [sys.intern(word) for word in analyze(text).words if word.isalnum()]
        if words:
            yield words, len(text)


def _texts(options: argparse.Namespace) -> Iterator[str]:
    rows = read_rows(options.corpus) if options.documents is None else endless_rows(options.corpus)
    return passages((row["text"] for row in rows), options.passage)


def _classes(documents: Sequence[Tokens], queries: int, chance: random.Random) -> dict[str, list[Question]]:
    """The questions of each class."""
    frequencies = Counter(word for tokens in documents for word in set(tokens))
    pairs = Counter(pair for tokens in documents[:: max(1, len(documents) // 5000)] for pair in set(pairwise(tokens)))
    band = _Bands(frequencies, len(documents), chance)
    common_pairs = [pair for pair, _ in pairs.most_common(queries)]
    return {
        "rare: a word in .1%": [Question("term", (word,)) for word in band.words(0.0007, 0.0015, queries)],
        "common: a word in 10% and more": [Question("term", (word,)) for word in band.words(0.10, 1, queries)],
        "and: two words in 10% and more": [Question("and", pair) for pair in band.groups(0.10, 1, 2, queries)],
        "or: five words in 5% to 20%": [Question("or", group) for group in band.groups(0.05, 0.20, 5, queries)],
        "and: a rare and a common word": [
            Question("and", pair) for pair in zip(band.words(0.001, 0.01, queries), band.words(0.1, 1, queries), strict=False)
        ],
        "phrase: the most frequent pairs": [Question("phrase", pair) for pair in common_pairs],
        "phrase: pairs of frequent words": [Question("phrase", pair) for pair, _ in pairs.most_common(queries * 20)[queries::19]],
        "prefix: one or two characters": [
            Question("prefix", (word[:2] if word.isascii() else word[0],)) for word in band.words(0.001, 0.02, queries)
        ],
        "a word in 1% to 10%": [Question("term", (word,)) for word in band.words(0.01, 0.10, queries)],
        "and: two words in 1% to 10%": [Question("and", pair) for pair in band.groups(0.01, 0.10, 2, queries)],
    }


class _Bands:
    """Words by the share of documents that have them."""

    def __init__(self, frequencies: Mapping[str, int], documents: int, chance: random.Random) -> None:
        self._shares = sorted((count / documents, word) for word, count in frequencies.items())
        self._chance = chance

    def words(self, low: float, high: float, count: int) -> list[str]:
        inside = [word for share, word in self._shares if low <= share <= high]
        return self._chance.sample(inside, min(count, len(inside)))

    def groups(self, low: float, high: float, size: int, count: int) -> list[tuple[str, ...]]:
        inside = [word for share, word in self._shares if low <= share <= high]
        return [tuple(self._chance.sample(inside, size)) for _ in range(count)] if len(inside) >= size else []


# The engines


def _engines(options: argparse.Namespace) -> dict[str, Callable[[Sequence[Tokens], Path], Engine]]:
    peers = {"whoosh": _whoosh, "tantivy": _tantivy, "bm25s": _bm25s, "sqlite": _sqlite}
    ours = {"searcher": _searcher, "searcher, first": _searcher_first, "searcher, opened": _searcher_opened}
    return {**ours, **{name: peers[name] for name in options.peers.split(",") if name}}


def _searcher(documents: Sequence[Tokens], folder: Path) -> Engine:
    from searcher.engine import Record, Store, Terms

    store = Store.create(folder / "searcher", {})
    with store.writer() as writer:
        for number, tokens in enumerate(documents):
            writer.add(Record(str(number), {"text": Terms(tokens, range(len(tokens)))}))
    snapshot = store.snapshot()

    def ask(question: Question) -> Callable[[], Answer]:
        request = _request(question)
        return lambda: snapshot.search(request, limit=10).total

    return ask


def _searcher_first(documents: Sequence[Tokens], folder: Path) -> Engine:
    """The index that `_searcher` made, each time with a reader that keeps nothing but what one other question needed."""
    from searcher.engine import Store

    segments = Store.open(folder / "searcher").snapshot().segments
    return _asked_second(documents, lambda: segments)


def _searcher_opened(documents: Sequence[Tokens], folder: Path) -> Engine:
    """The same, each time with files that were just opened, too."""
    from searcher.engine import Store

    return _asked_second(documents, lambda: Store.open(folder / "searcher").snapshot().segments)


def _asked_second(documents: Sequence[Tokens], segments: Callable[[], Any]) -> Engine:
    """Asks through a reader of its own each time, after one other question."""
    from searcher.engine.ranking.evaluator import search
    from searcher.engine.reading.cache import Cache
    from searcher.engine.reading.reader import CAPACITY, Reader

    other = _request(Question("term", (documents[0][0],)))

    def ask(question: Question) -> Callable[[], Answer]:
        request = _request(question)
        readers = [Reader(segments(), Cache(CAPACITY)) for _ in range(ROUNDS)]
        for reader in readers:
            search(reader, other, 10)
        return lambda: search(readers.pop(), request, 10)[0]

    return ask


def _request(question: Question) -> Any:
    from searcher.engine import AllOf, Alternative, AnyOf, Feature, Prefix, Request, Run, Term

    fields = ("text",)
    if question.kind == "phrase":
        run = Run(fields, question.words, tuple(range(len(question.words))))
        return Request(run, (Feature((Alternative(run),)),))
    if question.kind == "prefix":
        prefix = Prefix(fields, question.words[0])
        return Request(prefix, (Feature((Alternative(prefix),)),))
    terms = tuple(Term(fields, word) for word in question.words)
    match = terms[0] if question.kind == "term" else AnyOf(terms) if question.kind == "or" else AllOf(terms)
    return Request(match, tuple(Feature((Alternative(term),)) for term in terms))


def _whoosh(documents: Sequence[Tokens], folder: Path) -> Engine:
    from whoosh import fields, index, query
    from whoosh.analysis import RegexTokenizer

    place = folder / "whoosh"
    place.mkdir()
    made = index.create_in(str(place), fields.Schema(text=fields.TEXT(analyzer=RegexTokenizer(r"\S+"), phrase=True)))
    writer = made.writer(limitmb=512)
    for tokens in documents[: len(documents) // 10]:
        writer.add_document(text=" ".join(tokens))
    writer.commit()
    searcher = made.searcher()

    def ask(question: Question) -> Callable[[], Answer]:
        terms = [query.Term("text", word) for word in question.words]
        asked = {
            "term": lambda: terms[0],
            "and": lambda: query.And(terms),
            "or": lambda: query.Or(terms),
            "phrase": lambda: query.Phrase("text", list(question.words)),
            "prefix": lambda: query.Prefix("text", question.words[0]),
        }[question.kind]()
        return lambda: len(searcher.search(asked, limit=10))

    return ask


def _tantivy(documents: Sequence[Tokens], folder: Path) -> Engine:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="whitespace", index_option="position").build()
    place = folder / "tantivy"
    place.mkdir()
    made = tantivy.Index(schema, path=str(place))
    writer = made.writer(256_000_000, num_threads=1)
    for tokens in documents:
        writer.add_document(tantivy.Document(text=" ".join(tokens)))
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    searcher: Any = made.searcher()  # its stub knows no count

    def ask(question: Question) -> Callable[[], Answer]:
        terms = [tantivy.Query.term_query(schema, "text", word) for word in question.words]
        if question.kind == "term":
            asked = terms[0]
        elif question.kind == "phrase":
            asked = tantivy.Query.phrase_query(schema, "text", list(question.words))
        elif question.kind == "prefix":
            asked = tantivy.Query.regex_query(schema, "text", question.words[0] + ".*")
        else:
            occur = tantivy.Occur.Must if question.kind == "and" else tantivy.Occur.Should
            asked = tantivy.Query.boolean_query([(occur, term) for term in terms])
        return lambda: int(searcher.search(asked, 10, count=True).count)

    return ask


def _bm25s(documents: Sequence[Tokens], folder: Path) -> Engine:
    import bm25s

    made = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    made.index(documents, show_progress=False)

    def ask(question: Question) -> Callable[[], Answer] | None:
        if question.kind not in ("term", "or"):
            return None

        def answer() -> None:
            made.retrieve([list(question.words)], k=10, show_progress=False)

        return answer

    return ask


def _sqlite(documents: Sequence[Tokens], folder: Path) -> Engine:
    database = sqlite3.connect(folder / "fts5.db")
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')")
    database.executemany(
        "INSERT INTO passages(rowid, text) VALUES (?, ?)", ((i, " ".join(tokens)) for i, tokens in enumerate(documents, 1))
    )
    database.execute("INSERT INTO passages(passages) VALUES ('optimize')")
    database.commit()

    def ask(question: Question) -> Callable[[], Answer]:
        quoted = [f'"{word}"' for word in question.words]
        joined = {"term": " ", "and": " AND ", "or": " OR ", "phrase": " + ", "prefix": " "}[question.kind].join(quoted)
        asked = joined + "*" if question.kind == "prefix" else joined

        def answer() -> int:
            database.execute("SELECT rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10", (asked,)).fetchall()
            return int(database.execute("SELECT count(*) FROM passages WHERE passages MATCH ?", (asked,)).fetchone()[0])

        return answer

    return ask


# Measuring


Cell: TypeAlias = "tuple[float, float, int | None] | None"
"""Median and 99th percentile in milliseconds, and how many documents matched in all."""


def _measured(
    documents: Sequence[Tokens], classes: Mapping[str, Sequence[Question]], options: argparse.Namespace, folder: Path
) -> dict[str, list[Cell]]:
    columns = {}
    for name, build in _engines(options).items():
        started = time.perf_counter()
        ask = build(documents, folder)
        if "," not in name:  # the others ask the same index
            print(f"{name}: indexed in {time.perf_counter() - started:.1f} s", file=sys.stderr)
        columns[name] = [_timed(map(ask, questions)) for questions in classes.values()]
    return columns


def _timed(calls: Iterable[Callable[[], Answer] | None]) -> Cell:
    best, total = [], 0
    for call in calls:
        if call is None:
            return None
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            found = call()
            times.append(time.perf_counter() - started)
        best.append(min(times) * 1000)
        total = -1 if found is None or total < 0 else total + found
    best.sort()
    return (best[len(best) // 2], best[min(len(best) - 1, len(best) * 99 // 100)], None if total < 0 else total) if best else None


def _print_table(classes: Mapping[str, Sequence[Question]], columns: Mapping[str, Sequence[Cell]]) -> None:
    print(f"\n{'milliseconds: p50 / p99':34}" + "".join(f"{name:>18}" for name in columns) + "  matches in all")
    for row, name in enumerate(classes):
        cells = {engine: column[row] for engine, column in columns.items()}
        print(f"{name:34}" + "".join(f"{_written(cell):>18}" for cell in cells.values()) + f"  {_matches(cells)}")
    if "whoosh" in columns:
        print("whoosh: on a tenth of the documents")


def _written(cell: Cell) -> str:
    return f"{cell[0]:.3f} / {cell[1]:.3f}" if cell else "—"


def _matches(cells: Mapping[str, Cell]) -> str:
    """What the engines that count found; all numbers where they differ (a prefix of more terms than the limit)."""
    found = dict.fromkeys(cell[2] for name, cell in cells.items() if cell and cell[2] is not None and name != "whoosh")
    return ", ".join(f"{count:,}" for count in found)


if __name__ == "__main__":
    main()

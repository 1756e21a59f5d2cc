"""How long does a query take in the library (and so in the REPL) on 60,000 documents, with ten hits and their passages?

    python -m benchmarks.latency articles.jsonl.xz --by-kind
    python -m benchmarks.latency - --index index

Texts are cut into documents of 200 to 6,400 characters; where they end, they begin anew with every 20th Han character replaced, so that
the vocabulary goes on growing. `--index` keeps the index in a folder, and where one is there already, asks that: no corpus is read then.

The mix of queries, all drawn from the documents themselves: of 20, 8 are a run of two to six characters, 5 two runs with a space between,
2 a run in quotes, 2 a title, 2 a question about one or two runs, 1 a pasted passage of 30 to 150 characters.
Each is asked once ("first", its terms mostly new to the process) and, when all have been asked, once more ("again");
with ten hits and up to three passages each, as the program asks, and with ten hits alone. Wall times of one process, which has answered
another query before: `benchmarks.product` measures one that starts.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from statistics import quantiles

from benchmarks.corpus import endless_rows, parser
from benchmarks.machine import machine
from searcher import Index

LENGTHS = (200, 400, 800, 1600, 3200, 6400)
RUN = re.compile(r"[\u4e00-\u9fff]{4,}")
FILE = 2_000  # documents
MIX = ("run",) * 8 + ("pair",) * 5 + ("quoted",) * 2 + ("title",) * 2 + ("question",) * 2 + ("passage",)


def main() -> None:
    options = _options()
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.index or Path(scratch) / "index"
        if not folder.exists():
            build(options.corpus, folder, options.documents, options.workers)
        with Index.open(folder) as index:
            rows = [(document.title, document.text) for document in islice(index, 0, None, 50)]
            print(f"# {len(index):,} documents, {sum(len(text) for _, text in rows) / len(rows):,.0f} characters each")
        queries = list(made_queries(rows, options.queries))
        for snippets, what in ((3, "10 hits with passages"), (0, "10 hits without")):
            with Index.open(folder) as index:
                index.search("软件")
                for turn in ("first", "again"):
                    times = [(kind, latency(index, query, snippets)) for kind, query in queries]
                    show_kinds(f"{what}, {turn}", times, by_kind=options.by_kind)


def build(corpus: Path, folder: Path, documents: int, workers: int) -> None:
    """Index the documents from files, as a user would."""
    with tempfile.TemporaryDirectory() as files, Index.create(folder) as index:
        made = islice(made_documents(corpus), documents)
        for number in count():
            lines = [json.dumps(row) for row in islice(made, FILE)]
            if not lines:
                break
            Path(files, f"{number:05}.jsonl").write_text("\n".join(lines), "utf-8")
        index.sync([files], workers=workers)


def made_documents(corpus: Path) -> Iterator[dict[str, str]]:
    """Documents without end."""
    chosen = random.Random(1)
    for row in endless_rows(corpus):
        text, start = row["text"], 0
        while start < len(text):
            end = start + chosen.choice(LENGTHS)
            yield {"title": row.get("title") or text[:20], "text": text[start:end]}
            start = end


def made_queries(rows: Sequence[tuple[str, str]], number: int) -> Iterator[tuple[str, str]]:
    """(kind, query), in the mix described above, the same every time."""
    check_runs(text for _, text in rows)
    chosen = random.Random(1)
    while number:
        title, text = chosen.choice(rows)
        runs = RUN.findall(text)
        if runs:
            kind = chosen.choice(MIX)
            yield kind, _query(chosen, kind, title, text, runs)
            number -= 1


def check_runs(texts: Iterable[str]) -> None:
    """Ends the program where nothing can be asked: queries are cut from runs of Han characters."""
    if not any(map(RUN.search, texts)):
        raise SystemExit("no document has four Han characters in a row, which queries are made of")


def _query(chosen: random.Random, kind: str, title: str, text: str, runs: Sequence[str]) -> str:
    one, other = (_cut(chosen, chosen.choice(runs)) for _ in range(2))
    start = chosen.randrange(max(1, len(text) - 150))
    return {
        "run": one,
        "pair": f"{one} {other}",
        "quoted": f"“{one}”",
        "title": title,
        "question": chosen.choice([f"{one}是什么？", f"为什么{one}会影响{other}？", f"如何理解{one}与{other}的关系"]),
        "passage": text[start : start + chosen.randint(30, 150)],
    }[kind]


def _cut(chosen: random.Random, run: str) -> str:
    length = chosen.randint(2, min(6, len(run)))
    start = chosen.randint(0, len(run) - length)
    return run[start : start + length]


def latency(index: Index, query: str, snippets: int) -> float:
    """Milliseconds of one search."""
    started = time.perf_counter()
    index.search(query, snippets=snippets)
    return (time.perf_counter() - started) * 1000


def show_kinds(what: str, times: Sequence[tuple[str, float]], *, by_kind: bool) -> None:
    """Print the percentiles of all queries, and perhaps of each kind."""
    print(f"{what:34} {percentiles([time for _, time in times])}", flush=True)
    for kind in dict.fromkeys(MIX) if by_kind else ():
        print(f"    {kind:30} {percentiles([time for other, time in times if other == kind])}", flush=True)


def percentiles(times: Sequence[float]) -> str:
    """Half, nine tenths and 99 hundredths of the times, which are in milliseconds; two at least."""
    cuts = quantiles(times, n=100, method="inclusive")
    return f"p50 {cuts[49]:.1f} ms, p90 {cuts[89]:.1f} ms, p99 {cuts[98]:.1f} ms"


def _options() -> argparse.Namespace:
    options = parser(__doc__)
    options.add_argument("--documents", type=int, default=60_000, help="so many are indexed (default: %(default)s)")
    options.add_argument("--queries", type=int, default=300, help="so many are asked (default: %(default)s)")
    options.add_argument("--index", type=Path, help="make the index here, or ask the one that is here")
    options.add_argument("--workers", type=int, default=2, help="processes that index (default: %(default)s)")
    options.add_argument("--by-kind", action="store_true", help="each kind of query by itself, too")
    return options.parse_args()


if __name__ == "__main__":
    main()

"""How good is the ranking? Judged queries through the public library: nDCG@10, MRR@10, R@100 for the default and named variants.

    python -m benchmarks.quality FOLDER [--sets cmrc,…] [--variants default,words,…] [--queries 800] [--limit 10]
                                 [--regions mdn=FILE …] [--cache FOLDER] [--results FILE]

With --results, what was measured is kept in FILE, line by line, and not measured again: an interrupted run goes on. At the end one table
has all of it, a row for each set, a column for each variant.
FOLDER holds the sets, as described in judged.py. Indexes are kept in the cache folder and used again while the analysis is the same.
A set must not be helped by pairs that were mined from itself: `--regions mdn=FILE` takes FILE, made by tables/making/mining without mdn,
in the place of the mined table for the sets whose names begin with mdn.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import fmean
from tempfile import gettempdir
from typing import Any

from benchmarks.quality.judged import KNOWN, JudgedSet, read_passages, read_set
from benchmarks.quality.measures import ndcg, recall, reciprocal_rank
from searcher import Index
from searcher.engine import FieldWeight
from searcher.plans import compounds, forms
from searcher.plans.ranking import Weights, bm25f
from searcher.text import analysis, views
from searcher.vocabulary import regions

DEPTH = 100
TABLES = regions.TABLES


def variants() -> dict[str, dict[str, Any]]:
    """Options of `Index.search` by name."""
    untitled = bm25f()
    no_title = {**untitled.fields, views.TITLE_WORDS: FieldWeight(0.0), views.TITLE_GRAMS: FieldWeight(0.0)}
    average = {**untitled.fields, views.TITLE_WORDS: FieldWeight(1.0, 0.3), views.TITLE_GRAMS: FieldWeight(1.0, 0.3)}
    even = dict.fromkeys(untitled.fields, FieldWeight(1.0, 0.75))
    plain: dict[str, Any] = {
        "title": 0.0,
        "near": 0.0,
        "character": 0.0,
        "work": 0.0,
        "version": 1.0,
        "letters": 1.0,
        "natural_gram": 1.0,
        "stated_gram": 1.0,
        "share": 0.0,
        "known": 0.0,
        "bm25f": replace(untitled, fields=even),
    }
    return {
        "default": {},
        "plain words": {"weights": Weights(gram=0.0, **plain), "expand": False},
        "plain words and pairs": {"weights": Weights(gram=1.0, **plain), "expand": False},
        "no nearness": {"weights": Weights(near=0.0)},
        "no characters": {"weights": Weights(character=0.0)},
        "no works": {"weights": Weights(work=0.0)},
        "words": {"weights": Weights(gram=0.0)},
        "grams": {"weights": Weights(word=0.0)},
        "no expansion": {"expand": False},
        "no title": {"weights": Weights(title=0.0, bm25f=replace(untitled, fields=no_title))},
        "title as text": {"weights": Weights(title=0.0)},
        "average title": {"weights": Weights(bm25f=replace(untitled, fields=average))},
        "strict": {"strict": True},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="holds the sets")
    parser.add_argument("--sets", default=",".join(KNOWN), help="which, by commas (default: all that are known)")
    parser.add_argument("--variants", default="default", help=f"by commas, of these: {', '.join(variants())} (default: %(default)s)")
    parser.add_argument("--queries", type=int, default=800, help="so many of each set at most (default: %(default)s)")
    parser.add_argument("--limit", type=int, default=DEPTH, help="how many hits are asked for (default: %(default)s)")
    parser.add_argument("--regions", action="append", default=[], metavar="KIND=FILE", help="region words for the sets of a kind")
    parser.add_argument("--results", type=Path, help="keep what was measured here, and go on from it")
    parser.add_argument("--cache", type=Path, default=Path(gettempdir()) / "searcher-quality", help="of indexes (default: %(default)s)")
    options = parser.parse_args()
    print(f"# {platform.machine()}, Python {platform.python_version()}; at most {options.queries} queries a set")
    print(f"{'set':28} {'variant':22} {'nDCG@10':>8} {'MRR@10':>8} {'R@100':>8} {'queries':>8} {'ms/query':>9}")
    rows = list(_kept(options.results))
    for name in options.sets.split(","):
        judged = read_set(options.folder, name, options.queries)
        _leave_out(name, dict(pair.split("=", 1) for pair in options.regions))
        known = {row.variant for row in rows if (row.set, row.queries) == (name, len(judged.queries))}
        with _index(judged, options.cache) as index:
            for variant in (variant for variant in options.variants.split(",") if variant not in known):
                rows.append(_row(judged, variant, index, options.limit))
                _keep(rows[-1], options.results)
                print(rows[-1].line(), flush=True)
    print("\n".join(table(rows)))


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one variant on one set."""

    set: str
    variant: str
    ndcg: float
    mrr: float
    recall: float
    queries: int
    ms: float

    def line(self) -> str:
        measured = f"{self.ndcg:8.4f} {self.mrr:8.4f} {self.recall:8.4f} {self.queries:8} {self.ms:9.2f}"
        return f"{self.set:28} {self.variant:22} {measured}"


def table(rows: Sequence[Row]) -> Iterator[str]:
    """nDCG@10 as a table in Markdown: the sets and variants in the order of the rows."""
    sets, variants = (list(dict.fromkeys(names)) for names in zip(*((row.set, row.variant) for row in rows), strict=True))
    found = {(row.set, row.variant): f"{row.ndcg:.3f}" for row in rows}
    yield f"\n| set | queries | {' | '.join(variants)} |\n| --- | --- |{' --- |' * len(variants)}"
    for name in sets:
        queries = next(row.queries for row in rows if row.set == name)
        yield f"| {name} | {queries} | {' | '.join(found.get((name, variant), '') for variant in variants)} |"


def _kept(file: Path | None) -> Iterator[Row]:
    """The rows that an earlier run has measured."""
    if file is not None and file.exists():
        yield from (Row(**json.loads(line)) for line in file.read_text("utf-8").splitlines())


def _keep(row: Row, file: Path | None) -> None:
    if file is not None:
        with file.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def _leave_out(name: str, others: dict[str, str]) -> None:
    """Takes the tables of region words that this set has no part in, and forgets what those of another set said."""
    forms._known_of_word.cache_clear()
    compounds.forms_by_parts.cache_clear()
    regions.expansions.cache_clear()
    mined = next((str(Path(file).resolve()) for kind, file in others.items() if name.startswith(kind)), regions.MINED)
    regions.TABLES = tuple(mined if table == regions.MINED else table for table in TABLES)


def _row(judged: JudgedSet, variant: str, index: Index, limit: int) -> Row:
    started = time.perf_counter()
    measured = list(_measured(judged, index, limit, variants()[variant]))
    each = (time.perf_counter() - started) * 1000 / len(measured)
    gain, first, found = (fmean(column) for column in zip(*measured, strict=True))
    return Row(judged.name, variant, gain, first, found, len(measured), each)


def _measured(judged: JudgedSet, index: Index, limit: int, options: dict[str, Any]) -> Iterator[tuple[float, float, float]]:
    for query, text in judged.queries.items():
        ranked = [hit.id for hit in index.search(text, limit=limit, snippets=0, **options)]
        relevant = judged.relevant[query]
        yield ndcg(ranked, relevant), reciprocal_rank(ranked, relevant), recall(ranked, relevant)


def _index(judged: JudgedSet, cache: Path) -> Index:
    """The index of a set's passages, made anew when the analysis or the passages have changed."""
    state = f"{judged.passages.resolve()} {judged.passages.stat().st_mtime_ns} {sorted(analysis.fingerprints().items())}"
    folder = cache / hashlib.sha256(state.encode()).hexdigest()[:16]
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = folder.with_suffix(".part")
        with Index.open_or_create(unfinished) as index:
            index.add(read_passages(judged.passages))
        unfinished.rename(folder)
    return Index.open(folder)


if __name__ == "__main__":
    main()

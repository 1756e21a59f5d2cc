"""Judged queries as they lie on disk: passages, queries and TREC relevance judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import read_rows
from searcher import Document


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Queries that go to passages; `queries` by id, `relevant` the relevant document ids of each query with their grade."""

    name: str
    passages: Path
    queries: dict[str, str]
    relevant: dict[str, dict[str, int]]


KNOWN = {
    "cmrc": ("cmrc/passages", "cmrc/queries", "cmrc/qrels"),
    "stard questions": ("stard/passages", "stard/queries", "stard/qrels"),
    "stard keywords": ("stard/passages", "stard/queries_keywords", "stard/qrels_keywords"),
    **{
        f"{kind} {here} {what} → {there}": (
            f"{kind}_cross/passages.{there}",
            f"{kind}_cross/queries.{here}.{what}",
            f"{kind}_cross/qrels.{here}.{what}",
        )
        for kind in ("mdn", "pydoc")
        for here, there in (("zh-cn", "zh-tw"), ("zh-tw", "zh-cn"))
        for what in ("title", "sent")
    },
}
"""The sets of the collection: where passages, queries and judgements lie, without their suffixes."""


def read_set(folder: Path, name: str, most: int | None) -> JudgedSet:
    """One set; `most` bounds its queries, spread evenly over the file so that every part of it is asked about."""
    passages, queries, judgements = KNOWN[name]
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    for line in _find(folder, judgements, ".tsv").read_text("utf-8").splitlines():
        query, _, document, grade = line.split("\t")
        if int(grade) > 0:
            relevant[query][document] = int(grade)
    texts = {row["qid"]: row["text"] for row in read_rows(_find(folder, queries, ".jsonl"))}
    asked = [query for query in texts if query in relevant]
    step = 1 if most is None else max(1, -(-len(asked) // most))
    return JudgedSet(name, _find(folder, passages, ".jsonl"), {query: texts[query] for query in asked[::step]}, dict(relevant))


def read_passages(path: Path) -> Iterator[Document]:
    for row in read_rows(path):
        yield Document(id=row["id"], title=row.get("title") or "", text=row["text"])


def _find(folder: Path, name: str, suffix: str) -> Path:
    for candidate in (f"{name}{suffix}", f"{name}{suffix}.xz", f"{name}{suffix}.gz"):
        if (folder / candidate).exists():
            return folder / candidate
    raise SystemExit(f"no {name}{suffix} in {folder}")

"""The measures of the benchmark against their definitions."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.measures import ndcg, recall, reciprocal_rank


def test_ndcg_by_hand() -> None:
    gained = 1 / math.log2(3) + 3 / math.log2(4)
    best = 3 / math.log2(2) + 1 / math.log2(3)
    assert ndcg(["x", "a", "b"], {"a": 1, "b": 2}) == pytest.approx(gained / best)
    assert ndcg(["x"], {"a": 1}) == 0
    assert ndcg(["x"] * 10 + ["a"], {"a": 1}) == 0


def test_reciprocal_rank_and_recall() -> None:
    assert reciprocal_rank(["x", "a", "b"], {"a": 1, "b": 1}) == 0.5
    assert reciprocal_rank([], {"a": 1}) == 0
    assert recall(["x", "a"], {"a": 1, "b": 1}) == 0.5


ids = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(ids, st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 3), min_size=1))
def test_measures_lie_between_nothing_and_one_and_the_best_order_is_one(ranked: list[str], relevant: dict[str, int]) -> None:
    for measure in (ndcg, reciprocal_rank, recall):
        assert 0 <= measure(ranked, relevant) <= 1 + 1e-9
    best = sorted(relevant, key=lambda document: -relevant[document])
    assert ndcg(best, relevant) == pytest.approx(1)
    assert recall(best, relevant) == reciprocal_rank(best, relevant) == 1


def test_an_interrupted_measurement_goes_on_and_gives_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "cmrc"
    folder.mkdir()
    passages = [{"id": "a", "title": "商汤", "text": "商汤科技的创始人。"}, {"id": "b", "title": "天气", "text": "今天天气很好。"}]
    (folder / "passages.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in passages), "utf-8")
    (folder / "queries.jsonl").write_text(json.dumps({"qid": "1", "text": "商汤的创始人是谁？"}, ensure_ascii=False), "utf-8")
    (folder / "qrels.tsv").write_text("1\t0\ta\t1\n", "utf-8")
    command = [sys.executable, "-m", "benchmarks.quality", str(tmp_path), "--sets", "cmrc", "--cache", str(tmp_path / "cache")]
    command += ["--results", str(tmp_path / "rows"), "--variants"]
    first, again = (
        subprocess.run([*command, variants], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent).stdout
        for variants in ("default", "default,no nearness")
    )
    assert "| cmrc | 1 | 1.000 |" in first
    assert "| cmrc | 1 | 1.000 | 1.000 |" in again
    assert [line.split()[1] for line in again.splitlines() if line.startswith("cmrc")] == ["no"], "what was measured is not measured again"


def test_typos_are_made_and_mended_the_same_way_every_time(tmp_path: Path) -> None:
    rows = [{"title": "", "text": "学生在学校里学习科学技术，老师教育孩子。"}] * 12
    (tmp_path / "corpus.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    command = [sys.executable, "-m", "benchmarks.quality.typos", str(tmp_path / "corpus.jsonl"), "--index", str(tmp_path / "index")]
    command += ["--words", "3", "--right-words", "5"]
    first, again = (
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent).stdout for _ in range(2)
    )
    assert first == again
    assert first.startswith("# 12 documents, 3 words\n")
    kinds = {line[:22].strip(): line[22:].split() for line in first.splitlines()[2:8]}
    assert kinds["looks alike"][0] == "3" and all(0 <= float(share) <= 100 for row in kinds.values() for share in row[1:])
    assert "frequent words" in first


def test_runs_are_found_in_both_scripts_where_words_trigrams_and_characters_miss_them(tmp_path: Path) -> None:
    rows = [{"text": "學生在學校裡學習科學技術"}, {"text": "讨论"}, {"text": "no Han character"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    command = [sys.executable, "-m", "benchmarks.recall", str(tmp_path / "corpus.jsonl")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent).stdout.splitlines()
    assert printed[1] == "2 runs, 2 of them in the other script"
    shares = {line[:30].strip(): tuple(map(float, line[30:].split())) for line in printed[3:]}
    assert shares["searcher"] == shares["searcher, in quotes"] == (100, 100)
    assert shares["the very characters, as grep"] == (100, 0)
    assert len(shares) == 5 and shares["SQLite FTS5, trigram"][1] == shares["Whoosh with jieba's analyzer"][1] == 0

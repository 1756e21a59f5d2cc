"""The measures of the benchmark against their definitions."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.measures import ndcg, recall, reciprocal_rank
from benchmarks.slips.drawing import SHAPES
from benchmarks.slips.spoiling import HAN_KINDS, LATIN_KINDS, spoiled
from searcher import Document, Index


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


def test_slips_are_made_and_mended_the_same_way_every_time(tmp_path: Path) -> None:
    """Of two words and a name of letters: what is mistyped in them is no right query, and what is right is offered nothing."""
    with Index.create(tmp_path / "index") as index:
        index.add(Document(str(number), "教育方法", f"第{number}则：学校教育，使用 Python 与 kubernetes。") for number in range(60))
    command = [sys.executable, "-m", "benchmarks.slips", str(tmp_path / "index"), "--each", "4", "--right-words", "5", "--show", ""]
    first, again = (
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent).stdout for _ in range(2)
    )
    assert first == again
    assert first.startswith("# 60 documents, ")
    rows = {line[:46].strip(): line[46:].split() for line in first.splitlines() if re.search(r"\d$", line[46:])}
    for name in (*HAN_KINDS, *LATIN_KINDS, *(f"= {shape}" for shape in SHAPES), "= all"):
        slips, first_share, among, wrong, nothing, fine = map(float, rows[name])
        assert not slips or first_share + wrong + nothing == pytest.approx(100, abs=0.2)
        assert first_share <= among <= 100 and fine <= nothing
    assert float(rows["letters: two swapped"][1]) > 50 and rows["letters: full width"][5] == "100.0"
    assert rows["a word"][1:] == ["0", "0.00"]


@pytest.mark.parametrize(
    ("kind", "term", "typed"),
    [
        ("another word that sounds the same", "人工智能", {"人工只能", "人工职能"}),
        ("one that sounds nearly so (zh z, n l, ng n)", "兰", {"郎", "浪", "朗", "南", "难", "男", "然", "燃", "染"}),
        ("one that looks alike (schoolbooks)", "未来", {"末来"}),
        ("one that looks alike (schoolbooks)", "來", {None}),
        ("one left out", "未来", {None}),
        ("one doubled", "標題", {"標標題", "標題題"}),
        ("two swapped", "教育", {"育教"}),
        ("Pinyin, written as one", "人工智能", {"rengongzhineng"}),
        ("Pinyin, word by word", "学习人工智能", {"xuexi rengongzhineng"}),
        ("Pinyin, syllable by syllable", "人工智能", {"ren gong zhi neng"}),
        ("Pinyin for a part", "学习人工智能", {"学习rengongzhineng", "xuexi人工智能"}),
        ("Pinyin for a part", "智能", {"智neng", "zhi能"}),
        ("Zhuyin on English keys", "你好", {"su3cl3"}),
        ("Zhuyin on English keys", "今天", {"rup wu0"}),
        ("letters: two swapped", "ab", {"ba"}),
        ("letters: a neighbouring key", "qq", {"qw"}),
        ("letters: full width", "ab", {"ａｂ"}),
    ],
)
def test_terms_are_mistyped_as_people_do(kind: str, term: str, typed: set[str | None]) -> None:
    made = {spoiled(Random(seed), {**HAN_KINDS, **LATIN_KINDS}[kind], term) for seed in range(50)}
    assert made and made <= typed


def test_answers_are_looked_for_in_what_is_shown(tmp_path: Path) -> None:
    said, filler = "甲魚体长可達二十公分。", "今天天气很好，没有别的事。" * 30
    asked = {"question": "甲魚體長可達多少公分？", "id": "1", "answers": [{"text": "二十 公分"}]}
    missed = {"question": "甲魚體長可達多少公分？", "id": "2", "answers": [{"text": "天气很差"}]}
    fish = {"title": "甲魚", "paragraphs": [{"context": filler, "qas": []}, {"context": said, "qas": [asked, missed]}]}
    others = [{"title": str(number), "paragraphs": [{"context": filler, "qas": []}]} for number in range(3)]
    (tmp_path / "questions.json").write_text(json.dumps({"data": [*others, fish]}), "utf-8")
    command = [sys.executable, "-m", "benchmarks.passages", str(tmp_path / "questions.json")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent).stdout.splitlines()
    assert printed[1].split() == ["questions.json", "4", "2", "1.000", "1.000", "0.500", "0.500", "0.500"]


def test_runs_are_found_in_both_scripts_where_words_trigrams_and_characters_miss_them(tmp_path: Path) -> None:
    rows = [{"text": "學生在學校裡學習科學技術"}, {"text": "讨论"}, {"text": "no Han character"}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    command = [sys.executable, "-m", "benchmarks.recall", str(tmp_path / "corpus.jsonl")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent).stdout.splitlines()
    assert printed[1:3] == ["3 documents, 30 characters", "2 runs, 2 of them in the other script"]
    shares = {line[:30].strip(): tuple(map(float, line[30:].split())) for line in printed[4:]}
    assert shares["searcher"] == shares["searcher, in quotes"] == (100, 100)
    assert shares["the very characters, as grep"] == (100, 0)
    assert len(shares) == 5 and shares["SQLite FTS5, trigram"][1] == shares["Whoosh with jieba's analyzer"][1] == 0

"""What the benchmarks read: a corpus without end, whose rounds have other words."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import EVERY, HAN, changed, endless_rows, passages, read_rows

texts = st.text(st.sampled_from("中文检索abc，。 \n"), max_size=200)


@given(texts, st.integers(1, 100))
def test_one_in_so_many_han_characters_is_another_in_later_rounds(text: str, round: int) -> None:
    other = changed(text, round)
    may_change = [match.start() for match in HAN.finditer(text)][::EVERY]
    assert len(other) == len(text)
    assert {place for place in range(len(text)) if other[place] != text[place]} <= set(may_change)
    assert all(HAN.match(other[place]) for place in may_change)
    assert changed(text, 0) == text


@given(texts, st.integers(0, 50))
def test_passages_are_the_text(text: str, length: int) -> None:
    cut = list(passages(iter([text, text]), length))
    assert "".join(cut) == text + text
    assert all(len(one) <= length for one in cut if length)


def test_a_corpus_begins_anew_with_other_words(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"title": text, "text": text}) + "\n" for text in ("龘龘", "abc")), "utf-8")
    rows = list(islice(endless_rows(corpus), 5))
    assert [row["title"] for row in rows] == ["龘龘", "abc", "龘龘", "abc", "龘龘"]
    assert [row["text"] for row in rows][1::2] == ["abc", "abc"]
    assert len({row["text"] for row in rows[::2]}) == 3


def test_a_folder_is_a_corpus_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 題目\n\n正文。\n", "utf-8")
    (tmp_path / "b.txt").write_text("", "utf-8")
    (tmp_path / "c.jsonl").write_text('{"title": "三", "text": "字"}\n', "utf-8")
    (tmp_path / "d.bin").write_bytes(bytes(range(256)))
    rows = list(read_rows(tmp_path))
    assert [row["title"] for row in rows] == ["題目", "三"]
    assert "正文。" in rows[0]["text"]


def test_a_row_without_a_text_is_named(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"text": "字"}\n{"content": "字"}\n', "utf-8")
    rows = read_rows(corpus)
    assert next(rows)["text"] == "字"
    with pytest.raises(SystemExit, match="line 2"):
        next(rows)

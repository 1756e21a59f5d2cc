"""What the benchmarks read: a corpus without end, whose rounds have other words."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import EVERY, HAN, changed, endless_rows, passages

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

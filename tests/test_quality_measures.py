"""The measures of the benchmark against their definitions."""

from __future__ import annotations

import math

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

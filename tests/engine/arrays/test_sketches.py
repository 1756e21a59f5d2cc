"""How alike two texts are, told by their sketches."""

from __future__ import annotations

import random
from contextlib import nullcontext
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.engine import sketch_of
from searcher.engine.arrays import sketches
from searcher.engine.arrays.sketches import SHORT
from searcher.engine.fields import MISSING
from searcher.text.analysis import analyze
from searcher.text.pairs import NOTHING, Pairs
from tests.engine.drawing import pairs

LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜"


def sketch(text: str) -> int:
    return sketch_of(analyze(text).grams)


def bits_between(first: int, second: int) -> int:
    return bin((first ^ second) & (1 << 64) - 1).count("1")


def passage(seed: int, length: int = 2000) -> str:
    return "".join(random.Random(seed).choices(LETTERS, k=length))


@given(pairs(), pairs())
def test_a_sketch_is_a_signed_number_of_64_bits_that_grams_alone_decide(one: Pairs, other: Pairs) -> None:
    assert -(2**63) <= sketch_of(one) < 2**63
    if "".join(one.texts) == "".join(other.texts):
        assert sketch_of(one) == sketch_of(other)
    assert sketch_of(one) == sketch_of(replace(one, first=one.first + 7))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", -5426141060434712860),
        ("第三条 违反前款规定的，处以五千元以上二万元以下的罚款。", -7284201969772963644),
        ("5G 與 node.js，AI。" * 3, 2275240157487384347),
        (LETTERS * 40, 2936996652032560043),
    ],
)
def test_a_sketch_stays_what_it_is(text: str, expected: int) -> None:
    """Indexes hold them: documents of two versions are compared."""
    assert sketch(text) == expected


@given(
    st.lists(st.sampled_from((0, 1, 63, 127, -1, -(2**63), 2**62, 12345)), max_size=12),
    st.integers(0, 8),
    st.integers(0, 12),
    st.booleans(),
)
def test_near_pairs_are_those_that_differ_in_few_bits(numbers: list[int], bits: int, within: int, old: bool) -> None:
    with patch.object(sketches, "_BITS", None) if old else nullcontext():
        found = sketches.near_pairs(np.array(numbers, np.int64), bits, within)
    expected = [
        (low, high)
        for high, second in enumerate(numbers)
        for low, first in enumerate(numbers[:high])
        if high - low <= within and MISSING not in (first, second) and bits_between(first, second) <= bits
    ]
    assert found == expected


def test_texts_in_two_scripts_have_one_sketch() -> None:
    simplified, traditional = "软件的质量由测试保证，" * 40 + passage(1), "軟件的質量由測試保證，" * 40 + passage(1)
    assert sketch(simplified) == sketch(traditional)
    assert sketch("软件") == sketch("軟件")


def test_what_is_repeated_or_moved_changes_little() -> None:
    first, second = passage(1), passage(2)
    assert bits_between(sketch(f"{first}。{second}"), sketch(f"{second}。{first}。{second}")) <= 2


@pytest.mark.parametrize("seed", range(20))
def test_unlike_texts_differ_in_about_half_of_the_bits(seed: int) -> None:
    texts = [chr(0x4E00 + number) for number in range(3000)]
    first, second = ("".join(random.Random(f"{seed} {part}").choices(texts, k=1500)) for part in "ab")
    assert 16 <= bits_between(sketch(first), sketch(second)) <= 48


@pytest.mark.parametrize("seed", range(20))
def test_a_text_with_another_header_differs_in_few(seed: int) -> None:
    text = passage(seed)
    assert bits_between(sketch(text), sketch(f"二〇一三年修正\n\n{text}，{text[300:340]}何")) <= 6


def test_a_short_text_is_near_to_no_other() -> None:
    article = "第三条 违反前款规定的，处以五千元以上二万元以下的罚款。"
    assert 0 < len(set(analyze(article).grams.texts)) < SHORT / 2
    assert bits_between(sketch(article), sketch(article.replace("五", "六"))) > 12
    assert sketch(article) == sketch(article.replace(" ", ""))


@pytest.mark.parametrize(("count", "is_short"), [(SHORT - 1, True), (SHORT, False)])
def test_a_text_is_short_below_its_bound(count: int, is_short: bool) -> None:
    """Of different characters each begins a run of its own, so that one other character makes three other runs."""
    text = [chr(0x4E00 + number) for number in range(count)]
    apart = bits_between(*(sketch_of(Pairs(NOTHING.join([*one, ""]))) for one in (text, [*text[:100], "龥", *text[101:]])))
    assert (apart > 16) == is_short

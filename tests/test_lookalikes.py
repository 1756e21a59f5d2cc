"""Which characters look alike: the table, and how it was made."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.suggestions.lookalikes import close_lookalikes, lookalikes
from searcher.tables.making.mining.lookalikes import Glyph, Likeness, alike_by_shape, known_pairs, lookalike_rows, read_glyphs
from searcher.text.folding import fold_script

TABLE = files("searcher.tables").joinpath("lookalikes.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").split("\n")[1:-1]]
CHARACTERS = sorted({character for row in ROWS for cell in row for character in cell})


def test_the_table_is_folded_and_ascending_and_small() -> None:
    assert len(ROWS) > 3_000
    assert [first for first, _, _ in ROWS] == sorted({first for first, _, _ in ROWS})
    for first, close, others in ROWS:
        assert len(first) == 1 and list(close) == sorted(set(close)) and list(others) == sorted(set(others))
        assert all(first < other for other in close + others) and set(close).isdisjoint(others)
    assert fold_script("".join(CHARACTERS)) == "".join(CHARACTERS)
    assert len(TABLE.read_bytes()) < 105_000


@pytest.mark.parametrize(("asked", "cells"), [(lookalikes, (1, 2)), (close_lookalikes, (1,))])
def test_what_looks_like_another_that_looks_like_it(asked: Callable[[str], str], cells: tuple[int, ...]) -> None:
    pairs = {(row[0], other) for row in ROWS for cell in cells for other in row[cell]}
    assert [(one, other) for one in CHARACTERS for other in sorted(asked(one))] == sorted({*pairs, *((two, one) for one, two in pairs)})


@given(st.characters())
def test_any_character_may_be_asked_for(character: str) -> None:
    assert bool(lookalikes(character)) == (character in CHARACTERS)


@pytest.mark.parametrize("pair", "苖苗 末未 己已 侍待 拔拨 侯候 署暑 曰日 土士 戌戍 入人 0o 1l 口ロ 亳毫 缴邀 晴睛 陪赔 刨剖".split())
def test_classic_confusions_are_known(pair: str) -> None:
    assert pair[1] in close_lookalikes(pair[0])


def test_the_pairs_known_by_hand_are_in_the_table() -> None:
    assert all(other in close_lookalikes(first) for first, other in known_pairs())


keys = st.text("ABCD", min_size=1, max_size=5)


@given(keys, st.lists(keys, min_size=1, max_size=6))
def test_keys_apart_are_counted_as_the_slow_way_counts_them(one: str, others: list[str]) -> None:
    measure = Likeness([_glyph("一", other) for other in others])
    assert measure._keys_apart(one).tolist() == [_apart(one, other) for other in others]


def _apart(one: str, other: str) -> int:
    """Keys that are others, left out, added, or swapped with the next."""
    if not one or not other:
        return max(len(one), len(other))
    least = min(_apart(one[1:], other) + 1, _apart(one, other[1:]) + 1, _apart(one[1:], other[1:]) + (one[0] != other[0]))
    return min(least, _apart(one[2:], other[2:]) + 1) if one[:2] == other[1::-1] and len(one) > 1 < len(other) else least


def _glyph(folded: str, keys: str, corners: str = "1234", strokes: int = 8, phonetic: str = "") -> Glyph:
    return Glyph(folded, keys, corners, strokes, frozenset(phonetic.split()))


GLYPHS = [
    _glyph("苗", "TW"),
    _glyph("苖", "TLW"),
    _glyph("师", "LLMB", "2102", 6),
    _glyph("师", "HRMLB", "2172", 10),
    _glyph("帅", "HRLB", "2472", 9),
]


def test_shapes_are_compared_glyph_by_glyph_and_the_most_alike_count() -> None:
    """師 looks like 帥 though 师 does not look like it; and a rare character looks like the common one that it is taken for."""
    assert alike_by_shape(GLYPHS) == {("帅", "师"): False, ("苖", "苗"): True}
    assert np.allclose([Likeness(GLYPHS).of(number)[number] for number in range(len(GLYPHS))], 1.9)


@given(st.permutations(GLYPHS))
def test_the_order_of_the_glyphs_changes_nothing(glyphs: list[Glyph]) -> None:
    assert lookalike_rows(glyphs) == lookalike_rows(GLYPHS)


def test_glyphs_are_read_from_unihan(tmp_path: Path) -> None:
    (tmp_path / "Unihan_DictionaryLikeData.txt").write_text(
        "# Unihan\nU+5E2B\tkCangjie\tHRMLB\nU+5E2B\tkFourCornerCode\t2172.7 2172\nU+5E2B\tkPhonetic\t1176 9*\nU+5E08\tkCangjie\tLLMB\n",
        "utf-8",
    )
    (tmp_path / "Unihan_IRGSources.txt").write_text("U+5E2B\tkTotalStrokes\t10 11\nU+5E08\tkTotalStrokes\t6\n", "utf-8")
    assert sorted(read_glyphs(tmp_path), key=lambda glyph: glyph.keys) == [
        Glyph("师", "HRMLB", "2172", 10, frozenset({"1176", "9"})),
        Glyph("师", "LLMB", "", 6, frozenset()),
    ]

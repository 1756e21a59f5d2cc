"""Letters are cut into syllables in every way that there is, and in no other."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.suggestions.readings import MOST_WAYS, can_sound_alike, syllables

ROWS = [line.split("\t") for line in files("searcher.tables").joinpath("readings.tsv").read_text("utf-8").split("\n")[1:-1]]
READINGS = {row[0]: row[1] for row in ROWS}


@cache
def cuts(letters: str) -> frozenset[tuple[str, ...]]:
    """Every way to cut letters into whole syllables, by trying all."""
    if not letters:
        return frozenset({()})
    heads = (letters[:size] for size in range(1, len(letters) + 1))
    return frozenset((head, *rest) for head in heads if head in READINGS for rest in cuts(letters[len(head) :]))


@given(st.lists(st.sampled_from(sorted(READINGS)), min_size=1, max_size=2).map("".join))
def test_whole_syllables_are_those_of_a_slow_search(letters: str) -> None:
    expected = sorted([READINGS[reading] for reading in way] for way in cuts(letters))
    found = syllables(letters)
    assert len(expected) <= MOST_WAYS and sorted(found) == expected
    assert [len(way) for way in found] == sorted(map(len, found)), "the fewest syllables first"


@given(st.text("abeghinosuvxz", min_size=1, max_size=8))
def test_only_the_last_syllable_may_be_unfinished(letters: str) -> None:
    for way in syllables(letters):
        assert all(way), "every syllable stands for a character"
        if not cuts(letters):
            assert any([READINGS[one] for one in head] == way[:-1] for end in range(len(letters)) for head in cuts(letters[:end]))


@pytest.mark.parametrize(("letters", "counts"), [("xian", [1, 2, 2, 3]), ("shangt", [2]), ("zhuangt", [2, 3]), ("xq", []), ("zzz", [])])
def test_how_many_syllables_there_may_be(letters: str, counts: list[int]) -> None:
    assert [len(way) for way in syllables(letters)] == counts


def test_what_sounds_alike() -> None:
    assert can_sound_alike("网络", "网落") and not can_sound_alike("网络", "网页") and not can_sound_alike("网络", "网")

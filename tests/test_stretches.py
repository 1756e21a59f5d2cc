"""What is found in stretches of a text is what is found in the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher import marking, stretches
from searcher.analysis import _CUT
from searcher.folding import _expanding_table, fold, fold_script, sources
from searcher.marking import Found, Pattern, Sought, found_in, pattern
from searcher.stretches import CUTS, Anchor, Excerpt, anchor, excerpt

HAN = [*"商湯汤科技后後国國發发株会會中", "㈱", "㍻", "か\u3099", "が", "한국"]
LETTERS = [*HAN, *"aBＡ5g1２mzé", "e\u0301", "ai", "㎡", "½", "ﬁ", "①", "ⅷ"]
BETWEEN = [*" \n\t　\xa0", *"，。、,;（(-.'/·！）…+#", "\n\n", "\r\n", "\u200b", "\ufe0f", "\u0301", "\u3099", "\ud800"]
TEXTS = st.lists(st.sampled_from([*LETTERS, *LETTERS, *BETWEEN]), max_size=80).map("".join)
WANTED = st.lists(st.lists(st.sampled_from([*LETTERS, *LETTERS, *BETWEEN]), min_size=1, max_size=5).map("".join), min_size=1, max_size=4)


@settings(max_examples=1500, deadline=None)
@given(TEXTS, WANTED, st.booleans())
@example("ab，啊㎡x", ["m2"], True)
@example("㈱会，株会", ["株会"], True)
@example("国\u200b会，国 会，國\n會，国\n\n会", ["国会"], True)
@example("，\u3099か，か\u3099", ["か", "が"], False)
@example("商，汤商汤，商汤，商", ["商汤", "汤商", "商"], True)
@example("\u3099\u0301商", ["\u3099\u0301"], False)
def test_stretches_hold_all_that_the_whole_text_holds(text: str, wanted: list[str], merge: bool) -> None:
    sought = pattern([Sought(typed, number) for number, typed in enumerate(wanted)], merge=merge)
    with _always():
        assert found_in(text, sought) == _found_in_the_whole(text, sought)


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.sampled_from(["商汤", "m", "国会", "2", "株"]))
def test_an_excerpt_is_cut_from_the_text(text: str, wanted: str) -> None:
    with _always():
        part = _excerpt(text, wanted)
    ends = [*(start - 1 for start in part.starts[1:]), len(part.text)]
    for start, end in zip(part.starts, ends, strict=False):
        first, last = part.place(start, end)
        assert start < end and text[first:last] == part.text[start:end]
    assert bool(part.starts) == bool(part.text)


def test_only_what_can_hold_something_is_taken() -> None:
    text = "没有的，" * 100 + "總部在香港的商湯科技，" + "也没有，" * 100
    assert _excerpt(text, "商汤科技") == Excerpt("商湯科技", [0], [406])
    assert _excerpt(text, "港", "商汤").text == "總部在香港的商湯科技，"


def test_what_stands_as_it_was_written_is_found_without_folding_the_text() -> None:
    text = "商湯科技，科技\n公司 商湯，商汤 " + "也没有，" * 100
    sought = pattern([Sought("商汤", 0), Sought("科技", 1)])
    expected = _found_in_the_whole(text, sought)
    with patch.object(marking, "fold", side_effect=AssertionError):
        assert found_in(text, sought) == expected
    across = "科\n技，科技\n商湯" + "也没有，" * 100
    assert found_in(across, sought) == _found_in_the_whole(across, sought)
    assert found_in(across, sought).marks == ((0, 3), (4, 9))


def test_where_there_are_too_many_stretches_all_of_the_text_is_taken() -> None:
    text = "商汤科技，" * 100
    assert _excerpt(text, "商汤") == Excerpt(text)


def test_places_between_the_same_cuts_have_one_stretch() -> None:
    """A text without cuts is searched to both its ends once, not at each place: of a million letters that took minutes."""
    before, behind = "abab " * 500, "amam，" * 500
    with patch.object(stretches, "_between_cuts", wraps=stretches._between_cuts) as searched:
        assert list(stretches._spans(before, _anchor("ab"))) == [(0, len(before))]
        assert searched.call_count == 1
        assert list(stretches._spans(before + behind, _anchor("am")))[:2] == [(0, len(before) + 5), (len(before) + 5, len(before) + 10)]
        assert [call.args[2] for call in searched.call_args_list[1:3]] == [0, len(before) + 5]


@pytest.mark.parametrize("sign", CUTS)
def test_texts_are_cut_where_documents_are(sign: str) -> None:
    assert _CUT.fullmatch(sign)


@pytest.mark.parametrize("character", ["国", "a", "m", "2", "会", "株", "(", "が", "é"])
def test_sources_are_all_characters_that_fold_to_one(character: str) -> None:
    every = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x30000))]
    folded = {one: fold_script(_expanding_table().get(one, one)) for one in every}
    alone, among = sources(character)
    assert set(alone) | set(among) == {one for one, text in folded.items() if character in text}
    assert all(folded[one] == character for one in alone)


def test_a_letter_that_can_be_composed_is_no_anchor() -> None:
    assert anchor(["が"]) is None
    assert _character("がかか", "が") == "か"


def test_the_anchor_is_no_common_character_and_no_letter_where_there_are_others() -> None:
    assert _character("的确", "a") == "的"
    assert _character("的用户") == "用"
    assert _character("ai", "芯片") == "芯"
    assert _character("ai") == "a"


def _excerpt(text: str, *chunks: str) -> Excerpt:
    return excerpt(text, [_anchor(*chunks)])


def _anchor(*chunks: str) -> Anchor:
    found = anchor(chunks)
    assert found is not None
    return found


def _character(*chunks: str) -> str:
    return _anchor(*chunks).character


@contextmanager
def _always() -> Iterator[None]:
    """Stretches are taken however short the text is."""
    with patch.multiple(stretches, APART=0.01, WORTH=0, FEW=0):
        yield


def _found_in_the_whole(text: str, pattern: Pattern) -> Found:
    """The oracle folds all of the text."""
    return found_in(text, Pattern(pattern.literals, pattern.merge))


def test_the_oracle_folds_all_of_the_text() -> None:
    sought = pattern([Sought("商汤", 0)])
    assert re.search("商汤", fold("商湯").text)
    assert _found_in_the_whole("商湯", sought).occurrences == [(0, 2, 0)]

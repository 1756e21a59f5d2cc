"""What is found in a text that is spelled like what is looked for is what is found in all of it, folded."""

from __future__ import annotations

import re
import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.passages import marking
from searcher.passages.literals import CUT, Sought
from searcher.passages.marking import Found, Pattern, found_in, held_in, marks, pattern
from searcher.text import analysis, respelling
from searcher.text.characters import DIGIT, LETTER, UNSPACED
from searcher.text.folding import IDEOGRAPH_CLASS, _expanding_table, fold, fold_script, sources
from searcher.text.respelling import _unusual, is_plain, respelled, spelling

HAN = [*"商湯汤科技后後国國發发株会會中", "㈱", "㍻", "か\u3099", "が", "ｶ", "カ", "한국", "㊥", "\u2f52"]
LETTERS = [*HAN, *"aBＡ5g1２mzéÉΣς", "e\u0301", "ai", "AI", "㎡", "½", "ﬁ", "①", "ⅷ"]
BETWEEN = [*" \n\t　\xa0", *"，。、,;（(-－.'/·！）…+＋#:：", "\n\n", "\r\n", "\u200b", "\ufe0f", "\u0301", "\u3099", "\ud800"]
USUAL = [*"商湯汤科技后後国國發发会會中カｶ", *"aBzéÉΣς5g1m", "ai", "AI", *" \n\t　\xa0，。、,（-－.'：:+＋#", "\n\n", "\r\n"]
PLAIN = [*"商湯汤科技后後国國發发会會中", *"aBzé5g1m", "ai", "AI", *"  \n\n，。、,（-.'：:+#", "\n\n", " \n"]
EVERY = tuple(chr(code) for code in (*range(0xD800), *range(0xE000, 0x30000)))


def _texts(letters: list[str], size: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(letters), max_size=size).map("".join)


TEXTS = _texts([*LETTERS, *LETTERS, *BETWEEN], 80) | _texts(USUAL, 80) | _texts(PLAIN, 80)
WANTED = st.lists(_texts([*LETTERS, *LETTERS, *BETWEEN], 5) | _texts(USUAL, 5), min_size=1, max_size=4)


@settings(max_examples=1500)
@given(TEXTS, WANTED, st.booleans(), st.sampled_from(["as it is", "prefix", "wildcard"]))
@example("ab，啊㎡x", ["m2"], True, "as it is")
@example("㈱会，株会", ["株会"], True, "as it is")
@example("国\u200b会，国 会，國\n會，国\n\n会", ["国会"], True, "as it is")
@example("，\u3099か，か\u3099", ["か", "が"], False, "as it is")
@example("商，汤商汤，商汤，商", ["商汤", "汤商", "商"], True, "as it is")
@example("商，\ufe0f汤\ufe0f，国 \ufe0f", ["汤", "国"], True, "as it is")
@example("\u3099\u0301商", ["\u3099\u0301"], False, "as it is")
@example("Ｃ＋＋，C++，c＋", ["c++"], True, "as it is")
@example("ΑΣ ας ΑΣ，", ["ας"], True, "prefix")
@example("湯 商", ["湯 "], False, "wildcard")
@example("covid－19，COVID：19", ["covid-19"], True, "as it is")
@example("国 \n会，国\n会，国\n\n会，国 a会，国 会", ["国会"], True, "as it is")
def test_all_is_found_that_the_folded_text_holds(text: str, wanted: list[str], merge: bool, way: str) -> None:
    literals = [
        Sought(typed + "*" * (way == "wildcard"), number, prefix=way == "prefix", wildcard=way == "wildcard")
        for number, typed in enumerate(wanted)
    ]
    sought = pattern(literals, merge=merge)
    with patch.object(marking, "PIECE", 1):
        assert found_in(text, sought) == _found_in_the_folded(text, sought)
        assert not is_plain(text) or found_in(text, sought, plain=True) == _found_in_the_folded(text, sought)


@settings(max_examples=500)
@given(TEXTS, WANTED, st.booleans())
@example("商商商", ["商", "商商"], True)
@example("½", ["1", "2"], True)
def test_marks_and_what_is_held_are_the_same_where_places_are_not_kept(text: str, wanted: list[str], merge: bool) -> None:
    sought = pattern([Sought(typed, number) for number, typed in enumerate(wanted)], merge=merge)
    found = found_in(text, sought)
    assert held_in(text, sought) == {number for _, _, number in found.occurrences}
    with patch.object(marking, "LONG", 0), patch.object(marking, "PIECE", 1):
        assert marks(text, sought) == found.marks


@pytest.mark.parametrize("sign", "，。、,;(")
def test_texts_are_cut_where_documents_are(sign: str) -> None:
    assert CUT.fullmatch(sign) and analysis._CUT.fullmatch(sign)


def test_only_the_piece_with_something_rare_is_folded() -> None:
    text = "也没有，" * 500 + "商\u200b湯，" + "商湯，" * 500
    sought = pattern([Sought("商汤", 0)])
    with patch.object(marking, "fold", side_effect=fold) as folding:
        assert found_in(text, sought) == _found_in_the_folded(text, sought)
    assert len(folding.call_args_list[0].args[0]) < 510


def test_what_stands_as_it_was_written_is_found_without_folding_the_text() -> None:
    text = "商湯科技，科技\n公司 商湯，商汤 ，AI AI 芯片，covid－19，科\n技，ai\n商湯"
    sought = pattern([*(Sought(typed, 0) for typed in ("商汤", "科技", "ai", "Ai芯片", "COVID-19")), Sought("a*", 1, wildcard=True)])
    expected = _found_in_the_folded(text, sought)
    with patch.object(marking, "fold", side_effect=AssertionError):
        assert found_in(text, sought) == expected
    assert {number for _, _, number in expected.occurrences} == set(range(6))


def test_a_plain_text_is_not_looked_at_again() -> None:
    text = "商湯科技 公司\nAI 芯片，商\n湯，ai"
    assert is_plain(text)
    for other in ("㎡", "Ａ", "\u200b", "\u3000", "\r\n", "\u3099", "ﬁ", "\u2028"):
        assert not is_plain(text + other)
    for typed in ("商汤", "ai"):
        sought = pattern([Sought(typed, 0)])
        expected = _found_in_the_folded(text, sought)
        with patch.multiple(respelling, _unusual=None, _gap=None):
            assert found_in(text, sought, plain=True) == expected
            assert len(expected.occurrences) == 2


def test_what_vanishes_beside_what_is_looked_for_takes_folding() -> None:
    runs, words = spelling(["商汤"]), spelling(["商汤", "ai"])
    assert respelled("商湯，\u200b科技", runs) is not None
    assert respelled("商湯\u200b，科技", runs) is None
    assert respelled("商湯 \u200b，科技", runs) is None
    assert respelled("商湯，\u200b科技", words) is None


@pytest.mark.parametrize("character", ["国", "a", "m", "2", "会", "株", "(", "が", "é"])
def test_sources_are_all_characters_that_fold_to_one(character: str) -> None:
    folded = {one: fold_script(_expanding_table().get(one, one)) for one in EVERY}
    alone, among = sources(character)
    assert set(alone) | set(among) == {one for one, text in folded.items() if character in text}
    assert all(folded[one] == character for one in alone)


NEWER = tuple(map(int, unicodedata.unidata_version.split("."))) > (15, 1, 0)
"""This Python makes letters small that the tables of folding do not know yet; no text that is looked for has one of them as another."""


def test_what_is_usual_folds_to_one_of_its_kind_and_so_does_its_small_letter() -> None:
    for character in filter(lambda one: not _unusual().match(one), EVERY):
        folded, small = fold(character).text, character.lower()
        assert len(folded) == len(small) == 1
        assert _kind(folded) == _kind(character) == _kind(small), character
        assert fold(small).text == folded or (NEWER and folded == character != small), character


def test_what_becomes_a_letter_a_to_z_or_a_digit_is_unusual_but_for_capitals() -> None:
    plain = re.compile("[a-z0-9]")
    assert not [one for one in EVERY if not one.isascii() and plain.search(fold(one).text) and not _unusual().match(one)]


def _kind(text: str) -> list[bool]:
    """Whether it is one letter of each class."""
    return [bool(re.fullmatch(f"[{letters}]", text)) for letters in (UNSPACED, LETTER, DIGIT, IDEOGRAPH_CLASS)]


def _found_in_the_folded(text: str, pattern: Pattern) -> Found:
    """The oracle folds all of the text."""
    with patch.object(marking, "respelled", return_value=None), patch.object(marking, "_pieces", lambda text: [(0, len(text))]):
        return found_in(text, pattern)

"""The classes of characters do not overlap, and agree with Unicode wherever a fixed table can."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

from searcher.plans.leaves import is_han
from searcher.text.characters import DIGIT, JOINER, LETTER, SPACE, UNSPACED, end_of_word, is_spaced
from searcher.text.folding import HAN_CLASS, IDEOGRAPH_CLASS, fold, is_ideograph
from searcher.text.usual import SEGMENTED

EVERY = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
COARSE = re.compile("[\u0600-\u1fff\u2c00-\u2fdf\ua000-\uabff\ud7b0-\ud7ff\ue000-\uf8ff\ufb50-\ufdff\U00010000-\U0010ffff]")


def members(character_class: str) -> set[str]:
    return set(re.findall(f"[{character_class}]", EVERY))


def test_the_classes_do_not_overlap() -> None:
    classes = [members(UNSPACED), members(LETTER), members(DIGIT), set(JOINER), set(re.findall(SPACE, EVERY))]
    for one, other in combinations(classes, 2):
        assert not one & other, sorted(one & other)


def test_letters_are_in_a_class() -> None:
    atoms = members(UNSPACED) | members(LETTER) | members(DIGIT)
    missing = [character for character in EVERY if character.isalpha() and character not in atoms and fold(character).text == character]
    assert not re.sub("[ˆ-ˬՙៗⸯ〱-〵〼]", "", "".join(missing)), "only signs that Unicode calls letters"
    assert set("09٣²①Ⅷ") & atoms == set("09٣")


def test_signs_and_spaces_are_in_no_class_outside_rare_blocks() -> None:
    atoms = members(UNSPACED) | members(LETTER) | members(DIGIT)
    signs = [character for character in atoms if unicodedata.category(character)[0] in "PZSC" and fold(character).text == character]
    assert not [sign for sign in signs if unicodedata.category(sign) != "Cn" and not COARSE.match(sign)]
    assert not atoms & set("，。！？、；：…—～「」『』（）《》【】·•™©®°%＄￥€①❶★→😀\u3000\xa0\u200b\ufffd\x00")


def test_han_is_unspaced_and_what_jieba_cuts_is_han() -> None:
    assert members(SEGMENTED) <= members(HAN_CLASS) <= members(UNSPACED)


def test_one_character_is_told_as_its_class_tells() -> None:
    for one, character_class in ((is_spaced, LETTER + DIGIT), (is_ideograph, IDEOGRAPH_CLASS)):
        assert set(filter(one, EVERY)) == members(character_class)
        assert not one("")


def test_where_words_go_on() -> None:
    text = "用Python3寫,é"
    assert [end_of_word(text, at) for at in range(len(text) + 1)] == [0, 1, 8, 8, 8, 8, 8, 8, 8, 9, 10, 11]
    assert [is_spaced(text, at) for at in range(len(text))] == [False, *[True] * 7, False, False, True]


def test_what_is_han_is_known_without_a_pattern_as_with_it() -> None:
    pattern = re.compile(f"[{HAN_CLASS}]")
    assert [c for c in map(chr, range(0x30000)) if is_han(c) != bool(pattern.match(c))] == []
    assert not is_han("")

"""The classes of characters do not overlap, and agree with Unicode wherever a fixed table can."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

from searcher.characters import DIGIT, JOINER, LETTER, SEGMENTED, SPACE, UNSPACED
from searcher.folding import HAN_CLASS, fold

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

"""The classes of characters do not overlap, and agree with Unicode wherever a fixed table can."""

from __future__ import annotations

import re
import unicodedata
from contextlib import ExitStack
from itertools import combinations
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.passages import literals, marking
from searcher.plans.leaves import is_han
from searcher.text import analysis, characters, segmentation
from searcher.text.characters import (
    DIGIT,
    JOINER,
    LETTER,
    SEGMENTED,
    SPACE,
    UNSPACED,
    end_of_word,
    is_plain,
    is_short_run,
    is_spaced,
    plain_words,
)
from searcher.text.folding import HAN_CLASS, fold

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


@settings(max_examples=300)
@given(st.text("一人工智慧能台发国会鿕商汤科技〇a1，", max_size=70))
def test_a_short_run_gives_what_the_patterns_give(text: str) -> None:
    """Runs of Han characters are analysed, cut and looked for without them."""

    def everything() -> tuple[object, ...]:
        sought = marking.pattern([marking.Sought(text, 0)])
        return (
            analysis.analyze(text),
            analysis.literal(fold(text).text),
            segmentation.word_spans(text),
            [one.chunks for one in sought.literals],
        )

    short = everything()
    with ExitStack() as stack:
        for room in (analysis, segmentation, literals):
            stack.enter_context(patch.object(room, "is_short_run", _never))
        assert everything() == short


@settings(max_examples=300)
@given(st.text("aaabz   A1_-é中\n", max_size=66) | st.lists(st.text("abz", min_size=1, max_size=9), max_size=8).map(" ".join))
def test_plain_words_give_what_the_patterns_give(text: str) -> None:
    """English terms are analysed and cut without them."""

    def everything() -> tuple[object, ...]:
        return analysis.analyze(text), analysis.literal(fold(text).text), segmentation.words(text)

    plain = everything()
    with patch.object(analysis, "plain_words", _none), patch.object(segmentation, "plain_words", _none):
        assert everything() == plain


@settings(max_examples=500)
@given(st.text(f"{characters.SIGNS}的人工智慧azCZ5g09+#-._%'/:@& \n\t，？!()[]^`{{~\x7f\x00é〇가", max_size=70))
def test_a_plain_text_gives_what_the_patterns_of_all_characters_give(text: str) -> None:
    """Words and numbers among Han characters."""

    def everything() -> tuple[object, ...]:
        folded = fold(text).text
        return analysis.analyze(text), analysis.literal(folded), segmentation.words(folded), segmentation.word_spans(folded)

    plain = everything()
    with patch.object(analysis, "is_plain", _never), patch.object(segmentation, "is_plain", _never):
        assert everything() == plain


def test_what_plain_texts_have_is_in_the_same_classes() -> None:
    atom, word = re.compile(f"[{UNSPACED}{LETTER}{DIGIT}]"), re.compile(f"[{SEGMENTED}]")
    for character in filter(is_plain, map(chr, range(0x30000))):
        assert bool(atom.match(character)) == bool(re.match(characters.PLAIN_ATOM, character))
        assert bool(word.match(character)) == bool(re.match(characters.PLAIN_HAN, character))
    assert not any(map(is_plain, ("é", "〇", "가", "㐀", "a" * 65))) and is_plain("第5条,c++。")


def test_what_plain_words_are() -> None:
    assert plain_words("software") == ["software"] and plain_words("artificial intelligence") == ["artificial", "intelligence"]
    assert not any(map(plain_words, ("", " ", "a ", " a", "a  b", "a\nb", "a b 1", "c++", "A", "é", "软件", "a" * 65)))


def _none(text: str) -> list[str]:
    return []


def test_what_a_short_run_is() -> None:
    assert is_short_run("人工智慧") and is_short_run("一" * 64)
    assert not any(map(is_short_run, ("", "一" * 65, "人 工", "人a", "〇一", "㐀", "人，", "가")))


def _never(text: str) -> bool:
    return False


def test_where_words_go_on() -> None:
    text = "用Python3寫,é"
    assert [end_of_word(text, at) for at in range(len(text) + 1)] == [0, 1, 8, 8, 8, 8, 8, 8, 8, 9, 10, 11]
    assert [is_spaced(text, at) for at in range(len(text))] == [False, *[True] * 7, False, False, True]


def test_what_is_han_is_known_without_a_pattern_as_with_it() -> None:
    pattern = re.compile(f"[{HAN_CLASS}]")
    assert [c for c in map(chr, range(0x30000)) if is_han(c) != bool(pattern.match(c))] == []
    assert not is_han("")

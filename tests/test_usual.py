"""What is said of short texts with the usual characters, for which no pattern of all letters is compiled, is what such patterns say."""

from __future__ import annotations

import re
from contextlib import ExitStack
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.passages import literals
from searcher.text import analysis, folding, segmentation
from searcher.text.characters import DIGIT, LETTER, UNSPACED
from searcher.text.folding import fold
from searcher.text.usual import PLAIN_ATOM, PLAIN_HAN, SEGMENTED, SIGNS, is_plain, is_short_run, plain_words


@settings(max_examples=300)
@given(st.text("一人工智慧能台发国会鿕商汤科技〇a1，", max_size=70))
def test_a_short_run_gives_what_the_patterns_give(text: str) -> None:
    """Runs of Han characters are analysed, cut and looked for without them."""

    def everything() -> tuple[object, ...]:
        folded = fold(text)
        return folded, analysis.analyze(text), analysis.literal(folded.text), segmentation.word_spans(text), _literals(text)

    short = everything()
    with ExitStack() as stack:
        for room in (folding, analysis, segmentation, literals):
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
@given(st.text(f"{SIGNS}的人工智慧azCZ5g09+#-._%'/:@& \n\t，？!()[]^`{{~\x7f\x00é〇가", max_size=70))
def test_a_plain_text_gives_what_the_patterns_of_all_characters_give(text: str) -> None:
    """Words and numbers among Han characters."""

    def everything() -> tuple[object, ...]:
        folded = fold(text).text
        words = segmentation.words(folded), segmentation.word_spans(folded)
        return analysis.analyze(text), analysis.literal(folded), analysis.atoms(folded), words, _literals(text)

    plain = everything()
    with ExitStack() as stack:
        for room in (analysis, segmentation, literals):
            stack.enter_context(patch.object(room, "is_plain", _never))
        assert everything() == plain


def test_what_plain_texts_have_is_in_the_same_classes() -> None:
    atom, word = re.compile(f"[{UNSPACED}{LETTER}{DIGIT}]"), re.compile(f"[{SEGMENTED}]")
    for character in filter(is_plain, map(chr, range(0x30000))):
        assert bool(atom.match(character)) == bool(re.match(PLAIN_ATOM, character))
        assert bool(word.match(character)) == bool(re.match(PLAIN_HAN, character))
    assert not any(map(is_plain, ("é", "〇", "가", "㐀", "a" * 65))) and is_plain("第5条,c++。")


def test_what_plain_words_are() -> None:
    assert plain_words("software") == ["software"] and plain_words("artificial intelligence") == ["artificial", "intelligence"]
    assert not any(map(plain_words, ("", " ", "a ", " a", "a  b", "a\nb", "a b 1", "c++", "A", "é", "软件", "a" * 65)))


def test_signs_at_the_end_belong_to_what_is_looked_for() -> None:
    said = {text: literals.literal_of(literals.Sought(text, 0)).sign for text in ("c++", "c#", "10%", "5‰", "c", "10", "电%", "c%")}
    assert said == {"c++": "++", "c#": "#", "10%": "%", "5‰": "‰", "c": "", "10": "", "电%": "", "c%": ""}


def _literals(text: str) -> list[tuple[object, ...]]:
    """What is looked for of a text, made anew: as it stands, and with other signs in it."""
    literals.literal_of.cache_clear()
    found = [literals.literal_of(literals.Sought(text, 0, across=across)) for across in (False, True)]
    return [(one.chunks, one.plain, one.alone, one.separators, one.sign) for one in found]


def _none(text: str) -> list[str]:
    return []


def test_what_a_short_run_is() -> None:
    assert is_short_run("人工智慧") and is_short_run("一" * 64)
    assert not any(map(is_short_run, ("", "一" * 65, "人 工", "人a", "〇一", "㐀", "人，", "가")))


def _never(text: str) -> bool:
    return False

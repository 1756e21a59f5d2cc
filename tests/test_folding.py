"""The laws of folding, over all of Unicode and all of OpenCC's lists, and the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from searcher.tables.making.fold import (
    CHARACTERS,
    SCRIPT_CHARACTERS,
    SCRIPT_PHRASES,
    Groups,
    compatible,
    encodable,
    expanding_rows,
    old_forms,
    script_fold,
    script_groups,
    unicode_fold,
)
from searcher.tables.making.opencc_lists import opencc_list
from searcher.text.folding import HAN_CLASS, IDEOGRAPH_CLASS, Folded, fingerprint, fold, fold_script, sources
from tests.patience import no_hang

CONVERSIONS = ("s2t", "s2tw", "s2hk", "t2s", "tw2s", "hk2s", "t2tw", "t2hk", "tw2t", "hk2t")
EVERY_CHARACTER = "".join(map(chr, range(0x110000)))
UNICODE = (15, 1, 0)  # the version that the tables were made with
PHRASE_LISTS = (*SCRIPT_PHRASES, "TWPhrases", "TWPhrasesRev", "HKPhrases", "HKPhrasesRev", "JPShinjitaiPhrases")

SHOWN = "商湯汤科技がかカｶﾞﾟ゛゜ー中国國の ㄅ가ㅏㄱ각㎡㍿①½ßﬁ…™ǰİŉέéeJαΐ aＡａ１。葛𠀀👩⺼⼀豈"
HIDDEN = (
    "\u0301\u0345\u0307\u0323\u0338\u3099\u0f73\n\r\t\u3000\xa0\u2028\x85\x0c\ud800\udc00"
    "\u200b\u200d\ufeff\u00ad\ufe0f\U000e0100\u202e\U000e0041\U0002f800\u115f\u3164"
)
tricky = st.sampled_from(SHOWN + HIDDEN)
texts = st.lists(tricky, max_size=24).map("".join) | st.text(max_size=12)


@lru_cache(maxsize=1)
def phrases() -> str:
    """Every phrase of OpenCC's lists, both sides, one a line."""
    sides = ([source, *targets] for name in PHRASE_LISTS for source, targets in opencc_list(name))
    return "\n".join(phrase for side in sides for phrase in side)


# The script fold


def test_the_script_fold_keeps_the_length_of_every_character() -> None:
    assert len(fold_script(EVERY_CHARACTER)) == len(EVERY_CHARACTER)


def test_the_script_fold_is_idempotent_on_every_character() -> None:
    once = fold_script(EVERY_CHARACTER)
    assert fold_script(once) == once


@given(texts, texts)
def test_the_script_fold_of_a_whole_is_that_of_its_parts(a: str, b: str) -> None:
    assert fold_script(a + b) == fold_script(a) + fold_script(b)


@pytest.mark.parametrize("conversion", CONVERSIONS)
def test_a_converted_text_folds_as_the_text_does(conversion: str) -> None:
    convert = OpenCC(conversion).convert
    assert fold_script(convert(phrases())) == fold_script(phrases())
    han = "\n".join(re.findall(f"[{IDEOGRAPH_CLASS}]", EVERY_CHARACTER))
    assert fold_script(convert(han)) == fold_script(han)


def test_every_character_folds_as_nfkc_and_case_folding_say() -> None:
    """For the characters that this Python knows and the tables do: a newer Unicode folds some that they leave as they are."""
    known = [c for c in CHARACTERS if unicodedata.category(c) != "Cn"]
    wrong = [c for c in known if len(compatible(c)) == 1 and fold_script(c) != fold_script(compatible(c))]
    newer = tuple(map(int, unicodedata.unidata_version.split("."))) > UNICODE
    assert [c for c in wrong if not (newer and fold_script(c) == c)] == []


def test_the_tables_hold_what_their_generator_gives() -> None:
    """But for what a newer or an older Unicode than the tables' has to say."""
    script, (one, _) = script_fold(), unicode_fold()
    assert {c: fold_script(c) for c in script if c not in one} == {c: to for c, to in script.items() if c not in one}
    table = dict(row.split("\t") for row in files("searcher.tables").joinpath("expand.tsv").read_text("utf-8").split("\n")[1:-1])
    generated = dict(expanding_rows())
    assert {c: generated[c] for c in table if unicodedata.category(c) != "Cn"} == {
        c: to for c, to in table.items() if unicodedata.category(c) != "Cn"
    }
    newer = set(generated) - set(table)
    assert all(unicodedata.unidata_version != ".".join(map(str, UNICODE)) and unicodedata.ucd_3_2_0.category(c) == "Cn" for c in newer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("商汤科技", "商湯科技"),
        ("看着", "看著"),
        ("卫星", "衞星"),
        ("妆", "粧"),
        ("图象", "圖像"),
        ("后来", "後來"),
        ("二〇二一", "二零二一"),
        ("ＡＩ５Ｇ", "ai5g"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("広島", "廣島"),
        ("大清㑹典", "大清會典"),
        ("髙逺", "高远"),
        ("隂阳", "陰陽"),
        ("⻅⻋⺠", "见车民"),
        ("⼀⼆", "一二"),
        ("\uf900", "豈"),
        ("\u3000\xa0", "  "),
        ("，", ","),
    ],
)
def test_what_a_reader_takes_for_the_same_folds_alike(one: str, other: str) -> None:
    assert fold_script(one) == fold_script(other)


@pytest.mark.parametrize(
    ("one", "other"), [("辩", "辨"), ("予", "豫"), ("欠", "缺"), ("已", "己"), ("末", "未"), ("ㄅ", "ㄆ"), ("は", "ば")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold_script(one) != fold_script(other)


def test_few_common_simplified_characters_are_merged() -> None:
    """Which is the price of the fold; nearly all are spellings of one word. GB 2312 holds 6,763 characters, half of them common."""
    common = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
    merged = len(common) - len(set(map(fold_script, common)))
    assert 0 < merged <= 36


# The whole fold


@settings(max_examples=400)
@given(texts)
@example("か\u200b゛")
@example("J\u030c")
@example("㍿ 株")
@example("か゛゛")
@example("\u1100 \u1161")
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once) == Folded(once)


def test_folding_again_changes_nothing_on_every_character_and_its_neighbours() -> None:
    for frame in ("{}", "中{}国", "か{}゛", "e{}\u0301"):
        for c in CHARACTERS[:0x10000]:
            if fold_script(c) != c or not c.isalnum():
                once = fold(frame.format(c)).text
                assert fold(once).text == once, ascii(c)


@settings(max_examples=300)
@given(texts)
def test_every_folded_character_came_from_a_part_of_the_original_that_gives_it(text: str) -> None:
    folded = fold(text)
    parts = [folded.original(at, at + 1) for at in range(len(folded.text))]
    for (start, end), character in zip(parts, folded.text, strict=True):
        assert 0 <= start < end <= len(text)
        assert character in fold(text[start:end]).text
    starts, ends = [start for start, _ in parts], [end for _, end in parts]
    assert starts == sorted(starts)
    assert ends == sorted(ends)


@settings(max_examples=300)
@given(texts, st.data())
def test_the_original_of_a_span_is_that_of_its_first_to_that_of_its_last_character(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.original(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        assert first == folded.original(start, start + 1)[0]
        assert last == folded.original(end - 1, end)[1]


@pytest.mark.parametrize(("table", "place"), [("fold.tsv", 0), ("expand.tsv", 1)])
def test_every_row_of_a_table_is_folded_by_and_led_back(table: str, place: int) -> None:
    """What folds to a character, alone or to several, is known of each of them."""
    head, *rows, end = (files("searcher.tables") / table).read_text("utf-8").split("\n")
    assert head.startswith("#\t") and not end and len(rows) > 800
    for row in rows:
        first, _, second = row.partition("\t")
        folded, origins = (second, first) if place else (first, second)
        assert all(fold_script(origin) == folded for origin in origins) if not place else fold(first).text == fold(second).text
        for character in fold_script(folded):
            assert set(origins) <= set(sources(character)[place]), row


@settings(max_examples=200)
@given(texts)
def test_without_layers_offsets_are_the_same(text: str) -> None:
    folded = fold(text)
    if not folded.layers:
        assert folded.text == fold_script(text)


@given(st.text(st.characters(max_codepoint=0xFFFF, codec="utf-8"), max_size=20))
def test_decomposed_text_folds_as_composed_text_does(text: str) -> None:
    text = "".join(c for c in text if unicodedata.ucd_3_2_0.category(c) != "Cn")
    assert fold(unicodedata.normalize("NFD", text)).text == fold(unicodedata.normalize("NFC", text)).text


@pytest.mark.parametrize(
    ("text", "folded", "part", "original"),
    [
        ("商湯科技", "商汤科技", (1, 2), (1, 2)),
        ("ＡＩ 晶\u200b片", "ai 晶片", (3, 5), (3, 6)),
        ("人工\n智慧", "人工智慧", (1, 3), (1, 4)),
        ("人工\r\n　 智慧", "人工智慧", (2, 4), (6, 8)),
        ("人工\n\n智慧", "人工\n\n智慧", (4, 6), (4, 6)),
        ("人工\n \r\n智慧", "人工\n \r\n智慧", (0, 2), (0, 2)),
        ("人工\x0c智慧", "人工\x0c智慧", (0, 2), (0, 2)),
        ("人工 AI 智慧", "人工 ai 智慧", (3, 5), (3, 5)),
        ("한국 사람", "한국 사람", (0, 2), (0, 2)),
        ("80㎡。", "80m2。", (3, 4), (2, 3)),
        ("㍿商湯", "株式会社商汤", (1, 2), (0, 1)),
        ("ﬁne Straße", "fine strasse", (0, 1), (0, 1)),
        ("①½", "11/2", (2, 3), (1, 2)),
        ("cafe\u0301!", "café!", (3, 4), (3, 5)),
        ("か゛き", "がき", (0, 1), (0, 2)),
        ("あ゛き", "あ゛き", (1, 2), (1, 2)),
        ("ｶﾞｷ", "ガキ", (0, 1), (0, 2)),
        ("葛\U000e0100城", "葛城", (0, 1), (0, 2)),
        ("\ufeff中", "中", (0, 1), (1, 2)),
        ("soft\u00adware", "software", (0, 8), (0, 9)),
        ("Windows™ 11", "windows™ 11", (0, 7), (0, 7)),
        ("等等……吧", "等等……吧", (2, 4), (2, 4)),
        ("\ud800商\udc00", "\ud800商\udc00", (1, 2), (1, 2)),
        ("\u202e\u2066", "", (0, 0), (2, 2)),
        ("", "", (0, 0), (0, 0)),
    ],
)
def test_clean_up(text: str, folded: str, part: tuple[int, int], original: tuple[int, int]) -> None:
    result = fold(text)
    assert result.text == folded
    assert result.original(*part) == original


def test_a_long_text_keeps_its_way_back() -> None:
    text = "商湯\u200b科技\n有限㎡公司。" * 3000
    folded = fold(text)
    for at in range(0, len(folded.text), 997):
        start, end = folded.original(at, at + 1)
        assert folded.text[at] in fold(text[start:end]).text


# What others build on


@pytest.mark.parametrize("c", "中々〆〇㐀𠀀𰀀かカーㄅ가\uf900ก")
def test_letters_of_scripts_without_spaces(c: str) -> None:
    assert re.fullmatch(f"[{HAN_CLASS}]", c)


@pytest.mark.parametrize("c", "aé1 　。、・（\n©👩\u3099゛—…")
def test_other_characters(c: str) -> None:
    assert not re.fullmatch(f"[{HAN_CLASS}]", c)


def test_the_classes_outlive_the_fold() -> None:
    """A letter of a script without spaces stays one, so that a folded text is cut where the text would be."""
    letters = re.findall(f"[{HAN_CLASS}]", EVERY_CHARACTER)
    lost = re.findall(f"[^{HAN_CLASS}]", fold_script("".join(letters)))
    assert set(lost) <= set("\u3099\u309a"), lost


VARIANTS = frozenset(
    "仝同 勣绩 耑专 颺扬 丫桠 丫椏 淼渺 絜洁 鑪炉 硷碱 祇只 筦管 菉绿 訢欣 赀资 貲资 賙周 迺乃 阪坂 頫俯 龢和 牠它".split()
)
"""Pairs that OpenCC's lists name as ways to write one word, and no conversion makes of each other."""


def test_what_is_joined_is_joined_by_a_conversion_or_is_one_word_spelled_in_two_ways() -> None:
    """呆 and 待 are two words, but 呆着 becomes 待着: such pairs are forced. Of the others none may be two words."""
    forced = Groups()
    for name in (*SCRIPT_CHARACTERS, *SCRIPT_PHRASES):
        for source, targets in opencc_list(name):
            for pair in zip(source, targets[0], strict=True):
                forced.join(*pair)
    for usual, form in old_forms():
        forced.join(usual, form)
    group_of = groups(forced)
    chosen = [(c, to) for c, to in script_fold().items() if is_known(c) and is_known(to) and group_of.get(c) != group_of.get(to)]
    assert {frozenset(pair) for pair in chosen} <= set(map(frozenset, VARIANTS))


def groups(joined: Groups) -> dict[str, int]:
    """The number of each character's group."""
    return {character: number for number, group in enumerate(joined) for character in group}


def is_known(character: str) -> bool:
    return encodable(character, "gb2312") or encodable(character, "big5")


def is_common(character: str) -> bool:
    """Whether GB 2312 has it, or the first of Big5's two planes, which holds the 5,401 characters of everyday."""
    return encodable(character, "gb2312") or b"\xa4\x40" <= character.encode("big5", "ignore") <= b"\xc6\x7e"


# Forms of old prints


ELSEWHERE = frozenset("姪砲倣糢踫瞇箝賸餽搾銲徬黏姊")
"""Common in Taiwan, for what the mainland writes 侄炮仿模碰眯钳剩馈榨焊彷粘姐."""


def test_the_forms_of_old_prints_join_no_two_common_characters_that_were_two() -> None:
    """Each is a form of one character and not common itself; and nothing common comes together through them."""
    forms = [form for _, form in old_forms()]
    assert len(forms) > 400
    assert len(set(forms)) == len(forms)
    assert {form for form in forms if is_common(form)} == ELSEWHERE
    heads = script_fold()
    by_head: dict[str, set[str]] = defaultdict(set)
    for c, to in heads.items():
        by_head[to] |= {c, to}
    before = groups(script_groups())
    for usual, _ in old_forms():
        parts = {before.get(c, c) for c in by_head[heads.get(usual, usual)] - ELSEWHERE if is_common(c)}
        assert len(parts) <= 1, usual


def test_a_character_of_everyday_stands_for_those_that_are_none() -> None:
    """Folded text is shown where a word is offered: 小姐, not 小姊."""
    for character, head in script_fold().items():
        assert is_everyday(head) or not is_everyday(character), (character, head)


def is_everyday(character: str) -> bool:
    """Whether it is in the first plane of GB 2312."""
    return b"\xb0" <= character.encode("gb2312", "ignore") < b"\xd8"


def test_every_form_of_old_prints_is_found_by_the_usual_one_and_both_ways() -> None:
    for usual, form in old_forms():
        assert fold_script(form) == fold_script(usual), form
        assert form in sources(fold_script(usual))[0]


def test_what_input_methods_by_shapes_give_for_a_character_is_that_character() -> None:
    assert fold_script("巿民讉責㕑房，隱暪癲癎，禠奪仼命") == fold_script("市民譴責廚房，隱瞞癲癇，褫奪任命")


@pytest.mark.parametrize("conversion", CONVERSIONS)
def test_a_form_of_old_prints_that_no_list_of_opencc_converts_is_shown_as_it_stands_in_any_script(conversion: str) -> None:
    listed = {source for name in SCRIPT_CHARACTERS for source, _ in opencc_list(name)}
    forms = [form for _, form in old_forms() if form not in listed]
    assert set("㑹髙隂逺寳闗") <= set(forms)
    assert OpenCC(conversion).convert("".join(forms)) == "".join(forms)


def test_the_fingerprint_is_that_of_these_tables() -> None:
    assert fingerprint() == fingerprint()
    assert re.fullmatch("[0-9a-f]{16}", fingerprint())


def test_a_heap_of_marks_takes_no_time_and_folds_to_itself() -> None:
    heap = "e" + "\u0301\u0327\u0323" * 300_000
    with no_hang():
        assert fold(heap).text == heap
    few = fold("e" + "\u0301\u0323" * 100).text
    assert few[0] == "ẹ" and fold(few).text == few

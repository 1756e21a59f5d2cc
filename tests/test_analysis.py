"""The laws of analysis: a slow and obvious twin agrees, blocks make no difference, and any copied run is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.text import analysis, folding
from searcher.text.analysis import Analysis, Atom, Literal, analyses, analyze, atoms, block_starts, fingerprints, literal
from searcher.text.characters import DIGIT, JOINER, LETTER, UNSPACED
from searcher.text.dictionary import Dictionary

PASSAGES = [
    "商汤科技在港交所上市，市值近1600亿。\n\n人脸识别、AI 大模型（SenseCore）……",
    "中華民國一百一十二年\n十二月二十七日總統華總一義字第一一二〇〇一一三三八一號令修正公布第\n  三十二條條文。",
    "Python 3.11 的 list.sort()；c++/c#、.net 与 node.js：foo_bar-baz@example.com/a?b=1，3.14%",
    "看著衞星，𠮷野家の寿司ひらがなカタカナ\r\n가나다 라마，ไทย ㎡ ﬁ Ⅷ ① ｆｕｌｌ　ｗｉｄｔｈ",
    "全國\u200b人民 e\u0301 か\u3099 \u0301甲\ue000乙〇零々〆\U00020000\U0001f600😀\ufe0f",
    "the cat’s covid-19 -- test...end\n\n\nआज है।और",
]
CHARACTERS = sorted({*"".join(PASSAGES), *"甲乙丙丁軟體软体後后着著裡里", *" \t\n\r\x85\u2028\x0c,。，！-.'_/+#:@&", *"aZ09é²"})

mixed_text = st.lists(st.sampled_from(CHARACTERS) | st.characters() | st.sampled_from(PASSAGES), max_size=40).map("".join)
real_text = st.lists(st.sampled_from(PASSAGES) | st.sampled_from(CHARACTERS), min_size=1, max_size=12).map("".join)
spaced_han = st.lists(st.sampled_from("甲乙丙丁軟體资讯後著裡"), min_size=1, max_size=9).flatmap(
    lambda characters: st.lists(st.sampled_from(["", "", "", " ", "\n", " \n  ", "\u3000", "\u200b"]), min_size=len(characters)).map(
        lambda spaces: "".join(space + character for space, character in zip(spaces, characters, strict=False)).strip()
    )
)


def as_written(text: str) -> str:
    return text


SCRIPTS: list[Callable[[str], str]] = [as_written, *(opencc.OpenCC(name).convert for name in ("s2t", "t2s", "s2tw", "t2hk"))]


@settings(max_examples=150)
@given(mixed_text)
def test_the_fast_analysis_equals_the_obvious_one(text: str) -> None:
    analysed = analyze(text)
    obvious = list(obvious_atoms(folding.fold(text).text))
    assert analysed.grams.positions == [atom.position for atom in obvious]
    assert analysed.grams.texts == [obvious_gram(atom, following) for atom, following in zip(obvious, [*obvious[1:], None], strict=False)]


@settings(max_examples=150)
@given(mixed_text)
def test_atoms_have_the_positions_of_the_analysis_and_lie_where_they_say(text: str) -> None:
    folded = folding.fold(text).text
    found = atoms(folded)
    assert found == list(obvious_atoms(folded))
    assert [atom.position for atom in found] == analyze(text).grams.positions
    assert all(folded[atom.start : atom.end] == atom.text for atom in found)


@settings(max_examples=100)
@given(real_text, st.integers(1, 60))
def test_analysing_block_by_block_equals_analysing_the_whole(text: str, length: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis, "BLOCK_LENGTH", length)
        patch.setattr(analysis, "LONGEST_BLOCK", 2 * length)
        in_blocks, parts, starts = analyze(text), list(analyses(text)), block_starts(text)
        patch.setattr(analysis, "BLOCK_LENGTH", len(text) + 1)
        whole = analyze(text)
    assert whole.blocks == ((0, 0),)
    assert in_blocks.grams == whole.grams
    assert in_blocks.words == whole.words or any(parts_a_word(text, start) for start in starts[1:])
    check_blocks(text, in_blocks)
    assert [part.blocks for part in parts] == [(block,) for block in in_blocks.blocks]
    assert starts == [start for start, _ in in_blocks.blocks]
    assert [word for part in parts for word in part.words] == in_blocks.words
    placed = [place for part in parts for place in zip(part.grams.texts, part.grams.positions, strict=True)]
    assert placed == list(zip(whole.grams.texts, whole.grams.positions, strict=True))


def parts_a_word(text: str, start: int) -> bool:
    """Whether a block begins between two letters, where a word may be parted, or behind what may belong to one."""
    return bool(re.search(rf"[\w{re.escape(JOINER)}]\s*$", text[:start]) and re.match(r"\w", text[start:]))


@pytest.mark.parametrize(
    "line",
    [
        *("商汤科技\n", "商汤科技\r\n", "商汤科技", "商汤 3\n", "商汤科技 SenseTime\n", "iVBORw0KGgo1AAA8", "sensetime", "2024"),
        *("ひらがな", "가나다라", "\U00020000\U00020001", "a-b_c/", "нет", "ａｂ", "Ⅷ", "か\u3099", "甲 é"),
    ],
)
def test_no_block_is_huge_where_a_text_has_no_signs(line: str, short_blocks: None) -> None:
    text = line * (40_000 // len(line))
    check_that_none_is_huge(text)
    analysed = analyze(text)
    assert analysed.grams.texts == analysis.grams(folding.fold(text).text)
    assert analysed.grams.positions == list(range(len(analysed.grams.texts)))


@pytest.fixture
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of what blocks are."""
    monkeypatch.setattr(analysis, "BLOCK_LENGTH", 400)
    monkeypatch.setattr(analysis, "LONGEST_BLOCK", 6_400)


def check_that_none_is_huge(text: str) -> None:
    starts = block_starts(text)
    assert max(after - before for before, after in pairwise([*starts, len(text)])) <= 2 * analysis.LONGEST_BLOCK
    check_blocks(text, analyze(text))


def check_blocks(text: str, analysed: Analysis) -> None:
    """Each block's atoms, shifted by its first position, are the document's there."""
    assert analysed.blocks[0] == (0, 0)
    starts = [start for start, _ in analysed.blocks]
    assert starts == sorted(set(starts))
    positions = []
    for (start, first), end in zip(analysed.blocks, [*starts[1:], len(text)], strict=True):
        positions += [first + atom.position for atom in atoms(folding.fold(text[start:end]).text)]
    assert positions == analysed.grams.positions


@settings(max_examples=100)
@given(spaced_han, mixed_text, mixed_text, st.data())
def test_any_run_of_han_copied_from_a_text_is_found_in_either_script(run: str, before: str, after: str, data: st.DataObject) -> None:
    document = before + run + after
    start = data.draw(st.integers(0, len(run) - 1))
    copied = run[start : data.draw(st.integers(start + 1, len(run)))]
    for convert in SCRIPTS:
        assert not copied.strip(" \n\u3000\u200b") or found_at(literal(folding.fold(convert(copied)).text), analyze(document)), (
            convert(copied),
            document,
        )


@settings(max_examples=100)
@given(real_text, st.data())
def test_a_pasted_passage_is_found_with_its_punctuation_or_more_of_it(text: str, data: st.DataObject) -> None:
    ends = [match.end() for match in re.finditer(r"[，。、；！（）]|\n\n|$", text)]
    start, end = sorted((data.draw(st.sampled_from([0, *ends])), data.draw(st.sampled_from(ends))))
    pasted = text[start:end]
    for variant in (pasted, pasted + "？！", "「" + pasted, re.sub("[，。；]", "……\n\n", pasted)):
        looked_for = literal(folding.fold(variant).text)
        assert not looked_for.grams or found_at(looked_for, analyze(text))


@settings(max_examples=150)
@given(st.text("甲乙，a \n", max_size=30), st.text("甲乙，a \n", min_size=1, max_size=8))
def test_what_a_literal_finds_is_there(text: str, query: str) -> None:
    placed = {atom.position: atom.text for atom in atoms(folding.fold(text).text)}
    looked_for = literal(folding.fold(query).text)
    for first in found_at(looked_for, analyze(text)):
        for atom in atoms(folding.fold(query).text):
            assert placed[first + atom.position] == atom.text


@given(mixed_text)
def test_a_literal_covers_all_atoms_of_its_text(text: str) -> None:
    looked_for = literal(folding.fold(text).text)
    positions = [atom.position for atom in atoms(folding.fold(text).text)]
    covered = {offset + inside for gram, offset in zip(looked_for.grams, looked_for.offsets, strict=True) for inside in widths(gram)}
    assert covered == set(positions)
    assert list(looked_for.offsets) == sorted(looked_for.offsets)


def widths(gram: str) -> range:
    return range(2 if len(gram) == 2 and re.fullmatch(f"[{UNSPACED}]*", gram) else 1)


@pytest.mark.parametrize(
    ("text", "grams", "offsets", "open_end"),
    [
        ("", (), (), False),
        ("，", (), (), False),
        ("大", ("大",), (0,), True),
        ("大，", ("大",), (0,), True),
        ("分散", ("分散",), (0,), False),
        ("分散式", ("分散", "散式"), (0, 1), False),
        ("分散\n式運", ("分散", "式运"), (0, 2), False),
        ("大AI", ("大", "ai"), (0, 1), False),
        ("AI大", ("ai", "大"), (0, 1), True),
        ("5G 手", ("5", "g", "手"), (0, 1, 2), True),
        ("分散，式", ("分散", "散", "式"), (0, 1, 3), True),
        ("分散式，5G", ("分散", "式", "5", "g"), (0, 2, 4, 5), False),
        ("covid-19。", ("covid", "19"), (0, 1), False),
        ("3,14", ("3", "14"), (0, 2), False),
    ],
)
def test_literals(text: str, grams: tuple[str, ...], offsets: tuple[int, ...], open_end: bool) -> None:
    looked_for = literal(folding.fold(text).text)
    assert (looked_for.grams, looked_for.offsets, looked_for.open_end) == (grams, offsets, open_end)


@pytest.mark.parametrize(
    ("document", "query", "found"),
    [
        ("大AI", "大", True),
        ("大AI", "大AI", True),
        ("大 AI", "大AI", True),
        ("大，AI", "大AI", False),
        ("甲乙", "甲，", True),
        ("甲乙丙", "甲，丙", False),
        ("分散式乙", "分散，乙", False),
        ("分散……乙", "分散，乙", True),
        ("甲\n\n乙", "甲乙", False),
        ("甲\n乙", "甲乙", True),
        ("node.js", "node js", True),
        ("node, js", "node js", False),
        ("軟體工程", "软体工", True),
        ("data" * 100, "data" * 100, True),
    ],
)
def test_what_finds_what(document: str, query: str, found: bool) -> None:
    assert bool(found_at(literal(folding.fold(query).text), analyze(document))) is found


def test_a_long_text_is_cut_into_blocks_behind_sentences() -> None:
    text = "这一句话有十个字。" * 2000
    blocks = analyze(text).blocks
    assert len(blocks) == 5
    assert all(text[start - 1] == "。" for start, _ in blocks[1:])


@pytest.mark.parametrize("line", ["a=b", "→1 ", "甲→", "n=7→", "=\u0338x"])
def test_no_block_is_huge_where_a_text_has_signs_of_its_own(line: str, short_blocks: None) -> None:
    text = line * (40_000 // len(line))
    check_that_none_is_huge(text)
    analysed, whole = analyze(text), folding.fold(text).text
    assert (analysed.grams.texts, analysed.grams.positions) == (analysis.grams(whole), [atom.position for atom in atoms(whole)])


@pytest.mark.parametrize("text", ["好" * 20_000, "", "。" * 10_000, "0.5\t1.25\n" * 20_000, "a b" * 40_000])
def test_odd_texts_have_blocks_too(text: str) -> None:
    check_blocks(text, analyze(text))


def test_a_huge_table_of_numbers_is_cut_too() -> None:
    analysed = analyze("0.5 1.25\n" * 20_000)
    assert len(analysed.blocks) > 2
    assert analysed.grams.positions == list(range(80_000))


def test_whatever_a_text_is_cut_behind_leaves_a_gap() -> None:
    for sign in '。！？；，、」』》!?;,"({|*':
        assert analysis._CUT.match(sign), sign
        for before, after in [("甲", "乙"), ("a", "b"), ("1", "a")]:
            assert analyze(before + sign + after).grams.positions == [0, 2]
        assert folding.fold(sign + "\u0301").text.startswith(folding.fold(sign).text)


def test_a_users_words_change_the_words_and_not_the_grams() -> None:
    dictionary = Dictionary((("云图数科", None),))
    assert "云图数科" in analyze("雲圖數科發布", dictionary).words
    assert analyze("雲圖數科發布", dictionary).grams == analyze("雲圖數科發布").grams
    assert fingerprints(dictionary)["fold"] == fingerprints()["fold"]
    assert fingerprints(dictionary)["words"] != fingerprints()["words"]


def found_at(looked_for: Literal, analysed: Analysis) -> list[int]:
    """Where the chain of grams stands, tried at every position."""
    grams = dict(zip(analysed.grams.positions, analysed.grams.texts, strict=True))
    chain = list(zip(looked_for.grams, looked_for.offsets, strict=True))

    def stands(first: int) -> bool:
        *exact, (last, offset) = chain
        end = grams.get(first + offset, "")
        return all(grams.get(first + offset) == gram for gram, offset in exact) and (
            end.startswith(last) if looked_for.open_end else end == last
        )

    return [first for first in analysed.grams.positions if chain and stands(first)]


def obvious_gram(atom: Atom, following: Atom | None) -> str:
    pair = following is not None and following.position == atom.position + 1 and is_unspaced(atom.text) and is_unspaced(following.text)
    return atom.text + following.text if pair and following else atom.text


def obvious_atoms(folded: str) -> Iterator[Atom]:
    """Character by character: what goes on with the last atom, what begins the next, what stands between."""
    position, end, kind = -1, 0, ""
    for start, stop, next_kind in obvious_spans(folded):
        position += 1 if position < 0 or joined(folded[end:start], kind, next_kind) else 2
        yield Atom(folded[start:stop], position, start, stop)
        end, kind = stop, next_kind


def obvious_spans(folded: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    while start < len(folded):
        kind = kind_of(folded[start])
        stop = start + 1
        while kind in "ld" and stop < len(folded) and kind_of(folded[stop]) == kind and stop - start < 200:
            stop += 1
        if kind != "-":
            yield start, stop, kind
        start = stop


def joined(between: str, kind: str, next_kind: str) -> bool:
    if between.strip(" \u1680") in ("", "\n", "\r", "\r\n", "\x85", "\u2028"):
        return True
    return len(between) == 1 and between in JOINER and "u" not in kind + next_kind


def kind_of(character: str) -> str:
    for kind, members in {"u": UNSPACED, "l": LETTER, "d": DIGIT}.items():
        if re.match(f"[{members}]", character):
            return kind
    return "-"


def is_unspaced(text: str) -> bool:
    return len(text) == 1 and kind_of(text) == "u"


def test_a_tab_parts_the_cells_of_a_table() -> None:
    assert analyze("姓名\t年龄").grams.texts == ["姓名", "名", "年龄", "龄"]
    assert analyze("姓名\t年龄").grams.positions == [0, 1, 3, 4]

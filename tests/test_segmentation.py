"""The laws of words: three engines cut alike, nothing but signs is dropped, and spans say where the words stand."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from itertools import islice

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from searcher.text import segmentation
from searcher.text.characters import DIGIT, LETTER, UNSPACED
from searcher.text.dictionary import Dictionary, default_dictionary
from searcher.text.folding import fold
from searcher.text.segmentation import Cutter, jieba_cutter, made_of, mapped_cutter, rjieba_cutter, word_spans, words, words_by

OWN = Dictionary((("云图数科", None), ("科技有限", 5), ("的", 10), ("全国人民代表大会", 1), ("甲乙丙丁戊", 100_000)))

TEXT = """中华人民共和国全国人民代表大会常务委员会 研究生命起源 乒乓球拍卖完了 结婚的和尚未结婚的 云图数科技有限公司
长春市长春节讲话 南京市长江大桥 人工智能大模型的负债率 商汤科技 汤晓鸥 看着卫星 甲乙丙丁戊己庚辛 下雨天留客天留我不留"""
SOME_WORDS = [word for word, _ in islice(default_dictionary().items(), 40, 300_000, 997) if word.isalpha() and word >= "一"]

han = st.lists(st.sampled_from(SOME_WORDS) | st.sampled_from(sorted({*TEXT} - {*" \n"})) | st.sampled_from(TEXT.split()), min_size=1)
runs = han.map("".join).filter(lambda run: all("\u4e00" <= character <= "\u9fd5" for character in run))
mixed_text = st.lists(
    st.sampled_from(TEXT.split()) | st.sampled_from([*"5gc+#.-_/@:& ，。カなー가ไ㐂零", "node.js", ".net"]) | st.characters()
).map(lambda parts: fold("".join(parts)).text)


@cache
def engines(dictionary: Dictionary) -> list[Cutter]:
    return [mapped_cutter(dictionary), rjieba_cutter(dictionary), jieba_cutter(dictionary)]


@settings(max_examples=300)
@given(runs)
def test_the_engines_cut_alike(run: str) -> None:
    mapped, rjieba, jieba = (cut(run) for cut in engines(default_dictionary()))
    assert mapped == rjieba == jieba


@settings(max_examples=300)
@given(runs)
def test_the_engines_cut_alike_with_a_users_words(run: str) -> None:
    mapped, rjieba, jieba = (cut(run) for cut in engines(OWN))
    assert mapped == rjieba == jieba


@settings(max_examples=50)
@given(st.lists(runs, min_size=1, max_size=5))
def test_to_cut_several_runs_at_once_is_to_cut_each(several: list[str]) -> None:
    for cut in engines(default_dictionary()):
        assert cut(" ".join(several)) == [word for run in several for word in cut(run)]


def test_words_are_the_same_when_those_that_were_remembered_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [cut(TEXT.replace("\n", " ")) for cut in engines(default_dictionary())]
    monkeypatch.setattr(segmentation, "MOST_KNOWN", 3)
    assert [cut(TEXT.replace("\n", " ")) for cut in engines(default_dictionary())] == expected


@given(mixed_text)
def test_words_are_those_of_the_spans_and_stand_there(text: str) -> None:
    spans = word_spans(text)
    assert [word for word, _, _ in spans] == words(text)
    assert all(text[start:end] == word for word, start, end in spans)


@given(mixed_text)
def test_only_signs_and_spaces_are_in_no_word(text: str) -> None:
    within = {place for _, start, end in word_spans(text) for place in range(start, end)}
    atoms = {place for place, character in enumerate(text) if is_atom(character)}
    assert atoms <= within
    assert all(any(map(is_atom, word)) for word in words(text))


@settings(max_examples=50)
@given(mixed_text)
def test_the_words_do_not_depend_on_the_engine(text: str) -> None:
    found = {tuple(words_by(cut, text)) for cut in engines(default_dictionary())}
    assert found == {tuple(words(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全国人民代表大会", "全国 人民 代表 大会 全国人民代表大会"),
        ("5g手机", "5g 5 g 手机"),
        ("c++和c#以及f#", "c++ 和 c# 以及 f#"),
        ("使用.net框架", "使用 .net net 框架"),
        ("covid-19疫苗", "covid-19 covid 19 疫苗"),
        ("约3.14，或1,000", "约 3.14 3 14 或 1 000"),
        ("node.js/foo_bar", "node.js/foo_bar node js foo bar"),
        ("me@example.com", "me@example.com me example com"),
        ("don't stop...now --end", "don't don t stop now end"),
        ("a" * 70, "a" * 70),
        ("x-" * 40 + "y", "x " * 40 + "y"),
        ("カタカナとひらがな 가나 다", "カタカナ とひらがな 가나 다"),
        ("㐂\ue000𠮷", "㐂 \ue000 𠮷"),
        ("……！？ \n", ""),
        ("", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("word", "inner"),
    [
        ("仲裁员", "仲裁"),
        ("太行山", "太行"),
        ("老豆腐", "豆腐"),
        ("热带鱼", "热带"),
        ("互联网络", "互联 网络 互联网"),
        ("粉红色", "粉红 红色"),
        ("白面书生", "白面 书生"),
        ("形影相吊", "形影"),
        ("数据库系统", "数据 系统 数据库"),
        ("计算机科学", "计算 科学 计算机"),
    ],
)
def test_what_stands_across_the_words_that_a_word_is_made_of_is_none(word: str, inner: str) -> None:
    """裁员, 行山, 老豆, 带鱼, 联网, 面书, 影相: words elsewhere. What is made in two ways as well is made in both."""
    assert words(word) == [*inner.split(), word]


@settings(max_examples=300)
@given(st.sampled_from(SOME_WORDS))
def test_what_a_word_is_made_of_is_in_it_and_only_what_overlaps_is_left_out(word: str) -> None:
    found = words(word)
    known = [word[low : low + size] for size in (2, 3) for low in range(len(word) - size + 1) if size < len(word)]
    known = [part for part in known if default_dictionary().frequency(part)]
    assume(found[-1] == word)  # some are cut in two where they stand alone
    assert set(found[:-1]) <= set(known)
    assert {part for part in made_of(word) if len(part) in (2, 3)} <= set(found)
    if "".join(known) and len(set("".join(known))) == len("".join(known)):  # no two have a character in common
        assert found[:-1] == known


def test_bulk_goes_to_the_fast_engine_and_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmentation, "WORTH_LOADING", 100)
    loaded: list[Dictionary] = []

    def load(dictionary: Dictionary) -> Cutter:
        loaded.append(dictionary)
        return engines(dictionary)[1]

    monkeypatch.setattr(segmentation, "rjieba_cutter", load)
    segmenter = segmentation._Segmenter(default_dictionary())
    slow = segmenter.cutter(60)
    fast = segmenter.cutter(60)
    assert segmenter.cutter(1_000_000) is fast
    assert loaded == [default_dictionary()]
    assert slow("研究生命起源") == fast("研究生命起源")


def test_what_users_type_loads_no_segmenter_however_much_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmentation, "_segmenter", None)
    for _ in range(2 * segmentation.WORTH_LOADING // 10):
        assert segmentation.few_words("他来到了网易杭研大厦")[-1] == "大厦"


def test_without_rjieba_jieba_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    jieba = engines(default_dictionary())[2]
    monkeypatch.setattr(segmentation, "find_spec", lambda name: None)
    monkeypatch.setattr(segmentation, "jieba_cutter", lambda dictionary: jieba)
    assert segmentation._fast_cutter(default_dictionary()) is jieba


def test_a_query_loads_no_segmenter_and_bulk_says_nothing() -> None:
    program = """
import sys
from searcher.text.segmentation import words
assert words("商汤科技的负债率") == ["商汤", "科技", "的", "负债", "负债率"], words("商汤科技的负债率")
assert not {"jieba", "rjieba", "rjieba.rjieba", "numpy", "pkg_resources"} & set(sys.modules)
assert words("负债率" * 10_000)[-1] == "负债率"
assert "rjieba.rjieba" in sys.modules and "jieba" not in sys.modules
import rjieba
assert rjieba.cut("负债率") == ["负债率"]
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def is_atom(character: str) -> bool:
    return re.match(f"[{UNSPACED}{LETTER}{DIGIT}]", character) is not None

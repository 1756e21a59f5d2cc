"""Marks stand where the index finds, and passages show what was asked, as it was written."""

from __future__ import annotations

import re
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.passages import snippets
from searcher.passages.literals import Sought
from searcher.passages.marking import Pattern, marks, pattern, same_script
from searcher.passages.sentences import _SENTENCE_END, cells
from searcher.passages.snippets import passages
from searcher.results import Snippet
from searcher.text.analysis import Atom, atoms
from searcher.text.folding import fold
from tests.patience import no_hang


def marked(text: str, *sought: str | Sought) -> str:
    """The text with its marks in brackets."""
    for start, end in reversed(marks(text, _pattern(*sought))):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("總部在香港的商湯科技", ["商汤科技"], "總部在香港的[商湯科技]"),
        ("商汤科技和商湯科技", ["商湯"], "[商汤]科技和[商湯]科技"),
        ("商汤科技", ["商汤", "科技"], "[商汤科技]"),
        ("人工智能", ["人工智", "工智能"], "[人工智能]"),
        ("后后后和后后", ["后后"], "[后后后]和[后后]"),
        ("我 爱\n你", ["我爱你"], "[我 爱\n你]"),
        ("我\n\n爱", ["我爱"], "我\n\n爱"),
        ("商\u200b汤", ["商汤"], "[商\u200b汤]"),
        ("\u200b商汤\u200b", ["商汤"], "\u200b[商汤]\u200b"),
        ("ai email AI ＡＩ芯片", ["ai"], "[ai] email [AI] [ＡＩ]芯片"),
        ("deep learning", ["deep", "learning"], "[deep] [learning]"),
        ("deep\nLearning deeplearning deep-learning", ["deep learning"], "[deep\nLearning] deeplearning [deep-learning]"),
        ("5G 5 g 15g 5gb", ["5g"], "[5G] [5 g] 15g 5gb"),
        ("SenseCore 3.14 13.14 3.141", ["sensecore", "3.14"], "[SenseCore] [3.14] 13.14 3.141"),
        ("AI獨角獸", ["ai独角兽"], "[AI獨角獸]"),
        ("公司，成立。公司成立", ["公司，成立"], "[公司，成立]。公司成立"),
        ("公司……（成立）", ["公司，成立"], "[公司……（成立]）"),
        ("a, b; a b", ["a，b"], "[a, b]; a b"),
        ("面积80㎡", ["80m2"], "面积[80㎡]"),
        ("½", ["1", "2"], "[½]"),
        ("cafe\u0301s caf\u00e9", ["café"], "cafe\u0301s [café]"),
        ("SenseTime sense", [Sought("sense", 0, prefix=True)], "[SenseTime] [sense]"),
        ("colour color cooler", [Sought("co*r", 0, wildcard=True)], "[colour] [color] [cooler]"),
        ("colours", [Sought("co*r", 0, wildcard=True)], "colours"),
        ("colours", [Sought("co*r", 0, wildcard=True, prefix=True)], "[colours]"),
        ("C C++ C# vitamin C", ["c++"], "C [C++] C# vitamin C"),
        ("第10條 10%、10％、10‰、10 成", ["10%"], "第10條 [10%]、[10％]、10‰、10 成"),
        ("email", [Sought("ai", 0, whole_words=False)], "em[ai]l"),
        ("receive recieve deceive recife", [Sought("recieve", 0, fuzzy=1)], "[receive] [recieve] deceive recife"),
        ("receives recife racoon", [Sought("Recieve", 0, fuzzy=2)], "[receives] [recife] racoon"),
        ("商汤", ["，。", "", "北京"], "商汤"),
        ("", ["商汤"], ""),
    ],
)
def test_marks(text: str, sought: list[str | Sought], expected: str) -> None:
    assert marked(text, *sought) == expected


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("甲方應付款。\n第 2 條\n乙方應於十日內交付全部貨物，逾期應付違約金。\n", "付款", "甲方應付款。"),
        ("甲方應付款。\n第二章 物\n第 2 條\n乙方應於十日內交付全部貨物，逾期應付違約金。\n", "付款", "甲方應付款。"),
        ("第 1 條\n甲方應付款。\n第 2 條\n乙方應於十日內交付全部貨物，逾期應付違約金。\n", "第1條", "第 1 條\n甲方應付款。"),
        ("甲方應付款。\n第 2 條\n乙方應於十日內交付全部貨物，逾期應付違約金。\n", "第2條", "甲方應付款。\n第 2 條"),
        ("應備文件如下。\n收據\n林律師\n", "文件", "應備文件如下。\n收據\n林律師"),
        ("應備文件：\n收據\n護照\n乙方應於十日內交付全部貨物，逾期應付違約金。\n", "文件", "應備文件：\n收據\n護照"),
        ("收據\n護照\n印章\n乙方應於十日內交付全部貨物，逾期應付違約金。\n", "收據", "收據\n護照\n印章"),
    ],
)
def test_a_passage_ends_before_the_heading_of_what_it_does_not_show(text: str, sought: str, expected: str) -> None:
    """But not before the last lines of a text, nor in a list, where no line has a full stop."""
    (passage,) = passages(text, pattern([Sought(sought, 0)]), width=40)
    assert passage.text == expected


def test_every_place_of_its_own_on_request() -> None:
    assert marks("商汤科技", pattern([Sought("商汤", 0), Sought("科技", 1), Sought("商湯", 2)], merge=False)) == ((0, 2), (2, 4))


@pytest.mark.parametrize(
    ("original", "typed", "same"),
    [
        ("后", "後", False),
        ("後", "後", True),
        ("ＡＩ", "ai", True),
        ("人工\n智能", "人工智能", True),
        ("公司，成立", "公司。成立", True),
        ("裏", "裡", False),
    ],
)
def test_same_script(original: str, typed: str, same: bool) -> None:
    assert same_script(original, typed) is same


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("ai", 2), ("商汤", 4), ("ＡＩ", 4), ("e\u0301", 1), ("か\u3099", 2), ("商\u200b汤", 4), ("。", 2)]
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_the_passage_with_the_most_terms_comes_first_chosen() -> None:
    text = "商汤在香港。" + "无关的话。" * 40 + "商汤获得融资。" + "无关的话。" * 40 + "融资很多。"
    (only,) = passages(text, _pattern("商汤", "融资"), count=1, width=20)
    assert _shown(only) == "[商汤]获得[融资]。"


def test_then_the_one_that_shows_what_is_not_shown_yet() -> None:
    text = "商汤和旷视。" + "闲。" * 60 + "商汤和旷视。" + "闲。" * 60 + "只有依图。"
    found = passages(text, _pattern("商汤", "旷视", "依图"), count=2, width=12)
    assert [_shown(snippet) for snippet in found] == ["[商汤]和[旷视]。", "只有[依图]。"]


@pytest.mark.parametrize(("between", "shown"), [(15, "[吸入劑]{}[阻塞]"), (16, "[吸入劑]{}[阻塞]"), (17, "[吸入劑]")])
def test_a_passage_does_not_begin_within_a_run(between: int, shown: str) -> None:
    """Though its first word is too far from the rest, and only the next one is near enough."""
    text = "甲" * 30 + "吸入劑" + "乙" * between + "阻塞" + "丙" * 30
    (only,) = passages(text, pattern([Sought("吸入", 0), Sought("入劑", 0), Sought("阻塞", 1)]), count=1, width=40)
    assert shown.format("乙" * between) in _shown(only)


@pytest.mark.parametrize(
    ("said", "shown"),
    [((), "[大鳞大眼鲷]是一种鱼。"), ((0, 1), "本鱼[体长]二十[公分]。"), ((0, 1, 2, 3), "[大鳞大眼鲷]是一种鱼。")],
    ids=["nothing", "the fish", "all"],
)
def test_what_the_title_says_counts_less(said: tuple[int, ...], shown: str) -> None:
    text = "大鳞大眼鲷是一种鱼。" + "闲。" * 60 + "本鱼体长二十公分。"
    sought = pattern([Sought("大鳞", 0, 3.0), Sought("大眼鲷", 1, 3.0), Sought("体长", 2, 2.0), Sought("公分", 3, 2.0)])
    (only,) = passages(text, sought, count=1, width=24, said=frozenset(said))
    assert shown in _shown(only)


def test_but_what_has_it_too_still_tells_more() -> None:
    text = "体长二十。" + "闲。" * 60 + "大眼鲷体长三十。"
    (only,) = passages(text, _pattern("大眼鲷", "体长"), count=1, width=20, said=frozenset((0,)))
    assert "[大眼鲷体长]三十。" in _shown(only)


def test_what_is_repeated_is_shown_once() -> None:
    """Headers of pages, quoted mails, refrains."""
    text = "\n\n".join(["商汤上市了。"] * 3 + ["商汤融资了。"] + ["商汤上市了。"] * 30)
    shown = passages(text, pattern([Sought("商汤", 0)]), count=3, width=20)
    assert [snippet.text for snippet in shown] == ["商汤上市了。", "商汤融资了。"]
    assert [snippet.text for snippet in passages(text[:40], pattern([Sought("商汤", 0)]), count=1, width=20)] == ["商汤上市了。"]


def test_then_the_nearest_then_the_first() -> None:
    text = "商汤以及旷视。" + "闲。" * 60 + "商汤和旷视。" + "闲。" * 60 + "商汤和旷视。"
    (only,) = passages(text, _pattern("商汤", "旷视"), count=1, width=16)
    assert (only.start, _shown(only)) == (text.index("商汤和"), "[商汤]和[旷视]。闲。")


def test_longer_words_of_one_term_tell_more() -> None:
    text = "是是是。" + "闲。" * 60 + "人脸识别。"
    (only,) = passages(text, pattern([Sought("是", 0), Sought("人脸识别", 0)]), count=1, width=10)
    assert _shown(only) == "[人脸识别]。"


def test_what_the_title_says_counts_no_more_in_another_language() -> None:
    """The address of the original, at the end of a translation, tells nothing beside a sentence."""
    text = "先说容器编排是什么。" + "闲。" * 60 + "原文：https://example.org/container-orchestration/"
    sought = pattern([Sought("容器编排", 0), Sought("container orchestration", 0)])
    (only,) = passages(text, sought, count=1, width=20, said=frozenset((0,)))
    assert _shown(only) == "先说[容器编排]是什么。"


def test_weight_counts() -> None:
    text = "甲。" + "闲。" * 60 + "乙。"
    (only,) = passages(text, pattern([Sought("甲", 0, 0.5), Sought("乙", 1)]), count=1, width=8)
    assert "[乙]" in _shown(only)


@pytest.mark.parametrize("end", ["。", "！", "？", "……", "；", "。」", "！”", "\n", "\n\n"])
def test_passages_are_cut_at_the_ends_of_sentences(end: str) -> None:
    text = f"前面的一句话已经足够长了{end}商汤在这里{end}后面的一句话也已经足够长了{end}"
    (only,) = passages(text, _pattern("商汤"), width=24)
    assert only.text == f"商汤在这里{end}".rstrip()


def test_sentences_around_are_shown_where_they_fit() -> None:
    text = "很远的一句。" * 20 + "前一句。商汤在这里。后一句。" + "很远的一句。" * 20
    (only,) = passages(text, _pattern("商汤"), width=36)
    assert _shown(only) == "前一句。[商汤]在这里。后一句。"


def test_a_blank_line_is_not_crossed() -> None:
    text = "第一段说的是别的事情。\n\n商汤在这里，这一段说的是它的事情。\n\n第三段。"
    (only,) = passages(text, _pattern("商汤"), width=60)
    assert only.text == "商汤在这里，这一段说的是它的事情。"


def test_a_heading_is_shown_with_what_follows() -> None:
    text = "第一段说的是别的事情。\n\n商汤\n\n这一段说的是它的事情。\n\n第三段。"
    (only,) = passages(text, _pattern("商汤"), width=40)
    assert _shown(only) == "[商汤]\n\n这一段说的是它的事情。"


@pytest.mark.parametrize("sought", ["商汤", "别处"])  # a mark in it, or none anywhere
@pytest.mark.parametrize("end", ["\n", "\n\n", "; "])
def test_a_very_short_line_is_shown_with_the_beginning_of_a_sentence_that_is_too_long(sought: str, end: str) -> None:
    """A heading, or the first of several authors, tells nothing by itself; what fills a third of the width does."""
    text = f"商汤{end}{'一句很长的话，' * 20}完了。"
    (only,) = passages(text, _pattern(sought), width=40)
    assert only.text == f"商汤{end}一句很长的话，一句很长的话，"
    longer = f"商汤科技有限公司{end}{'一句很长的话，' * 20}完了。"
    assert passages(longer, _pattern(sought), width=40)[0].text == "商汤科技有限公司" + end.strip()


def test_a_long_sentence_is_trimmed_around_its_marks_at_punctuation() -> None:
    text = "，".join(["没有标点的一段话"] * 20) + "，商汤在这里，" + "，".join(["没有标点的一段话"] * 20)
    (only,) = passages(text, _pattern("商汤"), width=60)
    assert _shown(only).startswith("没有标点") and "，[商汤]在这里，" in _shown(only) and only.text.endswith("，")
    assert 30 <= cells(only.text) <= 60


@pytest.mark.parametrize(("before", "behind", "shown"), [(60, 60, (9, 9)), (4, 60, (4, 14)), (60, 4, (14, 4))])
def test_half_of_the_room_lies_before_what_is_marked_in_a_long_sentence(before: int, behind: int, shown: tuple[int, int]) -> None:
    (only,) = passages("甲" * before + "商汤" + "乙" * behind, _pattern("商汤"), width=40)
    assert _shown(only) == "甲" * shown[0] + "[商汤]" + "乙" * shown[1]


def test_a_long_sentence_is_trimmed_between_words() -> None:
    text = "extraordinary " * 40 + "needle " + "extraordinary " * 40
    (only,) = passages(text, _pattern("needle"), width=60)
    assert set(only.text.split()) == {"extraordinary", "needle"}
    assert 30 <= cells(only.text) <= 60


def test_no_character_is_cut() -> None:
    text = "e\u0301" * 300 + " 商汤 " + "👩\u200d🚀" * 300
    for width in range(8, 40):
        (only,) = passages(text, _pattern("商汤"), width=width)
        assert not only.text.startswith("\u0301") and text[only.start + len(only.text)] not in "\u0301\u200d"
        assert not only.text.endswith("\u200d")


def test_a_literal_longer_than_a_passage_is_shown_whole_or_clipped() -> None:
    text = "闲。" * 10 + "商汤" * 30 + "。" + "闲。" * 10
    (only,) = passages(text, _pattern("商汤" * 30), width=40)
    assert only.text == "商汤" * 30 and only.marks == ((0, 60),)
    (only,) = passages("商汤" * 3000, _pattern("商汤" * 3000), width=40)
    assert cells(only.text) == 160 and only.marks == ((0, 80),)


def test_without_marks_the_beginning() -> None:
    (only,) = passages("\n 标题\n\n第一句话。" + "很长的一句话" * 50, _pattern("别处"), start=7, width=40)
    assert (only.start, only.text, only.marks) == (9, "标题\n\n第一句话。", ())
    assert passages(" \n", _pattern("别处")) == ()
    assert passages("标题", _pattern("别处"), count=0) == passages("标题", _pattern("标题"), count=0) == ()


def test_start_is_the_offset_of_a_slice() -> None:
    text = "前文。" * 100 + "商汤在这里。"
    (only,) = passages(text[150:], _pattern("商汤"), start=150, width=12)
    assert text[only.start :].startswith(only.text) and _shown(only) == "[商汤]在这里。"


# Laws

ALPHABET = st.sampled_from(
    [
        *"商湯汤科技后後後人",
        *"aBＡ5g1２",
        *" \n\t　",
        *"，。-.'/·！（）…",
        "\n\n",
        "\u200b",
        "\u0301",
        "㎡",
        "½",
        "ﬁ",
        "ai",
        "한국",
        "か\u3099",
        "\ud800",
    ]
)
TEXTS = st.lists(ALPHABET, max_size=60).map("".join)
WANTED = st.lists(st.lists(ALPHABET, min_size=1, max_size=5).map("".join), min_size=1, max_size=4)


@settings(max_examples=500)
@given(TEXTS, WANTED)
@example("ba a a", ["a a"])
@example("后后后后", ["后后"])
def test_marks_are_where_the_index_finds(text: str, wanted: list[str]) -> None:
    """The oracle compares atoms and their positions, as the index does."""
    folded = fold(text).text
    for typed in wanted:
        places = _places(atoms(folded), atoms(fold(typed).text))
        expected = [fold(text).original(start, end) for start, end in places]
        found = marks(text, pattern([Sought(typed, 0)], merge=False))
        assert set(found) <= set(expected)
        assert all(any(start < other_end and other_start < end for start, end in found) for other_start, other_end in expected)
        if len(fold(typed).text) == len(re.sub(r"[^\u3400-\u9fff]", "", typed)):  # a run of Han characters
            assert set(found) == set(expected)


@settings(max_examples=300)
@given(TEXTS, WANTED)
def test_marks_are_disjoint_and_cover_every_place(text: str, wanted: list[str]) -> None:
    found = marks(text, _pattern(*wanted))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    single = marks(text, pattern([Sought(typed, number) for number, typed in enumerate(wanted)], merge=False))
    assert all(any(start <= one and other <= end for start, end in found) for one, other in single)


@settings(max_examples=300)
@given(TEXTS, st.data())
def test_any_run_of_han_characters_is_marked(text: str, data: st.DataObject) -> None:
    runs = re.findall("[商湯汤科技后後人]+", text)
    if runs:
        run = data.draw(st.sampled_from(runs))
        first = data.draw(st.integers(0, len(run) - 1))
        typed = run[first : data.draw(st.integers(first + 1, len(run)))]
        assert marks(text, _pattern(typed))
        assert any(snippet.marks for snippet in passages(text, _pattern(typed), width=20))


def test_what_no_passage_shows_yet_comes_before_what_one_shows_already() -> None:
    """Though the first term has two words there, and the other one."""
    other = "今天天气很好，没有别的事。" * 6
    text = f"商汤和科技都在这里面。{other}这里又有商汤和科技了。{other}人脸在最后面才说到。"
    found = passages(text, pattern([Sought("商汤", 0), Sought("科技", 0), Sought("人脸", 1)]), count=2, width=24)
    assert [snippet.text for snippet in found] == ["商汤和科技都在这里面。", "人脸在最后面才说到。"]


SAID = ("商汤科技。", "后来的人很好！", "今天天气不错，\n\n", "以后再说；", "a b c. ")


@settings(max_examples=500)
@given(
    TEXTS | st.lists(st.sampled_from(SAID), min_size=8, max_size=24).map("".join),
    WANTED | st.lists(st.sampled_from(["商汤", "天气", "以后", "后来的人", "b"]), min_size=1, max_size=4),
    st.integers(1, 4),
    st.integers(1, 60),
    st.integers(0, 1000),
)
@example("".join(SAID) * 3, ["商汤", "天气"], 3, 20, 0)
def test_passages_are_verbatim_and_in_order(text: str, wanted: list[str], count: int, width: int, start: int) -> None:
    literals = _pattern(*wanted)
    found = passages(text, literals, start=start, count=count, width=width)
    assert len(found) <= count and bool(found) == bool(text.strip())
    for snippet in found:
        at = snippet.start - start
        assert snippet.text and snippet.text == text[at : at + len(snippet.text)] == snippet.text.strip()
        assert all(0 <= one < other <= len(snippet.text) for one, other in snippet.marks)
        assert all(end <= one for (_, end), (one, _) in pairwise(snippet.marks))
    assert all(one.start + len(one.text) <= other.start for one, other in pairwise(found))
    assert all(snippet.marks for snippet in found) if marks(text, literals) else len(found) <= 1


@settings(max_examples=300)
@given(TEXTS, WANTED)
def test_what_a_passage_shows_is_marked_as_in_the_whole_text(text: str, wanted: list[str]) -> None:
    everywhere = marks(text, _pattern(*wanted))
    for snippet in passages(text, _pattern(*wanted), width=16):
        end = snippet.start + len(snippet.text)
        clipped = [(max(one, snippet.start), min(other, end)) for one, other in everywhere if one < end and other > snippet.start]
        assert [(one - snippet.start, other - snippet.start) for one, other in clipped] == list(snippet.marks)


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*"商汤科技的话", "，", "。", "word ", "\n"]), max_size=200).map("".join), st.integers(8, 60))
def test_a_passage_keeps_to_its_width(text: str, width: int) -> None:
    for snippet in passages(text, _pattern("商汤", "word"), width=width):
        assert cells(snippet.text) <= width


@settings(max_examples=500)
@given(st.text("。！?;…．.\n \t”」)\"'a1=０啊", max_size=20))
def test_a_sentence_ends_where_the_obvious_pattern_says(text: str) -> None:
    first = r"(?:[。｡！？；…]|[!?;](?![0-9a-z=])|．(?![0-9０-９]))"
    obvious = re.compile(
        rf"{first}(?:[。｡！？!?;；…]|．(?![0-9０-９]))*[”’」』）)】》\"']*|\.(?<!\s[0-9]\.)(?<!\s[0-9][0-9]\.)[”\"')]*(?=\s)|\n+"
    )
    assert [match.span() for match in _SENTENCE_END.finditer(text)] == [match.span() for match in obvious.finditer(text)]


@pytest.mark.parametrize(
    "text, wanted, shown",
    [
        ("損失很大。\n\n9. 是冷錢包，不是熱錢包\n10. 不明", "冷錢包", "9. 是冷錢包，不是熱錢包"),  # no bare 10. behind it
        ("以前的事。見 https://a.org/b.aspx?c=D8 的規定。後來的事。", "規定", "見 https://a.org/b.aspx?c=D8 的規定。"),
        ("以前的事。經典的 0.1 + 0.2 !== 0.3 誤差。後來的事。", "誤差", "經典的 0.1 + 0.2 !== 0.3 誤差。"),
        ("以前的事？ok的。后来的事!好的。", "后来", "后来的事!"),
    ],
)
def test_neither_the_number_of_an_item_nor_an_address_ends_a_sentence(text: str, wanted: str, shown: str) -> None:
    assert [snippet.text for snippet in passages(text, _pattern(wanted), width=cells(shown) + 4)] == [shown]


def test_a_row_of_tags_shows_only_what_stands_nowhere_else() -> None:
    text = "標籤：#居留證 #梅花卡 #定居\n\n先說別的，很長的一段話。\n\n申請梅花卡要繳規費。\n\n又說 #定居 一次。"
    shown = {word: [snippet.text for snippet in passages(text, _pattern(word), width=20, count=1)] for word in ("居留證", "梅花卡", "定居")}
    assert shown == {"居留證": ["標籤：#居留證 #梅花"], "梅花卡": ["申請梅花卡要繳規費。"], "定居": ["又說 #定居 一次。"]}


def test_many_matches_take_no_time() -> None:
    text = "".join(f"商汤科技在香港{number}。" + "啊" * 42 for number in range(10_000))
    with no_hang():
        found = passages(text, _pattern("商汤", "科技", "香港"))
    assert len(found) == 3


@pytest.mark.parametrize("character", ["人", "a ", "a，", "\n", "“", "\u0301", "e\u0301", "1-"])
def test_monotonous_texts_take_no_time(character: str) -> None:
    text = character * 50_000
    with no_hang():
        passages(text, _pattern(character * 500, character, "a，b"), width=80)


def test_where_a_text_says_everywhere_the_same_its_beginning_is_looked_at() -> None:
    text, wanted = "的" * 4_000, _pattern("的", "的的")
    with patch.object(snippets, "MOST_PLACES", 1_000):
        found = passages(text, wanted, width=20)
    assert found == passages(text[:500], wanted, width=20)
    assert found[0].marks


def test_runs_of_one_character_by_the_hundred_take_no_time() -> None:
    with no_hang():
        assert passages("的" * 60_000, _pattern(*("的" * length for length in range(1, 300))))


def _pattern(*sought: str | Sought) -> Pattern:
    return pattern([Sought(item, number) if isinstance(item, str) else item for number, item in enumerate(sought)])


def _shown(snippet: Snippet) -> str:
    text = snippet.text
    for start, end in reversed(snippet.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def _places(held: list[Atom], wanted: list[Atom]) -> list[tuple[int, int]]:
    """Where atoms stand one after another at the same distances: slowly, obviously."""
    found = []
    for first in range(len(held) - len(wanted) + 1):
        window = held[first : first + len(wanted)]
        if wanted and all(
            one.text == other.text and one.position - window[0].position == other.position - wanted[0].position
            for one, other in zip(window, wanted, strict=True)
        ):
            found.append((window[0].start, window[-1].end))
    return found

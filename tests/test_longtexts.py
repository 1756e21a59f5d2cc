"""Which long text comes first, and which passages it shows: those that answer, though nearly every word is in every text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from searcher import Document, Location
from searcher.answers.longtexts import LONG, WHOLE
from tests.conftest import Indexed

EVERYDAY = (
    *("王安石在朝廷做官。", "改革还没有开始。", "没有人知道原因。", "财政的事情说了很多。", "他又写了一首诗，是好诗。"),
    *(f"{month}月里，天气变得不一样了，花开花落，人来人往。" for month in "一二三四五六七八九十"),
)
"""Whose words stand in every chapter of a book."""


def _book(name: str, *, answers: dict[int, str] | None = None) -> Document:
    """A book of everyday sentences, with others in the place of some of them."""
    book = _text(name, 4_000, answers)
    assert len(book.text) > WHOLE
    return book


def _text(name: str, lines: int, answers: dict[int, str] | None = None) -> Document:
    said = [EVERYDAY[number * 7 % len(EVERYDAY)] for number in range(lines)]
    for number, answer in (answers or {}).items():
        said[number] = answer
    return Document(name, name, "\n".join(said), path=f"/books/{name}.txt")


@pytest.fixture(params=[400, 4_000])
def lines(request: pytest.FixtureRequest) -> int:
    """How many lines a long text has: one that is read whole, and one that is not."""
    assert LONG < len(_text("一", 400).text) < WHOLE < len(_text("一", 4_000).text)
    return int(request.param)


@pytest.mark.parametrize("others", [0, 1, 8])
def test_a_question_is_answered_by_the_passage_that_says_most_of_it(indexed: Indexed, others: int, lines: int) -> None:
    answer = "王安石改革的原因，是财政困难。"
    index = indexed(_text("一", lines, {lines // 2: answer}), *(_text(f"别的{number}", lines) for number in range(others)))
    [hit] = [hit for hit in index.search("王安石改革的原因是什么？", snippets=1) if hit.id == "一"]
    assert answer in hit.snippets[0].text
    assert "王安石改革的原因" in "".join(hit.snippets[0].text[start:end] for start, end in hit.snippets[0].marks)


@pytest.mark.parametrize("question", ["盗汗与阴虚", "盗汗会是阴虚吗", "盗汗是因为什么，阴虚？"])
def test_a_book_that_says_it_in_one_place_is_before_those_that_say_its_words_often(indexed: Indexed, question: str) -> None:
    apart = {number: "阴虚很多。" if number % 200 else "盗汗很多。" for number in range(0, 4_000, 100)}
    once = {5: "盗汗很多。", 3_000: "阴虚就会有盗汗。"}
    index = indexed(_book("一", answers=apart), _book("二", answers=once), _book("三", answers=apart), _book("四", answers=apart))
    assert index.search(question)[0].id == "二"


def test_what_one_text_says_once_tells_more_than_what_all_say_everywhere(indexed: Indexed, lines: int) -> None:
    answer = "他又写了一首诗，题目叫做爆竹。"
    index = indexed(_text("一", lines, {lines * 3 // 4: answer}), _text("二", lines, {5: "爆竹就是鞭炮。"}))
    first = {hit.id: hit.snippets[0].text for hit in index.search("王安石写的诗里哪一首的题目是爆竹？", snippets=1)}
    assert answer in first["一"]
    assert "爆竹就是鞭炮" in first["二"]


def test_a_term_of_a_list_is_marked_however_often_it_stands(indexed: Indexed, lines: int) -> None:
    index = indexed(_text("一", lines, {lines // 2: "王安石，元日。"}), _text("二", lines))
    [hit] = [hit for hit in index.search("王安石 元日", snippets=1) if hit.id == "一"]
    assert {hit.snippets[0].text[start:end] for start, end in hit.snippets[0].marks} == {"王安石", "元日"}


def test_passages_of_different_parts_come_in_their_order(indexed: Indexed) -> None:
    index = indexed(_book("一", answers={number: f"元日第{number}次。" for number in (40, 1_500, 3_900)}))
    [hit] = index.search("元日", snippets=3)
    assert [snippet.line for snippet in hit.snippets] == [41, 1_501, 3_901]


def test_an_article_that_is_called_like_what_is_asked_for_is_shown_first(indexed: Indexed) -> None:
    said = {5: "損害賠償之事，依第1234條之規定。", 1234: "加害人應回復原狀。"}
    articles = [f"第{number}條\n{said.get(number, '依法律之規定，不得再議，從其習慣。')}\n" for number in range(1, 1_500)]
    text = "\n".join(articles)
    starts = [text.index(f"\n第{number}條\n") + 1 if number > 1 else 0 for number in range(1, 1_500)]
    places = tuple(Location(start, "article", f"第{number}條") for number, start in enumerate(starts, start=1))
    index = indexed(Document("law", "賠償法", text, locations=places), _book("一"))
    [hit] = index.search("第1234條 損害賠償", snippets=1)
    assert hit.snippets[0].place is not None
    assert hit.snippets[0].place.label == "第1234條"
    assert hit.snippets[0].line == 3 * 1_233 + 1


@pytest.mark.parametrize("before", [180, 20])
def test_what_the_title_says_counts_less_for_the_choice(indexed: Indexed, before: int, lines: int) -> None:
    """Of the block, and of the passage in it."""
    answer = lines // 2
    book = _text("屈原", lines, {answer - before: "屈原，名平。", answer: "爆竹很响。", lines - 10: "爆竹声声。"})
    [hit] = indexed(book, _text("一", lines)).search("屈原的爆竹是什么？", snippets=1)
    assert hit.snippets[0].line == answer + 1


def test_of_very_many_terms_all_are_marked(indexed: Indexed) -> None:
    terms = "甲子 乙丑 丙寅 丁卯 戊辰 己巳 庚午 辛未 壬申 癸酉 甲戌 乙亥 丙子 丁丑 戊寅 己卯 庚辰 辛巳 壬午 癸未".split()
    index = indexed(_book("一", answers={2_000: "、".join(terms)}))
    [hit] = index.search(" ".join(terms), snippets=1)
    assert [hit.snippets[0].text[start:end] for start, end in hit.snippets[0].marks] == terms


@pytest.mark.parametrize("query", ["*", "sort:-size", "size:>1000", "path:宋史", "title:宋史", "NOT 苹果", "title:宋史 -苹果"])
def test_where_nothing_is_looked_for_in_the_text_it_is_shown_from_its_beginning(indexed: Indexed, query: str) -> None:
    [hit] = indexed(_book("宋史")).search(query, snippets=1)
    assert hit.snippets[0].start == 0
    assert hit.snippets[0].marks == ()


@pytest.mark.parametrize("query", ["Sense*", "S*Core", "SenseCora~", "Sense* 王安石", "王安石 SenseCora~"])
def test_patterns_and_misspellings_are_marked_near_the_beginning(indexed: Indexed, query: str) -> None:
    """The index does not say where they stand."""
    [hit] = indexed(_book("一", answers={100: "SenseCore，王安石。"})).search(query, snippets=1)
    assert "SenseCore" in {hit.snippets[0].text[start:end] for start, end in hit.snippets[0].marks}


def test_words_of_a_question_that_stand_in_every_stretch_are_not_marked(indexed: Indexed, lines: int) -> None:
    index = indexed(_text("一", lines, {lines // 2: "屠苏的滋味，人来人往。"}))
    [hit] = index.search("人来人往时屠苏是什么滋味？", snippets=1)
    marked = "".join(hit.snippets[0].text[start:end] for start, end in hit.snippets[0].marks)
    assert "屠苏" in marked
    assert "人来人往" in hit.snippets[0].text
    assert "人来人往" not in marked


def test_words_that_every_text_has_tell_which_passage_answers(indexed: Indexed, lines: int) -> None:
    everywhere = {**dict.fromkeys(range(0, lines, 200), "屠苏是酒。"), **dict.fromkeys(range(50, lines, 200), "爆竹很响。")}
    text = _text("一", lines, {**everywhere, 100: "元日快乐。", lines // 2 + 20: "元日，屠苏，爆竹。"})
    index = indexed(text, *(_text(name, lines, everywhere) for name in "二三四五六七八"))
    [hit] = [hit for hit in index.search("元日的屠苏爆竹是什么？", snippets=1) if hit.id == "一"]
    assert "元日，屠苏" in hit.snippets[0].text


def test_what_is_shown_is_chosen_by_what_is_rare_in_the_text(indexed: Indexed, lines: int) -> None:
    """王安石 is in one text only, and everywhere in it; 屠苏 in all texts, and once in this one."""
    text = _text("一", lines, {lines // 2: "屠苏是酒。"})
    others = (_text(name, lines, dict.fromkeys(range(0, lines, 10), "屠苏是酒。")) for name in "二三四五六")
    index = indexed(text, *(replace(other, text=other.text.replace("王安石", "司马光")) for other in others))
    [hit] = [hit for hit in index.search("王安石的屠苏是什么？", snippets=1) if hit.id == "一"]
    assert "屠苏" in hit.snippets[0].text


def test_a_block_gives_as_many_passages_as_it_has_good_stretches(indexed: Indexed) -> None:
    index = indexed(_book("一", answers={number: f"元日第{number}次。" for number in (1_500, 1_520, 1_540)}))
    [hit] = index.search("元日", snippets=3)
    assert [snippet.line for snippet in hit.snippets] == [1_501, 1_521, 1_541]

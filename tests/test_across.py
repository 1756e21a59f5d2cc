"""A run is found whatever signs stand between its characters, in the document or in the query: its letters and digits say what it is."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.passages.literals import Sought
from searcher.passages.marking import marks, pattern
from searcher.text.analysis import Atom, atoms
from searcher.text.characters import is_spaced
from searcher.text.folding import fold
from tests.conftest import Indexed
from tests.corpus import CORPUS

PIECES = ("之", "子", "姓", "公", "孫", "孙", "，", "。", "・", "\n", "\n\n", " ", "「", "①", "A", "b", "3", "1", "-", "\u200b")


def _holds(text: str, typed: str) -> bool:
    """Whether a text has the letters and digits of what was typed, one behind the other, and between two that are written with spaces what
    was typed there: a gap, or none."""
    wanted, there = atoms(fold(typed).text), atoms(fold(text).text)
    return any(_is(there[start : start + len(wanted)], wanted) for start in range(len(there) - len(wanted) + 1))


def _is(found: list[Atom], wanted: list[Atom]) -> bool:
    steps = zip(pairwise(found), pairwise(wanted), strict=True)
    return [atom.text for atom in found] == [atom.text for atom in wanted] and all(
        other.position - one.position == second.position - first.position
        for (one, other), (first, second) in steps
        if is_spaced(first.text) and is_spaced(second.text)
    )


def _varies(typed: str) -> bool:
    """Whether other signs than those that were typed are looked for."""
    there = [atom.text for atom in atoms(fold(typed).text)]
    return len(there) >= 4 and not all(map(is_spaced, there))


def _found(index: Index, query: str, **options: bool) -> list[str]:
    return [hit.id for hit in index.search(query, limit=None, snippets=0, **options)]


@pytest.fixture(scope="module")
def editions(shared_index: Indexed) -> Index:
    texts = {
        "punctuated": "黃帝者，少典之子，姓公孫，名曰軒轅。",
        "plain": "黃帝者少典之子姓公孫名曰軒轅",
        "stops": "黃帝者。少典之子。姓公孫。名曰軒轅。",
        "lines": "黃帝者\n\n少典之子\n\n姓公孫\n\n名曰軒轅",
        "simplified": "黄帝者，少典之子，姓公孙，名曰轩辕。",
        "noted": "黃帝者，少典之子①姓公孫，名曰軒轅。",
        "other": "少典氏之子，姓公孫。",
        "words": "公孫姓，之子典少。",
        "poem": "床前明月光，\n疑是地上霜。\n舉頭望明月，\n低頭思故鄉。",
        "name": "卡爾‧馬克思與弗里德里希·恩格斯",
        "code": "foo.bar 与 “Python” 开发工具",
    }
    return shared_index(
        *(Document(id=id, title="", text=text) for id, text in texts.items()),
        Document(id="title", title="卡爾馬克思：傳", text="……"),
        Document(id="file", title="", text="……", path="/d/少典之子、姓公孫.txt"),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("「少典之子姓公孫」", {"plain"}),
        ("「少典之子，姓公孫」", {"punctuated", "stops", "lines", "simplified", "file", "noted"}),  # to the index, a word fills a gap, too
        ("「典之子姓公」", {"plain"}),
    ],
)
def test_what_stands_as_it_was_typed_comes_first(editions: Index, query: str, expected: set[str]) -> None:
    every = {"punctuated", "plain", "stops", "lines", "simplified", "file"} | expected
    assert set(_found(editions, query, expand=False)) == expected
    assert set(_found(editions, query)[: len(expected)]) == expected
    assert set(_found(editions, query)) == every
    unquoted = _found(editions, query.strip("「」"))
    assert set(unquoted[: len(expected)]) == expected and set(unquoted[: len(every)]) == every


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("「床前明月光疑是地上霜」", ["poem"]),
        ("「床前明月光 疑是地上霜」", ["poem"]),
        ("「床前明月光\n疑是地上霜。举头望明月」", ["poem"]),
        ("「卡尔马克思」", ["title", "name"]),
        ("「卡爾・馬克思」", ["name", "title"]),
        ("title:「卡爾・馬克思」", ["title"]),
        ("“Python开发工具”", ["code"]),
        ("“foobar与”", []),
        ("“与Python”", []),
        ("“子姓公”", ["plain"]),
    ],
)
def test_signs_in_either_do_not_count(editions: Index, query: str, expected: list[str]) -> None:
    """Words in Latin letters keep theirs; three characters stand together by chance."""
    assert _found(editions, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("「学习C++编程」", ["c++", "quoted c++"]),
        ("「学习“C++”编程」", ["quoted c++", "c++"]),
        ("「学习C#编程」", ["c#"]),
        ("学习C++的编程", []),
        ("「增长12%左右」", ["12%", "quoted 12%"]),
        ("「用.NET开发程序」", [".net"]),
        ("「簡・愛」", ["dotted", "plain"]),
        ("「简爱」", ["plain", "dotted"]),
        ("「阿·甘」", ["gump"]),
        ("「a・b」", []),
    ],
)
def test_signs_of_words_and_dots_of_names_count_as_they_should(indexed: Indexed, query: str, expected: list[str]) -> None:
    """C++ is not C, whatever stands around it; a name has a dot or none."""
    texts = {
        "c++": "学习C++编程很好",
        "quoted c++": "大家都来学习“C++”编程",
        "c": "学习C编程",
        "c#": "我们学习“C#”编程",
        "12%": "增长12%左右",
        "quoted 12%": "今年增长“12%”左右",
        "12": "增长12左右",
        ".net": "用.NET开发程序",
        "net": "用“NET”开发程序",
        "dotted": "电影简·爱很好看",
        "plain": "简爱是一本小说",
        "gump": "阿甘正传",
        "letters": "ab",
        "both": "少儿编程",
    }
    index = indexed(*[Document(id=id, title="", text=text) for id, text in texts.items()])
    assert _found(index, query, strict=True) == expected


def test_a_name_that_stands_with_its_dot_and_without_is_counted_as_typed(indexed: Indexed) -> None:
    index = indexed(Document(id="both", title="", text="简·爱，又作简爱"), Document(id="plain", title="", text="简爱"))
    assert index.search("「简·爱」").notices == ("“简·爱” with other punctuation: 1",)


def test_what_asks_for_the_very_run_gets_it(editions: Index) -> None:
    assert _found(editions, "「少典之子姓公孫」", expand=False) == ["plain"]
    assert _found(editions, "「少典之子姓公孫」", exact_script=True) == ["plain"]
    assert "punctuated" in _found(editions, "公孫 -「少典之子姓公孫」", expand=False)
    assert set(_found(editions, "公孫 -「少典之子姓公孫」")) == {"noted", "other", "words"}


def test_who_quotes_is_told_how_many_have_other_signs(editions: Index) -> None:
    """No others are: unquoted, its words alone would do."""
    (notice,) = editions.search("「少典之子姓公孫」").notices
    assert notice == "“少典之子姓公孫” with other punctuation: 5"
    assert not editions.search("少典之子姓公孫").notices and not editions.search("「少典之子姓公孫」", expand=False).notices
    assert not editions.search("「名曰軒轅」").notices
    (fewer,) = editions.search("「少典之子姓公孫」 黃帝者").notices
    assert fewer.endswith(": 4"), "those that were found"


def test_no_document_that_holds_it_is_said_to_lack_something(editions: Index) -> None:
    """光疑是地 is cut into words that the poem has not got."""
    assert [(hit.id, hit.relaxed) for hit in editions.search("光疑是地")][:1] == [("poem", False)]


@pytest.mark.parametrize("query", ["多行不义", "國子 多行不义", "多行不義 公子"])
def test_a_word_and_one_of_several_terms_are_found_so_too(indexed: Indexed, query: str) -> None:
    index = indexed(
        Document(id="signs", title="", text="乃命國子，多行不¶義公子"),
        Document(id="words", title="", text="國子多行，公子不義"),
        Document(id="other", title="", text="國子公子"),
    )
    (found,) = index.search(query, strict=True)
    assert found.id == "signs"
    assert any(snippet.text[slice(*mark)].startswith("多行不¶義") for snippet in found.snippets for mark in snippet.marks)
    index.add([Document(id="plain", title="", text="國子，多行不義，公子")])
    assert _found(index, query, strict=True) == ["plain"]


def test_beside_what_has_it_as_typed_words_are_enough_unless_it_is_quoted(editions: Index) -> None:
    unquoted, quoted = (editions.search(query, strict=True, limit=None) for query in ("典之子姓公", "「典之子姓公」"))
    assert [hit.id for hit in unquoted] == ["plain"] and len(quoted) > 1


def test_what_is_deleted_has_nothing_as_it_was_typed(indexed: Indexed) -> None:
    texts = {"plain": "光疑是地", "poem": "床前明月光，疑是地上霜。", "words": "地上霜", "other": "明月", "more": "低頭"}
    index = indexed(*[Document(id=id, title="", text=text) for id, text in texts.items()])
    assert _found(index, "光疑是地", strict=True) == ["plain"]
    index.remove("plain")
    assert _found(index, "光疑是地", strict=True) == ["poem"]


def test_the_whole_is_marked_with_the_signs_in_it(editions: Index) -> None:
    marked = {
        hit.id: [s.text[slice(*mark)] for s in hit.snippets for mark in s.marks]
        for hit in editions.search("「少典之子姓公孫」", limit=None)
    }
    assert marked["punctuated"] == ["少典之子，姓公孫"] and marked["lines"] == ["少典之子\n\n姓公孫"]
    assert {hit.id: [hit.title[slice(*mark)] for mark in hit.title_marks] for hit in editions.search("「卡爾・馬克思」")}["title"] == [
        "卡爾馬克思"
    ]
    file = next(hit for hit in editions.search("「少典之子姓公孫」", limit=None) if hit.id == "file")
    assert [(file.path or "")[slice(*mark)] for mark in file.path_marks] == ["少典之子、姓公孫"]


def test_a_text_is_marked_as_its_hit_is(editions: Index) -> None:
    """Where it has one term as it was typed, and another with other signs."""
    text = "黃帝者，少典之子，姓公孫。名曰軒轅。"
    for query, expected in (("「少典之子姓公孫」", ["少典之子，姓公孫"]), ("「姓公孫名曰」 「黃帝者」", ["黃帝者", "姓公孫。名曰"])):
        assert [text[slice(*mark)] for mark in editions.marks(query, text)] == expected


def test_a_long_document_shows_the_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of a text that is not read whole, and where it lies across two blocks of what is stored."""
    filler = "天地玄黃，宇宙洪荒。" * 3_000
    with Index.create(tmp_path_factory.mktemp("long") / "index") as index:
        index.add([Document(id="long", title="", text=f"{filler}少典之子，姓公孫。{filler}")])
        (hit,) = index.search("「少典之子姓公孫」")
        (snippet,) = [snippet for snippet in hit.snippets if snippet.marks]
        assert snippet.start + snippet.marks[0][0] == len(filler)


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.lists(st.sampled_from(PIECES), min_size=3, max_size=24).map("".join), min_size=1, max_size=6),
    start=st.integers(0, 20),
    length=st.integers(2, 12),
    signs=st.lists(st.sampled_from(("", "", "，", "。", " ")), min_size=12, max_size=12),
)
@example(texts=["之子A姓公", "之子，姓公", "之子①姓公"], start=0, length=5, signs=["，"] * 12)
@example(texts=["之子姓公b", "之子・姓公bA"], start=0, length=6, signs=[""] * 12)
@example(texts=["之A b子公", "之A，b子公", "之Ab子公"], start=0, length=6, signs=[""] * 12)
def test_a_quotation_finds_what_has_its_letters(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], start: int, length: int, signs: list[str]
) -> None:
    """Exactly that, beside what has it with the signs that were typed; and where it is found, it is marked."""
    letters = re.sub("[，。・「\u200b\n]", "", texts[0])[start : start + length]
    typed = "".join(f"{letter}{sign}" for letter, sign in zip(letters, signs, strict=False)).strip(" ")
    with Index.create(tmp_path_factory.mktemp("across") / "index") as index:
        index.add(Document(id=str(number), title="", text=text) for number, text in enumerate(texts))
        literal = set(_found(index, f'"{typed}"', expand=False))
        expected = {str(number) for number, text in enumerate(texts) if _varies(typed) and _holds(text, typed)}
        results = index.search(f'"{typed}"', limit=None)
        assert {hit.id for hit in results} == literal | expected, typed
        assert results.total == len(literal | expected)
        assert {hit.id for hit in results[: len(literal)]} == literal
        for hit in results[len(literal) :]:
            (mark, *_) = [snippet.text[slice(*mark)] for snippet in hit.snippets for mark in snippet.marks]
            assert _holds(mark, typed)


@pytest.mark.parametrize("document", CORPUS, ids=lambda document: document.id)
def test_every_stretch_of_a_text_finds_it_without_its_signs(index: Index, document: Document) -> None:
    chosen = random.Random(document.id)
    there = re.findall(r"[\u4e00-\u9fff]{2,}[，。、；：\n]+[\u4e00-\u9fff]{2,}", document.text)
    for stretch in chosen.choices(there, k=5) if there else ():
        letters = re.sub(r"[^\u4e00-\u9fff]", "", stretch)
        assert document.id in _found(index, f"“{letters}”"), letters
        assert document.id in _found(index, letters), letters


@settings(max_examples=200)
@given(text=st.text("之子姓公孫，。 \n①Ab3", max_size=30), typed=st.text("之子姓公孫，Ab3", min_size=1, max_size=8))
def test_what_is_marked_holds_what_was_typed(text: str, typed: str) -> None:
    sought = pattern([Sought(typed, 0, across=True)])
    found = [text[start:end] for start, end in marks(text, sought)]
    assert bool(found) == (bool(atoms(fold(typed).text)) and _holds(text, typed))

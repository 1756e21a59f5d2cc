"""Why a document answers or does not: true numbers, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.explanations.explanation import CHARACTERS, TOGETHER
from searcher.explanations.nearest import _is_one_off
from searcher.text.folding import fold
from tests.conftest import Indexed
from tests.corpus import CORPUS


@pytest.mark.parametrize("query", ["软件工程", "商湯科技", "第12条", "人臉辨識 領先", "mach*", "深度学习是什么？"])
def test_the_parts_of_a_score_are_the_score(index: Index, query: str) -> None:
    hits = index.search(query).hits
    assert hits
    for hit in hits:
        explanation = index.why(query, hit.id)
        assert explanation.score == pytest.approx(hit.score)
        assert explanation.score == pytest.approx(sum(part.score for part in explanation.parts))
        assert explanation.matches is not hit.relaxed
        assert explanation.matches or explanation.relaxed


@pytest.mark.parametrize("query", ["深度学习原创技术", "人工智慧軟體", "第十二条 民國110年", "node.js learning", "火星人", "水星", "mach*"])
def test_what_was_found_stands_in_the_document(index: Index, query: str) -> None:
    """A text that was put together wrongly of its pairs would stand nowhere; those of synonyms are no words."""
    documents = {document.id: document for document in CORPUS}
    with Index.open(index.path, synonyms={"火星人": ["汤晓鸥"], "水星": ["晓鸥教授", "契约约定"]}) as opened:
        found = [(documents[hit.id], part) for hit in opened.search(query) for part in opened.why(query, hit.id).parts]
    assert found
    for document, part in found:
        for text, field, _ in part.frequencies if part.name not in (TOGETHER, CHARACTERS) else ():
            places = {"title": document.title, "name": document.path, "path": document.path, "text": document.text}
            assert _bare(text) in _bare(str(places[field.partition(".")[0]])), (document.id, part)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text).text))


def test_what_was_found_is_written_as_the_document_writes_it_and_what_was_asked_as_it_was_typed(index: Index) -> None:
    parts = index.why("湯曉鷗 著名", "shangtang").parts
    texts = {text for part in parts for text, _, _ in part.frequencies}
    assert "晓鸥" in texts and "曉鷗" not in texts
    assert {"pair 曉鷗", "word 湯"} <= {part.name for part in parts}


def test_what_a_document_has_of_the_query_is_not_near_to_what_it_lacks(tmp_path: Path) -> None:
    """Of 違約金太高可以減少嗎 it lacks 太 and 高, to which 減少 is not near."""
    with Index.create(tmp_path / "index") as index:
        index.add([Document("a", "民法典", "约定的违约金过分，当事人可以请求予以适当减少。")])
        [missing] = index.why("違約金太高可以減少嗎", "a").missing
    assert missing.words == ("太", "高") and missing.nearest == ()


def test_words_of_letters_that_stand_side_by_side_are_told_apart(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add([Document("a", "笔记", "Machine Learning 的应用，第339-4条。")])
        texts = {text for query in ("machine learning", "339-4") for part in index.why(query, "a").parts for text, _, _ in part.frequencies}
    assert {"Machine Learning", "339-4"} <= texts


def test_what_matches_misses_nothing_and_what_misses_nothing_matches(index: Index) -> None:
    for query in ("软件工程", "商湯科技", "負債率 上市", "软件", '"权益制"', "内置函数 软件"):
        for document in CORPUS:
            explanation = index.why(query, document.id)
            assert explanation.matches is not bool(explanation.missing), (query, document.id, explanation.missing)


def test_a_missing_term_comes_with_the_nearest_words(index: Index) -> None:
    (missing,) = index.why("软件工人", "ruanjian").missing
    assert missing.text == "软件工人"
    assert missing.words == ("工人",)
    assert missing.nearest == ()  # 工程 is no worker


@pytest.mark.parametrize(
    ("query", "expand", "near"),
    [
        ("离婚", True, ("婚姻",)),
        ("权力", True, ("權利",)),
        ("著作权人", True, ("著作權", "著作權法")),
        ("滑鼠", False, ("鼠标",)),
        ("pythn", True, ("Python",)),
        ("Pyhton", True, ("Python",)),
        ("pyt", True, ()),
        ("天气", True, ()),
    ],
)
def test_near_words_are_those_that_a_reader_may_have_meant(laws: Index, query: str, expand: bool, near: tuple[str, ...]) -> None:
    (missing,) = laws.why(query, "law", expand=expand).missing
    assert set(near) <= set(missing.nearest)
    assert bool(missing.nearest) is bool(near)


@pytest.fixture(scope="module")
def laws(shared_index: Indexed) -> Index:
    text = "中華民國民法：婚姻與家庭的權利。著作權法規定，鼠标和 Python 不在此限。"
    return shared_index(
        Document(id="law", title="民法", text=text), *(Document(id=str(n), title="", text=f"第{n}年的天地") for n in range(20))
    )


@given(st.text("著作权人法", min_size=1, max_size=5), st.text("著作权人法", min_size=1, max_size=5))
def test_one_off_is_one_character_replaced_put_in_or_left_out(word: str, other: str) -> None:
    """The oracle makes every such change. Of two characters nothing would remain that tells."""
    short, long = sorted((word, other), key=len)
    shorter = {long[:place] + long[place + 1 :] for place in range(len(long))}
    replaced = {long[:place] + letter + long[place + 1 :] for place in range(len(long)) for letter in "著作权人法"}
    changed = replaced if len(short) == len(long) else shorter
    if word != other:
        assert _is_one_off(word, other) is (len(long) > 2 and short in changed), (word, other)


@pytest.mark.parametrize(("query", "near"), [("疫苖", "疫苗"), ("末来", "未來"), ("疫茵", None)])
def test_what_looks_alike_is_near(indexed: Indexed, query: str, near: str | None) -> None:
    index = indexed(Document(id="one", title="", text="接種疫苗，是為未來。"), Document(id="other", title="", text="天气很好。"))
    (missing,) = index.why(query, "one").missing
    assert (near in missing.nearest) if near else "疫苗" not in missing.nearest


def test_what_names_nothing_is_not_called_missing(index: Index) -> None:
    (missing,) = index.why("人工智能芯片是什么", "shangtang").missing
    assert missing.words == ("人工智能", "芯片")
    assert "创始人" not in missing.nearest


@pytest.mark.parametrize("asked", ["能不能", "可不可以", "會不會", "是不是", "应不应该"])
def test_what_only_asks_is_not_called_missing(indexed: Indexed, asked: str) -> None:
    index = indexed(
        Document(id="law", title="", text="用人单位不得辞退孕期的员工。"), Document(id="other", title="", text="天气不能再好了。")
    )
    explanation = index.why(f"老板{asked}开除员工？", "law")
    (missing,) = explanation.missing
    assert (missing.words, missing.nearest) == (("老板", "开除"), ("用人单位", "辞退"))
    assert [word for word, _ in explanation.terms[0].words] == ["老板", "开除", "员工"]
    assert not {expansion.source for expansion in explanation.expansions} - {"老板", "开除", "员工"}
    assert index.why(f"员工{asked}辞退", "law").matches


def test_words_are_shown_as_they_were_typed_and_near_ones_as_they_are_written(index: Index) -> None:
    explanation = index.why("著作權法", "laws-tw")
    assert [word for word, _ in explanation.terms[0].words][:1] == ["著作權法"]
    assert any(part.name == "word 著作權法" for part in explanation.parts)
    (missing,) = index.why("契约约束", "laws-tw").missing
    assert missing.words == ("约束",)
    assert missing.nearest == ()


def test_what_stands_together_is_a_part_of_the_score(index: Index) -> None:
    together = [part for part in index.why("人脸识别技术", "shangtang").parts if part.name == TOGETHER]
    assert [text for part in together for text, _, _ in part.frequencies] == ["人脸识别", "技术"]


@pytest.mark.parametrize(
    ("query", "typed", "written"),
    [
        ("人工智慧 应用", ("人工智慧", "应用"), ("人工智能", "")),
        ("人工智慧 應用", ("人工智慧", "應用"), ("人工智能", "应用")),
        ("人工智能应用", ("人工智能应用",), ("",)),
    ],
)
def test_what_stands_together_is_written_in_one_way_and_as_the_document_has_it_behind(
    indexed: Indexed, query: str, typed: tuple[str, ...], written: tuple[str, ...]
) -> None:
    index = indexed(Document(id="ai", title="", text="人工智能应用很广。"), Document(id="other", title="", text="天气很好。"))
    explanation = index.why(query, "ai")
    (together,) = [part for part in explanation.parts if part.name == TOGETHER]
    assert tuple(text for text, _, _ in together.frequencies) == typed
    assert together.written == written


def test_runs_that_only_meet_in_the_document_are_not_joined(indexed: Indexed) -> None:
    index = indexed(Document(id="one", title="", text="工作作业都做完了。"), Document(id="two", title="", text="天气很好。"))
    (together,) = [part for part in index.why("工作 作业", "one").parts if part.name == TOGETHER]
    assert [text for text, _, _ in together.frequencies] == ["工作", "作业"]


def test_a_form_is_told_as_documents_write_it(indexed: Indexed) -> None:
    index = indexed(Document(id="tw", title="", text="國家公務員的考績。"), Document(id="other", title="", text="天氣很好。"))
    assert [form.target for form in index.why("公務人員").expansions] == ["公務員"]
    index.add([Document(id="cn", title="", text="国家公务员的考绩。")])
    assert [form.target for form in index.why("公務人員").expansions] == ["公务员"]


def test_documents_with_all_words_of_a_term_apart_are_counted_so(indexed: Indexed) -> None:
    texts = ("劳动合同的终止。", "终止了劳动合同。", "劳动合同终止后。", "劳动合同。")
    index = indexed(*(Document(id=str(number), title="", text=text) for number, text in enumerate(texts)))
    (term,) = index.why("劳动合同终止").terms
    assert (term.documents, term.as_typed, term.apart) == (1, 1, 2)
    assert term.documents + term.apart == index.search("劳动合同终止").complete
    (quoted,) = index.why('"劳动合同终止"').terms
    assert quoted.apart == 0


@pytest.mark.parametrize("query", ["c++", "C++", "c#", "软件", "軟體", "第12條"])
def test_no_more_documents_hold_a_term_as_typed_than_hold_it(indexed: Indexed, query: str) -> None:
    texts = ("C++ 模板", "C 语言", "c# 语言", "C 与 C", "软件", "軟體", "第十二条")
    index = indexed(*(Document(id=str(number), title="", text=text) for number, text in enumerate(texts)))
    (term,) = index.why(query).terms
    assert 0 <= term.as_typed <= term.documents


def test_single_characters_are_a_part_of_the_score_of_a_question(index: Index) -> None:
    explanation = index.why("人臉辨識有什么技術？", "shangtang")
    (counted,) = [part for part in explanation.parts if part.name == CHARACTERS]
    text = next(document.text for document in CORPUS if document.id == "shangtang")
    written = [found or typed for (typed, _, _), found in zip(counted.frequencies, counted.written, strict=True)]
    assert {typed for typed, _, _ in counted.frequencies} >= {"人", "臉", "識", "技", "術"}
    assert set(written) >= {"人", "脸", "识", "技", "术"}
    assert all(count == text.count(found) for found, (_, _, count) in zip(written, counted.frequencies, strict=True))
    assert not [part for part in index.why("人脸识别技术", "shangtang").parts if part.name == CHARACTERS]


def test_what_a_first_group_leaves_out_is_not_called_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Index.create(tmp_path_factory.mktemp("explaining") / "index") as many:
        many.add(Document(id=str(number), title="", text=f"第{number}：深度学习技术。") for number in range(120))
        many.add([Document(id="part", title="", text="深度很大。")])
        assert "part" not in {hit.id for hit in many.search("深度学习技术", limit=None)}
        assert many.why("深度学习技术", "part").relaxed is False


def test_runs_and_forms_are_named_as_they_are_written(index: Index) -> None:
    explanation = index.why("软件", "ruanti")
    texts = {text for part in explanation.parts for text, _, _ in part.frequencies}
    assert "軟體" in texts and "软体" not in texts
    assert any(text == "軟體" and field.startswith("title") for part in explanation.parts for text, field, _ in part.frequencies)


def test_a_query_alone_is_explained(index: Index) -> None:
    explanation = index.why("軟體 第12條")
    assert explanation.id is None
    assert [term.text for term in explanation.terms] == ["軟體", "第12條"]
    assert {(expansion.kind, expansion.target) for expansion in explanation.expansions} >= {("region", "软件"), ("number", "第十二條")}
    assert explanation.query == "軟體 第12條"


@pytest.mark.parametrize("query", ["軟體 第12條", "软件", "人工智慧 老板"])
def test_of_each_form_it_is_told_how_many_documents_hold_it(index: Index, query: str) -> None:
    explanation = index.why(query)
    held = [index.search(f'"{form.target}"', expand=False, strict=True, copies=True).total for form in explanation.expansions]
    assert held == list(explanation.expansion_documents) and held and all(held)


def test_a_relaxed_hit_says_what_it_lacks(index: Index) -> None:
    explanation = index.why("商汤科技 滑鼠", "ruanti")
    assert (explanation.matches, explanation.relaxed) == (False, True)
    assert [missing.text for missing in explanation.missing] == ["商汤科技"]


@pytest.fixture(scope="module")
def dated(shared_index: Indexed) -> Index:
    metadata = {"author": "王大明", "category": ("交通", "社會")}
    return shared_index(
        Document(id="taxi", title="計程車", text="司機在台北，收入三萬元。檔案在此。", date="2021-08-12", metadata=metadata)
    )


@pytest.mark.parametrize(
    ("query", "text", "field", "nearest"),
    [
        ("司機 date:2020", "date:2020", "date", ("2021-08-12",)),
        ("date:2019..2020 司機", "date:2019..2020", "date", ("2021-08-12",)),
        ("司機 author:李四", "author:李四", "author", ("王大明",)),
        ("司機 category:體育", "category:體育", "category", ("交通", "社會")),
        ("title:司機", "title:司機", "title", ("計程車",)),
        ("司機 AND date:2020", "date:2020", "date", ("2021-08-12",)),
    ],
)
def test_a_filter_that_keeps_a_document_away_is_named_with_what_the_document_has(
    dated: Index, query: str, text: str, field: str, nearest: tuple[str, ...]
) -> None:
    explanation = dated.why(query, "taxi")
    assert (explanation.matches, explanation.relaxed) == (False, False)
    (missing,) = explanation.missing
    assert (missing.text, missing.field, missing.nearest, missing.excluded) == (text, field, nearest, False)


@pytest.mark.parametrize("query", ["司機 -台北", "司機 NOT 台北", "司機 -author:王大明", "司機 -date:2021"])
def test_what_the_query_excludes_is_named_where_a_document_holds_it(dated: Index, query: str) -> None:
    (missing,) = dated.why(query, "taxi").missing
    assert missing.excluded
    assert query.endswith(missing.text)


def test_alternatives_are_missing_only_where_a_document_has_none_of_them(dated: Index) -> None:
    assert dated.why("司機 OR 老虎", "taxi").missing == ()
    assert [missing.text for missing in dated.why("大象 OR 老虎", "taxi").missing] == ["大象", "老虎"]


def test_words_that_do_not_stand_together_are_not_said_to_be_missing(dated: Index) -> None:
    (missing,) = dated.why('"司機 收入"', "taxi").missing
    assert (missing.text, missing.words) == ('"司機 收入"', ())


def test_a_form_that_may_mean_something_else_is_near(dated: Index) -> None:
    (missing,) = dated.why("文件", "taxi").missing
    assert (missing.text, missing.nearest) == ("文件", ("檔案",))


def test_of_a_word_that_is_held_in_part_only_the_rest_is_missing(dated: Index) -> None:
    (missing,) = dated.why("司機收入證明", "taxi").missing
    assert missing.words == ("證明",)


def test_a_term_says_in_how_many_documents_it_stands_as_typed(index: Index) -> None:
    (term,) = index.why("軟體").terms
    assert 0 < term.as_typed < term.documents <= index.why("軟體").indexed == len(CORPUS)
    (pattern,) = index.why("mach*").terms
    assert (pattern.text, pattern.words, pattern.as_typed) == ("mach*", (), pattern.documents)


def test_a_word_that_is_said_twice_is_counted_once(index: Index) -> None:
    (term,) = index.why("商汤的商汤").terms
    assert [word for word, _ in term.words] == list(dict.fromkeys(word for word, _ in term.words))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("司機 date:2020", [("司機", 1), ("date:2020", 0)]),
        ("script:traditional (司機 OR title:司機) size:>0", [("司機", 1), ("title:司機", 0), ("script:traditional", 1), ("size:1..", 2)]),
        ("司機 -date:2020", [("司機", 1)]),
        ("date:2020 OR date:2021", [("date:2020", 0), ("date:2021", 1)]),
        ("*", []),
        ("sort:-date", []),
    ],
)
def test_how_many_documents_fit_what_is_no_text_is_told_too(tmp_path: Path, query: str, told: list[tuple[str, int]]) -> None:
    documents = (Document(id="a", title="A", text="計程車司機說了話。", date="2021-08-12"), Document(id="b", title="B", text="出租车。"))
    with Index.create(tmp_path / "index") as index:
        index.add(documents)
        assert [(term.text, term.documents) for term in index.why(query).terms] == told

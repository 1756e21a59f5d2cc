"""Nothing is missed: any run of an indexed text, in either script, finds its document."""

from __future__ import annotations

import random
import re
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.plans.words import outer_words
from searcher.text.folding import fold
from tests.corpus import CORPUS

HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
CONVERSIONS = ("t2s", "s2t", "s2tw", "s2hk", "tw2s", "hk2s", "t2tw", "t2hk")


def _runs(text: str) -> list[str]:
    """Every run of Han characters of a text, every length from 1 up, every place."""
    return [run[start:end] for run in HAN_RUN.findall(text) for start in range(len(run)) for end in range(start + 1, len(run) + 1)]


def _found(index: Index, query: str) -> set[str]:
    return {hit.id for hit in index.search(query, limit=None, snippets=0)}


@pytest.mark.parametrize("document", CORPUS, ids=lambda document: document.id)
def test_every_quoted_run_finds_its_document(index: Index, document: Document) -> None:
    for run in _sample(_runs(document.text + "。" + document.title), 300):
        assert document.id in _found(index, f"「{run}」"), run


@pytest.mark.parametrize("document", CORPUS, ids=lambda document: document.id)
def test_every_unquoted_run_is_among_the_hits(index: Index, document: Document) -> None:
    for run in _sample(_runs(document.text), 200):
        assert document.id in _found(index, run), run


@pytest.mark.parametrize("conversion", CONVERSIONS)
def test_every_run_finds_its_document_in_every_script(index: Index, conversion: str) -> None:
    convert = opencc.OpenCC(conversion).convert
    for document in CORPUS:
        for run in _sample(_runs(document.text), 30):
            assert document.id in _found(index, f'"{convert(run)}"'), (run, convert(run))


@pytest.mark.parametrize("document", CORPUS, ids=lambda document: document.id)
def test_a_passage_pasted_with_its_punctuation_finds_its_document(index: Index, document: Document) -> None:
    whole = [place.start() for place in re.finditer(r"(?<![A-Za-z0-9])(?=\w)|(?<=[\u4e00-\u9fff])", document.text)]
    chosen = random.Random(document.id)
    for _ in range(30):
        start, end = sorted(chosen.choices(whole, k=2))
        passage = document.text[start:end]
        if re.search(r"\w", passage):
            assert document.id in _found(index, f'"{passage}"'), passage


SHAPES = (
    "{run} {other}",
    "{run} AND {other}",
    "{run} OR 火星",
    "火星人 OR {run}",
    "（火星 OR {run}） {other}",
    "{run} -火星人",
    "{run} NOT 火星人",
    '{run} "{other}"',
    "{run} date:2000.. OR {run}",
    "{run} path:{folder}",
    "什么是 {run}？",
    "{run} 是什麼",
    "{run} 怎么办",
    "請問 {run} 嗎",
)
"""What may stand around a term. Beside it: something of the same document, something of none, a filter that lets it through, a question."""


@pytest.mark.parametrize("shape", SHAPES)
def test_an_unquoted_run_finds_its_document_whatever_stands_around_it(index: Index, shape: str) -> None:
    chosen = random.Random(shape)
    for document in CORPUS:
        runs = [run for run in _runs(document.text) if len(run) < 12]
        for run, other in zip(chosen.choices(runs, k=3), chosen.choices(runs, k=3), strict=True) if runs else ():
            convert = opencc.OpenCC(chosen.choice(CONVERSIONS)).convert
            query = shape.format(run=convert(run), other=convert(other), folder=str(document.path).split("/")[0])
            found = index.search(query, limit=None, snippets=0, expand=chosen.random() < 0.5)
            assert document.id in {hit.id for hit in found}, query


def test_a_quoted_run_finds_only_documents_that_hold_it(index: Index) -> None:
    assert _found(index, '"商汤科技"') == {"shangtang", "sensetime"}
    assert _found(index, '"汤科"') == {"shangtang", "sensetime"}
    assert _found(index, '"科技创"') == {"shangtang"}
    assert _found(index, '"权益制"') == set(), "a comma stands between"
    assert [hit.id for hit in index.search('"著作人但契約"', expand=False)] == []


@settings(max_examples=25)
@given(texts=st.lists(st.text("商汤科技融资人臉識別后後，。 \n\nAIai3", min_size=1, max_size=30), min_size=1, max_size=5), data=st.data())
def test_random_texts_keep_the_promise(tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject) -> None:
    folder: Path = tmp_path_factory.mktemp("random")
    with Index.create(folder / "index") as index:
        index.add(Document(id=str(number), title="", text=text) for number, text in enumerate(texts))
        for number, text in enumerate(texts):
            runs = _runs(text)
            if runs:
                run = data.draw(st.sampled_from(runs))
                assert str(number) in _found(index, f"“{run}”"), (run, text)


@settings(max_examples=25)
@given(
    texts=st.lists(st.text("商汤科技融资人臉識别，。 ", min_size=2, max_size=40), min_size=3, max_size=12),
    often=st.text("商汤科技", min_size=1, max_size=3),
    data=st.data(),
)
def test_whatever_is_relaxed_or_near_what_holds_the_run_comes_first(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], often: str, data: st.DataObject
) -> None:
    with Index.create(tmp_path_factory.mktemp("relaxed") / "index") as index:
        index.add(
            Document(id=str(number), title=text[: number % 5], text=text + "。" + often * number) for number, text in enumerate(texts)
        )
        runs = [(str(number), run) for number, text in enumerate(texts) for run in _runs(text)]
        if runs:
            document, run = data.draw(st.sampled_from(runs))
            literal = _found(index, f"「{run}」")
            results = index.search(run, limit=None, snippets=0)
            order = [hit.id for hit in results]
            assert document in literal and literal <= set(order), run
            if len(outer_words(fold(run).text)) > 1:
                assert set(order[: len(literal)]) == literal, run
            assert not any(hit.relaxed for hit in results if hit.id in literal)
            paged = [hit.id for offset in range(len(order)) for hit in index.search(run, limit=1, offset=offset, snippets=0)]
            assert len(set(order)) == results.total and set(paged) <= set(order)


def _sample(runs: list[str], most: int) -> list[str]:
    return runs if len(runs) <= most else random.Random(0).sample(runs, most)

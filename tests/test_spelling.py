"""What is offered is written as documents write it, where folding makes one of two characters."""

from __future__ import annotations

import pytest

from searcher import Document
from searcher.suggestions.spelling import _WRITTEN, as_found
from searcher.text.folding import fold_script
from tests.conftest import Indexed


def test_each_of_the_characters_folds_to_another_one_as_its_written_form_does() -> None:
    for character, written in _WRITTEN.items():
        assert fold_script(character) == fold_script(written) != written


@pytest.mark.parametrize(
    ("texts", "typed", "offered"),
    [
        (["图像处理。"], "图", "图像"),
        (["圖像處理。"], "tuxiang", "图像"),
        (["图象处理。", "图像处理一。", "图像处理二。"], "tuxiang", "图像"),
        (["区块链。"], "qukuailian", "区块链"),
        (["鐵鏈。"], "铁", "铁链"),
        (["計畫書。"], "jihua", "计划"),
        (["計畫書。", "计划书。"], "计", "计划"),
        (["高质量的讲座。"], "jiangz", "讲座"),
        (["瀋陽市。"], "shenyang", "沈阳"),
        (["人工智能。"], "rengong", "人工"),
    ],
)
def test_a_completion_is_written_as_documents_write_it(indexed: Indexed, texts: list[str], typed: str, offered: str) -> None:
    index = indexed(*(Document(id=str(number), title="", text=text) for number, text in enumerate(texts)))
    assert offered in index.complete(typed)


def test_so_is_what_may_have_been_meant(indexed: Indexed) -> None:
    index = indexed(Document(id="a", title="", text="图像识别。"))
    assert "图像识别" in index.search("tuxiangshibie").suggestions


def test_what_is_offered_has_no_line_break(indexed: Indexed) -> None:
    """A line that ends between two characters hides none of them from a search, nor is it a part of what they say."""
    index = indexed(*(Document(id=str(number), title="", text=f"第{number}則：他說到圖像識\n別的方法。") for number in range(3)))
    assert index.search("圖像時別").suggestions[:1] == ("圖像識別",)


def test_words_that_no_document_has_together_are_written_each_as_documents_write_it(indexed: Indexed) -> None:
    index = indexed(Document(id="a", title="", text="链接。"), Document(id="b", title="", text="超时。"))
    assert as_found(index._snapshot(), fold_script("链接超时")) == "链接超时"

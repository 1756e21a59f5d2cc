"""A canvas of Obsidian becomes the text of its cards."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document
from tests.documents.reading import read_all, read_one

NODES = [
    {"id": "3", "type": "file", "file": "筆記/減脂.md", "x": 0, "y": 300},
    {"id": "2", "type": "text", "text": "二\n\n* **乙** [[丙|丁]]", "x": 90, "y": 0},
    {"id": "1", "type": "text", "text": "## 用户痛点\n> 迫切", "x": -9, "y": 0},
    {"id": "0", "type": "group", "label": "外部因素", "x": 0, "y": -5.5},
    {"id": "4", "type": "link", "url": "https://a.b/c", "x": 0, "y": 400},
    {"id": "5", "type": "file", "file": 5, "y": "x"},
]


def test_cards_are_read_from_the_top_down_and_arrows_behind_them() -> None:
    written = {"nodes": NODES, "edges": [{"fromNode": "1", "toNode": "2"}, {"label": "所以"}]}
    document = read_one("健身.canvas", json.dumps(written))
    assert document.text == "外部因素\n\n用户痛点\n\n迫切\n\n二\n\n• 乙 丁\n\n減脂\n\nhttps://a.b/c\n\n所以"
    assert (document.title, document.metadata["format"]) == ("健身", "canvas")
    assert [place.label for place in document.locations] == ["用户痛点"]


@pytest.mark.parametrize("written", ["文", "{", "[]", "{}", '{"nodes": []}', '{"nodes": 1}', '{"nodes": ["甲"]}'])
def test_what_only_has_the_name_of_one_is_plain_text(written: str) -> None:
    document = read_one("a.canvas", written)
    assert (document.text, document.metadata["format"]) == (written, "text")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("甲#*"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("nodes edges type text file url label x y".split()), inner),
    max_leaves=12,
)


@given(JSON)
def test_no_value_breaks_it(value: object) -> None:
    assert all(isinstance(item, Document) or item.reason == "empty" for item in read_all("a.canvas", json.dumps(value)))

"""JSON Lines are read line by line, and a bad line costs itself alone."""

from __future__ import annotations

import json

from searcher.documents import Document, Skipped
from tests.documents.reading import read_all, read_one

RECORD = {
    "id": 7,
    "title": "題",
    "text": "文",
    "date": "2021年8月",
    "path": "x/y.txt",
    "author": "張三",
    "tags": ["甲", "乙"],
    "deep": {"a": 1},
}


def test_a_record() -> None:
    document = read_one("a.jsonl", json.dumps(RECORD, ensure_ascii=False) + "\n")
    assert (document.id, document.title, document.text, document.date, document.path) == ("7", "題", "文\n\n甲, 乙", "2021-08", "x/y.txt")
    assert (document.metadata["author"], document.metadata["tags"], document.source) == ("張三", ("甲", "乙"), "a.jsonl")
    assert "deep" not in document.metadata


def test_identity_is_the_line_where_none_is_given() -> None:
    found = read_all("a.jsonl", '{"text": "甲"}\n\n{"body": "乙\\r\\n丙"}')
    assert [(item.id, item.text) for item in found if isinstance(item, Document)] == [("a.jsonl#1", "甲"), ("a.jsonl#3", "乙\n丙")]


def test_bad_lines_are_reported_by_number() -> None:
    deep = "[" * 100_000
    found = read_all("a.jsonl", f'{{"text": "甲"}}\n{{bad\n[1]\n{{"x": 1}}\n{deep}\n{{"text": 5}}\n{{"text": "乙"}}\n')
    assert [item.text for item in found if isinstance(item, Document)] == ["甲", "乙"]
    assert [item.detail for item in found if isinstance(item, Skipped)] == [
        "line 2: not JSON (Expecting property name enclosed in double quotes)",
        "line 3: not a JSON object",
        "line 4: no text in it: the field is called text",
        "line 5: not JSON (nested too deep, or a number too long)",
        "line 6: no text in it: the field is called text",
    ]


def test_many_bad_lines_are_counted() -> None:
    found = read_all("a.jsonl", "x\n" * 1000)
    assert len(found) == 101
    last = found[-1]
    assert isinstance(last, Skipped)
    assert last.detail == "900 more of what it holds could not be read"


def test_a_line_over_the_limit_costs_itself() -> None:
    lines = ['{"text": "甲"}', json.dumps({"text": "長" * 3_000_000}), '{"text": "乙"}']
    found = read_all("a.jsonl", "\n".join(lines), max_bytes=1000)
    assert [getattr(item, "text", getattr(item, "detail", "")) for item in found] == ["甲", "line 2: over the limit for one document", "乙"]

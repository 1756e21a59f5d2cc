"""JSON Lines are read line by line, and a bad line costs itself alone."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from searcher.documents import Document, Skipped
from searcher.documents.tabular.turns import turns_in
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
        "line 5: not JSON (nested too deep, or a number too long)",
    ]


def test_lines_without_a_text_are_passed_over() -> None:
    records = [
        {"id": 1, "city": "北京"},
        {"text": "甲"},
        *[{"id": number, "text": ""} for number in range(500)],
        {"text": 5},
        {"text": " "},
        {"x": 1},
    ]
    found = read_all("a.jsonl", "\n".join(map(json.dumps, records)))
    assert [getattr(item, "text", item) for item in found] == ["甲"]


def test_of_a_line_with_a_title_and_no_text_all_is_text() -> None:
    record = {"id": 1, "title": "題", "date": "2021", "說明": "乙" * 600, "text": "", "更多": [{"甲": "丙"}], "答": [{"text": "丁"}]}
    document = read_one("a.jsonl", json.dumps(record))
    assert (document.title, document.date) == ("題", "2021")
    assert document.text == f"題\n說明: {'乙' * 600}\n甲: 丙\n\n丁"
    assert [read_one("a.jsonl", json.dumps({"title": "題", **more})).text for more in ({}, {"n": 5}, {"text": " "})] == ["題"] * 3
    assert read_one("a.jsonl", json.dumps({"title": " ", "說明": "乙"})).text == "說明: 乙"


def test_a_line_that_is_a_reference_is_what_it_is_in_a_list() -> None:
    record = {"title": "題", "author": ["張三"], "journal": "學報", "abstract": "摘要"}
    (listed,) = read_all("a.json", json.dumps([record]))
    assert isinstance(listed, Document)
    assert read_one("a.jsonl", json.dumps(record)).text == listed.text == "題\n張三\n學報\n\n摘要"
    assert read_one("a.jsonl", json.dumps({**record, "text": ""})).text == "題\nauthor: 張三\njournal: 學報\nabstract: 摘要"


def test_where_no_line_has_a_text_all_are_one_document() -> None:
    records = [{"id": 1, "姓名": "張三", "地": ["北京", "上\n海"]}, {"text": " "}, {"id": 2, "姓名": "李四"}]
    document = read_one("名單.jsonl", "\n".join(map(json.dumps, records)))
    assert document.text == "id: 1\t姓名: 張三\t地: 北京\t地: 上 海\nid: 2\t姓名: 李四"
    assert (document.id, document.title, document.metadata["format"]) == ("名單.jsonl", "名單", "jsonlines")
    assert [(place.kind, place.label) for place in document.locations] == [("line", "1"), ("line", "3")]


def test_what_lines_with_an_empty_text_say_otherwise_is_found_where_none_has_one() -> None:
    records = [{"text": None, "姓名": "張三"}, {"text": "", "姓名": "李四"}]
    assert read_one("a.jsonl", "\n".join(map(json.dumps, records))).text == "姓名: 張三\n姓名: 李四"


def test_a_long_name_before_each_of_many_members_takes_no_more_than_a_document_may() -> None:
    record = json.dumps({"n" * 10_000: [1] * 10_000})
    tracemalloc.start()
    (refused,) = read_all("a.jsonl", f'{{"a": 1}}\n{record}\n', max_bytes=100_000)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(refused, Skipped) and refused.reason == "too-large"
    assert most < 10_000_000
    assert isinstance(read_one("a.jsonl", f'{{"text": "甲"}}\n{record}', max_bytes=100_000), Document)


def test_so_many_lines_without_a_text_are_too_large() -> None:
    (refused,) = read_all("a.jsonl", '{"a": "字字字字"}\n' * 1_000, max_bytes=1_000)
    assert isinstance(refused, Skipped)
    assert refused.reason == "too-large"


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


@pytest.mark.parametrize(
    ("record", "title", "text"),
    [
        (
            {
                "messages": [
                    {"role": "system", "content": "你是客服。"},
                    {"role": "user", "content": "怎么退款？"},
                    {"role": "bot", "content": "申请。"},
                ]
            },
            "怎么退款？",
            "system：你是客服。\nuser：怎么退款？\nbot：申请。",
        ),
        (
            {"conversations": [{"from": "human", "value": "什么是软件？\n说说。"}, {"from": "gpt", "value": "程序。"}]},
            "什么是软件？",
            "human：什么是软件？\n说说。\ngpt：程序。",
        ),
        (
            {
                "messages": [
                    {"role": "user", "content": [{"type": "text", "text": "图？"}, {"type": "image"}]},
                    {"role": "bot", "content": None},
                ]
            },
            "图？",
            "user：图？",
        ),
    ],
)
def test_what_is_said_in_turns_is_a_text_of_a_line_a_turn(record: dict[str, object], title: str, text: str) -> None:
    line = json.dumps({**record, "source": "faq"}, ensure_ascii=False)
    first, second = read_all("a.jsonl", f"{line}\n{line}")
    listed, _ = read_all("a.json", f"[{line}, {line}]")
    for document in (first, second, listed):
        assert isinstance(document, Document)
        assert (document.title, document.text, document.metadata["source"]) == (title, text, "faq")
        assert not {"messages", "conversations"} & set(document.metadata)


@pytest.mark.parametrize(
    "value", ["x", [], [1], [{"role": "user"}], [{"content": "x"}], [{"role": "u" * 51, "content": "x"}], {"role": "x"}]
)
def test_other_lists_are_no_turns(value: object) -> None:
    assert not turns_in({"messages": value})
    assert turns_in({"messages": value, "conversation": [{"speaker": "甲", "text": "乙"}]}) == [("甲", "乙")]

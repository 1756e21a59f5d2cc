"""A JSON file becomes its records, the cells of a notebook, or all it says."""

from __future__ import annotations

import base64
import json
import random
import re
import tracemalloc
from collections.abc import Iterator
from itertools import count
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Source
from searcher.documents.json import file as jsonfile
from searcher.documents.json.file import records_of
from searcher.documents.json.named import said_by
from searcher.printer.grep import lines_of_matches
from tests.documents.reading import read_all, read_one, skipped
from tests.patience import no_hang


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_one_record() -> None:
    document = read_one("a.json", written({"title": "題", "content": "文\r\n章", "date": "民國110年8月", "author": "張三", "id": 5}))
    assert (document.id, document.title, document.text, document.date) == ("a.json", "題", "文\n章", "2021-08")
    assert (document.metadata["author"], document.metadata["id"], document.metadata["format"]) == ("張三", "5", "json")


@pytest.mark.parametrize("wrap", [lambda records: records, lambda records: {"total": 2, "tags": ["x"], "articles": records}])
def test_records(wrap: object) -> None:
    records = [{"id": 1, "text": "甲"}, {"id": 1, "text": "乙", "title": "二"}]
    found = [item for item in read_all("a.json", written(wrap(records))) if isinstance(item, Document)]  # type: ignore[operator]
    assert [(item.id, item.title, item.text) for item in found] == [("a.json#1", "甲", "甲"), ("a.json#2", "二", "乙")]


def test_what_an_object_says_beside_its_records_is_not_lost() -> None:
    scripture = {"title": "心經", "段": [f"觀自在菩薩{number}" for number in range(40)], "notes": [{"text": "註一"}, {"text": "註二"}]}
    whole, *notes = read_all("heart.json", json.dumps(scripture, ensure_ascii=False, indent=1))
    assert isinstance(whole, Document)
    assert (whole.id, whole.title) == ("heart.json", "心經")
    assert whole.text.startswith("title: 心經\n段: 觀自在菩薩0\n段: 觀自在菩薩1\n") and "註" not in whole.text
    assert [(note.id, note.text) for note in notes if isinstance(note, Document)] == [("heart.json#1", "註一"), ("heart.json#2", "註二")]
    with mock.patch.object(jsonfile, "_MANY_VALUES", -1):
        assert read_all("heart.json", json.dumps(scripture, ensure_ascii=False, indent=1)) == [whole, *notes]


def test_all_lists_of_records_are_read() -> None:
    value = {"total": 3, "train": [{"text": "甲"}, {"text": "乙"}], "ids": [1, 2], "test": [{"text": "丙"}]}
    found = [item for item in read_all("a.json", written(value)) if isinstance(item, Document)]
    assert [(item.id, item.text) for item in found] == [("a.json#1", "甲"), ("a.json#2", "乙"), ("a.json#3", "丙")]


@pytest.mark.parametrize("least", [200_000, -1])
def test_a_record_without_a_text_among_others_is_all_that_it_says_in_chinese(least: int) -> None:
    marked = [
        {"id": "7", "content": "我的想法"},
        {"id": "6", "content": "另一個"},
        {"id": "8", "content": "", "quote": "書裡的話\n還有"},
        {"id": "9", "content": ""},
    ]
    with mock.patch.object(jsonfile, "_MANY_VALUES", least):
        found = [item for item in read_all("a.json", written(marked)) if isinstance(item, Document)]
    assert [(item.id, item.title, item.text) for item in found] == [
        ("a.json#1", "我的想法", "我的想法"),
        ("a.json#2", "另一個", "另一個"),
        ("a.json#3", "書裡的話", "id: 8\nquote: 書裡的話\n還有"),
    ]


@pytest.mark.parametrize("value", [[], {}, 1, ["text"], [{"text": ""}], [{"text": 1}, {"a": 1}], {"a": [{"text": "x"}, 1, 2]}])
def test_no_records(value: object) -> None:
    assert records_of(value) == []


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({"a": "x", "b": ["y", 1], "c": {"d": 2.5}, "e": None, "f": True, "g": " "}, ["a: x", "b: y", "b: 1", "d: 2.5"]),
        ({"a": [["x", {"b": "y"}], "z"]}, ["a: x", "", "b: y", "a: z"]),
        (["x", 0], ["x", "0"]),
        ("x", ["x"]),
        (None, []),
    ],
)
def test_all_it_says(value: object, lines: list[str]) -> None:
    assert [said for _, said in said_by(value)] == lines


@pytest.mark.parametrize("name", ["paragraphs", "content", "段落"])
def test_a_record_whose_text_is_a_list(name: str) -> None:
    poems = [{"author": "李白", name: ["牀前明月光，", "疑是地上霜。"], "title": "靜夜思"}, {name: ["春眠不覺曉，"], "title": "春曉"}]
    found = [item for item in read_all("poet.json", written(poems)) if isinstance(item, Document)]
    assert [(item.title, item.text) for item in found] == [("靜夜思", "牀前明月光，\n疑是地上霜。"), ("春曉", "春眠不覺曉，")]
    assert found[0].metadata["author"] == "李白"
    assert len(read_all("a.json", written([{name: []}, {name: ["", " "]}, {name: [1, "x"]}]))) == 1


def test_settings_with_comments_are_read() -> None:
    text = '{\n  // 註解 "x"\n  "網址": "https://a.b/*c*/", /* 兩\n行 */\n  "目錄": ["文,]", "\\"檔 // 案",],\n}'
    assert read_one("settings.json", f"\ufeff// 設定\n/* {{二}} */ {text}").text == read_one("tsconfig.json", text).text
    for remarks in ("// 文", "// 鍵\n[\n]", "/* 鍵 */ {}"):
        assert (read_one("a.json", remarks).text, read_one("a.json", remarks).metadata["format"]) == (remarks, "text")
    assert read_one("tsconfig.json", text).text == '網址: https://a.b/*c*/\n目錄: 文,]\n目錄: "檔 // 案'
    with no_hang():
        assert skipped("a.json", '{"' + '\\"' * 200_000)[0] == "damaged"
        assert skipped("a.json", "{" + "/*" * 200_000)[0] == "damaged"


def test_a_picture_in_letters_says_nothing() -> None:
    picture = base64.b64encode(random.Random(1).randbytes(3_000)).decode()
    assert list(said_by({"圖": picture, "名": "甲", "源": f"data:image/png;base64,{picture}"})) == [(2, "名: 甲")]
    assert [said for _, said in said_by({"a": "word " * 1_000, "b": "字" * 2_000})] == ["a: " + "word " * 1_000, "b: " + "字" * 2_000]


def counted(value: object, number: Iterator[int]) -> object:
    """The same with a string of its own, and a break in it, in the place of each None."""
    if isinstance(value, dict):
        return {f"{name}{next(number)}": counted(item, number) for name, item in value.items()}
    if isinstance(value, list):
        return [counted(item, number) for item in value]
    return f'"字{next(number)}!\n文{next(number)}!' if value is None else value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(),
    lambda items: st.lists(items, max_size=4) | st.dictionaries(st.sampled_from(["a", "臺", 'q"', "ü"]), items, max_size=4),
    max_leaves=20,
)


@given(VALUES.filter(lambda value: isinstance(value, list | dict)), st.sampled_from([None, 0, 2]), st.booleans())
def test_what_it_says_has_the_line_of_the_file(value: object, indent: int | None, ascii_only: bool) -> None:
    value = counted(value, count())
    written = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    (document,) = read_all("a.json", written) or [None]
    if not isinstance(document, Document):
        return
    texts = [written_out.encode("ascii", "backslashreplace").decode() if ascii_only else written_out for written_out in written.split("\n")]
    for found in re.finditer(r"[字文]\d+!", document.text):
        token = json.dumps(found[0], ensure_ascii=ascii_only)[1:-1]
        (line,) = (number for number, text in enumerate(texts, 1) if token in text)
        assert list(lines_of_matches(document, [found.span()])) == [line]


def test_lines_of_the_file_count_comments_and_are_not_told_where_a_name_comes_twice() -> None:
    document = read_one("a.json", '/* 一\n二 */ {\n// 三\n"a": 1,\n\n"b": "甲",\n}')
    assert [(place.start, place.kind, place.label) for place in document.locations] == [(0, "line", "4"), (5, "line", "6")]
    assert read_one("a.json", '{\n\n"a": "甲",\n"b": "乙", "a": "丙"}').locations == ()


def test_other_files_are_one_document() -> None:
    document = read_one("設定.json", written({"名稱": "軟體", "清單": ["一", "二"]}))
    assert (document.title, document.text) == ("設定", "名稱: 軟體\n清單: 一\n清單: 二")
    assert read_one("a.json", written({"title": "說明", "x": 1})).title == "說明"


def test_a_notebook() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# 標題\n", "\n", "第一**段**"]},
        {"cell_type": "code", "source": "print('中')\n\n\nx = 1", "outputs": [{"text": "no"}]},
        "broken",
    ]
    document = read_one("a.ipynb", written({"cells": cells, "nbformat": 4}))
    assert (document.title, document.text) == ("標題", "標題\n\n第一段\n\nprint('中')\n\n\nx = 1")
    assert [(place.start, place.kind, place.label) for place in document.locations] == [(0, "heading", "標題")]


def test_json_lines_under_a_name_of_json() -> None:
    found = read_all("a.json", '{"text": "甲"}\n{"text": "乙"}\n')
    assert [getattr(item, "text", "") for item in found] == ["甲", "乙"]


def test_running_text_under_a_name_of_json_is_text() -> None:
    document = read_one("法規.json", "會議規則\n\n第 1 條\n本規則依組織條例第十九條規定訂定之。\n")
    assert (document.metadata["format"], document.title) == ("text", "會議規則")
    assert "第十九條" in document.text


def test_what_is_no_json() -> None:
    assert skipped("a.json", "{bad") == (
        "damaged",
        "not JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))",
    )
    assert skipped("a.json", "[" * 100_000) == ("damaged", "not JSON (nested too deep)")
    assert skipped("a.json", "{}")[0] == "empty"


def test_a_bomb_of_values_is_refused_before_it_is_read() -> None:
    with no_hang():
        for name in ("a.json", "a.canvas", "a.sy"):
            assert skipped(name, "[" + "[]," * 3_000_000 + "1]") == ("too-large", "more than 4,000,000 values")


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["text", "title", "a", "cells", "段落"]), inner, max_size=4)
    ),
    max_leaves=12,
)
items = st.fixed_dictionaries({"text": st.text(max_size=3)}, optional={"title": st.text(max_size=3)}) | values
lists = st.lists(items, max_size=6)
said = lists | scalars | st.just("長" * 120)


@given(lists | st.dictionaries(st.sampled_from(["a", "b", "text", "nbformat"]), said, max_size=3), st.sampled_from([None, 1]))
def test_records_read_one_by_one_are_those_of_the_whole(value: object, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    whole = read_all("a.json", text)
    with mock.patch.object(jsonfile, "_MANY_VALUES", -1):
        assert read_all("a.json", text) == whole


@given(lists, st.data())
def test_what_is_no_whole_json_is_read_as_ever(value: list[object], data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=False)
    at = data.draw(st.integers(0, len(text)))
    broken = text[:at] + data.draw(st.sampled_from(["", ",", "]", "{", "x", "//\n"])) + text[at + data.draw(st.integers(0, 2)) :]
    whole = read_all("a.json", broken)
    with mock.patch.object(jsonfile, "_MANY_VALUES", -1):
        assert read_all("a.json", broken) == whole


def test_records_of_a_large_list_are_not_held() -> None:
    """The least of three times: tables, patterns and the interpreter's own table of names are made once, at any time."""
    text = json.dumps([{"title": "題", "text": f"文{number}"} for number in range(1_000)], ensure_ascii=False)
    source, options = Source.of_bytes("a.json", text.encode()), ReadOptions()
    peaks = []
    for _ in range(3):
        with mock.patch.object(jsonfile, "_MANY_VALUES", 200):
            tracemalloc.start()
            assert sum(1 for _ in jsonfile.read_json(source, options)) == 1_000
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert min(peaks) < 5 * len(text.encode())  # the text twice and its bytes; the records as objects take fifteen times as much


def test_a_text_with_links_marked_in_it_is_one_text() -> None:
    """As Telegram exports messages."""
    messages = [
        {"from": "李明", "date": "2021-08-17T10:01:00", "text": "吃什么？"},
        {"from": "王芳", "text": ["看看 ", {"type": "link", "text": "https://a.b"}, " 這個食譜"]},
        {"text": [{"type": "odd"}, "x"]},
    ]
    found = read_all("result.json", json.dumps({"name": "群", "messages": messages}))
    assert [(item.text, item.metadata["from"]) for item in found if isinstance(item, Document)] == [
        ("吃什么？", "李明"),
        ("看看 https://a.b 這個食譜", "王芳"),
    ]


def test_records_within_a_record_are_part_of_it() -> None:
    replies = [{"author": "乙", "content": "第一個回覆"}, {"content": "第二個", "replies": [{"content": "回覆的回覆"}]}, {"likes": 3}]
    entities = [{"type": "bold", "text": "問題"}]
    (document,) = read_all("a.json", json.dumps([{"title": "題", "content": "我的問題", "replies": replies, "entities": entities}]))
    assert isinstance(document, Document)
    assert document.text == "我的問題\n\n第一個回覆\n\n第二個\n\n回覆的回覆"


def test_a_name_that_people_gave_is_data() -> None:
    assert read_one("a.json", '{"臺北市": {"大安區": ["龍安里"]}, "data": {"b": 1}}').text == "臺北市\n大安區: 龍安里\nb: 1"


def test_objects_of_a_list_stand_apart() -> None:
    assert (
        read_one("a.json", '[{"name": "甲", "at": {"x": 1}}, {"name": "乙", "sub": [{"c": 2}]}]').text
        == "name: 甲\nx: 1\n\nname: 乙\n\nc: 2"
    )


ASKED = {
    "a.json": """[{"question": "試用期多久？", "answer": "依約定。", "source": "勞動部"},
        {"q": "工資遲發？", "a": ["先協商。", "再申訴。"]}]""",
    "a.jsonl": '{"question": "試用期多久？", "answer": "依約定。", "source": "勞動部"}\n'
    '{"instruction": "工資遲發？", "output": "先協商。\\n再申訴。"}',
    "a.csv": '问题,答案,source\n試用期多久？,依約定。,勞動部\n工資遲發？,"先協商。\n再申訴。",\n',
}


@pytest.mark.parametrize("name", ASKED)
def test_a_question_and_its_answer_are_a_record(name: str) -> None:
    first, second = (document for document in read_all(name, ASKED[name]) if isinstance(document, Document))
    assert (first.title, first.text) == ("試用期多久？", "試用期多久？\n\n依約定。\n\nsource: 勞動部")
    assert first.metadata["source"] == "勞動部" and "answer" not in first.metadata
    assert (second.title, second.text) == ("工資遲發？", "工資遲發？\n\n先協商。\n再申訴。")


def test_what_may_be_chosen_belongs_to_the_question_and_a_long_one_is_no_title() -> None:
    long = "甲乙簽訂買賣合同，" * 12 + "下列何者正確？"
    record = {"id": "t1", "question": long, "A": "有效", "options": ["無效", "撤銷"], "more": {"C": "待定"}, "answer": "A"}
    [document] = read_all("a.json", json.dumps([record]))
    assert isinstance(document, Document)
    assert document.text == f"{long}\n\nA\n\nA: 有效\noptions: 無效\noptions: 撤銷\nC: 待定"
    assert len(document.title) <= 80


@pytest.mark.parametrize(("name", "again"), [("n" * 50, "n" * 50 + ": "), ("n" * 51, "")])
def test_a_long_name_stands_before_the_first_of_many_members(name: str, again: str) -> None:
    """A name of 20,000 characters before 40,000 members made 800 MB of 220 kB."""
    document = read_one("a.json", json.dumps({"question": "何者", "answer": "甲", name: [{"text": "乙"}, "丙", ["丁"]]}))
    assert document.text == f"何者\n\n甲\n\n{name}: 丙\n{again}丁\n\n乙"


def test_a_question_beside_a_text_is_metadata_and_one_without_an_answer_no_record() -> None:
    [document] = read_all("a.json", '[{"question": "何時？", "answer": "昨日", "text": "昨日到港。"}]')
    assert isinstance(document, Document)
    assert (document.text, document.metadata["question"]) == ("昨日到港。", "何時？")
    assert [document.text for document in read_all("a.json", '[{"question": "何時？"}]') if isinstance(document, Document)] == [
        "question: 何時？"
    ]


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"question": "何時？", "answer": ""}, "何時？"),
        ({"question": "何時？", "answer": None}, "何時？"),
        ({"instruction": "翻譯", "input": "hello", "output": ""}, "翻譯\n\nhello"),
        ({"question": "哪個大？", "answer": 0, "choices": ["太陽", "月亮"]}, "哪個大？\n\n0\n\nchoices: 太陽\nchoices: 月亮"),
        ({"question": "如何學？", "answers": [{"text": "多讀"}, {"content": "多寫"}]}, "如何學？\n\n多讀\n\n多寫"),
        ({"prompt": "續", "response": "好", "history": [["甲", "乙"]]}, "續\n\n好\n\nhistory: 甲\nhistory: 乙"),
        ({"question": "何者？", "answer": "A", "choices": {"text": ["東", "西"]}}, "何者？\n\nA\n\ntext: 東\ntext: 西"),
        ({"question": {"stem": "何者？", "choices": ["東"]}, "answer": "A"}, "A\n\nstem: 何者？\nchoices: 東"),
        ({"question": ["何者？", "何時？"], "answer": "A"}, "A\n\nquestion: 何者？\nquestion: 何時？"),
        ({"question": "何者？", "answer": "A", "options": [{"key": "A", "value": "東"}]}, "何者？\n\nA\n\nkey: A\nvalue: 東"),
    ],
)
def test_nothing_that_is_said_of_a_question_is_lost(record: dict[str, object], text: str) -> None:
    for name, written in (("a.json", json.dumps([record, record])), ("a.jsonl", json.dumps(record))):
        assert {document.text for document in read_all(name, written) if isinstance(document, Document)} == {text}


@pytest.mark.parametrize(
    ("record", "title", "text"),
    [
        (
            {"instruction": "選出答案。", "input": "何者為夏？\nA: 六月", "output": "A"},
            "何者為夏？",
            "選出答案。\n\n何者為夏？\nA: 六月\n\nA",
        ),
        ({"instruction": "寫首詩。", "input": "", "output": "床前"}, "寫首詩。", "寫首詩。\n\n床前"),
        ({"input": "何者為夏？\nA: 六月", "output": "A"}, "何者為夏？", "何者為夏？\nA: 六月\n\nA"),
        ({"question": "何者為夏？", "input": "", "output": "六月"}, "何者為夏？", "何者為夏？\n\n六月"),
    ],
)
def test_a_record_is_called_by_what_its_instruction_is_about(record: dict[str, str], title: str, text: str) -> None:
    """Many records share an instruction."""
    [document] = read_all("a.jsonl", json.dumps(record))
    assert isinstance(document, Document)
    assert (document.title, document.text) == (title, text)


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ({"法規性質": "命令", "法規名稱": "民法", "英文法規名稱": "Civil Code"}, "民法"),
        ({"标题": "甲", "項": ["乙"]}, "甲"),
        ({"title": "題"}, "題"),
        ({"name": "package", "命名稱呼": "乙"}, "a"),
        ({"法規名稱": ["甲"]}, "a"),
        ({"数据库名称": "mydb", "日志名称": "app.log", "端口": 3306}, "a"),
        ({"配置名称": "prod-1", "产品名称": "手机 X"}, "手机 X"),
        ({"法規名稱": "Civil Code", "標題": "Civil Code"}, "Civil Code"),
    ],
)
def test_what_is_no_record_is_called_as_it_says(value: dict[str, object], title: str) -> None:
    assert read_one("a.json", json.dumps(value)).title == title


def test_tables_in_a_record_are_fields_of_their_own() -> None:
    record = {"title": "題", "page_content": "文", "author": {"name": "張三"}, "extra": {"title": "別題", "n": 3}, "metadata": {"page": 7}}
    document = read_one("a.json", json.dumps(record))
    assert (document.title, document.text, document.metadata["author"]) == ("題", "文", "張三")
    assert (document.metadata["extra.title"], document.metadata["extra.n"], document.metadata["metadata.page"]) == ("別題", "3", "7")


def test_a_question_of_a_table_without_an_answer_is_kept() -> None:
    documents = read_all("a.csv", "question,answer\n甲是什麼,\n乙是什麼\n丙是什麼,丁\n,\n")
    assert [document.text for document in documents if isinstance(document, Document)] == ["甲是什麼", "乙是什麼", "丙是什麼\n\n丁"]


def test_answers_in_answers_without_end_break_nothing() -> None:
    record: dict[str, object] = {"question": "甲", "answer": "乙"}
    for _ in range(300):
        record = {"question": "甲", "answers": [record], "more": [record]} if _ < 4 else {"question": "甲", "answers": [record]}
    assert all(isinstance(document, Document) for document in read_all("a.json", json.dumps([record])))

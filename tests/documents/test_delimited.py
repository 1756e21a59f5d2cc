"""CSV and TSV become documents: a row each, or one table."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document
from searcher.documents.tabular.delimited import delimiter_of, rows
from tests.documents.reading import read_all, read_one, skipped
from tests.patience import no_hang

CELL = st.text(st.sampled_from("甲乙a1, ;\n\"'"), max_size=6)


def test_a_column_of_texts_makes_a_document_of_every_row() -> None:
    table = '標題,正文,日期,作者,栏目\n甲,第一篇。,2021年8月17日,張三,新聞\n乙,"第二篇，\n有两行",2021-08,李四,\n丙,,,,\n丁,第四篇,,,x\n'
    first, second, last = (item for item in read_all("a.csv", table) if isinstance(item, Document))
    assert (first.id, first.title, first.text, first.date) == ("a.csv#2", "甲", "第一篇。", "2021-08-17")
    assert (first.metadata["author"], first.metadata["栏目"]) == ("張三", "新聞")
    assert (second.id, second.text, second.date, second.metadata["author"]) == ("a.csv#3", "第二篇，\n有两行", "2021-08", "李四")
    assert (last.id, last.locations[0].label) == ("a.csv#6", "6")


def test_other_tables_are_one_document() -> None:
    document = read_one("城市.csv", '名,人口\n臺北,"2,480,681"\n,\n"高\n雄",5\n北京,7\n')
    assert document.text == "名\t人口\n臺北\t2,480,681\n高 雄\t5\n北京\t7"
    assert (document.title, document.metadata["format"]) == ("城市", "csv")
    assert [(place.start, place.label) for place in document.locations] == [(0, "1"), (18, "4"), (24, "6")]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a,b\nc,d\n", ","), ("a;b\n1,5;2\n3,5;4\n", ";"), ("a\tb, c\nd\te\n", "\t"), ("甲|乙\n丙|丁\n", "|"), ("一行字\n", ","), ("", ",")],
)
def test_the_delimiter(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_the_suffix_says_tab() -> None:
    assert read_one("a.tsv", "甲, 乙\t丙\n丁, 戊\t己\n").text == "甲, 乙\t丙\n丁, 戊\t己"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5", "utf-16"])
def test_encodings(encoding: str) -> None:
    table = "標題,內容\n" + "今天的天氣,我們在這裡看到了很好的風景\n" * 20
    found = read_all("a.csv", table.encode(encoding))
    assert [getattr(item, "text", "") for item in found] == ["我們在這裡看到了很好的風景"] * 20


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_the_standard_library_writes_is_read_as_it_was(table: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    expected = [[cell.strip() for cell in cells] for cells in table if any(cell.strip() for cell in cells)]
    assert [cells for _, cells in rows(io.StringIO(written.getvalue()), ",")] == expected


def test_empty_cells_before_a_quoted_one_stay_cells_where_tabs_part_them() -> None:
    document = read_one("a.tsv", 'title\tdate\tauthor\ttext\n甲\t\t"乙"\t "丙" \n')
    assert (document.title, document.date, document.metadata["author"], document.text) == ("甲", None, "乙", "丙")


def test_a_mark_that_nothing_closes_costs_nothing() -> None:
    found = list(rows(['a,"b\n', "c,d\n", "e,f\n"], ","))
    assert found == [(1, ["a", '"b']), (2, ["c", "d"]), (3, ["e", "f"])]


def test_hostile_tables_take_linear_time() -> None:
    with no_hang():
        for table in (
            '"' * 1_000_001,
            '"' + "a\n" * 200_000,
            "," * 1_000_000,
            '"a"' * 200_000 + "\n",
            '""\n' * 200_000,
            "text\n" + '"x\n' * 50_001,
        ):
            read_all("a.csv", table)


def test_nothing_and_too_much() -> None:
    assert skipped("a.csv", " \n,,\n") == ("empty", "no rows in it")
    assert skipped("a.csv", "text,x\n" + "甲" * 2000, max_bytes=1000)[0] == "too-large"
    assert skipped("a.csv", "a,b\n" * 2000, max_bytes=1000)[0] == "too-large"
    assert len(read_all("a.csv", "text,b\n" + "甲,乙\n" * 2000, max_bytes=1000)) == 2000


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("房&#38388;&#x5F88;大", "房间很大"),
        ("A&nbsp;B &amp; C&hellip;", "A\u00a0B & C…"),
        ('"一&quot;二&quot;"', '一"二"'),
        ("&amp;lt;", "&lt;"),  # once
        ("a?b=1&copy=2", "a?b=1&copy=2"),  # of an address
        ("AT&T; R&D", "AT&T; R&D"),
        ("&nosuch;", "&nosuch;"),
    ],
)
def test_entities_in_cells_are_the_characters_that_they_stand_for(cell: str, shown: str) -> None:
    for name, delimiter in (("a.csv", ","), ("a.tsv", "\t")):
        [(_, cells)] = rows([f"甲{delimiter}{cell}{delimiter}乙\n"], delimiter)
        assert cells == ["甲", shown, "乙"]
        [document] = read_all(name, f"題{delimiter}text\n一{delimiter}{cell}\n二{delimiter}乙\n")[:1]
        assert isinstance(document, Document) and document.text == shown


def test_columns_of_one_name_lose_nothing() -> None:
    document = read_one("a.csv", "正文,备注,备注,,\n判决,甲,乙,丙,丁\n")
    assert document.text == "判决\n\n甲"
    assert {document.metadata[name] for name in ("备注", "备注 2")} == {"甲", "乙"}
    assert "丁" in document.metadata.values()


def test_the_long_name_of_a_column_does_not_stand_before_all_that_each_row_says() -> None:
    """One of a megabyte made 5 GB of 5,000 rows."""
    found = read_all("a.csv", f"question,answer,{'n' * 100_000}\n" + "甲,乙,丙\n" * 20)
    texts = [item.text for item in found if isinstance(item, Document)]
    assert texts == [f"甲\n\n乙\n\n{'n' * 1_000}: 丙"] * 20

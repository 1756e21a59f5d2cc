"""A query is read as it can be meant, whatever is typed, and can be said in its own language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import opencc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.documents.formats import BUILTIN
from searcher.query import fields, periods
from searcher.query.parsing import LONGEST_JOINED, MOST_JOINED, MOST_PATTERNS, MOST_TERMS, highlight_spans, parse
from searcher.query.tree import EVERY, All, Any, Node, Not, Query, Range, Text, describe
from searcher.remarks import Remark
from tests.patience import no_hang

DOCUMENTATION = Path(__file__).parent.parent / "docs" / "QUERIES.md"

A, B, C = Text("a"), Text("b"), Text("c")


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", None),
        (" 　\n", None),
        ('。、！ — ( " 「', None),
        ('"" a', A),
        ("商汤", Text("商汤")),
        ("商汤科技，融资？", Text("商汤科技，融资？")),
        ("a　b\nc", All((A, B, C))),
        ("第 24 條 b", All((Text("第24條"), B))),
        ("第 24 條之1", Text("第24條之1")),
        ("a -第 24 条", All((A, Not(Text("第24条"))))),
        ("第 24 b", All((Text("第"), Text("24"), B))),
        ("依民法第 184 條 b", All((Text("依民法第184條"), B))),
        ("第 339-4 條", Text("第339-4條")),
        ("第 339 條之 4", Text("第339條之4")),
        ("釋字第 748 號", Text("釋字第748號")),
        ("中華民國 110 年 1 月 20 日 b", All((Text("中華民國110年1月20日"), B))),
        ("b 2021 年 08 月", All((B, Text("2021年08月")))),
        ("8 月 5 日", Text("8月5日")),
        ("2021 年 8 月份", All((Text("2021年"), Text("8"), Text("月份")))),
        ("110 年度 b", All((Text("110"), Text("年度"), B))),
        ("a3 年 b", All((Text("a3"), Text("年"), B))),
        ("(a) 3 年", All((A, Text("3年")))),
        ("date:民國 110 年 8 月", Range("date", "2021-08", "2021-08")),
        ("a AND b", All((A, B), explicit=True)),
        ("a AND b AND c", All((A, B, C), explicit=True)),
        ("(a b)", All((A, B), explicit=True)),
        ("（a b） c", All((All((A, B), explicit=True), C))),
        ("a OR b", Any((A, B))),
        ("a OR b c", All((Any((A, B)), C))),
        ("a AND b OR c", Any((All((A, B), explicit=True), C))),
        ("a AND (b OR c)", All((A, Any((B, C))), explicit=True)),
        ("NOT a AND b", All((Not(A), B), explicit=True)),
        ("a NOT b", All((A, Not(B)))),
        ("a -b", All((A, Not(B)))),
        ("a －b", All((A, Not(B)))),
        ("a ﹣b", All((A, Not(B)))),
        ("a −b", All((A, Not(B)))),
        ("a —b", All((A, Text("—b")))),
        ("a ＡＮＤ b", All((A, B), explicit=True)),
        ("（a　ＯＲ　b）", Any((A, B))),
        ("ＮＯＴ a", Not(A)),
        ("a ＯＲ", All((A, Text("ｏｒ")))),
        ("a | b", Any((A, B))),
        ("a - b", All((A, B))),
        ("a --b", All((A, Text("--b")))),
        ("a -(b c)", All((A, Not(All((B, C), explicit=True))))),
        ("a -(-b)", All((A, B))),
        ("a-b", Text("a-b")),
        ("-ab", Text("ab")),
        ("-ab -bc", All((Text("ab"), Text("bc")))),
        ("-a", Text("-a")),
        ("-a -b", All((Text("-a"), Text("-b")))),
        ("NOT a", Not(A)),
        ("NOT NOT a", A),
        ("NOT AND a", All((Text("not"), A), explicit=True)),
        ("-5°C", Text("-5°C")),
        ("a -5℃", All((A, Text("-5℃")))),
        ("AND", Text("and")),
        ("a AND", All((A, Text("and")))),
        ("OR a", All((Text("or"), A))),
        ("and or not", All((Text("and"), Text("or"), Text("not")))),
        ("R&D AND&b", All((Text("R&D"), Text("AND&b")))),
        ("a AND )", All((A, Text("and")))),
        ("a OR ！", A),
        ("！ OR a", A),
        ("a AND ！", A),
        ("a NOT ！", A),
        ("a OR “！”", A),
        ("a OR ！ b", Any((A, B))),
        ("a OR ！ OR b", Any((A, B))),
        ("(a OR ！) b", All((A, B))),
        ("(OR ！)", Text("or")),
        ("！ OR", Text("or")),
        ("NOT ！", Text("not")),
        ("((a)", A),
        ("a)b", Text("a)b")),
        ("商汤（香港）公司", Text("商汤（香港）公司")),
        ("(f(x) OR b)", Any((Text("f(x)"), B))),
        ("主席：", Text("主席：")),
        ("C++ C# .net", All((Text("C++"), Text("C#"), Text(".net")))),
    ],
)
def test_operators_only_where_they_can_be_meant(typed: str, tree: Node | None) -> None:
    assert parse(typed).tree == tree


@pytest.mark.parametrize("character", ["〇", "々", "㎡", "⺮", "⼈", "\ue000", "\U0002ebf0", "กำ"])
def test_every_letter_is_text(character: str) -> None:
    assert parse(character).tree == Text(character)


@pytest.mark.parametrize("quotes", ['""', "“”", "「」", "『』", "＂＂"])
def test_every_kind_of_quotes(quotes: str) -> None:
    quoted = "甲 乙".join(quotes)
    assert parse(quoted).tree == Text("甲 乙", quoted=True)
    assert parse(f"{quoted}~5").tree == Text("甲 乙", quoted=True, slop=5)
    assert parse(f"a -{quoted} b").tree == All((A, Not(Text("甲 乙", quoted=True)), B))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ('"a', A),
        ('a"', Text('a"')),
        ('5"屏', Text('5"屏')),
        ('"a"b', All((Text("a", quoted=True), B))),
        ("“人脸”识别", Text("“人脸”识别")),
        ('"人脸"识别 技术，好', All((Text("人脸", quoted=True), Text("识别"), Text("技术，好")))),
        ('"人脸"识别，好', Text('"人脸"识别，好')),
        ('"人脸"，识别', Text('"人脸"，识别')),
        ('a "人脸"、"识别"和"技术"', All((A, Text('"人脸"、"识别"和"技术"')))),
        ('"人脸"？！', Text("人脸", quoted=True)),
        ('"a b"c,d', All((A, Text('b"c,d')))),
        ('"a b"c d,', All((Text("a b", quoted=True), Text("c"), Text("d,")))),
        ("“a b”c", All((A, Text("b”c")))),
        ("“甲”“乙”", All((Text("甲", quoted=True), Text("乙", quoted=True)))),
        ("「甲「乙」丙」", Text("甲「乙」丙", quoted=True)),
        ('"a AND (b"', Text("a AND (b", quoted=True)),
        ('"甲\n\n乙"', Text("甲\n\n乙", quoted=True)),
        ("《a b》", All((Text("《a"), Text("b》")))),
        ('"a b"~99999', All((Text("a b", quoted=True), Text("~99999")))),
    ],
)
def test_quotes(typed: str, tree: Node) -> None:
    assert parse(typed).tree == tree


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("foo*", Text("foo", prefix=True)),
        ("foo＊", Text("foo", prefix=True)),
        ("商汤*", Text("商汤", prefix=True)),
        ("f*o", Text("f*o", wildcard=True)),
        ("f*o*", Text("f*o", prefix=True, wildcard=True)),
        ("*foo", Text("*foo")),
        ("**foo**", Text("**foo**")),
        ("2*3", Text("2*3")),
        ("甲*乙", Text("甲*乙")),
        ("word~", Text("word", fuzzy=1)),
        ("word~2", Text("word", fuzzy=2)),
        ("word~3", Text("word~3")),
        ("HEAD~2", Text("HEAD~2")),
        ("PROGRA~1", Text("PROGRA~1")),
        ("Head~2", Text("Head", fuzzy=2)),
        ("你好~", Text("你好~")),
        ("OK～", Text("OK～")),
        ("~5", Text("~5")),
    ],
)
def test_wildcards_and_distances(typed: str, tree: Text) -> None:
    assert parse(typed).tree == tree


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("title:a", Text("a", field="title")),
        ("TITLE:a", Text("a", field="title")),
        ("标题：a", Text("a", field="title")),
        ("標題:a", Text("a", field="title")),
        ("作者：「湯 曉鷗」~2", Text("湯 曉鷗", quoted=True, field="author", slop=2)),
        ("title:a b", All((Text("a", field="title"), B))),
        ("title:(a b)", All((Text("a", field="title"), Text("b", field="title")), explicit=True)),
        ("title:(a OR author:b)", Any((Text("a", field="title"), Text("b", field="author")))),
        ("a -title:b", All((A, Not(Text("b", field="title"))))),
        ("title:-b", Text("-b", field="title")),
        ("title:AND", Text("and", field="title")),
        ("ｔｉｔｌｅ：a", Text("a", field="title")),
        ("字形：繁體", Text("traditional", field="script")),
        ("script:tw", Text("traditional", field="script")),
        ("script:简体", Text("simplified", field="script")),
        ("script:latin", Text("latin", field="script")),
        ("filetype:MD", Text("markdown", field="format")),
        ("ext:.MD", Text("MD", field="ext")),
        ("格式：网页", Text("html", field="format")),
        ("格式：行事曆", Text("ics", field="format")),
        ("格式：字幕", Any((Text("srt", field="format"), Text("ass", field="format")))),
        ("format:pdf,Subtitles", Any((Text("pdf", field="format"), Text("srt", field="format"), Text("ass", field="format")))),
        ("-格式：字幕 a", All((Not(Any((Text("srt", field="format"), Text("ass", field="format")))), A))),
        ("title:字幕", Text("字幕", field="title")),
        ("format:pdf", Text("pdf", field="format")),
        ("文件名：a", Text("a", field="path")),
        ("title:foo*", Text("foo", field="title", prefix=True)),
        ("title:", Text("title:")),
        ("(a title:)", All((A, Text("title:")), explicit=True)),
        ("title: a", All((Text("title:"), A))),
        ("unknown:a", Text("unknown:a")),
        ("https://a.b/c:d", Text("https://a.b/c:d")),
        ("12:30", Text("12:30")),
        ("id:/a/b(1).txt", Text("/a/b(1).txt", field="id")),
    ],
)
def test_fields(typed: str, tree: Node) -> None:
    assert parse(typed).tree == tree


def test_fields_of_the_documents_themselves() -> None:
    assert parse("Publisher:a", fields=["publisher"]).tree == Text("a", field="publisher")
    assert parse("出版社：a", fields={"出版社"}).tree == Text("a", field="出版社")


@pytest.mark.parametrize("name", fields.NAMES)
def test_every_name_of_a_field(name: str) -> None:
    assert {fields.canonical(alias) for alias in (name, name.upper(), *fields.NAMES[name])} == {name}


@pytest.mark.parametrize("conversion", ["t2s", "s2t", "s2tw", "s2hk"])
def test_names_and_values_are_known_in_every_script(conversion: str) -> None:
    converter = opencc.OpenCC(conversion)
    for table in (fields.NAMES, fields.SORTS, *fields.VALUES.values()):
        known = {alias: name for name, aliases in table.items() for alias in (name, *aliases)}
        converted = {alias: converter.convert(alias) for alias in known if alias != "文件夹"}  # 文件夾 is nobody's word
        assert {alias: known.get(other) for alias, other in converted.items()} == {alias: known[alias] for alias in converted}


def test_a_format_of_its_own_is_no_other_name_of_another() -> None:
    for own in ("doc", "xls", "ppt", "msg", *(format.name for format in BUILTIN)):
        assert fields.value("format", own) == own


def test_no_name_belongs_to_two_fields() -> None:
    names = [alias for name, aliases in fields.NAMES.items() for alias in (name, *aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("date:2021", "2021", "2021"),
        ("year:2021", "2021", "2021"),
        ("date:2021-8", "2021-08", "2021-08"),
        ("date:２０２１／８／１７", "2021-08-17", "2021-08-17"),
        ("date:2021.8.17", "2021-08-17", "2021-08-17"),
        ("date:20210817", "2021-08-17", "2021-08-17"),
        ("date:202108", "2021-08", "2021-08"),
        ("date:2021年", "2021", "2021"),
        ("日期：2021年8月17日", "2021-08-17", "2021-08-17"),
        ("date:二〇二一年十二月三十一日", "2021-12-31", "2021-12-31"),
        ("date:民國110", "2021", "2021"),
        ("date:民国110年8月", "2021-08", "2021-08"),
        ("date:中華民國元年", "1912", "1912"),
        ("date:民國一百一十年十月", "2021-10", "2021-10"),
        ("date:民國廿三年", "1934", "1934"),
        ("date:113年3月", "2024-03", "2024-03"),
        ("date:113/3/15", "2024-03-15", "2024-03-15"),
        ("date:113年1月至3月", "2024-01", "2024-03"),
        ("日期：光緒二十年", "1894", "1894"),
        ("date:光绪廿年至宣統三年", "1894", "1911"),
        ("date:昭和16年12月8日", "1941-12-08", "1941-12-08"),
        ("日期：明治40年5月", "1907-05", "1907-05"),
        ('date:"2021 年 8 月"', "2021-08", "2021-08"),
        ("date:2021-08..2021-10", "2021-08", "2021-10"),
        ("date:2021-10..2021-08", "2021-08", "2021-10"),
        ("date:2021..", "2021", None),
        ("date:..2021-08-17", None, "2021-08-17"),
        ("date:2019至2021", "2019", "2021"),
        ("date:2019～民國110年", "2019", "2021"),
        ("date:2019-2021", "2019", "2021"),
        ("date:202108-202110", "2021-08", "2021-10"),
        ("date:20210801-20210831", "2021-08-01", "2021-08-31"),
        ("date:2019—2021", "2019", "2021"),
        ("date:2020年-2021年", "2020", "2021"),
        ("日期：2021年8月至10月", "2021-08", "2021-10"),
        ("日期：2021年8月1日到15日", "2021-08-01", "2021-08-15"),
        ("日期：2020年12月31日至2021年1月2日", "2020-12-31", "2021-01-02"),
        ("date:民國110年8月～10月", "2021-08", "2021-10"),
        ("日期：2020年以后", "2020", None),
        ("日期：2020年8月起", "2020-08", None),
        ("日期：民國110年以來", "2021", None),
        ("日期：2020年以前", None, "2019"),
        ("日期：2020年為止", None, "2020"),
        ("date:2021年8月——2021年10月", "2021-08", "2021-10"),
        ("date:>2020", "2021", None),
        ("date:>=2020", "2020", None),
        ("date:≥2020", "2020", None),
        ("date:<2021-01", None, "2020-12"),
        ("date:<=2021-01", None, "2021-01"),
        ("日期：＞2020年12月", "2021-01", None),
        ("date:>2020-12-31", "2021-01-01", None),
        ("after:2021-08", "2021-08", None),
        ("before:2021", None, "2020"),
        ("before:2021-01", None, "2020-12"),
        ("before:2021-08", None, "2021-07"),
        ("before:2021-03-01", None, "2021-02-28"),
    ],
)
def test_dates(typed: str, low: str | None, high: str | None) -> None:
    assert parse(typed).tree == Range("date", low, high)


TODAY = date(2026, 3, 1)  # a Sunday, and the first day of a month


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("date:今天", "2026-03-01", "2026-03-01"),
        ("date:Today", "2026-03-01", "2026-03-01"),
        ("日期：昨天", "2026-02-28", "2026-02-28"),
        ("date:前天", "2026-02-27", "2026-02-27"),
        ("date:本月", "2026-03", "2026-03"),
        ("date:上個月", "2026-02", "2026-02"),
        ("year:今年", "2026", "2026"),
        ("date:去年", "2025", "2025"),
        ("date:前年..去年", "2024", "2025"),
        ("after:昨天", "2026-02-28", None),
        ("before:今年", None, "2025"),
        ("date:>去年", "2026", None),
        ("date:本週", "2026-02-23", "2026-03-01"),
        ("date:上周", "2026-02-16", "2026-02-22"),
        ("date:最近7天", "2026-02-23", "2026-03-01"),
        ("日期：近三个月", "2025-12-01", "2026-03-01"),
        ("date:過去兩週", "2026-02-16", "2026-03-01"),
        ("date:过去一年", "2025-03-01", "2026-03-01"),
        ("date:最近半年", "2025-09-01", "2026-03-01"),
        ("date:近半个月内", "2026-02-15", "2026-03-01"),
        ("date:最近", "2026-02-01", "2026-03-01"),
        ("date:7d", "2026-02-23", "2026-03-01"),
        ("date:1Y", "2025-03-01", "2026-03-01"),
    ],
)
def test_dates_as_they_are_called_today(typed: str, low: str | None, high: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periods, "date", type("Frozen", (date,), {"today": classmethod(lambda _: TODAY)}))
    assert parse(typed).tree == Range("date", low, high)


@pytest.mark.parametrize(
    "typed",
    [
        "date:soon",
        "date:光緒二十年七月",  # which began in July and ended in August
        "date:明治3年5月",  # by the moon, too
        "date:98年",  # of the Republic, or of the last century
        "date:2021-13",
        "date:2021-02-30",
        "date:12",
        "date:0000",
        "before:0001",
        "after:2021..",
        "date:2021-08-17-01",
        "date:>soon",
        "date:<0001",
        "date:>9999",
        "after:>2021",
        "after:本周",
        "date:明天見",
        "date:至10月",
        "date:起",
        "date:很久以前",
    ],
)
def test_what_is_no_date_is_text_and_said_to_be(typed: str) -> None:
    query = parse(typed)
    assert query.tree == Text(typed)
    assert query.notices == (f"not understood as a date, so it was read as text: {typed.partition(':')[2]}",)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("size:100", "100", "100"),
        ("size:1k..2M", "1024", "2097152"),
        ("size:2kb..1KB", "1024", "2048"),
        ("size:5..", "5", None),
        ("size:..5", None, "5"),
        ("size:1.5k", "1536", "1536"),
        ("size:>1M", "1048577", None),
        ("size:>=1M", "1048576", None),
        ("size:<10k", None, "10239"),
        ("size:≤10k", None, "10240"),
        ("size:<0", None, "0"),
        ("size:1k~2k", "1024", "2048"),
        ("size:1k-2k", "1024", "2048"),
        ("字数：＞１万", "10001", None),
        ("字数：5000以上", "5000", None),
        ("字數：1萬字以內", None, "10000"),
        ("大小：5k以下", None, "5120"),
        ("大小：2千字到1.5萬字", "2000", "15000"),
        ("size:99999999999999999999g", "107374182399999999998926258176", "107374182399999999998926258176"),
    ],
)
def test_numbers(typed: str, low: str | None, high: str | None) -> None:
    assert parse(typed).tree == Range("size", low, high)


def test_what_is_no_number_is_text_and_said_to_be() -> None:
    query = parse("size:big")
    assert (query.tree, query.notices) == (Text("size:big"), ("not understood as a number, so it was read as text: big",))


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [("modified:2021", "2021", "2021"), ("修改於：2021年8月以后", "2021-08", None), ("mtime:2019..2021-08-17", "2019", "2021-08-17")],
)
def test_when_something_was_changed_is_asked_for_as_its_date_is(typed: str, low: str | None, high: str | None) -> None:
    assert parse(typed).tree == Range("modified", low, high)


def test_groups_of_dates() -> None:
    assert parse("date:(2019 OR 2021)").tree == Any((Range("date", "2019", "2019"), Range("date", "2021", "2021")))


@pytest.mark.parametrize(
    ("typed", "sort"),
    [
        ("sort:date a", "date"),
        ("a sort:-date", "-date"),
        ("排序：－日期 a", "-date"),
        ("sort:size sort:date a", "date"),
        ("排序：时间 a", "date"),
        ("排序：最新 a", "-date"),
        ("sort:Newest a", "-date"),
        ("sort:-最新 a", "date"),
        ("sort:-longest a", "size"),
        ("sort:-modified a", "-modified"),
        ("排序：修改 a", "modified"),
        ("排序：最近修改 a", "-modified"),
    ],
)
def test_sort(typed: str, sort: str) -> None:
    assert (parse(typed).tree, parse(typed).sort) == (A, sort)


def test_sorted_by_relevance_is_not_sorted() -> None:
    assert (parse("sort:date a sort:相關").tree, parse("sort:date a sort:相關").sort) == (A, None)


def test_what_only_sorts_means_every_document() -> None:
    assert (parse("sort:最新").tree, parse("sort:最新").sort) == (Range("size", "0", None), "-date")
    assert parse("sort:relevance").tree is None


@pytest.mark.parametrize("typed", ["？！", "😀", "--", '""', " ( "])
def test_a_query_without_text_says_so(typed: str) -> None:
    assert parse(typed).notices == ("nothing to look for: punctuation and symbols are not indexed",)


@pytest.mark.parametrize("typed", ["*", " ＊ ", "sort:-date", "* sort:-date"])
def test_a_star_asks_for_every_document_as_a_sort_does(typed: str) -> None:
    query = parse(typed)
    assert query.tree == EVERY and not query.notices
    assert replace(parse(describe(query)), text=typed) == query and describe(query).startswith("*")


@pytest.mark.parametrize("typed", ["**", "* ?", '"*"', "title:*"])
def test_among_others_a_star_is_a_sign(typed: str) -> None:
    assert parse(typed).tree is None


def test_a_blank_query_says_nothing() -> None:
    assert parse(" \n").notices == ()


def test_no_spelling_of_a_value_means_two() -> None:
    for table in (*fields.VALUES.values(), fields.SORTS):
        spelled = [spelling for value, others in table.items() for spelling in (value, *others)]
        assert len(spelled) == len(set(spelled))


def test_what_nothing_is_sorted_by_is_text() -> None:
    query = parse("sort:beauty")
    assert (query.tree, query.sort) == (Text("sort:beauty"), None)
    assert query.notices == ("nothing can be sorted by that, so it was read as text: beauty",)


PASSAGE = "日期：2021年8月17日\n商汤科技（SenseTime）-香港 是一家人工智能公司。\n“估值”超过60亿美元 AND 更多，由湯曉鷗創立。"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("autor:张三", "autor: was read as text: the field is called author:"),
        ("Titel：商汤 a", "Titel: was read as text: the field is called title:"),
        ("-fromat:pdf a", "fromat: was read as text: the field is called format:"),
        ("a dtae:2021", "dtae: was read as text: the field is called date:"),
        ("标题： 商汤", "标题： was read as text: write what is wanted there right behind the colon"),
        ("date: 2021 a", "date: was read as text: write what is wanted there right behind the colon"),
    ],
)
def test_a_field_that_is_none_as_it_was_typed_is_told(typed: str, said: str) -> None:
    assert parse(typed).notices == (said,)


def test_so_is_one_of_the_fields_that_documents_have_themselves() -> None:
    assert parse("tenat:t1 a", fields=("tenant",)).notices == ("tenat: was read as text: the field is called tenant:",)
    assert parse("pirce:5", numbers=("price",)).notices == ("pirce: was read as text: the field is called price:",)
    assert parse("tenat:t1 a").notices == ()


@pytest.mark.parametrize(
    "typed", ["data:image/png", "note:a", "主席：大家好", "https://a.org", "标题：", "autor:", "titel 商汤", "PEP:8", PASSAGE]
)
def test_words_before_a_colon_are_no_fields(typed: str) -> None:
    assert parse(typed).notices == ()


@pytest.mark.parametrize(
    ("typed", "read", "left_out"),
    [
        ("date:… a", A, "date:…"),
        ("date:.. a", A, "date:.."),
        ('title:"！" a', A, 'title:"！"'),
        ("a -size:>", A, "size:>"),
        ("sort:- a", A, "sort:-"),
        ("a OR date:…", A, "date:…"),
        ("date:… OR a", A, "date:…"),
        ("(a title:？)", A, "title:？"),
    ],
)
def test_a_field_without_a_value_is_left_out(typed: str, read: Node, left_out: str) -> None:
    """What stands behind it is a term of its own."""
    assert parse(typed).tree == read
    assert parse(typed).notices == (f"nothing to look for, so it was left out: {left_out}",)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("ls -la", ["la"]), ("tar -xzf a.tgz -C b", ["xzf"]), ("-la", []), ("python -django", []), ("Python 教程 -js", []), ('"ls -la"', [])],
)
def test_what_may_be_the_option_of_a_command_is_told(typed: str, words: list[str]) -> None:
    said = [f"-{word} leaves out what has {word}: a command is looked for in quotes" for word in words]
    assert [notice for notice in parse(typed).notices if "leaves out" in notice] == said


@pytest.mark.parametrize(
    ("typed", "left_out"),
    [
        ("ls -l", 0),
        ("ls -l -a", 0),
        ("iptables -A INPUT", 0),
        ("grep -r", 0),
        ("-F 选项", 0),
        ("入聲 -p -t -k", 0),
        ("维生素 -C", 1),
        ("维生素 -C 水果", 1),
        ("维生素 -C -钙片", 2),
        ("苹果 -ab", 1),
        ("a -b", 1),
        ("ab AND -c", 1),
        ("ab -c/d", 1),
        ("ab -(c)", 1),
    ],
)
def test_one_letter_that_begins_a_query_or_stands_behind_letters_or_beside_another_is_an_option(typed: str, left_out: int) -> None:
    tree = parse(typed).tree
    assert isinstance(tree, All) and sum(isinstance(child, Not) for child in tree.children) == left_out


@pytest.mark.parametrize(
    ("typed", "left_out"),
    [
        ("404 NOT FOUND", 0),
        ("NOT MADE IN CHINA", 0),
        ("NOT NULL 约束", 0),
        ("DO NOT DISTURB", 0),
        ("IF NOT EXISTS", 0),
        ("ACCESS NOT ALLOWED", 0),
        ("GPU NOT CPU", 1),
        ("NOT CPU GPU", 1),
        ("GB 2312 NOT GBK", 1),
        ("sql NOT FOUND", 1),
        ("NLP AND NOT BERT", 1),
        ("苹果 NOT IPHONE", 1),
        ("SQL NOT null", 1),
        ("sql NOT NULL", 1),
        ("SQL NOT 404", 1),
        ("SQL NOT title:NULL", 1),
        ("SQL -NULL", 1),
    ],
)
def test_not_among_capitals_is_a_word_and_said_to_be(typed: str, left_out: int) -> None:
    query = parse(typed)
    assert isinstance(query.tree, All) and sum(isinstance(child, Not) for child in query.tree.children) == left_out
    assert any("NOT was read as a word" in notice for notice in query.notices) is (not left_out)


@pytest.mark.parametrize("signs", ["…", '"！"', "“”", "（）", "-"])
def test_a_minus_before_mere_signs_takes_nothing_away(signs: str) -> None:
    assert parse(f"a -{signs} b").tree == All((A, B))


def test_a_lone_minus_is_text_and_said_to_be() -> None:
    assert parse("-手机").notices == (
        "a minus needs something to take away from, so it was read as text: write NOT to find all documents without a word",
    )
    assert parse("date:2021 -手机").notices == ()


def test_nothing_in_a_passage_is_an_operator() -> None:
    assert parse(f"  {PASSAGE}\n").tree == Text(PASSAGE)
    assert highlight_spans(f"  {PASSAGE}\n") == [(2, 2 + len(PASSAGE), "text")]


@pytest.mark.parametrize(
    ("typed", "passage"),
    [
        ("商汤科技 是一家公司\n创立于 二〇一四年，至今已有十多年的历史，员工数千人。", True),
        ("商汤科技 是一家公司 创立于 二〇一四年，至今已有十多年的历史，员工数千人。", False),
        ("商汤科技 是一家公司\n创立于 二〇一四年，至今已有十多年的历史，员工数千人", False),
        ("商汤科技 是一家公司。创立于 二〇一四年，至今已有十多年的历史，员工数千人。", True),
    ],
)
def test_a_passage_has_two_sentences_or_one_and_two_lines(typed: str, passage: bool) -> None:
    assert (parse(typed).tree == Text(typed)) is passage


def test_what_has_more_terms_than_anybody_types_is_a_passage() -> None:
    many = " ".join(f'甲{number} -乙 "丙"' for number in range(MOST_TERMS))
    assert parse(many).tree == Text(many)
    assert parse(f"{many} OR 丁 date:2021").tree == Text(f"{many} OR 丁 date:2021")
    assert parse(many).notices == ("more than 200 terms: read as a pasted text, in which nothing is an operator",)
    assert highlight_spans(many) == [(0, len(many), "text")]
    assert isinstance(parse(" ".join(["甲"] * MOST_TERMS)).tree, All)
    assert isinstance(parse(" OR ".join(["甲"] * 2 * MOST_TERMS)).tree, Any)
    assert not parse(" ".join(["甲"] * MOST_TERMS)).notices


@pytest.mark.parametrize("operator", [" OR ", " AND ", " NOT ", " title:"])
def test_of_too_many_joined_terms_the_first_are_looked_for(operator: str) -> None:
    typed = [f"甲{number}" for number in range(MOST_JOINED + 1)]
    whole, longer = parse(operator.join(typed[:-1])), parse(operator.join(typed))
    grouped = parse(f"({operator.join(typed)}) AND 乙")
    assert longer.tree == whole.tree
    assert isinstance(grouped.tree, All | Any)
    assert isinstance(whole.tree, All | Any)
    assert grouped.tree.children == whole.tree.children
    assert not whole.notices
    assert longer.notices == grouped.notices == ("too long a query: only its first 1,000 terms were looked for",)


def test_nor_is_more_text_of_joined_terms_than_anybody_types() -> None:
    part = "甲" * (LONGEST_JOINED // 4)
    assert parse(f"{part} OR {part} OR {part} OR {part}").notices == ()
    assert parse(f"{part} OR {part} OR {part} OR {part}乙 OR 丙").tree == Any((Text(part),) * 3)
    assert parse(f"{part * 5} OR 丙").tree == Text(part * 5)
    assert parse(f"{part * 5} 丙").tree == All((Text(part * 5), Text("丙")))
    assert not parse(part * 5).notices


def test_of_too_many_patterns_the_others_are_text() -> None:
    words = [f"w{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(MOST_PATTERNS + 1)]
    for sign in ("*", "~", "*s"):
        query = parse(" OR ".join(f"{word}{sign}" for word in words))
        assert isinstance(query.tree, Any)
        *patterns, last = query.tree.children
        assert all(isinstance(word, Text) and (word.prefix or word.fuzzy or word.wildcard) for word in patterns)
        assert last == Text(f"{words[-1]}{sign}")
        assert query.notices == ("more than 50 words with * or ~: the others were read as text",)
        assert not parse(" OR ".join(f"{word}{sign}" for word in words[1:])).notices


@pytest.mark.parametrize(
    "typed",
    [
        f'"{PASSAGE}" date:2021',
        "商汤科技是一家公司吗？ date:2021",
        "苹果？ -手机！",
        f"title:{PASSAGE.replace(' ', '').replace(chr(10), '')} a",
    ],
)
def test_what_is_no_passage(typed: str) -> None:
    assert isinstance(parse(typed).tree, All)


def test_highlight_spans() -> None:
    text = 'title:"a b" OR c -(d OR e) (f)'
    assert [(text[start:end], kind) for start, end, kind in highlight_spans(text)] == [
        ("title:", "field"),
        ('"a b"', "quoted"),
        ("OR", "operator"),
        ("c", "text"),
        ("-", "operator"),
        ("(", "punctuation"),
        ("d", "negated"),
        ("OR", "operator"),
        ("e", "negated"),
        (")", "punctuation"),
        ("(", "punctuation"),
        ("f", "text"),
        (")", "punctuation"),
    ]


def test_fields_of_the_documents_are_highlighted_where_they_are_known() -> None:
    assert highlight_spans("city:上海") == [(0, 7, "text")]
    assert highlight_spans("city:上海", ["city"]) == [(0, 5, "field"), (5, 7, "text")]


def _examples() -> list[tuple[str, str]]:
    blocks = re.findall(r"```query\n(.*?)```", DOCUMENTATION.read_text("utf-8"), re.DOTALL)
    lines = (line.split(" → ") for block in blocks for line in block.splitlines())
    return [(typed.rstrip(" "), read) for typed, read in lines]


@pytest.mark.parametrize(("typed", "read"), _examples())
def test_the_examples_of_the_documentation(typed: str, read: str) -> None:
    assert describe(parse(typed)) == read


def test_the_documentation_names_every_field() -> None:
    documented = DOCUMENTATION.read_text("utf-8")
    assert all(f"`{name}:`" in documented for name in fields.NAMES)
    assert all(alias in documented for aliases in fields.NAMES.values() for alias in aliases)
    assert all(alias in documented for aliases in fields.SORTS.values() for alias in aliases)


# Laws

SIGNS = '()（）"＂“”「」『』-－*~:：。？ 　\n+\\'
OPERATORS = "AND|OR|NOT| AND | OR | NOT "
WORDS = "title:|标题：|date:|sort:|sort:-date|size:1..2|2021|民國110|..|甲|商汤|ai|5|°C|foo|~5|~2| -|甲乙丙丁戊己庚辛。"
PARTS = st.sampled_from([*SIGNS, *OPERATORS.split("|"), *WORDS.split("|")])
TYPED = st.one_of(
    st.lists(PARTS, max_size=30).map("".join),
    st.text(st.characters(codec=None), max_size=60),
    st.lists(st.one_of(PARTS, st.text(st.characters(codec=None), max_size=4)), max_size=30).map("".join),
)


@settings(max_examples=600)
@given(TYPED)
@example("NOT (c OR a(b )")
@example("NOT (a AND b)")
@example("NOT (a OR b) AND (c OR d)")
@example("“a“b”c")
@example('“a"“b”c”')
@example('title:「a"b”“」~3')
@example("(((((((((((((((((((((((a b)))))))))))))))))))))))")
@example('title:"x AND "y" -')
@example("\ud800 \x00 -\udfff")
def test_a_query_described_is_read_the_same(typed: str) -> None:
    query = parse(typed)
    again = parse(describe(query))
    assert (again.tree, again.sort) == (query.tree, query.sort)


@settings(max_examples=300)
@given(TYPED)
def test_a_tree_is_simple_and_says_only_what_was_typed(typed: str) -> None:
    query = parse(typed)
    assert query == Query(typed, query.tree, query.sort, query.notices)
    for node in _nodes(query.tree):
        if isinstance(node, All | Any):
            assert len(node.children) > 1
            assert not any(
                type(child) is type(node) and getattr(child, "explicit", True) == getattr(node, "explicit", True) for child in node.children
            )
        elif isinstance(node, Not):
            assert not isinstance(node.child, Not)
        elif isinstance(node, Text):
            assert node.text.lower() in typed.lower() or query.notices


@settings(max_examples=300)
@example(" *")
@given(TYPED)
def test_highlights_ascend_and_hold_all_that_is_searched_for(typed: str) -> None:
    spans = highlight_spans(typed)
    assert all(start < end for start, end, _ in spans)
    assert all(end <= start for (_, end, _), (start, _, _) in pairwise(spans))
    assert all(start >= 0 and end <= len(typed) for start, end, _ in spans)
    assert bool(parse(typed).tree or parse(typed).sort) == any(kind in ("text", "quoted", "negated") for _, _, kind in spans)


@settings(max_examples=200)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_han_text_is_one_text(typed: str) -> None:
    assert parse(typed).tree == Text(typed)
    assert parse(f'"{typed}"').tree == Text(typed, quoted=True)


@pytest.mark.parametrize(
    "part",
    [
        "(",
        ")",
        '"',
        "“",
        "“ ",
        "”",
        "-",
        "- ",
        "NOT ",
        "a AND ",
        "a OR (",
        "title:",
        "title:“",
        "date:",
        "甲",
        "甲 ",
        "(a) ",
        "“(",
        "a(",
        "-“",
        "\u0301",
        "~",
        "*",
        "。",
        "“a”b",
        '"a"b',
        '"a"-',
        '"a b"c，',
        "date:年-",
        "年-",
        "size:1-",
    ],
)
def test_no_length_and_no_depth_is_too_much(part: str) -> None:
    """Generous, but quadratic time would take minutes."""
    text = f"{part * 10_000} a {'”' * 10_000}x"
    with no_hang():
        for typed in (text, f"date:{text}", f"size:{text}"):
            parse(typed)
            highlight_spans(typed)


def _nodes(node: Node | None) -> list[Node]:
    if node is None:
        return []
    children = node.children if isinstance(node, All | Any) else (node.child,) if isinstance(node, Not) else ()
    return [node, *(inner for child in children for inner in _nodes(child))]


def test_a_month_ago_is_its_last_day_where_it_has_no_such_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periods, "date", type("Frozen", (date,), {"today": classmethod(lambda _: date(2026, 3, 31))}))
    assert periods.read_range("近一个月") == ("2026-02-28", "2026-03-31")
    assert periods.read_range("最近9999年") is None
    assert periods.read_range("最近999999天") is None and periods.read_range(">9999-12-31") is None
    assert periods.read_range(">9999-12-30") == ("9999-12-31", None)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a | b", "a OR b"),
        ("a || b ｜ 丙", "a OR b OR 丙"),
        ("| a | b |", "a OR b"),
        ("a|b", "a|b"),
        ("a |", "a"),
        ("*.md", "ext:md"),
        ("path:＊.tar.GZ", "ext:tar.GZ"),
        ("a -*.md", "a NOT ext:md"),
        ("**.md", "**.md"),
        ("*.c++", "*.c++"),
        ("title:*.md", "title:*.md"),
        ("ext:md,txt 商汤", "ext:md OR ext:txt 商汤"),
        ("-格式：word、网页 商汤", "NOT (format:docx OR format:html) 商汤"),
        ("year:2019,2021", "date:2019 OR date:2021"),
        ("ext:md,", "ext:md"),
        ("title:a,b", "title:a,b"),
    ],
)
def test_signs_as_other_programs_have_them(typed: str, read: str) -> None:
    assert describe(parse(typed)) == read


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("甲 or 乙", ["or"]),
        ("甲 and 乙 not 丙", ["and", "not"]),
        ("rock and roll", []),
        ("甲 OR 乙", []),
        ("甲 or", []),
        ('甲 "or" 乙', []),
    ],
)
def test_operators_in_small_letters_are_told_among_chinese(typed: str, words: list[str]) -> None:
    assert [notice.facts["word"] for notice in parse(typed).notices if isinstance(notice, Remark)] == words


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("道 NEAR 名", "NEAR"),
        ("道 NEAR/3 名", "NEAR/3"),
        ("道 near 名", None),
        ("NEAR 名", None),
        ("道 NEAR", None),
        ("far NEAR you", None),
    ],
)
def test_an_operator_of_other_programs_is_told_to_be_a_distance_here(typed: str, word: str | None) -> None:
    said = [notice for notice in parse(typed).notices if "near each other" in notice]
    assert said == ([] if word is None else [f'{word} was read as a word: for words near each other, write "甲 乙"~5'])
    assert parse('"甲 乙"~5').tree == Text("甲 乙", quoted=True, slop=5)

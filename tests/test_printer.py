"""How results look: to a reader, a pipe, a program. The whole of the terminal's output lies in tests/golden, to be looked at."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from searcher import Document, Location
from searcher.explanations.explanation import Explanation, Missing, Part, TermExplanation
from searcher.messages import speaker
from searcher.printer import grep, json_lines, plain, sheet, terminal
from searcher.printer.counts import found_words, total_words
from searcher.printer.document import near_lines
from searcher.printer.explanation import MOST_PARTS, explanation_lines
from searcher.printer.pieces import pieces
from searcher.printer.plain import MARK, RESET
from searcher.printer.preview import preview_lines
from searcher.printer.progress import progress_bar
from searcher.printer.script import convert, in_script
from searcher.printer.visible import escaped_json, one_line, visible
from searcher.printer.wrapping import NOT_FIRST, NOT_LAST, breaks, hanging, wrap
from searcher.results import Expansion, Hit, Place, Results, Snippet
from searcher.text.folding import fold_script
from searcher.updating.reports import Progress

GOLDEN = Path(__file__).parent / "golden"

RESULTS = Results(
    query="商湯 软件",
    total=312,
    took_ms=3.14159,
    expansions=(Expansion("软件", "軟體", "region", 0.7), Expansion("第12条", "第十二条", "number", 1.0)),
    notices=("a remark of the search",),
    hits=(
        Hit(
            rank=1,
            score=9.5,
            id="/docs/新闻/a.txt",
            title="商汤科技计划近几周启动赴港IPO申请，拟募资20亿美元！",
            title_marks=((0, 2),),
            path="/docs/新闻/a.txt",
            date="2021-08-17T11:18:00Z",
            snippets=(
                Snippet(
                    "继云从科技通过上市委审核，云天励飞科创板首发上市通过后，市场消息称商汤科技计划未来几周提交香港IPO申请，至此，“AI四小龙”商汤、"
                    "旷视、云从和依图都踏上了向资本市场的冲击之路。",
                    0,
                    ((33, 35), (66, 68)),
                    line=14,
                ),
                Snippet("商汤软件\n\n部门。", 900, ((0, 4),), line=20),
            ),
            copies=("/docs/b.txt",),
        ),
        Hit(
            rank=2,
            score=1.25,
            id="x#2",
            title="年報\x1b[31m\u202e [red]報表[/red]",
            title_marks=(),
            path="/docs/年報.pdf",
            path_marks=((6, 8),),
            location=Place("page", "37"),
            snippets=(Snippet("商湯\x1b]0;x\x07的軟體👨‍👩‍👧é，負債率。", 5, ((0, 2), (10, 12)), place=Place("page", "37")),),
            relaxed=True,
        ),
        Hit(rank=10, score=0.5, id="only-an-id", title="无题", relaxed=True, missing=("负债", "AI\x1b")),
    ),
)


def _printed(width: int, *, color: bool, language: str = "en") -> str:
    buffer = io.StringIO()
    console = terminal.console(buffer, color=color, width=width)
    for line in terminal.results_lines(RESULTS, speaker(language), terminal.Screen(width)):
        console.print(line)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "width", "color", "language"),
    [
        ("plain-80", 80, False, "en"),
        ("plain-200", 200, False, "zh-Hans"),
        ("plain-40", 40, False, "zh-Hant"),
        ("color-80", 80, True, "en"),
    ],
)
def test_the_terminal_looks_like_this(name: str, width: int, color: bool, language: str) -> None:
    golden = GOLDEN / f"results-{name}.txt"
    printed = _printed(width, color=color, language=language)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(printed, "utf-8")
    assert printed == golden.read_text("utf-8")


@pytest.mark.parametrize("width", [1, 40, 80])
def test_a_preview_has_two_rows_a_hit_and_one_for_all(width: int) -> None:
    lines = list(preview_lines(RESULTS, speaker("en"), terminal.Screen(width)))
    assert len(lines) == 2 + 2 + 1 + 1, "the third hit has no passage"
    if width > 1:
        assert all(line.cell_len <= width for line in lines)
    if width == 80:
        assert [line.plain for line in lines] == [
            "  1  商汤科技计划近几周启动赴港IPO申请，拟募资20亿美元！  2021-08-17",
            "     商汤软件 部门。",
            "  2  年報␛[31m\\u202e [red]報表[/red]",
            "     商湯␛]0;x␇的軟體👨‍👩‍👧é，負債率。",
            " 10  无题  without: 负债, AI␛",
            "10 of 312 documents",
        ]


def test_a_preview_of_nothing_says_what_else_may_be_meant() -> None:
    def rows(suggestions: tuple[str, ...]) -> list[str]:
        return [line.plain for line in preview_lines(Results("苹裹", 0, (), suggestions=suggestions), speaker("en"), terminal.Screen(80))]

    assert rows(()) == ["nothing found"]
    assert rows(("苹果",)) == ["did you mean: 苹果"]


def test_the_foot_says_how_many_have_every_term_where_others_lack_some() -> None:
    def foot(results: Results) -> str:
        return " ".join(line.plain for line in terminal.foot_lines(results, speaker("en"), terminal.Screen(200)))

    told = "10 of 312 documents: 200 with every term, 112 with only some · --strict shows only the 200 · all with --limit 0 · 3.1 ms"
    assert foot(replace(RESULTS, complete=200)) == told
    assert foot(RESULTS) == foot(replace(RESULTS, complete=312)) == "10 of 312 documents · all with --limit 0 · 3.1 ms"


@pytest.mark.parametrize(
    ("language", "divider", "counted", "total"),
    [
        (
            "en",
            "these have only some of the terms, or have them far apart",
            "1 of 5 documents: 3 with every term (2 far apart), 2 with only some",
            "3 documents with every term (2 far apart), 2 with some of them",
        ),
        (
            "zh-Hans",
            "以下文档只包含部分词语，或者各词相距很远",
            "前 1 篇，共 5 篇文档：3 篇包含全部词语（其中 2 篇各词相距很远），2 篇只包含一部分",
            "3 篇文档包含全部词语（其中 2 篇各词相距很远），另有 2 篇只包含一部分",
        ),
        (
            "zh-Hant",
            "以下文件只包含部分詞語，或者各詞相距很遠",
            "前 1 篇，共 5 篇文件：3 篇包含全部詞語（其中 2 篇各詞相距很遠），2 篇只包含一部分",
            "3 篇文件包含全部詞語（其中 2 篇各詞相距很遠），另有 2 篇只包含一部分",
        ),
    ],
)
def test_the_divider_and_the_counts_know_of_terms_that_stand_far_apart(language: str, divider: str, counted: str, total: str) -> None:
    say = speaker(language)
    hits = tuple(
        Hit(rank, 1.0, f"/{rank}", str(rank), relaxed=lacks, scattered=apart)
        for rank, lacks, apart in ((1, False, False), (2, True, False), (3, False, True), (4, True, False), (5, False, True))
    )
    results = Results("甲 乙", 5, hits, complete=3, scattered=2)
    rows = [line.plain for line in terminal.results_lines(results, say, terminal.Screen(200))]
    [place] = [number for number, row in enumerate(rows) if divider in row]
    assert [row.split()[0] for row in rows[place + 1 :] if row[:3].strip().isdigit()] == ["2", "3", "4", "5"]
    assert found_words(replace(results, hits=hits[:1]), say) == counted
    assert total_words(results, say) == total


@pytest.mark.parametrize("width", [20, 33, 40, 79, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert [line for line in _printed(width, color=False).splitlines() if cell_len(line) > width] == []


def test_nothing_foreign_steers_the_terminal() -> None:
    without_colors = re.sub(r"\x1b\[[0-9;]*m", "", _printed(80, color=True))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", without_colors)
    assert "[red]報表[/red]" in without_colors, "markup is text"


def test_a_path_on_disk_is_a_link(tmp_path: Path) -> None:
    file = tmp_path / "文.txt"
    results = Results("x", 1, (Hit(1, 1.0, str(file), "x", path=str(file)),))
    buffer = io.StringIO()
    console = terminal.console(buffer, color=True, width=80)
    for line in terminal.results_lines(results, speaker("en"), terminal.Screen(80, links=True)):
        console.print(line)
    assert f";{file.as_uri()}\x1b\\" in buffer.getvalue()


def test_a_long_path_is_wrapped_and_stays_one_link() -> None:
    path = f"/docs/{'很長的路徑/' * 10}文.txt"
    place = Place("heading", "一個標題" * 5)
    marks = ((len(path) - 5, len(path) - 4),)
    results = Results("x", 1, (Hit(1, 1.0, path, "x", path=path, path_marks=marks, snippets=(Snippet("x", 0, line=12, place=place),)),))
    screen = terminal.Screen(60, links=True)
    lines = [line for line in terminal.results_lines(results, speaker("en"), screen) if "/" in line.plain or "標題" in line.plain]
    assert "".join(line.plain.strip() for line in lines[:-1]) == f"{path}:12" and lines[-1].plain.strip() == place.label
    assert all(line.cell_len <= 60 for line in lines)
    buffer = io.StringIO()
    for line in lines:
        terminal.console(buffer, color=True, width=60).print(line)
    links = re.findall(r"\x1b]8;id=([^;]+);([^\x1b]+)\x1b\\", buffer.getvalue())
    assert len(links) > 3 and set(links) == {("1", Path(path).as_uri())}, "rich gives each copy of a style another id"
    assert "\x1b[1;31m文\x1b[0m" in buffer.getvalue()


def test_a_text_of_one_line_is_shown_once() -> None:
    hit = Hit(1, 1.0, "/a", "一行。", path="/a", snippets=(Snippet("一行。\n", 0, line=1), Snippet("两行。", 9, line=3)))
    printed = [line.plain for line in terminal.results_lines(Results("x", 1, (hit,)), speaker("en"), terminal.Screen(80))]
    assert printed[:3] == [" 1  一行。", "    /a:1", "    · 两行。"]


def test_what_matched_in_a_path_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = str(tmp_path / "新\x1b聞" / "報.txt")
    hit = Hit(1, 1.0, path, "x", path=path, path_marks=((len(path) - 5, len(path) - 4),), snippets=(Snippet("x", 0, line=3),))
    assert list(plain.lines(Results("x", 1, (hit,)), speaker("en"), color=True)) == [
        "\x1b[35m新␛聞/\x1b[0m\x1b[1;31m報\x1b[0m\x1b[35m.txt\x1b[0m:\x1b[32m3\x1b[0m:x"
    ]
    assert list(plain.lines(Results("x", 1, (hit,)), speaker("en"))) == ["新␛聞/報.txt:3:x"]


def test_a_heading_that_is_the_title_is_not_repeated() -> None:
    hit = Hit(1, 1.0, "/a", "標題", path="/a", location=Place("heading", "標題"))
    printed = [line.plain for line in terminal.results_lines(Results("x", 1, (hit,)), speaker("en"), terminal.Screen(80))]
    assert sum("標題" in line for line in printed) == 1


def test_the_line_and_place_behind_a_path_are_those_of_the_best_passage() -> None:
    passages = (
        Snippet("民法，民國十八年公布。", 0, ((0, 2),), 1, None),
        Snippet("第184條 因故意或過失，不法侵害他人。", 900, ((0, 5),), 36, Place("article", "第184條")),
    )
    hit = Hit(1, 1.0, "/a", "民法", path="/a.txt", location=Place("article", "第184條"), snippets=passages)
    printed = [line.plain for line in terminal.results_lines(Results("x", 1, (hit,)), speaker("en"), terminal.Screen(80))]
    assert "    /a.txt:36  第184條" in printed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("标题\n=====\n正文", "标题 正文"),
        ("标题\n\n* * *\n\n正文\n-----", "标题 正文"),
        ("| 甲 | 乙 |\n|----|:--:|\n| 一 | 二 |", "| 甲 | 乙 | | 一 | 二 |"),
        ("药\t剂量\n甲\t 5mg \n乙\t\t1mg", "药 | 剂量 ¶ 甲 | 5mg ¶ 乙 | 1mg"),
        ("开\nOpen\n\n关\nClose", "开 Open ¶ 关 Close"),
        ("第一章 总则 . . . . . . . 43\n第二章………………44", "第一章 总则 … 43 第二章 … 44"),
        ("甲……乙，a...b，C++，x == y\n--\n丙", "甲……乙，a...b，C++，x == y -- 丙"),
    ],
)
def test_rulers_and_leaders_are_not_shown(text: str, shown: str) -> None:
    hit = Hit(1, 1.0, "a", "题", snippets=(Snippet(text, 0, ((0, 1),)),))
    printed = [line.plain for line in terminal.results_lines(Results("", 1, (hit,)), speaker("en"), terminal.Screen(80))]
    assert printed[2].strip() == shown
    assert list(plain.lines(Results("", 1, (hit,)), speaker("en"))) == [f"a:1:{one_line(text)}"], "verbatim in a pipe"


@pytest.mark.parametrize("width", [10, 30, 41, 60, 80, 200])
def test_the_divider_is_whole_on_any_screen(width: int) -> None:
    hits = (Hit(1, 1.0, "a", "甲"), Hit(2, 1.0, "b", "乙", relaxed=True))
    printed = [line.plain for line in terminal.results_lines(Results("", 2, hits, 1), speaker("en"), terminal.Screen(width))]
    assert all(cell_len(line) <= width for line in printed)
    said = "".join("".join(printed).split())
    assert "──thesehaveonlysomeoftheterms" in said and said.index("甲") < said.index("──") < said.index("乙")


def test_of_many_forms_the_first_are_named() -> None:
    def head(count: int) -> str:
        expansions = tuple(Expansion("甲", f"乙{number}", "region", 0.5) for number in range(count))
        return " ".join(
            line.plain for line in terminal.head_lines(Results("", 0, expansions=expansions), speaker("en"), terminal.Screen(200))
        )

    assert head(8).endswith(", 乙7") and head(11).endswith(", 乙7 and 3 more")


def test_the_forms_of_one_word_stand_behind_it_together() -> None:
    pairs = (("安全", "safe"), ("分包", "转包"), ("安全", "safety"))
    results = Results("", 0, expansions=tuple(Expansion(source, target, "translation", 0.6) for source, target in pairs))
    for language, said in (
        ("en", "also looked for: 安全 → safe, safety; 分包 → 转包"),
        ("zh-Hans", "同时查找：安全 → safe、safety；分包 → 转包"),
        ("zh-Hant", "同時搜尋：安全 → safe、safety；分包 → 转包"),
    ):
        assert [line.plain for line in terminal.head_lines(results, speaker(language), terminal.Screen(80))] == [said]


def test_a_form_is_named_as_the_hits_write_it() -> None:
    def head(title: str, kind: str = "region") -> str:
        hit = Hit(1, 1.0, "a", title, ((0, 3),))
        results = Results("公務人員", 1, (hit,), 1, expansions=(Expansion("公務人員", "公务员", kind, 0.6),))
        (line,) = terminal.head_lines(results, speaker("en"), terminal.Screen(80))
        return line.plain

    assert head("公務員考績法") == "also looked for: 公務人員 → 公務員"
    assert head("公务员法") == head("教育部令") == "also looked for: 公務人員 → 公务员"
    assert head("公務員考績法", "synonym").endswith("→ 公务员"), "the user's file says how it is written"


def test_a_number_that_says_no_script_is_named_as_the_hits_write_it() -> None:
    def head(typed: str) -> str:
        results = Results(
            typed, 1, (Hit(1, 1.0, "a", "宣統三年", ((0, 4),)),), 1, expansions=(Expansion(typed, "宣统三年", "number", 0.5),)
        )
        (line,) = terminal.head_lines(results, speaker("en"), terminal.Screen(80))
        return line.plain

    assert head("1911年").endswith("→ 宣統三年") and head("民國前一年").endswith("→ 宣统三年")


def test_forms_that_hardly_count_are_not_named_above_the_hits() -> None:
    def head(*weights: float) -> list[str]:
        expansions = tuple(Expansion("贈與", f"{number}", "register", weight) for number, weight in enumerate(weights))
        results = Results("", 0, expansions=expansions)
        return [line.plain.strip() for line in terminal.head_lines(results, speaker("en"), terminal.Screen(200))]

    assert head(0.15, 0.45) == ["also looked for: 贈與 → 1"]
    assert head(0.15) == []


def test_the_pipe() -> None:
    assert list(plain.lines(RESULTS, speaker("en")))[1:] == [
        "/docs/新闻/a.txt:20:商汤软件  部门。",
        "/docs/年報.pdf:p37:商湯␛]0;x␇的軟體👨‍👩‍👧é，負債率。",
        "only-an-id:1:无题 (without: 负债, AI␛)",
    ]
    assert list(plain.lines(RESULTS, speaker("zh-Hant")))[-1] == "only-an-id:1:无题（缺：负债、AI␛）"
    assert list(plain.paths(RESULTS)) == ["/docs/新闻/a.txt", "/docs/年報.pdf", "only-an-id"]


def test_a_path_below_the_current_folder_is_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert plain.near_path(str(tmp_path / "a" / "b.txt")) == os.path.join("a", "b.txt")  # noqa: PTH118  (a string is asked for)
    assert plain.near_path(str(tmp_path)) == str(tmp_path)
    assert plain.near_path(f"{tmp_path}x") == f"{tmp_path}x"


@given(st.text(min_size=1), st.text(), st.lists(st.text(), max_size=2))
@example("=1", "＝1", ["＠甲"])
@example("甲", "'", [])
def test_a_row_of_a_sheet_is_read_back_and_nothing_in_it_is_computed(title: str, text: str, missing: list[str]) -> None:
    hit = Hit(rank=1, score=1.0, id="/a", title=title, snippets=(Snippet(text, 0, ()),), missing=tuple(missing))
    for language in ("en", "zh-Hans", "zh-Hant"):
        say = speaker(language)
        head, row = csv.reader([sheet.heading(say), *sheet.rows(Results("q", 1, hits=(hit,)), say)])
        assert len(head) == len(row)
        assert row[0] == "1"
        assert all(cell in (said, f"'{said}") for cell, said in ((row[1], one_line(title)), (row[6], one_line(text))))
        assert not any(cell.startswith(tuple("=+-@＝＋－＠")) for cell in row)


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_sheet_has_the_passage_that_answers_best_and_where_it_stands(language: str) -> None:
    said, place = speaker(language), Place("page", "37")
    for line in (None, 12):
        hit = replace(RESULTS.hits[0], snippets=(Snippet('甲,"乙"\n丙', 0, ((0, 1),), line, place),), missing=("丁", "戊"))
        [row] = csv.reader(sheet.rows(replace(RESULTS, hits=(hit,)), said))
        told = [said("page", label="37"), "" if line is None else "12", '甲,"乙" 丙', said("list").join(("丁", "戊"))]
        assert row[2:] == [hit.date, "/docs/新闻/a.txt", *told]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "its terms stand far apart"), ("zh-Hans", "各词相距很远"), ("zh-Hant", "各詞相距很遠")]
)
def test_what_has_its_terms_far_apart_says_so_where_others_say_what_they_lack(language: str, said: str) -> None:
    say, scattered = speaker(language), Results("甲", 1, hits=(Hit(1, 1.0, "/a", "甲", path="/a", scattered=True),))
    assert list(plain.lines(scattered, say)) == [f"/a:1:甲{say('aside', text=said)}"]
    rows = [line.plain for line in terminal.results_lines(scattered, say, terminal.Screen(80))]
    assert f"/a  {said}" in map(str.strip, rows)
    [row] = csv.reader(sheet.rows(scattered, say))
    assert row[-1] == said


def test_json_lines_parse_back() -> None:
    results, first, second, third = map(json.loads, json_lines.lines(RESULTS))
    assert (results["type"], results["version"], results["total"], results["took_ms"]) == ("results", 7, 312, 3.142)
    assert results["expansions"][0] == {"source": "软件", "target": "軟體", "kind": "region", "weight": 0.7}
    assert first["title"] == RESULTS.hits[0].title and first["title_marks"] == [[0, 2]] and first["copies"] == ["/docs/b.txt"]
    assert second["path_marks"] == [[6, 8]] and first["path_marks"] == []
    assert second["title"] == RESULTS.hits[1].title and second["location"] == {"kind": "page", "label": "37"} and second["relaxed"]
    assert second["snippets"][0]["text"] == RESULTS.hits[1].snippets[0].text
    assert third["path"] is None and third["snippets"] == [] and third["missing"] == ["负债", "AI\x1b"] and second["missing"] == []
    assert json.loads(list(json_lines.lines(replace(RESULTS, hits=(replace(RESULTS.hits[0], numbers={"price": 12.5}),))))[1])[
        "numbers"
    ] == {"price": 12.5}


def test_json_has_every_field_of_an_answer_and_the_page_names_them_all() -> None:
    """But the hits of `Results`, which have lines of their own."""
    page = (Path(__file__).parent.parent / "docs" / "TERMINAL.md").read_text("utf-8")
    results, hit, *_ = map(json.loads, json_lines.lines(RESULTS))
    for told, kind, besides in ((results, Results, {"type", "version"}), (hit, Hit, {"type"})):
        documented = re.search(rf'`{{"type": "{told["type"]}", (.*?)}}`', page)
        assert documented is not None and set(re.findall(r'"(\w+)"', documented[1])) | {"type"} == set(told)
        assert set(told) == {field.name for field in fields(kind)} - {"hits"} | besides
    snippet = hit["snippets"][0]
    assert set(snippet) == {field.name for field in fields(Snippet)}
    assert f"a snippet is `{{{', '.join(f'{chr(34)}{name}{chr(34)}' for name in snippet)}}}`" in page
    assert f'"version": {json_lines.VERSION},' in page and results["version"] == json_lines.VERSION


@given(st.text())
def test_json_says_the_same_and_steers_nothing(text: str) -> None:
    line = json_lines.line({"text": text})
    assert json.loads(line) == {"text": text}
    assert visible(line) == line and "\n" not in line


def test_json_escapes_beyond_the_plane() -> None:
    assert json.loads(escaped_json('"\U000e0041\ud800\x9b"')) == "\U000e0041\ud800\x9b"


# --- every match


def test_grep_counts_lines_of_the_text_and_columns_in_bytes() -> None:
    document = Document("id", "t", "无\n前商湯x商湯\n\n商湯", path="/a")
    assert list(grep.lines(document, [(3, 5), (6, 8), (10, 12)])) == ["/a:2:4:前商湯x商湯", "/a:2:11:前商湯x商湯", "/a:4:1:商湯"]


@pytest.mark.parametrize(
    ("text", "titled", "lines"),
    [
        ("甲乙", True, ["/a:1:1:甲丙", "/a:1:1:甲乙"]),  # of front matter: the title stands nowhere else
        ("甲丙\n甲乙", True, ["/a:1:1:甲丙"]),  # the heading that it was taken from is a match of the text
        ("甲乙", False, ["/a:1:1:甲乙"]),
    ],
)
def test_grep_gives_a_match_in_the_title_once(text: str, titled: bool, lines: list[str]) -> None:
    document = Document(id="a", title="甲丙", text=text, path="/a")
    assert list(grep.lines(document, [(0, 1)], titled=titled)) == lines


def test_grep_counts_lines_of_the_source_where_they_are_known() -> None:
    document = Document(
        "id", "t", "标题\n甲乙\n丙", path="/a", locations=(Location(0, "line", "5"), Location(3, "line", "9"), Location(6, "page", "1"))
    )
    assert list(grep.lines(document, [(1, 2), (4, 5), (6, 7)])) == ["/a:5:4:标题", "/a:9:4:甲乙", "/a:10:1:丙"]
    assert list(grep.lines_of_matches(document, [(6, 7)])) == [10]


def test_grep_tells_the_page_where_only_pages_have_numbers() -> None:
    document = Document("id", "t", "甲\n乙丙\n丁", path="/a.pdf", locations=(Location(2, "page", "xi"), Location(5, "page", "12")))
    assert list(grep.lines(document, [(0, 1), (3, 4), (5, 6)])) == ["/a.pdf:pxi:1:甲", "/a.pdf:pxi:4:乙丙", "/a.pdf:p12:1:丁"]
    assert list(grep.lines_of_matches(document, [(3, 4)])) == []


# --- pieces, lines, scripts


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(alphabet="汤湯，。（）abc  12\n👩é", max_size=60))
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(bounds[::2], bounds[1::2], strict=False))


@given(marked_texts())
def test_pieces_are_the_text(marked: tuple[str, list[tuple[int, int]]]) -> None:
    text, marks = marked
    found = list(pieces(text, marks))
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.marked] == [text[start:end] for start, end in marks]


@given(marked_texts(), st.integers(2, 30))
def test_lines_are_the_text_without_spaces_at_breaks(marked: tuple[str, list[tuple[int, int]]], width: int) -> None:
    text, marks = one_line(marked[0]), marked[1]
    lines = list(wrap(list(pieces(text, marks)), width, cell_len))
    joined = ["".join(piece.text for piece in line) for line in lines]
    assert all(cell_len(line) <= width for line in joined)
    assert "".join(joined).replace(" ", "") == text.replace(" ", "")
    assert "".join(piece.text for line in lines for piece in line if piece.marked).replace(" ", "") == "".join(
        text[start:end] for start, end in marks
    ).replace(" ", "")


@given(st.text(alphabet="汤科技，。（）「」", min_size=1, max_size=80), st.integers(18, 40))
def test_kinsoku(text: str, width: int) -> None:
    """Closing punctuation begins no line and opening punctuation ends none, but in runs of it, or where half a line is short: 「「技。。"""
    if re.search("[，。（）「」]{3}", text):
        return
    for start, end in list(breaks(text, width, cell_len))[1:]:
        assert text[start] not in NOT_FIRST and text[start - 1] not in NOT_LAST, text[start:end]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("商汤科技上市", 6, ["商汤科", "技上市"]),
        ("商汤科，技上市", 6, ["商汤", "科，技", "上市"]),
        ("使用SenseCore平台", 12, ["使用", "SenseCore平", "台"]),
        ("a bb ccc", 4, ["a bb", "ccc"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("（商汤）科技", 6, ["（商", "汤）科", "技"]),
        ("占百分之 0.45", 11, ["占百分之", "0.45"]),
        ("共有文件 1,225 份", 11, ["共有文件", "1,225 份"]),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in breaks(text, width, cell_len)] == lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[0m", "a␛[0m"),
        ("\x00\x7f\x9b", "␀␡\\x9b"),
        ("\u202eabc\u2066\ufeff", "\\u202eabc\\u2066\\ufeff"),
        ("\ud800", "\\ud800"),
        ("汤\t\n👩‍👩", "汤\t\n👩‍👩"),
        ("\r", "␍"),
    ],
)
def test_what_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "marks", "script", "converted", "moved"),
    [
        ("商汤科技软件", ((0, 2), (4, 6)), "t", "商湯科技軟件", ((0, 2), (4, 6))),
        ("商湯科技軟體", ((0, 2), (4, 6)), "s", "商汤科技软体", ((0, 2), (4, 6))),
        ("皇后的軟體", ((0, 2),), "t", "皇后的軟體", ((0, 2),)),
        ("里面的头发\n发展里程", ((3, 5), (6, 8)), "tw", "裡面的頭髮\n發展里程", ((3, 5), (6, 8))),
        ("人造衛星", ((2, 4),), "hk", "人造衞星", ((2, 4),)),
        ("香港中文大學汤晓鸥", ((6, 9),), "s", "香港中文大学汤晓鸥", ((6, 9),)),
        ("abc", ((0, 1),), "s", "abc", ((0, 1),)),
        ("软件\ud800汤", ((0, 2), (3, 4)), "t", "軟件?湯", ((0, 2), (3, 4))),
    ],
)
def test_a_text_in_the_readers_script(
    text: str, marks: tuple[tuple[int, int], ...], script: str, converted: str, moved: tuple[tuple[int, int], ...]
) -> None:
    assert convert(text, marks, script) == (converted, moved)


@given(
    text=st.text("皇后頭髮发展后裏里面台灣湾软體体件着著只隻干乾衞衛𠀀é a\n，", max_size=40),
    bounds=st.sets(st.integers(0, 40)),
    script=st.sampled_from(["s", "t", "tw", "hk"]),
)
def test_marks_move_with_what_they_mark(text: str, bounds: set[int], script: str) -> None:
    """Inside the text, in order, apart, and on the same text in another script; one across lines is one on each."""
    places = sorted(bound for bound in bounds if bound <= len(text))
    marks = tuple(zip(places[::2], places[1::2], strict=False))
    shown, moved = convert(text, marks, script)
    flat = [place for mark in moved for place in mark]
    assert flat == sorted(flat) and all(0 <= start < end <= len(shown) for start, end in moved)
    assert fold_script(shown) == fold_script(text)
    assert fold_script("".join(shown[start:end] for start, end in moved)) == fold_script("".join(text[start:end] for start, end in marks))


def test_a_mark_across_a_line_break_stays_whole_in_sum() -> None:
    text, marks = convert("软件\n软件开发", ((1, 5),), "t")
    assert "".join(text[start:end] for start, end in marks) == "件\n軟件"


def test_results_in_the_readers_script() -> None:
    shown = in_script(RESULTS, "t")
    assert shown.hits[0].title.startswith("商湯科技計劃") and shown.hits[0].snippets[1].text == "商湯軟件\n\n部門。"
    assert in_script(RESULTS, None) is RESULTS


def test_the_names_of_places_are_in_the_readers_script_too() -> None:
    place = Place("heading", "软件")
    (shown,) = in_script(Results("", 1, (Hit(1, 1.0, "a", "", location=place, snippets=(Snippet("开发", 0, place=place),)),)), "t")
    assert shown.location == shown.snippets[0].place == Place("heading", "軟件")


def test_what_stands_beside_a_title_tells_its_script() -> None:
    hit = Hit(1, 1.0, "a", "苹果", ((0, 1),), snippets=(Snippet("后来的苹果和手机。", 0), Snippet("苹果。", 20, ((0, 2),))))
    (shown,) = in_script(Results("苹果", 1, (hit,)), "t")
    assert (shown.title, shown.title_marks) == ("蘋果", ((0, 1),))
    assert [snippet.text for snippet in shown.snippets] == ["後來的蘋果和手機。", "蘋果。"]
    (kept,) = in_script(Results("皇后", 1, (Hit(1, 1.0, "a", "皇后", snippets=(Snippet("皇后與後宮", 0),)),)), "t")
    assert (kept.title, kept.snippets[0].text) == ("皇后", "皇后與後宮"), "it is in that script already"
    assert convert("苹果", (), "t") == ("苹果", ()) and convert("苹果", (), "t", "軟體和软件")[0] == "苹果"


@given(marked=st.sets(st.integers(0, 11)), around=st.integers(0, 4))
@example(marked={2, 3, 9}, around=1)
@example(marked={2, 4}, around=0)
def test_lines_near_matches(marked: set[int], around: int) -> None:
    """As grep -C shows them: two dashes where at least one line is left out."""
    text = "\n".join("abcdefghijkl")
    near = [number for number in range(12) if any(abs(number - match) <= around for match in marked)]
    expected: list[str] = []
    for number, before in zip(near, [*near[:1], *near], strict=False):
        expected += ["--"] * (number - before > 1) + ["abcdefghijkl"[number]]
    marks = [(2 * number, 2 * number + 1) for number in sorted(marked)]
    assert list(near_lines(text, marks, around, color=False)) == expected
    colored = [f"{MARK}{line}{RESET}" if line != "--" and ord(line) - ord("a") in marked else line for line in expected]
    assert list(near_lines(text, marks, around, color=True)) == colored


def test_an_explanation() -> None:
    explanation = Explanation(
        query="商湯 軟體",
        understood="商湯 軟體",
        terms=(TermExplanation("商湯科技", 2, (("商湯", 1_234), ("科技", 9)), 1), TermExplanation("軟體", 3, (("軟體", 3),), 3)),
        expansions=(
            Expansion("軟體", "软件", "region", 0.7),
            Expansion("軟體", "软体", "region", 0.7),
            Expansion("軟體", "程序", "region", 0.5),
            Expansion("檔案", "文件", "region", 0.4),
            Expansion("老闆", "雇主", "register", 0.45),
            Expansion("engine", "引擎", "translation", 0.45),
            Expansion("search engine", "搜尋引擎", "translation", 0.6),
        ),
        expansion_documents=(1_200, 2, 3, 4, 5, 6, 7),
        id="/a\x1b.txt",
        matches=True,
        score=3.25,
        parts=(
            Part("word 商汤", 1.5, 1.0, 2, (("商汤", "title.words", 1), ("商汤", "text.words", 3))),
            Part("title 商汤", 0.5, 1.3, 1, (("商汤", "title.words", 1),)),
            Part("together", 1.0, 0.5, 2, (("商湯科", "text.grams", 1), ("上市", "text.grams", 1)), ("商汤科", "")),
            Part("word 领先", 0.75, 1.0, 7, (("领先", "text.words", 2), ("领先", "text.grams", 1))),
            Part("pair 汤科", 0.25, 0.4, 2, (("汤科", "text.grams", 1),)),
            Part("pair 技领", 0.125, 0.4, 2, (("技领", "text.grams", 1),)),
            Part("pair 商汤", 0.25, 0.4, 2, (("商汤", "text.grams", 1),)),
        ),
        indexed=9_000,
    )
    assert list(explanation_lines(explanation, speaker("en"))) == [
        "query: 商湯 軟體",
        "商湯科技: in 2 of 9,000 documents, 1 of them as typed; word by word: 商湯 1,234, 科技 9",
        "軟體: in 3 of 9,000 documents",
        "also looked for: 軟體 → 软件 1,200, 软体 2 (another name, counts 0.7)",
        "also looked for: 軟體 → 程序 3 (another name, counts 0.5)",
        "also looked for: 檔案 → 文件 4 (perhaps another name, listed only where little else is found, counts 0.4)",
        "also looked for: 老闆 → 雇主 5 (everyday and formal words, mostly for the order, counts 0.45)",
        "also looked for: engine → 引擎 6 (English and Chinese, mostly for the order, counts 0.45)",
        "also looked for: search engine → 搜尋引擎 7 (English and Chinese, counts 0.6)",
        "/a␛.txt: has all that was asked for; score 3.250",
        "   2.250  商汤: title 商汤 × 1, text 商汤 × 3; in 2 of 9,000 documents "
        "(as a word 1.500, for the title 0.500, as characters side by side 0.250)",
        "   1.000  in its best passage: 商湯科 (商汤科), 上市",
        "   0.750  领先: text 领先 × 2; in 7 of 9,000 documents",
        "   0.375  other characters side by side in the query: 汤科, 技领",
    ]
    assert "   1.000  最佳段落之中有：商湯科（商汤科）、上市" in explanation_lines(explanation, speaker("zh-Hant"))
    assert "   0.375  其他在查询中相邻的字：汤科、技领" in explanation_lines(explanation, speaker("zh-Hans"))
    first = "  标题正是所查的，或所引的法律，因此排在其他文档之前"
    assert first not in explanation_lines(explanation, speaker("zh-Hans"))
    assert first in explanation_lines(replace(explanation, called=True), speaker("zh-Hans"))
    run = "  整串連續出現，因此排在只含其中各詞的文件之前"
    assert run in explanation_lines(replace(explanation, held=True), speaker("zh-Hant"))
    headed = "  有小标题正是所查的，或标题含有所查的，因此排在其他文档之前"
    assert headed in explanation_lines(replace(explanation, headed=True), speaker("zh-Hans"))
    apart = speaker("zh-Hans")("why.scattered")
    assert [apart in explanation_lines(replace(explanation, scattered=told), speaker("zh-Hans")) for told in (True, False)] == [True, False]


def test_an_explanation_says_why_a_document_is_not_found_and_nothing_of_a_score() -> None:
    lacking = (
        Missing("軟體", ("软体",), ("软硬体",)),
        Missing("甲", ("甲",), ()),
        Missing('"乙 丙"', (), ("乙",)),
        Missing("date:2020", ("date:2020",), ("2021-08-12",), "date"),
        Missing("author:甲", ("author:甲",), (), "author"),
        Missing("丁", ("丁",), (), excluded=True),
    )
    explanation = Explanation("甲", "NOT 甲", (), (), "a", False, 1.0, (Part("word 甲", 1.0, 1.0, 2, (("甲", "text.words", 1),)),), lacking)
    assert list(explanation_lines(explanation, speaker("en"))) == [
        "query: 甲",
        "read as: NOT 甲",
        "a: not found",
        "  lacks 軟體: there is no 软体; nearest to it: 软硬体",
        "  lacks 甲",
        '  lacks "乙 丙": its words are there, but not so',
        "  does not fit date:2020; it has 2021-08-12",
        "  does not fit author:甲",
        "  has 丁, which the query excludes",
    ]


def test_of_a_query_that_is_one_term_only_what_is_lacking_is_named() -> None:
    lacking = Missing("軟體工程師", ("工程師",), ("工程",))
    explanation = Explanation("軟體工程師", "軟體工程師", (), (), "a", False, missing=(lacking,))
    assert list(explanation_lines(explanation, speaker("en")))[-1] == "  lacks 工程師; nearest to it: 工程"
    date = Missing("date:2020", ("date:2020",), ("2021",), "date")
    explanation = Explanation("date:2020", "date:2020", (), (), "a", False, missing=(date,))
    assert list(explanation_lines(explanation, speaker("en")))[-1] == "  does not fit date:2020; it has 2021"


def test_a_score_of_many_parts_is_summed_up() -> None:
    parts = tuple(Part(f"word {number}", 1.0, 1.0, 2, ((str(number), "text.words", 1),)) for number in range(MOST_PARTS + 3))
    *_, last = explanation_lines(Explanation("甲", "甲", (), (), "a", True, 15.0, parts), speaker("en"))
    assert last == "   3.000  what else there is of the query, words and characters: 3"


@pytest.mark.parametrize(
    ("line", "width", "rows"),
    [
        ("short", 20, ["short"]),
        ("  :open N  read the document to its end", 26, ["  :open N  read the", "           document to its", "           end"]),
        ("没有两列的一行文字要折起来", 12, ["没有两列的一", "  行文字要折", "  起来"]),
        ("  1,234  /a/very/long", 12, ["  1,234  /a/", "    very/", "    long"]),
        ("", 5, [""]),
    ],
)
def test_a_line_goes_on_below_its_second_column(line: str, width: int, rows: list[str]) -> None:
    assert list(hanging(line, width, cell_len)) == rows


@given(st.text(st.sampled_from("ab  汉，:")), st.integers(12, 40))
def test_rows_fit_and_hold_the_line(line: str, width: int) -> None:
    rows = list(hanging(line, width, cell_len))
    assert all(cell_len(row) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(line.split())


@pytest.mark.parametrize(
    ("shown", "first", "total", "complete", "words"),
    [
        (0, 1, 0, 0, "nothing found"),
        (1, 1, 1, 1, "1 document"),
        (0, 1, 5, 5, "5 documents"),
        (10, 1, 10, 10, "10 documents"),
        (10, 1, 3_120, 3_120, "10 of 3,120 documents"),
        (10, 1, 3_120, 3, "10 of 3,120 documents: 3 with every term, 3,117 with only some"),
        (10, 1, 3_120, 0, "10 of 3,120 documents"),
        (10, 11, 3_120, 0, "11–20 of 3,120 documents"),
        (2, 11, 12, 0, "11–12 of 12 documents"),
    ],
)
def test_how_many_were_found(shown: int, first: int, total: int, complete: int, words: str) -> None:
    hits = tuple(Hit(rank, 1.0, str(rank), "") for rank in range(first, first + shown))
    assert found_words(Results("", total, hits, complete), speaker("en")) == words
    assert found_words(Results("", total, hits[-1:], complete), speaker("en"), range(first, first + shown)) == words


@pytest.mark.parametrize("text", ["甲乙e\u0301\u0301丙丁", "甲乙👍🏽丙丁", "甲乙กิ丙丁", "甲乙が\u3099丙丁"])
def test_what_belongs_together_is_on_one_line(text: str) -> None:
    for width in range(2, 12):
        lines = [text[start:end] for start, end in breaks(text, width, cell_len)]
        assert not any(line[0] in "\u0301🏽\u0e34\u3099" for line in lines if len(line) > 1), (width, lines)


def test_a_long_heading_is_clipped_to_its_line() -> None:
    heading = Place("heading", "家庭关系与社会变迁" * 40)
    hit = Hit(1, 1.0, "a", "题", path="/a.txt", location=heading, snippets=(Snippet("文", 0, line=3, place=heading),))
    printed = [line.plain for line in terminal.results_lines(Results("", 1, (hit,)), speaker("en"), terminal.Screen(40))]
    assert all(cell_len(line) <= 40 for line in printed)
    assert printed[2].startswith("    家庭关系") and printed[2].endswith("…")


def test_an_explanation_calls_a_document_as_it_is_called_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    explanation = Explanation("甲", "甲", (), (), str(tmp_path / "文件" / "a.txt"), False)
    assert list(explanation_lines(explanation, speaker("en")))[-1] == f"{Path('文件') / 'a.txt'}: not found"


def test_a_file_that_holds_many_copies_is_named_once() -> None:
    copies = ("/a.mbox#2", "/a.mbox#5", "/b", "/a.mbox#7", "/c#x")
    assert terminal._named(copies) == ("/a.mbox#2", "/b", "/c#x")
    assert terminal._named((*copies, "/d", "/e")) == ("/a.mbox#2", "/b", "/c#x", "…")


@given(st.text("\n商x", max_size=30), st.data())
def test_lines_of_matches_are_those_that_counting_from_the_beginning_gives(text: str, data: st.DataObject) -> None:
    starts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    labels = [data.draw(st.sampled_from(("1", "5", "40", "x"))) for _ in starts]
    locations = tuple(Location(start, "line", label) for start, label in zip(starts, labels, strict=True))
    offsets = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    expected = []
    for offset in offsets:
        [*_, (start, label)] = [(0, "1"), *((start, label) for start, label in zip(starts, labels, strict=True) if start <= offset)]
        start, label = (start, label) if label.isdecimal() else (0, "1")
        expected.append(int(label) + text.count("\n", start, offset))
    document = Document("id", "t", text, path="/a", locations=locations)
    assert list(grep.lines_of_matches(document, [(offset, offset) for offset in offsets])) == expected


class Screen(io.StringIO):
    """What is drawn on it."""

    def isatty(self) -> bool:
        return True


def test_how_far_an_update_is_and_how_long_it_takes_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    screen = Screen()
    with progress_bar(screen, speaker("zh-Hant")) as progress:
        assert progress is not None
        for done in (1, 2, 30):
            progress(Progress(done, 4_000))
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue())
    assert re.search(r"正在索引 \S+ +30/4000 \d:\d\d:\d\d 剩餘 \d+:\d\d:\d\d\n", drawn)
    assert "已中止" not in drawn
    with pytest.raises(KeyboardInterrupt), progress_bar(screen, speaker("zh-Hant")):
        raise KeyboardInterrupt
    assert screen.getvalue().endswith("已中止：索引完好；再次執行同一指令，會從已儲存處繼續\n")

"""The command line in one process, on an index without an engine; the real program is tried in test_program.py."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from searcher.__main__ import main
from searcher.cli.arguments import UsageError, understand
from searcher.cli.table import COMMANDS, EVERYWHERE, Options
from searcher.documents.document import Skipped
from searcher.explanations.explanation import Explanation
from searcher.messages import speaker
from searcher.remarks import Remark
from searcher.results import Results
from searcher.updating.reports import Guess, Report, Status
from tests.noting_index import NotingIndex, status_of

SAY = speaker("en")
ROOT = Path(__file__).parent.parent
BEHIND = "put text that begins with -- after a --"


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, English, and the fake in the place of the library."""
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for name in ("SEARCHER_INDEX", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.chdir(tmp_path)
    library = ModuleType("searcher.index")
    library.Index = NotingIndex  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "searcher.index", library)
    monkeypatch.setattr("searcher.updating.reading.cores", lambda: 1)
    for name, value in (("asked", []), ("synced", []), ("skipped", ()), ("there", True)):
        monkeypatch.setattr(NotingIndex, name, value)


# --- what the words mean


@pytest.mark.parametrize(
    ("words", "command", "found"),
    [
        (["search", "蘋果"], "search", ("蘋果",)),
        (["蘋果"], "search", ("蘋果",)),
        (["蘋果", "status"], "search", ("蘋果", "status")),
        (["search", "status"], "search", ("status",)),
        (["search", "蘋果", "-手機"], "search", ("蘋果", "-手機")),
        (["蘋果", "-手機"], "search", ("蘋果", "-手機")),
        (["-手機", "蘋果"], "search", ("-手機", "蘋果")),
        (["search", "apple", "-phone"], "search", ("apple", "-phone")),
        (["search", "－手機"], "search", ("－手機",)),
        (["search", "人工 智能"], "search", ("人工 智能",)),
        (["search", "--limit", "3", "蘋果", "--strict", "手機"], "search", ("蘋果", "手機")),
        (["search", "--", "--limit", "3"], "search", ("--limit", "3")),
        (["--", "status"], "search", ("status",)),
        (["search", "-"], "search", ("-",)),
        (["--index", "x", "status"], "status", ()),
        (["why", "蘋果 -手機", "3"], "why", ("蘋果 -手機", "3")),
        (["index", "-資料"], "index", ("-資料",)),
        ([], None, ()),
        (["--index", "x"], None, ()),
    ],
)
def test_words_of_a_command_line(words: list[str], command: str | None, found: tuple[str, ...]) -> None:
    asked = understand(words, SAY)
    assert (asked.command.name if asked.command else None) == command
    assert asked.words == found


def test_an_option_of_search_belongs_to_no_other_command() -> None:
    with pytest.raises(UsageError):
        understand(["--limit", "3", "status"], SAY)


def test_options_between_the_words_of_a_query() -> None:
    options = understand("蘋果 --limit=3 手機 --offset 2 --no-expand --json -0 --script tw".split(), SAY).options
    assert options == Options(limit=3, offset=2, expand=False, format="json", null=True, script="tw")


@pytest.mark.parametrize(
    ("together", "apart"),
    [
        (["-n5", "苹果"], ["-n", "5", "苹果"]),
        (["苹果", "-l0"], ["苹果", "-l", "-0"]),
        (["苹果", "-0ln12"], ["苹果", "-0", "-l", "-n", "12"]),
        (["-l0", "search", "苹果"], ["-l", "-0", "search", "苹果"]),
        (["-h", "苹果"], ["--help", "苹果"]),
    ],
)
def test_short_options_may_stand_together(together: list[str], apart: list[str]) -> None:
    assert understand(together, SAY) == understand(apart, SAY)


@pytest.mark.parametrize("word", ["-手机", "-n", "-node", "-lo", "-l0x", "-5", "-", "-n5a"])
def test_what_only_looks_like_short_options_is_text(word: str) -> None:
    if word != "-n":
        assert understand(["苹果", word], SAY).words == ("苹果", word)
    assert understand(["苹果", "--", word, "-l0"], SAY).words == ("苹果", word, "-l0")


def test_a_repeated_option_gathers_its_values() -> None:
    assert understand("index . --exclude *.log --exclude tmp/".split(), SAY).options.exclude == ("*.log", "tmp/")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "search x --frobnicate",
            f"unknown option --frobnicate: `searcher search --help` lists them; {BEHIND}",
        ),
        ("search --widht 3 x", "unknown option --widht: did you mean --width?"),
        ("status -x", "unknown option -x: `searcher status --help` lists them"),
        ("index . -q", "unknown option -q: did you mean --quiet?"),
        ("search x --limit", "--limit needs a value: N"),
        ("search x --limit many", "--limit is a number, 0 or more, not many"),
        ("search x --limit -1", "--limit is a number, 0 or more, not -1"),
        ("search x --format xml", "--format is one of text, screen, json, csv, grep, paths, count, not xml"),
        ("search x --strict=yes", "--strict takes no value"),
        ("show 1 2 3", "unexpected: 2 3; usage: `searcher show [OPTION…] N|ID|PATH`"),
        ("check x", "unexpected: x; usage: `searcher check [OPTION…]`"),
        ("search --max-count 3 x", "unknown option --max-count: did you mean --limit?"),
        ("like --files x", "unknown option --files: did you mean --paths?"),
        ("facets --format json", "unknown option --format: did you mean --json?"),
        ("show --top 3 x", "unknown option --top: `searcher show --help` lists them"),
    ],
)
def test_a_command_line_that_cannot_be_understood(words: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words.split()) == 2
    assert capsys.readouterr() == ("", f"searcher: {message}\n")


# --- searching


def test_a_pipe_gets_a_line_a_passage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "商汤"]) == 0
    assert capsys.readouterr() == (
        "/docs/b.md:1:以湯曉鷗教授為領軍人物。 成為全球最大AI獨角獸。\n/docs/a.txt:1:商汤科技创立于2014年。 商汤科技上市了。\n",
        "",
    )


def test_a_minus_excludes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "苹果", "-手机"]) == 0
    assert capsys.readouterr().out == "/docs/d.txt:1:苹果长在树上。\n"


def test_color_always_paints_the_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "手机", "--color", "always"])
    assert capsys.readouterr().out == "\x1b[35m/docs/c.txt\x1b[0m:\x1b[32m1\x1b[0m:苹果和\x1b[1;31m手机\x1b[0m。\n"


def test_nothing_found_is_quiet_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "火星"]) == 1
    assert capsys.readouterr() == ("", "")


def test_no_query_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search"]) == 2
    assert capsys.readouterr().err == "searcher: nothing to search for: `searcher search QUERY`\n"


def test_a_misspelled_command_is_a_query_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    main(["serach", "苹果"])
    said = "searcher: no command serach, so it is searched for: did you mean `searcher search`?\n"
    assert capsys.readouterr().err.startswith(said)
    for words in (["search", "serach"], ["apple"], ["苹果"]):
        main(words)
        assert capsys.readouterr().err == "", words


@pytest.mark.parametrize(("word", "command"), [("help", "--help"), ("version", "--version"), ("man", "manual"), ("add", "index")])
def test_a_command_of_other_programs_is_a_query_and_told(word: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([word])
    assert capsys.readouterr().err == f"searcher: no command {word}, so it is searched for: did you mean `searcher {command}`?\n"


@pytest.mark.parametrize(
    ("words", "told"), [(["-i", "苹果"], ["-i"]), (["苹果", "-A", "-v", "-A"], ["-A", "-v"]), (["--", "-i", "苹果"], []), (["苹果 -i"], [])]
)
def test_a_letter_that_is_an_option_elsewhere_is_told_to_belong_to_the_query(
    words: list[str], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(words)
    said = [line for line in capsys.readouterr().err.splitlines() if "no option" in line]
    assert [line.split(" is no option, so it is part of the query: ")[0] for line in said] == [f"searcher: {word}" for word in told]


def test_no_index_is_one_line_and_status_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The remedy makes the index where it was looked for."""
    monkeypatch.setattr(NotingIndex, "there", False)
    remedy = "build one with `searcher index PATH`"
    assert main(["search", "苹果", "--index", "/nowhere"]) == 2
    assert capsys.readouterr() == ("", f"searcher: no index in /nowhere: {remedy}, and the same --index\n")
    monkeypatch.setenv("SEARCHER_INDEX", "/nowhere")
    assert main(["search", "苹果"]) == 2
    assert capsys.readouterr() == ("", f"searcher: no index in /nowhere: {remedy}, and the same SEARCHER_INDEX\n")
    monkeypatch.delenv("SEARCHER_INDEX")
    assert main(["search", "苹果"]) == 2
    assert capsys.readouterr().err.endswith(f": {remedy}\n")


def test_an_offset_behind_the_end_says_how_many_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "screen", "paths", "grep"):
        assert main(["search", "苹果", "--offset", "7", "--format", form]) == 1
        assert capsys.readouterr().err == "searcher: only 2 documents: nothing is left after --offset 7\n"
    assert main(["search", "火星", "--offset", "7"]) == 1
    assert "offset" not in capsys.readouterr().err


@pytest.mark.parametrize("form", ["paths", "grep"])
@pytest.mark.parametrize("complete", [0, 1])
def test_lists_for_programs_hold_what_has_every_term_where_there_is_such(
    form: str, complete: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = NotingIndex.pages

    def mixed(*words: Any, **options: Any) -> Iterator[Results]:
        for results in found(*words, **options):
            hits = tuple(replace(hit, relaxed=hit.rank > complete) for hit in results)
            yield replace(results, hits=hits, complete=complete, notices=("a remark",))

    monkeypatch.setattr(NotingIndex, "pages", mixed)
    assert main(["search", "苹果", "--format", form]) == 0
    out, err = capsys.readouterr()
    assert len({line.split(":")[0] for line in out.splitlines()}) == (complete or 2)
    assert err.splitlines()[0] == "searcher: a remark"
    assert ("1 document with every term, 1 with some of them · only those with every term are listed" in err) == bool(complete)


@pytest.mark.parametrize(("form", "lines"), [("paths", [1, 1, 0, 0]), ("grep", [1, 2] * 2), ("text", [1] * 4), ("json", [2, 1, 1, 1])])
def test_a_list_without_a_limit_comes_page_by_page(
    form: str, lines: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page is printed before the next is asked for, a path once; what is said of all is said once."""
    came: list[str] = []
    found = NotingIndex.search

    def pages(index: NotingIndex, query: str, **options: Any) -> Iterator[Results]:
        results = found(index, query, limit=None, **options)
        for hit in (*results, *results):
            yield replace(results, hits=(hit,), notices=("a remark",))
            came.append(capsys.readouterr().out)

    monkeypatch.setattr(NotingIndex, "pages", pages)
    assert main(["search", "苹果", "--format", form, "--limit", "0"]) == 0
    assert [page.count("\n") for page in came] == lines
    assert ["c.txt" in came[0], "d.txt" in came[1]] == [True, True]
    assert "".join(came).count('"results"') == (form == "json")
    assert capsys.readouterr() == ("", "searcher: a remark\n")


def test_nul_ends_paths_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "苹果", "-0"]) == main(["like", "c", "-0", "--json"]) == 2
    assert capsys.readouterr().err == "searcher: -0 ends paths: add -l (--format paths)\n" * 2


def test_a_limit_says_what_it_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "苹果", "--limit", "1"]) == 0
    assert capsys.readouterr().err == "searcher: 1 of 2 documents · all with --limit 0\n"
    main(["search", "苹果", "--limit", "1", "--lang", "zh-Hans"])
    assert capsys.readouterr().err == "searcher: 前 1 篇，共 2 篇文档 · 用 --limit 0 显示全部\n"
    main(["search", "苹果", "--limit", "0"])
    assert capsys.readouterr().err == ""
    main(["search", "苹果", "--offset", "1", "--limit", "1"])
    assert capsys.readouterr().err == ""


def test_options_reach_the_library() -> None:
    main("search 苹果 --strict --no-expand --exact-script --copies --limit 7 --offset 1 --passages 1 --context 80".split())
    assert NotingIndex.asked == [
        (
            "苹果",
            {
                "limit": 7,
                "offset": 1,
                "strict": True,
                "expand": False,
                "exact_script": True,
                "copies": True,
                "snippets": 1,
                "width": 80,
            },
        )
    ]


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("text", ["/docs/c.txt:1:蘋果和手機。", "/docs/d.txt:1:蘋果長在樹上。"]),
        ("screen", [" 1  蘋果  2019", "    /docs/c.txt:1", "    蘋果和手機。"]),
    ],
)
def test_hits_in_the_readers_script(form: str, lines: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "苹果", "--script", "t", "--format", form]) == 0
    assert capsys.readouterr().out.splitlines()[: len(lines)] == lines
    assert main(["search", "苹果", "--script", "t", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[1])["title"] == "蘋果"


def test_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "苹果", "--json"]) == 0
    results, first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert results["type"] == "results" and results["version"] == 7 and results["total"] == 2
    assert (first["type"], first["rank"], first["id"], first["title_marks"]) == ("hit", 1, "c", [[0, 2]])
    assert first["snippets"] == [{"text": "苹果和手机。", "start": 0, "marks": [[0, 2]], "line": 1, "place": None}]
    assert second["rank"] == 2


def test_grep_gives_every_match_with_its_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "科技", "--format", "grep"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "/docs/b.md:1:1:商湯科技",  # found by its title alone
        "/docs/a.txt:1:7:商汤科技创立于2014年。",
        "/docs/a.txt:2:7:商汤科技上市了。",
    ]
    assert NotingIndex.asked[0][1]["limit"] is None


def test_grep_marks_what_was_looked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(NotingIndex, "marker", lambda self, query, *, expand=True: asked.append(expand) or (lambda text: ()))
    assert main(["search", "苹果", "--format", "grep"]) == main(["search", "苹果", "--format", "grep", "--no-expand"]) == 0
    assert asked == [True, False], "once an answer, however many hits it has"


@pytest.mark.parametrize(("option", "end"), [([], "\n"), (["-0"], "\0"), (["--null"], "\0")])
def test_paths(option: list[str], end: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["search", "苹果", "--format", "paths", *option]) == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out.decode() == f"/docs/c.txt{end}/docs/d.txt{end}"


def test_a_count_is_one_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "苹果", "-c"]) == main(["search", "苹果", "--format", "count", "--offset", "5", "--limit", "0"]) == 0
    assert main(["search", "火星", "--count"]) == 1
    assert capsys.readouterr() == ("2\n2\n0\n", "")
    assert [options["limit"] for _, options in NotingIndex.asked] == [1, 1, 1]


@pytest.mark.parametrize(("complete", "count", "remark"), [(0, 2, False), (1, 1, True), (2, 2, False)])
def test_a_count_is_of_what_has_every_term(
    complete: int, count: int, remark: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = NotingIndex.search
    monkeypatch.setattr(NotingIndex, "search", lambda *words, **options: replace(found(*words, **options), complete=complete))
    assert main(["search", "苹果", "-c"]) == 0
    out, err = capsys.readouterr()
    assert out == f"{count}\n"
    assert err == ("searcher: 1 document with every term, 1 with some of them\n" if remark else "")


def test_counts_of_many_queries_name_them(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO("苹果\n火星\n"))
    assert main(["search", "-", "-c"]) == 0
    assert capsys.readouterr() == ("2\t苹果\n0\t火星\n", "")


def test_queries_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO("\ufeff手机\r\n\n火星\n"))
    assert main(["search", "-"]) == 0
    assert capsys.readouterr() == ("# 手机 (1)\n/docs/c.txt:1:苹果和手机。\n# 火星 (0)\n", "")


def test_a_table_for_a_spreadsheet_has_all_hits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import csv
    import io

    assert main(["search", "苹果", "--format", "csv"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("\ufeffrank,title,"), "by its first sign Excel knows UTF-8"
    head, *rows = csv.reader(out.removeprefix("\ufeff").splitlines())
    assert [row[0] for row in rows] == ["1", "2"] and all(len(row) == len(head) for row in rows)
    monkeypatch.setattr(sys, "stdin", io.StringIO("苹果\n手机\n火星\n"))
    assert main(["search", "-", "--format", "csv"]) == 0
    several = csv.reader(capsys.readouterr().out.removeprefix("\ufeff").splitlines())
    assert [row[:2] for row in several] == [["query", "rank"], ["苹果", "1"], ["苹果", "2"], ["手机", "1"]]


@pytest.mark.parametrize(("words", "limit"), [([], None), (["-n", "1"], 1), (["--limit", "0"], None)])
def test_a_table_ends_where_it_was_asked_to(words: list[str], limit: int | None) -> None:
    assert main(["search", "苹果", "--format", "csv", *words]) == 0
    assert NotingIndex.asked[-1][1]["limit"] == limit


def test_many_queries_have_no_remarks_of_nobody_knows_which(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO("苹果\n" * 3))
    assert main(["search", "-", "--limit", "1"]) == 0
    printed = capsys.readouterr()
    assert printed.err == "" and printed.out.count("# 苹果 (2)") == 3
    monkeypatch.setattr("sys.stdin", io.StringIO("苹果\n手机\n"))
    assert main(["search", "-", "--format", "screen"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("#")] == ["# 苹果 (2)", "# 手机 (1)"]


# --- documents


def test_a_number_is_a_hit_of_the_last_search(capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "苹果"])
    capsys.readouterr()
    assert main(["show", "2", "--color", "always"]) == 0
    assert capsys.readouterr().out == "\x1b[1m苹果树\x1b[0m\n\n\x1b[1;31m苹果\x1b[0m长在树上。\n"


def test_numbers_go_on_behind_an_offset(capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "苹果", "--offset", "1"])
    capsys.readouterr()
    assert main(["show", "2"]) == 0
    assert capsys.readouterr().out.startswith("苹果树\n")
    assert [main(["show", number]) for number in ("1", "1" * 5_000)] == [2, 2]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("苹果", "notes"), "notes is a file or folder, but was searched for as a word: path:notes searches in it"),
        (("./notes/", "苹果"), "./notes/ is a file or folder, but was searched for as a word: path:notes searches in it"),
        (("苹果", "my notes"), 'my notes is a file or folder, but was searched for as a word: path:"my notes" searches in it'),
        (("苹果", "."), ". is a file or folder, but was searched for as a word: path:{here} searches in it"),
        (("苹果", "notes/../.."), "notes/../.. is a file or folder, but was searched for as a word: path:{above} searches in it"),
        (("苹果", "/"), None),  # all there is
        (("苹果", "手机"), None),  # some document has both, whatever the folder says
        (("苹果", "商湯"), None),  # no folder
        (("notes",), None),  # a folder, and nothing to look for in it
        (("苹果", "甲" * 300), None),  # longer than any name
    ],
)
def test_who_names_a_folder_behind_the_query_as_for_grep_is_told_how(
    words: tuple[str, ...], told: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("notes", "my notes", "手机"):
        (tmp_path / name).mkdir()
    assert main(["search", *words]) < 2
    said = [line for line in capsys.readouterr().err.splitlines() if "as a word" in line]
    assert said == ([] if told is None else [f"searcher: {told.format(here=tmp_path, above=tmp_path.parent)}"])


@pytest.mark.parametrize("format", ["text", "screen", "json"])
def test_formats_with_numbers_are_remembered(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "商湯"])
    main(["search", "苹果树", "--format", format])
    capsys.readouterr()
    assert main(["show", "1"]) == 0
    assert capsys.readouterr().out.startswith("苹果树\n")


@pytest.mark.parametrize("format", ["grep", "paths"])
def test_lists_without_numbers_are_not(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "苹果树"])
    main(["search", "商湯", "--format", format])
    capsys.readouterr()
    assert main(["show", "1"]) == 0
    assert capsys.readouterr().out.startswith("苹果树\n")


def test_a_document_by_its_id_and_by_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b", "/docs/b.md", "/docs/folder/../b.md"):
        assert main(["show", name]) == 0
        assert capsys.readouterr().out == "商湯科技\n\n以湯曉鷗教授為領軍人物。\n成為全球最大AI獨角獸。\n"


def test_only_what_is_around_the_matches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "b", "--query", "獨角獸", "--context", "0"]) == 0
    assert capsys.readouterr().out == "成為全球最大AI獨角獸。\n"


def test_a_document_in_the_readers_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "b", "--script", "简体"]) == 0
    assert capsys.readouterr().out == "商汤科技\n\n以汤晓鸥教授为领军人物。\n成为全球最大AI独角兽。\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show", "nothing"], "no document nothing in the index: `searcher -l path:NAME` lists the paths that hold a name"),
        (["show", "9"], "no hit 9 was shown, the last one is 2"),
        (["show"], "say which document: a number of the last search, an id or a path"),
        (["edit", "a"], "/docs/a.txt is not a file that could be opened: `open` reads what the index holds"),
    ],
)
def test_no_such_document(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "苹果"])
    capsys.readouterr()
    assert main(words) == 2
    assert capsys.readouterr() == ("", f"searcher: {message}\n")


def test_a_number_without_a_search_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open", "3"]) == 2
    said = "searcher: no search of this index is remembered, so 3 means no hit: search first\n"
    assert capsys.readouterr() == ("", said)
    assert NotingIndex.asked == [], "no path is looked for: a number stands in very many"
    main(["search", "苹果"])
    capsys.readouterr()
    assert main(["open", "1", "--index", "elsewhere"]) == 2
    assert capsys.readouterr() == ("", said.replace("3 means", "1 means"))


def test_why_takes_its_last_word_as_a_document_where_it_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "苹果"])
    capsys.readouterr()
    for words, said in (
        (["苹果", "2"], "苹果\n苹果: in 2 of 4 documents\nd: has all that was asked for; score "),
        (["苹果", "手机"], "苹果 手机\n苹果: in 2 of 4 documents\n手机: in 1 of 4 documents\n"),
        (["苹果"], "苹果\n苹果: in 2 of 4 documents\n"),
        (["2"], "2\n2: in 0 of 4 documents\n"),
    ):
        assert main(["why", *words]) == 0
        out, err = capsys.readouterr()
        assert out.startswith(f"query: {said}") and ("score" in out) == ("score" in said) and err == ""
    assert main(["why", "苹果", "99"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("query: 苹果 99\n") and "score" not in out
    assert err == "searcher: the last search has no hit 99 in this index, so 99 was read as part of the query\n"


def test_documents_like_one_have_as_many_passages_and_as_long_as_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = []

    def like(index: NotingIndex, id: str, **options: object) -> Results:
        wanted.append(options)
        return Results("", 0, ())

    monkeypatch.setattr(NotingIndex, "like", like)
    main(["like", "c", "--passages", "5", "--context", "77"])
    assert [(options["snippets"], options["width"]) for options in wanted] == [(5, 77)]


def test_why_says_that_a_number_is_a_hit_of_another_query(capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "苹果"])
    capsys.readouterr()
    assert main(["why", "手机", "2"]) == 0
    assert capsys.readouterr().err == "searcher: 2 is a hit of your last search, for 苹果\n"
    assert main(["why", "手机", "d"]) == 0
    assert capsys.readouterr().err == ""


# --- upkeep


def test_indexing_tells_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", ".", "--index", "/i", "--exclude", "*.log"]) == 0
    assert capsys.readouterr() == ("4 documents in /i: 4 added, 0 replaced, 0 unchanged, 0 removed (0.2 s)\n", "")
    paths, options = NotingIndex.synced[0]
    assert paths == (".",) and options["exclude"] == ("*.log",)


def test_indexing_without_a_path_brings_the_known_folders_in_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index"]) == 0
    assert [paths for paths, _ in NotingIndex.synced] == [()]
    capsys.readouterr()
    monkeypatch.setattr(NotingIndex, "roots", ())
    assert main(["index"]) == 2
    assert capsys.readouterr().err.startswith("searcher: nothing to index: say which folder")
    assert len(NotingIndex.synced) == 1
    assert main(["index", "."]) == 0, "a path needs no folder that is known"


def test_folders_without_any_document_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(NotingIndex, "sync", lambda *_, **__: Report())
    assert main(["index", "."]) == 1
    assert capsys.readouterr().err == "searcher: no documents in .: nothing was indexed\n"
    assert main(["index"]) == 1
    assert capsys.readouterr().err == "searcher: no documents in /docs: nothing was indexed\n", "the folders that the index knows"
    assert main(["index", ".", "nowhere"]) == 2


def test_what_could_not_be_read_before_is_only_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that had nothing to read has not failed, and nobody is told the same of a file every day."""
    known = (Skipped("a.pdf", "damaged", ""), Skipped("b.png", "binary", ""))
    monkeypatch.setattr(NotingIndex, "sync", lambda *_, **__: Report(known_skipped=known, documents=1))
    assert main(["index"]) == 0
    assert capsys.readouterr().err == "still unread, and unchanged: 1 (`searcher status` names them)\n"
    assert main(["index", "--verbose"]) == 0
    assert [line for line in capsys.readouterr().err.splitlines() if line.startswith("    ")] == ["    a.pdf", "    b.png"]
    monkeypatch.setattr(NotingIndex, "sync", lambda *_, **__: Report(known_skipped=known))
    assert main(["index"]) == 0, "there is no document, and a file that cannot be read"
    assert "no documents" not in capsys.readouterr().err


def test_a_folder_that_is_missing_is_told_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    notice = Remark("notice.empty", root="/disk", count=3)
    skipped = (Skipped("/disk", "unreadable", "no such file or folder"), Skipped("/x", "unreadable", "permission denied"))
    monkeypatch.setattr(NotingIndex, "sync", lambda *_, **__: Report(skipped=skipped, notices=(notice,), documents=3))
    assert main(["index"]) == 1
    notice_line, *listed = capsys.readouterr().err.splitlines()
    assert notice_line.startswith("searcher: /disk is missing or empty")
    assert listed[0] == "1 skipped:" and "    /x (permission denied)" in listed


def test_watching_tells_every_change_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", ".", "--index", "/i", "--exclude", "*.log"]) == 0
    assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()] == [
        "4 added, 0 replaced, 0 unchanged, 0 removed (0.2 s)",
        "0 added, 0 replaced, 0 unchanged, 1 removed (0.2 s)",
    ]
    reading = {"exclude": ("*.log",), "prune": False, "encoding": None, "hidden": False, "gitignore": False, "ocr": None, "converters": {}}
    assert NotingIndex.synced == [((".",), reading)]


def test_watching_remarks_what_a_run_does(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def watched(*_: object, reporter: Callable[[Report], None], **__: object) -> None:
        for notices in (("a",), (), ("b", "c")):
            reporter(Report(notices=notices))

    monkeypatch.setattr(NotingIndex, "watch", watched)
    assert main(["watch", "."]) == 0
    assert capsys.readouterr() == ("", "searcher: a\nsearcher: b\nsearcher: c\n")


def test_what_is_skipped_is_grouped_by_reason(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """First what could not be read; what had nothing to read is counted."""
    skipped = [Skipped(f"{number}.bin", "binary", "") for number in range(9)]
    skipped += [Skipped("y\x1b.pdf", "encrypted", "0 bytes"), *(Skipped(f"/{number}.doc", "damaged", "") for number in range(5))]
    skipped += [Skipped(str(Path.cwd() / "near.doc"), "unsupported", "")]
    monkeypatch.setattr(NotingIndex, "skipped", tuple(skipped))
    assert main(["index", "."]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "16 skipped:",
        "  5 damaged:",
        "    /0.doc",
        "    /1.doc",
        "    /2.doc",
        "    … and 2 more (`searcher status --verbose` names them all)",
        "  1 encrypted:",
        "    y␛.pdf (0 bytes)",
        "    → save it without a password, then run `searcher index`",
        "  1 of a format that is not supported:",
        "    near.doc",
        "  9 not text (`searcher status --verbose` names them)",
    ]
    main(["index", ".", "--verbose"])
    assert {"    /4.doc", "    8.bin"} < set(capsys.readouterr().err.splitlines())


def test_a_missing_folder_fails_and_the_others_are_indexed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", ".", "nowhere"]) == 2
    assert capsys.readouterr().err == "searcher: no such file or folder: nowhere\n"
    assert NotingIndex.synced[0][0] == (".",)
    assert main(["index", "nowhere"]) == 2
    capsys.readouterr()
    assert main(["index", ""]) == 2
    assert capsys.readouterr().err == "searcher: no such file or folder: ''\n", "not the current folder"
    assert len(NotingIndex.synced) == 1


def test_text_in_pictures_is_as_it_was_the_last_time_unless_told_otherwise() -> None:
    assert [main(["index", ".", *option]) for option in ((), ("--ocr",), ("--no-ocr",))] == [0, 0, 0]
    assert [options["ocr"] for _, options in NotingIndex.synced] == [None, True, False]


def test_what_is_left_out_is_counted_by_rule(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(NotingIndex, "left_out", {"hidden": 2, "excluded": 1_000, "index": 1, "link": 0})
    assert main(["index", ".", "--hidden", "--gitignore"]) == 0
    assert capsys.readouterr().err == "left out: 2 hidden (`searcher index --hidden` takes them in), 1,000 excluded\n"
    assert NotingIndex.synced[0][1]["hidden"] and NotingIndex.synced[0][1]["gitignore"]
    main(["index", ".", "--quiet"])
    assert capsys.readouterr().err == ""


def test_doubtful_encodings_are_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--encodings"]) == 0
    assert capsys.readouterr().out == "every encoding is certain\n"
    monkeypatch.setattr(NotingIndex, "guesses", (Guess("a\x1b.txt", "big5", 0.634), Guess("b.txt", "gb18030", 0.99, 3)))
    assert main(["check", "--encodings"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "a␛.txt: big5, 63% certain",
        "b.txt: gb18030, 99% certain; 3 characters could not be read",
    ]


@pytest.mark.parametrize(
    ("days", "told"), [(13, ""), (400, "searcher: the index is 400 days old: `searcher index` brings it up to date\n")]
)
def test_an_old_index_says_its_age(days: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(NotingIndex, "updated", (datetime.now(timezone.utc) - timedelta(days=days, minutes=1)).isoformat())
    assert main(["search", "手机"]) == 0
    assert capsys.readouterr().err == told


@pytest.mark.parametrize("is_terminal", [True, False])
def test_an_index_that_wants_a_rebuild_says_so_to_a_reader(
    is_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(NotingIndex, "notices", (Remark("notice.words"),))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    assert main(["search", "--format", "text", "手机"]) == 0
    told = "searcher: words were cut with another dictionary: run `searcher rebuild` for the best ranking\n"
    assert capsys.readouterr().err == (told if is_terminal else "")


def test_ctrl_c_ends_a_watch_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(NotingIndex, "watch", interrupted)
    assert main(["watch", "."]) == 0
    assert capsys.readouterr() == ("", "")


def test_an_encoding_that_nobody_knows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", ".", "--encoding", "klingon"]) == 2
    assert (
        capsys.readouterr().err
        == "searcher: --encoding cannot be klingon: no such text encoding; gb18030, big5, utf-8 and utf-16 are some\n"
    )


def test_commands_that_miss_something_name_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    for command, needed in (("completion", "bash|zsh|fish"), ("why", "QUERY")):
        assert main([command]) == 2
        assert capsys.readouterr().err == f"searcher: {command} needs {needed}\n"


def test_facets_count_what_search_would_find() -> None:
    NotingIndex.counted.clear()
    assert main(["facets", "script", "苹果"]) == main(["facets", "script", "苹果", "--strict", "--no-expand"]) == 0
    assert [options for _, _, options in NotingIndex.counted] == [
        {"limit": 10, "strict": False, "expand": True},
        {"limit": 10, "strict": True, "expand": False},
    ]


@pytest.mark.parametrize(("typed", "limit"), [("3", 3), ("0", None), ("10", 10)])
def test_facets_limit_the_values(typed: str, limit: int | None) -> None:
    NotingIndex.counted.clear()
    assert main(["facets", "script", "苹果", "-n", typed]) == 0
    assert NotingIndex.counted[0][2]["limit"] == limit


def test_facets_that_no_hit_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facets", "city", "苹果"]) == 1
    counted = "script, format, year, category, author, folder, price"
    assert capsys.readouterr() == ("", f"searcher: no document has any: city; what can be counted: {counted}\n")


def test_facets_without_a_name_are_those_of_each_usual_field(capsys: pytest.CaptureFixture[str]) -> None:
    NotingIndex.counted.clear()
    assert main(["facets"]) == 0
    assert [name for _, name, _ in NotingIndex.counted] == ["script", "format", "year", "category", "author", "path"]
    assert capsys.readouterr().out.startswith("script:\n       ")
    assert main(["facets", "--json"]) == 0
    assert [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()][:2] == ["script", "format"]


def test_every_known_folder_has_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(NotingIndex, "status", lambda self: status_of(str(self.path), roots=("/docs", "/法規")))
    assert main(["status", "--index", "/i"]) == 0
    assert "folders    /docs\n           /法規\n" in capsys.readouterr().out


def test_that_documents_were_lost_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotingIndex, "rebuild", lambda *_, **__: Report(skipped=(Skipped("1-1.seg", "damaged", "3 documents"),)))
    assert main(["rebuild"]) == 1


def test_status_check_rebuild(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--index", "/i"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "index      /i",
        "documents  4",
        "files      4",
        "formats    plain 3, markdown 1",
        "scripts    simplified 3, traditional 1",
        "encodings  utf-8 4",
        "folders    /docs",
        "size       12.3 kB",
    ]
    assert main(["check", "--index", "/i"]) == 0
    assert capsys.readouterr().out == "the index in /i is sound\n"
    assert main(["rebuild", "--index", "/i", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_status_names_what_could_not_be_read_and_what_helps(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    skipped = (*(Skipped(f"{number}.pdf", "no-text", "") for number in range(4)), Skipped("x\x1b.pdf", "encrypted", "it wants a password"))
    monkeypatch.setattr(NotingIndex, "status", lambda self: status_of("/i", skipped=skipped))
    assert main(["status"]) == 0
    assert capsys.readouterr().out.splitlines()[-10:] == [
        "5 skipped:",
        "  4 without text:",
        "    0.pdf",
        "    1.pdf",
        "    2.pdf",
        "    … and 1 more (`searcher status --verbose` names them all)",
        "    → scanned pages need text recognition: `searcher index --ocr FOLDER`",
        "  1 encrypted:",
        "    x␛.pdf (it wants a password)",
        "    → save it without a password, then run `searcher index`",
    ]
    assert main(["status", "--verbose", "--lang", "zh-Hant"]) == 0
    assert "    3.pdf" in capsys.readouterr().out.splitlines()
    assert main(["status", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["type"], said["version"], said["path"], said["formats"]) == ("status", 7, "/i", {"plain": 3, "markdown": 1})
    assert said["skipped"][4] == {"path": "x\x1b.pdf", "reason": "encrypted", "detail": "it wants a password"}


def test_a_folder_is_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "a", "b", "--index", "/i"]) == 0
    assert capsys.readouterr().out == "3 documents in /i: 0 added, 0 replaced, 0 unchanged, 2 removed (0.2 s)\n"
    assert main(["forget"]) == 2
    assert "forget needs PATH…" in capsys.readouterr().err


REPORT = {"path", *(field.name for field in fields(Report))}


@pytest.mark.parametrize(
    ("words", "kind", "names"),
    [
        ("why 苹果", "explanation", {field.name for field in fields(Explanation)}),
        ("facets script", "facets", {"name", "query", "values"}),
        ("status", "status", {field.name for field in fields(Status)}),
        ("index .", "report", REPORT),
        ("rebuild", "report", REPORT),
        ("forget a", "report", REPORT),
        ("watch a", "report", REPORT),
        ("check", "check", {"path", "damages"}),
        ("check --encodings", "encodings", {"guesses"}),
    ],
)
def test_what_is_told_is_one_object_for_a_program(words: str, kind: str, names: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words.split(), "--json"]) == 0
    out, err = capsys.readouterr()
    told = [json.loads(line) for line in out.splitlines()]
    assert len(told) == (2 if words.startswith("watch") else 1) and err == ""
    assert all(one["type"] == kind and one["version"] == 7 and one.keys() == {"type", "version"} | names for one in told)
    page = (ROOT / "docs" / "TERMINAL.md").read_text(encoding="utf-8")
    assert f"| `{kind}` |" in page and f"`{words.split()[0]}" in page


# --- the program about itself


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_names_every_option(command: object, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command.name, "--help", "--lang", language]) == 0  # type: ignore[attr-defined]
    said = capsys.readouterr().out
    assert all(option.name in said for option in (*command.options, *EVERYWHERE))  # type: ignore[attr-defined]


def test_help_in_the_language_of_the_locale(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert "中文文件全文搜尋" in said and "範例：\n  searcher index ~/notes\n  searcher 人臉辨識 -手機\n  searcher open 3\n" in said


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("searcher 0.")


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_manual_tells_every_command_option_and_status(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manual", "--lang", language]) == 0
    said = capsys.readouterr().out
    assert all(f'.SS "searcher {command.name}' in said for command in COMMANDS)
    options = {option.name for command in COMMANDS for option in command.options}
    assert all(option.replace("-", "\\-") in said for option in options)
    sections = [line for line in said.splitlines() if line.startswith(".SH")]
    assert sections[3:] == [
        ".SH COMMANDS",
        ".SH OPTIONS",
        ".SH PROMPT",
        ".SH QUERIES",
        ".SH EXIT STATUS",
        ".SH ENVIRONMENT",
        ".SH FILES",
        ".SH EXAMPLES",
    ]


@pytest.mark.skipif(shutil.which("groff") is None, reason="no roff here")
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_manual_is_good_roff(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manual", "--lang", language]) == 0
    page = capsys.readouterr().out
    done = subprocess.run(["groff", "-man", "-Kutf8", "-Tutf8", "-ww"], input=page, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    assert "searcher index [OPTION…] [PATH…]" in done.stdout
    assert "jq -r 'select(.rank).title'" in done.stdout, "examples can be copied"


def test_no_prompt_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("searcher: the prompt needs a terminal:")


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(NotingIndex, "search", interrupted)
    assert main(["search", "苹果"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("form", ["paths", "grep", "csv"])
def test_an_answer_of_many_pages_is_printed_and_remarked_on_as_one(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def printed() -> tuple[str, str]:
        assert main(["search", "苹果 手机", "--format", form]) == 0
        return tuple(capsys.readouterr())

    whole, pages = printed(), NotingIndex.pages
    monkeypatch.setattr(NotingIndex, "pages", lambda *asked, **options: pages(*asked, **options, size=1))
    assert printed() == whole
    assert ("1 document with every term, 1 with some of them" in whole[1]) is (form != "csv")

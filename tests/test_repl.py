"""The prompt, in this process: prompt_toolkit reads a pipe, the index is one without an engine."""

from __future__ import annotations

import asyncio
import csv
import itertools
import json
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread, current_thread
from time import sleep
from types import ModuleType
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.cursor_shapes import ModalCursorShapeConfig
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import to_plain_text
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from searcher.documents.document import Skipped
from searcher.errors import IndexNotFound
from searcher.messages import speaker
from searcher.printer.terminal import cells
from searcher.remarks import Remark
from searcher.repl import converse
from searcher.repl.commands import COMMANDS, help_lines
from searcher.repl.completion import QueryCompleter
from searcher.repl.highlighting import QueryLexer
from searcher.repl.history import PrivateHistory
from searcher.repl.live import LONGEST, Live
from searcher.repl.prompt import _prompt, toolbar
from searcher.repl.session import Session
from searcher.settings import Settings, state_folder
from searcher.state import LastSearch, remember
from searcher.surroundings import Surroundings
from tests.noting_index import NotingIndex, status_of

Talk = Callable[[str], str]
ENTER, CTRL_C, CTRL_D, RIGHT = "\r", "\x03", "\x04", "\x1b[C"


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, and the fake in the place of the library."""
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    fake = ModuleType("searcher.index")
    fake.Index = NotingIndex  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "searcher.index", fake)
    for name, value in (("asked", []), ("counted", []), ("synced", []), ("skipped", ()), ("there", True)):
        monkeypatch.setattr(NotingIndex, name, value)


@pytest.fixture
def around() -> Surroundings:
    return Surroundings(Settings(), speaker("en"), Path("/i"), color=False, fixed_width=80)


@pytest.fixture
def talk(around: Surroundings, capsys: pytest.CaptureFixture[str]) -> Talk:
    """Types something at the prompt, then Ctrl-D; gives all that was printed, errors after the rest."""

    def talking(typed: str) -> str:
        with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
            keys.send_text(typed + CTRL_D)
            assert converse(around) == 0
        printed = capsys.readouterr()
        return printed.out.split("\n", 1)[1] + printed.err

    return talking


@pytest.fixture
def session(around: Surroundings) -> Iterator[Session]:
    session = Session(around)
    assert session.index is not None
    yield session
    session.close()


def test_a_line_is_a_query(talk: Talk) -> None:
    assert talk("手机\r") == " 1  苹果  2019\n    /docs/c.txt:1\n    苹果和手机。\n\n1 document · 1.2 ms\n"


def test_a_number_opens_its_hit(talk: Talk) -> None:
    assert talk("苹果\r2\r").endswith("1.2 ms\n苹果树\n\n苹果长在树上。\n")
    assert talk("苹果\r:open 2\r").endswith("1.2 ms\n苹果树\n\n苹果长在树上。\n")
    assert talk("苹果\r：open ２\r").endswith("1.2 ms\n苹果树\n\n苹果长在树上。\n"), "as an input method types it"
    for name in ("show", "view", "less", "SHOW"):
        assert talk(f"苹果\r:{name} 2\r") == talk("苹果\r2\r"), "as it is called outside"


def test_where_few_hits_fit_they_show_fewer_passages(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    for lines, passages in ((60, [3]), (6, [3, 2, 1])):
        NotingIndex.asked.clear()
        monkeypatch.setattr("searcher.repl.paging._rows", lambda session, lines=lines: lines)
        talk("苹果\r")
        assert [options["snippets"] for _, options in NotingIndex.asked] == passages


def test_a_number_that_is_no_hit_is_a_query(talk: Talk) -> None:
    numbers = ["2014", "1" * 5_000]  # Python reads no number that is so long
    talk("".join(f"{number}\r" for number in numbers))
    assert [query for query, _ in NotingIndex.asked] == numbers
    assert "was shown, the last one is 2" in talk(f"苹果\r:open {numbers[1]}\r")


def test_more_goes_on_where_the_hits_ended(talk: Talk, around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searcher.repl.paging.LARGEST_PAGE", 1)
    said = talk("苹果\r:more\r:more\r")
    assert "1 of 2 documents · :more shows the next · 1.2 ms\n 2  苹果树" in said
    assert said.endswith("searcher: that was all\n")
    assert [options["offset"] for _, options in NotingIndex.asked] == [0, 1, 2]


def test_scope_expansion_and_script_last(talk: Talk) -> None:
    said = talk(":scope path:docs\r:expand off\r:script t\r手机\r:scope\r:expand\r:script\r手机\r")
    asked = [(options["scope"], options["expand"]) for query, options in NotingIndex.asked if query == "手机"]
    assert asked == [("path:docs", False), (None, True), (None, True)], "the last query is asked anew where words are looked for otherwise"
    assert "蘋果和手機。" in said and "苹果和手机。" in said
    assert "searching only in path:docs (4 documents); :scope alone ends it" in said
    assert "searching only in 手机 (1 document)" in talk(":scope 手机\r")
    assert "results are shown in Traditional" in said


def test_what_lacks_results_says_so(talk: Talk) -> None:
    for command in ("more", "open", "like", "edit", "save x"):
        assert talk(f":{command}\r") == "searcher: search for something first\n", command


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (":frobnicate", "no command :frobnicate: :help lists them, `searcher --help` those of the command line"),
        (":fcaets", "no command :fcaets: did you mean :facets?"),
        (":scope 。", "nothing to look for: punctuation and symbols are not indexed"),
        ("::", "no command ::: :help lists them, `searcher --help` those of the command line"),
        (":s", "which one: :scope, :script, :strict, :save, :status?"),
        (
            ":facets nonsense 作者",
            "no document has any: nonsense, author; what can be counted: script, format, year, category, folder, city, price",
        ),
        (":script klingon", ":script is one of s, t, tw, hk, not klingon"),
        (":expand maybe", ":expand is one of on, off, not maybe"),
        (":index nowhere", "no such file or folder: nowhere"),
        (":save", ":save needs FILE"),
        (":save hits.XLSX", ".xlsx cannot be written: name it .csv for a table, which Excel opens, or .txt for text"),
        (":save nowhere/x.txt", "nowhere/x.txt: no such file or folder"),
        (":open 7", "no hit 7 was shown, the last one is 2"),
        (":open x", "no hit x was shown, the last one is 2"),
        (":edit 1", "/docs/c.txt is not a file that could be opened: `open` reads what the index holds"),
    ],
)
def test_what_goes_wrong_is_one_line_and_the_conversation_goes_on(talk: Talk, line: str, said: str) -> None:
    printed = talk(f"苹果\r{line}\r手机\r")
    assert printed.endswith(f"searcher: {said}\n")
    assert [query for query, _ in NotingIndex.asked if query == "手机"]


@pytest.mark.parametrize("line", ['"', "(((", "[red]", "a" * 5_000, "AND OR NOT", "\\", "{}%s", "：：", "-", "汤\u200b汤"])
def test_whatever_is_typed_the_conversation_goes_on(talk: Talk, line: str) -> None:
    assert "苹果和手机。" in talk(f"{line}\r手机\r")


def test_ctrl_c_drops_the_line(talk: Talk) -> None:
    talk(f"火星{CTRL_C}手机\r")
    assert [query for query, _ in NotingIndex.asked] == ["手机"]


def test_keys_of_vi_and_a_cursor_that_tells_their_mode(around: Surroundings) -> None:
    vi = replace(around, settings=Settings(editing="vi"))
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(f"火星\x1bddi手机{ENTER}{CTRL_D}")
        assert converse(vi) == 0
        assert [query for query, _ in NotingIndex.asked] == ["手机"]
        sessions = {editing: Session(replace(around, settings=Settings(editing=editing))) for editing in ("vi", "emacs")}
        shapes = {editing: type(_prompt(session, Live(session)).cursor) for editing, session in sessions.items()}
        assert shapes == {"vi": ModalCursorShapeConfig, "emacs": type(None)}


def test_ctrl_c_stops_a_search_and_the_conversation_goes_on(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(NotingIndex, "search", interrupted)
    assert talk("火星\r:help\r").endswith("interrupted\n")


def test_a_fault_of_ours_is_told_and_the_conversation_goes_on(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("a fault")

    monkeypatch.setattr(NotingIndex, "search", broken)
    said = talk("火星\r:help\r")
    assert ":open, :o N" in said and "Traceback" in said and said.endswith("KeyError: 'a fault'\n")


@pytest.mark.parametrize(
    ("line", "command"), [("exit", ":quit"), ("quit", ":quit"), ("help", ":help"), ("q", ":quit"), ("說明", ":help"), ("离开", ":quit")]
)
def test_what_other_prompts_take_as_a_command_is_searched_for_and_told(talk: Talk, line: str, command: str) -> None:
    assert talk(f"{line}\r").endswith(f"searcher: searched for {line}; the command is {command}\n")
    assert [query for query, _ in NotingIndex.asked] == [line]


def test_a_command_without_its_colon_is_searched_for_and_told(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("open", "show"):
        assert talk(f"苹果\r{name} 2\r").endswith(f"searcher: searched for {name} 2; the command is :{name} 2\n")
    assert talk("index docs\r").endswith("searcher: searched for index docs; the command is :index docs\n")
    for line in ("open 3", "open source", "index nowhere", "index ~nobody/nowhere", "index " + "长" * 5000, "status 1"):
        assert "the command is" not in talk(f"苹果\r{line}\r"), line


def test_a_home_that_nobody_has_is_a_path_like_any(talk: Talk) -> None:
    assert talk(":index ~nobody/nowhere\r") == "searcher: no such file or folder: ~nobody/nowhere\n"


@pytest.mark.parametrize("line", [":help", ":?", "?", "？", "\\?", ":", "："])
def test_help_fits_the_screen(talk: Talk, line: str) -> None:
    said = talk(f"{line}\r").splitlines()
    assert any("N, :open, :o N" in row for row in said)
    assert all(cells(row) <= 80 for row in said)


@pytest.mark.parametrize("word", [":quit", ":q", "：quit", "\\q", ":q!", ":wq", ":EXIT", "：ｑ"])
def test_quit_leaves(talk: Talk, word: str) -> None:
    talk(f"{word}\r手机\r")
    assert NotingIndex.asked == []


@pytest.mark.parametrize("line", [":why 2", ":Why 2", ":w2", "：ｗｈｙ ２", ": w 2"])
def test_a_command_is_known_in_any_case_and_width_with_a_number_behind_it(talk: Talk, line: str) -> None:
    assert "query: 苹果\n苹果: in 2 of 4 documents\nd: has all that was asked for; score " in talk(f"苹果\r{line}\r")


def test_a_number_alone_behind_the_colon_opens(talk: Talk) -> None:
    assert "商汤科技上市" in talk("商汤\r:1\r")


def test_why_takes_a_query_too(talk: Talk) -> None:
    assert talk(":why 苹果\r").endswith("query: 苹果\n苹果: in 2 of 4 documents\n")


SHOWN = {"s": "Simplified", "t": "Traditional", "tw": "Traditional (Taiwan)", "hk": "Traditional (Hong Kong)"}


@pytest.mark.parametrize(("typed", "script"), [("繁體", "t"), ("zh-TW", "tw"), ("简体", "s"), ("香港", "hk"), ("zh-Hant", "t")])
def test_scripts_go_by_many_names(talk: Talk, typed: str, script: str) -> None:
    assert talk(f":script {typed}\r").endswith(f"results are shown in {SHOWN[script]}\n")


def test_a_pasted_passage_is_one_query(talk: Talk) -> None:
    talk("\x1b[200~第一行\n第二行\x1b[201~\r")
    assert [query for query, _ in NotingIndex.asked] == ["第一行\n第二行"]


def test_no_index_is_said_when_one_is_needed(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotingIndex, "there", False)
    assert talk("手机\r:help\r").endswith("searcher: no index in /i: build one with `:index PATH`\n")


def test_a_folder_that_is_dragged_into_the_terminal_comes_quoted(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "my notes").mkdir()
    for typed in (f"'{tmp_path}/my notes'", f'"{tmp_path}/my notes"', f"{tmp_path}/my\\ notes", f"{tmp_path}/my notes"):
        assert "documents in /i" in talk(f":index {typed}\r")
    assert NotingIndex.synced == [((str(tmp_path / "my notes"),), NotingIndex.synced[0][1])] * 4
    assert "no such file or folder: it's not here" in talk(":index it's not here\r")


def test_an_index_is_made_from_the_prompt(talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotingIndex, "there", False)
    reading = ModuleType("searcher.updating.reading")
    reading.cores = lambda: 1  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "searcher.updating.reading", reading)
    assert "4 documents in /i: 4 added" in talk(f":index {tmp_path}\r手机\r")
    assert NotingIndex.synced[0][0] == (str(tmp_path),) and NotingIndex.asked
    monkeypatch.setattr(NotingIndex, "notices", (Remark("notice.missing", root="/gone"),))
    assert "/gone is missing, and nothing of it is in the index\n4 documents in /i" in talk(f":index {tmp_path}\r")


def test_strict_asks_the_last_query_anew_and_the_next_ones(talk: Talk) -> None:
    said = talk(":strict\r苹果\r:strict off\r:strict on\r手机\r")
    assert [(query, options["strict"]) for query, options in NotingIndex.asked] == [
        ("苹果", True),
        ("苹果", False),
        ("苹果", True),
        ("手机", True),
    ]
    assert said.startswith("only documents with every term are found\n") and said.count("苹果树") == 3


def test_an_old_index_is_brought_up_to_date_from_here(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotingIndex, "updated", "2020-01-01T00:00:00Z")
    assert "days old: `:index` brings it up to date\n" in talk("手机\r")


def test_facets_count_what_was_searched_in(talk: Talk) -> None:
    talk(":scope path:法规\r:expand off\r苹果\r:facets script\r")
    assert NotingIndex.counted == [("苹果", "script", {"expand": False, "strict": False, "scope": "path:法规"})]


def test_documents_like_one_are_those_of_the_scope(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    scopes: list[object] = []
    like, facets_like = NotingIndex.like, NotingIndex.facets_like

    def noted(index: NotingIndex, *given: Any, **options: Any) -> Any:
        scopes.append(options.get("scope"))
        return (like if len(given) == 1 else facets_like)(index, *given, **options)

    monkeypatch.setattr(NotingIndex, "like", noted)
    monkeypatch.setattr(NotingIndex, "facets_like", noted)
    talk("苹果\r:like 1\r:scope 手机\r:like 1\r:facets script\r")
    assert set(scopes[:2]) == {None} and set(scopes[-2:]) == {"手机"}


def test_documents_like_one_have_facets_too(talk: Talk) -> None:
    assert talk("苹果\r:like 1\r:facets\r").endswith("script:\n       1  simplified\nformat:\n       1  plain\nfolder:\n       1  /docs\n")
    NotingIndex.counted.clear()
    assert talk(":facets script\r").startswith("script:\n       3  simplified\n       1  traditional\n")
    assert NotingIndex.counted == [("", "script", {"expand": True, "strict": False, "scope": None})], "before any search, all documents"


@pytest.mark.parametrize("switch", ["strict", "expand"])
def test_a_switch_is_set_or_turned_and_tells_what_it_is(talk: Talk, switch: str) -> None:
    steps = [("on", True), ("on", True), ("off", False), ("off", False), ("", True), ("", False)]
    said = talk("".join(f":{switch} {way}\r" for way, _ in steps)).splitlines()
    assert said == [speaker("en")(f"switch.{switch}.{'on' if is_on else 'off'}") for _, is_on in steps]


def test_why_without_a_number_explains_the_first_hit_or_the_query(talk: Talk) -> None:
    assert "query: 苹果\n苹果: in 2 of 4 documents\nc: has all that was asked for; score " in talk("苹果\r:why\r")
    assert talk("火星\r:why\r").endswith("query: 火星\n火星: in 0 of 4 documents\n")


def test_index_without_a_path_brings_the_known_folders_in_step(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "documents in /i" in talk(":index\r")
    assert [paths for paths, _ in NotingIndex.synced] == [()]
    monkeypatch.setattr(NotingIndex, "roots", ())
    assert "nothing to index" in talk(":index\r") and len(NotingIndex.synced) == 1


def test_more_and_strict_behind_documents_like_one(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searcher.repl.paging.LARGEST_PAGE", 1)
    monkeypatch.setattr(NotingIndex, "like", lambda self, id, **options: self.search("科技", **options))
    said = talk("苹果\r:like 1\r:more\r:strict\r:more\r:more\r")
    shown = [line for line in said.splitlines() if line.startswith((" 1  ", " 2  ", " 3  "))]
    assert shown == [" 1  苹果  2019", " 1  商湯科技", " 2  商汤科技上市  2021-08-17"]
    assert said.endswith("searcher: that was all\n"), "whoever reads on is not led back to the query"


@pytest.mark.parametrize(
    ("language", "shown", "scripts", "written"),
    [
        ("en", None, ("traditional", "simplified"), "t"),
        ("en", None, ("mixed", "traditional"), "t"),
        ("en", None, ("simplified", "traditional"), None),
        ("en", None, (), None),
        ("en", "hk", ("simplified",), "hk"),
        ("zh-Hant", None, ("simplified",), "t"),
        ("zh-Hans", None, ("traditional",), None),
    ],
)
def test_completions_are_written_as_the_reader_writes(
    around: Surroundings, language: str, shown: str | None, scripts: tuple[str, ...], written: str | None
) -> None:
    session = Session(replace(around, language=language))
    session.script, session.scripts = shown, scripts
    assert session.writes == written


def test_saving_never_overwrites(talk: Talk, tmp_path: Path) -> None:
    assert "2 documents saved in out.json" in talk("苹果\r:save out.json\r")
    assert [json.loads(line)["type"] for line in (tmp_path / "out.json").read_text("utf-8").splitlines()] == ["results", "hit", "hit"]
    assert talk("手机\r:save out.json\r").endswith("searcher: out.json is there already: choose another name\n")
    assert "1 document saved in out.txt" in talk("手机\r:save out.txt\r")
    assert (tmp_path / "out.txt").read_text("utf-8") == "/docs/c.txt:1:苹果和手机。\n"


def test_saving_for_a_spreadsheet(talk: Talk, tmp_path: Path) -> None:
    assert "2 documents saved in out.csv" in talk("苹果\r:save out.csv\r")
    saved = (tmp_path / "out.csv").read_bytes()
    assert "2 documents saved" in talk("苹果\r:save NEXT.CSV\r") and (tmp_path / "NEXT.CSV").read_bytes() == saved
    assert saved.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    head, *rows = csv.reader(saved.decode("utf-8-sig").splitlines())
    assert head == ["rank", "title", "date", "path", "place", "line", "passage", "lacks"]
    assert [row[0] for row in rows] == ["1", "2"] and all(len(row) == len(head) for row in rows)


def test_why_like_facets_status(talk: Talk) -> None:
    assert "\nd: has all that was asked for; score " in talk("苹果\r:why 2\r")
    assert talk("苹果\r:like 1\r1\r").endswith("苹果树\n\n苹果长在树上。\n")
    assert talk("苹果\r:facets script\r").endswith("script:\n       2  simplified\n")
    assert "documents  4\n" in talk(":status\r")


@pytest.mark.parametrize(
    ("language", "head", "none", "value"),
    [
        ("en", "script:", "no document has any: city", "simplified"),
        ("zh-Hans", "字形：", "没有文档带有：city", "简体"),
        ("zh-Hant", "字形：", "沒有文件帶有：city", "簡體"),
    ],
)
def test_facets_are_named_in_the_language_of_the_reader(
    capsys: pytest.CaptureFixture[str], language: str, head: str, none: str, value: str
) -> None:
    around = Surroundings(Settings(), speaker(language), Path("/i"), color=False, fixed_width=80, language=language)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(f"苹果\r:facets\r:facets city\r:status\r{CTRL_D}")
        converse(around)
    printed, comma = capsys.readouterr(), speaker(language)("list")
    assert f"\n{head}\n       2  {value}\n" in printed.out
    assert f"  {value} 3{comma}" in printed.out
    assert none in printed.err


def test_status_names_what_could_not_be_read(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    skipped = (Skipped("x.pdf", "encrypted", Remark("detail.password")),)
    monkeypatch.setattr(NotingIndex, "status", lambda self: status_of("/i", skipped=skipped, notices=(Remark("notice.words"),)))
    said = talk(":status\r")
    assert "x.pdf (protected by a password)" in said and "words were cut with another dictionary" in said


def test_what_an_index_wants_is_said_once_also_where_it_comes_later(around: Surroundings) -> None:
    session, said = Session(around), []
    for notices in ((), ("a",), ("a",), ()):
        session.notices = notices
        said.append(session.remarks())
    session.close()
    assert said == [(), ("a",), (), ()]


def test_an_index_that_wants_a_rebuild_says_so_once(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotingIndex, "notices", (Remark("notice.words"),))
    said = talk("手机\r苹果\r:more\r")
    assert said.count("words were cut with another dictionary: run `searcher rebuild`") == 1
    assert said.index("another dictionary") < said.index("苹果树")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (RIGHT + ENTER, ["苹裹", "苹果"]),
        (RIGHT + " 手机" + ENTER, ["苹裹", "苹果 手机"]),
        (ENTER, ["苹裹"]),
        ("手机" + ENTER + RIGHT + ENTER, ["苹裹", "手机"]),
        (ENTER + RIGHT + ENTER, ["苹裹"]),  # it stands below its answer only, not on every empty line from then on
        (CTRL_C + RIGHT + ENTER, ["苹裹"]),
        (":strict" + ENTER + RIGHT + ENTER, ["苹裹", "苹裹", "苹果"]),  # which answers it anew
    ],
)
def test_what_may_have_been_meant_is_taken_with_a_key(talk: Talk, monkeypatch: pytest.MonkeyPatch, typed: str, asked: list[str]) -> None:
    search = NotingIndex.search
    monkeypatch.setattr(
        NotingIndex,
        "search",
        lambda self, query, **options: replace(search(self, query, **options), suggestions=("苹果",) if query == "苹裹" else ()),
    )
    talk("苹裹" + ENTER + typed)
    assert [query for query, _ in NotingIndex.asked] == asked


def test_help_lists_every_command() -> None:
    for language in ("en", "zh-Hans", "zh-Hant"):
        said = "\n".join(help_lines(speaker(language)))
        assert all(f":{name}" in said for command in COMMANDS for name in (command.name, *command.aliases))


def test_names_and_aliases_are_distinct() -> None:
    names = [name for command in COMMANDS for name in (command.name, *command.aliases)]
    assert len(names) == len(set(names))


# --- what helps while typing


def _completions(session: Session, text: str) -> list[str]:
    found = QueryCompleter(session).get_completions(Document(text), CompleteEvent())
    return [text[: len(text) + completion.start_position] + completion.text for completion in found]


def test_whatever_is_typed_something_else_is_offered_or_nothing(session: Session) -> None:
    """What is offered takes the place of the end of what was typed."""
    pieces = (":", "scope", "facets", " ", "title", "author:", "商", '"', "-")
    for typed in map("".join, itertools.product(pieces, repeat=3)):
        for completion in QueryCompleter(session).get_completions(Document(typed), CompleteEvent()):
            assert -len(typed) <= completion.start_position <= 0, typed
            assert completion.text != typed[len(typed) + completion.start_position :], typed


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("", []),
        (":sc", [":scope", ":script"]),
        ("：op", ["：open"]),
        (":script t", [":script tw"]),
        (":expand ", [":expand on", ":expand off"]),
        (":scope 独", [":scope 独角", ":scope 独角兽"]),
        (":why 领", [":why 领军", ":why 领军人物"]),
        (":f c", [":f category", ":f city"]),
        (":facets city pr", [":facets city price"]),
        (":EXP ", [":EXP on", ":EXP off"]),
        (":s ", []),
        ("tit", ["title:"]),
        ("标", ["标题:"]),
        ("script:tr", ["script:traditional"]),
        ("格式", ["格式:"]),
        ("作者：", ['作者："Jane Doe"', "作者：汤晓鸥"]),
        ("author:汤", ["author:汤晓鸥"]),
        ("year:20", ["year:2021", "year:2019"]),
        ("date:20", ["date:2021", "date:2019"]),
        ("date:苹", []),
        ("ci", ["city:"]),
        ("city:", ["city:上海", "city:台北"]),
        ("City：上", ["City：上海"]),
        ("price:3", []),
        ("autor:", ["author:"]),
        ("手机 -autor:汤", ["手机 -author:汤", "手机 -autor:汤晓鸥"]),
        ("ctiy：上", ["city:上", "ctiy：上市"]),
        ("data:19", []),
        ("主席：商", ["主席：商汤"]),
        ("sort:-", ["sort:-date", "sort:-modified", "sort:-size"]),
        ("shangt", ["商汤"]),
        ("苹果 shangt", ["苹果 商汤"]),
        ("title:shangt", ["title:商汤"]),
        ("独", ["独角", "独角兽"]),
        ("獨", ["獨角", "獨角獸"]),
        ("title:", []),
        ("商汤", []),
        ("全球领", ["全球领军", "全球领军人物"]),
        ("手机 -苹", ["手机 -苹果"]),
        ("“苹", ["“苹果"]),
        ("title:苹", ["title:苹果"]),
    ],
)
def test_completion(session: Session, text: str, completed: list[str]) -> None:
    assert _completions(session, text) == completed


def test_completion_writes_the_script_of_the_reader(session: Session) -> None:
    session.script = "tw"
    assert _completions(session, "苹") == ["苹果"] and _completions(session, "shangt") == ["商湯"]
    session.script, session.around = None, replace(session.around, language="zh-Hant")
    assert _completions(session, "shangt") == ["商湯"]
    session.around = replace(session.around, language="zh-Hans")
    assert _completions(session, "shangt") == ["商汤"]


def test_completion_never_waits_for_the_index(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Event()
    opened = NotingIndex.open
    monkeypatch.setattr(NotingIndex, "open", lambda path, outdated=False: (gate.wait(5), opened(path))[1])
    session = Session(around)
    assert _completions(session, "商") == []
    assert toolbar(session) == " opening /i …"
    gate.set()
    assert session.index is not None and _completions(session, "商")
    session.close()


@pytest.mark.parametrize("error", [IndexNotFound(path="/i"), OSError("gone")])
def test_completion_is_silent_about_an_index_that_is_gone(session: Session, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def gone(*_: object, **__: object) -> None:
        raise error

    for name in ("complete", "values"):
        monkeypatch.setattr(NotingIndex, name, gone)
    assert _completions(session, "商") == _completions(session, "author:汤") == []
    assert _completions(session, "tit") == ["title:"]


def test_an_index_that_is_removed_can_be_made_anew(talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the prompt says to do then works: it does not hold on to the index that it had open."""

    def gone(_: NotingIndex) -> None:
        NotingIndex.there = False
        raise IndexNotFound(path="/i")

    (tmp_path / "docs").mkdir()
    opened = NotingIndex.open_or_create
    monkeypatch.setattr(NotingIndex, "updated", property(gone))
    monkeypatch.setattr(NotingIndex, "open_or_create", lambda path: (monkeypatch.setattr(NotingIndex, "updated", None), opened(path))[1])
    said = talk("手机\r:index docs\r手机\r")
    assert "searcher: no index in /i: build one with `:index PATH`" in said
    assert "4 documents in /i: 4 added" in said and "1 document · 1.2 ms" in said


@pytest.mark.parametrize("pasted", ["苹果", "苹果\n", "苹果\r\n", "\n苹果\r\n手机\n\n"])
def test_what_is_pasted_is_one_query_and_opens_no_menu(session: Session, monkeypatch: pytest.MonkeyPatch, pasted: str) -> None:
    menus: list[str] = []
    monkeypatch.setattr(QueryCompleter, "get_completions", lambda _, document, __: menus.append(document.text) or iter(()))
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        prompt = _prompt(session, Live(session))
        keys.send_text(f"\x1b[200~{pasted}\x1b[201~{ENTER}")
        assert prompt.prompt() == pasted.replace("\r", "").strip("\n")
        assert menus == []


def test_highlighting_knows_the_fields_of_the_documents(session: Session) -> None:
    assert QueryLexer(session).lex_document(Document("City:上海"))(0) == [("class:query.field", "City:"), ("class:query.text", "上海")]
    assert QueryLexer(session).lex_document(Document("town:上海"))(0) == [("class:query.text", "town:上海")]


def test_highlighting_covers_the_text(session: Session) -> None:
    lex = QueryLexer(session).lex_document(Document('苹果 -手机\ntitle:"商汤" OR x'))
    fragments = lex(0) + lex(1)
    assert "".join(fragment[1] for fragment in lex(0)) == "苹果 -手机"
    assert "".join(fragment[1] for fragment in lex(1)) == 'title:"商汤" OR x'
    styles = {fragment[1]: fragment[0] for fragment in fragments}
    assert styles["手机"] == "class:query.negated" and styles["title:"] == "class:query.field" and styles["OR"] == "class:query.operator"
    assert lex(2) == []
    assert QueryLexer(session).lex_document(Document(":open 3"))(0)[0] == ("class:query.command", ":open")


def test_the_toolbar_says_why_there_is_no_index(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotingIndex, "there", False)
    session = Session(around)
    with pytest.raises(IndexNotFound):
        assert session.index
    assert toolbar(session) == " no index in /i: build one with `:index PATH`"
    session.close()


def test_the_prompt_names_the_index_that_was_searched_last(talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotingIndex, "there", False)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "searcher-index.json").touch()
    remember(LastSearch(str(tmp_path / "other"), "手机", ("a",)), state_folder())
    assert (
        f"no index in /i: build one with `:index PATH`, or leave, and name the one of your last search: `searcher --index {tmp_path}"
        in (talk("手机\r"))
    )


def test_the_toolbar_says_what_is_set(session: Session) -> None:
    assert toolbar(session) == " /i · 4 documents"
    session.search("苹果")
    session.more(10, 3)
    session.scope, session.script, session.expand, session.strict = "path:法规", "tw", False, True
    session.around = replace(session.around, fixed_width=92)
    assert toolbar(session) == " /i · 4 documents · in path:法规 · shown in Traditional (Taiwan) · every term · no expansion"


def test_what_others_have_written_is_known_from_the_next_line_on(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotingIndex, "updated", "2026-01-01T00:00:00Z")
    for count in (5, 6):
        monkeypatch.setattr(NotingIndex, "__len__", lambda _, count=count: count)
        session.look()
        assert toolbar(session) == " /i · 5 documents", "and what has not changed is not asked once more"


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (88, " /i · 4 documents · 1.2 ms · in path:法规 · shown in Traditional (Taiwan) · no expansion"),
        (87, " /i · 4 documents · in path:法规 · shown in Traditional (Taiwan) · no expansion"),
        (68, " /i · in path:法规 · shown in Traditional (Taiwan) · no expansion"),
        (20, " in path:法规 · shown in Traditional (Taiwan) · no expansion"),
    ],
)
def test_where_there_is_little_room_the_toolbar_says_what_is_set(session: Session, width: int, said: str) -> None:
    session.search("手机")
    session.more(10, 3)
    session.scope, session.script, session.expand = "path:法规", "tw", False
    session.around = replace(session.around, fixed_width=width)
    assert toolbar(session) == said


def test_history_is_its_owners_and_a_space_leaves_no_trace(talk: Talk) -> None:
    talk("手机\r 秘密\r手机\r苹果\r")
    file = state_folder() / "history"
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0
    assert [line for line in file.read_text("utf-8").splitlines() if line.startswith("+")] == ["+手机", "+苹果"]


@pytest.mark.parametrize("space", [" ", "\u3000"])
def test_what_is_asked_behind_a_space_is_nowhere_kept(talk: Talk, space: str) -> None:
    assert "2 documents" in talk(f"{space}苹果\r1\r:more\r")
    assert not any("苹果" in file.read_text("utf-8") for file in state_folder().iterdir())
    talk("苹果\r")
    assert "苹果" in (state_folder() / "last-search.json").read_text("utf-8").encode().decode("unicode_escape")


def test_a_history_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "history"
    file.touch(0o644)
    PrivateHistory(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


class Typist:
    """Types at the prompt part by part, the next when what it waits for has come; then Ctrl-D."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around

    def type(self, *parts: tuple[str, Callable[[], bool]]) -> None:
        with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
            typing = Thread(target=self._go, args=(keys, parts), daemon=True)
            typing.start()
            assert converse(self.around) == 0
            typing.join()

    def _go(self, keys: PipeInput, parts: Sequence[tuple[str, Callable[[], bool]]]) -> None:
        for typed, come in parts:
            keys.send_text(typed)
            while not come():
                sleep(0.01)
        keys.send_text(CTRL_C + CTRL_D)


def _asked() -> list[tuple[str, int]]:
    return [(query, options["snippets"]) for query, options in NotingIndex.asked]


def test_what_a_line_finds_is_looked_for_while_it_is_typed(around: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    live = replace(around, settings=Settings(live=True))
    Typist(live).type(("苹果", lambda: _asked() == [("苹果", 1)]), (ENTER, lambda: _asked() == [("苹果", 1), ("苹果", 3)]))
    assert capsys.readouterr().out.count("苹果树") == 1, "only what is entered is printed"


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("苹果 title:", "苹果"),
        ("苹果　－標題：", "苹果"),
        ("主席：", "主席："),
        ("苹果 title:手", "苹果 title:手"),
        ("title: 苹果", "title: 苹果"),
    ],
)
def test_a_field_that_has_no_value_yet_is_passed_over_while_it_is_typed(session: Session, line: str, asked: str) -> None:
    assert Live(session)._meant(line) == asked


def test_hits_are_shown_while_typing_only_where_that_is_wanted(around: Surroundings) -> None:
    Typist(around).type((":live" + ENTER + "苹果", lambda: _asked() == [("苹果", 1)]), (CTRL_C + ":live" + ENTER + "手机", lambda: True))
    assert _asked() == [("苹果", 1)]


@pytest.mark.parametrize("line", [":why 苹果", "：more", "資料夾：", "1", "?", "", "  ", "苹" * (LONGEST + 1), "1" * 5_000])
def test_what_is_no_query_is_not_looked_for(session: Session, line: str) -> None:
    session.show(replace(session.index.search("苹果").hits[0], rank=1))
    session.live = True
    live = Live(session)
    live.follow(Buffer(document=Document(line)))  # outside of a running program: a search would raise
    assert live.above("toolbar") == "toolbar"


def test_hits_stand_below_the_line_that_finds_them_and_no_other(around: Surroundings) -> None:
    """Those of the line before stay until there are others, lest the screen jump; an empty line has none."""
    session = Session(replace(around, settings=Settings(live=True)))
    live, line = Live(session), Buffer()

    def shown() -> str:
        return to_plain_text(live.above("toolbar"))

    async def typing() -> None:
        async def becomes(text: str, first: str) -> None:
            line.text = text
            live.follow(line)
            while not shown().startswith(first):
                await asyncio.sleep(0.01)

        assert session.index
        await becomes("苹果", " 1  苹果  2019\n    苹果和手机。\n 2  苹果树\n    苹果长在树上。\n2 documents\ntoolbar")
        line.text = "火星"
        live.follow(line)
        assert shown().startswith(" 1  苹果  2019")
        await becomes("火星", "nothing found\ntoolbar")
        await becomes("", "toolbar")
        session.live = False
        await becomes("苹果", "toolbar")

    class App:
        """As much of a running program as is asked."""

        create_background_task = staticmethod(lambda work: asyncio.ensure_future(work))
        invalidate = staticmethod(lambda: None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("searcher.repl.live.get_app", App)
        asyncio.run(typing())
    session.close()


def test_who_leaves_does_not_wait_for_what_is_being_looked_for(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end, ended = Event(), Event(), Event()
    searching = []

    def slow(*_: object) -> None:
        searching.append(current_thread())
        begun.set()
        may_end.wait(10)  # whoever waited for the search would come back here
        ended.set()

    monkeypatch.setattr(Session, "preview", slow)
    Typist(replace(around, settings=Settings(live=True))).type(("苹果", begun.is_set))
    left_at_once = not ended.is_set()
    may_end.set()
    assert left_at_once and searching[0].daemon, "a program that ends waits for no such thread"
    searching[0].join()


@pytest.mark.parametrize("error", [IndexNotFound(path="/i"), OSError("gone")])
def test_an_index_that_cannot_be_asked_shows_nothing(session: Session, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(NotingIndex, "search", fails)
    assert Live(session)._rows("苹果") == ""

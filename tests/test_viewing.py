"""Reading one document: scrolling, the pager's keys, the user's own pager and editor."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.cells import cell_len

from searcher import Document, Location
from searcher.messages import speaker
from searcher.printer.document import marked_lines
from searcher.printer.pieces import Piece
from searcher.printer.wrapping import Line, placed
from searcher.settings import Settings
from searcher.surroundings import Surroundings
from searcher.viewing.documents import edit_document, print_document, read_document
from searcher.viewing.external import CannotStart, edit, page_through, words
from searcher.viewing.pager import Pager
from searcher.viewing.scrolling import Scroll

SAY = speaker("en")
TEXT = "\n".join(f"第{number}行，" + "商汤" * (number % 7 * 3) for number in range(100))
MARKS = [(TEXT.index(f"第{number}行"), TEXT.index(f"第{number}行") + 2) for number in (3, 50, 97)]


def _scroll(width: int = 20, height: int = 10) -> Scroll:
    return Scroll(list(marked_lines(TEXT, MARKS)), cell_len, width=width, height=height)


def _rows(scroll: Scroll) -> list[Line]:
    return [tuple(piece for piece, _ in row) for row in scroll.seen()]


def _seen(scroll: Scroll) -> str:
    return "\n".join("".join(piece.text for piece in row) for row in _rows(scroll))


def test_it_begins_at_the_beginning() -> None:
    scroll = _scroll()
    assert _seen(scroll).startswith("第0行，\n第1行，商汤") and len(_rows(scroll)) == 10


STEPS = st.sampled_from(["down", "up", "next", "before", "match", "end", "start", "resize"])


@given(st.lists(st.tuples(STEPS, st.integers(0, 40)), max_size=12))
def test_the_screen_is_a_window_on_all_rows(steps: list[tuple[str, int]]) -> None:
    """The oracle wraps every line at once and counts rows. A match goes into the upper third, the end to the end of the screen."""
    scroll, at, match = _scroll(), 0, None
    for step, count in steps:
        rows = _all_rows(scroll)
        last = max(0, len(rows) - scroll.height)
        if step == "down":
            scroll.down(count)
            at = max(at, min(at + count, last))
        elif step == "up":
            scroll.up(count)
            at = max(at - count, 0)
        elif step in ("start", "end"):
            scroll.to_start() if step == "start" else scroll.to_end()
            at = 0 if step == "start" else last
        elif step == "resize":
            line, same = rows[at][0], scroll.width == 10 + count
            scroll.resize(10 + count, 5 + count)
            rows = _all_rows(scroll)
            at = at if same else rows.index((line, 0))
        else:
            behind = [number for number, (line, _) in enumerate(scroll.matches) if line >= rows[at][0]]
            if step == "match":
                scroll.to_match(count)
                match = count if count < len(scroll.matches) else 0
            else:
                scroll.next_match(1 if step == "next" else -1)
                before = match if match is not None else behind[0] - (step == "next") if behind else len(scroll.matches) - (step == "next")
                match = (before + (1 if step == "next" else -1)) % len(scroll.matches)
            row = max(number for number, place in enumerate(rows) if place <= scroll.matches[match])
            at = min(max(row - scroll.height // 3, 0), last)
        seen = rows[at : at + scroll.height]
        assert (scroll.current, scroll.top[0], len(_rows(scroll))) == (match, rows[at][0], len(seen)), step
        assert scroll.share() == 100 * (seen[-1][0] + 1) // len(scroll.lines)


def _all_rows(scroll: Scroll) -> list[tuple[int, int]]:
    """Of every row its line, and where in it the row begins."""
    return [(line, start) for line, pieces in enumerate(scroll.lines) for start, _ in placed(pieces, scroll.width, cell_len)]


def test_the_end_is_the_last_page() -> None:
    scroll = _scroll()
    scroll.to_end()
    last = _seen(scroll)
    scroll.down(5)
    assert _seen(scroll) == last and scroll.share() == 100
    assert last.split("\n")[-1].endswith("商汤")


def test_matches_come_round() -> None:
    scroll = _scroll()
    seen = []
    for _ in range(4):
        assert scroll.next_match()
        seen.append(scroll.current)
        assert any(piece.marked for row in _rows(scroll) for piece in row)
    assert seen == [0, 1, 2, 0]
    assert scroll.next_match(-1) and scroll.current == 2


@pytest.mark.parametrize(("first", "current"), [(0, 0), (2, 2), (7, 0)])
def test_it_may_begin_at_any_match(first: int, current: int) -> None:
    scroll = _scroll()
    scroll.to_match(first)
    assert scroll.current == current and any(told for row in scroll.seen() for _, told in row)
    Scroll([[Piece("文", False)]], cell_len).to_match(first)  # without a match it stays where it is


def test_a_mark_across_lines_is_a_match_on_each() -> None:
    text = "甲乙\n丙丁\n戊己"
    pager = Pager("", text, [(1, 4), (6, 7)], SAY, first=1)
    assert pager.scroll.matches[pager.first] == (len(pager.scroll.lines) - 1, 0)


def test_the_match_last_gone_to_is_told_from_the_others() -> None:
    lines = [[Piece("a ", False), Piece("bb", True), Piece(" c bb ", False), Piece("bb", True)], [Piece("bb", True)]]
    scroll = Scroll(lines, cell_len, width=80, height=5)
    assert not any(current for row in scroll.seen() for _, current in row)
    for number in (0, 1, 2, 0):
        scroll.next_match()
        marked = [current for row in scroll.seen() for piece, current in row if piece.marked]
        assert marked == [place == number for place in range(3)]


def test_a_match_in_a_long_line_of_words_is_where_it_is_shown() -> None:
    """Spaces at the ends of rows belong to no row."""
    words = " ".join(f"word{number:04}" for number in range(3_000))
    at = words.index("word2900")
    scroll = Scroll([[Piece(words[:at], False), Piece("word2900", True), Piece(words[at + 8 :], False)]], cell_len, width=30, height=9)
    scroll.next_match()
    [row] = [number for number, pieces in enumerate(scroll.seen()) if any(current for _, current in pieces)]
    assert row == scroll.height // 3


def test_a_match_over_two_rows_is_one() -> None:
    scroll = Scroll([[Piece("甲乙丙", False), Piece("丁戊己", True)]], cell_len, width=8, height=5)
    scroll.next_match()
    assert [[current for _, current in row] for row in scroll.seen()] == [[False, True], [True]]


def test_finding_marks_what_was_found_in_any_case() -> None:
    scroll = Scroll([[Piece("abc ABC", False)], [Piece("x", True)]], cell_len)
    assert scroll.find("ABC", str.lower)
    assert scroll.lines[0] == (Piece("abc", True), Piece(" ", False), Piece("ABC", True))
    assert len(scroll.matches) == 2
    assert not scroll.find("nothing", str.lower) and len(scroll.matches) == 2
    assert not scroll.find("", str.lower)
    found = _rows(scroll)
    scroll.forget()
    assert _rows(scroll) == [(Piece("abc ABC", False),), (Piece("x", True),)] != found and scroll.current is None


def test_an_empty_text() -> None:
    scroll = Scroll([], cell_len)
    scroll.down()
    scroll.up()
    scroll.to_end()
    assert _rows(scroll) == [] and not scroll.next_match()


@pytest.mark.parametrize(
    ("keys", "seen", "match"),
    [
        ("q", "第3行", 0),
        ("nq", "第50行", 1),
        ("nnnq", "第3行", 0),
        ("Nq", "第97行", 2),
        ("Gq", "第99行", 0),
        ("Ggq", "第0行", 0),
        ("/第60行\rq", "第60行", 0),
        ("/火星\rq", "第3行", 0),
        ("/\x03nq", "第50行", 1),
        ("/第60行\r/\rnq", "第50行", 1),
        ("/\rnq", "第50行", 1),
        ("\x1b[6~\x1b[6~\x1b[5~jkq", "第40行", 0),
        ("\x03", "第3行", 0),
        ("gdq", "第55行", 0),
        ("gd\x04q", "第74行", 0),
        ("gd\x04\x15q", "第17行，", 0),
        ("Gud\x15q", "第42行", 0),
    ],
)
def test_the_pagers_keys(keys: str, seen: str, match: int) -> None:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        pager = Pager("题目", TEXT, MARKS, SAY)
        pager.run()
    assert seen in _seen(pager.scroll)
    assert pager.scroll.current == match


def test_the_pager_says_what_is_read_and_how_far() -> None:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pager = Pager("题\x1b目", TEXT, MARKS, SAY)
        assert pager._status().startswith(" ") and "n/N match 0/3" in pager._status() and pager._status().endswith("  题␛目")


def test_the_pager_finds_the_other_script() -> None:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("/軟件ABC\rq")
        pager = Pager("t", "\n" * 90 + "软件abc", [], SAY)
        pager.run()
    assert "软件abc" in _seen(pager.scroll)


# --- the user's own programs


@pytest.fixture
def program(tmp_path: Path) -> str:
    """A program that writes its arguments and its input to a file."""
    script = tmp_path / "program.py"
    script.write_text(
        f"import sys; open({str(tmp_path / 'said')!r}, 'w', encoding='utf-8').write(repr(sys.argv[1:]) + sys.stdin.read())", "utf-8"
    )
    return f'"{sys.executable}" "{script}"'


@pytest.mark.skipif(os.name == "nt", reason="quoting differs")
def test_the_pager_of_the_user_with_its_arguments(program: str, tmp_path: Path) -> None:
    page_through("商汤\n", f"{program} -S '+a b'", line=3, say=SAY)
    assert (tmp_path / "said").read_text("utf-8") == "['-S', '+a b']商汤\n"


@pytest.mark.skipif(os.name == "nt", reason="programs differ")
def test_less_starts_at_the_match_and_knows_the_others(tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.write_text(f"#!{sys.executable}\nimport sys\nopen({str(tmp_path / 'said')!r}, 'w').write(repr(sys.argv[1:]))\n", "utf-8")
    less.chmod(0o755)
    page_through("商汤\n", f"'{less}' -i", line=3, marked=("商汤", "C++"), say=SAY)
    assert (tmp_path / "said").read_text("utf-8") == "['-i', '-R', '-p商汤|C\\\\+\\\\+', '+3g']"
    page_through("商汤\n", f"'{less}'", line=1, say=SAY)
    assert (tmp_path / "said").read_text("utf-8") == "['-R', '+1g']"


@pytest.mark.skipif(os.name == "nt", reason="quoting differs")
def test_the_editor_opens_the_line(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "-文.txt"
    file.touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", None)
    edit(Path("-文.txt"), line=7, page=None, editor=program, say=SAY, config=tmp_path)
    assert (tmp_path / "said").read_text("utf-8") == f"['+7', '{file}']"


@pytest.mark.skipif(os.name == "nt", reason="programs differ")
@pytest.mark.parametrize(
    ("editor", "arguments"),
    [
        ("vim", "+7 FILE"),
        ("nano", "+7 FILE"),
        ("emacs -nw", "-nw +7 FILE"),
        ("emacsclient -t", "-t +7 FILE"),
        ("code --wait", "--wait -g FILE:7"),
        ("code-insiders", "-g FILE:7"),
        ("subl -w", "-w FILE:7"),
        ("hx", "FILE:7"),
        ("pycharm", "--line 7 FILE"),
    ],
)
def test_every_editor_is_told_the_line_in_its_own_way(editor: str, arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = _program(tmp_path, editor.split()[0], monkeypatch)
    file = tmp_path / "文 件.txt"
    file.touch()
    edit(file, line=7, page=None, editor=editor, say=SAY, config=tmp_path)
    assert said.read_text("utf-8").replace(str(file), "FILE").split("\n")[:-1] == arguments.split()


@pytest.mark.skipif(sys.platform != "linux", reason="viewers differ")
def test_a_viewer_of_pdf_files_is_told_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = _program(tmp_path, "evince", monkeypatch)
    (tmp_path / "a.pdf").touch()
    edit(tmp_path / "a.pdf", line=None, page="37", editor="vi", say=SAY, config=tmp_path)
    for _ in range(500):
        if said.exists() and said.read_text("utf-8").endswith("a.pdf\n"):
            break
        time.sleep(0.02)
    assert said.read_text("utf-8").split("\n") == ["--page-label=37", str(tmp_path / "a.pdf"), ""]


@pytest.mark.skipif(sys.platform != "linux", reason="viewers differ")
@pytest.mark.parametrize(
    ("name", "content", "editor"),
    [
        ("a.docx", b"PK\x03\x04\x14\0\x06\0", False),
        ("a.rtf", b"{\\rtf1 a}", False),
        ("a.txt", "\ufeff商湯".encode("utf-16-le"), True),
        ("a.txt", "商湯".encode("gb18030"), True),
    ],
)
def test_what_is_no_text_is_opened_by_its_own_program(
    name: str, content: bytes, editor: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _program(tmp_path, "vi" if editor else "xdg-open", monkeypatch)
    (tmp_path / name).write_bytes(content)
    edit(tmp_path / name, line=3, page=None, editor="vi", say=SAY, config=tmp_path)
    for _ in range(500):
        if said.exists() and said.read_text("utf-8").endswith(f"{name}\n"):
            break
        time.sleep(0.02)
    assert said.read_text("utf-8") == (f"+3\n{tmp_path / name}\n" if editor else f"{tmp_path / name}\n")


def test_what_lies_in_an_archive_is_no_file_to_edit(tmp_path: Path) -> None:
    (tmp_path / "a.zip").touch()
    member = Document(f"{tmp_path}/a.zip!/b.txt", "題", "文", source=f"{tmp_path}/a.zip", path=f"{tmp_path}/a.zip!/b.txt")
    with pytest.raises(CannotStart, match=r"a\.zip!/b\.txt lies in another file: `open` reads it"):
        edit_document(member, (), Surroundings(Settings(editor="vi"), SAY, Path("/i"), color=False))


@pytest.mark.parametrize(
    ("at", "line", "page"),
    [(0, 2, "1"), (4, 2, "1"), (5, 4, "2"), (9, 4, "2"), (10, 2, "1")],
)
def test_an_editor_opens_at_the_first_match_from_a_place_on_or_else_at_the_first(
    monkeypatch: pytest.MonkeyPatch, at: int, line: int, page: str
) -> None:
    opened: dict[str, object] = {}
    monkeypatch.setattr("searcher.viewing.external.edit", lambda path, **told: opened.update(told, path=path))
    places = (Location(0, "line", "1"), Location(0, "page", "1"), Location(2, "chapter", "甲"), Location(9, "page", "2"))
    document = Document("/a.txt", "題", "無\n  商湯\n無\n商湯\n無", source="/a.txt", path="/a.txt", locations=places)
    edit_document(document, [(4, 6), (9, 11)], Surroundings(Settings(editor="vi"), SAY, Path("/i"), color=False), at=at)
    assert (opened["line"], opened["page"], opened["path"]) == (line, page, Path("/a.txt"))


def _program(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a program of this name writes its arguments, a line each; no other program is there."""
    (folder / "bin").mkdir()
    program = folder / "bin" / name
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" >'{folder}/said'\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"))
    return folder / "said"


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"cannot start no-such-program: .+"):
        page_through("x", "no-such-program", line=1, say=SAY)
    with pytest.raises(CannotStart, match="is not a file"):
        edit(tmp_path / "nothing", line=1, page=None, editor="vi", say=SAY, config=tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="quoting differs")
def test_how_a_command_is_split() -> None:
    assert words("less -R '+/a b'") == ["less", "-R", "+/a b"]
    assert words("broken 'quote") == ["broken 'quote"]
    assert words("") == [""]


# --- what is shown, and in which script


def test_a_terminal_that_cannot_be_drawn_on_gets_the_text(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    read_document(Document("id", "标题", "行\n" * 500), (), Surroundings(Settings(), SAY, Path("/i"), color=False))
    assert capsys.readouterr().out.count("行") == 500


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("标题", "标题\n\n正文", "标题\n\n正文\n"),
        ("标题", "标题", "标题\n"),
        ("标题", "标题是什么\n正文", "标题\n\n标题是什么\n正文\n"),
        ("标题", "正文", "标题\n\n正文\n"),
        ("", "正文", "\n\n正文\n"),
    ],
)
def test_a_title_is_shown_once(title: str, text: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    read_document(Document("id", title, text), (), Surroundings(Settings(), SAY, Path("/i"), color=False))
    assert capsys.readouterr().out == shown


def test_the_script_that_was_asked_for_wins_over_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    around = Surroundings(Settings(script="s"), SAY, Path("/i"), color=False)
    for show in (print_document, read_document):
        show(Document("id", "软件", "開發"), (), around, script="t")
        assert capsys.readouterr().out == "軟件\n\n開發\n"
        show(Document("id", "软件", "開發"), (), around)
        assert capsys.readouterr().out == "软件\n\n开发\n"

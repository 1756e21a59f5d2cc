"""The prompt in a real terminal: a pseudo-terminal, the real program, the real index."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

import fcntl
import pty
import select
import struct
import subprocess
import termios

from searcher.printer.terminal import cells
from searcher.viewing.echo import echoed, unechoed
from searcher.viewing.ending import unwound

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[=>]")


class Terminal:
    """A program in a terminal of 24 rows; all it says is kept without its escape sequences."""

    def __init__(self, folder: Path, *words: str, columns: int = 80, job: bool = False) -> None:
        self.said = ""
        self.terminal, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEARCHER", "XDG", "LC_", "PAGER"))}
        environment = {**kept, "HOME": str(folder / "home"), "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": str(columns), "LINES": "24"}
        command = [sys.executable, "-m", "searcher", *words]
        own = {"preexec_fn": os.setpgrp} if job else {"start_new_session": True}  # what leads a session cannot be stopped
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdin=other, stdout=other, stderr=other, **own)
        os.close(other)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)

    def type(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def ask(self, line: str) -> None:
        """Type a line at the next prompt: before that, Ctrl-C and Ctrl-D would mean something else to the terminal."""
        self.wait_for("›")
        self.type(f"{line}\r")

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """What was said up to a text, which must come."""
        end = time.monotonic() + seconds
        while text not in self.said:
            left = end - time.monotonic()
            assert left > 0, f"{text!r} did not come: {self.said!r}"
            if select.select([self.terminal], [], [], left)[0]:
                raw = os.read(self.terminal, 65_536).decode("utf-8", "replace")
                if "\x1b[6n" in raw:  # it asks where the cursor is
                    self.type("\x1b[1;1R")
                self.said += ESCAPES.sub("", raw)
        before, _, self.said = self.said.partition(text)
        return before

    def status(self) -> int:
        """The exit status, once all has been read."""
        try:
            while raw := os.read(self.terminal, 65_536):
                self.said += ESCAPES.sub("", raw.decode("utf-8", "replace"))
        except OSError:  # how Linux says that the other end is closed
            pass
        return self.process.wait(30)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("t")  # a short name, so that what is said of it fits a line
    (place / "home").mkdir()
    (place / "documents").mkdir()
    long = "\n".join(f"第{number}行。" for number in range(100)) + "\n汤晓鸥教授為領軍人物。"
    (place / "documents" / "a.txt").write_text("商湯科技\n\n" + long, "utf-8")
    (place / "documents" / "b.txt").write_text("商汤科技启动上市", "utf-8")
    return place


def test_an_hour_at_the_prompt_in_short(place: Path) -> None:
    """Index, search, read, leave."""
    with Terminal(place) as terminal:
        terminal.ask("商湯")
        terminal.wait_for(f"no index in {place / 'index'}")
        terminal.ask(":index documents")
        terminal.wait_for("2 added")
        terminal.ask("湯曉鷗")
        assert "documents/a.txt" in terminal.wait_for("1 document ·")
        terminal.ask("1")
        assert "汤晓鸥" in terminal.wait_for("n/N match 1/1")
        terminal.type("q")
        terminal.ask("商汤\x03上市")
        assert "documents/b.txt" in terminal.wait_for("1 document ·")
        terminal.wait_for("›")
        terminal.type("\x04")
        assert terminal.status() == 0


def test_a_watch_says_that_it_watches(place: Path, tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    with Terminal(place, "watch", "--index", str(tmp_path / "index"), "documents") as terminal:
        assert terminal.wait_for("2 added").startswith("searcher: brings the index up to date now, and whenever a file changes")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.status() == 0


def test_no_word_is_cut_where_a_narrow_terminal_ends(place: Path) -> None:
    with Terminal(place, columns=60) as terminal:
        assert "the commands,\r\n" in terminal.wait_for("Ctrl-D leaves.")


def wait_until_silent(terminal: Terminal) -> None:
    """What is typed from here on is not echoed by the terminal."""
    end = time.monotonic() + 30
    while termios.tcgetattr(terminal.terminal)[3] & termios.ECHO:
        assert time.monotonic() < end, "the terminal echoes all the time"


def test_ctrl_z_stops_the_prompt_and_it_goes_on_where_it_was(place: Path) -> None:
    with Terminal(place, job=True) as terminal:
        terminal.wait_for("›")
        wait_until_silent(terminal)
        terminal.type("\x1a")
        _, status = os.waitpid(terminal.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.ask("：ｆｏｏ")
        terminal.wait_for("no command :foo")
        terminal.wait_for("›")
        terminal.type("\x04")
        assert terminal.status() == 0


def test_what_is_typed_before_the_prompt_is_there_is_shown_once_and_carried_out(place: Path) -> None:
    with Terminal(place, "index", "documents") as terminal:
        assert terminal.status() == 0
    with Terminal(place) as terminal:
        wait_until_silent(terminal)
        terminal.type("汤晓鸥\r")
        assert "汤晓鸥" not in terminal.wait_for("Type what you are looking for")
        assert terminal.wait_for("1 document ·").count("› 汤晓鸥") >= 1
        terminal.ask(":quit")
        assert terminal.status() == 0


def test_ctrl_d_that_is_typed_before_the_prompt_is_there_leaves(place: Path) -> None:
    with Terminal(place, "index", "documents") as terminal:
        assert terminal.status() == 0
    with Terminal(place) as terminal:
        wait_until_silent(terminal)
        terminal.type("汤晓鸥\r\x04")
        terminal.wait_for("1 document ·")
        assert terminal.process.wait(30) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("reading", [False, True], ids=["prompt", "pager"])
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(place: Path, number: signal.Signals, reading: bool) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("ignored, as under nohup, and so by what is started here")
    with Terminal(place, "index", "documents") as terminal:
        assert terminal.status() == 0
    with Terminal(place) as terminal:
        terminal.ask("湯曉鷗")
        terminal.wait_for("1 document ·")
        terminal.wait_for("›")
        if reading:
            terminal.type("1\r")
            terminal.wait_for("n/N match 1/1")
        assert not termios.tcgetattr(terminal.terminal)[3] & termios.ECHO
        terminal.process.send_signal(number)
        assert terminal.status() == -number and "Traceback" not in terminal.said
        flags = termios.tcgetattr(terminal.terminal)[3]
        assert flags & termios.ECHO and flags & termios.ICANON and flags & termios.ISIG


def test_a_second_signal_does_not_disturb_what_the_first_has_begun_to_clear() -> None:
    """Then it does what it did before."""
    cleared, told = [], []
    before = signal.signal(signal.SIGTERM, lambda number, _: told.append((number, *cleared)))
    try:
        for ends in (True, False):
            with pytest.raises(KeyboardInterrupt), unwound(ends=ends):
                try:
                    signal.raise_signal(signal.SIGTERM)
                finally:
                    signal.raise_signal(signal.SIGTERM)
                    cleared.append(ends)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert cleared == [True, False] and told == [(signal.SIGTERM, True)]


def test_the_terminal_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, other = pty.openpty()
    with os.fdopen(other) as keyboard:
        monkeypatch.setattr(sys, "stdin", keyboard)
        before = termios.tcgetattr(keyboard)
        with pytest.raises(KeyError), unechoed():
            assert not termios.tcgetattr(keyboard)[3] & termios.ECHO
            with echoed():
                assert termios.tcgetattr(keyboard)[3] & termios.ECHO, "for programs that are started"
            assert not termios.tcgetattr(keyboard)[3] & termios.ECHO
            raise KeyError
        assert termios.tcgetattr(keyboard) == before
    os.close(terminal)


def test_without_a_terminal_nothing_is_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "typed").write_text("x")
    with (tmp_path / "typed").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        with unechoed():
            assert file.read() == "x"


def test_one_shot_in_a_terminal_is_for_a_reader(place: Path) -> None:
    with Terminal(place, "index", "documents") as terminal:
        assert terminal.status() == 0
    with Terminal(place, "search", "商汤", "--color", "never") as terminal:
        assert " 1  商" in terminal.wait_for("2 documents ·")
        assert terminal.status() == 0


def test_a_remark_fits_the_terminal(place: Path) -> None:
    with Terminal(place, "search", "商汤", "--widht", "3") as terminal:
        assert terminal.status() == 2
        assert terminal.said.replace("\r", "") == "searcher: unknown option --widht: did you mean --width?\n"
    with Terminal(place, "search", "商汤", "--frobnicate") as terminal:
        assert terminal.status() == 2
        first, *rest = terminal.said.replace("\r", "").splitlines()
    assert first.startswith("searcher: ") and rest and all(row.startswith("  ") and cells(row) <= 80 for row in rest) and cells(first) <= 80


def test_help_fits_the_terminal(place: Path) -> None:
    with Terminal(place, "search", "--help") as terminal:
        assert terminal.status() == 0
        rows = terminal.said.replace("\r", "").split("\n")
    assert any("--exact-script" in row for row in rows) and max(map(len, rows)) <= 80


def test_watching_ends_well_with_ctrl_c(place: Path) -> None:
    with Terminal(place, "watch", "documents", "--index", "watched") as terminal:
        terminal.wait_for("2 added")
        (place / "documents" / "c.txt").write_text("香蕉", "utf-8")
        terminal.wait_for("1 added")
        (place / "documents" / "c.txt").unlink()
        terminal.wait_for("1 removed")
        terminal.process.send_signal(signal.SIGINT)  # as the terminal would, if it were the process's own
        assert terminal.status() == 0

"""The examples of the documentation, and what they really do.

A page of documentation is tried in a fresh copy of the project's folder, with `seeds/` indexed, a home of its own and the page's language:

- ```console: each `$ command` runs in a shell on a terminal of 80 columns; the lines below it are what it prints.
- ```python: the blocks of a page run one after the other as one program; a ```text block right behind one is what it prints.
- ```text that begins with the prompt, `› `: a conversation; every line with a prompt is typed, the rest is answered.
- ```bash: runs and must succeed, with an `fzf` in reach in which 商汤 is typed; the preview of the first line must mark something.
- ```toml: a configuration that is understood.

What differs from run to run is made equal on both sides: colours and links go, a progress bar counts as the nothing it leaves behind,
the folder reads /home/you/searcher, times read 20 ms and 0.2 s, the time of the last update and sizes in bytes are one fixed value.
A line `…` stands for any number of lines.

`python -m tests.documentation` writes what the examples print now into the pages.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = {
    "README.md": "en",
    "docs/README.zh.md": "zh-Hans",
    "docs/README.zh-Hant.md": "zh-Hant",
    "docs/LIBRARY.md": "en",
    "docs/TERMINAL.md": "en",
}
"""The pages under test and the language of the messages they show."""

ANYTHING = "…"
PROMPT = "› "
_LOCALES = {"en": "C.UTF-8", "zh-Hans": "zh_CN.UTF-8", "zh-Hant": "zh_TW.UTF-8"}
_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COPIED = ("README.md", "seeds", "index/README.md")

_VARYING = (
    (re.compile(r"\x1b\].*?(?:\x1b\\|\x07)|\x1b\[[0-9;?]*[A-Za-z]"), ""),
    (re.compile(r"\d+(?:\.\d+)?( ?)(ms|毫秒)"), r"20\1\2"),
    (re.compile(r"\d+\.\d+( ?)(s|秒)\b"), r"0.2\1\2"),
    (re.compile(r'"took_ms": [\d.]+'), '"took_ms": 20.0'),
    (re.compile(r"\d+\.\d [kM]B"), "37.1 kB"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?"), "2026-01-31 12:00"),
    (re.compile(r"[ \t\r]+$", re.MULTILINE), ""),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: what stands behind its fence, its lines, and where they are: `start` and `end` are offsets into the page."""

    kind: str
    text: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """A block that says what is printed, and what was printed when it was tried."""

    block: Block
    printed: str

    @property
    def holds(self) -> bool:
        return agrees(self.block.text, self.printed)


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [
        Block(found["kind"], found["body"], found.start("body"), found.end("body"), page.count("\n", 0, found.start()) + 1)
        for found in _FENCE.finditer(page)
    ]


def commands(page: str) -> list[str]:
    """The texts of the sh blocks: how to install and try it, and how to run the tests."""
    return [block.text.rstrip("\n") for block in blocks(page) if block.kind == "sh"]


def agrees(expected: str, printed: str) -> bool:
    """Whether an output is the expected one, up to what differs from run to run."""
    lines = level(expected).rstrip("\n").split("\n")
    pattern = "".join("(?:.*\n)?" if line == ANYTHING else re.escape(line) + "\n" for line in lines)
    return re.fullmatch(pattern, level(printed).rstrip("\n") + "\n", re.DOTALL) is not None


def level(text: str) -> str:
    """A text without what differs from run to run."""
    for pattern, same in _VARYING:
        text = pattern.sub(same, text)
    return text


def try_page(page: str, language: str, folder: Path) -> list[Example]:
    """Run everything that a page shows, in a copy of the project made in `folder`."""
    place = Place(folder, language)
    place.prepare()
    found = blocks(page)
    printed = iter(place.run_python([block.text for block in found if block.kind == "python"]))
    examples = []
    for before, block in zip([None, *found], found, strict=False):
        if block.kind == "console":
            examples.append(Example(block, "".join(f"$ {command}\n{place.run_command(command)}" for command in _typed(block.text, "$ "))))
        elif block.kind == "text" and block.text.startswith(PROMPT):
            examples.append(Example(block, place.converse(_typed(block.text, PROMPT))))
        elif block.kind == "python":
            output = next(printed)
        elif block.kind == "text" and before is not None and before.kind == "python":
            examples.append(Example(block, output))
        elif block.kind == "bash":
            place.run_recipe(block.text)
        elif block.kind == "toml":
            place.configure(block.text)
    return examples


def _typed(text: str, prompt: str) -> list[str]:
    return [line.removeprefix(prompt) for line in text.splitlines() if line.startswith(prompt)]


@dataclass(frozen=True, slots=True)
class Place:
    """A fresh copy of what the examples need, and a user who has nothing else."""

    folder: Path
    language: str

    @property
    def project(self) -> Path:
        return self.folder / "searcher"

    def prepare(self) -> None:
        """Copy the project's folder, put `searcher` and `fzf` in reach, index the seeds."""
        for name in _COPIED:
            source, target = ROOT / name, self.project / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
        for name, code in (("searcher", '-W error -m searcher "$@"'), ("fzf", f'{shlex.quote(str(Path(__file__)))} fzf "$@"')):
            _make_program(self.folder / "bin" / name, f"exec {shlex.quote(sys.executable)} {code}")
        self._run(["searcher", "index", "seeds"])

    def environment(self) -> dict[str, str]:
        home = str(self.folder / "home")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEARCHER", "XDG", "LC_", "LANG", "COLUMNS"))}
        path = os.pathsep.join((str(self.folder / "bin"), os.environ["PATH"]))
        return {**kept, "HOME": home, "PATH": path, "LANG": _LOCALES[self.language], "TERM": "xterm-256color", "PYTHONUTF8": "1"}

    def run_command(self, command: str) -> str:
        """What a shell command prints on a terminal of 80 columns."""
        return self._here(_left_on_screen(_on_terminal(command, self.project, self.environment())))

    def run_python(self, sources: list[str]) -> list[str]:
        """What each of some pieces of one program prints. (Of Whoosh's `cached_property`, Python 3.14 says that 3.16 will not run it.)"""
        warnings = ["-W", "error", "-W", "ignore:'asyncio.iscoroutinefunction'"]
        return [self._here(text) for text in json.loads(self._run([sys.executable, *warnings, "-c", _PROGRAM], json.dumps(sources)))]

    def converse(self, lines: list[str]) -> str:
        """A conversation at the prompt: what is typed, and what is answered."""
        return self._here(self._run([sys.executable, "-W", "error", "-c", _CONVERSATION, self.language], "\n".join(lines)))

    def run_recipe(self, script: str) -> None:
        """Run a piece of shell; its preview must mark a match."""
        printed = self._run(["bash", "-euo", "pipefail", "-c", script])
        assert "\x1b[1;31m" in printed, f"no match is marked in the preview of {script!r}: {printed!r}"

    def configure(self, text: str) -> None:
        """Read a configuration file."""
        path = self.folder / "config.toml"
        path.write_text(text, "utf-8")
        self._run(
            [
                sys.executable,
                "-c",
                "import pathlib, sys; from searcher.settings import read_settings; read_settings(pathlib.Path(sys.argv[1]))",
                str(path),
            ]
        )

    def _run(self, command: list[str], typed: str = "") -> str:
        environment = self.environment()
        program = shutil.which(command[0], path=environment["PATH"]) or command[0]
        done = subprocess.run(
            [program, *command[1:]], input=typed, cwd=self.project, env=environment, capture_output=True, encoding="utf-8", timeout=120
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def _here(self, text: str) -> str:
        return text.replace(str(self.project), "/home/you/searcher")


_PROGRAM = """
import contextlib, io, json, sys
printed, names = [], {"__name__": "__main__"}
for source in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(source, "<the page>", "exec"), names)
    printed.append(out.getvalue())
print(json.dumps(printed))
"""

_CONVERSATION = """
import sys
from pathlib import Path
from searcher.messages import speaker
from searcher.repl.commands import respond
from searcher.repl.session import Session
from searcher.settings import Settings
from searcher.surroundings import Surroundings
session = Session(Surroundings(Settings(), speaker(sys.argv[1]), Path("index").absolute(), color=False, fixed_width=80))
for line in sys.stdin.read().splitlines():
    print("› " + line)
    respond(session, line)
session.close()
"""


def _make_program(path: Path, line: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    path.chmod(0o755)


def _on_terminal(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """All that a command sends to a terminal of 80 columns and 50 rows."""
    import fcntl
    import pty
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
    with subprocess.Popen(["bash", "-c", command], stdin=its, stdout=its, stderr=its, cwd=folder, env=dict(environment)) as process:
        os.close(its)
        sent = b"".join(_until_closed(ours))
        process.wait(timeout=60)
    os.close(ours)
    return sent.decode()


def _until_closed(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # Linux says so when the last program has gone
            return
        if not piece:
            return
        yield piece


def _left_on_screen(sent: str) -> str:
    """What stays: a line that is erased takes what came before it, as a progress bar does."""
    return sent.replace("\r\n", "\n").rpartition("\x1b[2K")[2]


def _fzf(words: list[str]) -> None:
    """What a recipe needs of fzf when something is typed: the list of `change:reload`, and the preview of its first line."""
    query = shlex.quote("商汤")
    reload = next(word.removeprefix("change:reload:") for word in words if word.startswith("change:reload:"))
    choice, _, _ = level(_shell(reload.replace("{q}", query))).partition(words[words.index("--delimiter") + 1])
    preview = words[words.index("--preview") + 1]
    print(_shell(preview.replace("{q}", query).replace("{1}", shlex.quote(choice))))


def _shell(command: str) -> str:
    return subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=True).stdout


def _rewrite(path: Path, language: str) -> None:
    page = path.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        examples = try_page(page, language, Path(folder))
    for example in reversed([example for example in examples if not example.holds]):
        print(f"{path}:{example.block.line}")
        plain = re.sub(r"[ \t\r]+$", "", _VARYING[0][0].sub("", example.printed), flags=re.MULTILINE).rstrip("\n") + "\n"
        page = page[: example.block.start] + plain + page[example.block.end :]
    path.write_text(page, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["fzf"]:
        _fzf(sys.argv[2:])
    else:
        for name, language in PAGES.items():
            _rewrite(ROOT / name, language)

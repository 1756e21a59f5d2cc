"""The user's own programs: pager, editor, viewer of PDF files."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Thread

from searcher.errors import SearcherError
from searcher.messages import Say, say_remark
from searcher.remarks import of_system
from searcher.settings import command_words
from searcher.viewing.echo import echoed
from searcher.viewing.ending import at_once

MOST_PATTERNS = 50
GLANCE = 4_096

VIEWED = (".pdf", ".rtf")
"""Suffixes of documents that hold little but characters, and yet are none to be edited as text."""


class CannotStart(SearcherError):
    """A program of the user's that is not there or does not start; `reason` is said in the user's language."""


LINE_ARGUMENTS: Mapping[str, Callable[[str, int], list[str]]] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor"), lambda path, line: ["-g", f"{path}:{line}"]),
    **dict.fromkeys(("idea", "pycharm", "webstorm", "kate"), lambda path, line: ["--line", str(line), path]),
    "subl": lambda path, line: [f"{path}:{line}"],
    "hx": lambda path, line: [f"{path}:{line}"],
    "zed": lambda path, line: [f"{path}:{line}"],
    "mate": lambda path, line: ["-l", str(line), path],
    "notepad++": lambda path, line: [f"-n{line}", path],
    **dict.fromkeys(("notepad", "open"), lambda path, line: [path]),
}
"""How an editor is told the line; every other one understands `+LINE FILE`, as vi, emacs, nano, micro and kak do."""

PAGE_VIEWERS: Mapping[str, Callable[[str, str], list[str]]] = {
    "evince": lambda path, page: [f"--page-label={page}", path],
    "okular": lambda path, page: ["-p", page, path],
    "zathura": lambda path, page: ["-P", page, path],
    "xreader": lambda path, page: [f"--page-label={page}", path],
    "SumatraPDF": lambda path, page: ["-page", page, path],
}
"""Viewers that can be told the page, tried in this order."""


def edit(path: Path, *, line: int | None, page: str | None, editor: str | None, say: Say, config: Path) -> None:
    """Open a file where it matches: text in the editor at the line, a PDF in a viewer at the page, anything else in the program that the
    system has for it. Errors: CannotStart.
    """
    if not path.is_file():
        raise CannotStart(reason=say("no.file", id=path))
    if path.suffix.lower() in VIEWED or _is_binary(path):
        _view(str(path.absolute()), page, say)
        return
    chosen = editor or os.environ.get("VISUAL") or os.environ.get("EDITOR") or _first_editor()
    if chosen is None:
        raise CannotStart(reason=say("no.editor", path=config))
    _run([*words(chosen), *_at_line(words(chosen)[0], str(path.absolute()), line)], say, wait=True)


def _is_binary(path: Path) -> bool:
    """Whether an editor would show what no text has, as of a document of an office program."""
    try:
        with path.open("rb") as file:
            head = file.read(GLANCE)
    except OSError:  # the editor will say what is wrong
        return False
    return b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))


def page_through(text: str, pager: str, *, line: int, marked: Sequence[str] = (), say: Say) -> None:
    """Hand a text to the user's pager. Errors: CannotStart.

    `less` starts at `line` (from 1), shows colours, and its n and N go to the `marked` texts.
    """
    command = words(pager)
    environment = dict(os.environ)
    if Path(command[0]).stem == "less":
        command += ["-R", *_pattern(marked), f"+{line}g"]
        environment.setdefault("LESSCHARSET", "utf-8")
    try:
        process = subprocess.Popen(_found(command), stdin=subprocess.PIPE, env=environment)
    except OSError as error:
        raise CannotStart(reason=say("no.program", program=command[0], reason=say_remark(say, of_system(error)))) from error
    try:
        with echoed(), at_once():
            process.communicate(text.encode("utf-8", "replace"))
    except BrokenPipeError:
        process.wait()  # left before the end: what it had read was enough


def _pattern(marked: Sequence[str]) -> list[str]:
    """What less looks for: the marked texts as one pattern, not more of them than a command line should hold."""
    chosen = [re.escape(text) for text in marked[:MOST_PATTERNS]]
    return [f"-p{'|'.join(chosen)}"] if chosen else []


def words(command: str) -> list[str]:
    """A command with its arguments as the shell would split it; as one word where the quotes do not match."""
    try:
        return command_words(command) or [command]
    except ValueError:
        return [command]


def _found(command: Sequence[str]) -> list[str]:
    """The command with its program as the path has it: Windows itself would find no code.cmd."""
    return [shutil.which(command[0]) or command[0], *command[1:]]


def _first_editor() -> str | None:
    candidates = ("notepad",) if os.name == "nt" else ("sensible-editor", "vim", "vi", "nano", "emacs")
    return next(filter(shutil.which, candidates), None)


def _at_line(program: str, path: str, line: int | None) -> list[str]:
    if line is None:
        return [path]
    told = LINE_ARGUMENTS.get(Path(program).stem)
    return told(path, line) if told else [f"+{line}", path]


def _view(path: str, page: str | None, say: Say) -> None:
    if sys.platform == "win32":
        os.startfile(path)
        return
    told = next((name for name in PAGE_VIEWERS if shutil.which(name)), None) if page else None
    if told is not None and page is not None:
        command = [told, *PAGE_VIEWERS[told](path, page)]
    else:
        command = ["open" if sys.platform == "darwin" else "xdg-open", path]
    _run(command, say, wait=False)


def _run(command: list[str], say: Say, *, wait: bool) -> None:
    try:
        if wait:
            with echoed(), at_once():
                subprocess.run(_found(command), check=False)
        else:
            quiet = subprocess.DEVNULL
            process = subprocess.Popen(_found(command), stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
            Thread(target=process.wait, daemon=True).start()  # it outlives a Ctrl-C at the prompt, and is not left a zombie
    except OSError as error:
        raise CannotStart(reason=say("no.program", program=command[0], reason=say_remark(say, of_system(error)))) from error

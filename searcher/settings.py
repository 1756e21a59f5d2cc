"""What the user configured, and which index is meant.

The configuration is one TOML file, `searcher/config.toml` in the user's configuration folder; every key is optional:

    index = "~/notes/index"     # the index to use unless the command line or SEARCHER_INDEX names one
    language = "zh-Hant"        # of messages: en, zh-Hans, zh-Hant
    color = "auto"              # auto, always, never
    limit = 10                  # hits shown; 0 for all
    passages = 3                # per hit
    context = 150               # length of a passage, in terminal cells
    script = "tw"               # show titles and passages in this script: s, t, tw, hk
    expand = true               # look for other regions' words too
    editing = "emacs"           # keys of the prompt: emacs, vi
    completion = "typing"       # offer completions while typing, or only on the key: typing, tab
    live = true                 # show what the line finds while it is typed
    pager = "less -R"
    editor = "vim"
    synonyms = "~/synonyms.txt"     # what is looked for beside what is typed: 臺積電, TSMC
    dictionary = "~/words.txt"      # words of your own, one a line, that documents are cut with

    [converters]                # what makes text of files that nothing else reads, by suffix (docs/FORMATS.md)
    ".png" = "tesseract {file} - -l chi_sim+chi_tra"
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import field, fields
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from searcher.errors import InvalidSetting, SettingsUnreadable, UnknownSetting
from searcher.frozen import frozen
from searcher.messages import LANGUAGES
from searcher.remarks import Remark, of_system

APPLICATION = "searcher"
INDEX_FOLDER = "index"
INDEX_MARK = "searcher-index.json"
PROJECT_NOTE = "`searcher index`"
"""What the README of a project's still empty `index/` names, by which it is known as ours."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": LANGUAGES,
    "color": ("auto", "always", "never"),
    "script": ("s", "t", "tw", "hk"),
    "editing": ("emacs", "vi"),
    "completion": ("typing", "tab"),
}

KINDS: Mapping[str, tuple[type, str]] = {"int": (int, "reason.whole"), "bool": (bool, "reason.flag")}
"""How a field of `Settings` is written in the file; any other is a text."""


@frozen
class Settings:
    """What the configuration file says; a default where it says nothing."""

    index: str | None = None
    language: str | None = None
    color: str = "auto"
    limit: int = 10
    passages: int = 3
    context: int = 150
    script: str | None = None
    expand: bool = True
    editing: str = "emacs"
    completion: str = "typing"
    live: bool = False
    pager: str | None = None
    editor: str | None = None
    synonyms: str | None = None
    dictionary: str | None = None
    converters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_settings(path: Path | None = None) -> Settings:
    """The settings of a configuration file, the user's unless told otherwise; defaults where there is none.

    Errors: InvalidSetting, SettingsUnreadable, UnknownSetting.
    """
    path = path or config_path()
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsUnreadable(path=path, reason=of_system(error)) from error
    return Settings(**{name: _checked(path, name, value) for name, value in _parsed(path, content).items()})


def config_path() -> Path:
    """Where the user's configuration file is, or would be; an empty one where nobody knows the user's home."""
    import platformdirs

    folder = _folder(platformdirs.user_config_path)
    return folder / "config.toml" if folder else Path(os.devnull)


def state_folder() -> Path:
    """The folder of what is remembered between runs: made where it is missing, for its owner alone. Errors: OSError."""
    import platformdirs

    folder = _folder(platformdirs.user_state_path)
    if folder is None:
        raise FileNotFoundError("nobody knows the user's home")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _folder(find: Callable[..., Path]) -> Path | None:
    """A folder of the user's; None in a container whose user has neither a name nor HOME: platformdirs raises, or in older versions gives
    one called ~, which would lie in the current folder."""
    try:
        folder = find(APPLICATION, appauthor=False)
    except RuntimeError:
        return None
    return folder if folder.is_absolute() else None


def find_index(option: str | None, settings: Settings, *, environment: Mapping[str, str] = os.environ, here: Path | None = None) -> Path:
    """The folder of the index that is meant.

    In order: the option, SEARCHER_INDEX, the configuration, an `index/` of ours here or in a folder above, `./index`.
    """
    named = option or environment.get("SEARCHER_INDEX") or settings.index
    if named:
        return from_home(named).absolute()
    here = (here or Path.cwd()).absolute()
    near = (folder / INDEX_FOLDER for folder in (here, *here.parents))
    return next(filter(_is_ours, near), here / INDEX_FOLDER)


def from_home(path: str) -> Path:
    """A path that may begin with ~; it stays as it is where nobody knows that home, where `Path.expanduser` raises."""
    return Path(os.path.expanduser(path))  # noqa: PTH111


def command_words(command: str, *, windows: bool = os.name == "nt") -> list[str]:
    """A command as words, as the system's shell parts them: on Windows a backslash parts folders. ValueError: a quote is not closed."""
    lexer = shlex.shlex(command, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    if windows:
        lexer.escape, lexer.quotes = "", '"'
    return list(lexer)


def _is_ours(folder: Path) -> bool:
    """Whether a folder holds an index, or is the place a project keeps for one."""
    try:
        if (folder / INDEX_MARK).is_file():
            return True
        with (folder / "README.md").open(encoding="utf-8", errors="replace") as note:
            return PROJECT_NOTE in note.read(1_000)
    except OSError:  # not there, or not for us to read: then it is not ours
        return False


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    parser = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        parsed: dict[str, Any] = parser.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError and UnicodeDecodeError are the former; the latter is of lists in lists
        reason = Remark("reason.utf8") if isinstance(error, UnicodeDecodeError) else str(error)
        raise SettingsUnreadable(path=path, reason=reason) from error
    return parsed


def _checked(path: Path, name: str, value: object) -> Any:
    """The value of a key; UnknownSetting where there is no such key, InvalidSetting where the value is none of its kind."""
    known = {one.name: str(one.type) for one in fields(Settings)}
    invalid = partial(InvalidSetting, path=path, option=name)
    if name not in known:
        raise UnknownSetting(key=name, path=path, keys=tuple(known))
    if name == "converters":
        return _converters(invalid, value)
    kind, wanted = KINDS.get(known[name], (str, "reason.text"))
    if type(value) is not kind:
        raise invalid(value=value, reason=Remark(wanted))
    if isinstance(value, int) and value < 0:
        raise invalid(value=value, reason=Remark("reason.zero"))
    if name == "script":
        from searcher.query.fields import shown_script

        value = shown_script(str(value))
    if name in CHOICES and value not in CHOICES[name]:
        raise invalid(value=value, reason=Remark("reason.choice", choices=CHOICES[name]))
    return value


def _converters(invalid: Callable[..., InvalidSetting], value: object) -> dict[str, tuple[str, ...]]:
    """The commands by suffix, cut into words; no shell runs them."""
    if not isinstance(value, dict):
        raise invalid(value=value, reason=Remark("reason.table"))
    commands: dict[str, tuple[str, ...]] = {}
    for suffix, command in value.items():
        try:
            words = tuple(command_words(command)) if isinstance(command, str) else ()
        except ValueError:  # a quote that nothing closes
            words = ()
        if not suffix.startswith(".") or "{file}" not in " ".join(words):
            raise invalid(value=f"{suffix} = {command}", reason=Remark("reason.converter"))
        commands[suffix.lower()] = words
    return commands

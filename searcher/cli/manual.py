"""The manual page, in roff's man macros, from the table of commands and the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from searcher.cli.help import MORE_EXAMPLES, PROGRAM, called, first_examples, spelled, synopsis
from searcher.cli.table import COMMANDS, EVERYWHERE, Option
from searcher.messages import Say

QUERIES = (
    ("人脸识别 融资", "all"),
    ('"全球最大AI獨角獸"', "quoted"),
    ('"商汤 香港"~5', "near"),
    ("苹果 -手机", "without"),
    ("(商汤 OR 旷视) AND 融资", "either"),
    ("标题：商汤  path:法規  作者：湯曉鷗", "field"),
    ("date:2021-08..2021-10  日期：去年", "date"),
    ("sort:-date  排序：最新", "sort"),
    ("modified:7d  sort:-modified", "modified"),
    ("Sense*  recieve~", "pattern"),
)
"""What can be asked, each with its row `ask.NAME` of the catalogue."""

STATUSES = ("0", "1", "2", "130")
VARIABLES = ("SEARCHER_INDEX", "NO_COLOR", "COLUMNS", "PAGER", "VISUAL, EDITOR", "LC_ALL, LC_MESSAGES, LANG")
FILES = (
    ("~/.config/searcher/config.toml", "config"),
    ("~/.local/state/searcher/history", "history"),
    ("~/.local/state/searcher/last-search.json", "last"),
)
_HAN_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])(?=[\u3400-\u9fff])")
"""Where a line of Chinese may break, which roff does not know by itself: before any Han character."""


def manual_lines(say: Say, version: str) -> Iterator[str]:
    """The whole page."""
    from searcher.repl.commands import COMMANDS as PROMPT_COMMANDS
    from searcher.repl.commands import typed

    yield f'.TH SEARCHER 1 "" "searcher {version}"'
    yield ".ad l"
    yield from _section("NAME", [f"searcher \\- {_roff(say('about'))}"])
    yield ".SH SYNOPSIS"
    for call in (PROGRAM, f"{PROGRAM} [OPTION…] QUERY…", *map(synopsis, COMMANDS)):
        yield ".br"
        yield _roff(call)
    yield from _section("DESCRIPTION", [_roff(say("manual.description"))])
    yield ".SH COMMANDS"
    for command in COMMANDS:
        yield f'.SS "{_roff(called(command))}"'
        yield _roff(say(f"run.{command.name}"))
        yield from _options(say, command.options)
    yield ".SH OPTIONS"
    yield from _options(say, EVERYWHERE)
    yield ".SH PROMPT"
    yield _roff(say("help.head"))
    yield from _entries((typed(command), say(f"do.{command.name}")) for command in PROMPT_COMMANDS)
    yield ".PP"
    yield _roff(say("help.keys"))
    yield ".SH QUERIES"
    yield from _entries((asked, say(f"ask.{name}")) for asked, name in QUERIES)
    yield ".SH EXIT STATUS"
    yield from _entries((status, say(f"status.exit.{status}")) for status in STATUSES)
    yield ".SH ENVIRONMENT"
    yield from _entries((name, say(f"environment.{name.partition(',')[0]}")) for name in VARIABLES)
    yield ".SH FILES"
    yield from _entries((path, say(f"file.{name}")) for path, name in FILES)
    yield ".SH EXAMPLES"
    yield ".nf"
    yield from map(_roff, (*first_examples(say), *MORE_EXAMPLES))
    yield ".fi"


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f".SH {name}"
    yield from lines


def _options(say: Say, options: Iterable[Option]) -> Iterator[str]:
    return _entries((spelled(option), say(option.help)) for option in options)


def _entries(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, said in entries:
        yield ".TP"
        quoted = _roff(name).replace('"', "\\(dq")
        yield f'.B "{quoted}"'
        yield _roff(said)


def _roff(text: str) -> str:
    """A text as roff prints it: with the signs of a program's words, which it would make typographic ones."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("'", "\\(aq").replace("`", "\\(ga")
    escaped = _HAN_GAP.sub(r"\\:", escaped)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped

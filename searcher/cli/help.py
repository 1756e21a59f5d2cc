"""How the table of commands reads as help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searcher.cli.table import COMMANDS, EVERYWHERE, Command, Option
from searcher.messages import Say

PROGRAM = "searcher"

MORE_EXAMPLES = (
    "searcher search 軟體 --json | jq -r 'select(.rank).title'",
    "searcher search 負債率 --format paths -0 | xargs -0 tar czf found.tar.gz",
    "vim -q <(searcher search 軟體 --format grep)",
)


def help_lines(say: Say, command: Command | None = None) -> Iterator[str]:
    """The help of a command, or of the whole program."""
    if command is None:
        yield from _program_help(say)
        return
    yield say("usage.line", call=synopsis(command))
    yield ""
    yield say(f"run.{command.name}")
    yield ""
    yield say("heading", name=say("options"))
    yield from _rows((spelled(option), say(option.help)) for option in (*command.options, *EVERYWHERE))
    if command.text:
        yield ""
        yield say("help.foot")


def _program_help(say: Say) -> Iterator[str]:
    yield say("about")
    yield ""
    yield say("heading", name=say("usage"))
    yield from _rows([(PROGRAM, say("usage.repl")), (f"{PROGRAM} QUERY…", say("usage.bare")), (f"{PROGRAM} COMMAND …", "")])
    yield ""
    yield say("heading", name=say("commands"))
    yield from _rows((f"{command.name} {command.arguments}".strip(), say(f"run.{command.name}")) for command in COMMANDS)
    yield ""
    yield say("heading", name=say("options"))
    yield from _rows((spelled(option), say(option.help)) for option in EVERYWHERE)
    yield ""
    yield say("heading", name=say("examples"))
    yield from (f"  {example}" for example in first_examples(say))
    yield ""
    yield say("usage.foot")


def first_examples(say: Say) -> tuple[str, ...]:
    """A first session."""
    return f"{PROGRAM} index ~/notes", f"{PROGRAM} {say('example.query')}", f"{PROGRAM} open 3"


def synopsis(command: Command) -> str:
    """How a command is called, its options left open."""
    return " ".join(filter(None, (PROGRAM, command.name, "[OPTION…]", command.arguments)))


def called(command: Command) -> str:
    """A command with its arguments."""
    return f"{PROGRAM} {command.name} {command.arguments}".strip()


def spelled(option: Option) -> str:
    """An option as it is written."""
    names = ", ".join(filter(None, (option.short, option.name)))
    return f"{names} {option.argument}".strip()


def _rows(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Two columns, the second aligned."""
    listed = list(rows)
    width = max(len(left) for left, _ in listed)
    for left, right in listed:
        yield f"  {left:{width}}  {right}".rstrip()

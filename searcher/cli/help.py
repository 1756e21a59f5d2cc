"""How the table of commands reads: as help, as a manual page, as completion for a shell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searcher.cli.table import COMMANDS, EVERYWHERE, Command, Option
from searcher.messages import Say

PROGRAM = "searcher"


def help_lines(say: Say, command: Command | None = None) -> Iterator[str]:
    """The help of a command, or of the whole program."""
    if command is None:
        yield from _program_help(say)
        return
    yield f"{say('usage')}: {_synopsis(command)}"
    yield ""
    yield say(f"run.{command.name}")
    yield ""
    yield f"{say('options')}:"
    yield from _rows((_spelled(option), say(option.help)) for option in (*command.options, *EVERYWHERE))


def _program_help(say: Say) -> Iterator[str]:
    yield say("about")
    yield ""
    yield f"{say('usage')}:"
    yield from _rows(
        [
            (PROGRAM, say("usage.repl")),
            (f"{PROGRAM} QUERY…", say("usage.bare")),
            (f"{PROGRAM} COMMAND …", ""),
        ]
    )
    yield ""
    yield f"{say('commands')}:"
    yield from _rows((f"{command.name} {command.arguments}".strip(), say(f"run.{command.name}")) for command in COMMANDS)
    yield ""
    yield f"{say('options')}:"
    yield from _rows((_spelled(option), say(option.help)) for option in EVERYWHERE)
    yield ""
    yield say("usage.foot")


def manual_lines(say: Say, version: str) -> Iterator[str]:
    """The manual page, in roff's man macros."""
    yield f'.TH SEARCHER 1 "" "searcher {version}"'
    yield ".SH NAME"
    yield f"searcher \\- {_roff(say('about'))}"
    yield ".SH SYNOPSIS"
    for command in COMMANDS:
        yield ".br"
        yield _roff(_synopsis(command))
    for command in COMMANDS:
        yield f'.SH "{command.name.upper()} {_roff(command.arguments)}"'
        yield _roff(say(f"run.{command.name}"))
        yield from _manual_options(say, command.options)
    yield ".SH OPTIONS"
    yield from _manual_options(say, EVERYWHERE)


def _manual_options(say: Say, options: Iterable[Option]) -> Iterator[str]:
    for option in options:
        yield ".TP"
        yield f".B {_roff(_spelled(option))}"
        yield _roff(say(option.help))


def completion_lines(shell: str, say: Say) -> Iterator[str]:
    """A script that teaches a shell the commands and options: bash, zsh or fish."""
    if shell == "fish":
        yield from _fish(say)
        return
    if shell == "zsh":
        yield "autoload -Uz compinit bashcompinit && compinit && bashcompinit"
    yield from _bash()


def _bash() -> Iterator[str]:
    yield "_searcher() {"
    yield '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}" words'
    yield '    case "$before" in'
    for option in _distinct_options():
        if option.choices:
            yield f'        {option.name}) COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$word")); return ;;'
    yield "    esac"
    yield '    case "$command" in'
    for command in COMMANDS:
        names = " ".join(option.name for option in (*command.options, *EVERYWHERE))
        yield f'        {command.name}) words="{names}" ;;'
    yield f'        *) words="{" ".join(option.name for option in EVERYWHERE)}" ;;'
    yield "    esac"
    yield '    if [ "$COMP_CWORD" = 1 ]; then'
    yield f'        words="$words {" ".join(command.name for command in COMMANDS)}"'
    yield "    fi"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$word"))'
    yield "}"
    yield "complete -o default -F _searcher searcher"


def _fish(say: Say) -> Iterator[str]:
    for command in COMMANDS:
        yield f"complete -c searcher -n __fish_use_subcommand -a {command.name} -d {_quoted(say(f'run.{command.name}'))}"
        for option in command.options:
            yield _fish_option(say, option, f"-n '__fish_seen_subcommand_from {command.name}' ")
    for option in EVERYWHERE:
        yield _fish_option(say, option, "")


def _fish_option(say: Say, option: Option, condition: str) -> str:
    value = f" -x -a '{' '.join(option.choices)}'" if option.choices else " -r" if option.argument else ""
    return f"complete -c searcher {condition}-l {option.name[2:]}{value} -d {_quoted(say(option.help))}"


def _distinct_options() -> Iterable[Option]:
    every = (*(option for command in COMMANDS for option in command.options), *EVERYWHERE)
    return {option.name: option for option in every}.values()


def _synopsis(command: Command) -> str:
    return " ".join(filter(None, (PROGRAM, command.name, "[OPTION…]", command.arguments)))


def _spelled(option: Option) -> str:
    names = ", ".join(filter(None, (option.short, option.name)))
    return f"{names} {option.argument}".strip()


def _rows(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Two columns, the second aligned."""
    listed = list(rows)
    width = max(len(left) for left, _ in listed)
    for left, right in listed:
        yield f"  {left:{width}}  {right}".rstrip()


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"

"""The table of commands as completion for a shell: bash, zsh, fish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searcher.cli.arguments import named
from searcher.cli.table import COMMANDS, EVERYWHERE, SHELLS, Command, Option
from searcher.messages import Say
from searcher.query.fields import FACETS


def completion_lines(shell: str, say: Say) -> Iterator[str]:
    """A script that teaches a shell the commands, their options and the values of these."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](say)


def _bash(_: Say) -> Iterator[str]:
    yield "_searcher() {"
    yield '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}" words'
    yield '    case "$before" in'
    for option in _distinct_options():
        if option.choices:
            yield f'        {option.name}) COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$word")); return ;;'
        elif option.kind == "folder":
            yield f'        {option.name}) COMPREPLY=($(compgen -d -- "$word")); return ;;'
    yield "    esac"
    yield '    case "$command" in'
    for pattern, command in _cases():
        names = " ".join((*(option.name for option in (*command.options, *EVERYWHERE)), *_words(command)))
        yield f'        {pattern}) words="{names}" ;;'
    yield "    esac"
    yield '    if [ "$COMP_CWORD" = 1 ]; then'
    yield f'        words="$words {" ".join(command.name for command in COMMANDS)}"'
    for command in COMMANDS:
        if command.offers:
            yield f'    elif [ "$command" = {command.name} ] && [[ "$word" != -* ]]; then'
            yield f'        words="{" ".join(_words(command))}"'
    yield "    fi"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$word"))'
    yield "}"
    yield "complete -o default -F _searcher searcher"


def _zsh(say: Say) -> Iterator[str]:
    yield "#compdef searcher"
    yield "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }"
    yield "_searcher() {"
    yield "    local -a commands everywhere=("
    yield from (f"        {_zsh_option(option, say)}" for option in EVERYWHERE)
    yield "    )"
    yield "    commands=("
    yield from (f"        {_quoted_zsh(command.name + ':' + say('run.' + command.name))}" for command in COMMANDS)
    yield "    )"
    yield "    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then"
    yield "        _describe -t commands command commands"
    yield "        return"
    yield "    fi"
    yield "    local command=$words[2]"
    yield "    (( CURRENT > 2 )) && [[ $command != -* ]] && { shift words; (( CURRENT-- )) }"
    yield "    case $command in"
    for pattern, command in _cases():
        options = " ".join(_zsh_option(option, say) for option in command.options)
        yield f"        {pattern}) _arguments -s $everywhere {options} {_zsh_words(command)} ;;"
    yield "    esac"
    yield "}"
    yield 'if [ "$funcstack[1]" = _searcher ]; then _searcher "$@"; else compdef _searcher searcher; fi'


def _zsh_words(command: Command) -> str:
    if _words(command):
        return f"'1:word:({' '.join(_words(command))})'"
    return "'*:file:_files'" if command.offers == "paths" else ""


def _zsh_option(option: Option, say: Say) -> str:
    said = say(option.help).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    names = f"(-{option.short[1]} {option.name})" if option.short else ""
    value = ""
    if option.argument:
        values = f"({' '.join(option.choices)})" if option.choices else "_files -/" if option.kind == "folder" else " "
        value = f":{option.argument}:{values}"
    spelled = [option.name + ("=" if value else ""), *([option.short] if option.short else [])]
    return " ".join(_quoted_zsh(f"{'*' if option.kind == 'texts' else names}{name}[{said}]{value}") for name in spelled)


def _quoted_zsh(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fish(say: Say) -> Iterator[str]:
    yield "complete -c searcher -f"
    for command in COMMANDS:
        yield f"complete -c searcher -n __fish_use_subcommand -a {command.name} -d {_quoted_fish(say(f'run.{command.name}'))}"
        seen = f"-n '__fish_seen_subcommand_from {command.name}' "
        if command is named("search"):
            seen = f"-n 'not __fish_seen_subcommand_from {' '.join(other.name for other in COMMANDS if other is not command)}' "
        if command.offers == "paths":
            yield f"complete -c searcher {seen}-F"
        if _words(command):
            yield f"complete -c searcher {seen}-a '{' '.join(_words(command))}'"
        for option in command.options:
            yield _fish_option(say, option, seen)
    for option in EVERYWHERE:
        yield _fish_option(say, option, "")


def _fish_option(say: Say, option: Option, condition: str) -> str:
    short = f" -s {option.short[1:]}" if option.short else ""
    value = (
        f" -x -a '{' '.join(option.choices)}'"
        if option.choices
        else " -r -F"
        if option.kind == "folder"
        else " -x"
        if option.argument
        else ""
    )
    return f"complete -c searcher {condition}-l {option.name[2:]}{short}{value} -d {_quoted_fish(say(option.help))}"


def _quoted_fish(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _cases() -> Iterator[tuple[str, Command]]:
    """The commands by their names; anything else is a bare query, which takes what `search` takes."""
    yield from ((command.name, command) for command in COMMANDS)
    yield from (("*", command) for command in COMMANDS if command is named("search"))


def _words(command: Command) -> tuple[str, ...]:
    """The words a command can begin with, where these are few."""
    return {"shells": SHELLS, "facets": FACETS}.get(command.offers, ())


def _distinct_options() -> Iterable[Option]:
    every = (*(option for command in COMMANDS for option in command.options), *EVERYWHERE)
    return {option.name: option for option in every}.values()

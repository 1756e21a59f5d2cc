"""What the words of a command line mean.

    search 蘋果 -手機 --limit 5      search, words 蘋果 and -手機, limit 5
    蘋果                             the same as search 蘋果
    search -- --limit                search, word --limit
    蘋果 -l0 -n5                     the same as 蘋果 -l -0 -n 5

Not argparse: in a query an unknown word with a dash excludes, options may stand between the words of a query,
and help, completion and the manual page come from the same table in three languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from searcher.cli.help import synopsis
from searcher.cli.table import COMMANDS, EVERYWHERE, Command, Option, Options
from searcher.errors import SearcherError
from searcher.frozen import frozen
from searcher.messages import Say

EXAMPLES = {
    "sort": "-date",
    "date": "2021-08",
    "after": "2021-08",
    "before": "2021-08",
    "year": "2021",
    "modified": "7d",
    "format": "pdf",
    "ext": "pdf",
}
"""Values of fields that other programs have as options."""


ELSEWHERE = {
    **{"--max-count": "--limit", "--top": "--limit", "--files-with-matches": "--paths", "--files": "--paths", "--print0": "--null"},
    **{"--format": "--json", "-v": "--verbose", "-q": "--quiet"},
}
"""What other programs, or other commands of this one, call an option."""


class UsageError(SearcherError):
    """A command line that cannot be understood; `reason` is said in the user's language."""


@frozen
class Asked:
    """A command line as understood: `command` is None where only options were given; `implied` where no word names it.

    `letters`: words that are a dash and one letter, as options of other programs are, and here belong to the query.
    """

    command: Command | None
    words: tuple[str, ...]
    options: Options
    implied: bool = False
    letters: tuple[str, ...] = ()


def understand(words: Sequence[str], say: Say) -> Asked:
    """Read a command line. Errors: UsageError."""
    words = list(_apart(words))
    command, rest = _command(words)
    reader = _Reader(command, say)
    found, options = reader.read(rest)
    if command is not None and command.most is not None and len(found) > command.most and not options.help:
        raise UsageError(reason=say("too.many", extra=" ".join(found[command.most :]), call=synopsis(command)))
    return Asked(command, found, options, implied=command is not None and len(rest) == len(words), letters=tuple(reader.letters))


def wished_language(words: Sequence[str]) -> str | None:
    """The value of --lang, wherever it stands: needed before anything can be said, errors in the other words included."""
    for word, following in zip(words, (*words[1:], None), strict=False):
        if word == "--":
            return None
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _options_of(command: Command | None) -> tuple[Option, ...]:
    """The options a command takes; a bare query takes those of `search`."""
    return EVERYWHERE if command is None else (*command.options, *EVERYWHERE)


def named(name: str) -> Command | None:
    """The command of this name."""
    return next((command for command in COMMANDS if command.name == name), None)


def _apart(words: Sequence[str]) -> Iterator[str]:
    """The words with short options that are written together, or with their number, set apart: -l0 → -l -0, -n5 → -n 5."""
    short = [option for option in _options_of(named("search")) if option.short]
    flags, numbers = ("".join(option.short[1] for option in short if bool(option.argument) is taken) for taken in (False, True))
    together = re.compile(f"-(?P<flags>[{flags}]*)(?:(?P<option>[{numbers}])(?P<number>[0-9]+))?")
    for place, word in enumerate(words):
        if word == "--":
            yield from words[place:]
            return
        found = together.fullmatch(word) if len(word) > 2 else None
        if found is None:
            yield word
            continue
        yield from (f"-{flag}" for flag in found["flags"])
        if found["option"]:
            yield from (f"-{found['option']}", found["number"])


def _command(words: Sequence[str]) -> tuple[Command | None, list[str]]:
    """The command, and the words without its name.

    The first word that is neither an option nor an option's value names it, or opens a query.
    """
    search = named("search")
    position = 0
    while position < len(words):
        word = words[position]
        if word == "--":
            return search, list(words)
        option = _find(word, _options_of(search))
        if option is None and word.startswith("--"):
            return search, list(words)  # the reader says what is wrong with it
        if option is None:
            command = named(word)
            return (command, [*words[:position], *words[position + 1 :]]) if command else (search, list(words))
        position += 2 if option.argument and "=" not in word else 1
    only_everywhere = all(_find(word, EVERYWHERE) for word in words if word.startswith("-"))
    return None if only_everywhere else search, list(words)


_LETTER = re.compile("-[A-Za-z]")


class _Reader:
    """Reads the words behind a command, left to right."""

    def __init__(self, command: Command | None, say: Say) -> None:
        self.command = command
        self.known = _options_of(command)
        self.say = say
        self.options = Options()
        self.letters: list[str] = []

    def read(self, words: Sequence[str]) -> tuple[tuple[str, ...], Options]:
        found: list[str] = []
        rest = list(words)
        while rest:
            word = rest.pop(0)
            if word == "--":
                found += rest
                break
            option = _find(word, self.known)
            if option is not None:
                self._take(option, word, rest)
            elif self._is_text(word):
                found.append(word)
                self.letters += [word] if _LETTER.fullmatch(word) else []
            else:
                raise UsageError(reason=self._unknown(word.partition("=")[0]))
        return tuple(found), self.options

    def _unknown(self, option: str) -> str:
        from difflib import get_close_matches

        from searcher.query.fields import canonical

        names = [known.name for known in self.known]
        meant = [ELSEWHERE[option]] if option in ELSEWHERE else get_close_matches(option, names, n=1, cutoff=0.75)
        if meant and meant[0] in names:
            return self.say("unknown.option.near", option=option, near=meant[0])
        if (name := canonical(option.lstrip("-"))) is not None:
            return self.say("unknown.option.field", option=option, name=name, example=EXAMPLES.get(name, "…"))
        is_query = self.command is None or self.command.text
        command = self.command.name if self.command else "search"
        return self.say("unknown.option.text" if is_query else "unknown.option", option=option, command=command)

    def _is_text(self, word: str) -> bool:
        """Whether a word that is no known option is text: all but `--word`, and in a query also `-word`."""
        if not word.startswith("-") or word == "-":
            return True
        if not word[1:2].isascii():
            return True
        return self.command is not None and self.command.text and not word.startswith("--")

    def _take(self, option: Option, word: str, rest: list[str]) -> None:
        value = option.value
        if option.argument:
            value = self._value(option, word, rest)
        elif "=" in word:
            raise UsageError(reason=self.say("option.flag", option=option.name))
        self.options = replace(self.options, **{option.field: value})  # type: ignore[arg-type]  # the table names fields of Options

    def _value(self, option: Option, word: str, rest: list[str]) -> object:
        name, equals, value = word.partition("=")
        if not equals:
            if not rest:
                raise UsageError(reason=self.say("option.needs", option=name, argument=option.argument))
            value = rest.pop(0)
        if option.kind == "number":
            if not (value.isascii() and value.isdigit() and len(value) < 10):
                raise UsageError(reason=self.say("option.number", option=name, value=value))
            return int(value)
        if option.field == "script":
            from searcher.query.fields import shown_script

            value = shown_script(value)
        if option.kind == "choice" and value not in option.choices:
            raise UsageError(reason=self.say("option.choice", option=name, value=value, choices=tuple(option.choices)))
        if option.kind == "texts":
            return (*getattr(self.options, option.field), value)
        return value


def _find(word: str, options: Sequence[Option]) -> Option | None:
    name = word.partition("=")[0]
    return next((option for option in options if name == option.name or (option.short and word == option.short)), None)

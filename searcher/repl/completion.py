"""What may come next: commands and their values, fields and theirs, words of the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from searcher.errors import SearcherError
from searcher.printer.script import convert
from searcher.printer.visible import one_line
from searcher.query.fields import FACETS, NAMES, SORT, SORTS, canonical, nearest
from searcher.repl.commands import COMMANDS, commands_called
from searcher.repl.session import Session
from searcher.settings import CHOICES
from searcher.text.folding import fold
from searcher.text.scripts import script_of

LIMIT = 10

VALUED = {
    **dict.fromkeys(("date", "after", "before", "year"), "year"),
    **{name: name for name in ("author", "category", "ext", "format", "script", "from", "to")},
}
"""Fields whose values are few, or worth a menu, and the field of the index that has them."""

SHORTEST_LATIN = 2
"""Letters that must stand before words are offered: one alone says nothing, and may be the first of an input method's."""

_WORD = re.compile(r"""[^\s"“”「」『』()（）]*$""")
_HAN_END = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+$")


class QueryCompleter(Completer):
    """Completes commands at once, and words of the index once it is open; it never waits for it. Runs in a thread of its own."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        with suppress(SearcherError, OSError):  # an index that was removed, or is damaged: the search will say so
            yield from self._possible(document.text_before_cursor, complete_event)

    def _possible(self, text: str, event: CompleteEvent) -> Iterator[Completion]:
        if text[:1] in (":", "："):
            yield from self._command(text[1:], event)
        else:
            yield from self._query(text)

    def _command(self, text: str, event: CompleteEvent) -> Iterator[Completion]:
        typed, space, argument = text.partition(" ")
        if not space:
            yield from _beginning(typed, (command.name for command in COMMANDS), lambda name: self.session.say(f"do.{name}"))
            return
        meant = commands_called(typed.lower())
        name = meant[0].name if len(meant) == 1 else ""
        if name in ("script", "expand", "strict", "live", "facets"):
            values = {"script": CHOICES["script"], "facets": (*FACETS, *self.session.fields)}.get(name, ("on", "off"))
            yield from _beginning(argument.rpartition(" ")[2], values)
        elif name in ("index", "save"):
            yield from PathCompleter(expanduser=True).get_completions(Document(argument), event)
        elif name in ("scope", "why"):
            yield from self._query(argument)

    def _query(self, text: str) -> Iterator[Completion]:
        found = _WORD.search(text)
        word = found[0].lstrip("-－") if found else ""
        if not word:
            return
        field, colon, value = _split(word)
        name = canonical(field, self.session.fields) if colon else None
        if name in VALUED or name in self.session.fields or name == SORT:
            yield from self._values(name, value)
            return
        if not colon:
            yield from _beginning(word, (f"{name}:" for name in self._field_names()))
        elif name is None:
            yield from self._meant_field(field, value)
        yield from self._terms(value)

    def _field_names(self) -> Iterator[str]:
        for name, aliases in NAMES.items():
            yield name
            yield from aliases
        yield from self.session.fields

    def _meant_field(self, typed: str, value: str) -> Iterator[Completion]:
        """The field that was meant by a name that none has: autor: → author:."""
        if name := nearest(typed, self.session.fields):
            yield Completion(f"{name}:{value}", start_position=-len(typed) - 1 - len(value))

    def _values(self, field: str, typed: str) -> Iterator[Completion]:
        """The values that a field has in the index; one with a space needs its quotes."""
        if field == SORT:
            yield from _beginning(typed, SORTS)
            return
        name = VALUED.get(field, field)
        values = self.session.values(name, typed)
        for value in sorted(values, reverse=True) if name == "year" else values:
            if value != typed:
                shown = one_line(value)
                yield Completion(f'"{shown}"' if " " in shown else shown, start_position=-len(typed), display=shown)

    def _terms(self, text: str) -> Iterator[Completion]:
        """Words of the index that go on from the end of the text: from its longest end that any word begins with."""
        index = self.session.ready
        if index is None:
            return
        for end in _ends(text):
            words = index.complete(end, limit=LIMIT, before=text.removesuffix(end))
            if words:
                yield from (Completion(one_line(self._written(end, word)), start_position=-len(end)) for word in words)
                return

    def _written(self, typed: str, word: str) -> str:
        """A word of the index, which is folded, in the script that is written here, and what it goes on from as it was typed."""
        script = self.session.writes or ("t" if script_of(typed) == "traditional" else None)
        written = convert(word, (), script)[0] if script else word
        goes_on = fold(word).text.startswith(fold(typed).text) and len(written) == len(word)
        return typed + written[len(typed) :] if goes_on else written


def _beginning(typed: str, names: Iterable[str], help: object = None) -> Iterator[Completion]:
    for name in names:
        if name.startswith(typed) and name != typed:
            yield Completion(name, start_position=-len(typed), display_meta=help(name) if callable(help) else None)


def _split(word: str) -> tuple[str, str, str]:
    """A word at its first colon, ASCII or fullwidth; without one it is all value."""
    found = re.search("[:：]", word)
    return (word[: found.start()], found[0], word[found.end() :]) if found else ("", "", word)


def _ends(text: str) -> Iterator[str]:
    """What at the end of a text may be the beginning of a word: all of it, then ever less of its last Han run."""
    if text.isascii() and len(text) < SHORTEST_LATIN:
        return
    yield text
    found = _HAN_END.search(text)
    run = found[0] if found else ""
    for length in range(min(len(run), 4), 0, -1):
        if run[-length:] != text:
            yield run[-length:]

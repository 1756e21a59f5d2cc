"""The members of a list in JSON come one by one, so that a million of them take no more room than the text that they stand in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator
from typing import NamedTuple

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")

IsWanted = Callable[[object], bool]


def members(text: str, start: int) -> Generator[object, None, int]:
    """The members of the list that begins at a place; returns where it ends. ValueError where it is no JSON."""
    at = _behind_space(text, start + 1)
    while not text.startswith("]", at):
        value, at = _DECODER.raw_decode(text, at)
        yield value
        at = _behind_comma(text, at, "]")
    return at + 1


class Found(NamedTuple):
    """A list in a text: where it begins and ends, how many members it has and how many of them are wanted."""

    start: int
    end: int
    length: int
    wanted: int


def lists_in(text: str, is_wanted: IsWanted) -> tuple[tuple[str, ...], list[Found]]:
    """Of a whole text that is a list, or an object, read without holding it: the names in the object, and each list in it, or the one that
    it is. ValueError where it is neither.
    """
    start = _behind_space(text, 0)
    if text.startswith("{", start):
        names, lists, end = _lists_in_object(text, start, is_wanted)
    elif text.startswith("[", start):
        found = _counted(text, start, is_wanted)
        names, lists, end = [], [found], found.end
    else:
        raise json.JSONDecodeError("Expecting a list or an object", text, start)
    if _behind_space(text, end) < len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return tuple(names), lists


def _lists_in_object(text: str, start: int, is_wanted: IsWanted) -> tuple[list[str], list[Found], int]:
    names: list[str] = []
    lists: list[Found] = []
    at = _behind_space(text, start + 1)
    while not text.startswith("}", at):
        name, at = _DECODER.raw_decode(text, at)
        names.append(str(name))
        at = _behind_space(text, _behind_space(text, at) + 1)  # a colon
        begin = at
        if text.startswith("[", begin):
            lists.append(_counted(text, begin, is_wanted))
            at = lists[-1].end
        else:
            _, at = _DECODER.raw_decode(text, at)
        at = _behind_comma(text, at, "}")
    return names, lists, at + 1


def _counted(text: str, start: int, is_wanted: IsWanted) -> Found:
    count = wanted = 0
    found = members(text, start)
    while True:
        try:
            value = next(found)
        except StopIteration as end:
            return Found(start, end.value, count, wanted)
        count += 1
        wanted += is_wanted(value)


def _behind_comma(text: str, at: int, end: str) -> int:
    """Where the next member begins, or the list or object ends."""
    at = _behind_space(text, at)
    if text.startswith(end, at):
        return at
    if not text.startswith(",", at):
        raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
    return _behind_space(text, at + 1)


def _behind_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at

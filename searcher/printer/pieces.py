"""A marked text as pieces: stretches that are marked or not, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from searcher.results import Mark


class Piece(NamedTuple):
    """A stretch of text; `marked` where the query matches."""

    text: str
    marked: bool


def pieces(text: str, marks: Sequence[Mark], shown: Callable[[str], str] = str) -> Iterator[Piece]:
    """The stretches of a text, each as `shown` gives it; joined they are the whole text. Marks ascend and are disjoint."""
    position = 0
    for start, end in marks:
        if position < start:
            yield Piece(shown(text[position:start]), False)
        if start < end:
            yield Piece(shown(text[start:end]), True)
        position = max(position, end)
    if position < len(text):
        yield Piece(shown(text[position:]), False)

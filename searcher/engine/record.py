"""A document as the engine takes it: analysed fields, keywords, numbers, and what is stored to be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, TypeAlias

from searcher.frozen import frozen
from searcher.text.pairs import Pairs

JSON: TypeAlias = Any
"""What JSON can say: None, bool, int, float, str, and lists and dicts (with keys of str) of these."""


@frozen
class Terms:
    """One analysed field of one document: its terms in order, and the position of each (None: not kept)."""

    texts: Sequence[str]
    positions: Sequence[int] | None = None

    @property
    def positional(self) -> bool:
        return self.positions is not None


@frozen
class Token:
    """A term of a text and where it stands: its position; `start`, `end`: offsets into the text as it was given, half open."""

    text: str
    position: int
    start: int
    end: int


Cut: TypeAlias = Callable[[str, bool], Iterable[Token]]
"""Cuts a text into tokens; True: as a query, not as a document."""


@frozen
class Part:
    """A block of a long text with its terms, by field; `position`: its first."""

    text: str
    position: int
    fields: Mapping[str, Terms | Pairs]


@frozen
class Record:
    """One document, analysed.

    `keywords`: exact values, `name:value`. `numbers`: what can be sorted by and asked for in ranges, signed 64 bits.
    `values`: what is given back with a hit. `text`: what is given back in passages, stored in `blocks`.
    `blocks`: (start offset in `text`, first position) of each block, ascending, the first (0, 0).
    `parts`: a text too long to be held with all its terms comes in their place, block by block; `fields` has its fields, without a term.
    """

    id: str
    fields: Mapping[str, Terms | Pairs] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, JSON] = field(default_factory=dict)
    text: str = ""
    blocks: tuple[tuple[int, int], ...] = ((0, 0),)
    parts: Iterable[Part] = ()

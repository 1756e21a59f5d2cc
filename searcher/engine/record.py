"""A document as the engine takes it: analysed fields, keywords, numbers, and what is stored to be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

JSON: TypeAlias = Any
"""What JSON can say: None, bool, int, float, str, and lists and dicts (with keys of str) of these."""


@dataclass(frozen=True, slots=True)
class Terms:
    """One analysed field of one document: its terms in order, and the position of each (None: not kept)."""

    texts: Sequence[str]
    positions: Sequence[int] | None = None

    @property
    def positional(self) -> bool:
        return self.positions is not None


NOTHING, LONGER = "\0", "\1"


@dataclass(frozen=True, slots=True)
class Pairs:
    """One analysed field of one document, nearly all of whose terms are a character and the one behind it: what `Terms` says, in a
    twentieth of the room, and taken without looking at the terms one by one.

    `line`: a character for each position from `first` on, and one more, at which no term begins. The term at a position is its character
    with the next one, or that alone where `NOTHING` or `LONGER` is next. At `NOTHING` there is none, at `LONGER` any other, of which
    `longer` has the texts in order.

        分散\0\1\1\0, (5, g)   →   分散@0 散@1 5@3 g@4
    """

    line: str
    longer: Sequence[str] = ()
    first: int = 0

    @property
    def positional(self) -> bool:
        return True

    @property
    def texts(self) -> list[str]:
        longer, atoms = iter(self.longer), [(one, other) for one, other in pairwise(self.line) if one != NOTHING]
        return [next(longer) if one == LONGER else one + other if other > LONGER else one for one, other in atoms]

    @property
    def positions(self) -> list[int]:
        return [position for position, one in enumerate(self.line[:-1], self.first) if one != NOTHING]


@dataclass(frozen=True, slots=True)
class Token:
    """A term of a text and where it stands: its position; `start`, `end`: offsets into the text as it was given, half open."""

    text: str
    position: int
    start: int
    end: int


Cut: TypeAlias = Callable[[str, bool], Iterable[Token]]
"""Cuts a text into tokens; True: as a query, not as a document."""


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a long text with its terms, by field; `position`: its first."""

    text: str
    position: int
    fields: Mapping[str, Terms | Pairs]


@dataclass(frozen=True, slots=True)
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

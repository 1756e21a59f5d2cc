"""What the user asked for: a tree of frozen data.

The tree says what was typed, not how it is found; `search.py` turns it into requests to the engine.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from searcher.errors import SearcherError  # noqa: F401  (the parser never raises; kept for the docstring's contract)

Node = "Text | All | Any | Not | Range"


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text to find. `text` is as typed, without its quotes and operators.

    `field` is None (title and text) or the canonical English name of a known field.
    `slop` is the greatest number of positions between the parts of a quoted text, 0 for exactly that run.
    """

    text: str
    quoted: bool = False
    field: str | None = None
    slop: int = 0
    prefix: bool = False
    fuzzy: int = 0


@dataclass(frozen=True, slots=True)
class All:
    """Every child must hold. `explicit` where the user wrote AND or parentheses: such a conjunction is never relaxed."""

    children: tuple[Text | All | Any | Not | Range, ...]
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Any:
    """One child must hold."""

    children: tuple[Text | All | Any | Not | Range, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child must not hold."""

    child: Text | All | Any | Not | Range


@dataclass(frozen=True, slots=True)
class Range:
    """A date or number between `low` and `high`, both inclusive, None for open: ISO 8601 dates, partial allowed ("2021-08")."""

    field: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed and what it was understood as. `tree` is None where nothing can be searched for (blank, only punctuation)."""

    text: str
    tree: Text | All | Any | Not | Range | None
    sort: str | None = None
    notices: tuple[str, ...] = ()


def parse(text: str, *, fields: Collection[str] = ()) -> Query:
    """Understand what was typed; never raises. `fields` are known beside the built-in ones."""
    raise NotImplementedError

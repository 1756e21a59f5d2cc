"""What a document must have to match: a Boolean tree of frozen data.

    AllOf((Term(WORDS, "融资"), AnyOf((Run(GRAMS, ("商汤", "科技"), (0, 2)), Term(WORDS, "商汤")))))

Texts of terms are analysed already: they are compared code point by code point with what was indexed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import ge
from typing import Any, Protocol, TypeAlias

from searcher.frozen import frozen


@frozen
class Term:
    """Has the term in one of the fields."""

    fields: tuple[str, ...]
    text: str


@frozen
class Prefix:
    """Has a term that starts with `text` in one of the fields."""

    fields: tuple[str, ...]
    text: str


@frozen
class Wildcard:
    """Has a term of this pattern in one of the fields; `*` stands for any characters, none included, and everything else for itself."""

    fields: tuple[str, ...]
    pattern: str


@frozen
class Fuzzy:
    """Has a term within an edit distance that begins as the text does, in its first `prefix` characters.

    A distance (at most 2) counts insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
    """

    fields: tuple[str, ...]
    text: str
    distance: int = 1
    prefix: int = 1


@frozen
class Run:
    """Has the terms at these offsets from one another, in one of the fields; each field on its own.

    `open_end`: the last term is a prefix.
    `slop`: how far terms may stand from their places, in sum: at positions p(i), the sum of |p(i) − offset(i) − start| for the best start.
    `ordered`: with slop, the positions must ascend as the offsets do; else the terms may come in any order, each at its own position.
    """

    fields: tuple[str, ...]
    terms: tuple[str, ...]
    offsets: tuple[int, ...]
    open_end: bool = False
    slop: int = 0
    ordered: bool = True

    def __post_init__(self) -> None:
        if not self.terms or len(self.terms) != len(self.offsets):
            raise ValueError(f"a run needs one offset for each of its terms: {self.terms!r} at {self.offsets!r}")
        if any(map(ge, self.offsets, self.offsets[1:])):
            raise ValueError(f"the offsets of a run must ascend: {self.offsets!r}")

    @property
    def shape(self) -> tuple[object, ...]:
        """What the run looks for, in whichever fields."""
        return self.terms, self.offsets, self.open_end, self.slop, self.ordered


Link: TypeAlias = tuple[tuple[str, int], ...]
"""The terms of which one must stand at a place, each with the distance to the next link behind it."""


class BornOut(Protocol):
    """Says whether what is stored of a document confirms a match by positions, which do not tell what stands in a gap.

    `field`: the one that matched; `values` gives what is stored beside the text; `texts`: the blocks of the text that hold the gaps.
    """

    def __call__(self, field: str, values: Callable[[], Mapping[str, Any]], texts: Iterable[str]) -> bool: ...


@frozen
class Linked:
    """Has a run with other signs between its terms: in one of the fields a term of each link, each at its distance from the one before, and
    behind the last a term that starts with `end`; but not the `run` itself.

    `borne_out` is asked whether a document matches, except where all of its terms are adjacent, so that there is no gap.
    `otherwise`: matches only if no document has the run, deleted ones aside.
    """

    fields: tuple[str, ...]
    links: tuple[Link, ...]
    end: str
    run: Run
    borne_out: BornOut
    otherwise: bool = False


@frozen
class Keyword:
    """Has this keyword, `name:value`."""

    text: str


@frozen
class KeywordPrefix:
    """Has a keyword that starts with `text`; no limit on expansion applies."""

    text: str


@frozen
class NumberRange:
    """Has a number between `low` and `high`, both included, None for no bound; a document without the number never matches."""

    column: str
    low: int | None = None
    high: int | None = None


@frozen
class Short:
    """Has at most so many terms in a field, repeated ones counted each time; a document without the field has 0."""

    field: str
    most: int


@frozen
class Every:
    """All documents."""


@frozen
class Nothing:
    """No document."""


class Joining:
    """A node that joins others."""

    __slots__ = ()
    children: tuple[Node, ...]

    @property
    def nbytes(self) -> int:
        """Roughly how many bytes a cache that keeps the node keeps with it."""
        return 200 * len(self.children)


@frozen
class AllOf(Joining):
    """Matches all children; without children, every document."""

    children: tuple[Node, ...]


@frozen
class AnyOf(Joining):
    """Matches one child or more; without children, no document."""

    children: tuple[Node, ...]


@frozen
class AtLeast(Joining):
    """Matches `count` children or more; every document where `count` is 0 or less."""

    count: int
    children: tuple[Node, ...]


@frozen
class Telling(Joining):
    """Matches what has enough of the children. A child weighs its idf; enough is `share` of the greatest weight that any document has.

    Where the children that any document has at all weigh less than `known` of the weight of all children together, the index knows too
    little of what is asked: then nothing matches, unless at most `few` documents would.
    """

    share: float
    children: tuple[Node, ...]
    known: float = 0.0
    few: int = 0


@frozen
class Not:
    """All documents that do not match the child."""

    child: Node


@frozen
class Together:
    """Matches the child, a tree, within one stretch of a field: its terms and runs stand in that stretch, or anywhere in another of their
    fields, such as the title. All nodes in it but terms, runs, AllOf and AnyOf need only match the document.

    Stretches are `length` positions long, an even number; each begins half a length behind the one before. A run counts where it ends.
    """

    field: str
    child: Node
    length: int

    def __post_init__(self) -> None:
        if self.length < 2 or self.length % 2:
            raise ValueError(f"stretches are of an even number of positions, not of {self.length}")


Leaf: TypeAlias = Term | Prefix | Wildcard | Fuzzy | Run
"""What stands at positions of a field, and can be counted and scored."""

Node: TypeAlias = (
    Term
    | Prefix
    | Wildcard
    | Fuzzy
    | Run
    | Linked
    | Keyword
    | KeywordPrefix
    | NumberRange
    | Short
    | Every
    | Nothing
    | AllOf
    | AnyOf
    | AtLeast
    | Telling
    | Not
    | Together
)

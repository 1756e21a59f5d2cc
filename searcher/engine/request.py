"""What is asked of the engine, and what it answers: frozen data, no library's objects.

A `Request` holds a Boolean tree that says which documents match, and features that say how they score:

    Request(
        match=AllOf((Term(WORDS, "融资"), AnyOf((Run(GRAMS, ("商汤", "科技"), (0, 2)), Term(WORDS, "商汤"))))),
        features=(
            Feature((Alternative(Term(WORDS, "融资")),)),
            Feature((Alternative(Term(WORDS, "软件")), Alternative(Term(WORDS, "软体"), 0.7))),
        ),
    )

Texts of terms are analysed already: they are compared code point by code point with what was indexed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Term:
    """Has the term in one of the fields."""

    fields: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Has a term that starts with `text` in one of the fields."""

    fields: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Has a term of this pattern in one of the fields; `*` stands for any characters, none included, and everything else for itself."""

    fields: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Has a term within an edit distance, and with the same first `prefix` characters.

    A distance (at most 2) counts insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
    """

    fields: tuple[str, ...]
    text: str
    distance: int = 1
    prefix: int = 1


@dataclass(frozen=True, slots=True)
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
        if any(low >= high for low, high in zip(self.offsets, self.offsets[1:], strict=False)):
            raise ValueError(f"the offsets of a run must ascend: {self.offsets!r}")

    @property
    def shape(self) -> tuple[object, ...]:
        """What it looks for, in whichever fields."""
        return self.terms, self.offsets, self.open_end, self.slop, self.ordered


@dataclass(frozen=True, slots=True)
class Keyword:
    """Has this keyword, `name:value`."""

    text: str


@dataclass(frozen=True, slots=True)
class KeywordPrefix:
    """Has a keyword that starts with `text`; no limit on expansion applies."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Has a number between `low` and `high`, both included, None for no bound; a document without the number never matches."""

    column: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Matches all children; without children, every document."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Matches one child or more; without children, no document."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Matches `count` children or more; every document where `count` is 0 or less."""

    count: int
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Matches children that tell enough: each weighs as it is rare (idf), and together at least `share` of the most that a document has.

    Where all children that some document has weigh less than `known` of the weight of all, none matches if more than `few` would.
    """

    share: float
    children: tuple[Node, ...]
    known: float = 0.0
    few: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """All documents that do not match the child."""

    child: Node


Leaf: TypeAlias = Term | Prefix | Wildcard | Fuzzy | Run
"""What stands at positions of a field, and can be counted and scored."""

Node: TypeAlias = (
    Term
    | Prefix
    | Wildcard
    | Fuzzy
    | Run
    | Keyword
    | KeywordPrefix
    | NumberRange
    | Every
    | Nothing
    | AllOf
    | AnyOf
    | AtLeast
    | Telling
    | Not
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say what a feature means."""

    leaf: Leaf
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Feature:
    """One scored idea. Its alternatives count as one term.

    Their frequencies are summed with their weights, and a document counts once, whichever of them it has.
    `name` is the caller's, for explanations.
    """

    alternatives: tuple[Alternative, ...]
    weight: float = 1.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """What an occurrence in a field is worth, and how far the field's length counts: `b` from 0 (not at all) to 1.

    `usual` is the length at which it changes nothing, None for the average over all documents.
    """

    boost: float = 1.0
    b: float = 0.75
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The parameters of BM25F (Robertson, Zaragoza and Taylor 2004); a field that is not named has the default weight."""

    k1: float = 1.2
    fields: Mapping[str, FieldWeight] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clue:
    """What stands at positions and says that a feature of the request, the one of this number, is meant there."""

    feature: int
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Nearness:
    """What is added for clues that stand together: `weight` × the sum of their features' idf, in the best stretch of a field.

    `even`: the share of a clue's idf in whose place the mean of all stands: how much stands together counts, less how rare it is.
    A stretch is `length` positions long. Only the first `depth` documents of each tier, by score, are asked, and put in order anew.
    `whole`: what has all clues in it, in half a stretch, so that nobody need look where they stand in a document that has it in the field.
    """

    field: str
    clues: tuple[Clue, ...]
    weight: float = 0.5
    length: int = 40
    depth: int = 100
    whole: Leaf | None = None
    even: float = 0.0


@dataclass(frozen=True, slots=True)
class Character:
    """A character in all the ways that texts write it, and the features of the request, by number, that hold it."""

    variants: str
    features: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Characters:
    """What is added for single characters in the text of a document: `weight` × BM25 over them, with `b` and a `usual` length of a text.

    `even`: the share of a character's idf in whose place the mean of all stands.
    Only the first `depth` documents of each tier, by score, are asked, and put in order anew; and only where a `field`, which has one term
    for each character of a text, has no more than `longest` terms on the average.
    """

    field: str
    characters: tuple[Character, ...]
    weight: float
    usual: float
    depth: int = 20
    longest: float = 500.0
    b: float = 0.75
    even: float = 0.0


@dataclass(frozen=True, slots=True)
class Request:
    """Which documents match, and in which order they come.

    `tiers`: documents of the first come before those of only the second, and so on, before the rest.
    Inside a tier by score, best first, or by the column that `sort` names (`"first_day"` ascending, `"-first_day"` descending; documents
    without the number last), then in order of insertion.
    """

    match: Node
    features: tuple[Feature, ...] = ()
    tiers: tuple[Node, ...] = ()
    sort: str | None = None
    ranking: Ranking = field(default_factory=Ranking)
    nearness: Nearness | None = None
    characters: Characters | None = None

    @property
    def asked_anew(self) -> int:
        """Of so many documents, the first of each tier, more is asked than the features say."""
        depths = [more.depth for more in (self.nearness, self.characters) if more is not None]
        return max(depths, default=0)


@dataclass(frozen=True, slots=True)
class Handle:
    """A document of one snapshot; what is inside means nothing elsewhere."""

    _segment: int
    _document: int


@dataclass(frozen=True, slots=True)
class Match:
    """A document that matches. `tier` counts from 0, best first; it is `len(request.tiers)` where no tier matches."""

    handle: Handle
    score: float
    tier: int = 0


@dataclass(frozen=True, slots=True)
class Matches:
    """`total`: how many documents match, exactly; `matches`: those asked for, in order; `notices`: what was limited."""

    total: int
    matches: tuple[Match, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """What nearness adds to a document's score; where its best stretch begins, and the numbers of the features that stand in it."""

    score: float
    first: int
    features: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What single characters add to a document's score, and how often its text has each of them."""

    score: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a feature adds to a document's score.

    `alternatives`: those the document has, with their frequencies by field; `documents`: how many documents have the feature.
    """

    feature: Feature
    alternatives: tuple[tuple[Alternative, Mapping[str, int]], ...]
    documents: int
    score: float

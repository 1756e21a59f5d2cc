"""What is asked of the engine: which documents match, and what they score by; frozen data, no library's objects.

Request(
    match=AllOf((Term(WORDS, "融资"), AnyOf((Run(GRAMS, ("商汤", "科技"), (0, 2)), Term(WORDS, "商汤"))))),
    features=(
        Feature((Alternative(Term(WORDS, "融资")),)),
        Feature((Alternative(Term(WORDS, "软件")), Alternative(Term(WORDS, "软体"), 0.7))),
    ),
)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from searcher.engine.nodes import Leaf, Linked, Node
from searcher.frozen import frozen


@frozen
class Alternative:
    """One way to say what a feature means."""

    leaf: Leaf
    weight: float = 1.0


@frozen
class Feature:
    """One scored idea. Its alternatives count as one term.

    Their frequencies are summed with their weights, and a document counts once, whichever of them it has.
    `name` is the caller's, for explanations.
    """

    alternatives: tuple[Alternative, ...]
    weight: float = 1.0
    name: str = ""


@frozen
class FieldWeight:
    """What an occurrence in a field is worth, and how far the field's length counts: `b` from 0 (not at all) to 1.

    `usual` is the length at which it changes nothing, None for the average over all documents.
    """

    boost: float = 1.0
    b: float = 0.75
    usual: float | None = None


_DEFAULT = FieldWeight()


@frozen
class Ranking:
    """The parameters of BM25F (Robertson, Zaragoza and Taylor 2004), `k1` more than 0; a field that is not named has the default weight."""

    k1: float = 1.2
    fields: Mapping[str, FieldWeight] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not self.k1 > 0:
            raise ValueError(f"k1 must be more than 0, not {self.k1}: without it, what does not occur would be nothing divided by nothing")

    def weight_of(self, field: str) -> FieldWeight:
        """The weight of a field."""
        return self.fields.get(field, _DEFAULT)


@frozen
class Clue:
    """What stands at positions and says that a feature of the request, the one of this number, is meant there."""

    feature: int
    leaves: tuple[Leaf, ...]


@frozen
class Nearness:
    """What is added for clues that stand together: `weight` × the sum of their features' idf, in the best stretch of a field.

    A stretch is `length` positions long. Only the first `depth` documents of each tier, by score, are asked, and put in order anew.
    `even`, from 0 to 1: how far each idf is moved to the mean of all, so that more counts how much stands together, less how rare it is.
    `passage`: where documents are on average more than ten times as long as this, the idf of a clue is that among passages of so many
    positions, not among documents, and is multiplied by `in_passages`.
    `whole`: a leaf that holds all clues within half a stretch: where a document has it in the field, positions of clues need not be read.
    """

    field: str
    clues: tuple[Clue, ...]
    weight: float = 0.5
    length: int = 40
    depth: int = 100
    passage: int | None = None
    in_passages: float = 1.0
    whole: Leaf | None = None
    even: float = 0.0


@frozen
class Character:
    """A character in all the ways that texts write it, and the features of the request, by number, that hold it."""

    variants: str
    features: tuple[int, ...]


@frozen
class Characters:
    """What is added for single characters in the text of a document: `weight` × BM25 over them, with `b` and a `usual` length of a text.

    `even`, from 0 to 1: how far each idf is moved to the mean of all.
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


@frozen
class Works:
    """What is added for being part of a large work: `weight` × the best score of the tier × ln(1 + its parts).

    `column` has a number of the work that each document is a part of, none where it is part of none.
    Only the first `depth` documents of each tier, by score, are asked, and put in order anew.
    """

    column: str
    weight: float
    depth: int = 100


@frozen
class Lifted:
    """What stands high up whatever it scores: of the first `depth` documents, the first `count` that match are moved up to `place`, which
    counts from 0, and the places behind it, where they do not stand higher already; never before a document of an earlier tier.

    Their scores stay what they are.
    """

    match: Node
    place: int = 2
    count: int = 2
    depth: int = 100


@frozen
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
    works: Works | None = None
    lifted: Lifted | None = None


@frozen
class Stretches:
    """Which `count` stretches of one document's text are the best: those that hold the most telling of several things.

    `sought`: each thing in all its forms, and its weight. To that is added `within` times its idf among the stretches of the text.
    What an earlier stretch has shown already, and the things whose numbers are in `shown`, count `again` times less.
    A stretch has about `length` positions.
    """

    sought: tuple[tuple[tuple[Leaf | Linked, ...], float], ...]
    field: str
    length: int
    count: int
    shown: tuple[int, ...] = ()
    again: float = 4.0
    within: float = 1.0

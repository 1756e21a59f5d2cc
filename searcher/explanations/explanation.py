"""What is told of a query, and of why a document answers it or does not, as frozen data."""

from __future__ import annotations

from searcher.frozen import frozen
from searcher.results import Expansion

TOGETHER = "together"
"""The name of the part of a score that is given for standing close together; its `documents` counts what does."""

CHARACTERS = "characters"
"""The name of the part of a score that is given for single characters; its `documents` counts those that the text has."""

WORK = "work"
"""The name of the part of a score that is given for being a part of a large work; its `documents` counts the parts of that work. Of 0, what
is part of none: it gains what others gain on the average."""


@frozen
class TermExplanation:
    """One term of the query as it was typed, with its field and signs, or what else is to fit (date:2020), behind the terms: how many
    documents hold it as it stands or in another form, how many of them `as_typed`, how many others have all of its words `apart`, or such
    an author, and how many each of its words.
    """

    text: str
    documents: int
    words: tuple[tuple[str, int], ...]
    as_typed: int = 0
    apart: int = 0


@frozen
class Part:
    """What one feature gave to the score: `frequencies` by text and field as found in the document.

    Of what stands together, and of single characters, the texts are as they were typed, and `written` says how the document writes each,
    empty where that is the same.
    """

    name: str
    score: float
    weight: float
    documents: int
    frequencies: tuple[tuple[str, str, int], ...]
    written: tuple[str, ...] = ()


@frozen
class Missing:
    """What a document lacks, as it was typed: `words` of it that it lacks too, and the `nearest` texts it has in their place.

    No `words`: they are all there, but not together as was asked. Of a field, `nearest` is what the document has in it.
    `excluded`: the document holds it, and the query leaves it out.
    """

    text: str
    words: tuple[str, ...]
    nearest: tuple[str, ...]
    field: str | None = None
    excluded: bool = False


@frozen
class Explanation:
    """`understood` is the query as it was read.

    Of a document (`id`): whether it `matches` with nothing missing, whether it is found though something is (`relaxed`),
    the `parts` of its score, and what is `missing`. `called`: it comes before all others, for its title says just what was asked, or
    names the law of the article that was cited.
    `headed`: it comes before others, for a heading in it says just what was asked, or its title has that.
    `held`: it comes before what only has its words, for it holds the query as one run, in any form.
    `scattered`: it has all terms, but far apart, and so stands among what lacks some.
    `expansion_documents`: how many documents hold each of the expansions; `indexed`: how many there are.
    """

    query: str
    understood: str
    terms: tuple[TermExplanation, ...]
    expansions: tuple[Expansion, ...]
    id: str | None = None
    matches: bool | None = None
    score: float = 0.0
    parts: tuple[Part, ...] = ()
    missing: tuple[Missing, ...] = ()
    relaxed: bool = False
    indexed: int = 0
    expansion_documents: tuple[int, ...] = ()
    called: bool = False
    headed: bool = False
    held: bool = False
    scattered: bool = False

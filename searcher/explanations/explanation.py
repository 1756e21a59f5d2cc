"""What is told of a query, and of why a document answers it or does not: frozen data, and the same as lines in English."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

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
    """One term of the query as it was typed, with its field and signs: how many documents hold it as it stands or in another form,
    how many of them `as_typed`, how many others have all of its words `apart`, and how many each of its words."""

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

    def lines(self) -> list[str]:
        """The explanation as text, in English."""
        return [*self._query_lines(), *self._document_lines()]

    def _query_lines(self) -> Iterator[str]:
        yield f"query: {self.query}"
        yield f"read as: {self.understood}"
        for term in self.terms:
            words = ", ".join(f"{word} ({count})" for word, count in term.words)
            yield f"term {term.text}: in {term.documents} documents; words {words}"
        for expansion, documents in zip(self.expansions, self.expansion_documents, strict=True):
            yield f"also {expansion.kind}: {expansion.source} → {expansion.target} ({documents}) × {expansion.weight:g}"

    def _document_lines(self) -> Iterator[str]:
        if self.id is None:
            return
        yield f"document: {self.id}"
        yield self._verdict()
        if self.called:
            yield "  called just as was asked: before all others"
        if self.headed:
            yield "  has it as a heading, or in its title: before others"
        if self.held:
            yield "  holds the query as one run: before what only has its words"
        if self.scattered:
            yield "  has all terms, but far apart: among what lacks some"
        yield from (f"  {part.score:8.3f}  {_told(part)}" for part in self.parts)
        for missing in self.missing:
            near = f"; nearest: {', '.join(missing.nearest)}" if missing.nearest else ""
            without = f" (without {', '.join(missing.words)})" if missing.words and missing.words != (missing.text,) else ""
            yield f"  {'excluded' if missing.excluded else 'missing'}: {missing.text}{without}{near}"

    def _verdict(self) -> str:
        if self.matches:
            return f"score {self.score:.3f}"
        return f"score {self.score:.3f}, found though something is missing" if self.relaxed else "does not match"


def _told(part: Part) -> str:
    """What gave something to the score; of what was typed, behind it how the document writes it where that differs."""
    pairs = zip(part.frequencies, part.written or repeat(""), strict=False)
    spelled = [f"{text} ({written})" if written else text for (text, _, _), written in pairs]
    if part.name == TOGETHER:
        return f"together (weight {part.weight:g}): {', '.join(spelled)}"
    if part.name == CHARACTERS:
        counts = ", ".join(f"{text} × {count}" for text, (_, _, count) in zip(spelled, part.frequencies, strict=True))
        return f"characters (weight {part.weight:g}): {counts}"
    if part.name == WORK:
        return f"part of a work of {part.documents} documents (weight {part.weight:g}): {', '.join(spelled) or 'none'}"
    found = ", ".join(f"{text} × {count} in {field}" for text, field, count in part.frequencies)
    return f"{part.name} (weight {part.weight:g}, in {part.documents} documents): {found}"

"""What became of a mistyped query: was the right one offered, something else, or nothing; and was anything offered for a right one?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.slips.drawing import LETTERS, Asked
from benchmarks.slips.peers import Offering
from benchmarks.slips.spoiling import HAN_KINDS, LATIN_KINDS, spoiled
from searcher import Index
from searcher.plans.leaves import literal_run
from searcher.text import views
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold

SELDOM = 50
"""What stands in more than one document for so many that hold the right term is no slip."""

TRIES = 10
"""Times that a rule is tried until it gives a slip."""

FIRST_HITS = 10


@dataclass(frozen=True, slots=True)
class Slip:
    """A query with a mistyped term: how it was mistyped; `same`: it has at least half of the first hits of the right query."""

    kind: str
    right: Asked
    typed: str
    same: bool


def slips_of(index: Index, queries: Sequence[Asked]) -> Iterator[Slip]:
    """Each query mistyped once in each way that makes a slip of it."""
    for right in queries:
        hits = _first_hits(index, right.text)
        for kind, rule in (LATIN_KINDS if LETTERS.fullmatch(right.term) else HAN_KINDS).items():
            chosen = Random(f"{kind} {right.text}")
            terms = (spoiled(chosen, rule, right.term) for _ in range(TRIES))
            term = next((term for term in terms if term and _is_slip(index, term, right.term)), None)
            if term is not None:
                typed = right.frame.format(term)
                yield Slip(kind, right, typed, 2 * len(hits & _first_hits(index, typed)) >= len(hits))


def answered(index: Index, queries: Iterable[str]) -> list[str]:
    return [query for query in queries if index.search(query, limit=1, snippets=0).total]


def _first_hits(index: Index, query: str) -> set[str]:
    return {hit.id for hit in index.search(query, limit=FIRST_HITS, snippets=0)}


def _is_slip(index: Index, typed: str, right: str) -> bool:
    """Whether a term is no word, and hardly stands in any document, other than as folding finds it."""
    if fold(typed).text == fold(right).text:
        return typed != right
    if default_dictionary().frequency(fold(typed).text):
        return False
    return SELDOM * _held(index, typed) <= _held(index, right)


def _held(index: Index, text: str) -> int:
    """How many documents hold a text as it stands."""
    leaf = literal_run(text, (views.TEXT_GRAMS,))
    return index._snapshot().matching(leaf) if leaf else 0


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of slips: of how many the right query is the first that is offered, among those offered, something else is offered
    first, nothing is, and of how many of these the hits are the right ones anyway."""

    slips: int
    first: int
    among: int
    wrong: int
    nothing: int
    fine: int


def fate(slips: Sequence[Slip], offered: Mapping[str, tuple[str, ...]]) -> Fate:
    ranks = [[_plain(text) for text in offered[slip.typed]] for slip in slips]
    rights = [_plain(slip.right.text) for slip in slips]
    first = sum(texts[:1] == [right] for texts, right in zip(ranks, rights, strict=True))
    among = sum(right in texts for texts, right in zip(ranks, rights, strict=True))
    nothing = [slip for slip, texts in zip(slips, ranks, strict=True) if not texts]
    return Fate(len(slips), first, among, len(slips) - len(nothing) - first, len(nothing), sum(slip.same for slip in nothing))


def offered_for(offering: Offering, queries: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {query: offering(query) for query in dict.fromkeys(queries)}


def _plain(text: str) -> str:
    return fold(text).text.replace(" ", "")

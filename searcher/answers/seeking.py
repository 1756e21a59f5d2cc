"""What of a query is marked in a document: the runs of a term that it holds, else the words of the term that tell something."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from searcher.engine import Handle, Snapshot, idf
from searcher.passages.literals import Sought
from searcher.passages.marking import Pattern, held_in, marks, pattern
from searcher.plans.options import Options
from searcher.plans.planning import plan
from searcher.plans.terms import SoughtTerm
from searcher.query.tree import Query, spelled
from searcher.results import Mark
from searcher.text import views
from searcher.text.folding import fold

TELLING = 0.25
"""A word is marked only if it is at least this rare, as a share of the rarest word of the query: not 的 in a question."""

ANY = 1e-9
"""Any word of a term of which the document holds no run. (With 0, also words of terms of which it does.)"""

ASKING = 0.25
"""What a word of a term that asks for a number tells, beside others: 周 of 产假 多少周."""

RUN, ACROSS, WORDS = "run", "across", ""
"""How a document holds a term: as a run, as a run with other signs in it, or at most by its words. Only the last is falsy."""

Commonness = Callable[[tuple[str, ...]], int]
"""Says in how many documents a word stands, or its commonest form."""

LONGEST_QUERY = 10_000
"""More words than any term has, so that the words of all terms can be numbered: term times this, and the place of the word."""


def marker(snapshot: Snapshot, query: Query, options: Options) -> Callable[[str], tuple[Mark, ...]]:
    """What finds where a query's terms stand in a text: words that tell little only where it holds nothing else.

    The query is planned once, and each way of holding its terms is looked up once, however many texts there are.
    """
    terms, commonness = plan(query, options).terms, commonness_in(snapshot)
    runs = pattern(sought_in(snapshot, terms, [RUN] * len(terms), commonness))

    @cache
    def sought(held: tuple[str, ...], telling: float) -> Pattern:
        return pattern(sought_in(snapshot, terms, held, commonness, telling=telling))

    def found(text: str) -> tuple[Mark, ...]:
        there = _held_in(text, runs)
        if len(there) == len(terms):
            return marks(text, runs)
        across = pattern(_across(number, term) for number, term in enumerate(terms) if term.across and number not in there)
        crossed = _held_in(text, across)
        held = tuple(RUN if number in there else ACROSS if number in crossed else WORDS for number in range(len(terms)))
        return marks(text, sought(held, TELLING)) or marks(text, sought(held, 0.0))

    return found


def held_by(snapshot: Snapshot, handles: Collection[Handle], term: SoughtTerm) -> Mapping[Handle, str]:
    """How each of some documents holds a term, of those that have a run of it."""
    held = dict.fromkeys(snapshot.among(handles, term.literal), RUN)
    if term.across is None or len(held) == len(handles):
        return held
    return dict.fromkeys(snapshot.among(handles, term.across), ACROSS) | held


def _held_in(text: str, runs: Pattern) -> set[int]:
    """The numbers of the terms of which a text holds a run."""
    return {runs.literals[number].sought.term // LONGEST_QUERY for number in held_in(text, runs)}


def commonness_in(snapshot: Snapshot) -> Commonness:
    """How common words are; each is counted once."""
    return cache(lambda forms: max(snapshot.frequency(views.WORDS, text) for text in forms))


def sought_in(
    snapshot: Snapshot,
    terms: Sequence[SoughtTerm],
    held: Sequence[str],
    commonness: Commonness,
    *,
    lacking: Collection[str] = (),
    telling: float = TELLING,
) -> tuple[Sought, ...]:
    """What to mark where `held` says of each term whether the document has a run of it, or how, and `telling` how rare a word must be.

    `lacking`: the folded parts of the query that the document lacks; a single character of one says nothing: 角 somewhere is no 张角.

    Every word counts as a term of its own for the choice of passages, and by how rare it is, and beside such words so does a run: 線程池
    tells more than 策略 of 拒絕策略. What is nowhere is no measure for the others.
    Of a quotation with a distance all words are marked, and where every word is, those of any: in the index, a word fills a gap as a
    comma does. Of one without, no word is: where the document lacks it, as one that was found by another term of an OR, nothing of it is.
    """
    by_words = [_is_in_words(term, how, telling) for term, how in zip(terms, held, strict=True)]
    having = {word[0]: commonness(word) for term, apart in zip(terms, by_words, strict=True) if apart for word in term.words}
    rarities = {word: idf(snapshot.count, documents) for word, documents in having.items()}
    least = telling * max((rarities[word] for word, documents in having.items() if documents), default=0.0)
    shown = {word: rarity for word, rarity in rarities.items() if rarity >= least}
    return tuple(
        item
        for number, (term, how, apart) in enumerate(zip(terms, held, by_words, strict=True))
        for item in (
            _words(number, term, rarities if term.text.slop else shown, lacking)
            if apart
            else _runs(number, term, how, idf(snapshot.count, snapshot.matching(term.standing)) if any(by_words) else 1.0)
        )
    )


def _is_in_words(term: SoughtTerm, how: str, telling: float) -> bool:
    if term.pattern or (term.text.quoted and not term.text.slop and not how):
        return False
    return not how or not telling or term.text.slop > 0


def _runs(number: int, term: SoughtTerm, how: str, weight: float) -> Iterator[Sought]:
    if how == ACROSS:
        yield replace(_across(number, term), weight=weight)
        return
    if term.pattern:
        yield Sought(term.text.text, number * LONGEST_QUERY, prefix=term.text.prefix, wildcard=term.text.wildcard, fuzzy=term.text.fuzzy)
        return
    for text in term.runs:
        yield Sought(text, number * LONGEST_QUERY, weight)


def _across(number: int, term: SoughtTerm) -> Sought:
    return Sought(term.text.text, number * LONGEST_QUERY, across=True)


def _words(number: int, term: SoughtTerm, telling: dict[str, float], lacking: Collection[str]) -> Iterator[Sought]:
    folded = fold(spelled(term.text)).text if lacking else ""
    pieces = {character for text in lacking if len(text) > 1 and text in folded for character in text}
    for place, forms in enumerate(term.words, start=1):
        if forms[0] in telling and forms[0] not in pieces:
            for text in forms:
                yield Sought(text, number * LONGEST_QUERY + place, telling[forms[0]] * (ASKING if term.asks else 1.0))

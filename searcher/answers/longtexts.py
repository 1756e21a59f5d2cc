"""What is read of a long text to show passages of it, and what counts in it for their choice?

How rare a word is among documents tells little of a book: in a collection of a few books nearly every word is in each; and what a book is
about, rare elsewhere, stands everywhere in it. So it counts, too, how rare a word is among the stretches of the text: one that stands
everywhere in it is neither looked for nor marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from heapq import nlargest

from searcher.answers.seeking import LONGEST_QUERY, TELLING
from searcher.engine import Handle, Leaf, Linked, Snapshot, Stretches, idf
from searcher.frozen import frozen
from searcher.passages.literals import Literal
from searcher.passages.marking import Found, Pattern, apart, only
from searcher.passages.snippets import Counted
from searcher.passages.worth import AGAIN, Worth, worth_of
from searcher.plans.across import across
from searcher.plans.leaves import folded_run
from searcher.records.places import PackedLocations
from searcher.results import Mark
from searcher.text import views
from searcher.text.folding import fold, fold_script

LONG = 4_000
"""In a text of so many characters it counts in how few of its stretches a word stands; a shorter one has too few."""

WHOLE = 20_000
"""Up to so many characters a text is read whole; of a longer one only the blocks that hold the best stretches."""

WITHIN = 0.5
"""How rare a word is among the stretches of its text counts this part of how rare it is among documents."""

ENOUGH = 16
"""If so many words of the query are rare among documents, the others are not looked for, though some may be rare within the text."""

MOST_TELLING = 16
"""By so many words, those that tell most, the stretches of a long text are chosen."""

CELLS = 2
"""So many cells of a terminal a Han character is wide."""

ARTICLE = 4_000
"""So many characters are read of an article that is called like what is looked for."""


@frozen
class Parts:
    """The parts of a text that are read, ascending: where each begins and ends, and how many passages are taken from it; what is looked for
    in them; which of its literals the title says, by their numbers; what counts of what is found, None for all."""

    parts: tuple[tuple[int, int, int], ...]
    pattern: Pattern
    said: Set[int]
    counted: Counted | None = None


def counted_in(pattern: Pattern, width: int) -> Counted | None:
    """What counts in a long text that is read whole, for passages of `width` cells; None where one word is looked for."""
    weights, half = _weights(pattern), max(1, width // CELLS // 2)
    words = [literal.sought.term for literal in pattern.literals]
    if len(weights) < 2:
        return None

    def counted(found: Found, length: int) -> tuple[Found, Worth]:
        halves = length // half + 1
        having = Counter(word for word, _ in {(words[number], start // half) for start, _, number in found.occurrences})
        tells = {word: weights[word] + WITHIN * idf(halves, having[word]) if having[word] else 0.0 for word in weights}
        kept = _telling(weights, tells)
        return only(found, {number for number, word in enumerate(words) if word in kept}), _worth(pattern.literals, kept)

    return counted


def parts_of(
    snapshot: Snapshot, handle: Handle, pattern: Pattern, said: Set[int], locations: PackedLocations, count: int, width: int
) -> Parts:
    """What is read of a long text for at most `count` passages of `width` cells. `said`: which literals of the pattern the title says."""
    by_term: dict[int, list[Literal]] = {}
    for literal in pattern.literals:
        by_term.setdefault(literal.sought.term, []).append(literal)
    weights = _weights(pattern)
    rare = TELLING * max(weights.values(), default=0.0)
    asked = [term for term, literals in by_term.items() if weights[term] >= rare or len(literals[0].sought.text) > 1]
    forms = {term: tuple(_leaves(by_term[term])) for term in nlargest(MOST_TELLING, asked, key=weights.__getitem__)}
    looked_up = [term for term, leaves in forms.items() if leaves]
    in_title = {pattern.literals[number].sought.term for number in said}
    tells, blocks = snapshot.best_stretches(
        handle,
        Stretches(
            tuple((forms[term], weights[term]) for term in looked_up),
            views.TEXT_GRAMS,
            width // CELLS,
            count,
            tuple(number for number, term in enumerate(looked_up) if term in in_title),
            AGAIN,
            WITHIN,
        ),
    )
    kept = _telling(weights, dict(zip(looked_up, tells, strict=True)))
    numbers = [number for number, literal in enumerate(pattern.literals) if literal.sought.term in kept]
    literals = tuple(pattern.literals[number] for number in numbers)
    worth = _worth(literals, kept)
    articles = [(start, start + ARTICLE) for start in _called(locations, literals)]
    return Parts(
        tuple(_apart([*articles, *blocks][:count])) or ((0, WHOLE, count),),
        replace(pattern, literals=literals, worth=worth),
        {place for place, number in enumerate(numbers) if number in said},
    )


def _weights(pattern: Pattern) -> dict[int, float]:
    """What each word tells by itself."""
    weights = dict[int, float]()
    for sought in (literal.sought for literal in pattern.literals):
        weights[sought.term] = max(sought.weight, weights.get(sought.term, sought.weight))
    return weights


def _worth(literals: Sequence[Literal], tells: Mapping[int, float]) -> Worth:
    """The worth of literals where words tell so much; of others, nothing."""
    return worth_of([(literal.sought.term, tells.get(literal.sought.term, 0.0), len(literal.sought.text)) for literal in literals])


def _leaves(literals: Sequence[Literal]) -> Iterator[Leaf | Linked]:
    """How the index is asked for a word, in each of its forms."""
    for literal in literals:
        leaf = (across if literal.sought.across else folded_run)(fold(literal.sought.text).text, (views.TEXT_GRAMS,))
        if leaf is not None:
            yield leaf


def _telling(weights: Mapping[int, float], tells: Mapping[int, float]) -> dict[int, float]:
    """What each word tells that tells enough, in the text, or by itself if it was not looked up there; what is all of a term always
    does.
    """
    words = Counter(term // LONGEST_QUERY for term in weights)
    least, least_by_itself = TELLING * max(tells.values(), default=0.0), TELLING * max(weights.values(), default=0.0)
    enough = {term: tells[term] >= least if term in tells else weight >= least_by_itself for term, weight in weights.items()}
    return {term: tells.get(term) or weights[term] for term in weights if enough[term] or words[term // LONGEST_QUERY] == 1}


def _apart(blocks: Sequence[Mark]) -> Iterator[tuple[int, int, int]]:
    """Blocks as parts that do not overlap, ascending, each with as many passages as it has blocks."""
    for start, end in apart(sorted(blocks)):
        yield start, end, sum(start <= first < end for first, _ in blocks)


def _called(locations: PackedLocations, literals: Sequence[Literal]) -> list[int]:
    """Where the articles begin that are called like something that is looked for: 第184條."""
    texts = (literal.sought.text for literal in literals)
    return articles_called({fold(text).text for text in texts if text.startswith("第")}, locations)


def articles_called(names: Collection[str], locations: PackedLocations) -> list[int]:
    """Where the articles begin that have one of these folded names."""
    if not names or "article" not in locations:
        return []
    starts, labels = locations["article"]
    return [start for start, label in zip(starts, fold_script("\n".join(labels)).split("\n"), strict=True) if label in names]

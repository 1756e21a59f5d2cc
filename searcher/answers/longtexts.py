"""What is read of a long text to show passages of it, and what counts in it for their choice?

In how few documents a word stands tells little in a collection of a few books, each of which has nearly every word. So beside that it
counts in how few stretches of the text it stands; a word of a question that stands everywhere in it is neither looked for nor marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from heapq import nlargest

from searcher.answers.seeking import LONGEST_QUERY, TELLING
from searcher.engine import Handle, Leaf, Linked, Snapshot, Stretches
from searcher.frozen import frozen
from searcher.passages.literals import Literal
from searcher.passages.marking import Pattern, apart
from searcher.passages.worth import AGAIN, worth_of
from searcher.plans.across import across
from searcher.plans.leaves import folded_run
from searcher.records.places import PackedLocations
from searcher.results import Mark
from searcher.text import views
from searcher.text.folding import fold, fold_script

WHOLE = 20_000
"""Up to so many characters a text is read whole; of a longer one only the blocks that hold the best stretches."""

MOST_TELLING = 16
"""By so many words, those that tell most, the stretches of a long text are chosen."""

ARTICLE = 4_000
"""So many characters are read of an article that is called like what is looked for."""


@frozen
class Parts:
    """The parts of a text that are read, ascending: where each begins and ends, and how many passages are taken from it; what is looked for
    in them; which of its literals the title says, by their numbers."""

    parts: tuple[tuple[int, int, int], ...]
    pattern: Pattern
    said: Set[int]


def parts_of(
    snapshot: Snapshot, handle: Handle, pattern: Pattern, said: Set[int], locations: PackedLocations, count: int, width: int
) -> Parts:
    """What is read of a long text for at most `count` passages of `width` cells. `said`: which literals of the pattern the title says."""
    by_term: dict[int, list[Literal]] = {}
    for literal in pattern.literals:
        by_term.setdefault(literal.sought.term, []).append(literal)
    weights = {term: max(literal.sought.weight for literal in literals) for term, literals in by_term.items()}
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
            width // 2,  # a character is two cells wide
            count,
            tuple(number for number, term in enumerate(looked_up) if term in in_title),
            AGAIN,
        ),
    )
    kept = _telling(weights, dict(zip(looked_up, tells, strict=True)))
    numbers = [number for number, literal in enumerate(pattern.literals) if literal.sought.term in kept]
    literals = tuple(pattern.literals[number] for number in numbers)
    worth = worth_of([(literal.sought.term, kept[literal.sought.term], len(literal.sought.text)) for literal in literals])
    articles = [(start, start + ARTICLE) for start in _called(locations, literals)]
    return Parts(
        tuple(_apart([*articles, *blocks][:count])) or ((0, WHOLE, count),),
        replace(pattern, literals=literals, worth=worth),
        {place for place, number in enumerate(numbers) if number in said},
    )


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

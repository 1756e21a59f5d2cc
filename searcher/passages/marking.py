"""Where does a text hold what is looked for?

It is found in the folded text, which is folded no further than must be. Marks are offsets into the original text.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import pairwise

from searcher.frozen import frozen
from searcher.passages.literals import CUT, Literal, Sought, literal_of, places_of
from searcher.passages.worth import Worth, worth_of
from searcher.results import Mark
from searcher.text.folding import Folded, fold
from searcher.text.respelling import Spelling, respelled, spelling

PIECE = 500
"""Characters that are folded at once where a text holds something rare beside what is looked for: then all of it need not be."""

LONG = 20_000
"""Characters from which on the places in a text are not kept where only its marks are wanted: there may be very many."""

Occurrence = tuple[int, int, int]
"""Where a literal stands: start and end, and which literal of the pattern it is. There may be very many."""


@frozen
class Pattern:
    """What to mark, ready to be looked for in many texts. `merge`: marks that touch become one.

    `spelling`: that of the literals; None where all of a text must be folded to find them. `worth`: that of showing each of them.
    """

    literals: tuple[Literal, ...]
    merge: bool
    spelling: Spelling | None
    worth: Worth

    @property
    def reaching(self) -> bool:
        """Whether a literal may stand on both sides of a sign."""
        return any(literal.reaching for literal in self.literals)


@frozen
class Found:
    """What a text holds of a pattern, as offsets into the text: every place of every literal, ascending, and the marks that these make."""

    occurrences: Sequence[Occurrence]
    marks: tuple[Mark, ...]

    @property
    def literals(self) -> Set[int]:
        """Which literals of the pattern are found, by their numbers."""
        return {number for _, _, number in self.occurrences}


def pattern(literals: Iterable[Sought], *, merge: bool = True) -> Pattern:
    """Prepare what is to be marked; a text without a letter or digit is left out."""
    found = (literal_of(sought) for sought in dict.fromkeys(literals))
    held = tuple(literal for literal in found if literal.chunks)
    spelled = None if any(literal.meets_others for literal in held) else spelling(literal.characters for literal in held)
    worth = worth_of([(literal.sought.term, literal.sought.weight, _atoms(literal.sought.text)) for literal in held])
    return Pattern(held, merge, spelled, worth)


def _atoms(text: str) -> int:
    """How many characters or words in letters: machine learning is no longer than 机器学习."""
    return sum(1 if part.isascii() else len(part) for part in text.split())


def only(found: Found, numbers: Set[int]) -> Found:
    """What is found of some of the literals, by their numbers."""
    kept = [place for place in found.occurrences if place[2] in numbers]
    return found if len(kept) == len(found.occurrences) else Found(kept, tuple(_merged(kept)))


def marks(text: str, pattern: Pattern, *, plain: bool = False) -> tuple[Mark, ...]:
    """Where a text holds what is looked for: ascending and disjoint, or every place of its own if the pattern does not merge."""
    if len(text) < LONG or not pattern.merge:
        return found_in(text, pattern, plain=plain).marks
    pieces = _folded(text, pattern, plain=plain)
    return tuple([(start + first, start + last) for start, folded in pieces for first, last in _marks(folded, pattern.literals)])


def held_in(text: str, pattern: Pattern) -> frozenset[int]:
    """Which literals of a pattern a text holds, by their numbers."""
    pieces = [folded.text for _, folded in _folded(text, pattern)]
    return frozenset(number for number, literal in enumerate(pattern.literals) if any(any(places_of(piece, literal)) for piece in pieces))


def found_in(text: str, pattern: Pattern, *, plain: bool = False, most: int = sys.maxsize) -> Found:
    """What a text holds of a pattern; only pieces of it are folded, where they must be. `plain`: see `respelling.py`.

    Where there are more than `most` places, no more literals are looked for: that is too much, and not all.
    """
    if pattern.spelling and not pattern.spelling.letters and text.isascii():  # as most paths
        return Found((), ())
    found = [(start, _found(folded, pattern, most)) for start, folded in _folded(text, pattern, plain=plain)]
    if len(found) == 1:
        return found[0][1]
    return Found(
        [(start + first, start + last, number) for start, piece in found for first, last, number in piece.occurrences],
        tuple([(start + first, start + last) for start, piece in found for first, last in piece.marks]),
    )


def _folded(text: str, pattern: Pattern, *, plain: bool = False) -> Iterator[tuple[int, Folded]]:
    """A text folded as far as it must be, in pieces if parts of it must be folded whole: where each begins."""
    spelled = None if pattern.spelling is None else respelled(text, pattern.spelling, plain=plain)
    pieces = [(0, len(text))] if spelled or pattern.reaching else _pieces(text)
    if len(pieces) == 1:
        yield 0, spelled or fold(text)
        return
    for start, end in pieces:
        yield from ((start + first, folded) for first, folded in _folded(text[start:end], pattern))


def _pieces(text: str) -> list[Mark]:
    """A text cut behind signs that part what stands before and behind."""
    ends = [0]
    while cut := CUT.search(text, ends[-1] + PIECE):
        ends.append(cut.end())
    return list(pairwise([*ends, len(text)] if ends[-1] < len(text) else ends)) or [(0, 0)]


def _occurrences(folded: str, literals: Iterable[Literal], most: int) -> list[Occurrence]:
    """Where a folded text holds literals, ascending, of so many of these as give about `most` places. Most are not there, which is seen
    at once."""
    found: list[Occurrence] = []
    for number, literal in enumerate(literals):
        if literal.chunks[0] in folded or literal.sought.fuzzy:
            found += [(start, end, number) for start, end in places_of(folded, literal)]
            if len(found) > most:
                break
    found.sort()
    return found


def _found(folded: Folded, pattern: Pattern, most: int) -> Found:
    """What a text holds, folded as far as is needed: occurrences, and the marks that they make, as offsets into the text."""
    found = _occurrences(folded.text, pattern.literals, most)
    marked = list(_merged(found)) if pattern.merge else list(dict.fromkeys((start, end) for start, end, _ in found))
    if not folded.layers:
        return Found(found, tuple(marked))
    original = cache(folded.original)  # most marks are one occurrence
    placed = (original(*mark) for mark in marked)
    return Found(
        [(*original(start, end), number) for start, end, number in found],
        tuple(apart(placed) if pattern.merge else dict.fromkeys(placed)),
    )


def _marks(folded: Folded, literals: Iterable[Literal]) -> Iterator[Mark]:
    """The marks alone, as offsets into the text: of each literal, places that touch are one at once."""
    places = (_merged((start, end, 0) for start, end in places_of(folded.text, literal)) for literal in literals)
    marked = _merged(sorted((start, end, 0) for of_literal in places for start, end in of_literal))
    return apart(folded.original(*mark) for mark in marked)


def _merged(found: Iterable[Occurrence]) -> Iterator[Mark]:
    """Ascending occurrences, those that overlap or touch as one."""
    first = reach = -1
    for start, end, _ in found:
        if start > reach:
            if reach > first:
                yield first, reach
            first, reach = start, end
        elif end > reach:
            reach = end
    if reach > first:
        yield first, reach


def apart(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Ascending marks, those that overlap as one: ½ may have been hit by 1 and by 2."""
    start = end = -1
    for first, last in marks:
        if first < end:
            end = max(end, last)
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end


def same_script(original: str, typed: str) -> bool:
    """Whether two texts are the same letters but for width, case, and what stands between them: 后 is not 後."""
    one, other = ("".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold())) for text in (original, typed))
    return one == other

"""Where does a text hold what is looked for?

It is found in the folded text, as the index finds it: Han characters wherever they stand, other letters and digits as whole atoms
(ai not inside email), any gap for a gap. Marks are offsets into the original text.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from searcher.characters import DIGIT, JOINER, LETTER, SPACE, UNSPACED, end_of_word, is_short_run, is_spaced
from searcher.distance import distance
from searcher.folding import IDEOGRAPH_CLASS, SPACE_CLASS, Folded, fold, fold_script
from searcher.respelling import Spelling, respelled, spelling
from searcher.results import Mark
from searcher.wildcards import wildcard_places
from searcher.worth import Worth, worth_of

PIECE = 500
"""Characters that are folded at once where a text holds something rare beside what is looked for: then all of it need not be."""

LONG = 20_000
"""Characters from which on the places in a text are not kept where only its marks are wanted: there may be very many."""

_CUT = re.compile("[，。、,;(]")
"""Signs behind which any text can be cut (see `analysis.py`), and which no literal without a gap holds: the most frequent of them."""

Occurrence = tuple[int, int, int]
"""Where a literal stands: start and end, and which literal of the pattern it is. There may be very many."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A text to mark, as typed or as an expansion of it. `term` says which term of the query it belongs to, `weight` how much it tells.

    `whole_words`: letters and digits match whole atoms only. `prefix`: the last word may go on. `wildcard`: `*` stands for any letters.
    `fuzzy`: how many letters may differ, but not the first.
    """

    text: str
    term: int
    weight: float = 1.0
    whole_words: bool = True
    prefix: bool = False
    wildcard: bool = False
    fuzzy: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to mark, ready to be looked for in many texts. `merge`: marks that touch become one.

    `spelling`: that of the literals; None where all of a text must be folded to find them. `worth`: that of showing each of them.
    """

    literals: tuple[_Literal, ...]
    merge: bool
    spelling: Spelling | None
    worth: Worth

    @property
    def reaching(self) -> bool:
        """Whether a literal may stand on both sides of a sign."""
        return any(literal.reaching for literal in self.literals)


@dataclass(frozen=True, slots=True)
class Found:
    """What a text holds of a pattern, as offsets into the text: every place of every literal, ascending, and the marks that these make."""

    occurrences: Sequence[Occurrence]
    marks: tuple[Mark, ...]


def pattern(literals: Iterable[Sought], *, merge: bool = True) -> Pattern:
    """Prepare what is to be marked; a text without a letter or digit is left out."""
    found = (_literal(sought) for sought in dict.fromkeys(literals))
    held = tuple(literal for literal in found if literal.chunks)
    spelled = None if any(literal.meets_others for literal in held) else spelling(literal.characters for literal in held)
    worth = worth_of([(literal.sought.term, literal.sought.weight, len(literal.sought.text)) for literal in held])
    return Pattern(held, merge, spelled, worth)


def marks(text: str, pattern: Pattern, *, plain: bool = False) -> tuple[Mark, ...]:
    """Where a text holds what is looked for: ascending and disjoint, or every place of its own if the pattern does not merge."""
    if len(text) < LONG or not pattern.merge:
        return found_in(text, pattern, plain=plain).marks
    pieces = _folded(text, pattern, plain=plain)
    return tuple([(start + first, start + last) for start, folded in pieces for first, last in _marks(folded, pattern.literals)])


def held_in(text: str, pattern: Pattern) -> frozenset[int]:
    """Which literals of a pattern a text holds, by their numbers."""
    pieces = [folded.text for _, folded in _folded(text, pattern)]
    return frozenset(number for number, literal in enumerate(pattern.literals) if any(any(_places(piece, literal)) for piece in pieces))


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
    while cut := _CUT.search(text, ends[-1] + PIECE):
        ends.append(cut.end())
    return list(pairwise([*ends, len(text)] if ends[-1] < len(text) else ends)) or [(0, 0)]


def _occurrences(folded: str, literals: Iterable[_Literal], most: int) -> list[Occurrence]:
    """Where a folded text holds literals, ascending, of so many of these as give about `most` places. Most are not there, which is seen
    at once."""
    found: list[Occurrence] = []
    for number, literal in enumerate(literals):
        if literal.chunks[0] in folded or literal.sought.fuzzy:
            found += [(start, end, number) for start, end in _places(folded, literal)]
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


def _marks(folded: Folded, literals: Iterable[_Literal]) -> Iterator[Mark]:
    """The marks alone, as offsets into the text: of each literal, places that touch are one at once."""
    places = (_merged((start, end, 0) for start, end in _places(folded.text, literal)) for literal in literals)
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
    return _letters(original) == _letters(typed)


@dataclass(frozen=True, slots=True)
class _Literal:
    """What is looked for, cut where the text may hold something else between: `separators[n]` stands behind `chunks[n]`.

    `plain`: it is one chunk, and stands wherever that does; `alone`: one word or number, which stands where that is all of it.
    `sign` belongs to the last chunk and must follow it: the ++ of c++, the % of 10%. `wildcard`: all of it, with a `*` for any letters.
    """

    sought: Sought
    chunks: tuple[str, ...]
    plain: bool
    alone: bool = False
    separators: tuple[re.Pattern[str], ...] = ()
    sign: str = ""
    wildcard: str = ""

    @property
    def characters(self) -> str:
        """Those of which it matters how a text holds them."""
        between = f" {JOINER}" if len(self.chunks) > 1 else ""
        return "".join((*self.chunks, between, self.sign, self.wildcard))

    @property
    def reaching(self) -> bool:
        """Whether there is a gap in it, which may be any sign."""
        return not _WITHOUT_GAP.issuperset(self.separators) or bool(self.wildcard and _CUT.search(self.wildcard))

    @property
    def meets_others(self) -> bool:
        """Whether it matters how a text holds other letters: a similar word has them, and beside them a space is closed or not."""
        return self.sought.fuzzy > 0 or not set(SPACE_CLASS).isdisjoint(self.wildcard)


@lru_cache(maxsize=4096)
def _literal(sought: Sought) -> _Literal:
    """Kept for the patterns of other documents, which hold other terms, and of the next query: of a thousand terms some thousands."""
    if is_short_run(sought.text):
        return _Literal(sought, (fold_script(sought.text),), plain=not sought.fuzzy)
    folded = fold(sought.text).text
    if folded.isascii() and folded.isalpha() and not (sought.wildcard or sought.fuzzy):  # one word of letters, and no pattern to compile
        return _Literal(sought, (folded,), plain=False, alone=sought.whole_words and not sought.prefix)
    atoms = list(_chunk_pattern().finditer(folded))
    between = tuple(_separator(one[0], folded[one.end() : other.start()], other[0]) for one, other in pairwise(atoms))
    chunks = tuple(atom[0] for atom in atoms)
    sign = _sign_pattern().search(folded)
    wildcard = folded + "*" * sought.prefix if sought.wildcard else ""
    plain = len(chunks) == 1 and not (is_spaced(chunks[0]) or wildcard or sought.fuzzy)
    alone = len(chunks) == 1 and not (plain or sign or wildcard or sought.fuzzy or sought.prefix) and sought.whole_words
    return _Literal(sought, chunks, plain, alone, between, sign[0] if sign else "", wildcard)


def _separator(before: str, typed: str, after: str) -> re.Pattern[str]:
    """What may stand between two atoms, where this was typed between them."""
    spaced = is_spaced(before[-1]) and is_spaced(after[0])
    same = spaced and before[-1].isdigit() == after[0].isdigit()
    if typed == "" or _SEPARATORS["space"].fullmatch(typed) or (spaced and _SEPARATORS["joined"].fullmatch(typed)):
        return _SEPARATORS[("joined" if same else "maybe joined") if spaced else "maybe space"]
    return _gap(spaced)


def _places(folded: str, literal: _Literal) -> Iterator[Mark]:
    """Where one literal stands, ascending."""
    if literal.plain:
        return _places_of(folded, literal.chunks[0])
    if literal.alone:
        return (place for place in _places_of(folded, literal.chunks[0]) if _stands_alone(folded, *place))
    if literal.wildcard:
        return (place for place in wildcard_places(folded, literal.wildcard) if _stands_alone(folded, *place))
    if literal.sought.fuzzy:
        return _similar_words(folded, literal.chunks[0], literal.sought.fuzzy)
    return _places_of_chunks(folded, literal)


def _places_of(folded: str, text: str) -> Iterator[Mark]:
    """Overlapping ones too: 后后 stands twice in 后后后."""
    find, length = folded.find, len(text)
    start = find(text)
    while start >= 0:
        yield start, start + length
        start = find(text, start + 1)


def _places_of_chunks(folded: str, literal: _Literal) -> Iterator[Mark]:
    """One behind the other: to try again within each takes too long where a text says the same everywhere."""
    start = folded.find(literal.chunks[0])
    while start >= 0:
        end = _end_of(folded, start, literal)
        if end is not None:
            yield start, end
        start = folded.find(literal.chunks[0], end or start + 1)


def _end_of(folded: str, start: int, literal: _Literal) -> int | None:
    """Where a literal that begins at `start` ends, None where it does not stand there."""
    end = start + len(literal.chunks[0])
    for separator, chunk in zip(literal.separators, literal.chunks[1:], strict=True):
        between = separator.match(folded, end)
        if between is None or not folded.startswith(chunk, between.end()):
            return None
        end = between.end() + len(chunk)
    if literal.sought.prefix:
        end = end_of_word(folded, end)
    if literal.sought.whole_words and not _stands_alone(folded, start, end):
        return None
    return end + len(literal.sign) if folded.startswith(literal.sign, end) else None


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Whether no word or number goes on beyond either end."""
    return not ((start and _goes_on(folded[start - 1 : start + 1])) or _goes_on(folded[end - 1 : end + 1]))


def _goes_on(two: str) -> bool:
    """Whether two characters are there, and belong to one atom: two letters or two digits of a script with spaces."""
    return len(two) == 2 and (two.isalpha() or two.isdigit() if two.isascii() else bool(_one_atom().fullmatch(two)))


def _similar_words(folded: str, word: str, most: int) -> Iterator[Mark]:
    """The words that begin with the same letter and are no farther than `most` slips from a word; each is compared once."""
    similar: dict[str, bool] = {}
    for match in re.finditer(f"(?<![{LETTER}]){re.escape(word[0])}[{LETTER}]{{0,{len(word) + most}}}", folded):
        other = match[0]
        if other not in similar:
            similar[other] = abs(len(other) - len(word)) <= most and distance(word, other) <= most
        if similar[other] and _stands_alone(folded, *match.span()):
            yield match.span()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


_SEPARATORS = {
    "space": re.compile(SPACE),
    "maybe space": re.compile(f"(?:{SPACE})?"),
    "joined": re.compile(f"{SPACE}|[{re.escape(JOINER)}]"),
    "maybe joined": re.compile(f"(?:{SPACE}|[{re.escape(JOINER)}])?"),
}
"""What may stand between two atoms without a gap."""


_WITHOUT_GAP = frozenset(_SEPARATORS.values())


@lru_cache(maxsize=2)
def _gap(spaced: bool) -> re.Pattern[str]:
    """Whatever is no letter and no digit, but for what leaves no gap."""
    close = f"(?:{SPACE}|[{re.escape(JOINER)}])" if spaced else f"(?:{SPACE})"
    atom = f"{UNSPACED}{LETTER}{DIGIT}"
    return re.compile(f"(?!{close}[{atom}])[^{atom}]+")


@lru_cache(maxsize=1)
def _chunk_pattern() -> re.Pattern[str]:
    """What stands in folded text as it was typed: a run of Han characters, another letter without spaces, a run of letters, of digits."""
    return re.compile(f"[{IDEOGRAPH_CLASS}]+|[{UNSPACED}]|[{LETTER}]+|[{DIGIT}]+")


@lru_cache(maxsize=1)
def _sign_pattern() -> re.Pattern[str]:
    """The signs at the end of c++, c#, 10%."""
    return re.compile(f"(?<=[{LETTER}{DIGIT}])[+#]+$|(?<=[{DIGIT}])[%‰]$")


@lru_cache(maxsize=1)
def _one_atom() -> re.Pattern[str]:
    return re.compile(f"[{LETTER}]{{2}}|[{DIGIT}]{{2}}")

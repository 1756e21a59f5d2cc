"""Where does a text hold what is looked for?

It is found in the folded text, as the index finds it: Han characters wherever they stand, other letters and digits as whole atoms
(ai not inside email), any gap for a gap. Marks are offsets into the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from searcher.characters import DIGIT, JOINER, LETTER, SPACE, UNSPACED, end_of_word, is_short_run, is_spaced
from searcher.folding import IDEOGRAPH_CLASS, Folded, fold
from searcher.results import Mark
from searcher.stretches import Anchor, Excerpt, anchor, excerpt, occurrences

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

    `anchors`: those of the literals (see `stretches.py`); None where one has none, or may reach across a gap.
    """

    literals: tuple[_Literal, ...]
    merge: bool = True
    anchors: tuple[Anchor, ...] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a text holds of a pattern, as offsets into the text: every place of every literal, ascending, and the marks that these make."""

    occurrences: Sequence[Occurrence]
    marks: tuple[Mark, ...]


def pattern(literals: Iterable[Sought], *, merge: bool = True) -> Pattern:
    """Prepare what is to be marked; a text without a letter or digit is left out."""
    found = (_literal(sought) for sought in dict.fromkeys(literals))
    held = tuple(literal for literal in found if literal.chunks)
    anchors = tuple(filter(None, map(_anchor, held)))
    return Pattern(held, merge, anchors if len(anchors) == len(held) else None)


def marks(text: str, pattern: Pattern) -> tuple[Mark, ...]:
    """Where a text holds what is looked for: ascending and disjoint, or every place of its own if the pattern does not merge."""
    return found_in(text, pattern).marks


def found_in(text: str, pattern: Pattern) -> Found:
    """What a text holds of a pattern; only the stretches that can hold something are folded."""
    seen = None if pattern.anchors is None else occurrences(text, pattern.anchors)
    if seen is not None:
        return _found(seen, [(start, end) for start, end, _ in seen], pattern)
    part = Excerpt(text) if pattern.anchors is None else excerpt(text, pattern.anchors)
    folded = fold(part.text)
    found = [(start, end, number) for number, literal in enumerate(pattern.literals) for start, end in _places(folded.text, literal)]
    found.sort()
    return _found(found, _places_in_text(folded, part, found), pattern)


def _found(found: Sequence[Occurrence], places: Sequence[Mark], pattern: Pattern) -> Found:
    """Ascending occurrences in folded text, with their places in the text."""
    if not found:
        return Found((), ())
    return Found(
        [(*place, number) for place, (_, _, number) in zip(places, found, strict=True)],
        _merged_marks(found, places) if pattern.merge else tuple(dict.fromkeys(places)),
    )


def _places_in_text(folded: Folded, part: Excerpt, found: Iterable[Occurrence]) -> list[Mark]:
    """Where occurrences in the folded text of an excerpt stand in the text."""
    if not folded.layers:
        return [part.place(start, end) for start, end, _ in found]
    return [part.place(*folded.original(start, end)) for start, end, _ in found]


def _merged_marks(found: Iterable[Occurrence], places: Sequence[Mark]) -> tuple[Mark, ...]:
    """Ascending occurrences as marks of the text, in which they have these places: those that overlap or touch in folded text as one."""
    together: list[Mark] = []
    reach = -1
    for (start, end, _), place in zip(found, places, strict=True):
        if start > reach:
            together.append(place)
            reach = end
        elif end > reach:
            together[-1] = together[-1][0], place[1]
            reach = end
    return tuple(_merged(mark for mark in together if mark[0] < mark[1]))


def same_script(original: str, typed: str) -> bool:
    """Whether two texts are the same letters but for width, case, and what stands between them: 后 is not 後."""
    return _letters(original) == _letters(typed)


@dataclass(frozen=True, slots=True)
class _Literal:
    """What is looked for, cut where the text may hold something else between: `separators[n]` stands before `chunks[n]`.

    `sign` belongs to the last chunk and must follow it: the ++ of c++.
    """

    sought: Sought
    chunks: tuple[str, ...]
    separators: tuple[re.Pattern[str], ...]
    sign: str
    expression: re.Pattern[str] | None


def _literal(sought: Sought) -> _Literal:
    folded = fold(sought.text).text
    if is_short_run(folded):
        return _Literal(sought, (folded,), (_SEPARATORS["none"],), "", None)
    atoms = list(_chunk_pattern().finditer(folded))
    between = (_separator(one[0], folded[one.end() : other.start()], other[0]) for one, other in pairwise(atoms))
    chunks = tuple(atom[0] for atom in atoms)
    sign = _sign_pattern().search(folded)
    expression = _wildcard_expression(folded + "*" * sought.prefix) if sought.wildcard else None
    return _Literal(sought, chunks, (_SEPARATORS["none"], *between) if chunks else (), sign[0] if sign else "", expression)


def _anchor(literal: _Literal) -> Anchor | None:
    """The anchor of a literal; None where it may reach across a gap, or is no run of letters as it stands."""
    if literal.expression or literal.sought.fuzzy or not _WITHOUT_GAP.issuperset(literal.separators):
        return None
    return anchor(literal.chunks)


def _separator(before: str, typed: str, after: str) -> re.Pattern[str]:
    """What may stand between two atoms, where this was typed between them."""
    spaced = is_spaced(before[-1]) and is_spaced(after[0])
    same = spaced and before[-1].isdigit() == after[0].isdigit()
    if typed == "" or _SEPARATORS["space"].fullmatch(typed) or (spaced and _SEPARATORS["joined"].fullmatch(typed)):
        return _SEPARATORS[("joined" if same else "maybe joined") if spaced else "maybe space"]
    return _gap(spaced)


def _places(folded: str, literal: _Literal) -> Iterator[Mark]:
    if literal.expression:
        yield from (match.span() for match in literal.expression.finditer(folded) if _stands_alone(folded, *match.span()))
        return
    if literal.sought.fuzzy:
        yield from _similar_words(folded, literal.chunks[0], literal.sought.fuzzy)
        return
    first = literal.chunks[0]
    plain = len(literal.chunks) == 1 and (is_short_run(first) or not is_spaced(first))
    start = folded.find(first)
    while start >= 0:
        end = start + len(first) if plain else _end_of(folded, start, literal)
        if end is not None:
            yield start, end
        start = folded.find(first, end or start + 1)


def _end_of(folded: str, start: int, literal: _Literal) -> int | None:
    """Where a literal that begins at `start` ends, None where it does not stand there."""
    end = start
    for separator, chunk in zip(literal.separators, literal.chunks, strict=True):
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
    return not (start and _goes_on(folded[start - 1 : start + 1])) and not (end < len(folded) and _goes_on(folded[end - 1 : end + 1]))


def _goes_on(two: str) -> bool:
    """Whether two characters belong to one atom: two letters or two digits of a script with spaces."""
    return bool(_one_atom().fullmatch(two))


def _wildcard_expression(folded: str) -> re.Pattern[str]:
    return re.compile(f"[{LETTER}{DIGIT}]*".join(map(re.escape, folded.split("*"))))


def _merged(spans: Iterable[Mark]) -> Iterator[Mark]:
    """Ascending spans, overlapping ones as one: ½ may have been hit by 1 and by 2."""
    start = end = -1
    for first, last in spans:
        if first < end:
            end = max(end, last)
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end


def _similar_words(folded: str, word: str, distance: int) -> Iterator[Mark]:
    """The words that begin with the same letter and are no farther than `distance` from a word; each is compared once."""
    similar: dict[str, bool] = {}
    for match in re.finditer(f"(?<![{LETTER}]){re.escape(word[0])}[{LETTER}]{{0,{len(word) + distance}}}", folded):
        other = match[0]
        if other not in similar:
            similar[other] = abs(len(other) - len(word)) <= distance and _distance(word, other) <= distance
        if similar[other] and _stands_alone(folded, *match.span()):
            yield match.span()


def _distance(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        last, before, row = before, row, [number]
        for at, against in enumerate(other, 1):
            row.append(min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != against)))
            if number > 1 and at > 1 and letter == other[at - 2] and one[number - 2] == against:
                row[at] = min(row[at], last[at - 2] + 1)
    return row[-1]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


_SEPARATORS = {
    "none": re.compile(""),
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
    """The signs at the end of c++, c#."""
    return re.compile(f"(?<=[{LETTER}{DIGIT}])[+#]+$")


@lru_cache(maxsize=1)
def _one_atom() -> re.Pattern[str]:
    return re.compile(f"[{LETTER}]{{2}}|[{DIGIT}]{{2}}")

"""Where does a folded text hold one text that is looked for?

As the index finds it: Han characters wherever they stand, other letters and digits as whole atoms (ai not inside email), any gap for a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from string import digits

from searcher.frozen import frozen
from searcher.passages.wildcards import wildcard_places
from searcher.results import Mark
from searcher.text.characters import DIGIT, JOINER, LETTER, SPACE, UNSPACED, end_of_word, is_spaced
from searcher.text.distance import within
from searcher.text.folding import IDEOGRAPH_CLASS, SPACE_CLASS, fold, fold_script
from searcher.text.patterns import late_pattern
from searcher.text.usual import PLAIN_HAN, PLAIN_LETTER, SEGMENTED, is_plain, is_short_run

CUT = re.compile("[，。、,;(]")
"""Signs behind which any text can be cut (see `analysis.py`), and which no literal without a gap holds: the most frequent of them."""


@frozen
class Sought:
    """A text to mark, as typed or as an expansion of it. `term` says which term of the query it belongs to, `weight` how much it tells.

    `whole_words`: letters and digits match whole atoms only. `prefix`: the last word may go on. `wildcard`: `*` stands for any letters.
    `fuzzy`: how many letters may differ, but not the first. `across`: beside characters written without spaces there may be signs, or none.
    """

    text: str
    term: int
    weight: float = 1.0
    whole_words: bool = True
    prefix: bool = False
    wildcard: bool = False
    fuzzy: int = 0
    across: bool = False


@frozen
class Literal:
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
        return not _WITHOUT_GAP.issuperset(self.separators) or bool(self.wildcard and CUT.search(self.wildcard))

    @property
    def meets_others(self) -> bool:
        """Whether it matters how a text holds other letters: a similar word has them, and beside them a space is closed or not."""
        return self.sought.fuzzy > 0 or not set(SPACE_CLASS).isdisjoint(self.wildcard)


@lru_cache(maxsize=4096)
def literal_of(sought: Sought) -> Literal:
    """What is looked for, ready; kept for the patterns of other documents, which hold other terms, and of the next query.

    Of a thousand terms these are some thousands.
    """
    if sought.across:
        return _across(sought)
    if is_short_run(sought.text):
        return Literal(sought, (fold_script(sought.text),), plain=not sought.fuzzy)
    folded = fold(sought.text).text
    if folded.isascii() and folded.isalpha() and not (sought.wildcard or sought.fuzzy):  # one word of letters, and no pattern to compile
        return Literal(sought, (folded,), plain=False, alone=sought.whole_words and not sought.prefix)
    atoms = list(_chunk_pattern(plain=is_plain(folded)).finditer(folded))
    between = tuple(_separator(one[0], folded[one.end() : other.start()], other[0]) for one, other in pairwise(atoms))
    chunks = tuple(atom[0] for atom in atoms)
    sign = _sign_pattern().search(folded) if folded.endswith(_SIGNS) else None
    wildcard = folded + "*" * sought.prefix if sought.wildcard else ""
    plain = len(chunks) == 1 and not (is_spaced(chunks[0]) or wildcard or sought.fuzzy)
    alone = len(chunks) == 1 and not (plain or sign or wildcard or sought.fuzzy or sought.prefix) and sought.whole_words
    return Literal(sought, chunks, plain, alone, between, sign[0] if sign else "", wildcard)


def _across(sought: Sought) -> Literal:
    """The same, with each character by itself that is written without spaces, and a sign that belongs to a word or number with that."""
    folded = fold(sought.text).text
    atoms = list(_atom_pattern(plain=is_plain(folded)).finditer(folded))
    between = tuple(
        _separator(one[0], folded[one.end() : other.start()], other[0]) if is_spaced(one[0]) and is_spaced(other[0]) else _signs()
        for one, other in pairwise(atoms)
    )
    return Literal(sought, tuple(atom[0] for atom in atoms), plain=False, separators=between)


def _separator(before: str, typed: str, after: str) -> re.Pattern[str]:
    """What may stand between two atoms, where this was typed between them."""
    spaced = is_spaced(before[-1]) and is_spaced(after[0])
    same = spaced and before[-1].isdigit() == after[0].isdigit()
    if typed == "" or _SEPARATORS["space"].fullmatch(typed) or (spaced and _SEPARATORS["joined"].fullmatch(typed)):
        return _SEPARATORS[("joined" if same else "maybe joined") if spaced else "maybe space"]
    return _gap(spaced)


def places_of(folded: str, literal: Literal) -> Iterator[Mark]:
    """Where one literal stands, ascending."""
    if literal.plain:
        return _places_of_run(folded, literal.chunks[0])
    if literal.alone:
        return (place for place in _places_of_run(folded, literal.chunks[0]) if _stands_alone(folded, *place))
    if literal.wildcard:
        return (place for place in wildcard_places(folded, literal.wildcard) if _stands_alone(folded, *place))
    if literal.sought.fuzzy:
        return _similar_words(folded, literal.chunks[0], literal.sought.fuzzy)
    return _places_of_chunks(folded, literal)


def _places_of_run(folded: str, text: str) -> Iterator[Mark]:
    """Overlapping ones too: 后后 stands twice in 后后后."""
    find, length = folded.find, len(text)
    start = find(text)
    while start >= 0:
        yield start, start + length
        start = find(text, start + 1)


def _places_of_chunks(folded: str, literal: Literal) -> Iterator[Mark]:
    """One behind the other: to try again within each takes too long where a text says the same everywhere."""
    start = folded.find(literal.chunks[0])
    while start >= 0:
        end = _end_of(folded, start, literal)
        if end is not None and (not literal.sought.across or _is_borne_out(folded[start:end], literal)):
            yield start, end
        start = folded.find(literal.chunks[0], end or start + 1)


def _is_borne_out(found: str, literal: Literal) -> bool:
    """Whether what stands between is no letter or digit either when all of it is folded, as ① is."""
    folded = fold(found).text
    return _end_of(folded, 0, literal) == len(folded)


def _end_of(folded: str, start: int, literal: Literal) -> int | None:
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
    if len(two) < 2 or two.isascii():
        return len(two) == 2 and (two.isalpha() or two.isdigit())
    return is_spaced(two[0]) and is_spaced(two[1]) and (two[0] in digits) == (two[1] in digits)


def _similar_words(folded: str, word: str, most: int) -> Iterator[Mark]:
    """The words that begin with the same letter and are no farther than `most` slips from a word; each is compared once."""
    similar: dict[str, bool] = {}
    for match in re.finditer(f"(?<![{LETTER}]){re.escape(word[0])}[{LETTER}]{{0,{len(word) + most}}}", folded):
        other = match[0]
        if other not in similar:
            similar[other] = within(word, other, most)
        if similar[other] and _stands_alone(folded, *match.span()):
            yield match.span()


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


_signs = late_pattern(f"(?:(?![{SEGMENTED}])[^{UNSPACED}{LETTER}{DIGIT}])*")
"""Whatever is no letter and no digit, or nothing; what most often stands there is looked at first, for the class takes Python long."""


@lru_cache(maxsize=2)
def _atom_pattern(*, plain: bool) -> re.Pattern[str]:
    """A letter without spaces, a run of letters, of digits; c++, c# and 10% with their signs."""
    unspaced, letter = (PLAIN_HAN, PLAIN_LETTER) if plain else (f"[{UNSPACED}]", LETTER)
    ending = f"(?![{letter}{DIGIT}])"
    return re.compile(f"{unspaced}|[{letter}]+(?:[+#]+{ending})?|[{DIGIT}]+(?:[+#]+{ending}|[%‰])?")


@lru_cache(maxsize=2)
def _chunk_pattern(*, plain: bool) -> re.Pattern[str]:
    """What stands in folded text as it was typed: a run of Han characters, another letter without spaces, a run of letters, of digits."""
    unspaced, letter = (f"{PLAIN_HAN}+", PLAIN_LETTER) if plain else (f"[{IDEOGRAPH_CLASS}]+|[{UNSPACED}]", LETTER)
    return re.compile(f"{unspaced}|[{letter}]+|[{DIGIT}]+")


_SIGNS = ("+", "#", "%", "‰")
_sign_pattern = late_pattern(f"(?<=[{LETTER}{DIGIT}])[+#]+$|(?<=[{DIGIT}])[%‰]$")
"""The signs at the end of c++, c#, 10%."""

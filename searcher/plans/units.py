"""Which stretches of a term are one thing, with other forms of their own: a word, or several that are one thing elsewhere?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from searcher.frozen import frozen
from searcher.plans import forms
from searcher.plans.forms import SPACE, Form, Synonyms
from searcher.plans.ranking import CERTAIN, QUESTION_WORDS
from searcher.plans.words import Span, end_of_name, outermost, spans_of, words_beside, words_between
from searcher.quantities import measures
from searcher.text.dictionary import Dictionary, default_dictionary
from searcher.vocabulary import regions
from searcher.vocabulary.asking import asked

LONGEST_NEAR = 2
"""A word of two characters is known to the table of registers also where the dictionary does not have it: 酒驾."""

BETWEEN_NAMES = ("", "·", "‧", "•", "・")
"""What stands between two words of a unit: nothing, or the dot of a foreign name, of which each region has its own."""

NAME_DOT = str.maketrans("·‧•・", "····")
"""The dots of names as the tables have them."""

LONGEST_UNIT = 8
"""Words of a unit: more than any that the tables have, for a day may have so many, 民国110年3月5日."""

IN_MEASURES = ("°", "$", "$ ")
"""What stands between a number and its unit: 20℃, US$100, NT$ 500."""


@frozen
class Unit:
    """A stretch of a term that is one thing: a word, or several that are one thing elsewhere (型, 别 → 类型).

    `words` are all words in it, itself among them if it is one; `forms` its other forms, heaviest first.
    `parts`: of several words that have a form together, the units they would be without it, each with forms of its own.
    `near`: what the unit, or where nothing is known of it one of its words, is called in another register, everyday or formal.
    That is less than a form: it stands for the word alone, not for the pairs of characters in it, and makes no unit.
    `asks`: it names nothing: 什么, or a part of 能不能. It is found as it stands only.
    `numeral`: it is one number of several words, though its other forms are not wanted.
    """

    text: str
    words: tuple[str, ...]
    forms: tuple[Form, ...]
    parts: tuple[Unit, ...] = ()
    near: tuple[Form, ...] = ()
    asks: bool = False
    numeral: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the unit is one number, or a share or a day, whose parts mean nothing by themselves."""
        return self.numeral or (bool(self.forms) and all(form.kind == "number" for form in self.forms))

    def inner(self) -> Iterator[Unit]:
        """The units that it has as parts, and their parts."""
        for part in self.parts:
            yield part
            yield from part.inner()

    def sure(self, least: float) -> tuple[Form, ...]:
        """The forms that answer by themselves: those of this weight and more; a term in another language only if it is surely the same."""
        return tuple(form for form in self.forms if form.weight >= least and (form.is_name or not form.is_translated))


def units_of(text: str, synonyms: Synonyms, dictionary: Dictionary | None = None, *, expand: bool = True) -> Iterator[Unit]:
    """Folded text cut into units one behind the other, the longest that has other forms first; without `expand`, into words and numbers."""
    spans, asking = spans_of(text, dictionary or default_dictionary()), asked(text)
    outer = outermost(spans)
    for asks, stretch in groupby(outer, lambda span: any(one.holds(*span[1:]) for one in asking)):
        words = list(stretch)
        if expand and not asks:
            yield from _units(text, spans, words, synonyms, LONGEST_UNIT)
        else:
            yield from _plain_units(text, spans, words, asks=asks)


def _plain_units(text: str, spans: Sequence[Span], outer: Sequence[Span], *, asks: bool) -> Iterator[Unit]:
    """Words as they are, but for those that are one number together: 第12条."""
    number = 0
    while number < len(outer):
        word, first, last = outer[number]
        end = number + 1 if asks else _unit_at(text, outer, number, {}, LONGEST_UNIT)[0]
        whole = text[first : outer[end - 1][2]]
        numeral = end > number + 1 and forms.is_numeral(whole)
        if numeral:
            yield Unit(whole, words_between(spans, first, outer[end - 1][2]), (), numeral=True)
        else:
            yield Unit(word, words_between(spans, first, last), (), asks=asks or word in QUESTION_WORDS)
        number = end if numeral else number + 1


def _units(text: str, spans: Sequence[Span], outer: Sequence[Span], synonyms: Synonyms, longest: int) -> Iterator[Unit]:
    """The units of some words one behind the other, each of `longest` words at most."""
    number = 0
    while number < len(outer):
        if end := end_of_name(text, outer, number):
            yield from _named_units(text, spans, outer[number:end], synonyms)
            number = end
            continue
        end, found = _unit_at(text, outer, number, synonyms, longest)
        first, last, count = outer[number][1], outer[end - 1][2], end - number
        several = count > 1 and not forms.is_numeral(text[first:last])
        parts = tuple(_units(text, spans, outer[number:end], synonyms, count - 1)) if several else ()
        inside = words_between(spans, first, last)
        whole = text[first:last]
        piece = len(whole) == 1 and regions.is_piece(whole, *words_beside(outer, number))
        if piece:
            found = tuple(form for form in found if form.weight >= CERTAIN)
        near = () if piece else _near_unit(whole, inside, found)
        yield Unit(whole, inside, found, parts, near, asks=whole in QUESTION_WORDS)
        number = end


def _named_units(text: str, spans: Sequence[Span], outer: Sequence[Span], synonyms: Synonyms) -> tuple[Unit, ...]:
    """The words of a name that is no sum of them; one unit of them where the user has a synonym for it."""
    words = tuple(Unit(word, words_between(spans, first, last), ()) for word, first, last in outer)
    first, last = outer[0][1], outer[-1][2]
    found = forms.of_user(text[first:last], synonyms)
    return (Unit(text[first:last], words_between(spans, first, last), found, words),) if found else words


def _near_unit(text: str, inside: Sequence[str], found: Sequence[Form]) -> tuple[Form, ...]:
    """What a unit is called in another register; where nothing is known of it as a whole, what the words in it are called.

    A word means little inside one that has other forms: 保險 in 保險套, 扣押 in 假扣押, 林木 for the 树 in 二叉树.
    What is a form already is not near besides: 人行横道 for 斑马线.
    """
    near = forms.near((text,)) or (() if found or inside == (text,) else forms.near(inside))
    known = {form.text for form in found} if near else set()
    return tuple(form for form in near if form.text not in known) if known else near


def _unit_at(text: str, outer: Sequence[Span], number: int, synonyms: Synonyms, longest: int) -> tuple[int, tuple[Form, ...]]:
    """The number of the word behind the unit that begins with this one, and the unit's forms."""
    end = _furthest(text, outer, number, synonyms, longest)
    for last in range(end, number + 1, -1):
        several = text[outer[number][1] : outer[last - 1][2]].translate(NAME_DOT)
        found = forms.of_word(several, synonyms) if forms.is_numeral(several) else forms.of_several(several, synonyms)
        if len(several) < len(text) and measures.may_be_other(several):
            found = tuple(form for form in found if form.weight >= CERTAIN)
        if _is_unit(several, found):
            return last, found
    return number + 1, forms.of_word(outer[number][0], synonyms)


def _is_unit(several: str, found: Sequence[Form]) -> bool:
    """Whether several words are one thing. What is known of them may be no more than their name in another language: then those in Latin
    letters are, and others stay the words that they are, of which some may be lacking, and each has its own forms (软体 in 软体工程)."""
    if found and several.isascii():
        return True
    return any(not form.is_name for form in found) or (len(several) == LONGEST_NEAR and bool(forms.near((several,))))


def _furthest(text: str, outer: Sequence[Span], number: int, synonyms: Synonyms, longest: int) -> int:
    """The number of the word behind the last one that can be in a unit with this one."""
    end, first = number + 1, outer[number][1]
    while (
        end < min(len(outer), number + longest)
        and _are_beside(text, outer[end - 1][2], outer[end][1])
        and forms.begins(text[first : outer[end][2]].translate(NAME_DOT), synonyms)
    ):
        end += 1
    return end


def _are_beside(text: str, end: int, start: int) -> bool:
    """Whether two words of which one ends and the other starts here may be in one unit; a space is between Latin letters alone, a comma
    in a number (123,500)."""
    between = text[end:start]
    if between == ",":
        return text[end - 1].isdecimal() and text[start].isdecimal()
    return between in BETWEEN_NAMES or between in IN_MEASURES or (between == SPACE and text[end - 1].isascii() and text[start].isascii())

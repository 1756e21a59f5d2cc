"""Which other forms of a word or a term are looked for too: other regions' words, other ways to write a number, the user's synonyms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from searcher.plans.compounds import forms_by_parts, is_whole
from searcher.plans.ranking import CERTAIN, QUESTION_WORDS
from searcher.quantities import measures, moments, numbers, shares
from searcher.results import Expansion
from searcher.text.dictionary import Dictionary, default_dictionary
from searcher.text.folding import Folded, fold
from searcher.text.segmentation import word_spans
from searcher.vocabulary import regions, terminology
from searcher.vocabulary.asking import asked

Synonyms = Mapping[str, tuple[str, ...]]
"""The user's own synonyms: folded text → texts as written."""

SYNONYM_WEIGHT = 0.8

MOST_FORMS = 6
"""So many forms of a word come from our own tables: other regions' before English ones that may be the same, of each the heaviest."""

JOINING = ("和", "与", "及")
"""Words that join what stands beside them, each as good as the others: who looks for 輸入和輸出 means 输入与输出, too."""

JOINED_WEIGHT = 0.9

LONGEST_NEAR = 2
"""A word of two characters is known to the table of registers also where the dictionary does not have it: 酒驾."""

BETWEEN_NAMES = ("", "·", "‧", "•", "・")
"""What stands between two words of a unit: nothing, or the dot of a foreign name, of which each region has its own."""

NAME_DOT = str.maketrans("‧•・", "···")
"""The dots of names as the tables have them."""

CLASSING = frozenset("类图天日节包块度周")
"""Words of one character that behind others mostly count, or say what kind of thing these are: 节 is a section, and 烤肉节 has none."""

DOING = frozenset("行流点")
"""Words of one character that beside others mostly say what is done: 流 is a stream, and 流什么 none."""

LONGEST_NAME = 4
"""Words of a name that is no sum of them: 韩国瑜, 武大靖."""

LONGEST_UNIT = 8
"""Words of a unit: more than any that the tables have, for a day may have so many, 民国110年3月5日."""

IN_MEASURES = ("°", "$", "$ ")
"""What stands between a number and its unit: 20℃, US$100, NT$ 500."""

SPACE, HYPHEN = " ", "-"
"""What stands between two words of Latin letters that are one term: machine learning is machine-learning."""

Span = tuple[str, int, int]
"""A word, and where it begins and ends."""

_START = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of `source`: `text` is folded and looked for, `shown` is how a reader would write it."""

    source: str
    text: str
    shown: str
    kind: str
    weight: float

    @property
    def is_translated(self) -> bool:
        return self.kind == terminology.TRANSLATION

    @property
    def is_name(self) -> bool:
        """Whether it surely is the same in another language."""
        return self.is_translated and self.weight >= terminology.SURE

    def expansion(self, typed: str, folded: Folded) -> Expansion:
        """What is told to the user, with the source as it was typed, and so what a number keeps of it: 第24條 → 第二十四條.

        What laws and offices say is no other region's word, and told in the script that was typed: 賠償 → 賠償責任.
        """
        at = folded.text.find(self.source)
        start, end = folded.original(at, at + len(self.source)) if at >= 0 else (0, len(typed))
        source, shown = typed[start:end], self.shown
        if self.kind == "register" and (written := regions.as_typed(self.text, typed)) != self.text:
            shown = written
        if self.kind == "number" and len(source) == len(self.source):
            shown = regions.as_typed(shown, typed, str.maketrans(self.source, source))
        return Expansion(source, shown, self.kind, self.weight)


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a term that is one thing: a word, or several that are one thing elsewhere (型, 别 → 类型).

    `words` are all words in it, itself among them if it is one; `forms` its other forms, heaviest first.
    `parts`: of several words that have a form together, the units they would be without it, each with forms of its own.
    `near`: what the unit, or where nothing is known of it one of its words, is called in another register, everyday or formal.
    That is less than a form: it stands for the word alone, not for the pairs of characters in it, and makes no unit.
    `asks`: it names nothing: 什么, or a part of 能不能. It is found as it stands only.
    """

    text: str
    words: tuple[str, ...]
    forms: tuple[Form, ...]
    parts: tuple[Unit, ...] = ()
    near: tuple[Form, ...] = ()
    asks: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is one number, or a share or a day, whose parts mean nothing by themselves."""
        return bool(self.forms) and all(form.kind == "number" for form in self.forms)

    def inner(self) -> Iterator[Unit]:
        """The units that it has as parts, and their parts."""
        for part in self.parts:
            yield part
            yield from part.inner()

    def sure(self, least: float) -> tuple[Form, ...]:
        """The forms that answer by themselves: those of this weight and more; a term in another language only if it is surely the same."""
        return tuple(form for form in self.forms if form.weight >= least and (form.is_name or not form.is_translated))


def units(text: str, synonyms: Synonyms, dictionary: Dictionary | None = None, *, expand: bool = True) -> Iterator[Unit]:
    """Folded text cut into units one behind the other, the longest that has other forms first; without `expand`, into words."""
    spans, asking = _spans(text, dictionary or default_dictionary()), asked(text)
    outer = _outer(spans)
    for asks, stretch in groupby(outer, lambda span: any(one.holds(*span[1:]) for one in asking)):
        words = list(stretch)
        if expand and not asks:
            yield from _units(text, spans, words, synonyms, LONGEST_UNIT)
        else:
            yield from (Unit(word, _inside(spans, start, end), (), asks=asks or word in QUESTION_WORDS) for word, start, end in words)


def of_word(word: str, synonyms: Synonyms) -> tuple[Form, ...]:
    """The other forms of one folded word, heaviest first."""
    known = _known_of_word(word)
    return _heaviest_first(word, (*_synonyms(word, synonyms), *known)) if word in synonyms else known


@lru_cache(maxsize=1 << 12)
def _known_of_word(word: str) -> tuple[Form, ...]:
    known = _known(word)
    return _heaviest_first(word, (*known, *_by_parts(word, known), *_numbers(word)))


def _by_parts(word: str, known: Sequence[Form]) -> Iterator[Form]:
    """What other regions call a word of which they are only known to call its parts otherwise."""
    if not any(form.kind == "region" for form in known):
        few = forms_by_parts(word)[: MOST_FORMS - len(known)]
        yield from (Form(word, form.text, form.shown, "region", form.weight) for form in few)


def of_term(text: str, synonyms: Synonyms, dictionary: Dictionary | None = None, units: Sequence[Unit] | None = None) -> tuple[Form, ...]:
    """The other forms of a whole folded term: some of its words replaced, or its number written otherwise.

    `units`: those of the term, where they are known; where none has other forms, no words are replaced.
    """
    words = tuple(_words_and_names(text, dictionary or default_dictionary()))
    together = "".join(words) == text  # what stands between words, such as punctuation, no form would keep
    replaced = _replaced(text, words) if together and (units is None or _may_be_replaced(words, units)) else ()
    return _heaviest_first(text, (*_synonyms(text, synonyms), *replaced, *_names(text), *_numbers(text)))


def _words_and_names(text: str, dictionary: Dictionary) -> Iterator[str]:
    """The outer words of a text, where a name that is no sum of its words is one: 韩国瑜视频 is no 南韩瑜影片."""
    outer, number = _outer(_spans(text, dictionary)), 0
    while number < len(outer):
        end = _name_at(text, outer, number) or number + 1
        yield text[outer[number][1] : outer[end - 1][2]]
        number = end


def _names(text: str) -> Iterator[Form]:
    """What a whole term surely is in another language; of several words in Latin letters all that they surely are besides."""
    return (form for form in _known_of_word(text) if form.is_name or (form.weight >= terminology.SURE and not text.isalnum()))


def _may_be_replaced(words: Sequence[str], units: Sequence[Unit]) -> bool:
    return any(unit.forms or unit.parts for unit in units) or any(word in JOINING for word in words)


def _replaced(text: str, words: Sequence[str]) -> Iterator[Form]:
    """A run of words with some of them as another region says them, and what joins them as somebody else may."""
    for run in (words, *_joined_otherwise(words)):
        if run is not words:
            together = "".join(run)
            yield Form(text, together, together, "region", JOINED_WEIGHT)
        yield from (Form(text, form.text, form.shown, "region", form.weight) for form in regions.expand_run(run))


def _joined_otherwise(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A run of words with other joining words; one that nothing stands in front of, or behind, joins nothing."""
    inner = words[1:-1]
    for joining in JOINING if any(word in JOINING for word in inner) else ():
        other = tuple(joining if word in JOINING else word for word in inner)
        if other != tuple(inner):
            yield words[0], *other, words[-1]


def outer_words(folded: str, dictionary: Dictionary | None = None) -> tuple[str, ...]:
    """The words of folded text one behind the other, without those inside others."""
    return tuple([word for word, _, _ in _outer(_spans(folded, dictionary or default_dictionary()))])


@lru_cache(maxsize=64)
def _spans(folded: str, dictionary: Dictionary) -> tuple[Span, ...]:
    """The words by where they begin, the longest first. A term is cut for its units, for its forms as a whole, and to see a slip in it."""
    return tuple(sorted(word_spans(folded, dictionary), key=lambda span: (span[1], -span[2])))


def _outer(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    return kept


def _units(text: str, spans: Sequence[Span], outer: Sequence[Span], synonyms: Synonyms, longest: int) -> Iterator[Unit]:
    """The units of some words one behind the other, each of `longest` words at most."""
    number = 0
    while number < len(outer):
        if end := _name_at(text, outer, number):
            yield from _named_units(text, spans, outer[number:end], synonyms)
            number = end
            continue
        end, found = _unit_at(text, outer, number, synonyms, longest)
        first, last, count = outer[number][1], outer[end - 1][2], end - number
        several = count > 1 and not _is_numeral(text[first:last])
        parts = tuple(_units(text, spans, outer[number:end], synonyms, count - 1)) if several else ()
        inside = _inside(spans, first, last)
        whole = text[first:last]
        before, behind = _beside(outer, number) if len(whole) == 1 else ("", "")
        piece = regions.is_piece(whole, *filter(None, (before, behind)))
        found = _meant(whole, before, behind, found, piece=piece)
        near = () if piece else _near_unit(whole, inside, found)
        yield Unit(whole, inside, found, parts, near, asks=whole in QUESTION_WORDS)
        number = end


def _name_at(text: str, outer: Sequence[Span], number: int) -> int:
    """The number of the word behind a name that begins here and is no sum of its words, which then mean nothing else; 0 where none does."""
    ends = range(min(len(outer), number + LONGEST_NAME), number + 1, -1)
    return next((end for end in ends if is_whole(text[outer[number][1] : outer[end - 1][2]])), 0)


def _named_units(text: str, spans: Sequence[Span], outer: Sequence[Span], synonyms: Synonyms) -> tuple[Unit, ...]:
    """The words of a name that is no sum of them; one unit of them where the user has a synonym for it."""
    words = tuple(Unit(word, _inside(spans, first, last), ()) for word, first, last in outer)
    first, last = outer[0][1], outer[-1][2]
    found = _heaviest_first(text[first:last], tuple(_synonyms(text[first:last], synonyms)))
    return (Unit(text[first:last], _inside(spans, first, last), found, words),) if found else words


def _meant(word: str, before: str, behind: str, found: Sequence[Form], *, piece: bool) -> tuple[Form, ...]:
    """Which forms of a word are meant beside others: of a piece of an unknown word those that surely are the same, of a character that
    counts or classes the word before it none in English (图 of 长辈图 is no graph; 类 of 类提供 is a class)."""
    if piece:
        return tuple(form for form in found if form.weight >= CERTAIN)
    others = (before,) if word in CLASSING else (before, behind) if word in DOING else ()
    if any(other and not other.isascii() and other not in regions.GRAMMAR for other in others):
        return tuple(form for form in found if not form.is_translated)
    return tuple(found)


def _beside(outer: Sequence[Span], number: int) -> tuple[str, str]:
    """The words that touch this one, before and behind it; empty where none does."""
    _, start, end = outer[number]
    before = next((word for word, _, last in outer[max(0, number - 1) : number] if last == start), "")
    behind = next((word for word, first, _ in outer[number + 1 : number + 2] if first == end), "")
    return before, behind


def _near_unit(text: str, inside: Sequence[str], found: Sequence[Form]) -> tuple[Form, ...]:
    """What a unit is called in another register; where nothing is known of it as a whole, what the words in it are called.

    A word means little inside one that has other forms: 保險 in 保險套, 扣押 in 假扣押, 林木 for the 树 in 二叉树.
    What is a form already is not near besides: 人行横道 for 斑马线.
    """
    near = _near((text,)) or (() if found or inside == (text,) else _near(inside))
    known = {form.text for form in found} if near else set()
    return tuple(form for form in near if form.text not in known) if known else near


def _inside(spans: Sequence[Span], first: int, last: int) -> tuple[str, ...]:
    """The words between two offsets, each once."""
    near = spans[bisect_left(spans, first, key=_START) : bisect_left(spans, last, key=_START)]
    return tuple(dict.fromkeys(word for word, _, stop in near if stop <= last))


def _unit_at(text: str, outer: Sequence[Span], number: int, synonyms: Synonyms, longest: int) -> tuple[int, tuple[Form, ...]]:
    """The number of the word behind the unit that begins with this one, and the unit's forms."""
    end = _furthest(text, outer, number, synonyms, longest)
    for last in range(end, number + 1, -1):
        several = text[outer[number][1] : outer[last - 1][2]].translate(NAME_DOT)
        found = of_word(several, synonyms) if _is_numeral(several) else _heaviest_first(several, _named(several, synonyms))
        if len(several) < len(text) and measures.may_be_other(several):
            found = tuple(form for form in found if form.weight >= CERTAIN)
        if _is_unit(several, found):
            return last, found
    return number + 1, of_word(outer[number][0], synonyms)


def _is_unit(several: str, found: Sequence[Form]) -> bool:
    """Whether several words are one thing. What is known of them may be no more than their name in another language: then those in Latin
    letters are, and others stay the words that they are, of which some may be lacking, and each has its own forms (软体 in 软体工程)."""
    if found and several.isascii():
        return True
    return any(not form.is_name for form in found) or (len(several) == LONGEST_NEAR and bool(_near((several,))))


def _furthest(text: str, outer: Sequence[Span], number: int, synonyms: Synonyms, longest: int) -> int:
    """The number of the word behind the last one that can be in a unit with this one."""
    end, first = number + 1, outer[number][1]
    while (
        end < min(len(outer), number + longest)
        and _are_beside(text, outer[end - 1][2], outer[end][1])
        and _begins(text[first : outer[end][2]].translate(NAME_DOT), synonyms)
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


def _begins(several: str, synonyms: Synonyms) -> bool:
    """Whether something of which other forms are known may begin so: of most words that stand side by side, nothing does."""
    if any(regions.begins(spelt) or terminology.begins(spelt) for spelt in _spellings(several)):
        return True
    return any(own.startswith(several) for own in synonyms) or numbers.may_hold(several)


def _spellings(text: str) -> tuple[str, ...]:
    """A term as our tables may have it: machine-learning as machine learning, wi fi as wi-fi."""
    if not (SPACE in text or HYPHEN in text) or not text.isascii():
        return (text,)
    return tuple(dict.fromkeys((text, text.replace(HYPHEN, SPACE), text.replace(SPACE, HYPHEN))))


def _heaviest_first(source: str, forms: Sequence[Form]) -> tuple[Form, ...]:
    best: dict[str, Form] = {}
    for form in sorted(forms, key=lambda form: -form.weight):
        if form.text != source:
            best.setdefault(form.text, form)
    return tuple(best.values())


def _named(text: str, synonyms: Synonyms) -> tuple[Form, ...]:
    known = _known(text)
    return (*_synonyms(text, synonyms), *known) if text in synonyms else known


def _synonyms(text: str, synonyms: Synonyms) -> Iterator[Form]:
    for target in synonyms.get(text, ()):
        yield Form(text, fold(target).text, target, "synonym", SYNONYM_WEIGHT)


def _known(text: str) -> tuple[Form, ...]:
    """The forms that our own tables have; of most texts they know nothing."""
    for spelt in _spellings(text):
        regional, english = regions.expansions(spelt), terminology.expansions(spelt, terminology.TRANSLATION)
        if regional or english:
            found = _heaviest_first(text, [*_regional(text, regional), *_terms(text, english)])
            return _heaviest_first(text, sorted(found, key=_is_english_in_doubt)[:MOST_FORMS])
    return ()


def _is_english_in_doubt(form: Form) -> bool:
    """Whether it is a word in English that only may be the same: so many of them are none but others' plurals, and come last."""
    return form.is_translated and not form.is_name


def _regional(word: str, found: Iterable[regions.Form]) -> Iterator[Form]:
    """What other regions call a word; a foreign name with its dot and without."""
    for form in found:
        yield Form(word, form.target, form.shown, "region", form.weight)
        if "·" in form.target:
            yield Form(word, form.target.replace("·", ""), form.shown.replace("·", ""), "region", form.weight)


def _near(words: Sequence[str]) -> tuple[Form, ...]:
    """What each of some words, all different, is called in another register."""
    found = [(word, called) for word in words if (called := terminology.expansions(word, terminology.REGISTER))]
    return tuple(form for word, called in found for form in _terms(word, called[:MOST_FORMS])) if found else ()


def _terms(word: str, called: Iterable[terminology.Form]) -> Iterator[Form]:
    return (Form(word, form.target, form.shown, form.kind, form.weight) for form in called)


def _numbers(text: str) -> Iterator[Form]:
    for form in (*numbers.expansions(text), *shares.expansions(text), *moments.expansions(text), *measures.expansions(text)):
        yield Form(text, form.text, form.text, "number", form.weight)


def _is_numeral(text: str) -> bool:
    """Whether the text is one number, share, measure or day, whose parts mean nothing by themselves."""
    return numbers.is_number(text) or shares.is_share(text) or measures.is_measure(text) or moments.is_day(text)

"""Which other forms of a word or a term are looked for too: other regions' words, other ways to write a number, the user's synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from searcher.frozen import frozen
from searcher.plans.compounds import forms_by_parts
from searcher.plans.words import words_and_names
from searcher.quantities import measures, moments, numbers, shares
from searcher.results import Expansion
from searcher.text.dictionary import Dictionary, default_dictionary
from searcher.text.folding import Folded, fold
from searcher.vocabulary import regions, terminology

Synonyms = Mapping[str, tuple[str, ...]]
"""The user's own synonyms: folded text → texts as written."""

SYNONYM_WEIGHT = 0.8

MOST_FORMS = 6
"""So many forms of a word come from our own tables: other regions' before English ones that may be the same, of each the heaviest."""

JOINING = ("和", "与", "及")
"""Words that join what stands beside them, each as good as the others: who looks for 輸入和輸出 means 输入与输出, too."""

JOINED_WEIGHT = 0.9

SPACE, HYPHEN = " ", "-"
"""What stands between two words of Latin letters that are one term: machine learning is machine-learning."""


@frozen
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
        """Whether the form surely is the same in another language."""
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


def of_term(text: str, synonyms: Synonyms, dictionary: Dictionary | None = None, *, replaced: bool = True) -> tuple[Form, ...]:
    """The other forms of a whole folded term: some of its words replaced, or its number written otherwise.

    Without `replaced` no words are, but those that join others: no unit of the term has other forms.
    """
    words = tuple(words_and_names(text, dictionary or default_dictionary()))
    together = "".join(words) == text  # what stands between words, such as punctuation, no form would keep
    others = _replaced(text, words) if together and (replaced or any(word in JOINING for word in words)) else ()
    return _heaviest_first(text, (*_synonyms(text, synonyms), *others, *_names(text), *_numbers(text)))


def _names(text: str) -> Iterator[Form]:
    """What a whole term surely is in another language; of several words in Latin letters all that they surely are besides."""
    return (form for form in _known_of_word(text) if form.is_name or (form.weight >= terminology.SURE and not text.isalnum()))


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


def _heaviest_first(source: str, forms: Sequence[Form]) -> tuple[Form, ...]:
    best: dict[str, Form] = {}
    for form in sorted(forms, key=lambda form: -form.weight):
        if form.text != source:
            best.setdefault(form.text, form)
    return tuple(best.values())


def of_several(text: str, synonyms: Synonyms) -> tuple[Form, ...]:
    """The other forms of several folded words that stand side by side, heaviest first: of what our tables and the user call one thing."""
    known = _known(text)
    return _heaviest_first(text, (*_synonyms(text, synonyms), *known)) if text in synonyms else known


def of_user(text: str, synonyms: Synonyms) -> tuple[Form, ...]:
    """The user's own synonyms of a folded text."""
    return _heaviest_first(text, tuple(_synonyms(text, synonyms)))


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


def begins(several: str, synonyms: Synonyms) -> bool:
    """Whether something of which other forms are known may begin so: of most words that stand side by side, nothing does."""
    if any(regions.begins(spelt) or terminology.begins(spelt) for spelt in _spellings(several)):
        return True
    return any(own.startswith(several) for own in synonyms) or numbers.may_hold(several)


def _spellings(text: str) -> tuple[str, ...]:
    """A term as our tables may have it: machine-learning as machine learning, wi fi as wi-fi."""
    if not (SPACE in text or HYPHEN in text) or not text.isascii():
        return (text,)
    return tuple(dict.fromkeys((text, text.replace(HYPHEN, SPACE), text.replace(SPACE, HYPHEN))))


def _is_english_in_doubt(form: Form) -> bool:
    """Whether a form is an English word that may mean something else: many of these are only plurals of others, and come last."""
    return form.is_translated and not form.is_name


def _regional(word: str, found: Iterable[regions.Form]) -> Iterator[Form]:
    """What other regions call a word; a foreign name with its dot and without."""
    for form in found:
        yield Form(word, form.target, form.shown, "region", form.weight)
        if "·" in form.target:
            yield Form(word, form.target.replace("·", ""), form.shown.replace("·", ""), "region", form.weight)


def near(words: Sequence[str]) -> tuple[Form, ...]:
    """What each of some words, all different, is called in another register."""
    found = [(word, called) for word in words if (called := terminology.expansions(word, terminology.REGISTER))]
    return tuple(form for word, called in found for form in _terms(word, called[:MOST_FORMS])) if found else ()


def _terms(word: str, called: Iterable[terminology.Form]) -> Iterator[Form]:
    return (Form(word, form.target, form.shown, form.kind, form.weight) for form in called)


def _numbers(text: str) -> Iterator[Form]:
    for form in (*numbers.expansions(text), *shares.expansions(text), *moments.expansions(text), *measures.expansions(text)):
        yield Form(text, form.text, form.text, "number", form.weight)


def is_numeral(text: str) -> bool:
    """Whether the text is one number, share, measure or day, whose parts mean nothing by themselves."""
    return numbers.is_number(text) or shares.is_share(text) or measures.is_measure(text) or moments.is_day(text)

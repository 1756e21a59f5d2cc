"""Which other forms of a word or a term are looked for too: other regions' words, other ways to write a number, the user's synonyms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from searcher import numbers, regions
from searcher.dictionary import Dictionary
from searcher.folding import fold
from searcher.results import Expansion
from searcher.segmentation import word_spans

Synonyms = Mapping[str, tuple[str, ...]]
"""The user's own synonyms: folded text → texts as written."""

SYNONYM_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of `source`: `text` is folded and looked for, `shown` is how a reader would write it."""

    source: str
    text: str
    shown: str
    kind: str
    weight: float

    def expansion(self) -> Expansion:
        return Expansion(self.source, self.shown, self.kind, self.weight)


def of_word(word: str, synonyms: Synonyms) -> tuple[Form, ...]:
    """The other forms of one folded word, heaviest first."""
    return _heaviest_first(word, (*_synonyms(word, synonyms), *_regions(word), *_numbers(word)))


def of_term(text: str, synonyms: Synonyms, dictionary: Dictionary | None = None) -> tuple[Form, ...]:
    """The other forms of a whole folded term: some of its words replaced, or its number written otherwise."""
    words = outer_words(text, dictionary)
    together = "".join(words) == text  # what stands between words, such as punctuation, no form would keep
    runs = regions.expand_run(words) if together else ()
    replaced = (Form(text, form.text, form.shown, "region", form.weight) for form in runs)
    return _heaviest_first(text, (*_synonyms(text, synonyms), *replaced, *_numbers(text)))


def outer_words(folded: str, dictionary: Dictionary | None = None) -> tuple[str, ...]:
    """The words of folded text one behind the other, without those inside others."""
    kept: list[str] = []
    last = 0
    for word, start, end in sorted(word_spans(folded, dictionary), key=lambda span: (span[1], -span[2])):
        if start >= last:
            kept.append(word)
            last = end
    return tuple(kept)


def _heaviest_first(source: str, forms: Sequence[Form]) -> tuple[Form, ...]:
    best: dict[str, Form] = {}
    for form in sorted(forms, key=lambda form: -form.weight):
        if form.text != source:
            best.setdefault(form.text, form)
    return tuple(best.values())


def _synonyms(text: str, synonyms: Synonyms) -> Iterator[Form]:
    for target in synonyms.get(text, ()):
        yield Form(text, fold(target).text, target, "synonym", SYNONYM_WEIGHT)


def _regions(word: str) -> Iterator[Form]:
    for form in regions.expansions(word):
        yield Form(word, form.target, form.shown, "region", form.weight)


def _numbers(text: str) -> Iterator[Form]:
    for form in numbers.expansions(text):
        yield Form(text, form.text, form.text, "number", form.weight)

"""What the same thing is called in another register or language, as other forms of a query: everyday and formal words, English and Chinese.

    expansions("老板")     → 用人单位 and 雇主, as laws say
    expansions("argument") → 參數 and 引數

Only whole words are looked up, and only folded text.
Such words are near each other more often than the same: they weigh little, so that they move the order, and only a question
is answered by them alone.
`tables/terms-register.tsv` and `tables/terms-english.tsv` hold a word and what it is called besides; `tables/terms.tsv` is made from them
and has them forth and back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from searcher.frozen import frozen
from searcher.results import Expansion
from searcher.text import lookup
from searcher.text.folding import fold_script

TABLE = "terms.tsv"

REGISTER = "register"
"""Everyday words and what laws, contracts and offices call the same."""

TRANSLATION = "translation"
"""English words of computing and of daily life, and what they are called in Chinese."""

SURE = 0.6
"""What an English term of several words weighs, which means one thing: machine learning, 机器学习. It answers by itself."""

WEIGHTS = {
    (REGISTER, "forth"): 0.45,
    (REGISTER, "back"): 0.15,
    (TRANSLATION, "forth"): 0.45,
    (TRANSLATION, "back"): 0.45,
    (TRANSLATION, "same"): SURE,
}
"""What a form weighs: 老板 → 用人单位 is forth, 用人单位 → 老板 back; what is surely meant is the same both ways."""


SIGNS = {
    (REGISTER, "forth"): "r>",
    (REGISTER, "back"): "r<",
    (TRANSLATION, "forth"): "t>",
    (TRANSLATION, "back"): "t<",
    (TRANSLATION, "same"): "t=",
}
"""How the table says what a target is to its source: the fewer lines and bytes it has, the sooner it is read."""

_MEANINGS = {sign: (kind, WEIGHTS[kind, direction]) for (kind, direction), sign in SIGNS.items()}


@frozen
class Form:
    """Another word for the same: `target` folded, `shown` as the table has it."""

    target: str
    shown: str
    kind: str
    weight: float


def expansions(folded_text: str, kind: str) -> tuple[Form, ...]:
    """What else this word is called, forth before back."""
    called = _called(folded_text)
    return tuple(form for form in called if form.kind == kind) if called else ()


@lru_cache(maxsize=1 << 12)
def _called(folded_text: str) -> tuple[Form, ...]:
    """What else this word is called, of every kind. A query asks for a word several times."""
    return tuple(_form(cell) for row in lookup.rows(TABLE, folded_text) for cell in row)


def _form(cell: str) -> Form:
    (kind, weight), shown = _MEANINGS[cell[:2]], cell[2:]
    return Form(fold_script(shown), shown, kind, weight)


def begins(folded_text: str) -> bool:
    """Whether a word that is called something else, too, begins so."""
    return lookup.begins((TABLE,), folded_text)


PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
"""How English words end in the plural, and what then stands in the singular."""


def without_plurals(told: Sequence[Expansion]) -> tuple[Expansion, ...]:
    """What is told of a query's forms: a plural beside its singular says nothing more."""
    pairs = {(form.source, form.target) for form in told}
    return tuple(form for form in told if not any((form.source, singular) in pairs for singular in _singulars(form)))


def _singulars(form: Expansion) -> Iterator[str]:
    """What an English term may be the plural of."""
    ends = PLURALS if form.kind == TRANSLATION else ()
    return (form.target.removesuffix(plural) + singular for plural, singular in ends if form.target.endswith(plural))

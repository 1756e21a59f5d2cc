"""Which terms of a query look mistyped?"""

from __future__ import annotations

from collections.abc import Sequence

from searcher import forms, views
from searcher.engine import Snapshot
from searcher.folding import fold
from searcher.leaves import is_han, literal_run
from searcher.terms import SoughtTerm

LONGEST = 12
"""Characters; of a longer term nobody mistypes just one."""

GRAMMAR = frozenset("的之与和及或在是了不为以对于从向被把让给将就都也还又再很最更太个等第有无后前上下中内外")
"""Characters that are words by themselves in what is rightly typed."""

PLAIN = 5
"""Letters of a word of which one may be wrong though something was found without it."""


def unknown(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> list[SoughtTerm]:
    """The terms that no document holds as they stand; what stands somewhere is not mistyped, if only a date or a field keeps it away."""
    texts = {term.text.text: literal_run(fold(term.text.text).text, views.GRAMS) for term in terms}
    held = {text for text, leaf in texts.items() if leaf is not None and snapshot.matching(leaf)}
    return [term for term in terms if term.text.text not in held]


def suspicious(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> list[SoughtTerm]:
    """Of the unknown terms those that look mistyped: words of letters, letters among Han characters (数ju库), and what has a character that
    belongs to no word: 劳动合铜."""
    return unknown(snapshot, [term for term in terms if _is_odd(term)])


def is_han_text(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character == "〇" for character in text)


def _is_odd(term: SoughtTerm) -> bool:
    folded = fold(term.text.text).text
    if term.pattern or not 2 < len(folded) <= LONGEST:
        return False
    if is_han_text(folded):
        return any(len(word) == 1 and word not in GRAMMAR for word in forms.outer_words(folded))
    letters = [character for character in folded if character.isascii()]
    return folded.isalpha() and (len(folded) >= PLAIN if len(letters) == len(folded) else len(letters) > 1 and any(map(is_han, folded)))

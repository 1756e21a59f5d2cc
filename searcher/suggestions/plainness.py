"""What is so plainly meant by a term, or by a stretch of a question, that it is offered though something was found?"""

from __future__ import annotations

from functools import partial
from math import ceil

from searcher.engine import Snapshot
from searcher.plans.words import outer_words
from searcher.suggestions.lettering import is_slip_of_fingers, is_undoubled
from searcher.suggestions.lookalikes import close_lookalikes
from searcher.suggestions.mending import runs_near, slips, slips_within, taken_for, words_near
from searcher.suggestions.mends import Mend, mends_of
from searcher.suggestions.mistyping import SELDOM, WORD, are_few, holding, is_han_text, is_rare, is_run
from searcher.suggestions.stretches import GRAMMAR, Stretch
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold

COMMON, SHARE = 3, 0.001
"""So many documents, and this share of all, must have what is plainly meant by another text."""

SHARE_OF_PAIRS = 0.015
"""The share where that is two characters in a question: any two may stand side by side there by chance."""

OFTEN = 100
"""A rare word is a slip only of one that is so many times as frequent."""

WRITTEN = 10
"""Documents that hold a run as it stands, so that it is what people write."""


def plainly_within(snapshot: Snapshot, stretch: Stretch, complete: int) -> list[Mend]:
    """What a stretch of a question plainly means: many documents have it, and just one character is another, which is no word of grammar.

    Any two characters may stand side by side in a sentence, and nobody need have written them so.
    """
    typed, held = fold(stretch.text).text, holding(snapshot, stretch.text)
    common = max(COMMON, snapshot.count * (SHARE_OF_PAIRS if len(typed) == 2 and not stretch.apart else SHARE), SELDOM * held, complete + 1)
    found = mends_of(snapshot, typed, partial(slips_within, least=ceil(common)))
    sure = [mend for mend in found if min(mend.held, mend.count) >= common and _is_one_slip(typed, mend.text)]
    return sure if sure or not stretch.apart else _runs(snapshot, typed, common)


def plainly(snapshot: Snapshot, term: str, complete: int) -> list[Mend]:
    """What a term plainly means, that no document holds, or hardly one: a common word, what has fewer words, or what many write."""
    typed, held = fold(term).text, holding(snapshot, term)
    common = max(COMMON, SHARE * snapshot.count, (OFTEN if typed.isascii() else SELDOM) * held)
    near_words = partial(words_near, least=ceil(common))
    words = [mend for mend in mends_of(snapshot, typed, near_words) if mend.unlike == 1 and mend.count >= common]
    if held or (words and not typed.isascii()):
        return [mend for mend in words if not is_rare(typed) or _is_more_frequent(mend.text, typed)]
    plain = [
        mend
        for mend in mends_of(snapshot, typed, slips)
        if _is_plain(mend, typed, complete) and mend.held >= _least(mend, typed) * snapshot.count
    ]
    if plain or not are_few(snapshot, complete):
        return plain
    return _runs(snapshot, typed, common)


def _runs(snapshot: Snapshot, typed: str, common: float) -> list[Mend]:
    """What a run of words plainly means that nobody writes: one that is alike, and that many do; of those that look and sound the same, one
    that is not rare."""
    few, many = ceil(common), ceil(max(WRITTEN, common))
    found = mends_of(snapshot, typed, partial(runs_near, least=few)) if is_run(typed) else []
    return [mend for mend in found if mend.held >= (few if _is_taken_for(typed, mend.text) else many)]


def _is_taken_for(typed: str, meant: str) -> bool:
    """Whether one character is another that both looks and sounds like it: 布隆过虑器, 布隆过滤器."""
    others = [(one, other) for one, other in zip(typed, meant, strict=False) if one != other]
    return len(typed) == len(meant) and len(others) == 1 and others[0][1] in taken_for(others[0][0])


def is_wrong(snapshot: Snapshot, term: str) -> bool:
    """Whether a term that looks mistyped surely is, though nobody knows what was meant: it is nowhere, and is no word nor made of words."""
    folded = fold(term).text
    return not (is_rare(folded) or is_run(folded) or holding(snapshot, term))


def _is_more_frequent(word: str, rare: str) -> bool:
    frequency = default_dictionary().frequency
    return frequency(word) >= OFTEN * frequency(rare)


def _is_plain(mend: Mend, typed: str, complete: int) -> bool:
    """Whether one character is another and makes fewer words of what was typed; a word of letters is one anyhow.

    What stands nowhere as a whole, but has its words somewhere, must differ by a character that is taken for the other at a glance.
    """
    if mend.unlike != 1 or (complete and not (mend.alike and mend.count > complete)):
        return False
    if not mend.held and not any(other in close_lookalikes(one) for one, other in zip(typed, mend.text, strict=False) if one != other):
        return False
    if typed.isascii():
        return not is_han_text(mend.text) or mend.held >= WRITTEN
    if not is_han_text(mend.text) or len(outer_words(mend.text)) < len(outer_words(typed)):
        return True
    return mend.alike and mend.held >= WRITTEN and len(typed) <= WORD


def _least(mend: Mend, typed: str) -> float:
    """The share of all documents that must hold what is plainly meant: none where letters slipped as fingers do, and few right words
    differ; more where a character is taken away that may have been put in on purpose: 大环道 is not 大道, however like 网周络 and 网络."""
    if typed.isascii():
        return 0 if is_slip_of_fingers(typed, mend.text) else SHARE
    is_shorter = len(mend.text) < len(typed) and not is_undoubled(typed, mend.text)
    return SHARE_OF_PAIRS if is_shorter and is_han_text(typed) else 0


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one character is another, or stands twice."""
    if len(typed) == len(meant) + 1:
        return is_undoubled(typed, meant)
    others = [other for one, other in zip(typed, meant, strict=False) if one != other]
    return len(typed) == len(meant) and len(others) == 1 and (len(typed) == 2 or GRAMMAR.isdisjoint(others))

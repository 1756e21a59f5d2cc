"""What may have been meant by one term, the likeliest first?"""

from __future__ import annotations

import re
from collections.abc import Callable

from searcher.engine import AllOf, Snapshot, Term
from searcher.frozen import frozen
from searcher.plans.words import outer_words
from searcher.quantities import numerals
from searcher.suggestions.mending import Near
from searcher.suggestions.mistyping import is_han_text
from searcher.suggestions.neighbours import Neighbours, held_of
from searcher.text import views
from searcher.text.distance import distance

OFFERED = 3

_HAN = "".join(numerals.HAN)
_NUMBER = re.compile(f"[{_HAN}]{{2,}}|(?<=第)[{_HAN}]")
"""A number in Han characters; one character may be a piece of any word (统一), or a slip (千净)."""
_DATE = re.compile(f"[{_HAN}]{{2,}}[年月日]")


@frozen
class Mend:
    """A folded text that may have been meant in the place of a term: how many characters or letters are others, whether it is alike, how
    many documents hold it as a whole, how many have its words. Those less unlike come first."""

    text: str
    unlike: int
    alike: bool
    held: int
    count: int

    def rank(self) -> tuple[int, bool, int, int, str]:
        return self.unlike, not self.alike, -self.held, -self.count, self.text


def mends_of(snapshot: Snapshot, typed: str, texts_near: Callable[[Neighbours, str], Near]) -> list[Mend]:
    """What may have been meant by a folded term, the likeliest first; numbers are what they are, years years: 第九十条 is no 第十九条."""
    numbers = _numbers(typed)
    mends: dict[str, Mend] = {}
    for alike, texts in texts_near(Neighbours(snapshot), typed):
        if not alike and sum(mend.alike and mend.unlike == 1 for mend in mends.values()) >= OFFERED:
            break  # whatever follows comes behind these
        texts = [text for text in texts if text not in mends and numbers <= _numbers(text)]
        held = held_of(snapshot, texts)
        for text in texts:
            count = having(snapshot, text) or held.get(text, 0)
            if text in held or (alike and count):
                mends[text] = Mend(text, _unlike(typed, text), alike and not typed.isascii(), held.get(text, 0), count)
    return sorted(mends.values(), key=Mend.rank)


def _numbers(text: str) -> set[str]:
    return {*_NUMBER.findall(text), *_DATE.findall(text)}


def having(snapshot: Snapshot, text: str) -> int:
    """How many documents have all words of a text, where it has no single characters: 八款 stands in 第八款, too."""
    words = outer_words(text)
    if not is_han_text(text) or min(map(len, words)) < 2:
        return 0
    return snapshot.matching(AllOf(tuple(Term(views.WORDS, word) for word in words)))


def _unlike(typed: str, meant: str) -> int:
    """How many characters are others, left out, added, or swapped with the next; letters that are a reading are one thing, and a name is
    like its short form."""
    if is_han_text(meant) and not is_han_text(typed):
        return 1
    if is_han_text(typed) and len(meant) > len(typed) + 1:
        return 0
    return distance(typed, meant)

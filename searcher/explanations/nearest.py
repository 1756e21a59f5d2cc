"""Which words of a document come nearest to one that it lacks?

In this order: what other regions call it, what sounds the same, what looks the same or differs in one character, what is part of it or
has it as a part, what is spelled nearly so; of words of two characters also those that share one which few documents have: 离婚 and 婚姻,
not 工人 and 工程.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from searcher.engine import Handle, Prefix, Snapshot
from searcher.plans import forms
from searcher.plans.leaves import is_han
from searcher.suggestions.lettering import SPELLED
from searcher.suggestions.lookalikes import lookalikes
from searcher.suggestions.readings import can_sound_alike
from searcher.text import segmentation, views
from searcher.text.folding import fold

NEAREST = 3

READ = 100_000
"""So many characters of a document are looked at."""

TELLING = 0.1
"""A character that no greater share of the documents has tells something."""


def nearest(snapshot: Snapshot, handle: Handle, missing: Sequence[str], besides: Sequence[str] = ()) -> list[str]:
    """Folded words of a document, `besides` those, that are near to missing ones; three at most, and none rather than any."""
    text = fold(snapshot.text(handle, 0, READ)).text
    words = set(segmentation.words(text)).difference(besides)
    share = lru_cache(lambda character: snapshot.matching(Prefix(views.GRAMS, character)) / max(1, snapshot.count))
    found = {word: min(kinds) for word in words if (kinds := [kind for other in missing for kind in _kinds(word, other, share)])}
    elsewhere = {form.text: 0 for word in missing for form in forms.of_word(word, {}) if form.text in text}
    near = {**found, **elsewhere}
    return sorted(near, key=lambda word: (near[word], word))[:NEAREST]


def _kinds(word: str, missing: str, share: Callable[[str], float]) -> Iterator[int]:
    """In which ways a word is near to a missing one, the nearest first; none where it is not."""
    if word == missing or len(word) < 2 or len(missing) < 2:
        return
    if not is_han(word[0]) or not is_han(missing[0]):
        if SequenceMatcher(None, word, missing, autojunk=False).ratio() >= SPELLED:
            yield 4
        return
    if can_sound_alike(word, missing):
        yield 1
    if _looks_alike(word, missing):
        yield 2
    if max(len(word), len(missing)) > 2:
        if _is_one_off(word, missing):
            yield 2
        if word in missing or missing in word:
            yield 3
    elif any(share(character) <= TELLING for character in set(word) & set(missing)):
        yield 5


def _looks_alike(word: str, missing: str) -> bool:
    """Whether one character is another that looks like it: 疫苗 and 疫苖."""
    differing = [pair for pair in zip(word, missing, strict=False) if pair[0] != pair[1]]
    return len(word) == len(missing) and len(differing) == 1 and differing[0][0] in lookalikes(differing[0][1])


def _is_one_off(word: str, other: str) -> bool:
    """Whether one character is replaced, put in or left out; of two characters at least remain."""
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > 1 or len(long) < 3:
        return False
    start = next((place for place, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]

"""How may what is being typed go on? Offered, never applied."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from searcher.engine import Snapshot
from searcher.plans.leaves import is_han
from searcher.suggestions.hearing import heard, letters_of, with_initials
from searcher.suggestions.neighbours import CANDIDATES, Neighbours, held_of
from searcher.suggestions.spelling import as_found
from searcher.suggestions.standing import grown
from searcher.text import segmentation, views
from searcher.text.folding import fold

ADDRESS = "/"
"""Words that hold this are addresses: zh-cn/docs/learn."""


def complete(snapshot: Snapshot, prefix: str, limit: int, before: str = "") -> tuple[str, ...]:
    """Words of the index that begin like `prefix`, the most frequent first: folded, but with the characters that tell them apart.

    Behind them comes what no dictionary knows and yet goes on so (汤 → 汤晓鸥).
    Where what stands `before` it does not end with a word, only what some document has right behind that: 劏房 is not 劏 and 房屋.
    Letters may also be a reading (shangt → 商汤), or the initials of a part of a title or of a file's name (rgzn → 人工智能), which comes
    as it is written there; such take half of the places where words would fill all.
    """
    folded = fold(prefix).text
    longer = _words_from(snapshot, folded)
    if folded and is_han(folded[-1]) and len(longer) < limit and (run := grown(snapshot, folded)) is not None and run not in longer:
        longer.append(run)
    letters = letters_of(folded)
    sounding = (*islice(heard(Neighbours(snapshot), letters), limit), *with_initials(snapshot, letters))
    first = limit - min(len(sounding), limit // 2)
    offered = list(dict.fromkeys((*longer[:first], *sounding, *longer[first:])))[:limit]
    if _is_open(before):
        held = held_of(snapshot, (fold(before).text + word for word in offered))
        offered = [word for word in offered if fold(before).text + word in held]
    return tuple(dict.fromkeys(as_found(snapshot, word) for word in offered))


def _words_from(snapshot: Snapshot, folded: str) -> list[str]:
    """The longer words that begin so, in texts or names of files, the most frequent first; addresses only for who types one."""
    counts: Counter[str] = Counter()
    for field in (views.TEXT_WORDS, views.NAME_WORDS) if folded else ():
        counts.update(dict(snapshot.terms(field, folded, CANDIDATES)))
    words = (word for word in counts if word != folded and (ADDRESS not in word or ADDRESS in folded))
    return sorted(words, key=lambda word: (-counts[word], word))


def _is_open(text: str) -> bool:
    """Whether a text ends with a character that is no word's end, so that what follows may belong to it."""
    folded = fold(text).text
    return bool(folded) and is_han(folded[-1]) and len(segmentation.few_words(folded)[-1]) == 1

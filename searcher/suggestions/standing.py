"""Where do runs of characters that no dictionary knows begin and end: names, and what else is said in a place or a trade?

The index knows which characters follow one another, not which of them belong together: 组进 stands in 组进行, 晓鸥 in 汤晓鸥教授.
So the first documents that hold a run are asked, and the words around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from searcher.engine import Request, Snapshot
from searcher.plans.leaves import is_han, literal_run
from searcher.plans.words import outer_words
from searcher.text import segmentation, views
from searcher.text.folding import fold

ASKED = 3
"""So many documents are asked, each for as many places."""

AROUND = 12
"""Characters on both sides by which the words around a place are told."""

GRAMMAR = frozenset(
    "的了是等后和在有一不及与就也这那我你他她它们给被把对从到为以于而或但因所之其者着过很都又再才只并已将可能会要说来去走见看用做让使叫请向往由应"
)
"""Folded words that stand beside any others."""


def may_stand(run: str) -> bool:
    """Whether no character of a folded run is a word that stands beside any others."""
    return GRAMMAR.isdisjoint(run)


def may_be_one(run: str) -> bool:
    """Whether no word of a folded run stands beside any others, though a character of it may do so elsewhere: 以 of 以太坊."""
    return may_stand(run) or GRAMMAR.isdisjoint(outer_words(run))


def stands(snapshot: Snapshot, run: str) -> bool:
    """Whether words begin and end where a folded run does, in one place at least."""
    return may_stand(run) and any(_is_whole(around, place, len(run)) for around, place in _places(snapshot, run))


def mostly_stands(snapshot: Snapshot, run: str) -> bool:
    """Whether words begin and end where a folded run does, in most places."""
    found = [_is_whole(around, place, len(run)) for around, place in _places(snapshot, run)] if may_be_one(run) else []
    return 2 * sum(found) > len(found)


def grown(snapshot: Snapshot, run: str) -> str | None:
    """A folded run with the characters behind it that are no part of other words, as far as most places agree; None where none follow.

    汤 → 汤晓鸥, 劏 → 劏房
    """
    found = [text for around, place in _places(snapshot, run) if len(text := _longer(around, place, len(run))) > len(run)]
    agreed = Counter(text[:end] for text in found for end in range(len(run) + 1, len(text) + 1))
    return max((text for text in agreed if 2 * agreed[text] > len(found)), key=len, default=None)


def _places(snapshot: Snapshot, run: str) -> Iterator[tuple[str, int]]:
    """Folded text around a run in some of the documents that hold it, and where in that it begins."""
    leaf = literal_run(run, (views.TEXT_GRAMS,))
    if leaf is None:
        return
    for match in snapshot.search(Request(leaf), limit=ASKED).matches:
        for start, end in snapshot.blocks_with(match.handle, leaf, views.TEXT_GRAMS)[:1]:
            text = fold(snapshot.text(match.handle, start, end)).text
            for place in islice(_finds(text, run), ASKED):
                begin = max(0, place - AROUND)
                yield text[begin : place + len(run) + AROUND], place - begin


def _finds(text: str, run: str) -> Iterator[int]:
    """Where a run stands in a text, overlapping places too."""
    place = text.find(run)
    while place >= 0:
        yield place
        place = text.find(run, place + 1)


def _is_whole(around: str, place: int, length: int) -> bool:
    return not any(start < edge < end for _, start, end in segmentation.word_spans(around) for edge in (place, place + length))


def _longer(around: str, place: int, length: int) -> str:
    """The run with the single characters that follow it; nothing where it is itself part of a word, or a word."""
    words = segmentation.word_spans(around)
    inside = {at for _, start, end in words if end - start > 1 for at in range(start, end)}
    end = place
    while end < len(around) and end not in inside and is_han(around[end]) and around[end] not in GRAMMAR:
        end += 1
    return around[place:end] if end >= place + length else ""

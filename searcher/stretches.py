"""Which stretches of a text can hold what is looked for? They are found in the text as it was written, so that only they need be folded.

A literal has an anchor, a character that it cannot be without, and a text can hold that character in a few ways (國, 国). Around each of
these a literal of Han characters stands as it is, where nothing is beside it that folding takes away. If that is so of all, as in most
texts, they are found without folding more than them. Where it is not, or the literal is no
such one, a stretch reaches from one sign behind which texts can be cut to the next: no literal without a gap goes beyond.
With such a sign between them, the stretches fold to what they fold to where they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from unicodedata import combining, normalize

from searcher.characters import is_short_run
from searcher.folding import SPACE_CLASS, fold, fold_script, is_tidy, sources
from searcher.results import Mark

CUTS = "，。、,;("
"""Signs behind which any text can be cut (see `analysis.py`), and which no literal without a gap holds: the most frequent of them."""

APART = 32
"""Where there is a stretch in fewer characters than these, folding all of the text takes no longer."""

WITHIN = 8
"""A literal with more characters that are taken away between its own is found in the folded text only."""

FEW = 100
"""Literals are looked for as they are in texts of so many characters for each of them, and more."""

WORTH = 200
"""Nor does it where there are fewer characters than these for each literal."""

CHARACTERS = 8
"""An anchor is chosen among the first characters of each run of a literal."""

MANY = 16
"""Of what a text can hold in more ways than these, such as a letter, an anchor is made where there is nothing else."""

COMMON = "能及业对到作机部事管使上件下所来如你本时其和关们理者条中应法要为或行我定第人之可不这会在以个用有是一的"
"""Characters that stand everywhere, the most common last: an anchor is made of another, if there is one, else of the first of these."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A character of folded text, and how a text can hold it: `alone`, each followed by one of `followed`, if that is known; `among`
    others, as a sign that is expanded. `literal`: what it is the anchor of, if that is nothing but Han characters; `at`: its place there.
    """

    character: str
    alone: str
    among: str
    followed: str | None
    literal: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Stretches of a text, one behind the other: `text`; `starts`, where each begins in it; `shifts`, how far before its place."""

    text: str
    starts: Sequence[int] = (0,)
    shifts: Sequence[int] = (0,)

    def place(self, start: int, end: int) -> Mark:
        """Where what stands from `start` to `end` of the excerpt, in one stretch, stands in the text."""
        if len(self.starts) == 1:
            return start + self.shifts[0], end + self.shifts[0]
        shift = self.shifts[bisect_right(self.starts, start) - 1]
        return start + shift, end + shift


def anchor(chunks: Sequence[str]) -> Anchor | None:
    """The anchor of a literal that holds these runs of folded letters; None where each letter may be composed of others."""
    found = [anchor for chunk in chunks for anchor in _anchors(chunk, whole=len(chunks) == 1 and is_short_run(chunk))]
    return min(found, key=lambda anchor: (len(anchor.alone) > MANY, COMMON.find(anchor.character)), default=None)


def occurrences(text: str, anchors: Sequence[Anchor]) -> list[tuple[int, int, int]] | None:
    """Where a text holds the literals with these anchors as they are, ascending: start, end, and the number of the literal.

    None where that cannot be said without folding more of the text, or takes no longer so.
    """
    if len(text) < FEW * len(anchors) or any(anchor.literal is None for anchor in anchors):
        return None
    found: list[tuple[int, int, int]] = []
    for number, anchor in enumerate(anchors):
        if any(sign in text for sign in anchor.among):
            return None
        literal, end = anchor.literal or "", 0
        for place in sorted(_places(text, anchor)):
            start = place - anchor.at
            stands = _stands(text, start, literal, spaced=True)
            if stands is None and (anchor.at or _begins(text, start, literal)):
                return None
            if stands and start >= end:
                end = start + len(literal)
                found.append((start, end, number))
    found.sort()
    return None if _meet_across_spaces(text, found) else found


def _begins(text: str, start: int, literal: str) -> bool:
    """Whether a literal that is not there as it is may stand at `start` with something between its characters."""
    folded = fold(text[start : start + len(literal) + WITHIN]).text
    return folded.startswith(literal) or len(folded) <= len(literal)


def _meet_across_spaces(text: str, found: Sequence[tuple[int, int, int]]) -> bool:
    """Whether spaces that folding may take away part two places, or a place and what else it takes away."""
    starts = {start for start, _, _ in found}
    behind = (spaces.end() for _, end, _ in found if (spaces := _spaces().match(text, end)))
    return any(place in starts or not is_tidy(text[place : place + 1]) for place in behind)


def excerpt(text: str, anchors: Sequence[Anchor]) -> Excerpt:
    """Of a text the stretches that can hold one of the literals with these anchors; all of it where they are many."""
    if len(text) < WORTH * len(anchors):
        return Excerpt(text)
    most = int(len(text) / APART)
    spans = list(islice((span for anchor in anchors for span in _spans(text, anchor)), most + 1))
    if len(spans) > most:
        return Excerpt(text)
    joined = list(_joined(sorted(spans)))
    starts = list(accumulate((end - start + 1 for start, end in joined), initial=0))[:-1]
    shifts = [start - at for (start, _), at in zip(joined, starts, strict=True)]
    return Excerpt("，".join(text[start:end] for start, end in joined), starts, shifts)


def _anchors(chunk: str, *, whole: bool) -> Iterator[Anchor]:
    for at, character in enumerate(chunk[:CHARACTERS]):
        if _is_composed(character) or at == len(chunk) - 1 > 0:  # the last is less telling: nothing follows it
            continue
        following = chunk[at + 1 : at + 2]
        followed = sources(following)[0] if following and not _is_composed(following) else None
        yield Anchor(character, *sources(character), followed, chunk if whole else None, at)


def _is_composed(character: str) -> bool:
    """Whether a letter may be composed of others, or be a part of such a one."""
    return combining(character) != 0 or normalize("NFD", character) != character


def _spans(text: str, anchor: Anchor) -> Iterator[Mark]:
    """The stretches around each place of an anchor. Places between the same two cuts have one: of a text without cuts that is all of it."""
    start = end = 0
    for place, alone in _all_places(text, anchor):
        if start <= place < end:
            continue
        stands = _stands(text, place - anchor.at, anchor.literal) if alone and anchor.literal is not None else None
        if stands and anchor.literal is not None:
            yield place - anchor.at, place - anchor.at + len(anchor.literal)
        elif stands is None:
            start, end = _between_cuts(text, place, end if place >= end else 0)
            yield start, end


def _all_places(text: str, anchor: Anchor) -> Iterator[tuple[int, bool]]:
    """Where an anchor may stand, and whether alone there, not among others; ascending for each way in which it is written."""
    for place in _places(text, anchor):
        yield place, True
    for written in anchor.among:
        place = text.find(written)
        while place >= 0:
            yield place, False
            place = text.find(written, place + 1)


def _places(text: str, anchor: Anchor) -> Iterator[int]:
    """Where an anchor stands alone, and what follows does not speak against its literal."""
    for written in anchor.alone:
        place = text.find(written)
        while place >= 0:
            following = text[place + 1 : place + 2]
            if anchor.followed is None or following in anchor.followed or not is_tidy(following):
                yield place
            place = text.find(written, place + 1)


def _stands(text: str, start: int, literal: str, *, spaced: bool = False) -> bool | None:
    """Whether a literal stands at `start`, None where what is there, or goes on behind it, may be taken away or together; `spaced`: but
    for a space behind it.
    """
    end = start + len(literal)
    if start >= 0 and fold_script(text[start:end]) == literal:
        return True if is_tidy(text[end : end + 1]) or (spaced and _spaces().match(text, end)) else None
    return False if is_tidy(text[max(0, start) : end]) else None


def _between_cuts(text: str, place: int, low: int) -> Mark:
    """The stretch around a place from one cut to the next; `low`: behind a cut before it, so that the text before that is not searched."""
    cut = _CUT.search(text, place)
    return max(low, *(text.rfind(sign, low, place) + 1 for sign in CUTS)), cut.end() if cut else len(text)


def _joined(spans: Sequence[Mark]) -> Iterator[Mark]:
    """Ascending spans, those that touch or overlap as one."""
    start, end = spans[0] if spans else (0, 0)
    for first, last in spans:
        if first > end:
            yield start, end
            start = first
        end = max(end, last)
    if spans:
        yield start, end


@lru_cache(maxsize=1)
def _spaces() -> re.Pattern[str]:
    return re.compile(f"[{SPACE_CLASS}{sources(' ')[0]}]+")


_CUT = re.compile(f"[{re.escape(CUTS)}]")

"""Which stretches of a text can hold what is looked for? They are found in the text as it was written, so that only they need be folded.

A literal has an anchor, a character that it cannot be without, and a text can hold that character in a few ways (國, 国). Around each of
these a stretch reaches from one sign behind which texts can be cut to the next: no literal without a gap goes beyond. One behind the
other, the stretches fold to what they fold to where they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from unicodedata import normalize

from searcher.folding import sources
from searcher.results import Mark

CUTS = "，。、,;("
"""Signs behind which any text can be cut (see `analysis.py`), and which no literal without a gap holds: the most frequent of them."""

APART = 64
"""Where there is a stretch in fewer characters than these, folding all of the text takes no longer."""

CHARACTERS = 8
"""An anchor is chosen among the first characters of a literal."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A character of folded text, and how a text can hold it: `alone`, each followed by one of `followed`, if that is known; `among`
    others, as a sign that is expanded."""

    character: str
    alone: str
    among: str
    followed: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Stretches of a text, one behind the other: `text`; `starts`, where each begins in it; `shifts`, how far before its place."""

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def place(self, start: int, end: int) -> Mark:
        """Where what stands from `start` to `end` of the excerpt, in one stretch, stands in the text."""
        shift = self.shifts[bisect_right(self.starts, start) - 1]
        return start + shift, end + shift


def anchors(chunk: str) -> tuple[Anchor, ...]:
    """What can be the anchor of a literal that holds this run of folded letters, best first; none where each may be composed of others."""
    pairs = [*pairwise(chunk[:CHARACTERS]), (chunk[-1], "")]
    return tuple(_anchor(*pair) for pair in pairs if not _is_composed(pair[0]))


def excerpt(text: str, literals: Sequence[tuple[Anchor, ...]]) -> Excerpt:
    """Of a text the stretches that can hold one of the literals, each given by what can be its anchor; all of it where they are many."""
    chosen = (min(found, key=lambda anchor: text.count(anchor.character)) for found in literals)
    places = sorted({place for anchor in chosen for place in _places(text, anchor)})
    spans = list(_stretches(text, places, len(text) // APART))
    if len(spans) > len(text) // APART:
        return Excerpt(text)
    pieces = [text[start:end] for start, end in spans]
    starts = tuple(accumulate(map(len, pieces), initial=0))[:-1]
    return Excerpt("".join(pieces), starts, tuple(start - at for (start, _), at in zip(spans, starts, strict=True)))


def _anchor(character: str, following: str) -> Anchor:
    followed = sources(following)[0] if following and not _is_composed(following) else None
    return Anchor(character, *sources(character), followed)


def _is_composed(character: str) -> bool:
    return normalize("NFD", character) != character


def _places(text: str, anchor: Anchor) -> Iterator[int]:
    for written in anchor.alone:
        for place in _all(text, written):
            if anchor.followed is None or text[place + 1 : place + 2] in anchor.followed or not _LETTER.match(text, place + 1):
                yield place
    for written in anchor.among:
        yield from _all(text, written)


def _all(text: str, character: str) -> Iterator[int]:
    place = text.find(character)
    while place >= 0:
        yield place
        place = text.find(character, place + 1)


def _stretches(text: str, places: Sequence[int], most: int) -> Iterator[Mark]:
    """The stretches around ascending places, and no more than one above `most`."""
    end = 0
    for place in places:
        if place >= end:
            start = max(end, *(text.rfind(sign, end, place) + 1 for sign in CUTS))
            cut = _CUT.search(text, place)
            end = cut.end() if cut else len(text)
            yield start, end
            most -= 1
            if most < 0:
                return


_CUT = re.compile(f"[{re.escape(CUTS)}]")

_LETTER = re.compile("[a-z0-9一-鿿]")
"""What is never taken away, nor expanded, nor composed to a letter of another kind."""

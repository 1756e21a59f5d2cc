"""A text is spelled like what is looked for in it: folded as far as that goes, which takes a small part of the time of folding.

Folding takes a look at each character of a text. What is looked for has few characters, and of the ways in which these can be written
a text uses fewer: each variant is looked for, at the speed of memory, and replaced where there is one. Spaces between two of the
characters are closed. All else stays as it is, but a letter stays one, as does a digit, a gap, and what joins words.
Where something may be taken away, expanded or composed beside them, only folding all of the text says what becomes of it.
To look for that takes a look at each character again, so that the index keeps of each text whether it is plain: then there is nothing
of the kind in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import ascii_lowercase, digits

from searcher.frozen import frozen
from searcher.text.folding import Edit, Folded, Layer, closes, edited, is_ideograph, is_tidy, sources, space_class, untidy_class
from searcher.text.patterns import late_pattern
from searcher.text.usual import is_segmented


@frozen
class Spelling:
    """How some folded texts are spelled: `variants` of their characters, each with what it folds to; those that are `ideographs`.

    `letters`: there are others than the usual Han characters, which nothing composes. `among`: where there are none, signs that fold to
    several characters, one of them among these.
    """

    variants: tuple[tuple[str, str], ...]
    ideographs: frozenset[str]
    letters: bool
    among: str


def spelling(folded: Iterable[str]) -> Spelling:
    """The spelling of some folded texts."""
    characters = frozenset("".join(folded))
    letters = not all(map(is_segmented, characters))
    ideographs = frozenset(filter(is_ideograph, characters))
    held = [(character, *sources(character)) for character in characters.difference(_ALPHABET)]
    variants = tuple((variant, character) for character, alone, _ in held for variant in alone if variant != character)
    return Spelling(variants, ideographs, letters, "" if letters else "".join({sign for _, _, among in held for sign in among}))


def is_plain(text: str) -> bool:
    """Whether nothing in a text needs a look beyond its characters one by one, but for spaces and line breaks of the usual kind."""
    return not _not_plain().search(text)


def respelled(text: str, spelling: Spelling, *, plain: bool = False) -> Folded | None:
    """A text in which others of this spelling stand where they stand in it folded; None where that is not said without folding it.

    `plain`: it is known that the text is.
    """
    if not plain and (any(sign in text for sign in spelling.among) or (spelling.letters and _unusual().search(text))):
        return None
    if spelling.letters:
        text = text.lower()
    for variant, character in spelling.variants:
        if variant in text:
            text = text.replace(variant, character)
    closures = (_plain_closures if plain else _closures)(text, spelling.ideographs) if spelling.ideographs else []
    if not closures:
        return None if closures is None else Folded(text)
    layers: list[Layer] = []
    return Folded(edited(text, closures, layers), tuple(layers))


def _closures(text: str, ideographs: frozenset[str]) -> list[Edit] | None:
    """The spaces that go between two ideographs; None where something else behind one of them may go."""
    found: list[Edit] = []
    for gap in _gap().finditer(text):
        start = gap.start()
        if text[start - 1] in ideographs:
            end = _spaces_end(text, start)
            following = text[end : end + 1]
            if following not in ideographs:
                if not is_tidy(following):
                    return None
            elif closes(text[start:end]):
                found.append((start, end, ""))
    return found


def _plain_closures(text: str, ideographs: frozenset[str]) -> list[Edit]:
    """The spaces that go between two ideographs of a plain text: each is looked for by itself, at the speed of memory."""
    gaps = [gap.span() for pattern in _PLAIN_GAPS for gap in pattern.finditer(text)]
    between = [gap for gap in gaps if text[gap[0] - 1] in ideographs and text[gap[1]] in ideographs]
    return sorted((start, end, "") for start, end in between if closes(text[start:end]))


def _spaces_end(text: str, start: int) -> int:
    spaces = _spaces().match(text, start)
    return spaces.end() if spaces else start


_ALPHABET = ascii_lowercase + digits

_PLAIN_SPACE = " \n"

_PLAIN_GAPS = tuple(re.compile(f"{first}(?<=[^\x00-\x7f]{first})[{_PLAIN_SPACE}]*(?=[^\x00-\x7f])") for first in _PLAIN_SPACE)
"""Spaces and line breaks that may be between two ideographs, those that begin with the one and with the other."""

_gap = late_pattern(lambda: f"[{untidy_class()}{space_class()}](?<=[^\x00-\x7f].)", re.DOTALL)
"""What may be taken away behind an ideograph; it begins with one set, by which `re` skips quickly."""

_spaces = late_pattern(lambda: f"[{space_class()}]+")

_not_plain = late_pattern(lambda: f"[{_unusual_class()}{space_class().translate(dict.fromkeys(map(ord, _PLAIN_SPACE)))}]")

_unusual = late_pattern(lambda: f"[{_unusual_class()}]")


def _unusual_class() -> str:
    """What is not one character whatever stands beside it, or becomes a letter a to z, a digit, or of another kind than it is.

    Beyond the first plane, and of what is rare, a rough yes.
    """
    alone = "".join(sources(character)[0][1:] for character in _ALPHABET)
    first_plane = "".join(character for character in alone if "\x80" <= character <= "\uffff")
    return f"{untidy_class()}{first_plane}{_OF_ANOTHER_KIND}"


_OF_ANOTHER_KIND = (
    "\u02e0-\u02e4\u1fef\u2100-\u214f"  # signs that are letters: ˠ ℵ
    "\u3131-\u319f\u3200-\u32ff\uffa1-\uffdc"  # Hangul letters, letters in circles
    "\U00010780-\U000107ff\U0001d400-\U0001d7ff\U0001fbf0-\U0001fbf9"  # letters and digits of mathematics
)

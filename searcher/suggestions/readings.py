"""How can characters be read, tones aside, and which characters can be read so?"""

from __future__ import annotations

import re
from functools import lru_cache

from searcher.suggestions import zhuyin
from searcher.text.lookup import table_lines

LONGEST_SYLLABLE = 6  # zhuang

MOST_WAYS = 40
"""Ways to cut letters into syllables that are followed at once."""


def syllables(spelled: str) -> list[list[str]]:
    """The ways to cut letters into syllables, as the characters that each may stand for, the one of the fewest syllables first."""
    ways: list[list[list[str]]] = [[[]], *([] for _ in spelled)]
    for end in range(1, len(spelled) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end):
            characters = _characters().get(spelled[start:end])
            if characters:
                ways[end] += [[*way, characters] for way in ways[start]][:MOST_WAYS]
    if not ways[-1]:  # the last syllable is unfinished
        for start in range(len(spelled) - 1, max(-1, len(spelled) - LONGEST_SYLLABLE), -1):
            begun = "".join(characters for reading, characters in _characters().items() if reading.startswith(spelled[start:]))
            if begun and ways[start]:
                return [[*way, begun] for way in ways[start]]
    return sorted(ways[-1], key=len)


def choices_of(folded: str) -> list[str]:
    """What each syllable or character of a text may stand for that is typed in Zhuyin, in its keys (su3cl3), or partly in Pinyin (数ju库).

    Nothing where it is neither: Pinyin alone is what `syllables` reads.
    """
    spelled = zhuyin.pinyin_of(folded, _characters())
    if spelled:
        return [_characters()[reading] for reading in spelled]
    pieces = re.findall("[a-z]+|.", folded, re.DOTALL)
    if not any(piece.isascii() for piece in pieces) or not any(piece in _readings() for piece in pieces):
        return []
    ways = [[[piece]] if piece in _readings() else syllables(piece) if piece.isalpha() and piece.isascii() else [] for piece in pieces]
    return [choices for way in ways for choices in way[0]] if all(ways) else []


@lru_cache(maxsize=1)
def initials() -> dict[str, str]:
    """The characters that can be read with an initial, by its first letter."""
    found: dict[str, dict[str, None]] = {}
    for reading, characters in _characters().items():
        found.setdefault(reading[0], {}).update(dict.fromkeys(characters))
    return {letter: "".join(characters) for letter, characters in found.items()}


def can_sound_alike(text: str, other: str) -> bool:
    """Whether two texts of Han characters can be read in the same way, tones aside."""
    return len(text) == len(other) and all(map(_can_be_read_alike, text, other))


def homophones(character: str) -> str:
    """The characters that can be read like this one, itself among them."""
    return "".join(dict.fromkeys(character + "".join(_characters()[reading] for reading in _readings().get(character, ()))))


def nearly_homophones(character: str) -> str:
    """The characters that are read like this one where zh is not told from z, ng from n, l from n: as many people speak, and type."""
    wanted = {_slurred(reading) for reading in _readings().get(character, ())}
    return "".join(dict.fromkeys(character + "".join(_characters()[reading] for reading in _characters() if _slurred(reading) in wanted)))


def _can_be_read_alike(character: str, other: str) -> bool:
    return character == other or not set(_readings().get(character, ())).isdisjoint(_readings().get(other, ()))


def _slurred(reading: str) -> str:
    first = reading[0].replace("l", "n") + reading[1:].removeprefix("h")
    return first.removesuffix("g") if first.endswith("ng") else first


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """The characters of every reading, commonest first."""
    rows = (line.partition("\t") for line in table_lines("readings.tsv"))
    return {reading: characters for reading, _, characters in rows}


@lru_cache(maxsize=1)
def _readings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for reading, characters in _characters().items():
        for character in characters:
            found.setdefault(character, []).append(reading)
    return found

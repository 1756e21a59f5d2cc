"""Which words of an index are spelled like this one, whose letters may be wrong: pyhton → python, opendata → open data, 0penai → openai?"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise, product

from searcher.engine import Snapshot
from searcher.suggestions.lookalikes import lookalikes
from searcher.suggestions.mistyping import is_han_text
from searcher.suggestions.neighbours import CANDIDATES, held_of
from searcher.text import views
from searcher.text.distance import within

SPELLED = 0.75
"""Words of letters with less in common than this are not alike: one letter of four may be wrong, left out or added, or two swapped."""

SPELLINGS = 12
"""Words spelled alike that are compared by how many documents have them."""

KEYS = "qwertyuiop asdfghjkl zxcvbnm"
"""The rows of a keyboard."""

SHORTEST = 3
"""Letters of a word that another one is spelled like: gi is no gin, but jss may be js."""

SHORT = 5
"""Letters of a word in which one is wrong at most, in a longer one two: mozza is no mza, nor completable comparable."""

SHORTEST_PART = 3
"""Letters of each of two words that were typed as one."""


def spelled_alike(snapshot: Snapshot, folded: str) -> list[str]:
    """Words of the index that begin with the same letter and are spelled most alike: pyhton, pythn, pythen → python; ypthon, too.

    Numbers are what they are: python3 is no python2, nor 1934 what is 1943.
    """
    numbers = ("", _digits(folded))
    candidates = [word for word, _ in snapshot.terms(views.TEXT_WORDS, folded[:1], CANDIDATES) if word != folded]
    candidates = [word for word in candidates if _digits(word) in numbers and (len(word) >= SHORTEST or is_undoubled(folded, word))]
    begun_otherwise = folded[1::-1] + folded[2:]
    known = begun_otherwise != folded and _digits(begun_otherwise) in numbers and snapshot.frequency((views.TEXT_WORDS,), begun_otherwise)
    alike = get_close_matches(folded, candidates, SPELLINGS, SPELLED)
    return [*([begun_otherwise] if known else []), *(word for word in alike if within(folded, word, 1 if len(folded) <= SHORT else 2))]


def otherwise_spelled(snapshot: Snapshot, folded: str) -> list[str]:
    """The words that are spelled alike and differ in more than an ending; of a word that stands nowhere it may be the slip: kubernets."""
    known = snapshot.frequency((views.TEXT_WORDS,), folded)
    return [word for word in spelled_alike(snapshot, folded) if not (known and _is_ending(word, folded))]


def parted(snapshot: Snapshot, folded: str) -> list[str]:
    """A word of letters as two that stand side by side somewhere: opendata → open data."""
    places = range(SHORTEST_PART, len(folded) - SHORTEST_PART + 1) if folded.isascii() and folded.isalpha() else ()
    parts = ((folded[:place], folded[place:]) for place in places)
    known = [f"{one} {other}" for one, other in parts if all(snapshot.frequency((views.TEXT_WORDS,), part) for part in (one, other))]
    return list(held_of(snapshot, known))


def misreadings(folded: str) -> Iterator[str]:
    """A word whose digits are letters, a number whose letters are digits, a text whose kana are characters: 0penai, 2o24, ロ罩."""
    for wrong, right in ((str.isdigit, str.isalpha), (str.isalpha, str.isdigit)):
        if folded.isascii() and any(map(wrong, folded)) and any(map(right, folded)):
            choices = [[other for other in lookalikes(one) if right(other)] if wrong(one) else [one] for one in folded]
            yield from map("".join, product(*choices))
    if any(map(is_han_text, folded)):
        choices = [[one] if is_han_text(one) else [other for other in lookalikes(one) if is_han_text(other)] for one in folded]
        yield from map("".join, product(*choices))


def is_slip_of_fingers(typed: str, meant: str) -> bool:
    """Whether two letters are swapped, one is struck twice, or the key beside it was: pyhton, pythhon, pytjon."""
    if sorted(typed) == sorted(meant) or is_undoubled(typed, meant):
        return True
    others = ["".join(pair) for pair in zip(typed, meant, strict=False) if pair[0] != pair[1]]
    return len(typed) == len(meant) and len(others) == 1 and (others[0] in KEYS or others[0][::-1] in KEYS)


def is_undoubled(typed: str, meant: str) -> bool:
    """Whether a character stands twice in what was typed, and once in what is meant."""
    return any(meant == typed[:place] + typed[place + 1 :] for place, (one, two) in enumerate(pairwise(typed)) if one == two)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _is_ending(word: str, typed: str) -> bool:
    """Whether the one word is the other and an ending, or both have one: list, lists, listed; no ending doubles a letter: listt."""
    shorter = min(len(word), len(typed)) - 1
    return word[:shorter] == typed[:shorter] and not is_undoubled(typed, word)

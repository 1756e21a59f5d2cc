"""When is a pattern compiled? When it is first asked for: Python takes milliseconds for many characters, and most queries need few."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache


def late_pattern(regex: str | Callable[[], str], flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """What gives the pattern, each time the same one; of a text that takes a while to make, what makes it may be given."""
    return cache(lambda: re.compile(regex if isinstance(regex, str) else regex(), flags))


def late_test(character_class: str) -> Callable[[str], bool]:
    """What tells whether a character is one of a class of characters and ranges that do not overlap, without escapes; "" is none."""
    bounds = cache(lambda: _bounds(character_class))
    return lambda character: bisect_right(bounds(), character) % 2 == 1


def _bounds(character_class: str) -> list[str]:
    """Where each range begins, and the character behind it, in order."""
    ranges = re.findall("(.)(?:-(.))?", character_class)
    return sorted(bound for first, last in ranges for bound in (first, chr(ord(last or first) + 1)))

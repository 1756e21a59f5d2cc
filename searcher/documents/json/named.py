"""What a value in JSON says, each thing behind its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat

_LONGEST_WORD = 1_000  # characters
_DATA = re.compile(r"(?:data:[^,\s]{0,200},)?[A-Za-z0-9+/_\-\r\n]+={0,2}\s*")


def said_by(value: object) -> Iterator[tuple[int, str]]:
    """Strings and numbers in the order of the file, each behind its name, those of a list behind the name of the list; with each, how many
    names and values stand before it.

    A blank line parts the objects of a list, so that a passage shows what belongs together.
    A picture or the like in letters and digits (base64) says nothing.

    {"a": "x", "b": ["y", null, 1]} → (0, a: x), (3, b: y), (5, b: 1)
    """
    waiting: list[tuple[Iterator[tuple[str, object]], bool]] = [(zip(repeat(""), (value,)), False)]  # and whether its names are written
    parted, passed = True, 0
    while waiting:
        items, named = waiting[-1]
        name, item = next(items, ("", waiting))
        if item is waiting:
            waiting.pop()
            continue
        number = passed
        passed += named
        if isinstance(item, dict):
            if len(waiting) > 1 and not named and not parted:
                yield number, ""
                parted = True
            if not name.isascii():  # it says something itself: {"臺北市": {"大安區": …}}
                yield number, name
            waiting.append((iter(item.items()), True))
        elif isinstance(item, list):
            waiting.append((zip(repeat(name), item), False))
        else:
            passed += 1
            if isinstance(item, str | int | float) and not isinstance(item, bool) and str(item).strip() and not _is_data(item):
                yield number if named else passed - 1, f"{name}: {item}" if name else str(item)
                parted = False


def _is_data(item: object) -> bool:
    return isinstance(item, str) and len(item) > _LONGEST_WORD and bool(_DATA.fullmatch(item))

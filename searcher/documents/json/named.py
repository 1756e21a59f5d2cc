"""What a value in JSON says, line by line, each behind its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat

_LONGEST_WORD = 1_000  # characters
_DATA = re.compile(r"(?:data:[^,\s]{0,200},)?[A-Za-z0-9+/_\-\r\n]+={0,2}\s*")


def lines_of(value: object) -> Iterator[str]:
    """Strings and numbers in the order of the file, each on a line behind its name; those of a list behind the name of the list.

    A blank line parts the objects of a list, so that a passage shows what belongs together.
    A picture or the like in letters and digits (base64) says nothing.

    {"a": "x", "b": ["y", 1]} → a: x, b: y, b: 1
    """
    waiting: list[Iterator[tuple[str, object]]] = [iter((("", value),))]
    parted = True
    while waiting:
        name, item = next(waiting[-1], ("", waiting))
        if item is waiting:
            waiting.pop()
        elif isinstance(item, dict):
            if isinstance(waiting[-1], zip) and not parted:
                yield ""
                parted = True
            if not name.isascii():  # it says something itself: {"臺北市": {"大安區": …}}
                yield name
            waiting.append(iter(item.items()))
        elif isinstance(item, list):
            waiting.append(zip(repeat(name), item))
        elif isinstance(item, str | int | float) and not isinstance(item, bool) and str(item).strip() and not _is_data(item):
            yield f"{name}: {item}" if name else str(item)
            parted = False


def _is_data(item: object) -> bool:
    return isinstance(item, str) and len(item) > _LONGEST_WORD and bool(_DATA.fullmatch(item))

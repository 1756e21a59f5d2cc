"""On which lines of its text does a JSON value write its names and values?"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^\s\[\]{},:"]+')


def lines_of_tokens(text: str) -> Iterator[int]:
    """The line, from 1, on which each begins, in the order of the text: names of members, and values that are no list and no object."""
    line, counted = 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", counted, token.start())
        counted = token.start()
        yield line


def count_of_tokens(value: object) -> int:
    """How many of them make this value; those of its text are more where an object has a name twice, of which the last counts."""
    count, waiting = 0, [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            count += len(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        else:
            count += 1
    return count

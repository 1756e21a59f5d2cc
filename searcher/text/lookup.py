"""Which rows does one of our tables have, and which for a word?

A table is a text file of rows with tabs between their cells and a headline, sorted by the first cell. It is read as bytes and searched by
halving, so that no row is decoded or taken apart before it is asked for: thousands of rows cost a search a fraction of a millisecond.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

TABLES = Path(__file__).parent.with_name("tables")


def table_lines(name: str) -> list[str]:
    """All rows of one of our tables as they are, without the headline."""
    return (TABLES / name).read_bytes().decode().split("\n")[1:-1]


def rows(table: str, word: str) -> list[list[str]]:
    """The cells behind the word, row by row; `table` is one of ours by its name, or a path. A table that is not there is empty."""
    lines, key = _lines(table), f"{word}\t".encode("utf-8", "surrogatepass")
    first = bisect_left(lines, key)
    if first == len(lines) or not lines[first].startswith(key) or "\t" in word:  # as of most words
        return []
    behind = takewhile(lambda number: lines[number].startswith(key), range(first, len(lines)))
    return [lines[number].decode("utf-8").split("\t")[1:] for number in behind]


def begins(tables: Iterable[str], text: str) -> bool:
    """Whether a row of one of the tables begins with a text."""
    key = text.encode("utf-8", "surrogatepass")
    for lines in map(_lines, tables):
        first = bisect_left(lines, key)
        if first < len(lines) and lines[first].startswith(key):
            return True
    return False


@lru_cache(maxsize=8)
def _lines(table: str) -> list[bytes]:
    path = TABLES / table
    return path.read_bytes().split(b"\n")[1:-1] if path.is_file() else []

"""What can the screen show: how many columns, which colours?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TextIO
from unicodedata import east_asian_width


def wants_color(when: str, stream: TextIO) -> bool:
    """Whether to colour a stream: as told, else where it is a terminal that can, and NO_COLOR is not set (no-color.org)."""
    if when != "auto":
        return when == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO) -> int:
    """The width of a stream in cells: COLUMNS, else the terminal's, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):  # not a terminal, or not a file at all
        return 80


def fitting(lines: Iterable[str], stream: TextIO) -> Iterator[str]:
    """Lines of ours as rows of a terminal, no word cut where it ends; as they are, where there is none."""
    if not stream.isatty():
        yield from lines
        return
    from searcher.printer.wrapping import hanging

    width = width_of(stream)
    for line in lines:
        yield from hanging(line, width, _plain_cells) if len(line) * 2 > width else (line,)


def _plain_cells(text: str) -> int:
    """How many terminal cells a text of ours takes: without rich, which knows of every foreign text what this does not."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)

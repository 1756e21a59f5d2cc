"""How a command speaks, and with which status it ends."""

from __future__ import annotations

from collections.abc import Iterable

from searcher.surroundings import Surroundings

DONE, FAILED = 0, 2
NOTHING_FOUND = SOME_SKIPPED = DAMAGED = 1


def print_all(lines: Iterable[str], around: Surroundings) -> None:
    """One line after the other on standard output."""
    for line in lines:
        around.print(line)

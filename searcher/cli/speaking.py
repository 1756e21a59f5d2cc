"""How a command speaks, and with which status it ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from searcher.surroundings import Surroundings

DONE, FAILED = 0, 2
NOTHING_FOUND = SOME_SKIPPED = DAMAGED = 1


def print_all(lines: Iterable[str], around: Surroundings) -> None:
    """One line after the other on standard output."""
    for line in lines:
        around.print(line)


def print_object(kind: str, told: Any, around: Surroundings) -> None:
    """A dataclass, or a dict of fields, as one JSON object on standard output."""
    from searcher.printer.json_lines import object_line

    around.print(object_line(kind, told))

"""How a command speaks, and with which status it ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from searcher.cli.arguments import Asked
    from searcher.surroundings import Surroundings

DONE, FAILED = 0, 2
NOTHING_FOUND = SOME_UNREAD = DAMAGED = 1


def print_all(lines: Iterable[str], around: Surroundings) -> None:
    """One line after the other on standard output."""
    for line in lines:
        around.print(line)


def print_told(kind: str, told: Any, lines: Iterable[str], asked: Asked, around: Surroundings) -> None:
    """What a command tells: to a program as one JSON object, to a reader in lines."""
    if asked.options.format == "json":
        print_object(kind, told, around)
    else:
        print_all(lines, around)


def print_object(kind: str, told: Any, around: Surroundings) -> None:
    """A dataclass, or a dict of fields, as one JSON object on standard output."""
    from searcher.printer.json_lines import object_line

    around.print(object_line(kind, told))

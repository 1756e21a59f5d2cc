"""Where in its document a passage stands: the line, and the page, chapter or article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from searcher.results import Place

BY_USE = (("page",), ("slide",), ("sheet",), ("chapter",), ("article", "heading"), ("time",))
"""Kinds of places, those that help a reader most first; of two side by side, the place that begins last: a heading ends an article."""

PackedLocations = Mapping[str, tuple[Sequence[int], Sequence[str]]]
"""Locations by kind, as a column of start offsets and one of labels."""


def place_at(locations: PackedLocations, offset: int) -> Place | None:
    """The most useful place that holds the offset."""
    for kinds in BY_USE if locations else ():
        found = [(*known, kind) for kind in kinds if (known := _label_at(locations, kind, offset)) is not None]
        if found:
            _, label, kind = max(found, key=lambda place: place[0])
            return Place(kind, label)
    return None


def line_at(locations: PackedLocations, offset: int, breaks_before: Callable[[int], int]) -> int | None:
    """The line, counting from 1, of the offset: by the document's own line locations, else by the breaks of its text.

    `breaks_before` says how many line breaks the text has before an offset. None where lines are not what the document is counted by.
    """
    known = _label_at(locations, "line", offset)
    if known is not None:
        start, label = known
        return int(label) + breaks_before(offset) - breaks_before(start) if label.isdecimal() and len(label) < 20 else None
    if "page" in locations or "line" in locations:
        return None
    return breaks_before(offset) + 1


def _label_at(locations: PackedLocations, kind: str, offset: int) -> tuple[int, str] | None:
    if kind not in locations:
        return None
    starts, labels = locations[kind]
    number = bisect_right(starts, offset) - 1
    return None if number < 0 else (starts[number], labels[number])

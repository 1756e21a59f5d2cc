"""What does a chart say? Its titles, and the names of its series and categories, which it keeps beside the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searcher.documents.xml.events import CLOSE, OPEN, TEXT, Event

_NAMES = frozenset(("strCache", "multiLvlStrCache", "strLit"))
_NUMBERS = frozenset(("numCache", "numLit"))


def chart_events(events: Iterable[Event]) -> Iterator[Event]:
    """The events of a chart, in which each name is a paragraph, as titles are, and stands once; numbers are left out."""
    told: set[str] = set()
    kept, words = "", list[str]()
    for event in events:
        kind, name, _ = event
        if kind == OPEN and name in _NAMES | _NUMBERS:
            kept = name
        elif kind == CLOSE and name == kept:
            kept = ""
        elif not kept:
            yield event
        elif kind == TEXT:
            words.append(name)
        elif kind == OPEN and name == "v":
            words.clear()
        elif kind == CLOSE and name == "v" and kept in _NAMES and (said := "".join(words).strip()) and said not in told:
            told.add(said)
            yield from ((OPEN, "p", {}), (OPEN, "t", {}), (TEXT, said, {}), (CLOSE, "t", {}), (CLOSE, "p", {}))

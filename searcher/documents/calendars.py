"""A calendar becomes its events, an address book its cards: a document each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from searcher.documents.contentlines import Line, components
from searcher.documents.dates import to_iso
from searcher.documents.document import Document
from searcher.documents.frontmatter import FrontMatter, bounded
from searcher.documents.metadata import described
from searcher.documents.refusal import Refused
from searcher.documents.source import ReadOptions, Source
from searcher.documents.sourcetext import read_text
from searcher.documents.titles import choose_title
from searcher.remarks import Remark

_EVENTS = frozenset(("VEVENT", "VTODO", "VJOURNAL"))
_CARDS = frozenset(("VCARD",))
_STARTS = ("DTSTART", "DUE", "COMPLETED", "CREATED")
"""What dates an event, the first that is there."""


def read_calendar(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The events, tasks and journals of a calendar. Refused("empty") where there is none."""
    return _documents(source, options, "ics", _EVENTS, _event)


def read_cards(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The cards of an address book. Refused("empty") where there is none."""
    return _documents(source, options, "vcf", _CARDS, _card)


Shown = tuple[str, list[str], str | None, dict[str, list[str]]]
"""A title, the lines of a text, a date, and what else is known."""


def _documents(
    source: Source, options: ReadOptions, format: str, kinds: frozenset[str], shown: Callable[[list[Line]], Shown]
) -> Iterator[Document]:
    written = read_text(source, options, format=format)
    number = 0
    for number, lines in enumerate(components(written.text, kinds), 1):
        title, rows, date, about = shown(lines)
        text = "\n".join(row for row, _ in groupby(filter(None, rows)))
        yield source.document(
            title=choose_title(title, text=text, name=f"{source.stem} {number}"),
            text=text,
            date=date,
            metadata=described(written.metadata, FrontMatter(bounded(about))),
            number=number,
        )
    if not number:
        raise Refused("empty", Remark("detail.unread"))


def _event(lines: list[Line]) -> Shown:
    """What, when, where, with whom."""
    title = _first(lines, "SUMMARY")
    times = [_time(line) for name in ("DTSTART", "DTEND", "DUE") for line in lines if line.name == name]
    people = [line.parameters["CN"] for line in lines if line.name in ("ORGANIZER", "ATTENDEE") and line.parameters.get("CN")]
    place = _first(lines, "LOCATION")
    rows = [title, " – ".join(filter(None, times)), place, "; ".join(dict.fromkeys(people)), *_all(lines, "DESCRIPTION", "COMMENT")]
    dates = (to_iso(line.text) for name in _STARTS for line in lines if line.name == name)
    about = {"location": [place], "category": _categories(lines), "url": _all(lines, "URL")}
    return title, rows, next(filter(None, dates), None), about


def _card(lines: list[Line]) -> Shown:
    """Who, where, and how to reach them."""
    named = next((line.parts for line in lines if line.name == "N"), [])
    name = _first(lines, "FN") or "".join(named)
    firm = [" ".join(line.parts) for line in lines if line.name == "ORG"]
    addresses = [" ".join(line.parts) for line in lines if line.name == "ADR"]
    ways = [text.removeprefix("tel:") for text in _all(lines, "TEL", "EMAIL", "IMPP", "URL")]
    rows = [name, *_all(lines, "NICKNAME"), *firm, *_all(lines, "TITLE", "ROLE"), *ways, *addresses, *_all(lines, "BDAY", "NOTE")]
    return name, rows, None, {"company": firm, "category": _categories(lines)}


def _first(lines: list[Line], name: str) -> str:
    return next((line.text for line in lines if line.name == name and line.text), "")


def _all(lines: list[Line], *names: str) -> list[str]:
    return [line.text for name in names for line in lines if line.name == name and line.text]


def _categories(lines: list[Line]) -> list[str]:
    return [word.strip() for text in _all(lines, "CATEGORIES") for word in text.split(",") if word.strip()]


def _time(line: Line) -> str:
    """2021-08-17 09:30, as it is said where the event is."""
    found = to_iso(line.text) or ""
    return found[:16].replace("T", " ")

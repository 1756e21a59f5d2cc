"""A calendar becomes its events, an address book its cards: a document each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from searcher.documents.composing.page import document_of_text
from searcher.documents.description.dates import to_iso
from searcher.documents.document import Document, Refused, only_text
from searcher.documents.mail.contentlines import Line, components, with_whole_characters
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.sources.text import SourceText
from searcher.documents.web.html import shown_of
from searcher.remarks import Remark

_EVENTS = frozenset(("VEVENT", "VTODO", "VJOURNAL"))
_CARDS = frozenset(("VCARD",))
_STARTS = ("DTSTART", "DUE", "COMPLETED", "CREATED")
"""What dates an event, the first that is there."""
_BEGIN = re.compile(r"^BEGIN:", re.MULTILINE | re.IGNORECASE)
_ZONE = re.compile(r"^X-WR-TIMEZONE:([A-Za-z]{2,20}(?:/[A-Za-z_]{2,30}){1,2})$", re.MULTILINE)
_OTHERS = ("BDAY", "ANNIVERSARY", "RELATED", "X-ABRELATEDNAMES", "X-PHONETIC-LAST-NAME", "X-PHONETIC-FIRST-NAME", "NOTE")
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_WAYS = tuple("TEL EMAIL IMPP URL X-SOCIALPROFILE X-QQ X-WECHAT X-WEIBO X-SKYPE X-SKYPE-USERNAME X-MSN X-AIM X-JABBER".split())


def read_calendar(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The events, tasks and journals of a calendar. Refused("empty") where there is none; what is no calendar is plain text."""
    written = _read(source, options, "ics")
    return _documents(source, written, _EVENTS, partial(_event, zone=_zone(written.text)))


def read_cards(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The cards of an address book. Refused("empty") where there is none; what is no address book is plain text."""
    return _documents(source, _read(source, options, "vcf"), _CARDS, _card)


Shown = tuple[str, list[str], str | None, dict[str, list[str]]]
"""A title, the lines of a text, a date, and what else is known."""


def _read(source: Source, options: ReadOptions, format: str) -> SourceText:
    written = replace(source, content=with_whole_characters(source.read(options.max_bytes))).text(options, format=format)
    if not _BEGIN.search(written.text):
        raise only_text()
    return written


def _documents(source: Source, written: SourceText, kinds: frozenset[str], shown: Callable[[list[Line]], Shown]) -> Iterator[Document]:
    number = 0
    for number, lines in enumerate(components(written.text, kinds), 1):
        title, rows, date, about = shown(lines)
        text = "\n".join(row for row, _ in groupby(filter(None, rows)))
        yield document_of_text(source, text, title, metadata=written.metadata, about=about, date=date, number=number)
    if not number:
        raise Refused("empty", Remark("detail.unread"))


def _event(lines: list[Line], zone: tzinfo | None) -> Shown:
    """What, when, where, with whom."""
    title = _first(lines, "SUMMARY")
    times = [time for name in ("DTSTART", "DTEND", "DUE") for line in lines if line.name == name and (time := _moment(line, zone))]
    during = " – ".join(dict.fromkeys(_time(max(time, times[0])) for time in times))  # some say that a day ends before it begins
    people = [line.parameters.get("CN") or _MAILTO.sub("", line.text) for line in lines if line.name in ("ORGANIZER", "ATTENDEE")]
    place = _first(lines, "LOCATION")
    said = map(shown_of, _all(lines, "DESCRIPTION", "COMMENT", "CONTACT", "RESOURCES"))
    rows = [title, during, place, "; ".join(dict.fromkeys(people)), *said]
    dates = (_moment(line, zone) for name in _STARTS for line in lines if line.name == name)
    about = {"location": [place], "category": _categories(lines), "url": _all(lines, "URL")}
    return title, rows, next(filter(None, dates), None), about


def _card(lines: list[Line]) -> Shown:
    """Who, where, and how to reach them."""
    named = next((line.parts for line in lines if line.name == "N"), [])
    whole = "".join(named)
    name = _first(lines, "FN") or (" ".join(named) if whole.isascii() else whole)
    firm = [" ".join(line.parts) for line in lines if line.name == "ORG"]
    addresses = [" ".join(line.parts) for line in lines if line.name == "ADR"]
    ways = [text.removeprefix("tel:") for text in _all(lines, *_WAYS)]
    rows = [name, *_all(lines, "NICKNAME"), *firm, *_all(lines, "TITLE", "ROLE"), *ways, *addresses, *_all(lines, *_OTHERS)]
    return name, rows, None, {"company": firm, "category": _categories(lines)}


def _first(lines: list[Line], name: str) -> str:
    return next((line.text for line in lines if line.name == name and line.text), "")


def _all(lines: list[Line], *names: str) -> list[str]:
    return [line.text for name in names for line in lines if line.name == name and line.text]


def _categories(lines: list[Line]) -> list[str]:
    return [word.strip() for text in _all(lines, "CATEGORIES") for word in text.split(",") if word.strip()]


def _moment(line: Line, zone: tzinfo | None) -> str | None:
    """When it is, as it is said where the event is, or in the zone of the calendar. The end of whole days is the day behind them."""
    found = to_iso(line.text)
    if found is None or not "1900" < found < "9000":
        return found
    if line.name == "DTEND" and len(found) == 10:
        return (date.fromisoformat(found) - timedelta(days=1)).isoformat()
    return datetime.fromisoformat(found).astimezone(zone).isoformat() if zone and found.endswith("+00:00") else found


def _time(moment: str) -> str:
    """2021-08-17 09:30"""
    return moment[:16].replace("T", " ") + (" UTC" if moment.endswith("+00:00") else "")


def _zone(text: str) -> tzinfo | None:
    """The zone of a calendar whose events are told in that of Greenwich, as Google's are; None where it is not known here."""
    found = _ZONE.search(text)
    try:
        return ZoneInfo(found[1]) if found else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None

"""Bilingual files become their texts, each with its translations below it: XLIFF, Qt's TS and TMX.

<trans-unit><source>Open</source><target>開啟</target></trans-unit>                XLIFF 1.2; in 2.0, a <segment>
<message><source>Open</source><translation>開啟</translation></message>            TS
<tu><tuv xml:lang="en"><seg>Open</seg></tuv><tuv xml:lang="zh-TW">…</tuv></tu>      TMX 1.4
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from searcher.documents.composing.blocks import Blocks, flowing
from searcher.documents.composing.page import Page, document_of_page, document_of_text
from searcher.documents.composing.places import needed_lines
from searcher.documents.document import Document, Refused, Skipped, only_text
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import declared_encoding
from searcher.documents.xml.events import LINE, OPEN, TEXT, Event, text_events, without, xml_events
from searcher.remarks import Remark

_UNITS = frozenset(("trans-unit", "segment", "message", "tu"))
_TEXTS = frozenset(("source", "target", "translation", "seg", "note", "comment", "extracomment", "translatorcomment"))
_NOTES = frozenset(("note", "comment", "extracomment", "translatorcomment"))
_DROPPED = frozenset(("header", "alt-trans", "seg-source", "skl", "oldsource", "oldcomment", "prop", "bpt", "ept", "ph", "it", "ut"))
"""What is said of the file, proposals, the same text once more, and what belongs to programs: codes of the layout in running text."""
_OUTDATED = frozenset(("vanished", "obsolete"))  # types of a translation whose text the program no longer has


Placed = tuple[str, str]
"""A text, and the line of the file on which it begins, where lines were asked for."""


@dataclass(slots=True)
class _Unit:
    """A text with its translations; `place` is the part of the file that it belongs to, where that is a new one."""

    texts: list[Placed] = field(default_factory=list)
    notes: list[Placed] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    place: str = ""
    outdated: bool = False
    length: int = 0

    def text(self) -> str:
        """Notes first, for they say what is meant."""
        return "\n".join(text for text, _ in (*self.notes, *self.texts))


def read_translations(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a file of XLIFF or TS, called as the file is; one that is broken is read as the plain text it is."""
    written = source.text(options, format="xliff", declared=declared_encoding)
    reader, blocks = _Reader(options.max_bytes), Blocks()
    try:
        for unit in reader.units(text_events(written.text)):
            if unit.place:
                blocks.locate("heading", unit.place)
            for text, line in (*unit.notes, *unit.texts):
                blocks.locate("line", line)
                blocks.text(text)
                blocks.end_line()
            blocks.end_block()
    except Refused as refusal:
        raise only_text() from refusal
    text, locations = blocks.finish()
    metadata, about = {**written.metadata, "format": reader.format}, {"language": [reader.language]}
    yield document_of_text(source, text, source.name, metadata=metadata, about=about, places=needed_lines(text, locations))


def read_tmx(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """Each unit of a translation memory is a document: its text in each language, a line each."""
    with source.open() as file:
        for number, unit in enumerate(_Reader(options.max_bytes).units(xml_events(file, doctype=True)), 1):
            if unit.length > options.max_bytes:
                yield Skipped(source.path, "too-large", Remark("detail.over-limit"))
                continue
            about = {"language": unit.languages, **{name: [value] for name, value in unit.about.items()}}
            heading = next((text for text, _ in unit.texts), None)
            yield document_of_page(source, Page(unit.text(), heading=heading), {"format": "tmx"}, about, number=number)


class _Reader:
    """Collects units, and what is said of the file."""

    def __init__(self, limit: int) -> None:
        self._limit = limit  # characters of a unit that are kept
        self._unit: _Unit | None = None
        self._parts: list[str] | None = None  # of a text that is open
        self._line = ""  # on which that begins
        self._notes: list[Placed] = []  # that precede their unit
        self._place = ""
        self.format = "xliff"
        self.language = ""

    def units(self, events: Iterable[Event]) -> Iterator[_Unit]:
        """Each unit with a text, or with more than is kept, when it ends."""
        for kind, name, attributes in without(events, lambda name, _: name in _DROPPED):
            if kind == OPEN:
                self._open(name, attributes)
            elif kind == TEXT:
                self._text(name)
            elif kind == LINE:
                self._line = self._line or name
            elif (ended := self._close(name)) is not None:
                yield ended

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        unit = self._unit
        if name in _UNITS:
            self._unit = _Unit(place=self._place, about=_about(attributes), notes=self._notes)
            self._place, self._notes = "", []
        elif name in _TEXTS or (name == "name" and unit is None):
            self._parts, self._line = [], ""
            if unit is not None:
                unit.outdated = unit.outdated or attributes.get("type") in _OUTDATED
        elif name == "tuv" and unit is not None:
            unit.languages.append(attributes.get("lang", ""))
        elif name == "numerusform" and self._parts:
            self._parts.append(" ")
        elif name in ("xliff", "TS", "file"):
            self._say(name, attributes)

    def _say(self, name: str, attributes: Mapping[str, str]) -> None:
        self.format = "linguist" if name == "TS" else "xliff"
        known = (attributes.get(one) for one in ("target-language", "trgLang", "language"))
        self.language = self.language or next(filter(None, known), "")
        self._place = attributes.get("original", "")

    def _text(self, text: str) -> None:
        if self._unit is not None:
            self._unit.length += len(text)
        if self._parts is not None and (self._unit is None or self._unit.length <= self._limit):
            self._parts.append(text)

    def _close(self, name: str) -> _Unit | None:
        unit = self._unit
        if self._parts is not None and (name in _TEXTS or name == "name"):
            self._end_text(name, flowing("".join(self._parts)).strip())
            self._parts = None
        if unit is None or name not in _UNITS:
            return None
        self._unit = None
        if (unit.texts or unit.length > self._limit) and not unit.outdated:
            return unit
        self._place = unit.place  # of the next one, then
        return None

    def _end_text(self, name: str, text: str) -> None:
        if name == "name":
            self._place = text
        elif text and name in _NOTES:
            (self._notes if self._unit is None else self._unit.notes).append((text, self._line))
        elif text and self._unit is not None:
            self._unit.texts.append((text, self._line))


def _about(attributes: Mapping[str, str]) -> dict[str, str]:
    """When a unit was last changed, and by whom."""
    said = {"date": ("changedate", "creationdate"), "author": ("changeid", "creationid")}
    found = {name: next(filter(None, map(attributes.get, names)), None) for name, names in said.items()}
    return {name: value for name, value in found.items() if value}

"""XML becomes a stream of events, without a tree: in linear time and little memory, whatever it is.

A document type that declares anything is refused, for entities are declared in it, and with it whatever they could multiply or fetch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import BinaryIO
from xml.parsers import expat

from searcher.documents.document import Refused
from searcher.documents.sources.source import MEGABYTE
from searcher.remarks import Remark

_CHUNK = MEGABYTE  # bytes; small ones would make old expats read a long token again and again
_DEEPEST = 5_000  # open elements

OPEN, TEXT, CLOSE, LINE = "open", "text", "close", "line"

Event = tuple[str, str, Mapping[str, str]]
"""(OPEN, name, attributes), (TEXT, characters, {}), (CLOSE, name, {}); where lines are asked for, (LINE, number, {}) before a text that is
not blank and before an element with attributes, but for the outermost: the line of the file, from 1, on which that begins.

Names come without their namespace; of two attributes of one name, the one with a namespace counts (r:id, not id).
"""


def xml_events(file: BinaryIO, *, encoding: str | None = None, doctype: bool = False) -> Iterator[Event]:
    """The events of an XML file; Refused("damaged") where it is not well formed, nested too deep, or has a document type.

    `encoding` is that of the bytes, whatever they declare; with `doctype`, a type that declares nothing itself may stand, unfetched.
    """
    return _events(_Collector(encoding, doctype), file)


def text_events(text: str) -> Iterator[Event]:
    """The events of an XML file that was decoded, whatever it declares, with their lines."""
    return _events(_Collector("utf-8", True, lines=True), BytesIO(text.encode("utf-8", "replace")))


def _events(collector: _Collector, file: BinaryIO) -> Iterator[Event]:
    parser = collector.parser
    while True:
        chunk = file.read(_CHUNK)
        try:
            parser.Parse(chunk, not chunk)
        except (expat.ExpatError, ValueError, LookupError) as error:
            yield from collector.events
            raise Refused("damaged", Remark("detail.xml", error=error)) from error
        yield from collector.events
        collector.events.clear()
        if not chunk:
            return


def without(events: Iterable[Event], is_dropped: Callable[[str, Mapping[str, str]], bool]) -> Iterator[Event]:
    """The events but for elements that are dropped, with all that lies in them; each is judged by its name and attributes when it comes."""
    depth = 0
    for event in events:
        kind, name, attributes = event
        if depth or (kind == OPEN and is_dropped(name, attributes)):
            depth += (kind == OPEN) - (kind == CLOSE)
        else:
            yield event


def with_texts(events: Iterable[Event], limit: int) -> Iterator[tuple[str, str, Mapping[str, str], str | None]]:
    """Openings and closings, these with the text right before them: all that an element holds in which no other is; None over the limit."""
    parts: list[str] = []
    length = 0
    for kind, value, attributes in events:
        if kind == TEXT:
            length += len(value)
            if length <= limit:
                parts.append(value)
        else:
            yield kind, value, attributes, "".join(parts) if length <= limit else None
            parts, length = [], 0


class _Collector:
    """Takes down what expat meets."""

    def __init__(self, encoding: str | None, doctype: bool, *, lines: bool = False) -> None:
        self.events: list[Event] = []
        self._doctype = doctype
        self._pieces: list[str] | None = [] if lines else None  # of a text, which expat gives line by line unless it buffers
        self.parser = expat.ParserCreate(encoding, namespace_separator="}")
        self.parser.buffer_text = not lines
        if not lines:
            self.parser.buffer_size = 65_536
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._depth = 0
        self._is_placed = False

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refused("damaged", Remark("detail.deep-xml", limit=_DEEPEST))
        if self._pieces is not None:
            self._end_text()
            if attributes and self._depth > 1:
                self._place()
        self.events.append((OPEN, _local(name), _locals(attributes) if attributes else attributes))

    def _close(self, name: str) -> None:
        self._depth -= 1
        if self._pieces is not None:
            self._end_text()
        self.events.append((CLOSE, _local(name), {}))

    def _text(self, text: str) -> None:
        if self._pieces is None:
            self.events.append((TEXT, text, {}))
            return
        if not (self._is_placed or text.isspace()):
            self._place()
            self._is_placed = True
        self._pieces.append(text)

    def _end_text(self) -> None:
        if self._pieces:
            self.events.append((TEXT, "".join(self._pieces), {}))
            self._pieces.clear()
            self._is_placed = False

    def _place(self) -> None:
        self.events.append((LINE, str(self.parser.CurrentLineNumber), {}))

    def _refuse(self, name: str, system: str | None, public: str | None, declares: bool) -> None:
        if self._doctype and not declares:
            return
        raise Refused("damaged", Remark("detail.doctype"))


def _locals(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes by their names without namespace; those that have one come last, and win."""
    found = {name: value for name, value in attributes.items() if "}" not in name}
    found.update((_local(name), value) for name, value in attributes.items() if "}" in name)
    return found


def _local(name: str) -> str:
    return name.rpartition("}")[2]

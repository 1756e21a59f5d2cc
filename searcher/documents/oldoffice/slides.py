"""The text of a presentation from before 2007 (MS-PPT), slide by slide, each with its notes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page
from searcher.documents.document import Refused
from searcher.documents.oldoffice.compound import Compound
from searcher.frozen import frozen
from searcher.remarks import Remark

_CONTAINER = 0xF  # the version of a record that holds records
_ENCRYPTED_USER, _USER_EDIT, _PERSIST = 0xF3D1C4DF, 0x0FF5, 0x1772
_SLIDE_ATOM, _PERSIST_ATOM, _SLIDE_LIST = 0x03EF, 0x03F3, 0x0FF0
_TEXT_HEADER, _TEXT_WIDE, _TEXT_NARROW, _TEXT_BOX = 0x0F9F, 0x0FA0, 0x0FA8, 0xF00D
_TITLES = (0, 6)  # kinds of text
_FIELD = "*"  # what stands for the number of the slide, the date and the like
_OF_SLIDES, _OF_NOTES = 0, 2  # instances of a list of slides
_MOST_EDITS, _MOST_RECORDS, _DEEPEST = 10_000, 2_000_000, 40


@dataclass(slots=True)
class _Slide:
    """One slide as the document lists it: where it is kept, its id, the texts of its outline (kind, text)."""

    reference: int
    id: int
    texts: list[tuple[int, str]] = field(default_factory=list)


def old_slides_page(compound: Compound, limit: int) -> Page:
    """Titles, texts and notes; where each slide begins is a place of kind "slide"."""
    user = compound.stream("Current User")
    if len(user) < 20:
        raise Refused("damaged", Remark("detail.no-last-edit"))
    if struct.unpack_from("<I", user, 12)[0] == _ENCRYPTED_USER:
        raise Refused("encrypted", Remark("detail.save-open"))
    records = _Records(compound.stream("PowerPoint Document"))
    places, document = _kept(records, struct.unpack_from("<I", user, 16)[0])
    lists = _lists(records, places.get(document, -1))
    notes = {slide.id: slide for slide in lists.get(_OF_NOTES, [])}
    blocks = Blocks()
    for number, slide in enumerate(lists.get(_OF_SLIDES, []), 1):
        blocks.end_block()
        blocks.locate("slide", str(number))
        place = places.get(slide.reference, -1)
        _write(blocks, slide.texts + records.texts(place))
        note = notes.get(records.notes_of(place))
        if note is not None:
            _write(blocks, [(1, text) for _, text in note.texts + records.texts(places.get(note.reference, -1))])
    return blocks.page()


@frozen
class _Record:
    kind: int
    version: int
    instance: int
    begin: int  # of what it holds
    end: int


class _Records:
    """The stream of records; every one is looked at within the one that holds it, and their number is bounded."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._left = _MOST_RECORDS

    def at(self, position: int, end: int) -> _Record | None:
        if position < 0 or position + 8 > end:
            return None
        self._left -= 1
        if self._left < 0:
            raise Refused("too-large", Remark("detail.records"))
        head, kind, size = struct.unpack_from("<HHI", self.data, position)
        return _Record(kind, head & 0xF, head >> 4, position + 8, min(end, position + 8 + size))

    def children(self, record: _Record) -> Iterator[_Record]:
        position = record.begin
        while child := self.at(position, record.end):
            yield child
            position = child.end

    def whole(self, position: int) -> _Record | None:
        return self.at(position, len(self.data))

    def text(self, record: _Record) -> str | None:
        """The text of an atom; None for any other record."""
        data = self.data[record.begin : record.end]
        if record.kind == _TEXT_WIDE:
            return data.decode("utf-16-le", "replace")
        return data.decode("latin-1") if record.kind == _TEXT_NARROW else None

    def texts(self, position: int) -> list[tuple[int, str]]:
        """The texts in the shapes of the slide at a position, with their kinds."""
        slide = self.whole(position)
        found: list[tuple[int, str]] = []
        if slide is not None:
            self._collect(slide, found, 0, inside=False)
        return found

    def notes_of(self, position: int) -> int:
        """The id of the notes of the slide at a position; 0 for none."""
        slide = self.whole(position)
        atom = next((child for child in self.children(slide) if child.kind == _SLIDE_ATOM), None) if slide else None
        return self.number(atom.begin + 16) if atom and atom.end - atom.begin >= 20 else 0

    def number(self, position: int) -> int:
        value: int = struct.unpack_from("<I", self.data, position)[0] if 0 <= position <= len(self.data) - 4 else 0
        return value

    def _collect(self, record: _Record, found: list[tuple[int, str]], depth: int, *, inside: bool) -> None:
        kind = 4
        for child in self.children(record):
            if child.kind == _TEXT_HEADER:
                kind = self.number(child.begin)
            elif inside and (text := self.text(child)) is not None:
                found.append((kind, text))
            elif (child.version == _CONTAINER or child.kind == _TEXT_BOX) and depth < _DEEPEST:
                self._collect(child, found, depth + 1, inside=inside or child.kind == _TEXT_BOX)


def _kept(records: _Records, position: int) -> tuple[dict[int, int], int]:
    """Where everything is kept, as the last edits say, and which of it is the document."""
    places: dict[int, int] = {}
    document = 0
    seen: set[int] = set()
    while position not in seen and len(seen) < _MOST_EDITS:
        seen.add(position)
        edit = records.whole(position)
        if edit is None or edit.kind != _USER_EDIT or edit.end - edit.begin < 20:
            break
        document = document or records.number(edit.begin + 16)
        for reference, place in _directory(records, records.number(edit.begin + 12)):
            places.setdefault(reference, place)
        position = records.number(edit.begin + 8)
    if not places:
        raise Refused("damaged", Remark("detail.no-slides"))
    return places, document


def _directory(records: _Records, position: int) -> Iterator[tuple[int, int]]:
    directory = records.whole(position)
    if directory is None or directory.kind != _PERSIST:
        return
    place = directory.begin
    while place + 4 <= directory.end:
        head = records.number(place)
        first, count = head & 0xFFFFF, head >> 20
        for number in range(min(count, (directory.end - place - 4) // 4)):
            yield first + number, records.number(place + 4 + 4 * number)
        place += 4 + 4 * count


def _lists(records: _Records, position: int) -> dict[int, list[_Slide]]:
    """The slides, and the notes, in the order in which they are shown."""
    document = records.whole(position)
    found: dict[int, list[_Slide]] = {}
    for child in records.children(document) if document else ():
        if child.kind == _SLIDE_LIST:
            found.setdefault(child.instance, []).extend(_listed(records, child))
    return found


def _listed(records: _Records, slides: _Record) -> list[_Slide]:
    found: list[_Slide] = []
    kind = 1
    for record in records.children(slides):
        if record.kind == _PERSIST_ATOM:
            found.append(_Slide(records.number(record.begin), records.number(record.begin + 12)))
        elif record.kind == _TEXT_HEADER:
            kind = records.number(record.begin)
        elif found and (text := records.text(record)) is not None:
            found[-1].texts.append((kind, text))
    return found


def _write(blocks: Blocks, texts: list[tuple[int, str]]) -> None:
    for kind, text in texts:
        if text.strip() == _FIELD:
            continue
        lines = text.replace("\x0b", "\r").split("\r")
        if kind in _TITLES and text.strip():
            blocks.heading(" ".join(lines), 1)
            continue
        blocks.lines("\n".join(lines))
        blocks.end_block()

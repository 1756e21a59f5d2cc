"""The lists of a Word document from before 2007 (MS-DOC, 2.9.131: LSTF; 2.9.150: LVL; 2.9.132: LFO), told as those since are."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from searcher.documents.office.numbering import Numbering
from searcher.documents.oldoffice.paragraphs import part
from searcher.documents.xml.events import OPEN, Event

_LISTS, _USES = 0x02E2, 0x02EA  # where fcPlfLst and fcPlfLfo stand
_LIST, _LEVEL, _USE, _CHANGE = 28, 28, 16, 8  # bytes of a list, of a level but for its text, of a use of a list, of a change in it
_LEVELS = 9
_SIMPLE, _IN_DIGITS, _STARTS, _FORMATTED = 0x01, 0x04, 0x10, 0x20  # flags of a list, of a level, and of a change
_FORMATS = (  # MS-OSHARED, 2.2.1.3: MSONFC
    "decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago ideographDigital japaneseCounting"
    " aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2"
    " aiueoFullWidth irohaFullWidth decimalZero bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen"
    " decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional ideographZodiac ideographZodiacTraditional"
    " taiwaneseCounting ideographLegalTraditional taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified"
    " chineseCountingThousand"
).split()


def old_numbering(main: bytes, table: bytes) -> Numbering:
    """The lists of a document; of broken ones, what can be read."""
    start, size = struct.unpack_from("<II", main, _LISTS) if len(main) >= _LISTS + 8 else (0, 0)
    lists = _lists(part(main, table, _LISTS), table[start + size :])
    return Numbering((*lists, *_uses(part(main, table, _USES))))


def _lists(lists: bytes, levels: bytes) -> Iterator[Event]:
    """Each list, and its levels, which follow behind all lists."""
    position = 0
    for place in range(2, len(lists) - _LIST + 1, _LIST):
        yield OPEN, "abstractNum", {"abstractNumId": _number(lists, place, 4)}
        for depth in range(1 if lists[place + _LIST - 2] & _SIMPLE else _LEVELS):
            if position + _LEVEL > len(levels):
                return
            yield OPEN, "lvl", {"ilvl": str(depth)}
            yield from _level(levels, position)
            position = _behind_level(levels, position)


def _level(levels: bytes, position: int) -> Iterator[Event]:
    """How numbers begin, are written, and what stands around them: where a number belongs, its text has that of its level."""
    format = levels[position + 4]
    text, end = _text_of_level(levels, position), _behind_level(levels, position)
    places = set(levels[position + 6 : position + 6 + _LEVELS])
    characters = levels[text:end].decode("utf-16-le", "replace")
    shown = (f"%{ord(one) + 1}" if place in places and ord(one) < _LEVELS else one for place, one in enumerate(characters, 1))
    yield OPEN, "start", {"val": _number(levels, position, 4)}
    yield OPEN, "numFmt", {"val": _FORMATS[format] if format < len(_FORMATS) else "none"}
    if levels[position + 5] & _IN_DIGITS:
        yield OPEN, "isLgl", {}
    yield OPEN, "lvlText", {"val": "".join(shown)}


def _uses(uses: bytes) -> Iterator[Event]:
    """Each use of a list, by its number from 1, and at which of its levels it begins anew."""
    count = min(int.from_bytes(uses[:4], "little"), max(0, len(uses) - 4) // _USE)
    position = 4 + _USE * count
    for number in range(count):
        place = 4 + _USE * number
        yield OPEN, "num", {"numId": str(number + 1)}
        yield OPEN, "abstractNumId", {"val": _number(uses, place, 4)}
        position += 4
        for _ in range(uses[place + 12]):
            if position + _CHANGE > len(uses):
                break
            flags = uses[position + 4]
            if flags & _STARTS:
                yield OPEN, "lvlOverride", {"ilvl": str(flags & 0xF)}
                yield OPEN, "startOverride", {"val": _number(uses, position, 4)}
            position += _CHANGE
            position = _behind_level(uses, position) if flags & _FORMATTED else position


def _text_of_level(levels: bytes, position: int) -> int:
    """Where its text begins, behind how it and its number look, and the count of its characters."""
    return position + _LEVEL + sum(levels[position + 24 : position + 26]) + 2


def _behind_level(levels: bytes, position: int) -> int:
    text = _text_of_level(levels, position)
    return text + 2 * int.from_bytes(levels[text - 2 : text], "little")


def _number(data: bytes, position: int, size: int) -> str:
    return str(int.from_bytes(data[position : position + size], "little"))

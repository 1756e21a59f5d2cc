"""Which list and which heading is a paragraph of a Word document from before 2007 (MS-DOC, 2.4.6.1: PAPX; 2.9.271: STSH)?"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator

from searcher.frozen import frozen

_STYLES, _PARAGRAPHS = 0x00A2, 0x0102  # where fcStshf and fcPlcfBtePapx stand
_PAGE = 512  # bytes of a page that says how paragraphs look
_PAGE_NUMBER = 0x3F_FFFF
_BOX = 13  # bytes of what stands on it for a paragraph
_STYLE, _LIST, _DEPTH, _OUTLINE = 0x4600, 0x460B, 0x260A, 0x2640  # sprmPIstd, sprmPIlfo, sprmPIlvl, sprmPOutLvl
_TABLE, _TABS = 0xD608, 0xC615  # sprmTDefTable and sprmPChgTabs, whose size is told otherwise
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # of an operand, by the three bits of its sprm; 0: it says so itself
_PARAGRAPH_STYLE = 1
_MOST_STYLES, _LONGEST_CHAIN = 4_095, 12
_LAST_LIST, _LAST_HEADING, _TITLE_STYLE = 0x7FE, 9, 62

_NO_HEADING = -1
TITLE = 0
"""In the place of the level of a heading, that of a title."""


@frozen
class Look:
    """How a paragraph, or a style, looks: the number of its list (0: none), how deep in it (from 0), the level of a heading (-1: none).

    None where that is left to its style, or to the style which that is based on; as it comes of all of them, where none says it.
    """

    style: int | None = None
    list: int | None = None
    depth: int | None = None
    level: int | None = None


class Paragraphs:
    """The paragraphs of a document by where they end in the stream of the text; what is broken is left out."""

    def __init__(self, main: bytes, table: bytes) -> None:
        self._styles = _read_styles(part(main, table, _STYLES))
        runs = sorted(_runs(main, part(main, table, _PARAGRAPHS)), key=lambda run: run[0])
        self._ends = [end for end, _ in runs]
        self._looks = [look for _, look in runs]

    def ending_at(self, end: int) -> Look | None:
        """The look of the paragraph that ends at this byte, as it comes of all its styles; None where none ends there."""
        place = bisect_right(self._ends, end) - 1
        if place < 0 or self._ends[place] != end:
            return None
        chain = [self._looks[place], *self._chain(self._looks[place].style or 0)]
        said = (next((value for look in chain if (value := getattr(look, name)) is not None), None) for name in ("list", "depth", "level"))
        return Look(None, *said)

    def _chain(self, number: int) -> Iterator[Look]:
        """A style and those that it is based on."""
        for _ in range(_LONGEST_CHAIN):
            if number >= len(self._styles):
                return
            style = self._styles[number]
            yield style
            number = len(self._styles) if style.style is None else style.style


def part(main: bytes, table: bytes, where: int) -> bytes:
    """What the head of the document says to lie in its table; at this byte stand its place and its size there."""
    if len(main) < where + 8:
        return b""
    start, size = struct.unpack_from("<II", main, where)
    return table[start : start + size]


def _runs(main: bytes, plc: bytes) -> Iterator[tuple[int, Look]]:
    """Where each paragraph ends, and how it looks (PlcBtePapx, PapxFkp)."""
    count = max(0, len(plc) - 4) // 8
    for (number,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 8 * count + 4]):
        page = main[(number & _PAGE_NUMBER) * _PAGE :][:_PAGE]
        if len(page) < _PAGE:
            continue
        paragraphs = min(page[-1], (_PAGE - 5) // (4 + _BOX))
        for place, (end,) in enumerate(struct.iter_unpack("<I", page[4 : 4 * (paragraphs + 1)])):
            yield end, _look_at(page, 2 * page[4 * (paragraphs + 1) + _BOX * place])


def _look_at(page: bytes, start: int) -> Look:
    """What stands on a page at a place (PapxInFkp); 0 is none."""
    size = page[start] if start else 0
    begin, end = (start + 2, start + 2 + 2 * page[start + 1]) if start and not size else (start + 1, start + 2 * size)
    said = page[begin:end]
    return _look(int.from_bytes(said[:2], "little"), said[2:]) if len(said) >= 2 else Look(0)


def _look(style: int | None, sprms: bytes) -> Look:
    """What a list of changes (Prl) makes of a style."""
    found: dict[int, int] = {}
    position = 0
    while position + 3 <= len(sprms):
        (sprm,) = struct.unpack_from("<H", sprms, position)
        position += 2
        size = _SIZES[sprm >> 13] or 1 + sprms[position]
        if sprm == _TABLE:
            size = 1 + int.from_bytes(sprms[position : position + 2], "little")
        elif sprm == _TABS and sprms[position] == 0xFF:
            break
        found[sprm] = int.from_bytes(sprms[position : position + min(size, 4)], "little")
        position += size
    number, outline = found.get(_LIST), found.get(_OUTLINE)
    return Look(
        found.get(_STYLE, style),
        None if number is None else number * (number <= _LAST_LIST),
        found.get(_DEPTH),
        None if outline is None else outline + 1 if outline < _LAST_HEADING else _NO_HEADING,
    )


def _read_styles(data: bytes) -> list[Look]:
    """The styles by their numbers; `style` of one is what it is based on (STD)."""
    styles: list[Look] = []
    if len(data) < 6:
        return styles
    head, count, base = struct.unpack_from("<HHH", data)
    position = 2 + head
    while len(styles) < min(count, _MOST_STYLES) and position + 2 <= len(data):
        size = int.from_bytes(data[position : position + 2], "little")
        styles.append(_style(data[position + 2 : position + 2 + size], base))
        position += 2 + size
    return styles


def _style(data: bytes, base: int) -> Look:
    """A style, whose name stands behind so many bytes; one that is empty, or of characters, changes nothing."""
    if len(data) < max(base + 2, 4):
        return Look()
    kind, based = struct.unpack_from("<HH", data)
    name = 2 * int.from_bytes(data[base : base + 2], "little")
    said = base + 2 + name + 2
    if based & 0xF != _PARAGRAPH_STYLE or len(data) < said + 2:
        return Look(based >> 4)
    size = int.from_bytes(data[said : said + 2], "little")
    look = _look(None, data[said + 4 : said + 2 + size])
    built_in = kind & 0xFFF
    level = TITLE if built_in == _TITLE_STYLE else built_in if 1 <= built_in <= _LAST_HEADING else look.level
    return Look(based >> 4, look.list, look.depth, level)

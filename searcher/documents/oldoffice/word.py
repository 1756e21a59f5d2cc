"""The text of a Word document from before 2007 (MS-DOC): the pieces that its table names, in their order.

Deleted and hidden words are told apart only by their looks, which are not read: they stay. Of paragraphs, the numbers of lists are.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page
from searcher.documents.document import Refused
from searcher.documents.office.numbering import labelled
from searcher.documents.oldoffice.compound import Compound
from searcher.documents.oldoffice.numbering import old_numbering
from searcher.documents.oldoffice.paragraphs import TITLE, Paragraphs, part
from searcher.frozen import frozen
from searcher.remarks import Remark

_WORD_97 = 0xC1  # nFib
_MAGIC, _OLDER = 0xA5EC, (0xA5DB, 0xA5DC)  # wIdent
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS = 0x4C  # FibRgLw97: the lengths of text, footnotes, headers, macros, comments, endnotes, text boxes, those of headers
_PIECES = 0x01A2  # where fcClx and lcbClx stand
_COMPRESSED = 0x4000_0000
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15")
_DEEPEST_FIELD = 5
_INVISIBLE = re.compile("[\x00-\x06\x08\x0e-\x12\x13-\x1d\x1f]")
_PARAGRAPH_END = re.compile("[\r\x0c\x0e]")
_CELL_END, _ROW_END = "\x07", "\x07\x07"
_ENDS = re.compile("[\r\x07\x0c]")  # of paragraphs: the last ends a section, too, or a page within one
_KIND = "\ufdd0"  # no character: behind it stands what kind of a paragraph follows, the level of a heading or one of these
_KINDS = re.compile(f"{_KIND}.")
_ITEM, _TITLE = "i", str(TITLE)


@frozen
class _Piece:
    """A piece of the text, and where it lies in the stream, a character in so many bytes."""

    text: str
    start: int
    width: int


def old_word_page(compound: Compound, limit: int) -> Page:
    """The text, then footnotes, endnotes, text boxes, comments, headers and footers, each once."""
    text, *others = _parts(compound)
    blocks = Blocks()
    title = _write(blocks, text)
    seen: set[str] = set()
    for other in others:
        for paragraph in _PARAGRAPH_END.split(other):
            if paragraph.strip() and paragraph.strip() not in seen:
                seen.add(paragraph.strip())
                _write(blocks, paragraph + "\r")
    return blocks.page(title)


def _parts(compound: Compound) -> list[str]:
    """The text, with the numbers of its lists, and what hangs on it: footnotes, endnotes, text boxes, comments, headers."""
    main = compound.stream("WordDocument")
    magic, version, flags = struct.unpack_from("<HH6xH", main) if len(main) >= _PIECES + 8 else (0, 0, 0)
    if magic not in (_MAGIC, *_OLDER):
        raise Refused("damaged", Remark("detail.no-word"))
    if flags & _ENCRYPTED:
        raise Refused("encrypted", Remark("detail.save-open"))
    if magic in _OLDER or version < _WORD_97:
        raise Refused("unsupported", Remark("detail.old-word"))
    table = compound.stream("1Table" if flags & _SECOND_TABLE else "0Table")
    pieces = list(_pieces(part(main, table, _PIECES), main))
    text = "".join(piece.text for piece in pieces)
    counts = struct.unpack_from("<8i", main, _COUNTS)
    parts, position = [], 0
    for count in counts:
        parts.append(text[position : position + max(0, count)])
        position += max(0, count)
    body, footnotes, headers, _, comments, endnotes, boxes, header_boxes = parts
    return [_numbered(body, pieces, main, table), footnotes, endnotes, boxes, comments, headers, header_boxes]


def _numbered(text: str, pieces: list[_Piece], main: bytes, table: bytes) -> str:
    """The text with the label of its list before each paragraph, and before that its kind where it is no plain one."""
    paragraphs, numbering = Paragraphs(main, table), old_numbering(main, table)
    parts: list[str] = []
    begin = 0
    for end, place in _ends_of_paragraphs(text, pieces):
        look = paragraphs.ending_at(place)
        if look is None:
            continue
        label = numbering.label(str(look.list), look.depth or 0)
        if text[begin : end - 1].strip():
            kind = str(look.level) if look.level is not None and look.level >= TITLE else _ITEM * bool(label)
            parts.append(f"{_KIND}{kind}" if kind and text[end - 1] != _CELL_END else "")
            parts.append(labelled(label, ""))
        parts.append(text[begin:end])
        begin = end
    return "".join((*parts, text[begin:]))


def _ends_of_paragraphs(text: str, pieces: list[_Piece]) -> Iterator[tuple[int, int]]:
    """Behind which characters a paragraph may end, and behind which byte of the stream."""
    begin = 0
    for piece in pieces:
        for match in _ENDS.finditer(piece.text, 0, max(0, len(text) - begin)):
            yield begin + match.end(), piece.start + match.end() * piece.width
        begin += len(piece.text)


def _pieces(table: bytes, main: bytes) -> Iterator[_Piece]:
    """The pieces that the table names: each UTF-16, or one byte a character of Windows-1252. A piece takes no more than the file has."""
    position = 0
    while position + 3 <= len(table) and table[position] == 1:  # what changes the looks of pieces
        position += 3 + struct.unpack_from("<H", table, position + 1)[0]
    if position + 5 > len(table) or table[position] != 2:
        raise Refused("damaged", Remark("detail.no-table"))
    size = min(struct.unpack_from("<I", table, position + 1)[0], len(table) - position - 5)
    count = (size - 4) // 12
    if count < 1:
        raise Refused("damaged", Remark("detail.no-table"))
    ends = struct.unpack_from(f"<{count + 1}I", table, position + 5)
    left = 2 * len(main)
    for number, (begin, end) in enumerate(pairwise(ends)):
        where = struct.unpack_from("<I", table, position + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        length = max(0, end - begin)
        if where & _COMPRESSED:
            start = (where & ~_COMPRESSED) // 2
            data = main[start : start + min(length, left)]
            yield _Piece(data.decode("cp1252", "replace"), start, 1)
        else:
            data = main[where : where + min(2 * length, left)]
            yield _Piece(data.decode("utf-16-le", "replace"), where, 2)
        left -= len(data)


def _write(blocks: Blocks, text: str) -> str | None:
    """Paragraphs stand apart, items of a list by a line break; cells end with a mark of their own, rows with two. Gives the title."""
    for _ in range(_DEEPEST_FIELD):
        text, found = _FIELD_CODE.subn("", text)
        if not found:
            break
    text = _INVISIBLE.sub(lambda match: "\r" if match[0] == "\x0e" else "", text.replace("\x1e", "-").replace("\x0b", "\n"))
    title, in_list = None, False
    for paragraph in _PARAGRAPH_END.split(text):
        *rows, rest = paragraph.split(_ROW_END)
        if rows:
            blocks.end_block()
        for row in rows:
            blocks.begin_row()
            for cell in row.split(_CELL_END):
                blocks.begin_cell()
                blocks.lines(_KINDS.sub("", cell))
        if rows:
            blocks.end_table()
        kind, rest = (rest[1:2], rest[2:]) if rest.startswith(_KIND) else ("", rest)
        title = title or (rest if kind == _TITLE else None)
        in_list = _write_paragraph(blocks, kind, _KINDS.sub("", rest).replace(_CELL_END, "\t"), in_list=in_list)
    return title


def _write_paragraph(blocks: Blocks, kind: str, text: str, *, in_list: bool) -> bool:
    """A paragraph behind an item of a list or others; gives whether it is such an item itself."""
    if kind.isdecimal() and kind != _TITLE:
        blocks.heading(text, int(kind))
        return False
    if in_list and kind == _ITEM:
        blocks.end_line()
    else:
        blocks.end_block()
    blocks.lines(text)
    return kind == _ITEM

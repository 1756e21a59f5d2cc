"""The text of a Word document from before 2007 (MS-DOC): the pieces that its table names, in their order.

Deleted and hidden words are told apart only by their looks, which are not read: they stay.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from searcher.documents.blocks import Blocks
from searcher.documents.compound import Compound
from searcher.documents.page import Page
from searcher.documents.refusal import Refused
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
_ROW_END = "\x07\x07"


def old_word_page(compound: Compound, limit: int) -> Page:
    """The text, then footnotes, endnotes, text boxes, comments, headers and footers, each once."""
    text, *others = _parts(compound)
    blocks = Blocks()
    _write(blocks, text)
    seen: set[str] = set()
    for part in others:
        for paragraph in _PARAGRAPH_END.split(part):
            if paragraph.strip() and paragraph.strip() not in seen:
                seen.add(paragraph.strip())
                _write(blocks, paragraph + "\r")
    written, locations = blocks.finish()
    if len(written) > limit:
        raise Refused("too-large", Remark("detail.text-over"))
    return Page(written, locations)


def _parts(compound: Compound) -> list[str]:
    """The text and what hangs on it: footnotes, endnotes, text boxes, comments, headers."""
    main = compound.stream("WordDocument")
    magic, version, flags = struct.unpack_from("<HH6xH", main) if len(main) >= _PIECES + 8 else (0, 0, 0)
    if magic not in (_MAGIC, *_OLDER):
        raise Refused("damaged", Remark("detail.no-word"))
    if flags & _ENCRYPTED:
        raise Refused("encrypted", Remark("detail.save-open"))
    if magic in _OLDER or version < _WORD_97:
        raise Refused("unsupported", Remark("detail.old-word"))
    start, size = struct.unpack_from("<II", main, _PIECES)
    table = compound.stream("1Table" if flags & _SECOND_TABLE else "0Table")[start : start + size]
    text = "".join(_pieces(table, main))
    counts = struct.unpack_from("<8i", main, _COUNTS)
    parts, position = [], 0
    for count in counts:
        parts.append(text[position : position + max(0, count)])
        position += max(0, count)
    body, footnotes, headers, _, comments, endnotes, boxes, header_boxes = parts
    return [body, footnotes, endnotes, boxes, comments, headers, header_boxes]


def _pieces(table: bytes, main: bytes) -> Iterator[str]:
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
            yield data.decode("cp1252", "replace")
        else:
            data = main[where : where + min(2 * length, left)]
            yield data.decode("utf-16-le", "replace")
        left -= len(data)


def _write(blocks: Blocks, text: str) -> None:
    """Paragraphs stand apart; cells end with a mark of their own, rows with two."""
    for _ in range(_DEEPEST_FIELD):
        text, found = _FIELD_CODE.subn("", text)
        if not found:
            break
    text = _INVISIBLE.sub(lambda match: "\r" if match[0] == "\x0e" else "", text.replace("\x1e", "-").replace("\x0b", "\n"))
    for paragraph in _PARAGRAPH_END.split(text):
        if "\x07" not in paragraph:
            blocks.lines(paragraph)
            blocks.end_block()
            continue
        *rows, rest = paragraph.split(_ROW_END)
        for row in rows:
            blocks.begin_row()
            for cell in row.split("\x07"):
                blocks.begin_cell()
                blocks.lines(cell)
        blocks.end_table()
        blocks.lines(rest.replace("\x07", "\t"))
        blocks.end_block()

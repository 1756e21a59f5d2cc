"""What Outlook packs into one file beside a mail (winmail.dat, MS-OXTNEF) becomes what it is.

    78 9f 3e 22, a key of 2 bytes, then attributes: level (1), id (4), length (4), so many bytes, their sum (2)

The text of the mail stands in its other parts; what is packed says it once more, and is not read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from searcher.documents.archives.membernames import bare_name
from searcher.documents.document import Document, Skipped
from searcher.documents.encodings.detection import decode_name
from searcher.documents.mail.attachments import Attachment, attached, reading
from searcher.documents.sources.source import ReadOptions, Source

_HEAD = 6  # bytes
_LEVELS = (1, 2)  # of the mail, of an attachment
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_LONG_NAME, _KEPT = 0x3707, 0x3701  # properties of an attachment: its name as the system has it, what it is
_WIDE, _OBJECT, _INTERFACE = 0x1F, 0xD, 16  # types: UTF-16; a mail in a mail, packed alike, behind so many bytes
_NAMED, _MULTIPLE = 0x8000, 0x1000  # ids of properties with a name of their own, types with several values
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Of the values of properties, by their types; others say how long they are."""


def read_tnef(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The documents of what is attached."""
    yield from attached(source, _attachments(source, options))


def _attachments(source: Source, options: ReadOptions) -> Iterator[Attachment]:
    for parts in _parts(source.read(options.max_bytes)):
        said = parts.get(_PROPERTIES, b"")
        type, name = _property(said, _LONG_NAME)
        called = name.decode("utf-16-le", "replace") if type == _WIDE else decode_name(name or parts.get(_TITLE, b""))
        type, kept = _property(said, _KEPT)
        if data := parts.get(_DATA) or (kept[_INTERFACE:] if type == _OBJECT else kept):
            yield bare_name(called.replace("\0", "")), reading(source, options, partial(bytes, data))


def _parts(data: bytes) -> list[dict[int, bytes]]:
    """The attributes of each attachment by their ids; what is cut off, and what stands behind the last one, is left."""
    found: list[dict[int, bytes]] = []
    at = _HEAD
    while at + 9 <= len(data) and data[at] in _LEVELS:
        id, length = struct.unpack_from("<II", data, at + 1)
        if id == _BEGINS:
            found.append({})
        if found:
            found[-1].setdefault(id, data[at + 9 : at + 9 + length])
        at += 9 + length + 2
    return found


def _property(properties: bytes, wanted: int) -> tuple[int, bytes]:
    """The first value of a property, with its type; none where there is no such property, or damage before it."""
    with suppress(struct.error):
        (count,) = struct.unpack_from("<I", properties)
        at = 4
        for _ in range(count):
            type, id = struct.unpack_from("<HH", properties, at)
            at = _behind_name(properties, at + 4) if id >= _NAMED else at + 4
            size = _SIZES.get(type & ~_MULTIPLE)
            values = 1
            if type & _MULTIPLE or size is None:
                (values,) = struct.unpack_from("<I", properties, at)
                at += 4
            for _ in range(values):
                length = size
                if length is None:
                    (length,) = struct.unpack_from("<I", properties, at)
                    at += 4
                if id == wanted:
                    return type, properties[at : at + length]
                at += -(-length // 4) * 4
                struct.unpack_from("<0s", properties, at)  # not beyond the end
    return 0, b""


def _behind_name(properties: bytes, at: int) -> int:
    """Where the value of a property begins that has a set (16 bytes), and a number or a name in it."""
    kind, length = struct.unpack_from("<II", properties, at + 16)
    return int(at + 24 + (-(-length // 4) * 4 if kind else 0))

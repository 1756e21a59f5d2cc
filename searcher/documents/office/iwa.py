"""The objects of a document of Pages, Numbers or Keynote, as they lie in its parts since 2013.

Index/*.iwa    pieces: a zero, three bytes of size, the lowest first, and so much that is packed with Snappy (without its frames)
unpacked       a size (varint), an ArchiveInfo of that size, and behind it the messages that it tells of, again and again
ArchiveInfo    1: id of the object; 2, for each message: 1: kind, 3: bytes, 5: ids of objects that it refers to
a message      fields of Protocol Buffers: number × 8 + type (varint), then a varint (type 0), 8 bytes (1), a size and bytes (2),
                   or 4 bytes (5)
Snappy         size of the whole (varint), then literals and copies by the last two bits of a tag: 00 literal, its size less one in the
               upper six bits, or in 1 to 4 bytes behind where they are 60 to 63; 01 copy of 4 to 11 bytes, its distance in eleven bits;
               10, 11 copy of 1 to 64 bytes, its distance in two or four bytes
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from searcher.documents.document import Refused
from searcher.documents.office.packages import Package
from searcher.documents.sources.source import MEGABYTE
from searcher.frozen import frozen
from searcher.remarks import Remark

_PIECE_HEADER = 4
_BROKEN = (IndexError, ValueError, TypeError, KeyError)


@frozen
class Thing:
    """An object: its kind, its message, the ids that it refers to, and the name of the part that it lies in."""

    kind: int
    message: bytes
    refers: tuple[int, ...]
    part: str


def things(package: Package, limit: int) -> dict[int, Thing]:
    """All objects of a document by their ids; Refused: damaged, too-large where they are more bytes than the limit."""
    found: dict[int, Thing] = {}
    left = limit
    for name in package.names:
        packed = package.read(name, limit) if name.endswith(".iwa") else b""
        if packed[:1] == b"\0":  # what several people have done to a document is packed in another way
            try:
                data = _unpacked(packed, left)
                found.update(_things(data, name.rpartition("/")[2]))
            except _BROKEN as error:
                raise Refused("damaged", Remark("detail.unpack", error=error)) from error
            left -= len(data)
            if left < 0:
                raise Refused("too-large", Remark("detail.unpacks", limit=limit / MEGABYTE))
    return found


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message, by number, in their order; ValueError, IndexError where it is none."""
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        number, type = key >> 3, key & 7
        if type == 0:
            value, place = _varint(message, place)
            yield number, value
            continue
        if type == 2:
            size, place = _varint(message, place)
        elif type in (1, 5):
            size = 8 if type == 1 else 4
        else:
            raise ValueError("no field")
        if place + size > len(message):
            raise ValueError("a field that is cut")
        yield number, message[place : place + size]
        place += size


def values(message: bytes) -> Mapping[int, int | bytes]:
    """The fields of a message of which there is one each; of several the last."""
    return dict(fields(message))


def _things(data: bytes, part: str) -> Iterator[tuple[int, Thing]]:
    place = 0
    while place < len(data):
        size, place = _varint(data, place)
        info = data[place : place + size]
        place += size
        id = 0
        for number, value in fields(info):
            if number == 1 and isinstance(value, int):
                id = value
            elif number == 2 and isinstance(value, bytes):
                told = values(value)
                kind, length = told[1], told[3]
                if not isinstance(kind, int) or not isinstance(length, int):
                    raise ValueError("no message")
                yield id, Thing(kind, data[place : place + length], tuple(_references(value)), part)
                place += length


def _references(told: bytes) -> Iterator[int]:
    for number, value in fields(told):
        if number == 5 and isinstance(value, int):
            yield value
        elif number == 5 and isinstance(value, bytes):
            place = 0
            while place < len(value):
                id, place = _varint(value, place)
                yield id


def _unpacked(data: bytes, limit: int) -> bytes:
    pieces: list[bytes] = []
    place = 0
    while place < len(data):
        if data[place]:
            raise ValueError("no piece")
        size = int.from_bytes(data[place + 1 : place + _PIECE_HEADER], "little")
        place += _PIECE_HEADER
        pieces.append(_without_snappy(data[place : place + size], limit))
        place += size
    return b"".join(pieces)


def _without_snappy(packed: bytes, limit: int) -> bytes:
    size, place = _varint(packed, 0)
    if size > limit:
        raise Refused("too-large", Remark("detail.unpacks", limit=limit / MEGABYTE))
    out = bytearray()
    while place < len(packed) and len(out) <= size:
        tag = packed[place]
        place += 1
        kind = tag & 3
        if kind == 0:
            length = tag >> 2
            if length >= 60:
                count = length - 59
                length = int.from_bytes(packed[place : place + count], "little")
                place += count
            out += packed[place : place + length + 1]
            place += length + 1
            continue
        if kind == 1:
            length, distance = (tag >> 2 & 7) + 4, tag >> 5 << 8 | packed[place]
            place += 1
        else:
            count = 2 if kind == 2 else 4
            length, distance = (tag >> 2) + 1, int.from_bytes(packed[place : place + count], "little")
            place += count
        if not 0 < distance <= len(out):
            raise ValueError("a copy of nothing")
        copied = out[-distance:][:length]
        out += (copied * (length // len(copied) + 1))[:length]
    if len(out) != size:
        raise ValueError("a piece of another size")
    return bytes(out)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and the place behind it."""
    number = shift = 0
    while shift < 64:
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, place
        shift += 7
    raise ValueError("a number without an end")

"""Documents of Pages, Numbers and Keynote for tests, made of their objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.documents.packing import packed

Object = tuple[int, int, bytes, Iterable[int]]
"""Id, kind, message, and the ids that it refers to."""


def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def field(number: int, value: int | bytes | str) -> bytes:
    """A field of a message."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def reference(id: int) -> bytes:
    """The message that refers to an object."""
    return field(1, id)


def snappy(data: bytes) -> bytes:
    """Packed without a copy but of runs: as literals of 60 bytes at most, a copy where the byte before comes four times more."""
    out = varint(len(data))
    place = 0
    while place < len(data):
        run = data[place - 1 : place] * 4
        if place and data[place : place + 4] == run:
            out += bytes((0b01, 1))
            place += 4
            continue
        piece = data[place : place + 3]
        out += bytes(((len(piece) - 1) << 2,)) + piece
        place += len(piece)
    return out


def part(objects: Iterable[Object]) -> bytes:
    """A part with objects, in two pieces."""
    data = b""
    for id, kind, message, refers in objects:
        told = field(1, kind) + field(3, len(message)) + field(5, b"".join(map(varint, refers)))
        info = field(1, id) + field(2, told)
        data += varint(len(info)) + info + message
    half = len(data) // 2
    pieces = [snappy(data[:half]), snappy(data[half:])]
    return b"".join(b"\0" + len(piece).to_bytes(3, "little") + piece for piece in pieces)


def iwork(parts: Mapping[str, Iterable[Object]], **more: bytes) -> bytes:
    """A file with these parts."""
    return packed({"preview.jpg": b"\xff\xd8", **{f"Index/{name}.iwa": part(objects) for name, objects in parts.items()}, **more})


def storage(id: int, text: str, *, kind: int | None = None, styles: Mapping[int, int] | None = None) -> Object:
    """A text; of what kind, and which style begins where."""
    message = b"" if kind is None else field(1, kind)
    entries = b"".join(field(1, field(1, place) + field(2, reference(style))) for place, style in (styles or {}).items())
    return (
        id,
        2001,
        message + field(3, text[:2]) + field(3, text[2:]) + (field(5, entries) if styles else b""),
        [*(styles or {}).values()],
    )

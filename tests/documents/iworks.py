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
    """Packed: a byte that comes again and again, and what was eight bytes long before, as copies of all three kinds; else as literals."""
    out = varint(len(data))
    place, literal = 0, b""
    while place < len(data):
        before = data.rfind(data[place : place + 8], 0, place + 7)
        distance, length = place - before, min(8, len(data) - place)
        if before < 0 or length < 8 or distance > 60_000:
            literal += data[place : place + 1]
            place += 1
            continue
        out += _literal(literal)
        kind = 1 if distance < 2_000 and place % 3 == 0 else 2 + place % 2
        tag = (length - 4) << 2 | distance >> 8 << 5 | 1 if kind == 1 else (length - 1) << 2 | kind
        out += bytes((tag,)) + (distance & 0xFF if kind == 1 else distance).to_bytes((0, 1, 2, 4)[kind], "little")
        place, literal = place + length, b""
    return out + _literal(literal)


def _literal(data: bytes) -> bytes:
    if not data:
        return b""
    size = len(data) - 1
    if size < 60:
        return bytes((size << 2,)) + data
    count = (size.bit_length() + 7) // 8
    return bytes(((59 + count) << 2,)) + size.to_bytes(count, "little") + data


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

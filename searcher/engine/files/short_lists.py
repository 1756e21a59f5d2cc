"""Short packed lists come back as plain integers, without numpy, for look-ups. How they are packed is told in `segment/packing.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from searcher.engine.arrays.ragged import U8

_WHOLE: Mapping[int, Literal["B", "H", "I"]] = {8: "B", 16: "H", 32: "I"}
"""What `memoryview` calls numbers of whole bytes."""

_BATCH = 512
"""So many numbers are taken out of one integer: it is shifted once for each."""


class Unpackable(ValueError):
    """Bytes that are no packed list of this many numbers."""


def header_of(data: memoryview | U8) -> tuple[int, int]:
    """The width of a list, and the bytes of an exception."""
    known = _HEADERS[data[0]] if len(data) else None
    if known is None:
        raise Unpackable(f"a list of header {data[0]}" if len(data) else "a list without bytes")
    return known


_HEADERS = [(header & 63, 1 << (header >> 6)) if header & 63 in (*range(17), 24, 32) and header < 3 << 6 else None for header in range(256)]


def unpack_short(data: memoryview, count: int) -> list[int]:
    """The numbers of a list of `count`; `data`: the list's bytes, no more."""
    if not count:
        return []
    width, exception = header_of(data)
    size = 1 + (count * width + 7) // 8
    if len(data) < size:
        raise Unpackable(f"a list of {count} numbers of {width} bits in {len(data)} bytes")
    numbers = data[1:size].cast(_WHOLE[width]).tolist() if width in _WHOLE else _numbers(data[1:size], width, count)
    return numbers if len(data) == size else _patched(numbers, width, data[size:], exception)


def _numbers(data: memoryview, width: int, count: int) -> list[int]:
    numbers = list[int]()
    for start in range(0, count, _BATCH):
        numbers += _few(data, width, start, min(start + _BATCH, count))
    return numbers


def _few(data: memoryview, width: int, start: int, stop: int) -> list[int]:
    """The numbers [start, stop) of a list; `start` is a multiple of eight."""
    if not width:
        return [0] * (stop - start)
    bits = int.from_bytes(data[start * width // 8 : (stop * width + 7) // 8], "little")
    mask = (1 << width) - 1
    return [bits >> place & mask for place in range(0, (stop - start) * width, width)]


def _patched(numbers: list[int], width: int, data: memoryview, size: int) -> list[int]:
    """Puts the exceptions in their places."""
    stand_in = (1 << width) - 1
    places = numbers.count(stand_in) if 0 < width < 32 else 0
    if places * size != len(data):
        raise Unpackable(f"{len(data)} bytes of exceptions for {places} numbers")
    place = -1
    for start in range(0, len(data), size):
        place = numbers.index(stand_in, place + 1)
        numbers[place] = int.from_bytes(data[start : start + size], "little")
    return numbers

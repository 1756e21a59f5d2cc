"""How the tests of this room make compiled help: a CHM, packed by an LZX of their own."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise

from searcher.documents.books.lzx import FRAME

WINDOW_BITS, SLOTS = 16, 32
INTERVAL = 2 * FRAME
_EXTRA = [0, 0, 0, 0, *(slot // 2 - 1 for slot in range(4, SLOTS))]
_BASE = [sum(1 << extra for extra in _EXTRA[:slot]) for slot in range(SLOTS)]
VERBATIM, ALIGNED, STORED = 1, 2, 3


class Writer:
    """Bits, the highest of each word first."""

    def __init__(self) -> None:
        self.bits: list[str] = []

    def write(self, value: int, count: int) -> None:
        self.bits.append(f"{value:0{count}b}" if count else "")

    def align(self, *, always: bool = False) -> None:
        """Fill the word; with `always`, a whole one where none is begun."""
        left = -sum(map(len, self.bits)) % 16
        self.bits.append("0" * (left or 16 * always))

    def data(self) -> bytes:
        self.align()
        text = "".join(self.bits)
        words = [int(text[at : at + 16], 2) for at in range(0, len(text), 16)]
        return struct.pack(f"<{len(words)}H", *words)


def interval(data: bytes, kinds: Sequence[int] = (VERBATIM,), *, block: int = FRAME // 2) -> bytes:
    """An interval as LZX packs it, in blocks of these kinds by turns. Every symbol of the main tree has nine bits, every length eight."""
    writer, packed = Writer(), b""
    writer.write(0, 1)
    known = False
    recent = [1, 1, 1]
    for number, start in enumerate(range(0, len(data), block)):
        end, kind = min(start + block, len(data)), kinds[number % len(kinds)]
        writer.write(kind, 3)
        writer.write(end - start, 24)
        if kind == STORED:
            writer.align(always=True)
            packed += writer.data() + struct.pack("<3L", *recent) + data[start:end] + b"\0" * ((end - start) % 2)
            writer = Writer()
            continue
        if kind == ALIGNED:
            for _ in range(8):
                writer.write(3, 3)
        for count, length in ((256, 9), (8 * SLOTS, 9), (249, 8)):
            _write_lengths(writer, count, 0 if known else 17 - length)
        known = True
        _write_symbols(writer, data, start, end, kind == ALIGNED, recent)
    return packed + writer.data()


def _write_lengths(writer: Writer, count: int, change: int) -> None:
    """So many lengths that all change alike; no change is told by a code of its own, and runs by another."""
    other = change or 1
    for symbol in range(20):
        writer.write(1 if symbol in (0, other) else 0, 4)
    for _ in range(count):
        writer.write(int(bool(change)), 1)


def _write_symbols(writer: Writer, data: bytes, at: int, end: int, aligned: bool, recent: list[int]) -> None:
    while at < end:
        length, offset = _seen_before(data, at, min(end, (at // FRAME + 1) * FRAME))
        if length < 3:
            writer.write(data[at], 9)
            at += 1
        else:
            _write_match(writer, length, offset, aligned, recent)
            at += length
        if at % FRAME == 0:
            writer.align()


def _write_match(writer: Writer, length: int, offset: int, aligned: bool, recent: list[int]) -> None:
    if offset in recent:
        slot = recent.index(offset)
        recent[0], recent[slot] = recent[slot], recent[0]
    else:
        slot = max(slot for slot in range(3, SLOTS) if _BASE[slot] <= offset + 2)
        recent[:] = [offset, *recent[:2]]
    writer.write(256 + 8 * slot + min(length - 2, 7), 9)
    if length - 2 >= 7:
        writer.write(length - 9, 8)
    extra, rest = _EXTRA[slot], offset + 2 - _BASE[slot]
    if slot < 3:
        return
    if aligned and extra >= 3:
        writer.write(rest >> 3, extra - 3)
        writer.write(rest & 7, 3)
    else:
        writer.write(rest, extra)


def _seen_before(data: bytes, at: int, end: int) -> tuple[int, int]:
    for length in (257, 100, 40, 20, 9, 6, 4, 3):
        if at + length <= end:
            start = data.rfind(data[at : at + length], 0, at + length - 1)
            if start >= 0:
                return length, at - start
    return 0, 0


def number(value: int) -> bytes:
    """A number as directories have it: seven bits a byte, of which all but the last are marked."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.insert(0, value & 0x7F | 0x80)
    return bytes(groups)


def chm(
    files: Mapping[str, bytes], *, kinds: Sequence[int] = (VERBATIM,), language: int = 0x0804, system: Mapping[int, bytes] | None = None
) -> bytes:
    """Compiled help of these files (names with a slash before them); `system` are the entries of #SYSTEM."""
    packed = b"".join(files.values())
    pieces = [interval(packed[at : at + INTERVAL], kinds) for at in range(0, len(packed), INTERVAL)] or [b""]
    starts = [sum(map(len, pieces[:place])) for place in range(len(pieces))]
    table = [place for start, end in pairwise((*starts, sum(map(len, pieces)))) for place in (start, (start + end) // 2)]
    said = b"\3\0\0\0" + b"".join(struct.pack("<HH", code, len(text) + 1) + text + b"\0" for code, text in (system or {}).items())
    storage = "::DataSpace/Storage/MSCompressed/"
    plain = {
        "/#SYSTEM": said,
        f"{storage}ControlData": struct.pack("<L4s5L", 6, b"LZXC", 2, 2, 2, 1, 0),
        f"{storage}Transform/{{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}}/InstanceData/ResetTable": struct.pack(
            "<4L3Q", 2, len(table), 8, 0x28, len(packed), sum(map(len, pieces)), FRAME
        )
        + struct.pack(f"<{len(table)}Q", *table),
        f"{storage}Content": b"".join(pieces),
    }
    entries = b"".join(_entry(name, 0, _before(plain, name), data) for name, data in plain.items())
    entries += b"".join(_entry(name, 1, _before(files, name), data) for name, data in files.items())
    size = 4_096 * (1 + len(entries) // 4_000)
    chunk = b"PMGL" + struct.pack("<LLll", size - 20 - len(entries), 0, -1, -1) + entries
    directory = b"ITSP" + struct.pack("<10L", 1, 0x54, 10, size, 2, 1, 0xFFFFFFFF, 0, 0, 0xFFFFFFFF)
    directory = (directory + struct.pack("<L", 1)[:0]).ljust(0x2C, b"\0") + struct.pack("<L", 1)
    directory = directory.ljust(0x54, b"\0") + chunk.ljust(size, b"\0")
    head = b"ITSF" + struct.pack("<5L", 3, 0x60, 1, 0, language)
    head = head.ljust(0x38, b"\0") + struct.pack("<5Q", 0, 0, 0x60, len(directory), 0x60 + len(directory))
    return head + directory + b"".join(plain.values())


def _entry(name: str, section: int, offset: int, data: bytes) -> bytes:
    written = name.encode()
    return number(len(written)) + written + number(section) + number(offset) + number(len(data))


def _before(files: Mapping[str, bytes], name: str) -> int:
    """The bytes of the files before it."""
    names = list(files)
    return sum(len(files[other]) for other in names[: names.index(name)])

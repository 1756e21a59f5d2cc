"""Bytes that LZX packed, as CHM files hold them: LZ77 with Huffman codes (MS-PATCH, "LZX DELTA Compression"; Microsoft's LZX).

What is unpacked here is one interval: it begins with a reset, and refers to nothing before it.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from searcher.documents.document import Refused
from searcher.remarks import Remark

FRAME = 0x8000  # bytes that are unpacked, after which the next bits begin with a word
_VERBATIM, _ALIGNED, _UNPACKED = 1, 2, 3
_LENGTHS = 249  # of the tree of lengths
_PRETREE, _ALIGNED_TREE = 20, 8
_SLOTS = {15: 30, 16: 32, 17: 34, 18: 36, 19: 38, 20: 42, 21: 50}
"""Slots of positions, by the bits of the window's size."""
_EXTRA = [0, 0, 0, 0, *(min(slot // 2 - 1, 17) for slot in range(4, 51))]
_BASE = [0]
for _bits in _EXTRA[:-1]:
    _BASE.append(_BASE[-1] + (1 << _bits))

Tree = tuple[list[int], int]
"""A table of `symbol << 5 | length` by the next bits, and how many bits these are."""


def unpacked(data: bytes, size: int, window_bits: int) -> bytes:
    """The first `size` bytes of an interval. Refused("damaged") where it does not hold them."""
    if window_bits not in _SLOTS:
        raise _damaged("window")
    return _Interval(data, size, _SLOTS[window_bits]).unpacked()


def _damaged(what: str) -> Refused:
    return Refused("damaged", Remark("detail.not-whole", kind="CHM", error=f"LZX {what}"))


class _Bits:
    """Bits, the highest of each word of 16 first; words are little-endian. Behind the end a few zeros may be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.words: Sequence[int] = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2]) + (0,) * 8
        self.at = 0  # the next word
        self.buffer = 0
        self.count = 0  # bits in the buffer that were not read

    def read(self, count: int) -> int:
        while self.count < count:
            if self.at >= len(self.words):
                raise _damaged("end")
            self.buffer = ((self.buffer & ((1 << self.count) - 1)) << 16) | self.words[self.at]
            self.at += 1
            self.count += 16
        self.count -= count
        return (self.buffer >> self.count) & ((1 << count) - 1)

    def symbol(self, tree: Tree) -> int:
        table, width = tree
        found = table[self.read(width)]
        if not found:
            raise _damaged("code")
        self.count += width - (found & 31)
        return found >> 5

    def align(self) -> None:
        """Go on with a word."""
        self.count -= self.count % 16

    def bytes(self, count: int) -> bytes:
        """Bytes as they are, behind the word that is read now."""
        start = 2 * self.at - self.count // 8
        if start + count > len(self._data):
            raise _damaged("end")
        end = start + count
        self.at, self.buffer, self.count = (end + 1) // 2, 0, 0
        return self._data[start:end]


class _Interval:
    def __init__(self, data: bytes, size: int, slots: int) -> None:
        self._bits = _Bits(data)
        self._size = size
        self._out = bytearray()
        self._main = [0] * (256 + 8 * slots)
        self._lengths = [0] * _LENGTHS
        self._recent = [1, 1, 1]
        self._frame_end = FRAME

    def unpacked(self) -> bytes:
        if self._bits.read(1):  # jumps of programs were changed, which no page has
            raise Refused("unsupported", Remark("detail.method-part"))
        while len(self._out) < self._size:
            kind, size = self._bits.read(3), self._bits.read(24)
            end = min(self._size, len(self._out) + size)
            if not size:
                raise _damaged("block")
            if kind == _UNPACKED:
                self._copied(size)
            elif kind in (_VERBATIM, _ALIGNED):
                self._block(end, kind == _ALIGNED)
            else:
                raise _damaged("block")
        return bytes(self._out[: self._size])

    def _copied(self, size: int) -> None:
        """A block that is not packed; one of an odd length is followed by a byte more."""
        bits = self._bits
        bits.read(bits.count % 16 or 16)
        self._recent = list(struct.unpack("<3L", bits.bytes(12)))
        self._out += bits.bytes(min(size, self._size - len(self._out)))
        self._frame_end = (len(self._out) // FRAME + 1) * FRAME

    def _block(self, end: int, aligned: bool) -> None:
        """A block of symbols: bytes, and matches with what came before."""
        bits, out = self._bits, self._out
        offsets = _tree([bits.read(3) for _ in range(_ALIGNED_TREE)]) if aligned else None
        self._read_lengths(self._main, 0, 256)
        self._read_lengths(self._main, 256, len(self._main))
        main = _tree(self._main)
        self._read_lengths(self._lengths, 0, _LENGTHS)
        lengths = _tree(self._lengths)
        while len(out) < end:
            symbol = bits.symbol(main)
            if symbol < 256:
                out.append(symbol)
            else:
                slot, length = divmod(symbol - 256, 8)
                length += 2 + (bits.symbol(lengths) if length == 7 else 0)
                self._repeat(self._offset(slot, offsets), length)
            if len(out) >= self._frame_end:
                bits.align()
                self._frame_end += FRAME

    def _repeat(self, offset: int, length: int) -> None:
        out = self._out
        start = len(out) - offset
        if start < 0 or not offset:
            raise _damaged("offset")
        if offset >= length:
            out += out[start : start + length]
        else:  # it runs into what it writes
            out += (out[start:] * (length // offset + 1))[:length]

    def _offset(self, slot: int, aligned: Tree | None) -> int:
        """How far back a match lies: one of the last three, or one by its slot."""
        recent = self._recent
        if slot < 3:
            recent[0], recent[slot] = recent[slot], recent[0]
            return recent[0]
        extra = _EXTRA[slot]
        offset = _BASE[slot] - 2
        if aligned is not None and extra >= 3:
            offset += (self._bits.read(extra - 3) << 3) + self._bits.symbol(aligned)
        else:
            offset += self._bits.read(extra)
        recent[:] = [offset, *recent[:2]]
        return offset

    def _read_lengths(self, lengths: list[int], at: int, end: int) -> None:
        """The lengths of codes, as changes of those before; runs of zeros, or of one length, are told as such."""
        bits = self._bits
        tree = _tree([bits.read(4) for _ in range(_PRETREE)])
        while at < end:
            symbol = bits.symbol(tree)
            count, length = 1, 0
            if symbol == 17:
                count = 4 + bits.read(4)
            elif symbol == 18:
                count = 20 + bits.read(5)
            else:
                if symbol == 19:
                    count = 4 + bits.read(1)
                    symbol = bits.symbol(tree)
                length = (lengths[at] - symbol) % 17
            count = min(count, end - at)
            lengths[at : at + count] = [length] * count
            at += count


def _tree(lengths: list[int]) -> Tree:
    """The table of canonical codes of these lengths; without any code, every symbol is damage."""
    width = max(lengths)
    table: list[int] = []
    for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths) if length):
        table += [symbol << 5 | length] * (1 << (width - length))
    if len(table) > 1 << width:
        raise _damaged("tree")
    return table + [0] * ((1 << width) - len(table)), width

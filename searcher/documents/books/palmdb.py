"""A Palm database: the records in which books for Palm and Kindle lie (PDB File Format, Palm OS Developer's Guide).

What their texts are packed with: PalmDOC, a cousin of LZ77, or Huffman codes with a dictionary of phrases (HUFF and CDIC).
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import lru_cache
from typing import BinaryIO

from searcher.documents.document import Refused
from searcher.documents.sources.source import MEGABYTE
from searcher.remarks import Remark

KIND = slice(60, 68)  # where type and creator stand
_HEADER, _ENTRY = 78, 8
_LARGEST_RECORD = MEGABYTE  # those of text have 4 KB, pictures 64 KB
_LARGEST_TEXT = 65_536  # what a record gives at most, and a phrase of its dictionary; 4,096 is usual
_LARGEST_DICTIONARY = 64 * MEGABYTE  # unpacked
_RECENT = 4  # records that are kept, for a thousand labels stand in one
_DEEPEST = 16  # phrases in phrases

Unpack = Callable[[bytes], bytes]


class PalmDatabase:
    """The records of a database; one that is not there, or lies outside of the file, is empty."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        head = file.read(_HEADER)
        if len(head) < _HEADER:
            raise damaged("header")
        self.name = head[:32].partition(b"\0")[0]
        self.kind = head[KIND]
        (count,) = struct.unpack_from(">H", head, 76)
        entries = file.read(count * _ENTRY)
        self._starts = [struct.unpack_from(">L", entries, at)[0] for at in range(0, len(entries) // _ENTRY * _ENTRY, _ENTRY)]
        self._ends = [*self._starts[1:], size]
        self._file = file
        self.record = lru_cache(_RECENT)(self._record)
        """The bytes of a record, counted from 0."""

    def _record(self, number: int) -> bytes:
        if not 0 <= number < len(self._starts):
            return b""
        start, end = self._starts[number], self._ends[number]
        self._file.seek(start)
        return self._file.read(min(max(0, end - start), _LARGEST_RECORD))


def number_at(record: bytes, at: int, default: int = 0) -> int:
    """The number of four bytes that stands there; `default` where the record ends before."""
    return int.from_bytes(record[at : at + 4], "big") if at + 4 <= len(record) else default


def damaged(what: str) -> Refused:
    """The refusal of a book whose parts do not fit together."""
    return Refused("damaged", Remark("detail.not-whole", kind="MOBI", error=what))


def unpacked_palmdoc(data: bytes) -> bytes:
    """What PalmDOC packed: letters as they are, a space and a letter in one byte, and stretches of what came before."""
    text = bytearray()
    at = 0
    while at < len(data):
        byte = data[at]
        at += 1
        if 1 <= byte <= 8:
            text += data[at : at + byte]
            at += byte
        elif byte < 0x80:
            text.append(byte)
        elif byte >= 0xC0:
            text += bytes((0x20, byte ^ 0x80))
        elif at < len(data):
            pair = (byte << 8) | data[at]
            at += 1
            distance, length = (pair >> 3) & 0x7FF, (pair & 7) + 3
            if not 0 < distance <= len(text):
                raise damaged("PalmDOC")
            for _ in range(length):  # it may run into what it writes
                text.append(text[-distance])
    return bytes(text)


def huffman(huff: bytes, dictionaries: list[bytes]) -> Unpack:
    """What unpacks texts with these tables: a record HUFF, and records CDIC with its phrases."""
    return _Huffman(huff, dictionaries).unpacked


class _Huffman:
    """Codes of up to 32 bits, each for a phrase; phrases are packed the same way, unless they are marked as plain."""

    def __init__(self, huff: bytes, dictionaries: list[bytes]) -> None:
        if not huff.startswith(b"HUFF\0\0\0\x18") or len(huff) < 16:
            raise damaged("HUFF")
        first, second = struct.unpack_from(">LL", huff, 8)
        if max(first + 1024, second + 256) > len(huff):
            raise damaged("HUFF")
        self._by_byte = [(entry & 0x1F, bool(entry & 0x80), entry >> 8) for entry in struct.unpack_from(">256L", huff, first)]
        bounds = struct.unpack_from(">64L", huff, second)
        self._least = [0, *(bounds[2 * length] << (31 - length) for length in range(32))]
        self._most = [0, *(_last(bounds[2 * length + 1], length + 1) for length in range(32))]
        self._phrases = _phrases(dictionaries)
        self._known: dict[int, bytes] = {}
        self._left = _LARGEST_DICTIONARY

    def unpacked(self, data: bytes, depth: int = 0) -> bytes:
        if depth > _DEEPEST or len(data) > _LARGEST_TEXT:
            raise damaged("HUFF")
        text = bytearray()
        at, end, padded = 0, 8 * len(data), data + bytes(5)
        while at < end:
            window = int.from_bytes(padded[at >> 3 : (at >> 3) + 5], "big")
            number, length = self._code((window >> (8 - (at & 7))) & 0xFFFFFFFF)
            at += length
            if at > end:  # what fills the last byte
                break
            text += self._phrase(number, depth)
            if len(text) > _LARGEST_TEXT:
                raise Refused("too-large", Remark("detail.text-over"))
        return bytes(text)

    def _code(self, bits: int) -> tuple[int, int]:
        """The phrase that 32 bits begin with, and how many of them say so."""
        length, plain, most = self._by_byte[bits >> 24]
        if plain and length:
            return (_last(most, length) - bits) >> (32 - length), length
        while 0 < length < 32 and bits < self._least[length]:
            length += 1
        if not length:
            raise damaged("HUFF")
        return (self._most[length] - bits) >> (32 - length), length

    def _phrase(self, number: int, depth: int) -> bytes:
        if not 0 <= number < len(self._phrases):
            raise damaged("CDIC")
        phrase, plain = self._phrases[number]
        if plain:
            return phrase
        if number not in self._known:
            self._known[number] = self.unpacked(phrase, depth + 1)
            self._left -= len(self._known[number])
            if self._left < 0:
                raise Refused("too-large", Remark("detail.text-over"))
        return self._known[number]


def _last(code: int, length: int) -> int:
    """The last code of 32 bits that begins with one of so many."""
    return ((code + 1) << (32 - length)) - 1


def _phrases(dictionaries: list[bytes]) -> list[tuple[bytes, bool]]:
    """The phrases of all dictionaries, and whether each is plain."""
    found: list[tuple[bytes, bool]] = []
    left = _LARGEST_DICTIONARY
    for record in dictionaries:
        if not record.startswith(b"CDIC\0\0\0\x10") or len(record) < 16:
            raise damaged("CDIC")
        total, bits = struct.unpack_from(">LL", record, 8)
        count = min(1 << min(bits, 16), max(0, total - len(found)), (len(record) - 16) // 2)
        for (start,) in struct.iter_unpack(">H", record[16 : 16 + 2 * count]):
            size = int.from_bytes(record[16 + start : 18 + start], "big")
            phrase = record[18 + start : 18 + start + (size & 0x7FFF)]
            left -= len(phrase)  # they may lie upon each other
            if left < 0:
                raise Refused("too-large", Remark("detail.text-over"))
            found.append((phrase, bool(size & 0x8000)))
    return found

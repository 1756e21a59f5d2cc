"""How the tests of this room make books for Kindle and Palm."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence

RECORD = 4_096


def palm(records: Sequence[bytes], *, kind: bytes = b"BOOKMOBI", name: bytes = b"book") -> bytes:
    """A Palm database of records."""
    start = 78 + 8 * len(records) + 2
    head = name[:31].ljust(32, b"\0") + bytes(28) + kind + bytes(8) + struct.pack(">H", len(records))
    entries = b""
    for number, record in enumerate(records):
        entries += struct.pack(">LL", start, number)
        start += len(record)
    return head + entries + b"\0\0" + b"".join(records)


def palmdoc(text: bytes, *, packed: bool = True, name: bytes = b"book") -> bytes:
    """A PalmDOC."""
    pieces = [text[at : at + RECORD] for at in range(0, len(text), RECORD)]
    head = struct.pack(">HHLHHHH", 2 if packed else 1, 0, len(text), len(pieces), RECORD, 0, 0)
    return palm([head, *(map(squeezed, pieces) if packed else pieces)], kind=b"TEXtREAd", name=name)


def squeezed(data: bytes) -> bytes:
    """A stretch as PalmDOC packs it: what came before as pairs, spaces with their letters, the rest as it is."""
    out, at = bytearray(), 0
    while at < len(data):
        length, back = _seen_before(data, at)
        if length >= 3:
            out += struct.pack(">H", 0x8000 | (back << 3) | (length - 3))
            at += length
        elif data[at] == 0x20 and at + 1 < len(data) and 0x40 <= data[at + 1] < 0x80:
            out.append(data[at + 1] ^ 0x80)
            at += 2
        elif data[at] == 0 or 9 <= data[at] < 0x80:
            out.append(data[at])
            at += 1
        else:
            out += bytes((1, data[at]))
            at += 1
    return bytes(out)


def _seen_before(data: bytes, at: int) -> tuple[int, int]:
    for length in range(min(10, len(data) - at), 2, -1):
        start = data.rfind(data[at : at + length], max(0, at - 2_047), at + length - 1)
        if start >= 0:
            return length, at - start
    return 0, 0


def huffman_tables(phrases: Sequence[tuple[bytes, bool]]) -> list[bytes]:
    """HUFF and CDIC for at most 256 phrases, plain ones or packed themselves, each with a code of eight bits: 255 less its number."""
    by_byte = struct.pack(">L", 8 | 0x80 | (0xFF << 8)) * 256
    huff = b"HUFF" + struct.pack(">LLL", 24, 24, 24 + 1024) + bytes(8) + by_byte + bytes(256)
    offsets, bodies, at = b"", b"", 2 * len(phrases)
    for phrase, plain in phrases:
        offsets += struct.pack(">H", at)
        bodies += struct.pack(">H", len(phrase) | (0x8000 if plain else 0)) + phrase
        at += 2 + len(phrase)
    return [huff, b"CDIC" + struct.pack(">LLL", 16, len(phrases), 8) + offsets + bodies]


def coded(numbers: Iterable[int]) -> bytes:
    """The codes of phrases, by their numbers."""
    return bytes(255 - number for number in numbers)


def index(entries: Sequence[tuple[bytes, dict[int, list[int]]]], tags: Sequence[tuple[int, int]], labels: bytes = b"") -> list[bytes]:
    """The records of an index with these tags (tag, values of each), of which every entry has all; behind them the labels."""
    table = b"".join(bytes((tag, values, 1 << place, 0)) for place, (tag, values) in enumerate(tags)) + b"\0\0\0\1"
    tagx = b"TAGX" + struct.pack(">LL", 12 + len(table), 1) + table
    head = (b"INDX" + struct.pack(">L", 192) + bytes(12) + struct.pack(">LL", 0, 1)).ljust(52, b"\0") + struct.pack(">L", bool(labels))
    body, starts = b"", []
    for name, values in entries:
        starts.append(192 + len(body))
        numbers = [number for tag, _ in tags for number in values[tag]]
        body += bytes((len(name),)) + name + bytes(((1 << len(tags)) - 1,)) + b"".join(map(forward, numbers))
    places = b"IDXT" + b"".join(struct.pack(">H", start) for start in starts)
    data = (b"INDX" + struct.pack(">L", 192) + bytes(12) + struct.pack(">LL", 192 + len(body), len(entries))).ljust(192, b"\0")
    return [head.ljust(192, b"\0") + tagx, data + body + places, *([labels] if labels else [])]


def forward(number: int) -> bytes:
    """A number as indexes have it: seven bits a byte, the last of which is marked."""
    groups = [number & 0x7F | 0x80]
    while number := number >> 7:
        groups.insert(0, number & 0x7F)
    return bytes(groups)


def mobi(
    markup: bytes,
    *,
    packed: int = 2,
    encoding: int = 65_001,
    version: int = 6,
    title: bytes = b"",
    said: Sequence[tuple[int, bytes]] = (),
    encryption: int = 0,
    chapters: Sequence[tuple[int, str]] = (),
    flow: int = 0,
    trailing: bytes = b"",
    flags: int = 0,
) -> bytes:
    """A book: markup, what is said of it (numbers of EXTH), and its chapters by their offsets. `flow` is the length of its first flow.

    `trailing` stands behind the text of each record, as `flags` say.
    """
    pieces = [markup[at : at + RECORD] for at in range(0, len(markup), RECORD)] or [b""]
    texts: dict[int, Callable[[bytes], bytes]] = {1: bytes, 2: squeezed, 17_480: coded}
    records = [texts[packed](piece) + trailing for piece in pieces]
    tables = huffman_tables([(bytes((byte,)), True) for byte in range(256)]) if packed == 17_480 else []
    labels, entries = b"", []
    for number, (place, label) in enumerate(chapters):
        entries.append((b"%03d" % number, {1: [place], 3: [len(labels)]}))
        labels += forward(len(label.encode())) + label.encode()
    first = 1 + len(records)
    contents = index(entries, ((1, 1), (3, 1)), labels) if chapters else []
    flows = [b"FDST" + struct.pack(">LLLLLL", 12, 2, 0, flow, flow, len(markup))] if flow else []
    exth = b"".join(struct.pack(">LL", kind, 8 + len(value)) + value for kind, value in said)
    head = bytearray(248 + 16)
    struct.pack_into(">HHLHHHH", head, 0, packed, 0, len(markup), len(pieces), RECORD, encryption, 0)
    head[16:20] = b"MOBI"
    struct.pack_into(">LLLLL", head, 20, 248, 2, encoding, 1, version)
    struct.pack_into(">LL", head, 112, first, len(tables))
    struct.pack_into(">L", head, 128, 0x40 if said else 0)
    struct.pack_into(">L", head, 192, first + len(tables) + len(contents) if flow else 0xFFFFFFFF)
    struct.pack_into(">HL", head, 242, flags, first + len(tables) if chapters else 0xFFFFFFFF)
    struct.pack_into(">L", head, 248, 0xFFFFFFFF)
    whole = bytes(head) + (b"EXTH" + struct.pack(">LL", 12 + len(exth), len(said)) + exth if said else b"")
    whole = whole[:84] + struct.pack(">LL", len(whole), len(title)) + whole[92:] + title
    return palm([whole, *records, *tables, *contents, *flows])

"""How the tests of this room make documents of office programs from before 2007."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_SECTOR, _LEAST = 512, 4096  # streams that are shorter would lie elsewhere
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF

Streams = Mapping[str, "bytes | Streams"]


def compound(streams: Streams) -> bytes:
    """A compound file (MS-CFB, version 3) of streams, and of folders with streams; streams are filled up with zeros to 4,096 bytes."""
    entries: list[list[object]] = [["Root Entry", 5, _NONE, _NONE, b""]]
    _add(entries, 0, streams)
    size_of_directory = -(-len(entries) * 128 // _SECTOR)
    sectors = [-(-max(_LEAST, len(data)) // _SECTOR) if kind == 2 else 0 for _, kind, _, _, data in entries]  # type: ignore[arg-type]
    used = size_of_directory + sum(sectors)
    size_of_fat = 1
    while size_of_fat * 128 < used + size_of_fat:
        size_of_fat += 1
    fat = [_FAT] * size_of_fat + _chain(size_of_fat, size_of_directory)
    starts = []
    for count in sectors:
        starts.append(len(fat) if count else _END)
        fat += _chain(len(fat), count)
    fat += [_FREE] * (size_of_fat * 128 - len(fat))
    header = struct.pack("<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, size_of_fat,
                         size_of_fat, 0, _LEAST, _END, 0, _END, 0)  # fmt: skip
    header += struct.pack("<109I", *range(size_of_fat), *([_FREE] * (109 - size_of_fat)))
    directory = b"".join(_entry(entry, start) for entry, start in zip(entries, starts, strict=True))
    bodies = (bytes(data).ljust(count * _SECTOR, b"\0") for (*_, data), count in zip(entries, sectors, strict=True))  # type: ignore[call-overload]
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory.ljust(size_of_directory * _SECTOR, b"\0") + b"".join(bodies)


def doc(
    text: str,
    *,
    others: Mapping[str, str] | None = None,
    version: int = 0xC1,
    flags: int = 0x0200,
    magic: int = 0xA5EC,
    said: bytes | None = None,
    looks: Sequence[bytes] = (),
    tables: Mapping[int, tuple[bytes, bytes]] | None = None,
) -> bytes:
    """A DOC: `text`, then what hangs on it by name (footnotes, headers, macros, comments, endnotes, boxes), and what it says of itself.

    Pieces in ASCII take one byte a character. `looks` are those of the first paragraphs: the number of a style, and what is changed of it.
    `tables` are parts of the table by where the head says their place, each with what follows behind it.
    """
    names = ("footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
    parts = [text, *((others or {}).get(name, "") for name in names)]
    whole = "".join(parts)
    pieces = [piece for piece in (whole[: len(whole) // 2], whole[len(whole) // 2 :]) if piece]
    body, ends, places = b"", [0], b""
    stops: list[int] = []  # behind each paragraph
    start = 0x400
    for piece in pieces:
        narrow = piece.isascii()
        where = (start + len(body)) * 2 | 0x4000_0000 if narrow else start + len(body)
        places += struct.pack("<HIH", 0, where, 0)
        stops += [start + len(body) + (2 - narrow) * at for at, one in enumerate(piece, 1) if one in "\r\x07"]
        body += piece.encode("ascii" if narrow else "utf-16-le")
        ends.append(ends[-1] + len(piece))
    table = (
        b"\x01"
        + struct.pack("<H", 2)
        + b"\0\0"
        + b"\x02"
        + struct.pack("<I", 4 * len(ends) + len(places))
        + struct.pack(f"<{len(ends)}I", *ends)
        + places
    )
    body += bytes(-len(body) % 512)
    ends_of_looks = [start, *stops][: len(looks) + 1]
    pages = [_page_of_looks(ends_of_looks[number : number + 11], looks[number : number + 10]) for number in range(0, len(looks), 10)]
    first = (start + len(body)) // 512
    limits = [*ends_of_looks[:-1:10], ends_of_looks[-1]]
    known = {0x0102: (struct.pack(f"<{len(limits) + len(pages)}I", *limits, *range(first, first + len(pages))), b""), **(tables or {})}
    main = bytearray(start)
    struct.pack_into("<HH", main, 0, magic, version)
    struct.pack_into("<H", main, 10, flags)
    struct.pack_into("<8i", main, 0x4C, *map(len, parts))
    struct.pack_into("<II", main, 0x01A2, 0, len(table))
    for where, (data, behind) in known.items() if looks else ():
        struct.pack_into("<II", main, where, len(table), len(data))
        table += data + behind
    about = {"\x05SummaryInformation": said} if said else {}
    return compound({"WordDocument": bytes(main) + body + b"".join(pages), "1Table" if flags & 0x0200 else "0Table": table, **about})


def _page_of_looks(places: Sequence[int], looks: Sequence[bytes]) -> bytes:
    """A page that says how paragraphs look, which begin and end at these places (PapxFkp)."""
    page = bytearray(511) + bytes([len(looks)])
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    end = 510
    for number, look in enumerate(looks):
        end = (end - len(look) - 2) & ~1
        page[end : end + 2 + len(look)] = bytes([0, -(-len(look) // 2)]) + look
        page[4 * len(places) + 13 * number] = end // 2
    return bytes(page)


def record(kind: int, content: bytes, *, instance: int = 0, holds_records: bool = False) -> bytes:
    """One record of a presentation."""
    return struct.pack("<HHI", instance << 4 | (0xF if holds_records else 0), kind, len(content)) + content


def ppt(*slides: tuple[str, str, str], encrypted: bool = False) -> bytes:
    """A PPT of slides: (title in the outline, text in a shape, notes)."""
    stream, places = b"", {}

    def keep(reference: int, data: bytes) -> None:
        nonlocal stream
        places[reference] = len(stream)
        stream += data

    outline = notes_list = b""
    for number, (title, text, notes) in enumerate(slides, 1):
        header = record(0x0F9F, struct.pack("<I", 0))
        outline += (
            record(0x03F3, struct.pack("<IIiII", 10 + number, 0, 1, 255 + number, 0)) + header + record(0x0FA0, title.encode("utf-16-le"))
        )
        atom = record(0x03EF, struct.pack("<I8sIIHH", 0, b"", 0, 500 + number if notes else 0, 0, 0))
        keep(10 + number, record(0x03EE, atom + _shape(text), holds_records=True))
        if notes:
            notes_list += record(0x03F3, struct.pack("<IIiII", 100 + number, 0, 0, 500 + number, 0))
            keep(100 + number, record(0x03F0, _shape(notes), holds_records=True))
    lists = record(0x0FF0, outline, holds_records=True) + record(0x0FF0, notes_list, instance=2, holds_records=True)
    keep(1, record(0x03E8, lists, holds_records=True))
    directory = len(stream)
    stream += record(0x1772, b"".join(struct.pack("<II", reference | 1 << 20, place) for reference, place in places.items()))
    edit = len(stream)
    stream += record(0x0FF5, struct.pack("<IHBBIIIIHH", 0, 0, 0, 3, 0, directory, 1, 200, 0, 0))
    user = record(0x0FF6, struct.pack("<III", 20, 0xF3D1C4DF if encrypted else 0xE391C05F, edit))
    return compound({"PowerPoint Document": stream, "Current User": user})


def xls(sheets: Mapping[str, list[list[str | float]]], *, code_page: int | None = None, names: Mapping[str, bytes] | None = None) -> bytes:
    """An XLS of sheets: BIFF8; with a code page BIFF5, whose texts are bytes. A cell of style 1 is a date: write it as a tuple of one.

    `names` (BIFF8 only) are what stretches of cells are called, each with its formula in tokens.
    """
    biff = 0x0500 if code_page else 0x0600
    encode = (lambda text: text.encode(f"cp{code_page}")) if code_page else (lambda text: text.encode("utf-16-le"))
    begin = struct.pack("<HHHHHHII", 0x0809, 16, biff, 5, 0, 0, 0, 0)
    end = struct.pack("<HH", 0x0A, 0)
    pages = []
    for rows in sheets.values():
        page = struct.pack("<HHHHHHII", 0x0809, 16, biff, 0x10, 0, 0, 0, 0)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    text = encode(value)
                    marked = struct.pack("<H", len(text)) + text if code_page else struct.pack("<HB", len(value), 1) + text
                    page += struct.pack("<HHHHH", 0x0204, 6 + len(marked), row, column, 0) + marked
                else:
                    style, number = (1, value[0]) if isinstance(value, tuple) else (0, value)
                    page += struct.pack("<HHHHHd", 0x0203, 14, row, column, style, number)
        pages.append(page + end)
    styles = b"".join(
        struct.pack("<HHHHH", 0xE0, 16 if code_page else 20, 0, format, 0) + bytes(10 if code_page else 14) for format in (0, 14)
    )
    for name, formula in (names or {}).items():
        body = struct.pack("<HBBHHHBBBB", 0, 0, len(name), len(formula), 0, 0, 0, 0, 0, 0) + b"\1" + name.encode("utf-16-le") + formula
        styles += struct.pack("<HH", 0x18, len(body)) + body
    page_of_code = struct.pack("<HHH", 0x42, 2, code_page or 1200)
    names = [(encode(name), len(name)) for name in sheets]
    sizes = [4 + 6 + (1 if code_page else 2) + len(name) for name, _ in names]
    position = len(begin) + len(page_of_code) + len(styles) + sum(sizes) + len(end)
    index = b""
    for (name, length), page in zip(names, pages, strict=True):
        marked = bytes((len(name),)) + name if code_page else bytes((length, 1)) + name
        index += struct.pack("<HHIBB", 0x85, 6 + len(marked), position, 0, 0) + marked
        position += len(page)
    return compound({"Book" if code_page else "Workbook": begin + page_of_code + styles + index + end + b"".join(pages)})


def msg(properties: Mapping[str, str], attachments: Mapping[str, bytes | Streams] | None = None, *, sent: int = 0) -> bytes:
    """A mail of Outlook, as of `mail_streams`."""
    return compound(mail_streams(properties, attachments, sent=sent, head=32))


def mail_streams(
    properties: Mapping[str, str], attachments: Mapping[str, bytes | Streams] | None = None, *, sent: int = 0, head: int = 24
) -> Streams:
    """A mail of Outlook, one in a mail unless `head` is 32: properties by their tags; attachments by their names; `sent` in tenths of a
    microsecond since 1601."""
    time = struct.pack("<HHIQ", 0x0040, 0x0039, 6, sent) if sent else b""
    streams: dict[str, bytes | Streams] = {"__properties_version1.0": bytes(head) + time}
    streams |= {f"__substg1.0_{tag}001F": _wide(text) for tag, text in properties.items()}
    for number, (name, data) in enumerate((attachments or {}).items()):
        kind = "0102" if isinstance(data, bytes) else "000D"
        streams[f"__attach_version1.0_#{number:08X}"] = {"__substg1.0_3707001F": _wide(name), f"__substg1.0_3701{kind}": data}
    return streams


def summary(texts: Mapping[int, str | bytes], code_page: int) -> bytes:
    """What a document says of itself (MS-OLEPS): texts by their numbers, UTF-16 or bytes, and the code page of those, as a short."""
    values = [struct.pack("<IHH", 2, code_page, 0)]
    for text in texts.values():
        wide = isinstance(text, str)
        data = _wide(text + "\0") if isinstance(text, str) else text + b"\0"
        values.append((struct.pack("<II", 0x1F if wide else 0x1E, len(data) // (1 + wide)) + data).ljust(-(-len(data) // 4) * 4 + 8, b"\0"))
    place = 8 + 8 * len(values)
    index = b""
    for number, value in zip((1, *texts), values, strict=True):
        index += struct.pack("<II", number, place)
        place += len(value)
    return bytes(28) + bytes(16) + struct.pack("<III", 48, place, len(values)) + index + b"".join(values)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _shape(text: str) -> bytes:
    return record(0x040C, record(0xF00D, record(0x0F9F, struct.pack("<I", 4)) + record(0x0FA0, _wide(text))), holds_records=True)


def _add(entries: list[list[object]], parent: int, streams: Streams) -> None:
    """Appends the entries of a folder: its first is the child of the folder, each next one the right neighbour of the one before."""
    before: int | None = None
    for name in sorted(streams, key=lambda name: (len(name), name.upper())):
        content = streams[name]
        number = len(entries)
        entries.append([name, 2 if isinstance(content, bytes) else 1, _NONE, _NONE, content if isinstance(content, bytes) else b""])
        entries[parent if before is None else before][3 if before is None else 2] = number
        before = number
        if not isinstance(content, bytes):
            _add(entries, number, content)


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END] if count else []


def _entry(entry: list[object], start: int) -> bytes:
    name, kind, right, child, data = entry
    written = str(name).encode("utf-16-le")
    size = max(_LEAST, len(data)) if kind == 2 else 0  # type: ignore[arg-type]
    numbers = struct.pack("<HBBIII", len(written) + 2, kind, 1, _NONE, right, child)
    return written.ljust(64, b"\0") + numbers + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)

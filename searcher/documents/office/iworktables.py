"""The cells of a table in Pages, Numbers or Keynote.

TableModel (6001)     8: name, 9: whether it is shown; 4: DataStore
DataStore             3: tiles {1: {2: tile}}; 4: list of texts; 17: list of texts with formats
list (6005)           3: {1: key, 3: text, 9: payload}; a payload (6218) refers to the storage of its text
tile (6002)           5, a row: 1: number, 6: cells, 7: where each column's begins in them (two bytes, ffff for none), 8: whether in fours;
                      as programs before 2019 have written them, 3 and 4
a cell                5, kind, …, at 8 which values it has, at 12 these: 1 a decimal of 16 bytes, 2 a number, 4 seconds since 2001,
                      8 key of a text, 10 (hex) of one with formats; kind 5 is a date, 6 a truth value, 7 a duration
before 2019           version, kind, …, at 4 which values it has; behind those of formats: 200 (hex) key of a text with formats,
                      10 key of a text, 20 a number, 40 seconds since 2001
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from searcher.documents.office.iwa import Thing, fields, values
from searcher.documents.office.sheets import shown_number

_EPOCH = datetime(2001, 1, 1)
_EXPONENT = 0x1820
_NONE = 0xFFFF
_DATE, _TRUTH, _DURATION = 5, 6, 7
_LISTS = (4, 17)
"""Fields of a DataStore: texts, and texts with formats."""


def rows(table: Thing, things: Mapping[int, Thing]) -> Iterator[list[str | Thing]]:
    """The rows of a table: texts of its cells, or the storages of those with formats; a row without any is left out."""
    store = values(table.message).get(4)
    if not isinstance(store, bytes):
        return
    parts = values(store)
    texts = _texts(things.get(referred(parts.get(_LISTS[0]))), things)
    formatted = _texts(things.get(referred(parts.get(_LISTS[1]))), things)
    tiles = parts.get(3)
    for number, tile in fields(tiles) if isinstance(tiles, bytes) else ():
        thing = things.get(referred(values(tile).get(2))) if number == 1 and isinstance(tile, bytes) else None
        for place, row in fields(thing.message) if thing else ():
            if place == 5 and isinstance(row, bytes) and any(cells := list(_row(row, texts, formatted))):
                yield cells


def referred(reference: int | bytes | None) -> int:
    """The id in a reference; 0 where there is none."""
    id = values(reference).get(1) if isinstance(reference, bytes) else 0
    return id if isinstance(id, int) else 0


def _texts(thing: Thing | None, things: Mapping[int, Thing]) -> dict[int, str | Thing]:
    """What stands in a list, by key."""
    found: dict[int, str | Thing] = {}
    for number, entry in fields(thing.message) if thing else ():
        if number == 3 and isinstance(entry, bytes):
            said = values(entry)
            key, text = said.get(1), said.get(3)
            payload = things.get(referred(said.get(9)))
            storage = next((things[id] for id in payload.refers if id in things and things[id].kind == 2001), None) if payload else None
            if isinstance(key, int):
                found[key] = text.decode("utf-8", "replace") if isinstance(text, bytes) else storage or ""
    return found


def _row(row: bytes, texts: Mapping[int, str | Thing], formatted: Mapping[int, str | Thing]) -> Iterator[str | Thing]:
    told = values(row)
    new = isinstance(told.get(6), bytes)
    cells, places = told.get(6 if new else 3), told.get(7 if new else 4)
    if not isinstance(cells, bytes) or not isinstance(places, bytes):
        return
    starts = [int(start) for (start,) in struct.iter_unpack("<H", places[: len(places) // 2 * 2])]
    last = max((column for column, start in enumerate(starts) if start != _NONE), default=-1)
    for start in starts[: last + 1]:
        cell = b"" if start == _NONE else cells[start * (4 if told.get(8) else 1) :]
        yield (_new_cell if new else _old_cell)(cell, texts, formatted) if len(cell) >= 12 else ""


def _new_cell(cell: bytes, texts: Mapping[int, str | Thing], formatted: Mapping[int, str | Thing]) -> str | Thing:
    has, place = struct.unpack_from("<I", cell, 8)[0], 12
    number: str | None = None
    if has & 0x1:
        number, place = _decimal(cell[place : place + 16]), place + 16
    if has & 0x2:
        number, place = number or repr(struct.unpack_from("<d", cell, place)[0]), place + 8
    if has & 0x4:
        seconds, place = struct.unpack_from("<d", cell, place)[0], place + 8
        number = number or _shown_date(seconds)
    if has & 0x8:
        return texts.get(struct.unpack_from("<I", cell, place)[0], "")
    if has & 0x10:
        return formatted.get(struct.unpack_from("<I", cell, place)[0], "")
    return _shown(number, cell[1])


def _old_cell(cell: bytes, texts: Mapping[int, str | Thing], formatted: Mapping[int, str | Thing]) -> str | Thing:
    has = struct.unpack_from("<I", cell, 4)[0]
    late = cell[0] > 1
    place = (12 if late else 8) + 4 * (has & (0x0D8E if late else 0x018E)).bit_count()
    if has & 0x200:
        return formatted.get(struct.unpack_from("<I", cell, place)[0], "")
    place += 4 * (has & (0x3000 if late else 0x1000)).bit_count()
    if has & 0x10:
        return texts.get(struct.unpack_from("<I", cell, place)[0], "")
    if has & 0x20:
        return _shown(repr(struct.unpack_from("<d", cell, place)[0]), cell[1])
    return _shown_date(struct.unpack_from("<d", cell, place)[0]) if has & 0x40 else ""


def _shown(number: str | None, kind: int) -> str:
    """A number as it is stored; whether something is true and how long it takes are told by programs in their own way, and left out."""
    return "" if number is None or kind in (_TRUTH, _DURATION) else number if kind == _DATE else shown_number(number)


def _shown_date(seconds: float) -> str:
    try:
        moment = _EPOCH + timedelta(seconds=round(seconds))
    except (OverflowError, ValueError):
        return ""
    return moment.date().isoformat() if not seconds % 86_400 else moment.isoformat(" ", "minutes")


def _decimal(data: bytes) -> str:
    """A number of 113 bits times a power of ten (14 bits), and its sign: IEEE 754, decimal128, with binary digits."""
    exponent = ((data[15] & 0x7F) << 7 | data[14] >> 1) - _EXPONENT
    digits = int.from_bytes(data[:14], "little") | (data[14] & 1) << 112
    if not -30 <= exponent <= 30:
        return ""
    value = digits * 10**exponent if exponent >= 0 else digits / 10**-exponent
    return f"{'-' if data[15] & 0x80 else ''}{value:.15g}"

"""The table of contents of a book for Kindle: an index of entries with tags (the page "MOBI" of the MobileRead wiki, INDX and TAGX).

A record says which tags there are, the records behind it hold the entries, and those behind them the labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from searcher.documents.books.palmdb import PalmDatabase, number_at

_PLACE, _LABEL, _PART = 1, 3, 6  # tags: an offset, the offset of a label, a part of a KF8 and the offset in it
_NONE = 0xFFFFFFFF
_MOST_RECORDS, _MOST_ENTRIES, _LONGEST_LABEL = 1_000, 100_000, 500
_LABELS_A_RECORD = 0x10000

Entry = tuple[bytes, dict[int, list[int]]]
"""The name of an entry, and the values of its tags."""


def contents(database: PalmDatabase, index: int, parts: int) -> list[tuple[int, bytes]]:
    """The chapters: their offset in the markup, and what they are called; none where the table is not there, or broken.

    `parts` is the index of the parts of a KF8, whose names are their offsets.
    """
    starts = [int(name) if name.isdigit() else 0 for name, _ in _entries(database, parts)]
    found: list[tuple[int, bytes]] = []
    for _, tags in _entries(database, index):
        place = _place(tags, starts)
        if place is not None and tags.get(_LABEL):
            label = _label(database, index, tags[_LABEL][0])
            found += [(place, label)] if label else []
    return found


def _place(tags: dict[int, list[int]], starts: list[int]) -> int | None:
    part, *offset = tags.get(_PART, [len(starts)])
    if part < len(starts):
        return starts[part] + sum(offset[:1])
    return next(iter(tags.get(_PLACE, ())), None)


def _entries(database: PalmDatabase, index: int) -> Iterator[Entry]:
    head = database.record(index)
    if not head.startswith(b"INDX"):
        return
    table = head[number_at(head, 4) :]
    tags = [tuple(table[at : at + 4]) for at in range(12, min(number_at(table, 4), len(table) - 3), 4)] if table.startswith(b"TAGX") else []
    left = _MOST_ENTRIES
    for number in range(index + 1, index + 1 + min(number_at(head, 24), _MOST_RECORDS)):
        record = database.record(number)
        first = number_at(record, 20)
        count = min(number_at(record, 24), max(0, len(record) - first - 4) // 2, left)
        left -= count
        starts = [int.from_bytes(record[at : at + 2], "big") for at in range(first + 4, first + 4 + 2 * count, 2)]
        for start, end in pairwise((*starts, first)):
            yield _entry(record[start:end], tags, number_at(table, 8))


def _entry(data: bytes, tags: list[tuple[int, ...]], controls: int) -> Entry:
    """An entry: its name with its length, bytes that say which tags it has, and their values."""
    length = data[0] if data else 0
    control = data[1 + length : 1 + length + controls]
    at = 1 + length + len(control)
    wanted: list[tuple[int, int, int]] = []  # a tag, how many values it has, or how many bytes they take
    for tag, values, mask, is_end in tags:
        if is_end:
            control = control[1:]
            continue
        here = control[:1] and control[0] & mask
        if here == mask and mask.bit_count() > 1:
            size, at = _forward(data, at)
            wanted.append((tag, 0, size))
        elif here:
            wanted.append((tag, values * (here // (mask & -mask)), 0))
    found: dict[int, list[int]] = {}
    for tag, count, size in wanted:
        end = at + size
        while at < len(data) and (at < end if size else len(found.get(tag, ())) < count):
            value, at = _forward(data, at)
            found.setdefault(tag, []).append(value)
    return data[1 : 1 + length], found


def _label(database: PalmDatabase, index: int, place: int) -> bytes:
    head = database.record(index)
    record = database.record(index + 1 + number_at(head, 24) + place // _LABELS_A_RECORD)
    length, at = _forward(record, place % _LABELS_A_RECORD)
    return record[at : at + min(length, _LONGEST_LABEL)]


def _forward(data: bytes, at: int) -> tuple[int, int]:
    """A number that begins there: seven bits a byte, the last of which is marked; and where the next begins."""
    value = 0
    for byte in data[at : at + 5]:
        at += 1
        value = (value << 7) | (byte & 0x7F)
        if byte & 0x80:
            break
    return value, at

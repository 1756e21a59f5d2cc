"""The numbers of lists, and the headings, of Word documents from before 2007."""

from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.compounds import doc
from tests.documents.reading import read_one

STYLES, LISTS, USES = 0xA2, 0x2E2, 0x2EA
DECIMAL, ROMAN, ZERO, BULLET, TAIWANESE, CHINESE, NONE = 0, 1, 22, 23, 35, 39, 255


def look(style: int = 0, *, number: int | None = None, depth: int | None = None, outline: int | None = None) -> bytes:
    """How a paragraph looks: its style, and what is changed of it; a number in bold stands between, as others do."""
    changes = b"" if number is None else struct.pack("<HH", 0x460B, number)
    changes += b"" if depth is None else struct.pack("<HB", 0x260A, depth)
    changes += b"" if outline is None else struct.pack("<HB", 0x2640, outline)
    return struct.pack("<HHB", style, 0x2405, 1) + struct.pack("<HBH", 0xC60D, 2, 7) + changes


def style(kind: int, *, based: int = 0xFFF, changes: bytes = b"", name: str = "式") -> bytes:
    """A style of paragraphs."""
    said = struct.pack("<HH", 2 + len(changes), 0) + changes
    body = struct.pack("<HHHHH", kind, based << 4 | 1, 2, 0, 0) + struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0" + said
    return struct.pack("<H", len(body)) + body


def styles(*each: bytes) -> tuple[bytes, bytes]:
    """A sheet of styles."""
    return struct.pack("<HHH", 4, len(each), 10) + b"".join(each), b""


def level(format: int, text: str, *, start: int = 1, flags: int = 0) -> bytes:
    """A level of a list, in whose text a digit stands for the number of that level, from 1."""
    places = bytes(place for place, one in enumerate(text, 1) if one.isdecimal()).ljust(9, b"\0")
    shown = "".join(chr(int(one) - 1) if one.isdecimal() else one for one in text)
    looks = b"\x05\x24\1", b"\x35\x08\1\x35\x08\1"
    head = struct.pack("<iBB9sBiiBBBB", start, format, flags, places, 0, 0, 0, len(looks[1]), len(looks[0]), 0, 0)
    return head + looks[0] + looks[1] + struct.pack("<H", len(shown)) + shown.encode("utf-16-le")


def lists(*each: list[bytes]) -> tuple[bytes, bytes]:
    """Lists of levels: one, or nine."""
    heads = (struct.pack("<II18sBB", 100 + number, 0, b"", len(levels) == 1, 0) for number, levels in enumerate(each))
    filled = (levels if len(levels) == 1 else levels + [level(NONE, "")] * (9 - len(levels)) for levels in each)
    return struct.pack("<H", len(each)) + b"".join(heads), b"".join(map(b"".join, filled))


def uses(*each: tuple[int, bytes]) -> tuple[bytes, bytes]:
    """Uses of lists, each with its changes."""
    heads = (struct.pack("<I8sBBBB", 100 + number, b"", len(changes) // 8, 0, 0, 0) for number, changes in each)
    return struct.pack("<I", len(each)) + b"".join(heads) + b"".join(b"\xff" * 4 + changes for _, changes in each), b""


ARTICLES = level(TAIWANESE, "第1條")
ARTICLE, ITEM, SECOND, DOTTED = look(number=1), look(number=2), look(number=2, depth=1), look(number=3)
TABLES = {
    LISTS: lists([ARTICLES], [level(CHINESE, "1、"), level(DECIMAL, "（2）")], [level(BULLET, "\uf0b7")]),
    USES: uses((0, b""), (1, b""), (2, b"")),
}


@pytest.mark.parametrize(
    ("text", "looks", "shown"),
    [
        ("本法。\r不適用。\r", [ARTICLE, ARTICLE], "第一條 本法。\n第二條 不適用。"),
        ("Act.\rNo.\r", [ARTICLE, ARTICLE], "第一條 Act.\n第二條 No."),
        ("甲\r子\r丑\r乙\r寅\r", [ITEM, SECOND, SECOND, ITEM, SECOND], "一、甲\n（1）子\n（2）丑\n二、乙\n（1）寅"),
        ("前\r甲\r後\r乙\r", [look(), ITEM, look(), ITEM], "前\n\n一、甲\n\n後\n\n二、乙"),
        ("甲\r乙\r", [DOTTED, DOTTED], "• 甲\n• 乙"),
        ("甲\r\r乙\r", [ITEM, ITEM, ITEM], "一、甲\n\n三、乙"),
        ("甲\x07乙\x07\x07丙\x07丁\x07\x07\r", [ARTICLE, look(), look(), ARTICLE, look(), look()], "第一條 甲\t乙\n第二條 丙\t丁"),
        ("甲\r乙\r", [look(number=0), look(number=0xF802)], "甲\n\n乙"),
        ("甲\r", [look(number=9)], "甲"),
        ("甲\r" * 25, [ARTICLE] * 25, None),
    ],
)
def test_numbers_are_text(text: str, looks: list[bytes], shown: str | None) -> None:
    document = read_one("a.doc", doc(text, looks=looks, tables=TABLES))
    if shown is None:
        assert document.text.split("\n")[-1] == "第二十五條 甲"
    else:
        assert document.text == shown


def test_articles_that_word_numbers_are_places() -> None:
    document = read_one("a.doc", doc("本法。\r不適用。\r", looks=[ARTICLE, ARTICLE], tables=TABLES))
    assert [(place.kind, place.label) for place in document.locations] == [("article", "第一條"), ("article", "第二條")]


@pytest.mark.parametrize(
    ("levels", "changes", "shown"),
    [
        ([level(DECIMAL, "1."), level(DECIMAL, "1.2")], b"", ["1. 甲", "1.1 乙", "1.2 丙"]),
        ([level(ROMAN, "1."), level(ZERO, "1.2", flags=4)], b"", ["I. 甲", "1.01 乙", "1.02 丙"]),
        ([level(DECIMAL, "1.", start=3), level(DECIMAL, "2)")], struct.pack("<iI", 7, 0x11), ["3. 甲", "7) 乙", "8) 丙"]),
    ],
)
def test_numbers_of_levels(levels: list[bytes], changes: bytes, shown: list[str]) -> None:
    looks = [look(number=1), look(number=1, depth=1), look(number=1, depth=1)]
    tables = {LISTS: lists(levels), USES: uses((0, changes))}
    assert read_one("a.doc", doc("甲\r乙\r丙\r", looks=looks, tables=tables)).text.split("\n") == shown


def test_styles_tell_lists_and_headings() -> None:
    numbered = struct.pack("<HH", 0x460B, 1)
    sheet = styles(style(0), style(1, based=0, changes=numbered), style(0xFFE, based=1), b"\0\0", style(62, based=0))
    looks = [look(4), look(1), look(0), look(2), look(0, outline=1), look(2, outline=9, number=0)]
    document = read_one("a.doc", doc("規章\r總則\r文\r細則\r附\r末\r", looks=looks, tables={**TABLES, STYLES: sheet}))
    assert document.text == "規章\n\n第一條 總則\n\n文\n\n第二條 細則\n\n附\n\n末"
    assert document.title == "規章"
    assert [place.label for place in document.locations if place.kind == "heading"] == ["第一條 總則", "第二條 細則", "附"]


def test_styles_in_a_circle_end() -> None:
    sheet = styles(style(0, based=1), style(0, based=0))
    assert read_one("a.doc", doc("甲\r", looks=[look(0)], tables={STYLES: sheet})).text == "甲"


def test_a_style_that_is_too_short_costs_no_text() -> None:
    sheet = struct.pack("<HHHHH", 4, 1, 0, 2, 1), b""
    assert read_one("a.doc", doc("甲\r", looks=[look(0)], tables={STYLES: sheet})).text == "甲"


@given(st.randoms(use_true_random=False), st.integers(0, 20))
def test_what_is_broken_costs_no_text(chance: random.Random, count: int) -> None:
    looks = [_broken(one, chance, count // 4) for one in (ITEM, SECOND, DOTTED)]
    sheet = styles(style(0), style(1))
    tables = {
        where: (_broken(data, chance, count), _broken(behind, chance, count)) for where, (data, behind) in {**TABLES, STYLES: sheet}.items()
    }
    text = read_one("a.doc", doc("甲一\r乙二\r丙三\r", looks=looks, tables=tables)).text
    assert all(said in text for said in ("甲一", "乙二", "丙三"))


def _broken(data: bytes, chance: random.Random, count: int) -> bytes:
    """Bytes of which some are others, perhaps cut off."""
    broken = bytearray(data)
    for _ in range(count if data else 0):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken[: chance.choice((len(broken), chance.randrange(len(broken) + 1)))])

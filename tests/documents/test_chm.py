"""Compiled help becomes one text, page by page."""

from __future__ import annotations

import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Skipped, Source
from searcher.documents.books.chm import read_chm
from searcher.documents.books.lzx import unpacked
from searcher.documents.document import Refused
from tests.documents.helps import ALIGNED, INTERVAL, STORED, VERBATIM, WINDOW_BITS, chm, interval
from tests.documents.reading import read_all, read_one, skipped

TEXT = "少年听雨歌楼上，红烛昏罗帐。壮年听雨客舟中，江阔云低，断雁叫西风。"


def page(title: str, body: str, encoding: str = "gb18030") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(encoding)


def contents(*entries: tuple[str, str], encoding: str = "gb18030") -> bytes:
    objects = "".join(
        f'<LI> <OBJECT type="text/sitemap">\n<param name="Name" value="{name}">\n<param name="Local" value="{local}">\n</OBJECT>'
        for name, local in entries
    )
    return f"<HTML><BODY><UL>{objects}</UL></BODY></HTML>".encode(encoding)


FILES = {
    "/html/B.htm": page("乙", "<p>而今听雨僧庐下</p>"),
    "/html/a.htm": page("甲", f"<h1>甲篇</h1><p>{TEXT}</p>"),
    "/目录.hhc": contents(("第一章 &amp; 序", "html/A.htm#top"), ("第二章", "html\\b.htm"), ("没有", "gone.htm")),
    "/i.gif": b"GIF89a" * 20_000,
    "/other.html": page("丙", "<p>附录</p>"),
}
SYSTEM = {0: "目录.hhc".encode(), 3: "听雨手册".encode("gb18030")}


@pytest.mark.parametrize("kinds", [(VERBATIM,), (ALIGNED,), (STORED,), (VERBATIM, STORED, ALIGNED)])
def test_pages_in_the_order_of_the_table_of_contents(kinds: tuple[int, ...]) -> None:
    document = read_one("手册.chm", chm(FILES, kinds=kinds, system=SYSTEM))
    assert document.text == f"甲篇\n\n{TEXT}\n\n而今听雨僧庐下\n\n附录"
    assert (document.title, document.metadata) == ("听雨手册", {"format": "chm"})
    assert [(place.kind, place.label, document.text[place.start :][:2]) for place in document.locations] == [
        ("chapter", "第一章 & 序", "甲篇"),
        ("heading", "甲篇", "甲篇"),
        ("chapter", "第二章", "而今"),
    ]


def test_without_a_table_of_contents_headings_and_titles_name_pages() -> None:
    files = {name: data for name, data in FILES.items() if not name.endswith(".hhc")}
    document = read_one("help", chm(files))
    assert (document.title, document.metadata["format"]) == ("甲篇", "chm")
    assert [place.label for place in document.locations if place.kind == "chapter"] == ["甲篇", "乙", "丙"]


def test_pages_in_big5() -> None:
    files = {"/a.htm": page("題", "<p>漢字簡化方案與繁體字</p>", "big5"), "/c.hhc": contents(("章節", "a.htm"), encoding="big5")}
    document = read_one("a.chm", chm(files, language=0x0404, system={3: "說明".encode("big5")}))
    assert (document.text, document.title, document.locations[0].label) == ("漢字簡化方案與繁體字", "說明", "章節")


def test_a_long_page_lies_in_many_intervals() -> None:
    lines = "".join(f"<p>{number}{TEXT}</p>" for number in range(1_500))
    document = read_one("a.chm", chm({"/i.gif": bytes(range(256)) * 50, "/a.htm": page("题", lines)}))
    assert document.text.split("\n\n") == [f"{number}{TEXT}" for number in range(1_500)]


def test_a_file_that_was_cut_gives_the_pages_that_are_there() -> None:
    files = {f"/{number}.htm": page("题", f"<p>{number}{bytes(range(32, 127)).decode()[number:] * 700}</p>") for number in range(3)}
    whole = chm(files)
    document, skip = read_all("a.chm", whole[: len(whole) - 200])
    assert isinstance(document, Document) and isinstance(skip, Skipped)
    assert document.text[0] == "0"
    assert (skip.reason, skip.detail) == ("damaged", "1 of its 3 pages are damaged or missing")


REFUSED = {
    "cut off": (chm(FILES)[:500], "damaged"),
    "pages that say nothing": (chm({"/a.htm": page("题", "")}), "empty"),
    "only a head": (b"ITSF" + bytes(20), "damaged"),
    "without pages": (chm({"/i.gif": b"GIF89a"}), "damaged"),
    "without what it packed": (chm(FILES).replace(b"LZXC", b"LZXX"), "damaged"),
    "too many frames": (chm(FILES).replace(struct.pack("<4s2L", b"LZXC", 2, 2), struct.pack("<4s2L", b"LZXC", 2, 1 << 20)), "damaged"),
    "too large": (chm({"/a.htm": page("题", TEXT * 1_000)}), "too-large"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read(data: bytes, reason: str) -> None:
    assert skipped("a.chm", data, max_bytes=50_000)[0] == reason


@given(
    st.lists(st.sampled_from([b"a", b"bc", b"\0\xff", b"xyz" * 90, bytes(range(256))]), max_size=200).map(b"".join),
    st.permutations([VERBATIM, ALIGNED, STORED]),
)
def test_what_is_packed_comes_out_again(data: bytes, kinds: list[int]) -> None:
    data = data[:INTERVAL]
    packed = interval(data, kinds, block=1_001)
    for size in {len(data), len(data) // 2}:
        assert unpacked(packed, size, WINDOW_BITS) == data[:size]


WHOLE = chm(FILES, kinds=(VERBATIM, STORED, ALIGNED), system=SYSTEM)


@given(
    st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, len(WHOLE)) | st.none()
)
@example([(257, 1)], None)  # what tells how others are packed is said to be packed itself
def test_damaged_bytes_are_told(changes: list[tuple[int, int]], end: int | None) -> None:
    broken = bytearray(WHOLE)
    for place, byte in changes:
        broken[place] = byte
    try:
        item, *lost = read_chm(Source.of_bytes("a.chm", bytes(broken[:end])), ReadOptions(max_bytes=1 << 20))
    except Refused as refusal:
        assert refusal.reason in {"damaged", "unsupported", "too-large"}
    else:
        assert isinstance(item, Document) and all(isinstance(skip, Skipped) for skip in lost)
        item.text.encode()
        item.title.encode()
        assert all(0 <= place.start < max(1, len(item.text)) for place in item.locations)


@given(st.binary(max_size=400), st.integers(15, 21))
def test_no_bits_break_it(data: bytes, window_bits: int) -> None:
    try:
        assert len(unpacked(data, 1_000, window_bits)) == 1_000
    except Refused as refusal:
        assert refusal.reason in {"damaged", "unsupported"}

"""Books for Kindle and Palm become one text, chapter by chapter."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Skipped, Source
from searcher.documents.books.mobi import read_mobi
from searcher.documents.books.palmdb import huffman, unpacked_palmdoc
from searcher.documents.document import Refused
from tests.documents.kindles import coded, huffman_tables, index, mobi, palm, palmdoc, squeezed
from tests.documents.reading import read_one, skipped

TEXT = "少年聽雨歌樓上，紅燭昏羅帳。壯年聽雨客舟中，江闊雲低，斷雁叫西風。"
MARKUP = (
    f"<html><head><guide></guide></head><body><p>封面</p><mbp:pagebreak/><h2>第一章</h2><p>{TEXT}</p>"
    f"<mbp:pagebreak/><h2>第二章</h2><p>而今聽雨僧廬下</p></body></html>"
).encode()
SAID = ((100, "蔣捷".encode()), (503, "聽雨集".encode()), (106, b"2021-08-17"), (105, "詞".encode()), (524, b"zh"), (101, "某社".encode()))


def chapters(*names: str) -> list[tuple[int, str]]:
    return [(MARKUP.find(f"<h2>{name}".encode()), f"{name}　聽雨") for name in names]


@pytest.mark.parametrize("packed", [1, 2, 17_480])
def test_a_book(packed: int) -> None:
    document = read_one("書.mobi", mobi(MARKUP, packed=packed, said=SAID, chapters=chapters("第一章", "第二章")))
    assert document.text == f"封面\n\n第一章\n\n{TEXT}\n\n第二章\n\n而今聽雨僧廬下"
    assert (document.title, document.date) == ("聽雨集", "2021-08-17")
    assert document.metadata == {"format": "mobi", "author": "蔣捷", "publisher": "某社", "category": ("詞",), "language": "zh"}
    assert [(place.kind, place.label, document.text[place.start :][:3]) for place in document.locations] == [
        ("chapter", "第一章 聽雨", "第一章"),
        ("heading", "第一章", "第一章"),
        ("chapter", "第二章 聽雨", "第二章"),
        ("heading", "第二章", "第二章"),
    ]


def test_without_a_table_of_contents_headings_name_chapters() -> None:
    document = read_one("書.prc", mobi(MARKUP, title="書名".encode()))
    assert document.title == "書名"
    assert read_one("書.prc", mobi(MARKUP, title="書名".encode(), said=((503, "Microsoft Word - 文件1.doc".encode()),))).title == "書名"
    assert [place.label for place in document.locations if place.kind == "chapter"] == ["第一章", "第二章"]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_old_books_say_windows_1252_whatever_they_are_in(encoding: str) -> None:
    text = TEXT if encoding != "gb18030" else "少年听雨歌楼上，红烛昏罗帐。壮年听雨客舟中，江阔云低，断雁叫西风。"
    markup = f"<html><body><p>{text * 3}</p></body></html>".encode(encoding)
    document = read_one("a.mobi", mobi(markup, encoding=1252, title="聽雨集".encode(encoding), said=((100, "蔣捷".encode(encoding)),)))
    assert (document.text, document.title, document.metadata["author"]) == (text * 3, "聽雨集", "蔣捷")
    assert read_one("a.mobi", mobi("<p>Crème brûlée, déjà vu</p>".encode("cp1252"), encoding=1252)).text == "Crème brûlée, déjà vu"


def kf8(labelled: bool) -> bytes:
    """Two pages, each behind it what is put into it, then a style; the table of contents names parts."""
    heads = [f"<?xml version='1.0'?><html><head><title>頁{number}</title></head><body></body></html>".encode() for number in (1, 2)]
    parts = ["<h1>上</h1><p>甲</p>".encode(), "<h1>下</h1><p>乙</p>".encode()]
    flow = heads[0] + parts[0] + heads[1] + parts[1]
    inner = [len(heads[0]) - 14, len(heads[0] + parts[0] + heads[1]) - 14]  # where the parts are put
    labels = b"".join(bytes((len(name) | 0x80,)) + name for name in ("卷上".encode(), "卷下".encode()))
    table = index([(b"0", {3: [0], 6: [0, 0]}), (b"1", {3: [7], 6: [1, 2]})], ((3, 1), (6, 2)), labels)
    places = index([(b"%010d" % place, {1: [0]}) for place in inner], ((1, 1),))
    book = mobi(flow + b".style{content:'no'}", version=8, flow=len(flow))
    count = struct.unpack_from(">H", book, 76)[0]
    starts = [struct.unpack_from(">L", book, 78 + 8 * number)[0] for number in range(count)]
    records = [book[start:end] for start, end in zip(starts, [*starts[1:], len(book)], strict=True)]
    head = bytearray(records[0])
    if labelled:
        struct.pack_into(">LL", head, 244, count, count + len(table))
    return palm([bytes(head), *records[1:], *table, *places])


def test_the_pages_of_a_kf8() -> None:
    for labelled, names in ((True, ["卷上", "卷下"]), (False, ["上", "下"])):
        document = read_one("書.azw3", kf8(labelled))
        assert document.text == "上\n\n甲\n\n下\n\n乙"
        assert document.metadata["format"] == "azw3"
        assert [(place.label, document.text[place.start]) for place in document.locations if place.kind == "chapter"] == [
            (names[0], "上"),
            (names[1], "下"),
        ]


def test_what_stands_behind_the_text_of_a_record_is_no_text() -> None:
    """An entry with its own length (0x83: three bytes with it), and a character that was cut (two bytes and how many)."""
    text = "字" * 3_000
    for trailing, flags in ((b"xx\x83", 2), (b"\xe5\xad\x02", 1), (b"\xe5\xad\x02xx\x83", 3)):
        document = read_one("a.mobi", mobi(f"<p>{text}</p>".encode(), packed=1, trailing=trailing, flags=flags))
        assert document.text == text


def test_a_palmdoc_is_a_text_or_a_page() -> None:
    for packed in (True, False):
        document = read_one("a.pdb", palmdoc((TEXT * 50).encode("gb18030"), packed=packed, name="聽雨".encode("gb18030")))
        assert (document.text, document.title, document.metadata["format"]) == (TEXT * 50, "聽雨", "palmdoc")
    assert read_one("a.pdb", palmdoc(f"<html><body><p>{TEXT}</p>".encode())).text == TEXT


def test_it_is_known_by_its_content() -> None:
    assert read_one("書", mobi(MARKUP)).metadata["format"] == "mobi"
    assert skipped("a.mobi", b"TPZ0" + bytes(200))[0] == "unsupported"


REFUSED = {
    "protected": (mobi(MARKUP, encryption=2), "encrypted"),
    "packed otherwise": (
        mobi(MARKUP).replace(struct.pack(">HHL", 2, 0, len(MARKUP)), struct.pack(">HHL", 3, 0, len(MARKUP))),
        "unsupported",
    ),
    "without a head": (palm([b"", b""]), "damaged"),
    "of another program": (palm([b"x"], kind=b"PNRdPPrs"), "unsupported"),
    "cut off": (mobi(MARKUP)[:70], "damaged"),
    "back before the beginning": (palm([struct.pack(">HHLHHHH", 2, 0, 9, 1, 9, 0, 0), b"\x80\x08"], kind=b"TEXtREAd"), "damaged"),
    "too large": (mobi(b"<p>" + b"x" * 60_000), "too-large"),
    "empty": (mobi(b""), "empty"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read(data: bytes, reason: str) -> None:
    assert skipped("a.mobi", data, max_bytes=50_000)[0] == reason


@given(st.binary(max_size=300) | st.text(alphabet="ab 甲乙\0\x01\xff", max_size=300).map(str.encode))
def test_what_is_packed_comes_out_again(data: bytes) -> None:
    assert unpacked_palmdoc(squeezed(data)) == data


def test_phrases_in_phrases() -> None:
    unpack = huffman(*_tables([(b"ab", True), (b"c", True), (coded([0, 1]), False), (coded([2, 2, 1]), False)]))
    assert unpack(coded([3, 0])) == b"abcabcc" + b"ab"
    circle = huffman(*_tables([(coded([0]), False)]))
    with pytest.raises(Refused, match="HUFF"):
        circle(coded([0]))
    bomb = huffman(*_tables([(b"x" * 1_000, True), *((coded([number] * 100), False) for number in range(5))]))
    with pytest.raises(Refused) as refused:
        bomb(coded([5]))
    assert refused.value.reason == "too-large"
    with pytest.raises(Refused, match="CDIC"):
        unpack(coded([9]))


def test_tables_that_are_cut_or_lie_upon_each_other_are_refused() -> None:
    with pytest.raises(Refused, match="HUFF"):
        huffman(b"HUFF\0\0\0\x18", [])
    phrase = b"\xff\xff" + b"x" * 0x7FFF
    starts = (120_000 % 65_536).to_bytes(2, "big") * 60_000
    bomb = b"CDIC\0\0\0\x10" + (60_000).to_bytes(4, "big") + (16).to_bytes(4, "big")
    with pytest.raises(Refused) as refused:
        huffman(_tables([(b"a", True)])[0], [bomb[:16] + starts + phrase])
    assert refused.value.reason == "too-large"


def _tables(phrases: list[tuple[bytes, bool]]) -> tuple[bytes, list[bytes]]:
    huff, *dictionaries = huffman_tables(phrases)
    return huff, dictionaries


WHOLE = {
    "chapters": mobi(MARKUP, said=SAID, chapters=chapters("第一章", "第二章")),
    "huffman": mobi(MARKUP, packed=17_480, trailing=b"xx\x83", flags=2),
    "kf8": kf8(True),
    "palmdoc": palmdoc(TEXT.encode()),
}


@pytest.mark.parametrize("name", WHOLE)
@given(st.data())
def test_damaged_bytes_are_told(name: str, data: st.DataObject) -> None:
    broken = bytearray(WHOLE[name])
    for place in data.draw(st.lists(st.integers(68, len(broken) - 1), min_size=1, max_size=8)):
        broken[place] = data.draw(st.sampled_from((0, 1, 0x7F, 0x80, 0xFF)) | st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)) | st.just(len(broken)))
    try:
        items = list(read_mobi(Source.of_bytes("a.mobi", bytes(broken[:cut])), ReadOptions(max_bytes=1 << 20)))
    except Refused as refusal:
        assert refusal.reason in {"damaged", "encrypted", "unsupported", "too-large", "encoding", "binary", "empty"}
    else:
        (item,) = items
        assert isinstance(item, (Document, Skipped))
        if isinstance(item, Document):
            item.text.encode()
            item.title.encode()
            assert all(0 <= place.start < max(1, len(item.text)) for place in item.locations)

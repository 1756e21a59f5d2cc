"""Documents of Pages, Numbers and Keynote are read without their programs."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document
from tests.documents.iworks import Object, field, iwork, part, reference, storage, varint
from tests.documents.packing import packed
from tests.documents.reading import read_all, read_one, skipped

STYLE = (30, 2022, field(1, field(1, "标题 2")), ())
MADE_OF_IT = (31, 2022, field(1, field(3, reference(30))), (30,))


def test_pages_runs_and_notes_stand_behind_it() -> None:
    text = "年度報告\n\n引言\n第一段\u2028續行\ufffc。\x05第二頁𠀀\n小結\n"
    document = read_one(
        "報告.pages",
        iwork(
            {
                "Document": [
                    (1, 10_000, b"", (8, 5, 2)),
                    (8, 10_011, b"", (9,)),
                    storage(9, "頁首", kind=1),
                    storage(2, text, kind=0, styles={0: 31, 6: 31, 24: 31}),
                    (5, 2011, b"", (6, 7)),
                    storage(6, "文本框"),
                    storage(7, "腳註", kind=2),
                    storage(11, "無人提及"),
                ],
                "DocumentStylesheet": [STYLE, MADE_OF_IT, storage(40, "樣式的例子")],
            }
        ),
    )
    assert document.text == "年度報告\n\n引言\n\n第一段\n續行。\n\n第二頁𠀀\n\n小結\n\n文本框\n\n無人提及\n\n腳註\n\n頁首"
    assert [place.label for place in document.locations if place.kind == "heading"] == ["年度報告", "引言", "小結"]
    assert (document.title, document.metadata["format"]) == ("年度報告", "pages")


def test_keynote_goes_slide_by_slide_titles_first_and_what_the_speaker_notes_last() -> None:
    document = read_one(
        "a.key",
        iwork(
            {
                "Document": [(1, 1, b"", (2,)), (2, 2, b"", (4, 3, 10)), (3, 4, b"", (20,)), (4, 4, b"", (12,)), (10, 10, b"", (50,))],
                "MasterSlide-50": [(50, 5, b"", (51,)), storage(51, "标题文本")],
                "Slide-20": [(20, 5, b"", (50,)), storage(21, "無人提及")],
                "Slide": [
                    (12, 5, b"", (16, 13, 14, 50)),
                    (13, 2011, b"", (23,)),
                    storage(23, "形狀"),
                    (16, 15, b"", (26,)),
                    storage(26, "備忘"),
                    (14, 7, b"", (24,)),
                    storage(24, "題目\n兩行"),
                ],
            }
        ),
    )
    assert document.text == "題目\n兩行\n\n形狀\n\n備忘\n\n無人提及"
    assert [place.label for place in document.locations if place.kind == "slide"] == ["1", "2"]
    assert document.metadata["format"] == "keynote"


def decimal(digits: int, exponent: int) -> bytes:
    """A number as Numbers keeps it."""
    sign, digits = (0x80, -digits) if digits < 0 else (0, digits)
    power = exponent + 0x1820
    return digits.to_bytes(14, "little") + bytes(((power & 0x7F) << 1, sign | power >> 7))


def new_cell(kind: int, has: int, value: bytes) -> bytes:
    """A cell as programs since 2019 write it."""
    return bytes((5, kind)) + bytes(6) + struct.pack("<I", has) + value


def old_cell(has: int, value: bytes) -> bytes:
    """A cell as programs before write it, with a style."""
    return bytes((4, 3, 0, 0)) + struct.pack("<I", has | 0x4) + bytes(4) + struct.pack("<I", 1) + value


def row(number: int, cells: list[bytes | None], fields: tuple[int, int], *, fours: bool = False) -> bytes:
    """A row of a tile; None is no cell."""
    data, places = b"", b""
    for cell in cells:
        places += struct.pack("<H", 0xFFFF if cell is None else len(data) // 4 if fours else len(data))
        data += (cell or b"") + bytes(-len(cell or b"") % 4)
    return field(5, field(1, number) + field(fields[0], data) + field(fields[1], places + b"\xff\xff") + (field(8, 1) if fours else b""))


def table(name: str, tile: bytes, *, is_shown: int = 1) -> list[Object]:
    """A table of one tile, whose texts are 甲 (1) and 乙 (2), and 丙 (7), which has formats."""
    store = field(3, field(1, field(1, 0) + field(2, reference(22)))) + field(4, reference(23)) + field(17, reference(24))
    return [
        (20, 6000, b"", (21,)),
        (21, 6001, field(4, store) + field(8, name) + field(9, is_shown), (22, 23, 24)),
        (22, 6002, tile, ()),
        (23, 6005, field(1, 1) + field(3, field(1, 1) + field(3, "甲")) + field(3, field(1, 2) + field(3, "乙\n二")), ()),
        (24, 6005, field(1, 8) + field(3, field(1, 7) + field(9, reference(25))), (25,)),
        (25, 6218, b"", (26,)),
        storage(26, "丙\n三", kind=5),
    ]


TEXT, FORMATTED = struct.pack("<I", 2), struct.pack("<I", 7)
NEW = (6, 7)
CELLS = (
    (new_cell(3, 0x1008, TEXT), "乙 二"),
    (new_cell(9, 0x10, FORMATTED), "丙 三"),
    (new_cell(2, 0x1, decimal(1234, -2)), "12.34"),
    (new_cell(10, 0x9, decimal(-5, 3) + struct.pack("<I", 1)), "甲"),
    (new_cell(2, 0x1, decimal(-5, 3)), "-5000"),
    (new_cell(2, 0x2, struct.pack("<d", 1.1000000000000001)), "1.1"),
    (new_cell(5, 0x4, struct.pack("<d", 86_400.0 * 3)), "2001-01-04"),
    (new_cell(5, 0x4, struct.pack("<d", 60.0)), "2001-01-01 00:01"),
    (new_cell(5, 0x4, struct.pack("<d", 1e300)), ""),
    (new_cell(6, 0x2, struct.pack("<d", 1.0)), ""),
    (new_cell(3, 0x8, struct.pack("<I", 99)), ""),
)
OLD = (
    (old_cell(0x10, TEXT), "乙 二"),
    (old_cell(0x200, FORMATTED), "丙 三"),
    (old_cell(0x20, struct.pack("<d", 3.0)), "3"),
    (old_cell(0xC10, bytes(8) + TEXT), "乙 二"),
    (old_cell(0x3010, bytes(8) + TEXT), "乙 二"),
    (old_cell(0x40, struct.pack("<d", 0.0)), "2001-01-01"),
)


@pytest.mark.parametrize("fours", [False, True])
@pytest.mark.parametrize(("cells", "fields"), [(CELLS, NEW), (OLD, (3, 4))])
def test_a_table_is_a_line_a_row_a_tab_between_cells(cells: tuple[tuple[bytes, str], ...], fields: tuple[int, int], *, fours: bool) -> None:
    for cell, shown in cells:
        tile = b"".join(row(number, [cells[0][0], None, cell], fields, fours=fours and fields == NEW) for number in range(2))
        content = iwork({"Document": [(1, 1, b"", (2,)), (2, 2, field(1, "收入"), (20,))], "Tables/DataList": table("表格 1", tile)})
        line = f"乙 二\t{shown}" if shown else "乙 二"
        document = read_one("帳目.numbers", content)
        assert document.text == f"{line}\n{line}"
        assert ([(place.kind, place.label) for place in document.locations], document.metadata["format"]) == (
            [("sheet", "收入")],
            "numbers",
        )


def test_a_table_is_called_as_somebody_has_called_it() -> None:
    tile = row(0, [CELLS[0][0]], NEW)
    for name, is_shown, text in (("支出", 1, "支出\n\n乙 二"), ("支出", 0, "乙 二"), ("Table 1", 1, "乙 二"), ("", 1, "乙 二")):
        content = iwork({"Document": [(1, 1, b"", (20,)), *table(name, tile, is_shown=is_shown)]})
        assert read_one("a.numbers", content).text == text


def test_a_folder_that_was_a_document_holds_a_zip_of_its_parts() -> None:
    index = packed({"Index/Document.iwa": part([(1, 10_000, b"", (2,)), storage(2, "正文", kind=0)])})
    assert read_one("Index.zip", index).text == "正文"
    folder = {"a.pages/Index.zip": index}
    assert read_one("a.pages", packed(folder)).text == "正文"
    assert [item.text for item in read_all("a.zip", packed(folder)) if isinstance(item, Document)] == ["正文"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (iwork({"Document": [(1, 10_000, b"", ())]}, **{".iwpv2": b"\0"}), "encrypted"),
        (packed({"QuickLook/Thumbnail.jpg": b"\xff\xd8", "index.xml": b"<a>\0</a>"}), "unsupported"),
        (packed({"Index/Document.iwa": b"\0\xff\xff\0" + varint(9) + b"\x08a"}), "damaged"),
        (packed({"Index/Document.iwa": b"\0\x02\0\0" + varint(300_000_000)}), "damaged"),
        (packed({"Index/Document.iwa": b"\0\x06\0\0" + varint(300_000_000) + b"\0a"}), "too-large"),
        (packed({"Index/Document.iwa": b"\0\x04\0\0" + varint(4) + b"\x01\x01\0"}), "damaged"),
        (iwork({"Document": [(1, 10_000, b"", (2,)), storage(2, "\ufffc", kind=0)]}), "empty"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, reason: str) -> None:
    for name in ("報告.pages", "表.numbers", "簡報.key"):
        assert skipped(name, content)[0] == reason


@pytest.mark.parametrize("count", [1, 59, 60, 61, 62, 255, 256, 257, 70_000])
def test_a_text_is_unpacked_whatever_its_length(count: int) -> None:
    text = "".join(chr(0x4E00 + number * number % 5_003) for number in range(count)) + "甲" * count
    content = iwork({"Document": [(1, 10_000, b"", (2,)), storage(2, text, kind=0)]})
    assert read_one("a.pages", content).text == text


def test_all_parts_together_are_bounded() -> None:
    content = iwork({f"Document-{number}": [storage(number, "甲" * 300, kind=0)] for number in range(10)})
    assert "甲" in read_one("a.pages", content, max_bytes=20_000).text
    assert skipped("a.pages", content, max_bytes=5_000)[0] == "too-large"


@given(st.binary(max_size=80))
def test_any_part_is_read_or_refused(data: bytes) -> None:
    content = packed({"Index/Document.iwa": b"\0" + len(data).to_bytes(3, "little") + data, "preview.jpg": b""})
    (item,) = read_all("a.pages", content)
    assert isinstance(item, Document) or item.reason in ("damaged", "unsupported", "empty", "too-large")


@given(st.lists(st.tuples(st.sampled_from([1, 2, 4, 5, 7, 15, 2001, 2022, 6001, 6002, 6005, 10_000]), st.binary(max_size=40)), max_size=6))
def test_any_objects_are_read_or_refused(objects: list[tuple[int, bytes]]) -> None:
    ids = range(1, len(objects) + 1)
    content = iwork({"Document": [(id, kind, message, ids) for id, (kind, message) in zip(ids, objects, strict=True)]})
    (item,) = read_all("a.numbers", content)
    assert isinstance(item, Document) or item.reason in ("damaged", "unsupported", "empty")

"""An OFD becomes the text of its pages as they are printed."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Skipped, Source
from searcher.documents.document import Refused
from searcher.documents.printed.ofd import read_ofd
from tests.documents.packing import ofd, packed, set_at
from tests.documents.reading import read_all, read_one, skipped
from tests.patience import no_hang

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TEMPLATE = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
WITH_TEMPLATE = '<ofd:Template TemplateID="7"/>'


def content(objects: str) -> str:
    """A page, a template or the like, as a part of its own."""
    return f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"


def text_of(*pages: str, **more: object) -> str:
    return read_one("a.ofd", ofd(*pages, **more)).text  # type: ignore[arg-type]


def test_pages_are_places() -> None:
    document = read_one("通知.ofd", ofd(set_at(20, 20, "第一頁的字接") + set_at(20, 30, "下一行"), set_at(20, 20, "第二頁。")))
    assert document.text == "第一頁的字接\n下一行\n第二頁。"
    assert [(place.kind, place.label, document.text[place.start :][:2]) for place in document.locations] == [
        ("page", "1", "第一"),
        ("page", "2", "第二"),
    ]
    assert document.metadata["pages"] == "2"


def test_what_it_says_of_itself() -> None:
    info = (
        "<ofd:Title>關於測試的函</ofd:Title><ofd:Author>周默</ofd:Author><ofd:Creator>某某軟體</ofd:Creator>"
        "<ofd:CreationDate>2021-08-17</ofd:CreationDate><ofd:Keywords><ofd:Keyword>甲</ofd:Keyword><ofd:Keyword>乙</ofd:Keyword></ofd:Keywords>"
        '<ofd:CustomDatas><ofd:CustomData Name="发票号码">31471858</ofd:CustomData>'
        '<ofd:CustomData Name="native-producer">SDK</ofd:CustomData></ofd:CustomDatas>'
    )
    document = read_one("a.ofd", ofd(set_at(20, 20, "內文"), info=info))
    assert (document.title, document.date) == ("關於測試的函", "2021-08-17")
    assert document.metadata == {
        "format": "ofd",
        "pages": "1",
        "author": "周默",
        "keywords": ("甲", "乙"),
        "发票号码": "31471858",
    }


def test_the_beginning_of_a_clock_is_no_date() -> None:
    info = "<ofd:CreationDate>1970-01-01</ofd:CreationDate><ofd:ModDate>2021-08-17</ofd:ModDate>"
    assert read_one("a.ofd", ofd(set_at(20, 20, "內文"), info=info)).date == "2021-08-17"


def test_the_program_is_no_author_and_an_invoice_is_of_its_day() -> None:
    info = (
        "<ofd:Author>iOFD 2.1</ofd:Author><ofd:Creator>iOFD 2.1</ofd:Creator><ofd:CreationDate>2024-05-31</ofd:CreationDate>"
        '<ofd:CustomDatas><ofd:CustomData Name="开票日期">2024年05月28日</ofd:CustomData></ofd:CustomDatas>'
    )
    document = read_one("a.ofd", ofd(set_at(20, 20, "內文"), info=info))
    assert "author" not in document.metadata
    assert document.date == "2024-05-28"


def test_the_largest_letters_are_the_title() -> None:
    page = set_at(150, 10, "发票代码：0123") + set_at(60, 12, "重庆增值税电子普通发票", size=6) + set_at(20, 40, "名称：某某有限公司")
    assert read_one("a.ofd", ofd(page)).title == "重庆增值税电子普通发票"
    named = "<ofd:Title>未命名</ofd:Title>"
    assert read_one("a.ofd", ofd(page, info=named)).title == "重庆增值税电子普通发票"


def test_a_form_is_read_with_the_names_of_its_fields() -> None:
    """The names stand in a template, the values on the page in any order; a field of two lines and one of upright letters stay whole."""
    names = (
        set_at(10, 20, "发票", size=8)
        + "".join(set_at(10, y, character) for y, character in ((40, "购"), (47, "买"), (54, "方")))
        + set_at(20, 40, "名称：", width=12)
        + set_at(20, 47, "地址：", width=12)
        + set_at(20, 54, "账号：", width=12)
        + set_at(20, 70, "品名")
        + set_at(70, 70, "金额")
    )
    values = (
        set_at(70, 76, "30.00", steps="2")
        + set_at(32, 54, "6222", steps="2")
        + set_at(32, 40, "某某有限公司")
        + set_at(20, 76, "信息技术服务费软", width=33)
        + set_at(20, 81, "件开发", width=33)
        + set_at(32, 47, "北京市海淀区")
    )
    assert text_of(WITH_TEMPLATE + content(values), common=TEMPLATE, parts={"Tpls/Tpl_0/Content.xml": content(names)}).split("\n") == [
        "发票",
        "购买方 名称：某某有限公司",
        "地址：北京市海淀区",
        "账号：6222",
        "品名 金额",
        "信息技术服务费软件开发 30.00",
    ]


def test_a_form_without_a_template() -> None:
    names = "".join(set_at(20, 30 + 10 * row, name) for row, name in enumerate(("案件名称", "案件编号", "办案单位")))
    values = "".join(set_at(50, 30 + 10 * row, value) for row, value in enumerate(("甲诉乙", "一二三", "某局")))
    assert text_of(names + values) == "案件名称 甲诉乙\n案件编号 一二三\n办案单位 某局"


def test_columns_stay_whole_and_a_letterhead_stands_around_them() -> None:
    lines = ("当前随着信息技术的飞速发", "展和数字化网络化的延伸", "信息化已深刻影响着人们")
    left = "".join(set_at(20, 40 + 6 * row, line) for row, line in enumerate(lines))
    right = "".join(set_at(110, 40 + 6 * row, line[::-1]) for row, line in enumerate(lines))
    head = set_at(20, 10, "某某局文件") + set_at(20, 280, "地址：某某路一号")
    found = text_of(WITH_TEMPLATE + left + right, common=TEMPLATE, parts={"Tpls/Tpl_0/Content.xml": content(head)})
    assert found.split("\n") == ["某某局文件", *lines, *(line[::-1] for line in lines), "地址：某某路一号"]


STEPS = [
    ("甲乙丙", 'DeltaX="4 4"', "甲乙丙"),
    ("甲乙丙", 'DeltaX="g 2 4"', "甲乙丙"),
    ("甲乙丙", 'DeltaX="4"', "甲乙丙"),
    ("甲乙丙", "", "甲乙丙"),
    ("甲乙丙丁", 'DeltaX="4 -4 4" DeltaY="0 5 0"', "甲乙\n丙丁"),
    ("甲乙丙", 'DeltaX="0" DeltaY="g 2 4"', "甲乙丙"),
    ("甲乙", 'DeltaX="20"', "甲 乙"),
    ("甲乙", 'DeltaX="g 99999999999 4"', "甲乙"),
    ("甲乙", 'DeltaX="g"', "甲乙"),
    ("甲乙", 'DeltaX="nan"', "甲乙"),
    ("AB", 'DeltaX="2.2"', "AB"),
    ("甲乙", 'DeltaX="1e999"', "甲 乙"),
]


@pytest.mark.parametrize(("text", "steps", "expected"), STEPS)
def test_steps_lead_from_character_to_character(text: str, steps: str, expected: str) -> None:
    code = f'<ofd:TextObject Boundary="10 10 100 30" Size="4"><ofd:TextCode X="1" Y="4" {steps}>{text}</ofd:TextCode></ofd:TextObject>'
    assert text_of(code) == expected


MATRICES = {
    "small units": 'CTM="0.3528 0 0 0.3528 0 0"',
    "a quarter": 'CTM="0 1 -1 0 0 0"',
    "another quarter": 'CTM="0 -1 1 0 0 0"',
    "upside down": 'CTM="-1 0 0 -1 0 0"',
}


@pytest.mark.parametrize("matrix", MATRICES.values(), ids=MATRICES.keys())
def test_a_turned_or_shrunk_page_is_read_along_its_lines(matrix: str) -> None:
    lines = "".join(
        f'<ofd:TextCode X="20" Y="{20 + 6 * row}" DeltaX="4">{text}</ofd:TextCode>' for row, text in enumerate(("甲乙丙", "丁戊"))
    )
    assert text_of(f'<ofd:TextObject Boundary="0 0 200 200" Size="4" {matrix}>{lines}</ofd:TextObject>') == "甲乙丙\n丁戊"


def test_letters_set_one_by_one_are_words_and_spaces_stay() -> None:
    """Boxes of single letters tell their width, as converters from PDF write them."""
    widths = {"W": 3.8, "i": 1.1, "f": 1.3, "a": 2.2}
    x, objects = 10.0, ""
    for letter in "Wifi":
        objects += set_at(x, 10, letter, width=widths[letter])
        x += widths[letter]
    x += 1.5
    assert text_of(objects + set_at(x, 10, "a", width=2.2)) == "Wifi a"
    assert text_of(set_at(10, 10, "Web", steps="3 2") + set_at(17, 10, " ", width=0.4) + set_at(17.5, 10, "API", steps="2")) == "Web API"


def test_what_is_set_twice_to_be_bold_is_read_once() -> None:
    line = set_at(10, 10, "甲乙丙") + set_at(10.1, 10.1, "甲乙丙")
    one_by_one = "".join(set_at(10 + 4 * n + shift, 20, character) for n, character in enumerate("丁戊") for shift in (0, 0.1))
    assert text_of(line + one_by_one) == "甲乙丙\n丁戊"


def unit(id: str, objects: str) -> str:
    return f'<ofd:CompositeGraphicUnit ID="{id}"><ofd:Content>{objects}</ofd:Content></ofd:CompositeGraphicUnit>'


def resources(*units: str) -> dict[str, str | bytes]:
    return {"DocumentRes.xml": f"<ofd:Res {SPACE}><ofd:CompositeGraphicUnits>{''.join(units)}</ofd:CompositeGraphicUnits></ofd:Res>"}


RESOURCE = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"


def composite(id: str, y: float = 0) -> str:
    return f'<ofd:CompositeObject ResourceID="{id}" Boundary="0 {y} 200 10" CTM="1 0 0 1 0 0"/>'


def test_units_are_part_of_the_page() -> None:
    parts = resources(unit("3", set_at(10, 10, "單元") + composite("4", 10)), unit("4", set_at(10, 10, "其中")))
    assert text_of(set_at(10, 5, "頁") + composite("3", 10) + composite("9"), common=RESOURCE, parts=parts) == "頁\n單元\n其中"


def test_units_in_units_are_no_bomb() -> None:
    parts = resources(*(unit(str(level), composite(str(level + 1)) * 1_000) for level in range(5)))
    assert skipped("a.ofd", ofd(composite("0"), common=RESOURCE, parts=parts))[0] == "too-large"
    circle = resources(unit("1", set_at(10, 10, "字") + composite("1", 10)))
    assert set(text_of(composite("1"), common=RESOURCE, parts=circle)) == {"字", "\n"}


def annotated(*annots: str) -> dict[str, str | bytes]:
    return {
        "Annots/Annotations.xml": f'<ofd:Annotations {SPACE}><ofd:Page PageID="1"><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page>'
        '<ofd:Page PageID="2"><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
        "Annots/P.xml": f"<ofd:PageAnnot {SPACE}>{''.join(annots)}</ofd:PageAnnot>",
    }


def test_stamps_are_read_once_and_watermarks_not_at_all() -> None:
    parts = annotated(
        f'<ofd:Annot Type="Watermark"><ofd:Appearance Boundary="0 0 200 200">{set_at(1, 1, "水印")}</ofd:Appearance></ofd:Annot>',
        f'<ofd:Annot Type="Stamp"><ofd:Appearance Boundary="50 50 20 20">{set_at(1, 1, "保密资料")}</ofd:Appearance></ofd:Annot>',
    )
    document = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    assert text_of(set_at(10, 10, "甲"), set_at(10, 10, "乙"), document=document, parts=parts) == "甲\n保密资料\n乙"


def test_what_is_attached_is_read_but_for_data_of_programs() -> None:
    files = {"合同.txt": "合同內文", "original_invoice.xml": "<a>1</a>", "藏.txt": "不見"}
    hidden = 'Visible="false"'
    rows = "".join(
        f"<ofd:Attachment {hidden if name == '藏.txt' else ''}><ofd:FileLoc>{name}</ofd:FileLoc></ofd:Attachment>" for name in files
    )
    parts: dict[str, str | bytes] = {f"Attachs/{name}": text for name, text in files.items()}
    parts["Attachs/Attachments.xml"] = f"<ofd:Attachments {SPACE}>{rows}</ofd:Attachments>"
    document = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    found = read_all("a.ofd", ofd(set_at(10, 10, "甲"), document=document, parts=parts))
    assert [(item.id, item.text) for item in found if isinstance(item, Document)] == [
        ("a.ofd", "甲"),
        ("a.ofd!/Doc_0/Attachs/合同.txt", "合同內文"),
    ]
    assert len(found) == 2


@pytest.mark.parametrize("place", ["/Doc_0/A.xml", "A.xml", "Doc_0/A.xml", "./A.xml", "a.XML", "..\\Doc_0\\A.xml"])
def test_parts_are_found_however_they_are_named(place: str) -> None:
    entry = f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    root = f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="{place}"/></ofd:Pages></ofd:Document>'
    data = packed({"Doc_0/A.xml": content(set_at(10, 10, "在此")), "Doc_0/Document.xml": root, "OFD.xml": entry})
    assert read_one("發票", data).text == "在此"


def test_several_documents_in_one_file() -> None:
    bodies = "".join(f"<ofd:DocBody><ofd:DocRoot>{name}/D.xml</ofd:DocRoot></ofd:DocBody>" for name in "ab")
    root = f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'
    pages = {f"{name}/P.xml": content(set_at(10, 10, f"文件{name}", size=4)) for name in "ab"}
    found = read_all("x.ofd", packed({"OFD.xml": f"<ofd:OFD {SPACE}>{bodies}</ofd:OFD>", "a/D.xml": root, "b/D.xml": root, **pages}))
    assert [(item.id, item.text) for item in found if isinstance(item, Document)] == [("x.ofd#1", "文件a"), ("x.ofd#2", "文件b")]


def test_what_is_named_again_is_read_once() -> None:
    body = "<ofd:DocBody><ofd:DocRoot>a/D.xml</ofd:DocRoot></ofd:DocBody>"
    root = f"""<ofd:Document {SPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>
        <ofd:Attachments>A.xml</ofd:Attachments></ofd:Document>"""
    attached = "<ofd:Attachment><ofd:FileLoc>附件.txt</ofd:FileLoc></ofd:Attachment>" * 3
    parts: dict[str, str | bytes] = {"a/A.xml": f"<ofd:Attachments {SPACE}>{attached}</ofd:Attachments>", "a/附件.txt": "附件"}
    page = content(set_at(10, 10, "文件", size=4))
    found = read_all("x.ofd", packed({"OFD.xml": f"<ofd:OFD {SPACE}>{body * 3}</ofd:OFD>", "a/D.xml": root, "a/P.xml": page, **parts}))
    assert [item.text for item in found if isinstance(item, Document)] == ["文件", "附件"]


def test_letters_of_no_size_are_none() -> None:
    tiny = set_at(10, 20, "字", size=1e-300, more='CTM="1e-300 0 0 1e-300 0 0"')
    assert text_of(tiny + tiny.replace("字", "詞") + set_at(10, 10, "文")) == "文"


REFUSED = {
    "a password": (packed({"OFD.xml": f"<ofd:OFD {SPACE}/>", "Encryptions.xml": "<x/>"}), "encrypted"),
    "no entry": (packed({"Doc_0/Document.xml": "<x/>"}), "damaged"),
    "no pages": (ofd(), "damaged"),
    "a scan": (ofd('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>'), "no-text"),
    "a font without characters": (ofd(set_at(1, 1, "\ue001\ue002\ue003" * 10)), "no-text"),
    "an entity": (ofd("&x;"), "damaged"),
    "a page that is cut off": (ofd("<ofd:Content>"), "damaged"),
    "text over the limit": (ofd(set_at(1, 1, "字" * 3_000)), "too-large"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read(data: bytes, reason: str) -> None:
    assert skipped("a.ofd", data, max_bytes=2_000)[0] == reason


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), unique=True, min_size=1, max_size=60),
    st.sampled_from(["", 'CTM="0 1 -1 0 0 0"', 'CTM="0.5 0 0 0.5 0 0"']),
)
def test_every_character_is_read_once_wherever_it_stands(places: list[tuple[int, int]], matrix: str) -> None:
    characters = {place: chr(0x4E00 + number) for number, place in enumerate(places)}
    page = "".join(set_at(9 * x, 9 * y, character, more=matrix) for (x, y), character in characters.items())
    (document,) = read_ofd(Source.of_bytes("a.ofd", ofd(page)), ReadOptions())
    assert isinstance(document, Document)
    found = "".join(document.text.split())
    assert sorted(found) == sorted(characters.values())


JUNK = st.sampled_from(
    ["", "1", "-1", "1e9", "nan", "inf", "g 3 2", "g", "g g g", "1 0 0 1 0 0", "0 0 0 0 0 0", "x", "1e-300", "5 5 10 10"]
)


@given(JUNK, JUNK, JUNK, JUNK, JUNK, JUNK, st.text(alphabet="甲乙 a\n", max_size=8))
def test_no_number_breaks_the_reader(box: str, matrix: str, size: str, x: str, steps: str, down: str, text: str) -> None:
    page = (
        f'<ofd:TextObject Boundary="{box}" CTM="{matrix}" Size="{size}" HScale="{steps}"><ofd:TextCode X="{x}" Y="{x}" DeltaX="{steps}" '
        f'DeltaY="{down}">{text}</ofd:TextCode></ofd:TextObject>'
    )
    try:
        items = list(read_ofd(Source.of_bytes("a.ofd", ofd(page + set_at(10, 10, "文"))), ReadOptions()))
    except Refused as refusal:
        assert refusal.reason == "no-text"
    else:
        (item,) = items
        assert isinstance(item, Document) and "文" in item.text


def test_a_page_of_many_letters_takes_no_square_of_them() -> None:
    stacked = "".join(set_at(10, 4 * row, "甲乙"[row % 2]) for row in range(8_000))
    lines = "".join(set_at(10, 5 * row, "字" * 8, width=32) for row in range(3_000))
    same = set_at(10, 10, "同") * 8_000
    with no_hang():
        for page in (stacked, lines, same, set_at(50, 1, "名") + set_at(10, 0, "值") + lines):
            assert read_all("a.ofd", ofd(page))


def test_a_page_that_is_not_there_or_broken_costs_itself_and_is_told() -> None:
    data = ofd(set_at(10, 10, "甲"), set_at(10, 10, "乙"))
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(file, "w") as part:
        for name in whole.namelist():
            if "Page_1" not in name:
                part.writestr(name, whole.read(name))
    broken = ofd(set_at(10, 10, "甲")[:-5], set_at(10, 10, "乙"))
    for damaged in (file.getvalue(), broken):
        document, skip = read_all("a.ofd", damaged)
        assert isinstance(document, Document) and isinstance(skip, Skipped)
        assert (document.text, [place.label for place in document.locations]) == ("乙", ["2"])
        assert (skip.reason, skip.detail) == ("damaged", "1 of its 2 pages are damaged or missing")

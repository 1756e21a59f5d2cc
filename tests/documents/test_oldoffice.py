"""Documents of office programs from before 2007."""

from __future__ import annotations

import random
import struct
from datetime import datetime, timedelta

import pytest

from searcher.documents import Document, Skipped, Source, detect
from searcher.documents.description.titles import first_line
from tests.documents.compounds import compound, doc, mail_streams, msg, ppt, summary, xls
from tests.documents.packing import docx
from tests.documents.reading import read_all, read_one, skipped


def test_a_document_of_word() -> None:
    field = "\x13 HYPERLINK x \x14連結\x15"
    text = f"標題\r第一段，{field}，断\u200b字\x1e尾。\r甲\x07乙\x07\x07丙\x07丁\x07\x07表後。\x0b換行\r\x01圖\r"
    document = read_one(
        "a.doc", doc(text, others={"footnotes": "\x02 註腳\r", "comments": "\x05批註\r", "headers": "頁首\r頁首\r", "boxes": "文字方塊\r"})
    )
    assert document.text == (
        "標題\n\n第一段，連結，断\u200b字-尾。\n\n甲\t乙\n丙\t丁\n\n表後。\n換行\n\n圖\n\n註腳\n\n文字方塊\n\n批註\n\n頁首"
    )
    assert (document.title, document.metadata["format"]) == ("標題", "doc")


def test_pieces_of_one_byte_a_character_and_articles() -> None:
    assert read_one("a.doc", doc("Hello, World.\r")).text == "Hello, World."
    document = read_one("a.wps", doc("第一條\u3000本法。\r第二條\u3000不適用。\r", flags=0))
    assert [place.label for place in document.locations] == ["第一條", "第二條"]


def test_a_presentation() -> None:
    document = read_one("a.ppt", ppt(("首頁", "內文\r第二行", ""), ("次頁", "*", "備忘錄")))
    assert document.text == "首頁\n\n內文\n第二行\n\n次頁\n\n備忘錄"
    assert [(place.kind, place.label) for place in document.locations] == [
        ("slide", "1"),
        ("heading", "首頁"),
        ("slide", "2"),
        ("heading", "次頁"),
    ]
    assert (document.title, document.metadata["format"]) == ("首頁", "ppt")


@pytest.mark.parametrize("code_page", [None, 936, 950])
def test_a_workbook(code_page: int | None) -> None:
    rows: list[list[object]] = [["姓名", "日期", "數"], ["王小明", (44425.0,), 3.5], ["", (44425.5,), 42.0]]
    document = read_one("名冊.xls", xls({"名冊": rows, "Sheet2": [["末"]]}, code_page=code_page))  # type: ignore[dict-item]
    assert document.text == "名冊\n姓名\t日期\t數\n王小明\t2021-08-17\t3.5\n2021-08-17 12:00\t42\n\n末"
    assert [(place.kind, place.label) for place in document.locations] == [("sheet", "名冊"), ("sheet", "Sheet2")]


@pytest.mark.parametrize("formula", [b"\0", b"\x2d" + bytes(8), b"\x03", b"\x21\xba\x00", b""])
def test_a_workbook_in_which_a_name_means_nothing(formula: bytes) -> None:
    """An unknown token, a shifted area, a sum without numbers, an unknown function: programs write such, and Excel opens them."""
    assert read_one("名冊.xls", xls({"名冊": [["王小明"]]}, names={"範圍": formula})).text == "名冊\n王小明"


def test_a_workbook_in_a_file_whose_parts_overlap() -> None:
    data = bytearray(xls({"名冊": [["王小明"]]}))
    root = data.index("Root Entry".encode("utf-16-le"))
    first_of_workbook = slice(root + 128 + 116, root + 128 + 120)
    data[root + 116 : root + 124] = data[first_of_workbook] + struct.pack("<I", 4096)  # where short streams lie, and how many bytes
    assert read_one("名冊.xls", bytes(data)).text == "名冊\n王小明"


def test_a_mail_of_outlook_and_its_attachments() -> None:
    headers = "Date: Tue, 17 Aug 2021 11:18:00 +0800\r\nSubject: x\r\n"
    properties = {
        "0037": "主旨",
        "1000": "內文\r\n第二行",
        "0C1A": "王小明",
        "5D01": "w@example.org",
        "0E04": "李小華; 丁",
        "007D": headers,
    }
    mail, first, second = read_all(
        "a.msg", msg(properties, {"報告.txt": ("附件" * 700).encode(), "..\\壞.docx": docx("<w:p><w:r><w:t>文件</w:t></w:r></w:p>")})
    )
    assert isinstance(mail, Document) and isinstance(first, Document) and isinstance(second, Document)
    assert (mail.title, mail.text, mail.date) == ("主旨", "內文\n第二行", "2021-08-17T11:18:00+08:00")
    assert (mail.metadata["from"], mail.metadata["to"]) == ("王小明 <w@example.org>", ("李小華", "丁"))
    assert (first.id, first.text) == ("a.msg!/報告.txt", "附件" * 700)
    assert (second.id, second.text) == ("a.msg!/壞.docx", "文件")


@pytest.mark.parametrize(
    ("title", "code_page", "shown"),
    [
        ("期末考試", 1200, "期末考試"),
        ("期末考試".encode("utf-16-le"), 1200, "期末考試"),
        ("期末考試".encode(), 65001, "期末考試"),
        ("期末考试".encode("gbk"), 936, "期末考试"),
        ("期末考試".encode("cp950"), 950, "期末考試"),
        ("期末考试".encode("gbk"), 1252, "期末考试"),  # of a program that does not know
        ("CONCURSO PÚBLICO".encode("cp1252"), 1252, "CONCURSO PÚBLICO"),
        ("экзамен".encode("cp1251"), 1251, "экзамен"),
        ("期末考试".encode("gbk"), 12345, "期末考试"),
        ("PowerPoint Presentation", 1200, "正文"),
    ],
)
def test_what_a_document_says_of_itself_ends_where_the_next_begins(title: str | bytes, code_page: int, shown: str) -> None:
    document = read_one("a.doc", doc("正文\r", said=summary({2: title, 4: "王小明"}, code_page)))
    assert (document.title, document.metadata["author"]) == (shown, "王小明")


LONG = "數字" * 700  # short streams are filled up with zeros


def test_a_mail_in_a_mail_of_outlook() -> None:
    sent = (datetime(2021, 8, 17, 3, 18) - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10
    inner = mail_streams({"0037": "原信", "1000": "原文"}, {"表.txt": LONG.encode()}, sent=sent)
    found = read_all("a.msg", msg({"0037": "轉寄", "1000": "請看"}, {"原信": inner, "說明.txt": LONG.encode()}))
    assert [(item.path, getattr(item, "title", ""), getattr(item, "text", ""), getattr(item, "date", "")) for item in found] == [
        ("a.msg", "轉寄", "請看", None),
        ("a.msg!/原信", "原信", "原文", "2021-08-17T03:18:00+00:00"),
        ("a.msg!/原信!/表.txt", first_line(LONG), LONG, None),
        ("a.msg!/說明.txt", "說明", LONG, None),
    ]


def test_mails_in_mails_end_somewhere() -> None:
    streams = mail_streams({"1000": "最深"})
    for level in range(6):
        streams = mail_streams({"1000": f"第{level}層"}, {"內": streams}, head=32 if level == 5 else 24)
    *documents, last = read_all("a.msg", compound(streams))
    assert len(documents) == 5 and isinstance(last, Skipped)
    assert (last.path, last.reason) == ("a.msg" + "!/內" * 5, "unsupported")


def test_when_a_mail_was_sent() -> None:
    sent = (datetime(2021, 8, 17, 3, 18) - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10
    assert read_one("a.msg", msg({"1000": "內文"}, sent=sent)).date == "2021-08-17T03:18:00+00:00"
    assert read_one("a.msg", msg({"1000": "內文"}, sent=2**64 - 1)).date is None


def test_a_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searcher.documents.sources.format._importable", lambda module: module != "olefile")
    assert skipped("a.doc", doc("字")) == ("missing-dependency", 'old-office needs the package olefile: pip install "searcher[office]"')


def test_the_content_counts_not_the_name() -> None:
    data = doc("字\r")
    found = detect(Source.of_bytes("a.xls", data))
    assert found is not None and found.name == "old-office"
    assert read_one("a.xls", data).metadata["format"] == "doc"


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (compound({"Something": b"x"}), "unsupported", "a compound file of another program"),
        (compound({"EncryptedPackage": b"x"}), "encrypted", "protected by a password"),
        (doc("字", flags=0x0300), "encrypted", "protected by a password"),
        (ppt(("字", "字", ""), encrypted=True), "encrypted", "protected by a password"),
        (doc("字", version=0x65), "unsupported", "a document of Word from before 1997"),
        (doc("字", version=0x65, magic=0xA5DC), "unsupported", "a document of Word from before 1997"),
        (doc("字", magic=0xA5DD), "damaged", "no document of Word in it"),
        (compound({"WordDocument": b"x"}), "damaged", "no document of Word in it"),
        (compound({"PowerPoint Document": b"x"}), "damaged", "it does not say where"),
        (compound({"Workbook": b"x"}), "damaged", "no whole XLS file"),
        (doc("字")[:700], "damaged", "no whole OLE file"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str, detail: str) -> None:
    told = skipped("a.doc", data)
    assert told[0] == reason and told[1].startswith(detail), told


def test_text_under_an_old_name_is_no_text_of_ours() -> None:
    assert read_one("a.doc", "其實是純文字").text == "其實是純文字"


@pytest.mark.parametrize(
    "whole", [doc("很長的字\r" * 50), ppt(("題", "文", "註")), xls({"名": [["字", 1.0]]}), msg({"0037": "旨", "1000": "文"})]
)
def test_broken_ones_cost_themselves_alone(whole: bytes) -> None:
    """Bytes changed at random, the same every time: nothing escapes, and no piece of a file is read more often than the file is long."""
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            position = chance.randrange(8, len(data))
            data[position : position + 4] = struct.pack("<I", chance.choice((0, 1, 0xFF, 0xFFFFFFFF, chance.getrandbits(32))))
        for item in read_all("a.doc", bytes(data)):
            assert isinstance(item, Skipped) or len(item.text) <= 8 * len(data)

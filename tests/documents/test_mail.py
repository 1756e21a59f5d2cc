"""Mails, mailboxes and pages saved as one file become documents."""

from __future__ import annotations

import base64
import os
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest

from searcher.documents import Document, ReadOptions, Refused, Skipped, Source, detect, read_documents
from searcher.documents.mail import message as mail_room
from searcher.documents.mail.mbox import read_mbox
from searcher.documents.mail.message import read_mail, read_mhtml
from tests.documents.reading import read_one
from tests.patience import no_hang

WORDS = "這是一封用傳統中文寫的信，內容說明開會的時間與地點。"
SIMPLE = "这是一封用简体中文写的信，内容说明开会的时间与地点。"


def read(data: bytes, name: str = "a.eml", **options: int) -> list[Document | Skipped]:
    """What is in a mail, read in this process (its attachments are not)."""
    return list(read_mail(Source.of_bytes(name, data), ReadOptions(**options)))


def one(data: bytes, name: str = "a.eml") -> Document:
    (document,) = read(data, name)
    assert isinstance(document, Document)
    return document


def mail(body: bytes = b"text", **headers: str | bytes) -> bytes:
    """A mail as it is on the wire; `_` in the names of headers is a hyphen."""
    lines = [
        name.replace("_", "-").encode() + b": " + (value.encode() if isinstance(value, str) else value) for name, value in headers.items()
    ]
    return b"\r\n".join([*lines, b"", body])


def encoded(text: str, charset: str, called: str | None = None) -> str:
    return f"=?{called or charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


SUBJECTS = [
    (encoded("會議通知", "utf-8"), "會議通知"),
    (encoded("会议通知", "gb18030", "gb2312"), "会议通知"),
    (encoded("開會通知", "big5"), "開會通知"),
    ("Re: =?GBK?Q?=BB=E1=D2=E9?= A", "Re: 会议 A"),
    (f"{encoded('甲', 'utf-8')} {encoded('乙', 'utf-8')}", "甲乙"),
    ("=?utf-8?B?5pyD?=\r\n =?utf-8?B?6K2w?=", "會議"),
    ("=?utf-8?B?5py?= =?utf-8?B?g+itsA==?=", "會議"),  # cut in half a character
    ("會議通知這次在臺北舉行".encode(), "會議通知這次在臺北舉行"),
    ("会议通知这次在北京举行".encode("gb18030"), "会议通知这次在北京举行"),
    ("會議通知這次在臺北舉行".encode("big5"), "會議通知這次在臺北舉行"),
    (encoded("會議通知這次在臺北舉行", "utf-8", "x-unknown"), "會議通知這次在臺北舉行"),
    (encoded(WORDS, "big5", "gb2312"), WORDS),
    (encoded("会议", "hz", "HZ-GB-2312"), "会议"),
    *((encoded(name, "gbk", "gb2312"), name) for name in ("杨波", "余华", "李明", "王芳", "何", "欧阳娜娜")),
    ("=?utf-8?B??= =?bad", "=?bad"),
]


@pytest.mark.parametrize(("written", "subject"), SUBJECTS)
def test_subjects(written: str | bytes, subject: str) -> None:
    document = one(mail(b"text", Subject=written))
    assert (document.title, document.metadata["subject"]) == (subject, subject)


BODIES = [
    (WORDS.encode("big5"), "text/plain; charset=big5", "8bit", WORDS),
    (SIMPLE.encode("gb18030"), "text/plain", "8bit", SIMPLE),
    (base64.b64encode(SIMPLE.encode("gbk")), 'text/plain; charset="gb2312"', "base64", SIMPLE),
    (b"=E4=BD=A0=\r\n=E5=A5=BD", "text/plain; charset=utf-8", "quoted-printable", "你好"),
    (WORDS.encode("big5"), "text/plain; charset=gb2312", "8bit", WORDS),
    ("<p>甲<p>乙<style>x</style>".encode(), "text/html; charset=utf-8", "8bit", "甲\n\n乙"),
    (f"<meta charset=gbk><p>{SIMPLE}".encode("gbk"), "text/html", "8bit", SIMPLE),
    ("甲\r\n\r\n\x00乙".encode(), "text/plain; charset=utf-8", "8bit", "甲\n\n乙"),
]


@pytest.mark.parametrize(("body", "kind", "transfer", "text"), BODIES)
def test_bodies(body: bytes, kind: str, transfer: str, text: str) -> None:
    assert one(mail(body, Content_Type=kind, Content_Transfer_Encoding=transfer)).text == text


def test_who_wrote_to_whom_and_when() -> None:
    headers = {
        "From": f"{encoded('張三', 'big5')} <zhang@example.com>",
        "To": '"李, 四" <li@example.com>, wang@example.com',
        "Cc": "趙五 <zhao@example.com>",
        "Date": "Tue, 17 Aug 2021 11:18:00 +0800 (CST)",
        "Subject": "題",
    }
    document = one(mail("文".encode(), **headers))
    assert document.date == "2021-08-17T11:18:00+08:00"
    assert {name: document.metadata[name] for name in ("format", "from", "to", "subject")} == {
        "format": "eml",
        "from": "張三 <zhang@example.com>",
        "to": ("李, 四 <li@example.com>", "wang@example.com", "趙五 <zhao@example.com>"),
        "subject": "題",
    }


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("陳大文 <chan@example.hk>", "陳大文 <chan@example.hk>"),
        ("陳大文 <chan@example.hk>, 李四 <li@example.hk>", ("陳大文 <chan@example.hk>", "李四 <li@example.hk>")),
        ("陳大文", "陳大文"),
    ],
)
def test_an_address_that_was_encoded_with_its_name_is_read(typed: str, read: str | tuple[str, ...]) -> None:
    """No standard allows it; programs do so where they encode all of a header."""
    assert one(mail("文".encode(), From=encoded(typed, "utf-8"))).metadata["from"] == read


def multipart(kind: str, *parts: tuple[str, bytes]) -> bytes:
    """Parts with their headers between boundaries, and the header that says so."""
    body = b"".join(b"--x\r\n" + headers.encode() + b"\r\n\r\n" + content + b"\r\n" for headers, content in parts)
    return mail(body + b"--x--\r\n", Subject="題", Content_Type=f"multipart/{kind}; boundary=x")


PLAIN, HTML = ("Content-Type: text/plain; charset=utf-8", "純文字".encode()), ("Content-Type: text/html; charset=utf-8", "<p>網頁".encode())
EMPTY, PICTURE = ("Content-Type: text/plain", b" "), ("Content-Type: image/png", b"\x89PNG")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (multipart("alternative", PLAIN, HTML), "純文字"),
        (multipart("alternative", EMPTY, HTML), "網頁"),
        (multipart("mixed", PLAIN, HTML), "純文字\n\n網頁"),
        (multipart("related", HTML, PICTURE, ("Content-Type: text/css", b"x")), "網頁"),
        (multipart("mixed", PICTURE), "題"),
        (mail("沒有邊界".encode(), Content_Type="multipart/mixed"), "沒有邊界"),
    ],
    ids=["plain", "html", "both", "related", "picture", "no-boundary"],
)
def test_which_part_is_read(data: bytes, text: str) -> None:
    assert one(data).text == text


def test_attachments_are_read_as_what_they_are() -> None:
    message = EmailMessage()
    message["Subject"] = "題"
    message.set_content("文")
    message.add_attachment("附件".encode(), maintype="application", subtype="octet-stream", filename="報告.txt")
    message.add_attachment("其二".encode(), maintype="text", subtype="plain", filename="報告.txt")
    inner = EmailMessage()
    inner["Subject"] = "內"
    inner.set_content("裡面")
    message.add_attachment(inner)
    message.add_attachment(b"\0\1\2" * 50, maintype="application", subtype="octet-stream", filename="../../x.bin")
    found = read(message.as_bytes())
    assert [(item.id, item.text.strip()) for item in found if isinstance(item, Document)] == [
        ("a.eml", "文"),
        ("a.eml!/報告.txt", "附件"),
        ("a.eml!/報告 (2).txt", "其二"),
        ("a.eml!/3.eml", "裡面"),
    ]
    assert [(item.path, item.reason) for item in found if isinstance(item, Skipped)] == [("a.eml!/x.bin", "binary")]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"attachment; filename*=gb18030''%B1%A8%B8%E6.txt", "报告.txt"),
        (b"attachment; filename*0*=utf-8''%E5%A0%B1; filename*1*=%E5%91%8A.txt", "報告.txt"),
        (b'attachment; filename="=?big5?B?s/inaQ==?=.txt"', "報告.txt"),
        ('attachment; filename="年度報告全文說明.txt"'.encode("big5"), "年度報告全文說明.txt"),
        (b'attachment; filename="a\tb\x1b[0m.txt"', "a b [0m.txt"),
        (b"attachment", "1.bin"),
    ],
)
def test_names_of_attachments(disposition: bytes, name: str) -> None:
    part = b"--x\r\nContent-Type: application/octet-stream\r\nContent-Disposition: " + disposition + b"\r\n\r\n\xe6\x96\x87\r\n--x--"
    found = read(mail(part, Content_Type="multipart/mixed; boundary=x", Subject="s"))
    assert [item.path for item in found] == ["a.eml", f"a.eml!/{name}"]


def test_mails_of_apple_have_a_length_before_them() -> None:
    data = mail("文".encode(), Subject="題")
    assert one(str(len(data)).encode() + b"\n" + data + b"<?xml?><plist/>", "1.emlx").text == "文"


MBOX = (
    b"From a@b Tue Aug 17 11:18:00 2021\nSubject: =?utf-8?B?55Sy?=\n\n\xe6\x96\x87\n>From here\n\nFrom now on\n\n"
    b"From - Wed Aug 18 2021\nSubject: B\n\n\xe4\xb9\x99\n"
)


def test_mailboxes() -> None:
    found = [item for item in read_mbox(Source.of_bytes("in.mbox", MBOX), ReadOptions()) if isinstance(item, Document)]
    assert [(item.id, item.title, item.text) for item in found] == [
        ("in.mbox#1", "甲", "文\nFrom here\n\nFrom now on"),
        ("in.mbox#2", "B", "乙"),
    ]


def test_a_mail_over_the_limit_costs_itself() -> None:
    data = b"From a 2021\nSubject: A\n\n" + b"x" * 3_000_000 + b"\n\nFrom a 2021\nSubject: B\n\nok\n"
    found = list(read_mbox(Source.of_bytes("in.mbox", data), ReadOptions(max_bytes=1000)))
    assert [getattr(item, "text", getattr(item, "detail", "")) for item in found] == ["mail 1: over the limit for one document", "ok"]


def test_pages_saved_as_one_file() -> None:
    page = f'<html><head><meta charset="gb2312"><title>題</title></head><body><h1>大題</h1><p>{SIMPLE}</p></body></html>'
    parts = ("Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64", base64.b64encode(page.encode("gbk"))), PICTURE
    (document,) = read_mhtml(Source.of_bytes("頁.mht", multipart('related; type="text/html"', *parts)), ReadOptions())
    assert (document.id, document.title, document.text) == ("頁.mht", "題", f"大題\n\n{SIMPLE}")
    assert (document.metadata["format"], document.metadata["encoding"]) == ("mhtml", "gb18030")


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("1438600000.M1P2.host:2,S", mail(From="a@b", To="c@d", Subject="x"), "eml"),
        ("inbox", MBOX, "mbox"),
        ("a", b'From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\n', "mhtml"),
        ("a.txt", b"Subject: x\n\nno mail", "text"),
        ("a.txt", b"From here to eternity\n", "text"),
        ("a.txt", b"a:" + b" " * 60_000, "text"),
    ],
)
def test_they_are_known_by_their_content(name: str, data: bytes, format: str) -> None:
    detected = detect(Source.of_bytes(name, data))
    assert detected is not None
    assert detected.name == format


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (multipart("encrypted", ("Content-Type: application/pgp-encrypted", b"Version: 1")), "encrypted"),
        (b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(2000)), "damaged"),
        (b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(40)) + b"\ntext", "damaged"),
        (mail(b"x" * 2000), "too-large"),
    ],
    ids=["encrypted", "bomb", "deep", "large"],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        read(data, max_bytes=1500 if reason == "too-large" else 1 << 20)
    assert caught.value.reason == reason


def test_mails_in_mails_end_somewhere() -> None:
    data = mail("底".encode(), Subject="0")
    for level in range(1, 9):
        data = mail(data, Subject=str(level), Content_Type="message/rfc822")
    found = read(data)
    assert isinstance(found[-1], Skipped)
    assert found[-1].reason == "unsupported"


def test_a_mail_in_a_mail_may_be_packed() -> None:
    inner = mail("內文".encode(), Subject="原信", Content_Type="text/plain; charset=utf-8")
    header = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.eml"
    for packed, text in ((base64.encodebytes(inner), "內文"), (inner, "內文"), (b"====", "")):
        documents = [item for item in read(multipart("mixed", PLAIN, (header, packed))) if isinstance(item, Document)]
        assert [document.text for document in documents[1:]] == [text][: bool(text)]


@pytest.mark.parametrize(
    "data",
    [
        mail(Subject="=?utf-8?B?" * 100_000),
        mail(Subject="=?utf-8?Q?=E4?= " * 100_000),
        mail(To="<" * 300_000),
        mail(To="a@b," * 100_000),
        mail(Content_Type="text/plain;" + "a=b;" * 100_000),
        multipart("mixed", *[("Content-Type: image/png", b"")] * 5_000),
        b"\n".join(b"X-%d: y" % n for n in range(50_000)) + b"\n\ntext",
    ],
    ids=["unfinished", "words", "angles", "addresses", "parameters", "parts", "headers"],
)
def test_hostile_ones_take_little_time(data: bytes) -> None:
    with no_hang():
        assert isinstance(read(data)[0], Document)


def test_a_header_of_comments_in_comments_costs_no_mail() -> None:
    document = read_one("a.eml", mail(To="(" * 5_000 + "a@b"))
    assert document.text == "text"
    assert document.metadata["to"][0] == "("


@pytest.mark.parametrize("name", ["cur/1700000000.M1P2.host:2,S", "new/1700000001.M1P3.host"])
@pytest.mark.skipif(os.name == "nt", reason="such names are none there")
def test_a_folder_of_mails_named_as_a_server_does(tmp_path: Path, name: str) -> None:
    place = tmp_path / "Maildir" / name
    place.parent.mkdir(parents=True)
    headers = "From: <a@b.tw>\nSubject: 會議紀錄\nContent-Type: text/plain; charset=big5\nContent-Transfer-Encoding: 8bit\n\n"
    place.write_bytes((headers + "請於週五前提交報告。\n").encode("big5"))
    [document] = read_documents(tmp_path)
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("會議紀錄", "請於週五前提交報告。")


def test_a_large_attachment_takes_few_times_its_room() -> None:
    data = b"Subject: x\n\n" + base64.encodebytes(bytes(3_000_000))
    tracemalloc.start()
    message = mail_room._parsed(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert message["subject"] == "x"
    assert most < 4 * len(data)

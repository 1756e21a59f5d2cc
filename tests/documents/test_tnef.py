"""What Outlook packs beside a mail is attached to it: winmail.dat."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, Skipped
from tests.documents.reading import read_all

TEXT = "台端積欠租金六萬元"


def attribute(id: int, value: bytes, level: int = 2) -> bytes:
    return struct.pack("<BII", level, id, len(value)) + value + struct.pack("<H", sum(value) % 65_536)


def properties(*rows: bytes) -> bytes:
    return struct.pack("<I", len(rows)) + b"".join(rows)


def variable(type: int, id: int, *values: bytes) -> bytes:
    padded = (struct.pack("<I", len(value)) + value + bytes(-len(value) % 4) for value in values)
    return struct.pack("<HHI", type, id, len(values)) + b"".join(padded)


NAMED = (
    struct.pack("<HH", 3, 0x8001) + bytes(16) + struct.pack("<II", 1, 6) + "甲乙\0".encode("utf-16-le") + bytes(2) + struct.pack("<I", 7)
)
NUMBERED = struct.pack("<HH", 3, 0x8002) + bytes(16) + struct.pack("<II", 0, 9) + struct.pack("<I", 7)
SEVERAL = struct.pack("<HHI", 0x1003, 0x3001, 2) + struct.pack("<II", 1, 2)
WIDE_NAME = variable(0x1F, 0x3707, "民國110年租約終止通知書.txt\0".encode("utf-16-le"))
NARROW_NAME = variable(0x1E, 0x3707, "租約終止通知書之一.txt\0".encode("big5"))
BEGINS, MAIL = attribute(0x00069002, bytes(14)), attribute(0x00078008, b"IPM.Note\0", 1)
TITLE = attribute(0x00018010, "租約終止.txt\0".encode("gbk"))
DATA = attribute(0x0006800F, TEXT.encode())


def packed(*attributes: bytes) -> bytes:
    return b'x\x9f>"' + b"7\x02" + MAIL + b"".join(attributes)


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ((BEGINS, TITLE, DATA), "租約終止.txt"),
        ((BEGINS, DATA, TITLE, b"\0\xff behind"), "租約終止.txt"),
        ((BEGINS, TITLE, DATA, attribute(0x00069005, properties(NAMED, NUMBERED, SEVERAL, WIDE_NAME))), "民國110年租約終止通知書.txt"),
        ((BEGINS, TITLE, DATA, attribute(0x00069005, properties(variable(0x1F, 1, b"a\0b\0"), NARROW_NAME))), "租約終止通知書之一.txt"),
        ((BEGINS, TITLE, DATA, attribute(0x00069005, properties(NAMED, WIDE_NAME)[:40])), "租約終止.txt"),
        ((BEGINS, DATA), "1"),
    ],
)
def test_attachments_are_what_they_are(attributes: tuple[bytes, ...], name: str) -> None:
    (document,) = read_all("winmail.dat", packed(*attributes))
    assert isinstance(document, Document)
    assert (document.id, document.text) == (f"winmail.dat!/{name}", TEXT)


def test_what_stands_among_the_properties_is_attached_too() -> None:
    kept = variable(0x102, 0x3701, TEXT.encode())
    (document,) = read_all("winmail.dat", packed(BEGINS, attribute(0x00069005, properties(WIDE_NAME, kept))))
    assert isinstance(document, Document) and (document.title, document.text) == (TEXT, TEXT)
    mail = variable(0xD, 0x3701, bytes(16) + packed(BEGINS, TITLE, DATA))
    (inside,) = read_all("winmail.dat", packed(BEGINS, attribute(0x00069005, properties(mail))))
    assert isinstance(inside, Document) and (inside.id, inside.text) == ("winmail.dat!/1!/租約終止.txt", TEXT)


def test_they_belong_to_the_mail_that_they_came_with() -> None:
    tnef = base64.encodebytes(packed(BEGINS, TITLE, DATA, BEGINS, attribute(0x0006800F, b"\0\1\2" * 99), BEGINS)).decode()
    mail = (
        "From: a@b\nTo: c@d\nSubject: =?utf-8?b?56ef57SE?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        "Content-Type: text/plain; charset=utf-8\n\n見附件\n--x\nContent-Type: application/ms-tnef; name=winmail.dat\n"
        f"Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=winmail.dat\n\n{tnef}--x--\n"
    )
    letter, attachment, binary = read_all("a.eml", mail)
    assert isinstance(letter, Document) and letter.text == "見附件"
    assert isinstance(attachment, Document) and (attachment.id, attachment.text) == ("a.eml!/winmail.dat!/租約終止.txt", TEXT)
    assert isinstance(binary, Skipped) and binary.reason == "binary"


@given(st.binary(max_size=200), st.integers(0, 300))
def test_whatever_it_holds_costs_nothing_else(noise: bytes, at: int) -> None:
    whole = packed(BEGINS, TITLE, DATA, attribute(0x00069005, properties(NAMED, WIDE_NAME)))
    data = (whole[:at] + noise + whole[at + len(noise) :]) if at > 3 else whole[: at + 4]
    assert all(isinstance(item, (Document, Skipped)) for item in read_all("winmail.dat", data))
    assert not any(isinstance(item, Skipped) and item.reason in ("timeout", "unreadable") for item in read_all("winmail.dat", data))

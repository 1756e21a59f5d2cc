"""What is known and not read is told with its remedy, and a command of the user may read it."""

from __future__ import annotations

import sys

import pytest

from tests.documents.pdfs import pdf
from tests.documents.reading import read_one, skipped

KNOWN = {
    "資料.7z": (b"7z\xbc\xaf\x27\x1c\0\4" + bytes(90), "pack it as ZIP"),
    "資料.rar": (b"Rar!\x1a\x07\1\0" + bytes(90), "pack it as ZIP"),
    "論文.caj": (b"CAJ\0" + bytes(90), "save it as PDF"),
    "論文.kdh": (b"KDH \0\0" + bytes(90), "save it as PDF"),
    "封存.pst": (b"!BDN" + bytes(90), "export them there"),
    "收件匣.dbx": (b"\xcf\xad\x12\xfe\xc5\xfd\x74\x6f" + bytes(90), "export them there"),
    "筆記.one": (bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3") + bytes(90), "export them there"),
    "論文.nh": (b"HN\0\0" + bytes(90), "save it as PDF"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_remedy_is_told_whatever_the_name(name: str) -> None:
    data, remedy = KNOWN[name]
    reason, detail = skipped(name, data)
    assert reason == "unsupported" and remedy in detail
    if not name.endswith(".nh"):  # two letters are no signature
        assert skipped("a.txt", data) == (reason, detail)


@pytest.mark.parametrize("name", KNOWN)
def test_a_command_reads_it(name: str) -> None:
    says = [sys.executable, "-c", "print('whatever it said')", "{file}"]
    assert read_one(name, KNOWN[name][0], converters={"." + name.rpartition(".")[2]: says}).text == "whatever it said"


@pytest.mark.parametrize("name", ["報告.pdf", "名冊.xlsx", "照片.txt", "a"])
def test_what_points_to_a_file_of_git_lfs_is_none(name: str) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:bd821a\nsize 12345\n"
    reason, detail = skipped(name, pointer, converters={".pdf": ["false"]})
    assert reason == "empty" and "git lfs pull" in detail
    assert read_one("a.txt", b"See version https://git-lfs.github.com/spec/v1\n").text.startswith("See")


def test_a_name_alone_is_no_kind() -> None:
    assert skipped("a.caj", b"\0\xff\x81\1\xfe" * 50)[0] == "binary"
    assert read_one("id.key", "-----BEGIN PUBLIC KEY-----\n").metadata["format"] == "text"


def test_an_article_of_cnki_that_is_a_pdf_is_read() -> None:
    assert read_one("論文.caj", pdf("肥料利用率現狀與提高途徑")).metadata["format"] == "pdf"

"""Man pages as a reader sees them."""

from __future__ import annotations

import gzip
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents.markup.troff import Troff
from tests.documents.reading import read_one, skipped

PAGE = """\
'\\" t
.\\" 註解
.TH TAR 1 "17 Aug 2021" "GNU" "使用者手冊"
.SH 名稱
tar \\- 檔案\\
管理程式
.SH 總覽
.B tar
.I <參數>
[\\fB\\-x\\fR]
.SH 描述
這是一句話，\\fI跨\\fP
行的。
.PP
見
.BR gzip (1),
「\\(lq引\\(rq」。
.TP
.BR \\-f ", " \\-\\-file =\\fI檔案\\fP
使用這個檔案。
.IP \\(bu 2
第一項
.nf
  a = 1
    b\\e
.fi
.TS
tab(@);
l l.
名@T{
多行
的格
T}
甲@乙
.TE
後
"""


def shown(markup: str) -> str:
    return read_one("a.man", f".TH A 1\n{markup}").text


def test_a_page_of_man() -> None:
    page = read_one("tar.1", PAGE)
    assert page.text == (
        "名稱\n\ntar - 檔案管理程式\n\n總覽\n\ntar <參數> [-x]\n\n描述\n\n這是一句話，跨行的。\n\n見 gzip(1), 「“引”」。\n\n"
        "-f, --file=檔案\n使用這個檔案。\n\n• 第一項\n\n  a = 1\n    b\\\n\n名\t多行的格\n甲\t乙\n\n後"
    )
    assert (page.title, page.date, page.metadata["format"]) == ("tar - 檔案管理程式", "2021-08-17", "man")
    assert (page.metadata["section"], page.metadata["manual"]) == ("1", "使用者手冊")
    assert [place.label for place in page.locations if place.kind == "heading"] == ["名稱", "總覽", "描述"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (".B 粗\n.RI ( 斜 )", "粗 (斜)"),
        ("甲\\c\n乙 丙", "甲乙 丙"),
        (".if t 紙\n.if n 幕\n.ie t 紙\n.el 幕\n.if !n \\{\\\n不見\n.\\}\n.if 'a'a' 同\n.if 'a'b' 異", "幕\n幕\n同".replace("\n", "")),
        ('.de AP\n.B "\\\\$1"\n的 \\\\$2\n..\n.AP 甲 "乙 丙"', "甲的 乙 丙"),
        (".ds X 幻\n\\*X 與 \\*(lq 引 \\*(rq", "幻 與 “ 引 ”"),
        (".ig\n不見\n..\n見", "見"),
        ("\\s-1小\\s0\\f[B]粗\\fP\\h'1m'\\(co\\[u4E2D]\\&。", "小粗©中。"),
        (".EQ\nx over y\n.EN\n後", "後"),
        ("'br\n.ta 1i\n.unknown 參數\n見", "見"),
        (".UR http://a.example\n這裡\n.UE .\n.UR http://b.example\n.UE .", "這裡. http://b.example."),
        (".SY cp\n.OP -r\n檔", "cp [-r] 檔"),
    ],
)
def test_requests(markup: str, text: str) -> None:
    assert shown(markup) == text


def test_the_line_of_a_paragraph_is_that_of_the_file() -> None:
    page = read_one("a.man", '.TH A 1\n.SH 一\n.PP\n甲\n.PP\n.\\" 註\n.PP\n乙')
    lines = {page.text[place.start]: place.label for place in page.locations if place.kind == "line"}
    assert lines["乙"] == "8"


def test_packed_pages_are_told_by_their_content_and_logs_are_not() -> None:
    assert read_one("tar.1.gz", gzip.compress(PAGE.encode("gb18030"))).metadata["format"] == "man"
    assert read_one("messages.1", ".TH 不在行首\n字").metadata["format"] == "man"
    assert read_one("messages.1", "8 月 17 日\n.TH 是請求\n").metadata["format"] == "text"


def test_a_page_that_stands_for_another() -> None:
    assert skipped("a.1", ".so man1/b.1\n") == ("empty", "it only says to read man1/b.1")


def test_a_bomb_of_macros_and_strings_stays_small() -> None:
    calls = "".join(f".de M{n}\n.M{n + 1}\n.M{n + 1}\n..\n" for n in range(60))
    strings = ".ds S 字\n" + ".as S \\*S\\*S\n" * 60 + "\\*S\n"
    assert len(shown(f"{calls}{strings}.M0\n.de L\n.L\n.L\n..\n.L\n後")) < 300


@given(st.text(st.sampled_from("\\.'\"()[]{}*nfsABdeiTHSPB字 \n\t$1")))
def test_nothing_breaks_it(markup: str) -> None:
    troff = Troff(markup)
    assert all(isinstance(troff.shown(line.rest), str) for line in troff.lines())
    read_one("a.man", f".TH A 1\n字\n{markup}")


@pytest.mark.skipif(shutil.which("groff") is None, reason="compared with groff where it is installed")
def test_it_shows_what_groff_shows() -> None:
    printed = subprocess.run(
        ["groff", "-K", "utf8", "-t", "-man", "-Tutf8", "-P-cbou"], input=PAGE.encode(), capture_output=True, check=True
    ).stdout.decode()
    written = "".join(filter(str.isalnum, printed))
    words = read_one("a.man", PAGE).text.split()
    assert [word for word in words if "".join(filter(str.isalnum, word)) not in written] == []

r"""Rich Text in the code pages of Chinese systems: \'xx with and without ASCII second bytes, \u with its fallback."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents.rtf.text import rtf_page
from tests.documents.reading import read_one, skipped
from tests.patience import no_hang

FONTS = (
    r"{\fonttbl{\f0\fnil Arial;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset136 PMingLiU{\*\falt x};}{\f3\fcharset2 Wingdings;}}"
)
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 Anything;}{\s5 heading 2;}{\*\cs3 Other;}}"


def rtf(body: str, *, start: str = r"\rtf1\ansi\ansicpg936\deff0", head: str = FONTS + STYLES) -> bytes:
    return ("{" + start + (head or " ") + body + "}").encode("latin-1")


def escaped(text: str, encoding: str) -> str:
    r"""Bytes beyond ASCII as \'xx; an ASCII second byte stays a letter."""
    return "".join(_escaped(byte) for byte in text.encode(encoding))


def _escaped(byte: int) -> str:
    if byte >= 0x80:
        return f"\\'{byte:02x}"
    return f"\\{chr(byte)}" if chr(byte) in "\\{}" else chr(byte)


def text_of(body: str, **how: str) -> str:
    return rtf_page(rtf(body, **how))[0].text


def test_the_whole_of_a_document() -> None:
    about = (
        r"{\info{\title "
        + escaped("年度报告", "gbk")
        + r"}{\author "
        + escaped("张三", "gbk")
        + r"}{\creatim\yr2021\mo8\dy17\hr9\min5}{\*\company X}}"
    )
    body = (
        about
        + r"\pard\s1\f1 "
        + escaped("第一章", "gbk")
        + r"\par\pard\plain\f1 "
        + escaped("北京大学", "gbk")
        + r"\par\f2 "
        + escaped("功許", "cp950")
    )
    document = read_one("a.rtf", rtf(body))
    assert (document.title, document.text, document.date) == ("年度报告", "第一章\n\n北京大学\n\n功許", "2021-08-17T09:05:00")
    assert (document.metadata["author"], document.metadata["format"]) == ("张三", "rtf")
    assert [(place.start, place.kind, place.label) for place in document.locations] == [(0, "heading", "第一章")]
    assert read_one("a.txt", rtf(body)).metadata["format"] == "rtf"


def test_what_the_program_says_counts_less_than_the_author() -> None:
    said = r"{\info{\title Microsoft Word - Document1}{\creatim\yr2021\mo8\dy17\hr9\min5}}"
    document = read_one("2020-01-02 纪要.rtf", rtf(said + escaped("会议纪要", "gbk") + r"\par"))
    assert (document.title, document.date) == ("会议纪要", "2020-01-02")
    assert read_one("a.rtf", rtf(r"{\info{\creatim\yr0\mo0\dy0}}" + escaped("文", "gbk"))).date is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\uc1\u20013?\u25991?", "中文"),
        (r"\uc2\u20013\'d6\'d0\u25991\'ce\'c4!", "中文!"),
        (r"\uc0\u20013\u25991 x", "中文x"),
        (r"\uc1\u-10179 ?\u-8704 ?", "😀"),
        (r"{\uc2\u20013 ab}\u25991 ?", "中文"),
        (r"\u20013?\~a\-\u25991?", "中 a文"),
        (r"a\emdash b\tab c\line d", "a—b c\nd"),
        (r"\f1 \'d6\'d0\f0 {\f2 \'a4\'a4}", "中中"),
        (r"\dbch\af1\loch\f0 \'d6\'d0", "中"),
        (r"\loch\f0\hich\f0\dbch\f2 \'a4\'a4", "中"),
        (r"{\pict\wmetafile8 d6d0}x{\*\unknown y}{\field{\*\fldinst HYPERLINK}{\fldrslt z}}", "xz"),
        (r"a{\footnote \f1 \'d7\'a2}b\par c", "ab\n\nc\n\n注"),
        (r"a{\v hidden}b{\deleted gone}c\v0 d", "abcd"),
        (r"{\header top}a{\footer bottom}", "a"),
        (r"{\listtext\f3\'b7\tab}a", "• a"),
        (r"{\shp{\*\shpinst{\sp{\sn w}{\sv 1}}{\shptxt a}}}", "a"),
        (r"\bin3 }}}a", "a"),
        ("a\\\nb", "a\n\nb"),
        (r"a\u7 ?\u0 ?b", "ab"),
        (r"\\ \{x\}", r"\ {x}"),
        (r"{\list{\listlevel{\leveltext \'02\'00.}}{\listname L1;}}a", "a"),
        (r"a\cell b\cell ", "a\tb"),
    ],
)
def test_what_is_printed(body: str, text: str) -> None:
    assert text_of(body) == text


def test_what_stands_behind_the_end_is_none_of_it() -> None:
    assert rtf_page(rtf("a") + b"\0\x118$DM")[0].text == "a"
    assert rtf_page(rtf(r"a}{\b b"))[0].text == "ab", "also with a brace too many"


def test_braces_behind_the_end_do_not_cost_the_square_of_them() -> None:
    with no_hang():
        assert rtf_page(rtf("a") + b"{}" * 1_500_000 + b"{\\b b}")[0].text == "ab"


def test_utf8_against_the_rules() -> None:
    written = "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 宋体;}}\\f0 中文·é \\u25991?a}"
    assert rtf_page(written.encode())[0].text == "中文·é 文a"


@pytest.mark.parametrize("fonts", [r"\hich\af0\dbch\af1\loch\f0 x\loch\af0\hich\af0\dbch\f1 ", r"\rtlch\fcs1 \af0 \ltrch\fcs0 x\f1 "])
def test_runs_as_word_writes_them(fonts: str) -> None:
    assert text_of(r"{" + fonts + r"\'d6\'d0}{\f0 y\par }") == "x中y"


def test_a_table() -> None:
    row = r"\trowd\cellx1\cellx2 \pard\intbl {}\cell \pard\intbl {}\cell \row"
    table = "".join(row.replace("{}", "%s") % cells for cells in (("a", "b"), ("c", "d")))
    assert text_of(r"x\par " + table + r"\pard y\par") == "x\n\na\tb\nc\td\n\ny"


def test_headings_by_the_name_of_their_style() -> None:
    page = rtf_page(rtf(r"x\par\pard\s5 y\par\pard z\par\pard\outlinelevel1 w\par"))[0]
    assert [place.label for place in page.locations] == ["y", "w"]


@pytest.mark.parametrize(
    ("start", "encoding"),
    [(r"\rtf1\ansi", "gbk"), (r"\rtf1\ansi\ansicpg1252", "big5"), (r"\rtf1\ansi\ansicpg950", "big5"), (r"\rtf1", "gbk")],
)
def test_code_pages_that_are_told_or_not(start: str, encoding: str) -> None:
    text = "我們今天在這裡討論的是中國的語言和文字，許多人都以為沒有什麼問題。"
    assert text_of(escaped(text, encoding), start=start, head="") == text


@given(st.text(st.sampled_from("許功蓋育中文題ab1，。"), min_size=1, max_size=30), st.sampled_from([("gb18030", "936"), ("cp950", "950")]))
def test_what_was_written_is_read(text: str, encoding: tuple[str, str]) -> None:
    codec, number = encoding
    assert text_of(escaped(text, codec), start=rf"\rtf1\ansi\ansicpg{number}", head="") == text


@given(
    st.lists(
        st.sampled_from(
            ["{", "}", "\\", "'", "a4", "\\u", "\\par ", "\\*", "\\cell", "\\intbl", "\\f1", "x", "\\bin9", "-1", "\\info", "\\title"]
        ),
        max_size=60,
    ).map("".join)
)
def test_nothing_breaks_it(body: str) -> None:
    rtf_page(b"{\\rtf1" + body.encode())


def test_hostile_files() -> None:
    with no_hang():
        assert skipped("a.rtf", b"{\\rtf1" + b"{" * 100_000) == ("damaged", "its groups are nested deeper than 10,000")
        for body in (
            b"\\'d6" * 200_000,
            b"{}" * 200_000,
            b"\\u1 " * 200_000,
            b"\\" * 400_000,
            b"\\cell" * 100_000,
            b"{\\title " * 5000,
            b"\\bin99999999 x",
        ):
            rtf_page(b"{\\rtf1" + body)

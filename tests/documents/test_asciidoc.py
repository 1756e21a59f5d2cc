"""AsciiDoc as a reader sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.reading import read_one
from tests.patience import no_hang

DOCUMENT = """\
// 註解
= 使用手冊
張三 <zhang@example.org>
v1.0, 2021-08-17: 初版
:toc:
:product: 軟體

== 安裝

.小標
[source,python]
----
print("*中*")
----

{product}的**粗**字，跨
行的link:x.html[句子]。footnote:[註]

* 甲
** 乙
. 丙
. 丁

NOTE: 小心

|===
| 名 | 數

| 甲
| 1
2+| 乙
|===

image::a.png[一張圖,200]

////
藏
////

詞:: 解釋
"""


def shown(markup: str) -> str:
    return read_one("a.adoc", markup).text


def test_a_document() -> None:
    document = read_one("a.adoc", DOCUMENT)
    assert document.text == (
        '使用手冊\n\n安裝\n\n小標\n\nprint("*中*")\n\n軟體的粗字，跨行的句子。\n\n• 甲\n  • 乙\n1. 丙\n2. 丁\n\nNOTE: 小心\n\n'
        "名\t數\n甲\n1\n乙\n\n一張圖\n\n詞\n解釋\n\n註"
    )
    assert (document.title, document.date, document.metadata["author"]) == ("使用手冊", "2021-08-17", "張三")
    assert [place.label for place in document.locations if place.kind == "heading"] == ["使用手冊", "安裝"]
    install = document.text.index("安裝\n")
    assert next(place.label for place in document.locations if place.kind == "line" and place.start == install) == "8"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("甲**乙**丙 `*丁*` _戊_ #己# snake_case_name 2*3*4", "甲乙丙 *丁* 戊 己 snake_case_name 2*3*4"),
        ("見 https://example.org[這裡] 和 https://example.org 和 <<安裝,那裡>>", "見 這裡 和 https://example.org 和 那裡"),
        ("xref:a.adoc#b[甲] ((乙))(((丙)))kbd:[F1] menu:檔案[開啟]", "甲 乙F1 檔案 開啟"),
        ("標題\n----\n\n文", "標題\n\n文"),
        ("第一章\n======\n\n文", "第一章\n\n文"),
        ("甲 +\n乙\n丙", "甲\n乙丙"),
        ("....\n a  b\n....", " a  b"),
        ("====\n例\n====\n\n****\n旁\n****", "例\n\n旁"),
        ("++++\n<b>\n++++\n\n甲", "甲"),
        ("- [x] 甲\n- 乙\n+\n丙", "• 甲\n• 乙丙"),
        ("[[a]]\n[quote]\n____\n引\n____", "引"),
        ("H~2~O 和 x^2^", "H2O 和 x2"),
        ("{無此}", "{無此}"),
        ("include::a[]\nifdef::b[]\n甲\nendif::[]", "甲"),
        ("```python\nx = 1\n```\n後", "x = 1\n\n後"),
        ("--------\n沒有結束", "沒有結束"),
        ("image:a.png[圖]字", "圖字"),
        ("|===\n|s |甲 2+|乙\n三 |丙\na|丁\n|===\n後", "s\t甲\t乙三\n丙\n丁\n\n後"),
    ],
)
def test_what_a_reader_sees(markup: str, text: str) -> None:
    assert shown(markup) == text


def test_it_may_be_called_asc_as_what_is_signed_is() -> None:
    assert read_one("a.asc", "[[_甲]]\n=== 乙\n\n丙\n").text == "乙\n\n丙"
    signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n內容\n"
    assert "內容" in read_one("a.asc", signed).text


MARKS = [
    "*",
    "**",
    "_",
    "`",
    "+",
    "\n",
    "\n\n",
    "= ",
    "====\n",
    "----\n",
    "|",
    "|===\n",
    "甲",
    "[a]",
    "((",
    "<<a",
    "link:a[",
    "::",
    "* ",
    ". ",
    "{a}",
    "^a",
]


@given(st.lists(st.sampled_from(MARKS)).map("".join))
def test_nothing_breaks_it(markup: str) -> None:
    read_one("a.adoc", "字\n\n" + markup)


@pytest.mark.parametrize("markup", [*MARKS, "*a ", "_a", "**a", "footnote:[a", "a::", "http://", "a\n----\n", ". . ", "| a ", "a a "])
def test_hostile_markup_takes_linear_time(markup: str) -> None:
    with no_hang():
        read_one("a.adoc", "字\n\n" + markup * (200_000 // len(markup)))


def test_a_date_alone_is_the_revision() -> None:
    assert read_one("a.adoc", "= 題\n王大明\n2021-08-17\n\n文").date == "2021-08-17"
    assert read_one("a.adoc", "= 題\n王大明\nv1.0, 2021-08-17: 初版\n\n文").date == "2021-08-17"
    assert read_one("a.adoc", "= 題\n王大明\n1.0, 2021-08-17\n\n文").text == "題\n\n文"

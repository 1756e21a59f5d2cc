"""Documents in OpenDocument become what a reader sees."""

from __future__ import annotations

import pytest

from searcher.documents import Document, ReadOptions, Refused, Source, detect
from searcher.documents.office.opendocument import read_opendocument
from tests.documents.packing import packed

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = ("office", "text", "table", "style", "meta", "presentation", "manifest")
SPACES = " ".join(f'xmlns:{name}="{_URN}:{name}:1.0"' for name in _NAMES) + (
    f' xmlns:draw="{_URN}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
MIMETYPE = "application/vnd.oasis.opendocument."


def opendocument(kind: str, body: str, *, meta: str = "", mimetype: str | None = None, **parts: str) -> bytes:
    """A package; `kind` is the element in the body."""
    declared = mimetype or MIMETYPE + ("graphics" if kind == "drawing" else kind)
    content = (
        f"<office:document-content {SPACES}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    about = f"<office:document-meta {SPACES}><office:meta>{meta}</office:meta></office:document-meta>"
    return packed({"mimetype": declared, "content.xml": content, "meta.xml": about, **parts}, method=0)


def read(name: str, data: bytes, **options: int) -> Document:
    """The one document, read in this process."""
    (document,) = read_opendocument(Source.of_bytes(name, data), ReadOptions(**options))
    return document


NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>註</text:p></text:note-body></text:note>"
)
DELETED = (
    "<text:tracked-changes><text:changed-region><text:deletion>"
    "<text:p>刪</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(f'<table:table-cell>{cell}</table:table-cell>' for cell in cells)}</table:table-row>"


def table(*rows: str, name: str = "a") -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


TEXTS = [
    ("<text:p>一<text:span>段</text:span></text:p><text:p>二 <text:s text:c='900000000'/>段</text:p>", "一段\n\n二 段"),
    ("<text:p>甲<text:line-break/>乙<text:tab/>丙</text:p>", "甲\n乙 丙"),
    ("<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>ㄏㄢˋ</text:ruby-text></text:ruby>字</text:p>", "漢字"),
    (
        f"{DELETED}<text:p>留<office:annotation><dc:creator>張三</dc:creator><dc:date>2021</dc:date><text:p>批</text:p><text:p>註</text:p>"
        "</office:annotation>下<text:date>八月</text:date></text:p>",
        "留下八月\n\n張三: 批\n\n註",
    ),
    (f"<text:p>正文{NOTE}續</text:p><text:p>後</text:p>", "正文續\n\n後\n\n註"),
    ("<text:p>前<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>後</text:p>", "框\n\n前後"),
    (
        "<text:p>前</text:p><text:list><text:list-item><text:p>甲</text:p><text:list><text:list-item><text:p>乙</text:p></text:list-item>"
        "</text:list></text:list-item></text:list><text:p>後</text:p>",
        "前\n\n甲\n乙\n\n後",
    ),
    (
        f"<text:p>前</text:p>{table(row('<text:p>甲</text:p>', '<text:p>乙</text:p>'), row('<text:p>丙</text:p>', ''))}<text:p>後</text:p>",
        "前\n\n甲\t乙\n丙\n\n後",
    ),
    ("<text:p>外\n<text:a>連結</text:a>&lt;</text:p>", "外 連結<"),
]


@pytest.mark.parametrize(("body", "text"), TEXTS)
def test_what_a_reader_of_odt_sees(body: str, text: str) -> None:
    assert read("a.odt", opendocument("text", body)).text == text


META = (
    "<dc:title>題名</dc:title><meta:initial-creator>張三</meta:initial-creator><dc:creator>李四</dc:creator><dc:date>2021-08-17</dc:date>"
)


def test_headings_and_properties() -> None:
    body = '<text:h text:outline-level="1">章</text:h><text:p>第三條 文</text:p><text:h text:outline-level="2">節</text:h>'
    document = read("a.odt", opendocument("text", body, meta=META))
    assert [(place.start, place.kind, place.label) for place in document.locations] == [
        (0, "heading", "章"),
        (3, "article", "第三條"),
        (10, "heading", "節"),
    ]
    assert (document.title, document.date) == ("題名", "2021-08-17")
    assert document.metadata == {"format": "odt", "author": "張三"}


def test_the_title_is_the_paragraph_in_that_style() -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    body = f'{styles}<text:p>前</text:p><text:p text:style-name="P1">題</text:p><text:h>章</text:h>'
    assert read("a.odt", opendocument("text", body, meta=META)).title == "題"


def frame(text: str, kind: str) -> str:
    return f'<draw:frame presentation:class="{kind}"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>'


def test_slides() -> None:
    first = frame("題", "title") + frame("甲</text:p><text:p>乙", "outline") + frame("1", "page-number")
    notes = f"<presentation:notes>{frame('記', 'notes')}</presentation:notes>"
    body = f"<draw:page>{first}{notes}</draw:page><draw:page>{frame('末', 'outline')}</draw:page>"
    document = read("a.odp", opendocument("presentation", body))
    assert document.text == "題\n\n甲\n乙\n\n記\n\n末"
    assert [(place.start, place.kind, place.label) for place in document.locations] == [
        (0, "slide", "1"),
        (0, "heading", "題"),
        (11, "slide", "2"),
    ]
    assert (document.title, document.metadata["format"]) == ("題", "odp")


def test_sheets() -> None:
    repeated = '<table:table-cell table:number-columns-repeated="16384"><text:p>丙</text:p></table:table-cell>'
    rows = (
        row("<text:p>甲</text:p><text:p>行</text:p>", "", "<text:p>2021年<text:s/>8月</text:p>"),
        f"<table:table-row>{repeated}</table:table-row>",
    )
    document = read("名冊.ods", opendocument("spreadsheet", table(*rows, name="Sheet1") + table(row("<text:p>1</text:p>"), name="預算")))
    assert document.text == "甲 行\t2021年 8月\n丙\n\n預算\n1"
    assert [(place.start, place.kind, place.label) for place in document.locations] == [(0, "sheet", "Sheet1"), (16, "sheet", "預算")]
    assert (document.title, document.metadata["format"]) == ("名冊", "ods")


@pytest.mark.parametrize(
    ("name", "kind", "format"),
    [("a.odt", "text", "odt"), ("a", "spreadsheet", "ods"), ("a.zip", "presentation", "odp"), ("a.odt", "drawing", "odg")],
)
def test_they_are_known_by_their_content(name: str, kind: str, format: str) -> None:
    detected = detect(Source.of_bytes(name, opendocument(kind, "")))
    assert detected is not None
    assert detected.name == ("zip" if name == "a.zip" else format)


PARAGRAPH = "<text:p>文</text:p>"


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (
            opendocument("text", PARAGRAPH, **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            "encrypted",
            "protected by a password: save it without one",
        ),
        (packed({"mimetype": MIMETYPE + "text"}), "damaged", "no content in it"),
        (packed({"content.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "damaged", "its XML has a document type"),
        (opendocument("text", "<text:p>" * 6000), "damaged", "its XML is nested deeper than 5,000 elements"),
        (opendocument("chart", ""), "unsupported", "neither a text nor"),
        (packed({"content.xml": " " * (17 << 20)}), "too-large", "unpacks to more than"),
    ],
    ids=["encrypted", "empty", "entities", "depth", "other", "bomb"],
)
def test_hostile_ones(data: bytes, reason: str, detail: str) -> None:
    with pytest.raises(Refused) as caught:
        read("a.odt", data)
    assert caught.value.reason == reason
    assert caught.value.detail.startswith(detail)


def test_what_is_printed_at_the_edges_of_pages_comes_last_and_once() -> None:
    header = "<style:header><text:p>頁眉 <text:page-number>1</text:page-number></text:p><text:p>7</text:p></style:header>"
    pages = f"<style:master-page>{header}<style:footer><text:p>頁腳</text:p></style:footer></style:master-page>" * 2
    styles = f"<office:document-styles {SPACES}><office:master-styles>{pages}</office:master-styles></office:document-styles>"
    assert read("a.odt", opendocument("text", "<text:p>正文</text:p>", **{"styles.xml": styles})).text == "正文\n\n頁眉\n\n頁腳"

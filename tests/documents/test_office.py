"""Documents of office programs become what a reader sees."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from searcher.documents import Document, ReadOptions, Refused, Source, detect
from searcher.documents.office.numbering import in_format
from searcher.documents.office.openxml import read_office
from tests.documents.compounds import compound
from tests.documents.packing import R, W, docx, office, packed, pptx, relations, xlsx
from tests.documents.reading import skipped
from tests.patience import no_hang


def read(name: str, data: bytes, **options: int) -> Document:
    """The one document, read in this process."""
    (document,) = read_office(Source.of_bytes(name, data), ReadOptions(**options))
    return document


def refused(name: str, data: bytes, **options: int) -> tuple[str, str]:
    """Why there is none."""
    with pytest.raises(Refused) as caught:
        read(name, data, **options)
    return caught.value.reason, caught.value.detail


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


RUBY = "<w:r><w:ruby><w:rt><w:r><w:t>ㄏㄢˋ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>"
BOX = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
TABLE = "<w:tbl>{}</w:tbl>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{paragraph(run(cell))}</w:tc>' for cell in cells)}</w:tr>"


WORDS = [
    (paragraph(run("一"), run("段")) + paragraph(run("二 段")), "一段\n\n二 段"),
    (paragraph(run("甲"), "<w:r><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>"), "甲\n乙 丙"),
    (paragraph('<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>', run("甲")), "甲"),
    (paragraph(RUBY, run("字")), "漢字"),
    (paragraph(run("留"), "<w:del><w:r><w:delText>刪</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"), "留增"),
    (paragraph(run("留"), "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"), "留"),
    (paragraph(run("顯"), run("隱", "<w:vanish/>"), run("現", '<w:vanish w:val="0"/>')), "顯現"),
    (paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("文")), "文"),
    (paragraph(run("前"), BOX, run("後")), "框\n\n前後"),
    (
        paragraph(run("前")) + TABLE.format(row("甲", "乙") + row("", "丁") + row("戊", "")) + paragraph(run("後")),
        "前\n\n甲\t乙\n丁\n戊\n\n後",
    ),
    (TABLE.format(f"<w:tr><w:tc>{paragraph(run('一'))}{paragraph(run('二'))}</w:tc></w:tr>" + row("三")), "一\n\n二\n\n三"),
    (paragraph("<w:sdt><w:sdtContent>", run("控"), "</w:sdtContent></w:sdt>"), "控"),
]


@pytest.mark.parametrize(("body", "text"), WORDS)
def test_what_a_reader_of_docx_sees(body: str, text: str) -> None:
    assert read("a.docx", docx(body)).text == text


STYLES = (
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="a"><w:name w:val="章"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:styleId="b"><w:name w:val="節"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="t"><w:name w:val="Title"/></w:style><w:style w:styleId="c"><w:name w:val="圓"/><w:basedOn w:val="c"/></w:style>'
)


def test_headings_of_docx_are_places_whatever_their_styles_are_called() -> None:
    body = "".join(
        paragraph(run(text), style=style) for text, style in (("文", "c"), ("一", "1"), ("二", "a"), ("三", "b"), ("第三條 文", ""))
    )
    document = read("a.docx", docx(body, styles=STYLES))
    assert [(document.text[place.start :][:1], place.kind, place.label) for place in document.locations] == [
        ("一", "heading", "一"),
        ("二", "heading", "二"),
        ("三", "heading", "三"),
        ("第", "article", "第三條"),
    ]


def numbered(text: str, number: int, depth: int = 0, style: str = "") -> str:
    kind = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{kind}<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}</w:p>'


def level(depth: int, format: str, text: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "taiwaneseCountingThousand", "第%1條")}{level(1, "decimal", "%1.%2")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "")}{level(1, "ideographTraditional", "%2、")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "upperRoman", "%1.")}{level(1, "decimalZero", "%1.%2")[:-8]}<w:isLgl/></w:lvl>'
    f'{level(2, "decimal", "%1.%2.%3")[:-8]}<w:isLgl w:val="0"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)

NUMBERED = [
    (numbered("甲", 1) + numbered("乙", 1) + paragraph(run("段")) + numbered("丙", 1), "第一條 甲\n第二條 乙\n\n段\n\n第三條 丙"),
    (numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1) + numbered("丁", 1, 1), "第一條 甲\n一.1 乙\n第二條 丙\n二.1 丁"),
    (numbered("甲", 1) + numbered("乙", 3) + numbered("丙", 3), "第一條 甲\n第九條 乙\n第十條 丙"),
    (numbered("甲", 4) + numbered("乙", 4, 1) + numbered("丙", 4, 2), "I. 甲\n1.01 乙\nI.01.1 丙"),
    (numbered("甲", 1) + numbered("乙", 1) + numbered("丙", 5, 1) + numbered("丁", 5), "第一條 甲\n第二條 乙\n二.7 丙\n第一條 丁"),
    (numbered("甲", 2) + numbered("乙", 2, 1) + numbered("丙", 2, 1), "• 甲\n甲、乙\n乙、丙"),
    (numbered("甲", 1) + numbered("", 1) + numbered("丙", 1), "第一條 甲\n第三條 丙"),
    (numbered("甲", 0) + numbered("乙", 7) + numbered("丙", 1, 8), "甲\n\n乙\n\n丙"),
    (numbered("總則", 1, style="1") + paragraph(run("文")), "第一條 總則\n\n文"),
]


@pytest.mark.parametrize(("body", "text"), NUMBERED)
def test_numbers_of_paragraphs_are_text(body: str, text: str) -> None:
    assert read("a.docx", docx(body, numbering=NUMBERING, styles=STYLES)).text == text


@pytest.mark.parametrize(
    ("first", "heading", "title"),
    [
        ("公寓大廈管理條例", "第一章 總則", "公寓大廈管理條例"),
        ("年度報告", "1. 緣起", "年度報告"),
        ("年度報告", "一、緣起", "年度報告"),
        ("製表：王小明", "年度報告", "年度報告"),
        ("公寓大廈管理條例", "摘 要", "公寓大廈管理條例"),
        ("公寓大廈管理條例", "ABSTRACT", "公寓大廈管理條例"),
        ("公寓大廈管理條例", "1.绪论", "公寓大廈管理條例"),
        ("公寓大廈管理條例", "一 導言", "公寓大廈管理條例"),
        ("公寓大廈管理條例", "分類號", "公寓大廈管理條例"),
        ("公寓大廈管理條例", "本條例依法制定。以下從略", "公寓大廈管理條例"),
        ("公寓大廈管理條例", "緒論之外", "緒論之外"),
        ("", "第一章 總則", "第一章 總則"),
        ("製表：王小明", "2021年度報告", "2021年度報告"),
        ("製表：王小明", "5 月報告", "5 月報告"),
    ],
)
def test_a_heading_of_a_part_is_no_title_of_what_stands_before_it(first: str, heading: str, title: str) -> None:
    body = (paragraph(run(first)) if first else "") + paragraph(run(heading), style="1") + paragraph(run("文"))
    assert read("a.docx", docx(body, styles=STYLES)).title == title


@pytest.mark.parametrize(
    ("number", "format", "written"),
    [
        (12, "chineseCounting", "十二"),
        (12, "taiwaneseDigital", "一二"),
        (3, "ideographZodiac", "寅"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedCircle", "②"),
        (10, "ideographLegalTraditional", "拾"),
        (28, "lowerLetter", "bb"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "decimalZero", "07"),
        (10, "decimalFullWidth", "１０"),
        (5, "ordinal", "5"),
        (0, "chineseCounting", "0"),
    ],
)
def test_formats_of_numbers(number: int, format: str, written: str) -> None:
    assert in_format(number, format) == written


def test_footnotes_come_last() -> None:
    notes = f'<w:footnote w:id="1">{paragraph(run("註文"))}</w:footnote>'
    assert (
        read("a.docx", docx(paragraph(run("正文"), '<w:r><w:footnoteReference w:id="1"/></w:r>'), footnotes=notes)).text == "正文\n\n註文"
    )


CORE = (
    "<dc:title>題名</dc:title><dc:creator>張三</dc:creator><cp:keywords>鍵</cp:keywords>"
    "<dcterms:created>2021-08-17T01:02:03Z</dcterms:created>"
)


def test_headers_and_footers_come_last_and_once_then_comments() -> None:
    header = paragraph(run("保密")) + paragraph(run("12"))
    comment = f'<w:comment w:author="張三">{paragraph(run("要改"))}{paragraph(run("再看"))}</w:comment>'
    data = docx(paragraph(run("正文")), header=header, footer=header + paragraph(run("第 1 頁")), comments=comment)
    assert read("a.docx", data).text == "正文\n\n保密\n\n第 1 頁\n\n張三: 要改\n\n再看"


def test_properties() -> None:
    document = read("a.docx", docx(paragraph(run("文")), core=CORE))
    assert (document.title, document.date) == ("題名", "2021-08-17T01:02:03+00:00")
    assert document.metadata == {"format": "docx", "author": "張三", "keywords": "鍵"}


def test_what_templates_say_is_not_believed() -> None:
    core = "<dc:creator>python-docx</dc:creator><dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    document = read("a.docx", docx(paragraph(run("文")), core=core))
    assert (document.date, document.metadata) == (None, {"format": "docx"})


@pytest.mark.parametrize(
    ("core", "body", "title"),
    [
        ("<dc:title>題名</dc:title>", paragraph(run("大題"), style="t"), "大題"),
        ("<dc:title>PowerPoint 簡報</dc:title>", paragraph(run("首行")), "首行"),
        ("", paragraph(run("首行")) + paragraph(run("本條例。以下從略"), style="t"), "首行"),
        ("<dc:title>Microsoft Word - 文件1</dc:title>", paragraph(run("標"), style="1"), "標"),
        ("", "<w:p/>" + paragraph(run("首行")), "首行"),
    ],
)
def test_titles_of_docx(core: str, body: str, title: str) -> None:
    assert read("a.docx", docx(body, styles=STYLES, core=core)).title == title


def shape(text: str, placeholder: str = "body") -> str:
    paragraphs = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{placeholder}"/></p:nvPr></p:nvSpPr><p:txBody>{paragraphs}</p:txBody></p:sp>'


def test_slides_are_places_and_have_notes() -> None:
    cells = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>" for cell in "丙丁")
    data = pptx(
        shape("題", "ctrTitle") + shape("副\n題"),
        shape("2", "sldNum") + f"<p:graphicFrame><a:tbl><a:tr>{cells}</a:tr><a:tr>{cells}</a:tr></a:tbl></p:graphicFrame>",
        notes={1: shape("記"), 2: shape("頁首", "hdr")},
    )
    document = read("a.pptx", data)
    assert document.text == "題\n\n副\n題\n\n記\n\n丙\t丁\n丙\t丁"
    assert [(place.start, place.kind, place.label) for place in document.locations] == [
        (0, "slide", "1"),
        (0, "heading", "題"),
        (11, "slide", "2"),
    ]
    assert (document.title, document.metadata["format"]) == ("題", "pptx")


CELLS = [
    ('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c></row>', "甲\t乙丙"),
    ('<row><c t="inlineStr"><is><t>行</t><r><t>內</t></r></is></c></row>', "行內"),
    ("<row><c><v>0.30000000000000004</v></c><c><v>1.50</v></c><c><v>12</v></c></row>", "0.3\t1.50\t12"),
    ('<row><c s="1"><v>44425</v></c><c s="2"><v>44425.5</v></c><c s="3"><v>44425</v></c></row>', "2021-08-17\t2021-08-17 12:00\t44425"),
    ('<row><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>式</v></c><c t="e"><v>#N/A</v></c></row>', "TRUE\t式\t#N/A"),
    ('<row><c t="str"><v>甲_x000D_乙_x005F_x</v></c><c t="inlineStr"><is><t>_x0041_</t></is></c></row>', "甲 乙_x\tA"),
    ("<row><c><v>13.0</v></c><c><v>100.0000000000000001</v></c><c><v>-0.5</v></c></row>", "13\t100\t-0.5"),
    ('<row><c t="str"><v>=DISPIMG("ID_343DFC770DE840EF",1)</v></c><c><v>7</v></c></row>', "7"),
    ("<row><c/></row><row/><row><c><v>3</v></c></row>", "3"),
    ('<row><c t="inlineStr"><is><t>上\n下</t><rPh><t>フリ</t></rPh></is></c></row>', "上 下"),
]
STRINGS = "<si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>フリ</t></rPh></si>"
NUMBER_STYLES = (
    '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m/d h:mm"/>'
    '<numFmt numFmtId="177" formatCode="[Red]0&quot;day&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs>'
)


@pytest.mark.parametrize(("rows", "text"), CELLS)
def test_cells(rows: str, text: str) -> None:
    assert read("a.xlsx", xlsx({"Sheet1": rows}, strings=STRINGS, styles=NUMBER_STYLES)).text == text


def test_dates_from_1904() -> None:
    rows = '<row><c s="1"><v>42963</v></c></row>'
    assert read("a.xlsx", xlsx({"a": rows}, styles=NUMBER_STYLES, workbook='<workbookPr date1904="1"/>')).text == "a\n2021-08-17"


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """The same package with more parts."""
    file = BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


COMMENT = "<comments><commentList><comment><text><r><t>批</t></r><r><t>註</t></r></text></comment></commentList></comments>"
THREAD = "<c><threadedComment><text>問</text></threadedComment><threadedComment><text>答</text></threadedComment></c>"
DRAWING = "<d><p><r><t>文字</t></r><r><t>方塊</t></r></p></d>"


@pytest.mark.parametrize(
    ("beside", "text"),
    [
        ({"comments": COMMENT, "drawing": DRAWING}, "批註\n文字方塊"),
        ({"comments": COMMENT, "threadedComment": THREAD}, "問\n答"),  # programs that know no threads get them as comments, too
    ],
)
def test_what_is_written_beside_cells_follows_them(beside: Mapping[str, str], text: str) -> None:
    links = relations(*((kind, kind, f"../{kind}.xml") for kind in beside))
    parts = {"xl/worksheets/_rels/sheet1.xml.rels": links, **{f"xl/{kind}.xml": content for kind, content in beside.items()}}
    data = with_parts(xlsx({"Sheet1": '<row><c t="inlineStr"><is><t>格</t></is></c></row>'}), parts)
    assert read("a.xlsx", data).text == f"格\n{text}"


_OLD = '<l><cm authorId="1"><pos x="1"/><text>再查</text></cm><cm authorId="7"><text>已查</text></cm></l>'
_NEW = (
    '<l><cm authorId="{1}"><replyLst><reply authorId="{2}"><txBody><p><r><t>已查</t></r></p></txBody></reply></replyLst>'
    "<txBody><p><r><t>再</t></r><r><t>查</t></r></p><p><r><t>一次</t></r></p></txBody></cm></l>"
)


@pytest.mark.parametrize(
    ("kind", "authors", "remarks", "text"),
    [
        ("commentAuthors", '<l><cmAuthor id="1" name="王小明"/></l>', _OLD, "王小明: 再查\n\n已查"),
        ("authors", '<l><author id="{1}" name="王小明"/><author id="{2}" name="李四"/></l>', _NEW, "李四: 已查\n\n王小明: 再查 一次"),
    ],
)
def test_remarks_follow_their_slide(kind: str, authors: str, remarks: str, text: str) -> None:
    parts = {
        "ppt/authors.xml": authors,
        "ppt/slides/_rels/slide1.xml.rels": relations(("rId1", "comments", "../comments/comment1.xml")),
        "ppt/comments/comment1.xml": remarks,
    }
    document = read("a.pptx", with_parts(pptx(shape("首頁"), shape("次頁"), beside=[("rIdA", kind, "authors.xml")]), parts))
    assert document.text == f"首頁\n\n{text}\n\n次頁"
    assert [place.label for place in document.locations if place.kind == "slide"] == ["1", "2"]


def test_titles_of_charts_follow_their_sheet() -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("rId1", "drawing", "../drawings/drawing1.xml")),
        "xl/drawings/_rels/drawing1.xml.rels": relations(("rId1", "chart", "../charts/chart1.xml")),
        "xl/drawings/drawing1.xml": DRAWING,
        "xl/charts/chart1.xml": "<c><title><p><r><t>人口增長</t></r></p></title></c>",
    }
    data = with_parts(xlsx({"Sheet1": '<row><c t="inlineStr"><is><t>格</t></is></c></row>'}), parts)
    assert read("a.xlsx", data).text == "格\n文字方塊\n人口增長"


def test_diagrams_and_charts_of_a_document_follow_its_text() -> None:
    links = (("diagramData", "diagrams/data1.xml"), ("chart", "charts/chart1.xml"), ("footnotes", "footnotes.xml"))
    points = "".join(f"<pt><t><p><r><t>{point}</t></r></p></t></pt>" for point in ("局長", "副局長"))
    parts = {
        "word/_rels/document.xml.rels": relations(*((kind, kind, target) for kind, target in links)),
        "word/diagrams/data1.xml": f"<d>{points}</d>",
        "word/charts/chart1.xml": "<c><title><p><r><t>人口</t></r></p></title></c>",
        "word/footnotes.xml": f"<w:footnotes {W}>{paragraph(run('註'))}</w:footnotes>",
    }
    data = office(f"<w:document {W} {R}><w:body>{paragraph(run('正文'))}</w:body></w:document>", "word/document.xml", parts)
    assert read("a.docx", data).text == "正文\n\n局長\n\n副局長\n\n人口\n\n註"


def test_names_of_series_and_categories_of_a_chart_are_text_once() -> None:
    names = "<cat><strRef><f>A1:A2</f><strCache><ptCount/><pt><v>北部</v></pt><pt><v>南部</v></pt></strCache></strRef></cat>"
    values = "<val><numRef><numCache><pt><v>42</v></pt></numCache></numRef></val>"
    series = [
        f"<ser><tx><strRef><strCache><pt><v>{year}</v></pt></strCache></strRef></tx>{names}{values}</ser>" for year in ("去年", "今年")
    ]
    chart = f"<c><title><p><r><t>人口</t></r></p></title><plotArea>{''.join(series)}</plotArea></c>"
    links = {"word/_rels/document.xml.rels": relations(("c", "chart", "chart1.xml")), "word/chart1.xml": chart}
    data = office(f"<w:document {W} {R}><w:body>{paragraph(run('正文'))}</w:body></w:document>", "word/document.xml", links)
    assert read("a.docx", data).text == "正文\n\n人口\n\n去年\n\n北部\n\n南部\n\n今年"
    parts = {"ppt/slides/_rels/slide1.xml.rels": relations(("c", "chart", "chart1.xml")), "ppt/slides/chart1.xml": chart}
    assert read("a.pptx", with_parts(pptx(shape("首頁")), parts)).text.split() == ["首頁", "人口", "去年", "北部", "南部", "今年"]


def test_sheets_are_places() -> None:
    rows = "<row><c><v>1</v></c></row>"
    document = read("名冊.xlsx", xlsx({"工作表1": rows, "預算": rows, "Sheet3": ""}))
    assert document.text == "1\n\n預算\n1"
    assert [(place.start, place.kind, place.label) for place in document.locations] == [(0, "sheet", "工作表1"), (3, "sheet", "預算")]
    assert (document.title, document.metadata["format"]) == ("名冊", "xlsx")


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.docx", docx(paragraph(run("文"))), "docx"),
        ("attachment", docx(paragraph(run("文"))), "docx"),
        ("attachment", pptx(shape("文")), "pptx"),
        ("attachment", xlsx({"a": ""}), "xlsx"),
        ("a.docx", xlsx({"a": ""}), "xlsx"),
        ("a.docx", packed({"x/": "", "docProps/app.xml": "", "word/document.xml": ""}), "docx"),
    ],
)
def test_they_are_known_by_their_content(name: str, data: bytes, format: str) -> None:
    detected = detect(Source.of_bytes(name, data))
    assert detected is not None
    assert detected.name == format


@pytest.mark.parametrize("name", ["a.docx", "a.doc"])
def test_protected_ones_are_told(name: str) -> None:
    """Office programs encrypt a package whole and put it into a compound file."""
    assert skipped(name, compound({"EncryptedPackage": b"x"})) == ("encrypted", "protected by a password: save it without one")


ENTITIES = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>"


def flagged_members(data: bytes, flag: int) -> bytes:
    """The same, every member of it with a flag (APPNOTE.TXT 4.4.4)."""
    changed = bytearray(data)
    position = 0
    while (position := changed.find(b"PK\x01\x02", position)) >= 0:
        struct.pack_into("<H", changed, position + 8, flag)
        position += 4
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (office(ENTITIES, "word/document.xml", {}), "damaged", "its XML has a document type, which could hold a bomb of entities"),
        (docx("<w:p>" * 6000), "damaged", "its XML is nested deeper than 5,000 elements"),
        (docx("<w:p>"), "damaged", "its XML is broken: mismatched tag"),
        (docx(" " * (17 << 20)), "too-large", "unpacks to more than 500 times its size"),
        (packed({"_rels/.rels": "<x/>", "word/x.xml": ""}), "damaged", "no document, presentation or workbook in it"),
        (packed({"xl/workbook.bin": ""}), "damaged", "no document"),
        (office("<x/>", "word/document.xml", {}), "unsupported", "neither a text nor"),
        (docx("")[:-40], "damaged", "no whole ZIP file"),
        (flagged_members(docx(""), 0x01), "encrypted", "protected by a password"),
        (flagged_members(docx(""), 0x40), "damaged", "cannot be unpacked: strong encryption"),
        (packed({"word/document.xml": "<x/>"}, method=14), "unsupported", "a part of it is packed in a way"),
    ],
    ids=["entities", "depth", "broken", "ratio", "no-main", "binary", "other", "cut", "encrypted", "strongly", "lzma"],
)
def test_hostile_ones(data: bytes, reason: str, detail: str) -> None:
    found = refused("a.docx", data)
    assert found[0] == reason
    assert found[1].startswith(detail)


def test_all_parts_together_are_bounded() -> None:
    data = docx(paragraph(run("文" * 300_000)), styles="<x/>" * 200_000)
    assert refused("a.docx", data, max_bytes=300_000) == ("too-large", "unpacks to more than 1 MB")


def test_pictures_do_not_count() -> None:
    main = f"<w:document {W}><w:body>{paragraph(run('文'))}</w:body></w:document>"
    data = packed({"word/document.xml": main, "word/media/a.png": b"x" * 3_000_000}, method=0)
    assert read("a.docx", data, max_bytes=100_000).text == "文"
    assert refused("a.docx", data, max_bytes=100_000, max_expanded_bytes=1_000_000)[0] == "too-large"


def test_a_string_that_every_cell_shows_is_bounded() -> None:
    rows = '<row><c t="s"><v>0</v></c></row>' * 2000
    with no_hang():
        assert refused("a.xlsx", xlsx({"a": rows}, strings=f"<si><t>{'長' * 30_000}</t></si>"), max_bytes=1 << 20)[0] == "too-large"


@pytest.mark.parametrize(
    ("data", "reason"), [(office(ENTITIES, "word/document.xml", {}), "damaged"), (docx(" " * (17 << 20)), "too-large"), (docx(""), "empty")]
)
def test_all_is_told_from_the_process_that_reads_them(data: bytes, reason: str) -> None:
    assert skipped("a.docx", data)[0] == reason


def test_nuls_are_no_xml() -> None:
    assert refused("a.docx", docx(paragraph(run("\0"))))[0] == "damaged"


def deck(*slides: tuple[str, str], title: str = "") -> bytes:
    """Slides of a title and a text each, and the title that the program keeps."""
    shapes = ("".join(shape(text, holder) for holder, text in (("title", head), ("body", body)) if text) for head, body in slides)
    return pptx(*shapes, core=f"<dc:title>{title}</dc:title>")


@pytest.mark.parametrize(
    ("name", "slides", "kept", "title"),
    [
        ("a.pptx", (("無監督學習", "講義"), ("概述", "")), "Personal Branding Roadmap", "無監督學習"),
        ("a.pptx", (("樹型動態規劃", ""), ("背包問題", "")), "背包問題", "樹型動態規劃"),
        ("13-uncertainty.pptx", (("Contents", ""), ("Agents", "")), "Uncertainty", "Uncertainty"),
        ("弦圖_陳某.pptx", (("", "清華大學 陳某"), ("圖的概念", "")), "", "弦圖_陳某"),
        ("弦圖_陳某.pptx", (("", "清華大學 陳某"), ("圖的概念", "")), "圖的概念", "弦圖_陳某"),
        ("弦圖_陳某.pptx", (("", "清華大學 陳某"), ("圖的概念", "")), "弦圖與區間圖", "弦圖與區間圖"),
        ("a.pptx", (("", "清華大學"), ("圖的概念", "")), "圖的概念", "清華大學"),
        ("Chap_1_3極限.pptx", (("第三節", "兩個極限"), ("極限", "")), "", "Chap_1_3極限"),
        ("ch01 簡介.pptx", (("第1章 計算機簡介", ""), ("歷史", "")), "教材", "第1章 計算機簡介"),
        ("崔正阳.pptx", (("姓 名", "崔正阳"), ("目录", "背景")), "", "崔正阳"),
        ("第四講.pptx", (("", "廢名的小說"), ("", "用絕句的方式寫小說")), "", "廢名的小說"),
    ],
)
def test_slides_are_called_as_the_first_of_them(name: str, slides: tuple[tuple[str, str], ...], kept: str, title: str) -> None:
    assert read(name, deck(*slides, title=kept)).title == title


@pytest.mark.parametrize(
    ("made", "date"),
    [("2006-09-16T00:00:00Z", "2019-07-27T07:19:50+00:00"), ("2006-09-17T00:00:00Z", "2006-09-17T00:00:00+00:00")],
)
def test_the_day_on_which_a_template_was_made_says_nothing(made: str, date: str) -> None:
    core = f"<dcterms:created>{made}</dcterms:created><dcterms:modified>2019-07-27T07:19:50Z</dcterms:modified>"
    assert read("a.docx", docx(paragraph(run("文")), core=core)).date == date


@pytest.mark.parametrize(("name", "title"), [("研究報告.docx", "研究報告"), ("a.docx", "摘要")])
def test_a_heading_that_only_says_what_part_it_is_gives_way_to_the_name_of_the_file(name: str, title: str) -> None:
    assert read(name, docx(paragraph(run("摘要"), style="1") + paragraph(run("文")), styles=STYLES)).title == title


@pytest.mark.parametrize(
    ("name", "kept", "text", "title"),
    [
        ("地震概論樣題.docx", "防震減災知識競賽試題", "樣題：注意事項。", "地震概論樣題"),
        ("地震概論樣題.docx", "地震概論期末試題", "地震概論 期末試題\n注意", "地震概論期末試題"),
        ("高數A.docx", "2014-15高數A1考試卷答案", "三、解：因為如此，所以這樣。", "2014-15高數A1考試卷答案"),
        ("第三冊 防震.docx", "防震", "說明：讀者須知。", "防震"),
        ("sample.docx", "防震減災知識競賽試題", "樣題：注意事項。", "防震減災知識競賽試題"),
        ("地震概論樣題.docx", "分类号", "分类号 学号\n注意", "地震概論樣題"),
        ("地震概論樣題.docx", "引言", "地震概論期末試題\n引言", "地震概論期末試題"),
        ("sample.docx", "引言", "地震概論期末試題\n引言", "引言"),
        ("地震概論樣題.docx", "文档编号", "試題\n注意", "地震概論樣題"),
        ("地震概論樣題.docx", "", "地震概論期末試題\n注意", "地震概論期末試題"),
    ],
)
def test_a_title_that_is_kept_is_believed_where_the_text_or_the_name_of_the_file_says_it(
    name: str, kept: str, text: str, title: str
) -> None:
    body = paragraph(run(text + "其餘從略，不一一列舉於此。"))
    assert read(name, docx(body, core=f"<dc:title>{kept}</dc:title>")).title == title


def test_a_live_script_of_matlab_is_read_as_a_document() -> None:
    styled = (("線性規劃", "title"), ("求解", "heading2"), ("x = linprog(f)", "code"))
    body = "".join(paragraph(run(text), style=style) for text, style in styled)
    parts = {"[Content_Types].xml": "<Types/>", "matlab/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    document = read("a.mlx", packed(parts))
    assert (document.title, document.text, document.metadata["format"]) == ("線性規劃", "線性規劃\n\n求解\n\nx = linprog(f)", "mlx")
    assert [(place.kind, place.label) for place in document.locations] == [("heading", "求解")]

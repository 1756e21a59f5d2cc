"""Documents of office programs that are one XML file become what a reader sees."""

from __future__ import annotations

import pytest

from searcher.documents import Source, detect
from tests.documents.reading import read_one
from tests.documents.test_opendocument import SPACES

_WORD = "http://schemas.microsoft.com/office/word/2003"
_OFFICE = "urn:schemas-microsoft-com:office"
_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, *, styles: str = "", encoding: str = "utf-8") -> bytes:
    """As Word 2003 saves XML."""
    return (
        f'<?xml version="1.0" encoding="{encoding}" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
        f'<w:wordDocument xmlns:w="{_WORD}/wordml" xmlns:wx="{_WORD}/auxHint" xmlns:o="{_OFFICE}:office"'
        ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core">'
        "<o:DocumentProperties><o:Title>租賃合約</o:Title><o:Author>王小明</o:Author><o:Created>2021-08-17T03:20:00Z</o:Created>"
        f"</o:DocumentProperties><w:styles>{styles}</w:styles><w:body>{body}</w:body></w:wordDocument>"
    ).encode(encoding)


def workbook(rows: str) -> bytes:
    """As Excel 2003 saves XML."""
    return (
        f'<?xml version="1.0"?>\r\n<Workbook xmlns="{_OFFICE}:spreadsheet" xmlns:ss="{_OFFICE}:spreadsheet" xmlns:o="{_OFFICE}:office">'
        '<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>王小明</Author></DocumentProperties>'
        '<Styles><Style ss:ID="Default"><Alignment ss:Vertical="Center"/></Style></Styles>'
        f'<Worksheet ss:Name="員工"><Table>{rows}</Table><WorksheetOptions><Unsynced/></WorksheetOptions></Worksheet></Workbook>'
    ).encode()


def flat_package(parts: dict[str, str]) -> bytes:
    """As Word saves XML since 2007."""
    written = "".join(f'<pkg:part pkg:name="{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>' for name, xml in parts.items())
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    return f'{head}<pkg:package xmlns:pkg="{_PACKAGE}">{written}</pkg:package>'.encode()


def flat_opendocument(kind: str, body: str) -> bytes:
    """As LibreOffice saves XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n\n<office:document {SPACES} office:mimetype="x">'
        "<office:meta><dc:title>題</dc:title><meta:creation-date>2021-08-17T15:20:00</meta:creation-date></office:meta>"
        "<office:styles><style:style/></office:styles><office:master-styles><style:master-page><style:footer><text:p>頁腳</text:p>"
        f"</style:footer></style:master-page></office:master-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document>"
    ).encode()


def _paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    ("body", "text"),
    [
        (_paragraph("甲") + _paragraph("乙"), "甲\n\n乙"),
        (f"<w:sect>{_paragraph('甲')}</w:sect>", "甲"),
        (_paragraph("甲", '<w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/><wx:font wx:val="Times"/></w:listPr>'), "一、甲"),
        (_paragraph("甲", '<w:listPr><wx:t wx:val="l"/><wx:font wx:val="Wingdings"/></w:listPr>'), "• 甲"),
        (f"<w:tbl><w:tr><w:tc>{_paragraph('甲')}</w:tc><w:tc>{_paragraph('乙')}</w:tc></w:tr></w:tbl>", "甲\t乙"),
        ("<w:p><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>頁</w:t></w:r></w:p>", "頁"),
        (
            '<w:p><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>刪</w:delText></w:r></aml:content></aml:annotation>'
            "<w:r><w:t>留</w:t></w:r></w:p>",
            "留",
        ),
        (f"{_paragraph('甲')}<w:sectPr><w:hdr>{_paragraph('頁首')}</w:hdr><w:ftr>{_paragraph('7')}</w:ftr></w:sectPr>", "甲\n\n頁首"),
        ("<w:p><w:r><w:pict><w:binData>R0lGODlh</w:binData></w:pict><w:t>甲</w:t></w:r></w:p>", "甲"),
    ],
)
def test_word_2003(body: str, text: str, encoding: str) -> None:
    document = read_one("合約.doc", word(body, encoding=encoding))
    assert document.text == text
    assert (document.title, document.date, document.metadata) == (
        "租賃合約",
        "2021-08-17T03:20:00+00:00",
        {"format": "doc", "author": "王小明"},
    )


def test_headings_of_word_2003_are_places() -> None:
    style = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    document = read_one("a.doc", word(_paragraph("第一章", '<w:pStyle w:val="1"/>') + _paragraph("文"), styles=style))
    assert [(place.kind, place.label) for place in document.locations] == [("heading", "第一章")]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<Cell><Data ss:Type="String">王<B>小</B>明</Data></Cell>', "王小明"),
        ('<Cell ss:Index="3"><Data ss:Type="Number">12.5</Data></Cell>', "12.5"),
        ('<Cell><Data ss:Type="DateTime">2021-08-17T00:00:00.000</Data></Cell>', "2021-08-17"),
        ('<Cell><Data ss:Type="DateTime">2021-08-17T15:20:00.000</Data></Cell>', "2021-08-17 15:20"),
        ('<Cell><Data ss:Type="DateTime">1899-12-31T15:20:00.000</Data></Cell>', "15:20"),
        ('<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell/><Cell><Data ss:Type="Boolean">0</Data></Cell>', "TRUE\tFALSE"),
        (
            '<Cell><Data ss:Type="String">甲</Data><Comment><ss:Data>注</ss:Data></Comment></Cell><Cell><Data>乙</Data></Cell>',
            "甲\t乙\n注",
        ),
    ],
)
def test_excel_2003(cell: str, shown: str) -> None:
    document = read_one("名冊.xls", workbook(f"<Row>{cell}</Row>"))
    assert document.text == f"員工\n{shown}"
    assert (document.title, document.metadata) == ("名冊", {"format": "xls", "author": "王小明"})
    assert [(place.kind, place.label) for place in document.locations] == [("sheet", "員工")]


def test_a_package_in_one_file() -> None:
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="1"'
        f' Type="{_RELATED}/{{}}" Target="{{}}"/></Relationships>'
    )
    body = _paragraph("第一章", '<w:pStyle w:val="1"/>') + _paragraph("文")
    parts = {
        "/_rels/.rels": relations.format("officeDocument", "word/document.xml"),
        "/word/document.xml": f'<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>',
        "/word/_rels/document.xml.rels": relations.format("styles", "styles.xml"),
        "/word/styles.xml": f'<w:styles xmlns:w="{_MAIN}"><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>',
    }
    document = read_one("合約.doc", flat_package(parts))
    assert (document.text, document.metadata["format"]) == ("第一章\n\n文", "docx")
    assert [(place.kind, place.label) for place in document.locations] == [("heading", "第一章")]


@pytest.mark.parametrize(
    ("kind", "body", "format", "text"),
    [
        ("text", "<text:h>章</text:h><text:p>文</text:p>", "odt", "章\n\n文\n\n頁腳"),
        (
            "spreadsheet",
            '<table:table table:name="員工"><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell>'
            "</table:table-row></table:table>",
            "ods",
            "員工\n甲",
        ),
        ("presentation", "<draw:page><draw:frame><text:p>片</text:p></draw:frame></draw:page>", "odp", "片"),
    ],
)
def test_opendocument_in_one_file(kind: str, body: str, format: str, text: str) -> None:
    document = read_one("報告.xml", flat_opendocument(kind, body))
    assert (document.text, document.metadata["format"], document.date) == (text, format, "2021-08-17T15:20:00")


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.xml", "a.txt", "a.fodt", "a"])
@pytest.mark.parametrize("data", [word(""), workbook(""), flat_package({}), flat_opendocument("text", "")])
def test_they_are_known_by_their_content(name: str, data: bytes) -> None:
    found = detect(Source.of_bytes(name, data))
    assert found is not None
    assert found.name == "flat-office"


@pytest.mark.parametrize(
    "written",
    [
        '<?xml version="1.0"?><Workbook><Row>甲</Row></Workbook>',
        '<?xml version="1.0"?><document>甲</document>',
        f'<?xml version="1.0"?><a xmlns="{_OFFICE}:spreadsheet">甲</a>',
    ],
)
def test_other_xml_is_other_xml(written: str) -> None:
    assert read_one("a.xml", written).metadata["format"] == "xml"


@pytest.mark.parametrize("data", [word("")[:-20], word("<w:p>&nbsp;</w:p>"), flat_package({}), b"<?xml version='1.0'?><a/>"])
def test_what_is_broken_is_plain_text(data: bytes) -> None:
    document = read_one("a.fodt", data)
    assert document.text == data.decode()

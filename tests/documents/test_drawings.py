"""A drawing of Visio or draw.io becomes what stands in its shapes, page by page."""

from __future__ import annotations

import base64
import zlib
from urllib.parse import quote

import pytest

from tests.documents.packing import core_properties, packed, relations
from tests.documents.reading import read_all, read_one, skipped

CELLS = (
    '<mxGraphModel><root><mxCell id="0"/><mxCell id="1" value="開始" style="rounded=1"/>'
    '<mxCell id="2" value="&lt;b&gt;受理&lt;/b&gt;&lt;br&gt;案件&amp;nbsp;" style="rounded=1;html=1;"/><mxCell value="a &lt; b" style=""/>'
    '<UserObject label="&lt;i&gt;結案&lt;/i&gt;" id="3"><mxCell style="x"/></UserObject></root></mxGraphModel>'
)
SAID = "開始\n\n受理\n案件\n\na < b\n\n結案"


def diagram(content: str, name: str = "Page-1") -> str:
    return f'<diagram id="d" name="{name}">{content}</diagram>'


def deflated(text: str) -> str:
    packing = zlib.compressobj(wbits=-15)
    return base64.b64encode(packing.compress(quote(text).encode()) + packing.flush()).decode()


@pytest.mark.parametrize("written", [CELLS, deflated(CELLS)], ids=["plain", "deflated"])
@pytest.mark.parametrize("name", ["Page-1", "第 1 页", "頁-2"])
def test_shapes_of_drawio_are_blocks(written: str, name: str) -> None:
    document = read_one("流程.drawio", f'<mxfile host="Electron">{diagram(written, name)}</mxfile>')
    assert (document.title, document.text, document.metadata["format"]) == ("流程", SAID, "drawio")
    assert [(place.start, place.kind, place.label) for place in document.locations] == [(0, "page", "1")]


def test_pages_are_places_and_their_names_headings() -> None:
    document = read_one("a.xml", f"<mxfile>{diagram(deflated(CELLS), '受理')}{diagram(CELLS, '架構')}</mxfile>")
    assert document.text == f"受理\n\n{SAID}\n\n架構\n\n{SAID}"
    assert [place.label for place in document.locations if place.kind == "page"] == ["1", "2"]
    assert [place.label for place in document.locations if place.kind == "heading"] == ["受理", "架構"]
    assert read_one("a.xml", CELLS).text == SAID  # the model alone


@pytest.mark.parametrize("broken", ["<mxfile><diagram>甲</mxfile>", "<mxfile><diagram>5Vtbc6</diagram></mxfile>", "甲"])
def test_what_is_no_drawing_is_plain_text(broken: str) -> None:
    assert read_one("a.drawio", broken).text == broken


def test_a_drawing_that_is_a_bomb_is_refused() -> None:
    for many, size in ((1, 3_000_000), (5, 300_000)):
        packed_page = deflated(CELLS.replace("<root>", f"<root>{'<a/>' * (size // 4)}"))
        bomb = f"<mxfile>{diagram(packed_page) * many}</mxfile>"
        assert skipped("a.drawio", bomb, max_bytes=1_000_000) == ("too-large", "over the limit for one document")


def vsdx(*pages: tuple[str, str]) -> bytes:
    """A drawing of Visio of pages: their names, and what stands in their shapes."""
    space = 'xmlns="http://schemas.microsoft.com/office/visio/2012/main" xmlns:r="urn:r"'
    rows = "".join(f'<Page ID="{number}" Name="{name}"><Rel r:id="rId{number}"/></Page>' for number, (name, _) in enumerate(pages))
    links = relations(*((f"rId{number}", "page", f"page{number}.xml") for number in range(len(pages))))
    drawn = {f"visio/pages/page{number}.xml": f"<PageContents {space}>{shapes}</PageContents>" for number, (_, shapes) in enumerate(pages)}
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("rId1", "document", "visio/document.xml"), ("rId2", "core-properties", "docProps/core.xml")),
            "visio/document.xml": f"<VisioDocument {space}/>",
            "visio/_rels/document.xml.rels": relations(("rId1", "pages", "pages/pages.xml")),
            "visio/pages/pages.xml": f"<Pages {space}>{rows}</Pages>",
            "visio/pages/_rels/pages.xml.rels": links,
            "docProps/core.xml": core_properties("<dc:creator>張三</dc:creator>"),
            **drawn,
        }
    )


def shape(text: str) -> str:
    return f"<Shape><Cell N='PinX' V='1'/><Text><cp IX='0'/>{text}\n</Text></Shape>"


@pytest.mark.parametrize("name", ["組織.vsdx", "組織"])
def test_shapes_of_visio_are_blocks(name: str) -> None:
    group = f"<Shape Type='Group'><Shapes>{shape('乙<fld>2021</fld>年')}</Shapes></Shape>"
    document = read_one(name, vsdx(("页-1", shape("局長") + group), ("分工", shape("員\n工\n管理") + shape("員工\n管理系統"))))
    assert document.text == "局長\n\n乙2021年\n\n分工\n\n員工管理\n\n員工\n管理系統"
    assert (document.title, document.metadata["format"], document.metadata["author"]) == ("組織", "vsdx", "張三")
    assert [place.label for place in document.locations if place.kind == "page"] == ["1", "2"]


def test_a_drawing_without_words_says_nothing() -> None:
    assert [item.reason for item in read_all("a.vsdx", vsdx(("页-1", "")))] == ["empty"]  # type: ignore[union-attr]

"""An EPUB becomes one text, chapter by chapter, in reading order."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise

import pytest

from tests.documents.reading import read_one, skipped

TEXT = "商湯科技計劃近幾週啟動赴港上市申請。"
CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
METADATA = """<dc:title>人工智能簡史</dc:title><dc:title>副題</dc:title>
<dc:creator opf:role="aut">周默</dc:creator><dc:creator>李凌</dc:creator>
<dc:date>2021-08-17</dc:date><dc:subject>科技</dc:subject><dc:language>zh-Hant</dc:language>
<meta property="dcterms:modified">2022-01-01T00:00:00Z</meta>"""


def opf(spine: str, manifest: str = "", *, metadata: str = METADATA, toc: str = "") -> str:
    """The package document of pages named in the order of `spine`."""
    pages = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in sorted(spine.split()))
    references = "".join(f'<itemref idref="{name}"/>' for name in spine.split())
    return (
        '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f"<manifest>{manifest}{pages}</manifest><spine{toc}>{references}</spine></package>"
    )


def page(body: str, *, head: str = "<title/>") -> str:
    """A page in XHTML; its title is an empty element, as converters write it."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head>{head}</head><body>{body}</body></html>"
    )


def epub(parts: Mapping[str, str | bytes], *, container: str = CONTAINER) -> bytes:
    """A book of these parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", container)
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


NAVIGATION = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>
<li><a href="text/a.xhtml">第一章　<b>緣起</b></a><ol><li><a href="text/a.xhtml#two">第一節</a></li></ol></li>
<li><a href="../OEBPS/text/%E4%B9%99.xhtml">第二章</a></li></ol></nav></body></html>"""

BOOK = {
    "OEBPS/content.opf": opf(
        "",
        '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        '<item id="i" href="i.png" media-type="image/png"/>'
        '<item id="b" href="text/%E4%B9%99.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>',
    ).replace("<spine>", "<spine>" + "".join(f'<itemref idref="{name}"/>' for name in ("n", "c", "a", "b", "gone"))),
    "OEBPS/nav.xhtml": NAVIGATION,
    "OEBPS/c.xhtml": page('<img src="i.png" alt=""/>'),
    "OEBPS/text/a.xhtml": page(f"<h1>緣起</h1><p>{TEXT}</p><a id='x'/><p>接<span/>續</p>"),
    "OEBPS/text/乙.xhtml": page("<p><ruby>漢<rt>ㄏㄢˋ</rt>字</ruby></p>"),
}


def test_a_book() -> None:
    document = read_one("書.epub", epub(BOOK))
    assert document.text == f"緣起\n\n{TEXT}\n\n接續\n\n漢字"
    assert (document.title, document.date, document.id) == ("人工智能簡史", "2021-08-17", "書.epub")
    assert document.metadata == {"format": "epub", "author": ("周默", "李凌"), "category": ("科技",), "language": "zh-Hant"}
    assert [(place.kind, place.label, document.text[place.start :][:2]) for place in document.locations] == [
        ("chapter", "第一章 緣起", "緣起"),
        ("heading", "緣起", "緣起"),
        ("chapter", "第二章", "漢字"),
    ]


def test_what_programs_put_into_books_says_nothing() -> None:
    said = "<dc:title>無標題</dc:title><dc:creator>Unknown</dc:creator><dc:date>0101-01-01T00:00:00+00:00</dc:date>"
    document = read_one("聽雨集.epub", epub({"OEBPS/content.opf": opf("a", metadata=said), "OEBPS/a.xhtml": page(f"<p>{TEXT}</p>")}))
    assert (document.title, document.date, document.metadata) == ("聽雨集", None, {"format": "epub"})


def test_a_book_without_its_suffix() -> None:
    assert read_one("book", epub(BOOK)).metadata["format"] == "epub"


NCX = """<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><docTitle><text>書名</text></docTitle><navMap>
<navPoint><navLabel><text>楔子</text></navLabel><content src="a.xhtml"/></navPoint>
<navPoint><navLabel><text>正文</text></navLabel><content src="c.xhtml#top"/></navPoint></navMap></ncx>"""


def test_the_table_of_contents_of_old_books() -> None:
    ncx = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    parts = {"OEBPS/content.opf": opf("a b c", ncx, toc=' toc="ncx"'), "OEBPS/toc.ncx": NCX}
    parts |= {f"OEBPS/{name}.xhtml": page(f"<p>{name}{TEXT}</p>") for name in "abc"}
    document = read_one("a.epub", epub(parts))
    assert [(place.label, document.text[place.start]) for place in document.locations] == [("楔子", "a"), ("正文", "c")]


def test_without_a_table_of_contents_headings_name_chapters() -> None:
    parts = {
        "OEBPS/content.opf": opf("b a", metadata=""),
        "OEBPS/a.xhtml": page(f"<p>{TEXT}</p>", head="<title>甲</title>"),
        "OEBPS/b.xhtml": page("<h2>乙</h2>"),
    }
    document = read_one("名.epub", epub(parts))
    assert [place.label for place in document.locations if place.kind == "chapter"] == ["乙", "甲"]
    assert (document.title, document.date, dict(document.metadata)) == ("乙", None, {"format": "epub"})


LETTERS = "abcdefghij"
TENFOLD = "".join(f'<!ENTITY {longer} "{f"&{shorter};" * 10}">' for shorter, longer in pairwise(LETTERS))
ENTITIES = f'<!DOCTYPE package [<!ENTITY a "啊啊啊啊啊啊啊啊啊啊">{TENFOLD}]>'
BROKEN = {
    "no package document": {"b.html": "<p>乙</p>", "a.html": "<p>甲</p>"},
    "a package document cut off": {"OEBPS/content.opf": opf("a b")[:-60], "OEBPS/a.xhtml": "<p>甲</p>", "OEBPS/b.xhtml": "<p>乙</p>"},
    "a bomb of entities": {
        "OEBPS/content.opf": ENTITIES + opf("a b", metadata="<dc:title>&j;</dc:title>")[38:],
        "OEBPS/a.xhtml": ENTITIES + page("<p>甲</p>")[38:].replace("<!DOCTYPE html>", ""),
        "OEBPS/b.xhtml": page("<p>乙</p>"),
    },
    "an entity that reads a file": {
        "OEBPS/content.opf": opf("a b", metadata="<dc:title>&x;</dc:title>").replace(
            "<package", '<!DOCTYPE package [<!ENTITY x SYSTEM "file:///etc/passwd">]><package'
        ),
        "OEBPS/a.xhtml": "<p>甲</p>",
        "OEBPS/b.xhtml": "<p>乙</p>",
    },
    "parts outside of the book": {
        "OEBPS/content.opf": opf("../../../../etc/passwd a b"),
        "OEBPS/a.xhtml": "<p>甲</p>",
        "OEBPS/b.xhtml": "乙",
    },
}


@pytest.mark.parametrize("parts", BROKEN.values(), ids=BROKEN.keys())
def test_what_can_be_read_is_read(parts: Mapping[str, str]) -> None:
    document = read_one("a.epub", epub(parts))
    assert document.text.endswith("甲\n\n乙")
    assert len(document.text) < 1000 and "root:" not in document.text + document.title


def test_a_damaged_page_costs_itself() -> None:
    parts = {"OEBPS/content.opf": opf("a b c"), **{f"OEBPS/{name}.xhtml": f"<p>{name * 300}</p>" for name in "abc"}}
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {"META-INF/container.xml": CONTAINER, **parts}.items():
            archive.writestr(name, content)
    document = read_one("a.epub", file.getvalue().replace(b"bbb", b"bxb", 1))
    assert document.text == "a" * 300 + "\n\n" + "c" * 300


def protection(method: str, part: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
        f'<EncryptionMethod Algorithm="{method}"/><CipherData><CipherReference URI="{part}"/></CipherData></EncryptedData></encryption>'
    )


def test_protection() -> None:
    secret = protection("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/text/a.xhtml")
    assert skipped("a.epub", epub({**BOOK, "META-INF/encryption.xml": secret})) == ("encrypted", "protected against copying (DRM)")
    fonts = protection("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    assert TEXT in read_one("a.epub", epub({**BOOK, "META-INF/encryption.xml": fonts})).text


LOST = {
    "no ZIP": (epub(BOOK)[:-40], {}, "damaged"),
    "no pages": (epub({"a.css": "a"}), {}, "damaged"),
    "only pictures": (epub({"a.html": "<img src='a.png'/>"}), {}, "empty"),
    "a bomb": (epub({"a.html": b" " * (40 << 20)}), {}, "too-large"),
    "too much text": (epub({"a.html": TEXT}), {"max_bytes": 20}, "too-large"),
}


@pytest.mark.parametrize(("data", "options", "reason"), LOST.values(), ids=LOST.keys())
def test_what_cannot_be_read_is_told(data: bytes, options: dict[str, object], reason: str) -> None:
    assert skipped("a.epub", data, **options)[0] == reason


def test_a_book_whose_cover_comes_before_all_that_tells_a_book_is_told_by_its_name() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("EPUB/cover.jpg", b"\xff\xd8" + bytes(range(256)) * 300)
        for name, content in (("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER), *BOOK.items()):
            archive.writestr(name, content)
    document = read_one("a.epub", file.getvalue())
    assert (document.title, document.metadata["format"]) == ("人工智能簡史", "epub")
    assert document.text == read_one("b.epub", epub(BOOK)).text

"""Files made to harm: each costs itself alone, in bounded time and memory, and is told by its name.

The gallery is read as a folder is: with the format that the content shows, in the process that the format asks for.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import tarfile
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from searcher.documents import Document, Skipped, Source, documents_of, read_documents
from searcher.documents.sources.source import MEGABYTE, ReadOptions
from tests.documents.compounds import doc, msg, ppt, xls
from tests.documents.helps import chm
from tests.documents.kindles import mobi, palmdoc
from tests.documents.packing import W, docx, ofd, office, packed, pptx, set_at, xlsx
from tests.documents.pdfs import assembled, pdf
from tests.documents.reading import read_all, skipped
from tests.patience import no_hang

REASONS = frozenset("empty binary too-large unreadable damaged encrypted no-text unsupported missing-dependency timeout encoding".split())
PATIENCE = 20.0  # seconds that a parser may keep silent: what takes them is not linear


def overlapping(count: int, size: int) -> bytes:
    """A ZIP whose `count` members are all the same bytes: small to store, large to unpack (a bomb without a bomb in it)."""
    whole = packed({"a.txt": b"0" * size})
    end = whole.rindex(b"PK\x05\x06")
    begin = struct.unpack_from("<I", whole, end + 16)[0]
    directory = whole[begin:end] * count
    return whole[:begin] + directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), begin, 0)


def devices() -> bytes:
    """A TAR with what no document is: devices, pipes, links out of it, and names that lead out of it."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind in (
            ("null", tarfile.CHRTYPE),
            ("disk", tarfile.BLKTYPE),
            ("pipe", tarfile.FIFOTYPE),
            ("link", tarfile.SYMTYPE),
            ("hard", tarfile.LNKTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        for name in ("../../etc/甲", "/etc/乙", "C:\\Windows\\丙"):
            member = tarfile.TarInfo(name)
            member.size = 6
            archive.addfile(member, io.BytesIO("內文".encode()))
    return file.getvalue()


LETTERS = "abcdefghij"
TENFOLD = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(LETTERS))
ENTITIES = f'<!DOCTYPE x [<!ENTITY a "laughing ">{TENFOLD}]>'
TENFOLD_ALIASES = "".join(f"{b}: &{b} [{f'*{a},' * 10}]\n" for a, b in pairwise("abcdefghijklmnop"))
SPY = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


SAVED = 'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=b\n\n--b\nContent-Type: text/html\n\n'


def with_entities(declared: str) -> dict[str, bytes]:
    """The same bomb in every format that is XML."""
    para = f"{declared}<w:document {W}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
    manifest = (
        f'{declared}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">&j;</office:document-content>'
    )
    book = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": f"{declared}<container>&j;</container>",
        "a.xhtml": f"{declared}<html><body><p>&j;</p></body></html>",
    }
    return {
        "a.docx": office(para, "word/document.xml", {}),
        "a.pptx": office(f"{declared}<p>&j;</p>", "ppt/presentation.xml", {}),
        "a.xlsx": office(f"{declared}<workbook>&j;</workbook>", "xl/workbook.xml", {}),
        **{
            f"a.{kind}": packed(
                {"mimetype": f"application/vnd.oasis.opendocument.{name}", "content.xml": manifest, "META-INF/manifest.xml": "<x/>"}
            )
            for kind, name in (("odt", "text"), ("ods", "spreadsheet"), ("odp", "presentation"))
        },
        "a.epub": packed(book),
        "a.ofd": packed({"OFD.xml": f"{declared}<OFD><DocBody><DocInfo><Title>&j;</Title></DocInfo></DocBody></OFD>"}),
        "a.xml": f"{declared}<mediawiki><page><title>&j;</title></page></mediawiki>".encode(),
        "b.xml": f"{declared}<law><article>&j;</article></law>".encode(),
        "a.svg": f"{declared}<svg><text>&j;</text></svg>".encode(),
        "a.xhtml": f"{declared}<html><body>&j;</body></html>".encode(),
        "a.mhtml": b'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=b\n\n--b\nContent-Type: text/html\n\n'
        + f"{declared}<html>&j;</html>\n--b--".encode(),
    }


def opendocument(kind: str, content: str) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content, "META-INF/manifest.xml": "<x/>"})


def circular_pages() -> bytes:
    """A tree of pages in which each branch holds the tree."""
    return assembled(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 1000000 >>",
            3: "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] /Count 1000000 >>",
        }
    )


def looping_tables() -> bytes:
    """A table of objects whose predecessor is itself."""
    return pdf("字").replace(b"trailer\n<< ", b"trailer\n<< /Prev 9 ", 1).replace(b"startxref\n", b"startxref\n", 1)


REPEATED = (
    '<o:d xmlns:o="urn:o" xmlns:t="urn:t"><t:table><t:table-row t:number-rows-repeated="2000000000">'
    '<t:table-cell t:number-columns-repeated="2000000000"><t:p>x</t:p></t:table-cell></t:table-row></t:table></o:d>'
)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "overlapping.zip": lambda: overlapping(3_000, MEGABYTE),
    "devices.tar": devices,
    "pages.pdf": circular_pages,
    "tables.pdf": looping_tables,
    "objects.pdf": lambda: assembled({1: "<< /Type /ObjStm /N 2000000000 /First 4000000000 /Length 9 >> stream\n1 0 2 0 3\nendstream"}),
    "lengths.pdf": lambda: pdf("字").replace(b"/Length ", b"/Length 99999999999"),
    "brackets.pdf": lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 500_000,
    "deep.html": lambda: b"<html>" + b"<div><font>" * 100_000 + "深處".encode(),
    "tables.html": lambda: b"<table><tr><td>" * 50_000 + "深處".encode(),
    "deep.json": lambda: b'{"a":' * 200_000,
    "deep.jsonl": lambda: b'{"a":' * 200_000 + b"\n" + b'{"text":"x"}\n',
    "number.json": lambda: b"[" + b"9" * 1_000_000 + b"]",
    "aliases.md": lambda: f"---\na: &a [x]\n{TENFOLD_ALIASES}---\nbody\n".encode(),
    "tags.md": lambda: b"---\na: !!python/object/apply:os.system ['exit 3']\n---\nbody\n",
    "groups.rtf": lambda: b"{\\rtf1" + b"{\\b " * 300_000,
    "binary.rtf": lambda: b"{\\rtf1\\bin999999999999 x}",
    "nul.txt": lambda: b"\0" * 3 * MEGABYTE,
    "nul-in-text.txt": lambda: "內文\0內文".encode() * 100,
    "lines.csv": lambda: b'"' * 500_001,
    "columns.csv": lambda: b"title,text\n" + b"," * 1_000_000,
    "parts.eml": lambda: b"From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 50_000,
    "nested.eml": lambda: b"From: a\nTo: b\nSubject: c\n" + b"Content-Type: message/rfc822\n\n" * 5_000,
    "rows.xlsx": lambda: xlsx({"a": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 10}),
    "steps.ofd": lambda: ofd(set_at(1, 1, "字" * 1_000, steps="g 999999999999 1 " * 1_000) * 200),
    "pages.ofd": lambda: ofd(set_at(1, 1, "字"), document='<ofd:Page ID="1" BaseLoc="Pages/Page_1/Content.xml"/>' * 100_000),
    "deep.docx": lambda: docx("<w:tbl><w:tr><w:tc>" * 20_000),
    "spans.ods": lambda: opendocument("spreadsheet", REPEATED),
    "templates.xml": lambda: b"<mediawiki><page><title>a</title><revision><text>" + b"{{a|" * 100_000,
    "names.adoc": lambda: b":a: " + b"x" * 500_000 + b"\n\n" + b"{a}" * 500_000,
    "names.rst": lambda: b".. |a| replace:: " + b"x" * 500_000 + b"\n\n" + b"|a| " * 500_000,
    "names.json": lambda: b'{"' + b"x" * 500_000 + b'": [' + b"1," * 500_000 + b"1]}",
    "names.xml": lambda: b"<mediawiki><page><title>%s</title><revision><text>%s" % (b"x" * 500, b"{{PAGENAME}}" * 500_000),
    "arguments.1": lambda: b".TH A 1\n.de X\n" + b"\\$*" * 100_000 + b"\n..\n" + (b".X " + b"y" * 100_000 + b"\n") * 20,
    "interpolated.1": lambda: b".TH A 1\n.ds a " + b"y" * 200 + b"\n" + (b"\\*a" * 3_000 + b"\n") * 500,
    "strings.1": lambda: b".TH A 1\n.ds a xxxxxxxxxx\n" + b".ds a \\*a\\*a\\*a\\*a\n" * 100_000 + b"\\*a\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_costs_itself_alone_and_is_told_by_its_name(name: str) -> None:
    data = HOSTILE[name]()
    options = ReadOptions(max_bytes=16 * MEGABYTE, max_expanded_bytes=64 * MEGABYTE, timeout=PATIENCE)
    items = list(documents_of(Source.of_bytes(name, data), options))
    assert items
    assert sum(len(item.text) for item in items if isinstance(item, Document)) <= 80 * MEGABYTE
    for item in items:
        assert (item.path or "").startswith(name)
        if isinstance(item, Skipped):
            assert item.reason in REASONS - {"timeout"}, item


SENT = '<div class="date" title="01.01.2021 10:10:10"></div>'
QUADRATIC = {
    "headings-in-headings.html": "<u>" * 2_100 + "<h1>x" * 100_000 + "</h1>" * 100_000,
    "dropped-in-dropped.html": "<u>" * 2_100 + "<nav>" + "<b>" * 100_000 + "</i>" * 100_000,
    "little-blocks.html": "<html><body>" + "<p>xq</p>" * 60_000 + "<p>中文，真的句子在這裡。</p>" * 30_000,
    "spaces.md": "# a" + " " * 1_000_000 + "b\n",
    "quotes.rst": "`" * 1_000_000 + "\n",
    "name-of-a-column.csv": "n" * 1_000_000 + ",m\n1,2\n",
    "fence.md": "```\n" + "a\n\n" * 150_000,
    "wikilinks.md": "](" * 1_000_000 + ' "wikilink")',
    "brackets.xml": f"<mediawiki><page><title>a</title><revision><text>[[a{' ' * 200_000}b|]]</text></revision></page></mediawiki>",
    "tabs.tsv": 'a\t"b"\n"a"' + "\t" * 400_000 + "x\n",
    "heading.adoc": "= a" + " " * 200_000 + "b\n",
    "image.adoc": "image::a[" + "x" * 200_000 + "\n",
    "columns.rst": "== " * 60_000 + "==\n" + "a " * 120_000 + "\n" + "== " * 60_000 + "==\n",
    "messages-in-messages.html": f'<div class="message default clearfix">{SENT}<div class="text">甲' * 400,
    "headings.rst": "a\n===\n" * 200_000,
    "targets.rst": f":x:`{' ' * 1_900}a` " * 4_000,
}


@pytest.mark.parametrize("name", QUADRATIC)
def test_what_would_take_the_square_of_its_length_takes_no_more_than_other_texts(name: str) -> None:
    with no_hang():
        assert read_all(name, QUADRATIC[name])


def test_a_large_page_that_would_take_minutes_is_given_up() -> None:
    """Outside <ruby> no <rt> closes another: a tree as deep as the page is long, which no count of other tags tells."""
    with no_hang():
        assert skipped("a.html", "<rt>字" * 250_000, timeout=3.0)[0] == "timeout"


def test_names_from_an_archive_lead_nowhere() -> None:
    found = read_all("a.tar", devices())
    assert [item.id for item in found if isinstance(item, Document)] == ["a.tar!/etc/甲", "a.tar!/etc/乙", "a.tar!/Windows/丙"]


@pytest.mark.parametrize("declared", [ENTITIES, SPY], ids=["bomb", "spy"])
@pytest.mark.parametrize("name", with_entities(""))
def test_no_format_expands_entities(name: str, declared: str) -> None:
    for item in read_all(name, with_entities(declared)[name]):
        shown = f"{item.title} {item.text}" if isinstance(item, Document) else item.detail
        assert "root:" not in shown
        assert shown.count("laughing") <= 1  # where the markup itself is shown as text


@pytest.mark.parametrize(
    "suffix",
    [
        "txt",
        "md",
        "html",
        "csv",
        "jsonl",
        "pdf",
        "docx",
        "doc",
        "zip",
        "tar",
        "gz",
        "eml",
        "rtf",
        "epub",
        "ofd",
        "mobi",
        "chm",
        "xml",
        "1",
        "",
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="files with holes")
def test_a_file_of_two_gigabytes(tmp_path: Path, suffix: str) -> None:
    """It has holes, so it takes no room here; nor does it in memory."""
    path = tmp_path / f"large.{suffix}".rstrip(".")
    with path.open("wb") as file:
        file.write(b"some text first\n")
        file.truncate(2 << 30)
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (item,) = read_documents(path)
    assert isinstance(item, Skipped) and item.path == str(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kilobytes, on Linux


MAIL = (
    "From: =?gb2312?B?1tDOxA==?= <a@b>\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n"
    "--x\n\n文\n--x\nContent-Type: text/html\n\n<p>頁</p>\n--x--\n"
)


def changed(data: bytes, chance: random.Random) -> bytes:
    """The same with a few bytes turned, taken away, doubled or cut off."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        start = chance.randrange(len(result) or 1)
        match chance.randrange(5):
            case 0 if result:
                result[start] ^= 1 << chance.randrange(8)
            case 1:
                del result[start : start + chance.randrange(1, 9)]
            case 2:
                result[start:start] = result[start : start + chance.randrange(1, 200)] * chance.choice((1, 2, 50))
            case 3:
                result[start : start + 4] = chance.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"<<<<", b"{{{{", b"&#x0;", b"9999", b"\n\n\n\n")
                )
            case _:
                del result[max(start, len(result) // 2) :]
    return bytes(result)


def changed_inside(data: bytes, chance: random.Random) -> bytes:
    """A ZIP, one of whose parts is changed before it is packed."""
    if not data.startswith(b"PK\x03\x04"):
        return changed(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    victim = chance.choice(sorted(parts))
    return packed({**parts, victim: changed(parts[victim], chance)})


def samples() -> dict[str, bytes]:
    """A small file of every kind that is more than lines."""
    paragraph = "<w:p><w:r><w:t>內文</w:t></w:r></w:p>"
    return {
        "a.docx": docx(paragraph * 3, footnotes=f'<w:footnote w:id="2">{paragraph}</w:footnote>'),
        "a.pptx": pptx("<p:sp><p:txBody><a:p><a:r><a:t>文</a:t></a:r></a:p></p:txBody></p:sp>"),
        "a.xlsx": xlsx({"名": '<row><c t="s"><v>0</v></c><c><v>1.5</v></c></row>'}, strings="<si><t>字</t></si>"),
        "a.odt": opendocument("text", "<a><text:p xmlns:text='urn:x'>文</text:p></a>"),
        "a.xmind": packed({"content.json": '[{"rootTopic": {"title": "題", "children": {"attached": [{"title": "文"}]}}}]'}),
        "b.xmind": packed({"content.xml": "<x><sheet><topic><title>題</title><notes><plain>文</plain></notes></topic></sheet></x>"}),
        "a.epub": packed(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": "<container/>",
                "a.xhtml": "<html><body><h1>章</h1><p>文</p></body></html>",
            }
        ),
        "a.ofd": ofd(set_at(10, 10, "一頁"), set_at(10, 10, "二頁", more='CTM="1 0 0 1 0 0"'), info="<ofd:Title>題</ofd:Title>"),
        "a.doc": doc("第一段\r第二段\r"),
        "a.ppt": ppt(("題", "文", "註")),
        "a.xls": xls({"名": [["字", 1.5]]}),
        "a.msg": msg({"0037": "旨", "1000": "文"}, {"a.txt": "附件".encode()}),
        "a.chm": chm(
            {"/a.htm": "<h1>章</h1><p>文</p>".encode(), "/c.hhc": b'<param name="Name" value="a"><param name="Local" value="a.htm">'}
        ),
        "a.mobi": mobi("<html><body><h1>章</h1><p>文</p>".encode(), said=((503, "題".encode()),), chapters=[(12, "章")]),
        "a.pdb": palmdoc("文".encode() * 90),
        "a.pdf": pdf("一頁文字", "二頁文字"),
        "a.zip": packed({"甲/a.txt": "文", "b.eml": "From: a\nTo: b\nSubject: c\n\n文"}),
        "a.tar": devices(),
        "a.rtf": b"{\\rtf1\\ansicpg936{\\fonttbl{\\f0\\fcharset134 Song;}}\\f0 \\'d6\\'d0\\u25991 ?\\par{\\b x}}",
        "a.eml": MAIL.encode(),
        "a.xml": "<mediawiki><page><title>題</title><revision><text>[[文|字]]{{a|b}}</text></revision></page></mediawiki>".encode(),
        "a.html": "<html><head><title>題</title></head><body><ruby>漢<rt>ㄏㄢˋ</rt></ruby><table><tr><td>甲<td>乙</table>".encode(),
        "a.md": "---\ntitle: 題\n---\n# 題\n\n- 甲\n\n|a|b|\n|-|-|\n|1|2|\n".encode(),
        "a.csv": 'title,text\n甲,"乙\n丙"\n'.encode(),
        "a.json": '[{"title":"題","text":"文"}]'.encode(),
        "a.jsonl": '{"名":"甲"}\n{"表":["乙",{"丙":1}]}\n'.encode(),
        "a.srt": "1\n00:00:01,000 --> 00:00:02,000\n字\n".encode(),
        "a.1": ".TH A 1\n.SH 名\n.TP\n.B a\n文\n.TS\nl l.\na\tb\n.TE\n".encode(),
    }


@pytest.mark.parametrize("name", samples())
def test_whatever_is_broken_is_told_and_never_raised(name: str) -> None:
    """Files broken at random, the same every time. What is read of them can be stored: no lone surrogates, places within the text."""
    chance = random.Random(name)
    sample = samples()[name]
    for _ in range(60):
        for item in read_all(name, changed_inside(sample, chance), timeout=PATIENCE):
            if isinstance(item, Skipped):
                assert item.reason in REASONS - {"timeout"}, item
            else:
                item.text.encode()
                item.title.encode()
                assert all(0 <= place.start < max(1, len(item.text)) for place in item.locations)

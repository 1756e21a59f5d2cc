"""Bilingual files become their texts, each with its translations below it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document
from searcher.printer.grep import lines_of_matches
from tests.documents.reading import read_all, read_one

XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
  <file source-language="en" target-language="zh-TW" original="表單">
    <header><note>for the agency</note></header>
    <body>
      <trans-unit id="1"><source>Open <g id="1">the</g> file</source>
        <seg-source>Open <mrk mtype="seg" mid="1">the file</mrk></seg-source>
        <target>開啟
          檔案<ph id="2">&lt;br/&gt;</ph></target><note>選單</note>
        <alt-trans><target>打開</target></alt-trans></trans-unit>
      <trans-unit id="2"><source>Close</source></trans-unit>
      <trans-unit id="3"><source/></trans-unit>
    </body>
  </file>
  <file original="頁尾" target-language="zh-TW"><body>
    <trans-unit id="4"><source>Save</source><target>儲存</target></trans-unit>
  </body></file>
</xliff>"""

XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="zh-HK"><file id="f1">
<unit id="1"><notes><note>選單</note></notes><segment><source>Open</source><target>開啟</target></segment>
<segment><source>Save</source><target>儲存</target></segment></unit></file></xliff>"""

TS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1" language="zh_TW">
<context><name>AboutDialog</name>
<message><source>About</source><comment>menu</comment><translation>關於</translation></message>
<message numerus="yes"><source>%n file(s)</source><translation><numerusform>%n 個檔案</numerusform></translation></message>
<message><source>Old</source><translation type="vanished">舊</translation></message>
<message><source>New</source><translation type="unfinished"></translation></message>
</context></TS>"""

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en-US"><note>all</note></header><body>
<tu changedate="20210817T023401Z" changeid="王小明"><prop type="x">y</prop>
<tuv xml:lang="en-US"><seg>Click <bpt i="1">&lt;b&gt;</bpt>Save<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="zh-TW"><seg>按一下「儲存」。</seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>Open</seg></tuv><tuv xml:lang="zh-TW"><seg>開啟</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.parametrize(
    ("name", "written", "units", "language"),
    [
        ("a.xlf", XLIFF, ["選單\nOpen the file\n開啟檔案", "Close", "Save\n儲存"], "zh-TW"),
        ("a.sdlxliff", XLIFF, ["選單\nOpen the file\n開啟檔案", "Close", "Save\n儲存"], "zh-TW"),
        ("a.xml", XLIFF_2, ["選單\nOpen\n開啟", "Save\n儲存"], "zh-HK"),
        ("a.ts", TS, ["menu\nAbout\n關於", "%n file(s)\n%n 個檔案", "New"], "zh_TW"),
    ],
)
def test_each_text_stands_above_its_translation(name: str, written: str, units: list[str], language: str) -> None:
    document = read_one(name, written)
    assert document.text.split("\n\n") == units
    assert (document.title, document.metadata["language"]) == (name, language)


def test_places_are_the_parts_of_the_file() -> None:
    places = [(place.label, place.start) for place in read_one("a.xlf", XLIFF).locations if place.kind == "heading"]
    assert places == [("表單", 0), ("頁尾", read_one("a.xlf", XLIFF).text.index("Save"))]
    assert [place.label for place in read_one("a.ts", TS).locations if place.kind == "heading"] == ["AboutDialog"]


def test_each_text_has_its_line_of_the_file() -> None:
    for name, written, told in (
        ("a.xlf", XLIFF, {"選單": 9, "Open the": 6, "開啟": 8, "Close": 11, "Save": 16}),
        ("a.ts", TS, {"關於": 3, "New": 6}),
    ):
        document = read_one(name, written)
        places = [(document.text.index(text), len(document.text)) for text in told]
        assert [next(lines_of_matches(document, [place])) for place in places] == list(told.values())


def test_a_place_begins_with_its_first_text_that_is_read() -> None:
    old = '<message><source>Old</source><translation type="vanished">舊</translation></message>'
    written = TS.replace("</TS>", f"<context><name>Menu</name>{old}<message><source>Save</source></message></context></TS>")
    places = read_one("a.ts", written)
    headings = [place for place in places.locations if place.kind == "heading"]
    assert [(place.label, places.text[place.start :][:5]) for place in headings] == [("AboutDialog", "menu\n"), ("Menu", "Save")]


def test_a_unit_of_a_translation_memory_is_a_document() -> None:
    first, second = read_all("記憶.tmx", TMX)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id[-2:], first.title, first.text) == ("#1", "Click Save.", "Click Save.\n按一下「儲存」。")
    assert (first.date, first.metadata["author"], first.metadata["language"]) == ("2021-08-17T02:34:01+00:00", "王小明", ("en-US", "zh-TW"))
    assert (second.title, second.text) == ("Open", "Open\n開啟")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.tmx", "a.xml", "a.txt"])
def test_a_translation_memory_is_known_by_its_content_in_any_encoding(name: str, encoding: str) -> None:
    data = TMX.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"').encode(encoding)
    assert [document.text for document in read_all(name, data) if isinstance(document, Document)][1:] == ["Open\n開啟"]


def test_what_is_broken_is_plain_text_and_of_a_memory_what_was_whole_is_kept() -> None:
    assert "<source>Close" in read_one("a.xlf", XLIFF[:-20]).text
    *units, fault = read_all("a.tmx", TMX[:-10])
    assert (len(units), isinstance(fault, Document)) == (2, False)


def test_a_unit_over_the_limit_is_reported_and_the_others_are_read() -> None:
    long, other = read_all("a.tmx", TMX.replace("Click", "很長" * 600), max_bytes=1_000)
    assert not isinstance(long, Document) and long.reason == "too-large"
    assert isinstance(other, Document) and other.text == "Open\n開啟"


def test_programs_in_typescript_are_no_catalogues() -> None:
    assert "export const" in read_one("a.ts", "// 關於\nexport const x = '<TS>'").text
    assert read_one("a.ts", "// 關於\nexport const x = '<TS>'").metadata["format"] == "ts"


@given(st.lists(st.tuples(st.text("甲乙ab &<", min_size=1), st.text("甲乙ab &<")), min_size=1, max_size=5))
def test_every_text_and_translation_is_kept_in_order(pairs: list[tuple[str, str]]) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;")

    units = "".join(f"<trans-unit><source>{escaped(one)}</source><target>{escaped(other)}</target></trans-unit>" for one, other in pairs)
    found = read_all("a.xlf", f"<?xml version='1.0'?><xliff><file><body>{units}</body></file></xliff>")
    expected = [text for pair in pairs for text in (" ".join(side.split()) for side in pair) if text]
    assert [line for document in found if isinstance(document, Document) for line in document.text.split("\n") if line] == expected

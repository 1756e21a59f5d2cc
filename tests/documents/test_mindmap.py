"""A map of XMind, FreeMind or MindManager becomes its topics, branch by branch."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document
from tests.documents.packing import packed
from tests.documents.reading import read_one, skipped

SHEETS = [
    {
        "title": "画布 1",
        "rootTopic": {
            "title": "融資計畫",
            "notes": {"plain": {"content": "三月前"}},
            "children": {
                "attached": [
                    {"title": "第一輪", "children": {"attached": [{"title": "估值", "labels": ["急"]}, {"title": "條款"}]}},
                    {"title": "第二輪"},
                ],
                "detached": [{"title": "其他", "notes": {"plain": {"content": "一行\r\n\r\n二行"}}, "boundaries": [{"title": "範圍"}, {}]}],
            },
        },
        "relationships": [{"title": "所以"}],
    },
    {"title": "附錄", "rootTopic": {"title": "參考", "labels": ["甲", "乙"]}},
]
XML = """<xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0"><sheet><topic><title>融資計畫</title><notes><plain>三月前</plain></notes>
<children><topics type="attached"><topic><title>第一輪</title><children><topics type="attached">
<topic><title>估值</title><labels><label>急</label></labels></topic><topic><title>條款</title></topic></topics></children></topic>
<topic><title>第二輪</title></topic></topics><topics type="detached"><topic><title>其他</title><notes><plain>一行

二行</plain></notes>
<boundaries><boundary><title>範圍</title></boundary><boundary/></boundaries></topic></topics></children></topic>
<title>画布 1</title><relationships><relationship><title>所以</title></relationship></relationships></sheet>
<sheet><title>附錄</title><topic><title>參考</title><labels><label>甲</label><label>乙</label></labels></topic></sheet></xmap-content>"""
WARNING = "<xmap-content><sheet><topic><title>Warning</title></topic></sheet></xmap-content>"


@pytest.mark.parametrize(
    "parts",
    [
        {"content.json": json.dumps(SHEETS), "content.xml": WARNING, "metadata.json": "{}"},
        {"Thumbnails/thumbnail.png": Random(1).randbytes(70_000), "content.json": json.dumps(SHEETS)},
        {"content.xml": XML, "META-INF/manifest.xml": "<manifest/>"},
    ],
)
def test_topics_stand_below_the_one_that_they_belong_to(parts: dict[str, str | bytes]) -> None:
    document = read_one("a.xmind", packed(parts))
    assert document.text == (
        "融資計畫\n\n三月前\n\n第一輪\n\n• 估值\n  • 急\n• 條款\n\n第二輪\n\n其他\n\n一行\n二行\n\n範圍\n\n所以\n\n附錄\n\n參考\n\n甲\n\n乙"
    )
    assert (document.title, document.metadata["format"]) == ("融資計畫", "xmind")
    headings = [place.label for place in document.locations if place.kind == "heading"]
    assert headings == ["融資計畫", "第一輪", "第二輪", "其他", "參考"]


def test_a_sheet_with_a_name_of_its_own_does_not_call_the_map() -> None:
    document = read_one("a.xmind", packed({"content.json": json.dumps(SHEETS[1:])}))
    assert (document.title, document.text) == ("參考", "附錄\n\n參考\n\n甲\n\n乙")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("content.json", json.dumps([{"rootTopic": {"title": "甲", "notes": {"plain": {"content": "乙" * 120_000}}}}], ensure_ascii=False)),
        ("content.xml", f"<x><topic><title>甲</title><notes><plain>{'乙' * 120_000}</plain></notes></topic></x>"),
    ],
)
def test_a_long_note_is_whole_or_refused(name: str, content: str) -> None:
    data = packed({name: content})
    assert read_one("a.xmind", data).text == "甲\n\n" + "乙" * 120_000
    assert skipped("a.xmind", data, max_bytes=100_000) == ("too-large", "over the limit for one document")


def test_what_is_no_map_is_told() -> None:
    assert skipped("a.xmind", packed({"content.json": "{"}))[0] == "damaged"
    assert skipped("a.xmind", packed({"content.json": "{}"}))[0] == "empty"
    formula = {"mimetype": "application/vnd.oasis.opendocument.formula", "content.xml": XML, "META-INF/manifest.xml": "<x/>"}
    assert skipped("a.odf", packed(formula))[0] == "unsupported"
    locked = {"manifest.json": '{"file-entries": {"content.json": {"encryption-data": {}}}}', "content.json": b"\x93\x01"}
    assert skipped("a.xmind", packed(locked))[0] == "encrypted"
    assert read_one("a.zip", packed({"content.json": '{"名": "甲"}'})).text == "名: 甲"


NAMES = "rootTopic title children attached notes plain content labels relationships boundaries".split()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("甲 "),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("rootTopic title children attached notes plain content labels relationships boundaries".split()), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_stands_in_one_costs_nothing_else(value: object) -> None:
    from searcher.documents import ReadOptions, Source
    from searcher.documents.office.mindmap import read_mind_map

    source = Source.of_bytes("a.xmind", packed({"content.json": json.dumps([value])}))
    assert all(isinstance(item, Document) for item in read_mind_map(source, ReadOptions()))


@pytest.mark.parametrize(
    "name", ["画布 1", "畫布 2", "导图 1", "導圖", "思维导图 3", "思維導圖", "心智图 1", "Sheet 1", "Map", "Missing Sheet Title"]
)
def test_names_that_the_program_gives_say_nothing(name: str) -> None:
    sheet = {"title": name, "rootTopic": {"title": "融資計畫"}}
    assert read_one("a.xmind", packed({"content.json": json.dumps([sheet])})).text == "融資計畫"


FREE = """<map version="1.0.1">
<!-- To view this file, download free mind mapping software FreeMind -->
<node CREATED="1" TEXT="&#x878d;資計畫">
<hook NAME="MapStyle"><map_styles><stylenode><richcontent TYPE="DETAILS"><html>樣式</html></richcontent></stylenode></map_styles></hook>
<richcontent TYPE="NOTE"><html><head><title>題</title></head><body><p>三月前</p><p>  兩
次  </p></body></html></richcontent>
<node POSITION="right" TEXT="第一輪"><attribute NAME="急" VALUE="是&#x1;"/><attribute NAME="script1" VALUE="c.run()"/>
<arrowlink DESTINATION="x" MIDDLE_LABEL="所以"/>
<node TEXT="&lt;html&gt;&lt;b&gt;估&lt;/b&gt;值"><hook NAME="accessories/plugins/NodeNote.properties"><text>未定</text></hook></node>
<node><richcontent TYPE="NODE"><html><body><p><b>條</b>款&nbsp;</p></body></html></richcontent></node></node>
<node TEXT="第二輪"><richcontent CONTENT-TYPE="plain/auto" TYPE="DETAILS"><text>一
二</text></richcontent></node></node></map>"""


@pytest.mark.parametrize("prologue", ["", '<?xml version="1.0" encoding="utf-8"?>\n<!-- Freeplane -->\n'])
def test_maps_of_freemind_are_read_like_those_of_xmind(prologue: str) -> None:
    document = read_one("a.mm", prologue + FREE)
    assert document.text == "融資計畫\n\n三月前\n兩次\n\n第一輪\n\n急: 是\n\n所以\n\n• 估值\n  • 未定\n• 條款\n\n第二輪\n\n一\n二"
    assert (document.title, document.metadata["format"]) == ("融資計畫", "freemind")
    assert [place.label for place in document.locations if place.kind == "heading"] == ["融資計畫", "第一輪", "第二輪"]


@pytest.mark.parametrize(
    "content", ["#import <Foundation/Foundation.h>", '<map name="m"><area href="a">', '<map version="1.0.1"><node TEXT="斷']
)
def test_what_is_no_map_of_freemind_or_a_broken_one_is_text(content: str) -> None:
    assert read_one("a.mm", content).metadata["format"] == "text"


MANAGED = """<ap:Map xmlns:ap="urn:ap"><ap:OneTopic><ap:Topic><ap:SubTopics>
<ap:Topic><ap:SubTopics><ap:Topic><ap:Text PlainText="估值"/></ap:Topic><ap:Topic><ap:Text PlainText="條款"/></ap:Topic></ap:SubTopics>
<ap:NotesGroup><ap:NotesXhtmlData PreviewPlainText="三月前"/></ap:NotesGroup><ap:Text PlainText="第一輪"><ap:Font Name="宋体"/></ap:Text>
<ap:TextLabels><ap:TextLabel TextLabelName="急"/></ap:TextLabels></ap:Topic>
<ap:Topic><ap:Text PlainText="第二輪"/></ap:Topic></ap:SubTopics><ap:Text PlainText="融資計畫"/></ap:Topic></ap:OneTopic>
<ap:StyleGroup><ap:Text PlainText="樣式"/></ap:StyleGroup></ap:Map>"""


def test_maps_of_mindmanager_are_read_like_those_of_xmind() -> None:
    document = read_one("a.mmap", packed({"ico/1.ico": b"\0\0", "Document.xml": MANAGED}))
    assert document.text == "融資計畫\n\n第一輪\n\n三月前\n\n急\n\n• 估值\n• 條款\n\n第二輪"
    assert (document.title, document.metadata["format"]) == ("融資計畫", "mindmanager")
    assert skipped("a.mmap", packed({"a.txt": "甲"}))[0] == "damaged"
    assert skipped("a.mmap", packed({"Document.xml": MANAGED[:-9]}))[0] == "damaged"
    assert read_one("a.zip", packed({"a.txt": "甲"})).text == "甲"

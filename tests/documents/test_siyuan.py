"""Notes of SiYuan are read as it shows them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from searcher.documents import Document, Skipped
from tests.documents.reading import read_all, read_one


def _node(kind: str, *children: object, **fields: object) -> dict[str, Any]:
    inner = [_text(child) if isinstance(child, str) else child for child in children]
    return {"Type": f"Node{kind}", **fields, **({"Children": inner} if inner else {})}


def _text(said: str) -> dict[str, Any]:
    return _node("Text", Data=said)


def _mark(said: str, **fields: str) -> dict[str, Any]:
    return _node("TextMark", TextMarkType="strong", TextMarkTextContent=said, **fields)


def _note(*children: object, **properties: str) -> str:
    return json.dumps(_node("Document", *children, ID="20240530101000-875snki", Properties=properties))


_ITEMS = [_node("ListItem", _node("Paragraph", said), ListData={"Typ": 1, "Num": number}) for number, said in ((3, "甲"), (4, "乙"))]


@pytest.mark.parametrize(
    ("nodes", "text"),
    [
        ([_node("Paragraph", "段", _mark("落&lt;一&gt;"), "。"), _node("Paragraph", "二")], "段落<一>。\n\n二"),
        ([_node("Paragraph", "一行\n二行", _node("Br"), "三行")], "一行\n二行\n三行"),
        ([_node("Paragraph", "甲\u200b乙")], "甲乙"),
        ([_node("Heading", "節", HeadingLevel=2), _node("Paragraph", "文")], "節\n\n文"),
        ([_node("List", *_ITEMS)], "3. 甲\n4. 乙"),
        ([_node("List", _node("ListItem", _node("Paragraph", "甲"), _node("List", *_ITEMS[:1])))], "• 甲\n  3. 甲"),
        ([_node("Table", _node("TableHead", _node("TableRow", _node("TableCell", "甲"), _node("TableCell", "乙"))))], "甲\t乙"),
        ([_node("CodeBlock", _node("CodeBlockFenceOpenMarker", Data="```"), _node("CodeBlockCode", Data="a  b\n"))], "a  b"),
        ([_node("Paragraph", _node("Strong", _node("StrongA6kOpenMarker", Data="**"), "粗"))], "粗"),
        ([_node("Paragraph", "見", _mark("此", TextMarkInlineMemoContent="批注"))], "見此\n\n批注"),
        ([_node("SuperBlock", _node("SuperBlockLayoutMarker", Data="col"), _node("Paragraph", "欄"))], "欄"),
        ([_node("Paragraph", "圖", _node("Image", _node("LinkText", Data="image"), _node("LinkTitle", Data="說明")))], "圖\n說明"),
        ([_node("HTMLBlock", Data="<div><b>頁</b>面</div>")], "頁面"),
        ([_node("Callout", _node("Paragraph", "文"), CalloutTitle="提示")], "提示\n\n文"),
        ([_node("BlockQueryEmbed", _node("BlockQueryEmbedScript", Data="select *")), _node("Paragraph", "文")], "文"),
    ],
)
def test_nodes_become_text(nodes: list[dict[str, Any]], text: str) -> None:
    document = read_one("a.sy", _note(*nodes))
    assert (document.text, document.metadata["format"]) == (text, "siyuan")


def test_a_note_says_its_title_tags_and_when_it_was_begun() -> None:
    document = read_one("20240530101000-875snki.sy", _note(_node("Paragraph", "文"), title="A &amp; B", tags="甲,乙", memo="備忘"))
    assert (document.title, document.date, document.metadata["tags"]) == ("A & B", "2024-05-30T10:10:00", ("甲", "乙"))
    assert document.text == "文\n\n備忘\n\n甲, 乙"


@pytest.mark.parametrize("written", ["筆記", "[]", '{"Type": "NodeText", "Data": "甲"}'])
def test_what_only_has_the_name_of_a_note_is_plain_text(written: str) -> None:
    assert read_one("a.sy", written).text == written


@pytest.mark.parametrize("children", ["甲", [1, None, "甲"], {"Type": "NodeText"}, 7])
def test_odd_children_break_nothing(children: object) -> None:
    note = json.dumps({"Type": "NodeDocument", "Children": [{"Type": "NodeParagraph", "Children": children}, _node("Paragraph", "文")]})
    assert read_one("a.sy", note).text == "文"


def test_nodes_in_nodes_without_end_are_refused() -> None:
    written = '{"Type":"NodeDocument","Children":[' * 30_000 + "]}" * 30_000
    [skipped] = read_all("a.sy", written)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "damaged"


def test_a_note_in_an_export_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("筆記/20240530101000-875snki.sy", _note(_node("Paragraph", "文"), title="題"))
    [document] = read_all("a.sy.zip", packed.getvalue())
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("題", "文")

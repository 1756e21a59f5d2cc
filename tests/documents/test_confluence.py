"""Spaces as Confluence exports them in XML."""

from __future__ import annotations

import pytest

from searcher.documents import Document, Skipped
from tests.documents.packing import packed
from tests.documents.reading import read_all, skipped


def thing(kind: str, id: str, *properties: str, key: str = "id") -> str:
    return f'<object class="{kind}" package="p"><id name="{key}">{id}</id>{"".join(properties)}</object>'


def text(name: str, value: str) -> str:
    return f'<property name="{name}"><![CDATA[{value.replace("]]>", "]]]]><![CDATA[>")}]]></property>'


def refers(name: str, kind: str, id: str, key: str = "id") -> str:
    return f'<property name="{name}" class="{kind}" package="p"><id name="{key}">{id}</id></property>'


def body(id: str, of: str, markup: str, kind: str = "Page") -> str:
    return thing("BodyContent", id, text("body", markup), refers("content", kind, of))


def export(*objects: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<hibernate-generic datetime="2024-01-05">{"".join(objects)}</hibernate-generic>'


PERSON = thing("ConfluenceUserImpl", "ff80", text("name", "zhangwei"), text("fullName", "張偉"), key="key")
PAGE = thing(
    "Page",
    "7",
    text("title", "故障復盤"),
    '<property name="creationDate">2023-11-02 09:12:33.000</property>',
    refers("creator", "ConfluenceUserImpl", "ff80", key="key"),
    '<collection name="bodyContents"><element class="BodyContent"><id name="id">70</id></element></collection>',
)
MARKUP = (
    '<h2>時間線</h2><p>值班人 <ac:link><ri:user ri:userkey="ff80" /></ac:link>，'
    '見 <ac:link><ri:page ri:content-title="接口規範" /></ac:link>。</p>'
    '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sql</ac:parameter>'
    '<ac:parameter ac:name="title">查詢</ac:parameter>'
    "<ac:plain-text-body><![CDATA[SELECT 1 < 2;]]></ac:plain-text-body></ac:structured-macro>"
    "<table><tr><td>QPS</td><td>1200</td></tr></table>"
)


def test_a_page_in_whatever_order_its_parts_come() -> None:
    for objects in ((PERSON, PAGE, body("70", "7", MARKUP)), (body("70", "7", MARKUP), PAGE, PERSON)):
        (page,) = read_all("entities.xml", export(*objects))
        assert isinstance(page, Document)
        assert (page.id, page.title, page.date, page.metadata["author"]) == (
            "entities.xml#7",
            "故障復盤",
            "2023-11-02T09:12:33",
            "張偉",
        )
        for shown in ("時間線", "值班人 張偉", "見 接口規範", "查詢", "SELECT 1 < 2;", "QPS\t1200"):
            assert shown in page.text
        assert "sql" not in page.text


@pytest.mark.parametrize("end", ["]]>", "]] >"])  # the second is what Confluence writes, whose bodies stand in a section themselves
def test_sections_end_where_they_do(end: str) -> None:
    words = f"<ac:plain-text-link-body><![CDATA[這份 <文件>{end}</ac:plain-text-link-body>"
    link = f'<ac:link><ri:page ri:content-title="接口規範" />{words}</ac:link>'
    program = f"<ac:plain-text-body><![CDATA[a < 2 && c{end}</ac:plain-text-body>"
    (page,) = read_all("entities.xml", export(PAGE, body("70", "7", f"<p>請看{link}。</p>{program}<p>其<b>後</b></p>{program}")))
    assert isinstance(page, Document)
    assert page.text == "請看這份 <文件>。\n\na < 2 && c\n\n其後\n\na < 2 && c"


def test_the_numbers_of_tasks_are_no_text() -> None:
    task = "<ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>做事</ac:task-body></ac:task>"
    (page,) = read_all("entities.xml", export(PAGE, body("70", "7", f"<ac:task-list>{task}</ac:task-list>")))
    assert isinstance(page, Document) and page.text == "做事"


def test_ids_stay_wherever_an_export_has_a_page() -> None:
    other = export(
        thing("Page", " 8\n", text("title", "新")),
        body("80", "8", "<p>新頁</p>"),
        PAGE,
        body("70", "7", "<p>正文</p>"),
        body("71", "7", ""),
    )
    assert [document.id for document in read_all("a.xml", other) if isinstance(document, Document)] == ["a.xml#8", "a.xml#7"]
    assert skipped("a.xml", export(thing("Page", "7\n7", text("title", "題")), body("70", "7\n7", "<p>正文</p>")))[0] == "empty"


def test_a_comment_is_called_as_what_it_is_about_and_what_is_gone_is_left_out() -> None:
    found = read_all(
        "entities.xml",
        export(
            PAGE,
            body("70", "7", "<p>正文</p>"),
            thing("Comment", "8", refers("containerContent", "Page", "7")),
            body("80", "8", "<p>同意</p>", "Comment"),
            thing("Page", "9", text("title", "故障復盤"), refers("originalVersion", "Page", "7")),
            body("90", "9", "<p>舊文</p>"),
            thing("Page", "10", text("title", "草稿"), text("contentStatus", "draft")),
            body("100", "10", "<p>未完</p>"),
            body("110", "11", "<p>無主</p>"),
        ),
    )
    assert [(document.title, document.text) for document in found if isinstance(document, Document)] == [
        ("故障復盤", "正文"),
        ("故障復盤", "同意"),
    ]
    assert len(found) == 2


def test_a_page_without_a_text_is_found_by_its_title_and_one_that_is_too_large_costs_itself() -> None:
    other = thing("BlogPost", "8", text("title", "公告"))
    large, small = read_all("a.xml", export(PAGE, other, body("70", "7", "字" * 2_000), body("80", "8", "", "BlogPost")), max_bytes=1_000)
    assert isinstance(large, Skipped) and large.reason == "too-large"
    assert isinstance(small, Document) and (small.title, small.text) == ("公告", "公告")


def test_it_is_read_in_its_archive_too() -> None:
    (page,) = read_all("space.zip", packed({"entities.xml": export(PAGE, body("70", "7", "<p>正文</p>"))}))
    assert isinstance(page, Document) and (page.title, page.text) == ("故障復盤", "正文")

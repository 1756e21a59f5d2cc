"""Notes as Evernote exports them."""

from __future__ import annotations

from searcher.documents import Document, Skipped
from tests.documents.reading import read_all

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">\n'


def note(title: str, content: str, more: str = "") -> str:
    page = f'<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "enml2.dtd"><en-note>{content}</en-note>'
    return f"<note><title>{title}</title>{more}<content><![CDATA[{page}]]></content></note>"


def export(*notes: str) -> str:
    return f'{HEAD}<en-export export-date="20210817T081500Z">{"".join(notes)}</en-export>'


def test_every_note_is_a_document_without_what_is_attached() -> None:
    about = "<created>20200102T030405Z</created><updated>20210817T081500Z</updated><tag>歷史</tag><tag>筆記</tag>"
    author = "<note-attributes><author>王</author></note-attributes>"
    attached = '<resource><data encoding="base64">iVBORw0KGgo=</data><attributes><author>丙</author></attributes></resource>'
    text = export(
        note("讀書筆記", "<h1>序</h1><div>臣光曰</div><div>天子之職</div>", about + author + attached),
        note("清單", "<ul><li>牛奶</li></ul>"),
    )
    for name in ("a.enex", "a.xml", "a"):
        first, second = read_all(name, text)
        assert isinstance(first, Document) and isinstance(second, Document)
        assert (first.id, first.title, first.date) == (f"{name}#1", "讀書筆記", "2020-01-02T03:04:05+00:00")
        assert first.text == "序\n\n臣光曰\n\n天子之職\n\n歷史, 筆記"
        assert (first.metadata["author"], first.metadata["tags"]) == ("王", ("歷史", "筆記"))
        assert (second.title, second.text, second.date) == ("清單", "• 牛奶", None)


def test_a_note_without_a_text_is_found_by_its_title() -> None:
    (found,) = read_all("a.enex", export(note("只有題", "")))
    assert isinstance(found, Document) and found.text == "只有題"


def test_a_note_that_is_too_large_costs_itself_and_one_that_is_cut_off_the_rest() -> None:
    large, small = read_all("a.enex", export(note("大", "字" * 2_000), note("小", "字")), max_bytes=1_000)
    assert isinstance(large, Skipped) and large.reason == "too-large"
    assert isinstance(small, Document) and small.title == "小"
    whole, rest = read_all("a.enex", export(note("甲", "字"))[: -len("</en-export>")] + "<note><title>乙")
    assert isinstance(whole, Document) and whole.title == "甲"
    assert isinstance(rest, Skipped) and rest.reason == "damaged"

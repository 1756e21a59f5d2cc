"""What was filled into a PDF and remarked on it is text, behind its pages."""

from __future__ import annotations

import sys

import pytest
from pypdfium2 import PdfDocument, PdfiumError

from searcher.documents import Document, ReadOptions, Source
from searcher.documents.printed.pdf import read_pdf
from tests.documents.pdfs import pdf
from tests.documents.reading import read_one, skipped

TEXT = "商湯科技計劃近幾週啟動赴港上市申請，擬募資二十億美元。"


def _said(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


def remark(text: str, *, by: str = "", kind: str = "Text", more: str = "") -> str:
    """An annotation that says something."""
    return f"/Subtype /{kind} /Contents {_said(text)} {f'/T {_said(by)}' if by else ''} {more}"


def filled(text: str, *, called: str = "", kind: str = "Tx", more: str = "") -> str:
    """A field that was filled in."""
    return f"/Subtype /Widget /FT /{kind} /T (a) /V {_said(text)} {f'/TU {_said(called)}' if called else ''} {more}"


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        (remark("再查一次"), "再查一次"),
        (remark("再查一次", by="王小明"), "王小明: 再查一次"),
        (remark("再查一次", by="Administrator"), "再查一次"),
        (remark("貼上的字", kind="FreeText"), "貼上的字"),
        (remark("螢光筆", kind="Highlight"), "螢光筆"),
        (filled("王小明"), "王小明"),
        (filled("王小明", called="姓名"), "姓名: 王小明"),
        (filled("臺北市", called="縣市", kind="Ch", more=f"/Ff 131072 /Opt [{_said('新北市')} {_said('臺北市')}]"), "縣市: 臺北市"),
    ],
)
def test_what_is_filled_in_or_remarked_follows_the_pages(note: str, shown: str) -> None:
    document = read_one("a.pdf", pdf(TEXT, "第二頁。", annotations=[note]))
    assert document.text == f"{TEXT}\n\n第二頁。\n\n{shown}"
    assert [(place.label, document.text[place.start :][:2]) for place in document.locations] == [
        ("1", "商湯"),
        ("2", "第二"),
        ("1", shown[:2]),
    ]


@pytest.mark.parametrize(
    "note",
    [
        remark(""),
        remark("藏", more="/F 2"),
        remark("藏", kind="Popup"),
        remark("藏", kind="Link"),
        remark("啟動 赴港", kind="Highlight"),  # what it marks
        filled(""),
        filled("密碼", more="/Ff 8192"),
        filled("Yes", kind="Btn"),
        filled("Off", kind="Btn"),
    ],
)
def test_what_says_nothing_more(note: str) -> None:
    assert read_one("a.pdf", pdf(TEXT, annotations=[note])).text == TEXT


def test_a_scan_with_notes_is_its_notes_unless_a_command_reads_scans() -> None:
    data = pdf("", annotations=[remark("再查一次"), filled("王小明")])
    assert read_one("a.pdf", data).text == "再查一次\n\n王小明"
    says = [sys.executable, "-c", "print('whatever it said')", "{file}"]
    assert read_one("a.pdf", data, converters={".pdf": says}).text == "whatever it said"
    assert skipped("a.pdf", pdf("", annotations=[remark("")]))[0] == "no-text"


def test_a_broken_form_costs_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(pdf: PdfDocument) -> None:
        raise PdfiumError("no form")

    monkeypatch.setattr(PdfDocument, "init_forms", fails)
    data = pdf(TEXT, annotations=[remark("再查一次"), filled("王小明")])
    [document] = read_pdf(Source.of_bytes("a.pdf", data), ReadOptions())
    assert isinstance(document, Document)
    assert document.text == f"{TEXT}\n\n再查一次"


def test_notes_are_no_running_heads() -> None:
    pages = [f"法規彙編\n第 {number} 條 {TEXT}" for number in range(1, 9)]
    document = read_one("a.pdf", pdf(*pages, annotations=[remark("再查一次")] * 9))
    assert (document.text.count("法規彙編"), document.text.count("再查一次")) == (1, 9)

"""What is repeated a thousand times costs a parser no more than it may: no mark sends it back over what it has read."""

from __future__ import annotations

import pytest

from searcher.documents import Document, ReadOptions, Refused, Skipped, Source
from searcher.documents.formats import formats
from searcher.documents.processes.isolation import isolated

LENGTH = 15_000
UNITS = (
    "a| |\n|\t|字|　|\r\n|e\u0301|第1條 |a\n\n|\n a",  # words, white space
    "a:|: |a: [|&a |*a |- |  - |> |1. |# |#|=|a\n=\n|--\n|---\n|*|**|_|_a_ |`|``|~~~\n|[|![|[a](|](|[[|{{|{|}|{\n",  # Markdown, YAML
    "<|<a |</|<b>|<p><b>|<li>|<a href=\"|<!--|<!DOCTYPE |<![CDATA[|<?|<table><tr><td>|&|&#|&amp;|<x>",
    "..\n|.. a::\n|.. [1]|:a: b\n|::|+-|++|====\n|xref:|footnote:[|[source]\n|image::",  # reStructuredText, AsciiDoc
    "\\|\\'|\\u1 |{\\b|\\par |\\bin9 |\"|\",\"|,|;|{\"a\":|[1,|\"\\u|1e|{\"a\":\"b\"}\n",  # Rich Text, tables, JSON
    "00:|[00:01.00]|00:00:01,000 --> 00:00:02,000\n|Dialogue: |1\n",
    "<pb:a_|<pb:a>|¶\n|#+A: |** a\n|#+begin_a\n|:a:\n|[[a][|[fn::|{{{a(|@@a:|<<|=a |*a*",  # scrolls, Org
    "\\[|\\(|\\a[|\\item[|\\footnote{|\\begin{a}|\\begin{verbatim}|\\newcommand{|\\verb|$a\n\n",  # LaTeX
    "=?utf-8?b?|=?|?=|--x\n|From |Subject: a\n",
    ".B |.TP\n|.de a\n|.if '|.ie |\\{|\\(|\\*(|\\h'|.TS\n|T{\n|'",
)  # fmt: skip
OPENINGS = {
    "text": ("a.txt", ""),
    "markdown": ("a.md", ""),
    "html": ("a.html", ""),
    "rst": ("a.rst", ""),
    "asciidoc": ("a.adoc", ""),
    "org": ("a.org", ""),
    "latex": ("a.tex", "a"),
    "csv": ("a.csv", ""),
    "json": ("a.json", ""),
    "jsonlines": ("a.jsonl", ""),
    "srt": ("a.srt", ""),
    "ass": ("a.ass", "[Script Info]\n[Events]\nFormat: Start, Text\n"),
    "lrc": ("a.lrc", ""),
    "rtf": ("a.rtf", "{\\rtf1 "),
    "references": ("a.ris", "TY  - JOUR\nAB  - "),
    "bibtex": ("a.bib", "@misc{a, title = {"),
    "ics": ("a.ics", "BEGIN:VEVENT\nSUMMARY:a\nDESCRIPTION:"),
    "vcf": ("a.vcf", "BEGIN:VCARD\nFN:a\nNOTE:"),
    "po": ("a.po", ""),
    "chat": ("a.txt", "[LINE] a\n2021/08/17 Tuesday\n09:15\ta\tb\n09:16\ta\tb\n"),
    "clippings": ("a.txt", "a\n- 1\n\nb\n==========\n"),
    "man": ("a.man", ".TH A 1\n"),
    "xml": ("a.xml", "<?xml version='1.0'?><a>"),
    "drawio": ("a.drawio", "<mxfile><diagram><mxGraphModel><root><mxCell style='html=1' value='"),
    "freemind": ("a.mm", "<map version='1.0.1'><node TEXT='a'><richcontent TYPE='NOTE'><html>"),
    "canvas": ("a.canvas", '{"nodes": [{"text": "'),
    "siyuan": ("a.sy", '{"Type": "NodeDocument", "Children": [{"Type": "NodeText", "Data": "'),
    "flat-office": ("a.fods", "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Row><Cell><Data>"),
    "xliff": ("a.xlf", "<xliff><file><body><trans-unit><source>"),
    "tmx": ("a.tmx", "<?xml version='1.0'?><tmx><body><tu><tuv><seg>"),
    "kanripo": ("a.txt", "# -*- mode: mandoku-view -*-\n"),
    "wikitext": ("a.wiki", ""),
    "dokuwiki": ("a.dokuwiki", ""),
    "confluence": ("a.xml", "<hibernate-generic><object class='BodyContent'><property name='body'><![CDATA["),
    "enex": ("a.enex", "<?xml version='1.0'?><en-export><note><title>a</title><content>"),
    "mediawiki": ("a.xml", "<mediawiki><page><title>a</title><ns>0</ns><revision><text>"),
    "eml": ("a.eml", "From: a\nTo: b\nSubject: c\n\n"),
    "mbox": ("a.mbox", "From a@b Tue Aug 17 11:18:00 2021\nFrom: a\nSubject: c\n\n"),
    "mhtml": ("a.mht", 'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=x\n\n'),
}


@pytest.mark.parametrize("format", [format for format in formats() if format.name in OPENINGS], ids=lambda format: format.name)
def test_no_repetition_exhausts_a_parser(format: object) -> None:
    known = next(one for one in formats() if one is format)
    name, opening = OPENINGS[known.name]
    units = "|".join(UNITS)
    for unit in (units.replace("\n", " ") if known.name == "jsonlines" else units).split("|"):  # of JSON Lines, every bad line is an answer
        source = Source.of_bytes(name, (opening + unit * (LENGTH // len(unit))).encode())
        try:
            items = list(isolated(known)(source, ReadOptions(timeout=10)))
        except Refused as refusal:
            assert refusal.reason not in ("timeout", "unreadable"), (unit, refusal.detail)
            assert "crashed" not in refusal.detail, (unit, refusal.detail)
        else:
            assert all(isinstance(item, (Document, Skipped)) for item in items), unit


def test_every_format_of_text_is_tried() -> None:
    textual = {format.name for format in formats() if not format.binary}
    assert textual <= OPENINGS.keys()

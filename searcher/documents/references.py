"""References to literature become documents, a record each: what CNKI, Wanfang, Airiti and programs for references export.

RIS          EndNote          RefWorks         NoteExpress              CNKI
TY  - JOUR   %0 Journal …     RT Journal …     {Reference Type}: …      SrcDatabase-来源库: 期刊
TI  - 題名    %T 題名          T1 題名           {Title}: 題名             Title-题名: 題名
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from searcher.documents.dates import to_iso
from searcher.documents.document import Document
from searcher.documents.frontmatter import FrontMatter, bounded
from searcher.documents.html import shown_of
from searcher.documents.metadata import described
from searcher.documents.places import article_locations, in_order
from searcher.documents.plain import read_plain
from searcher.documents.source import ReadOptions, Source
from searcher.documents.sourcetext import SourceText, read_text
from searcher.documents.titles import choose_title

Record = dict[str, list[str]]
"""The values of each field: title, author, editor, institution, journal, date, abstract, keywords, note, url, doi."""

_SEVERAL = re.compile(r"\s*(?:[;；]+|%A\b)\s*")  # CNKI: "%A 張三%A 李四" on one line
_MOST_BEFORE = 30  # lines before the first record
_RIS_DATE = re.compile(r"\s*(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?(?:/.*)?")


@dataclass(frozen=True, slots=True)
class _Syntax:
    """How a line with a tag is written, with which tag (of a file, one of these) a record begins, and which field each tag is."""

    name: str
    line: re.Pattern[str]
    first: str
    fields: Mapping[str, str]


def _fields(**tags: str) -> dict[str, str]:
    return {tag: field for field, all_tags in tags.items() for tag in all_tags.split("|")}


_SYNTAXES = (
    _Syntax(
        "ris",
        re.compile(r"([A-Z][A-Z0-9])  -(?: +(.*)|$)"),
        "TY",
        _fields(
            title="TI|T1|CT",
            author="AU|A1",
            editor="ED|A2",
            institution="AD",
            journal="JO|JF|T2|BT|PB",
            date="DA|PY|Y1",
            abstract="AB|N2",
            keywords="KW",
            note="N1|TT",
            url="UR",
            doi="DO",
        ),
    ),
    _Syntax(
        "endnote",
        re.compile(r"%([0-9A-Z@+!&?$#^<>()\[\]*])(?: (.*)|$)"),
        "0",
        _fields(
            title="T",
            author="A",
            editor="E",
            institution="+|I",
            journal="J|B",
            date="8|D",
            abstract="X",
            keywords="K",
            note="Z|Q",
            url="U",
            doi="R",
        ),
    ),
    _Syntax(
        "refworks",
        re.compile(  # these only: a line of an abstract begins with AI, too
            r"(RT|SR|ID|A[1-6BDNV]|T[1-3]|J[FO]|YR|FD|VO|IS|SP|OP|K1|NO|ED|P[BP]|SN|LA|CL|S[FL]|OT|L[KL]|DO|CN|D[BS]|IP|RD|ST|U[1-9L]|CR|WT)"
            r"(?: (.*)|$)"
        ),
        "RT",
        _fields(
            title="T1",
            author="A1",
            editor="A2",
            institution="AD",
            journal="JF|T2|PB",
            date="FD|YR",
            abstract="AB",
            keywords="K1",
            note="NO",
            url="UL|LK",
            doi="DO",
        ),
    ),
    _Syntax(
        "noteexpress",
        re.compile(r"\{([A-Za-z/ ]{1,40})\}:(?: ?(.*))"),
        "Reference Type",
        _fields(
            title="Title",
            author="Author",
            editor="Secondary Author|Editor",
            institution="Author Address|Publisher",
            journal="Journal|Secondary Title|Periodical",
            date="Date|Year",
            abstract="Abstract",
            keywords="Keywords",
            note="Translated Title|Notes|Note",
            url="URL|Link",
            doi="DOI",
        ),
    ),
    _Syntax(
        "cnki",
        re.compile(r"(DataType(?=:)|[A-Za-z]{1,20}(?=-))(?:-(?:[\u4e00-\u9fff]\w{0,11}|DOI|URL|IS[BS]N))?[:：] ?(.*)"),
        "SrcDatabase|DataType",
        _fields(
            title="Title",
            author="Author",
            institution="Organ",
            journal="Source",
            date="PubTime|Year",
            abstract="Summary",
            keywords="Keyword",
            note="Fund",
            url="Link|URL",
            doi="DOI",
        ),
    ),
)


def read_references(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The records of a list of references, in whichever of these forms it is; what is in none is plain text.

    Databases write a few lines before the first record, which say whose it is.
    """
    written = read_text(source, options, format="references")
    lines = written.text.split("\n")
    begun = next(filter(None, map(_begun, lines[:_MOST_BEFORE])), None)
    if begun is None:
        yield from read_plain(source, options)
        return
    syntax, first = begun
    for number, record in enumerate(_records(lines, syntax, first), 1):
        yield document_of_reference(source, number, record, written, syntax.name)


def _begun(line: str) -> tuple[_Syntax, str] | None:
    """The form of a record that begins with this line, and its tag."""
    for syntax in _SYNTAXES:
        found = syntax.line.match(line)
        if found is not None and found[1] in syntax.first.split("|"):
            return syntax, found[1]
    return None


def document_of_reference(source: Source, number: int, record: Record, written: SourceText, format: str) -> Document:
    """A record as a reader sees it: titles, authors, editors, where it was published and when, abstract, keywords."""
    parted = {name: _parted(record.get(name, ())) for name in ("author", "editor", "keywords")}
    titles = [" ".join(shown_of(title).split()) for title in record.get("title", ())]
    published = [*record.get("journal", ()), *(_date(date) or date for date in record.get("date", ())[:1])]
    people = ("; ".join(parted[name]) for name in ("author", "editor"))
    head = dict.fromkeys((*titles, *people, *record.get("institution", ()), ", ".join(dict.fromkeys(published))))
    blocks = [
        "\n".join(filter(None, head)),
        *record.get("abstract", ()),
        "; ".join(parted["keywords"]),
        *map(shown_of, record.get("note", ())),
    ]
    text = "\n\n".join(filter(None, (block.strip() for block in blocks)))
    about = {**parted, **{name: record.get(name, [])[:1] for name in ("journal", "url", "doi")}}
    return source.document(
        title=choose_title(*titles, text=text, name=f"{source.stem} {number}"),
        text=text,
        date=max(filter(None, map(_date, record.get("date", ()))), key=len, default=None),
        metadata=described({**written.metadata, "format": format}, FrontMatter(bounded(about))),
        locations=in_order(article_locations(text)),
        number=number,
    )


def _records(lines: Iterable[str], syntax: _Syntax, first: str) -> Iterator[Record]:
    """The records; a line without a tag goes on with the value before it."""
    tagged: list[tuple[str, list[str]]] = []
    for line in lines:
        found = syntax.line.match(line)
        if found is not None:
            if found[1] == first and tagged:
                yield _record(tagged, syntax.fields)
                tagged = []
            tagged.append((found[1], [(found[2] or "").strip()]))
        elif tagged and line.strip():
            tagged[-1][1].append(line.strip())
    if tagged:
        yield _record(tagged, syntax.fields)


def _record(tagged: list[tuple[str, list[str]]], fields: Mapping[str, str]) -> Record:
    record: Record = {}
    for tag, lines in tagged:
        value = "\n".join(filter(None, lines))
        if tag in fields and value:
            record.setdefault(fields[tag], []).append(value)
    return record


def _parted(values: Iterable[str]) -> list[str]:
    """Names and words that are given together, one by one."""
    return [part for value in values for part in _SEVERAL.split(" ".join(value.split())) if part]


def _date(written: str) -> str | None:
    """Of RIS, 2021/08/17/ and 2021///; else as people write it."""
    found = _RIS_DATE.fullmatch(written)
    return to_iso("-".join(filter(None, found.groups()))) if found else to_iso(written)

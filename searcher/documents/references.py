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
from searcher.documents.metadata import described
from searcher.documents.places import article_locations, in_order
from searcher.documents.refusal import Refused
from searcher.documents.source import ReadOptions, Source
from searcher.documents.sourcetext import SourceText, read_text
from searcher.documents.titles import choose_title
from searcher.remarks import Remark

Record = dict[str, list[str]]
"""The values of each field: title, author, institution, journal, date, abstract, keywords, note, url, doi."""

_SEVERAL = re.compile(r"\s*(?:[;；]+|%A\b)\s*")  # CNKI: "%A 張三%A 李四" on one line
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
            institution="AD",
            journal="JO|JF|T2|PB",
            date="DA|PY|Y1",
            abstract="AB|N2",
            keywords="KW",
            note="N1",
            url="UR",
            doi="DO",
        ),
    ),
    _Syntax(
        "endnote",
        re.compile(r"%([0-9A-Z@+!&?$#^<>()\[\]*])(?: (.*)|$)"),
        "0",
        _fields(
            title="T", author="A", institution="+|I", journal="J|B", date="8|D", abstract="X", keywords="K", note="Z", url="U", doi="R"
        ),
    ),
    _Syntax(
        "refworks",
        re.compile(r"([A-Z][A-Z0-9]) (.*)"),
        "RT",
        _fields(
            title="T1",
            author="A1",
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
        re.compile(r"(DataType(?=:)|[A-Za-z]{1,20}(?=-))(?:-\w{1,12})?[:：] ?(.*)"),
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
    """The records of a list of references, in whichever of these forms it is. Refused("unsupported") where it is in none."""
    written = read_text(source, options, format="references")
    lines = written.text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    for syntax in _SYNTAXES:
        found = syntax.line.match(first)
        if found is not None and found[1] in syntax.first.split("|"):
            for number, record in enumerate(_records(lines, syntax, found[1]), 1):
                yield document_of_reference(source, number, record, written, syntax.name)
            return
    raise Refused("unsupported", Remark("detail.no-references"))


def document_of_reference(source: Source, number: int, record: Record, written: SourceText, format: str) -> Document:
    """A record as a reader sees it: title, authors, where it was published and when, abstract, keywords."""
    parted = {name: _parted(record.get(name, ())) for name in ("author", "keywords")}
    title = " ".join(" ".join(record.get("title", ())[:1]).split())
    published = [*record.get("journal", ())[:1], *record.get("date", ())[:1]]
    head = [title, "; ".join(parted["author"]), *record.get("institution", ()), ", ".join(published)]
    blocks = ["\n".join(filter(None, head)), *record.get("abstract", ()), "; ".join(parted["keywords"]), *record.get("note", ())]
    text = "\n\n".join(filter(None, (block.strip() for block in blocks)))
    about = {**parted, **{name: record.get(name, [])[:1] for name in ("journal", "url", "doi")}}
    return source.document(
        title=choose_title(title, text=text, name=f"{source.stem} {number}"),
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

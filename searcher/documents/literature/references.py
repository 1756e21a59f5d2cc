"""References to literature become documents, a record each: what CNKI, Wanfang, Airiti and programs for references export.

RIS          EndNote          RefWorks         NoteExpress              CNKI                       PubMed        Web of Science
TY  - JOUR   %0 Journal …     RT Journal …     {Reference Type}: …      SrcDatabase-来源库: 期刊      PMID- 123     PT J
TI  - 題名    %T 題名          T1 題名           {Title}: 題名             Title-题名: 題名             TI  - 題名     TI 題名

Rows of a table with such columns (Title, Abstract; 题名, 作者, 来源) are records of literature, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from searcher.documents.composing.blocks import flowing
from searcher.documents.composing.page import document_of_text
from searcher.documents.description.dates import to_iso
from searcher.documents.description.frontmatter import fields_in
from searcher.documents.description.metadata import fields
from searcher.documents.document import Document, Location, Metadata, only_text
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import shown_of
from searcher.frozen import frozen

Record = dict[str, list[str]]
"""The values of each field: title, author (or their initials), editor, institution, journal, date, abstract, keywords, note, url, doi."""

_SEVERAL = re.compile(r"\s*(?:[;；]+|%A\b)\s*")  # CNKI: "%A 張三%A 李四" on one line
_MOST_BEFORE = 30  # lines before the first record
_PEOPLE = frozenset(("author", "initials", "editor"))
_DOI = re.compile(r"10\.\d+/\S+")
_RIS_DATE = re.compile(r"\s*(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?(?:/.*)?")


@frozen
class _Syntax:
    """How a line with a tag is written, with which tag (of a file, one of these) a record begins, and which field each tag is."""

    name: str
    line: re.Pattern[str]
    first: str
    fields: Mapping[str, str]
    wrapped: bool = False  # lines are cut where they are long


_SYNTAXES = (
    _Syntax(
        "ris",
        re.compile(r"([A-Z][A-Z0-9])  -(?: +(.*)|$)"),
        "TY",
        fields(
            "title TI T1 CT, author AU A1, editor ED A2, institution AD, journal JO JF T2 BT PB, date DA PY Y1,"
            "abstract AB N2, keywords KW, note N1 TT, url UR, doi DO"
        ),
    ),
    _Syntax(
        "endnote",
        re.compile(r"%([0-9A-Z@+!&?$#^<>()\[\]*])(?: (.*)|$)"),
        "0",
        fields("title T, author A, editor E, institution + I, journal J B, date 8 D, abstract X, keywords K, note Z Q, url U, doi R"),
    ),
    _Syntax(
        "refworks",
        re.compile(  # these only: a line of an abstract begins with AI, too
            r"(RT|SR|ID|A[1-6BDNV]|T[1-3]|J[FO]|YR|FD|VO|IS|SP|OP|K1|NO|ED|P[BP]|SN|LA|CL|S[FL]|OT|L[KL]|DO|CN|D[BS]|IP|RD|ST|U[1-9L]|CR|WT)"
            r"(?: (.*)|$)"
        ),
        "RT",
        fields(
            "title T1, author A1, editor A2, institution AD, journal JF T2 PB, date FD YR, abstract AB, keywords K1, note NO,"
            "url UL LK, doi DO"
        ),
    ),
    _Syntax(
        "noteexpress",
        re.compile(r"\{([A-Za-z/ ]{1,40})\}:(?: ?(.*))"),
        "Reference_Type",
        fields(
            "title Title, author Author, editor Secondary_Author Editor, institution Author_Address Publisher,"
            "journal Journal Secondary_Title Periodical, date Date Year, abstract Abstract, keywords Keywords,"
            "note Translated_Title Notes Note, url URL Link, doi DOI"
        ),
    ),
    _Syntax(
        "cnki",
        re.compile(r"(DataType(?=:)|[A-Za-z]{1,20}(?=-))(?:-(?:[\u4e00-\u9fff]\w{0,11}|DOI|URL|IS[BS]N))?[:：] ?(.*)"),
        "SrcDatabase DataType",
        fields(
            "title Title, author Author, institution Organ, journal Source, date PubTime Year, abstract Summary, keywords Keyword,"
            "note Fund, url Link URL, doi DOI"
        ),
    ),
    _Syntax(
        "pubmed",
        re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)"),
        "PMID",
        fields(
            "title TI BTI, author FAU CN, initials AU, editor FED, institution AD, journal JT, date DP, abstract AB OAB, keywords OT MH,"
            "note TT, doi AID LID"
        ),
        wrapped=True,
    ),
    _Syntax(
        "webofscience",
        re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)"),
        "PT",
        fields(
            "title TI, author AF CA, initials AU, editor BE ED, institution C1, journal SO, date PD PY, abstract AB, keywords DE ID, doi DI"
        ),
        wrapped=True,
    ),
)
_COLUMNS = fields(
    "title title article_title 题名 題名 篇名 标题 標題 题目 題目 文献标题 论文题名 論文名稱,"
    "author author authors 作者 著者 author_full_names, institution organ 机构 機構 单位 作者单位 作者單位,"
    "journal source journal 来源 來源 刊名 期刊 文献来源 期刊名称 publication_title source_title,"
    "date date pubtime publication_date year publication_year 发表时间 發表時間 出版时间 出版日期 年 年份 出版年,"
    "abstract abstract summary abstract_note 摘要, keywords keyword keywords author_keywords manual_tags 关键词 關鍵詞 關鍵字,"
    "url url link 网址 網址 链接, doi doi"
)
"""Of tables: names of columns, in small letters."""
_COLUMN = re.compile(r"(?<![a-z])[a-z]+-(?=[\u4e00-\u9fff])")


def read_references(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The records of a list of references, in whichever of these forms it is; what is in none is plain text.

    Databases write a few lines before the first record, which say whose it is.
    """
    written = source.text(options, format="references")
    lines = written.text.split("\n")
    begun = next(filter(None, map(_begun, lines[:_MOST_BEFORE])), None)
    if begun is None:
        raise only_text()
    syntax, first = begun
    metadata = {**written.metadata, "format": syntax.name}
    for number, record in enumerate(_records(lines, syntax, first), 1):
        yield document_of_reference(source, number, record, metadata)


def _begun(line: str) -> tuple[_Syntax, str] | None:
    """The form of a record that begins with this line, and its tag."""
    for syntax in _SYNTAXES:
        found = syntax.line.match(line)
        if found is not None and found[1].replace(" ", "_") in syntax.first.split():
            return syntax, found[1]
    return None


def document_of_reference(source: Source, number: int, record: Record, metadata: Metadata, places: Iterable[Location] = ()) -> Document:
    """A record as a reader sees it: titles, authors, editors, publication, abstract, keywords, the key that it is cited by."""
    authors = record.get("author") or record.get("initials", [])
    parted = {"author": _people(authors), "editor": _people(record.get("editor", [])), "keywords": _parted(record.get("keywords", []))}
    titles = [" ".join(shown_of(title).split()) for title in record.get("title", ())]
    written = record.get("date", [])
    date = max(filter(None, map(_date, (*written, " ".join(reversed(written))))), key=len, default=None)
    published = [*record.get("journal", ()), *([date] if date else written[:1])]
    people = ("; ".join(parted[name]) for name in ("author", "editor"))
    head = dict.fromkeys((*titles, *people, *record.get("institution", ()), ", ".join(dict.fromkeys(published))))
    blocks = [
        "\n".join(filter(None, head)),
        *record.get("abstract", ()),
        "; ".join(parted["keywords"]),
        *map(shown_of, record.get("note", ())),
        *record.get("key", ()),
    ]
    text = "\n\n".join(filter(None, (block.strip() for block in blocks)))
    found = filter(None, map(_DOI.search, record.get("doi", ())))
    about = {**parted, **{name: record.get(name, [])[:1] for name in ("journal", "url", "key")}, "doi": [doi[0] for doi in found][:1]}
    return document_of_text(source, text, *titles, metadata=metadata, about=about, date=date, places=places, number=number)


def is_reference(row: Mapping[str, object]) -> bool:
    """Whether a row of a table is a record of literature: a title, with an abstract or with authors and where it was published."""
    fields = set(filter(None, map(_field, row)))
    values = (item for value in row.values() for item in (value if isinstance(value, list) else (value,)))
    flat = not any(isinstance(item, dict | list) for item in values)
    return flat and "title" in fields and ("abstract" in fields or {"author", "journal"} <= fields)


def reference_in(row: Mapping[str, object]) -> tuple[Record, dict[str, object]]:
    """The record that a row is, and what else it says."""
    record: Record = {}
    others: dict[str, object] = {}
    for name, value in row.items():
        if field := _field(name):
            record.setdefault(field, []).extend(filter(None, map(str.strip, fields_in({field: value}).get(field, ()))))
        else:
            others[name] = value
    return record, others


def _field(column: str) -> str | None:
    """Title-题名, 题名 and Article_Title → title"""
    return _COLUMNS.get(_COLUMN.sub("", column.strip().lower()).replace("_", " "))


def _records(lines: Iterable[str], syntax: _Syntax, first: str) -> Iterator[Record]:
    """The records; a line without a tag goes on with the value before it."""
    tagged: list[tuple[str, list[str]]] = []
    for line in lines:
        found = syntax.line.match(line)
        if found is not None and (tagged or found[1] == first):
            if found[1] == first and tagged:
                yield _record(tagged, syntax)
                tagged = []
            tagged.append((found[1], [(found[2] or "").strip()]))
        elif tagged and line.strip():
            tagged[-1][1].append(line.strip())
    if tagged:
        yield _record(tagged, syntax)


def _record(tagged: list[tuple[str, list[str]]], syntax: _Syntax) -> Record:
    record: Record = {}
    for tag, lines in tagged:
        field = syntax.fields.get(tag, "")
        value = "\n".join(filter(None, lines))
        if field and value:
            record.setdefault(field, []).append(flowing(value) if syntax.wrapped and field not in _PEOPLE else value)
    return record


def _people(values: Iterable[str]) -> list[str]:
    """Names that are given together, or a line each, one by one."""
    return _parted(line for value in values for line in value.split("\n"))


def _parted(values: Iterable[str]) -> list[str]:
    """Words that are given together, one by one."""
    return [part for value in values for part in _SEVERAL.split(" ".join(value.split())) if part]


def _date(written: str) -> str | None:
    """Of RIS, 2021/08/17/ and 2021///; else as people write it, or the year of it: 2021 Sep-Oct."""
    found = _RIS_DATE.fullmatch(written)
    return to_iso("-".join(filter(None, found.groups()))) if found else to_iso(written) or to_iso(written.partition(" ")[0])

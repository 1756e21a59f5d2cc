"""The entries of a BibTeX file become documents.

@article{key, title = {題名}, author = "張三 and 李四", year = 2021, month = aug # "~17"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from searcher.documents.description.dates import MONTHS
from searcher.documents.description.metadata import fields
from searcher.documents.document import Document, Refused, only_text
from searcher.documents.literature.references import Record, document_of_reference
from searcher.documents.markup.latextext import printed
from searcher.documents.markup.substitutions import Substitutions
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

_ENTRY = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[{(]", re.MULTILINE)
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:+.-]*)\s*=\s*")
_KEY = re.compile(r"[^,={}\"]*,")
_WORD = re.compile(r"[^\s,#{}\"=]+")
_MARK = re.compile(r"[{}\"]")
_JOIN = re.compile(r"\s*#\s*")
_BETWEEN = {"author": re.compile(r"\s+and\s+|\s*[;；]\s*"), "keywords": re.compile(r"\s*[,，;；]\s*")}
_BETWEEN["editor"] = _BETWEEN["author"]
_NO_ENTRIES = frozenset(("comment", "preamble"))
_FIELDS = fields(
    "title title subtitle, author author, editor editor, institution institution school, journal journal journaltitle booktitle publisher,"
    "date date year, abstract abstract, keywords keywords keyword, note note annote, url url, doi doi"
)


def read_bibtex(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The entries of a file, one after the other; what has none is plain text. Refused("empty") where none says anything."""
    written = source.text(options, format="bibtex")
    number, names = 0, Substitutions({month: str(number) for month, number in MONTHS.items()})
    starts = [(match.end(), match.start(), match[1].lower()) for match in _ENTRY.finditer(written.text)]
    if not starts:
        raise only_text()
    for (begin, _, kind), (_, end, _) in pairwise((*starts, (0, len(written.text), ""))):
        body = written.text[begin:end]
        if kind == "string":
            for name, value in _values(body, names):
                names.define(name, value)
        elif kind not in _NO_ENTRIES:
            key = _KEY.match(body)
            record = _record(_values(body[key.end() if key else 0 :], names))
            if record:
                record["key"] = [key[0].rstrip(",").strip()] if key else []
                number += 1
                yield document_of_reference(source, number, record, written.metadata)
    if not number:
        raise Refused("empty", Remark("detail.no-references"))


def _record(values: Iterator[tuple[str, str]]) -> Record:
    record: Record = {}
    month = ""
    for name, value in values:
        if name == "month":
            month = _shown(value, lines=False)[:40]
        elif field := _FIELDS.get(name):
            text = value.strip() if field in ("url", "doi") else _shown(value, lines=field in ("abstract", "note"))
            between = _BETWEEN.get(field)
            record.setdefault(field, []).extend(filter(None, between.split(text) if between else [text]))
    year = next(iter(record.get("date", ())), "")
    if month and len(year) == 4:
        record["date"].insert(0, f"{year}-{month.replace(' ', '-')}" if month[0].isdecimal() else f"{month} {year}")
    return {field: texts for field, texts in record.items() if texts}


def _values(body: str, names: Substitutions) -> Iterator[tuple[str, str]]:
    """The fields of an entry and what is written in them, perhaps nothing, until something is no field."""
    at = 0
    while field := _FIELD.match(body, at):
        at = field.end()
        parts: list[str] = []
        while part := _part(body, at, names):
            text, at = part
            parts.append(text)
            joined = _JOIN.match(body, at)
            if joined is None:
                break
            at = joined.end()
        yield field[1].lower(), "".join(parts)


def _part(body: str, at: int, names: Substitutions) -> tuple[str, int] | None:
    """A text in braces or quotation marks, a number or a name, and where it ends; what nothing ends goes to the end of the entry."""
    if body[at : at + 1] in ("{", '"'):
        end = _end(body, at + 1, body[at])
        return (body[at + 1 :], len(body)) if end is None else (body[at + 1 : end], end + 1)
    word = _WORD.match(body, at)
    if word is None:
        return None
    known = names.text(word[0].lower())
    return (word[0] if known is None else known), word.end()


def _end(body: str, start: int, opening: str) -> int | None:
    """Where the brace or quotation mark is closed."""
    depth = 0
    for mark in _MARK.finditer(body, start):
        if mark[0] == "{":
            depth += 1
        elif depth == 0 and (mark[0] == "}" or opening == '"'):
            return mark.start() if mark[0] != "}" or opening == "{" else None
        elif mark[0] == "}":
            depth -= 1
    return None


def _shown(value: str, *, lines: bool) -> str:
    """What is printed of it. With `lines`, lines stay."""
    text = printed(value)
    return "\n".join(" ".join(line.split()) for line in (text.strip().split("\n") if lines else [text]))

"""JSON Lines become documents, line by line: {"id", "title", "text", "date", "path", …}.

`text` (or another of the names in `records`) is what makes a line a document, or a `title`, whose text is all that it says; an `id` and
a `path` are the document's own.
Lines without one are passed over, as in a list of JSON; where no line has one, all are one document, a line each.
A line that is no object is reported with its number and costs that line alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import TextIOWrapper
from typing import Any

from searcher.documents.document import Document, Metadata, Refused, Skipped
from searcher.documents.encodings.detection import decode
from searcher.documents.json.named import said_by
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.documents.tabular.records import document_of, text_in
from searcher.documents.tabular.rows import Rows
from searcher.remarks import Remark


def read_json_lines(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The documents of a JSON Lines file, streamed."""
    decoded = decode(source.first_lines(), forced=options.encoding)
    metadata = decoded.metadata("jsonlines")
    others: Rows | None = Rows(options.max_bytes)
    for number, line in _lines(source, decoded.encoding, options.max_bytes):
        try:
            record = _record(line)
        except Refused as refusal:
            yield Skipped(source.path, refusal.reason, Remark("detail.line", number=number, what=refusal.detail))
            continue
        if _has_text(record):
            others = None
            yield _document(source, number, record, metadata)
        elif others is not None:
            others.row((said for _, said in said_by(record)), number)
    if others is not None and not others.is_empty():
        yield others.document(source, metadata)


def _lines(source: Source, encoding: str, limit: int) -> Iterator[tuple[int, str | None]]:
    """The lines that are not blank, with their numbers; None for one that is over the limit, whose rest is passed over."""
    with source.open() as binary, TextIOWrapper(binary, encoding=encoding, errors="replace", newline="\n") as file:
        number = 0
        while line := file.readline(limit):
            number += 1
            if line.endswith("\n") or len(line) < limit:
                stripped = line.strip("\ufeff \t\r\n")
                if stripped:
                    yield number, stripped
            else:
                _pass_over(file)
                yield number, None


def _pass_over(file: TextIOWrapper) -> None:
    """The rest of a line."""
    rest = "…"
    while rest and not rest.endswith("\n"):
        rest = file.readline(MEGABYTE)


def _has_text(record: Mapping[str, object]) -> bool:
    title = record.get("title")
    return bool(text_in(record).strip()) or (isinstance(title, str) and bool(title.strip()))


def _document(source: Source, number: int, record: dict[str, Any], metadata: Metadata) -> Document:
    identity, path = record.pop("id", ""), record.pop("path", "")
    document = document_of(source, number, record, metadata)
    identity = str(identity) if isinstance(identity, (str, int)) else ""
    return replace(document, id=identity or document.id, path=path if isinstance(path, str) and path else source.path)


def _record(line: str | None) -> dict[str, Any]:
    if line is None:
        raise Refused("too-large", Remark("detail.over-limit"))
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Refused(
            "damaged", Remark("detail.json", error=error.msg) if isinstance(error, json.JSONDecodeError) else Remark("detail.odd-json")
        ) from error
    if not isinstance(record, dict):
        raise Refused("damaged", Remark("detail.no-object"))
    return record

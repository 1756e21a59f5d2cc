"""JSON Lines become documents, line by line: {"id", "title", "text", "date", "path", …}.

`text` (or another of the names in `records`) is needed, everything else is not; an `id` and a `path` are the document's own.
A line that is no such object is reported with its number and costs that line alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from io import TextIOWrapper
from typing import Any

from searcher.documents.document import Document, Metadata, Refused, Skipped
from searcher.documents.encodings.detection import decode
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.documents.tabular.records import document_of, text_in
from searcher.remarks import Remark


def read_json_lines(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The documents of a JSON Lines file, streamed."""
    decoded = decode(source.first_lines(), forced=options.encoding)
    for number, line in _lines(source, decoded.encoding, options.max_bytes):
        yield _item(source, number, line, decoded.metadata("jsonlines"))


def _item(source: Source, number: int, line: str | None, metadata: Metadata) -> Document | Skipped:
    try:
        return _document(source, number, line, metadata)
    except Refused as refusal:
        return Skipped(source.path, refusal.reason, Remark("detail.line", number=number, what=refusal.detail))


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


def _document(source: Source, number: int, line: str | None, metadata: Metadata) -> Document:
    if line is None:
        raise Refused("too-large", Remark("detail.over-limit"))
    record = _record(line)
    identity, path, title = record.pop("id", ""), record.pop("path", ""), record.get("title")
    if not text_in(record):
        if not isinstance(title, str):
            raise Refused("damaged", Remark("detail.no-field"))
        record["text"] = title
    document = document_of(source, number, record, metadata)
    identity = str(identity) if isinstance(identity, (str, int)) else ""
    return replace(document, id=identity or document.id, path=path if isinstance(path, str) and path else source.path)


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Refused(
            "damaged", Remark("detail.json", error=error.msg) if isinstance(error, json.JSONDecodeError) else Remark("detail.odd-json")
        ) from error
    if not isinstance(record, dict):
        raise Refused("damaged", Remark("detail.no-object"))
    return record

"""A JSON file becomes documents: its records where it is a list of them, the cells of a notebook, else all it says as one.

A record is an object with a text (fields as in `records`). In other files every string and number stands on a line behind its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import PurePath
from typing import Any, TypeGuard

from searcher.documents.chats.conversations import documents_of_conversations
from searcher.documents.chats.records import Conversation, conversations_in, is_message, messages_of
from searcher.documents.composing.chapters import Chapters
from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import Page
from searcher.documents.composing.places import MOST_PLACES, in_order, needed_lines
from searcher.documents.description.titles import HAN, calls, clean_title
from searcher.documents.document import Document, Metadata, Refused, Skipped, only_text
from searcher.documents.json.lines import read_json_lines
from searcher.documents.json.members import Found, lists_in, members
from searcher.documents.json.named import said_by
from searcher.documents.json.people import people_beside
from searcher.documents.json.positions import count_of_tokens, lines_of_tokens
from searcher.documents.json.values import count_of_values, json_value
from searcher.documents.literature.references import is_reference
from searcher.documents.markup.markdown import markdown_page
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.tabular.records import document_of, said_in, text_field, text_in
from searcher.remarks import Remark

_MANY_VALUES = 200_000  # a list of records with so many is read record by record
_RECORDS = 0.5  # of a list, the least share of records for it to be a list of them
_SHARE, _LITTLE = 0.1, 100  # of the characters of a file, and characters

_NAME = re.compile(r'"name"\s*:\s*("(?:[^"\\]|\\.)*")')
_STRING = r'"(?:[^"\\]|\\.)*(?:"|\Z)'
_COMMENT = re.compile(rf"{_STRING}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMMA = re.compile(rf"{_STRING}|,(?=\s*[\]}}])", re.DOTALL)


def read_json(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The documents of a JSON file; several objects one after the other are JSON Lines, and what is no JSON at all is plain text.

    Comments and a comma too many, as editors write them into their settings, are read over.
    """
    written = source.text(options, format="json")
    lists = _lists_of_records(written.text) if count_of_values(written.text) > _MANY_VALUES else []
    if lists:
        return _streamed(source, written.text, lists, written.metadata, options.max_bytes)
    text = written.text
    try:
        value = json_value(text)
    except ValueError as error:
        if _begins_lines(text, error):
            return read_json_lines(source, options)
        text = _without_comments(text)
        if not text.lstrip().startswith(("{", "[", '"')):
            raise only_text() from error
        try:
            value = json_value(text)
        except ValueError:
            raise Refused("damaged", Remark("detail.json", error=error)) from error
        if not value:  # all that it says are its comments
            raise only_text() from error
    return _documents(source, value, text, written.metadata, options.max_bytes)


def records_of(value: object) -> list[Mapping[str, object]]:
    """The records of a list, or of all lists of records that an object holds; of the others in these, those that say something."""
    lists = value.values() if isinstance(value, dict) else [value]
    return [item for items in lists if _holds_records(items) for item in items if _says_something(item)]


def _holds_records(items: object) -> TypeGuard[list[Any]]:
    """Whether this is a list most of whose members are records."""
    if not isinstance(items, list):
        return False
    records = sum(map(_is_listed, items))
    return bool(records) and records >= _RECORDS * len(items)


def _lists_of_records(text: str) -> list[Found]:
    """The list of records that a text is, or those that it holds; none where all of it must be read to know what it is."""
    try:
        names, lists = lists_in(text, _is_listed)
    except (ValueError, RecursionError):
        return []
    if text_field(names) is not None or "cells" in names or len(set(names)) < len(names):
        return []
    return [found for found in lists if found.wanted and found.wanted >= _RECORDS * found.length]


def _streamed(source: Source, text: str, lists: list[Found], metadata: Metadata, limit: int) -> Iterator[Document]:
    """The records of long lists, or the days of a long conversation."""
    start = lists[0].start
    if is_message(next(members(text, start), None)):
        name = _NAME.search(text, 0, start)
        yield from _conversations(source, [(json.loads(name[1]) if name else "", members(text, start))], metadata)
        return
    ends = [0, *(found.end for found in lists)]
    pieces = [text[end:start] for end, start in zip(ends, (*(found.start for found in lists), None), strict=True)]
    yield from _besides(source, json_value("[]".join(pieces)), len(text), metadata, limit)
    listed = chain.from_iterable(members(text, found.start) for found in lists)
    yield from _numbered(source, filter(_says_something, listed), metadata)


def _conversations(source: Source, conversations: Iterable[Conversation], metadata: Metadata) -> Iterator[Document]:
    """Their days. Slack writes those of a channel into files in a folder of its name, beside which it says who is who."""
    folder, people = PurePath(source.path).parent.name, people_beside(source)
    named = ((name or folder, messages_of(records, people)) for name, records in conversations)
    return documents_of_conversations(source, named, {**metadata, "format": "chat"})


def _numbered(source: Source, records: Iterable[Any], metadata: Metadata) -> Iterator[Document]:
    for number, record in enumerate(records, 1):
        yield document_of(source, number, record, metadata)


def _documents(source: Source, value: Any, text: str, metadata: Metadata, limit: int) -> Iterator[Document]:
    if conversations := conversations_in(value):
        yield from _conversations(source, conversations, metadata)
    elif _is_record(value):
        yield document_of(source, None, value, metadata)
    elif isinstance(value, dict) and isinstance(value.get("cells"), list) and "nbformat" in value:
        yield _notebook(source, value["cells"], metadata)
    elif records := records_of(value):
        yield from _besides(source, value, len(text), metadata, limit)
        yield from _numbered(source, records, metadata)
    else:
        yield _whole(source, value, _said(value, text, limit), metadata)


def _besides(source: Source, value: Any, length: int, metadata: Metadata, limit: int) -> Iterator[Document]:
    """What an object of this length says beside its records, where that is more than what they are called, and how many they are."""
    others = {name: item for name, item in value.items() if not _holds_records(item)} if isinstance(value, dict) else {}
    said = _said(others, None, limit)
    if said.length > max(_LITTLE, _SHARE * length):
        yield _whole(source, others, said, metadata)


def _whole(source: Source, value: Any, said: Lines, metadata: Metadata) -> Document:
    locations = in_order(needed_lines(said.text, said.places))
    return source.document(title=_title(value) or source.stem, text=said.text, metadata=metadata, locations=locations)


def _said(value: Any, text: str | None, limit: int) -> Lines:
    """What the value of a text says, with its lines there. Refused over so many characters: a long name stands before each of its list."""
    count = count_of_tokens(value)
    written: list[int] = []
    if text is not None:
        written = list(lines_of_tokens(text)) if "\n" in text.strip() else [1] * count
    is_known = len(written) == count
    said = Lines()
    for number, one in said_by(value):
        if said.length + len(one) > limit:
            raise Refused("too-large", Remark("detail.text-over"))
        for line in one.split("\n"):
            if is_known and len(said.places) < MOST_PLACES:
                said.place("line", str(written[min(number, len(written) - 1)]))
            said.add(line)
    return said


def _notebook(source: Source, cells: list[Any], metadata: Metadata) -> Document:
    """The cells of a Jupyter notebook: running text as Markdown shows it, programs as they stand, without what they put out."""
    chapters = Chapters()
    for cell in cells:
        if isinstance(cell, dict):
            chapters.add(_cell(cell), None)
    return chapters.document(source, None, {**metadata, "format": "notebook"})


def _cell(cell: Mapping[str, object]) -> Page:
    content = cell.get("source", "")
    text = "".join(map(str, content)) if isinstance(content, list) else str(content)
    if cell.get("cell_type") != "markdown":
        return Page(text.strip("\r\n").rstrip())
    return markdown_page(text)


def _without_comments(text: str) -> str:
    """Without comments outside strings, and commas behind which a list or an object ends; every line is where it was."""
    for found in (_COMMENT, _COMMA):
        text = found.sub(lambda match: match[0] if match[0].startswith('"') else " " + "\n" * match[0].count("\n"), text)
    return text


def _is_record(value: object) -> bool:
    return isinstance(value, dict) and bool(text_in(value).strip())


def _is_listed(value: object) -> bool:
    return _is_record(value) or (isinstance(value, dict) and is_reference(value))


def _says_something(value: object) -> bool:
    """Whether a member of a list of records is one, or says something in Chinese: what was marked in a book, without a remark."""
    return _is_listed(value) or (isinstance(value, dict) and bool(HAN.search(said_in(value))))


def _title(value: object) -> str | None:
    """What it says it is called."""
    fields = value.items() if isinstance(value, dict) else ()
    return next((clean_title(item) for name, item in fields if isinstance(item, str) and calls(name, item)), None)


def _begins_lines(text: str, error: ValueError) -> bool:
    """Whether a whole JSON value is followed by another one."""
    return isinstance(error, json.JSONDecodeError) and error.msg == "Extra data" and text.lstrip().startswith("{")

"""Which format is this, and who reads it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from searcher.documents.document import PLAIN, Document, Refused, Skipped, refusal_of
from searcher.documents.encodings.detection import is_binary, with_ascii_marks
from searcher.documents.formats import by_name, formats, named
from searcher.documents.plain.text import CODE, read_plain
from searcher.documents.sources.format import Format, Reader
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

_ELEMENT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!A-Za-z_\x80-\xff]")  # what begins so and is called XML need not declare that it is
_MOST_REPORTS = 100  # of one file, so that a bomb of broken files does not become one of reports


def detect(source: Source) -> Format | None:
    """The format of a source: by its first bytes, then by its name; None for bytes that are no text and no known format.

    A signature beats the name (a PDF named .txt is a PDF). Of several that claim the content (a DOCX is a ZIP), the one with the name wins.
    The name beats a guess at text (an .md full of tags is Markdown), but plain names (.txt, none) leave it to the content. Comments of
    code look like Markdown, and are none.
    """
    head = source.head()
    if not head:
        return by_name("text")
    suggested = named(source.name)
    binary = [format for format in formats() if format.binary and format.sniff and format.sniff(head)]
    if binary:
        fitting = binary if binary[0].name != "zip" else [*binary, by_name("epub"), by_name("iwork")]  # what tells them may come late
        if binary[0].name == "iwork":  # in a folder of Pages it is called Index.zip
            return binary[0]
        return next((format for format in suggested if format in fitting), binary[0])
    if is_binary(head):
        return next((format for format in suggested if format.binary), None)
    textual = next((format for format in suggested if not format.binary and format.name != "text"), None)
    start = with_ascii_marks(head)
    guessed = textual or next((format for format in formats() if not format.binary and format.sniff and format.sniff(start)), None)
    if guessed is not None and not (guessed.name == "markdown" and source.suffix in CODE):
        return guessed
    return by_name("xml" if source.suffix == ".xml" and _ELEMENT.match(start) else "text")


def documents_of(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The documents of a source, whatever its format; what goes wrong is a Skipped, never an exception.

    Readers of archives and mails call it again with `source.member(…)`. Of one file, at most so many reports come one by one.
    """
    return _summed_up(_all_of(source, options), source) if source.depth == 0 else _all_of(source, options)


def _summed_up(items: Iterator[Document | Skipped], source: Source) -> Iterator[Document | Skipped]:
    """The same; behind the first hundred, what could not be read is only counted."""
    skipped, last = 0, ""
    for item in items:
        if isinstance(item, Skipped):
            skipped, last = skipped + 1, item.reason
            if skipped > _MOST_REPORTS:
                continue
        yield item
    if skipped > _MOST_REPORTS:
        yield Skipped(source.path, last, Remark("detail.more", count=skipped - _MOST_REPORTS))


def _all_of(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    try:
        yield from _read_or_converted(source, options)
    except (Exception, SystemExit) as error:  # a parser's bug on a foreign file must cost that file alone
        refusal = refusal_of(error)
        yield _sound(Skipped(source.path, refusal.reason, refusal.detail), source)


def _read_or_converted(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """What is read of a source, or of what a command of the user makes of one that no reader can read."""
    try:
        yield from _read(source, options)
    except Refused as refusal:
        if not options.converters:
            raise
        from searcher.documents.processes.converting import CONVERTIBLE, as_converted, converted, converter_of

        command = converter_of(source.name, options.converters) if refusal.reason in CONVERTIBLE else None
        if command is None:
            raise
        with converted(source, command, options) as result:
            for item in documents_of(result, replace(options, converters={})):
                yield as_converted(item, source, command)


def _read(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    if source.depth > options.max_depth:
        raise Refused("unsupported", Remark("detail.nested-archives", limit=options.max_depth))
    format = detect(source)
    if format is None or (format.recognised and not options.ocr):
        raise Refused("binary", Remark("detail.unknown"))
    missing = format.missing()
    if missing is not None:
        raise Refused(
            "missing-dependency", Remark("detail.package", format=format.name, package=missing, requirement=format.extra or missing)
        )
    empty = True
    for item in _items(format, source, options):
        empty = False
        yield _sound(item, source)
    if empty:
        raise Refused("empty", Remark("detail.unread"))


def _items(format: Format, source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """What the reader of a format gives; what only has the name of such a file is plain text."""
    try:
        yield from _reader(format, source)(source, options)
    except Refused as refusal:
        if refusal.reason != PLAIN:
            raise
        yield from read_plain(source, options)


def _reader(format: Format, source: Source) -> Reader:
    if not format.isolates(source):
        return format.read
    from searcher.documents.processes.isolation import isolated

    return isolated(format)


def _sound(item: Document | Skipped, source: Source) -> Document | Skipped:
    """What a reader gave, which may be another package's: a document with a text that goes with its file, or why there is none."""
    wrong = _wrong(item)
    if wrong is not None:
        return Skipped(source.path, "damaged", wrong)
    if isinstance(item, Skipped):
        return item
    if not item.text.strip():
        return Skipped(item.path or item.id, "empty", Remark("detail.unread"))
    return item if item.source == source.file else replace(item, source=source.file)


def _wrong(item: object) -> Remark | None:
    if not isinstance(item, Document | Skipped):
        return Remark("reason.no-document", kind=type(item).__name__)
    texts = ("path", "reason", "detail") if isinstance(item, Skipped) else ("id", "title", "text", *(("path",) if item.path else ()))
    name = next((name for name in texts if not isinstance(getattr(item, name), str)), None)
    return None if name is None else Remark("reason.not-text", field=name)

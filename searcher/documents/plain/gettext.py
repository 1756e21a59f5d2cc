"""A catalogue of gettext becomes its messages, each with its translation below it (.po, .pot)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import document_of_text
from searcher.documents.description.dates import first_date
from searcher.documents.document import Document, only_text
from searcher.documents.sources.source import ReadOptions, Source

_STRING = re.compile(r"[ \t]*(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d{1,3}\])?)[ \t]*)?\"(.*)\"[ \t]*(?:#[^\"]*)?")
_MESSAGE = re.compile(r"^[ \t]*(?:#~[ \t]*)?msgid\b", re.MULTILINE)
_NOTE = "#"
_NOTE_LINE = re.compile(r"#(?:\.|(?=[ \t]|$))[ \t]?(.*)")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": ""}
_SAID = (("date", "PO-Revision-Date"), ("author", "Last-Translator"), ("language", "Language"), ("project", "Project-Id-Version"))
_CHARSET = re.compile(rb"charset=([\w.:-]+)")

Piece = tuple[int, str, str]
"""The line of the file (from 1) where it begins, which keyword it follows (of a comment: "#"), and the text."""


def read_gettext(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a catalogue, with notes to translators; its lines are those of the file. What has no message is plain text."""
    written = source.text(options, format="po", declared=_declared_encoding)
    if not _MESSAGE.search(written.text):
        raise only_text()
    header: dict[str, list[str]] = {}
    lines, last, heads = Lines(), "", False
    for line, keyword, value in _pieces(written.text.split("\n")):
        heads = not value if keyword == "msgid" else heads  # the message without a text is the header
        if heads and keyword == "msgstr":
            header = header or _header(value)
        elif value.strip() and keyword != "msgctxt":
            if lines.length and keyword in (_NOTE, "msgid") and last not in (_NOTE, "msgctxt"):
                lines.add("")
            lines.place("line", str(line))
            lines.add(value.strip())
        last = keyword
    stamped = first_date(header.pop("date", []))
    yield document_of_text(source, lines.text, source.name, metadata=written.metadata, about=header, stamped=stamped, places=lines.places)


def _pieces(lines: Iterable[str]) -> Iterator[Piece]:
    begun, keyword, strings = 0, "", list[str]()
    for number, line in enumerate(lines, 1):
        string, note = _STRING.fullmatch(line), _NOTE_LINE.fullmatch(line)
        if string is not None and not string[1]:
            strings.append(string[2])
            continue
        if keyword:
            yield begun, keyword, "".join(map(_unescaped, strings))
        begun, keyword, strings = number, (string[1] or "") if string else "", [string[2]] if string else []
        if note is not None and note[1]:
            yield number, _NOTE, note[1]
    if keyword:
        yield begun, keyword, "".join(map(_unescaped, strings))


def _declared_encoding(head: bytes) -> str | None:
    charset = _CHARSET.search(head)
    return charset[1].decode("ascii", "replace") if charset else None


def _header(text: str) -> dict[str, list[str]]:
    said = dict(line.split(": ", 1) for line in text.split("\n") if ": " in line)
    return {name: [said[key]] for name, key in _SAID if said.get(key)}


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)

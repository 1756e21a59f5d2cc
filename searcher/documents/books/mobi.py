"""A book for Kindle or Palm becomes one text, chapter by chapter: MOBI, AZW and AZW3 (KF8), PRC, PalmDOC.

A MOBI is one long page of HTML, cut by page breaks; a KF8 is one of many pages, behind each what is put into it. Both have a table of
contents that names offsets. The fields are those that the pages "MOBI", "EXTH" and "PDB" of the MobileRead wiki describe.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from searcher.documents.books.mobiindex import contents
from searcher.documents.books.palmdb import PalmDatabase, Unpack, damaged, huffman, number_at, unpacked_palmdoc
from searcher.documents.composing.chapters import Chapters
from searcher.documents.composing.page import document_of_text
from searcher.documents.description.dates import first_date
from searcher.documents.description.metadata import real_author
from searcher.documents.description.titles import typed_title
from searcher.documents.document import Document, Refused
from searcher.documents.encodings.detection import decode, decode_name
from searcher.documents.sources import sniffing
from searcher.documents.sources.source import HEAD, MEGABYTE, ReadOptions, Source
from searcher.documents.sources.text import clean
from searcher.documents.web.html import page_of
from searcher.frozen import frozen
from searcher.remarks import Remark

_KINDS = (b"BOOKMOBI", b"TEXtREAd")  # other programs on Palms had others
_PLAIN, _PALMDOC, _HUFFMAN = 1, 2, 17_480  # how texts are packed
_UTF8 = 65_001
_KF8 = 8  # the version of a file
_NONE = 0xFFFFFFFF
_LONGEST_TITLE = 1_000
_SAID = {100: "author", 101: "publisher", 105: "category", 106: "date", 503: "title", 524: "language"}
_PAGE_BREAK = re.compile(rb"<\s*mbp:pagebreak[^<>]*>", re.IGNORECASE)
_KF8_PAGE = re.compile(rb"(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!DOCTYPE[^<>]{0,500}>\s*)?<html\b", re.IGNORECASE)


@frozen
class _Header:
    """What the first record says: of the text, and of the book (`mobi`), which a plain PalmDOC does not."""

    packed: int
    size: int
    count: int
    encrypted: bool
    mobi: bool = False
    utf8: bool = False
    version: int = 0
    title: bytes = b""
    tables: tuple[int, int] = (0, 0)  # the first record of the Huffman tables, and how many there are
    trailing: int = 0
    index: int = _NONE
    parts: int = _NONE  # of a KF8, as are its flows
    flows: int = _NONE
    said: tuple[tuple[int, bytes], ...] = ()


def read_mobi(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a book. Refused: encrypted, damaged, too-large, unsupported."""
    source.check(options.max_expanded_bytes)
    with source.open() as file:
        database = PalmDatabase(file, source.size)
        if database.kind not in _KINDS:
            raise Refused("unsupported", Remark("detail.other-book"))
        header = _header(database.record(0))
        if header.encrypted:
            raise Refused("encrypted", Remark("detail.drm"))
        markup = b"".join(_texts(database, header, options.max_bytes))
        chapters = contents(database, header.index, header.parts) if header.mobi else []
        markup = markup[: _first_flow(database, header, len(markup))]
    if header.mobi or sniffing.html(markup[:HEAD]):
        yield _book(source, header, markup, chapters, header.title or database.name, options.encoding)
    else:
        yield _plain(source, markup, database.name, options.encoding)


def _header(record: bytes) -> _Header:
    if len(record) < 16:
        raise damaged("header")
    packed, _, size, count, _, encryption = struct.unpack_from(">HHLHHH", record)
    header = _Header(packed, size, count, bool(encryption))
    if record[16:20] != b"MOBI":
        return header
    length, version = number_at(record, 20), number_at(record, 36)
    title, title_length = number_at(record, 84), number_at(record, 88)
    trailing = struct.unpack_from(">H", record, 242)[0] if length >= 228 and len(record) >= 244 and version >= 5 else 0
    return replace(
        header,
        mobi=True,
        utf8=number_at(record, 28) == _UTF8,
        version=version,
        title=record[title : title + min(title_length, _LONGEST_TITLE)],
        tables=(number_at(record, 112), number_at(record, 116)),
        trailing=trailing,
        index=number_at(record, 244, _NONE) if length >= 232 else _NONE,
        parts=number_at(record, 248, _NONE) if version == _KF8 else _NONE,
        flows=number_at(record, 192, _NONE) if version == _KF8 else _NONE,
        said=tuple(_extended(record, 16 + length)) if number_at(record, 128) & 0x40 else (),
    )


def _extended(record: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The pairs of what is said of the book (EXTH)."""
    if record[at : at + 4] != b"EXTH":
        return
    count, at = min(number_at(record, at + 8), len(record) // 8), at + 12
    for _ in range(count):
        kind, length = number_at(record, at), number_at(record, at + 4)
        if length < 8:
            return
        yield kind, record[at + 8 : at + length]
        at += length


def _texts(database: PalmDatabase, header: _Header, limit: int) -> Iterator[bytes]:
    unpack = _unpack(database, header)
    left = limit
    for number in range(1, header.count + 1):
        text = unpack(_without_trailing(database.record(number), header.trailing))
        left -= len(text)
        if left < 0:
            raise Refused("too-large", Remark("detail.text-size", limit=limit / MEGABYTE))
        yield text


def _unpack(database: PalmDatabase, header: _Header) -> Unpack:
    if header.packed == _PLAIN:
        return bytes
    if header.packed == _PALMDOC:
        return unpacked_palmdoc
    if header.packed == _HUFFMAN:
        first, count = header.tables
        return huffman(database.record(first), [database.record(first + number) for number in range(1, min(count, 4_096))])
    raise Refused("unsupported", Remark("detail.method-part"))


def _without_trailing(record: bytes, flags: int) -> bytes:
    """The record without what stands behind its text: entries that end in their own length, and the rest of a character it was cut in."""
    end = len(record)
    for _ in range((flags >> 1).bit_count()):
        end -= _backward(record, end)
    if flags & 1 and end > 0:
        end -= (record[end - 1] & 3) + 1
    return record[: max(0, end)]


def _backward(record: bytes, end: int) -> int:
    """A number that ends there: seven bits a byte, the highest byte first, which is marked."""
    value = 0
    for step in range(4):
        if end - step <= 0:
            break
        byte = record[end - step - 1]
        value |= (byte & 0x7F) << (7 * step)
        if byte & 0x80:
            break
    return value


def _first_flow(database: PalmDatabase, header: _Header, size: int) -> int:
    """Where the pages of a KF8 end; behind them are styles and drawings."""
    record = database.record(header.flows) if header.flows != _NONE else b""
    return min(size, number_at(record, 16, size)) if record.startswith(b"FDST") else size


def _plain(source: Source, text: bytes, name: bytes, forced: str | None) -> Document:
    """A PalmDOC, which is no more than a text under a name of 31 bytes."""
    decoded = decode(text, forced=forced)
    written = clean(decoded.text).strip("\n")
    return document_of_text(source, written, decode_name(name).strip(), metadata=decoded.metadata("palmdoc"))


def _book(source: Source, header: _Header, markup: bytes, chapters: list[tuple[int, bytes]], name: bytes, forced: str | None) -> Document:
    # Old books say Windows-1252, whatever they are in.
    encoding = "utf-8" if header.utf8 else decode(markup, forced=forced, declared="windows-1252").encoding
    labels = {_tag_at(markup, place): _text(label, encoding) for place, label in reversed(chapters)}
    book = Chapters()
    for start, part in _parts(header, markup, labels):
        page = page_of(clean(part.decode(encoding, "replace")))
        book.add(page, labels.get(start) or (None if labels else page.heading))
    said = _said(header, encoding)
    said["author"] = [author for author in said.get("author", []) if real_author(author)]
    title = typed_title(next(iter(said.pop("title", [])), "")) or _text(name, encoding)
    return book.document(
        source,
        title=title,
        metadata={"format": "azw3" if header.version == _KF8 else "mobi"},
        about=said,
        date=first_date(said.pop("date", [])),
    )


def _parts(header: _Header, markup: bytes, chapters: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """The pages of a book, cut also where a chapter begins, with their offsets."""
    pages = _KF8_PAGE if header.version == _KF8 else _PAGE_BREAK
    starts = sorted({0, len(markup), *chapters, *(match.start() for match in pages.finditer(markup))})
    return ((start, markup[start:end]) for start, end in pairwise(starts))


def _tag_at(markup: bytes, place: int) -> int:
    """The first tag from there on, so that neither a tag nor a character is cut."""
    found = markup.find(b"<", place)
    return found if found >= 0 else len(markup)


def _said(header: _Header, encoding: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, value in header.said:
        if kind in _SAID and (text := _text(value[:2_000], encoding).strip()):
            found.setdefault(_SAID[kind], []).append(text)
    return found


def _text(value: bytes, encoding: str) -> str:
    return clean(value.decode(encoding, "replace"))

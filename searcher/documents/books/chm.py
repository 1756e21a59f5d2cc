"""A CHM (compiled help) becomes one text, page by page, in the order of its table of contents.

The headers are those that the pages "Microsoft's HTML Help (.chm) format" (M. Russotto) and "CHM Specification" (P. Rogers) describe.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from posixpath import dirname, join, normpath
from typing import BinaryIO
from urllib.parse import unquote

from searcher.documents.books.lzx import FRAME, unpacked
from searcher.documents.composing.chapters import Chapters
from searcher.documents.composing.page import Page
from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.encodings.detection import decode
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.documents.sources.text import clean
from searcher.documents.web.html import declared_encoding, page_of
from searcher.frozen import frozen
from searcher.remarks import Remark

_STORAGE = "::DataSpace/Storage/MSCompressed/"
_TABLE = "Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable"
_PAGES = (".htm", ".html", ".xhtml")
_SMALL = 4 * MEGABYTE  # of what describes the file
_MOST_CHUNKS, _LARGEST_CHUNK = 8_192, 65_536  # of the directory; most have 4 KB
_MOST_FRAMES = 256  # between two resets; most have two
_LANGUAGES = {0x0804: "gb18030", 0x1004: "gb18030", 0x0404: "big5", 0x0C04: "big5", 0x1404: "big5"}
"""The encoding that a page is likely in, by the language of Windows where it was made."""
_PARAMETER = re.compile(
    r"<param\b[^<>]{0,50}?\bname\s*=\s*[\"'](name|local)[\"'][^<>]{0,50}?\bvalue\s*=\s*(?:\"([^\"<>]{0,1000})\"|'([^'<>]{0,1000})')",
    re.IGNORECASE,
)
_CONTENTS, _TITLE = 0, 3  # entries of #SYSTEM


@frozen
class _File:
    """Where a file lies: as it is (section 0), or in what is packed (1); in bytes."""

    section: int
    offset: int
    length: int


def read_chm(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The one document of compiled help, and how many of its pages are lost; `max_bytes` bounds its markup.

    Refused: damaged, too-large.
    """
    source.check(options.max_expanded_bytes)
    with source.open() as file:
        help = _Help(file)
        said = help.said()
        contents = help.contents(said)
        names = help.pages(contents)
        if not names:
            raise Refused("damaged", Remark("detail.no-pages"))
        pages = help.texts(names, options.max_bytes)
        if not pages:
            raise Refused("damaged", Remark("detail.damaged-pages", count=len(names), pages=len(names)))
        lost = len(names) - len(pages)
        chapters = Chapters()
        for name in names:
            page = _page(pages.pop(name, b""), help.encoding)
            chapters.add(page, contents.get(name) or (None if contents else page.heading or page.title))
    title = clean(said.get(_TITLE, b"").decode(help.encoding or "utf-8", "replace"))
    yield chapters.document(source, title, {"format": "chm"})
    if lost:
        yield Skipped(source.path, "damaged", Remark("detail.damaged-pages", count=lost, pages=len(names)))


def _page(data: bytes, encoding: str | None) -> Page:
    """A page; of one that fits into no encoding, what is ASCII."""
    if not data.strip():
        return Page("")
    try:
        text = decode(data, declared=declared_encoding(data[:4096]) or encoding).text
    except Refused:
        text = data.decode("ascii", "replace")
    return page_of(clean(text))


def _encoding(data: bytes, declared: str | None) -> str | None:
    """The encoding of these bytes, together, for each of them is short; what is declared, where they do not tell."""
    if data.isascii():
        return declared
    try:
        return decode(data, declared=declared).encoding
    except Refused:
        return declared


class _Help:
    """The files in it, by their names without the first slash, in lower case: links are written in any."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        head = self._read(0, 0x60)
        if not head.startswith(b"ITSF") or len(head) < 0x60:
            raise _damaged("header")
        language, directory, self._base = struct.unpack_from("<20xL48xQ8xQ", head)
        self.encoding = _LANGUAGES.get(language)
        self._files = {name.lower().lstrip("/"): found for name, found in self._listed(directory)}
        self._packed: _Packed | None = None

    def read(self, name: str, limit: int) -> bytes:
        """The first bytes of a file; none where there is no such file."""
        found = self._files.get(name.lower().lstrip("/"))
        if found is None:
            return b""
        if found.section == 0:
            return self.plain(name, limit)
        self._packed = self._packed or _Packed(self)
        return self._packed.read(found.offset, min(found.length, limit))

    def plain(self, name: str, limit: int) -> bytes:
        """The same of a file that is not packed, as those that tell how others are packed; none where it is packed."""
        found = self._files.get(name.lower().lstrip("/"))
        return b"" if found is None or found.section else self._read(self._base + found.offset, min(found.length, limit))

    def packed(self, offset: int, length: int) -> bytes:
        """Bytes of what is packed, as they are."""
        content = self._files.get(f"{_STORAGE}Content".lower())
        return self._read(self._base + content.offset + offset, length) if content else b""

    def said(self) -> dict[int, bytes]:
        """The entries of #SYSTEM, without the zeros behind them."""
        data, at = self.read("#SYSTEM", MEGABYTE), 4
        found: dict[int, bytes] = {}
        while at + 4 <= len(data):
            code, length = struct.unpack_from("<HH", data, at)
            found.setdefault(code, data[at + 4 : at + 4 + length].partition(b"\0")[0])
            at += 4 + length
        return found

    def contents(self, said: dict[int, bytes]) -> dict[str, str]:
        """What the table of contents calls the pages, in its order."""
        named = said.get(_CONTENTS, b"").decode("utf-8", "replace").lower()
        table = next((name for name in (named, *sorted(self._files)) if name.endswith(".hhc") and name in self._files), "")
        data = self.read(table, _SMALL)
        labels: dict[str, str] = {}
        label = ""
        self.encoding = _encoding(said.get(_TITLE, b"") + b"\n" + data, self.encoding)
        for match in _PARAMETER.finditer(data.decode(self.encoding or "utf-8", "replace")):
            value = unescape(match[2] or match[3] or "")
            if match[1].lower() == "name":
                label = value
            else:
                labels.setdefault(self._found(dirname(table), value), label)
        return {name: label for name, label in labels.items() if name}

    def pages(self, contents: dict[str, str]) -> list[str]:
        """The pages in their order: those of the table of contents, then the others by name."""
        others = (name for name in sorted(self._files) if name.endswith(_PAGES))
        return [name for name in dict.fromkeys((*contents, *others)) if name.endswith(_PAGES)]

    def texts(self, names: list[str], limit: int) -> dict[str, bytes]:
        """The bytes of pages, read in the order in which they are packed; those that are damaged are not there."""
        if sum(self._files[name].length for name in names) > limit:
            raise Refused("too-large", Remark("detail.text-over"))
        found: dict[str, bytes] = {}
        for name in sorted(names, key=lambda name: self._files[name].offset):
            with suppress(Refused):  # it costs itself
                found[name] = self.read(name, limit)
        return found

    def _found(self, folder: str, target: str) -> str:
        """The name of the page that a link leads to, from the table of contents or from the root; empty where there is none."""
        place = unquote(target.replace("\\", "/").partition("#")[0]).lower()
        names = (normpath(join("/", start, place)).lstrip("/") for start in (folder, ""))
        return next((name for name in names if name in self._files), "")

    def _read(self, offset: int, length: int) -> bytes:
        self._file.seek(min(offset, 1 << 62))
        return self._file.read(length)

    def _listed(self, directory: int) -> Iterator[tuple[str, _File]]:
        """The entries of the directory, chunk by chunk."""
        head = self._read(directory, 0x54)
        if not head.startswith(b"ITSP") or len(head) < 0x54:
            raise _damaged("directory")
        start, size, chunk, count = struct.unpack_from("<8xL4xL12xl8xL", head)
        seen: set[int] = set()
        while 0 <= chunk < min(count, _MOST_CHUNKS) and chunk not in seen:
            seen.add(chunk)
            data = self._read(directory + start + chunk * size, min(size, _LARGEST_CHUNK))
            if not data.startswith(b"PMGL") or len(data) < 20:
                return
            free, chunk = struct.unpack_from("<4xL8xl", data)
            yield from _entries(data[20 : max(20, size - free)])


def _entries(data: bytes) -> Iterator[tuple[str, _File]]:
    at = 0
    while at < len(data):
        length, at = _number(data, at)
        name = data[at : at + length].decode("utf-8", "replace")
        section, at = _number(data, at + length)
        offset, at = _number(data, at)
        size, at = _number(data, at)
        if name and not name.endswith("/"):
            yield name, _File(section, offset, size)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, of which all but the last are marked; and where the next begins."""
    value = 0
    for byte in data[at : at + 9]:
        at += 1
        value = (value << 7) | (byte & 0x7F)
        if not byte & 0x80:
            return value, at
    return value, at + 1


class _Packed:
    """What LZX packed: intervals, of which the last one that was asked for is kept."""

    def __init__(self, help: _Help) -> None:
        control = help.plain(f"{_STORAGE}ControlData", 64)
        table = help.plain(_STORAGE + _TABLE, 64 * MEGABYTE)
        if control[4:8] != b"LZXC" or len(control) < 0x18 or len(table) < 0x28:
            raise _damaged("LZX")
        version, interval, window = struct.unpack_from("<3L", control, 8)
        unit = FRAME if version == 2 else 1
        self._window_bits = (window * unit).bit_length() - 1
        self._frames = max(1, interval * unit // FRAME)
        if self._frames > _MOST_FRAMES:
            raise _damaged("LZX")
        count, _, first = struct.unpack_from("<3L", table, 4)
        self._size, self._end = struct.unpack_from("<2Q", table, 16)
        self._starts = [start for (start,) in struct.iter_unpack("<Q", table[first : first + min(8 * count, len(table) - first) // 8 * 8])]
        self._help = help
        self._known: tuple[int, bytes] = (-1, b"")

    def read(self, offset: int, length: int) -> bytes:
        length = max(0, min(length, self._size - offset))
        size = self._frames * FRAME
        parts = [self._interval(number) for number in range(offset // size, -(-(offset + length) // size))] if length else []
        return b"".join(parts)[offset % size : offset % size + length]

    def _interval(self, number: int) -> bytes:
        if self._known[0] != number:
            first = number * self._frames
            if first >= len(self._starts):
                raise _damaged("offset")
            start = self._starts[first]
            end = self._starts[first + self._frames] if first + self._frames < len(self._starts) else self._end
            size = min(self._frames * FRAME, self._size - first * FRAME)
            data = self._help.packed(start, max(0, min(end - start, 2 * self._frames * FRAME)))
            self._known = (number, unpacked(data, size, self._window_bits))
        return self._known[1]


def _damaged(what: str) -> Refused:
    return Refused("damaged", Remark("detail.not-whole", kind="CHM", error=what))

"""A compound file (OLE2): the streams in which office programs stored a document before 2007."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from searcher.documents.description.metadata import real_author
from searcher.documents.document import Refused
from searcher.documents.encodings.detection import decode_name
from searcher.documents.sources.source import ReadOptions, Source, too_large
from searcher.remarks import Remark

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUMMARY = "\x05SummaryInformation"
_TITLE, _AUTHOR, _KEYWORDS, _CREATED, _SAVED = 2, 4, 5, 12, 13  # MS-OLEPS, 3.1: properties of the summary
_UTF16, _WESTERN, _UTF8 = 1200, 1252, 65001  # code pages
_TWO_BYTES = re.compile(rb"[\x80-\xff]{2}")
_FIRST_YEAR = 1980  # what programs write who do not know the time is older


class Compound:
    """The streams of a compound file by their paths; a stream that is not there is empty."""

    def __init__(self, file: Any, limit: int) -> None:
        self._file = file
        self._left = limit

    def __contains__(self, path: str) -> bool:
        return bool(self._file.exists(path))

    def stream(self, path: str) -> bytes:
        """The bytes of a stream; all that is read counts against one limit."""
        if path not in self or self._file.get_type(path) != 2:
            return b""
        size = self._file.get_size(path)
        if size > self._left:
            raise too_large(size, self._left)
        self._left -= size
        with self._file.openstream(path) as stream:
            data: bytes = stream.read()
        return data

    def folders(self, start: str) -> list[str]:
        """The storages whose path begins so, but for those in them, in the order of their names."""
        paths = ("/".join(path) for path in self._file.listdir(streams=False, storages=True))
        return sorted(path for path in paths if path.startswith(start) and "/" not in path[len(start) :])

    def summary(self) -> dict[str, list[str]]:
        """What the document says of itself: title, author, keywords, when it was made and saved last."""
        if _SUMMARY not in self:
            return {}
        found = self._file.getproperties(_SUMMARY, convert_time=True)
        code_page = found.get(1, 0)
        named = {"title": _TITLE, "author": _AUTHOR, "keywords": _KEYWORDS}
        texts = {name: _text(found.get(number), code_page) for name, number in named.items()}
        texts["author"] = real_author(texts["author"])
        times = {"created": _time(found.get(_CREATED)), "modified": _time(found.get(_SAVED))}
        return {name: [value] for name, value in {**texts, **times}.items() if value}


@contextmanager
def opened_compound(source: Source, options: ReadOptions) -> Iterator[Compound]:
    """The compound file that a source is. Refused: too-large, damaged."""
    import olefile

    source.check(options.max_expanded_bytes)
    content = BytesIO(source.content) if isinstance(source.content, bytes) else source.content
    try:
        file = olefile.OleFileIO(content)
    except (OSError, ValueError, IndexError, TypeError) as error:  # what the library does with broken ones
        raise Refused("damaged", Remark("detail.not-whole", kind="OLE", error=error)) from error
    with file:
        yield Compound(file, 4 * options.max_bytes)


def _text(value: object, code_page: object) -> str:
    """A text up to its end, for behind it may stand the next property."""
    if isinstance(value, bytes):
        value = _decoded(value, code_page & 0xFFFF if isinstance(code_page, int) else 0)
    return value.partition("\0")[0].strip() if isinstance(value, str) else ""


def _decoded(data: bytes, code_page: int) -> str:
    """Bytes in their code page, else in the likeliest one; a program that does not know says 1252, but then accents stand alone."""
    if code_page in (_UTF16, _UTF8):
        return data.decode("utf-16-le" if code_page == _UTF16 else "utf-8", "replace")
    data = data.partition(b"\0")[0]
    if code_page == _WESTERN and _TWO_BYTES.search(data):
        return decode_name(data)
    try:
        return data.decode(f"cp{code_page}")
    except (UnicodeDecodeError, LookupError):
        return decode_name(data)


def _time(value: object) -> str:
    return f"{value.isoformat()}Z" if isinstance(value, datetime) and value.year >= _FIRST_YEAR else ""


def file_time(value: int) -> datetime | None:
    """A moment as Windows counts it, in tenths of a microsecond from 1601 on; None before 1980 and beyond all years."""
    try:
        moment = datetime(1601, 1, 1) + timedelta(microseconds=value // 10)
    except OverflowError:
        return None
    return moment if moment.year >= _FIRST_YEAR else None

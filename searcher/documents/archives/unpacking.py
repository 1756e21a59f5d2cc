"""What is packed is unpacked as far as it may: bytes, members and memory are counted, against bombs."""

from __future__ import annotations

import lzma
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from searcher.documents.document import Refused
from searcher.documents.sources.source import MEGABYTE, Source
from searcher.remarks import Remark

_MEMBERS = 100_000
_RATIO = 500  # of the unpacked to the packed size; text has 3 to 20, and zlib can reach 1,032
_NO_BOMB = 16 * MEGABYTE  # unpacked, whatever the ratio
_DIRECTORY = 32 * MEGABYTE  # of a ZIP's names; each takes ten times its size in memory
_IN_MEMORY = MEGABYTE  # what is larger goes to a temporary file
_PIECE = 256 * 1024
_LONGEST_READ = 64 * MEGABYTE

BROKEN = (EOFError, OSError, ValueError, struct.error, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
"""What the decompressors of Python raise on bad data."""


class Exhausted(Refused):
    """An archive, with all that lies in it, is over its limit: no more of it is read."""


class Allowance:
    """What one file may still unpack to; archives inside an archive share it."""

    def __init__(self, limit: int) -> None:
        self.bytes = self._all = limit
        self._members = _MEMBERS

    def take(self, count: int) -> None:
        """Unpack so many bytes more; Exhausted where they are too many."""
        self.bytes -= count
        if self.bytes < 0:
            raise Exhausted("too-large", Remark("detail.unpacks", limit=self._all / MEGABYTE))

    def take_member(self) -> None:
        """One member more; Exhausted where they are too many."""
        self._members -= 1
        if self._members < 0:
            raise Exhausted("too-large", Remark("detail.many-files", limit=_MEMBERS))


class Unpacking:
    """A decompressing stream that is read forward, and counted; `packed` is its size before. Refused("damaged") where it is broken."""

    def __init__(self, stream: IO[bytes], packed: int, allowance: Allowance) -> None:
        self._stream = stream
        self._packed = packed
        self._allowance = allowance
        self._position = 0

    def read(self, count: int) -> bytes:
        """The next bytes, at most `count`; none at the end."""
        if not 0 <= count <= _LONGEST_READ:
            raise Refused("damaged", Remark("detail.claims-bytes", count=count))
        try:
            data = self._stream.read(count)
        except BROKEN as error:
            raise Refused("damaged", Remark("detail.unpack", error=error)) from error
        self._position += len(data)
        self._allowance.take(len(data))
        if self._position > _NO_BOMB and self._position > _RATIO * self._packed:
            raise Exhausted("too-large", Remark("detail.bomb", times=_RATIO))
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._position

    def seek(self, position: int) -> int:
        """Read on to there; there is no way back."""
        if position < self._position:
            raise Refused("damaged", Remark("detail.overlap"))
        while self._position < position and self.read(min(_PIECE, position - self._position)):
            pass
        return self._position


@contextmanager
def unpacked(stream: Unpacking | IO[bytes], begun: bytes = b"") -> Iterator[bytes | str]:
    """All of a stream, behind what was read of it before: its bytes, or the path of a file that holds them for now."""
    kept = begun
    while len(kept) <= _IN_MEMORY:
        piece = stream.read(_PIECE)
        if not piece:
            yield kept
            return
        kept += piece
    descriptor, path = tempfile.mkstemp(prefix="searcher-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            while kept:
                file.write(kept)
                kept = stream.read(_PIECE)
        yield path
    finally:
        with suppress(OSError):
            os.remove(path)  # noqa: PTH107


@contextmanager
def opened_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    """A ZIP with its list of names; Refused("damaged") where it has none, "too-large" where that would take all memory."""
    with source.open() as file:
        _check_directory(file, source.size)
        try:
            archive = zipfile.ZipFile(file)
        except (NotImplementedError, *BROKEN) as error:
            raise Refused("damaged", Remark("detail.not-whole", kind="ZIP", error=error)) from error
        with archive:
            for member in archive.infolist():
                if member.file_size and not member.CRC:
                    del member.CRC  # never counted by the program that wrote the list: nothing to check by
            yield archive


def _check_directory(file: IO[bytes], size: int) -> None:
    """The size of the list stands at the end of the file (APPNOTE.TXT 4.3.16)."""
    file.seek(max(0, size - 65_557))
    tail = file.read(65_557)
    file.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end >= 0 and len(tail) >= end + 16 and _DIRECTORY < struct.unpack_from("<I", tail, end + 12)[0] < 0xFFFFFFFF:
        raise Exhausted("too-large", Remark("detail.many"))

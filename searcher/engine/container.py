"""A file of named arrays, each page of it under a checksum, opened in constant time.

All numbers are little endian; offsets have 64 bits.

    0                     8 bytes: b"SRCHARR1"
    …                     the sections, each a multiple of 8 bytes into the file, zeros between them
    directory             JSON, UTF-8: {"sections": {name: [type, offset, items]}, "notes": {…}}; type: u1, u4, u8 or i8
    sums                  4 bytes for each page of 16 KiB from the start of the file to here: CRC-32
    sums of sums          4 bytes for each 16 KiB of `sums`: CRC-32
    footer                44 bytes:
        0    8    offset of the directory
        8    8    offset of the sums
        16   8    offset of the sums of sums
        24   4    CRC-32 of the sums of sums
        28   4    CRC-32 of the footer up to here
        32   4    0
        36   8    b"SRCHARR1"

Opening reads the footer, the sums of sums (4 bytes for 64 MiB) and the directory. A page is checked when it is first touched.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays import U8
from searcher.errors import IndexDamaged
from searcher.remarks import Remark, without_file

MAGIC = b"SRCHARR1"
PAGE = 1 << 14

_FOOTER = struct.Struct("<QQQI")
_END = struct.Struct("<II8s")
_FOOTER_SIZE = _FOOTER.size + _END.size
_TYPES: dict[str, np.dtype[Any]] = {"u1": np.dtype("<u1"), "u4": np.dtype("<u4"), "u8": np.dtype("<u8"), "i8": np.dtype("<i8")}
_IN_MEMORY = 1 << 20
_COPY = 1 << 20


class ArrayFile:
    """Reads a file of arrays. Maps it into memory; holds no file open. For use by many threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bytes = map_file(path)
        self._directory()

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self._bytes)

    def section(self, name: str) -> Section:
        """An array by its name; one that is not there is damage."""
        if name not in self._sections:
            raise self.damaged(f"it has no array {name}")
        kind, offset, items = self._sections[name]
        return Section(self, np.frombuffer(self._bytes.data, kind, items, offset) if items else np.empty(0, kind), offset)

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def damaged(self, reason: str) -> IndexDamaged:
        """The error that names this file."""
        return IndexDamaged(path=self.path.parent, reason=Remark("reason.of-file", file=self.path.name, what=reason))

    def verify(self, start: int, stop: int) -> None:
        """Checks the pages that hold the bytes [start, stop), unless they were checked before."""
        first, last = start // PAGE, (stop - 1) // PAGE
        if self.seen.find(0, first, last + 1) >= 0:
            for page in range(first, last + 1):
                if not self.seen[page]:
                    self._verify(page)

    def check(self) -> Iterator[str]:
        """Reads everything; says what is wrong."""
        for page in range(len(self.seen)):
            try:
                self._verify(page)
            except IndexDamaged as error:  # noqa: PERF203
                yield without_file(error.details["reason"])

    def _verify(self, page: int) -> None:
        place = self._sums + 4 * page
        self._verify_sums((place - self._sums) // PAGE)
        stop = min((page + 1) * PAGE, self._sums)
        if zlib.crc32(self._bytes[page * PAGE : stop].data) != int.from_bytes(self._bytes[place : place + 4].tobytes(), "little"):
            raise self.damaged(Remark("reason.bytes", start=page * PAGE, stop=stop))
        self.seen[page] = 1

    def _verify_sums(self, block: int) -> None:
        if self._seen_sums[block]:
            return
        start = self._sums + block * PAGE
        expected = self._bytes[self._sums_of_sums + 4 * block :][:4].tobytes()
        if zlib.crc32(self._bytes[start : min(start + PAGE, self._sums_of_sums)].data) != int.from_bytes(expected, "little"):
            raise self.damaged(f"the checksum of checksum block {block} is wrong")
        self._seen_sums[block] = 1

    def _directory(self) -> None:
        directory = self._footer()
        self.seen = bytearray(-(-self._sums // PAGE))
        self._seen_sums = bytearray(-(-4 * len(self.seen) // PAGE))
        self.verify(directory, self._sums)
        try:
            content = json.loads(self._bytes[directory : self._sums].tobytes())
            self.notes: dict[str, Any] = dict(content["notes"])
            self._sections = {str(name): self._place(directory, *place) for name, place in dict(content["sections"]).items()}
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self.damaged(Remark("reason.directory", error=error)) from error

    def _footer(self) -> int:
        size = len(self._bytes)
        if size < len(MAGIC) + _FOOTER_SIZE or self._bytes[:8].tobytes() != MAGIC or self._bytes[-8:].tobytes() != MAGIC:
            raise self.damaged(Remark("reason.cut-off"))
        footer = self._bytes[-_FOOTER_SIZE:].tobytes()
        directory, self._sums, self._sums_of_sums, check = _FOOTER.unpack_from(footer)
        pages = -(-self._sums // PAGE)
        blocks = -(-4 * pages // PAGE)
        right = (
            zlib.crc32(footer[: _FOOTER.size]) == _END.unpack_from(footer, _FOOTER.size)[0]
            and 8 <= directory < self._sums
            and self._sums + 4 * pages == self._sums_of_sums
            and self._sums_of_sums + 4 * blocks == size - _FOOTER_SIZE
            and zlib.crc32(self._bytes[self._sums_of_sums : size - _FOOTER_SIZE].data) == check
        )
        if not right:
            raise self.damaged("its footer is wrong")
        return int(directory)

    def _place(self, end: int, kind: str, offset: int, items: int) -> tuple[np.dtype[Any], int, int]:
        """Where a section lies; one that reaches beyond the file is refused."""
        dtype = _TYPES[kind]
        if (
            type(offset) is not int
            or type(items) is not int
            or offset % 8
            or offset < 8
            or items < 0
            or offset + items * dtype.itemsize > end
        ):
            raise ValueError(f"a section of {items} items at {offset}")
        return dtype, offset, items


class Section:
    """One array of a file; what is taken from it is checked first."""

    __slots__ = ("_array", "_file", "_items", "_offset", "_seen", "_size")

    def __init__(self, file: ArrayFile, array: NDArray[Any], offset: int) -> None:
        self._file, self._array, self._offset, self._size = file, array, offset, array.itemsize
        self._items, self._seen = array.data, file.seen

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, place: int) -> int:
        """One item. Looking up a term comes here thirty times, so that this is written out; no item lies on two pages."""
        if not 0 <= place < len(self._items):
            raise self._file.damaged(f"item {place} of an array of {len(self._items)} is asked for")
        start = self._offset + place * self._size
        if not self._seen[start // PAGE]:
            self._file.verify(start, start + self._size)
        return self._items[place]

    def pair(self, place: int) -> tuple[int, int]:
        """An item and the next one."""
        if not 0 <= place < len(self._items) - 1:
            raise self._file.damaged(f"items {place} and {place + 1} of an array of {len(self._items)} are asked for")
        start = self._offset + place * self._size
        if not (self._seen[start // PAGE] and self._seen[(start + self._size) // PAGE]):
            self._file.verify(start, start + 2 * self._size)
        return self._items[place], self._items[place + 1]

    def bisect(self, number: int) -> int:
        """In an ascending array, where the first item greater than a number stands.

        Only the two items around that place are checked: if these are right, so was every turn that led there.
        """
        place = bisect_right(self._items, number)
        if 0 < place < len(self._items):
            self.pair(place - 1)
        elif self._items:
            self[max(0, place - 1)]
        return place

    def part(self, start: int, stop: int) -> NDArray[Any]:
        """The items [start, stop), a view into the file; to reach beyond the array is damage."""
        if not 0 <= start <= stop <= len(self._array):
            raise self._file.damaged(f"items {start} to {stop} of an array of {len(self._array)} are asked for")
        if start < stop:
            self._file.verify(self._offset + start * self._size, self._offset + stop * self._size)
        return self._array[start:stop]

    def take(self, places: NDArray[np.integer]) -> NDArray[Any]:
        """The items at these places, which ascend; only the pages that hold them are touched."""
        if not len(places):
            return self._array[:0]
        first, last = int(places[0]), int(places[-1])
        if not 0 <= first <= last < len(self._items):
            raise self._file.damaged(f"items {first} to {last} of an array of {len(self._items)} are asked for")
        pages = (places * np.int64(self._size) + self._offset) // PAGE
        for page in pages[np.flatnonzero(np.diff(pages, prepend=-1))].tolist():
            if not self._seen[page]:
                self._file.verify(page * PAGE, page * PAGE + 1)
        return np.asarray(self._array.take(places))

    def all(self) -> NDArray[Any]:
        return self.part(0, len(self._array))


class ArrayFileWriter:
    """Writes a file of arrays. Arrays grow side by side, in temporary files beside it once they are large."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._spools: dict[str, _Spool] = {}

    def append(self, name: str, kind: str, values: NDArray[Any] | bytes) -> None:
        """Adds items to the array of this name; an empty array starts it."""
        if name not in self._spools:
            self._spools[name] = _Spool(kind, self.path.parent)
        self._spools[name].append(values)

    def size(self, name: str) -> int:
        """How many bytes an array has so far."""
        return self._spools[name].size if name in self._spools else 0

    def finish(self, notes: Mapping[str, Any]) -> None:
        """Writes everything, down to the disk; a new file, for its owner alone."""
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
            _Written(file).write(self._spools, notes)
            file.flush()
            os.fsync(file.fileno())
        self.close()

    def close(self) -> None:
        """Lets go of the temporary files."""
        for spool in self._spools.values():
            spool.file.close()
        self._spools.clear()


class _Spool:
    """One growing array."""

    def __init__(self, kind: str, folder: Path) -> None:
        import tempfile

        self.kind = kind
        self.size = 0
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 (closed with its writer)

    def append(self, values: NDArray[Any] | bytes) -> None:
        raw = (
            values if isinstance(values, bytes) else np.ascontiguousarray(values, _TYPES[self.kind]).data.cast("B") if len(values) else b""
        )
        self.size += len(raw)
        self.file.write(raw)


class _Written:
    """A file being written, with the checksums of its pages."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._offset = 0
        self._sum = 0
        self._sums: list[int] = []

    def write(self, spools: Mapping[str, _Spool], notes: Mapping[str, Any]) -> None:
        self._put(MAGIC)
        sections = {name: self._section(spool) for name, spool in spools.items()}
        directory = self._offset
        self._put(json.dumps({"sections": sections, "notes": notes}, separators=(",", ":")).encode())
        self._end(directory)

    def _section(self, spool: _Spool) -> tuple[str, int, int]:
        self._put(bytes(-self._offset % 8))
        offset = self._offset
        spool.file.seek(0)
        while block := spool.file.read(_COPY):
            self._put(block)
        return spool.kind, offset, spool.size // _TYPES[spool.kind].itemsize

    def _put(self, data: bytes) -> None:
        """Writes, and sums up page by page."""
        view = memoryview(data)
        self._file.write(view)
        while view:
            part = view[: PAGE - self._offset % PAGE]
            self._sum = zlib.crc32(part, self._sum)
            self._offset += len(part)
            view = view[len(part) :]
            if self._offset % PAGE == 0:
                self._turn_page()

    def _turn_page(self) -> None:
        self._sums.append(self._sum)
        self._sum = 0

    def _end(self, directory: int) -> None:
        if self._offset % PAGE:
            self._turn_page()
        sums = np.array(self._sums, "<u4").tobytes()
        blocks = [zlib.crc32(sums[start : start + PAGE]) for start in range(0, len(sums), PAGE)]
        sums_of_sums = np.array(blocks, "<u4").tobytes()
        footer = _FOOTER.pack(directory, self._offset, self._offset + len(sums), zlib.crc32(sums_of_sums))
        self._file.write(sums + sums_of_sums + footer + _END.pack(zlib.crc32(footer), 0, MAGIC))


def map_file(path: Path) -> U8:
    """The bytes of a file, mapped."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return np.empty(0, np.uint8)
        return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)

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
Items are looked up without numpy, which takes longer to load than most look-ups; it is loaded when an array is asked for.
"""

from __future__ import annotations

import json
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from searcher.engine import disk
from searcher.errors import IndexDamaged
from searcher.remarks import Remark, without_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAGIC = b"SRCHARR1"
PAGE = 1 << 14
CHECKED = 1 << 12
"""So many pages are checked before their memory is given back."""

FOOTER = struct.Struct("<QQQI")
END = struct.Struct("<II8s")
_FOOTER_SIZE = FOOTER.size + END.size
Kind: TypeAlias = Literal["u1", "u4", "u8", "i8"]
_FORMATS: dict[str, Literal["B", "I", "Q", "q"]] = {"u1": "B", "u4": "I", "u8": "Q", "i8": "q"}
"""What `memoryview` and `struct` call the types."""


class ArrayFile:
    """Reads a file of arrays. Maps it into memory; holds no file open. For use by many threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = disk.stamp(path)
        self._bytes = disk.map_file(path)
        self._directory()

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self._bytes)

    def is_there(self) -> bool:
        """Whether this file lies there yet: an index that is removed and made anew has files of the same names."""
        return disk.stamp(self.path) == self._stamp

    def section(self, name: str, kind: Kind) -> Section:
        """An array by its name and its type; one that is not there, or of another type, is damage."""
        if name not in self._sections or self._sections[name][0] != kind:
            raise self.damaged(f"it has no array {name} of {kind}")
        return Section(self, *self._sections[name])

    def raw(self, start: int, stop: int) -> memoryview:
        """The bytes [start, stop) of the file, unchecked."""
        return self._bytes[start:stop]

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def damaged(self, reason: str) -> IndexDamaged:
        """The error that names this file."""
        return disk.damaged(self.path, reason)

    def verify(self, start: int, stop: int) -> None:
        """Checks the pages that hold the bytes [start, stop), unless they were checked before."""
        first, last = start // PAGE, (stop - 1) // PAGE
        if self.seen.find(0, first, last + 1) >= 0:
            for page in range(first, last + 1):
                if not self.seen[page]:
                    self._verify(page)

    def let_go(self) -> None:
        """Gives back the memory of what was read, which a reader of the whole file would else hold in the end."""
        disk.let_go(self._bytes)

    def check(self) -> Iterator[str]:
        """Reads everything; says what is wrong."""
        for page in range(len(self.seen)):
            if page % CHECKED == 0:
                self.let_go()
            try:
                self._verify(page)
            except IndexDamaged as error:
                yield without_file(error.details["reason"])

    def _verify(self, page: int) -> None:
        self._verify_sums(4 * page // PAGE)
        place = self._sums + 4 * page
        stop = min((page + 1) * PAGE, self._sums)
        if zlib.crc32(self._bytes[page * PAGE : stop]) != int.from_bytes(self._bytes[place : place + 4], "little"):
            raise self.damaged(Remark("reason.bytes", start=page * PAGE, stop=stop))
        self.seen[page] = 1

    def _verify_sums(self, block: int) -> None:
        if self._seen_sums[block]:
            return
        start = self._sums + block * PAGE
        expected = self._bytes[self._sums_of_sums + 4 * block :][:4]
        if zlib.crc32(self._bytes[start : min(start + PAGE, self._sums_of_sums)]) != int.from_bytes(expected, "little"):
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
        if size < len(MAGIC) + _FOOTER_SIZE or self._bytes[:8] != MAGIC or self._bytes[-8:] != MAGIC:
            raise self.damaged(Remark("reason.cut-off"))
        footer = self._bytes[-_FOOTER_SIZE:].tobytes()
        directory, self._sums, self._sums_of_sums, check = FOOTER.unpack_from(footer)
        pages = -(-self._sums // PAGE)
        blocks = -(-4 * pages // PAGE)
        right = (
            END.unpack_from(footer, FOOTER.size) == (zlib.crc32(footer[: FOOTER.size]), 0, MAGIC)
            and 8 <= directory < self._sums
            and self._sums + 4 * pages == self._sums_of_sums
            and self._sums_of_sums + 4 * blocks == size - _FOOTER_SIZE
            and zlib.crc32(self._bytes[self._sums_of_sums : size - _FOOTER_SIZE]) == check
        )
        if not right:
            raise self.damaged("its footer is wrong")
        return int(directory)

    def _place(self, end: int, kind: str, offset: int, items: int) -> tuple[str, int, int]:
        """Where a section lies; one that reaches beyond the file is refused."""
        size = struct.calcsize(f"={_FORMATS[kind]}")
        if type(offset) is not int or type(items) is not int or offset % 8 or offset < 8 or items < 0 or offset + items * size > end:
            raise ValueError(f"a section of {items} items at {offset}")
        return kind, offset, items


class Section:
    """One array of a file; what is taken from it is checked first."""

    __slots__ = ("_file", "_items", "_offset", "_seen", "_size")

    def __init__(self, file: ArrayFile, kind: str, offset: int, items: int) -> None:
        self._file, self._seen, self._offset, self._size = file, file.seen, offset, struct.calcsize(f"={_FORMATS[kind]}")
        self._items = file.raw(offset, offset + items * self._size).cast(_FORMATS[kind])

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

    def items(self, start: int, stop: int) -> memoryview:
        """The items [start, stop), a view into the file; to reach beyond the array is damage."""
        if not 0 <= start <= stop <= len(self._items):
            raise self._file.damaged(f"items {start} to {stop} of an array of {len(self._items)} are asked for")
        begin, end = self._offset + start * self._size, self._offset + stop * self._size
        if begin < end and self._seen.find(0, begin // PAGE, (end - 1) // PAGE + 1) >= 0:
            self._file.verify(begin, end)
        return self._items[start:stop]

    def unchecked(self, start: int, stop: int) -> memoryview:
        """The same without a check, for lists that have a checksum of their own; what would lie beyond the array is left out."""
        return self._items[start:stop]

    def part(self, start: int, stop: int) -> NDArray[Any]:
        """The items [start, stop) as an array."""
        import numpy as np

        return np.asarray(self.items(start, stop))

    def take(self, places: NDArray[np.integer]) -> NDArray[Any]:
        """The items at these places, which ascend; only the pages that hold them are touched."""
        import numpy as np

        if not len(places):
            return self.part(0, 0)
        first, last = int(places[0]), int(places[-1])
        if not 0 <= first <= last < len(self._items):
            raise self._file.damaged(f"items {first} to {last} of an array of {len(self._items)} are asked for")
        pages = (places * np.int64(self._size) + self._offset) // PAGE
        for page in pages[np.flatnonzero(np.diff(pages, prepend=-1))].tolist():
            if not self._seen[page]:
                self._file.verify(page * PAGE, page * PAGE + 1)
        return np.asarray(self._items).take(places)

    def all(self) -> NDArray[Any]:
        return self.part(0, len(self._items))

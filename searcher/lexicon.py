"""The word list is folded once and kept as one mapped file, so that a short query needs nothing loaded.

The words are jieba's, folded by `fold_script`; words that become one add up their frequencies. To them come the short words of other
regions that jieba lacks (`tables/words.txt`).
The file is text: a header, then a `word frequency` line per word, ascending, so that bisection finds a word in a map of it
and any segmenter can be fed from it. It lies in the user's cache folder under a name made of all it was made from.
It is written aside and moved into place, so that of concurrent first starts each sees a whole file or none;
one that is missing, damaged or not the user's own is made again. Where no file can be kept, the words stay in memory.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from searcher.errors import MissingDependency
from searcher.folding import fingerprint as fold_fingerprint
from searcher.folding import fold_script
from searcher.remarks import Remark

FORMAT = "searcher-words-1"


class Table:
    """The file's lines, searched where they lie. Threads may share it: nothing moves a file position."""

    def __init__(self, lines: bytes | mmap.mmap, header: Header) -> None:
        self.header = header
        self.total = header.total
        self._lines = lines
        self._copied: dict[str, bytes] = {}

    def items(self) -> Iterator[tuple[str, int]]:
        for line in self._lines[:].decode().splitlines()[1:]:
            word, frequency = line.split(" ")
            yield word, int(frequency)

    def frequency(self, word: str) -> int:
        return next((frequency for end, frequency in self.words_from(word, 0) if end == len(word)), 0) if word else 0

    def words_from(self, text: str, start: int) -> list[tuple[int, int]]:
        lines = self._lines_from(text[start])
        beginning = b"\n"
        place = 0
        found = []
        for end in range(start + 1, len(text) + 1):
            beginning += text[end - 1].encode("utf-8", "surrogatepass")
            place = lines.find(beginning, place)  # a word stands before all that it begins
            if place < 0:
                break
            after = place + len(beginning)
            if lines[after] == _SPACE:
                found.append((end, int(lines[after : lines.find(b"\n", after)])))
        return found

    def _lines_from(self, first: str) -> bytes:
        """The lines of the words beginning with `first`, with the line break before them: a copy, as a map is slow to search."""
        if first not in self._copied:
            key = first.encode("utf-8", "surrogatepass")
            self._copied[first] = self._lines[self._line_break_before(key) : self._line_break_before(key + b"\xff") + 1]
        return self._copied[first]

    def _line_break_before(self, key: bytes) -> int:
        """The offset of the line break before the first line that is not less than `key`, by bisection."""
        lines, low, high = self._lines, self.header.end - 1, len(self._lines) - 1
        while low < high:
            middle = lines.rfind(b"\n", low, (low + high + 1) // 2)
            if middle < 0:
                middle = low
            if lines[middle + 1 : middle + 1 + len(key)] < key:
                low = lines.find(b"\n", middle + 1, high + 1)
            else:
                high = middle
        return low


_SPACE = ord(" ")


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: the sum of the frequencies; checksum, length and digest of what follows; `end` is where that begins."""

    total: int
    checksum: int
    length: int
    digest: str
    end: int

    @classmethod
    def of(cls, lines: bytes | mmap.mmap) -> Header | None:
        """The header, if all of the file is there and undamaged."""
        end = lines.find(b"\n", 0, 200) + 1
        name, *fields = lines[:end].split() or [b""]
        if name != FORMAT.encode() or len(fields) != 4:
            return None
        try:
            header = cls(int(fields[0]), int(fields[1], 16), int(fields[2]), fields[3].decode("ascii"), end)
        except ValueError:
            return None
        with memoryview(lines) as whole, whole[end:] as body:
            return header if (len(body), zlib.crc32(body)) == (header.length, header.checksum) else None


def folded_lines(jieba_words: bytes, regional: bytes = b"") -> bytes:
    """The file's content, made of jieba's word list (a `word frequency tag` line each) and of words it lacks or hides, already folded."""
    frequencies: dict[str, int] = {}
    for line in fold_script(jieba_words.decode("utf-8-sig")).splitlines():
        word, frequency = line.split(" ")[:2]
        frequencies[word] = frequencies.get(word, 0) + int(frequency)
    for line in regional.decode().splitlines()[1:]:
        word, frequency = line.split(" ")
        frequencies[word] = max(frequencies.get(word, 0), int(frequency))
    body = "".join(f"{word} {frequency}\n" for word, frequency in sorted(frequencies.items())).encode()
    digest = hashlib.sha256(body).hexdigest()
    return f"{FORMAT} {sum(frequencies.values())} {zlib.crc32(body):08x} {len(body)} {digest}\n".encode() + body


@lru_cache(maxsize=1)
def kept_table() -> Table:
    """The kept file; made first, where there is none."""
    source, regional = jieba_words(), _REGIONAL.read_bytes()
    name = _file_name(source, regional)
    for folder in _folders():
        if table := _open(folder / name):
            return table
    lines = folded_lines(source.read_bytes(), regional)
    for folder in _folders():
        _keep(folder, name, lines)
        if table := _open(folder / name):
            return table
    header = Header.of(lines)
    if header is None:
        raise RuntimeError(f"the words made of {source} do not match their own checksum")
    return Table(lines, header)


_REGIONAL = Path(__file__).with_name("tables") / "words.txt"
"""Words of other regions that jieba's list lacks, with a headline."""


def jieba_words() -> Path:
    """jieba's word list; jieba itself is not imported: it takes a while, and logs."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise MissingDependency(what=Remark("what.words"), requirement="jieba==0.42.1")
    return Path(spec.origin).with_name("dict.txt")


def _file_name(source: Path, regional: bytes) -> str:
    """A name for what both lists become under today's fold. The size and time of `source` stand for its content: to read it takes 5 ms."""
    made_of = source.stat()
    parts = (FORMAT, str(source), made_of.st_size, made_of.st_mtime_ns, fold_fingerprint(), regional)
    return f"words-{hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}.txt"


def _folders() -> Iterator[Path]:
    """Where the file may lie, best first."""
    import platformdirs

    yield Path(platformdirs.user_cache_dir("searcher", appauthor=False))
    import tempfile

    yield Path(tempfile.gettempdir()) / f"searcher-{_user()}"


def _open(path: Path) -> Table | None:
    """The table in `path`, if it is whole and nobody else can have written it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode) or not _is_own(os.fstat(descriptor)):
            return None
        lines = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # it cannot be mapped, or is empty
        return None
    finally:
        os.close(descriptor)
    header = Header.of(lines)
    if header is None:
        lines.close()
        return None
    return Table(lines, header)


def _keep(folder: Path, name: str, lines: bytes) -> None:
    """Write the file if `folder` is, or can be made, the user's own; where that fails, another place serves."""
    import tempfile

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder.lstat()):
            return
        descriptor, aside = tempfile.mkstemp(prefix=name, dir=folder)
    except OSError:
        return
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(lines)
        os.replace(aside, folder / name)  # noqa: PTH105
    except OSError:
        Path(aside).unlink(missing_ok=True)


def _is_own(status: os.stat_result) -> bool:
    """Whether only this user can write what has `status` (on Windows the folders are private by themselves)."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _user() -> str:
    return str(os.geteuid()) if hasattr(os, "geteuid") else "user"

"""The word list is folded once and kept as one mapped file, so that a short query needs nothing loaded.

The words are jieba's, folded by `fold_script`; words that become one add up their frequencies. To them come the short words of other
regions that jieba lacks (`tables/words.txt`).
The file is text: a header, the characters that words begin with, where the lines of each begin, then a `word frequency` line per word,
ascending, so that a word is found in a map of it and any segmenter can be fed from it.
It lies in the user's cache folder under a name made of all it was made from.
It is written aside and moved into place, so that of concurrent first starts each sees a whole file or none;
one that is missing, damaged or not the user's own is made again, and whoever makes one removes those that nobody has read for a month.
Where no file can be kept, the words stay in memory.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import stat
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, groupby
from pathlib import Path

from searcher.errors import MissingDependency
from searcher.frozen import frozen
from searcher.remarks import Remark
from searcher.text.folding import fingerprint as fold_fingerprint
from searcher.text.folding import fold_script
from searcher.text.lookup import TABLES

FORMAT = "searcher-words-2"

UNREAD = 30 * 24 * 3600
"""Seconds after which a file that is not read is taken for that of an environment or a version that is gone."""

_DIGITS = 8
"""Hexadecimal digits of a place in the file."""


class Table:
    """The file's lines, searched where they lie. Threads may share it: nothing moves a file position."""

    def __init__(self, lines: bytes | mmap.mmap, header: Header) -> None:
        self.header = header
        self.total = header.total
        self._lines = lines
        behind = lines.find(b"\n", header.end)
        self._firsts = lines[header.end : behind].decode()
        self._starts = lines[behind + 1 : lines.find(b"\n", behind + 1)]
        self._body = behind + 1 + len(self._starts)
        self._copied: dict[str, str] = {}

    def items(self) -> Iterator[tuple[str, int]]:
        for line in self._lines[self._body + 1 :].decode().splitlines():
            word, frequency = line.split(" ")
            yield word, int(frequency)

    def frequency(self, word: str) -> int:
        lines, line = self._lines_from(word[:1]), f"\n{word} "
        place = lines.find(line)
        return _number(lines, place + len(line)) if place >= 0 else 0

    def words_from(self, text: str, start: int) -> list[tuple[int, int]]:
        lines = self._lines_from(text[start])
        place = 0
        found = []
        for end in range(start + 1, len(text) + 1):
            beginning = f"\n{text[start:end]}"
            place = lines.find(beginning, place)  # a word stands before all that it begins
            if place < 0:
                break
            after = place + len(beginning)
            if lines[after] == " ":
                found.append((end, _number(lines, after)))
        return found

    def _lines_from(self, first: str) -> str:
        """The lines of the words beginning with `first`, with the line break before them: a copy, as a map is slow to search."""
        lines = self._copied.get(first)
        if lines is None:
            number = self._firsts.find(first) if first else -1
            lines = self._copied[first] = self._group(number) if number >= 0 else ""
        return lines

    def _group(self, number: int) -> str:
        """The lines of the words beginning with one of the first characters."""
        start, end = (int(self._starts[place : place + _DIGITS], 16) for place in (number * _DIGITS, (number + 1) * _DIGITS))
        return self._lines[self._body + start : self._body + end + 1].decode()


def _number(lines: str, start: int) -> int:
    """The number from a place to the end of its line."""
    return int(lines[start : lines.find("\n", start)])


@frozen
class Header:
    """The first line: the sum of the frequencies; checksum and length of what follows; digest of the words; `end` is where it ends."""

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
    groups = {first: _lines_of(words) for first, words in groupby(sorted(frequencies.items()), key=_first)}
    starts = accumulate(map(len, groups.values()), initial=0)
    words = b"".join(groups.values())
    body = "\n".join(("".join(groups), "".join(f"{start:0{_DIGITS}x}" for start in starts), "")).encode() + words
    digest = hashlib.sha256(words).hexdigest()
    return f"{FORMAT} {sum(frequencies.values())} {zlib.crc32(body):08x} {len(body)} {digest}\n".encode() + body


def _first(row: tuple[str, int]) -> str:
    return row[0][0]


def _lines_of(rows: Iterable[tuple[str, int]]) -> bytes:
    return "".join(f"{word} {frequency}\n" for word, frequency in rows).encode()


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


_REGIONAL = TABLES / "words.txt"
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


def cache_folder() -> Path | None:
    """The user's folder of what can be made again; None where nobody knows the user's home, as in a container."""
    import platformdirs

    with suppress(RuntimeError):
        folder = Path(platformdirs.user_cache_dir("searcher", appauthor=False))
        return folder if folder.is_absolute() else None  # older versions call it ~ then
    return None


def _folders() -> Iterator[Path]:
    """Where the file may lie, best first."""
    folder = cache_folder()
    if folder is not None:
        yield folder
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
    _remove_unread(folder)


def _remove_unread(folder: Path) -> None:
    """Every environment and version has a file of its own, of 4 MB; one that was wrongly removed is made again."""
    for path in folder.glob("words-*"):
        with suppress(OSError):  # gone meanwhile, or, on Windows, in use
            status = path.lstat()
            if max(status.st_atime, status.st_mtime) < time.time() - UNREAD:
                path.unlink()


def _is_own(status: os.stat_result) -> bool:
    """Whether only this user can write what has `status` (on Windows the folders are private by themselves)."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _user() -> str:
    return str(os.geteuid()) if hasattr(os, "geteuid") else "user"

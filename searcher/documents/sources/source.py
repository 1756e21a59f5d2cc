"""One readable thing: a file, or what lies inside one."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from io import BufferedReader, BytesIO, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from searcher.documents.description.namedates import date_in_name, date_in_title, date_of_letter
from searcher.documents.document import Document, Location, Metadata, Refused
from searcher.documents.encodings.detection import decode
from searcher.documents.filepaths import readable_name, safe_name
from searcher.documents.sources.text import SourceText, clean, without_colours
from searcher.frozen import frozen
from searcher.remarks import Remark

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 65_536  # bytes that detection looks at
MEGABYTE = 1 << 20
_DECLARATION = 4_096  # bytes in which a text says which encoding it has


@frozen
class ReadOptions:
    """How files are read.

    `encoding` forces one for every text; `max_bytes` bounds one document, `max_expanded_bytes` all that one archive unpacks to;
    `extract_articles` takes the article out of saved web pages where the library for it is installed;
    `max_depth` bounds archives in archives and mails in mails; `timeout` (seconds) bounds a parser that runs in a process of its own.
    `converters` names by suffix (".doc") the command that makes text of files no reader can read (see converting.py), `convert_timeout`
    (seconds) bounds it.
    `ocr`: text is looked for in pictures and on scanned pages.
    """

    encoding: str | None = None
    max_bytes: int = 64 * MEGABYTE
    max_expanded_bytes: int = 1024 * MEGABYTE
    extract_articles: bool = True
    max_depth: int = 4
    timeout: float = 60.0
    converters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    convert_timeout: float = 600.0
    ocr: bool = False


@frozen
class Source:
    """What a format reads: a file on disk, or the bytes of an archive member or an attachment.

    `name` is the bare file name, by which formats are told apart; `path` is shown (`a.zip!/b.txt`); `id` is the same with an absolute path.
    `file` is the absolute path of the file on disk that all of it came from.
    `content` is the path of the file that holds the bytes, or the bytes. `depth` counts the archives and mails around it.
    """

    name: str
    path: str
    id: str
    file: str
    content: str | bytes = field(repr=False)
    size: int
    depth: int = 0

    @classmethod
    def of_file(cls, path: str | os.PathLike[str], *, shown: str | None = None, status: os.stat_result | None = None) -> Source:
        """A file on disk; raises OSError where it cannot be looked at and `status` is not given."""
        place = os.path.abspath(path)  # noqa: PTH100  (resolve() would follow symbolic links)
        status = status or Path(place).stat()
        name, readable = Path(readable_name(place)).name, readable_name(os.fspath(path) if shown is None else shown)
        return cls(name=name, path=readable, id=safe_name(place), file=safe_name(place), content=place, size=status.st_size)

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Source:
        """Bytes that came from no file; `name` serves as its path."""
        return cls(name=name.rsplit("/", 1)[-1], path=name, id=name, file=name, content=data, size=len(data))

    def member(self, name: str, content: bytes | str) -> Source:
        """What lies inside this source under `name`: its bytes, or the path of a temporary file that holds them."""
        size = len(content) if isinstance(content, bytes) else Path(content).stat().st_size
        base = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        path, id = f"{self.path}!/{name}", f"{self.id}!/{name}"
        return replace(self, name=base, path=path, id=id, content=content, size=size, depth=self.depth + 1)

    @property
    def stem(self) -> str:
        """The name without its suffix, the last resort of a title."""
        return Path(self.name).stem or self.name

    @property
    def suffix(self) -> str:
        """The last suffix of the name, lower case, with its dot; empty without one."""
        return Path(self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """The bytes as a binary file, to be closed by the caller; of a file that grows, those that were there when it was found."""
        if isinstance(self.content, bytes):
            return BytesIO(self.content)
        return BufferedReader(_UpTo(self.content, self.size)) if self.size else Path(self.content).open("rb")

    def head(self, count: int = HEAD) -> bytes:
        """The first `count` bytes at most."""
        with self.open() as file:
            return file.read(count)

    def first_lines(self) -> bytes:
        """The head without the line that may be cut at its end, and a character with it; those of UTF-16 are not."""
        head = self.head()
        return head if len(head) < HEAD or b"\0" in head else head[: head.rfind(b"\n") + 1] or head

    def read(self, limit: int) -> bytes:
        """All bytes, never more than `limit`: Refused("too-large") where there are more, also where its size is not told."""
        self.check(limit)
        with self.open() as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise too_large(len(data), limit)
        return data

    def text(self, options: ReadOptions, *, format: str, declared: Callable[[bytes], str | None] | None = None) -> SourceText:
        """Its text, whatever the encoding; `declared` finds in the first bytes which they say it is, believed only where it fits.

        Refused: too-large, empty, binary, encoding.
        """
        data = without_colours(self.read(options.max_bytes))
        decoded = decode(data, forced=options.encoding, declared=declared(data[:_DECLARATION]) if declared else None)
        return SourceText(clean(decoded.text), decoded.metadata(format))

    def check(self, limit: int) -> None:
        """Refused("too-large") where there are more bytes than that."""
        if self.size > limit:
            raise too_large(self.size, limit)

    def document(
        self,
        *,
        title: str,
        text: str,
        date: str | None = None,
        stamped: str | None = None,
        metadata: Metadata | None = None,
        locations: tuple[Location, ...] = (),
        number: int | str | None = None,
    ) -> Document:
        """A document of this source; `number` counts from 1 where a source holds several, or is what tells them apart.

        `date` is what its author says; without one it has that of the file's name, of its title or of the letter that it is, or the one
        `stamped` by the program that made the file.
        """
        return Document(
            id=self.id if number is None else f"{self.id}#{number}",
            title=title,
            text=text,
            source=self.file,
            path=self.path,
            date=date or _said_or_stamped(date_in_name(self.name) or date_in_title(title) or date_of_letter(text), stamped),
            metadata=metadata or {},
            locations=locations,
        )


class _UpTo(FileIO):
    """A file that ends where it did when it was found: what is written to a log faster than it is read would have no end."""

    def __init__(self, path: str, size: int) -> None:
        super().__init__(path)
        self._size = size

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        return super().readinto(memoryview(buffer)[: max(0, self._size - self.tell())])

    def readall(self) -> bytes:
        return super().read(max(0, self._size - self.tell())) or b""


def _said_or_stamped(said: str | None, stamped: str | None) -> str | None:
    """The date a name says, unless the stamp only says it more exactly: an old text exported today is not of today."""
    return stamped if said is None or (stamped or "").startswith(said) else said


def too_large(size: int, limit: int) -> Refused:
    """The refusal of something over the limit."""
    return Refused("too-large", Remark("detail.size", size=size / MEGABYTE, limit=limit / MEGABYTE))

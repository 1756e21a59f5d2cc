"""A document that is a ZIP of parts: how office programs and others store one."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol, cast

from searcher.documents.archives.unpacking import BROKEN, Allowance, Unpacking, opened_zip
from searcher.documents.document import Refused
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.documents.xml.events import OPEN, Event, xml_events
from searcher.frozen import frozen
from searcher.remarks import Remark

_MARKUP_SHARE = 4  # how many times the limit of one document its parts may take
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what office programs use; others take memory as they please


@frozen
class Related:
    """A part that another part names: under which id, as what ("styles", "slide"), and where it lies."""

    id: str
    kind: str
    name: str


class Parts(Protocol):
    """The parts of a document by their names, however they are stored."""

    def __contains__(self, name: str) -> bool: ...

    def events(self, name: str) -> Iterator[Event]:
        """The events of an XML part; none where there is no such part."""

    def related(self, name: str = "") -> tuple[Related, ...]:
        """What a part names as belonging to it, in its order; without a name, what the whole document does."""


class Package:
    """The parts of a document by their names, whatever their case; all that is read of them counts against one limit."""

    def __init__(self, archive: zipfile.ZipFile, allowance: Allowance) -> None:
        self._archive = archive
        self._allowance = allowance
        self._parts = {_plain(info.filename): info for info in archive.infolist()}

    @property
    def names(self) -> list[str]:
        """The names of all parts as they are written, in their order."""
        return self._archive.namelist()

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def read(self, name: str, limit: int = MEGABYTE) -> bytes:
        """The first bytes of a part; none where there is no such part."""
        data = bytearray()
        if name in self:
            with self._open(name) as part:
                while piece := part.read(min(MEGABYTE, limit - len(data))):
                    data += piece
        return bytes(data)

    def events(self, name: str) -> Iterator[Event]:
        """The events of an XML part; none where there is no such part."""
        if name not in self:
            return
        with self._open(name) as part:
            yield from xml_events(part)

    def related(self, name: str = "") -> tuple[Related, ...]:
        """What a part names as belonging to it, in its order; without a name, what the whole package does."""
        return related_in(self, name)

    @contextmanager
    def _open(self, name: str) -> Iterator[BinaryIO]:
        info = self._parts[_plain(name)]
        if info.flag_bits & 1:
            raise Refused("encrypted", Remark("detail.password"))
        if info.compress_type not in _METHODS:
            raise Refused("unsupported", Remark("detail.method-part"))
        try:
            part = self._archive.open(info)
        except (NotImplementedError, *BROKEN) as error:
            raise Refused("damaged", Remark("detail.unpack", error=error)) from error
        with part:
            yield cast("BinaryIO", Unpacking(part, info.compress_size, self._allowance))


def related_in(parts: Parts, name: str) -> tuple[Related, ...]:
    """What a part of an Open Packaging Convention names as belonging to it."""
    folder, base = posixpath.split(name)
    return tuple(
        Related(attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], part_at(name, attributes.get("Target", "")))
        for kind, element, attributes in parts.events(posixpath.join(folder, "_rels", f"{base}.rels"))
        if kind == OPEN and element == "Relationship" and attributes.get("TargetMode") != "External"
    )


@contextmanager
def opened(source: Source, options: ReadOptions) -> Iterator[Package]:
    """The package that a source is; Refused: too-large, damaged. Pictures may make it larger than what is read of one document."""
    source.check(options.max_expanded_bytes)
    with opened_zip(source) as archive:
        yield Package(archive, Allowance(_MARKUP_SHARE * options.max_bytes))


def part_at(name: str, target: str) -> str:
    """The name of the part that another part, of this name, means by a path; none leads out of the document."""
    folder = posixpath.dirname(name)
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()

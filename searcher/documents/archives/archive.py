"""What lies in an archive is read as if it lay in a folder.

Nothing is written anywhere but to temporary files of our own naming, whatever the names inside are.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import IO, BinaryIO, cast

from searcher.documents.archives.membernames import DistinctNames, safe_member_name
from searcher.documents.archives.unpacking import BROKEN, Allowance, Exhausted, Unpacking, opened_zip, unpacked
from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.encodings.detection import candidates
from searcher.documents.filepaths import readable_name
from searcher.documents.registry import detect, documents_of
from searcher.documents.sources.source import HEAD, MEGABYTE, ReadOptions, Source
from searcher.remarks import Remark

_ENCRYPTED, _IS_UTF8 = 0x1, 0x800  # flags of ZIP members (APPNOTE.TXT 4.4.4)
_UNICODE_PATH = 0x7075  # an extra field with the name in UTF-8 (APPNOTE.TXT 4.6.9)
_LEFT_BEHIND = re.compile(r"\.|~\$|__MACOSX$|Thumbs\.db$|desktop\.ini$", re.IGNORECASE)
_UNNAMED = "unnamed"
_PACKED_SUFFIX = re.compile(r"\.(?:gz|bz2|xz)$", re.IGNORECASE)
_TAR_SUFFIX = re.compile(r"\.(?:tgz|tbz2?|txz)$", re.IGNORECASE)

Items = Iterator[Document | Skipped]


def read_archive(source: Source, options: ReadOptions) -> Items:
    """The documents of what lies in a ZIP or a TAR, or of what was packed by gzip, bzip2 or xz: a file of any format, or a TAR."""
    return _documents(source, options, Allowance(options.max_expanded_bytes))


def member_names(members: Iterable[zipfile.ZipInfo]) -> list[str]:
    """The names in a ZIP. Those that are not marked as UTF-8 are read in one encoding, the likeliest for all of them together."""
    raw = [_raw_name(member) for member in members]
    unmarked = b"\n".join(name for name in raw if isinstance(name, bytes))
    encoding = _encoding_of_names(unmarked)
    return [name.decode(encoding, "replace") if isinstance(name, bytes) else name for name in raw]


def _zip(source: Source, options: ReadOptions, allowance: Allowance) -> Items:
    with opened_zip(source) as archive:
        members = archive.infolist()
        distinct = DistinctNames()
        for member, name in zip(members, member_names(members), strict=True):
            allowance.take_member()
            shown = distinct(safe_member_name(name) or _UNNAMED)
            if not member.is_dir() and not stat.S_ISLNK(member.external_attr >> 16) and not _is_left_behind(shown):
                yield from _zip_member(archive, member, source, shown, options, allowance)


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source, name: str, options: ReadOptions, allowance: Allowance
) -> Items:
    path = f"{source.path}!/{name}"
    if member.flag_bits & _ENCRYPTED:
        yield Skipped(path, "encrypted", Remark("detail.password"))
    elif member.file_size > allowance.bytes:
        yield Skipped(path, "too-large", Remark("detail.claims", size=member.file_size / MEGABYTE))
    else:
        try:
            stream = archive.open(member)
        except NotImplementedError:
            yield Skipped(path, "unsupported", Remark("detail.method", method=member.compress_type))
            return
        except (RuntimeError, *BROKEN) as error:
            yield Skipped(path, "damaged", Remark("detail.unpack", error=error))
            return
        with stream:
            yield from _member(Unpacking(stream, member.compress_size, allowance), source, name, options, allowance)


def _tar(source: Source, options: ReadOptions, allowance: Allowance) -> Items:
    with source.open() as file:
        yield from _tar_members(Unpacking(file, source.size, Allowance(options.max_expanded_bytes)), source, options, allowance)


def _tar_members(stream: Unpacking, source: Source, options: ReadOptions, allowance: Allowance) -> Items:
    """Member by member, forward only. `stream` counts what is unpacked on the way, the shared allowance what members hold."""
    distinct = DistinctNames()
    try:
        archive = tarfile.TarFile(fileobj=cast("BinaryIO", stream), tarinfo=_Header, encoding="utf-8", errors="surrogateescape")
        while member := archive.next():
            archive.members = []  # type: ignore[attr-defined]  # it would keep all of them
            allowance.take_member()
            name = distinct(safe_member_name(readable_name(member.name)) or _UNNAMED)
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None and not _is_left_behind(name):
                with content:
                    yield from _member(Unpacking(content, member.size, allowance), source, name, options, allowance)
    except (tarfile.TarError, *BROKEN) as error:
        raise Refused("damaged", Remark("detail.not-whole", kind="TAR", error=error)) from error


class _Header(tarfile.TarInfo):
    """The header of a member. One that is damaged, or cut off, is an error also behind the first: tarfile takes it for the end, and
    what lies behind it would be lost without a word."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(archive)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from error


def _compressed(source: Source, options: ReadOptions, allowance: Allowance) -> Items:
    opener = _opener(source.head(16))
    if opener is None:
        raise Refused("damaged", Remark("detail.no-archive"))
    with source.open() as file, opener(file) as stream:
        head = Unpacking(stream, source.size, Allowance(options.max_expanded_bytes)).read(HEAD)
    with source.open() as file, opener(file) as stream:
        if head[257:262] == b"ustar":
            yield from _tar_members(Unpacking(stream, source.size, Allowance(options.max_expanded_bytes)), source, options, allowance)
        else:
            content = Unpacking(stream, source.size, allowance)
            with unpacked(content) as data:
                size = len(data) if isinstance(data, bytes) else content.tell()
                name = _TAR_SUFFIX.sub(".tar", _PACKED_SUFFIX.sub("", source.name)) or source.name
                inside = replace(source, name=name, content=data, size=size, depth=source.depth + 1)
                yield from _documents(inside, options, allowance)


def _member(stream: Unpacking, source: Source, name: str, options: ReadOptions, allowance: Allowance) -> Items:
    """The documents of one member; what is wrong with it costs it alone. Most of what is no document is known by its first bytes."""
    path = f"{source.path}!/{name}"
    try:
        head = stream.read(HEAD)
        if len(head) == HEAD and detect(source.member(name, head)) is None:
            raise Refused("binary", Remark("detail.unknown"))
        with unpacked(stream, head) as content:
            yield from _documents(source.member(name, content), options, allowance)
    except Exhausted:
        raise
    except Refused as refusal:
        yield Skipped(path, refusal.reason, refusal.detail)


def _documents(inside: Source, options: ReadOptions, allowance: Allowance) -> Items:
    """An archive in an archive is read here, on the same allowance."""
    if inside.depth > options.max_depth:
        raise Refused("unsupported", Remark("detail.nested-archives", limit=options.max_depth))
    format = detect(inside)
    reader = {"zip": _zip, "tar": _tar, "compressed": _compressed}.get(format.name if format else "")
    if reader is not None:
        yield from reader(inside, options, allowance)
    else:
        yield from documents_of(inside, replace(options, max_expanded_bytes=allowance.bytes))


def _is_left_behind(name: str) -> bool:
    """What systems and programs leave beside documents; in a folder it would be passed over, too."""
    return any(_LEFT_BEHIND.match(part) for part in name.split("/"))


def _raw_name(member: zipfile.ZipInfo) -> bytes | str:
    """The name as it was packed: text where its encoding is told, else its bytes."""
    if member.flag_bits & _IS_UTF8:
        return member.orig_filename
    raw = member.orig_filename.encode("cp437", "replace")  # which is how zipfile decodes it
    return _unicode_path(member.extra, raw) or raw


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        data = extra[position + 4 : position + 4 + size]
        if kind == _UNICODE_PATH and data[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return data[5:].decode("utf-8", "replace")
        position += 4 + size
    return None


def _encoding_of_names(names: bytes) -> str:
    try:
        names.decode("utf-8")
    except UnicodeDecodeError:
        return next(candidate.encoding for candidate in candidates(names) if not candidate.encoding.startswith("utf"))
    return "utf-8"


def _opener(head: bytes) -> Callable[[BinaryIO], IO[bytes]] | None:
    if head.startswith(b"\x1f\x8b\x08"):
        return lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file, mode="rb"))
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return bz2.open
    return lzma.open if head.startswith(b"\xfd7zXZ\x00") else None

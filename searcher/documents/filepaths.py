"""How is the path of a file written: as its folders list it, as it is stored, as it is shown?"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

_ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


def listed_path(path: str | os.PathLike[str]) -> str:
    """An absolute path with its names as their folders list them; links are not followed.

    Windows and macOS take other cases, macOS other compositions (é as one character or as two), and Windows a short name (DOCUME~1), for
    the same name: the files of a folder would be known once more under each way to type it.
    """
    anchor, *names = Path(os.path.abspath(path)).parts  # noqa: PTH100  (resolve() would follow links)
    place = anchor.upper() if len(anchor) == len("c:\\") else anchor
    for name in names:
        place = os.path.join(place, _listed(place, name))  # noqa: PTH118
    return place


def _listed(folder: str, name: str) -> str:
    """A name as its folder lists it; the name itself where the file system tells all ways to write it apart."""
    path, is_short = os.path.join(folder, name), "~" in name  # noqa: PTH118
    others = {name.swapcase(), unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)} - {name}
    if not is_short and not any(_is_same(path, os.path.join(folder, other)) for other in others):  # noqa: PTH118
        return name
    try:
        names = os.listdir(folder)  # noqa: PTH208
    except OSError:
        return name
    if name in names:
        return name
    alike = [one for one in names if (is_short or _plain(one) == _plain(name)) and _is_same(path, os.path.join(folder, one))]  # noqa: PTH118
    return alike[0] if len(alike) == 1 else name


def _is_same(path: str, other: str) -> bool:
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):  # ValueError: no system has such a name
        return False


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def safe_name(path: str) -> str:
    r"""A path without lone surrogates: bytes of a name that are no UTF-8 are written as \xNN, so that it can be stored anywhere.

    Where every name is UTF-8, it is the path itself. What no system gives for a name, halves of other characters, is written so, too.
    """
    if not _undecoded(path):
        return path
    try:
        written = os.fsencode(path)
    except UnicodeEncodeError:
        written = path.encode("utf-8", "surrogatepass")
    return written.decode("utf-8", "backslashreplace")


def name_on_disk(name: str) -> str:
    """The path that `safe_name` writes so, as the system has it; the name itself, where nothing lies under another."""
    if "\\x" not in name or os.path.lexists(name):
        return name
    try:
        written = os.fsdecode(_ESCAPED.sub(lambda byte: bytes.fromhex(byte[1].decode()), name.encode("utf-8", "surrogatepass")))
    except UnicodeDecodeError:  # Windows, on which a folder x86 is written so, too
        return name
    return written if os.path.lexists(written) else name


def readable_name(path: str) -> str:
    """A path as its author meant it: a name in GBK or Big5 is decoded as such."""
    if not _undecoded(path):
        return path
    from searcher.documents.encodings.detection import decode_name

    return "/".join(decode_name(os.fsencode(part)) for part in path.split("/"))


def _undecoded(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return True
    return False

"""What does the name of a file say of the document in it, that the title does not say?

Whoever named 的士司機訪問.txt has given the text in it a second title. So a name is searched as a title is, but for what is no name:
the suffix, the name of a file that holds many documents, hashes, a number of a few digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from searcher.passages.literals import Sought
from searcher.passages.marking import marks, pattern
from searcher.results import Mark
from searcher.text.folding import fold

_PART = re.compile(r"#[0-9][0-9.-]*\Z")
_SUFFIX = re.compile(r"(?<=[^.])\.(?=[0-9]*[A-Za-z])[0-9A-Za-z]{1,12}\Z")
_PACKED = re.compile(r"(?<=[^.])\.(?:gz|bz2|xz|zst|z)\Z", re.IGNORECASE)
_SAYING = re.compile(r"[^\W\d_]|\d{5}")
_UUID = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])")
_RUN = re.compile(r"[0-9A-Za-z]{8,}")
_PIECE = re.compile("[0-9]+|[A-Za-z]+")
_HASH = re.compile("(?=.*[0-9])(?=.*[A-Fa-f])[0-9A-Fa-f]{16,}")

CHANGES = 5
"""Where letters and digits change so often, they are data: 3f9a27c81b. Not covid19, v2beta3."""


def said_by_name(path: str, span: Mark) -> str:
    """What is analysed of a name that stands there in a path: all but hashes, whose digits are no numbers."""
    return _RUN.sub(lambda run: "，" if _is_data(run[0]) else run[0], _UUID.sub("，", path[slice(*span)]))


def name_span(id: str, title: str, path: str | None, source: str | None) -> Mark:
    """Where in its path the name of a document's file stands, where that says something beside the title; else nothing: (0, 0).

    /d/的士司機訪問.txt  → 的士司機訪問
    /d/report.tar.gz    → report
    /d/mails.mbox       → nothing, of the mails in it: it is not the name of one of them
    /d/000_0ba390c34e7e8bd5.txt, /d/12.pdf → nothing
    """
    if path is None or _is_of_many(id, path, source):
        return (0, 0)
    start = len(path) - len(file_name(path))
    stem = _SUFFIX.sub("", _PACKED.sub("", path[start:]))
    span = (start, start + len(stem))
    return span if _SAYING.search(said_by_name(path, span)) and not _holds(title, stem) else (0, 0)


def stored_span(values: Mapping[str, Any]) -> Mark:
    """What `name_span` gives for a document of the index, from what is stored with it."""
    return name_span(values["id"], values["title"], values["path"], values["source"])


def file_name(path: str) -> str:
    """What stands behind the last folder of a path."""
    return path[max(path.rfind("/"), path.rfind("\\")) + 1 :]


def _is_data(run: str) -> bool:
    return bool(_HASH.fullmatch(run)) or len(_PIECE.findall(run)) > CHANGES


def _is_of_many(id: str, path: str, source: str | None) -> bool:
    """Whether the file of this path holds other documents beside the one of this id, `path#n` or an id of its own."""
    part = _PART.search(id)
    if part and not path.endswith(part[0]):
        holder = id[: part.start()]
    elif source is None or id == source or id.startswith(f"{source}!/"):
        return False
    else:
        holder = source
    undecoded = "\\x" in holder.rpartition("/")[2]  # bytes that are no UTF-8 are written so in an id
    return undecoded or file_name(holder) == file_name(path)


def _holds(title: str, stem: str) -> bool:
    """Whether whatever finds a name literally finds the title as well."""
    return fold(stem).text in fold(title).text and bool(marks(title, pattern([Sought(stem, 0)])))

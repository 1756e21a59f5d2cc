"""What does the library remark: which row of `phrases.py`, about what?"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Any

from searcher.phrases import in_english

Fact = str | int | float | tuple[str, ...]
"""What a remark is about: a text, a number, another remark, or several texts, which each language lists in its own way."""

LONGEST = 300
"""Characters that are told of what another library or the system says."""

_DEEPEST = 5
"""No remark holds more in one another."""


class Remark(str):
    """A sentence of the library for a person: as a text it is English; its `key` and `facts` say it in the other languages.

    It is a `str`, so that a reader for another format may give a text of its own, and who prints one needs to know nothing.
    An error among the facts counts as what it says, on one line.

    Remark("notice.date", text="date:x")  →  "not understood as a date, so it was read as text: date:x"
    """

    __slots__ = ("facts", "key")
    key: str
    facts: Mapping[str, Fact]

    def __new__(cls, key: str, /, **facts: object) -> Remark:
        known = {name: _fact(value) for name, value in facts.items()}
        remark = super().__new__(cls, in_english(key, known))
        remark.key, remark.facts = key, known
        return remark

    def __reduce__(self) -> tuple[Any, ...]:
        return from_data, (as_data(self),)  # it may cross a process


def of_system(error: OSError) -> str:
    """What the system refused, without the file; the usual causes as a remark."""
    key = _cause_on_windows(error) or _CAUSES.get(error.errno or 0)
    return Remark(f"system.{key}") if key else _one_line(error.strerror or error)


def without_file(reason: object) -> str:
    """What is wrong with a file, of a reason that may name the file first."""
    what = reason.facts["what"] if isinstance(reason, Remark) and reason.key == "reason.of-file" else reason
    return what if isinstance(what, str) else str(what)


def as_data(remark: str) -> object:
    """A remark as JSON: its English, its key, its facts; a text that is none as it is."""
    if not isinstance(remark, Remark):
        return remark
    return [str(remark), remark.key, {name: as_data(fact) if isinstance(fact, str) else fact for name, fact in remark.facts.items()}]


def from_data(data: object, depth: int = 0) -> str:
    """What `as_data` wrote; the English alone where this version knows no such remark. TypeError for anything else."""
    if isinstance(data, str):
        return data
    if not (isinstance(data, list) and len(data) == 3 and depth < _DEEPEST):
        raise TypeError("no remark")
    text, key, facts = data
    if not (isinstance(text, str) and isinstance(key, str) and isinstance(facts, dict)):
        raise TypeError("no remark")
    known = {str(name): _fact_from(fact, depth) for name, fact in facts.items()}
    try:
        return Remark(key, **known)
    except (KeyError, ValueError, TypeError):  # a remark of another version
        return text


def _fact_from(data: object, depth: int) -> Fact:
    if isinstance(data, int | float):
        return data
    if isinstance(data, list | tuple) and all(isinstance(text, str) for text in data):  # a remark ends with its facts
        return tuple(data)
    return from_data(data, depth + 1)


def _fact(value: object) -> Fact:
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return value if isinstance(value, str | int | float) else _one_line(value)


def _one_line(said: object) -> str:
    text = " ".join(str(said).split()) or type(said).__name__
    return text[:LONGEST]


_CAUSES = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENOENT: "nowhere",
    errno.ENOTDIR: "no-folder",
    errno.EISDIR: "folder",
    errno.ENOSPC: "full",
    errno.EROFS: "read-only",
    errno.EIO: "broken",
    errno.ENAMETOOLONG: "long-name",
    errno.ELOOP: "circle",
    errno.EMFILE: "many-files",
    errno.ENFILE: "many-files",
    errno.EEXIST: "exists",
}

_IN_USE = (32, 33)
_NOWHERE = (2, 3, 206)
_LONGEST_ON_WINDOWS = 259
"""Characters of a path, unless Windows was told to allow more."""


def _cause_on_windows(error: OSError) -> str | None:
    """Windows calls it denied when another program has a file open, as Word has its documents (ERROR_SHARING_VIOLATION, LOCK), and finds
    no file whose path is too long.
    """
    code = getattr(error, "winerror", None)
    if code in _IN_USE:
        return "in-use"
    return "long-name" if code in _NOWHERE and len(str(error.filename or "")) > _LONGEST_ON_WINDOWS else None

"""What a document is, what a file that gave none is, and how a reader refuses one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from reprlib import repr as shortened

from searcher.errors import SearcherError
from searcher.frozen import frozen
from searcher.remarks import of_system

Value = str | tuple[str, ...]
Metadata = Mapping[str, Value]
"""What is known of a document, by name: author, categories, format, encoding and whatever the front matter says."""


@frozen
class Location:
    """From the `str` offset `start` of the text on (until the next of the same kind) the text stands at this place.

    `kind`: "line" (of the source file, counting from 1), "page", "chapter", "heading", "article" (條), "slide", "sheet", "time";
    `label` as shown.
    """

    start: int
    kind: str
    label: str


@frozen
class Document:
    """One document as a reader would see it.

    `id` is unique in an index: the caller's own, or the absolute path (`path#n`, n from 1, for one of several in a file).
    `source` is the file it came from, by which `sync` replaces and removes; `path` is what is shown.
    `date` is ISO 8601, partial allowed ("2021", "2021-08", "2021-08-17", with or without a time): of what day the document is. So is
    `modified`: when it was last changed.
    `locations` ascend by `start`.
    `numbers` are the caller's own, by which queries filter and sort ("price": 12.5); files give none.
    """

    id: str
    title: str
    text: str
    source: str | None = None
    path: str | None = None
    date: str | None = None
    metadata: Metadata = field(default_factory=dict, hash=False)
    locations: tuple[Location, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict, hash=False)
    modified: str | None = None

    def __repr__(self) -> str:
        """Short, whatever the text is: who looks at a list of documents does not read them."""
        return f"Document(id={self.id!r}, title={self.title!r}, date={self.date!r}, text={shortened(self.text)})"


@frozen
class Skipped:
    """A file, or a part of one, that gave no document.

    `reason` is a stable code ("empty", "binary", "too-large", "unreadable", "damaged", "encrypted", "no-text", "unsupported",
    "missing-dependency", "timeout", "encoding"); `detail` is one line for the user.
    """

    path: str
    reason: str
    detail: str

    @property
    def failed(self) -> bool:
        """Whether there may have been something to read: what is empty or no text, as pictures and programs are, nobody misses."""
        return self.reason not in ("empty", "binary")


class Refused(SearcherError):
    """A reader gives this source up; `reason` is a code of `Skipped`, `detail` one line for the user, a `Remark` where it is ours.

    It never leaves this room.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason=reason, detail=detail)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str]]:
        return (Refused, (self.reason, self.detail))  # it may cross a process


PLAIN = "plain"
"""The reason of a refusal that no user meets: the source is read as plain text."""


def only_text() -> Refused:
    """The refusal of a reader to which a source is no more than plain text, whatever it is called; it has given no document yet."""
    return Refused(PLAIN, "")


def refusal_of(error: BaseException) -> Refused:
    """Why a source gives nothing after this error of its reader, which may be a bug that a foreign file meets in a library."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, OSError):
        return Refused("unreadable", of_system(error))
    return Refused("damaged", f"{type(error).__name__}: {' '.join(str(error).split())}"[:300].removesuffix(": "))

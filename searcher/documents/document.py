"""What a document is, and what a file that gave none is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from reprlib import repr as shortened

Value = str | tuple[str, ...]
Metadata = Mapping[str, Value]
"""What is known of a document, by name: author, categories, format, encoding and whatever the front matter says."""


@dataclass(frozen=True, slots=True)
class Location:
    """From the `str` offset `start` of the text on (until the next of the same kind) the text stands at this place.

    `kind`: "line" (of the source file, counting from 1), "page", "chapter", "heading", "article" (條), "slide", "sheet", "time";
    `label` as shown.
    """

    start: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document as a reader would see it.

    `id` is unique in an index: the caller's own, or the absolute path (`path#n`, n from 1, for one of several in a file).
    `source` is the file it came from, by which `sync` replaces and removes; `path` is what is shown.
    `date` is ISO 8601, partial allowed ("2021", "2021-08", "2021-08-17", with or without a time).
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

    def __repr__(self) -> str:
        """Short, whatever the text is: who looks at a list of documents does not read them."""
        return f"Document(id={self.id!r}, title={self.title!r}, date={self.date!r}, text={shortened(self.text)})"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a part of one, that gave no document.

    `reason` is a stable code ("empty", "binary", "too-large", "unreadable", "damaged", "encrypted", "no-text", "unsupported",
    "missing-dependency", "timeout", "encoding"); `detail` is one line for the user.
    """

    path: str
    reason: str
    detail: str

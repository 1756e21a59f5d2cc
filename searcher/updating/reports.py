"""What an indexing run did and what an index holds: frozen data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from searcher.documents import Skipped
from searcher.frozen import frozen


@frozen
class Progress:
    """How far a run is: `done` of `total` files or documents (None where nobody knows), at `path`."""

    done: int
    total: int | None = None
    path: str | None = None


Reporter = Callable[[Progress], None]


@frozen
class Report:
    """What a run did, counted in documents, but `unchanged` in files. `documents` is how many the index holds now.

    `moved` documents are those of files that were recognised by their bytes under another path.
    `skipped` holds the files and parts of files that gave no document when this run read them, `known_skipped` those that earlier runs
    read, and that have not changed since; `left_out` counts what was passed over, by rule ("hidden",
    "excluded", "gitignore", "index", "link", "special", "lock", "page"); `notices` are one-line remarks for the user.
    """

    added: int = 0
    replaced: int = 0
    moved: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: tuple[Skipped, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict, hash=False)
    documents: int = 0
    seconds: float = 0.0
    notices: tuple[str, ...] = ()
    known_skipped: tuple[Skipped, ...] = ()


@frozen
class Guess:
    """How a file's text was decoded: `confidence` from 0 to 1; `replaced` bytes fitted nowhere."""

    path: str
    encoding: str
    confidence: float
    replaced: int = 0


@frozen
class Status:
    """What an index holds. `size` in bytes on disk; `updated` is the time of the last commit, ISO 8601 in UTC."""

    path: str
    documents: int
    files: int
    size: int
    updated: str | None
    roots: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    formats: Mapping[str, int] = field(default_factory=dict, hash=False)
    scripts: Mapping[str, int] = field(default_factory=dict, hash=False)
    encodings: Mapping[str, int] = field(default_factory=dict, hash=False)
    notices: tuple[str, ...] = ()

"""What can go wrong, as one tree.

    SearcherError
    ├── IndexNotFound
    ├── IndexExists
    ├── IndexOccupied
    ├── IndexLocked
    ├── IndexDamaged
    │   └── IndexLost
    ├── IndexUnreadable
    ├── IndexMismatch
    │   └── IndexUnsupported
    ├── IndexUnwritable
    ├── InvalidDocument
    ├── UnknownDocument
    ├── InvalidOption
    │   ├── InvalidPath
    │   ├── InvalidSetting
    │   ├── SettingsUnreadable
    │   └── UnknownSetting
    ├── WorkerLost
    └── MissingDependency

What each says stands in `phrases.py`, in a row of the name of its class; one without a row says what the class above it says.
"""

from __future__ import annotations

from functools import partial
from typing import Any


class SearcherError(Exception):
    """Base of all errors that searcher raises on purpose; `str(error)` is one line of English that says what, where and what to do.

    `key`: its row of `phrases.py`; `details`: what that is filled with, and the arguments that the error was made with.
    """

    def __init__(self, **details: object) -> None:
        from searcher.phrases import PHRASES, in_english  # which --help does without

        self.key: str = next(kind.__name__ for kind in type(self).__mro__ if kind.__name__ in PHRASES)
        self.details = details
        super().__init__(in_english(self.key, details))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), **self.details), ()  # it may cross a process


class IndexNotFound(SearcherError):
    """No index where one was asked for."""


class IndexExists(SearcherError):
    """An index is already there."""


class IndexOccupied(SearcherError):
    """An index was to be made in a folder that holds something else."""


class IndexLocked(SearcherError):
    """Another process is writing."""


class IndexDamaged(SearcherError):
    """A checksum, a length or a structure is wrong."""


class IndexLost(IndexDamaged):
    """Neither the table of contents nor its copy says which files make up the index, so that nothing can be saved from it."""


class IndexUnreadable(SearcherError):
    """The system does not give a file of the index."""


class IndexMismatch(SearcherError):
    """Written by another version of the format or of the fold."""


class IndexUnsupported(IndexMismatch):
    """Written in a format that this program does not read, so that not even its documents can be saved from it."""


class IndexUnwritable(SearcherError):
    """The disk is full, or the folder is read-only."""


class InvalidDocument(SearcherError):
    """A `Document` that cannot be indexed."""


class UnknownDocument(SearcherError):
    """No document has this id or path."""


class InvalidOption(SearcherError):
    """A value that an option cannot take."""


class InvalidPath(InvalidOption):
    """A path to be indexed or forgotten that is not there, or not known."""


class InvalidSetting(InvalidOption):
    """A value that a key of the configuration file cannot take."""


class SettingsUnreadable(InvalidOption):
    """The configuration file cannot be had, or is no TOML."""


class UnknownSetting(InvalidOption):
    """A key of the configuration file that means nothing."""


class WorkerLost(SearcherError):
    """A process that read or analysed for this one was ended."""


class MissingDependency(SearcherError):
    """An optional package is not installed."""

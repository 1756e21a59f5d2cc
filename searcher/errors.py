"""What can go wrong, as one tree.

    SearcherError
    ├── IndexNotFound      no index where one was asked for
    ├── IndexExists        an index is already there
    ├── IndexLocked        another process is writing
    ├── IndexDamaged       a checksum, a length or a structure is wrong
    ├── IndexUnreadable    the system does not give a file of it
    ├── IndexMismatch      written by another version of the format or of the fold
    │   └── IndexNewer      by one that this program does not know yet
    ├── IndexUnwritable    the disk is full, or the folder is read-only
    ├── InvalidDocument    a Document that cannot be indexed
    ├── UnknownDocument    no document has this id, path or number
    ├── InvalidOption      a value that an option cannot take
    │   └── UnknownSetting  a key of the configuration file that means nothing
    ├── WorkerLost         a process that reads files was ended
    └── MissingDependency  an optional package is not installed

Every class has one English template; its placeholders are the keyword arguments of the constructor,
kept in `details`, so that a catalogue can say the same in another language. A tuple of texts is a list.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar


class SearcherError(Exception):
    """Base of all errors that searcher raises on purpose; `str(error)` is one line that says what, where and what to do."""

    template: ClassVar[str] = "{reason}"

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(
            self.template.format(**{name: ", ".join(value) if isinstance(value, tuple) else value for name, value in details.items()})
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), **self.details), ()  # it may cross a process


class IndexNotFound(SearcherError):
    template = "no index in {path}: build one with `searcher index PATH`"


class IndexExists(SearcherError):
    template = "there is already an index in {path}: open it, or choose another folder"


class IndexLocked(SearcherError):
    template = "the index in {path} is being written by process {pid} on {host} since {since}: try again when it has finished"


class IndexDamaged(SearcherError):
    template = "the index in {path} is damaged ({reason}): run `searcher check`, then `searcher rebuild`"


class IndexUnreadable(SearcherError):
    template = "cannot read the index in {path} ({reason}): check its permissions, and the disk"


class IndexMismatch(SearcherError):
    template = "the index in {path} was made by another version ({reason}): run `searcher rebuild`"


class IndexNewer(IndexMismatch):
    template = "the index in {path} was made by a newer searcher ({reason}): update searcher, or index the files anew in another folder"


class IndexUnwritable(SearcherError):
    template = "cannot write the index in {path} ({reason}): what was indexed before is intact"


class InvalidDocument(SearcherError):
    template = "cannot index the document {id}: {reason}"


class UnknownDocument(SearcherError):
    template = "no document {id} in the index: `searcher -l path:NAME` lists the paths that hold a name"


class InvalidOption(SearcherError):
    template = "{option} cannot be {value}: {reason}"


class UnknownSetting(InvalidOption):
    template = "unknown key {key} in {path}: the keys are {keys}"


class WorkerLost(SearcherError):
    template = (
        "a process that read files was ended: what was committed before is kept; try again with fewer workers (`--workers 1`), "
        'in a script under `if __name__ == "__main__":`'
    )


class MissingDependency(SearcherError):
    template = "{what} needs a package that is not installed: pip install '{requirement}'"

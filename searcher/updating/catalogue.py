"""Which files an index knows: their state when they were read, and what came of them.

The catalogue lies in the index and changes with it in one commit, so that after a crash both tell the same. It is an attachment, and what
has changed since that was written is another: of one file among very many, one row is written.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from searcher.documents import Skipped, safe_name
from searcher.engine import JSON, Store
from searcher.errors import IndexDamaged
from searcher.frozen import frozen
from searcher.remarks import Remark, as_data, from_data
from searcher.text import views

if TYPE_CHECKING:
    from searcher.engine import Writer

ATTACHMENT, CHANGES = "catalogue", "catalogue-changes"

READER = 25
"""Raised when the same bytes give other documents than before, as after a repair of a format: what an older reader read is read again."""

TRIED_ONCE = 0
"""In the place of a reader: something in the file took too long, perhaps because the machine was busy; the next run reads it once more."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@frozen
class FileState:
    """A file as it was read. `digest` is of its bytes; `documents` counts what it gave; `skipped` is what it did not give, and why;
    `reader` says by which version of the readers. `changed_ns` is when the system last changed the file or what it says of it (on Windows:
    when it was made), which nobody can set as `modified_ns` can be; 0 where an older program did not keep that.
    """

    path: str
    size: int
    modified_ns: int
    digest: str
    documents: int
    skipped: tuple[Skipped, ...] = ()
    reader: int = READER
    changed_ns: int = 0


@frozen
class Root:
    """A file or folder that was asked for, and how it is to be read each time; the options are those of `Index.sync`.

    `ocr` None: as it was the last time, which is never written.
    """

    path: str
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    gitignore: bool = False
    encoding: str | None = None
    ocr: bool | None = False


@dataclass
class Catalogue:
    """The known files and the roots under which they were found, both by path, in the order in which they came.

    Files are changed by `put` and `drop`. `_whole` is the sum of what was written as a whole, `_since` what has changed since.
    """

    files: dict[str, FileState] = field(default_factory=dict)
    roots: dict[str, Root] = field(default_factory=dict)
    _whole: list[int] | None = field(default=None, compare=False)
    _since: set[str] = field(default_factory=set, compare=False)

    @classmethod
    def from_bytes(cls, data: bytes | None, changes: bytes | None = None) -> Catalogue:
        """Read what `to_bytes` wrote, and what has changed since; None gives an empty catalogue. ValueError where it is none."""
        if data is None:
            return cls()
        try:
            raw = json.loads(data)
            catalogue = cls({state.path: state for state in map(_state, raw["files"])}, _roots(raw["roots"]), _sum(data))
            if changes is not None:
                catalogue._follow(json.loads(changes))
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"no catalogue: {error}") from error
        return catalogue

    def put(self, state: FileState) -> None:
        """Take a file in, or what is now known of it."""
        self.files[state.path] = state
        self._since.add(state.path)

    def drop(self, path: str) -> None:
        """Forget a file that is known."""
        del self.files[path]
        self._since.add(path)

    def to_attachments(self) -> dict[str, bytes | None]:
        """What the next commit is to hold of it: all, or the changes.

        Of n files, a commit writes k / 2 rows of changes on the average, and n / k of the whole, if that is written after k changes:
        least for k = √2n.
        """
        if self._whole is None or len(self._since) ** 2 > 2 * len(self.files):
            data = self.to_bytes()
            self._whole, self._since = _sum(data), set()
            return {ATTACHMENT: data, CHANGES: None}
        changed = sorted(self._since)
        rows = [_row(self.files[path]) for path in changed if path in self.files]
        gone = [path for path in changed if path not in self.files]
        roots = list(map(_root_row, self.roots.values()))
        changes = _json({"of": self._whole, "roots": roots, "files": rows, "gone": gone})
        return {CHANGES: changes.encode("utf-8", "surrogatepass")}

    def _follow(self, raw: Mapping[str, Any]) -> None:
        """Take changes in, but not those of another whole, as an older program leaves them."""
        if raw["of"] == self._whole:
            states = {state.path: state for state in map(_state, raw["files"])}
            _check(all(isinstance(path, str) for path in raw["gone"]))
            for path in raw["gone"]:
                self.files.pop(path, None)
            self.files.update(states)
            self.roots = _roots(raw["roots"])
            self._since = {*states, *raw["gone"]}

    def to_bytes(self) -> bytes:
        roots = _json(list(map(_root_row, self.roots.values())))
        files = ",".join(_json(_row(state)) for state in self.files.values())  # row by row: there may be a million of them
        return f'{{"roots":{roots},"files":[{files}]}}'.encode("utf-8", "surrogatepass")

    def under(self, root: str) -> Iterator[FileState]:
        """The known files that are `root` or lie below it."""
        return (state for path, state in self.files.items() if lies_under(path, root))

    def among(self, paths: Collection[str]) -> Iterator[FileState]:
        """The known files that are one of some paths, or lie below one."""
        folders = tuple(os.path.join(path, "") for path in paths if path not in self.files)  # noqa: PTH118
        below = (path for path in self.files if path.startswith(folders)) if folders else ()
        return map(self.files.__getitem__, dict.fromkeys((*(path for path in paths if path in self.files), *below)))

    def known(self, roots: Iterable[Root]) -> tuple[FileState, ...]:
        """The known files under some roots, each once, though roots may overlap."""
        return tuple({state.path: state for root in roots for state in self.under(root.path)}.values())

    def skipped(self) -> tuple[Skipped, ...]:
        return tuple(skipped for state in self.files.values() for skipped in state.skipped)


def lies_under(path: str, root: str) -> bool:
    """Whether a path is `root` or lies below it."""
    return path == root or path.startswith(root if root.endswith(os.sep) else root + os.sep)


def commit(writer: Writer, meta: Mapping[str, JSON], catalogue: Catalogue, *, whole: bool = False) -> None:
    """Commit, with what is known of the files; the roots stand in the index's description too, so that no damage loses them."""
    roots: list[JSON] = [_root_row(root) for root in catalogue.roots.values()]
    writer.commit(meta={**meta, "roots": roots}, attachments=catalogue.to_attachments(), whole=whole)


def take_out(writer: Writer, path: str) -> int:
    """Remove the documents of a file, also those that `Index.add` took in; gives how many."""
    return writer.remove_keyword(views.keyword("source", safe_name(path)))


def roots_alone(store: Store) -> Catalogue:
    """A catalogue of the roots, without any file: all that is wanted, or all that can be read."""
    try:
        return Catalogue(roots={root.path: root for root in map(_root, store.meta.get("roots", ()))})
    except (TypeError, ValueError, AttributeError):
        return Catalogue()


def read_catalogue(store: Store) -> Catalogue:
    """The catalogue of the newest commit; IndexDamaged where what lies there is none. No document need be readable."""
    try:
        return Catalogue.from_bytes(*store.attachments(ATTACHMENT, CHANGES))
    except ValueError as error:
        raise IndexDamaged(path=store.path, reason=Remark("reason.catalogue", error=error)) from error


def _sum(data: bytes) -> list[int]:
    return [len(data), zlib.crc32(data)]


def _row(state: FileState) -> list[Any]:
    skipped = [[given.path, given.reason, as_data(given.detail)] for given in state.skipped]
    return [state.path, state.size, state.modified_ns, state.digest, state.documents, skipped, state.reader, state.changed_ns]


def _state(row: list[Any]) -> FileState:
    path, size, modified_ns, digest, documents, skipped, *more = row  # the first reader left no number, and later ones no second time
    _check(isinstance(path, str) and isinstance(digest, str | None) and all(map(_is_count, (size, modified_ns, documents, *more))))
    return FileState(
        path,
        size,
        modified_ns,
        digest,
        documents,
        tuple(Skipped(path, reason, from_data(detail)) for path, reason, detail in skipped),
        *(more or [1]),
    )


def _root_row(root: Root) -> list[Any]:
    row = [root.path, list(root.exclude), root.hidden, root.gitignore, root.encoding]
    return [*row, True] if root.ocr else row  # what an older program reads, as far as it can


def _roots(rows: list[list[Any]]) -> dict[str, Root]:
    return {root.path: root for root in map(_root, rows)}


def _root(row: list[Any]) -> Root:
    path, exclude, hidden, gitignore, encoding, *more = row
    _check(all(isinstance(text, str) for text in (path, *exclude)) and isinstance(encoding, str | None))
    return Root(path, tuple(exclude), hidden, gitignore, encoding, ocr=more == [True])


def _is_count(number: object) -> bool:
    return type(number) is int


def _check(right: bool) -> None:
    if not right:
        raise TypeError("a row of another kind")

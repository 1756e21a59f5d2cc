"""Which files lie under these paths?"""

from __future__ import annotations

import os
import stat
import sys
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.documents.document import Skipped
from searcher.documents.filepaths import readable_name
from searcher.documents.sources.source import Source
from searcher.frozen import frozen
from searcher.remarks import Remark, of_system

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

INDEX_MARK = "searcher-index.json"  # a folder that holds this file is an index of ours
_LOCK_PREFIX = "~$"  # what office programs leave beside an open file
_OF_PAGE = ("_files", ".files")  # what browsers and Word call the folder in which they keep what a page that they save is made of
_PAGES = (".html", ".htm", ".xhtml")
_OF_PEOPLE = tuple(".pdf .doc .docx .xls .xlsx .ppt .pptx .wps .et .dps .ofd .odt .ods .odp .rtf .epub .md .txt .csv .zip".split())
"""What nobody's browser puts there: a folder that holds such a file is somebody's own, whatever it is called."""
_HIDDEN_ON_WINDOWS = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 2)
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003)


@frozen
class Found:
    """A file: its path as the system has it, as it is shown, and its status."""

    path: str
    shown: str
    status: os.stat_result

    def source(self) -> Source:
        """What a format reads."""
        return Source.of_file(self.path, shown=self.shown, status=self.status)


@frozen
class WalkOptions:
    """Which files are left out; those that the user names are always taken.

    `exclude` holds patterns as .gitignore has them (`*.log`, `build/`), relative to each path;
    `gitignore` also obeys the .gitignore files met. `never` names folders that are not entered.
    Links to folders are followed only with `follow_links`; links to files are, unless their target lies under the same paths.
    """

    hidden: bool = False
    exclude: tuple[str, ...] = ()
    gitignore: bool = False
    follow_links: bool = False
    never: tuple[str, ...] = ()


def walk(
    paths: Iterable[str | os.PathLike[str]],
    *,
    hidden: bool = False,
    exclude: Sequence[str] = (),
    gitignore: bool = False,
    follow_links: bool = False,
    never: Sequence[str] = (),
    among: Collection[str] | None = None,
    left_out: Counter[str] | None = None,
    closed: list[str] | None = None,
) -> Iterator[Found | Skipped]:
    """The files under `paths`, by name, each once; what cannot be read as Skipped. The options are those of WalkOptions.

    `among`: only what is one of these files or folders, or lies below one; of other folders, those that lead there are entered.
    `left_out` is counted up by rule: "hidden", "excluded", "gitignore", "index", "link", "special", "lock", "page".
    `closed` gets the paths that are there and cannot be entered, as the system has them.
    """
    options = WalkOptions(hidden, tuple(exclude), gitignore, follow_links, tuple(never))
    wanted = None if among is None else _Among.of(among)
    return _Walk(paths, options, wanted, Counter() if left_out is None else left_out, [] if closed is None else closed).files()


def decided_by(path: str) -> Iterator[str]:
    """Where else files are taken or left out for what lies at a path: its folder, or that of a page."""
    place = Path(path)
    if place.name in (".gitignore", INDEX_MARK):
        yield str(place.parent)
    if place.suffix.lower() in _PAGES:
        yield from (str(place.with_suffix("")) + ending for ending in _OF_PAGE)
    yield from (str(folder) for folder in place.parents if folder.name.endswith(_OF_PAGE))


@frozen
class _Among:
    """Some files and folders, and the folders that lead there."""

    places: frozenset[str]
    ways: frozenset[str]

    @classmethod
    def of(cls, paths: Iterable[str]) -> _Among:
        places = frozenset(paths)
        return cls(places, frozenset(str(folder) for path in places for folder in Path(path).parents))

    def has(self, path: str) -> bool:
        return path in self.ways or path in self.places or not self.places.isdisjoint(map(str, Path(path).parents))


class _Walk:
    """One walk: what was seen, and what was left out."""

    def __init__(
        self,
        paths: Iterable[str | os.PathLike[str]],
        options: WalkOptions,
        among: _Among | None,
        left_out: Counter[str],
        closed: list[str],
    ) -> None:
        self._among, self._left_out, self._closed = among, left_out, closed
        self._paths = [os.fspath(path) for path in paths]
        self._options = options
        self._roots = [os.path.realpath(path) for path in self._paths]
        self._never = {os.path.realpath(path) for path in options.never}
        self._overlapping = _overlap(self._roots)
        self._seen_files: set[str] = set()
        self._seen_folders: set[tuple[int, int]] = set()

    def files(self) -> Iterator[Found | Skipped]:
        for path in self._paths:
            yield from self._root(path)

    def _root(self, path: str) -> Iterator[Found | Skipped]:
        try:
            status = Path(path).stat()
        except OSError as error:
            self._note_closed(path, error)
            yield Skipped(readable_name(path), "unreadable", of_system(error))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._folder(path)
        elif stat.S_ISREG(status.st_mode):
            yield from self._file(path, status)
        else:
            yield Skipped(readable_name(path), "unreadable", Remark("detail.special"))

    def _folder(self, root: str) -> Iterator[Found | Skipped]:
        """The folder and those below it, depth first; the stack is ours, so that no depth is too deep."""
        ignored = _Ignored(root, self._options)
        stack: list[Iterator[os.DirEntry[str]]] = []
        yield from self._enter(root, stack, ignored)
        while stack:
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
                continue
            if self._among is not None and not self._among.has(entry.path):
                continue
            rule = self._rule(entry, ignored)
            if rule:
                self._left_out[rule] += 1
            elif _is_folder(entry):
                yield from self._enter(entry.path, stack, ignored)
            else:
                yield from self._entry(entry)

    def _enter(self, folder: str, stack: list[Iterator[os.DirEntry[str]]], ignored: _Ignored) -> Iterator[Skipped]:
        """Opens a folder; one that was met before (a link leads back) or that is an index is passed over."""
        try:
            status = Path(folder).stat()
            entries = _sorted_entries(folder)
        except OSError as error:
            self._note_closed(folder, error)
            yield Skipped(_shown(folder), "unreadable", of_system(error))
            return
        if any(entry.name == INDEX_MARK for entry in entries) or (self._never and os.path.realpath(folder) in self._never):
            self._left_out["index"] += 1
            return
        if self._options.follow_links or self._overlapping:
            if (status.st_dev, status.st_ino) in self._seen_folders:
                return
            self._seen_folders.add((status.st_dev, status.st_ino))
        if any(entry.name == ".gitignore" for entry in entries):
            ignored.read(folder)
        stack.append(iter(entries))

    def _note_closed(self, path: str, error: OSError) -> None:
        if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
            self._closed.append(path)

    def _rule(self, entry: os.DirEntry[str], ignored: _Ignored) -> str | None:
        """The rule that leaves an entry out."""
        if not self._options.hidden and _is_hidden(entry):
            return "hidden"
        if entry.name.startswith(_LOCK_PREFIX):
            return "lock"
        if _is_of_page(entry):
            return "page"
        if (entry.is_symlink() or _is_junction(entry)) and self._is_needless(entry):
            return "link"
        return ignored.rule(entry)

    def _is_needless(self, link: os.DirEntry[str]) -> bool:
        if _is_folder(link):
            return not self._options.follow_links
        target = os.path.realpath(link.path)
        return Path(target).exists() and any(_is_inside(target, root) for root in self._roots)

    def _entry(self, entry: os.DirEntry[str]) -> Iterator[Found | Skipped]:
        try:
            status = entry.stat()
        except OSError as error:
            detail = Remark("detail.dead-link") if entry.is_symlink() else of_system(error)
            yield Skipped(_shown(entry.path), "unreadable", detail)
            return
        if stat.S_ISREG(status.st_mode):
            yield from self._file(entry.path, status)
        else:
            self._left_out["special"] += 1

    def _file(self, path: str, status: os.stat_result) -> Iterator[Found]:
        if self._overlapping or self._options.follow_links:
            place = os.path.realpath(path)
            if place in self._seen_files:
                return
            self._seen_files.add(place)
        yield Found(path, _shown(path), status)


@dataclass(slots=True)
class _Ignored:
    """The patterns in force: the caller's, and those of the .gitignore files met, by folder."""

    root: str
    options: WalkOptions
    _excluded: GitIgnoreSpec | None = None
    _by_folder: dict[str, GitIgnoreSpec] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.options.exclude:
            self._excluded = _spec(pattern.replace(os.sep, "/") for pattern in self.options.exclude)

    def read(self, folder: str) -> None:
        """Takes in the .gitignore file of a folder."""
        if self.options.gitignore:
            try:
                lines = (Path(folder) / ".gitignore").read_text("utf-8", "replace").splitlines()
            except OSError:  # one that cannot be read leaves nothing out
                return
            self._by_folder[folder] = _spec(lines)

    def rule(self, entry: os.DirEntry[str]) -> str | None:
        """The rule that leaves an entry out."""
        if self._excluded is None and not self._by_folder:
            return None
        slash = "/" if _is_folder(entry) else ""
        if self._excluded is not None and self._excluded.match_file(_relative(entry.path, self.root) + slash):
            return "excluded"
        return "gitignore" if self._is_gitignored(entry.path, slash) else None

    def _is_gitignored(self, path: str, slash: str) -> bool:
        """The nearest .gitignore file that has something to say decides."""
        folder = str(Path(path).parent)
        while self._by_folder and _is_inside(folder, self.root):
            spec = self._by_folder.get(folder)
            verdict = spec.check_file(_relative(path, folder) + slash).include if spec else None
            if verdict is not None:
                return verdict
            if folder == self.root:
                break
            folder = str(Path(folder).parent)
        return False


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(map(_composed, lines))


def _sorted_entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _is_of_page(entry: os.DirEntry[str]) -> bool:
    """Whether it is the folder of pictures, scripts and frames of a saved page that lies beside it."""
    beside = next((entry.path.removesuffix(ending) for ending in _OF_PAGE if entry.name.endswith(ending)), None)
    if beside is None or not _is_folder(entry) or not any(Path(beside + suffix).is_file() for suffix in _PAGES):
        return False
    try:
        return not any(inner.name.lower().endswith(_OF_PEOPLE) for inner in _sorted_entries(entry.path))
    except OSError:  # it is told of where it is entered
        return False


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether it is what Windows has beside links to folders, and may lead back as they do; Python tells that by itself from 3.12 on."""
    return sys.platform == "win32" and _about(entry, "st_reparse_tag") == _JUNCTION


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return True
    if sys.platform not in ("win32", "darwin"):
        return False
    return bool(_about(entry, "st_file_attributes") & _HIDDEN_ON_WINDOWS or _about(entry, "st_flags") & stat.UF_HIDDEN)


def _about(entry: os.DirEntry[str], field: str) -> int:
    """What only some systems tell of an entry; 0 on others, and where it has just gone."""
    try:
        return int(getattr(entry.stat(follow_symlinks=False), field, 0))
    except OSError:
        return 0


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


def _overlap(roots: list[str]) -> bool:
    ordered = sorted(roots)
    return any(_is_inside(later, earlier) for index, earlier in enumerate(ordered) for later in ordered[index + 1 :])


def _relative(path: str, folder: str) -> str:
    return _composed(os.path.relpath(path, folder).replace(os.sep, "/"))


def _composed(name: str) -> str:
    """A name, or a pattern, in the one composition in which they are compared: macOS gives é as two characters, keyboards as one."""
    return unicodedata.normalize("NFC", name)


def _shown(path: str) -> str:
    return readable_name(path.removeprefix("." + os.sep))

"""What surrounds a command: the streams, the user's settings and language, and the index that is meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from searcher.errors import IndexNotFound, InvalidOption, InvalidSetting
from searcher.frozen import frozen
from searcher.messages import Say, say_remark
from searcher.printer.screen import fitting, width_of
from searcher.printer.visible import one_line, visible
from searcher.settings import INDEX_MARK, Settings, config_path, from_home, state_folder
from searcher.state import LastSearch, recall, remember

if TYPE_CHECKING:
    from searcher.index import Index


class IndexUnmade(IndexNotFound):
    """There is none where the user says that it is."""


class IndexElsewhere(IndexNotFound):
    """There is none where one is looked for, and another that was searched last."""


@frozen
class Surroundings:
    """Handed to every command. `color`: for standard output; `fixed_width`: what the user asked for; `language`: what `say` speaks;
    `index_named`: by which option or variable the user names the index, empty where none does.
    """

    settings: Settings
    say: Say
    index_path: Path
    color: bool
    fixed_width: int | None = None
    index_named: str = ""
    language: str = "en"

    @property
    def out(self) -> TextIO:
        return sys.stdout

    @property
    def width(self) -> int:
        """The cells of a line, as they are now: a terminal may have been resized."""
        return self.fixed_width or width_of(self.out)

    @property
    def error(self) -> TextIO:
        return sys.stderr

    def print(self, line: str) -> None:
        """A line on standard output."""
        self.out.write(line + "\n")

    def print_beside(self, line: str) -> None:
        """A line on standard error, beside the output; on a terminal no word is cut where the screen ends."""
        self.out.flush()
        for row in fitting((visible(line),), self.error):
            self.error.write(row + "\n")

    def remark(self, words: str) -> None:
        """A line beside the output that says something of it, or what went wrong; who speaks is named, for other programs may be heard."""
        self.print_beside(f"searcher: {words}")

    def remark_all(self, notices: Iterable[str]) -> None:
        """What the library remarks, in the user's language."""
        for notice in notices:
            self.remark(one_line(say_remark(self.say, notice)))

    def open_index(self, path: Path | None = None, *, outdated: bool = False, searching: bool = True) -> Index:
        """The index that is meant, open, and prepared for a search unless one is not to be expected.

        Errors: IndexNotFound, IndexDamaged; IndexMismatch unless `outdated` ones are welcome.
        """
        library = _library(searching=searching)
        try:
            return library.open(path or self.index_path, outdated=outdated, **self._words(), **self._synonyms())
        except IndexNotFound as error:
            if self.index_named:
                raise IndexUnmade(**error.details, named=self.index_named) from error
            last = self.last_search()
            if last is None or not (Path(last.index) / INDEX_MARK).is_file():
                raise
            raise IndexElsewhere(**error.details, other=last.index) from error

    def open_or_create_index(self) -> Index:
        """The index that is meant, made where there is none; while it is empty, git is told that it is not to be kept.

        Errors: IndexDamaged, IndexMismatch, IndexOccupied, IndexUnwritable.
        """
        index = _library(searching=True).open_or_create(self.index_path, **self._words())
        if index.updated is None:
            with suppress(OSError), (self.index_path / ".gitignore").open("x") as file:
                file.write("*\n")
        return index

    def _words(self) -> dict[str, Any]:
        """The user's own words, as `Index.open` takes them; nothing where the settings name no file."""
        if self.settings.dictionary is None:
            return {}
        from searcher.wordlists import read_words

        with _of_setting():
            return {"user_words": read_words(from_home(self.settings.dictionary))}

    def _synonyms(self) -> dict[str, Any]:
        if self.settings.synonyms is None:
            return {}
        from searcher.wordlists import read_synonyms

        with _of_setting():
            return {"synonyms": read_synonyms(from_home(self.settings.synonyms))}

    def last_search(self) -> LastSearch | None:
        """The last search of this user, None where there was none, or where another index was named since."""
        try:
            last = recall(state_folder())
        except OSError:  # no state folder can be made here: then nothing was remembered
            return None
        if last is not None and self.index_named and Path(last.index) != self.index_path:
            return None
        return last

    def remember(self, last: LastSearch) -> None:
        """Keep the last search, so that `searcher open 3` knows what 3 is."""
        try:
            remember(last, state_folder())
        except OSError:  # a read-only home: the search itself has succeeded, and `open 3` will say that none is remembered
            return


def _library(*, searching: bool) -> type[Index]:
    from searcher.index import Index

    if searching:
        with one_thread():
            Index.prepare()
    return Index


@contextmanager
def _of_setting() -> Iterator[None]:
    """What is wrong with a file is said with the configuration that names it."""
    try:
        yield
    except InvalidOption as error:
        raise InvalidSetting(path=config_path(), **error.details) from error


_THREADS = "OPENBLAS_NUM_THREADS"


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep numpy, if it is imported now, from starting a thread for each core: they multiply matrices, which nobody does here, and
    starting them costs a third of the processor time of a search. What the user chose stays, and programs that we start see nothing of it.
    """
    if _THREADS in os.environ:
        yield
        return
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[_THREADS]

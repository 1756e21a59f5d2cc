"""Which document, of which index, is meant by a number of the last search, an id, a path, or the name of a file?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.cli.arguments import Asked, UsageError
from searcher.errors import UnknownDocument
from searcher.printer.visible import one_line
from searcher.results import rank_in
from searcher.settings import INDEX_MARK
from searcher.state import LastSearch
from searcher.surroundings import Surroundings, one_thread

if TYPE_CHECKING:
    from searcher.documents.document import Document
    from searcher.index import Index

NAMED = 5
"""Of several files of one name so many are listed."""


def index_of_numbers(asked: Asked, around: Surroundings, *, searching: bool = True) -> Index:
    """The index that is meant; for a number, the one of the last search, wherever that was, and said where another lies here."""
    last = around.last_search()
    if last is None or not any(last.id(rank_in(word)) for word in asked.words[-1:]):
        return around.open_index(searching=searching)
    if Path(last.index) != around.index_path and (around.index_path / INDEX_MARK).is_file():
        around.remark(around.say("number.elsewhere", number=asked.words[-1], path=one_line(last.index)))
    return around.open_index(Path(last.index), searching=searching)


def chosen(index: Index, asked: Asked, around: Surroundings) -> tuple[Document, str | None]:
    """The document that is named, and the query to mark in it. Errors: UsageError, UnknownDocument."""
    if not asked.words:
        raise UsageError(reason=around.say("no.document"))
    word, last = asked.words[0], around.last_search()
    document = find(index, word, last)
    if document is None and word.isdecimal():  # what files are called so is not asked: a number stands in the paths of very many
        known = around.say("no.last", number=word) if last is None else around.say("no.number", number=word, last=last.last)
        raise UsageError(reason=known)
    if document is None:
        document = _called(index, word, around)
    elif document.id not in (word, os.path.abspath(word)) and not word.isdecimal():  # noqa: PTH100  (as in `find`)
        _remark_on_others(index, word, around)
    return document, asked.options.query or (last.query if last is not None and is_numbered(document, word, last) else None)


def begin(document: Document, asked: Asked, around: Surroundings) -> int:
    """Where to begin to read: at the best passage of a hit that was named by its number, else at the first match."""
    word, last = asked.words[0], around.last_search()
    numbered = last is not None and not asked.options.query and is_numbered(document, word, last)
    return last.place(rank_in(word)) if last is not None and numbered else 0


def named_last(index: Index, word: str, last: LastSearch | None, around: Surroundings) -> Document | None:
    """The document that the last word of a query names, as `chosen` finds it; None where it is a word like any other.

    What looks like no name of a file is none, whatever files are called. Errors: UsageError where several files are called so.
    """
    document = find(index, word, last)
    if document is not None or not Path(word).suffix:
        return document
    try:
        return _called(index, word, around)
    except UnknownDocument:
        return None


def find(index: Index, word: str, last: LastSearch | None) -> Document | None:
    """A document by its number in the last search, its id, or its path."""
    numbered = last.id(rank_in(word)) if last is not None else None
    for name in (numbered, word, os.path.abspath(word)):  # noqa: PTH100  (resolve() would follow links)
        if name is not None:
            try:
                return index.document(name)
            except UnknownDocument:
                continue
    return None


def is_numbered(document: Document, word: str, last: LastSearch) -> bool:
    """Whether a word is the number that a document had in the last search."""
    return last.id(rank_in(word)) == document.id


def _remark_on_others(index: Index, path: str, around: Surroundings) -> None:
    """That a path names several documents: the records of a file, the mails of a mailbox."""
    with one_thread():
        count = index.count_in(path)
    if count > 1:
        around.remark(around.say("first.of", count=count, path=one_line(path)))


def _called(index: Index, name: str, around: Surroundings) -> Document:
    """The document of the only file of this name, in whatever folder. Errors: UsageError where there are several, UnknownDocument."""
    quoted = name.replace('"', ",")  # any punctuation is the same gap
    with one_thread():
        hits = index.search(f'path:"{quoted}"', limit=None, snippets=0, copies=True)
    ending = f"/{Path(name).as_posix().removeprefix('./')}"
    paths = tuple(dict.fromkeys(hit.path for hit in hits if hit.path and Path(hit.path).as_posix().endswith(ending)))
    if len(paths) > 1:
        raise UsageError(reason=around.say("several.called", name=one_line(name), paths=tuple(map(one_line, paths[:NAMED]))))
    if not paths:
        raise UnknownDocument(id=name)
    return index.document(paths[0])

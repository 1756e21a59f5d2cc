"""Files and folders become documents."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator, Mapping, Sequence

from searcher.documents.document import Document, Skipped
from searcher.documents.registry import documents_of
from searcher.documents.sources.source import MEGABYTE, ReadOptions
from searcher.documents.walking import Found, walk
from searcher.errors import InvalidOption
from searcher.remarks import Remark


def read_documents(
    *paths: str | os.PathLike[str],
    encoding: str | None = None,
    max_bytes: int = 64 * MEGABYTE,
    extract_articles: bool = True,
    hidden: bool = False,
    exclude: Sequence[str] = (),
    gitignore: bool = False,
    ocr: bool = False,
    follow_links: bool = False,
    converters: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Document | Skipped]:
    """The documents of files and folders, by name, one after the other; a file that gives none, or is not there, is a Skipped.

    The options are those of ReadOptions and `walk`. Raises InvalidOption for an encoding that is none, before anything is read.
    """
    forced = checked_encoding(encoding)
    reading = ReadOptions(encoding=forced, max_bytes=max_bytes, extract_articles=extract_articles, ocr=ocr, converters=converters or {})
    found = walk(paths, hidden=hidden, exclude=exclude, gitignore=gitignore, follow_links=follow_links)
    return (document for item in found for document in _documents(item, reading))


def checked_encoding(name: str | None) -> str | None:
    """The encoding if Python knows it as one of text, None for None; else InvalidOption."""
    if name is None:
        return None
    try:
        "x".encode(name)  # codecs that are none of text refuse here
        return codecs.lookup(name).name
    except (LookupError, UnicodeError) as error:
        raise InvalidOption(option="encoding", value=name, reason=Remark("reason.encoding")) from error


def _documents(found: Found | Skipped, options: ReadOptions) -> Iterator[Document | Skipped]:
    return iter((found,)) if isinstance(found, Skipped) else documents_of(found.source(), options)

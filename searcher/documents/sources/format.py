"""What is a format: how is it known, and who reads it?"""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Callable, Iterable

from searcher.documents.document import Document, Skipped
from searcher.documents.sources.sniffing import Sniffer
from searcher.documents.sources.source import ReadOptions, Source
from searcher.frozen import frozen

Reader = Callable[[Source, ReadOptions], Iterable[Document | Skipped]]


@frozen
class Format:
    """One kind of file.

    `suffixes` are lower case with their dot (".tar.gz" before ".gz": the longest that fits wins).
    `read` gives the documents, or raises Refused; it may yield Skipped for parts.
    `sniff` knows the content by its first bytes (of text formats: as UTF-8 where they are UTF-16).
    `binary`: the content is bytes with a signature, not text.
    `isolated`: the parser runs in a process of its own; `isolated_from`: with files of so many bytes or more it does.
    `streamed`: of its documents one is in memory, however large the file is.
    `recognised`: it is a picture, in which text is looked for only where that is asked for.
    `modules` must be importable; where one is missing, `extra` names what to install (`searcher[pdf]`).
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    sniff: Sniffer | None = None
    binary: bool = False
    isolated: bool = False
    isolated_from: float = math.inf
    streamed: bool = False
    recognised: bool = False
    modules: tuple[str, ...] = ()
    extra: str | None = None

    def isolates(self, source: Source) -> bool:
        """Whether the parser runs in a process of its own with this source."""
        return self.isolated or source.size >= self.isolated_from

    def missing(self) -> str | None:
        """The first module this format needs and this Python lacks."""
        return next((module for module in self.modules if not _importable(module)), None)


def lazily(target: str) -> Reader:
    """The reader `module:function`, imported when it first reads."""
    module, _, name = target.partition(":")

    def read(source: Source, options: ReadOptions) -> Iterable[Document | Skipped]:
        reader: Reader = getattr(importlib.import_module(module), name)
        return reader(source, options)

    return read


def _importable(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # a parent package is missing
        return False

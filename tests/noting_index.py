"""The real index over four documents, noting what it is asked and only telling what it would do with files: for tests of the terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from typing_extensions import Self

from searcher.documents.document import Document, Skipped
from searcher.errors import IndexNotFound
from searcher.index import Index
from searcher.results import Results
from searcher.updating.reports import Guess, Report, Status

DOCUMENTS = (
    Document(
        id="a",
        title="商汤科技上市",
        text="商汤科技创立于2014年。\n商汤科技上市了。",
        path="/docs/a.txt",
        date="2021-08-17",
        metadata={"format": "plain", "author": "汤晓鸥", "city": "上海"},
    ),
    Document(
        id="b",
        title="商湯科技",
        text="以湯曉鷗教授為領軍人物。\n成為全球最大AI獨角獸。",
        path="/docs/b.md",
        metadata={"format": "markdown", "author": "Jane Doe", "city": "台北"},
    ),
    Document(
        id="c", title="苹果", text="苹果和手机。", path="/docs/c.txt", date="2019", metadata={"format": "plain"}, numbers={"price": 5}
    ),
    Document(id="d", title="苹果树", text="苹果长在树上。", path="/docs/d.txt", metadata={"format": "plain"}),
)

DONE = Report(added=4, documents=4, seconds=0.25)
"""What `sync` says it did."""


def status_of(path: str, **known: Any) -> Status:
    """What the index holds, as if it came from files."""
    held = Status(
        path=path,
        documents=4,
        files=4,
        size=12_345,
        updated=None,
        roots=("/docs",),
        formats={"plain": 3, "markdown": 1},
        scripts={"simplified": 3, "traditional": 1},
        encodings={"utf-8": 4},
    )
    return replace(held, **known)


class NotingIndex(Index):
    """Every folder holds the same documents. What reads is the real index; `asked`, `counted` and `synced` keep what was asked."""

    asked: ClassVar[list[tuple[str, dict[str, Any]]]] = []
    notices: ClassVar[tuple[str, ...]] = ()
    roots: ClassVar[tuple[str, ...]] = ("/docs",)
    counted: ClassVar[list[tuple[str, str, dict[str, Any]]]] = []
    synced: ClassVar[list[tuple[tuple[str, ...], dict[str, Any]]]] = []
    skipped: ClassVar[tuple[Skipped, ...]] = ()
    left_out: ClassVar[dict[str, int]] = {}
    guesses: ClassVar[tuple[Guess, ...]] = ()
    updated: ClassVar[str | None] = None
    there: ClassVar[bool] = True
    named: Path

    @classmethod
    def open(cls, path: Any, **options: Any) -> Self:
        if not cls.there:
            raise IndexNotFound(path=path)
        index = super().open(_held(), **options)
        index.named = Path(path)
        return index

    @classmethod
    def open_or_create(cls, path: Any, **options: Any) -> Self:
        index = super().open(_held(), **options)
        index.named = Path(path)
        return index

    @property
    def path(self) -> Path:
        return self.named

    def search(self, query: Any, **options: Any) -> Results:
        self.asked.append((query, {"limit": 10, "offset": 0, "snippets": 3, **options}))
        return replace(super().search(query, **options), took_ms=1.25)

    def pages(self, query: Any, **options: Any) -> Iterator[Results]:
        self.asked.append((query, {"limit": None, **options}))
        return (replace(page, took_ms=1.25) for page in super().pages(query, **options))

    def facets(self, query: Any, name: str, **options: Any) -> tuple[tuple[str, int], ...]:
        self.counted.append((query, name, options))
        return super().facets(query, name, **options)

    def sync(self, paths: Any = (), **options: Any) -> Report:
        self.synced.append((tuple(map(str, paths)), options))
        return replace(DONE, skipped=self.skipped, left_out=self.left_out)

    def watch(self, paths: Any = (), *, stop: Any = None, reporter: Any = None, **options: Any) -> None:
        reporter(self.sync(paths, **options))
        reporter(replace(DONE, added=0))
        reporter(replace(DONE, added=0, removed=1))

    def rebuild(self, *, workers: int = 1, progress: object = None) -> Report:
        return replace(DONE, added=0, replaced=4)

    def forget(self, *paths: Any) -> Report:
        return replace(DONE, added=0, removed=len(paths), documents=3)

    def status(self) -> Status:
        return status_of(str(self.path))

    def doubtful_encodings(self, **_: float) -> tuple[Guess, ...]:
        return self.guesses


@cache
def _held() -> Path:
    """The folder of the one index, made when it is first wanted."""
    folder = Path(tempfile.mkdtemp()) / "index"
    with Index.create(folder) as index:
        index.add(DOCUMENTS)
    return folder

"""An index without an engine: it looks for substrings, for tests of what stands in front of the library."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from searcher.documents.document import Document, Skipped
from searcher.errors import IndexNotFound, UnknownDocument
from searcher.explanations.explanation import Explanation
from searcher.index import Index
from searcher.results import Expansion, Hit, Mark, Results, Snippet
from searcher.updating.reports import Guess, Report, Status

DOCUMENTS = (
    Document(id="a", title="商汤科技上市", text="商汤科技创立于2014年。\n商汤科技上市了。", path="/docs/a.txt", date="2021-08-17"),
    Document(id="b", title="商湯科技", text="以汤晓鸥教授為領軍人物。\n成為全球最大AI獨角獸。", path="/docs/b.md"),
    Document(id="c", title="苹果", text="苹果和手机。", path="/docs/c.txt", date="2019"),
    Document(id="d", title="苹果树", text="苹果长在树上。", path="/docs/d.txt"),
)


DONE = Report(added=4, documents=4, seconds=0.25)
"""What `sync` says it did."""


def status_of(path: str, **known: Any) -> Status:
    """What the fake holds."""
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


class FakeIndex:
    """Terms between spaces must all stand in a document literally; a leading minus excludes; `asked` keeps what was asked."""

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

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    @staticmethod
    def prepare() -> None:
        """There is nothing to load."""

    @classmethod
    def open(cls, path: str | Path, *, outdated: bool = False, **options: Any) -> FakeIndex:
        _taken("open", path, **options)
        if not cls.there:
            raise IndexNotFound(path=path)
        return cls(path)

    @classmethod
    def open_or_create(cls, path: str | Path, **options: Any) -> FakeIndex:
        _taken("create", path, **options)
        return cls(path)

    def close(self) -> None: ...

    def __len__(self) -> int:
        return len(DOCUMENTS)

    def __enter__(self) -> FakeIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sync(self, paths: Sequence[str | Path] = (), **options: Any) -> Report:
        _taken("sync", self, paths, **options)
        self.synced.append((tuple(map(str, paths)), options))
        return replace(DONE, skipped=self.skipped, left_out=self.left_out)

    def watch(self, paths: Sequence[str] = (), *, reporter: Callable[[Report], None], **options: Any) -> None:
        _taken("watch", self, paths, reporter=reporter, **options)
        reporter(self.sync(paths, **{name: value for name, value in options.items() if name != "stop"}))
        reporter(replace(DONE, added=0))
        reporter(replace(DONE, added=0, removed=1))

    def rebuild(self, *, workers: int = 1, progress: object = None) -> Report:
        return replace(DONE, added=0, replaced=4)

    def search(self, query: str, *, limit: int | None = 10, offset: int = 0, snippets: int = 3, **options: Any) -> Results:
        _taken("search", self, query, **options)
        self.asked.append((query, {"limit": limit, "offset": offset, "snippets": snippets, **options}))
        found = [document for document in DOCUMENTS if _matches(query, document)]
        wanted = found[offset:] if limit is None else found[offset : offset + limit]
        hits = tuple(self._hit(query, document, rank, snippets) for rank, document in enumerate(wanted, start=offset + 1))
        expansions = (Expansion("软件", "軟體", "region", 0.9),) if "软件" in query else ()
        return Results(query, len(found), hits, expansions=expansions, took_ms=1.25)

    def pages(self, query: str, **options: Any) -> Iterator[Results]:
        _taken("pages", self, query, **options)
        return iter((self.search(query, limit=None, **options),))

    def search_many(self, queries: Iterable[str], **options: Any) -> Iterator[Results]:
        return (self.search(query, **options) for query in queries)

    def like(
        self, id: str, *, limit: int | None = 10, offset: int = 0, scope: str | None = None, snippets: int = 3, width: int = 150
    ) -> Results:
        others = [document for document in DOCUMENTS if document.id != id][offset:][:limit]
        hits = (self._hit("", document, rank, min(1, snippets)) for rank, document in enumerate(others, start=offset + 1))
        return Results("", 3, tuple(hits))

    def document(self, id_or_path: str) -> Document:
        for document in DOCUMENTS:
            if id_or_path in (document.id, document.path):
                return document
        raise UnknownDocument(id=id_or_path)

    def count_in(self, path: str) -> int:
        return sum(document.path == path for document in DOCUMENTS)

    def marker(self, query: str, *, expand: bool = True) -> Callable[[str], tuple[Mark, ...]]:
        return lambda text: self.marks(query, text, expand=expand)

    def marks(self, query: str, text: str, *, expand: bool = True) -> tuple[Mark, ...]:
        return _marks(query, text)

    def why(self, query: str, id: str | None = None, *, expand: bool = True) -> Explanation:
        return Explanation(query, query, (), (), id, id is not None, 1.5)

    def facets(
        self, query: str, name: str, *, limit: int | None = 10, expand: bool = True, strict: bool = False, scope: str | None = None
    ) -> tuple[tuple[str, int], ...]:
        unusual = {**({"strict": True} if strict else {}), **({"limit": limit} if limit != 10 else {})}
        self.counted.append((query, name, {"expand": expand, "scope": scope, **unusual}))
        return (("traditional", 1), ("simplified", 1)) if name == "script" else ()

    def facets_like(self, id: str, name: str, *, limit: int | None = 10, scope: str | None = None) -> tuple[tuple[str, int], ...]:
        return ((f"like {id}", 1),) if name == "script" else ()

    def values(self, name: str, prefix: str = "", *, limit: int = 10) -> tuple[str, ...]:
        known = {
            "format": ("plain", "markdown"),
            "script": ("simplified", "traditional"),
            "author": ("Jane Doe", "汤晓鸥"),
            "year": ("2019", "2021"),
            "city": ("上海", "台北"),
        }
        return tuple(value for value in known.get(name, ()) if value.startswith(prefix))

    def fields(self) -> tuple[str, ...]:
        return ("city", "price")

    def complete(self, prefix: str, *, limit: int = 10, before: str = "") -> tuple[str, ...]:
        read = {"shangt": ("商汤",), "软": ("软件",), "軟": ("软件",)}
        return read.get(prefix) or tuple(word for word in ("商汤", "商汤科技", "苹果") if word.startswith(prefix) and word != prefix)

    def forget(self, *paths: str) -> Report:
        return replace(DONE, added=0, removed=len(paths), documents=3)

    def status(self) -> Status:
        return status_of(str(self.path))

    def doubtful_encodings(self) -> tuple[Guess, ...]:
        return self.guesses

    def check(self) -> tuple[str, ...]:
        return ()

    def _hit(self, query: str, document: Document, rank: int, snippets: int) -> Hit:
        passages = tuple(
            Snippet(line, document.text.index(line), _marks(query, line), line=number)
            for number, line in enumerate(document.text.split("\n"), start=1)
            if _marks(query, line)
        )
        marks = _marks(query, document.title)
        return Hit(rank, 10.0 / rank, document.id, document.title, marks, document.path, date=document.date, snippets=passages[:snippets])


def _taken(name: str, *given: object, **options: object) -> None:
    """TypeError where the real index does not take this."""
    inspect.signature(getattr(Index, name)).bind(*given, **options)


def _matches(query: str, document: Document) -> bool:
    whole = f"{document.title}\n{document.text}"
    return all((term[1:] not in whole) if term.startswith("-") else (term in whole) for term in query.split())


def _marks(query: str, text: str) -> tuple[Mark, ...]:
    terms = [re.escape(term) for term in query.split() if not term.startswith("-")]
    return tuple(found.span() for found in re.finditer("|".join(terms), text)) if terms else ()

"""The index on disk: the one object that users of the library hold."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from searcher.engine import KeywordPrefix, Store
from searcher.errors import IndexExists, IndexNotFound, InvalidOption, InvalidPath
from searcher.plans.options import Options, check_count, check_limit
from searcher.plans.ranking import Weights
from searcher.query.fields import UNVALUED, canonical, is_free
from searcher.query.lexer import possible_fields
from searcher.query.parsing import parse
from searcher.query.tree import Query, Scope, having
from searcher.records import columns
from searcher.remarks import Remark
from searcher.results import Mark, Results
from searcher.text import views
from searcher.updating import description

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from searcher.documents import Document, Skipped
    from searcher.engine import Snapshot, WhooshIndex, Writer
    from searcher.explanations.explanation import Explanation
    from searcher.plans.options import SearchOptions
    from searcher.text.dictionary import Dictionary
    from searcher.updating.holding import Held
    from searcher.updating.reports import Guess, Report, Reporter, Status
    from searcher.updating.syncing import Order, SyncOptions

Text = TypeVar("Text", bound="str | os.PathLike[str]")

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""One path, or several."""


class Index:
    """A folder that holds an index. Many threads and processes may share one; a search sees the newest commit whole.

    with Index.create("index") as index:
        index.add(read_documents("seeds"))
        for hit in index.search("商湯科技 融資"):
            print(hit.rank, hit.title, hit.snippets)
    """

    def __init__(
        self, store: Store, *, user_words: Sequence[str] | None = None, synonyms: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Use `create`, `open` or `open_or_create`."""
        if not isinstance(store, Store):
            raise InvalidOption(option="store", value=repr(store), reason=Remark("reason.opened"))
        self._store = store
        self._own_words = None if user_words is None else description.dictionary_of(user_words)
        self._own_synonyms = description.folded_synonyms(synonyms)
        self._told: Mapping[str, Any] = store.meta
        self._learn(self._told)

    @classmethod
    def create(
        cls,
        path: str | os.PathLike[str],
        *,
        user_words: Sequence[str] = (),
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> Self:
        """Make an empty index in a folder, which is made too.

        `user_words` are words that the dictionary lacks; `synonyms` maps a text to what is looked for beside it.
        IndexExists is raised where an index is there, IndexOccupied where something else is, IndexUnwritable where the folder cannot be
        written.
        """
        return cls(Store.create(os.fspath(path), description.of_new_index(user_words, synonyms)))

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        outdated: bool = False,
        user_words: Sequence[str] | None = None,
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> Self:
        """Open the index of a folder.

        `synonyms` are looked for beside those that the index keeps, for as long as it is open. `user_words` are what the next `rebuild`
        cuts documents with; until then `notices` says what that would bring.
        IndexNotFound, IndexDamaged, IndexUnreadable, IndexUnsupported; IndexMismatch where it was folded by other tables, unless `outdated`
        says that it is to be rebuilt.
        """
        store = Store.open(os.fspath(path))
        description.check(store.path, store.meta, outdated=outdated)
        return cls(store, user_words=user_words, synonyms=synonyms)

    @classmethod
    def open_or_create(
        cls,
        path: str | os.PathLike[str],
        *,
        user_words: Sequence[str] | None = None,
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> Self:
        """Open the index of a folder, or make one there; options as for `open` or `create`."""
        try:
            return cls.open(path, user_words=user_words, synonyms=synonyms)
        except IndexNotFound:
            pass
        try:
            return cls.create(path, user_words=user_words or (), synonyms=synonyms)
        except IndexExists:  # another process was faster
            return cls.open(path, user_words=user_words, synonyms=synonyms)

    @staticmethod
    def prepare() -> None:
        """Load what a search needs (numpy, the tables of words) now, so that the first search need not wait for it."""
        from searcher import search  # noqa: F401
        from searcher.text.dictionary import default_dictionary

        Store.prepare()
        default_dictionary()

    @property
    def path(self) -> Path:
        return Path(self._store.path)

    @property
    def updated(self) -> str | None:
        """When the index was last written or brought in step: ISO 8601 in UTC; None while it is empty."""
        updated: str | None = self._store.meta.get("updated")
        return updated

    @property
    def roots(self) -> tuple[str, ...]:
        """The files and folders that `sync` keeps the index in step with."""
        from searcher.updating.catalogue import roots_alone

        return tuple(roots_alone(self._store).roots)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know about this index: what `rebuild` would bring."""
        if description.is_current(self._store.meta, self._wanted_words):
            return ()
        from searcher.holdings import remarks_on_words

        return remarks_on_words(self._store, self._dictionary, self._wanted_words)

    def close(self) -> None:
        """Let go of the files, once nobody reads from them."""
        self._store.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.path)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process opens the same folder."""
        words = None if self._own_words is None else [word for word, _ in self._own_words.user_words]
        return partial(type(self).open, str(self.path.absolute()), user_words=words, synonyms=self._own_synonyms), ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        """How many documents the newest commit holds."""
        return self._snapshot().count

    def __iter__(self) -> Iterator[Document]:
        """The documents of the newest commit, in the order in which they came."""
        from searcher.records.addresses import document_at

        snapshot = self._snapshot()
        return (document_at(snapshot, handle) for handle in snapshot.handles())

    def __contains__(self, wanted: object) -> bool:
        """Whether there is a document of this id, or this very document."""
        from searcher.records.addresses import document_at

        snapshot = self._snapshot()
        handle = snapshot.find(wanted if isinstance(wanted, str) else getattr(wanted, "id", ""))
        return handle is not None and (isinstance(wanted, str) or document_at(snapshot, handle) == wanted)

    # Writing

    def add(
        self,
        documents: Document | Iterable[Document | Skipped],
        *,
        remove: str | Iterable[str] = (),
        progress: Reporter | None = None,
    ) -> Report:
        """Index documents, or one, in one commit, all or nothing; one of an id that is there is replaced.

        The documents whose ids `remove` has go in the same commit, before the others come.
        InvalidDocument, IndexLocked, IndexUnwritable, and whatever `documents` raises itself: nothing has changed then.
        """
        from searcher.documents import Skipped
        from searcher.records.addresses import checked_id
        from searcher.records.indexing import record_of
        from searcher.updating.reports import Progress

        started = time.perf_counter()
        added = replaced = done = 0
        skipped: list[Skipped] = []
        with self._store.writer() as writer:
            self._follow(self._store.meta)
            removed = sum(map(writer.remove, map(checked_id, _each(remove))))
            for done, document in enumerate(_several(documents), start=1):
                if isinstance(document, Skipped):
                    skipped.append(document)
                elif writer.add(record_of(document, self._dictionary)):
                    replaced += 1
                else:
                    added += 1
                if progress is not None:
                    progress(Progress(done, None, document.path))
            self._commit(writer)
        return self._report(started, added=added, replaced=replaced, removed=removed, skipped=tuple(skipped))

    def remove(self, *ids: str) -> int:
        """Remove documents by id; gives how many there were. InvalidOption for an id that is no text."""
        from searcher.records.addresses import checked_id

        checked = list(map(checked_id, ids))
        with self._store.writer() as writer:
            removed = sum(map(writer.remove, checked))
            self._commit(writer)
        return removed

    def sync(
        self,
        paths: Paths = (),
        *,
        exclude: str | Sequence[str] = (),
        prune: bool = False,
        encoding: str | None = None,
        hidden: bool = False,
        gitignore: bool = False,
        ocr: bool | None = None,
        workers: int = 1,
        converters: Mapping[str, Sequence[str]] | None = None,
        progress: Reporter | None = None,
    ) -> Report:
        """Bring the index in step with files and folders; without paths, with those it knows already, read as they were the last time.

        Changed files are replaced and vanished ones removed, inside the paths given; a root that is missing or suddenly empty removes
        nothing, and more than a fifth vanished at once wants `prune`.
        `exclude` holds patterns as .gitignore has them; hidden files are left out unless `hidden`, files that a .gitignore names only with
        `gitignore`; `encoding` forces one for every text.
        With `ocr`, text is looked for in pictures and on scanned pages, which takes seconds for each (MissingDependency without the package
        for it); None: where it was the last time.
        `converters` holds by suffix the command that makes text of files no reader can read: {".doc": ["antiword", "{file}"]}.
        With `workers` above 1, files are read in so many processes (the calling script then needs `if __name__ == "__main__"`).
        """
        options: SyncOptions = {
            "exclude": exclude,
            "prune": prune,
            "encoding": encoding,
            "hidden": hidden,
            "gitignore": gitignore,
            "ocr": ocr,
            "workers": workers,
            "converters": converters,
        }
        return self._sync(_order(paths, options), progress)

    def forget(self, *paths: str | os.PathLike[str]) -> Report:
        """Forget folders that `sync` took in: they are no longer kept in step, and their documents go.

        InvalidOption for a path that is none of them; nothing has changed then.
        """
        from searcher.updating.forgetting import forget

        started = time.perf_counter()
        removed, notices = forget(self._store, list(map(_listed, paths)), self._dictionary)
        return self._report(started, removed=removed, notices=notices)

    def watch(
        self,
        paths: Paths = (),
        *,
        stop: threading.Event | None = None,
        reporter: Callable[[Report], None] | None = None,
        **options: Unpack[SyncOptions],
    ) -> None:
        """Bring the index in step, and again whenever something changes below the paths, until `stop` is set; options as for `sync`.

        Bursts of changes are taken together. MissingDependency where the package that watches folders is not installed.
        """
        from searcher.updating import watching
        from searcher.updating.holding import Held

        order, held = _order(paths, options), Held()

        def sync(told: frozenset[str] | None) -> Report:
            return self._sync(replace(order, told=told), options.get("progress"), held)

        watching.watch(sync, lambda: self.roots, self.path, stop, reporter)

    def rebuild(self, *, workers: int = 1, progress: Reporter | None = None) -> Report:
        """Analyse the stored text of every document anew, in one commit, with the words wanted at opening; no source file is needed.

        What is damaged is left out and reported; the next `sync` reads its files again.
        With `workers` above 1, as many processes analyse, as for `sync`.
        """
        from searcher.updating import rebuilding

        started = time.perf_counter()
        rebuilt, skipped = rebuilding.rebuild(self._store, self._wanted_words, workers, progress)
        return self._report(started, replaced=rebuilt, skipped=skipped, notices=(Remark("notice.lost"),) if skipped else ())

    # Reading

    def search(
        self,
        query: str | Query,
        *,
        limit: int | None = 10,
        offset: int = 0,
        strict: bool = False,
        expand: bool = True,
        exact_script: bool = False,
        scope: Scope | None = None,
        weights: Weights | None = None,
        snippets: int = 3,
        width: int = 150,
        copies: bool = False,
    ) -> Results:
        """Answer a query. Whatever it says, it is understood as text or answered with a notice; nothing is raised because of it.

        `limit` None gives every hit, `offset` leaves out the first ones. `strict` never relaxes, `expand=False` looks for nothing but what
        was typed, `exact_script` tells 后 from 後. `scope` is a query that filters without scoring, or has the values that metadata are to
        have, one or one of several, whatever signs are in them: {"tenant": "a"}. `weights` change the ranking.
        `snippets` is the greatest number of passages of a hit, `width` that of the terminal cells of one.
        `copies`: documents of the same text, or nearly the same, are hits of their own, as they are without a limit.
        """
        from searcher.answers.answering import Page
        from searcher.search import answer

        snapshot = self._snapshot()
        options = self._ranked(weights, strict=strict, expand=expand, exact_script=exact_script, scope=self._scope(scope))
        return answer(snapshot, self._parsed(query), options, Page(limit, offset, snippets, width, copies))

    def pages(
        self,
        query: str | Query,
        *,
        size: int = 1_000,
        offset: int = 0,
        strict: bool = False,
        expand: bool = True,
        exact_script: bool = False,
        scope: Scope | None = None,
        weights: Weights | None = None,
        snippets: int = 3,
        width: int = 150,
    ) -> Iterator[Results]:
        """Every hit of a query, so many at a time: as `search` without a limit, whose hits may be a million, in little memory.

        The commit that was the newest at the beginning is searched once; where nothing is found, there is one page without hits.
        """
        from searcher.answers.answering import Page
        from searcher.search import answer_in_parts

        check_count("size", size)
        snapshot = self._snapshot()
        options = self._ranked(weights, strict=strict, expand=expand, exact_script=exact_script, scope=self._scope(scope))
        return answer_in_parts(snapshot, self._parsed(query), options, Page(None, offset, snippets, width), max(1, size))

    def search_many(self, queries: Iterable[str | Query], **options: Unpack[SearchOptions]) -> Iterator[Results]:
        """Answer queries one after the other; options as for `search`."""
        if isinstance(queries, str | Query):
            raise InvalidOption(option="queries", value=repr(queries), reason=Remark("reason.several"))
        return (self.search(query, **options) for query in queries)

    def document(self, id_or_path: str) -> Document:
        """The document of an id or a path; UnknownDocument where there is none."""
        from searcher.records.addresses import document_at, handle_at

        snapshot = self._snapshot()
        return document_at(snapshot, handle_at(snapshot, id_or_path))

    def count_in(self, path: str) -> int:
        """How many documents come from a file, or have this path: the records of a `.jsonl`, the mails of a mailbox."""
        from searcher.records.addresses import count_at

        return count_at(self._snapshot(), path)

    def marks(self, query: str | Query, text: str, *, expand: bool = True) -> tuple[Mark, ...]:
        """Where what a query looks for stands in a text, such as the whole text of a hit."""
        return self.marker(query, expand=expand)(text)

    def marker(self, query: str | Query, *, expand: bool = True) -> Callable[[str], tuple[Mark, ...]]:
        """What gives the marks of a query in one text after another: the query is understood once."""
        from searcher.answers.seeking import marker

        return marker(self._snapshot(), self._parsed(query), self._options(expand=expand))

    def why(self, query: str | Query, id: str | None = None, *, expand: bool = True) -> Explanation:
        """How a query was understood, and why a document answers it or does not."""
        from searcher.explanations import explaining
        from searcher.records.addresses import handle_at

        snapshot = self._snapshot()
        handle = None if id is None else handle_at(snapshot, id)
        return explaining.explain(snapshot, self._parsed(query), self._options(expand=expand), handle)

    def like(
        self,
        id: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        scope: Scope | None = None,
        snippets: int = 3,
        width: int = 150,
    ) -> Results:
        """Documents that share the words which set this one apart; options as for `search`."""
        from searcher.answers.answering import Page
        from searcher.records.addresses import handle_at
        from searcher.search import alike

        snapshot = self._snapshot()
        options = self._options(scope=self._scope(scope))
        return alike(snapshot, handle_at(snapshot, id), options, Page(limit, offset, snippets, width))

    def facets(
        self,
        query: str | Query,
        name: str,
        *,
        limit: int | None = 10,
        expand: bool = True,
        strict: bool = False,
        scope: Scope | None = None,
    ) -> tuple[tuple[str, int], ...]:
        """How many of a query's documents have each value of a field ("format", "script", "year", "category", …), most first; without a
        query, of all.

        Values are as their authors write them; of "path", they are the folders. `expand`, `strict` and `scope` as for `search`.
        """
        from searcher import facets

        check_limit(limit)
        snapshot = self._snapshot()
        options = self._options(expand=expand, strict=strict, scope=self._scope(scope))
        if isinstance(query, str) and not query.strip():
            return facets.of_all(snapshot, options, name, limit)
        return facets.of_answer(snapshot, self._parsed(query), options, name, limit)

    def facets_like(self, id: str, name: str, *, limit: int | None = 10, scope: Scope | None = None) -> tuple[tuple[str, int], ...]:
        """How many of the documents that are like one (`like`) have each value of a field; told as by `facets`."""
        from searcher import facets
        from searcher.records.addresses import handle_at

        check_limit(limit)
        snapshot = self._snapshot()
        return facets.of_alike(snapshot, handle_at(snapshot, id), self._options(scope=self._scope(scope)), name, limit)

    def complete(self, prefix: str, *, limit: int = 10, before: str = "") -> tuple[str, ...]:
        """Words of the index that begin like this, the most frequent first; `before` is what stands before it, without a space."""
        from searcher.suggestions.completing import complete

        check_count("limit", limit)
        return complete(self._snapshot(), prefix, limit, before)

    def status(self) -> Status:
        """What the index holds, and what it could not take in."""
        from searcher.holdings import status_of

        return status_of(self._store, self.notices)

    def values(self, name: str, prefix: str = "", *, limit: int | None = 10) -> tuple[str, ...]:
        """The values of a field ("author", "year", …) that begin like `prefix`, as they are written, the most frequent first."""
        from searcher import facets

        check_limit(limit)
        return facets.values(self._snapshot(), name, prefix, limit)

    def fields(self) -> tuple[str, ...]:
        """The names of the documents' own fields, metadata and numbers, in the order of the alphabet: what can stand before a colon in a
        query, beside the names that every index knows.
        """
        snapshot = self._snapshot()
        names = {*snapshot.keyword_names(), *columns.numbers_among(snapshot.columns)}
        return tuple(sorted(name for name in names - views.HIDDEN_KEYWORDS if is_free(name)))

    def doubtful_encodings(self, *, below: float = 0.9) -> tuple[Guess, ...]:
        """The files whose encoding is less certain than `below`, or fits not all of their bytes; the least certain first."""
        from searcher.holdings import doubtful_encodings

        return doubtful_encodings(self._snapshot(), below)

    def check(self) -> tuple[str, ...]:
        """Read everything that is stored; gives a line for each thing that is wrong, and nothing where all is sound."""
        from searcher.updating import rebuilding

        return tuple(rebuilding.damages(self._store))

    def whoosh(self) -> WhooshIndex:
        """This index as a `whoosh.index.Index`, for a program that is written for Whoosh.

        Its fields are the views ("text.words", "text.grams", …), cut in queries as in documents; stored are the fields of a `Document`.
        Its writer takes the fields of a `Document` too, and analyses them as `add` does.
        """
        from searcher.engine import Recorder, WhooshIndex
        from searcher.records import tokens
        from searcher.records.indexing import record_from

        recorder = Recorder(lambda fields: record_from(fields, self._dictionary), lambda meta: description.stamped(meta, self._dictionary))
        return WhooshIndex(self._store, cuts=tokens.cuts(self._dictionary), recorder=recorder)

    def _snapshot(self) -> Snapshot:
        """The newest commit; IndexMismatch where another process has made the index anew so that this one cannot search it."""
        snapshot = self._store.snapshot()
        if snapshot.meta is not self._told:
            self._follow(snapshot.meta)
        return snapshot

    def _sync(self, order: Order, progress: Reporter | None, held: Held | None = None) -> Report:
        from searcher.updating import syncing

        started = time.perf_counter()
        self._follow(self._store.meta)
        report = syncing.sync(self._store, replace(order, dictionary=self._dictionary), progress, held)
        return replace(report, documents=len(self), seconds=time.perf_counter() - started)

    def _follow(self, meta: Mapping[str, Any]) -> None:
        """Take over what a commit says of its analysis, words and synonyms, where that has changed since."""
        if not description.is_told_alike(meta, self._told):
            description.check(self.path, meta)
            self._learn(meta)
        self._told = meta

    def _learn(self, meta: Mapping[str, Any]) -> None:
        self._dictionary, kept = description.words_and_synonyms(meta)
        self._synonyms = {source: tuple(targets) for source, targets in {**kept, **self._own_synonyms}.items()}

    @property
    def _wanted_words(self) -> Dictionary:
        """What the next rebuild cuts documents with."""
        return self._dictionary if self._own_words is None else self._own_words

    def _commit(self, writer: Writer) -> None:
        writer.commit(meta=description.stamped(self._store.meta, self._dictionary, anew=not len(self)))

    def _report(self, started: float, **counts: Any) -> Report:
        from searcher.updating.reports import Report

        return Report(**counts, documents=len(self), seconds=time.perf_counter() - started)

    def _parsed(self, query: str | Query, option: str = "query") -> Query:
        if not isinstance(query, str | Query):
            raise InvalidOption(option=option, value=repr(query), reason=Remark("reason.query"))
        if isinstance(query, Query):
            return query
        names = possible_fields(query)
        return parse(query, fields=self._fields(names), numbers=columns.numbers_among(self._snapshot().columns) if names else ())

    def _options(self, **wanted: Any) -> Options:
        return Options(**wanted, synonyms=self._synonyms, dictionary=self._dictionary)

    def _ranked(self, weights: Weights | None, **wanted: Any) -> Options:
        weights = Weights() if weights is None else weights
        if not isinstance(weights, Weights):
            raise InvalidOption(option="weights", value=repr(weights), reason=Remark("reason.weights"))
        return self._options(**wanted, weights=weights)

    def _scope(self, scope: Scope | None) -> Query | None:
        if not isinstance(scope, Mapping):
            return None if scope is None else self._parsed(scope, "scope")
        try:
            asked = having(scope)
        except TypeError as error:
            raise InvalidOption(option="scope", value=repr(scope), reason=Remark("reason.values")) from error
        if any(canonical(name) in UNVALUED for name in scope):
            raise InvalidOption(option="scope", value=repr(scope), reason=Remark("reason.values"))
        return asked

    def _fields(self, typed: Iterable[str]) -> tuple[str, ...]:
        """Which of the names before a colon are metadata that documents of this index have."""
        found: dict[str, None] = {}
        for name in typed:
            found.update(dict.fromkeys(self._held((name, name.lower())) or self._held(self._spelled(name))))
        return tuple(found)

    def _held(self, names: Iterable[str]) -> list[str]:
        """Those of some names that are metadata of a document here."""
        snapshot = self._snapshot()
        return [name for name in names if snapshot.matching(KeywordPrefix(views.keyword(name, "")))]

    def _spelled(self, typed: str) -> Iterator[str]:
        """The names that are typed so in another case, or called so in another language: BRAND for brand, tags for 標籤."""
        return (name for name in sorted(self._snapshot().keyword_names()) if canonical(typed, (name,)) == name)


def _order(paths: Paths, options: SyncOptions) -> Order:
    """What `sync` is to do. InvalidOption for an encoding that is none, and for an empty path."""
    from searcher.documents.reading import checked_encoding
    from searcher.updating.catalogue import Root
    from searcher.updating.syncing import Order

    exclude, encoding = tuple(_each(options.get("exclude", ()))), options.get("encoding")
    checked_encoding(encoding)
    ways = (exclude, options.get("hidden", False), options.get("gitignore", False), encoding, options.get("ocr"))
    roots = tuple(Root(_listed(path), *ways) for path in _each(paths))
    return Order(roots, prune=options.get("prune", False), workers=options.get("workers", 1), converters=options.get("converters") or {})


def _listed(path: str | os.PathLike[str]) -> str:
    """Where a path is; an empty one, as of a variable that is not set, is not the current folder: InvalidOption."""
    from searcher.documents import listed_path
    from searcher.remarks import Remark

    if not os.fspath(path):
        raise InvalidPath(value="''", reason=Remark("system.nowhere"))
    return listed_path(path)


def _several(documents: Document | Iterable[Document | Skipped]) -> Iterable[Document | Skipped]:
    """Documents one by one, also a single one. What is none (a row as a dict, a text) is passed on whole, for the error to name."""
    several = isinstance(documents, Iterable) and not isinstance(documents, str | bytes | Mapping)
    return cast("Iterable[Document | Skipped]", documents if several else (documents,))


def _each(named: Text | Iterable[Text]) -> Iterable[Text]:
    """What was given as one, or as several."""
    return (named,) if isinstance(named, str | os.PathLike) else named

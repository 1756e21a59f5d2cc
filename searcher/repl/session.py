"""What lasts from line to line: the open index, the hits so far, and how the user wants to search."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from searcher.errors import IndexNotFound, SearcherError
from searcher.results import Hit, Mark, Results, rank_in
from searcher.state import LastSearch
from searcher.surroundings import Surroundings

if TYPE_CHECKING:
    from searcher.index import Index

Fetch = Callable[[int, "int | None", int], Results]
"""Gives the results from an offset on, at most so many, each with so many passages."""


class NotNow(SearcherError):
    """A command that cannot be carried out as things are; `reason` is said in the user's language."""


class Session:
    """One conversation. The index opens behind the prompt; whoever needs it first waits for it."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.say = around.say
        self.script = around.settings.script
        self.expand = around.settings.expand
        self.strict = False
        self.live = around.settings.live
        self.scope: str | None = None
        self.query = ""
        self.results: Results | None = None
        self.hits: dict[int, Hit] = {}
        self.documents: int | None = None
        self._updated: str | None = None
        self.scripts: tuple[str, ...] = ()  # the most frequent first
        self.notices: tuple[str, ...] = ()
        self._remarked = False
        self._answered: Results | None = None
        self.fields: tuple[str, ...] = ()
        self._fetch: Fetch | None = None
        self._model: str | None = None
        self._private = False
        self._executor = ThreadPoolExecutor(max_workers=1)
        self._opening: Future[Index] = self._executor.submit(self._open)

    @property
    def index(self) -> Index:
        """The open index; waits where it is still being opened, and tries again where that has failed."""
        if self._opening.done() and self._opening.exception() is not None:
            self._opening = self._executor.submit(self._open)
        return self._opening.result()

    @property
    def ready(self) -> Index | None:
        """The index if it is open already; never waits."""
        return self._opening.result() if self._opening.done() and self._opening.exception() is None else None

    @property
    def failure(self) -> BaseException | None:
        """Why the index could not be opened, None while it is open or opening."""
        return self._opening.exception() if self._opening.done() else None

    @property
    def writes(self) -> str | None:
        """The script in which completions are written: that of the results, else the reader's or the documents', if Traditional."""
        if self.script is not None:
            return self.script
        if self.around.language.startswith("zh"):
            return "t" if self.around.language == "zh-Hant" else None
        return "t" if next((script for script in self.scripts if script in ("traditional", "simplified")), "") == "traditional" else None

    def remarks(self) -> tuple[str, ...]:
        """What the library remarks on the index: once in a conversation."""
        if self._remarked:
            return ()
        self._remarked = bool(self.notices)
        return self.notices

    def meant(self) -> str | None:
        """What may have been meant by the query that was just answered; said once, for it belongs below its answer."""
        results, self._answered = self._answered, None
        return results.suggestions[0] if results is not None and results.suggestions else None

    def when_open(self, call: Callable[[], object]) -> None:
        """Have something called when the index is open, or has failed to open."""
        self._opening.add_done_callback(lambda _: call())

    def use(self, index: Index) -> None:
        """Go on with an index that was just made or updated."""
        self._know(index)
        self._opening = Future()
        self._opening.set_result(index)

    def look(self) -> None:
        """See what others have written; an index that was removed is opened anew, so that all is as if it had never been."""
        try:
            if self.ready is not None and self.ready.updated != self._updated:
                self._know(self.ready)
        except IndexNotFound:
            self._opening = self._executor.submit(self._open)

    def close(self) -> None:
        self._executor.shutdown()
        if self.ready is not None:
            self.ready.close()

    def search(self, query: str, *, private: bool = False) -> None:
        """Make a query the current one; `more` gives its hits. A private one is forgotten with the conversation."""
        self._begin(query, self._asking(self.index, query, self.around.settings.context))
        self._private = private

    def preview(self, query: str, limit: int, width: int) -> Results | None:
        """The first hits of a query, each with a passage, as the user wants to search now; the current one stays. None: the index opens."""
        return None if self.ready is None else self._asking(self.ready, query, width)(0, limit, 1)

    def again(self) -> bool:
        """Make the current query the current one once more, as the user wants to search now; False where there is none."""
        if self._fetch is None or self._model is not None:
            return False
        self.search(self.query, private=self._private)
        return True

    def like(self, hit: Hit) -> None:
        """Make the documents like a hit the current results. Errors: NotNow, where there are none; then the results stay."""
        index, width = self.index, self.around.settings.context

        def fetch(offset: int, limit: int | None, passages: int) -> Results:
            return index.like(hit.id, limit=limit, offset=offset, scope=self.scope, snippets=passages, width=width)

        if not fetch(0, 1, 0).hits:
            raise NotNow(reason=self.say("no.like", number=hit.rank))
        self._begin(self.query, fetch)
        self._model = hit.id

    def more(self, limit: int, passages: int) -> Results:
        """The next hits; `show` says which of them can be named from now on. Errors: NotNow."""
        if self._fetch is None:
            raise NotNow(reason=self.say("no.results"))
        self.results = self._answered = self._fetch(len(self.hits), limit, passages)
        return self.results

    def show(self, hit: Hit) -> None:
        """Count a hit as shown."""
        self.hits[hit.rank] = hit

    def everything(self) -> Results:
        """All hits of the current query. Errors: NotNow."""
        if self._fetch is None:
            raise NotNow(reason=self.say("no.results"))
        return self._fetch(0, None, self.around.settings.passages)

    def hit(self, number: str) -> Hit:
        """The hit that was shown with this number; the first where none is given. Errors: NotNow."""
        if not self.hits:
            raise NotNow(reason=self.say("no.results"))
        rank = rank_in(number) if number else 1
        if rank not in self.hits:
            raise NotNow(reason=self.say("no.number", number=number, last=max(self.hits)))
        return self.hits[rank]

    def remember(self) -> None:
        """Let `searcher open 3` mean the hits that are shown here."""
        if self.hits and not self._private:
            hits = [self.hits[rank] for rank in sorted(self.hits)]
            self.around.remember(LastSearch.of(self.around.index_path, self.query, hits))

    def marks(self, text: str) -> tuple[Mark, ...]:
        """Where what the current query looks for stands in a text."""
        return self.index.marks(self.query, text, expand=self.expand)

    def facets(self, name: str) -> tuple[tuple[str, int], ...]:
        """The values of a field among the documents of the current query, or among those like one; before any query, among all."""
        if self._model is not None:
            return self.index.facets_like(self._model, name, scope=self.scope)
        return self.index.facets(self.query, name, expand=self.expand, strict=self.strict, scope=self.scope)

    def values(self, field: str, typed: str) -> tuple[str, ...]:
        """The values of a field in this index that begin like `typed`, for completion; never waits."""
        return () if self.ready is None else self.ready.values(field, typed)

    def _asking(self, index: Index, query: str, width: int) -> Fetch:
        """Asks a query, always as the user wants to search now."""
        wishes: dict[str, Any] = {"expand": self.expand, "strict": self.strict, "scope": self.scope}

        def fetch(offset: int, limit: int | None, passages: int) -> Results:
            return index.search(query, limit=limit, offset=offset, snippets=passages, width=width, **wishes)

        return fetch

    def _begin(self, query: str, fetch: Fetch) -> None:
        self.query, self._fetch, self._model = query, fetch, None
        self.hits.clear()

    def _open(self) -> Index:
        index = self.around.open_index()
        self._know(index)
        return index

    def _know(self, index: Index) -> None:
        self._updated = index.updated
        self.documents, self.scripts = len(index), index.values("script")
        self.notices, self.fields = index.notices, index.fields()

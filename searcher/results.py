"""What a hit, a snippet and a result list are: frozen data that outlives the index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import overload

from searcher.frozen import frozen
from searcher.markup import as_html

Mark = tuple[int, int]
"""A matched stretch: `str` offsets, half open, into the text that carries it."""

_LONGEST_RANK = 12  # digits; Python refuses to read some thousand of them


_SHOWN = 10
"""Hits of which the titles stand in what a prompt of Python shows of an answer."""


@frozen
class Expansion:
    """A form the user did not type and the search also looked for.

    `kind` is "region" (軟體 → 软件), "number" (第十二條 → 第12條), "synonym" (the user's file; web socket → websocket),
    "register" (老板 → 用人单位, everyday and formal words), "translation" (callback → 回调).
    `weight` is relative to the typed form, 0 to 1. Both texts are as shown to a reader, not folded.
    """

    source: str
    target: str
    kind: str
    weight: float

    @property
    def is_from_tables(self) -> bool:
        """Whether a table writes it, in one script, whatever script documents are in; not what was typed, or the user's file."""
        return self.kind not in ("number", "synonym")


COUNTED = ("page", "slide", "sheet")
"""Kinds of places of which the label says not what they are."""


@frozen
class Place:
    """Where in its document a passage stands: `kind` "page", "chapter", "article", "heading", …; `label` as shown ("37").

    As `str`, in words: page 37, 第三章.
    """

    kind: str
    label: str

    def __str__(self) -> str:
        return f"{self.kind} {self.label}" if self.kind in COUNTED else self.label


@frozen
class Snippet:
    """A verbatim passage: `text == document.text[start : start + len(text)]`; `marks` are offsets into `text`, ascending, disjoint.

    `line` counts from 1 and is the line of the source file (or of `document.text`, where there is no such line) in which the first mark
    (without marks: the passage) begins; `place` is the page, chapter or article in which most of what is marked stands, if there is any.
    """

    text: str
    start: int
    marks: tuple[Mark, ...] = ()
    line: int | None = None
    place: Place | None = None


@frozen
class Hit:
    """A document that answers. `rank` counts from 1; `title_marks` are offsets into `title`, `path_marks` into `path`, where the name of
    the file says something beside the title. `relaxed` hits lack a term of the query.

    `missing` has the terms that a relaxed hit lacks, as they were typed, in their order; of a query that is one run, the words of it.
    It is empty where the query is a question or a passage, of which nobody expects a document to hold all.
    `scattered`: it has all terms, but only far apart, and so stands among what lacks some.
    `copies` are the paths, or else ids, of the other documents with the same text; `near_copies` of those with nearly the same that were
    found a few places behind: neither are hits of their own.
    `modified` is when it was last changed, as ISO 8601.
    """

    rank: int
    score: float
    id: str
    title: str
    title_marks: tuple[Mark, ...] = ()
    path: str | None = None
    path_marks: tuple[Mark, ...] = ()
    date: str | None = None
    location: Place | None = None
    snippets: tuple[Snippet, ...] = ()
    relaxed: bool = False
    missing: tuple[str, ...] = ()
    scattered: bool = False
    metadata: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict, hash=False)
    numbers: Mapping[str, float] = field(default_factory=dict, hash=False)
    copies: tuple[str, ...] = ()
    near_copies: tuple[str, ...] = ()
    modified: str | None = None

    @property
    def best(self) -> Snippet | None:
        """The passage that says which part of the document answers (see `best_of`); None without passages."""
        return best_of(self.snippets, self.title, self.title_marks)

    def __repr__(self) -> str:
        """Short, as that of a document is."""
        return f"Hit(rank={self.rank}, score={self.score:.3f}, id={self.id!r}, title={self.title!r}, date={self.date!r})"


def best_of(snippets: Sequence[Snippet], title: str, title_marks: Sequence[Mark]) -> Snippet | None:
    """The passage that says which part of a document answers; None where there is none.

    One in a place that is called like what is marked in it (第184條, which other articles name, too), else the one in which most is marked
    that the title does not say, then most of all, repetitions aside; the first of equal ones.
    """
    said = _marked(title, title_marks)
    return max(snippets, key=lambda snippet: _answering(snippet, said), default=None)


def _answering(snippet: Snippet, said: Collection[str]) -> tuple[bool, int, int]:
    marked = _marked(snippet.text, snippet.marks)
    called = snippet.place is not None and any("".join(text.split()) == "".join(snippet.place.label.split()) for text in marked)
    return called, sum(len(text) for text in marked if not any(text in one for one in said)), sum(map(len, marked))


def _marked(text: str, marks: Sequence[Mark]) -> set[str]:
    return {text[start:end] for start, end in marks}


def rank_in(text: str) -> int:
    """The rank that a user wrote as a number; 0, which no hit has, where it is none, or longer than any rank."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_RANK else 0


def begin_of(hit: Hit) -> int:
    """Where in the text the best passage of a hit begins, at its first mark; 0 where no passage is known."""
    best = hit.best
    return 0 if best is None else best.start + (best.marks[0][0] if best.marks else 0)


@frozen
class Results:
    """Ranked hits of one query. `total` counts all documents that match, not only those in `hits`; `complete` those that lack nothing,
    `scattered` those of them that have all terms only far apart, and so stand among the others.

    `folded`: how many documents, from rank 1 to the last hit, are no hits because a copy or near copy of them is one.
    `relaxed` says that nothing held every term, so that documents with some of them were taken.
    `notices` are one-line remarks for the user (an expansion limit reached, a date not understood).
    """

    query: str
    total: int
    hits: tuple[Hit, ...] = ()
    complete: int = 0
    scattered: int = 0
    folded: int = 0
    relaxed: bool = False
    expansions: tuple[Expansion, ...] = ()
    suggestions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    took_ms: float = 0.0

    @property
    def ends(self) -> bool:
        """Whether no document is left behind the last hit."""
        return not self.hits or self.hits[-1].rank + self.folded >= self.total

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, place: int) -> Hit: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, place: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[place]

    def __repr__(self) -> str:
        """Short, however many hits there are: who looks at an answer wants to see what was found first."""
        first = ", ".join(f"{hit.rank} {hit.title!r}" for hit in self.hits[:_SHOWN])
        return f"Results(query={self.query!r}, total={self.total}, hits=[{first}{', …' if len(self) > _SHOWN else ''}])"

    def _repr_html_(self) -> str:
        """How a notebook shows it: what else was looked for and is remarked, and the hits, what one lacks struck through."""
        forms = (f"{expansion.source} → {expansion.target}" for expansion in self.expansions)
        said = "".join(f"<br><small>{as_html(line)}</small>" for line in (*forms, *self.notices))
        shown = "".join(map(_as_item, self.hits))
        return f"<p>{as_html(self.query)}: {len(self):,} / {self.total:,}{said}</p><ul style='list-style: none'>{shown}</ul>"


def _as_item(hit: Hit) -> str:
    """A hit as an item of a list, with its number, for it may be the second page of an answer."""
    lacking = (f"<del>{as_html(term)}</del>" for term in hit.missing)
    head = " · ".join((*(as_html(said) for said in (hit.path or hit.id, hit.date) if said), *lacking))
    passages = "".join(f"<br>{as_html(snippet.text, snippet.marks)}" for snippet in hit.snippets)
    return f"<li>{hit.rank}. <b>{as_html(hit.title, hit.title_marks)}</b> <small>{head}</small>{passages}</li>"

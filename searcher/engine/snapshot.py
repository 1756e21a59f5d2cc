"""One commit of an index, as readers see it: immutable, and for use by many threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.engine.answers import Breakdown, Handle, Match, Matches
from searcher.engine.fields import KEYWORDS
from searcher.engine.files.stored import StoredDocuments
from searcher.engine.nodes import Leaf, Linked, Node, Term
from searcher.engine.request import Request, Stretches
from searcher.engine.toc import Toc

if TYPE_CHECKING:
    from searcher.engine.arrays.docsets import Array, DocSet
    from searcher.engine.reading.reader import Reader
    from searcher.engine.record import JSON
    from searcher.engine.segment.file import FileSegment


class Snapshot:
    """What one commit holds, and which documents of it answer.

    What needs no search (documents, found by their ids) is given without loading numpy.
    """

    def __init__(self, folder: Path, toc: Toc, stored: Sequence[StoredDocuments], earlier: Snapshot | None = None) -> None:
        self.path = folder
        self.stored = tuple(stored)
        self.generation = toc.generation
        self.meta = dict(toc.meta)
        self.kinds = toc.kinds
        self._known = {} if earlier is None else {segment.stored.file: segment for segment in earlier.__dict__.get("segments", ())}

    @cached_property
    def count(self) -> int:
        """How many documents there are."""
        return sum(stored.live for stored in self.stored)

    @cached_property
    def columns(self) -> frozenset[str]:
        """The names of all columns of numbers."""
        return frozenset(name for stored in self.stored for name in stored.notes["columns"])

    # Searching

    def search(self, request: Request, *, limit: int | None, offset: int = 0, beyond: int = 0) -> Matches:
        """The documents that answer a request, in order: those from `offset` on, at most `limit` of them.

        `beyond`: and at most so many more, but only of the tier to which the last of them belongs.
        """
        from searcher.engine.ranking.evaluator import search

        total, found, notices = search(self._reader, request, limit, offset, beyond)
        return Matches(total, tuple([Match(Handle(segment, document), score, tier) for segment, document, score, tier in found]), notices)

    def matching(self, node: Node) -> int:
        """How many documents match."""
        from searcher.engine.matching.trees import count

        return count(self._reader, node)

    def contains(self, handle: Handle, node: Node) -> bool:
        """Whether a document matches."""
        return bool(self.among((handle,), node))

    def among(self, handles: Iterable[Handle], node: Node) -> frozenset[Handle]:
        """Which of some documents match."""
        from searcher.engine.matching.trees import matching_among

        return frozenset(Handle(*document) for document in matching_among(self._reader, node, _named(handles)))

    def near_pairs(self, handles: Iterable[Handle], column: str, bits: int, within: int) -> list[tuple[int, int]]:
        """Which handles, as pairs of their places (the higher place second, ascending), have nearly the same text.

        Their sketches, in a column, differ in no more than `bits` bits; the places are not more than `within` apart.
        """
        from searcher.engine.arrays.sketches import near_pairs

        return near_pairs(self._numbers(handles, column), bits, within)

    def repeated(self, handles: Sequence[Handle], column: str) -> frozenset[Handle]:
        """The documents whose number in a column another one may have; the rest surely have one of their own."""
        from searcher.engine.arrays.docsets import located

        return frozenset(compress(handles, located(self._numbers(handles, column), self._reader.repeated(column))[1]))

    def occurrences(self, handle: Handle, leaf: Leaf, field: str) -> list[tuple[int, int]]:
        """Where a leaf stands in a field of a document: (first position, number of positions spanned), ascending."""
        from searcher.engine.matching.leaves import occurrences

        return occurrences(self._reader, self._number(handle), leaf, field)

    def explain(self, handle: Handle, request: Request) -> Breakdown:
        """What the score of a document is made of."""
        from searcher.engine.ranking.explaining import explain

        return explain(self._reader, self._number(handle), request)

    def facet(self, node: Node, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """The keywords of matching documents that start with `prefix`, with how many have them, the most frequent first."""
        from searcher.engine.matching.trees import matching

        return self._frequent(KEYWORDS, prefix, matching(self._reader, node), limit)

    def frequency(self, fields: Sequence[str], text: str) -> int:
        """How many documents have a term in one of the fields."""
        return self.matching(Term(tuple(fields), text))

    def terms(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """The terms of a field that start with `prefix`, with how many documents have them, the most frequent first."""
        return self._frequent(field, prefix, self._reader.alive, limit)

    def keywords(self, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """The keywords that start with `prefix`, with how many documents have them, the most frequent first."""
        return self.terms(KEYWORDS, prefix, limit)

    def keyword_names(self) -> frozenset[str]:
        """What stands before the colon in any keyword, also of documents that are gone."""
        from searcher.engine.ranking.frequent import names

        return frozenset(name for segment in self.segments for name in names(segment))

    # Documents

    def handles(self) -> Iterator[Handle]:
        """All documents, in order of insertion."""
        return (Handle(number, document) for number, stored in enumerate(self.stored) for document in stored.numbers())

    def find(self, id: str) -> Handle | None:
        """The document of an id."""
        found = ((number, stored.find(id)) for number, stored in enumerate(self.stored))
        return next((Handle(number, document) for number, document in found if document >= 0), None)

    def id(self, handle: Handle) -> str:
        """The id of a document."""
        return self.stored[handle._segment].values(handle._document)[0]

    def values(self, handle: Handle) -> dict[str, JSON]:
        """What was stored with a document."""
        return self.stored[handle._segment].values(handle._document)[1]

    def text_length(self, handle: Handle) -> int:
        """Characters of a document's text."""
        return self.stored[handle._segment].text_length(handle._document)

    def text(self, handle: Handle, start: int = 0, end: int | None = None) -> str:
        """The characters [start, end) of a document's text; only the blocks that hold them are unpacked."""
        return self.stored[handle._segment].text(handle._document, start, end)

    def blocks_with(self, handle: Handle, leaf: Leaf | Linked, field: str) -> list[tuple[int, int]]:
        """Where the blocks of text begin and end that hold a leaf, or may hold what is linked. `field`: one with the positions of the text.

        Where one occurrence stands in several blocks, these are given as one: the last gram of a leaf may reach into the next block.
        """
        from searcher.engine.matching import leaves, linked

        stored, document, number = self.stored[handle._segment], handle._document, self._number(handle)
        if isinstance(leaf, Linked):
            return stored.blocks_of(document, linked.stretches(self._reader, number, leaf, field))
        return stored.blocks_of(document, leaves.spans_by_block(self._reader, number, leaf, field, stored.places_of_blocks(document)))

    def best_stretches(self, handle: Handle, asked: Stretches) -> tuple[list[float], list[tuple[int, int]]]:
        """What each of the things that are sought tells in a document (0 where it does not stand there); and where the blocks of text begin
        and end that hold the best stretches, the best first.
        """
        from searcher.engine.matching.stretches import best_stretches

        tells, spans = best_stretches(self._reader, self._number(handle), asked)
        stored = self.stored[handle._segment]
        return tells, [block for span in spans for block in stored.blocks_of(handle._document, [span])]

    @cached_property
    def segments(self) -> tuple[FileSegment, ...]:
        """What can be searched."""
        from searcher.engine.segment.file import FileSegment

        known, self._known = self._known, {}
        return tuple(known[one.file].over(one) if one.file in known else FileSegment(one.path, one) for one in self.stored)

    @cached_property
    def _reader(self) -> Reader:
        from searcher.engine.arrays.memory import retain_memory
        from searcher.engine.reading.cache import Cache
        from searcher.engine.reading.reader import CAPACITY, Reader

        retain_memory()
        return Reader(self.segments, Cache(CAPACITY))

    def _number(self, handle: Handle) -> int:
        """The number of a document through all segments."""
        return self._reader.segments.number(handle._segment, handle._document)

    def _numbers(self, handles: Iterable[Handle], column: str) -> Array:
        return self._reader.numbers(column, self._reader.segments.numbers(_named(handles)))

    def _frequent(self, field: str, prefix: str, documents: DocSet | None, limit: int | None) -> list[tuple[str, int]]:
        from searcher.engine.ranking.frequent import frequent

        return frequent(self._reader, field, prefix, documents, limit)


def _named(handles: Iterable[Handle]) -> list[tuple[int, int]]:
    """Documents as the rooms behind this one name them: by the segment and the number there."""
    return [(handle._segment, handle._document) for handle in handles]

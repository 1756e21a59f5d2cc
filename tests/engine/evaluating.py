"""What a snapshot asks of its segments, asked of any: also of segments in memory, the oracles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searcher.engine.answers import Breakdown
from searcher.engine.arrays.docsets import located
from searcher.engine.matching import leaves, trees
from searcher.engine.nodes import Leaf, Node
from searcher.engine.ranking.evaluator import Found, search
from searcher.engine.ranking.explaining import explain
from searcher.engine.ranking.frequent import frequent, names
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.reader import CAPACITY, Reader
from searcher.engine.request import Request
from searcher.engine.segment.file import FileSegment


class Evaluator:
    """Documents are named by the number of their segment and theirs in it."""

    def __init__(self, segments: Sequence[FileSegment], capacity: int = CAPACITY) -> None:
        self.reader = Reader(segments, Cache(capacity))

    def search(self, request: Request, limit: int | None, offset: int = 0, beyond: int = 0) -> tuple[int, list[Found], tuple[str, ...]]:
        return search(self.reader, request, limit, offset, beyond)

    def count(self, node: Node) -> int:
        return trees.count(self.reader, node)

    def among(self, documents: Sequence[tuple[int, int]], node: Node) -> Iterator[tuple[int, int]]:
        return trees.matching_among(self.reader, node, documents)

    def repeated(self, documents: Sequence[tuple[int, int]], column: str) -> list[bool]:
        numbers = self.reader.numbers(column, self.reader.segments.numbers(documents))
        return list(located(numbers, self.reader.repeated(column))[1].tolist())

    def occurrences(self, segment: int, document: int, leaf: Leaf, field: str) -> list[tuple[int, int]]:
        return leaves.occurrences(self.reader, self.reader.segments.number(segment, document), leaf, field)

    def explain(self, segment: int, document: int, request: Request) -> Breakdown:
        return explain(self.reader, self.reader.segments.number(segment, document), request)

    def terms(self, field: str, prefix: str, node: Node | None = None, limit: int | None = None) -> list[tuple[str, int]]:
        documents = self.reader.alive if node is None else trees.matching(self.reader, node)
        return frequent(self.reader, field, prefix, documents, limit)

    def keyword_names(self) -> frozenset[str]:
        return frozenset(name for segment in self.reader.segments.parts for name in names(segment))

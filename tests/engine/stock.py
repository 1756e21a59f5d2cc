"""The same records in an index of stock Whoosh, scored by the same formula with exact lengths."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from whoosh import fields, scoring
from whoosh.analysis import RegexTokenizer
from whoosh.filedb.filestore import RamStorage

from searcher.engine.fields import KEYWORDS
from searcher.engine.nodes import Node
from searcher.engine.record import Record, Terms
from searcher.engine.request import Feature, FieldWeight, Ranking
from tests.engine.oracle import FIELDS
from tests.engine.whoosh_queries import whoosh_query


class Stock:
    """Stock Whoosh over records."""

    def __init__(self, records: Sequence[Record]) -> None:
        analyzer = RegexTokenizer(r"\S+")
        schema = fields.Schema(
            **{name: fields.TEXT(analyzer=analyzer, phrase=True) for name in FIELDS},
            **{KEYWORDS: fields.KEYWORD(), "day": fields.NUMERIC(int, signed=True)},
        )
        self._lengths = {name: [len(record.fields.get(name, Terms(())).texts) for record in records] for name in FIELDS}
        self._index = RamStorage().create_index(schema)
        writer = self._index.writer()
        for record in records:
            texts = {name: " ".join(terms.texts) for name, terms in record.fields.items()}
            writer.add_document(**texts, **record.numbers, **{KEYWORDS: " ".join(record.keywords)})
        writer.commit()

    def matching(self, node: Node) -> list[int]:
        """The documents that match."""
        with self._index.searcher() as searcher:
            return sorted(searcher.docs_for_query(whoosh_query(node)))

    def scores(self, feature: Feature, ranking: Ranking) -> dict[int, float]:
        """The scores of a feature that is one term of one field."""
        with self._index.searcher(weighting=_Exact(self._lengths, ranking)) as searcher:
            hits = searcher.search(whoosh_query(feature.alternatives[0].leaf), limit=None)
            return {hit.docnum: hit.score * feature.weight for hit in hits}


class _Exact(scoring.WeightingModel):  # type: ignore[misc]
    """BM25 with the lengths as they are, which Whoosh rounds to a byte."""

    def __init__(self, lengths: dict[str, list[int]], ranking: Ranking) -> None:
        self.lengths = lengths
        self.ranking = ranking

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        having = searcher.doc_frequency(fieldname, text)
        return math.log(1 + (searcher.doc_count_all() - having + 0.5) / (having + 0.5))

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> Any:
        weight = self.ranking.fields.get(fieldname, FieldWeight())
        lengths = self.lengths[fieldname]
        return _Scorer(self.idf(searcher, fieldname, text), weight, self.ranking.k1, lengths, sum(lengths) / len(lengths))


class _Scorer(scoring.BaseScorer):  # type: ignore[misc]
    def __init__(self, idf: float, weight: FieldWeight, k1: float, lengths: list[int], average: float) -> None:
        self.idf, self.weight, self.k1, self.lengths, self.average = idf, weight, k1, lengths, average

    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        norm = 1 - self.weight.b + self.weight.b * self.lengths[matcher.id()] / self.average
        tf: float = self.weight.boost * matcher.weight() / norm
        return self.idf * tf * (self.k1 + 1) / (self.k1 + tf)

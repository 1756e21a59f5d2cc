"""The tree of a request as stock Whoosh queries: Whoosh's matchers are the oracle that the evaluator is held against.

What Whoosh cannot say is an error, never another query: a run with gaps, an open end or slop; a count between one and all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import query as whoosh
from whoosh.query.terms import MultiTerm

from searcher.engine.fields import KEYWORDS
from searcher.engine.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Every,
    Fuzzy,
    Keyword,
    KeywordPrefix,
    Linked,
    Node,
    Not,
    Nothing,
    NumberRange,
    Prefix,
    Run,
    Short,
    Telling,
    Term,
    Wildcard,
)
from searcher.engine.reading.expansion import GREATEST_DISTANCE
from searcher.text.distance import within


def whoosh_query(node: Node) -> Any:
    """A node as a `whoosh.query.Query`; ValueError where Whoosh has none that means the same."""
    match node:
        case Term(fields, text):
            return _any(whoosh.Term(field, text) for field in fields)
        case Prefix(fields, text):
            return _any(whoosh.Prefix(field, text) for field in fields)
        case Wildcard(fields, pattern):
            return _any(whoosh.Wildcard(field, _escaped(pattern)) for field in fields)
        case Fuzzy(fields, text, distance, prefix):
            return _any(_Near(field, text, min(distance, GREATEST_DISTANCE), prefix) for field in fields)
        case Run():
            return _any(_phrase(node, field) for field in node.fields)
        case Keyword(text):
            return whoosh.Term(KEYWORDS, text)
        case KeywordPrefix(text):
            return whoosh.Prefix(KEYWORDS, text)
        case NumberRange(column, low, high):
            return whoosh.NumericRange(column, low, high)
        case Every():
            return whoosh.Every()
        case Nothing():
            return whoosh.NullQuery
        case Not(child):
            return whoosh.Not(whoosh_query(child))
        case AllOf(children):
            return whoosh.And([whoosh_query(child) for child in children]) if children else whoosh.Every()
        case AnyOf(children):
            return _any(whoosh_query(child) for child in children)
        case AtLeast():
            return whoosh_query(_without_count(node))
        case Linked():
            raise ValueError(f"Whoosh has no phrases whose distances vary: {node!r}")
        case Short():
            raise ValueError(f"Whoosh does not ask how long a field is: {node!r}")
        case Telling():
            raise ValueError(f"Whoosh does not weigh which clauses match: {node!r}")


class _Near(MultiTerm):  # type: ignore[misc]
    """Terms within a distance that counts swaps: Whoosh's own FuzzyTerm does not."""

    def __init__(self, fieldname: str, text: str, distance: int, prefix: int) -> None:
        self.fieldname = fieldname
        self.text = text
        self.distance = distance
        self.prefix = prefix
        self.boost = 1.0
        self.constantscore = True

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        to_text = ixreader.schema[self.fieldname].from_bytes
        for encoded in ixreader.expand_prefix(self.fieldname, self.text[: self.prefix]):
            if within(self.text, to_text(encoded), self.distance):
                yield encoded


def _any(queries: Iterable[Any]) -> Any:
    several = list(queries)
    return several[0] if len(several) == 1 else whoosh.Or(several) if several else whoosh.NullQuery


def _escaped(pattern: str) -> str:
    """A pattern whose only wildcard is `*`, for one where `?`, `[` and `!` are special too: each of them in brackets."""
    return "".join(f"[{character}]" if character in "?[" else character for character in pattern)


def _phrase(run: Run, field: str) -> Any:
    if run.slop or run.open_end or run.offsets != tuple(range(run.offsets[0], run.offsets[0] + len(run.offsets))):
        raise ValueError(f"Whoosh has no phrases with gaps, open ends or our slop: {run!r}")
    return whoosh.Phrase(field, list(run.terms)) if len(run.terms) > 1 else whoosh.Term(field, run.terms[0])


def _without_count(node: AtLeast) -> Node:
    if node.count <= 0:
        return Every()
    if node.count == 1:
        return AnyOf(node.children)
    if node.count == len(node.children):
        return AllOf(node.children)
    return Nothing() if node.count > len(node.children) else _chosen(node)


def _chosen(node: AtLeast) -> Node:
    raise ValueError(f"Whoosh does not count which clauses match (`minmatch` is not implemented): {node!r}")

"""The evaluator's answers, worked out slowly and obviously from the records, and random records and requests to ask both."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations, pairwise, product

import numpy as np
from hypothesis import strategies as st

from searcher.engine.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Every,
    Fuzzy,
    Keyword,
    KeywordPrefix,
    Leaf,
    Node,
    Not,
    Nothing,
    NumberRange,
    Prefix,
    Run,
    Short,
    Term,
    Wildcard,
)
from searcher.engine.record import Record, Terms
from searcher.engine.request import Alternative, Feature, FieldWeight, Ranking
from tests.engine.memory_segment import MemorySegment

FIELDS = ("text", "title")
WORDS = ("中", "中华", "中国", "国人", "a", "ab", "abc", "abd", "bac")
KEYWORDS = ("format:pdf", "format:md", "year:2021")


def matches(record: Record, node: Node) -> bool:
    """Whether a document matches, by the words of the definitions."""
    match node:
        case Keyword(text):
            return text in record.keywords
        case KeywordPrefix(text):
            return any(keyword.startswith(text) for keyword in record.keywords)
        case NumberRange(column, low, high):
            value = record.numbers.get(column)
            return value is not None and (low is None or low <= value) and (high is None or value <= high)
        case Short(field, most):
            return len(_terms(record, field).texts) <= most
        case Every():
            return True
        case Nothing():
            return False
        case AllOf(children):
            return all(matches(record, child) for child in children)
        case AnyOf(children):
            return any(matches(record, child) for child in children)
        case AtLeast(count, children):
            return sum(matches(record, child) for child in children) >= count
        case Not(child):
            return not matches(record, child)
        case Run():
            return any(True for field in node.fields for _ in run_spans(record, node, field))
        case Term() | Prefix() | Wildcard() | Fuzzy():
            return any(frequency(record, node, field) for field in node.fields)
    raise TypeError(node)


def frequency(record: Record, leaf: Leaf, field: str) -> int:
    """How often a leaf stands in a field; for a run without slop, at how many starts."""
    if isinstance(leaf, Run):
        return len(set(run_spans(record, leaf, field)))
    return sum(is_meant(leaf, text) for text in _terms(record, field).texts)


def is_meant(leaf: Leaf, text: str) -> bool:
    """Whether a pattern stands for this term."""
    match leaf:
        case Term(_, wanted):
            return text == wanted
        case Prefix(_, start):
            return text.startswith(start)
        case Wildcard(_, pattern):
            return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None
        case Fuzzy(_, wanted, distance, prefix):
            return text.startswith(wanted[:prefix]) and osa(wanted, text) <= distance
    raise TypeError(leaf)


def osa(first: str, second: str) -> int:
    """Optimal string alignment, by its recursive definition."""
    if not first or not second:
        return len(first) + len(second)
    costs = [osa(first[:-1], second) + 1, osa(first, second[:-1]) + 1, osa(first[:-1], second[:-1]) + (first[-1] != second[-1])]
    if len(first) > 1 and len(second) > 1 and first[-1] == second[-2] and first[-2] == second[-1]:
        costs.append(osa(first[:-2], second[:-2]) + 1)
    return min(costs)


def run_spans(record: Record, run: Run, field: str) -> Iterator[tuple[int, int]]:
    """(first, last) position of every choice of positions that is a run within the slop."""
    terms = _terms(record, field)
    if terms.positions is None:
        return
    leaves: list[Leaf] = [Term((field,), text) for text in run.terms]
    if run.open_end:
        leaves[-1] = Prefix((field,), run.terms[-1])
    choices = [[p for text, p in zip(terms.texts, terms.positions, strict=True) if is_meant(leaf, text)] for leaf in leaves]
    for positions in product(*choices):
        if _is_run(positions, run):
            yield min(positions), max(positions)


def _is_run(positions: Sequence[int], run: Run) -> bool:
    places = [position - offset for position, offset in zip(positions, run.offsets, strict=True)]
    if min(sum(abs(place - start) for place in places) for start in places) > run.slop:
        return False
    if run.ordered or not run.slop:
        return all(first < second for first, second in pairwise(positions))
    exact = list(zip(run.terms, positions, strict=True))[: -1 if run.open_end else None]
    return len(set(exact)) == len(exact)


def scores(records: Sequence[Record], features: Sequence[Feature], ranking: Ranking) -> list[float]:
    """BM25F, document by document."""
    total = len(records)
    averages = {field: sum(len(_terms(record, field).texts) for record in records) / total for field in FIELDS}
    sums = [0.0] * total
    for feature in features:
        frequencies = [_weighted(record, feature, ranking, averages) for record in records]
        having = sum(value > 0 for value in frequencies)
        idf = math.log(1 + (total - having + 0.5) / (having + 0.5))
        for document, tf in enumerate(frequencies):
            sums[document] += feature.weight * idf * tf * (ranking.k1 + 1) / (ranking.k1 + tf)
    return sums


def _weighted(record: Record, feature: Feature, ranking: Ranking, averages: dict[str, float]) -> float:
    tf = 0.0
    for alternative in feature.alternatives:
        for field in alternative.leaf.fields:
            if count := frequency(record, alternative.leaf, field):
                weight = ranking.fields.get(field, FieldWeight())
                norm = 1 - weight.b + weight.b * len(_terms(record, field).texts) / (weight.usual or averages[field])
                tf += alternative.weight * weight.boost * count / norm
    return tf


def _terms(record: Record, field: str) -> Terms:
    return record.fields.get(field, Terms((), ()))


def segments_of(records: Sequence[Record], cuts: Sequence[int], deleted: Sequence[bool]) -> tuple[MemorySegment, ...]:
    """The records as segments that end at the cuts."""
    bounds = [0, *sorted(min(cut, len(records)) for cut in cuts), len(records)]
    marks = np.array(deleted, np.bool_)
    return tuple(MemorySegment(records[low:high], marks[low:high] if marks[low:high].any() else None) for low, high in pairwise(bounds))


def spaced(words: Sequence[str], gaps: Sequence[int], least: int, most: int) -> st.SearchStrategy[Terms]:
    """Words, each with its distance to the one before: drawn together, since most of the time of a test is that of drawing."""
    return st.lists(st.sampled_from(tuple(product(words, gaps))), min_size=least, max_size=most).map(_placed)


def _placed(drawn: list[tuple[str, int]]) -> Terms:
    return Terms([word for word, _ in drawn], [place - 1 for place in accumulate(gap for _, gap in drawn)])


terms = spaced(WORDS, (1, 1, 1, 2, 5), 0, 12)
keywords = st.sampled_from([some for count in range(len(KEYWORDS) + 1) for some in combinations(sorted(KEYWORDS), count)])
numbers = st.fixed_dictionaries({}, optional={"day": st.integers(-3, 3)})
one_record = st.builds(Record, st.just(""), st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, terms)), keywords, numbers)


def records(least: int = 1, most: int = 12) -> st.SearchStrategy[list[Record]]:
    return st.lists(one_record, min_size=least, max_size=most).map(_numbered)


def _numbered(drawn: list[Record]) -> list[Record]:
    return [Record(str(i), record.fields, record.keywords, record.numbers) for i, record in enumerate(drawn)]


fields = st.sampled_from((("text",), ("title",), FIELDS))
words = st.sampled_from(WORDS)


@st.composite
def runs(draw: st.DrawFn, slop: st.SearchStrategy[int] = st.integers(0, 4)) -> Run:  # noqa: B008
    placed = draw(spaced(WORDS, (1, 1, 2, 5), 1, 3))
    return Run(draw(fields), tuple(placed.texts), tuple(placed.positions or ()), draw(st.booleans()), draw(slop), draw(st.booleans()))


patterns = st.one_of(
    st.builds(Prefix, fields, st.sampled_from(("a", "ab", "中", "", "x"))),
    st.builds(Wildcard, fields, st.sampled_from(("a*", "*", "*b*", "a*c", "中*", "ab", "*a*a*", "a?"))),
    st.builds(Fuzzy, fields, st.sampled_from(("a", "ab", "abc", "acb", "xbc", "中国")), st.integers(0, 2), st.integers(0, 2)),
)
leaves = st.one_of(st.builds(Term, fields, words), st.builds(Term, fields, words), patterns, runs())
filters = st.one_of(
    st.builds(Keyword, st.sampled_from((*KEYWORDS, "none:"))),
    st.builds(KeywordPrefix, st.sampled_from(("format:", "year:", "none:"))),
    st.builds(NumberRange, st.sampled_from(("day", "none")), st.none() | st.integers(-4, 4), st.none() | st.integers(-4, 4)),
    st.builds(Short, st.sampled_from((*FIELDS, "none")), st.integers(-1, 4)),
    st.just(Every()),
    st.just(Nothing()),
)


def _branches(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(children, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(AllOf, several),
        st.builds(lambda some, without, more: AllOf((some, Not(without), *more)), children, children, st.lists(children, max_size=1)),
        st.builds(AnyOf, several),
        st.builds(AtLeast, st.integers(-1, 4), several),
        st.builds(Not, children),
    )


nodes: st.SearchStrategy[Node] = st.recursive(st.one_of(leaves, leaves, filters), _branches, max_leaves=8)
weights = st.sampled_from((0.5, 1.0, 2.0))


def features(of: st.SearchStrategy[Leaf]) -> st.SearchStrategy[tuple[Feature, ...]]:
    some = st.lists(st.builds(Alternative, of, weights), min_size=1, max_size=3, unique_by=lambda alternative: alternative.leaf)
    return st.lists(st.builds(Feature, some.map(tuple), weights), max_size=3).map(tuple)


field_weights = st.builds(FieldWeight, weights, st.sampled_from((0.0, 0.3, 1.0)))
rankings = st.builds(Ranking, st.sampled_from((0.9, 1.2, 2.0)), st.dictionaries(st.sampled_from(FIELDS), field_weights))

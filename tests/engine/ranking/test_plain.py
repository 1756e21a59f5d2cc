"""What is answered straight through is what is answered step by step, to the last bit."""

from __future__ import annotations

import random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.engine.nodes import AllOf, AnyOf, Node, Run, Term
from searcher.engine.ranking import evaluator, scoring
from searcher.engine.ranking.plain import is_plain
from searcher.engine.record import Record, Terms
from searcher.engine.request import Alternative, Feature, FieldWeight, Lifted, Ranking, Request
from searcher.engine.segment.file import FileSegment
from tests.engine.evaluating import Evaluator
from tests.engine.making import written

WORDS = "abcdefgh"


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> FileSegment:
    """600 documents that have `a` nearly always, `h` seldom; titles have few of them, and no document has `z`."""
    chance, records = random.Random(5), []
    for number in range(600):
        words = [word for place, word in enumerate(WORDS) for _ in range(chance.choice((1, 1, 2, 20))) if chance.random() ** 2 > place / 8]
        records.append(Record(str(number), {"text": Terms(words, range(len(words))), "title": Terms(words[:2], range(len(words[:2])))}))
    return written(tmp_path_factory.mktemp("plain") / "segment", records)


terms = st.builds(Term, st.sampled_from((("text",), ("text",), ("title",))), st.sampled_from([*WORDS, "z"]))
runs = st.lists(st.sampled_from([*WORDS, "z"]), min_size=1, max_size=3).map(
    lambda words: Run(("text",), tuple(words), tuple(range(len(words))))
)
matches = st.one_of(terms, runs, *(st.builds(kind, st.lists(terms, min_size=1, max_size=5).map(tuple)) for kind in (AllOf, AnyOf)))
rankings = st.builds(Ranking, st.sampled_from((0.5, 1.2, 1e6)), st.just({"text": FieldWeight(b=0.9), "title": FieldWeight(usual=3.0)}))


def _request(match: Node, ranking: Ranking | None = None) -> Request:
    nodes = match.children if isinstance(match, AllOf | AnyOf) else (match,)
    return Request(
        match, tuple(Feature((Alternative(node),)) for node in nodes if isinstance(node, Term | Run)), ranking=ranking or Ranking()
    )


@settings(max_examples=200)
@example(Term(("text",), "a"), Ranking(), 0, 0, 0, 10**6, 1)
@given(
    matches,
    rankings,
    st.none() | st.integers(0, 40),
    st.integers(0, 30),
    st.sampled_from((0, 7)),
    st.sampled_from((0, 10**6)),
    st.sampled_from((1, 1, 2)),
)
def test_both_ways_give_the_same(
    segment: FileSegment, match: Node, ranking: Ranking, limit: int | None, offset: int, beyond: int, table: int, segments: int
) -> None:
    request = _request(match, ranking)
    with patch.object(scoring, "TABLE", table):
        plain, other = Evaluator((segment,) * segments), Evaluator((segment,) * segments)
        assert is_plain(plain.reader, request)
        found = plain.search(request, limit, offset, beyond)
        with patch.object(evaluator, "is_plain", lambda reader, request: False):
            assert other.search(request, limit, offset, beyond) == found


A, B = (Term(("text",), word) for word in "ab")


@pytest.mark.parametrize(
    "request_",
    [
        Request(AllOf((A, B)), (Feature((Alternative(A),)),)),
        Request(AllOf((A, B)), (Feature((Alternative(B),)), Feature((Alternative(A),)))),
        Request(A, (Feature((Alternative(A),), 2.0),)),
        Request(A, (Feature((Alternative(A, 0.5),)),)),
        Request(A, (Feature((Alternative(A), Alternative(B))),)),
        Request(A, (Feature((Alternative(A),)),), ranking=Ranking(fields={"text": FieldWeight(boost=2.0)})),
        Request(A, (Feature((Alternative(A),)),), tiers=(B,)),
        Request(A, (Feature((Alternative(A),)),), sort="n"),
        Request(A, (Feature((Alternative(A),)),), lifted=Lifted(B)),
        Request(Term(("text", "title"), "a"), (Feature((Alternative(Term(("text", "title"), "a")),)),)),
        Request(AnyOf(())),
        Request(AnyOf((Run(("text",), ("a", "b"), (0, 1)),)), (Feature((Alternative(Run(("text",), ("a", "b"), (0, 1))),)),)),
        Request(Run(("text", "title"), ("a", "b"), (0, 1)), (Feature((Alternative(Run(("text", "title"), ("a", "b"), (0, 1))),)),)),
        Request(A),
    ],
)
def test_what_is_not_plain(segment: FileSegment, request_: Request) -> None:
    assert not is_plain(Evaluator((segment,)).reader, request_)


def test_deletions_are_not_plain(segment: FileSegment) -> None:
    deleted = np.arange(segment.count) == 3
    assert not is_plain(Evaluator((segment, segment.with_deletions(deleted))).reader, _request(A))

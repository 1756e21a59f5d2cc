"""Order, tiers, pages, facets: what an evaluator answers beside which documents match."""

from __future__ import annotations

import contextlib
import gc
import math
import random
import threading
import tracemalloc
import weakref
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine import Snapshot, Store
from searcher.engine.answers import Handle
from searcher.engine.matching import leaves, phrases
from searcher.engine.nodes import AnyOf, Every, Keyword, Node, Prefix, Run, Term
from searcher.engine.ranking import frequent
from searcher.engine.ranking.best import best
from searcher.engine.reading.cache import ENTRY, Cache
from searcher.engine.reading.expansion import LIMIT
from searcher.engine.reading.reader import Reader
from searcher.engine.record import Record, Terms
from searcher.engine.request import Alternative, Feature, Request
from searcher.engine.segment.field_texts import FieldTexts
from searcher.engine.segment.postings import Postings
from tests.engine import oracle
from tests.engine.evaluating import Evaluator
from tests.engine.making import record, written
from tests.engine.memory_segment import MemorySegment


@settings(max_examples=80)
@given(
    oracle.records(least=5),
    oracle.features(st.builds(Term, oracle.fields, oracle.words)),
    st.lists(st.builds(Term, oracle.fields, oracle.words), max_size=2).map(tuple),
    st.sampled_from((None, "day", "-day", "none")),
    st.lists(st.integers(0, 12), max_size=2),
    st.data(),
)
def test_documents_come_by_tier_then_score_or_number_then_insertion(
    records: list[Record], features: tuple[Feature, ...], tiers: tuple[Node, ...], sort: str | None, cuts: list[int], data: st.DataObject
) -> None:
    deleted = data.draw(st.lists(st.sampled_from((False, False, False, True)), min_size=len(records), max_size=len(records)))
    segments = oracle.segments_of(records, cuts, deleted)
    request = Request(Every(), features, tiers, sort)
    evaluator = Evaluator(segments)
    total, found, _ = evaluator.search(request, None)
    listed = [int(segments[number].records[document].id) for number, document, _, _ in found]
    scores = [score for _, _, score, _ in found]
    live = [i for i in range(len(records)) if not deleted[i]]
    assert total == len(live)
    assert listed == sorted(live, key=lambda i: _order(records[i], request, scores[listed.index(i)], i))
    assert [tier for _, _, _, tier in found] == [_tier(records[i], request) for i in listed]
    expected = oracle.scores(records, request.features, request.ranking)
    assert scores == pytest.approx([expected[i] for i in listed], rel=1e-5, abs=1e-6)
    limit, offset, beyond = data.draw(st.tuples(st.integers(0, 13), st.integers(0, 13), st.integers(1, 4)))
    page = evaluator.search(request, limit, offset)
    assert (page[0], page[1]) == (total, found[offset : offset + limit])
    for first in range(1, total + 1):
        more = takewhile(lambda one, last=found[first - 1]: one[3] == last[3], found[first : first + beyond])
        assert evaluator.search(request, first, beyond=beyond)[1] == [*found[:first], *more], "more of the last one's tier alone"


@settings(max_examples=60)
@given(oracle.records(least=2), st.lists(st.integers(0, 12), max_size=2))
def test_a_number_is_repeated_where_another_document_has_it_or_it_is_not_known(records: list[Record], cuts: list[int]) -> None:
    segments = oracle.segments_of(records, cuts, [False] * len(records))
    days = [record.numbers.get("day") for record in records]
    documents = [(number, document) for number, segment in enumerate(segments) for document in range(segment.count)]
    assert Evaluator(segments).repeated(documents, "day") == [day is None or days.count(day) > 1 for day in days]
    assert Evaluator(segments).repeated([], "day") == []


@given(st.lists(st.none() | st.sampled_from((2**63 - 1, 1 - 2**63, 0)) | st.integers(1 - 2**63, 2**63 - 1), min_size=1, max_size=8))
def test_documents_without_a_number_come_last_whatever_the_numbers_of_others(numbers: list[int | None]) -> None:
    records = [Record(str(place), {}, (), {} if number is None else {"day": number}) for place, number in enumerate(numbers)]
    evaluator = Evaluator([MemorySegment(records)])
    for sort in ("day", "-day"):
        found = [document for _, document, _, _ in evaluator.search(Request(Every(), sort=sort), None)[1]]
        assert found == sorted(range(len(records)), key=lambda i, sort=sort: _order(records[i], Request(Every(), sort=sort), 0, i))


def _tier(record: Record, request: Request) -> int:
    return next((number for number, tier in enumerate(request.tiers) if oracle.matches(record, tier)), len(request.tiers))


def _order(record: Record, request: Request, score: float, i: int) -> tuple[int, float, int]:
    """What the order goes by; the score is the engine's own, so that a tie is what it takes for one."""
    if request.sort is None:
        return _tier(record, request), -score, i
    number = record.numbers.get(request.sort.lstrip("-"))
    return _tier(record, request), math.inf if number is None else -number if request.sort.startswith("-") else number, i


@settings(max_examples=60)
@given(
    st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 3), min_size=1, max_size=60),
    st.integers(1, 80),
    st.integers(0, 4000),
    st.booleans(),
)
def test_the_best_are_the_first_of_a_stable_sort(values: list[int], wanted: int, repeated: int, as_floats: bool) -> None:
    array = np.resize(np.array(values, np.int64), max(1, repeated))
    if as_floats:
        array = array.astype(np.float64)
    expected = sorted(range(len(array)), key=lambda i: (-array[i].item(), i))[:wanted]
    assert best(array, wanted).tolist() == expected


@settings(max_examples=60)
@given(oracle.records(least=3), oracle.nodes, st.lists(st.integers(0, 12), max_size=2), st.sampled_from(("", "format:", "x")))
def test_facets_and_terms_count_documents(records: list[Record], node: Node, cuts: list[int], prefix: str) -> None:
    deleted = [i % 3 == 0 for i in range(len(records))]
    evaluator = Evaluator(oracle.segments_of(records, cuts, deleted))
    live = [record for record, gone in zip(records, deleted, strict=True) if not gone]
    matched = [record for record in live if oracle.matches(record, node)]
    counts = {keyword: sum(keyword in record.keywords for record in matched) for keyword in oracle.KEYWORDS if keyword.startswith(prefix)}
    assert evaluator.terms("keyword", prefix, node) == _most_frequent(counts)
    names = {keyword.partition(":")[0] for record in records for keyword in record.keywords}
    assert evaluator.keyword_names() == names
    words = {word: sum(oracle.frequency(record, Term(("text",), word), "text") > 0 for record in live) for word in oracle.WORDS}
    assert evaluator.terms("text", "") == _most_frequent(words)
    with mock.patch.object(frequent, "MANY", 0):
        for limit in range(4):
            assert evaluator.terms("keyword", prefix, node, limit) == _most_frequent(counts)[:limit]
            assert evaluator.terms("text", "", limit=limit) == _most_frequent(words)[:limit]
    assert all(evaluator.count(Term(("text",), word)) == count for word, count in words.items())


@pytest.mark.parametrize("deleting", [False, True])
def test_of_keywords_that_each_document_has_its_own_of_only_those_asked_for_are_read(
    deleting: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the addresses of pages, of which the prompt offers ten at each key."""
    store = Store.create(tmp_path / "index", {})
    for numbers in (range(3000), range(3000, 3010)):
        with store.writer() as writer:
            for number in numbers:
                writer.add(record(str(number), keywords=(f"url:{number:04}", f"url:{number % 7}")))
            if deleting and numbers.start:
                writer.remove("1400")
    snapshot, read, encoded = store.snapshot(), list[int](), FieldTexts.encoded
    every = snapshot.keywords("url:")
    monkeypatch.setattr(FieldTexts, "encoded", lambda texts, ordinals: read.append(len(ordinals)) or encoded(texts, ordinals))
    for limit in (0, 9):
        assert snapshot.keywords("url:", limit) == snapshot.facet(Every(), "url:", limit) == every[:limit]
    assert sum(read) < 100 < len(every)


def test_what_matches_outlives_the_lists_that_scoring_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query whose words every document has reads more than is kept; that it is searched once more, for a longer page, reads no positions
    anew."""
    words = [f"w{number}" for number in range(60)]
    segment = written(tmp_path / "s", [Record(str(number), {"text": Terms(words, range(60))}) for number in range(3000)])
    run = Run(("text",), ("w1", "w2"), (0, 1), slop=2)
    request = Request(run, tuple(Feature((Alternative(Term(("text",), word)),)) for word in words))
    evaluator, spans = Evaluator((segment,), capacity=200_000), list[int]()
    counted = phrases.Search._spans
    monkeypatch.setattr(phrases.Search, "_spans", lambda search, candidates: spans.append(1) or counted(search, candidates))
    first, second = (evaluator.search(request, limit) for limit in (10, 20))
    assert first[0] == second[0] == 3000 and first[1] == second[1][:10]
    assert len(spans) == 1


def _most_frequent(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(((text, count) for text, count in counts.items() if count), key=lambda item: (-item[1], item[0]))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Evaluator]]:
    """The same documents in files, in several commits with deletions, and in memory."""
    chance = random.Random(5)
    records = [_random_record(str(number), chance) for number in range(400)]
    removed = set(chance.sample(range(400), 60))
    with contextlib.closing(Store.create(tmp_path_factory.mktemp("store") / "index", {})) as store:
        for low, high in ((0, 250), (250, 330), (330, 400)):
            with store.writer() as writer:
                for record in records[low:high]:
                    writer.add(record)
        with store.writer() as writer:
            for number in removed:
                writer.remove(str(number))
        snapshot = store.snapshot()
        kept = [snapshot.id(Handle(n, d)) for n, segment in enumerate(snapshot.segments) for d in range(segment.count)]
        yield snapshot, Evaluator((MemorySegment([records[int(id)] for id in kept], np.array([int(id) in removed for id in kept])),))


def _random_record(id: str, chance: random.Random) -> Record:
    fields = {}
    for name in oracle.FIELDS:
        texts = chance.choices((*oracle.WORDS, "国", "x"), k=chance.randrange(15))
        fields[name] = Terms(texts, sorted(chance.sample(range(2 * len(texts)), len(texts))))
    return Record(id, fields, tuple(chance.sample(oracle.KEYWORDS, 2)), {"day": chance.randrange(-3, 4)} if chance.random() < 0.7 else {})


@settings(max_examples=80)
@given(oracle.nodes, oracle.features(oracle.leaves), st.sampled_from((None, "day", "-day")))
def test_documents_in_files_are_found_and_scored_like_those_in_memory(
    stored: tuple[Snapshot, Evaluator], node: Node, features: tuple[Feature, ...], sort: str | None
) -> None:
    snapshot, memory = stored
    request = Request(node, features, (Term(("text",), "a"),), sort)
    found, expected = snapshot.search(request, limit=None), memory.search(request, None)
    starts = np.cumsum([0, *(segment.count for segment in snapshot.segments)]).tolist()
    assert found.total == expected[0]
    documents = [starts[match.handle._segment] + match.handle._document for match in found.matches]
    assert dict(zip(documents, (match.score for match in found.matches), strict=True)) == pytest.approx(
        {document: score for _, document, score, _ in expected[1]}, rel=1e-5, abs=1e-6
    )
    assert [match.tier for match in found.matches] == [tier for _, _, _, tier in expected[1]]
    for match, document in zip(found.matches[:3], documents, strict=False):
        for leaf in [alternative.leaf for feature in features for alternative in feature.alternatives]:
            assert snapshot.occurrences(match.handle, leaf, "text") == memory.occurrences(0, document, leaf, "text")


def test_threads_share_an_evaluator() -> None:
    records = [Record(str(i), {"text": Terms(f"w{i % 7} w{i % 11} w{i % 13}".split(), (0, 1, 2))}) for i in range(300)]
    segments = (MemorySegment(records[:200]), MemorySegment(records[200:]))
    requests = [
        Request(
            AnyOf((Term(("text",), f"w{i}"), Run(("text",), (f"w{i}", f"w{i}"), (0, 1)))),
            (Feature((Alternative(Term(("text",), f"w{i}")),)),),
        )
        for i in range(13)
    ]
    expected = [Evaluator(segments).search(request, 5) for request in requests]
    shared = Evaluator(segments, capacity=20_000)
    wrong: list[int] = []

    def ask(first: int) -> None:
        wrong.extend(i for turn in range(40) if shared.search(requests[i := (first + turn) % 13], 5) != expected[i])

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_cache_keeps_what_was_used_last_within_its_bytes() -> None:
    cache = Cache(10 * (ENTRY + 100))
    for number in range(12):
        cache.put(number, str(number), 100)
        cache.get(0)
    assert cache.get(0) == "0"
    assert cache.get(11) == "11"
    assert cache.get(1) is None
    assert cache.size <= cache.capacity
    for size in (cache.capacity, cache.capacity * 3 // 4):
        cache.put("huge", "huge", size)
        assert cache.get("huge") is None
    size = cache.size
    for text in ("again", "once more"):
        cache.put(11, text, 100)
        assert (cache.get(11), cache.size) == (text, size)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 900)), max_size=80))
def test_a_cache_gives_what_was_put_last_or_nothing_and_knows_its_size(actions: list[tuple[bool, int, int]]) -> None:
    cache, put = Cache(4000), dict[int, int]()
    for number, (is_put, key, size) in enumerate(actions):
        if is_put:
            cache.put(key, number, size)
            put[key] = number
            assert cache.get(key) == number
        assert cache.get(key) in (None, put.get(key))
        assert cache.size == sum(size for _, size in cache._entries.values()) <= cache.capacity


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("spread", [False, True])
def test_what_is_kept_of_terms_takes_no_more_than_the_bytes_of_the_cache(spread: bool, several: bool) -> None:
    """However often all of them are asked for, and without a collection of garbage: what is not kept is free at once."""
    words = [f"w{number}" for number in range(120)]
    segment = MemorySegment([Record(str(number), {"text": Terms(words), "title": Terms(["w"])}) for number in range(1000)])
    field, ones = segment.reader("text"), np.ones(1000, np.uint8)
    if spread:
        field.postings = lambda ordinal: Postings.of_spread(ones.copy(), 1000, ordinal)  # type: ignore[method-assign]
    else:
        field.postings = lambda ordinal: Postings(  # type: ignore[method-assign]
            1000, lambda: np.arange(1000, dtype=np.uint32), lambda: ones.copy(), ordinal=ordinal
        )
    segments = (MemorySegment([Record("0", {"text": Terms(words)})]), segment) if several else (segment,)
    reader, arrays = Reader(segments, Cache(50_000)), list[weakref.ref[Any]]()
    gc.disable()
    try:
        for number in range(len(words)):
            for word in words[max(0, number - 40) : number + 1]:
                postings = leaves.postings(reader, Term(("text",), word), "text")
                own = [part.having for part in postings.parts.values()]
                arrays += map(weakref.ref, (leaves.documents(reader, Term(("text", "title"), word)), postings.having, *own))
                del postings, own
        assert sum({id(array): array.nbytes for ref in arrays if (array := ref()) is not None}.values()) <= 50_000
    finally:
        gc.enable()


def test_long_queries_that_are_kept_take_no_more_than_the_bytes_of_the_cache() -> None:
    """A run of a thousand terms weighs more than the documents that have it."""
    words = [f"w{number}" for number in range(40)]
    segment = MemorySegment([Record("1", {"text": Terms(words, range(40))})])
    evaluator, chance = Evaluator((segment,), capacity=500_000), random.Random(2)
    evaluator.search(Request(Every()), 1)
    tracemalloc.start()
    try:
        for _ in range(150):
            run = Run(("text",), tuple(f"w{chance.randrange(40)}" for _ in range(500)), tuple(range(500)))
            either = AnyOf((run, *(Term(("text",), f"w{chance.randrange(40)}") for _ in range(500))))
            evaluator.search(Request(either, (Feature((Alternative(run),)),)), 1)
        del run, either
        assert tracemalloc.get_traced_memory()[0] < 2 * 500_000
    finally:
        tracemalloc.stop()


def test_what_stands_for_too_many_terms_is_told_once_wherever_it_is_asked_for() -> None:
    texts = [f"a{number:04}" for number in range(LIMIT + 1)]
    evaluator = Evaluator([MemorySegment([Record("1", {"text": Terms(texts, range(len(texts)))})])])
    many, few = Prefix(("text",), "a"), Prefix(("text",), "a00")
    both, sure = (Feature((Alternative(few), Alternative(many))),), (Feature((Alternative(few),)),)
    for request in (Request(many), Request(Every(), both), Request(many, both)):
        assert evaluator.search(request, 1)[2] == ("a* stands for more than 1,024 terms: the most frequent 1,024 were looked for",)
    assert evaluator.search(Request(few, sure), 1)[2] == ()


def test_a_keyword_is_matched_whole() -> None:
    segment = MemorySegment([Record("1", {}, ("format:pdf",)), Record("2", {}, ("format:pdfx",))])
    assert [document for _, document, _, _ in Evaluator((segment,)).search(Request(Keyword("format:pdf")), 5)[1]] == [0]

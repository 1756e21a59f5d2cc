"""Stock Whoosh reads our index: its readers, matchers, queries and scorers give what the arrays say."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query, scoring
from whoosh.searching import Searcher

from searcher.engine.as_whoosh import codec
from searcher.engine.as_whoosh.codec import whoosh_reader
from searcher.engine.fields import IDS, KEYWORDS
from searcher.engine.nodes import Run, Term
from searcher.engine.record import Record
from searcher.engine.snapshot import Snapshot
from searcher.engine.store import Store
from searcher.errors import MissingDependency
from tests.engine.making import positions_of, record
from tests.engine.memory_segment import MemorySegment


def _store(path: Path, several: list[Record]) -> Store:
    store = Store.create(path, {})
    with store.writer() as writer:
        for one in several:
            writer.add(one)
    return store


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Two segments, a deleted document in the first."""
    store = _store(tmp_path / "index", [record(str(n), ("中国 人民 " * (n % 4)) + f"word{n}", numbers={"n": n}) for n in range(60)])
    with store.writer() as writer:
        writer.remove("5")
        writer.add(record("x", "中国 人民", keywords=("k:1",), numbers={"n": -1}))
    snapshot = store.snapshot()
    assert [segment.count for segment in snapshot.segments] == [60, 1]
    return snapshot


texts = st.text("ab中", min_size=1, max_size=6)


@settings(max_examples=25)
@given(st.lists(texts, min_size=1, max_size=8))
def test_terms_and_postings_are_those_of_the_oracle(found: list[str]) -> None:
    several = [record(str(number), text) for number, text in enumerate(found)]
    with tempfile.TemporaryDirectory() as folder:
        reader = whoosh_reader(_store(Path(folder, "index"), several).snapshot())
        oracle = MemorySegment(several)
        for field in ("grams", "words", KEYWORDS, IDS):
            ordinals = oracle.term_range(field, "", None)
            assert [text.decode() for text in reader.lexicon(field)] == oracle.reader(field).texts.decoded(ordinals)
            for ordinal in ordinals:
                text, postings = oracle.reader(field).text(ordinal), oracle.reader(field).postings(ordinal)
                ids, frequencies = postings.having, postings.frequencies
                info = reader.term_info(field, text)
                assert (reader.doc_frequency(field, text), reader.frequency(field, text)) == (len(ids), frequencies.sum())
                assert (info.min_id(), info.max_id(), info.max_weight()) == (ids[0], ids[-1], frequencies.max())
                matcher = reader.postings(field, text)
                assert list(matcher.all_ids()) == ids.tolist()
                _walk(matcher, oracle, field, ordinal)
        assert {(field, text.decode()) for field, text in reader.all_terms()} == {
            (field, text) for field in oracle.fields for text in oracle.reader(field).names
        }


def _walk(matcher: object, oracle: MemorySegment, field: str, ordinal: int) -> None:
    postings = oracle.reader(field).postings(ordinal)
    offsets, positions = positions_of(oracle.reader(field), ordinal)
    for row, id in enumerate(postings.having.tolist()):
        assert (matcher.id(), matcher.weight()) == (id, postings.frequencies[row])  # type: ignore[attr-defined]
        if oracle.has_positions(field):
            assert matcher.value_as("positions") == positions[offsets[row] : offsets[row + 1]].tolist()  # type: ignore[attr-defined]
            assert [span.start for span in matcher.spans()] == matcher.value_as("positions")  # type: ignore[attr-defined]
        matcher.next()  # type: ignore[attr-defined]
    assert not matcher.is_active()  # type: ignore[attr-defined]


def test_stock_queries_find_the_same(snapshot: Snapshot) -> None:
    searcher = Searcher(whoosh_reader(snapshot))
    assert searcher.doc_count() == snapshot.count == 60
    for ours, theirs in (
        (Term(("words",), "中国"), query.Term("words", "中国")),
        (Term(("words",), "word5"), query.Term("words", "word5")),
        (Run(("grams",), ("中", "国"), (0, 1)), query.Phrase("grams", ["中", "国"])),
        (Run(("grams",), ("国", "中"), (0, 1)), query.Phrase("grams", ["国", "中"])),
    ):
        found = searcher.search(theirs, limit=None)
        assert {hit[IDS] for hit in found} == {snapshot.id(handle) for handle in snapshot.handles() if snapshot.contains(handle, ours)}
        assert len(found) == snapshot.matching(ours)
    assert {hit[IDS] for hit in searcher.search(query.Prefix("words", "word1"), limit=None)} == {"1", *map(str, range(10, 20))}
    assert [hit[IDS] for hit in searcher.search(query.FuzzyTerm("words", "wurd7"), limit=None)] == ["7"]


def test_stock_scores_top_hits_as_it_scores_all(snapshot: Snapshot) -> None:
    """The bounds that Whoosh skips by are right: the first hits are the same as without skipping."""
    searcher = Searcher(whoosh_reader(snapshot), weighting=scoring.BM25F())
    wanted = query.Or([query.Term("words", "中国"), query.Term("words", "人民"), query.Term("words", "word7")])
    every = [(hit.docnum, hit.score) for hit in searcher.search(wanted, limit=None)]
    assert [(hit.docnum, hit.score) for hit in searcher.search(wanted, limit=5)] == every[:5]
    assert every[0][1] > every[-1][1] > 0


def test_stored_values_columns_and_sorting(snapshot: Snapshot) -> None:
    searcher = Searcher(whoosh_reader(snapshot))
    found = searcher.search(query.Every(), limit=None, sortedby="n")
    assert [hit[IDS] for hit in found] == ["x", *(str(n) for n in range(60) if n != 5)]
    assert found[0].fields() == {"id": "x", "text": "中国 人民"}
    assert [hit[IDS] for hit in searcher.search(query.Every(), limit=2, sortedby="n", reverse=True)] == ["59", "58"]


def test_an_empty_index(tmp_path: Path) -> None:
    assert Searcher(whoosh_reader(Store.create(tmp_path / "index", {}).snapshot())).doc_count() == 0


def test_the_codec_does_not_write() -> None:
    for call in (codec.Codec().field_writer, codec.Codec().per_document_writer, codec.Codec().new_segment, codec.Codec().postings_writer):
        with pytest.raises(NotImplementedError, match=r"this codec reads"):
            call(None, False)


def test_another_whoosh_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "REQUIREMENT", "whoosh-reloaded==2.7.4")
    with pytest.raises(MissingDependency, match=r"whoosh-reloaded==2\.7\.4"):
        codec.check_whoosh()

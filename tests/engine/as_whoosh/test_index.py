"""A normal Whoosh program runs on an index of ours as it runs on Whoosh's own."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, highlight, qparser, query, sorting, writing
from whoosh.analysis import RegexTokenizer, StemmingAnalyzer, StopFilter
from whoosh.filedb.filestore import RamStorage
from whoosh.index import Index, LockError
from whoosh.writing import AsyncWriter, IndexingError

from searcher.engine.as_whoosh.index import WhooshIndex
from searcher.engine.as_whoosh.writer import WhooshWriter
from searcher.engine.nodes import NumberRange, Run, Term
from searcher.engine.record import Record, Terms
from searcher.engine.store import Store
from searcher.errors import IndexMismatch, InvalidDocument

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # stock Whoosh leaves files to the collector


def _schema() -> fields.Schema:
    return fields.Schema(
        path=fields.ID(unique=True, stored=True),
        title=fields.TEXT(stored=True, sortable=True),
        body=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True, spelling=True),
        plain=fields.TEXT(phrase=False),
        tags=fields.KEYWORD(stored=True, commas=True),
        size=fields.NUMERIC(stored=True, sortable=True),
        price=fields.NUMERIC(float, stored=True),
        cost=fields.NUMERIC(decimal_places=2, stored=True),
        count=fields.NUMERIC(bits=8, signed=False),
        day=fields.DATETIME(stored=True, sortable=True),
        good=fields.BOOLEAN(stored=True),
        note=fields.STORED(),
    )


NAMES = ("alpha", "beta", "gamma", "delta", "omega")


def _documents() -> Iterator[dict[str, Any]]:
    for n in range(40):
        yield {
            "path": f"/{n}",
            "title": f"Document {NAMES[n % 5]} of many",
            "body": "quick brown foxes " * (n % 3) + ("jumping over lazy dogs" if n % 4 else f"word{n}"),
            "plain": " ".join(NAMES[: n % 6]),
            "tags": "red,light blue" if n % 2 else "green",
            "size": n * 7 % 13 - 5,
            "price": n / 3 - 2,
            "cost": Decimal(n) / 4,
            "count": n * 5,
            "day": datetime(2020, 1, 1 + n % 28),
            "good": bool(n % 3),
            "note": {"number": n, "text": "注"},
        }


def _written(index: Index) -> Index:
    """What a program does to an index: documents in two commits, an update, deletions by term and by query."""
    several = list(_documents())
    for part in (several[:25], several[25:]):
        with index.writer() as writer:
            for document in part:
                writer.add_document(**document)
    writer = index.writer()
    writer.update_document(path="/3", title="New", body="a jumping fox", size=99, tags=["a b", "c"], note=[1, "x"], _stored_title="NEW")
    assert writer.delete_by_term("path", "/4") == 1
    assert writer.delete_by_query(query.NumericRange("size", 4, 5)) == sum(document["size"] in (4, 5) for document in several)
    writer.commit()
    return index


@pytest.fixture(scope="module")
def stock() -> Index:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _written(RamStorage().create_index(_schema()))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    index = WhooshIndex(Store.create(tmp_path_factory.mktemp("ours") / "index", {}), _schema())
    _written(index)
    return index


QUERIES = (
    "fox",
    "foxes AND lazy",
    '"brown fox"',
    '"fox brown"',
    "fox NOT dogs",
    "title:alpha OR plain:delta",
    "title:(alpha OR beta) jump*",
    "title:alph? OR title:*ta",
    "plain:[beta TO delta]",
    "tags:red",
    'tags:"light blue"',
    "size:-5",
    "size:[-3 TO 2]",
    "size:{-3 TO 2}",
    "size:[3 TO]",
    "price:[0 TO 3.4]",
    "cost:2.25",
    "cost:[1.5 TO 2.5]",
    "count:[10 TO 60]",
    "day:20200105",
    "day:[20200103 TO 20200110]",
    "good:true AND fox",
    "fox^3 lazy",
    "title:docment~2",
    "path:/8",
    "nothing",
)


@pytest.mark.parametrize("text", QUERIES)
def test_a_parsed_query_finds_and_scores_the_same(stock: Index, ours: WhooshIndex, text: str) -> None:
    assert _hits(ours, text) == pytest.approx(_hits(stock, text), rel=1e-6)


def test_the_queries_find_something(ours: WhooshIndex) -> None:
    assert [text for text in QUERIES if not _hits(ours, text)] == ['"fox brown"', "nothing"]


def _hits(index: Index, text: str) -> dict[str, float]:
    parser = qparser.QueryParser("body", index.schema, plugins=[*qparser.QueryParser("", None).plugins, qparser.FuzzyTermPlugin()])
    with index.searcher() as searcher:
        return {hit["path"]: hit.score for hit in searcher.search(parser.parse(text), limit=None)}


USES: dict[str, Callable[[Any], Any]] = {
    "number": lambda searcher: _paths(searcher.search(query.Every(), sortedby="size", limit=None)),
    "reverse": lambda searcher: _paths(searcher.search(query.Every(), sortedby=sorting.FieldFacet("size", reverse=True), limit=None)),
    "day": lambda searcher: _paths(searcher.search(query.Every(), sortedby="day", limit=5)),
    "text": lambda searcher: _paths(searcher.search(query.Every(), sortedby=["title", "path"], limit=None)),
    "term": lambda searcher: _paths(searcher.search(query.Every(), sortedby="path", limit=None)),
    "boolean groups": lambda searcher: searcher.search(query.Every(), groupedby="good").groups(),
    "number groups": lambda searcher: searcher.search(query.Every(), groupedby=sorting.FieldFacet("size")).groups(),
    "overlapping groups": lambda searcher: searcher.search(
        query.Every(), groupedby=sorting.FieldFacet("tags", allow_overlap=True)
    ).groups(),
    "range groups": lambda searcher: searcher.search(query.Every(), groupedby=sorting.RangeFacet("size", -5, 10, 5)).groups(),
    "stored": lambda searcher: list(searcher.all_stored_fields()),
    "one": lambda searcher: (searcher.document(path="/8"), searcher.document_number(path="/4"), list(searcher.document_numbers(size=0))),
    "spelling": lambda searcher: (searcher.suggest("title", "gama"), searcher.corrector("body").suggest("lasy", maxdist=1)),
    "within": lambda searcher: sorted(set(searcher.reader().terms_within("title", "bta", 2, prefix=1))),
    "correct": lambda searcher: (
        searcher.correct_query(qparser.QueryParser("title", searcher.schema).parse("gmma many"), "gmma many").string
    ),
    "lexicon": lambda searcher: {
        name: list(searcher.lexicon(name)) for name in ("title", "body", "tags", "size", "price", "day", "good", "count")
    },
    "frequent": lambda searcher: searcher.reader().most_frequent_terms("body", 3),
    "keys": lambda searcher: [term for term, _ in searcher.search(query.Term("body", "dog")).key_terms("body", docs=3, numterms=3)],
    "like": lambda searcher: len(searcher.more_like(7, "body", numterms=2)),
    "highlight": lambda searcher: _highlighted(searcher),
    "filter": lambda searcher: _paths(searcher.search(query.Every(), filter=query.Term("good", True), mask=query.Term("body", "fox"))),
    "collapse": lambda searcher: len(searcher.search(query.Every(), collapse="good", limit=None)),
    "count": lambda searcher: searcher.doc_count(),
    "page": lambda searcher: _paths(searcher.search_page(query.Term("body", "dog"), 2, pagelen=3, sortedby="path")),
}


@pytest.mark.parametrize("use", USES)
def test_what_programs_do_gives_the_same(stock: Index, ours: WhooshIndex, use: str) -> None:
    with stock.searcher() as theirs, ours.searcher() as mine:
        assert _by_path(mine, USES[use](mine)) == _by_path(theirs, USES[use](theirs))


def _paths(results: Any) -> list[str]:
    return [hit["path"] for hit in results]


def _by_path(searcher: Any, found: Any) -> Any:
    """What was found, groups of numbers of documents as groups of paths."""
    if isinstance(found, dict) and all(
        isinstance(group, list) and all(type(number) is int for number in group) for group in found.values()
    ):
        return {name: sorted(searcher.stored_fields(number)["path"] for number in group) for name, group in found.items()}
    return found


def _highlighted(searcher: Any) -> list[str]:
    results = searcher.search(query.And([query.Term("body", "fox"), query.Term("body", "lazi")]), terms=True, limit=3)
    results.fragmenter = highlight.WholeFragmenter()
    return [hit.highlights("body") + str(sorted(hit.matched_terms())) for hit in results]


# --- what lies on disk is ours


def test_the_engine_sees_what_a_program_wrote(ours: WhooshIndex) -> None:
    snapshot = ours._store.snapshot()
    with ours.searcher() as searcher:
        assert snapshot.matching(Run(("body",), ("brown", "fox"), (0, 1))) == len(searcher.search(query.Phrase("body", ["brown", "fox"])))
        assert snapshot.matching(NumberRange("size", -3, 2)) == len(searcher.search(query.NumericRange("size", -3, 2)))
    assert not list(ours._store.check())


def test_positions_are_those_of_the_analyzer(tmp_path: Path) -> None:
    """Stop words leave a gap, as Whoosh's analyzers mean it."""
    index = WhooshIndex(
        Store.create(tmp_path / "index", {}), fields.Schema(body=fields.TEXT(analyzer=RegexTokenizer() | StopFilter(renumber=False)))
    )
    with index.writer() as writer:
        writer.add_document(body="wolves of the forest")
    snapshot = index._store.snapshot()
    handle = next(snapshot.handles())
    assert snapshot.occurrences(handle, Term(("body",), "forest"), "body") == [(3, 1)]
    assert index.reader().postings("body", "forest").value_as("positions") == [3]


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.text("xy ", max_size=6)), max_size=12), st.integers(0, 12))
def test_updates_leave_the_last_of_each(updates: list[tuple[str, str]], commit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = WhooshIndex(
            Store.create(Path(folder) / "index", {}), fields.Schema(key=fields.ID(unique=True, stored=True), t=fields.STORED())
        )
        for part in (updates[:commit], updates[commit:]):
            with index.writer() as writer:
                for key, text in part:
                    writer.update_document(key=key, t=text)
        with index.searcher() as searcher:
            assert sorted((found["key"], found["t"]) for found in searcher.documents()) == sorted(dict(updates).items())


def test_a_number_may_be_what_tells_documents_apart(tmp_path: Path) -> None:
    index = WhooshIndex(
        Store.create(tmp_path / "index", {}), fields.Schema(number=fields.NUMERIC(unique=True, stored=True), t=fields.STORED())
    )
    for text in ("old", "new"):
        with index.writer() as writer:
            for number in (-7, 0, 7):
                writer.update_document(number=number, t=f"{text} {number}")
    with index.searcher() as searcher:
        assert [found["t"] for found in searcher.documents()] == ["new -7", "new 0", "new 7"]
        assert searcher.document(number=-7)["t"] == "new -7"


def test_the_schema_is_kept_as_data_and_found_again(ours: WhooshIndex) -> None:
    again = WhooshIndex(Store.open(ours._store.path))
    assert {"path", "title", "body", "size", "note"} <= set(again.schema.names())
    with again.searcher() as searcher:
        assert len(searcher.search(query.Phrase("body", ["brown", "fox"]), limit=None)) == len(_hits(ours, '"brown fox"'))
        assert len(searcher.search(qparser.QueryParser("size", again.schema).parse("[-3 TO 2]"), limit=None)) == len(
            _hits(ours, "size:[-3 TO 2]")
        )
        assert searcher.document(path="/8")["note"] == {"number": 8, "text": "注"}
    assert b"whoosh" not in (ours._store.path / "searcher-index.json").read_bytes()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": fields.NUMERIC()},
        {"size": fields.TEXT()},
        {"title": fields.TEXT(phrase=False)},
        {"plain": fields.TEXT()},
        {"id": fields.NUMERIC()},
        {"keyword": fields.TEXT()},
    ],
)
def test_a_field_does_not_change_its_kind(ours: WhooshIndex, wrong: dict[str, fields.FieldType]) -> None:
    with pytest.raises((IndexMismatch, ValueError), match="the field '"):
        WhooshIndex(ours._store, fields.Schema(**wrong))


def test_a_record_of_another_kind_is_refused_by_name(ours: WhooshIndex) -> None:
    with ours._store.writer() as writer:
        with pytest.raises(InvalidDocument, match=r"'size' holds numbers in this index, not terms.*rebuild"):
            writer.add(Record("1", {"size": Terms(["a"])}))
        writer.cancel()


def test_a_field_added_later(tmp_path: Path) -> None:
    index = WhooshIndex(Store.create(tmp_path / "index", {}), fields.Schema(a=fields.TEXT(stored=True)))
    index.add_field("b", fields.NUMERIC(sortable=True))
    with index.writer() as writer:
        writer.add_document(a="x", b=3)
    assert len(index.searcher().search(query.NumericRange("b", 1, 5))) == 1
    with pytest.raises(NotImplementedError, match="schema"):
        index.remove_field("b")


# --- writers, readers and their errors


def test_an_index_without_documents(tmp_path: Path) -> None:
    index = WhooshIndex(Store.create(tmp_path / "index", {}), _schema())
    assert index.is_empty() and index.doc_count() == index.doc_count_all() == 0
    with index.searcher() as searcher:
        assert len(searcher.search(qparser.QueryParser("body", index.schema).parse("fox size:[1 TO 3]"))) == 0


def test_searchers_know_when_they_are_old(tmp_path: Path) -> None:
    index = WhooshIndex(Store.create(tmp_path / "index", {}), fields.Schema(a=fields.TEXT(stored=True)))
    with index.writer() as writer:
        writer.add_document(a="one")
    searcher = index.searcher()
    assert searcher.up_to_date() and searcher.refresh() is searcher
    with index.writer() as writer:
        writer.add_document(a="two")
    assert not searcher.up_to_date()
    fresh = searcher.refresh()
    assert (fresh.doc_count(), index.latest_generation(), index.up_to_date(), index.refresh()) == (2, 2, True, index)
    assert index.last_modified() > 1e9


def test_a_second_writer_is_told_in_words_that_whoosh_programs_know(tmp_path: Path) -> None:
    index = WhooshIndex(Store.create(tmp_path / "index", {}), fields.Schema(a=fields.TEXT(stored=True)))
    first = index.writer()
    with pytest.raises(LockError, match="being written by process"):
        index.writer()
    later = AsyncWriter(index, delay=0.02)
    later.add_document(a="later")
    later.commit()
    first.add_document(a="first")
    first.commit()
    later.join(10)
    assert [found["a"] for found in index.searcher().documents()] == ["first", "later"]


def test_a_writer_sees_its_deletions_and_forgets_them(tmp_path: Path) -> None:
    index = WhooshIndex(Store.create(tmp_path / "index", {}), fields.Schema(id=fields.ID(unique=True, stored=True), a=fields.TEXT))
    with index.writer() as writer:
        writer.add_document(id="1", a="old one")
        writer.add_document(id="2", a="old")
        writer.add_document(id="2", a="old two")  # the document's own id: it replaces
    assert index.doc_count() == 2
    writer = index.writer()
    assert [writer.delete_by_term("a", "old"), writer.delete_by_term("a", "old")] == [2, 0]
    writer.cancel()
    assert index.doc_count() == 2
    with pytest.raises(IndexingError):
        writer.add_document(id="3")
    writer = index.writer()
    writer.add_document(id="3", a="new")
    writer.commit(mergetype=writing.CLEAR)
    assert [found["id"] for found in index.searcher().documents()] == ["3"]


@pytest.mark.parametrize(
    ("document", "error", "says"),
    [
        ({"x": "1"}, fields.UnknownFieldError, "No field named 'x'"),
        ({"title": "a", "_title_boost": 2.0}, ValueError, "boost in the query"),
        ({"title": 3}, ValueError, "is not text"),
        ({"size": [1, 2]}, ValueError, "one number"),
        ({"size": 2**40}, ValueError, "out of range"),
        ({"note": object()}, InvalidDocument, "JSON"),
    ],
)
def test_a_refused_document_leaves_nothing(tmp_path: Path, document: dict[str, Any], error: type[Exception], says: str) -> None:
    index = WhooshIndex(Store.create(tmp_path / "index", {}), _schema())
    with index.writer() as writer:
        with pytest.raises(error, match=says):
            writer.add_document(path="/x", **document)
        writer.add_document(path="/y", title="right")
    assert [found["path"] for found in index.searcher().documents()] == ["/y"]
    with index.writer() as writer, pytest.raises(error, match=says):
        writer.update_document(path="/y", **document)
    assert [found["title"] for found in index.searcher().documents()] == ["right"]


def test_what_is_not_offered_says_so(ours: WhooshIndex) -> None:
    with pytest.raises(ValueError, match="dynamic"):
        schema = fields.Schema()
        schema.add("*_t", fields.TEXT, glob=True)
        WhooshIndex(ours._store, schema)
    with pytest.raises(ValueError, match="boost"):
        WhooshIndex(ours._store, fields.Schema(heavy=fields.TEXT(field_boost=2.0)))
    writer = ours.writer()
    assert isinstance(writer, WhooshWriter)
    with pytest.raises(NotImplementedError, match="add its documents"):
        writer.add_reader(ours.reader())
    with pytest.raises(IndexingError, match="cannot be deleted"):
        writer.delete_document(10**6)
    writer.cancel()


def test_reading_never_unpickles(ours: WhooshIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoosh's own formats unpickle positions: not one byte of ours goes that way, whatever formats a program's schema has."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("something was unpickled")

    for module in ("whoosh.formats", "whoosh.codec.whoosh3", "whoosh.columns", "whoosh.index", "whoosh.filedb.structfile"):
        found = sys.modules.get(module)
        for name in ("loads", "load"):
            if hasattr(found, name):
                monkeypatch.setattr(found, name, refuse)
    monkeypatch.setattr(pickle, "loads", refuse)
    index = WhooshIndex(ours._store, fields.Schema(path=fields.ID(stored=True), body=fields.TEXT(chars=True)))
    assert len(_hits(index, '"brown fox"')) == len(_hits(ours, '"brown fox"')) > 0


def test_writing_and_searching_load_no_whoosh(tmp_path: Path) -> None:
    """It takes as long to import as a small commit does to write."""
    code = f"""
import sys
from searcher.engine import Record, Request, Store, Term, Terms, build_run
store = Store.create({str(tmp_path / "index")!r}, {{}})
for commit in range(2):
    with store.writer() as writer:
        writer.add(Record("1", {{"words": Terms(["a"])}}))
        writer.adopt(build_run([Record("2", {{"words": Terms(["a"])}})], {str(tmp_path)!r}))
assert store.snapshot().search(Request(Term(("words",), "a")), limit=1).total == 2
assert not [name for name in sys.modules if name.startswith("whoosh")]
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_a_writer_deletes_is_there_for_readers_until_the_commit(tmp_path: Path) -> None:
    """Also where some of a segment was deleted before, so that there is a list of deletions."""
    index = WhooshIndex(Store.create(tmp_path / "index", {}), fields.Schema(path=fields.ID(unique=True, stored=True)))
    with index.writer() as writer:
        for number in range(20):
            writer.add_document(path=f"/{number}")
    with index.writer() as writer:
        writer.delete_by_term("path", "/0")
    writer = index.writer()
    writer.delete_by_term("path", "/1")
    assert index.doc_count() == 19
    writer.commit()
    assert index.doc_count() == 18

"""An index from a stranger, whose checksums are right: what it keeps of documents, of files and of itself may be anything."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from searcher import Document, Index, IndexDamaged, IndexMismatch, IndexUnsupported, Location, SearcherError
from searcher.engine import Store
from searcher.records import indexing
from searcher.records.indexing import record_of
from searcher.records.kept import are_ours
from searcher.records.storing import values_of
from searcher.updating.description import FORMAT, stamped
from tests.conftest import Indexed

DOCUMENT = Document(
    id="/x/a.txt",
    title="商湯科技",
    text="商汤科技。\n上市。" * 7,
    path="/x/a.txt",
    source="/x/a.txt",
    date="2021",
    metadata={"author": "小王", "category": ("甲", "乙")},
    locations=(Location(0, "line", "3"), Location(0, "page", "1"), Location(9, "page", "2")),
    numbers={"price": 1.5, "count": 2},
)
RIGHT = values_of(DOCUMENT, (0, 4000))

KINDS = {name: {type(value), *([type(None)] if name in ("path", "source", "date") else [])} for name, value in RIGHT.items()}
"""Of what type each of these values can be."""

USES: dict[str, Callable[[Index], object]] = {
    "search": lambda index: [(hit.title, hit.snippets, hit.copies) for hit in index.search("商汤 上市")],
    "like": lambda index: index.like(DOCUMENT.id),
    "document": lambda index: index.document(DOCUMENT.id),
    "all": list,
    "why": lambda index: index.why("商汤", DOCUMENT.id),
    "facets": lambda index: index.facets("商汤", "author"),
    "status": lambda index: (index.status(), index.notices, index.doubtful_encodings()),
    "complete": lambda index: index.complete("商"),
}


def _wrong_values() -> Iterator[dict[str, Any]]:
    columns = ({"page": 5}, {"line": [[0], ["1", "2"]]}, {"page": [["0"], ["1"]]}, {"page": [[0, 9], ["1"]]})
    junk = (None, 5, 1.5, True, "x", [], {}, [1], {"a": 5}, {"a": [5]}, {"9" * 5000: 1}, {"²": 1}, {"4000": 1.5}, *columns)
    for name in RIGHT:
        yield {other: value for other, value in RIGHT.items() if other != name}
        yield from ({**RIGHT, name: wrong} for wrong in junk)


def _holding(path: Path, values: dict[str, Any]) -> None:
    """An index of one document, of which it keeps these values."""
    with Index.create(path) as index, Store.open(path).writer() as writer:
        writer.add(dataclasses.replace(record_of(DOCUMENT), values=values))
        writer.commit(meta=stamped(Store.open(path).meta, index._dictionary))


def test_what_we_keep_is_ours() -> None:
    assert are_ours(json.loads(json.dumps(RIGHT)))
    assert are_ours({name: value for name, value in RIGHT.items() if name != "plain"})  # as what was indexed earlier


@pytest.mark.parametrize("name", RIGHT)
def test_strange_values_are_damage_which_a_rebuild_mends(tmp_path: Path, name: str) -> None:
    """Whatever is asked, nothing but the answer or an error of ours; what looks like ours is tried each, of what does not, two."""
    strange = [wrong for wrong in _wrong_values() if wrong.get(name) != RIGHT[name]]
    others = [wrong for wrong in strange if not are_ours(wrong)]
    for number, values in enumerate((*(wrong for wrong in strange if are_ours(wrong)), *others[:1], *others[-1:])):
        path = tmp_path / str(number)
        _holding(path, values)
        with Index.open(path) as index:
            if are_ours(values):  # another value, but one that a document can have
                assert name not in values or type(values[name]) in KINDS[name]
                for use in USES.values():
                    use(index)
                assert len(list(index.check())) == len(index.rebuild().skipped), "an id may be empty, and a number have a strange name"
                continue
            for use in ("search", "all", "document", "why", "like"):
                with pytest.raises(IndexDamaged, match="no document"):
                    USES[use](index)
            for use in ("facets", "status", "complete"):
                _tried(USES[use], index)
            assert list(index.check()) == [f"{DOCUMENT.id}: what is stored of it is no document"]
            report = index.rebuild()
            assert not list(index.check())
            assert [(skipped.path, skipped.reason) for skipped in report.skipped] == [(DOCUMENT.id, "damaged")]
            assert len(index) == 0
            index.add([DOCUMENT])
            assert index.search("商汤").total == 1


def _tried(use: Callable[[Index], object], index: Index) -> None:
    with contextlib.suppress(SearcherError):
        use(index)


@pytest.mark.parametrize(
    "wrong",
    [
        {"user_words": 5},
        {"user_words": "港交所"},
        {"user_words": [1, None]},
        {"user_words": [["a"]]},
        {"synonyms": 5},
        {"synonyms": [1]},
        {"synonyms": {"软件": 5}},
        {"synonyms": {"软件": [5]}},
        {"fingerprints": 5},
        {"fingerprints": None},
        {"updated": 5},
        {"updated": "2021-13-05T00:00:00+00:00"},
        {"updated": "0001-01-01T00:00:00+14:00"},
        {"format": "1"},
    ],
)
def test_an_index_that_describes_itself_strangely_wants_a_rebuild(tmp_path: Path, wrong: dict[str, Any]) -> None:
    path = tmp_path / "index"
    with Index.create(path) as index:
        index.add([DOCUMENT])
    store = Store.open(path)
    with store.writer() as writer:
        writer.commit(meta={**store.meta, **wrong})
    with pytest.raises(IndexMismatch, match="searcher rebuild"):
        Index.open(path)
    with Index.open(path, outdated=True) as index:
        for use in USES.values():
            use(index)
        index.rebuild()
    with Index.open(path) as index:
        assert index.search("商汤").total == 1


def test_an_index_of_a_newer_format_is_left_to_a_newer_program(tmp_path: Path) -> None:
    """A rebuild by this one could give up what it does not know."""
    path = tmp_path / "index"
    with Index.create(path) as index:
        index.add([DOCUMENT])
    store = Store.open(path)
    with store.writer() as writer:
        writer.commit(meta={**store.meta, "format": FORMAT + 1})
    for outdated in (False, True):
        with pytest.raises(IndexUnsupported, match=r"does not read \(its documents are kept in format 2, not 1\): update searcher"):
            Index.open(path, outdated=outdated)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"null",
        b"[" * 100_000,
        b'{"roots": [], "files": [[5, 1, 1, "", 1, [], 3]]}',
        b'{"roots": [], "files": [["/a", "1", 1, "", 1, [], 3]]}',
        b'{"roots": [], "files": ["abcdef"]}',
        b'{"roots": [[5, [], false, false, null]], "files": []}',
        b'{"roots": [["/a", [5], false, false, null]], "files": []}',
        b'{"roots": 5, "files": []}',
        b'{"roots": [], "files": [["/a", 1, 1, "", 1, [["/a", "r", [1]]], 3]]}',
    ],
)
def test_a_strange_list_of_files_is_damage_which_a_rebuild_mends(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "index"
    with Index.create(path) as index:
        index.add([DOCUMENT])
    with Store.open(path).writer() as writer:
        writer.commit(attachments={"catalogue": data})
    with Index.open(path) as index:
        assert index.search("商汤").total == 1
        for use in (index.status, lambda: index.sync([tmp_path])):
            with pytest.raises(IndexDamaged, match="list of files"):
                use()
        index.rebuild()
        assert index.status().documents == 1


@pytest.mark.parametrize("label", ["²", "9" * 5000, "x", ""])
def test_a_line_may_be_called_anything(indexed: Indexed, label: str) -> None:
    index = indexed(dataclasses.replace(DOCUMENT, locations=(Location(0, "line", label),)))
    assert index.search("上市").hits[0].snippets[0].line is None


def test_metadata_may_have_the_names_of_ours(indexed: Indexed) -> None:
    index = indexed(
        dataclasses.replace(DOCUMENT, metadata={"encoding_confidence": "high", "encoding_errors": "many", "encoding": ("a", "b")})
    )
    assert index.doubtful_encodings()[0].confidence == 1


def test_the_analysis_of_what_is_long_is_not_kept() -> None:
    """An author is in common to many records; a document of a program may have one of any length."""
    kept = indexing._short_analyzed.cache_info().misses
    record_of(Document(id="1", title="题", text="文", metadata={"author": "商汤科技" * indexing.LONGEST_KEYWORD}))
    assert indexing._short_analyzed.cache_info().misses - kept <= 1, "no more than the file's name"
    for number in range(3):
        record_of(Document(id=str(number), title="题", text="文", metadata={"author": f"作者{kept}"}))
    assert indexing._short_analyzed.cache_info().misses - kept <= 2

"""A writer's changes: what a model says is what a reader sees."""

from __future__ import annotations

import errno
import gc
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.engine import disk
from searcher.engine import store as stores
from searcher.engine import toc as tocs
from searcher.engine.commits import lock as locks
from searcher.engine.commits.runs import build_run
from searcher.engine.nodes import Keyword, Term
from searcher.engine.record import Part, Record, Terms
from searcher.engine.segment import file as segment_file
from searcher.engine.segment.field_texts import FieldTexts
from searcher.engine.segment.file import FileSegment
from searcher.engine.store import Store
from searcher.engine.writing import container as container_writing
from searcher.engine.writing import merge_policy
from searcher.engine.writing import segment as segment_writing
from searcher.engine.writing import stored as stored_writing
from searcher.engine.writing.segment import SegmentWriter
from searcher.errors import IndexLocked, IndexUnwritable, InvalidDocument
from tests.engine.making import content, record, written
from tests.engine.memory_segment import MemorySegment

ids = st.sampled_from("abcdefgh")
action = st.one_of(
    st.tuples(st.just("add"), ids, st.sampled_from(("k:1", "k:2"))),
    st.tuples(st.just("remove"), ids, st.none()),
    st.tuples(st.just("remove_keyword"), st.sampled_from(("k:1", "k:2", "k:3")), st.none()),
    st.tuples(st.just("adopt"), st.text("abcdefgh", min_size=1, max_size=5), st.sampled_from(("k:1", "k:2"))),
    st.tuples(st.just("relabel"), st.permutations("abcdefgh"), st.sampled_from(("k:1", "k:2"))),
    st.tuples(st.just("commit"), st.none(), st.none()),
    st.tuples(st.just("commit whole"), st.none(), st.none()),
    st.tuples(st.just("cancel"), st.none(), st.none()),
)
Model = dict[str, tuple[str, str]]


@settings(max_examples=30)
@example([("add", "a", "k:1"), ("adopt", "ab", "k:2"), ("commit", "", "")], 10**6, 4)
@given(st.lists(action, max_size=30), st.sampled_from((1, 8, 20, 10**6)), st.sampled_from((1, 4)))
def test_any_order_of_changes(actions: list[tuple[str, str, str]], spill: int, between: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(segment_writing, "SPILL", spill),
        mock.patch.object(segment_writing, "DOCUMENTS", max(1, spill // 4)),
        mock.patch.object(segment_file, "BETWEEN", between),
    ):
        store = Store.create(Path(folder, "index"), {})
        committed: Model = {}
        model: Model = {}
        writer = store.writer()
        for number, (name, what, keyword) in enumerate((*actions, ("commit", "", ""))):
            if name == "add":
                text = f"text {number}"
                assert writer.add(record(what, text, keywords=(keyword,))) == (model.pop(what, None) is not None)
                model[what] = (text, keyword)
            elif name == "remove":
                assert writer.remove(what) == (model.pop(what, None) is not None)
            elif name == "remove_keyword":
                gone = [id for id, (_, held) in model.items() if held == what]
                assert writer.remove_keyword(what) == len(gone)
                for id in gone:
                    del model[id]
            elif name == "adopt":
                writer.adopt(build_run([record(id, f"run {number}", keywords=(keyword,)) for id in what], folder))
                for id in what:
                    model.pop(id, None)
                    model[id] = (f"run {number}", keyword)
            elif name == "relabel":
                named = {old: new for old, new in zip("abcd", what, strict=False) if old in model}
                writer.relabel({old: Record(new, {}, (keyword,), {}, {"id": new}, "", ()) for old, new in named.items()})
                moved = [(named[id], text) for id, (text, _) in model.items() if id in named]
                for id in (*named, *named.values()):
                    model.pop(id, None)
                model.update({id: (text, keyword) for id, text in moved})
            else:
                if name != "cancel":
                    whole = name == "commit whole"
                    writer.commit(whole=whole)
                    committed = dict(model)
                    assert not whole or len(store.snapshot().segments) <= 1
                else:
                    writer.cancel()
                    model = dict(committed)
                _same(store, committed)
                writer = store.writer()
        writer.cancel()
        assert {path.name.split(".")[-1] for path in Path(folder, "index").iterdir()} <= {"seg", "del", "json", "lock"}


@pytest.mark.parametrize("others", [100, 3000])
@pytest.mark.parametrize(("name", "most"), [("0050#{:04}", 0), ("{:04}", 100), ("{:04}#", 200)])
def test_what_a_run_replaces_is_found_without_reading_all_ids(
    others: int, name: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many other documents there are; and none of them where all of a run lies between two, as the records of a new file do."""
    store = Store.create(tmp_path / "index", {})
    ids = [name.format(number * others // 50) for number in range(50)]
    with store.writer() as writer:
        for number in range(others):
            writer.add(record(f"{number:04}"))
    run, read = build_run([record(id, "new") for id in reversed(ids)], str(tmp_path)), list[int]()
    encoded = FieldTexts.encoded
    with store.writer() as writer:
        monkeypatch.setattr(FieldTexts, "encoded", lambda texts, every: read.append(len(every)) or encoded(texts, every))
        writer.adopt(run)
        monkeypatch.undo()
    assert read[0] == 50 and sum(read[1:]) <= most * segment_file.BETWEEN
    snapshot = store.snapshot()
    assert sorted(map(snapshot.id, snapshot.handles())) == sorted({*ids, *(f"{number:04}" for number in range(others))})
    assert {snapshot.text(handle) for id in ids if (handle := snapshot.find(id)) is not None} == {"new"}


def _same(store: Store, model: Model) -> None:
    snapshot = store.snapshot()
    handles = list(snapshot.handles())
    assert all(stored.live for stored in snapshot.stored), "no segment is there for nothing"
    assert [(snapshot.id(handle), snapshot.text(handle)) for handle in handles] == [(id, text) for id, (text, _) in model.items()]
    assert snapshot.count == len(model)
    assert [snapshot.find(id) for id in model] == handles
    for keyword in ("k:1", "k:2"):
        assert snapshot.matching(Keyword(keyword)) == sum(held == keyword for _, held in model.values())
    assert not list(store.check())


def test_a_context_commits_or_cancels(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("1", "one"))
    with pytest.raises(RuntimeError), store.writer() as writer:
        writer.add(record("2", "two"))
        raise RuntimeError
    assert store.snapshot().count == 1
    with pytest.raises(ValueError, match="has ended"):
        writer.add(record("3"))


def test_a_refused_record_changes_nothing(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("1", "one"))
        with pytest.raises(InvalidDocument):
            writer.add(record("1", "two", numbers={"n": 2**70}))
    snapshot = store.snapshot()
    assert [snapshot.text(handle) for handle in snapshot.handles()] == ["one"]


BLOCKS = ("中文", "甲乙丙", "末")


def _in_parts(id: str, blocks: Sequence[str] = BLOCKS, wrong: bool = False) -> Record:
    """A record of one text, a gram for each character, that comes block by block."""

    def parts() -> Iterator[Part]:
        position = 0
        for block in blocks:
            yield Part(block, position, {"grams": Terms(list(block), range(position, position + len(block))), "words": Terms([block])})
            position += len(block)
        if wrong:
            yield Part("x", position, {"grams": Terms(["x"])})

    return Record(id, {"grams": Terms([], []), "words": Terms([])}, ("k:1",), {"n": 7}, {"id": id}, "", (), parts())


def test_a_long_text_may_come_in_parts(tmp_path: Path) -> None:
    text = "".join(BLOCKS)
    whole = record("2", text, keywords=("k:1",), numbers={"n": 7})
    whole = replace(whole, fields={**whole.fields, "words": Terms(list(BLOCKS))}, blocks=((0, 0), (2, 2), (5, 5)))
    path = tmp_path / "s"
    segment = written(path, [record("1", "前"), _in_parts("2"), record("3", "後")])
    assert content(segment) == content(MemorySegment([record("1", "前"), whole, record("3", "後")]))
    assert [segment.stored.text(number) for number in range(3)] == ["前", text, "後"]
    assert [segment.stored.blocks_of(1, [(place, place)]) for place in (0, 3, 5)] == [[(0, 2)], [(2, 5)], [(5, 6)]]
    assert segment.stored.blocks_of(1, [(0, 3), (3, 3), (0, 3)]) == [(0, 5), (2, 5)]
    assert segment.stored.text(1, 1, 4) == text[1:4]


def test_a_part_that_is_wrong_changes_nothing(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("1", "one"))
        for blocks in (BLOCKS, ()):
            for id in ("1", "2"):
                with pytest.raises(InvalidDocument, match="a part has positions"):
                    writer.add(_in_parts(id, blocks, wrong=True))
        writer.add(record("3", "three"))
    snapshot = store.snapshot()
    assert [(snapshot.id(handle), snapshot.text(handle)) for handle in snapshot.handles()] == [("1", "one"), ("3", "three")]
    assert snapshot.matching(Keyword("k:1")) == snapshot.matching(Term(("grams",), "甲")) == 0
    assert not list(store.check())


@pytest.mark.parametrize(("text", "position"), [("x", 1), ("x", -1), ("x", 2**32), ("x", "2"), (b"x", 9)])
def test_a_part_that_no_block_can_be_changes_nothing(tmp_path: Path, text: Any, position: Any) -> None:
    parts = [Part("ab", 2, {}), Part(text, position, {})]
    writer = SegmentWriter(tmp_path / "s")
    writer.add(record("1", "one"))
    with pytest.raises(InvalidDocument):
        writer.add(Record("2", parts=parts))
    writer.add(record("3", "three"))
    segment = FileSegment(writer.finish())
    assert [segment.stored.text(number) for number in segment.stored.numbers()] == ["one", "three"]
    assert segment.all_blocks()[0].tolist() == [1, 1, 1]


def test_meta_and_attachments_come_with_their_commit(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {"a": 1})
    with store.writer() as writer:
        writer.commit(meta={"b": [2, "中"]}, attachments={"catalogue": b"old", "empty": b""})
    before = store.attachment("catalogue")
    with store.writer() as writer:
        writer.add(record("1"))
        writer.commit(attachments={"catalogue": b"new"})
    assert store.meta == {"b": [2, "中"]}
    assert (before, store.attachment("catalogue")) == (b"old", b"new")
    assert (store.attachment("empty"), store.attachment("none")) == (b"", None)
    with store.writer() as writer:
        writer.commit(attachments={"empty": None, "none": None, "other": b"more"})
    assert store.attachments("catalogue", "empty", "none", "other") == (b"new", None, None, b"more")
    assert len(list(store.path.glob("*.att"))) == 2, "and its file is gone"


def test_a_snapshot_stays_as_it_was(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("1", "old"))
    before = store.snapshot()
    assert store.snapshot() is before
    with store.writer() as writer:
        writer.add(record("1", "new"))
        writer.add(record("2", "new"))
    assert [before.text(handle) for handle in before.handles()] == ["old"]
    assert before.matching(Term(("words",), "old")) == 1
    assert store.snapshot().matching(Term(("words",), "new")) == 2


@pytest.mark.skipif(os.name != "posix", reason="what is open is not removed here")
@pytest.mark.parametrize(
    ("module", "name", "asked", "newest"),
    [(stores, "open_stored", lambda store: store.snapshot().count, 2), (tocs, "attachment", lambda store: store.attachment("a"), b"new")],
)
def test_where_a_file_goes_while_a_commit_is_opened_the_next_one_is(
    tmp_path: Path, module: Any, name: str, asked: Callable[[Store], object], newest: object
) -> None:
    """Another writer commits between the table of contents and the files that it names, and removes these."""
    with Store.create(tmp_path / "index", {}).writer() as writer:
        writer.add(record("1"))
        writer.commit(attachments={"a": b"old"})
    opened = getattr(module, name)

    def late(*arguments: Any) -> Any:
        with mock.patch.object(module, name, opened), Store.open(tmp_path / "index").writer() as writer:
            writer.add(record("2"))
            writer.commit(attachments={"a": b"new"}, whole=True)
        return opened(*arguments)

    store = Store.open(tmp_path / "index")
    with mock.patch.object(module, name) as patched:
        patched.side_effect = lambda *arguments: late(*arguments) if patched.call_count == 1 else opened(*arguments)
        assert asked(store) == newest


def test_a_second_writer_waits_then_says_who_holds_the_lock(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    first = store.writer()
    with pytest.raises(IndexLocked, match=rf"being written by process {os.getpid()} on '.+' since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d"):
        store.writer(timeout=0.1)
    threading.Timer(0.2, first.cancel).start()
    store.writer(timeout=10).cancel()


def test_a_lock_may_be_held_over_several_commits(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.locked() as lock:
        for number in range(3):
            with store.writer(lock=lock) as writer:
                writer.add(record(str(number)))
            with pytest.raises(IndexLocked):
                store.writer(timeout=0)
    store.writer(timeout=0).cancel()
    assert store.snapshot().count == 3


@pytest.mark.skipif(os.name != "posix", reason="nobody removes an open file here")
@pytest.mark.parametrize("documents", [0, 1, 2])
@pytest.mark.parametrize("commits", [0, 1, 2])
@pytest.mark.parametrize("removed", ["lock", "index"])
def test_who_has_lost_the_lock_changes_nothing(tmp_path: Path, removed: str, commits: int, documents: int) -> None:
    """Users remove locks that they take for dead, and indexes; then another writer has committed, or is about to, whose files must stay."""
    path = tmp_path / "index"
    store = Store.create(path, {})
    for number in range(documents):
        with store.writer() as writer:
            writer.add(record(str(number), "one text"))
    late = store.writer()
    late.add(record("late", "one text"))
    if removed == "lock":
        (path / locks.FILE).unlink()
    else:
        shutil.rmtree(path)
        Store.create(path, {})
    for number in range(commits):
        with Store.open(path).writer(timeout=0) as writer:
            writer.add(record(f"commit {number}", "one text"))
    with Store.open(path).writer(timeout=0) as writer:
        writer.adopt(build_run([record("other", "one text")], str(tmp_path)))
        with pytest.raises(IndexUnwritable, match="its lock, was removed while it was being written"):
            late.commit()
    snapshot = Store.open(path).snapshot()
    before = [str(number) for number in range(documents)] if removed == "lock" else []
    assert [snapshot.id(handle) for handle in snapshot.handles()] == [*before, *(f"commit {number}" for number in range(commits)), "other"]
    assert not list(Store.open(path).check())


@pytest.mark.skipif(os.name != "posix", reason="nobody removes an open file here")
def test_who_loses_the_lock_within_a_commit_does_not_finish_it(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    late = store.writer()
    late.add(record("late", "one text"))

    def lose(folder: Path) -> None:
        (folder / locks.FILE).unlink()

    with mock.patch.object(disk, "sync_folder", lose), pytest.raises(IndexUnwritable, match="its lock, was removed"):
        late.commit()
    assert not list(Store.open(tmp_path / "index").snapshot().handles())


def test_a_record_that_is_refused_does_not_remove_what_it_would_replace(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("a", "one text"))
    with store.writer() as writer, pytest.raises(InvalidDocument):
        writer.add(replace(record("a", "another text"), numbers={"n": 1 << 64}))
    snapshot = store.snapshot()
    assert [snapshot.text(handle) for handle in snapshot.handles()] == ["one text"]


@pytest.mark.skipif(os.name != "posix", reason="what is open is not removed here")
def test_an_index_that_is_made_anew_is_seen_though_its_files_are_called_and_numbered_as_before(tmp_path: Path) -> None:
    def make(text: str) -> None:
        with Store.create(tmp_path / "index", {}).writer() as writer:
            writer.add(record("a", text))

    make("one")
    store = Store.open(tmp_path / "index")
    earlier = store.snapshot()
    shutil.rmtree(tmp_path / "index")
    make("two")
    for snapshot, text in ((store.snapshot(), "two"), (earlier, "one")):
        assert [snapshot.text(handle) for handle in snapshot.handles()] == [text]


@pytest.mark.skipif(os.name != "posix", reason="nobody removes an open file here")
def test_a_lock_that_is_removed_while_it_is_waited_for_is_no_lock(tmp_path: Path) -> None:
    removed = locks._opened(tmp_path / locks.FILE)
    (tmp_path / locks.FILE).unlink()
    holder, waiting = locks.Lock(tmp_path), locks.Lock(tmp_path)
    holder.acquire(0)
    with mock.patch.object(locks, "_opened", side_effect=[removed, locks._opened(tmp_path / locks.FILE)]), pytest.raises(IndexLocked):
        waiting.acquire(0)
    assert holder.is_held and not waiting.is_held
    holder.release()
    waiting.acquire(0)


def test_a_label_needs_a_document_and_an_id_of_its_own(tmp_path: Path) -> None:
    with Store.create(tmp_path / "index", {}).writer() as writer:
        writer.add(record("1"))
        writer.add(record("2"))
        for labels in ({"3": record("4")}, {"1": record("4"), "2": record("4")}):
            with pytest.raises(ValueError, match="of its own"):
                writer.relabel(labels)


def test_a_forgotten_writer_does_not_hold_the_lock(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    writer = store.writer()
    del writer
    gc.collect()
    store.writer(timeout=0).cancel()


@pytest.mark.parametrize("write", [*range(3, 13), 40, 200])
def test_a_writer_ends_with_the_first_write_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: int) -> None:
    """Of what it was writing some arrays have more than others: who goes on all the same would commit texts of the wrong documents."""
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("1", "old"))
    for name, size in (("VALUES_CHUNK", 30), ("TEXT_CHUNK", 30)):
        monkeypatch.setattr(stored_writing, name, size)
    monkeypatch.setattr(container_writing, "_IN_MEMORY", 8)
    append, calls = container_writing._Spool.append, 0

    def full(spool: Any, values: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == write:
            raise OSError(errno.ENOSPC, "No space left on device")
        append(spool, values)

    monkeypatch.setattr(container_writing._Spool, "append", full)
    writer = store.writer()
    with pytest.raises(IndexUnwritable, match="no space"):
        for number in range(400):
            writer.add(record(str(number), "new " * 9))
    monkeypatch.undo()
    for use in (lambda: writer.add(record("2", "later")), lambda: writer.remove("1"), lambda: writer.remove_keyword("k"), writer.commit):
        with pytest.raises(ValueError, match="has ended"):
            use()
    snapshot = store.snapshot()
    assert [snapshot.text(handle) for handle in snapshot.handles()] == ["old"]
    store.writer(timeout=0).cancel()


def test_opening_reads_the_table_of_contents_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.create(tmp_path / "index", {"kept": 1})
    reading = mock.Mock(side_effect=tocs._read)
    monkeypatch.setattr(tocs, "_read", reading)
    store = Store.open(tmp_path / "index")
    assert (store.meta, store.snapshot().count, store.generation) == ({"kept": 1}, 0, 0)
    assert reading.call_count == 1


@pytest.mark.skipif(not hasattr(os, "pwrite"), reason="writes otherwise here")
def test_a_lock_whose_holder_cannot_be_written_down_is_free_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    lock = locks.Lock(tmp_path)
    with monkeypatch.context() as full:
        full.setattr(os, "pwrite", refuse)
        with pytest.raises(OSError, match="No space"):
            lock.acquire(0)
    locks.Lock(tmp_path).acquire(0)


def test_who_gives_up_waiting_for_a_lock_leaves_no_file_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = locks.Lock(tmp_path)
    holder.acquire(0)
    descriptor = locks._opened(tmp_path / locks.FILE)
    monkeypatch.setattr(locks, "_opened", lambda path: descriptor)
    monkeypatch.setattr(time, "sleep", mock.Mock(side_effect=KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        locks.Lock(tmp_path).acquire(10)
    with pytest.raises(OSError, match=r"Bad file descriptor|handle"):  # the second: Windows
        os.fstat(descriptor)


@pytest.mark.parametrize("named", [b"", b"[" * 1000, b'{"pid": Infinity, "host": "h", "since": "2020-01-01"}', b'{"pid": 1}', b"\xff"])
def test_a_lock_that_names_nobody_is_held_by_somebody(tmp_path: Path, named: bytes) -> None:
    holder = locks.Lock(tmp_path)
    holder.acquire(0)
    (tmp_path / locks.FILE).write_bytes(named)
    with pytest.raises(IndexLocked, match=re.escape("by process ? on ? since ?")):
        locks.Lock(tmp_path).acquire(0)


@pytest.mark.parametrize("before", [b"", b"{" * 900, b'{"pid": 1, "host": "' + b"h" * 500])
def test_a_lock_names_its_holder_whatever_the_file_held_before(tmp_path: Path, before: bytes) -> None:
    (tmp_path / locks.FILE).write_bytes(before)
    holder = locks.Lock(tmp_path)
    holder.acquire(0)
    with pytest.raises(IndexLocked, match=f"by process {os.getpid()} on "):
        locks.Lock(tmp_path).acquire(0)


def test_of_the_name_of_a_host_a_stranger_wrote_no_more_is_told_than_a_line_holds(tmp_path: Path) -> None:
    holder = locks.Lock(tmp_path)
    holder.acquire(0)
    (tmp_path / locks.FILE).write_text(json.dumps({"pid": 1, "host": "h" * 500, "since": "2020-01-01"}), "utf-8")
    with pytest.raises(IndexLocked, match=r"on 'h{100}' since"):
        locks.Lock(tmp_path).acquire(0)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process is not changed there")
def test_since_when_a_lock_is_held_is_told_by_the_clock_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that watches a shared folder may go by UTC."""
    holder = locks.Lock(tmp_path)
    holder.acquire(0)
    (tmp_path / locks.FILE).write_text(json.dumps({"pid": 1, "host": "h", "since": "2026-01-02 03:04:05+00:00"}), "utf-8")
    monkeypatch.setenv("TZ", "Asia/Taipei")
    time.tzset()
    try:
        with pytest.raises(IndexLocked, match=re.escape("since 2026-01-02 11:04:05+08:00")):
            locks.Lock(tmp_path).acquire(0)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_runs_are_built_in_other_processes(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        runs = pool.starmap(_run, [(number, str(tmp_path)) for number in range(3)])
    with store.writer() as writer:
        for run in runs:
            writer.adopt(run)
    snapshot = store.snapshot()
    assert [snapshot.id(handle) for handle in snapshot.handles()] == ["0", "1", "2"]


def _run(number: int, folder: str) -> str:
    return build_run([record(str(number), f"text {number}")], folder)


def test_fields_are_told_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    """An index is the same, whatever hashes the texts have in the process that writes it."""
    names = [f"f{number}" for number in range(30)]
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.adopt(build_run([Record("1", {name: Terms(["a"]) for name in names})], str(tmp_path)))
    assert list(store.snapshot().kinds.indexed)[-30:] == names


@pytest.mark.parametrize("spill", [1, 8, 12, 20, 40])
def test_a_run_larger_than_memory_is_merged(tmp_path: Path, spill: int) -> None:
    """Whether the last part is full or not."""
    store = Store.create(tmp_path / "index", {})
    with mock.patch.object(segment_writing, "SPILL", spill), store.writer() as writer:
        writer.adopt(build_run([record(id, f"{id} {number}") for number, id in enumerate("abcabda")], str(tmp_path)))
    snapshot = store.snapshot()
    assert [snapshot.text(handle) for handle in snapshot.handles()] == ["c 2", "b 4", "d 5", "a 6"]
    assert {path.name for path in tmp_path.iterdir()} == {"index"}


def test_a_run_comes_from_another_file_system_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.create(tmp_path / "index", {})
    run = Path(build_run([record("a", "text")], str(tmp_path)))
    replace_by = Path.replace

    def within_one(path: Path, target: Path) -> Path:
        if path == run:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace_by(path, target)

    monkeypatch.setattr(Path, "replace", within_one)
    with store.writer() as writer:
        writer.adopt(str(run))
    assert not run.exists() and store.snapshot().find("a") is not None


def test_what_an_interrupted_writer_left_is_gone_before_the_next_one_writes(tmp_path: Path) -> None:
    """The disk may be full of it."""
    store = Store.create(tmp_path / "index", {})
    for name in ("1-1.seg", "1-1.0.part", "1-2.att"):
        (tmp_path / "index" / name).write_bytes(b"left")
    writer = store.writer()
    assert {path.name for path in (tmp_path / "index").iterdir()} == {locks.FILE, tocs.FILE, tocs.COPY}
    writer.cancel()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only for this user")
def test_a_read_only_folder_is_one_clear_error(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    (tmp_path / "index").chmod(0o500)
    with pytest.raises(IndexUnwritable, match="ermission"):
        store.writer()


def test_the_share_of_deleted_documents_is_bounded(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    for round in range(12):
        with store.writer() as writer:
            for number in range(round * 7, round * 7 + 40):  # most are there already
                writer.add(record(str(number % 100), f"text of {round}"))
            writer.remove(str(round))
        segments = store.snapshot().segments
        assert len(segments) <= merge_policy.SEGMENTS
        assert all((segment.count - segment.live) * merge_policy.DELETED <= segment.count for segment in segments)


@pytest.mark.skipif(os.name != "posix", reason="needs limits of processes")
@pytest.mark.parametrize("in_memory", [1 << 20, 1000])
def test_a_disk_that_fills_up_at_any_byte_leaves_the_old_state(tmp_path: Path, in_memory: int) -> None:
    """Files can grow up to a limit only, which stands for a disk that is full: all sizes that a commit's files pass through are tried."""
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("1", "old"))
    outcomes = []
    for limit in (0, 1, 100, 500, 1000, 4000, 20_000, 60_000, 10**7):
        command = [sys.executable, "-c", FILLING, str(tmp_path / "index"), str(limit), str(in_memory)]
        child = subprocess.run(command, capture_output=True, text=True, check=False)
        assert child.returncode == 0, child.stderr
        outcomes.append(child.stdout.split()[0])
        expected = ["new"] * 100 if outcomes[-1] == "committed" else ["old"]
        snapshot = Store.open(tmp_path / "index").snapshot()
        assert [snapshot.text(handle)[:3] for handle in snapshot.handles()] == expected
        assert not list(store.check())
        if outcomes[-1] == "unwritable":
            assert "File too large" in child.stdout
    assert outcomes[-1] == "committed"
    assert set(outcomes[:-1]) == {"unwritable"}
    store.writer(timeout=0).cancel()
    assert len(list((tmp_path / "index").iterdir())) <= 5


FILLING = """
import random, resource, sys
from searcher.engine.writing import container as container_writing
from searcher.engine.store import Store
from searcher.errors import IndexUnwritable
from tests.engine.making import record
chance = random.Random(1)
records = [record(str(number), "new " + chance.randbytes(400).hex()) for number in range(1, 101)]
limit, container_writing._IN_MEMORY = map(int, sys.argv[2:])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with Store.open(sys.argv[1]).writer() as writer:
        for one in records:
            writer.add(one)
except IndexUnwritable as error:
    print("unwritable", error)
else:
    print("committed")
"""


@pytest.mark.parametrize("call", range(1, 8))
def test_a_full_disk_leaves_the_old_state(tmp_path: Path, call: int) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("1", "old"))
    calls = 0
    fsync = os.fsync

    def full(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == call:
            raise OSError(28, "No space left on device")
        fsync(descriptor)

    seen = ["old"]
    with mock.patch.object(os, "fsync", full):
        try:
            with store.writer() as writer:
                writer.add(record("1", "new"))
                writer.add(record("2", "new"))
                writer.commit(attachments={"a": b"x"})
        except IndexUnwritable as error:
            assert "no space is left on the disk" in str(error)
            if (tmp_path / "index" / "2-2.att").exists():  # only the flush of the folder failed, behind the switch
                seen = ["new", "new"]
        else:
            assert calls < call
            seen = ["new", "new"]
    snapshot = Store.open(tmp_path / "index").snapshot()
    assert [snapshot.text(handle) for handle in snapshot.handles()] == seen
    store.writer(timeout=0).cancel()
    assert not list(store.check())
    (tmp_path / "index" / tocs.FILE).unlink()
    copied = Store.open(tmp_path / "index").snapshot()
    assert [copied.text(handle) for handle in copied.handles()] == seen, "the copy stands for what there is"

"""Damaged and hostile indexes: a clear error or the right answer, never code that runs, never a wrong answer, never all the memory."""

from __future__ import annotations

import ast
import errno
import json
import os
import random
import re
import shutil
import tracemalloc
import zlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import searcher.engine
from searcher.engine import disk
from searcher.engine import toc as tocs
from searcher.engine.answers import Handle
from searcher.engine.as_whoosh.index import WhooshIndex
from searcher.engine.commits.checking import Damage, Salvaged
from searcher.engine.commits.lock import FILE as LOCK
from searcher.engine.fields import KEYWORDS
from searcher.engine.files.container import END, FOOTER, MAGIC, PAGE, ArrayFile
from searcher.engine.files.stored import Ids, StoredDocuments
from searcher.engine.nodes import AnyOf, Every, NumberRange, Prefix, Run, Term, Wildcard
from searcher.engine.ranking import frequent
from searcher.engine.request import Alternative, Feature, Request
from searcher.engine.segment.field_reader import FieldReader
from searcher.engine.segment.file import FileSegment
from searcher.engine.snapshot import Snapshot
from searcher.engine.store import Store
from searcher.engine.toc import Toc
from searcher.engine.writing.chunks import ChunksWriter
from searcher.engine.writing.container import ArrayFileWriter
from searcher.engine.writing.lists import ListsWriter
from searcher.engine.writing.stored import notes
from searcher.errors import (
    IndexDamaged,
    IndexExists,
    IndexLost,
    IndexMismatch,
    IndexNotFound,
    IndexUnreadable,
    IndexUnsupported,
    IndexUnwritable,
    InvalidDocument,
    SearcherError,
)
from tests.engine.making import content, positions_of, record, spanned, written

TEXTS = ["中国人 hello", "中文 world", "hello 中国 world " * 50]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A small index with a file of deletions and an attachment."""
    with Store.create(tmp_path / "index", {}).writer() as writer:
        for number in range(20):
            writer.add(record(str(number), TEXTS[number % 3], keywords=(f"k:{number}",), numbers={"n": number}))
    with Store.open(tmp_path / "index").writer() as writer:
        writer.remove("3")
        writer.commit(attachments={"a": b"attached"})
    return tmp_path / "index"


def _answers(path: Path) -> Any:
    store = Store.open(path)
    snapshot = store.snapshot()
    handles = list(snapshot.handles())
    return (
        [content(segment) for segment in snapshot.segments],
        [segment.column("n").tolist() for segment in snapshot.segments],
        [(snapshot.id(handle), snapshot.values(handle), snapshot.text(handle), _blocks(snapshot, handle)) for handle in handles],
        snapshot.matching(Run(("grams",), ("中", "国"), (0, 1))),
        snapshot.matching(Prefix(("words",), "h")),
        store.attachment("a"),
    )


def _blocks(snapshot: Snapshot, handle: Handle) -> list[tuple[int, int]]:
    return snapshot.stored[handle._segment].blocks_of(handle._document, [(3, 3)])


def _files(path: Path) -> list[Path]:
    return [path / tocs.FILE, *(file for file in sorted(path.iterdir()) if tocs.NAME.fullmatch(file.name))]


def test_a_changed_byte_never_gives_another_answer(index: Path, tmp_path: Path) -> None:
    right = _answers(index)
    chosen = random.Random(7)
    found = 0
    for file in _files(index):
        data = file.read_bytes()
        for place in {*range(0, 16), *range(len(data) - 60, len(data)), *chosen.sample(range(len(data)), min(40, len(data)))}:
            if not 0 <= place < len(data):
                continue
            file.write_bytes(data[:place] + bytes([data[place] ^ 1 << chosen.randrange(8)]) + data[place + 1 :])
            try:
                assert _answers(index) == right
            except IndexDamaged:
                found += 1
            assert file.name in {damage.file for damage in Store.open(index).check()}, "whether or not an answer needed that byte"
        file.write_bytes(data)
    assert found > 200
    assert _answers(index) == right


@pytest.mark.parametrize("keep", [0, 1, 8, 50, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_damage(index: Path, keep: float) -> None:
    right = _answers(index)
    for file in _files(index):
        data = file.read_bytes()
        file.write_bytes(data[: int(keep * len(data)) if 0 < keep < 1 else int(min(keep, len(data) - 1))])
        if file.name == tocs.FILE:
            assert _answers(index) == right
        else:
            with pytest.raises(IndexDamaged, match="is damaged"):
                _answers(index)
        assert file.name in {damage.file for damage in Store.open(index).check()}
        file.write_bytes(data)


@pytest.mark.parametrize("damaged", [tocs.FILE, tocs.COPY])
def test_a_damaged_table_of_contents_is_read_from_its_copy_and_written_anew(index: Path, damaged: str) -> None:
    right, data = _answers(index), (index / damaged).read_bytes()
    for place in (*range(0, len(data), 7), data.index(b'"version": ') + 11):
        (index / damaged).write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert _answers(index) == right
        assert [damage.file for damage in Store.open(index).check()] == [damaged]
    Store.open(index).writer().commit()
    assert not list(Store.open(index).check())
    assert _answers(index) == right


def _no_space(source: Path, target: Path) -> None:
    """Moves a file, but for the table of contents."""
    if target.name == tocs.FILE:
        raise OSError(28, "No space left on device")
    source.replace(target)


def test_a_commit_never_leaves_a_copy_that_is_older(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _answers(index)
    monkeypatch.setattr(tocs, "_replace", _no_space)
    writer = Store.open(index).writer()
    writer.add(record("new", "hello"))
    with pytest.raises(SearcherError, match="no space is left"):
        writer.commit()
    assert _answers(index) == before
    assert tocs._read(index, tocs.COPY).generation == tocs._read(index, tocs.FILE).generation + 1


def test_an_index_that_could_not_be_made_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        full.setattr(tocs, "_replace", _no_space)
        with pytest.raises(IndexUnwritable, match="no space is left"):
            Store.create(tmp_path / "index", {})
    with pytest.raises(IndexNotFound):
        Store.open(tmp_path / "index")
    assert not list(Store.create(tmp_path / "index", {}).check())


def test_a_table_of_contents_that_is_gone_is_read_from_its_copy(index: Path) -> None:
    right = _answers(index)
    (index / tocs.FILE).unlink()
    assert _answers(index) == right
    assert [(damage.file, damage.what) for damage in Store.open(index).check()] == [(tocs.FILE, "it is missing")]
    with pytest.raises(IndexExists):
        Store.create(index, {})
    (index / tocs.COPY).unlink()
    with pytest.raises(IndexNotFound):
        Store.open(index)


def test_an_older_program_made_no_copy(index: Path) -> None:
    right = _answers(index)
    (index / tocs.COPY).unlink()
    assert _answers(index) == right
    assert not list(Store.open(index).check())


def test_what_is_wrong_is_told_of_the_table_of_contents_and_not_of_its_copy(index: Path) -> None:
    (index / tocs.FILE).write_bytes(b"{")
    (index / tocs.COPY).unlink()
    with pytest.raises(IndexLost, match=f"{tocs.FILE}: "):
        Store.open(index)


def test_without_a_table_of_contents_and_its_copy_nobody_is_sent_to_check_and_rebuild_which_need_one(index: Path) -> None:
    for name in (tocs.FILE, tocs.COPY):
        (index / name).write_bytes((index / name).read_bytes()[:100])
    with pytest.raises(IndexLost) as raised:
        Store.open(index)
    assert "searcher" not in str(raised.value).replace(str(index), "").replace(tocs.FILE, "")
    assert str(raised.value).endswith("delete the folder, and index your files again")


def test_a_table_of_contents_that_never_ends_is_not_read(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tocs, "LONGEST", 100)
    with pytest.raises(IndexDamaged, match="more than 100 bytes"):
        Store.open(index)


STRANGE = {"a pipe": os.mkfifo, "a folder": os.mkdir, "a device": lambda path: path.symlink_to("/dev/zero")} if os.name == "posix" else {}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_is_no_plain_file_is_damage_and_never_waited_for(index: Path, kind: str) -> None:
    for file in _files(index):
        data = file.read_bytes()
        file.unlink()
        STRANGE[kind](file)
        if file.name == tocs.FILE:
            (index / tocs.COPY).unlink()
            with pytest.raises(IndexDamaged, match="no plain file"):
                Store.open(index)
            (index / tocs.COPY).write_bytes(data)
        else:
            with pytest.raises(IndexDamaged, match=f"{file.name}: it is no plain file"):
                _answers(index)
        assert file.name in {damage.file for damage in Store.open(index).check()}
        file.rmdir() if kind == "a folder" else file.unlink()
        file.write_bytes(data)


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("name", [LOCK, f"{tocs.FILE}.new", f"{tocs.COPY}.new", "4-1.seg", "4-2.att", "4-1.del"])
def test_nothing_is_written_through_a_link(index: Path, tmp_path: Path, name: str) -> None:
    precious = tmp_path / "precious"
    for before in (b"what the user owns", None):
        precious.unlink(missing_ok=True)
        if before:
            precious.write_bytes(before)
        (index / name).unlink(missing_ok=True)
        (index / name).symlink_to(precious)
        try:
            with Store.open(index).writer() as writer:
                writer.add(record("new", "hello"))
                writer.remove("7")
                writer.commit(attachments={"a": b"x"})
        except IndexUnwritable as error:
            assert name == LOCK and f"{LOCK}: it is no plain file" in str(error)
        assert before == (precious.read_bytes() if precious.exists() else None)


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_file_is_made_only_where_nothing_stands_not_even_a_link_that_came_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"what the user owns")
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    (tmp_path / "leading nowhere").symlink_to(tmp_path / "nothing")
    for name in ("precious", "link", "leading nowhere"):
        with pytest.raises(FileExistsError):
            disk.create(tmp_path / name)
    assert not (tmp_path / "nothing").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
def test_a_lock_that_is_a_pipe_is_refused(index: Path) -> None:
    (index / LOCK).unlink()
    os.mkfifo(index / LOCK)
    with pytest.raises(IndexUnwritable, match="no plain file"):
        Store.open(index).writer()


def test_a_commit_overwrites_no_file_of_the_one_before(index: Path) -> None:
    """Whatever its table of contents calls them: here as the next commit would."""
    right = _answers(index)

    def ahead(toc: dict[str, Any]) -> None:
        for entry in (*toc["segments"], *toc["attachments"].values()):
            name = f"{toc['generation'] + 1}-1.{entry['file'][-3:]}"
            (index / entry["file"]).rename(index / name)
            entry["file"] = name

    _resigned(index, ahead)
    assert _answers(index) == right
    with Store.open(index).writer() as writer:
        writer.add(record("new", "bye"))
        writer.commit(attachments={"b": b"more"})
    store = Store.open(index)
    assert (store.snapshot().count, store.attachment("a"), store.attachment("b")) == (20, b"attached", b"more")
    assert not list(store.check())


def test_a_file_that_the_system_does_not_give_is_no_damage(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open
    for file in _files(index):
        hidden = {tocs.FILE, tocs.COPY} if file.name == tocs.FILE else {file.name}

        def refuse(path: Any, *arguments: Any, hidden: set[str] = hidden) -> int:
            if Path(path).name in hidden:
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return opened(path, *arguments)

        monkeypatch.setattr(os, "open", refuse)
        with pytest.raises(IndexUnreadable, match=r"permission denied\): check its permissions"):
            _answers(index)
        monkeypatch.undo()


def test_check_names_the_file_and_the_place(index: Path) -> None:
    file = next(index.glob("*.seg"))
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)
    stop = min(1 << 14, int.from_bytes(data[-36:-28], "little"))
    assert [(damage.file, damage.what) for damage in Store.open(index).check()] == [
        (file.name, f"the checksum of bytes 0 to {stop} is wrong")
    ]


def _rewrite(path: Path, section: str, change: Callable[[NDArray[Any]], NDArray[Any]]) -> None:
    """A segment with one array changed, and checksums that are right."""
    read, file = ArrayFile(path), ArrayFileWriter(path.with_suffix(".new"))
    for name, (kind, _, _) in read._sections.items():
        values = read.section(name, kind).all()
        file.append(name, kind, change(values) if name == section else values)
    file.finish(read.notes)
    file.path.replace(path)


def _exchanged(values: NDArray[Any], places: tuple[int, int]) -> NDArray[Any]:
    changed = values.copy()
    changed[list(places)] = values[list(reversed(places))]
    return changed


def test_check_finds_terms_out_of_order(tmp_path: Path) -> None:
    """Thousands of them, so that they fill many groups; what is out of order can be within a group, or be one against the others."""
    words = [f"{number:04}" for number in range(3_000)]
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(record("a", " ".join(words)))
    assert not list(store.check())
    path = store.snapshot().segments[0].path
    right = path.read_bytes()
    number = store.snapshot().segments[0].fields.index("words")
    within = ArrayFile(path).section(f"{number}.texts", "u1").all().tobytes().index(b"00010203") + 1
    for section, places in ((f"{number}.texts", (within, within + 2)), (f"{number}.keys", (3, 4))):
        _rewrite(path, section, lambda values, places=places: _exchanged(values, places))
        [damage] = Store.open(store.path).check()
        assert damage.file == path.name and re.match(r"terms of words are out of order \(group \d+\)", damage.what)
        path.write_bytes(right)


def test_names_of_keywords_that_are_out_of_order_have_an_end(tmp_path: Path) -> None:
    """Whoever goes from name to name, past their values, would be led in a circle."""
    keywords = [f"{name}:{value:03}" for name in "abc" for value in range(300)]
    segment = written(tmp_path / "s", [record("1", "a", keywords=tuple(keywords))])
    section, right = f"{segment.fields.index(KEYWORDS)}.keys", segment.path.read_bytes()
    for place in range(len(segment.file.section(section, "u8")) - 1):
        _rewrite(segment.path, section, lambda keys, place=place: _exchanged(keys, (place, len(keys) - 1)))
        assert len(list(islice(frequent.names(FileSegment(segment.path)), len(keywords) + 1))) <= len(keywords)
        segment.path.write_bytes(right)


def test_what_can_be_read_is_salvaged_and_written_afresh(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {"kept": 1})
    for name in "ab":
        with store.writer() as writer:
            for number in range(3):
                writer.add(record(f"{name}{number}", random.Random(number).randbytes(30_000).hex()))
    with store.writer() as writer:
        writer.remove("b2")
    first, second = (segment.path for segment in store.snapshot().segments)
    data = bytearray(second.read_bytes())
    data[ArrayFile(second)._sections["text"][1] + 17_000] ^= 1
    second.write_bytes(data)
    found = list(Store.open(store.path).salvage())
    assert [one.id for one in found if isinstance(one, Salvaged)] == ["a0", "a1", "a2", "b1"]
    assert ["is lost: the checksum" in one.what for one in found if isinstance(one, Damage)] == [True]
    first.write_bytes(first.read_bytes()[:-1])
    found = list(Store.open(store.path).salvage())
    assert next(one.what for one in found if isinstance(one, Damage)).startswith("3 documents are lost: it is cut off")
    with store.writer(afresh=True) as writer:
        for one in found:
            if isinstance(one, Salvaged):
                writer.add(record(one.id, one.text))
    fresh = Store.open(store.path)
    assert [fresh.snapshot().id(handle) for handle in fresh.snapshot().handles()] == ["b1"]
    assert (fresh.meta, list(fresh.check())) == ({"kept": 1}, [])


def test_a_missing_file_is_damage(index: Path) -> None:
    file = next(index.glob("*.seg"))
    file.unlink()
    with pytest.raises(IndexDamaged, match=f"{file.name}: it is missing"):
        _answers(index)


@pytest.mark.parametrize("documents", [1, 20])
def test_a_file_in_the_place_of_another_is_damage(index: Path, tmp_path: Path, documents: int) -> None:
    """Also one of as many documents."""
    shutil.copy(written(tmp_path / "other", [record(f"x{number}") for number in range(documents)]).path, next(index.glob("*.seg")))
    with pytest.raises(IndexDamaged, match="another file"):
        _answers(index)


def _resigned(index: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes the table of contents and its copy, with checksums that are right."""
    toc = json.loads((index / tocs.FILE).read_bytes())
    del toc["sum"]
    change(toc)
    _write_contents(index, json.dumps({**toc, "sum": tocs._sum(toc)}).encode())


def _write_contents(index: Path, data: bytes) -> None:
    for name in (tocs.FILE, tocs.COPY):
        (index / name).write_bytes(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda toc: toc["segments"][0].update(file="../secret.seg"),
        lambda toc: toc["segments"][0].update(file="/etc/passwd"),
        lambda toc: toc["segments"][0].update(deletions="1-1.del/../../x"),
        lambda toc: toc["segments"][0].update(deletions=0),
        lambda toc: toc["segments"][0].update(deletions=""),
        lambda toc: toc["segments"][0].update(deletions=[]),
        lambda toc: toc["attachments"]["a"].update(file="searcher-index.lock"),
        lambda toc: toc["segments"][0].update(size="1"),
        lambda toc: toc["segments"][0].update(documents=-1),
        lambda toc: toc["segments"][0].update(documents=1 << 64),
        lambda toc: toc["segments"].append(toc["segments"][0]),
        lambda toc: toc["segments"][0].update(more=1),
        lambda toc: toc.update(segments=3),
        lambda toc: toc.update(meta=[1]),
        lambda toc: toc.update(generation=1.5),
        lambda toc: toc.update(generation=10**300),
        lambda toc: toc.pop("attachments"),
        lambda toc: toc.update(format="other"),
        lambda toc: toc.update(schema="gASVKAAAAAAAAACM"),
        lambda toc: toc.pop("schema"),
        lambda toc: toc["schema"]["indexed"].update(words="whoosh.fields.TEXT"),
        lambda toc: toc["schema"]["indexed"].update(words=["terms"]),
        lambda toc: toc["schema"]["indexed"].pop("id"),
        lambda toc: toc["schema"]["indexed"].update(keyword="positions"),
        lambda toc: toc["schema"].update(indexed=[["id", "id"], ["keyword", "keywords"], [1, "terms"]]),
        lambda toc: toc["schema"].update(stored=[1]),
    ],
)
def test_a_hostile_table_of_contents_is_refused(index: Path, change: Callable[[dict[str, Any]], object]) -> None:
    _resigned(index, change)
    with pytest.raises(IndexDamaged):
        Store.open(index)


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff", b"{", b"[" * 100_000, b'{"format": "searcher-index"}', b"\x80\x04."])
def test_another_file_in_the_place_of_the_table_of_contents(index: Path, data: bytes) -> None:
    _write_contents(index, data)
    with pytest.raises(IndexLost, match="nor its copy can be read"):
        Store.open(index)


def test_a_schema_that_the_segments_do_not_confirm_is_a_mismatch(index: Path) -> None:
    right = _answers(index)
    _resigned(index, lambda toc: toc["schema"]["indexed"].update(words="numbers"))
    store = Store.open(index)
    for use in (store.writer, lambda: WhooshIndex(store)):
        with pytest.raises(IndexMismatch, match=r"'words' holds numbers in this index, not terms.*searcher rebuild"):
            use()
    assert _answers(index) == right
    store.writer(timeout=0, afresh=True).cancel()


@pytest.mark.parametrize("version", [1, 99])
def test_another_version_is_named(index: Path, version: int) -> None:
    _resigned(index, lambda toc: toc.update(version=version))
    with pytest.raises(IndexUnsupported, match=rf"format {version}, this program reads 2\): update searcher"):
        Store.open(index)


@pytest.mark.parametrize("format", [2, 99])
def test_a_segment_of_another_format_is_named(tmp_path: Path, format: int) -> None:
    file = ArrayFileWriter(tmp_path / "s")
    file.append("documents.sizes", "u4", np.zeros(3))
    file.finish({**notes(3, [], [], []), "format": format})
    with pytest.raises(IndexUnsupported, match=rf"s: format {format}, this program reads 3\): update searcher"):
        FileSegment(tmp_path / "s")


@pytest.mark.parametrize(
    "change", [{"documents": 1 << 30}, {"documents": True}, {"fields": [["f", True, -1]]}, {"fields": [["f", True, 10**400]]}]
)
def test_hostile_notes_of_a_segment_are_damage(tmp_path: Path, change: dict[str, Any]) -> None:
    """A document and a position in it are one integer, and a field's length is divided by: neither is any number."""
    file = ArrayFileWriter(tmp_path / "s")
    file.append("documents.sizes", "u4", np.zeros(1))
    file.finish({**notes(1, [("f", True, 5)], [], []), **change})
    with pytest.raises(IndexDamaged, match="its notes are not those of a segment"):
        FileSegment(tmp_path / "s")


def test_no_index_and_one_that_is_there(index: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound, match="build one"):
        Store.open(tmp_path / "none")
    with pytest.raises(IndexExists, match="already"):
        Store.create(index, {})


def _segment(path: Path, fill: Callable[[ArrayFileWriter], object], documents: int = 3) -> FileSegment:
    """A segment whose checksums are right and whose content may be anything."""
    file = ArrayFileWriter(path)
    file.append("documents.sizes", "u4", np.zeros(documents))
    fill(file)
    file.finish(notes(documents, [("f", True, 5)], ["n"], []))
    return FileSegment(path)


def _lists(file: ArrayFileWriter, name: str, values: list[int], counts: list[int]) -> None:
    lists = ListsWriter(file, name)
    lists.append(np.array(values, np.uint32), np.array(counts, np.int64))
    lists.finish()


def _field(file: ArrayFileWriter, text: bytes = b"a", **wrong: tuple[list[int], list[int]]) -> None:
    """A field of one term `a` in documents 0 and 2, but for what is wrong."""
    right = {"lengths": ([1, 0], [2]), "counts": ([1], [1]), "ids": ([0, 1], [2]), "frequencies": ([0, 0], [2]), "positions": ([3, 4], [2])}
    file.append("0.keys", "u8", np.array([ord("a") << 56], np.uint64))
    file.append("0.ordinals", "u4", np.array(wrong.pop("ordinals", ([0, 1], []))[0]))
    texts = ListsWriter(file, "0.texts")
    texts.append_raw(np.frombuffer(text, np.uint8), np.array([0, 1]))
    texts.finish()
    for name, (values, counts) in {**right, **wrong}.items():
        _lists(file, f"0.{name}", values, counts)
    file.append("0.document_lengths", "u4", np.array([1, 0, 1]))


def test_the_hand_made_field_is_right(tmp_path: Path) -> None:
    segment = _segment(tmp_path / "s", _field)
    postings = segment.reader("f").postings(0)
    assert [array.tolist() for array in (postings.having, postings.frequencies)] == [[0, 2], [1, 1]]
    assert [array.tolist() for array in positions_of(segment.reader("f"), 0)] == [[0, 1, 2], [3, 4]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ordinals": ([0, 2**32 - 1], [])},
        {"ordinals": ([5, 6], [])},
        {"lengths": ([1, 2**32 - 1], [2])},
        {"lengths": ([2**32 - 1, 0], [2])},
        {"counts": ([2**32 - 1], [1])},
        {"counts": ([5], [1])},
        {"ids": ([3, 0], [2])},
        {"ids": ([2**32 - 1, 2], [2])},
        {"frequencies": ([2**32 - 1, 2**32 - 1], [2])},
        {"frequencies": ([7, 7], [2])},
    ],
)
def test_hostile_numbers_are_damage(tmp_path: Path, wrong: dict[str, tuple[list[int], list[int]]]) -> None:
    segment = _segment(tmp_path / "s", lambda file: _field(file, **wrong))
    with pytest.raises(IndexDamaged):
        content(segment)


READS: dict[str, Callable[[FieldReader], object]] = {
    "documents": lambda field: field.postings(0).having,
    "span": lambda field: field.span(range(1)).documents,
    "positions": lambda field: positions_of(field, 0),
    "span of positions": lambda field: field.span(range(1)).distances,
}


@pytest.mark.parametrize(
    ("wrong", "reads", "told"),
    [
        ({"ids": ([3, 0], [2])}, ("documents", "span"), "a document that there is not"),
        ({"ids": ([2**32 - 1, 2], [2])}, ("documents", "span"), "a document that there is not"),
        ({"frequencies": ([2**31] * 2, [2]), "positions": ([0, 0], [2])}, ("positions", "span of positions"), "more positions than"),
    ],
)
def test_each_way_to_read_refuses_numbers_that_cannot_be(
    tmp_path: Path, wrong: dict[str, tuple[list[int], list[int]]], reads: tuple[str, ...], told: str
) -> None:
    """Sums of distances that begin anew; a byte that says that any number of positions are 0."""
    for number, name in enumerate(reads):
        segment = _segment(tmp_path / str(number), lambda file: _field(file, **wrong))
        with pytest.raises(IndexDamaged, match=told):
            READS[name](segment.reader("f"))


@pytest.mark.parametrize("terms", [0, 65, 2**32 - 1])
def test_a_group_of_more_terms_than_it_can_have_is_not_unpacked(tmp_path: Path, terms: int) -> None:
    """A byte says that any number of lengths are 0."""
    segment = _segment(tmp_path / "s", lambda file: _field(file, ordinals=([0, terms], []), lengths=([0], [1])))
    with pytest.raises(IndexDamaged, match="groups of too many terms, or none"):
        segment.ordinal("f", "a")


def test_a_table_of_contents_that_counts_otherwise_than_its_segment_is_damage(index: Path) -> None:
    _resigned(index, lambda toc: toc["segments"][0].update(documents=7))
    with pytest.raises(IndexDamaged, match="another file"):
        _answers(index)


@pytest.mark.parametrize("bits", [b"", b"\0\0", b"\0\0\0\0"])
def test_deletions_of_more_or_fewer_documents_are_damage(index: Path, bits: bytes) -> None:
    _rewrite(next(index.glob("*.del")), "deleted", lambda _: np.frombuffer(bits, np.uint8))
    with pytest.raises(IndexDamaged, match=f"{len(bits)} bytes of deletions for 20 documents"):
        _answers(index)


def test_deletions_of_documents_that_there_are_not_delete_none(index: Path) -> None:
    before = [Store.open(index).snapshot().count, *_answers(index)[2:]]
    _rewrite(next(index.glob("*.del")), "deleted", lambda values: values | np.array([0, 0, 0xF0], np.uint8))
    assert [Store.open(index).snapshot().count, *_answers(index)[2:]] == before


@pytest.mark.parametrize("wrong", [{"ids": ([0, 2], [2])}, {"ids": ([3, 0], [2])}, {"counts": ([3], [1])}])
def test_an_id_of_a_document_that_there_is_not_is_damage(tmp_path: Path, wrong: dict[str, tuple[list[int], list[int]]]) -> None:
    """Ids are looked up without numpy, and so without what reads the other fields."""
    assert Ids(_segment(tmp_path / "right", _field).file, "0", 3).documents("a") == [0, 2]
    damaged = _segment(tmp_path / "wrong", lambda file: _field(file, **wrong)).file
    with pytest.raises(IndexDamaged, match=r"a document that there is not|more documents than there are"):
        Ids(damaged, "0", 3).documents("a")


def test_ids_of_more_documents_than_there_are_are_damage(tmp_path: Path) -> None:
    """Each of two ids has fewer; the list of both is unpacked as a whole, and may be of any length."""
    two = {"ordinals": ([0, 2], []), "lengths": ([0, 0, 1], [3]), "counts": ([1, 1], [2]), "ids": ([0, 1, 0, 1], [4])}
    damaged = _segment(tmp_path / "s", lambda file: _field(file, **two)).file
    with pytest.raises(IndexDamaged, match="ids of more documents than there are"):
        Ids(damaged, "0", 3).documents("a")


def test_frequent_terms_that_do_not_say_in_how_many_documents_they_are_are_answered_or_refused(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        for number in range(600):
            writer.add(record(str(number), "ab" if number % 2 else "b"))
    segment = store.snapshot().segments[0]
    _rewrite(segment.path, f"{segment.fields.index('grams')}.counts", lambda values: np.concatenate((values[3:6], values[:3], values[6:])))
    snapshot = Snapshot(store.path, Toc(), [StoredDocuments(segment.path)])
    term, run = Term(("grams",), "b"), Run(("grams",), ("a", "b"), (0, 1))
    assert snapshot.search(Request(term, (Feature((Alternative(term),)),)), limit=None).total == 300
    with pytest.raises(IndexDamaged, match="more or fewer documents"):
        snapshot.matching(run)


def test_a_text_that_does_not_begin_with_its_first_block_is_damage(index: Path) -> None:
    path = next(index.glob("*.seg"))
    _rewrite(path, "blocks.starts", lambda values: values + (np.arange(len(values)) == 5).astype(np.uint32))
    stored = StoredDocuments(path)
    assert stored.text(4) == TEXTS[1]
    with pytest.raises(IndexDamaged, match="document 5 has no block of text, or none that begins it"):
        stored.text(5)


def test_a_term_that_is_no_text_is_damage(tmp_path: Path) -> None:
    segment = _segment(tmp_path / "s", lambda file: _field(file, text=b"\xff"))
    for use in (lambda: segment.reader("f").text(0), lambda: segment.reader("f").texts.decoded(range(1))):
        with pytest.raises(IndexDamaged, match="a term that is no text"):
            use()


def _signed_anew(data: bytes) -> bytes:
    """A file of arrays whose content was changed, with checksums that are right."""
    directory, end, _, _ = FOOTER.unpack_from(data, len(data) - FOOTER.size - END.size)
    sums = b"".join(zlib.crc32(data[start : min(start + PAGE, end)]).to_bytes(4, "little") for start in range(0, end, PAGE))
    sums_of_sums = b"".join(zlib.crc32(sums[start : start + PAGE]).to_bytes(4, "little") for start in range(0, len(sums), PAGE))
    footer = FOOTER.pack(directory, end, end + len(sums), zlib.crc32(sums_of_sums))
    return data[:end] + sums + sums_of_sums + footer + END.pack(zlib.crc32(footer), 0, MAGIC)


def test_what_a_stranger_signed_is_answered_or_refused(index: Path) -> None:
    """SEARCHER_CHANGES sets how many changed indexes are tried (2000 before a release)."""
    chosen, outcomes = random.Random(5), set()
    files = [file for file in _files(index) if file.suffix in (".seg", ".del")]
    whole = {file: file.read_bytes() for file in index.iterdir()}
    for _ in range(int(os.environ.get("SEARCHER_CHANGES", "150"))):
        file = chosen.choice(files)
        data = bytearray(whole[file])
        for _ in range(chosen.choice((1, 1, 2, 8))):
            place = chosen.randrange(8, len(data) - 60)
            data[place : place + 1] = chosen.choice((b"\0", b"\xff", b"\x7f", bytes([data[place] ^ 1 << chosen.randrange(8)])))
        file.write_bytes(_signed_anew(bytes(data)))
        for use in (_asked, _merged):
            try:
                use(index)
                outcomes.add("answered")
            except (IndexDamaged, IndexMismatch, InvalidDocument):  # noqa: PERF203
                outcomes.add("refused")
        for path in index.iterdir():
            path.unlink()
        for path, before in whole.items():
            path.write_bytes(before)
    assert outcomes == {"answered", "refused"}


def _asked(path: Path) -> None:
    """What can be asked of an index, whatever comes."""
    store = Store.open(path)
    snapshot = store.snapshot()
    leaves: tuple[Any, ...] = (Term(("words",), "hello"), Prefix(("words",), "h"), Run(("grams",), ("中", "国"), (0, 1)))
    request = Request(
        AnyOf((*leaves, Wildcard(("words",), "*o*"), NumberRange("n", 3, None))), tuple(Feature((Alternative(leaf),)) for leaf in leaves)
    )
    for match in snapshot.search(request, limit=None).matches:
        snapshot.values(match.handle), snapshot.text(match.handle), _blocks(snapshot, match.handle)
        snapshot.explain(match.handle, request), snapshot.occurrences(match.handle, leaves[2], "grams")
    snapshot.terms("words", "", None), snapshot.keywords(""), snapshot.facet(Every(), "k:"), store.attachment("a")
    for segment in snapshot.segments:
        for field in segment.fields:
            ordinals, reader = segment.term_range(field, "", None), segment.reader(field)
            reader.texts.decoded(ordinals), ordinals and spanned(reader.span(ordinals))
    list(store.salvage())


def _merged(path: Path) -> None:
    with Store.open(path).writer() as writer:
        writer.add(record("5", "hello 中国"))
        writer.commit(whole=True)


def test_sections_beyond_the_file_and_of_strange_types_are_refused(tmp_path: Path) -> None:
    for sections in (
        {"a": ["u8", 8, 10**12]},
        {"a": ["u1", 12, 1]},  # an item never lies on two pages
        {"a": ["O", 8, 1]},
        {"a": ["u1", -8, 1]},
        {"a": ["u1", 3, 1]},
        {"a": 3},
        3,
        {"a": ["u1", 8]},
    ):
        file = ArrayFileWriter(tmp_path / "s")
        file.finish({})
        data = (tmp_path / "s").read_bytes()
        directory = json.dumps({"sections": sections, "notes": {}}).encode()
        body = data[:8] + directory
        sums = zlib.crc32(body).to_bytes(4, "little")
        sums_of_sums = zlib.crc32(sums).to_bytes(4, "little")
        footer = b"".join(n.to_bytes(8, "little") for n in (8, len(body), len(body) + 4)) + zlib.crc32(sums_of_sums).to_bytes(4, "little")
        end = zlib.crc32(footer).to_bytes(4, "little") + bytes(4) + data[-8:]
        (tmp_path / "s").write_bytes(body + sums + sums_of_sums + footer + end)
        with pytest.raises(IndexDamaged, match="directory"):
            ArrayFile(tmp_path / "s")
        (tmp_path / "s").unlink()


def test_an_array_of_another_type_is_damage(tmp_path: Path) -> None:
    """Whichever it is: its bytes, read as other numbers, are none that anybody wrote."""
    texts = ["".join(random.Random(number).choices("abcdefgh ", k=40)) for number in range(64)]
    right = written(tmp_path / "s", [record(f"{number:03}", text, keywords=(text,), numbers={"n": 1}) for number, text in enumerate(texts)])
    data, kinds = right.path.read_bytes(), {"u1": "u4", "u4": "u8", "u8": "i8", "i8": "u8"}
    _read_all(right)
    for name, (kind, _, _) in right.file._sections.items():
        other = ArrayFileWriter(tmp_path / "new")
        for each, (of_each, _, _) in right.file._sections.items():
            raw = right.file.section(each, of_each).all().tobytes()
            other.append(each, kinds[of_each] if each == name else of_each, raw + bytes(-len(raw) % 8) if each == name else raw)
        other.finish(right.file.notes)
        other.path.replace(right.path)
        with pytest.raises(IndexDamaged, match=f"it has no array {re.escape(name)} of {kind}"):
            _read_all(FileSegment(right.path))
        right.path.write_bytes(data)


def _read_all(segment: FileSegment) -> None:
    """All that lies in the file of a segment."""
    content(segment), segment.column("n"), segment.find("001"), segment.text_lengths(), segment.all_blocks()
    for document in range(segment.count):
        segment.stored.values(document), segment.stored.text(document)
    for field in segment.fields:
        segment.lengths(field), segment.lengths_of(field, np.arange(segment.count))


def _append_chunk(chunks: ChunksWriter, raw: bytes, pieces: int) -> None:
    chunks.append_chunks(np.frombuffer(raw, np.uint8), np.array([0, len(raw)]), np.array([pieces]))


@pytest.mark.parametrize(
    "piece",
    [
        b"not zlib",
        zlib.compress(b"\xff\xff\xff\xff"),
        zlib.compress(b"\1\0\0\0\5\0\0\0abc"),
        zlib.compress(b"[1]"),
        zlib.compress(b"\3\0\0\0" + 3 * b"\x08\0\0\0" + 3 * b'["1",{}]' + b" "),
        zlib.compress(b"\2\0\0\0" + 2 * b"\x08\0\0\0" + 2 * b'["1",{}]'),
    ],
)
def test_hostile_chunks_are_damage(tmp_path: Path, piece: bytes) -> None:
    def fill(file: ArrayFileWriter) -> None:
        chunks = ChunksWriter(file, "values", 100)
        _append_chunk(chunks, piece, 3)
        chunks.finish()

    with pytest.raises(IndexDamaged):
        _segment(tmp_path / "s", fill).stored.values(0)


def test_a_chunk_cannot_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(file: ArrayFileWriter) -> None:
        chunks = ChunksWriter(file, "values", 100)
        _append_chunk(chunks, zlib.compress(bytes(10**7)), 1)
        chunks.finish()

    monkeypatch.setattr("searcher.engine.files.chunks.LONGEST", 10**6)
    with pytest.raises(IndexDamaged, match="cut off, or too long"):
        _segment(tmp_path / "s", fill).stored.values(0)


def test_many_chunks_cannot_fill_the_memory_together(tmp_path: Path) -> None:
    def fill(file: ArrayFileWriter) -> None:
        chunks = ChunksWriter(file, "values", 100)
        for number in range(10):
            chunks.append(b'["%d", {}]' % number + b" " * (10**7 if number % 2 else 0))
        chunks.finish()

    stored = _segment(tmp_path / "s", fill, documents=10).stored
    tracemalloc.start()
    try:
        assert [stored.values(number) for number in range(10)] == [(str(number), {}) for number in range(10)]
        assert tracemalloc.get_traced_memory()[0] < 10**6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("values", [b"[]", b'["id"]', b"[1, {}]", b'["id", []]', b"[" * 10_000, b"\xff"])
def test_hostile_values_are_damage(tmp_path: Path, values: bytes) -> None:
    def fill(file: ArrayFileWriter) -> None:
        chunks = ChunksWriter(file, "values", 100)
        chunks.append(values)
        chunks.finish()

    with pytest.raises(IndexDamaged):
        _segment(tmp_path / "s", fill).stored.values(0)


def test_nothing_in_the_engine_can_run_what_it_reads() -> None:
    """No pickle, no marshal, no shelve, no eval, no exec, and numpy's loader, which unpickles, neither."""
    for file in Path(searcher.engine.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = {alias.name for alias in node.names} | ({node.module} if isinstance(node, ast.ImportFrom) else set())
                assert not names & {"pickle", "marshal", "shelve", "dill", "copyreg"}, file
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                assert name not in {"eval", "exec", "__import__"}, file
                assert not (
                    name in {"load", "fromfile"} and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "np"
                )


def test_errors_are_ours(index: Path) -> None:
    with pytest.raises(SearcherError):
        Store.open(index / tocs.FILE)
    assert Store.open(index).snapshot().matching(Term(("words",), "world")) == 13

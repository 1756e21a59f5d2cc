"""What is left of a damaged index is saved, and the rest is read again."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from searcher import Document, Index, IndexDamaged, IndexUnreadable, IndexUnsupported
from searcher.engine import toc
from searcher.engine.files import stored
from searcher.engine.files.container import ArrayFile
from searcher.engine.writing import stored as stored_writing
from searcher.updating import workers


def damage(index: Path) -> None:
    """Flip a byte in the largest file of an index, which holds its documents."""
    file = max(index.glob("*.seg"), key=lambda file: file.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


@pytest.fixture
def path(tmp_path: Path, folder: Path) -> Path:
    with Index.create(tmp_path / "index") as index:
        index.sync([folder])
    return tmp_path / "index"


def test_a_damaged_index_is_named_then_mended(path: Path, folder: Path) -> None:
    damage(path)
    with Index.open(path) as index:
        assert index.check(), "what it tells is as true as it is long: no generator"
    with Index.open(path, outdated=True) as index:
        report = index.rebuild()
        assert report.documents < 3
        assert report.skipped
        assert report.notices == ("what is lost comes back with `searcher index`, if its files are still there",)
        assert index.check() == ()
        index.sync([folder])
        assert len(index) == 3
        assert not index.rebuild().notices
        assert index.search("商汤科技").total == 2


def test_what_is_wrong_with_a_file_is_told_and_not_once_more_what_is_lost_by_it(path: Path) -> None:
    [file] = path.glob("*.seg")
    data = bytearray(file.read_bytes())
    data[ArrayFile(file)._sections["text"][1] + 20] ^= 0xFF
    file.write_bytes(data)
    with Index.open(path) as index:
        [told] = index.check()
        assert "the checksum of bytes" in told
        assert index.rebuild().skipped


def test_of_a_file_that_is_gone_the_others_are_kept(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        for id in "ab":  # a segment each
            index.add([Document(id=id, title="", text="商汤科技")])
    (tmp_path / "index" / "1-1.seg").unlink()
    with Index.open(tmp_path / "index", outdated=True) as index:
        [told] = index.check()
        report = index.rebuild()
        assert "1-1.seg" in told and "1-1.seg" in str(report.skipped[0])
        assert [document.id for document in index] == ["b"] and not list(index.check())


def test_damage_is_never_a_silent_wrong_answer(path: Path) -> None:
    with Index.open(path) as index:
        before = [hit.id for hit in index.search("商汤科技 上市")]
    damage(path)
    with Index.open(path) as index:
        try:
            assert [hit.id for hit in index.search("商汤科技 上市")] == before
        except IndexDamaged as error:
            assert "searcher check" in str(error)


def test_a_damaged_byte_of_any_page_is_named_and_mended(tmp_path: Path) -> None:
    """Over several segments with all kinds of fields and with deletions: never another answer in silence."""
    path, folder = tmp_path / "index", tmp_path / "files"
    _several_segments(path, folder)
    right, chosen = _answers(path), random.Random(3)
    whole = {file: file.read_bytes() for file in path.iterdir() if file.suffix != ".lock"}
    assert {".seg", ".del", ".att", ".json"} == {file.suffix for file in whole}
    assert sum(file.suffix == ".seg" for file in whole) > 1
    for file, data in whole.items():
        for page in range(0, len(data), 1 << 14):
            place = chosen.randrange(page, min(page + (1 << 14), len(data)))
            file.write_bytes(data[:place] + bytes([data[place] ^ 1 << chosen.randrange(8)]) + data[place + 1 :])
            try:
                assert _answers(path) == right
            except IndexDamaged as error:
                assert file.name in str(error)
            with Index.open(path, outdated=True) as index:
                assert any(file.name in line for line in index.check())
                index.rebuild()
                assert not list(index.check())
                index.sync()
                assert _of_files(index) == _of_files(right[0])
            for made in path.iterdir():
                made.unlink()
            for other, before in whole.items():
                other.write_bytes(before)
    assert _answers(path) == right


def test_files_of_another_format_are_refused_with_a_remedy_and_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index"
    for room in (stored_writing, stored):
        monkeypatch.setattr(room, "FORMAT", 2)
    with Index.create(path) as index:
        index.add(Document("1", "题", "商汤科技"))
    monkeypatch.undo()
    before = {file.name: file.read_bytes() for file in path.iterdir() if file.suffix == ".seg"}
    with Index.open(path, outdated=True) as index:
        for use in (lambda: index.search("商汤"), index.rebuild):
            with pytest.raises(IndexUnsupported, match=r"\.seg: format 2, this program reads 3\): .*index the files anew"):
                use()
    assert {file.name: file.read_bytes() for file in path.iterdir() if file.suffix == ".seg"} == before


def _of_files(documents: Iterable[Document]) -> dict[str, str]:
    return {document.id: document.text for document in documents if document.source}


@pytest.mark.parametrize("how", ["gone", "damaged"])
def test_where_deletions_are_lost_documents_are_kept_and_deleted_ones_do_not_come_back(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is deleted of files is known from the list of files; of other documents nobody knows, and that is said."""
    monkeypatch.setattr(workers, "CHUNK_FILES", 30)  # so few that those of one id lie in several runs
    path, folder = tmp_path / "index", tmp_path / "files"
    folder.mkdir()
    same = [f"same{number}.txt" for number in range(40)]  # so many that what is deleted beside them stays, not merged away
    for name in (*same, "changed.txt", "gone.txt", "moved.txt"):
        (folder / name).write_text(f"商汤科技 {name}", "utf-8")
    (folder / "list.jsonl").write_text("".join(f'{{"id": "{id}", "text": "商汤科技 {id}"}}\n' for id in "abc"), "utf-8")
    others = [Document(f"x{number}", "", "商汤科技", source=f"/elsewhere/{number}" if number % 2 else None) for number in range(40)]
    with Index.create(path) as index:
        index.add(others)
        index.sync([folder])
        (folder / "changed.txt").write_text("改了的文章", "utf-8")
        (folder / "gone.txt").unlink()
        (folder / "moved.txt").rename(folder / "new.txt")
        (folder / "list.jsonl").write_text('{"id": "a", "text": "商汤科技 a"}\n', "utf-8")
        index.sync()
        right = {document.id: document.text for document in index}
        assert len(right) == 40 + 40 + 3
        index.remove("x3")
        assert sum(segment.documents for segment in toc.read(path).segments) - len(index) == 7, "what is deleted is there"
    files = list(path.glob("*.del"))
    assert files
    for file in files:
        file.unlink() if how == "gone" else file.write_bytes(file.read_bytes()[:-1])
    with Index.open(path, outdated=True) as index:
        assert all(".del: " in line for line in index.check()) and list(index.check())
        [*told] = index.rebuild().skipped
        assert [".del" in skipped.path and "had been deleted is lost" in str(skipped.detail) for skipped in told] == [True] * len(told)
        assert not list(index.check())
        assert {document.id for document in index if document.source and ".txt" in document.source} == {
            id for id in right if ".txt" in id
        }, "what the list of files tells is not even there until the next update"
        assert index.sync().unchanged == 42, "all but the list of three"
        assert {document.id: document.text for document in index} == right, "and what it does not tell is read again; x3 is kept"
        assert index.sync().unchanged == 43


def test_several_processes_give_the_same_index(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CHUNK_FILES", 2)
    texts = [f"第{number}篇讲商汤科技" for number in range(7)]
    told: list[list[int]] = [[], []]
    with Index.open(path) as one:
        one.add([Document(str(number), "", text) for number, text in enumerate(texts)])
        one.add([Document("3", "", "改了"), Document("long", "", "长" * (workers.CHUNK_BYTES // 3))])
        shutil.copytree(path, tmp_path / "two")
        with Index.open(tmp_path / "two") as two:
            before = {document.id: document for document in one}
            assert one.rebuild(progress=lambda progress: told[0].append(progress.done)).replaced == 11
            assert two.rebuild(progress=lambda progress: told[1].append(progress.done), workers=2).replaced == 11
            assert {document.id: document for document in one} == before
            assert list(one) == list(two)
            assert one.search("商汤科技").hits == two.search("商汤科技").hits
            assert _stored(one) == _stored(two), "in one segment"
    for done in told:
        assert done == sorted(done) and done[-1] == 11


def _stored(index: Index) -> bytes:
    [segment] = index.path.glob("*.seg")
    return segment.read_bytes()


def _several_segments(path: Path, folder: Path) -> None:
    """Documents of files and others; some deleted, some replaced; each commit its own segment."""
    folder.mkdir()
    chosen = random.Random(1)
    words = ("商汤科技", "人脸识别", "上市", "融資", "軟體", "hello", "5G", "第十二條")
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"標題{number}\n\n" + "，".join(chosen.choices(words, k=500)), "utf-8")
    with Index.create(path, synonyms={"軟體": ["程式"]}) as index:
        index.sync([folder])
        index.add(
            [Document(f"x{number}", "題", "，".join(chosen.choices(words, k=900)), metadata={"author": "小王"}) for number in range(9)]
        )
        index.remove("x3")
        (folder / "00.txt").write_text("改了的文章", "utf-8")
        index.sync()


def _answers(path: Path) -> tuple[list[Document], list[object]]:
    """All documents; what is asked of an index."""
    with Index.open(path) as index:
        queries = ("商汤科技", '"人脸识别，上市"', "hel* 軟體", "author:小王", "第十二條", "path:files")
        found: list[object] = [index.search(query, limit=None).hits for query in queries]
        assert all(found)
        return list(index), [*found, index.why("軟體", "x1"), index.facets("hello", "author"), index.complete("商"), index.status().roots]


def test_what_was_added_beside_a_file_stays_when_nothing_was_lost(path: Path, folder: Path) -> None:
    """Though the file did not give so many documents."""
    with Index.open(path) as index:
        index.add([Document("mine", "", "我的笔记", source=str(folder / "a.txt"))])
        index.rebuild()
        assert index.sync().unchanged == 3
        assert index.document("mine").text == "我的笔记"


def test_rebuilding_keeps_what_is_known_of_the_files(path: Path, folder: Path) -> None:
    with Index.open(path) as index:
        index.rebuild()
        assert index.sync([folder]).unchanged == 3
        assert index.status().roots == (str(folder),)


@pytest.mark.parametrize(("pattern", "keep"), [("*.seg", 10), ("*.att", 10), ("searcher-index.json", 10)])
def test_the_known_folders_outlive_any_damaged_file(path: Path, folder: Path, pattern: str, keep: int) -> None:
    for file in path.glob(pattern):
        file.write_bytes(file.read_bytes()[:keep])
    with Index.open(path, outdated=True) as index:
        assert list(index.check())
        index.rebuild()
        assert not list(index.check())
        assert index.status().roots == (str(folder),)
        index.sync()
        assert len(index) == 3
        assert index.search("商汤科技").total == 2
        assert index.sync().unchanged == 3


def test_what_the_system_does_not_give_is_not_given_up(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rebuild that took a file without permission for a lost one would lose its documents for good."""
    opened = os.open
    for suffix, number in ((".seg", errno.EACCES), (".att", errno.EACCES), (".seg", errno.EMFILE), (".json", errno.EACCES)):

        def refuse(file: Any, *more: Any, suffix: str = suffix, number: int = number, **named: Any) -> int:
            if str(file).endswith(suffix):
                raise OSError(number, os.strerror(number), str(file))
            return opened(file, *more, **named)

        with Index.open(path) as index:
            monkeypatch.setattr(os, "open", refuse)
            with pytest.raises(IndexUnreadable):
                index.rebuild()
            assert any("denied" in line or "too many" in line for line in _checked(index))
            monkeypatch.undo()
            assert not list(index.check())
            assert len(index) == index.sync([folder]).unchanged == 3


def _checked(index: Index) -> list[str]:
    try:
        return list(index.check())
    except IndexUnreadable as error:
        return [str(error)]


def test_what_a_broken_disk_does_not_give_is_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def broken(file: Any, *more: Any, **named: Any) -> int:
        if str(file).endswith(".seg"):
            raise OSError(errno.EIO, "Input/output error", str(file))
        return opened(file, *more, **named)

    with Index.open(path) as index:
        monkeypatch.setattr(os, "open", broken)
        with pytest.raises(IndexDamaged, match=r"\.seg: the disk cannot be read or written"):
            index.search("商汤科技")

        def broken_first(file: Any, *more: Any, **named: Any) -> int:
            return (broken if Path(file).name.startswith("1-") else opened)(file, *more, **named)

        monkeypatch.setattr(os, "open", broken_first)
        assert [skipped.reason for skipped in index.rebuild().skipped] == ["damaged"]
        assert len(index) == 0


def test_the_runs_of_a_killed_process_are_swept(path: Path, folder: Path) -> None:
    left = path / "runs-999999999-x"
    left.mkdir()
    (left / "run").write_bytes(b"half")
    (folder / "d.txt").write_text("新的", "utf-8")
    with Index.open(path) as index:
        index.sync([folder])
    assert not left.exists()

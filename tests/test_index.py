"""The index as users of the library hold it."""

from __future__ import annotations

import dataclasses
import errno
import gc
import inspect
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from unittest.mock import Mock
from weakref import ref

import pytest

import searcher
from searcher import (
    Document,
    Hit,
    Index,
    IndexExists,
    IndexMismatch,
    IndexNotFound,
    IndexOccupied,
    IndexUnsupported,
    IndexUnwritable,
    InvalidDocument,
    InvalidOption,
    Location,
    Progress,
    Results,
    SearcherError,
    Skipped,
    Snippet,
    UnknownDocument,
    Weights,
    errors,
)
from searcher.engine import Store
from searcher.plans.options import SearchOptions
from searcher.records import indexing
from searcher.updating.description import FORMAT
from searcher.updating.syncing import SyncOptions
from tests.conftest import Indexed
from tests.corpus import CORPUS


def test_create_open_and_the_errors_of_both(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound, match=r"no index in .*: build one with `searcher index PATH`"):
        Index.open(tmp_path / "none")
    Index.create(tmp_path / "index").close()
    with pytest.raises(IndexExists, match="already an index"):
        Index.create(tmp_path / "index")
    with Index.open_or_create(tmp_path / "index") as index:
        assert len(index) == 0
        assert index.search("商汤").total == 0


@pytest.mark.parametrize("name", ["合同.txt", "notes", "7-1.segment"])
def test_an_index_is_not_made_among_other_files(tmp_path: Path, name: str) -> None:
    """Where it lay among documents, none of these would be indexed, and git would leave them out."""
    (tmp_path / name).mkdir()
    with pytest.raises(IndexOccupied, match=rf"other files in .*: an index needs a folder of its own, such as .*{tmp_path.name}.index"):
        Index.open_or_create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_where_no_folder_can_be_made_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows, a drive that is not plugged in is no file or folder; who is told that there is no index there would make one."""
    monkeypatch.setattr(Path, "mkdir", Mock(side_effect=FileNotFoundError(errno.ENOENT, "no drive E:")))
    with pytest.raises(IndexUnwritable, match="no such file or folder"):
        Index.open_or_create(tmp_path / "index")


def test_an_index_that_got_other_files_beside_it_is_there_all_the_same(tmp_path: Path) -> None:
    Index.create(tmp_path).close()
    (tmp_path / "合同.txt").touch()
    with pytest.raises(IndexExists):
        Index.create(tmp_path)
    assert len(Index.open_or_create(tmp_path)) == 0


def test_an_index_is_made_where_only_parts_of_an_old_one_a_note_and_hidden_files_are(tmp_path: Path) -> None:
    for name in (".DS_Store", ".gitignore", "7-1.seg", "searcher-index.lock", "README.md"):
        (tmp_path / name).touch()
    with Index.create(tmp_path) as index:
        assert len(index) == 0


def test_where_the_folder_is_gone_or_none_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnwritable, match="is no folder"):
        Index.create(tmp_path / "file")
    with Index.create(tmp_path / "index") as index:
        shutil.rmtree(tmp_path / "index")
        asked: list[Callable[[], object]] = [lambda: index.add(CORPUS), lambda: index.remove("a"), index.rebuild, index.status]
        for ask in asked:
            with pytest.raises(IndexNotFound):
                ask()


def test_documents_come_back_as_they_went_in(index: Index) -> None:
    assert tuple(index) == CORPUS
    assert index.document("ruanti") == CORPUS[5]
    assert index.document("cs/b.txt") == CORPUS[5]
    with pytest.raises(UnknownDocument, match="no document nobody"):
        index.document("nobody")


def test_a_long_text_is_indexed_as_a_short_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its terms are never all there at once; nobody sees that."""
    text = "商汤科技创立于2014年。\n軟體與人工智慧的應用，C++、5G。\n\n" * 300 + "只有一次的句子在最后"
    documents = [*CORPUS, Document(id="long", title="长文", text=text, path="long.txt", locations=(Location(7000, "page", "2"),))]
    whole, in_parts = Index.create(tmp_path / "whole"), Index.create(tmp_path / "parts")
    whole.add(documents)
    monkeypatch.setattr(indexing, "LONG", 5_000)
    in_parts.add(documents)
    for query in ("商汤科技", "软件 应用", '"智慧的應用，C++"', "只有一次的句子", "5G", "没有的"):
        assert _told(in_parts.search(query)) == _told(whole.search(query))
        assert in_parts.why(query, "long") == whole.why(query, "long")
    assert in_parts.document("long") == documents[-1]
    assert list(in_parts.check()) == []
    in_parts.rebuild()
    assert in_parts.document("long") == documents[-1] and in_parts.search("只有一次的句子").total == 1


def test_the_terms_of_a_long_text_are_never_there_all_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = random.Random(1)
    text = "".join(chosen.choices("人工智慧的應用與發展，在社會中很重要。商湯科技以人臉識別領先", k=100_000))
    most = {}
    for long in (10**9, 1000):
        monkeypatch.setattr(indexing, "LONG", long)
        with Index.create(tmp_path / str(long)) as index:
            index.add([Document(id="warm", title="", text=text[:30_000])])
            tracemalloc.start()
            index.add([Document(id="long", title="", text=text)])
            most[long] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    assert most[1000] < most[10**9], most
    for long in most:
        monkeypatch.setattr(indexing, "LONG", long)
        tracemalloc.start()
        for _ in indexing.record_of(Document(id="long", title="", text=text)).parts:
            pass
        most[long] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most[1000] < most[10**9] / 2, most


def _told(results: Results) -> Results:
    return replace(results, took_ms=0)


def test_add_replaces_what_has_the_same_id_and_counts(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        first = index.add([*CORPUS, Skipped("x.bin", "binary", "not text")])
        assert (first.added, first.replaced, len(first.skipped), first.documents) == (len(CORPUS), 0, 1, len(CORPUS))
        second = index.add([Document(id="hou", title="新的", text="完全不同的内容")])
        assert (second.added, second.replaced, second.documents) == (0, 1, len(CORPUS))
        assert [hit.id for hit in index.search("完全不同")] == ["hou"]
        assert [hit.id for hit in index.search("皇后在后宫", strict=True)] == []
        assert index.remove("hou", "nobody") == 1
        assert len(index) == len(CORPUS) - 1
        assert index.search("完全不同", strict=True).total == 0


def test_the_same_id_twice_in_one_run_is_one_document(indexed: Indexed) -> None:
    index = indexed(Document(id="a", title="", text="第一版"), Document(id="a", title="", text="第二版"))
    assert [document.text for document in index] == ["第二版"]
    assert index.search("第一版", strict=True).total == 0


@pytest.mark.parametrize(
    "document",
    [Document(id="", title="", text="x"), Document(id="a", title=None, text="x"), Document(id="a", title="", text=b"x")],  # type: ignore[arg-type]
)
def test_an_invalid_document_changes_nothing(indexed: Indexed, document: Document) -> None:
    index = indexed(CORPUS[0])
    with pytest.raises(InvalidDocument):
        index.add([CORPUS[1], document])
    assert [kept.id for kept in index] == [CORPUS[0].id]


def test_lone_surrogates_and_nul_are_kept(indexed: Indexed) -> None:
    odd = Document(id="odd\x00", title="题\udcff", text="商汤\x00科技\ud800上市")
    index = indexed(odd)
    assert tuple(index) == (odd,)
    assert index.search("上市").total == 1


def test_rebuild_changes_nothing_that_is_seen(indexed: Indexed) -> None:
    index = indexed(*CORPUS)
    before = index.search("软件", limit=None)
    report = index.rebuild()
    assert report.documents == len(CORPUS)
    after = index.search("软件", limit=None)
    assert [(hit.id, hit.snippets) for hit in after] == [(hit.id, hit.snippets) for hit in before]
    assert [hit.score for hit in after] == pytest.approx([hit.score for hit in before])
    assert tuple(index) == CORPUS


def test_an_index_of_another_fold_is_refused_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add(CORPUS)
    monkeypatch.setattr("searcher.text.analysis.fingerprints", lambda: {"fold": "another", "words": "another"})
    with pytest.raises(IndexMismatch, match="searcher rebuild"):
        Index.open(tmp_path / "index")
    with Index.open(tmp_path / "index", outdated=True) as index:
        assert len(index) == len(CORPUS)


def test_synonyms_of_the_user(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index", synonyms={"臺積電": ["台湾积体电路"]}) as index:
        index.add([Document(id="a", title="", text="台灣積體電路製造公司")])
        results = index.search("台积电")
        assert [hit.id for hit in results] == ["a"]
        assert results.expansions[0].kind == "synonym"


def test_words_of_the_user(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index", user_words=["汤晓鸥"]) as index:
        index.add(CORPUS)
        assert [word for word, _ in index.why("汤晓鸥").terms[0].words] == ["汤晓鸥"]
    with Index.open(tmp_path / "index") as index:
        assert [word for word, _ in index.why("湯曉鷗").terms[0].words] == ["湯曉鷗"]


def test_synonyms_for_as_long_as_an_index_is_open(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index", synonyms={"甲": ["乙"]}) as index:
        index.add([Document(id="a", title="", text="台湾积体电路"), Document(id="b", title="", text="乙")])
    with Index.open(tmp_path / "index", synonyms={"臺積電": ["台灣積體電路"]}) as index:
        assert [hit.id for hit in index.search("台积电")] == ["a"]
        assert [hit.id for hit in index.search("甲")] == ["b"]
        assert index.search("台积电", expand=False).total == 0
    with Index.open(tmp_path / "index") as index:
        assert index.search("台积电").total == 0


def test_a_changed_dictionary_says_what_a_rebuild_would_bring(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index", user_words=["上市"]) as index:
        index.add(CORPUS)
    with Index.open(tmp_path / "index", user_words=["汤晓鸥", "上市"]) as index:
        [notice] = index.notices
        assert notice == "the user dictionary has changed: `searcher rebuild` cuts 2 documents anew, those with 汤晓鸥"
        assert index.status().notices == (notice,)
        assert "汤晓鸥" not in [word for word, _ in index.why("汤晓鸥").terms[0].words]
        index.rebuild()
        assert index.notices == ()
        assert "汤晓鸥" in [word for word, _ in index.why("汤晓鸥").terms[0].words]
    with Index.open(tmp_path / "index") as index:
        assert index.notices == () and "汤晓鸥" in [word for word, _ in index.why("汤晓鸥").terms[0].words]
    with Index.open(tmp_path / "index", user_words=[]) as index:
        assert index.notices == ("the user dictionary has changed: `searcher rebuild` cuts 2 documents anew, those with 汤晓鸥, 上市",)
        index.rebuild()
        assert index.notices == () and "汤晓鸥" not in [word for word, _ in index.why("汤晓鸥").terms[0].words]


@pytest.mark.skipif(sys.platform == "win32", reason="files that are open cannot be removed")
def test_an_open_index_follows_the_words_and_synonyms_of_a_rebuild(tmp_path: Path) -> None:
    Index.create(tmp_path / "index").add(CORPUS)
    with Index.open(tmp_path / "index") as index, Index.open(tmp_path / "index", user_words=["汤晓鸥"]) as other:
        assert "汤晓鸥" not in [word for word, _ in index.why("汤晓鸥").terms[0].words]
        other.rebuild()
        assert "汤晓鸥" in [word for word, _ in index.why("汤晓鸥").terms[0].words]
        index.rebuild()
        assert "汤晓鸥" in [word for word, _ in other.why("汤晓鸥").terms[0].words]
        assert not index.notices and not other.notices
        shutil.rmtree(tmp_path / "index")
        Index.create(tmp_path / "index", synonyms={"臺積電": ["台灣積體電路"]}).add(Document("a", "", "台湾积体电路"))
        assert [hit.id for hit in index.search("台积电")] == ["a"]
        assert "汤晓鸥" not in [word for word, _ in index.why("汤晓鸥").terms[0].words]


@pytest.mark.parametrize(("newer", "error"), [(False, IndexMismatch), (True, IndexUnsupported)])
def test_an_open_index_that_another_program_made_anew_is_refused(
    tmp_path: Path, indexed: Indexed, newer: bool, error: type[SearcherError]
) -> None:
    """Folded by other tables, it would answer wrongly, and what is added would be found by nobody."""
    index = indexed(*CORPUS)
    assert index.search("软件").total
    store = Store.open(tmp_path / "index")
    said = {"format": FORMAT + 1} if newer else {"fingerprints": {**store.meta["fingerprints"], "fold": "another"}}
    with store.writer() as writer:
        writer.commit(meta={**store.meta, **said})
    asked: list[Callable[[], object]] = [lambda: index.search("软件"), lambda: index.add(CORPUS[0]), lambda: index.sync()]
    for ask in asked:
        with pytest.raises(error):
            ask()


def test_how_a_files_name_ends(indexed: Indexed) -> None:
    paths = (
        "/a/x.DOCX",
        "/a/y.md",
        "/md/z.txt",
        "/a/b.tar.gz",
        "/a/c.zip!/信.md",
        "C:\\a\\win.md",
        "/a/none",
        "/a.b/v1.2 of a long name",
        "/a/plan.v2.rst",
    )
    index = indexed(*(Document(id=path, title="", text=f"文 {path}", path=path) for path in paths))
    index.add([Document(id="no path", title="", text="文")])

    def named(query: str) -> set[str]:
        return {hit.id for hit in index.search(query)}

    assert named("ext:docx") == named("副檔名：.DOCX") == {"/a/x.DOCX"}
    assert named("扩展名：md") == {"/a/y.md", "/a/c.zip!/信.md", "C:\\a\\win.md"}
    assert named("ext:rst") == {"/a/plan.v2.rst"} and not named("ext:v2.rst"), "only what packs another file has two"
    assert named("ext:gz") == named("ext:tar.gz") == {"/a/b.tar.gz"}
    assert named("文 -ext:md -ext:txt -ext:rst") == {"/a/x.DOCX", "/a/b.tar.gz", "/a/none", "/a.b/v1.2 of a long name", "no path"}
    assert index.values("ext", "m") == ("md",)


def test_what_goes_and_what_comes_is_one_commit(tmp_path: Path) -> None:
    """Else a reader between the two would miss both, and a crash would lose what went."""
    with Index.create(tmp_path / "index") as index, Index.open(tmp_path / "index") as reader:
        index.add(Document(str(number), "", f"商汤 {number}") for number in range(5))

        def coming() -> Iterator[Document]:
            yield Document("3", "", "商汤 新三")
            assert sorted(document.id for document in reader) == list("01234")
            yield Document("7", "", "商汤 七")

        report = index.add(coming(), remove=("1", "3", "unknown"))
        assert (report.added, report.replaced, report.removed, report.documents) == (2, 0, 2, 5)
        assert sorted(document.id for document in reader) == list("02347") and reader.document("3").text == "商汤 新三"
        assert index.add((), remove="0").removed == 1

        def failing() -> Iterator[Document]:
            yield Document("8", "", "商汤 八")
            raise KeyError("8")

        with pytest.raises(KeyError):
            index.add(failing(), remove="2")
        with pytest.raises(InvalidOption, match="id cannot be 2"):
            index.add((), remove=cast("Any", [2]))
        assert sorted(document.id for document in reader) == list("2347")


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[Progress] = []
    with Index.create(tmp_path / "index") as index:
        index.add(CORPUS, progress=told.append)
    assert [progress.done for progress in told] == list(range(1, len(CORPUS) + 1))


def test_status(index: Index) -> None:
    status = index.status()
    assert status.documents == len(CORPUS)
    assert status.formats == {"plain": 1, "markdown": 1}
    assert status.scripts["traditional"] >= 3
    assert status.size > 0
    assert status.updated


def test_only_the_files_of_the_index_itself_have_a_size(index: Index, tmp_path: Path) -> None:
    size = index.status().size
    assert size == sum(file.stat().st_size for file in index.path.iterdir())
    (index.path / "folder").mkdir()
    (tmp_path / "other").write_bytes(bytes(1_000_000))
    (index.path / "link").symlink_to(tmp_path / "other")
    assert index.status().size == size


def test_status_while_another_process_commits(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of an older commit may be gone before its size is asked for."""
    size, listed = index.status().size, Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: [*listed(folder), folder / "1-9.seg"])
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    assert index.status().size == size > 0


def test_a_sound_index_has_nothing_to_report(index: Index) -> None:
    assert list(index.check()) == []


ASKED = ("商汤 科技", "軟體", "为什么上市", "第12条", "什么是著作人", "machin* OR 5G", "以后 -宫", "人臉识别 滑鼠", "軟件工成")


def answered(index: Index, times: int = 1) -> list[Results]:
    """What is found for some queries, again and again: all of it but the time it took."""
    return [replace(found, took_ms=0.0) for _ in range(times) for found in index.search_many(ASKED)]


def test_many_threads_share_one_index(index: Index) -> None:
    expected = answered(index)
    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(lambda _: answered(index, times=2), range(4)):
            assert found == expected * 2


@pytest.mark.parametrize("seed", ["1", "2"])
def test_every_process_gives_the_same_answers(index: Index, seed: str) -> None:
    """Whatever order its sets have, which differs from process to process."""
    code = "import sys; from searcher import Index; from tests.test_index import answered; print(answered(Index.open(sys.argv[1])))"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code, str(index.path)]
    root = Path(__file__).parent.parent
    given = subprocess.run(command, env=environment, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout
    assert given == f"{answered(index)}\n"


WRITER = """
import sys
from searcher import Document, Index
with Index.open(sys.argv[1]) as index:
    for state in range(1, 10**6):
        index.add([Document(str(number), f"題{number}", f"商汤科技，第{state}版。", metadata={"state": str(state)}) for number in range(5)])
"""


def test_many_threads_read_while_another_process_commits(tmp_path: Path) -> None:
    """Never an error, and always one of the states, whole: small updates, each of which replaces everything and merges often."""
    with Index.create(tmp_path / "index") as index:
        index.add([Document(str(number), f"題{number}", "商汤科技，第0版。", metadata={"state": "0"}) for number in range(5)])
    seen: set[str] = set()
    wrong: list[object] = []
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / "index")])

    def read(index: Index) -> None:
        try:
            while len(seen) < 12 and not wrong:
                hits = index.search("商汤科技", limit=None).hits
                states = {str(hit.metadata["state"]) for hit in hits}
                documents = list(index)
                whole = (
                    (len(hits), len(states)) == (5, 1)
                    and all(f"第{hit.metadata['state']}版" in hit.snippets[0].text for hit in hits)
                    and (len(documents), len({document.text for document in documents})) == (5, 1)
                    and (len(index), index.status().documents, "3" in index) == (5, 5, True)
                    and index.why("商汤", "2").matches
                )
                if not whole:
                    wrong.append(hits)
                seen.update(states)
        except Exception as error:
            wrong.append(error)

    try:
        with Index.open(tmp_path / "index") as shared, Index.open(tmp_path / "index") as other:
            threads = [threading.Thread(target=read, args=(index,)) for index in (shared, shared, other)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    finally:
        writer.kill()
        writer.wait()
    assert wrong == []
    with Index.open(tmp_path / "index") as index:
        assert not list(index.check())


@pytest.mark.skipif(sys.platform == "win32", reason="files that are open cannot be removed")
def test_an_index_that_is_made_anew_in_the_same_place_is_seen(tmp_path: Path) -> None:
    """Its files are called as those of the old one were, and so is its commit."""
    folder = tmp_path / "index"
    with Index.create(folder) as old:
        old.add(Document(id="a", title="软件", text="软件"))
    with Index.open(folder) as index:
        assert index.search("软件").total == 1
        shutil.rmtree(folder)
        with pytest.raises(IndexNotFound):
            index.search("软件")
        with Index.create(folder) as new:
            new.add(Document(id="b", title="苹果", text="苹果树"))
        assert (index.search("软件").total, [hit.id for hit in index.search("苹果")]) == (0, ["b"])
        assert index.document("b").text == "苹果树"


@pytest.mark.skipif(sys.platform == "win32", reason="files that are open cannot be removed")
@pytest.mark.parametrize("way", ["removed", "swapped"])
@pytest.mark.parametrize(("before", "after"), [(1, 1), (1, 2), (2, 1), (3, 2)])
def test_an_open_index_follows_one_that_is_made_anew_in_its_place(tmp_path: Path, way: str, before: int, after: int) -> None:
    """The new one counts its commits anew, so that its files have the names, and here the sizes too, of those that are mapped."""

    def made(folder: Path, fruit: str, commits: int) -> None:
        with Index.create(folder) as index:
            for number in range(commits):
                index.add(Document(f"{fruit}{number}", fruit, f"第{number}筐{fruit}"))

    folder = tmp_path / "index"
    made(folder, "苹果", before)
    with Index.open(folder) as index:
        assert index.search("苹果").total == before
        if way == "removed":
            shutil.rmtree(folder)
            made(folder, "香蕉", after)
        else:
            made(tmp_path / "new", "香蕉", after)
            folder.rename(tmp_path / "old")
            (tmp_path / "new").rename(folder)
        assert (index.search("苹果").total, index.search("香蕉").total) == (0, after)
        assert [document.id for document in index] == [f"香蕉{number}" for number in range(after)]
        index.add(Document("梨", "梨", "一筐梨"))
        assert [hit.id for hit in index.search("香蕉 OR 梨", limit=None)] == [
            hit.id for hit in Index.open(folder).search("香蕉 OR 梨", limit=None)
        ]


def test_copies_are_one_hit(indexed: Indexed) -> None:
    index = indexed(*(Document(id=name, title="同一篇", text="商汤科技上市的消息", path=f"{name}.txt") for name in "abc"))
    results = index.search("商汤")
    assert [(hit.id, hit.copies) for hit in results] == [("a", ("b.txt", "c.txt"))]
    assert results.total == 3
    assert [hit.id for hit in index.search("商汤", limit=None)] == ["a", "b", "c"]
    assert [hit.id for hit in index.search("商汤 path:c")] == ["c"]


def test_one_document_is_added_like_several(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        assert index.add(Document("a", "題", "商湯", metadata={"tags": ("甲", "乙"), "author": "小王"})).added == 1
        [hit] = index.search("商湯")
        assert hit.metadata == {"tags": ("甲", "乙"), "author": "小王"} == index.document("a").metadata


def test_without_a_query_facets_count_all_documents(indexed: Indexed) -> None:
    index = indexed(
        *(Document(f"{number}", "", "商湯", metadata={"author": "甲乙"[number % 2], "kind": "abc"[number % 3]}) for number in range(6))
    )
    assert dict(index.facets("", "author")) == dict(index.facets(" ", "author")) == {"甲": 3, "乙": 3}
    assert dict(index.facets("", "author", scope="kind:a")) == {"甲": 1, "乙": 1}
    assert index.facets("。", "author") == ()


def test_what_is_no_query_is_told(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        with pytest.raises(InvalidOption, match="query cannot be None: a text is wanted, or a parsed query"):
            index.search(None)  # type: ignore[arg-type]
        with pytest.raises(InvalidOption, match="scope cannot be 5: a text is wanted"):
            index.search("商湯", scope=5)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [5, b"x", ("a",)])
def test_what_is_no_id_is_told(index: Index, wrong: Any) -> None:
    for ask in (index.document, index.like, index.remove, lambda id: index.why("商湯", id), lambda id: index.facets_like(id, "script")):
        with pytest.raises(InvalidOption, match="id cannot be"):
            ask(wrong)


def test_what_are_no_weights_and_no_store_is_told(index: Index) -> None:
    with pytest.raises(InvalidOption, match=r"weights cannot be {'title': 2}: a Weights is wanted: Weights\(title=2\)"):
        index.search("商湯", weights={"title": 2})  # type: ignore[arg-type]
    with pytest.raises(InvalidOption, match=r"store cannot be 'index': an index is opened with Index.open\(path\)"):
        Index("index")  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"id": "1", "title": "題", "text": "文"}, "文字", None, 7])
def test_what_is_no_document_is_named_whole(tmp_path: Path, wrong: object) -> None:
    with Index.create(tmp_path / "index") as index:
        for given in (wrong, [wrong]):
            with pytest.raises(InvalidDocument, match=f"a Document is wanted, not {type(wrong).__name__}") as raised:
                index.add(given)  # type: ignore[arg-type]
            assert raised.value.details["id"] == repr(wrong)


def test_an_index_is_opened_or_made_with_words_and_synonyms(tmp_path: Path) -> None:
    for opened in range(2):
        with Index.open_or_create(tmp_path / "index", user_words=["商汤科"], synonyms={"TSMC": ["台積電"]}) as index:
            index.add(Document("a", "", "台積電"))
            assert [hit.id for hit in index.search("TSMC")] == ["a"], opened
            assert not index.notices


def test_an_answer_is_shown_short() -> None:
    hits = tuple(Hit(rank, 1 / rank, f"{rank}", "題", date="2021", snippets=(Snippet("文" * 100, 0),)) for rank in range(1, 13))
    assert repr(hits[2]) == "Hit(rank=3, score=0.333, id='3', title='題', date='2021')"
    assert repr(Results("題", 40, hits[9:])) == "Results(query='題', total=40, hits=[10 '題', 11 '題', 12 '題'])"
    assert repr(Results("題", 12, hits)).endswith(" 10 '題', …])")
    assert repr(Results("無", 0)) == "Results(query='無', total=0, hits=[])"


def test_a_document_is_shown_short_and_an_editor_offers_what_users_need() -> None:
    assert (
        repr(Document("a", "題", "文" * 1_000_000))
        == "Document(id='a', title='題', date=None, text='" + "文" * 12 + "..." + "文" * 13 + "')"
    )
    assert sorted(searcher.__all__) == [name for name in dir(searcher) if name != "__version__"]


def test_ten_hits_are_given_unless_others_are_asked_for(indexed: Indexed) -> None:
    index = indexed(*(Document(str(number), f"第{number}篇", f"商汤 {number * 7919}") for number in range(12)))
    assert [len(index.search("商汤", limit=limit)) for limit in (0, 3, None)] == [0, 3, 12]
    results = index.search("商汤")
    assert (len(results), results.total, results.ends) == (10, 12, False)
    assert [hit.rank for hit in index.search("商汤", offset=10)] == [11, 12]


@pytest.mark.parametrize("name", [name for name in searcher.__all__ if dataclasses.is_dataclass(getattr(searcher, name))])
def test_what_is_given_to_users_is_frozen(name: str) -> None:
    """So a set can hold it, too."""
    kind = getattr(searcher, name)
    assert kind.__dataclass_params__.frozen and "__slots__" in vars(kind)
    unhashable = {field.name for field in dataclasses.fields(kind) if "Mapping" in str(field.type)}
    assert all(field.hash is False for field in dataclasses.fields(kind) if field.name in unhashable)


def test_results_and_documents_can_be_in_a_set(index: Index) -> None:
    first, second = index.search("软件", limit=None), index.search("软件", limit=None)
    assert len(first) > 1 and set(first) == set(second) and hash(first.hits) == hash(second.hits)
    assert set(index) == set(CORPUS) and {index.status()} and {Weights(title=2): 1}[Weights(title=2)]


@pytest.mark.parametrize("limit", [-1, "5", 2.0])
def test_what_is_no_limit_is_told_by_all_that_take_one(index: Index, limit: Any) -> None:
    """A slice would take -1 for all but the last."""
    asked: list[Callable[[], object]] = [
        lambda: index.search("软件", limit=limit),
        lambda: index.like("ruanti", limit=limit),
        lambda: index.facets("软件", "format", limit=limit),
        lambda: index.facets("", "format", limit=limit),
        lambda: index.facets_like("ruanti", "format", limit=limit),
        lambda: index.values("format", limit=limit),
        lambda: index.complete("软", limit=limit),
    ]
    for ask in asked:
        with pytest.raises(InvalidOption, match=r"limit cannot be"):
            ask()


@pytest.mark.parametrize(("handing", "options", "to"), [("search_many", SearchOptions, "search"), ("watch", SyncOptions, "sync")])
def test_options_that_are_handed_on_are_those_of_whom_they_are_handed_to(handing: str, options: type, to: str) -> None:
    """A type checker and an editor read them from there."""
    wanted = {name: p.annotation for name, p in inspect.signature(getattr(Index, to)).parameters.items() if p.kind is p.KEYWORD_ONLY}
    named = {name: said.__forward_arg__.replace("ranking.", "") for name, said in options.__annotations__.items()}
    assert named == wanted
    assert inspect.signature(getattr(Index, handing)).parameters["options"].annotation == f"Unpack[{options.__name__}]"


def test_the_errors_are_those_of_the_tree_that_is_drawn() -> None:
    def drawn(error: type, depth: int) -> Iterator[tuple[int, str]]:
        yield depth, error.__name__
        for kind in error.__subclasses__():
            if kind.__module__ == errors.__name__:
                yield from drawn(kind, depth + 1)

    tree = (re.match(r"    ([│├└─ ]*)(\w+)", line) for line in str(errors.__doc__).splitlines())
    assert sorted((len(row[1]) // 4, row[2]) for row in tree if row) == sorted(drawn(SearcherError, 0))
    assert {name for _, name in drawn(SearcherError, 0)} - set(searcher.__all__) == {
        "InvalidPath",
        "InvalidSetting",
        "SettingsUnreadable",
        "UnknownSetting",
    }


USES: dict[str, Callable[[Index], object]] = {
    "words, runs, forms": lambda index: index.search("商汤科技 融資 軟件"),
    "patterns, slips, operators": lambda index: index.search('商* OR 融~ OR -上市 OR "科技 融資"~3'),
    "a range, an order": lambda index: index.search("date:2019..2024 科技 sort:date"),
    "a question": lambda index: index.search("商湯科技什麼時候上市？"),
    "what is meant": lambda index: (index.search("尚汤科枝"), index.search("shangtang"), index.complete("商")),
    "why": lambda index: index.why("商湯 融資", index.search("商湯 融資").hits[0].id),
    "likeness": lambda index: index.like(next(iter(index)).id),
    "counts": lambda index: (index.facets("", "year"), index.status(), index.fields(), index.values("format")),
    "documents": lambda index: (list(index), index.document(next(iter(index)).id), len(index)),
    "a check": lambda index: list(index.check()),
    "Whoosh": lambda index: list(index.whoosh().reader().all_terms()),
    "a rebuild": lambda index: index.rebuild(),
    "a change": lambda index: (index.add([Document("new", "題", "商湯")]), index.search("商湯"), index.remove("new")),
}
"""What is asked of an index, and done to it."""


@pytest.mark.parametrize("use", USES)
def test_files_that_nobody_reads_any_more_are_let_go_at_once(use: str, indexed: Indexed) -> None:
    """Not when garbage is collected next: Windows removes no file that is mapped, and a commit removes those of the one before."""
    index = indexed(*CORPUS)
    gc.collect()
    gc.disable()
    try:
        answer = USES[use](index)
        kept = [ref(stored.file) for stored in index._store.snapshot().stored]
        index.close()
        assert kept and not any(file() for file in kept), answer
    finally:
        gc.enable()


PREPARED = """
import sys
from searcher import Index
Index.prepare()
before = set(sys.modules)
assert Index.open(sys.argv[1]).search("商湯科技").total
print(sorted(name for name in set(sys.modules) - before if not name.startswith("searcher.suggestions")))
"""


def test_what_is_prepared_is_not_loaded_by_the_first_search(indexed: Indexed) -> None:
    index = indexed(*CORPUS)
    said = subprocess.run([sys.executable, "-c", PREPARED, str(index.path)], capture_output=True, encoding="utf-8", check=True)
    assert said.stdout == "[]\n"

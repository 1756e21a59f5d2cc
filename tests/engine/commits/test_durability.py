"""kill -9, or a power cut, at any moment: the index opens, holds the old state or the new one whole, and takes the next writer.

SEARCHER_KILLS sets how many times a writer is killed (200 before a release).
"""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from searcher.engine.nodes import AllOf, AnyOf, Keyword, Not, Prefix, Run, Term
from searcher.engine.reading.cache import Cache
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Alternative, Feature, Request
from searcher.engine.snapshot import Snapshot
from searcher.engine.store import Store
from searcher.engine.toc import COPY, FILE
from tests.engine.making import record

KILLS = int(os.environ.get("SEARCHER_KILLS", "8"))
DOCUMENTS = 20

WRITER = """
import os, sys
from searcher.engine import store as stores
from searcher.engine.writing import segment as segment_writing
from searcher.engine.commits import writer as writing
from tests.engine.making import record
stage = int(sys.argv[2])
calls = 0
def counted(function):
    def call(*arguments, **options):
        global calls
        calls += 1
        if calls == stage:
            os.kill(os.getpid(), 9)
        return function(*arguments, **options)
    return call
for module, name in ((os, "fsync"), (os, "replace"), (os, "open"), (os, "unlink")):
    setattr(module, name, counted(getattr(module, name)))
segment_writing.SPILL = 100
store = stores.Store.open(sys.argv[1])
for generation in range(store.generation + 1, 10**9):
    with store.writer() as writer:
        for number in range(20):
            writer.add(record(str(number), f"text of {generation} " * 5, keywords=(f"g:{generation}",)))
        writer.commit(meta={"generation": generation}, attachments={"generation": str(generation).encode()})
    print(generation, flush=True)
"""


def _whole(path: Path) -> int:
    """The generation that the index holds, all of it."""
    store = Store.open(path)
    snapshot = store.snapshot()
    generation = snapshot.meta["generation"]
    attached = int(store.attachment("generation") or 0)
    assert attached == generation or (attached > generation and store.generation > snapshot.generation), "of the commit, or of a later one"
    assert snapshot.count == DOCUMENTS == snapshot.matching(Keyword(f"g:{generation}"))
    assert {snapshot.text(handle) for handle in snapshot.handles()} == {f"text of {generation} " * 5}
    assert not list(store.check())
    return int(generation)


def _start(path: Path) -> None:
    with Store.create(path, {}).writer() as writer:
        for number in range(DOCUMENTS):
            writer.add(record(str(number), "text of 1 " * 5, keywords=("g:1",)))
        writer.commit(meta={"generation": 1}, attachments={"generation": b"1"})


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_killed_at_every_stage(tmp_path: Path) -> None:
    path = tmp_path / "index"
    _start(path)
    chosen = random.Random(KILLS)
    for kill in range(KILLS):
        stage = kill + 1 if kill < KILLS // 2 else chosen.randrange(1, 60)
        died = subprocess.run([sys.executable, "-c", WRITER, str(path), str(stage)], capture_output=True, text=True, check=False)
        assert died.returncode == -9, died.stderr
        finished = max((int(line) for line in died.stdout.split()), default=0)
        assert finished <= _whole(path)
    Store.open(path).writer(timeout=0).cancel()
    left = {file.name for file in path.iterdir()} - {"searcher-index.lock", FILE, COPY, f"{FILE}.new", f"{COPY}.new"}
    assert len(left) <= 4


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_killed_while_others_read(tmp_path: Path) -> None:
    path = tmp_path / "index"
    _start(path)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "0"], stdout=subprocess.DEVNULL)
    try:
        seen: set[int] = set()
        until = time.monotonic() + 2.5
        while time.monotonic() < until or len(seen) < 3:
            seen.add(_whole(path))
            assert time.monotonic() < until + 20
    finally:
        writer.kill()
        writer.wait()
    assert _whole(path) >= max(seen)


class _Disk:
    """What is left of a folder where the power is cut: of a file what was flushed of it, of names those that were flushed with the folder,
    and perhaps one that was changed since. `moment` is called behind all that changes files.
    """

    def __init__(self, folder: Path, aside: Path, moment: Callable[[_Disk], object]) -> None:
        self._folder, self._aside, self._moment = folder, aside, moment
        self._kept: dict[int, Path] = {}
        for file in folder.iterdir():
            self._keep(file)
        self._flushed = self._listed()

    @contextmanager
    def observed(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", self._then(os.fsync, self._flush))
            for name in ("replace", "unlink"):
                patch.setattr(Path, name, self._then(getattr(Path, name), lambda *_, **__: None))  # what 3.10 makes of os there is bound
            yield

    def left(self) -> Iterator[dict[str, int]]:
        """The names that may be there, and which files they are: first of all as they were flushed."""
        now = self._listed()
        yield self._flushed
        yield now
        for name in self._flushed.keys() | now.keys():
            if now.get(name) != self._flushed.get(name):
                changed = {**self._flushed, name: now.get(name, 0)}
                yield {other: file for other, file in changed.items() if file}

    def put(self, left: dict[str, int], within: Path) -> Path:
        """What is left, as a new folder."""
        path = Path(tempfile.mkdtemp(dir=within))
        for name, file in left.items():
            (path / name).write_bytes(self._kept[file].read_bytes() if file in self._kept else b"")
        return path

    def _then(self, function: Callable[..., Any], more: Callable[..., object]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            given = function(*arguments, **options)
            more(*arguments, **options)
            self._moment(self)
            return given

        return call

    def _flush(self, descriptor: int) -> None:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            self._flushed = self._listed()
        for file in self._folder.iterdir():
            if file.stat().st_ino == status.st_ino:
                self._keep(file)

    def _keep(self, file: Path) -> None:
        """A link keeps the number of a file from being another's."""
        kept = self._kept.setdefault(file.stat().st_ino, self._aside / str(len(self._kept)))
        if not kept.exists():
            kept.hardlink_to(file)

    def _listed(self) -> dict[str, int]:
        return {file.name: file.stat().st_ino for file in self._folder.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="folders are not flushed here")
def test_a_power_cut_at_any_moment_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    path, aside, cuts = tmp_path / "index", tmp_path / "aside", list[Path]()
    _start(path)
    aside.mkdir()
    disk = _Disk(path, aside, lambda disk: cuts.extend([disk.put(left, tmp_path) for left in disk.left()]))
    with disk.observed(), Store.open(path).writer() as writer:
        for number in range(DOCUMENTS):
            writer.add(record(str(number), "text of 2 " * 5, keywords=("g:2",)))
        writer.commit(meta={"generation": 2}, attachments={"generation": b"2"})
    assert _whole(disk.put(next(disk.left()), tmp_path)) == 2, "what was committed is there for good"
    seen = [_whole(cut) for cut in cuts]
    assert set(seen) == {1, 2}
    assert len(cuts) > 30


def test_many_threads_search_one_snapshot(tmp_path: Path) -> None:
    """Their answers are those of one thread, though they share what is unpacked and cached, and little of it fits."""
    store = Store.create(tmp_path / "index", {})
    chance = random.Random(3)
    words = [f"w{number}" for number in range(300)]
    for _ in range(3):
        with store.writer() as writer:
            for number in range(200):
                name = str(chance.randrange(500))
                writer.add(record(name, " ".join(chance.choices(words, k=30)), keywords=(f"n:{number % 7}",)))
    requests = []
    for number in range(60):
        leaves = (Term(("words",), words[number]), Run(("grams",), ("w", str(number % 10)), (0, 1)), Prefix(("words",), f"w{number % 30}"))
        match = AnyOf((leaves[number % 3], AllOf((leaves[(number + 1) % 3], Not(Keyword("n:3"))))))
        requests.append(Request(match, tuple(Feature((Alternative(leaf),)) for leaf in leaves)))

    def answer(snapshot: Snapshot, request: Request) -> object:
        found = snapshot.search(request, limit=5)
        return found, [
            (snapshot.text(match.handle), snapshot.occurrences(match.handle, Run(("grams",), ("w", "1"), (0, 1)), "grams"))
            for match in found.matches
        ]

    expected = [answer(Store.open(store.path).snapshot(), request) for request in requests]
    shared = store.snapshot()
    shared.__dict__["_reader"] = Reader(shared.segments, Cache(30_000))
    wrong: list[int] = []

    def ask(seed: int) -> None:
        order = random.Random(seed).sample(range(len(requests)), len(requests))
        wrong.extend(number for number in order if answer(shared, requests[number]) != expected[number])

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_many_threads_share_one_store(tmp_path: Path) -> None:
    path = tmp_path / "index"
    _start(path)
    store = Store.open(path)
    wrong: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            snapshot = store.snapshot()
            texts = {snapshot.text(handle) for handle in snapshot.handles()}
            if len(texts) != 1 or snapshot.count != DOCUMENTS:
                wrong.append(f"{snapshot.count} documents, {len(texts)} texts")

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for generation in range(2, 8):
        with store.writer() as writer:
            for number in range(DOCUMENTS):
                writer.add(record(str(number), f"text of {generation}"))
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong

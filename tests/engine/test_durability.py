"""kill -9 at any moment: the index opens, holds the old state or the new one whole, and takes the next writer.

SEARCHER_KILLS sets how many times a writer is killed (200 before a release).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from searcher.engine.evaluator import Evaluator
from searcher.engine.nodes import AllOf, AnyOf, Keyword, Not, Prefix, Run, Term
from searcher.engine.request import Alternative, Feature, Request
from searcher.engine.snapshot import Snapshot
from searcher.engine.store import Store
from searcher.engine.toc import COPY, FILE
from tests.engine.making import record

KILLS = int(os.environ.get("SEARCHER_KILLS", "8"))
DOCUMENTS = 20

WRITER = """
import os, sys
from searcher.engine import segment_writer, store as stores, writer as writing
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
segment_writer.SPILL = 100
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
    assert snapshot.attachment("generation") == str(generation).encode()
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
    shared.__dict__["_evaluator"] = Evaluator(shared.segments, capacity=30_000)
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

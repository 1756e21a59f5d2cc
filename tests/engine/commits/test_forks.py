"""Forked children: what they must not keep, and what they go on with."""

from __future__ import annotations

import os
import signal
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from searcher.engine import Store, Term
from searcher.engine.commits import lock as locks
from tests.engine.making import record

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def in_child(act: Callable[[], bool]) -> bool:
    """Whether it is true in a forked child, which has ten seconds to say so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of forks beside threads, which is what is tried here
        child = os.fork()
    if child == 0:
        signal.alarm(10)
        os._exit(0 if act() else 1)
    return os.waitpid(child, 0)[1] == 0


def filled(folder: Path) -> Store:
    store = Store.create(folder, {})
    writer = store.writer()
    writer.add(record("1", "new"))
    writer.commit()
    return store


def answers(store: Store) -> bool:
    return store.snapshot().matching(Term(("words",), "new")) == 1


def test_a_child_answers_whatever_a_thread_of_its_parent_had_locked(tmp_path: Path) -> None:
    store = filled(tmp_path / "index")
    assert answers(store)
    cache = store.snapshot()._reader.kept.__self__
    for lock in (store._lock, cache._lock):
        with lock:
            assert in_child(lambda: answers(store)), lock
    assert answers(store)


def test_children_answer_while_threads_of_their_parent_search(tmp_path: Path) -> None:
    store, stop = filled(tmp_path / "index"), threading.Event()

    def search() -> None:
        while not stop.is_set():
            answers(store)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        assert all(in_child(lambda: answers(store)) for _ in range(5))
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_forked_child_does_not_keep_the_lock(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "index", {})
    writer = store.writer()
    child = os.fork()
    if child == 0:
        time.sleep(20)
        os._exit(0)
    try:
        writer._lock.forget()  # what the death of this process would do
        store.writer(timeout=5).cancel()
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_however_often_a_lock_is_taken_children_are_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[object]()
    monkeypatch.setattr(os, "register_at_fork", lambda **hooks: told.append(hooks))
    for _ in range(5):
        lock = locks.Lock(tmp_path)
        lock.acquire(0)
        lock.release()
    assert len(told) <= 1

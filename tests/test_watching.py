"""A watched folder is in step soon after it changes."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from queue import Queue

import pytest

from searcher import Index, MissingDependency, Report

SOON = 20.0
"""Seconds; no budget, only an end to a test that fails."""


def test_changes_are_noticed_and_a_burst_is_one_run(tmp_path: Path, folder: Path) -> None:
    pytest.importorskip("watchfiles")
    reports: Queue[Report] = Queue()
    stop = threading.Event()
    with Index.create(folder / "index") as index:
        watcher = threading.Thread(target=index.watch, args=([folder],), kwargs={"stop": stop, "reporter": reports.put})
        watcher.start()
        try:
            assert reports.get(timeout=SOON).added == 3  # what is written from now on must not be missed, though nobody may watch yet
            for name in ("d.txt", "e.txt"):
                (folder / name).write_text(f"新的文件{name}", "utf-8")
            added = 0
            while added < 2:
                added += reports.get(timeout=SOON).added
            (folder / "a.txt").unlink()
            while reports.get(timeout=SOON).removed == 0:
                pass
        finally:
            stop.set()
            watcher.join(SOON)
        assert not watcher.is_alive()
        assert {Path(document.id).name for document in index} == {"b.txt", "c.txt", "d.txt", "e.txt"}


def test_without_the_package_one_line_says_what_to_install(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with Index.create(tmp_path / "index") as index, pytest.raises(MissingDependency, match=r"pip install 'searcher\[watch\]'"):
        index.watch([folder])

"""What is left of a damaged index is saved, and the rest is read again."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from searcher import Index, IndexDamaged, IndexUnreadable


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
        assert list(index.check())
    with Index.open(path, outdated=True) as index:
        report = index.rebuild()
        assert report.documents < 3
        assert report.skipped
        assert not list(index.check())
        index.sync([folder])
        assert len(index) == 3
        assert index.search("商汤科技").total == 2


def test_damage_is_never_a_silent_wrong_answer(path: Path) -> None:
    with Index.open(path) as index:
        before = [hit.id for hit in index.search("商汤科技 上市")]
    damage(path)
    with Index.open(path) as index:
        try:
            assert [hit.id for hit in index.search("商汤科技 上市")] == before
        except IndexDamaged as error:
            assert "searcher check" in str(error)


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

        def refuse(file: Any, *more: Any, suffix: str = suffix, number: int = number) -> int:
            if str(file).endswith(suffix):
                raise OSError(number, os.strerror(number), str(file))
            return opened(file, *more)

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

    def broken(file: Any, *more: Any) -> int:
        if str(file).endswith(".seg"):
            raise OSError(errno.EIO, "Input/output error", str(file))
        return opened(file, *more)

    with Index.open(path) as index:
        monkeypatch.setattr(os, "open", broken)
        with pytest.raises(IndexDamaged, match=r"\.seg: the disk cannot be read or written"):
            index.search("商汤科技")
        monkeypatch.setattr(os, "open", lambda file, *more: (broken if Path(file).name.startswith("1-") else opened)(file, *more))
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

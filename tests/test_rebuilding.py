"""What is left of a damaged index is saved, and the rest is read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from searcher import Index, IndexDamaged


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


def test_the_runs_of_a_killed_process_are_swept(path: Path, folder: Path) -> None:
    left = path / "runs-999999999-x"
    left.mkdir()
    (left / "run").write_bytes(b"half")
    (folder / "d.txt").write_text("新的", "utf-8")
    with Index.open(path) as index:
        index.sync([folder])
    assert not left.exists()

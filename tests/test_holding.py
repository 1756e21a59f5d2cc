"""A program that goes on reads the list of files once, and again where it is no longer the one that it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from searcher import Index, IndexUnwritable
from searcher.updating import holding
from searcher.updating.catalogue import Catalogue, read_catalogue
from searcher.updating.holding import Held
from searcher.updating.syncing import Order, sync


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Catalogue]:
    """The catalogues that were read."""
    found: list[Catalogue] = []

    def read(store: object) -> Catalogue:
        found.append(read_catalogue(store))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(holding, "read_catalogue", read)
    return found


def test_it_is_read_once_and_is_what_a_new_program_would_read(tmp_path: Path, folder: Path, reads: list[Catalogue]) -> None:
    held, order = Held(), Order()
    with Index.create(tmp_path / "index") as index:
        index.sync([folder])
        reads.clear()
        for number in range(4):
            (folder / "a.txt").write_text(f"第{number}次", "utf-8")
            assert sync(index._store, order, None, held).replaced == 1
            assert sync(index._store, order, None, held).unchanged == 3
            assert held.take(index._store) == read_catalogue(index._store)
            held.give_back(read_catalogue(index._store))
        assert len(reads) == 1
        (folder / "b.txt").unlink()
        index.sync()  # as another process does
        assert len(reads) == 2
        assert sync(index._store, order, None, held).unchanged == 2
        assert len(reads) == 3


def test_what_a_run_that_fails_has_made_of_it_is_forgotten(
    tmp_path: Path, folder: Path, reads: list[Catalogue], monkeypatch: pytest.MonkeyPatch
) -> None:
    held, order = Held(), Order()
    with Index.create(tmp_path / "index") as index:
        index.sync([folder])
        sync(index._store, order, None, held)
        (folder / "a.txt").write_text("新的", "utf-8")

        def full(*_: object, **__: object) -> None:
            raise OSError("no space left")

        with monkeypatch.context() as patched:
            patched.setattr("searcher.engine.toc.write", full)
            with pytest.raises(IndexUnwritable, match="no space"):
                sync(index._store, order, None, held)
        assert sync(index._store, order, None, held).replaced == 1
        assert index.search("新的", strict=True).total == 1


def test_what_another_process_has_forgotten_is_not_known_any_more(tmp_path: Path, folder: Path) -> None:
    """Though nothing has changed in the folders themselves."""
    held, order, other = Held(), Order(), tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("别的", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([folder, other])
        assert sync(index._store, order, None, held).unchanged == 4
        index.forget(other)
        assert sync(index._store, order, None, held).unchanged == 3

"""Who looks only at what the system tells finds what a walk through everything finds."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from searcher import Index
from searcher.documents import walking
from searcher.updating import syncing
from searcher.updating.catalogue import read_catalogue
from searcher.updating.holding import Held
from searcher.updating.syncing import Order
from searcher.updating.told import MOST, concerned

ROOTS = ("/docs", "/one.txt")


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/docs/a.txt", ()),
        ("/docs/a/.gitignore", ("/docs/a",)),
        ("/docs/a/searcher-index.json", ("/docs/a",)),
        ("/docs/a.html", ("/docs/a_files", "/docs/a.files")),
        ("/docs/a_files/b/c.js", ("/docs/a_files",)),
        ("/docs/export/users.json", ("/docs/export",)),
        ("/docs/site/mkdocs.yml", ("/docs/site",)),
        ("/one.txt", ()),
        ("/docs", ()),
    ],
)
def test_what_is_concerned(path: str, more: tuple[str, ...]) -> None:
    absolute = os.path.abspath  # as Windows writes it
    assert concerned([absolute(path)], [*map(absolute, ROOTS)]) == {*map(absolute, (path, *more))}


@pytest.mark.parametrize("paths", [["/docs/a.txt", "/docsx/b.txt"], ["/private/docs/a.txt"], [f"/docs/{n}.txt" for n in range(MOST + 1)]])
def test_when_everything_is(paths: list[str]) -> None:
    assert concerned(paths, ROOTS) is None


NAMES = tuple("a.txt b.txt .hidden.txt page.html page_files .gitignore deep deeper x.log searcher-index.json ~$a.txt".split())


def _changes(root: Path, chosen: random.Random) -> Iterator[Path]:
    """Change something below a folder, as people and programs do; gives the paths that the system tells."""
    folders = [root, *(path for path in sorted(root.rglob("*")) if path.is_dir() and not path.is_symlink())]
    place = chosen.choice(folders) / chosen.choice(NAMES)
    kind = chosen.randrange(8)
    if kind < 4 and not place.is_dir() and not place.is_symlink():
        if place.suffix == "" and place.name[0] != ".":
            place.mkdir()
            if chosen.random() < 0.5:  # before the system was asked to tell of it
                (place / "早.txt").write_text(f"早 {chosen.random()}", "utf-8")
        else:
            place.write_text("*.log\n" if place.name == ".gitignore" else f"商汤科技 {chosen.random()}", "utf-8")
        yield place
    elif kind == 4 and place.exists():
        told = [place, *place.rglob("*")]
        shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()
        yield from told
    elif kind == 5 and place.exists():
        target = chosen.choice(folders) / f"new{chosen.randrange(3)}{place.suffix}"
        if not target.exists() and place not in target.parents:
            place.rename(target)
            yield from (place, target)
    elif kind == 6 and not os.path.lexists(place):
        place.symlink_to(chosen.choice([root / "real.txt", root.parent / "outside.txt", root]))
        yield place
    elif kind == 7:
        yield place  # it came and went


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("seed", range(16))
@pytest.mark.parametrize("gitignore", [False, True])
def test_whatever_changes_a_walk_through_everything_finds_nothing_more(tmp_path: Path, seed: int, gitignore: bool) -> None:
    chosen, root = random.Random(seed), tmp_path / "docs"
    (root / "deep" / "deeper").mkdir(parents=True)
    for file in (tmp_path / "outside.txt", root / "real.txt"):
        file.write_text(f"真的 {file.name}", "utf-8")
    held = Held()
    with Index.create(tmp_path / "index") as index:
        index.sync([root], gitignore=gitignore, prune=True)
        for _ in range(12):
            told = {str(path) for _ in range(chosen.randrange(1, 4)) for path in _changes(root, chosen)}
            syncing.sync(index._store, Order(told=concerned(told, index.roots), prune=True), None, held)
            report = index.sync(prune=True)
            assert (report.added, report.replaced, report.moved, report.removed) == (0, 0, 0, 0), sorted(told)
            there = {document.path: document.text for document in index}
            assert there.keys() == {path for path, state in read_catalogue(index._store).files.items() if state.documents}


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_what_is_told_by_way_of_a_link_is_looked_for_everywhere(tmp_path: Path) -> None:
    """A link to a folder that is watched itself: the system has one name for both."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "link").symlink_to(tmp_path / "docs")
    roots = [str(tmp_path / "docs")]
    assert concerned([f"{roots[0]}/link/a.txt"], roots) is None
    assert concerned([f"{roots[0]}/link"], roots) == {f"{roots[0]}/link"}


def test_only_the_folders_on_the_way_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "docs"
    for number in range(20):
        (root / f"{number}" / "below").mkdir(parents=True)
        (root / f"{number}" / "below" / "a.txt").write_text(f"商汤科技{number}", "utf-8")
    looked: list[str] = []
    entries: Callable[[str], list[os.DirEntry[str]]] = walking._sorted_entries
    monkeypatch.setattr(walking, "_sorted_entries", lambda folder: looked.append(folder) or entries(folder))
    with Index.create(tmp_path / "index") as index:
        index.sync([root])
        looked.clear()
        (root / "7" / "below" / "a.txt").write_text("新的", "utf-8")
        report = syncing.sync(index._store, Order(told=frozenset({str(root / "7" / "below" / "a.txt")})), None)
        assert (report.replaced, report.unchanged, report.removed) == (1, 0, 0)
        assert looked == [str(root), str(root / "7"), str(root / "7" / "below")]


def test_a_root_that_is_now_read_otherwise_is_read_whole(tmp_path: Path, folder: Path) -> None:
    """Else the next walk would not know that it was read in the old way."""
    (folder / "log").mkdir()
    (folder / "log" / "x.txt").write_text("旧的", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([folder])
        roots = tuple(replace(root, exclude=("log",)) for root in read_catalogue(index._store).roots.values())
        told = frozenset({str(folder / "a.txt")})
        assert syncing.sync(index._store, Order(roots, told=told), None).removed == 1


@pytest.mark.parametrize("told", [("thing",), ("thing", "thing/a.txt")])
def test_a_folder_that_becomes_a_file_and_back(tmp_path: Path, told: tuple[str, ...]) -> None:
    root = tmp_path / "docs"
    (root / "thing").mkdir(parents=True)
    (root / "thing" / "a.txt").write_text("旧的", "utf-8")
    order = Order(told=frozenset(str(root / path) for path in told))
    with Index.create(tmp_path / "index") as index:
        index.sync([root])
        shutil.rmtree(root / "thing")
        (root / "thing").write_text("新的", "utf-8")
        report = syncing.sync(index._store, order, None)
        assert (report.added, report.removed, [document.id for document in index]) == (1, 1, [str(root / "thing")])
        (root / "thing").unlink()
        (root / "thing").mkdir()
        (root / "thing" / "a.txt").write_text("旧的", "utf-8")
        report = syncing.sync(index._store, order, None)
        assert (report.added, report.removed, [document.id for document in index]) == (1, 1, [str(root / "thing" / "a.txt")])


def test_nothing_vanishes_under_a_root_that_is_gone(tmp_path: Path) -> None:
    """A disk that was taken out between a look at the folders and a run over what was told."""
    root = tmp_path / "docs"
    root.mkdir()
    for number in range(20):
        (root / f"{number}.txt").write_text(f"商汤科技{number}", "utf-8")
    told = frozenset({str(root / "7.txt")})
    with Index.create(tmp_path / "index") as index:
        index.sync([root])
        root.rename(tmp_path / "elsewhere")
        assert (syncing.sync(index._store, Order(told=told), None).removed, len(index)) == (0, 20)
        (tmp_path / "elsewhere").rename(root)
        (root / "7.txt").unlink()
        assert (syncing.sync(index._store, Order(told=told), None).removed, len(index)) == (1, 19)

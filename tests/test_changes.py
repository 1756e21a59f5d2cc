"""A file is read again where it may give something else, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from searcher.documents import Found, Skipped
from searcher.updating.catalogue import READER, Catalogue, FileState, Root
from searcher.updating.changes import Seen, changed
from searcher.updating.reading import ANEW

CONVERTERS = {".xyz": ["cat", "{file}"]}


def wanted(path: Path, root: Root, known: FileState, known_root: Root | None = None) -> list[str | None]:
    """With which digest a known file is read again."""
    catalogue = Catalogue({known.path: known}, {root.path: known_root or root})
    seen = {str(path): Seen.of(Found(str(path), path.name, path.stat()), root)}
    return [item.digest for item in changed(seen, catalogue, CONVERTERS)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.xyz"
    path.write_text("文字", "utf-8")
    return path


def state(
    path: Path, *, documents: int = 1, skipped: tuple[Skipped, ...] = (), reader: int = READER, size: int = 0, earlier: int = 0
) -> FileState:
    status = path.stat()
    return FileState(
        str(path), status.st_size + size, status.st_mtime_ns, "digest", documents, skipped, reader, status.st_ctime_ns - earlier
    )


def test_what_is_known_is_not_read_and_what_looks_changed_is_read_unless_its_bytes_are_the_same(path: Path) -> None:
    root = Root(str(path.parent))
    assert wanted(path, root, state(path)) == []
    assert wanted(path, root, state(path, size=1)) == ["digest"]
    assert wanted(path, root, state(path, earlier=1)) == ["digest"]
    assert wanted(path, root, state(path, reader=READER - 1)) == [ANEW]
    assert wanted(path, root, state(path), Root(root.path, encoding="big5")) == [ANEW]


@pytest.mark.parametrize(
    ("documents", "skipped", "again"),
    [
        (0, Skipped("a.xyz", "binary", ""), True),
        (0, Skipped("a.xyz", "empty", ""), False),
        (0, Skipped("a.other", "binary", ""), False),
        (1, Skipped("a.xyz", "binary", ""), False),
        (1, Skipped("a.zip!/b.xyz", "binary", ""), True),
    ],
)
def test_what_a_command_can_make_text_of_now_is_read_again(path: Path, documents: int, skipped: Skipped, again: bool) -> None:
    assert wanted(path, Root(str(path.parent)), state(path, documents=documents, skipped=(skipped,))) == [ANEW] * again


@pytest.mark.parametrize(
    ("told", "other", "telling"),
    [
        ("export/general/2024-01-02.json", "other/general/2024-01-02.json", "export/users.json"),
        ("site/docs/deep/a.md", "site/docs/a.txt", "site/mkdocs.yml"),
        ("site/docs/deep/a.md", "other/a.md", "site/mkdocs.yml"),
    ],
)
def test_what_another_file_tells_of_is_read_again_where_that_has_changed(tmp_path: Path, told: str, other: str, telling: str) -> None:
    """A day of a channel, whose people are called otherwise; a page that has another title in a menu. Their own bytes are the same."""
    told_of, not_told_of, teller = (tmp_path / name for name in (told, other, telling))
    for file in (told_of, not_told_of, teller):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("[]", "utf-8")
    root = Root(str(tmp_path))
    seen = {str(file): Seen.of(Found(str(file), file.name, file.stat()), root) for file in (told_of, not_told_of, teller)}

    def read_again(*known: FileState) -> list[tuple[str, str | None]]:
        catalogue = Catalogue({state.path: state for state in known}, {root.path: root})
        return [(item.path, item.digest) for item in changed(seen, catalogue, {})]

    known = [state(file) for file in (told_of, not_told_of)]
    assert read_again(*known, state(teller)) == []
    assert read_again(*known, state(teller, size=1)) == [(str(told_of), ANEW), (str(teller), "digest")]
    assert read_again(*known) == [(str(told_of), ANEW), (str(teller), None)]

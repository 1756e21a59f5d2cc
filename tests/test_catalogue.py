"""The catalogue of known files comes back as it was written, and anything else is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Index, IndexDamaged, Skipped
from searcher.engine import Store
from searcher.remarks import Remark, as_data
from searcher.updating.catalogue import ATTACHMENT, CHANGES, Catalogue, FileState, Root, lies_under

texts = st.text(max_size=20)
details = texts | st.builds(lambda number, what: Remark("detail.line", number=number, what=what), st.integers(), texts)
states = st.builds(
    FileState,
    texts,
    st.integers(0, 2**60),
    st.integers(0, 2**60),
    texts,
    st.integers(0, 99),
    st.lists(st.builds(Skipped, texts, texts, details)).map(tuple),
    st.integers(0, 9),
    st.integers(0, 2**60),
)


roots = st.builds(Root, texts, st.lists(texts).map(tuple), st.booleans(), st.booleans(), st.none() | texts)


@given(st.lists(states, unique_by=lambda state: state.path), st.lists(roots))
def test_a_catalogue_comes_back(files: list[FileState], roots: list[Root]) -> None:
    catalogue = Catalogue({state.path: state for state in files}, {root.path: root for root in roots})
    again = Catalogue.from_bytes(catalogue.to_bytes())
    assert again == catalogue
    for one, other in zip(again.skipped(), catalogue.skipped(), strict=True):
        assert as_data(one.detail) == as_data(other.detail)


paths = st.sampled_from([f"/docs/{number}.txt" for number in range(30)] + ["/\udcff", "商"])


@given(st.lists(st.lists(st.tuples(paths, st.none() | st.integers(0, 99)), max_size=8), max_size=12))
def test_what_has_changed_since_comes_back_too(commits: list[list[tuple[str, int | None]]]) -> None:
    """Whatever is written as a whole and whatever as changes, what lies there is the catalogue."""
    catalogue, there = Catalogue(), dict[str, bytes | None]()
    for number, changes in enumerate(commits):
        catalogue.roots[f"/{number}"] = Root(f"/{number}")
        for path, size in changes:
            if size is not None:
                catalogue.put(FileState(path, size, 1, "", 1))
            elif path in catalogue.files:
                catalogue.drop(path)
        there |= catalogue.to_attachments()
        again = Catalogue.from_bytes(there[ATTACHMENT], there.get(CHANGES))
        assert again == catalogue
        catalogue = again if number % 2 else catalogue


def test_of_one_file_among_many_one_row_is_written() -> None:
    catalogue = Catalogue({path: FileState(path, 1, 1, "", 1) for path in map(str, range(10_000))})
    written = [catalogue.to_attachments()]
    whole = len(written[0][ATTACHMENT] or b"")
    for number in range(1_000):
        catalogue.put(FileState(str(number), 2, 2, "", 1))
        written.append(catalogue.to_attachments())
    assert list(written[1]) == [CHANGES] and len(written[1][CHANGES] or b"") < 100
    assert sum(ATTACHMENT in one for one in written) == 1 + 1_000 // 142  # √20,000 = 141.4
    assert all(one[CHANGES] is None for one in written if ATTACHMENT in one), "what was changed before goes"
    assert sum(len(data or b"") for one in written for data in one.values()) < 20 * whole, "1,000 wholes without"


def test_changes_of_another_whole_are_none() -> None:
    """An older program writes the whole, and leaves the changes as they are."""
    catalogue = Catalogue({"a": FileState("a", 1, 1, "", 1), "b": FileState("b", 1, 1, "", 1)})
    catalogue.to_attachments()
    catalogue.drop("b")
    changes = catalogue.to_attachments()[CHANGES]
    later = Catalogue({"b": FileState("b", 2, 2, "", 1)}).to_bytes()
    assert changes is not None and set(Catalogue.from_bytes(later, changes).files) == {"b"}


@pytest.mark.parametrize("changes", [b"", b"[]", b"{}", b'{"of":', b"null"])
def test_changes_that_are_none_are_damage(changes: bytes) -> None:
    with pytest.raises(ValueError):
        Catalogue.from_bytes(Catalogue().to_bytes(), changes)


@pytest.mark.parametrize("gone", [None, [None], [["a"]], [1]])
def test_what_has_gone_is_told_by_paths(gone: object) -> None:
    catalogue = Catalogue()
    catalogue.to_attachments()
    changes = json.loads(catalogue.to_attachments()[CHANGES] or b"")
    with pytest.raises(ValueError):
        Catalogue.from_bytes(catalogue.to_bytes(), json.dumps({**changes, "gone": gone}).encode())


@given(st.sets(st.text("ab/", min_size=1, max_size=6)), st.sets(st.text("ab/", min_size=1, max_size=4)))
def test_files_among_some_paths(files: set[str], paths: set[str]) -> None:
    catalogue = Catalogue({path: FileState(path, 1, 1, "", 1) for path in files})
    found = [state.path for state in catalogue.among(paths)]
    below = {path for path in files for folder in paths if lies_under(path, folder) and folder not in files}
    assert sorted(found) == sorted((files & paths) | below)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"roots":[],"files":[[1]]}', b"\xff", b"null"])
def test_what_is_no_catalogue_is_damage(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ValueError):
        Catalogue.from_bytes(data)
    Index.create(tmp_path / "index").close()
    store = Store.open(tmp_path / "index")
    with store.writer() as writer:
        writer.commit(attachments={ATTACHMENT: data})
    with Index.open(tmp_path / "index") as index, pytest.raises(IndexDamaged, match="list of files"):
        index.status()


def test_a_folder_is_not_one_whose_name_begins_alike() -> None:
    files = {path: FileState(path, 1, 1, "", 1) for path in ("/a/b/x", "/a/bc/y", "/a/b")}
    assert {state.path for state in Catalogue(files).under("/a/b")} == {"/a/b/x", "/a/b"}


def test_what_the_first_reader_read_has_no_number_and_what_later_ones_read_no_second_time() -> None:
    data = b'{"roots": [], "files": [["/a", 1, 2, "f00", 3, []], ["/b", 1, 2, "f00", 3, [], 7]]}'
    files = Catalogue.from_bytes(data).files
    assert [(state.reader, state.changed_ns) for state in files.values()] == [(1, 0), (7, 0)]


def test_a_reason_that_an_older_version_wrote_is_shown_as_it_is() -> None:
    data = b'{"roots": [], "files": [["/a", 1, 2, "f00", 0, [["/a", "empty", "nothing in it"]], 2]]}'
    assert Catalogue.from_bytes(data).skipped() == (Skipped("/a", "empty", "nothing in it"),)

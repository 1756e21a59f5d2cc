"""The catalogue of known files comes back as it was written, and anything else is told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Index, IndexDamaged, Skipped
from searcher.engine import Store
from searcher.remarks import Remark, as_data
from searcher.updating.catalogue import ATTACHMENT, Catalogue, FileState, Root

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

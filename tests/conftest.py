"""What tests share: the tiny corpus as an index."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from searcher import Document, Index
from tests import source
from tests.corpus import CORPUS

settings.register_profile("searcher", deadline=None)  # no test says how long something may take: machines that test are busy
settings.load_profile("searcher")


@pytest.fixture(scope="session", autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stock Whoosh keeps an index in memory by way of a folder of one fixed name, in which processes that test at once would meet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
        yield


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> None:
    """A shell starts what runs in the background with Ctrl-C ignored, and programs that tests start would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module", autouse=True)
def source_is_let_go() -> Iterator[None]:
    yield
    source.let_go()


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The tiny corpus, indexed once; tests do not write to it."""
    with Index.create(tmp_path_factory.mktemp("corpus") / "index") as index:
        index.add(CORPUS)
        yield index


class Indexed(Protocol):
    """Adds documents to the index of a test, and gives it."""

    def __call__(self, *documents: Document) -> Index: ...


@pytest.fixture
def indexed(tmp_path: Path) -> Iterator[Indexed]:
    """Gives an index of its own to a test, which says what documents it holds; it is closed behind the test."""
    with Index.create(tmp_path / "index") as index:

        def added(*documents: Document) -> Index:
            index.add(documents)
            return index

        yield added


@pytest.fixture(scope="module")
def shared_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Indexed]:
    """Gives indexes that the tests of a module share, another one each time; they are closed behind the module."""
    with ExitStack() as open_ones:

        def made(*documents: Document) -> Index:
            index = open_ones.enter_context(Index.create(tmp_path_factory.mktemp("shared") / "index"))
            index.add(documents)
            return index

        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three documents as files."""
    place = tmp_path / "documents"
    place.mkdir()
    for name, text in (("a.txt", "商汤科技上市"), ("b.txt", "商湯科技融資"), ("c.txt", "民法典第一条")):
        (place / name).write_text(text, "utf-8")
    return place

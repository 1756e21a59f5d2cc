"""The index of the tests that need no engine is asked as the real one is, so that no test passes by what the real one refuses."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from searcher import Index
from tests.fake_index import FakeIndex

ASKED = [name for name, method in vars(FakeIndex).items() if not name.startswith("_") and (callable(method) or hasattr(method, "__func__"))]


@pytest.mark.parametrize("name", ASKED)
def test_a_fake_takes_what_the_index_takes(name: str) -> None:
    """What it takes by name; the rest it asks the index about (`_taken`)."""
    real, fake = (inspect.signature(getattr(of, name)).parameters for of in (Index, FakeIndex))
    for parameter, found in fake.items():
        if found.kind is not inspect.Parameter.VAR_KEYWORD:
            assert found.kind == real[parameter].kind
            assert found.default in (inspect.Parameter.empty, real[parameter].default)


@pytest.mark.parametrize(
    "call", [lambda fake: fake.sync(["a"], prun=True), lambda fake: fake.search("a", snipets=1), lambda fake: fake.why()]
)
def test_it_refuses_what_the_index_refuses(call: Callable[[FakeIndex], object]) -> None:
    with pytest.raises(TypeError):
        call(FakeIndex("index"))


def test_it_is_asked_for_what_the_index_has() -> None:
    assert {"search", "sync", "status", "why", "facets"} <= set(ASKED) <= set(dir(Index))

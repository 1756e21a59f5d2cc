"""Plain data is in every way what the standard library makes of the same declaration."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
from collections.abc import Callable, Iterator
from dataclasses import field
from pathlib import Path
from typing import Any

import pytest

import searcher
from searcher.data import dataclass
from searcher.engine.request import Every, Fuzzy, Keyword, Prefix, Run, Term

PACKAGE = Path(searcher.__file__).parent


def _declared(decorator: Any) -> Any:
    @decorator(frozen=True, slots=True)
    class Passage:
        """Has what a class of the package may have."""

        start: int
        text: str = field(repr=False)
        weight: float = 1.0
        marks: list[int] = field(default_factory=list)
        shown: bool = True

        def __post_init__(self) -> None:
            if self.start < 0:
                raise ValueError("it begins before the text")

        @property
        def end(self) -> int:
            return self.start + len(self.text)

    return Passage


OURS, THEIRS = _declared(dataclass), _declared(dataclasses.dataclass)

OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "positional": lambda kind: kind(1, "a", 2.0, [3], False),
    "named": lambda kind: kind(text="a", start=1, shown=False),
    "defaults": lambda kind: dataclasses.asdict(kind(1, "a")),
    "a factory is called each time": lambda kind: kind(1, "a").marks is kind(1, "a").marks,
    "its own property": lambda kind: kind(1, "abc").end,
    "nothing given": lambda kind: kind(),
    "too much given": lambda kind: kind(1, "a", 1.0, [], True, 0),
    "an unknown name": lambda kind: kind(1, "a", size=1),
    "a check": lambda kind: kind(-1, "a"),
    "set": lambda kind: setattr(kind(1, "a"), "start", 2),
    "set what is no field": lambda kind: hasattr(kind(1, "a"), "__dict__"),
    "delete": lambda kind: delattr(kind(1, "a"), "start"),
    "equal": lambda kind: kind(1, "a") == kind(1, "a"),
    "unequal": lambda kind: kind(1, "a") == kind(1, "b"),
    "of another kind": lambda kind: kind(1, "a") == (1, "a", 1.0, [], True),
    "a hash": lambda kind: hash(kind(1, "a", marks=())) == hash(kind(1, "a", marks=())) != hash(kind(2, "a", marks=())),
    "no hash": lambda kind: hash(kind(1, "a")),
    "replaced": lambda kind: dataclasses.replace(kind(1, "a"), text="b").text,
    "replaced by what is wrong": lambda kind: dataclasses.replace(kind(1, "a"), start=-1),
    "copied": lambda kind: copy.copy(kind(1, "a", marks=[1])) == copy.deepcopy(kind(1, "a", marks=[1])) == kind(1, "a", marks=[1]),
    "a tuple": lambda kind: dataclasses.astuple(kind(1, "a")),
    "for matching": lambda kind: kind.__match_args__,
    "slots": lambda kind: kind.__slots__,
    "names": lambda kind: (kind.__name__, kind.__qualname__, kind.__doc__, kind.__init__.__qualname__, kind.__eq__.__qualname__),
    "fields": lambda kind: [(one.name, one.type, one.repr) for one in dataclasses.fields(kind)],
}


def _outcome(operation: Callable[[Any], Any], kind: Any) -> tuple[str, str]:
    try:
        return "gives", repr(operation(kind))
    except Exception as error:
        return type(error).__name__, str(error)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_the_same_comes_of_it(operation: Callable[[Any], Any]) -> None:
    assert _outcome(operation, OURS) == _outcome(operation, THEIRS)


def test_what_is_equal_has_one_class() -> None:
    assert Term(("text",), "a") != Prefix(("text",), "a") and Keyword("a") != "a"
    assert Every() == Every() and len({Every(), Every(), Keyword("a"), Keyword("a")}) == 2


def test_it_is_pickled() -> None:
    node = Run(("text",), ("商汤", "科技"), (0, 2), open_end=True)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(node, protocol)) == node


def test_what_is_not_frozen_is_the_standard_librarys() -> None:
    @dataclass
    class Count:
        number: int = 0

    count = Count()
    count.number += 1
    assert count == Count(1) and "__reduce__" not in vars(Count)


def _kinds() -> Iterator[type]:
    """Every class of the package that is made so."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "searcher.data import dataclass" in path.read_text("utf-8"):
            name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
            declared = (kind for kind in vars(importlib.import_module(name)).values() if isinstance(kind, type) and kind.__module__ == name)
            yield from (kind for kind in declared if "__slots__" in vars(kind) and "__reduce__" in vars(kind))


@pytest.mark.parametrize("kind", list(_kinds()), ids=lambda kind: f"{kind.__module__}.{kind.__qualname__}")
def test_every_class_of_the_package_is_called_as_the_standard_library_would_have_it(kind: type) -> None:
    standard = dataclasses.make_dataclass(kind.__name__, [(one.name, one.type, _again(one)) for one in dataclasses.fields(kind)])
    ours, theirs = (
        [(parameter.name, parameter.kind, parameter.annotation, parameter.default is parameter.empty) for parameter in signature]
        for signature in (inspect.signature(made).parameters.values() for made in (kind, standard))
    )
    assert ours == theirs
    fields = dataclasses.fields(kind)
    assert all(one.init and one.compare and one.hash is None and not one.kw_only for one in fields), "what `searcher.data` knows nothing of"


def _again(one: dataclasses.Field[Any]) -> Any:
    return field(default=one.default, default_factory=one.default_factory)  # type: ignore[call-overload]


def test_a_fuzzy_word_is_told() -> None:
    assert repr(Fuzzy(("text",), "软件", 2)) == "Fuzzy(fields=('text',), text='软件', distance=2, prefix=1)"

"""Frozen data is in every respect what `dataclasses` makes of the same class."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar

import pytest

from searcher.frozen import frozen


class PlainBody:
    """Three values."""

    one: str
    two: int = 2
    three: tuple[str, ...] = ()

    def both(self) -> str:
        return f"{self.one}{self.two}"


class NothingBody:
    pass


class SingleBody:
    only: str


class OddBody:
    """Whatever a field can be told to be."""

    KIND: ClassVar[str] = "odd"
    one: str
    shown: int = field(default=1, repr=False)
    listed: dict[str, int] = field(default_factory=dict, hash=False)
    aside: int = field(default=3, compare=False)
    made: list[int] = field(default_factory=lambda: [7], init=False, compare=False)
    later: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "later", self.one * 2)


class OwnBody:
    """What a class says of itself stays."""

    one: str
    two: int = 2

    def __repr__(self) -> str:
        return f"<{self.one}>"

    def __eq__(self, other: object) -> bool:
        return getattr(other, "one", None) == self.one

    def __hash__(self) -> int:
        return hash(self.one)


CLASSES: dict[type, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    PlainBody: [(("a",), {}), (("a", 2), {}), (("b",), {"three": ("x",)}), ((), {"one": "a", "two": 5})],
    NothingBody: [((), {})],
    SingleBody: [(("a",), {}), (("b",), {})],
    OddBody: [(("a",), {}), (("a", 1, {"x": 1}), {}), (("a",), {"aside": 9}), (("b", 5), {"listed": {"y": 2}})],
    OwnBody: [(("a",), {}), (("a", 3), {}), (("b",), {})],
}


def _built(decorator: Callable[[type], type]) -> dict[type, Any]:
    """The classes, with this decorator, under the name that their bodies have before theirs."""
    return {cls: decorator(type(cls.__name__[: -len("Body")], (), _body(cls))) for cls in CLASSES}


def _body(cls: type) -> dict[str, Any]:
    return {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}


MADE, MODELS = _built(frozen), _built(dataclass(frozen=True, slots=True))
Plain, Nothing, Single, Odd, Own = MADE.values()  # where pickle looks for them


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize(
    "told",
    [
        repr,
        lambda one: [(known.name, getattr(one, known.name)) for known in fields(one)],
        lambda one: [(known.name, known.type) for known in fields(type(one))],
        asdict,
        lambda one: asdict(copy.copy(one)),
        lambda one: asdict(copy.deepcopy(one)),
        lambda one: asdict(replace(one)),
        lambda one: type(one).__match_args__,
        lambda one: type(one).__slots__,
        lambda one: is_dataclass(one),
        lambda one: repr(type(one).__dataclass_params__),
        lambda one: dataclass(frozen=True)(type("More", (type(one),), {})).__match_args__,
        lambda one: (type(one).__name__, type(one).__qualname__, type(one).__module__),
        lambda one: hasattr(one, "__dict__"),
        lambda one: str(inspect.signature(type(one))),
        lambda one: one == "something else",
        lambda one: one != "something else",
    ],
)
def test_it_tells_the_same(cls: type, told: Callable[[Any], Any]) -> None:
    for arguments, named in CLASSES[cls]:
        assert told(MADE[cls](*arguments, **named)) == told(MODELS[cls](*arguments, **named))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_the_same_are_equal_and_have_one_hash(cls: type) -> None:
    made, models = ([kind[cls](*arguments, **named) for arguments, named in CLASSES[cls]] for kind in (MADE, MODELS))
    for one, model in zip(made, models, strict=True):
        assert [one == other for other in made] == [model == other for other in models]
        assert all(hash(one) == hash(other) for other in made if one == other)
        assert [hash(one) == hash(other) for other in made] == [hash(model) == hash(other) for other in models]
        assert one != model or cls is OwnBody


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_it_comes_back_from_another_process(cls: type) -> None:
    for arguments, named in CLASSES[cls]:
        one = MADE[cls](*arguments, **named)
        assert pickle.loads(pickle.dumps(one)) == one


@pytest.mark.parametrize("cls", [PlainBody, SingleBody, OddBody], ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("change", [lambda one, name: setattr(one, name, "b"), delattr])
@pytest.mark.parametrize("name", ["first", "strange"])
def test_nothing_of_it_can_be_changed(cls: type, change: Callable[[Any, str], object], name: str) -> None:
    one = MADE[cls]("a")
    first = fields(one)[0].name
    with pytest.raises(FrozenInstanceError):
        change(one, first if name == "first" else name)
    assert getattr(one, first) == "a"


@pytest.mark.parametrize(("arguments", "named"), [((), {}), (("a", 1, (), 4), {}), (("a",), {"one": "b"}), (("a",), {"four": 4})])
def test_what_does_not_fit_is_refused(arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kind in (MADE, MODELS):
        with pytest.raises(TypeError):
            kind[PlainBody](*arguments, **named)


def test_each_has_a_default_of_its_own() -> None:
    one, other = Odd("a"), Odd("a")
    assert one.listed is not other.listed and one.made is not other.made and one.made == [7]
    assert (Odd.KIND, Plain("x").both(), Plain.__doc__) == ("odd", "x2", "Three values.")


def test_what_has_changed_fits_as_well() -> None:
    one = Plain("a")
    assert replace(one, two=3) == Plain("a", 3)
    match one:
        case Plain(first, second):
            assert (first, second) == ("a", 2)
        case _:
            pytest.fail("no match")

"""Frozen data, which is what passes between rooms, in classes that are made at once.

For a class `dataclass(frozen=True, slots=True)` compiles seven functions, a third of a millisecond or more, and a search makes a hundred
classes before it does anything. Here one is compiled, which makes an object; the others are the same for all classes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[Any], Any]:
        return lambda decorator: decorator


Made = TypeVar("Made")


class _Later:
    """What a signature has where a value is made for each object."""

    def __repr__(self) -> str:
        return "<factory>"


LATER = _Later()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Made]) -> type[Made]:
    """A class as `dataclass(frozen=True, slots=True)` makes it: `fields`, `replace`, `asdict`, `match` and pickle know no other."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # else dataclass describes it, by way of all of inspect
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    known = fields(made)
    methods = {**_SHARED, **_equality(known), "__init__": _init(made, known)}
    for name in methods.keys() - vars(cls).keys():  # what a class says itself stays
        setattr(made, name, methods[name])
    for param in ("init", "repr", "eq", "frozen"):  # as it now is, for those who ask, and classes that are made of this one
        setattr(made.__dataclass_params__, param, True)
    return made  # type: ignore[no-any-return]


def _init(cls: type, known: Sequence[Field[Any]]) -> Callable[..., None]:
    """What makes an object, by way of the slots: the fields themselves cannot be set."""
    given = [one for one in known if one.init]
    scope: dict[str, Any] = {"LATER": LATER}
    body = []
    for one in known:
        name, value = one.name, one.name
        scope[f"set_{name}"] = getattr(cls, name).__set__
        if one.default is not MISSING:
            scope[f"default_{name}"] = one.default
            value = name if one.init else f"default_{name}"
        elif one.default_factory is not MISSING:
            scope[f"make_{name}"] = one.default_factory
            value = f"make_{name}() if {name} is LATER else {name}" if one.init else f"make_{name}()"
        elif not one.init:
            continue
        body.append(f" set_{name}(self, {value})\n")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()\n")
    arguments = "".join(f", {one.name}{_default(one)}" for one in given)
    exec(f"def __init__(self{arguments}):\n{''.join(body) or ' pass'}", scope)
    init: Callable[..., None] = scope["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {**{one.name: one.type for one in given}, "return": None}
    return init


def _default(one: Field[Any]) -> str:
    if one.default is not MISSING:
        return f"=default_{one.name}"
    return "" if one.default_factory is MISSING else "=LATER"


def _equality(known: Sequence[Field[Any]]) -> dict[str, Callable[..., object]]:
    compared = _values([one.name for one in known if one.compare])
    hashed = _values([one.name for one in known if (one.compare if one.hash is None else one.hash)])

    def __eq__(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": __eq__, "__hash__": lambda self: hash(hashed(self))}


def _values(names: Sequence[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()


def _repr(self: Any) -> str:
    values = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({', '.join(values)})"


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__slots__]


def _restore(self: Any, values: Sequence[Any]) -> None:
    for name, value in zip(self.__slots__, values, strict=True):
        object.__setattr__(self, name, value)


_SHARED: dict[str, Callable[..., object]] = {
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _restore,
}

"""Plain data is declared as everywhere, and made in a fifth of the time.

    from searcher.data import dataclass

    @dataclass(frozen=True, slots=True)
    class Term: …

A search declares a hundred such classes before it looks for anything. The standard library compiles six methods for each of them, which was
a fifth of the whole search; here only `__init__` is compiled, and the others are closures over the class's fields.
What they do is the same: `tests/test_data.py` holds every class of the package to what the standard library makes of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(declared=None, /, *, frozen=False, slots=False):
        """The standard library's `dataclass`; what is frozen and has slots is made here."""
        return _made if frozen and slots else dataclasses.dataclass(declared, frozen=frozen, slots=slots)


def _made(declared: type) -> type:
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(declared)
    fields = dataclasses.fields(made)
    methods = {"__init__": _init(made, fields), **_comparing(fields), **_telling(fields), **_frozen(fields)}
    for name, method in methods.items():
        if name not in declared.__dict__:
            method.__qualname__ = f"{made.__qualname__}.{name}"
            setattr(made, name, method)
    return made


def _init(made: type, fields: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    """`__init__`, as the class would have it written; names of its own begin with two underscores, which no field does."""
    scope: dict[str, Any] = {"__set": object.__setattr__, "__missing": dataclasses.MISSING}
    parameters, lines = [], []
    for number, field in enumerate(fields):
        name, value, given = field.name, field.name, ""
        if field.default is not dataclasses.MISSING:
            scope[f"__{number}"], given = field.default, f"=__{number}"
        elif field.default_factory is not dataclasses.MISSING:
            scope[f"__{number}"], given = field.default_factory, "=__missing"
            value = f"__{number}() if {name} is __missing else {name}"
        parameters.append(name + given)
        lines.append(f" __set(self, {name!r}, {value})\n")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()\n")
    exec(f"def __init__(self, {', '.join(parameters)}):\n{''.join(lines) or ' pass'}", scope)  # as the standard library does
    made_init: Callable[..., None] = scope["__init__"]
    made_init.__annotations__ = {**{field.name: field.type for field in fields}, "return": None}
    return made_init


def _comparing(fields: tuple[dataclasses.Field[Any], ...]) -> dict[str, Callable[..., Any]]:
    """Equal is what is of one class and has equal values."""
    values = _values(fields)

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed}


def _telling(fields: tuple[dataclasses.Field[Any], ...]) -> dict[str, Callable[..., Any]]:
    """How it is shown, and how it is pickled and copied: as its class and its values."""
    values, shown = _values(fields), [field.name for field in fields if field.repr]

    def told(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def reduced(self: object) -> tuple[type, tuple[Any, ...]]:
        return type(self), values(self)

    return {"__repr__": told, "__reduce__": reduced}


def _frozen(fields: tuple[dataclasses.Field[Any], ...]) -> dict[str, Callable[..., Any]]:
    """Nothing can be changed; to take up memory for what is no field is not possible anyway."""

    def refuse_to_set(self: object, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def refuse_to_delete(self: object, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    return {"__setattr__": refuse_to_set, "__delattr__": refuse_to_delete}


def _values(fields: tuple[dataclasses.Field[Any], ...]) -> Callable[[object], tuple[Any, ...]]:
    """What gives all values of an instance; for two and more that is done in C."""
    names = [field.name for field in fields]
    return attrgetter(*names) if len(names) > 1 else lambda self: tuple(getattr(self, name) for name in names)

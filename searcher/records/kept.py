"""Is what an index keeps of a document what we keep of one? It may come from a stranger, its checksums right and the rest invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from searcher.engine import Handle, Snapshot
from searcher.errors import IndexDamaged
from searcher.remarks import Remark

_DIGITS = 18
"""A number of up to so many digits can be read at once: Python refuses thousands of them."""


def values_in(snapshot: Snapshot, handle: Handle) -> dict[str, Any]:
    """What is kept of a document beside its text (`storing.values_of`); IndexDamaged where it is something else."""
    values = snapshot.values(handle)
    if not are_ours(values):
        raise IndexDamaged(path=snapshot.path, reason=Remark("detail.stored"))
    return values


def are_ours(values: Mapping[str, Any]) -> bool:
    """Whether values are of the kinds that `storing.values_of` gives."""
    try:
        return (
            set(map(type, (values["id"], values["title"], values["digest"]))) == {str}
            and {type(values["path"]), type(values["source"]), type(values["date"])} <= {str, type(None)}
            and all(type(value) is str or is_list_of(value, str) for value in values["metadata"].values())
            and all(_are_columns(*columns) for columns in values["locations"].values())
            and all(_is_number(start) and type(count) is int for start, count in values["lines"].items())
            and type(values.get("plain", False)) is bool  # what was indexed earlier says nothing of it
            and set(map(type, values.get("numbers", {}).values())) <= {int, float}
            and type(values.get("modified", "")) is str
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def is_list_of(found: object, kind: type) -> TypeGuard[list[Any]]:
    """Whether something is a list of nothing but one kind."""
    return isinstance(found, list) and set(map(type, found)) <= {kind}


def _is_number(text: str) -> bool:
    """Whether a text is a number in digits, of a size that something can have."""
    return text.isdecimal() and len(text) <= _DIGITS


def _are_columns(starts: object, labels: object) -> bool:
    return is_list_of(starts, int) and is_list_of(labels, str) and len(starts) == len(labels)

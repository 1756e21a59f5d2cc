"""The columns of a segment, as Whoosh reads them: values to sort and group by, and numbers as terms to search for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields

from searcher.engine.as_whoosh.schema import shift_of
from searcher.engine.fields import MISSING
from searcher.engine.segment.file import FileSegment


class NumberColumn(columns.ColumnReader):  # type: ignore[misc]
    """A number for each document, as its field sorts it."""

    def __init__(self, numbers: Any, field: fields.FieldType, default: Any) -> None:
        self._numbers, self._doccount, self._sign, self._default = numbers, len(numbers), 1, default
        self._shift = 0 if isinstance(field, fields.DATETIME) else shift_of(field)  # its columns are the one thing Whoosh does not shift

    def __getitem__(self, docnum: int) -> Any:
        number = int(self._numbers[docnum])
        return self._default if number == MISSING else number + self._shift

    def sort_key(self, docnum: int) -> Any:
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        self._sign = -1


class StoredColumn(columns.ColumnReader):  # type: ignore[misc]
    """The stored value of each document, for a field of texts to sort by: slow, and so read once."""

    def __init__(self, segment: FileSegment, name: str, field: fields.FieldType, default: Any) -> None:
        self._segment, self._name, self._field, self._default = segment, name, field, default
        self._doccount = segment.count

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    @cached_property
    def _values(self) -> list[Any]:
        return [self._value(self._segment.stored.values(document)[1]) for document in range(self._segment.count)]

    def _value(self, values: dict[str, Any]) -> Any:
        value = values.get(self._name)
        return self._default if value is None else self._field.to_column_value(value)


class NumberTerms:
    """A column as the terms that Whoosh keeps of a numeric field: for each of some shifts, numbers without so many of their last bits."""

    def __init__(self, segment: FileSegment, name: str, field: fields.NUMERIC) -> None:
        self._segment, self._name, self._field = segment, name, field

    def terms(self, low: bytes) -> Iterator[bytes]:
        """The terms from `low` on, in order."""
        first = low[0] if low else 0
        for shift in range(0, self._field.bits, self._field.shift_step or self._field.bits):
            if shift >= first:
                values = np.unique(self._sortable >> np.uint64(shift)).tolist()
                yield from (text for value in values if (text := bytes((shift,)) + self._field._struct.pack(value)) >= low)

    def ids(self, text: bytes) -> NDArray[Any]:
        """The documents that have a term."""
        if len(text) != 1 + self._field.bits // 8:
            return self._ids[:0]
        shifted = self._sortable >> np.uint64(text[0])
        return np.compress(shifted == np.uint64(int.from_bytes(text[1:], "big")), self._ids)

    @cached_property
    def _ids(self) -> NDArray[Any]:
        return np.flatnonzero(self._segment.column(self._name) != MISSING).astype(np.uint32)

    @cached_property
    def _sortable(self) -> NDArray[np.uint64]:
        """The numbers of those documents that have one, as Whoosh sorts them."""
        numbers: NDArray[np.uint64] = self._segment.column(self._name)[self._ids].view(np.uint64)
        sortable: NDArray[np.uint64] = numbers + np.uint64(shift_of(self._field))
        return sortable


def sorts_by_value(field: fields.FieldType) -> bool:
    """Whether a field has a column that is none of ours: its values are taken from what is stored."""
    return field.column_type is not None and not isinstance(field, fields.NUMERIC)

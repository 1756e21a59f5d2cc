"""What an index holds, in Whoosh's words: a `whoosh.fields.Schema`.

| kind | field | its postings |
| --- | --- | --- |
| id | `Id` | documents; a document has one, and no other has the same |
| keywords | `Keywords` | documents |
| terms | `Terms` | frequencies |
| positions | `Terms` with the format `RawPositions` | positions, 4 bytes each, where Whoosh pickles them |
| numbers | `Number` | none on disk: a column, from which the codec makes Whoosh's numeric terms when they are asked for |

A field may be stored as well, or only stored. On disk lies none of this, but `Kinds`: Whoosh's own way is to pickle the schema, and who
unpickles a stranger's file runs a stranger's code. So analyzers are not kept: a program with its own gives its schema each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from whoosh import fields, formats
from whoosh.analysis import Analyzer, IDAnalyzer, KeywordAnalyzer

from searcher.engine.fields import ID, IDS, KEYWORD, KEYWORDS, NUMBERS, POSITIONS, TERMS, Kinds, is_sayable
from searcher.engine.record import JSON


class RawPositions(formats.Positions):  # type: ignore[misc]
    """Positions as they are: 4 bytes each, little endian."""

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4

    def decode_weight(self, valuestring: bytes) -> float:
        return self.decode_frequency(valuestring) * float(self.field_boost)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return [int(position) for position in np.frombuffer(valuestring, "<u4")]

    def encode(self, poslist: Iterable[int]) -> bytes:
        return np.array(list(poslist), "<u4").tobytes()


class Id(fields.ID):  # type: ignore[misc]
    """The id of a document."""

    def __init__(self) -> None:
        super().__init__(stored=True, unique=True, analyzer=IDAnalyzer())


class Keywords(fields.KEYWORD):  # type: ignore[misc]
    """Exact values. In a query a keyword is one term; for indexing they come as a list."""

    def __init__(self, stored: bool) -> None:
        super().__init__(stored=stored, analyzer=IDAnalyzer())


class Terms(fields.TEXT):  # type: ignore[misc]
    """Analysed text. Without an analyzer it is taken as terms between spaces: what is in the index was analysed elsewhere."""

    def __init__(self, positional: bool, stored: bool = False, analyzer: Analyzer | None = None) -> None:
        together = "phrase" if positional else "default"
        super().__init__(analyzer=analyzer or KeywordAnalyzer(), phrase=positional, stored=stored, multitoken_query=together)
        self.format = RawPositions() if positional else formats.Frequency()


class Number(fields.NUMERIC):  # type: ignore[misc]
    """A whole number of 64 bits, to sort by and to ask for in ranges."""

    def __init__(self, stored: bool) -> None:
        super().__init__(int, 64, stored=stored, sortable=True, shift_step=0)


def schema_of(kinds: Kinds) -> fields.Schema:
    """The schema of an index, as far as Whoosh can say it."""
    schema = fields.Schema()
    for name in filter(is_sayable, dict.fromkeys((*kinds.indexed, *kinds.stored))):
        schema.add(name, _field_of(kinds.indexed.get(name), stored=name in kinds.stored))
    return schema


def _field_of(kind: str | None, *, stored: bool) -> fields.FieldType:
    """The field of a kind; None: it is stored and nothing else."""
    if kind == ID:
        return Id()
    if kind == KEYWORD:
        return Keywords(stored)
    if kind == NUMBERS:
        return Number(stored)
    return fields.STORED() if kind is None else Terms(kind == POSITIONS, stored)


def kind_of(name: str, field: fields.FieldType) -> str | None:
    """As which kind a field of anybody's schema is indexed here; None: it is not. ValueError where we cannot."""
    if not field.indexed or (field.format is None and not isinstance(field, fields.BOOLEAN)):
        return None
    if getattr(field.format, "field_boost", 1.0) != 1.0:
        raise ValueError(f"the field {name!a} has a boost: frequencies are kept here, not weights; boost in the query")
    if name in (IDS, KEYWORDS):
        if isinstance(field, (fields.NUMERIC, fields.TEXT)) or (name == IDS and not isinstance(field, fields.ID)):
            raise ValueError(f"the field {name!a} is the documents' {'own id: an ID' if name == IDS else 'keywords: a KEYWORD'}")
        return ID if name == IDS else KEYWORD
    if isinstance(field, fields.NUMERIC):
        return NUMBERS
    return POSITIONS if field.supports("positions") else TERMS


def number_of(field: fields.NUMERIC, value: object) -> int:
    """A value of any numeric field as a number of our columns: of whole numbers and dates, themselves; of others, in the same order."""
    return int.from_bytes(field.to_bytes(value)[1:], "big") - shift_of(field)


def shift_of(field: fields.NUMERIC) -> int:
    """What Whoosh adds to a number so that it is not negative, and so sortable as bytes."""
    return int(1 << (field.bits - 1)) if field.signed or field.bits == 64 else 0


def to_stored(field: fields.FieldType, value: Any) -> JSON:
    """A stored value as JSON; what JSON cannot say is refused later, by the writer."""
    if isinstance(field, fields.DATETIME):
        return value.isoformat() if isinstance(value, datetime) else value
    return str(value) if isinstance(value, Decimal) else value


def from_stored(field: fields.FieldType, value: JSON) -> Any:
    """What `to_stored` took, where it was a date or a decimal."""
    if isinstance(value, str) and isinstance(field, fields.DATETIME):
        return datetime.fromisoformat(value)
    exact = isinstance(field, fields.NUMERIC) and field.decimal_places
    return Decimal(value) if isinstance(value, str) and exact else value

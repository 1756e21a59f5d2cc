"""What an index holds, in Whoosh's words: a `whoosh.fields.Schema` that grows with the records that are written.

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

from searcher.engine.fields.kinds import ID, IDS, KEYWORD, KEYWORDS, NUMBERS, POSITIONS, TERMS, Kinds, check_kind
from searcher.engine.record import JSON, Record


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


class IndexSchema(fields.Schema):  # type: ignore[misc]
    """The schema of an index. It learns the fields of records; a field never changes its kind."""

    def __init__(self, kinds: Kinds) -> None:
        super().__init__()
        self._kinds: dict[str, str] = {}
        self._stored: dict[str, None] = {}
        for name, kind in kinds.indexed.items():
            self.learn(name, kind)
        for name in kinds.stored:
            self.learn_stored(name)

    def kinds(self) -> Kinds:
        """The schema as data."""
        return Kinds(dict(self._kinds), tuple(self._stored))

    def kind(self, name: str) -> str | None:
        """How a field is indexed; None: it is not."""
        return self._kinds.get(name)

    def check(self, record: Record) -> None:
        """ValueError where a record has a field of another kind, or of a name that a schema cannot have."""
        for name, kind in _kinds_of(record):
            if name not in self._kinds:
                if not _sayable(name):
                    raise ValueError(f"no field can be called {name!a}: a name begins with no _ and holds no space")
            else:
                check_kind(name, kind, self._kinds[name])
        if both := record.fields.keys() & record.numbers.keys():
            raise ValueError(f"the field {min(both)!a} holds terms and numbers")

    def learn_record(self, record: Record) -> None:
        """Takes the fields of a record that was checked."""
        self._learn_new(_kinds_of(record), record.values)

    def learn(self, name: str, kind: str) -> None:
        """Takes a field; ValueError where it is of another kind here."""
        check_kind(name, kind, self._kinds.get(name, kind))
        self._kinds[name] = kind
        self._put(name)

    def learn_stored(self, name: str) -> None:
        """Takes a stored field; one that Whoosh cannot say is stored all the same, but no Whoosh program sees it."""
        if name in self._stored:
            return
        self._stored[name] = None
        if _sayable(name):
            self._put(name)

    def unite(self, kinds: Kinds) -> None:
        """Takes the fields of a segment; ValueError where one is of another kind here."""
        self._learn_new(kinds.indexed.items(), kinds.stored)

    def _learn_new(self, indexed: Iterable[tuple[str, str]], stored: Iterable[str]) -> None:
        for name, kind in indexed:
            if self._kinds.get(name) != kind:
                self.learn(name, kind)
        for name in stored:
            self.learn_stored(name)

    def _put(self, name: str) -> None:
        if name in self._fields:
            self.remove(name)
        self.add(name, _field_of(self._kinds.get(name), stored=name in self._stored))


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


def _sayable(name: str) -> bool:
    """Whether a field of a Whoosh schema can be called so."""
    return not name.startswith("_") and " " not in name


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


def _kinds_of(record: Record) -> Iterable[tuple[str, str]]:
    for name, terms in record.fields.items():
        yield name, POSITIONS if terms.positional else TERMS
    for name in record.numbers:
        yield name, NUMBERS

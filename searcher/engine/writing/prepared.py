"""Can an index hold this record, and what is stored of it?"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from searcher.engine.fields import Schema
from searcher.engine.record import JSON, Part, Record, Terms
from searcher.errors import InvalidDocument
from searcher.text.pairs import LONGER, Pairs

_DISORDER = "its blocks must ascend from 0, inside its text"


class Prepared:
    """What is stored of a record, checked: everything that can be wrong with it is found here, before anything is touched.

    Only what is wrong with a part is found when that comes.
    """

    def __init__(self, record: Record, schema: Schema) -> None:
        with _refusing(record):
            schema.check(record)
            self.positions = {name: _checked_positions(name, terms) for name, terms in record.fields.items()}
            self._check_rest(record)
            self.values = _json([record.id, dict(record.values)])
            self.blocks = _blocks(record)
            self._reached = 0

    def check_part(self, record: Record, part: Part) -> dict[str, array[int] | None]:
        """The positions of its terms, by field; InvalidDocument."""
        with _refusing(record):
            found = {name: _checked_positions(name, terms) for name, terms in part.fields.items()}
            if any(terms.positional != record.fields[name].positional for name, terms in part.fields.items()):
                raise ValueError("a part has positions where its record has none, or none where it has them")
            "".join((part.text,))
            if not self._reached <= part.position < 2**32:
                raise ValueError(_DISORDER)
            self._reached = part.position
            return found

    def _check_rest(self, record: Record) -> None:
        if not isinstance(record.id, str) or not record.id:
            raise ValueError("its id must be a text that is not empty")
        "".join(record.keywords)
        for name, number in record.numbers.items():
            if type(number) is not int or not -(2**63) < number < 2**63:
                raise ValueError(f"{name} must be a whole number of 64 bits, not {number!r}")


@contextmanager
def _refusing(record: Record) -> Iterator[None]:
    """What no record can hold becomes InvalidDocument."""
    try:
        yield
    except (TypeError, ValueError, OverflowError, RecursionError, KeyError) as error:
        raise InvalidDocument(id=record.id, reason=str(error)) from error


def _checked_positions(name: str, terms: Terms | Pairs) -> array[int] | None:
    """The positions of a field's terms, all of which are texts; those of pairs are where they are."""
    if isinstance(terms, Pairs):
        _check_pairs(name, terms)
        return None
    "".join(terms.texts)
    if terms.positions is None:
        return None
    positions = terms.positions if isinstance(terms.positions, array) and terms.positions.typecode == "I" else array("I", terms.positions)
    if len(positions) != len(terms.texts):
        raise ValueError(f"{len(terms.texts)} terms at {len(positions)} positions in the field {name}")
    return positions


def _check_pairs(name: str, pairs: Pairs) -> None:
    "".join(pairs.longer)
    if pairs.line.count(LONGER, 0, -1) != len(pairs.longer):
        raise ValueError(f"{len(pairs.longer)} longer terms at other places in the field {name}")
    if not 0 <= pairs.first <= 2**32 - len(pairs.line):
        raise ValueError(f"positions in the field {name} are whole numbers of 32 bits")


def _json(value: JSON) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "surrogatepass")


def _blocks(record: Record) -> list[Part]:
    """The blocks of a text that is there as a whole."""
    starts = [start for start, _ in record.blocks] or [0]
    places = [place for _, place in record.blocks] or [0]
    ascending = all(low < high for low, high in pairwise(starts)) and sorted(places) == places
    if starts[0] != 0 or places[0] < 0 or places[-1] >= 2**32 or not ascending or (starts[-1] >= len(record.text) and len(starts) > 1):
        raise ValueError(_DISORDER)
    if record.parts:
        return []
    ends = [*starts[1:], len(record.text)]
    return [Part(record.text[start:end], place, {}) for start, end, place in zip(starts, ends, places, strict=True)]

"""In which column of the index do a document's own numbers lie, and as which whole numbers?

A column holds whole numbers of 64 bits; those of a document may have a fraction. A float's bits, read as a whole number, are in the order
of the floats (IEEE 754, section 5.10), those of a negative one in the other order.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

_PREFIX = "number."


def column(name: str) -> str:
    """The column of a document's number: price → number.price."""
    return _PREFIX + name


def numbers_among(columns: Iterable[str]) -> tuple[str, ...]:
    """The names of the documents' own numbers that have a column."""
    return tuple(sorted(name.removeprefix(_PREFIX) for name in columns if name.startswith(_PREFIX)))


def ordinal(number: float) -> int:
    """A whole number in whose order numbers are, next to those of the floats next to it: 0.0 → 0, the least above it → 1."""
    (bits,) = struct.unpack("<q", struct.pack("<d", number))
    return int(bits if bits >= 0 else -(bits & 2**63 - 1))

"""Which fields an index has, as plain data: how each is indexed, and which are stored.

In a table of contents, where nothing but data may lie: {"indexed": {name: kind, …}, "stored": [name, …]}.
What Whoosh calls a schema is made from this by `schema.py`, when Whoosh is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from searcher.frozen import frozen

KEYWORDS = "keyword"
"""The field that holds the keywords: a document has each at most once, without positions; lengths are not kept."""

IDS = "id"
"""The field that holds the ids of documents: one term for each document, which no other document of the segment has."""

MISSING = -(2**63)
"""What a column holds for a document that has no such number."""

ID, KEYWORD, TERMS, POSITIONS, NUMBERS = "id", "keywords", "terms", "positions", "numbers"
KINDS = (ID, KEYWORD, TERMS, POSITIONS, NUMBERS)
"""The id of a document, its keywords; terms, terms at positions; a column of numbers."""

TEXT = "text"
"""The stored field that holds the text of a document."""


@frozen
class Kinds:
    """The fields of an index or of a segment: the kind of each that is indexed, and the names of those that are stored."""

    indexed: Mapping[str, str] = field(default_factory=lambda: {IDS: ID, KEYWORDS: KEYWORD})
    stored: tuple[str, ...] = (IDS, TEXT)

    def as_data(self) -> dict[str, Any]:
        return {"indexed": dict(self.indexed), "stored": list(self.stored)}


def kinds_from(data: Any) -> Kinds:
    """The inverse of `as_data`; ValueError for anything else."""
    kinds = Kinds(dict(data["indexed"]), tuple(data["stored"]))
    if any(kind not in KINDS for kind in kinds.indexed.values()) or not all(type(name) is str for name in (*kinds.indexed, *kinds.stored)):
        raise ValueError("a field of a strange kind")
    if (kinds.indexed.get(IDS), kinds.indexed.get(KEYWORDS)) != (ID, KEYWORD):
        raise ValueError("documents without ids or keywords")
    return kinds


def check_kind(name: str, kind: str, known: str) -> None:
    """ValueError where a field that is known to be of one kind comes as another."""
    if kind != known:
        raise ValueError(f"the field {name!a} holds {known} in this index, not {kind}: give it another name, or run `searcher rebuild`")

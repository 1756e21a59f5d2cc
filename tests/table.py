"""Tables of words that tests share: a row is its words with strokes between them, 软件/軟體."""

from __future__ import annotations


def rows_of(table: str) -> list[tuple[str, ...]]:
    """The rows of a table, parted by white space."""
    return [tuple(row.split("/")) for row in table.split()]

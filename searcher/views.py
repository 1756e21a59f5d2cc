"""Which views of a document lie in the index, and under which names.

Title and text are indexed twice: as words, for ranking, and as grams with positions, for recall and exact runs.
Keywords are exact folded values, written `name:value`.
"""

from __future__ import annotations

TITLE_WORDS = "title.words"
TEXT_WORDS = "text.words"
TITLE_GRAMS = "title.grams"
TEXT_GRAMS = "text.grams"
PATH_GRAMS = "path.grams"

WORDS = (TITLE_WORDS, TEXT_WORDS)
GRAMS = (TITLE_GRAMS, TEXT_GRAMS)

FIRST_DAY = "first_day"
LAST_DAY = "last_day"
SIZE = "size"
SKETCH = "sketch"

SEARCHED_METADATA = ("author", "category", "from", "to", "subject")
"""Metadata that is found by its grams (`author:汤` finds 汤晓鸥), beside the keyword of its whole value."""


def metadata_grams(name: str) -> str:
    """The view that holds the grams of a metadata value: author → author.grams."""
    return f"{name}.grams"


def keyword(name: str, value: str) -> str:
    """The exact value of a field as a keyword: ("format", "pdf") → format:pdf."""
    return f"{name}:{value}"

"""Which views of a document lie in the index, and under which names.

Title, file name and text are indexed twice: as words, for ranking, and as grams with positions, for recall and exact runs.
Keywords are exact folded values, written `name:value`.
"""

from __future__ import annotations

from searcher.frozen import frozen

TITLE_WORDS = "title.words"
NAME_WORDS = "name.words"
TEXT_WORDS = "text.words"
TITLE_GRAMS = "title.grams"
NAME_GRAMS = "name.grams"
TEXT_GRAMS = "text.grams"
PATH_GRAMS = "path.grams"
AUTHOR_GRAMS = "author.grams"

WORDS = (TITLE_WORDS, NAME_WORDS, TEXT_WORDS)
GRAMS = (TITLE_GRAMS, NAME_GRAMS, TEXT_GRAMS)


@frozen
class Views:
    """Where a term is looked for: views of words, and of grams of the same."""

    words: tuple[str, ...]
    grams: tuple[str, ...]


ANYWHERE, IN_TITLE, IN_TEXT = Views(WORDS, GRAMS), Views((TITLE_WORDS,), (TITLE_GRAMS,)), Views((TEXT_WORDS,), (TEXT_GRAMS,))

HEADS = (TITLE_WORDS, NAME_WORDS, TITLE_GRAMS, NAME_GRAMS)
"""The views that say what a document is about."""

BESIDE = (PATH_GRAMS, AUTHOR_GRAMS)
"""The views that say of a document where it lies, and who wrote it."""

VERSION = "6"
"""Raised when documents are given other views than before: the index says that a rebuild brings them."""

ID = "id"
"""The ids of documents lie in the index as terms, as they are."""

FIRST_DAY = "first_day"
LAST_DAY = "last_day"
SIZE = "size"
MODIFIED = "modified"
SKETCH = "sketch"

WORK = "work"
"""The column that has a number of the work that a document is a part of: an article of a law, a chapter of a book."""

SEARCHED_METADATA = ("author", "category", "from", "to", "subject")
"""Metadata that is found by its grams (`author:汤` finds 汤晓鸥), beside the keyword of its whole value."""


HEADING = "heading within"
"""The keywords of the headings within a document. No field can be called so, for its name has a space."""

HIDDEN_KEYWORDS = frozenset({"digest", "source", HEADING, "encoding_confidence", "encoding_errors"})
"""Keywords by which we know copies, files, headings and doubtful encodings again; nobody is offered to ask for them."""


def path_text(path: str) -> str:
    """A path as it is searched: with the slashes that people type, whatever separates its names on the system it came from."""
    return path.replace("\\", "/")


def metadata_grams(name: str) -> str:
    """The view that holds the grams of a metadata value: author → author.grams."""
    return f"{name}.grams"


def keyword(name: str, value: str) -> str:
    """The exact value of a field as a keyword: ("format", "pdf") → format:pdf."""
    return f"{name}:{value}"

"""What is offered for a query, by the product and by what else mends words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import chain

from searcher import Index
from searcher.text import views
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold

Offering = Callable[[str], tuple[str, ...]]
"""What is offered for a query, the likeliest first."""


def searcher(index: Index) -> Offering:
    return lambda query: index.search(query, snippets=0).suggestions


def whoosh(index: Index, most: int) -> Offering:
    """Whoosh's spelling corrector on the words of the same index: each that no document has becomes the word nearest to it, by edits,
    and then by how frequent it is, as Whoosh's `correct_query` does it. One edit is what SymSpell and its like look for."""
    reader = index.whoosh().reader()
    corrector = reader.corrector(views.TEXT_WORDS)

    @cache
    def mended(word: str) -> str:
        if (views.TEXT_WORDS, word) in reader:
            return word
        return next(iter(corrector.suggest(word, limit=1, maxdist=most)), word)

    def offered(query: str) -> tuple[str, ...]:
        pieces = re.findall("[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+", fold(query).text)
        words = list(chain.from_iterable(default_dictionary().cut(piece) if piece > "\u4e00" else (piece,) for piece in pieces))
        text = "".join(map(mended, words))
        return () if text == "".join(words) else (text,)

    return offered

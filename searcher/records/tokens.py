"""Which tokens does a view hold of a text, and where do they stand in it?

The same words and grams that are indexed, each with its place in the text as it was given: what a Whoosh program needs to parse a query
and to mark its matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from searcher.engine import Cut, Token
from searcher.text import views
from searcher.text.analysis import analyze, atoms
from searcher.text.dictionary import Dictionary
from searcher.text.folding import fold
from searcher.text.segmentation import word_spans


def cuts(dictionary: Dictionary | None = None) -> Mapping[str, Cut]:
    """How a text is cut for each view that is searched as text."""

    def words(text: str, query: bool) -> Iterator[Token]:
        return word_tokens(text, dictionary)

    metadata = tuple(views.metadata_grams(name) for name in views.SEARCHED_METADATA)
    return {**dict.fromkeys(views.WORDS, words), **dict.fromkeys((*views.GRAMS, views.PATH_GRAMS, *metadata), gram_tokens)}


def word_tokens(text: str, dictionary: Dictionary | None = None) -> Iterator[Token]:
    """The words of a text, numbered as they come."""
    folded = fold(text)
    for number, (word, start, end) in enumerate(word_spans(folded.text, dictionary)):
        yield Token(word, number, *folded.original(start, end))


def gram_tokens(text: str, query: bool = False) -> Iterator[Token]:
    """The grams of a text at their positions. For a query without the character that ends a run: there, others may follow it."""
    folded = fold(text)
    found = atoms(folded.text)
    covered = False
    for number, (gram, atom) in enumerate(zip(analyze(text).grams.texts, found, strict=True)):
        pair = gram != atom.text
        if pair or not (query and covered):
            yield Token(gram, atom.position, *folded.original(atom.start, found[number + 1].end if pair else atom.end))
        covered = pair

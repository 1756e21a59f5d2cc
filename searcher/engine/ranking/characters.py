"""How often the first documents have the single characters of what was asked: what that adds to their scores.

What laymen ask is seldom said in the words of the text that answers, and often in some of their characters: 赔钱, 赔偿.
With `n` the times that a text has a character, in any way to write it,

    added = weight · Σ rarity · tf · (k1 + 1) ⁄ (k1 + tf)      tf = n ⁄ (1 − b + b · length ⁄ usual length)

The lists of single characters are long, and an index holds them in pieces, so that the stored texts of a few documents are read instead.
Rarity is an idf: that of the commonest feature of the request that holds the character, which is known, and the character is no rarer.
`even` of it is the mean of all.
A long text has most characters and says nothing by one: where texts are long on the average, none is read.

As with nearness (`nearness.py`) all other documents have less already, and nothing is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searcher.engine.answers import Counted
from searcher.engine.arrays.docsets import Array
from searcher.engine.ranking.best import best
from searcher.engine.ranking.scoring import Scorer
from searcher.engine.reading.reader import Reader
from searcher.engine.request import Characters

READ = 4_000
"""So many characters of a text are read, which as a rule are one block of it."""


def add_characters(scores: Sequence[Array], reader: Reader, scorer: Scorer, tiers: Sequence[Array], characters: Characters) -> None:
    """Adds to the scores of the first documents of each tier what their characters are worth."""
    if are_long(scorer, characters):
        return
    for of_tier, tier in zip(scores, tiers, strict=True):
        first = best(of_tier, characters.depth)
        texts = [_text(reader, document) for document in tier.take(first).tolist()]
        of_tier[first] += _worths(_counts(texts, characters), texts, scorer, characters)


def counted(reader: Reader, document: int, characters: Characters, scorer: Scorer) -> Counted:
    """What characters add to one document."""
    text = _text(reader, document)
    counts = _counts([text], characters)
    return Counted(float(_worths(counts, [text], scorer, characters)[0]), tuple(counts[0].tolist()))


def are_long(scorer: Scorer, characters: Characters) -> bool:
    """Whether no text is read, because they are long."""
    return scorer.average(characters.field) > characters.longest


def _text(reader: Reader, document: int) -> str:
    return reader.segments.text(document, 0, READ)


def _counts(texts: Sequence[str], characters: Characters) -> Array:
    """How often each text, a row, has each character, a column."""
    columns = _columns(characters)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    found = columns.take(codes, mode="clip").astype(np.intp)
    width = len(characters.characters) + 1
    found += np.repeat(np.arange(len(texts)) * width, list(map(len, texts)))
    return np.bincount(found, minlength=len(texts) * width).reshape(-1, width)[:, 1:]


def _columns(characters: Characters) -> Array:
    """The column of each code point, up to one behind the last of a variant, counted from 1: the first of all is that of all others."""
    ways = [character.variants for character in characters.characters]
    codes = list(map(ord, "".join(ways)))
    columns = np.zeros(max(codes) + 2, np.min_scalar_type(len(ways)))
    columns[codes] = np.arange(1, len(ways) + 1).repeat(list(map(len, ways)))
    return columns


def _worths(counts: Array, texts: Sequence[str], scorer: Scorer, characters: Characters) -> Array:
    """What the characters of each text are worth."""
    commonest = [max([scorer.features[number].documents for number in one.features]) for one in characters.characters]
    rarities = np.array(list(map(scorer.idf, commonest)))
    rarities += characters.even * (rarities.mean() - rarities)
    lengths = np.array(list(map(len, texts)), np.float64)
    tf = counts / (1 - characters.b + characters.b * lengths / characters.usual)[:, np.newaxis]
    worths: Array = (tf * (scorer.k1 + 1) / (scorer.k1 + tf)) @ rarities
    return characters.weight * worths

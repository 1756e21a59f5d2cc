"""Which terms of a field do most documents have?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from searcher.engine.arrays.docsets import Array, DocSet, member
from searcher.engine.fields import KEYWORDS
from searcher.engine.ranking.best import best
from searcher.engine.reading.expansion import prefix_range
from searcher.engine.reading.reader import Reader

if TYPE_CHECKING:
    from searcher.engine.segment.file import FileSegment

MANY = 16
"""Where there are so many terms for each one that is asked for, these are read one by one."""


def frequent(reader: Reader, field: str, prefix: str, documents: DocSet | None, limit: int | None) -> list[tuple[str, int]]:
    """The terms of a field that start with `prefix`, with how many of the documents (None: of all) have them: the most frequent first,
    none with 0; `limit`: so many of them.
    """
    parts = [(number, prefix_range(part, field, prefix)) for number, part in enumerate(reader.segments.parts)]
    *others, largest = sorted(parts, key=lambda part: len(part[1])) or [(0, range(0))]
    counts: Counter[str] = Counter()
    for number, ordinals in others:
        counts.update(_counts(reader, number, field, ordinals, documents))
    counts.update(_most_frequent(reader, field, *largest, documents, limit, counts))
    return sorted(sorted(counts.items()), key=itemgetter(1), reverse=True)[:limit]  # of equal numbers the order stays


def names(segment: FileSegment) -> Iterator[str]:
    """What stands before the colon in any keyword."""
    every, place = segment.term_range(KEYWORDS, "", None), 0
    while place < len(every):
        name = segment.reader(KEYWORDS).text(place).partition(":")[0]
        yield name
        behind = segment.term_range(KEYWORDS, name + ";", None)  # the character behind the colon: all values are passed over
        place = max(behind.start, place + 1)  # in a stranger's index, terms out of order may lead back


def _most_frequent(
    reader: Reader, field: str, number: int, ordinals: range, documents: DocSet | None, limit: int | None, beside: Collection[str]
) -> dict[str, int]:
    """Terms of a segment, and how many documents have each: all of them, or, where they are many, the `limit` most frequent and those that
    other segments have too (`beside`).
    """
    if limit is None or len(ordinals) <= MANY * (limit + len(beside)):
        return _counts(reader, number, field, ordinals, documents)
    segment, numbers = reader.segments.parts[number], _frequencies(reader, number, field, ordinals, documents)
    known = {ordinal - ordinals.start for text in beside if (ordinal := segment.ordinal(field, text)) >= 0}
    chosen = known.union(best(numbers, limit + len(known)).tolist())
    terms = segment.reader(field)
    return {terms.text(ordinals[place]): count for place in chosen if (count := int(numbers[place]))}


def _counts(reader: Reader, number: int, field: str, ordinals: range, documents: DocSet | None) -> dict[str, int]:
    """Adjacent terms of a segment, and how many of the documents (None: of all) have each, where one does."""
    if not ordinals:
        return {}
    texts = reader.segments.parts[number].reader(field).texts.decoded(ordinals)
    numbers = _frequencies(reader, number, field, ordinals, documents)
    return {text: count for text, count in zip(texts, numbers.tolist(), strict=True) if count}


def _frequencies(reader: Reader, number: int, field: str, ordinals: range, documents: DocSet | None) -> Array:
    """How many of the documents (None: of all) have each of adjacent terms of a segment, one at least."""
    span = reader.segments.parts[number].reader(field).span(ordinals)
    if documents is None:
        return np.diff(span.starts)
    there = member(reader.segments.through(number, span.documents), documents, reader.count)
    return np.asarray(np.add.reduceat(there, span.starts[:-1], dtype=np.int64))

"""Which terms a prefix, a pattern or a misspelling stands for, over all segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from searcher.engine.arrays.docsets import Array
from searcher.engine.nodes import Fuzzy, Prefix, Wildcard
from searcher.frozen import frozen
from searcher.text.distance import within

if TYPE_CHECKING:
    from searcher.engine.segment.file import FileSegment

LIMIT = 1024
"""So many terms a pattern may stand for; where there are more, the most frequent are taken."""

GREATEST_DISTANCE = 2

Pattern: TypeAlias = Prefix | Wildcard | Fuzzy
Ordinals: TypeAlias = range | Array
"""Terms of one segment: a range of adjacent ones, or an ascending array of others."""


@frozen
class Expansion:
    """The terms of each segment, and whether there were more than the limit."""

    ordinals: tuple[Ordinals, ...]
    limited: bool

    @property
    def nbytes(self) -> int:
        return sum(64 if isinstance(ordinals, range) else ordinals.nbytes for ordinals in self.ordinals)


def expand(segments: Sequence[FileSegment], field: str, pattern: Pattern) -> Expansion:
    """The terms of a field that a pattern stands for."""
    if isinstance(pattern, Prefix):
        ranges = tuple(prefix_range(segment, field, pattern.text) for segment in segments)
        if _is_single_character(pattern) or sum(map(len, ranges)) <= LIMIT:
            return Expansion(ranges, False)
        return _most_frequent(segments, field, ranges)
    start, accepts = _wildcard(pattern.pattern) if isinstance(pattern, Wildcard) else _fuzzy(pattern)
    found = tuple(_accepted(segment, field, prefix_range(segment, field, start), accepts) for segment in segments)
    if sum(map(len, found)) <= LIMIT:
        return Expansion(found, False)
    return _most_frequent(segments, field, found)


def _is_single_character(pattern: Pattern) -> bool:
    """Whether a pattern asks for one character of a script written without spaces: that must miss nothing, however many its grams."""
    return isinstance(pattern, Prefix) and len(pattern.text) == 1 and pattern.text >= "\u2e80"


def prefix_range(segment: FileSegment, field: str, text: str) -> range:
    """The terms that start with `text`."""
    return segment.term_range(field, text, _behind(text))


def _behind(prefix: str) -> str | None:
    """The first text behind all that start with `prefix`, None where there is none."""
    while prefix:
        last = ord(prefix[-1])
        if last < 0x10FFFF:
            return prefix[:-1] + chr(last + 1)
        prefix = prefix[:-1]
    return None


def _accepted(segment: FileSegment, field: str, ordinals: range, accepts: Callable[[str], bool]) -> Array:
    texts = _texts(segment, field, ordinals)
    return np.array([ordinal for ordinal, text in zip(ordinals, texts, strict=True) if accepts(text)], np.int64)


def _wildcard(pattern: str) -> tuple[str, Callable[[str], bool]]:
    """The literal start of a pattern, and the test of a term; its time is linear, whatever the pattern."""
    first, *middle = pattern.split("*")
    if not middle:
        return first, lambda text: text == first
    last = middle.pop()
    parts = [part for part in middle if part]

    def accepts(text: str) -> bool:
        end = len(text) - len(last)
        place = len(first)
        if place > end or not text.startswith(first) or not text.endswith(last):
            return False
        for part in parts:
            found = text.find(part, place, end)
            if found < 0:
                return False
            place = found + len(part)
        return True

    return first, accepts


def _fuzzy(pattern: Fuzzy) -> tuple[str, Callable[[str], bool]]:
    distance = max(0, min(pattern.distance, GREATEST_DISTANCE))
    return pattern.text[: max(0, pattern.prefix)], lambda text: within(pattern.text, text, distance)


def _most_frequent(segments: Sequence[FileSegment], field: str, found: Sequence[Ordinals]) -> Expansion:
    """The terms that most documents have, over all segments; of equally frequent ones, the first."""
    frequencies = [_document_frequencies(segment, field, ordinals) for segment, ordinals in zip(segments, found, strict=True)]
    if sum(len(ordinals) > 0 for ordinals in found) == 1:
        return Expansion(tuple(_top(ordinals, counts) for ordinals, counts in zip(found, frequencies, strict=True)), True)
    texts = [_texts(segment, field, ordinals) for segment, ordinals in zip(segments, found, strict=True)]
    total: Counter[str] = Counter()
    for names, counts in zip(texts, frequencies, strict=True):
        for name, count in zip(names, counts.tolist(), strict=True):
            total[name] += count
    kept = {text for text, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))[:LIMIT]}
    return Expansion(tuple(_chosen(ordinals, names, kept) for ordinals, names in zip(found, texts, strict=True)), len(total) > LIMIT)


def _top(ordinals: Ordinals, counts: Array) -> Array:
    best = np.argsort(-counts, kind="stable")[:LIMIT]
    best.sort()
    return np.asarray(ordinals, np.int64)[best]


def _chosen(ordinals: Ordinals, names: Iterable[str], kept: set[str]) -> Array:
    return np.array([ordinal for ordinal, name in zip(ordinals, names, strict=True) if name in kept], np.int64)


def _document_frequencies(segment: FileSegment, field: str, ordinals: Ordinals) -> Array:
    if isinstance(ordinals, range):
        return np.diff(segment.reader(field).span(ordinals).starts) if ordinals else np.zeros(0, np.int64)
    return np.array([segment.reader(field).count(ordinal) for ordinal in ordinals.tolist()], np.int64)


def _texts(segment: FileSegment, field: str, ordinals: Ordinals) -> list[str]:
    if isinstance(ordinals, range):
        return segment.reader(field).texts.decoded(ordinals) if ordinals else []
    return [segment.reader(field).text(ordinal) for ordinal in ordinals.tolist()]

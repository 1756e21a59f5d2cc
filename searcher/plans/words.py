"""Which words of a term stand one behind the other, and which of them are one name?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from searcher.plans.compounds import is_whole
from searcher.text.dictionary import Dictionary, default_dictionary
from searcher.text.segmentation import word_spans

LONGEST_NAME = 4
"""Words of a name that is no sum of them: 韩国瑜, 武大靖."""

Span = tuple[str, int, int]
"""A word, and where it begins and ends."""

_START = itemgetter(1)


def outer_words(folded: str) -> tuple[str, ...]:
    """The words of folded text one behind the other, without those inside others."""
    return tuple([word for word, _, _ in outermost(spans_of(folded, default_dictionary()))])


def words_and_names(text: str, dictionary: Dictionary) -> Iterator[str]:
    """The outer words of a text, where a name that is no sum of its words is one: 韩国瑜视频 is no 南韩瑜影片."""
    outer, number = outermost(spans_of(text, dictionary)), 0
    while number < len(outer):
        end = end_of_name(text, outer, number) or number + 1
        yield text[outer[number][1] : outer[end - 1][2]]
        number = end


@lru_cache(maxsize=64)
def spans_of(folded: str, dictionary: Dictionary) -> tuple[Span, ...]:
    """The words by where they begin, the longest first. A term is cut for its units, for its forms as a whole, and to see a slip in it."""
    return tuple(sorted(word_spans(folded, dictionary), key=lambda span: (span[1], -span[2])))


def outermost(spans: Sequence[Span]) -> list[Span]:
    """The words that stand one behind the other, without those inside others or half in them."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    return kept


def end_of_name(text: str, outer: Sequence[Span], number: int) -> int:
    """The number of the word behind a name that begins here and is no sum of its words, which then mean nothing else; 0 where none does."""
    ends = range(min(len(outer), number + LONGEST_NAME), number + 1, -1)
    return next((end for end in ends if is_whole(text[outer[number][1] : outer[end - 1][2]])), 0)


def words_between(spans: Sequence[Span], first: int, last: int) -> tuple[str, ...]:
    """The words between two offsets, each once."""
    near = spans[bisect_left(spans, first, key=_START) : bisect_left(spans, last, key=_START)]
    return tuple(dict.fromkeys(word for word, _, stop in near if stop <= last))


def words_beside(outer: Sequence[Span], number: int) -> tuple[str, str]:
    """The words that touch this one, before and behind it; empty where none does."""
    _, start, end = outer[number]
    before = next((word for word, _, last in outer[max(0, number - 1) : number] if last == start), "")
    behind = next((word for word, first, _ in outer[number + 1 : number + 2] if first == end), "")
    return before, behind

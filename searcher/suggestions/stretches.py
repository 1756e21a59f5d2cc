"""Which stretches of a question may be a word with a slip in it: 资遣废 of 公司不给资遣废怎么办?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from searcher.engine import Snapshot
from searcher.frozen import frozen
from searcher.plans.terms import SoughtTerm
from searcher.plans.units import units_of
from searcher.quantities import numerals
from searcher.suggestions import mistyping, standing
from searcher.text.folding import fold

LONGEST_ASKED = 30
"""Characters; a longer question was pasted, not typed."""

SHORT = 10
"""Characters of a question that asks for one thing, so that a run in it is worth the time of looking for what is like it."""

GRAMMAR = mistyping.GRAMMAR | standing.GRAMMAR | frozenset(numerals.HAN)
"""Folded characters that stand beside any words: what has one of them was hardly meant as one word."""

Span = tuple[int, int]


@frozen
class Stretch:
    """A stretch as typed; `apart`: it stands by itself between spaces, signs, words that ask, and words of grammar."""

    text: str
    apart: bool


def suspicious_stretches(snapshot: Snapshot, terms: Sequence[SoughtTerm], complete: int, *, natural: bool) -> list[Stretch]:
    """The stretches of some terms that hardly a document holds, in order, each once; where few are `complete`, having all of the query,
    runs of words that stand apart, too: 环境变亮 of 环境变亮怎么设置.

    Of what is not `natural` those of longer terms only, for the others are looked at as a whole. What a document holds all of is a title or
    a passage, and rightly typed.
    """
    longer, runs = 0 if natural else mistyping.WORD, natural and mistyping.are_few(snapshot, complete)
    said = (term.text.text for term in terms if not (term.pattern or term.asks) and len(term.text.text) > longer)
    found = dict.fromkeys(stretch for text in said if not mistyping.holding(snapshot, text) for stretch in stretches_of(text, runs=runs))
    return [stretch for stretch in found if mistyping.is_seldom(snapshot, fold(stretch.text).text)]


def stretches_of(typed: str, *, runs: bool = False) -> Iterator[Stretch]:
    """The rare words in a text, words with a character beside them that belongs to none, and two such characters, but no words that ask;
    where `runs` count, those of a short question, too."""
    folded = fold(typed)
    runs = runs and len(folded.text) <= SHORT
    for words in _runs(folded.text) if len(folded.text) <= LONGEST_ASKED else ():
        whole = words[0][0], words[-1][1]
        spans = [*_odd(folded.text, words), *([whole] if runs and len(words) > 1 and mistyping.is_run(folded.text[slice(*whole)]) else [])]
        yield from (Stretch(typed[slice(*folded.original(*span))], span == whole) for span in dict.fromkeys(spans))


def _runs(folded: str) -> Iterator[list[Span]]:
    """Where the words are that stand one behind the other, between what asks, what is grammar, and what is not Han."""
    for run in re.finditer("[\u3400-\u9fff]+", folded):
        units = list(units_of(run[0], {}, expand=False))
        ends = accumulate((len(unit.text) for unit in units), initial=run.start())
        parting = (unit.asks or unit.text in mistyping.GRAMMAR for unit in units)
        for parts, placed in groupby(zip(parting, pairwise(ends), strict=True), lambda one: one[0]):
            if not parts:
                yield [span for _, span in placed]


def _odd(folded: str, words: Sequence[Span]) -> Iterator[Span]:
    alone = {(start, end) for start, end in words if end - start == 1}
    yield from ((start, end) for start, end in words if mistyping.is_rare(folded[start:end]))
    for (start, middle), (_, end) in pairwise(words):
        if not alone.isdisjoint(((start, middle), (middle, end))) and _may_be_word(folded[start:end]):
            yield start, end


def _may_be_word(text: str) -> bool:
    """Whether a word and what stands beside it may be one; two characters of which the first is a surname are a name."""
    return text[0] not in mistyping.SURNAMES if len(text) == 2 else len(text) <= mistyping.WORD and GRAMMAR.isdisjoint(text)

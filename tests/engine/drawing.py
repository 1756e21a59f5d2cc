"""Random records that segments are made of."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from hypothesis import strategies as st

from searcher.engine.record import Record, Terms
from searcher.text.pairs import LONGER, NOTHING, Pairs

ALPHABET = "abc中国人\ud800\U0001f600"

texts = st.text(ALPHABET, max_size=4)
numbers = st.one_of(st.integers(-3, 3), st.integers(-(2**63) + 1, 2**63 - 1))


@st.composite
def pairs(draw: st.DrawFn) -> Pairs:
    """Any field of pairs, also of texts that are given as longer ones and are none."""
    line = draw(st.text(ALPHABET + NOTHING + LONGER, max_size=12))
    if not line:
        return Pairs("")
    several = line.count(LONGER)
    longer = draw(st.lists(st.text(ALPHABET + NOTHING + LONGER, max_size=4), min_size=several, max_size=several))
    return Pairs(line + draw(st.sampled_from((NOTHING, LONGER, *ALPHABET))), longer, draw(st.sampled_from((0, 3, 2**31))))


texts_alone = st.lists(texts, max_size=12).map(Terms)
steps = st.one_of(st.integers(1, 2), st.integers(1, 70_000))
values = st.dictionaries(texts, st.one_of(st.none(), st.booleans(), st.integers(), texts, st.lists(texts, max_size=2)), max_size=2)


def _placed(drawn: list[tuple[str, int]]) -> Terms:
    return Terms([text for text, _ in drawn], list(accumulate(step for _, step in drawn)))


placed_texts = st.lists(st.tuples(texts, steps), max_size=12).map(_placed)


def _record(text: str, cuts: set[int], keywords: list[str], **more: Any) -> Record:
    blocks = ((0, 0), *((cut, 2 * cut) for cut in sorted(cuts) if cut < len(text)))
    return Record(text=text, blocks=blocks, keywords=tuple(keywords), **more)


def records() -> st.SearchStrategy[Record]:
    """Any record of two fields with positions and one without."""
    return st.builds(
        _record,
        id=st.text("xyz", min_size=1, max_size=2),
        fields=st.fixed_dictionaries({}, optional={"grams": placed_texts, "title": placed_texts | pairs(), "words": texts_alone}),
        keywords=st.lists(st.sampled_from(("k:a", "k:b", "l:中")), max_size=3),
        numbers=st.dictionaries(st.sampled_from(("size", "day")), numbers),
        values=values,
        text=st.text(ALPHABET + " \n", max_size=30),
        cuts=st.sets(st.integers(1, 29), max_size=3),
    )

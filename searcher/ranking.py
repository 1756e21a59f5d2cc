"""Every number that the order of the hits depends on.

The values were chosen on judged queries, never on a single one: docs/QUALITY.md tells how, and what each is worth.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from searcher import views
from searcher.engine import FieldWeight, Ranking

QUESTION_WORDS = frozenset(
    (
        "什么 为什么 为何 如何 怎么 怎样 怎么样 怎么办 哪 哪些 哪个 哪里 哪儿 谁 吗 呢 么 几 多少 多久 何时 "
        "何地 是否 能否 可否 请问 有没有 能不能"
    ).split()
)
"""Folded words with which Chinese asks."""


def bm25f() -> Ranking:
    """BM25F over title and text: a title is short and chosen with care, so it counts more and its length counts less."""
    title, text = FieldWeight(boost=1.0, b=0.3), FieldWeight(boost=1.0, b=0.75)
    fields = {views.TITLE_WORDS: title, views.TITLE_GRAMS: title, views.TEXT_WORDS: text, views.TEXT_GRAMS: text}
    return Ranking(k1=1.2, fields=fields)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence is worth.

    `word`: a word of the query; `gram`: a pair of adjacent characters; `run`: a term of several words standing literally;
    `title`: what words and pairs are worth once more where they stand in the title;
    `question_word`: the part of its weight that a word keeps which asks instead of naming.
    `required_share`: the share of its words that a hit must have where no document has all, or the query is a sentence;
    `filling_share`: the same where documents with all words do not fill a page.
    `natural_length`: a run with this many words or more is a sentence, which nobody expects a document to hold whole.
    """

    word: float = 1.0
    gram: float = 0.3
    title: float = 1.0
    run: float = 0.5
    question_word: float = 0.1
    required_share: float = 0.3
    filling_share: float = 0.6
    natural_length: int = 8
    bm25f: Ranking = field(default_factory=bm25f)

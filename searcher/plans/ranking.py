"""Every number that the order of the hits depends on.

The values were chosen on judged queries, never on a single one: docs/QUALITY.md tells how, and what each is worth.
"""

from __future__ import annotations

from dataclasses import field
from functools import cache

from searcher.engine import FieldWeight, Ranking
from searcher.frozen import frozen
from searcher.text import views

QUESTION_WORDS = frozenset(
    (
        "什么 甚么 什么样 为什么 为何 如何 怎么 怎样 怎么样 怎么办 怎办 哪 哪些 哪个 哪位 哪家 哪里 哪儿 谁 吗 呢 么 几 哪几 多少 多久 "
        "多长 何时 何地 何处 何人 何事 何种 何者 何故 何以 何谓 是否 能否 可否 是不是 有没有 该不该 难道 请问 请教 "
        "啥 啥时候 为啥 干吗 干嘛 咋 咋样 咋办 咩 乜 乜嘢 点解 点样 边度 几时"
    ).split()
)
"""Folded words with which Chinese asks: as it is written, as it is spoken in the north, and in Hong Kong."""


CERTAIN = 0.5
"""From this weight on, another form of a word answers by itself; a lighter one may mean something else."""

TITLE_LENGTH = 4
"""A title of so many words counts as much as the text does; a longer one, of which a query names only a part, counts less."""


@cache
def bm25f() -> Ranking:
    """BM25F over title, file name and text, and of paths, where nothing has a length.

    A title is measured by its own length, not by that of others: what counts is how much of it is named. So is the name of a file.
    """
    title, text = FieldWeight(boost=1.0, b=1.0, usual=TITLE_LENGTH), FieldWeight(boost=1.0, b=0.75)
    fields = {**dict.fromkeys(views.HEADS, title), views.TEXT_WORDS: text, views.TEXT_GRAMS: text, views.PATH_GRAMS: FieldWeight(b=0.0)}
    return Ranking(k1=1.2, fields=fields)


@frozen
class Weights:
    """What each kind of evidence is worth.

    `word`: a word of the query; `gram`: a pair of adjacent characters;
    `natural_gram`: the part of its weight that a pair keeps in a sentence, where many lie across words;
    `title`: what words and pairs are worth once more where they stand in the title, or in the name of the file;
    `folder`: what words are worth once more where they stand in the path;
    `question_word`: the part of its weight that a word keeps which asks instead of naming.
    `version`: a word that names a version (3.11) is worth so many times as much: pages about others say the same words;
    `letters`: so is a word of several letters, which has no pairs of characters beside it;
    `near`: what words and pairs that stand together, within `near_length` characters, are worth once more, in the first `near_depth` hits;
    `near_clues`: with fewer words and pairs than these, what stands together says less, in proportion: a title is named, not told of;
    `near_even`: of a sentence that states something, with `near_clues` pairs, this share of what each is worth is the same for all;
    `stated_near`, `stated_gram`: in such a sentence, what stands together is worth so many times as much, and a pair by itself;
    `character`: where the query asks or lists terms, what single characters are worth in the texts of the first `character_depth` hits,
    measured against a text of `character_length`; `character_texts`: nothing, where texts are longer than that on the average;
    `character_even`: this share of what each is worth is the same for all;
    `together`: a longer document has all terms of a list only where they stand within so many characters;
    `work`: a document of the first `work_depth` gains so much of the best score for each e-fold of the parts that its work has;
    `share`: of what a query names, weighed by rarity, a hit must have so much of the most that any document has.
    `known`: of what a single run names, so much must be in the index at all, or nothing but the whole run answers, unless `few` would,
    or `few_titles` name a share of it.
    `natural_length`: a run with this many words or more is a sentence.
    `certain`: from this weight on, another form of a word answers by itself; a lighter one may mean something else.
    `doubtful`: from this weight on, such a form answers where little else does, behind all that surely answers; a lighter one only scores.
    `inner`: the part of its weight that a form of a word has where several words have a form together.
    """

    word: float = 1.0
    gram: float = 0.4
    natural_gram: float = 0.5
    title: float = 1.3
    folder: float = 0.3
    version: float = 2.5
    letters: float = 1.4
    near: float = 1.0
    near_clues: int = 10
    near_length: int = 40
    near_depth: int = 50
    near_even: float = 0.5
    stated_near: float = 1.5
    stated_gram: float = 0.5
    character: float = 0.4
    character_depth: int = 20
    character_length: int = 40
    character_even: float = 0.5
    character_texts: int = 500
    together: int = 5_000
    work: float = 0.09
    work_depth: int = 100
    question_word: float = 0.1
    share: float = 0.15
    known: float = 0.25
    few: int = 30
    few_titles: int = 100
    natural_length: int = 8
    certain: float = CERTAIN
    doubtful: float = 0.25
    inner: float = 0.5
    bm25f: Ranking = field(default_factory=bm25f)

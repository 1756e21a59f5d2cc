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
        "多长 何时 何地 何处 何人 何事 何种 何者 何故 何以 何谓 是否 能否 可否 是不是 有没有 该不该 难道 请问 请教 还是 抑或 到底 究竟 "
        "啥 啥时候 为啥 干吗 干嘛 咋 咋样 咋办 咩 乜 乜嘢 点解 点样 点算 边度 几时 几多 几耐 系咪 做乜 何解"
    ).split()
)
"""Folded words with which Chinese asks, also which of two (还是): as it is written, as it is spoken in the north, and in Hong Kong."""


CERTAIN = 0.5
"""From this weight on, another form of a word answers by itself; a lighter one may mean something else."""

TITLE_LENGTH = 4
"""A title of so many words counts as much as the text does; a longer one, of which a query names only a part, counts less."""


@cache
def bm25f() -> Ranking:
    """BM25F over title, file name and text, and of paths and authors, where nothing has a length.

    A title is measured by its own length, not by that of others: what counts is how much of it is named. So is the name of a file.
    """
    title, text = FieldWeight(boost=1.0, b=1.0, usual=TITLE_LENGTH), FieldWeight(boost=1.0, b=0.75)
    fields = {**dict.fromkeys(views.HEADS, title), views.TEXT_WORDS: text, views.TEXT_GRAMS: text}
    fields |= dict.fromkeys(views.BESIDE, FieldWeight(b=0.0))
    return Ranking(k1=1.2, fields=fields)


@frozen
class Weights:
    """What each kind of evidence is worth, and how far it counts.

    Words and pairs:
    `word`, `gram`: a word of the query; a pair of adjacent characters.
    `natural_gram`: in a question or a long sentence, `gram` is multiplied by this, for many of its pairs lie across two words.
    `title`: what stands in the title, or in the name of the file, is worth so much more; `folder`: so does a word in path or author.
    `question_word`, `version`, `letters`: what `word` is multiplied by for a word that only asks (什么); that names a version (3.11), for
    pages about other versions say all the rest; that has several letters, for no pairs of characters count beside it.

    What stands together:
    `near`: words and pairs within a stretch of `near_length` characters are worth so much more; only the first `near_depth` hits are asked.
    `near_clues`: with fewer words and pairs than this, `near` is smaller in proportion: so few are a title, not a statement.
    `near_passage`: where documents are ten times as long on the average, as books are, what stands together counts by how rare it is among
    passages of so many characters, not among documents, and `near_in_passages` times.
    A statement is a query that does not ask, has punctuation, and has at least `near_clues` pairs. In one, `near` is multiplied by
    `stated_near` and `gram` by `stated_gram`, and `near_even` (0 to 1) says how far all that stands together counts alike, however rare.

    Single characters, where the query asks or lists terms:
    `character`: a character in the text of one of the first `character_depth` hits, measured against a text of `character_length`
    characters; `character_even`: how far all characters count alike, however rare.
    `character_texts`: they are not asked for where the texts are longer than this on the average.

    Parts of works:
    `work`: for each e-fold of the parts that its work has, a document of the first `work_depth` gains this share of the best score.

    What a hit must have:
    `share`: of what the query names, weighed by rarity, at least this share of the most that any document has.
    `known`: of a query that is one run, the index must know at least this share, weighed so; else a part of the run answers only where no
    more than `few` documents have it, or no more than `few_titles` titles.
    `together`: a longer document has all terms of a list only where they stand within so many characters.
    `natural_length`: a run of so many words or more is a sentence.

    Other forms of a word, each of which has a weight of its own:
    `doubtful`: from this weight on, a form that is not `CERTAIN` answers where little else does, behind all that surely answers; a lighter
    one only scores.
    `inner`: where several words have a form together, a form of one of them has this part of its weight.
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
    near_passage: int = 1_000
    near_in_passages: float = 0.7
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
    doubtful: float = 0.25
    inner: float = 0.5
    bm25f: Ranking = field(default_factory=bm25f)

"""What is a word of the dictionary called elsewhere, of which no table knows anything but what it is made of?

信息处理 → 資訊處理    jieba's dictionary has it as one word, the tables of regions have 信息 alone
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from searcher.plans.ranking import CERTAIN
from searcher.text.lookup import table_lines
from searcher.text.segmentation import made_of
from searcher.vocabulary import regions

SHORTEST = 4
"""Characters of two words of two; a shorter word is seldom made of words."""


@lru_cache(maxsize=1 << 12)
def forms_by_parts(word: str) -> tuple[regions.RunForm, ...]:
    """What a folded word surely is elsewhere by the words that it is made of; nothing where one of these is a single character."""
    parts = made_of(word) if len(word) >= SHORTEST else ()
    if any(len(part) == 1 for part in parts):
        return ()
    forms = tuple(_sure(parts))
    return () if forms and is_whole(word) else forms


def is_whole(text: str) -> bool:
    """Whether a folded text is a word or a name that is no sum of its parts."""
    return text in _wholes()


@lru_cache(maxsize=1)
def _wholes() -> frozenset[str]:
    """Words, and names of several words, that are not what their parts are: 被子植物 have no 被子 of a bed, 韩国瑜 is no country."""
    return frozenset(table_lines("wholes.txt"))


def _sure(parts: tuple[str, ...]) -> Iterator[regions.RunForm]:
    """In a compound a doubtful word mostly means something else: no 固定资产 is pinned to a screen, as 固定 elsewhere may be."""
    return (form for form in regions.expand_run(parts) if form.weight >= CERTAIN and not any(_in_full(*pair) for pair in form.replaced))


def _in_full(word: str, other: str) -> bool:
    """Whether the other is what the word is short for, which nobody writes within a longer name: 人大 in 人大附中, 解放军 in 人民解放军."""
    rest = iter(other)
    return len(word) < len(other) and all(character in rest for character in word)

"""Of which work is a document a part: 民法典第十条 of 民法典, 红楼梦 第三回 of 红楼梦?"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from searcher.text.folding import fold
from searcher.text.patterns import late_pattern

_KEPT = 256

SHORTEST = 2
"""Characters that the name of a work has at least."""

STATES = ("中华人民共和国", "中华民国")
"""Folded words that may stand before the name of a law, which is the same law without them: 中华人民共和国民法典 and 民法典.

What two states call alike (刑法) is one work, too: a title without the state does not tell whose it is."""


@lru_cache(maxsize=_KEPT)
def work_of(title: str) -> str | None:
    """What stands before the first number of a part in the title, folded; None where there is none, or nothing before it."""
    if "第" not in title:
        return None
    folded = fold(title).text
    part = _part().search(folded)
    name = _without_state(folded[: part.start()].strip(_AROUND)) if part else ""
    return name if len(name) >= SHORTEST else None


def _without_state(name: str) -> str:
    """The name without the state that may stand before it; the name itself where it is no more than that."""
    bare = next((name.removeprefix(state).strip(_AROUND) for state in STATES if name.startswith(state)), name)
    return bare if len(bare) >= SHORTEST else name


def number_of(work: str) -> int:
    """A number of the work, of 63 bits, the same in every index."""
    return int.from_bytes(blake2b(work.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


_AROUND = " \t\n\u3000·・:：,，.、-—–_/|《》〈〉「」『』\"'“”"


_part = late_pattern("第 ?[0-9零一二三四五六七八九十百千万两]{1,9} ?[编篇卷章节条款回]")
"""Numbers of what a law or a book is divided into, folded: 第一百零五条, 第3章."""

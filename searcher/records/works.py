"""Of which work is a document a part: 民法典第十条 of 民法典, 红楼梦 第三回 of 红楼梦?"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from searcher.text.folding import fold
from searcher.text.patterns import late_pattern
from searcher.text.scripts import SAMPLE, script_of

_KEPT = 256

SHORTEST = 2
"""Characters that the name of a work has at least."""

STATES = {"中华人民共和国": "simplified", "中华民国": "traditional"}
"""Folded words that may stand before the name of a law, which is the same law without them: 中华人民共和国民法典 and 民法典; and the script
that the state writes its laws in."""


LAWS = ("法", "法典", "条例", "规定", "办法", "规则", "细则", "通则", "准则", "标准", "章程", "规程", "决定")
"""How the names of laws end, folded."""

ARTICLE, WITHIN_ARTICLES = "条", ("款", "项", "目")
"""What stands behind the number of an article of a law, and of what is in one, folded."""


def work_of(title: str) -> str | None:
    """What stands before the first number of a part in the title, folded; None where there is none, or nothing before it."""
    found = _named(title)
    return None if found is None else found[0]


def number_of(title: str, text: str) -> int | None:
    """A number of the work that this title and text are a part of, of 63 bits, the same in every index; None where they are of none.

    What two states call alike (公司法, 刑法) are two works. Few titles name the state, but each writes in its own script; so do two
    editions of a book. What is in both scripts, or in neither, goes with what is simplified.
    """
    found = _named(title)
    if found is None:
        return None
    name, script = found
    traditional = (script or script_of(f"{title}\n{text[:SAMPLE]}")) == "traditional"  # a long text is not copied
    named = f"{name}\ntraditional" if traditional else name
    return int.from_bytes(blake2b(named.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


@lru_cache(maxsize=_KEPT)
def _named(title: str) -> tuple[str, str | None] | None:
    """The name of the work without the state that may stand before it, and the script of that state."""
    if "第" not in title:
        return None
    folded = fold(title).text
    part = _part().search(folded)
    full = folded[: part.start()].strip(_AROUND) if part else ""
    state = next((state for state in STATES if full.startswith(state)), "")
    bare = full.removeprefix(state).strip(_AROUND)
    name = bare if len(bare) >= SHORTEST else full
    return (name, STATES.get(state)) if len(name) >= SHORTEST else None


_AROUND = " \t\n\u3000·・:：,，.、-—–_/|《》〈〉「」『』\"'“”"


_part = late_pattern("第 ?[0-9零一二三四五六七八九十百千万两]{1,9} ?[编篇卷章节条款回]")
"""Numbers of what a law or a book is divided into, folded: 第一百零五条, 第3章."""

"""What does a heading within a document say, as far as a query may ask for it?

7.5 ENTRYPOINT 入口点      → entrypoint入口点
第二章　安裝與設定          → 安装与设定
"""

from __future__ import annotations

import re
from functools import cache

from searcher.text import views
from searcher.text.characters import DIGIT, LETTER, UNSPACED
from searcher.text.folding import fold
from searcher.text.usual import SIGNS, is_plain

KINDS = ("heading", "chapter")
"""The places of a document whose labels are headings."""

LONGEST = 40
"""Characters of a heading; a longer one is a sentence, and nobody asks for just that."""

_MOST_TYPED = 2 * LONGEST

_SIGN = f"[^{LETTER}{DIGIT}{UNSPACED}+#]"
_PLAIN_SIGN = rf"[\x00-\x22$-*,-/:-@\[-`{{-\x7f{SIGNS}]"  # the same of a text that `is_plain`, and sooner compiled
_NUMBER = (
    "(?:第[0-9零一二三四五六七八九十百]{1,6}[章节回卷篇部讲课]"
    r"|[0-9]{1,3}(?:[.．-][0-9]{1,3}){0,5}(?:[.．、)）](?![0-9])|(?=\s))"
    "|[一二三四五六七八九十]{1,3}[、.．])"
)


def heading_keyword(text: str) -> str | None:
    """The keyword of what has a heading that says just this, whatever number and signs it has; None for what is no heading.

    A single character says too little.
    """
    if len(text) > _MOST_TYPED:
        return None
    folded = fold(text).text
    number, signs = _patterns(is_plain(folded))
    said = signs.sub("", number.sub("", folded, count=1)) or signs.sub("", folded)
    return views.keyword(views.HEADING, said) if 1 < len(said) <= LONGEST else None


@cache
def _patterns(plain: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a heading begins with as a number, signs before it included; and a sign."""
    sign = _PLAIN_SIGN if plain else _SIGN
    return re.compile(f"^{sign}*{_NUMBER}"), re.compile(sign)

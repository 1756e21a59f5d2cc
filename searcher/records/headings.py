"""What does a heading within a document say, as far as a query may ask for it?

7.5 ENTRYPOINT 入口点      → entrypoint入口点
第二章　安裝與設定          → 安装与设定
"""

from __future__ import annotations

import re

from searcher.text import views
from searcher.text.folding import fold

KINDS = ("heading", "chapter")
"""The places of a document whose labels are headings."""

LONGEST = 40
"""Characters of a heading; a longer one is a sentence, and nobody asks for just that."""

_MOST_TYPED = 2 * LONGEST

_NUMBER = re.compile(
    r"[^\w]*(?:第[0-9零一二三四五六七八九十百]{1,6}[章节回卷篇部讲课]|[0-9]{1,3}(?:[.．-][0-9]{1,3}){0,5}(?:[.．、)）](?![0-9])|(?=\s))|[一二三四五六七八九十]{1,3}[、.．])"
)
_SIGNS = re.compile(r"[^\w+#]|_")


def heading_keyword(text: str) -> str | None:
    """The keyword of what has a heading that says just this, whatever number and signs it has; None for what is no heading.

    A single character says too little.
    """
    if len(text) > _MOST_TYPED:
        return None
    folded = fold(text).text
    number = _NUMBER.match(folded)
    said = _SIGNS.sub("", folded[number.end() :] if number else "") or _SIGNS.sub("", folded)
    return views.keyword(views.HEADING, said) if 1 < len(said) <= LONGEST else None

"""Which level of headings does a style have, by the name that programs give it: heading 2, 标题 2, 標題 2?"""

from __future__ import annotations

import re

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])")


def level_of_style(name: str) -> int:
    """The level, from 1; 0 for what is no style of headings. `name` is in small letters."""
    named = _HEADING.fullmatch(name)
    return int(named[1]) if named else 0

"""Which line breaks of a passage are there only because a line was full?

觀自在菩薩行深般若波羅蜜多時照見五⏎蘊皆空度一切苦厄  →  one line: the break divides a word
王小明⏎陳大文⏎李四                                    →  three: short lines are meant
個人資料保護法施行細則⏎人體器官移植條例施行細則      →  two: full lines of Han characters alone are of one length
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searcher.results import Mark

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_PART = r"第[一二三四五六七八九十百千]{1,6}[编編章节節]|[一二三四五六七八九十]{1,3}、"
"""What begins a line of its own: 第一章, 三、."""
_BREAK = re.compile(rf"(?<={_HAN})\n(?={_HAN})(?!{_PART}|[^\n]*\t)")
_SHORTEST = 12
"""Characters of a line that may be full: of printed columns, and of prose, but not of verse or of lists of names."""
_RAGGED = 2
"""So many characters shorter may a full line be than the ones around it: closing punctuation hangs, opening goes to the next."""
_OTHERS = re.compile(rf"(?!{_HAN})[^\n]")


def unwrapped(text: str, marks: Sequence[Mark]) -> tuple[str, list[Mark]]:
    """A passage without the line breaks between two Han characters where a line was full, and its marks in that.

    A line is full if it is about as long as the longest of the passage, in which headings and paragraphs of one line differ.
    """
    longest = max(map(len, text.split("\n")))
    ragged = _RAGGED if _OTHERS.search(text) else 0
    breaks = [match.start() for match in _BREAK.finditer(text) if _is_full(_line_before(text, match.start()), longest - ragged)]
    if longest < _SHORTEST or not breaks:
        return text, list(marks)
    parts = (text[start:end] for start, end in zip([0, *(at + 1 for at in breaks)], [*breaks, len(text)], strict=True))
    return "".join(parts), [(_moved(start, breaks), _moved(end, breaks)) for start, end in marks]


def _is_full(line: str, least: int) -> bool:
    """Whether a line goes on for want of room; a row of a table, with tabs between its cells, never does."""
    return len(line) >= least and "\t" not in line


def _line_before(text: str, end: int) -> str:
    return text[text.rfind("\n", 0, end) + 1 : end]


def _moved(at: int, breaks: Sequence[int]) -> int:
    return at - sum(known < at for known in breaks)

"""Where do rows, cells and blocks end that would run together on one line?

Metformin⇥500mg⇥飯後⏎Aspirin⇥100mg⇥早上        →  two rows of three cells
Open file⏎開啟檔案⏎⏎Save file⏎儲存檔案            →  two blocks: a text and its translation each
人臉識別⏎⏎商湯科技具備…                          →  a heading, and what it heads
"""

from __future__ import annotations

import re
from itertools import pairwise

ROW, CELL = "\x1e", "\x1f"
"""What stands for the line break behind a row or a block, and for the tab between two cells: ASCII's separators of records and units."""

_CELL_END = re.compile(r"(?<=\S)\t(?![ \t]*(?:\n|\Z))")  # the last of a row needs no sign
_ENDS_SENTENCE = re.compile(r"[。．.！!？?；;…：:][”\"’'」』）)】》]*\s*$")


def divided(text: str) -> str:
    """The text, character for character, with the ends of cells, of rows, and of blocks of several lines that end no sentence, marked."""
    if "\n" not in text and "\t" not in text:
        return text
    lines = _CELL_END.sub(CELL, text.translate(_NONE_YET)).split("\n")
    parts, height = [lines[0]], 1
    for before, line in pairwise(lines):
        is_row = CELL in before or CELL in line
        is_block = height > 1 and not line.strip() and not _ENDS_SENTENCE.search(before)
        parts += ROW if is_row or is_block else "\n", line
        height = height + 1 if line.strip() else 0
    return "".join(parts)


_NONE_YET = str.maketrans({ROW: " ", CELL: " "})

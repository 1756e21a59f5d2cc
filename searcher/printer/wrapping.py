"""Where lines of Chinese may break, measured in terminal cells.

Between any two characters, but a Latin word or a number stays whole where a line can hold it, and kinsoku is kept:
no line starts with closing punctuation or ends with opening punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from unicodedata import category

from searcher.printer.pieces import Piece

NOT_FIRST = frozenset("，。、；：？！）」』】〉》〕｝］”’…—·％,.;:?!)]}%ー々〞︰﹐﹑﹒﹔﹕﹖﹗\u200d\ufe0f")
NOT_LAST = frozenset("\u200d（「『【〈《〔｛［“‘([{〝￥＄$")
Line = tuple[Piece, ...]

_LEFT_COLUMN = re.compile(r" *\S+(?: \S+)*? {2,}(?=\S)")


def wrap(marked: Sequence[Piece], width: int, cells: Callable[[str], int]) -> Iterator[Line]:
    """The pieces as lines of at most `width` cells, 2 at least; spaces at a break are dropped."""
    return (line for _, line in placed(marked, width, cells))


def placed(marked: Sequence[Piece], width: int, cells: Callable[[str], int]) -> Iterator[tuple[int, Line]]:
    """The wrapped lines, each with its offset in the text of the pieces."""
    text = "".join(piece.text for piece in marked)
    flags = [piece.marked for piece in marked for _ in piece.text]
    for start, end in breaks(text, max(width, 2), cells):
        yield start, _line(text, flags, start, end)


def hanging(line: str, width: int, cells: Callable[[str], int]) -> Iterator[str]:
    """A line of text as rows; what goes on does so below the second column, where there are two, else two cells further in."""
    left = _LEFT_COLUMN.match(line)
    indent = cells(left[0]) if left else 0
    if not 0 < indent <= width // 2:
        indent = len(line) - len(line.lstrip(" ")) + 2
    first, *_ = breaks(line, max(width, 2), cells)
    yield line[first[0] : first[1]]
    rest = line[first[1] :].lstrip(" ")
    for start, end in breaks(rest, max(width - indent, 2), cells) if rest else ():
        yield " " * indent + rest[start:end]


def breaks(text: str, width: int, cells: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    """The lines of a text as offsets, half open; spaces at a break belong to no line. An empty text is one empty line."""
    if cells(text) <= width:
        yield 0, len(text)
        return
    start = 0
    while start < len(text):
        full = _full(text, start, width, cells)
        end = full if full == len(text) else _allowed(text, start, full)
        yield start, start + len(text[start:end].rstrip(" "))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1


def _full(text: str, start: int, width: int, cells: Callable[[str], int]) -> int:
    """The end of the longest line from `start` on."""
    end, used = start, 0
    while end < len(text):
        used += cells(text[end])
        if used > width:
            break
        end += 1
    return max(end, start + 1)


def _allowed(text: str, start: int, full: int) -> int:
    """The last place at or before `full` where a line may end; rather than leave half the line empty, kinsoku is broken, then a word."""
    half = start + (full - start) // 2
    return next((end for end in range(full, half, -1) if _may_break(text, end)), None) or _word_start(text, start, full)


def _word_start(text: str, start: int, end: int) -> int:
    """Where the word begins that goes on at `end`; `end` itself where none does, or where it fills the line."""
    first = end
    while first > start and _is_word(text[first]) and _is_word(text[first - 1]):
        first -= 1
    return first if first > start else end


def _may_break(text: str, end: int) -> bool:
    before, after = text[end - 1], text[end]
    if after in NOT_FIRST or before in NOT_LAST or _joins(after):
        return False
    return not (_is_word(before) and _is_word(after)) and not _is_in_number(text, end)


def _is_in_number(text: str, end: int) -> bool:
    """Whether a number goes on there behind its point or comma: 0.45, 1,225, 10:30."""
    return text[end - 1] in ".,:" and end > 1 and text[end - 2].isdigit() and text[end].isdigit()


def _joins(char: str) -> bool:
    """Whether a character belongs to the one before it: a combining mark, the colour of an emoji's skin."""
    return not char.isascii() and (category(char) in ("Mn", "Me", "Mc") or "\U0001f3fb" <= char <= "\U0001f3ff")


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "_-'")


def _line(text: str, flags: Sequence[bool], start: int, end: int) -> Line:
    line: list[Piece] = []
    position = start
    while position < end:
        stop = position
        while stop < end and flags[stop] == flags[position]:
            stop += 1
        line.append(Piece(text[position:stop], flags[position]))
        position = stop
    return tuple(line)

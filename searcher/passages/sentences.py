"""Which sentences stand around a place of a text, and how much of them fits a width?"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from searcher.text.characters import end_of_word, is_spaced


def around(text: str, first: int, last: int, low: int, high: int, width: int) -> tuple[int, int]:
    """The passage around what stands from `first` to `last`: whole sentences where they fit into `width` cells.

    Nothing before `low` or from `high` on; no white space at its ends. What is wider itself is shown up to `LONGEST` times the width.
    """
    near, far = max(low, first - width), min(high, last + width)
    edges = _edges(text, near, far, low, high)
    before, after = bisect_right(edges, first) - 1, bisect_left(edges, max(last, first + 1))
    start, end = edges[before] if before >= 0 else near, edges[after] if after < len(edges) else far
    if before < 0 or after == len(edges) or (used := cells(text[start:end])) > width:
        start, end = _trimmed(text, first, last, start, end, width)
    else:
        start, end = _with_neighbours(text, edges, before, after, used, width, far)
    return _stripped(text, start, end)


LONGEST = 4

LONGEST_HEADING = 40
"""Cells."""


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    others = "".join(_NOT_WIDE.findall(text))
    return 2 * (len(text) - len(others)) + (len(others) if others.isascii() else sum(map(_CELLS.__getitem__, others)))


def _edges(text: str, near: int, far: int, low: int, high: int) -> list[int]:
    """Where sentences begin or end from `near` to `far`; at `low` and `high` they do."""
    found = [match.end() for match in _SENTENCE_END.finditer(text, near, far)]
    if near == low:
        found.insert(0, low)
    if far == high and found[-1:] != [high]:
        found.append(high)
    return found


def _with_neighbours(text: str, edges: Sequence[int], before: int, after: int, used: int, width: int, far: int) -> tuple[int, int]:
    """As many sentences after and before, in turn, as fit; beyond a blank line only while the passage is very short.

    What is there reaches from one edge to another, by their numbers, and takes so many cells. If it stays very short, a heading or a name
    before a long sentence, of that it has the beginning, too, looked for up to `far`.
    """
    least, onward, back = after, after + 1 < len(edges), before > 0
    while onward or back:
        if onward:
            onward, used = _fits(text, edges[after], edges[after + 1], used, width)
            after += onward
            onward = onward and after + 1 < len(edges)
        if back:
            back, used = _fits(text, edges[before - 1], edges[before], used, width)
            before -= back
            back = back and before > 0
    if used <= width // 3:
        behind = edges[after + 1] if after + 1 < len(edges) else far
        return edges[before], _trimmed_end(text, edges[after], behind, width - used)
    return edges[before], edges[_before_headings(text, edges, least, after)]


def _before_headings(text: str, edges: Sequence[int], least: int, after: int) -> int:
    """The number of the edge before the short lines without a full stop at the end: behind a sentence, they are headings of what follows.

    Not so at the end of the text, in a list, where no line has a full stop, and up to `least`, where the passage must reach.
    """
    last = after
    while last > least and edges[after] < len(text) and _is_heading(text[edges[last - 1] : edges[last]]):
        last -= 1
    return last if _ENDS_SENTENCE.search(text, edges[last - 1], edges[last]) else after


def _is_heading(line: str) -> bool:
    return line.endswith("\n") and not _ENDS_SENTENCE.search(line) and cells(line.strip()) <= LONGEST_HEADING


def _fits(text: str, first: int, last: int, used: int, width: int) -> tuple[bool, int]:
    """Whether a neighbour fits, and how many cells are used then."""
    more = cells(text[first:last])
    if used + more > width or (used > width // 3 and _BLANK_LINE.search(text, max(0, first - 1), last)):
        return False, used
    return True, used + more


def _trimmed(text: str, first: int, last: int, start: int, end: int, width: int) -> tuple[int, int]:
    """A part of a long sentence around its marks: cut behind punctuation where there is some, else between words."""
    room = width - cells(text[first:last])
    if room <= 0:
        return first, _cut_behind(text, first, last, min(width - room, LONGEST * width))
    before = min(cells(text[start:first]), max(room // 2, room - cells(text[last:end])))
    left = _trimmed_start(text, start, first, before)
    right = _trimmed_end(text, last, end, room - cells(text[left:first]))
    return left, right


def _trimmed_start(text: str, start: int, first: int, room: int) -> int:
    left = first
    while left > start and (room := room - _CELLS[text[left - 1]]) >= 0:
        left -= 1
    if left == start:
        return start
    clause = _CLAUSE_END.search(text, left, left + (first - left) * 2 // 3)
    if clause:
        return clause.end()
    return min(first, _whole_character(text, end_of_word(text, left), 1))


def _trimmed_end(text: str, last: int, end: int, room: int) -> int:
    right = _cut_behind(text, last, end, room)
    if right == end:
        return end
    clauses = list(_CLAUSE_END.finditer(text, last + (right - last) // 3, right))
    if clauses:
        return clauses[-1].end()
    return max(last, _whole_character(text, _before_word(text, right, last), -1))


def _cut_behind(text: str, start: int, end: int, room: int) -> int:
    """How far from `start` the text fits into `room` cells."""
    right = start
    while right < end and (room := room - _CELLS[text[right]]) >= 0:
        right += 1
    return right


def _before_word(text: str, at: int, start: int) -> int:
    """`at`, or the beginning of the word it would cut; `start` is the least it can be."""
    if at < len(text) and is_spaced(text, at):
        while at > start and is_spaced(text, at - 1):
            at -= 1
    return at


def _whole_character(text: str, at: int, step: int) -> int:
    """`at`, moved until no combining character or joined emoji is cut."""
    while 0 < at < len(text) and (_CELLS[text[at]] == 0 or text[at - 1] == "\u200d"):
        at += step
    return at


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    passage = text[start:end]
    return start + len(passage) - len(passage.lstrip()), start + len(passage.rstrip())


class _Cells(dict[str, int]):
    """Columns of a terminal by character, remembered."""

    def __missing__(self, character: str) -> int:
        wide = unicodedata.east_asian_width(character) in "WF"
        invisible = unicodedata.category(character) in ("Mn", "Me", "Cf")
        if len(self) > 100_000:
            self.clear()
        self[character] = 0 if invisible else 2 if wide else 1
        return self[character]


_CELLS = _Cells()
_NOT_WIDE = re.compile("[^\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]+")
"""What may not take two columns: all but the most frequent characters, which need not be asked about one by one."""

_CLOSED = r"(?:[。｡！？!?;；…]|．(?![0-9０-９]))*[”’」』）)】》\"']*"
_SENTENCE_END = re.compile(
    r"[。｡！？!?;；…．.\n](?:(?<=\n)\n*|(?<=\.)(?<!\s[0-9]\.)(?<!\s[0-9][0-9]\.)[”\"')]*(?=\s)"
    rf"|(?:(?<=[。｡！？；…])|(?<=[!?;])(?![0-9A-Za-z_=&%/])|(?<=．)(?![0-9０-９])){_CLOSED})"
)
"""Full stops with the quotes that close behind them, a dot before a space but for that of an item's number, line breaks: one set first, by
which `re` skips quickly. What goes on in letters is an address (`a.aspx?id=1`) or a program (`a !== b`, `#!/bin/sh`)."""

_ENDS_SENTENCE = re.compile(rf"(?:[。｡！？!?;；…]{_CLOSED}|[.．][”\"')]*)\s*\Z")
_CLAUSE_END = re.compile(r"[，、：:；;,。！？]\s*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

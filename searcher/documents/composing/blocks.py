"""A text grows block by block, as a reader would see it.

White space is collapsed as a browser does, except that a line break between two Han characters is nothing.
Blocks stand apart by a blank line, items and rows by a line break, cells by a tab.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from searcher.documents.composing.page import Page
from searcher.documents.composing.places import MOST_PLACES
from searcher.documents.document import Location

# What is written without spaces: CJK and fullwidth punctuation, kana, bopomofo, Han.
WIDE = r"\u2e80-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’—…"
_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{WIDE}])")
_SPACE = re.compile(r"[ \t\r\n\f]+")
IS_WIDE = re.compile(rf"[{WIDE}]")
_EDGE = " \t\r\n\f\u00a0\u3000"
_ALT_LIMIT = 20
_DEEPEST_LIST = 8
_LONGEST_LABEL = 2_000  # characters of a heading that are looked at: one may hold a million others

CELL, LINE, BLOCK = "\t", "\n", "\n\n"


class Blocks:
    """Collects text and the places of its parts; `finish` gives both, `page` the page that they are."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""  # the last character written
        self._separator = ""  # due before the next text
        self._space = ""  # due before the next text of the same line
        self._prefix = ""  # a bullet due at the next text
        self._cell_is_fresh = False
        self._cell_has_blocks = False
        self._alternatives: list[str] = []  # descriptions of the images of a block
        self._written_in_block = False
        self._notes: list[tuple[str, str]] = []  # each with its line, where that is known
        self._lists: list[int | None] = []  # that are open: the number of the next item, None for bullets
        self._counts: list[int] = []  # of numbered lists that are told by their depth
        self._pending: list[tuple[str, str]] = []  # kind, label of locations at the next text
        self._headings: list[tuple[int, int]] = []  # of open headings: the first part, and where that begins
        self._locations: list[Location] = []
        self.headings: list[tuple[str, bool, int]] = []  # label, whether it opens the document, and level, of an item below 0

    def text(self, text: str) -> None:
        """Running text: white space collapsed."""
        collapsed = flowing(text)
        core = collapsed.strip(" ")
        if not core:
            self._space = self._space or _gap(text)
            return
        if collapsed[0] == " ":
            self._space = self._space or _gap(text[: len(text) - len(text.lstrip(" \t\r\n\f"))])
        self._write(core.replace("\u00a0", " "))
        if collapsed[-1] == " ":
            self._space = _gap(text[len(text.rstrip(" \t\r\n\f")) :])

    def lines(self, text: str) -> None:
        """Running text whose line breaks are meant."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.end_line()
            self.text(line)

    def verbatim(self, text: str) -> None:
        """Preformatted text: white space kept."""
        if not self._written_in_block:
            text = text.lstrip("\r\n")
        if text.strip():
            self._space = ""
            self._write(text.replace("\r\n", "\n").replace("\r", "\n"), verbatim=True)
        elif text and self._written_in_block:
            self._append(text)

    def image(self, description: str) -> None:
        """The description of an image; it comes on a line of its own at the end of its block, for it must not break a sentence."""
        if description and len(self._alternatives) < _ALT_LIMIT:
            self._alternatives.append(description)

    def end_line(self) -> None:
        """A line break inside a block."""
        self._separate(LINE)

    def end_block(self) -> None:
        """What follows stands apart."""
        self._describe_images()
        self._separate(BLOCK)
        self._written_in_block = False

    def begin_cell(self) -> None:
        """A table cell: a tab before it, unless it is the first with text in its row; a blank line behind a cell that held blocks."""
        if not self._cell_is_fresh:
            self._separator = BLOCK if self._cell_has_blocks else CELL
        self._begin_fresh_cell()

    def begin_row(self) -> None:
        """A table row: a line of its own."""
        self._separator = BLOCK if self._cell_has_blocks or self._separator == BLOCK else LINE
        self._begin_fresh_cell()

    def end_table(self) -> None:
        """A table ends, also behind an empty cell: what follows stands apart."""
        self._cell_is_fresh = self._cell_has_blocks = False
        self.end_block()

    def begin_item(self, depth: int, number: int | None) -> None:
        """An item of a list begins, on a line of its own; `depth` counts the lists around it, `number` is None for a bullet."""
        self._separate(LINE)
        self._prefix = "  " * min(max(depth - 1, 0), _DEEPEST_LIST) + ("• " if number is None else f"{number}. ")

    def begin_counted_item(self, depth: int, written: int | None = None) -> None:
        """The next item of a numbered list at this depth, by the number that is `written` or by that of the item before."""
        self.forget_counts(depth)
        self._counts.extend([0] * (depth - len(self._counts)))
        self._counts[depth - 1] = self._counts[depth - 1] + 1 if written is None else written
        self.begin_item(depth, self._counts[depth - 1])

    def forget_counts(self, depth: int = 0) -> None:
        """Numbered lists deeper than that begin anew."""
        del self._counts[depth:]

    def begin_list(self, start: int | None) -> None:
        """A list begins, in others or by itself; `start` is the number of its first item, None for bullets."""
        self.end_line() if self._lists else self.end_block()
        self._lists.append(start)

    def next_item(self) -> None:
        """The next item of the list begins."""
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        self.begin_item(len(self._lists), number)

    def end_list(self) -> None:
        """The list ends."""
        del self._lists[-1:]
        self.end_line() if self._lists else self.end_block()

    def end_item(self) -> None:
        """The item ends; without text it leaves nothing."""
        self._describe_images()
        self._prefix = ""
        self._separate(LINE)

    def is_empty(self) -> bool:
        """Nothing was written yet."""
        return not self._length

    def locate(self, kind: str, label: str) -> None:
        """The next text stands at this place."""
        self._pending = [(other, known) for other, known in self._pending if other != kind]
        self._pending.append((kind, label))

    def begin_heading(self) -> None:
        """A heading begins."""
        self.end_block()
        self._trim()
        self._headings.append((len(self._parts), self._length))

    def end_heading(self, level: int) -> None:
        """The heading ends: its text becomes the label of its place."""
        first, begin = self._headings.pop() if self._headings else (len(self._parts), self._length)
        written = self._written_from(first)
        label = " ".join(written.split())
        if label and len(self._locations) < MOST_PLACES:
            start = begin + len(written) - len(written.lstrip())
            label = label.removeprefix("• ")  # of the item that it is
            self._locations.append(Location(start, "heading", label[:200]))
            self.headings.append((label[:500], level == 1 or start == 0, -level if self._lists else level))
        self.end_block()

    def heading(self, text: str, level: int) -> None:
        """A heading of this text."""
        self.begin_heading()
        self.text(text)
        self.end_heading(level)

    def note(self, text: str, line: str = "") -> None:
        """A note, which stands behind everything else; `line` is where it stands in the file."""
        self._notes.append((text, line))

    def follows_wide(self) -> bool:
        """The last character written is Han or the like."""
        return bool(IS_WIDE.match(self._last))

    def finish(self) -> tuple[str, tuple[Location, ...]]:
        """The text without white space at its ends, and its places, ascending."""
        self.end_block()
        for note, line in self._notes:
            if line:
                self.locate("line", line)
            self.text(note)
            self.end_block()
        text = "".join(self._parts).rstrip(_EDGE)
        return text, tuple(sorted((place for place in self._locations if place.start < len(text)), key=lambda place: place.start))

    def page(self, title: str | None = None, bold: str | None = None, meta: Mapping[str, str] | None = None) -> Page:
        """The same as a page; its heading is the first that opens the document, or is of the first level."""
        text, locations = self.finish()
        heading, level = next(((label, level) for label, leads, level in self.headings if leads), (None, 0))
        is_alone = level > 0 and sum(abs(other) == level for *_, other in self.headings) < 2
        return Page(text, locations, title, heading, bold, meta or {}, is_alone)

    def _describe_images(self) -> None:
        descriptions, self._alternatives = self._alternatives, []
        for description in descriptions:
            if self._written_in_block:
                self._separate(LINE)
            self.text(description)

    def _begin_fresh_cell(self) -> None:
        self._space = ""
        self._cell_is_fresh, self._cell_has_blocks = True, False

    def _separate(self, separator: str) -> None:
        self._space = ""
        if self._cell_is_fresh:
            return
        if len(separator) >= len(self._separator) or self._separator == CELL:
            self._separator = separator

    def _write(self, text: str, *, verbatim: bool = False) -> None:
        begins_line = bool(self._separator) or not self._length
        if begins_line and not verbatim:
            text = text.lstrip(_EDGE)
            if not text:
                return
        if self._length and self._separator:
            if self._separator == BLOCK and not self._cell_is_fresh:
                self._cell_has_blocks = True
            self._trim()
            self._append(self._separator)
        elif self._space and self._length:
            joined = self._space == LINE and IS_WIDE.match(self._last) and IS_WIDE.match(text)
            self._append("" if joined else " ")
        self._separator = self._space = ""
        self._cell_is_fresh = False
        self._written_in_block = True
        self._append(self._prefix)
        self._prefix = ""
        if len(self._locations) < MOST_PLACES:
            self._locations.extend(Location(self._length, kind, label) for kind, label in self._pending)
        self._pending.clear()
        self._append(text)

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]

    def _trim(self) -> None:
        """Takes white space off the end, which preformatted text may leave."""
        while self._parts and self._parts[-1] != self._parts[-1].rstrip():
            last = self._parts.pop()
            self._length -= len(last) - len(last.rstrip())
            if last.rstrip():
                self._parts.append(last.rstrip())

    def _written_from(self, first: int) -> str:
        """The text from a part on, as much of it as a label needs."""
        written = ""
        for place in range(first, len(self._parts)):  # islice would count from the first part of all
            written += self._parts[place]
            if len(written) > _LONGEST_LABEL:
                break
        return written


def flowing(text: str) -> str:
    """A text whose lines are cut anywhere, as one."""
    return _SPACE.sub(" ", _BREAK.sub("", text)) if _SPACE.search(text) else text


def _gap(space: str) -> str:
    return LINE if "\n" in space or "\r" in space else " "

"""Paragraphs, headings and tables of an RTF file, of which it mostly marks the ends."""

from __future__ import annotations

import re

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Layout:
    """Takes what is written, and where paragraphs, cells and rows end; gives a page."""

    def __init__(self) -> None:
        self._blocks = Blocks()
        self._line: list[str] = []
        self._in_row = self._cell_is_due = self._leaves_table = False
        self._begins_row = True
        self.level = 0
        """Of the heading that the paragraph is; 0: it is none."""

    def write(self, text: str) -> None:
        self._line.append(text)

    def begin_paragraph(self) -> None:
        """What was said of the paragraph before holds no more."""
        self.level = 0
        self._in_row = False

    def in_table(self) -> None:
        """The paragraph stands in a table; a row begins with its first cell, and a cell where something is in it."""
        if self._begins_row and not self._in_row:
            self._blocks.begin_row()
            self._cell_is_due = self._begins_row = False
        self._in_row = True

    def end_line(self) -> None:
        self._write_line()
        self._blocks.end_line()

    def end_cell(self) -> None:
        self._write_line()
        self._cell_is_due = self._in_row = True

    def end_row(self) -> None:
        self._write_line()
        self._begins_row = self._leaves_table = True
        self._in_row = False

    def end_paragraph(self) -> None:
        """The paragraph ends: a line of a cell, a heading, or a block of its own."""
        if self._in_row:
            self._write_line()
            self._blocks.end_line()
        elif self.level and "".join(self._line).strip():
            self._blocks.begin_heading()
            self._write_line()
            self._blocks.end_heading(self.level)
        else:
            self._write_line()
            self._blocks.end_block()

    def note(self, text: str) -> None:
        """A note, behind all paragraphs."""
        self._blocks.note(mended(text))

    def finish(self) -> Page:
        return self._blocks.page()

    def _write_line(self) -> None:
        text = mended("".join(self._line))
        self._line.clear()
        if not text.strip():
            return
        if self._leaves_table and not self._in_row:
            self._blocks.end_block()
        if self._cell_is_due and self._in_row:
            self._blocks.begin_cell()
        self._leaves_table = self._cell_is_due = False
        self._blocks.text(text)


def mended(text: str) -> str:
    """Surrogates in pairs, without control characters."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub("", whole)

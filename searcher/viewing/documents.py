"""A document is printed, read in a pager, or opened in an editor, at its first match."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.documents.document import Document
from searcher.printer import terminal
from searcher.printer.script import convert
from searcher.results import Mark

if TYPE_CHECKING:
    from rich.text import Text

    from searcher.surroundings import Surroundings


def print_document(
    document: Document, marks: Sequence[Mark], around: Surroundings, *, script: str | None = None, lines_around: int | None = None
) -> None:
    """The whole document on standard output, or only the lines with matches and some around them."""
    shown, marks = _in_script(document, marks, script or around.settings.script)
    console = terminal.console(around.out, color=around.color, width=around.width)
    if lines_around is None:
        for line in terminal.document_lines(document.title, shown, marks):
            console.print(line)
        return
    for near in terminal.near_matches(list(terminal.marked_lines(shown, marks)), lines_around):
        console.print(terminal.styled(near) if near is not None else "--")


def read_document(document: Document, marks: Sequence[Mark], around: Surroundings, *, script: str | None = None) -> None:
    """The document in a pager, from its first match on; printed where it fits the screen, or where there is no terminal."""
    from searcher.viewing import external

    if not around.out.isatty():
        print_document(document, marks, around, script=script)
        return
    text, marks = _in_script(document, marks, script or around.settings.script)
    pager = around.settings.pager or os.environ.get("PAGER")
    lines = list(terminal.document_lines(document.title, text, marks))
    if _fits(lines, around):
        print_document(document, marks, around, script=script)
    elif pager:
        external.page_through(_rendered(lines, around), pager, line=_line_of_first(text, marks), say=around.say)
    else:
        from searcher.viewing.pager import read

        read(document.title, text, marks, around.say)


def edit_document(document: Document, marks: Sequence[Mark], around: Surroundings) -> None:
    """The document's file in the user's editor at the line of the first match, or a PDF at its page. Errors: CannotStart."""
    from searcher.printer.grep import lines_of_matches
    from searcher.settings import config_path
    from searcher.viewing.external import edit

    first = marks[0][0] if marks else 0
    pages = [location.label for location in document.locations if location.kind == "page" and location.start <= first]
    line = next(lines_of_matches(document, marks[:1]), None)
    edit(
        Path(document.source or document.path or document.id),
        line=line,
        page=pages[-1] if pages else None,
        editor=around.settings.editor,
        say=around.say,
        config=config_path(),
    )


def _in_script(document: Document, marks: Sequence[Mark], script: str | None) -> tuple[str, Sequence[Mark]]:
    return (document.text, marks) if script is None else convert(document.text, marks, script)


def _fits(lines: Sequence[Text], around: Surroundings) -> bool:
    import shutil

    rows = shutil.get_terminal_size().lines - 1
    return len(lines) <= rows and sum(max(1, -(-line.cell_len // around.width)) for line in lines) <= rows


def _rendered(lines: Sequence[Text], around: Surroundings) -> str:
    buffer = io.StringIO()
    console = terminal.console(buffer, color=around.color, width=around.width)
    for line in lines:
        console.print(line)
    return buffer.getvalue()


def _line_of_first(text: str, marks: Sequence[Mark]) -> int:
    """The line to start the pager at: that of the first match, below the title and its blank line."""
    return text.count("\n", 0, marks[0][0]) + 3 if marks else 1

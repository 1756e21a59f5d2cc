"""A document is printed, read in a pager, or opened in an editor, where it matches."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.documents.document import Document
from searcher.printer.document import document_lines, heading, near_lines
from searcher.printer.script import convert
from searcher.printer.visible import visible
from searcher.results import Mark

if TYPE_CHECKING:
    from searcher.surroundings import Surroundings


def as_it_is_now(document: Document, updated: str | None) -> Document:
    """A document as its file says it now, where that was written after the index was (`updated`), so that its match is found where it is.

    What cannot be read any more is as it was indexed.
    """
    source = _file_of(document)
    if updated is None or not source.is_file():
        return document
    indexed = datetime.fromisoformat(updated.replace("Z", "+00:00")).timestamp()
    if source.stat().st_mtime <= indexed:
        return document
    from searcher.documents import read_documents

    found = (one for one in read_documents(source, hidden=True) if isinstance(one, Document) and one.id == document.id)
    return next(found, document)


def _file_of(document: Document) -> Path:
    """The file that a document came from, as the system knows it."""
    from searcher.documents import name_on_disk

    return Path(name_on_disk(document.source or document.path or document.id))


def print_document(
    document: Document, marks: Sequence[Mark], around: Surroundings, *, script: str | None = None, lines_around: int | None = None
) -> None:
    """The whole document on standard output, or only the lines with matches and some around them."""
    shown, marks = _in_script(document, marks, script or around.settings.script)
    if lines_around is None:
        _print_lines(document_lines(shown.title, shown.text, marks, color=around.color), around)
    else:
        _print_lines(near_lines(shown.text, marks, lines_around, color=around.color), around)


def read_document(document: Document, marks: Sequence[Mark], around: Surroundings, *, script: str | None = None, at: int = 0) -> None:
    """The document in a pager, from its first match behind `at` on; printed where it fits the screen, or where none can be drawn on."""
    first = _first_behind(at, marks)
    shown, marks = _in_script(document, marks, script or around.settings.script)
    lines = document_lines(shown.title, shown.text, marks, color=around.color)
    pager = around.settings.pager or os.environ.get("PAGER")
    if not around.out.isatty() or os.environ.get("TERM") == "dumb" or _fits(shown, around):
        _print_lines(lines, around)
    elif pager:
        from searcher.viewing.external import page_through

        line = _line_of(marks[first : first + 1], shown)
        page_through("\n".join(lines), pager, line=line, marked=_marked(shown.text, marks), say=around.say)
    else:
        from searcher.viewing.pager import read

        read(shown.title, shown.text, marks, around.say, first=first)


def edit_document(document: Document, marks: Sequence[Mark], around: Surroundings, *, at: int = 0) -> None:
    """The document's file in the user's editor at the line of the first match behind `at`, or a PDF at its page. Errors: CannotStart.

    What lies in an archive or a mail is no file that could be opened.
    """
    from searcher.printer.grep import lines_of_matches
    from searcher.settings import config_path
    from searcher.viewing.external import CannotStart, edit

    if "!/" in document.id and not _file_of(replace(document, source=document.id)).is_file():
        raise CannotStart(reason=around.say("packed", id=document.path or document.id))
    number = _first_behind(at, marks)
    begin = marks[number][0] if marks else 0
    pages = [location.label for location in document.locations if location.kind == "page" and location.start <= begin]
    line = next(lines_of_matches(document, marks[number : number + 1]), None)
    edit(
        _file_of(document),
        line=line,
        page=pages[-1] if pages else None,
        editor=around.settings.editor,
        say=around.say,
        config=config_path(),
    )


def _in_script(document: Document, marks: Sequence[Mark], script: str | None) -> tuple[Document, Sequence[Mark]]:
    if script is None:
        return document, marks
    text, marks = convert(document.text, marks, script)
    return replace(document, title=convert(document.title, (), script, document.text)[0], text=text), marks


def _print_lines(lines: Iterable[str], around: Surroundings) -> None:
    around.out.writelines(f"{line}\n" for line in lines)


def _fits(document: Document, around: Surroundings) -> bool:
    from rich.cells import cell_len

    rows = shutil.get_terminal_size().lines - 3  # for the title, the blank line under it, and the prompt
    lines = document.text.split("\n", rows + 1)
    return len(lines) <= rows and sum(max(1, -(-cell_len(line) // around.width)) for line in lines) <= rows


def _first_behind(at: int, marks: Sequence[Mark]) -> int:
    """The number of the first mark that begins there or behind; the first of all where there is none."""
    return next((number for number, (start, _) in enumerate(marks) if start >= at), 0)


def _line_of(marks: Sequence[Mark], document: Document) -> int:
    """The line to start the pager at: that of the match, below the title."""
    above = len(heading(document.title, document.text))
    return document.text.count("\n", 0, marks[0][0]) + above + 1 if marks else 1


def _marked(text: str, marks: Sequence[Mark]) -> tuple[str, ...]:
    """The marked texts, each once, in their order, that stand on one line as they are shown."""
    texts = dict.fromkeys(visible(text[start:end]) for start, end in marks)
    return tuple(text for text in texts if "\n" not in text)

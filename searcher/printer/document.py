"""A whole document, line by line, its matches marked: without rich, so that a preview is fast and a book is no burden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from searcher.printer.pieces import Piece, pieces
from searcher.printer.plain import RESET, painted
from searcher.printer.visible import one_line, visible
from searcher.results import Mark

TITLE = "\x1b[1m"

Line = Sequence[Piece]


def document_lines(title: str, text: str, marks: Sequence[Mark], *, color: bool) -> Iterator[str]:
    """The title and a blank line, unless the text begins with it, and the text; nothing is wrapped."""
    for line in heading(title, text):
        yield f"{TITLE}{line}{RESET}" if color and line else line
    yield from _as_text(marked_lines(text, marks), color=color)


def heading(title: str, text: str) -> tuple[str, ...]:
    """What stands above a text: its title and a blank line; nothing where the text begins with its title."""
    return () if text[: len(title) + 1].rstrip("\n") == title else (one_line(title), "")


def near_lines(text: str, marks: Sequence[Mark], around: int, *, color: bool) -> Iterator[str]:
    """Only the lines with matches and `around` lines on either side of each; `--` where lines are left out."""
    near = _near_matches(list(marked_lines(text, marks)), around)
    yield from _as_text(([Piece("--", False)] if line is None else line for line in near), color=color)


def _as_text(lines: Iterable[Line], *, color: bool) -> Iterator[str]:
    """Lines of pieces as text, the marked ones in the colour of marks."""
    return (painted(line) if color else "".join(piece.text for piece in line) for line in lines)


def marked_lines(text: str, marks: Sequence[Mark]) -> Iterator[list[Piece]]:
    """The lines of a text, each as pieces; a mark across a line break is cut there."""
    line: list[Piece] = []
    for piece in pieces(text, marks, visible):
        first, *others = piece.text.split("\n")
        line.append(Piece(first, piece.marked))
        for other in others:
            yield line
            line = [Piece(other, piece.marked)]
    yield line


def _near_matches(lines: Sequence[Line], around: int) -> Iterator[Line | None]:
    """The lines with matches and those around them; None where lines are left out between two groups."""
    marked = [number for number, line in enumerate(lines) if any(piece.marked for piece in line)]
    kept = sorted({near for number in marked for near in range(max(0, number - around), min(len(lines), number + around + 1))})
    previous = kept[0] if kept else 0
    for number in kept:
        if number > previous + 1:
            yield None
        yield lines[number]
        previous = number

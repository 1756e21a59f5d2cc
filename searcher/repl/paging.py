"""The next hits at the prompt: as many as fit the screen, with as many passages as leave room for several."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from searcher.messages import say_remark
from searcher.printer import counts, terminal
from searcher.printer.script import in_script
from searcher.printer.visible import one_line
from searcher.repl.session import NotNow, Session
from searcher.results import Hit, Results

if TYPE_CHECKING:
    from rich.text import Text

LEFT_OVER = 4
"""Rows of the screen that results leave to the line under them, the prompt and the toolbar."""

LARGEST_PAGE = 20

ENOUGH = 4
"""Hits that are to be seen at once: where they have no room, each shows fewer passages."""


def more(session: Session, _: str = "") -> None:
    """As many of the next hits as fit the screen, so that the best one is never scrolled away; at least one."""
    first = not session.hits
    results, lines = _page(session, first)
    if not results.hits and not first:
        raise NotNow(reason=session.say("no.more"))
    around = session.around
    console = terminal.console(around.out, color=around.color, width=around.width)
    said = (_foot(session, results), *(one_line(say_remark(session.say, remark)) for remark in session.remarks()))
    for line in (*lines, *(row for words in said for row in terminal.aside(words, terminal.Screen(around.width)))):
        console.print(line)
    session.remember()


def _page(session: Session, first: bool) -> tuple[Results, list[Text]]:
    """The next hits and the lines of those that fit: with all their passages, with fewer where too few hits would fit."""
    settings = session.around.settings
    limit = min(settings.limit or LARGEST_PAGE, LARGEST_PAGE)
    for passages in range(max(settings.passages, 1), 0, -1):
        results = session.more(limit, min(passages, settings.passages))
        lines, fitting = _fitting(session, results, first)
        if len(fitting) >= min(ENOUGH, len(results)):
            break
    for hit in fitting:
        session.show(hit)
    return results, lines


def _fitting(session: Session, results: Results, first: bool) -> tuple[list[Text], tuple[Hit, ...]]:
    """The lines of the hits that fit the screen, and those hits."""
    around = session.around
    shown = in_script(results, session.script)
    screen = terminal.Screen(around.width, links=around.color)
    room = _rows(session)
    lines = list(terminal.head_lines(shown, session.say, screen)) if first else []
    for number, block in enumerate(terminal.hit_blocks(shown, session.say, screen)):
        if number and room is not None and len(lines) + len(block) > room:
            return lines, results.hits[:number]
        lines += block
    return lines, results.hits


def _rows(session: Session) -> int | None:
    """The rows of the screen that results may fill; None where there is no screen."""
    return shutil.get_terminal_size().lines - LEFT_OVER if session.around.out.isatty() else None


def _foot(session: Session, results: Results) -> str:
    """How many documents match, how many were shown so far, how long it took, how old the index is."""
    shown = len(session.hits)
    more = session.say("more") if shown + results.folded < results.total else None
    took, age = counts.took_words(results, session.say), counts.age_words(session.index.updated, session.say, ":index")
    return counts.foot_words(results, session.say, more, took, age, only=":strict", shown=range(1, shown + 1))

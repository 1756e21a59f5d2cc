"""The colours of a query while it is typed: what is text, what is an operator, what is left out."""

from __future__ import annotations

from collections.abc import Callable, Collection

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

from searcher.query.parsing import highlight_spans
from searcher.repl.session import Session

STYLE = Style.from_dict(
    {
        "query.quoted": "ansigreen",
        "query.operator": "bold ansimagenta",
        "query.field": "bold ansimagenta",
        "query.punctuation": "ansimagenta",
        "query.negated": "ansired",
        "query.command": "bold",
        "bottom-toolbar": "noreverse",
        "bottom-toolbar.text": "",
        "completion-menu": "noinherit reverse",
        "completion-menu.completion": "noinherit reverse",
        "completion-menu.completion.current": "noinherit bold",
        "completion-menu.meta.completion": "noinherit reverse",
        "completion-menu.meta.completion.current": "noinherit bold",
        "scrollbar.background": "noinherit",
        "scrollbar.button": "noinherit reverse",
    }
)
"""Colours of the terminal's own palette, and of these what reads well on light and on dark: not blue, not cyan, no fixed background."""


class QueryLexer(Lexer):
    """Colours a query as it is read in an index of these fields, and a command by its name."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        text = document.text
        spans = _command(text) if text[:1] in (":", "：") else _query(text, self.session.fields)
        starts = [0]
        for line in document.lines:
            starts.append(starts[-1] + len(line) + 1)
        return lambda number: list(_fragments(text, starts[number], starts[number + 1] - 1, spans)) if number < len(starts) - 1 else []


def _query(text: str, fields: Collection[str]) -> list[tuple[int, int, str]]:
    return [(start, end, str(kind)) for start, end, kind in highlight_spans(text, fields)]


def _command(text: str) -> list[tuple[int, int, str]]:
    return [(0, len(text.partition(" ")[0]), "command")]


def _fragments(text: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> StyleAndTextTuples:
    """One line of the text, `start` to `end`, in pieces."""
    fragments: StyleAndTextTuples = []
    position = start
    for first, last, kind in spans:
        first, last = max(first, position), min(last, end)
        if first >= last:
            continue
        if position < first:
            fragments.append(("", text[position:first]))
        fragments.append((f"class:query.{kind}", text[first:last]))
        position = last
    if position < end:
        fragments.append(("", text[position:end]))
    return fragments

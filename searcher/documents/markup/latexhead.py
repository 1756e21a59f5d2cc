"""What does a text in LaTeX say of itself: \\title{…} \\author{…} \\date{…}, else its first heading?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from searcher.documents.markup.latextext import printed

_HEAD = 50_000  # characters in which it stands
_LONGEST = 500
_SAID = re.compile(r"^[^%\n]*?\\(title|author|date)[ \t]*(?:\[[^\[\]\n]{0,200}\])?\{", re.MULTILINE)
_HEADING = re.compile(r"^[^%\n]*?\\(?:part|chapter|section)\*?[ \t]*(?:\[[^\[\]\n]{0,200}\])?\{", re.MULTILINE)
_NOTE = re.compile(r"\\(?:thanks|footnote|inst|orcid)\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_COMMENT = re.compile(r"(?<!\\)%.*")
_AND = re.compile(r"\\(?:and|AND)\b|\\\\")


def declared_in_latex(text: str) -> dict[str, list[str]]:
    """Title, authors and date, as front matter would say them."""
    text = text[:_HEAD]
    found: dict[str, list[str]] = {}
    for match in _SAID.finditer(text):
        found.setdefault(match[1], [_group(text, match.end())])
    if not any(found.get("title", ())) and (heading := _HEADING.search(text)):  # of a chapter in a file of its own
        found["title"] = [_group(text, heading.end())]
    authors = [author for value in found.get("author", []) for author in _AND.split(value)]
    return {**{name: _plain(values) for name, values in found.items()}, "author": _plain(authors)}


def _group(text: str, start: int) -> str:
    """What stands between braces, the first of which was read; empty where nothing closes it soon."""
    depth = 1
    for end in range(start, min(len(text), start + _LONGEST)):
        depth += (text[end] == "{") - (text[end] == "}")
        if not depth:
            return text[start:end]
    return ""


def _plain(values: Iterable[str]) -> list[str]:
    """Without notes and commands."""
    shown = (_COMMENT.sub("", _NOTE.sub("", value).replace("\\\\", " ")) for value in values)
    return [" ".join(printed(value).split()) for value in shown]

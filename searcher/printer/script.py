"""A text in the reader's script, its marks kept: what `--script s|t|tw|hk` shows.

A line is converted as a whole, so that OpenCC sees every phrase;
a mark's boundary goes to where the conversion of what stands before it ends.
A text that is in the script already is left as it is: converting Traditional text "to Traditional" would only do harm (皇后 → 皇後).
Where no character of a text tells its script (苹果), what stands beside it in its document does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from searcher.results import Hit, Mark, Place, Results, Snippet

CONVERSIONS = {
    ("s", "simplified"): None,
    ("s", "traditional"): "t2s",
    ("t", "simplified"): "s2t",
    ("t", "traditional"): None,
    ("tw", "simplified"): "s2tw",
    ("tw", "traditional"): "t2tw",
    ("hk", "simplified"): "s2hk",
    ("hk", "traditional"): "t2hk",
}
"""(reader's script, script of the text) → OpenCC's name of the conversion; glyphs only, never another region's words."""


def in_script(results: Results, script: str | None) -> Results:
    """The results with titles, passages and the names of places in the reader's script; unchanged without one."""
    if script is None:
        return results
    return replace(results, hits=tuple(_hit(hit, script) for hit in results.hits))


def convert(text: str, marks: Sequence[Mark], script: str, beside: str = "") -> tuple[str, tuple[Mark, ...]]:
    """A text and its marks (ascending) in a script: s, t, tw, hk. No phrase crosses a line break, so each line is converted alone.

    `beside` is what tells the script of a text that has no telling character.
    """
    converter = _converter_of(text, script, beside)
    if converter is None:
        return text, tuple(marks)
    lines: list[str] = []
    moved: list[Mark] = []
    begin, length, waiting = 0, 0, list(reversed(marks))
    for line in text.encode("utf-8", "replace").decode("utf-8").splitlines(keepends=True):  # OpenCC raises on lone surrogates
        while waiting and waiting[-1][0] < begin + len(line):
            start, end = waiting.pop()
            moved.append((length + _moved(converter, line, start - begin), length + _moved(converter, line, end - begin)))
            if end > begin + len(line):
                waiting.append((begin + len(line), end))
        lines.append(converter.convert(line))
        begin, length = begin + len(line), length + len(lines[-1])
    return "".join(lines), tuple(moved)


def _moved(converter: Any, line: str, offset: int) -> int:
    """Where an offset of a line is in the converted line."""
    whole = len(converter.convert(line))
    return whole if offset >= len(line) else min(len(converter.convert(line[:offset])), whole)


def _converter_of(text: str, script: str, beside: str) -> Any | None:
    from searcher.text.scripts import script_of

    written = script_of(text)
    if written == "mixed":
        written = "traditional" if script == "s" else "simplified"
    elif written == "other":
        written = script_of(beside)
    name = CONVERSIONS.get((script, written))
    return None if name is None else _converter(name)


def _hit(hit: Hit, script: str) -> Hit:
    beside = "\n".join((hit.title, *(snippet.text for snippet in hit.snippets)))
    title, title_marks = convert(hit.title, hit.title_marks, script, beside)
    snippets = tuple(_snippet(snippet, script, beside) for snippet in hit.snippets)
    return replace(hit, title=title, title_marks=title_marks, location=_place(hit.location, script, beside), snippets=snippets)


def _snippet(snippet: Snippet, script: str, beside: str) -> Snippet:
    text, marks = convert(snippet.text, snippet.marks, script, beside)
    return replace(snippet, text=text, marks=marks, place=_place(snippet.place, script, beside))


def _place(place: Place | None, script: str, beside: str) -> Place | None:
    return place and replace(place, label=convert(place.label, (), script, beside)[0])


@cache
def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)

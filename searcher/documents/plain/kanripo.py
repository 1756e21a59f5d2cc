"""A scroll of the Kanseki Repository becomes its text, whose pages are those of the printed edition.

#+TITLE: 墨子
#+PROPERTY: JUAN 卷三         or 3; 0 is what stands before the first
<pb:KR3j0002_WYG_003-1a>¶           leaf 1a of scroll 3
欽定四庫全書¶                        ¶ ends a line of the print
# src: …                            a remark of the editors, left out
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from searcher.documents.composing.lines import Lines
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.titles import HAN
from searcher.documents.document import Document, Location
from searcher.documents.sources.source import ReadOptions, Source

_SAID = re.compile(r"#\+(?:PROPERTY:[ \t]*)?([A-Z]+)[:\s][ \t]*(.*)")
_REMARK = re.compile(r"#(?:(?:[ \t+]|-\*-).*)?$")
_PAGE = re.compile(r"<pb:[^<>\s]{0,80}?([^<>_\s]{1,20})>")
_HEADING = re.compile(r"\*+[ \t]+(?=\S)")
_LINE_END = "¶"


def read_kanripo(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a file; its lines are those of the file. The date that a file states is the one of its making, and left out."""
    written = source.text(options, format="kanripo")
    said: dict[str, str] = {}
    lines = Lines()
    begun: list[tuple[str, str]] = []  # pages and headings that the next text belongs to, by kind and label
    last = 0  # the number of the line before
    for number, line in enumerate(written.text.split("\n"), 1):
        if _REMARK.match(line):
            if (named := _SAID.match(line)) is not None:
                said.setdefault(named[1], named[2].strip())
            continue
        text, found = _read_line(line)
        begun += found
        if not text and (found or not lines.length):  # a page that ends is no end of a paragraph
            continue
        if number != last + 1:
            lines.place("line", str(number))
        for place in begun if text else ():
            lines.place(*place)
        begun = [] if text else begun
        lines.add(text)
        last = number
    text = lines.text.rstrip()
    page = Page(text, tuple(place for place in lines.places if place.start < len(text)))
    yield document_of_page(source, page, written.metadata, _about(said, lines.places))


def _read_line(line: str) -> tuple[str, list[tuple[str, str]]]:
    """A line without its marks, and which pages and headings begin in it, by kind and label."""
    found = [("page", label) for label in _PAGE.findall(line)]
    text = _PAGE.sub("", line).replace(_LINE_END, "").rstrip()
    if heading := _HEADING.match(text):
        text = text[heading.end() :]
        found.append(("heading", text))
    return text, found


def _about(said: dict[str, str], places: list[Location]) -> dict[str, list[str]]:
    """What the first lines say; the scroll belongs to the title, for all files of a work have the same, and else the first heading."""
    headings = (place.label for place in places if place.kind == "heading")
    scroll = said.get("JUAN", "").lstrip("0")
    part = f"卷{scroll}" if scroll.isascii() and scroll.isdigit() else scroll if HAN.search(scroll) else next(headings, "")
    title = said.get("TITLE", "")
    return {
        "title": [f"{title} {part}".strip()] if title else [],
        "edition": [said.get("BASEEDITION", "")],
        "category": [name for name in said.get("CAT", "").split(",") if HAN.search(name)],
    }

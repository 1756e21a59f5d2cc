"""A canvas of Obsidian becomes what stands on its cards, from the top down, and then on the arrows between them.

    {"nodes": [{"type": "text", "text": "## 甲", "x": 0, "y": 0}, {"type": "file", "file": "筆記/乙.md"}], "edges": [{"label": "所以"}]}

As https://jsoncanvas.org has it: cards are Markdown, notes by their path, addresses, or groups with a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from searcher.documents.composing.chapters import Chapters
from searcher.documents.composing.page import Page
from searcher.documents.document import Document, only_text
from searcher.documents.json.values import objects, string, value_or_plain
from searcher.documents.markup.markdown import markdown_page
from searcher.documents.sources.source import ReadOptions, Source


def read_canvas(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a canvas; what only has the name of one is plain text."""
    written = source.text(options, format="canvas")
    canvas = value_or_plain(written.text)
    cards = objects(canvas.get("nodes")) if isinstance(canvas, dict) else []
    if not cards:
        raise only_text()
    chapters = Chapters()
    for card in sorted(cards, key=lambda card: (_number(card, "y"), _number(card, "x"))):
        chapters.add(_page(card), None)
    for arrow in objects(canvas.get("edges")):
        chapters.add(Page(string(arrow, "label").strip()), None)
    yield chapters.document(source, source.stem, written.metadata)


def _page(card: Mapping[str, Any]) -> Page:
    if text := string(card, "text").strip():
        return markdown_page(text)
    return Page((string(card, "label") or PurePosixPath(string(card, "file")).stem or string(card, "url")).strip())


def _number(one: Mapping[str, Any], name: str) -> float:
    value = one.get(name)
    return value if isinstance(value, int | float) else 0

"""The text of a presentation (PPTX), slide by slide, each with its notes, and what people have remarked on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page
from searcher.documents.office.charts import chart_events
from searcher.documents.office.packages import Parts
from searcher.documents.xml.events import OPEN, TEXT, Event, without

_DROPPED = frozenset(("Fallback", "rPr", "endParaRPr"))
_REPEATED = frozenset(("dt", "ftr", "hdr", "sldNum", "sldImg"))  # placeholders that say the same on every slide
_TITLES = frozenset(("title", "ctrTitle"))
_REMARKS = frozenset(("cm", "reply"))
_TEXTS_OF_REMARKS = frozenset(("text", "txBody"))  # as PowerPoint has written them before 2021, and since


def slides_page(package: Parts, main: str, limit: int) -> Page:
    """The text of the presentation whose main part this is; where each slide begins is a place of kind "slide"."""
    blocks = Blocks()
    reader = _Reader(blocks)
    parts = {related.id: related.name for related in package.related(main)}
    authors = _authors(package, main)
    shown = [attributes.get("id", "") for kind, name, attributes in package.events(main) if kind == OPEN and name == "sldId"]
    for number, slide in enumerate(shown, 1):
        blocks.end_block()
        blocks.locate("slide", str(number))
        reader.read(package.events(parts.get(slide, "")))
        related = package.related(parts.get(slide, ""))
        for part in related:
            if part.kind in ("diagramData", "chart", "notesSlide"):
                reader.read(chart_events(package.events(part.name)))
        for part in related:
            for remark in _remarks(package.events(part.name), authors) if part.kind == "comments" else ():
                blocks.end_block()
                blocks.text(remark)
                blocks.end_block()
    return blocks.page()


def _authors(package: Parts, main: str) -> dict[str, str]:
    """Who remarks on the slides, by the ids of the authors."""
    parts = [related.name for related in package.related(main) if related.kind in ("commentAuthors", "authors")]
    found = (
        attributes for part in parts for kind, name, attributes in package.events(part) if kind == OPEN and name in ("cmAuthor", "author")
    )
    return {attributes.get("id", ""): attributes.get("name", "") for attributes in found}


def _remarks(events: Iterable[Event], authors: Mapping[str, str]) -> Iterator[str]:
    """The remarks on a slide, each behind the name of its author; answers come before what they answer."""
    by: list[str] = []
    words: list[str] | None = None
    for kind, name, attributes in events:
        if kind == TEXT:
            if words is not None:
                words.append(name)
        elif name in _REMARKS:
            by = [*by, authors.get(attributes.get("authorId", ""), "")] if kind == OPEN else by[:-1]
        elif name in _TEXTS_OF_REMARKS and kind == OPEN:
            words = []
        elif name in _TEXTS_OF_REMARKS:
            if said := " ".join("".join(words or ()).split()):
                yield f"{by[-1]}: {said}" if by and by[-1] else said
            words = None
        elif name == "p" and words:
            words.append(" ")


class _Reader:
    """Writes down what the shapes of slides say."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._placeholder = ""
        self._words: list[str] | None = None  # of the open paragraph
        self._in_text = False
        self._field = ""
        self._title: list[str] = []
        self._in_cell = False

    def read(self, events: Iterable[Event]) -> None:
        for kind, name, attributes in without(events, lambda name, _: name in _DROPPED):
            if kind == TEXT:
                if self._in_text and self._words is not None and self._field != "slidenum":
                    self._words.append(name)
            elif kind == OPEN:
                self._open(name, attributes.get("type", ""))
            else:
                self._close(name)

    def _open(self, name: str, type: str) -> None:
        if name == "t":
            self._in_text = True
        elif name == "p":
            self._words = []
        elif name == "br" and self._words is not None:
            self._words.append("\n")
        elif name == "fld":
            self._field = type
        elif name == "ph":
            self._placeholder = type
        elif name == "sp":
            self._placeholder = ""
        elif name == "tbl":
            self._blocks.end_block()
        elif name == "tr":
            self._blocks.begin_row()
        elif name == "tc":
            self._blocks.begin_cell()
            self._in_cell = True

    def _close(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "fld":
            self._field = ""
        elif name == "p":
            self._write("".join(self._words or ()))
            self._words = None
        elif name == "sp":
            self._end_shape()
        elif name == "tc":
            self._in_cell = False
        elif name == "tbl":
            self._blocks.end_table()
        elif name in ("txBody", "pt") and not self._in_cell:
            self._blocks.end_block()

    def _write(self, text: str) -> None:
        """A paragraph; those of a title are kept until the shape ends, for they are one heading."""
        if self._placeholder in _TITLES:
            self._title.append(text)
        elif self._placeholder not in _REPEATED:
            self._blocks.end_line()
            self._blocks.lines(text)

    def _end_shape(self) -> None:
        title = " ".join(" ".join(self._title).split())
        if title:
            self._blocks.heading(title, 1)
        self._title.clear()
        self._placeholder = ""
        self._blocks.end_block()

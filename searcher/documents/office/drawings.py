"""A drawing becomes what stands in its shapes, page by page: of Visio (VSDX), of draw.io.

    visio/pages/pages.xml  <Page Name="…"><Rel r:id="…"/></Page>, each for a part with <Shape><Text>…</Text></Shape>
    *.drawio               <mxfile><diagram name="…"><mxGraphModel><root><mxCell value="…" style="html=1"/>…</diagram></mxfile>

In a diagram of draw.io all that may also be deflated, in base64, with percent signs for what has more than one byte.
"""

from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.document import Document, Refused, only_text
from searcher.documents.office.packages import Parts
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import declared_encoding, page_of
from searcher.documents.xml.events import CLOSE, OPEN, TEXT, Event, text_events
from searcher.remarks import Remark

_NAMELESS = re.compile(r"(?:page|sheet|[页頁]|第)[- ]?\d+(?: ?[页頁])?", re.IGNORECASE)
_SHORT = re.compile("[一-鿿]{1,2}")  # a line in a narrow shape
_AS_HTML = re.compile(r"(?:^|;)html=1(?:;|$)")
_RAW = -zlib.MAX_WBITS  # deflated, without a head


def drawing_page(package: Parts, main: str, limit: int) -> Page:
    """What the drawing of Visio says whose main part this is."""
    blocks = Blocks()
    pages = next((part.name for part in package.related(main) if part.kind == "pages"), "")
    parts = {part.id: part.name for part in package.related(pages)}
    number, name = 0, ""
    for kind, element, attributes in package.events(pages):
        if kind == OPEN and element == "Page":
            number, name = number + 1, attributes.get("Name", "")
        elif kind == OPEN and element == "Rel":
            _begin_page(blocks, number, name)
            _write_shapes(package.events(parts.get(attributes.get("id", ""), "")), blocks)
    return replace(blocks.page(), heading=None)


def read_drawio(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a drawing of draw.io, called as its file is; one that is broken is the plain text that it is."""
    written = source.text(options, format="drawio", declared=declared_encoding)
    blocks = Blocks()
    try:
        _write_diagrams(text_events(written.text), blocks, options.max_bytes)
    except Refused as refusal:
        if refusal.reason != "damaged":
            raise
        raise only_text() from refusal
    yield document_of_page(source, replace(blocks.page(), title=source.stem, heading=None), written.metadata)


def _begin_page(blocks: Blocks, number: int, name: str) -> None:
    """A page; a name that the program has given it says nothing."""
    blocks.end_block()
    blocks.locate("page", str(number))
    if name and not _NAMELESS.fullmatch(name.strip()):
        blocks.heading(name, 2)


def _write_shapes(events: Iterable[Event], blocks: Blocks) -> None:
    words: list[str] | None = None
    for kind, name, _ in events:
        if name == "Text" and kind != TEXT:
            _write(blocks, "".join(words or ()))
            words = [] if kind == OPEN else None
        elif kind == TEXT and words is not None:
            words.append(name)


def _write_diagrams(events: Iterable[Event], blocks: Blocks, limit: int) -> None:
    number, packed = 0, list[str]()
    for event in events:
        kind, name, attributes = event
        if kind == OPEN and name == "diagram":
            number += 1
            _begin_page(blocks, number, attributes.get("name", ""))
            packed.clear()
        elif kind == CLOSE and name == "diagram" and "".join(packed).strip():
            diagram = _unpacked("".join(packed), limit)
            limit -= len(diagram)
            for inside in text_events(diagram):
                _write_cell(inside, blocks)
        elif kind == TEXT:
            packed.append(name)
        else:
            _write_cell(event, blocks)


def _write_cell(event: Event, blocks: Blocks) -> None:
    kind, name, attributes = event
    if kind == OPEN and name in ("mxCell", "UserObject", "object"):
        said = attributes.get("value") or attributes.get("label") or ""
        is_page = name != "mxCell" or _AS_HTML.search(attributes.get("style", ""))
        _write(blocks, page_of(said, whole=True).text if said and is_page else said)


def _unpacked(packed: str, limit: int) -> str:
    """The XML of a diagram, of so many bytes at most; Refused: damaged, too-large."""
    unpacking = zlib.decompressobj(_RAW)
    try:
        data = unpacking.decompress(binascii.a2b_base64(packed.encode("ascii", "replace")), max(1, limit))
    except (binascii.Error, zlib.error) as error:
        raise Refused("damaged", Remark("detail.unpack", error=error)) from error
    if unpacking.unconsumed_tail:
        raise Refused("too-large", Remark("detail.over-limit"))
    return unquote(data.decode("utf-8", "replace"))


def _write(blocks: Blocks, text: str) -> None:
    """What stands in a shape, its lines as they are broken there; a column of single characters is one word."""
    blocks.end_block()
    lines = text.strip().split("\n")
    singles = sum(len(line) == 1 for line in lines)
    is_column = all(map(_SHORT.fullmatch, lines)) and 2 * singles >= len(lines)
    blocks.lines("".join(lines) if is_column else "\n".join(lines))
    blocks.end_block()

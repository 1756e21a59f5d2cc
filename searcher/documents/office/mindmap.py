"""A map of XMind, FreeMind or MindManager becomes its topics in the order of its branches, each with its labels and notes below it.

    content.json   [{"rootTopic": {"title": …, "children": {"attached": [{"title": …}]}, "notes": {"plain": {"content": …}}}}]
    content.xml    <sheet><topic><title/><notes><plain/></notes><children><topics><topic>…     before 2020
    *.mm           <map version="1.0.1"><node TEXT="…"><richcontent TYPE="NOTE"><html>…</richcontent><node>…     FreeMind, Freeplane
    Document.xml   <Topic><SubTopics><Topic>…</SubTopics><Text PlainText="…"/></Topic>     MindManager

The newer programs of XMind put both into their ZIP, the second as a warning to the older ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from searcher.documents.composing.blocks import Blocks, flowing
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.document import Document, Refused, only_text
from searcher.documents.json.values import json_value, objects, string, table
from searcher.documents.office.packages import Package, opened
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import declared_encoding, shown_of
from searcher.documents.xml.events import CLOSE, OPEN, TEXT, Event, text_events, with_texts, without
from searcher.frozen import frozen
from searcher.remarks import Remark

_JSON, _XML, _DOCUMENT = "content.json", "content.xml", "Document.xml"
_SAID_OF_TOPICS = {"Text": "PlainText", "NotesXhtmlData": "PreviewPlainText", "TextLabel": "TextLabelName"}
_MANIFESTS = ("manifest.json", "META-INF/manifest.xml")
_LABELS_OF_ARROWS = ("SOURCE_LABEL", "MIDDLE_LABEL", "TARGET_LABEL")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)#?\w{1,30};")
_NEW_LINE = frozenset(("p", "br", "li", "div", "tr"))  # in rich text
_NO_TEXT = frozenset(("map_styles", "head", "style", "script"))
_NAMELESS = re.compile(r"(?:画布|畫布|(?:思[维維])?[导導][图圖]|心智[图圖]|(?:missing )?sheet(?: title)?|map) ?\d*", re.IGNORECASE)


@frozen
class Said:
    """What a topic is called, or what is said `beside` it: a label, a note, a name of a boundary, an arrow or its whole sheet.

    `depth` is how many topics it lies below; -1 where it belongs to none.
    """

    depth: int
    text: str
    beside: bool = False


def read_mind_map(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a map, called by its first central topic."""
    with opened(source, options) as package:
        if any(b"encryption-data" in package.read(name) for name in _MANIFESTS):
            raise Refused("encrypted", Remark("detail.password"))
        page = _written((_in_json if _JSON in package else _in_xml)(package, options.max_bytes))
    yield document_of_page(source, page, {"format": "xmind"})


def read_free_map(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a map of FreeMind or Freeplane; one that is broken is the plain text that it is."""
    written = source.text(options, format="freemind", declared=declared_encoding)
    try:
        page = _written(_in_nodes(text_events(_REFERENCE.sub(_of_xml, written.text))))
    except Refused as refusal:
        raise only_text() from refusal
    yield document_of_page(source, page, written.metadata)


def read_mindmanager(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a map of MindManager."""
    with opened(source, options) as package:
        if _DOCUMENT not in package:
            raise Refused("damaged", Remark("detail.no-office"))
        page = _written(_in_topics(package.events(_DOCUMENT)))
    yield document_of_page(source, page, {"format": "mindmanager"})


def _written(map: Iterable[Said]) -> Page:
    """Central topics and main branches are headings, what is said beside them stands below; the others are items of a list."""
    blocks = Blocks()
    for said in map:
        if said.depth < 2 and not said.beside:
            blocks.heading(said.text, said.depth + 1)
        elif said.depth < 2:
            blocks.lines(said.text)
            blocks.end_block()
        else:
            blocks.begin_item(said.depth - 1 + said.beside, None)
            blocks.lines(said.text)
            blocks.end_item()
    return blocks.page()


def _in_json(package: Package, limit: int) -> Iterator[Said]:
    for sheet in objects(_sheets(package, limit)):
        yield from _named(-1, sheet)
        waiting = [(0, topic) for topic in objects([sheet.get("rootTopic")])]
        while waiting:
            depth, topic = waiting.pop()
            yield from (Said(depth, title) for title in _texts(topic.get("title")))
            labels, note = topic.get("labels"), string(table(table(topic, "notes"), "plain"), "content")
            beside = [*(labels if isinstance(labels, list) else ()), note]
            yield from (Said(depth, text, True) for text in _texts(*beside) if text)
            yield from (said for boundary in objects(topic.get("boundaries")) for said in _named(depth, boundary))
            below = [child for kind in table(topic, "children").values() for child in objects(kind)]
            waiting += ((depth + 1, child) for child in reversed(below))
        yield from (said for arrow in objects(sheet.get("relationships")) for said in _named(-1, arrow))


def _sheets(package: Package, limit: int) -> Any:
    data = package.read(_JSON, limit + 1)
    if len(data) > limit:
        raise Refused("too-large", Remark("detail.over-limit"))
    try:
        return json_value(data.decode("utf-8", "replace"))
    except ValueError as error:
        raise Refused("damaged", Remark("detail.json", error=error)) from error


def _in_xml(package: Package, limit: int) -> Iterator[Said]:
    depth, is_topic = -1, True
    for kind, name, _, text in with_texts(package.events(_XML), limit):
        if text is None:
            raise Refused("too-large", Remark("detail.over-limit"))
        if name == "topic":
            depth += 1 if kind == OPEN else -1
        elif name in ("boundary", "relationship"):
            is_topic = kind == CLOSE
        elif kind == CLOSE and name == "title":
            yield from [Said(depth, text)] if depth >= 0 and is_topic else _named(depth, {"title": text})
        elif kind == CLOSE and name in ("label", "plain"):
            yield Said(depth, text, True)


def _of_xml(reference: re.Match[str]) -> str:
    """A reference to a character as XML has it: names of HTML (&nbsp;) are what they mean, and what is no character is nothing."""
    meant = unescape(reference[0])
    return meant if reference[0][1] != "#" else reference[0] if meant else ""


def _in_nodes(events: Iterable[Event]) -> Iterator[Said]:
    """What nodes say, in an attribute or in rich text; in that, and in plugins of old programs, are their notes, too."""
    depth, holder, words = -1, "", list[str]()
    beside = plain = True
    for kind, name, attributes in without(events, lambda name, _: name in _NO_TEXT):
        if kind == TEXT:
            words += [name if plain else flowing(name)] if holder else []
        elif name == holder and kind == CLOSE:
            yield Said(depth, "\n".join(line.strip() for line in "".join(words).split("\n") if line.strip()), beside)
            holder, words = "", []
        elif holder:
            words += ["\n"] if name in _NEW_LINE else []
        elif name == "node":
            depth += 1 if kind == OPEN else -1
            yield from (Said(depth, shown_of(text)) for text in _texts(attributes.get("TEXT")))
        elif kind == OPEN and name in ("richcontent", "text"):
            holder, beside = name, attributes.get("TYPE") != "NODE"
            plain = name == "text" or attributes.get("CONTENT-TYPE", "").startswith("plain")
        elif kind == OPEN and name == "attribute" and not attributes.get("NAME", "").startswith("script"):
            yield Said(depth, f"{attributes.get('NAME', '')}: {attributes.get('VALUE', '')}", True)
        elif kind == OPEN and name == "arrowlink":
            yield from (Said(depth, attributes[label], True) for label in _LABELS_OF_ARROWS if attributes.get(label))


def _in_topics(events: Iterable[Event]) -> Iterator[Said]:
    """What topics say: the text of each comes behind those below it."""
    topics: list[tuple[int, list[Said]]] = []
    inside: list[list[Said]] = []  # the topics that are open
    for kind, name, attributes in events:
        if name == "Topic" and kind == OPEN:
            inside.append([])
            topics.append((len(inside) - 1, inside[-1]))
        elif name == "Topic" and kind == CLOSE:
            inside.pop()
        elif kind == OPEN and inside and (text := _SAID_OF_TOPICS.get(name)) and attributes.get(text):
            inside[-1].append(Said(len(inside) - 1, attributes[text], beside=name != "Text"))
    return (said for _, found in topics for said in sorted(found, key=lambda one: one.beside))


def _named(depth: int, thing: dict[str, Any]) -> Iterator[Said]:
    """What a sheet, a boundary or an arrow is called, unless the program has named it."""
    return (Said(depth, name, True) for name in _texts(thing.get("title")) if not _NAMELESS.fullmatch(name.strip()))


def _texts(*values: Any) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))

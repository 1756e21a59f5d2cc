"""A map of XMind becomes its topics in the order of its branches, each with its labels and notes below it.

    content.json   [{"rootTopic": {"title": …, "children": {"attached": [{"title": …}]}, "notes": {"plain": {"content": …}}}}]
    content.xml    <sheet><topic><title/><notes><plain/></notes><children><topics><topic>…     before 2020

The newer programs put both into their ZIP, the second as a warning to the older ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import document_of_page
from searcher.documents.document import Document, Refused
from searcher.documents.json.values import json_value
from searcher.documents.office.packages import Package, opened
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.xml.events import CLOSE, OPEN, with_texts
from searcher.remarks import Remark

_JSON, _XML = "content.json", "content.xml"
_LONGEST = 100_000  # characters of a topic

Topic = tuple[int, str]
"""How many topics it lies below, and what it says."""


def read_mind_map(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a map, called by its first central topic."""
    with opened(source, options) as package:
        blocks = Blocks()
        for depth, said in _topics(package, options.max_bytes):
            if depth < 2:
                blocks.heading(said, depth + 1)
            else:
                blocks.begin_item(depth - 1, None)
                blocks.text(said)
                blocks.end_item()
        yield document_of_page(source, blocks.page(), {"format": "xmind"})


def _topics(package: Package, limit: int) -> Iterator[Topic]:
    if _JSON not in package:
        return _in_xml(package)
    try:
        return _in_json(json_value(package.read(_JSON, limit).decode("utf-8", "replace")))
    except ValueError as error:
        raise Refused("damaged", Remark("detail.json", error=error)) from error


def _in_json(sheets: Any) -> Iterator[Topic]:
    for sheet in _objects(sheets):
        waiting = [(0, topic) for topic in _objects([sheet.get("rootTopic")])]
        while waiting:
            depth, topic = waiting.pop()
            yield from _told(depth, [topic.get("title")])
            yield from _told(depth + 1, [*_list(topic.get("labels")), _table(_table(topic, "notes"), "plain").get("content")])
            below = [child for kind in _table(topic, "children").values() for child in _objects(kind)]
            waiting += ((depth + 1, child) for child in reversed(below))
        for arrow in _objects(sheet.get("relationships")):
            yield from _told(1, [arrow.get("title")])


def _in_xml(package: Package) -> Iterator[Topic]:
    """A sheet has a title, too, outside of its topics: 画布 1."""
    depth, in_arrow = -1, False
    for kind, name, _, text in with_texts(package.events(_XML), _LONGEST):
        said = " ".join((text or "").split()) if kind == CLOSE else ""
        if name == "topic":
            depth += 1 if kind == OPEN else -1 if kind == CLOSE else 0
        elif name == "relationship":
            in_arrow = kind == OPEN
        elif said and name == "title" and (depth >= 0 or in_arrow):
            yield (1 if in_arrow else depth), said
        elif said and name in ("label", "plain"):
            yield depth + 1, said


def _told(depth: int, values: list[Any]) -> Iterator[Topic]:
    return ((depth, value) for value in values if isinstance(value, str) and value.strip())


def _table(value: dict[str, Any], name: str) -> dict[str, Any]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]

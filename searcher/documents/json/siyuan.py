"""Notes of SiYuan (思源笔记) become documents: trees of nodes in JSON, as they lie in its folder and in the ZIP that it exports.

    {"Type": "NodeDocument", "Properties": {"title": "題"}, "Children": [{"Type": "NodeText", "Data": "文"}]}

Signs of its Markdown are nodes of their own, and nothing is taken of nodes that are not known to hold text. Characters without width
stand beside marked text for the cursor's sake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import document_of_page
from searcher.documents.description.dates import to_iso
from searcher.documents.document import Document, only_text
from searcher.documents.json.values import objects, string, table, value_or_plain
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import page_of

_TEXTS = frozenset(
    "NodeText NodeBackslashContent NodeCodeSpanContent NodeInlineMathContent NodeLinkText NodeBlockRefText NodeBlockRefDynamicText"
    " NodeFileAnnotationRefText NodeHTMLEntity NodeEmojiUnicode".split()
)
_VERBATIM = frozenset(("NodeCodeBlockCode", "NodeMathBlockContent", "NodeYamlFrontMatterContent"))
_BLOCKS = frozenset("NodeParagraph NodeBlockquote NodeSuperBlock NodeCodeBlock NodeMathBlock NodeHTMLBlock NodeCallout".split())
_LISTS = ("tags", "alias")  # properties whose values have commas between them
_NUMBERED = 1  # Typ of ListData
_MOMENT = len("20240530101000")
_GUARD = "\u200b"
_NO_DESCRIPTION = "image"  # what SiYuan calls a picture of which nothing is said


def read_siyuan(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a note; what only has the name of one is plain text."""
    written = source.text(options, format="siyuan")
    root = value_or_plain(written.text)
    if not isinstance(root, dict) or root.get("Type") != "NodeDocument":
        raise only_text()
    yield document_of_page(source, _Writer().written(root).page(), written.metadata, _known(root))


def _known(root: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a note says of itself; its id begins with the moment when it was begun."""
    said = {name: unescape(value) for name, value in table(root, "Properties").items() if isinstance(value, str)}
    fields = {name: said[name].split(",") if name in _LISTS else [said[name]] for name in ("title", *_LISTS) if name in said}
    begun = to_iso(str(root.get("ID", ""))[:_MOMENT])
    return {**fields, "date": [begun] if begun else []}


class _Writer:
    """Writes down node by node."""

    def __init__(self) -> None:
        self._blocks = Blocks()

    def written(self, root: Mapping[str, Any]) -> Blocks:
        """The blocks of a note, and behind them what is remarked on parts of it."""
        self._children(root, 0)
        self._remark(_string(table(root, "Properties"), "memo"))
        return self._blocks

    def _children(self, node: Mapping[str, Any], lists: int) -> None:
        for child in objects(node.get("Children")):
            self._node(child, string(child, "Type"), lists)

    def _node(self, node: Mapping[str, Any], kind: str, lists: int) -> None:
        """A node inside of so many lists."""
        if kind in _TEXTS:
            self._blocks.lines(_string(node, "Data"))
        elif kind == "NodeTextMark":
            self._mark(node)
        elif kind in _VERBATIM:
            self._blocks.verbatim(_string(node, "Data"))
        elif kind in ("NodeBr", "NodeHardBreak", "NodeSoftBreak"):
            self._blocks.end_line()
        elif kind == "NodeHeading":
            self._heading(node, lists)
        elif kind == "NodeList":
            self._children(node, lists + 1)
            self._end_block(lists)
        elif kind == "NodeListItem":
            self._item(node, lists)
        elif kind == "NodeTable":
            self._blocks.end_block()
            self._children(node, lists)
            self._blocks.end_table()
        elif kind == "NodeTableRow":
            self._blocks.begin_row()
            self._children(node, lists)
        elif kind == "NodeTableCell":
            self._blocks.begin_cell()
            self._children(node, lists)
        elif kind == "NodeImage":
            self._image(node)
        elif kind in _BLOCKS:
            self._end_block(lists)
            self._blocks.lines(_string(node, "CalloutTitle"))
            if kind == "NodeHTMLBlock":
                self._blocks.lines(page_of(_string(node, "Data"), whole=True).text)
            self._children(node, lists)
            self._end_block(lists)
        else:
            self._children(node, lists)
        self._remark(_string(table(node, "Properties"), "memo"))

    def _mark(self, node: Mapping[str, Any]) -> None:
        """Text that is marked, perhaps remarked on: bold, a link, another note, a formula."""
        self._blocks.lines(unescape(_string(node, "TextMarkTextContent") or _string(node, "TextMarkInlineMathContent")))
        self._remark(_string(node, "TextMarkInlineMemoContent"))

    def _heading(self, node: Mapping[str, Any], lists: int) -> None:
        level = node.get("HeadingLevel")
        self._blocks.begin_heading()
        self._children(node, lists)
        self._blocks.end_heading(level if isinstance(level, int) else 1)

    def _item(self, node: Mapping[str, Any], lists: int) -> None:
        data = table(node, "ListData")
        number = data.get("Num") if data.get("Typ") == _NUMBERED else None
        self._blocks.begin_item(lists, number if isinstance(number, int) else None)
        self._children(node, lists)
        self._blocks.end_item()

    def _image(self, node: Mapping[str, Any]) -> None:
        """What is said of a picture, below it too."""
        for child in objects(node.get("Children")):
            if child.get("Type") in ("NodeLinkText", "NodeLinkTitle"):
                said = _string(child, "Data").strip()
                self._blocks.image("" if said == _NO_DESCRIPTION else said)

    def _remark(self, text: str) -> None:
        if text:
            self._blocks.note(unescape(text))

    def _end_block(self, lists: int) -> None:
        """What follows stands apart, inside of a list by a line break."""
        self._blocks.end_line() if lists else self._blocks.end_block()


def _string(node: Mapping[str, Any], name: str) -> str:
    return string(node, name).replace(_GUARD, "")

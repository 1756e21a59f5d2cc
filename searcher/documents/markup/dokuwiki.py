"""A page of DokuWiki becomes what a reader sees of it, line by line and in linear time.

Left out are the targets of links, images, settings and what only plugins do; captions stay, and footnotes come at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.document import Document
from searcher.documents.markup.literals import Literals, without_control
from searcher.documents.sources.source import ReadOptions, Source

_HEADING = re.compile(r"\s?(={2,6})([^\n]*?)={2,}\s*")
_ITEM = re.compile(r"( {2,}|\t+)([*-])[ \t]*(.*)")
_RULE = re.compile(r"-{4,}\s*|~~[A-Za-z][^~]{0,100}~~\s*")
_CODE = re.compile(r"<(code|file)\b[^<>]{0,200}>")
_LINE_BREAK = re.compile(r"\\\\(?:[ \t]|$)")
_CELLS = re.compile(r"[|^]")

_LITERAL_TEXT = re.compile(r"%%(.{1,2000}?)%%|<nowiki>(.{0,2000}?)</nowiki>")
_NOTE = re.compile(r"\(\(((?:[^()]|\([^()]*\)){1,2000})\)\)")
_LINK = re.compile(r"\[\[([^\[\]|]{1,1000})(?:\|([^\[\]]{0,1000}))?\]\]")
_MEDIA = re.compile(r"\{\{([^{}|]{1,1000})(?:\|([^{}]{0,1000}))?\}\}")
_MARKED = re.compile(r"(\*\*|__|''|(?<!:)//)(?=\S)(.{1,2000}?)(?<=\S)(?<!:)\1")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")


def read_dokuwiki(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a page."""
    written = source.text(options, format="dokuwiki")
    yield document_of_page(source, _Reader().read(without_control(written.text).split("\n")), written.metadata)


class _Reader:
    """Goes from line to line; it knows whether it is in a program, a list or a table."""

    def __init__(self) -> None:
        self._blocks = Blocks()
        self._code = ""  # the tag that ends what is verbatim
        self._kind = ""  # of the line before: "item", "row", "text"

    def read(self, lines: list[str]) -> Page:
        for number, line in enumerate(lines, 1):
            if not self._code and self._kind != "text":
                self._blocks.locate("line", str(number))
            self._line(line)
        return self._blocks.page()

    def _line(self, line: str) -> None:
        if self._code:
            self._verbatim(line)
        elif code := _CODE.search(line):
            self._line(line[: code.start()])
            self._begin("")
            self._code = f"</{code[1]}>"
            self._verbatim(line[code.end() :])
        elif heading := _HEADING.fullmatch(line):
            self._begin("")
            self._blocks.begin_heading()
            self._text(heading[2].strip())
            self._blocks.end_heading(7 - len(heading[1]))
        elif not line.strip() or _RULE.fullmatch(line):
            self._begin("")
        elif item := _ITEM.fullmatch(line):
            self._begin("item")
            self._item(len(item[1].expandtabs(2)) // 2, item[2] == "-", item[3])
        elif line[0] in "|^":
            self._begin("row")
            self._row(line)
        elif line.startswith("  ") and self._kind != "item":
            self._begin("code")
            self._blocks.verbatim(f"\n{line[2:]}")
        else:
            self._begin("text")
            self._text(line.lstrip("> ") + "\n")

    def _begin(self, kind: str) -> None:
        if kind != self._kind or not kind:
            self._blocks.end_block()
            self._blocks.forget_counts()
        self._kind = kind

    def _verbatim(self, line: str) -> None:
        before, end, rest = line.partition(self._code)
        self._blocks.verbatim(f"\n{before}" if before or not end else "")
        if end:
            self._code = ""
            self._blocks.end_block()
            self._line(rest)

    def _item(self, depth: int, is_numbered: bool, text: str) -> None:
        if is_numbered:
            self._blocks.begin_counted_item(depth)
        else:
            self._blocks.forget_counts(depth - 1)
            self._blocks.begin_item(depth, None)
        self._text(text)
        self._blocks.end_item()

    def _row(self, line: str) -> None:
        self._blocks.begin_row()
        for cell in _CELLS.split(self._inline(line)):
            if cell.strip(" :"):
                self._blocks.begin_cell()
                self._blocks.text(_LITERALS.show(_LINE_BREAK.sub(" ", cell)))

    def _text(self, line: str) -> None:
        first, *others = _LINE_BREAK.split(line)
        self._blocks.text(_LITERALS.show(self._inline(first)))
        for other in others:
            self._blocks.end_line()
            self._blocks.text(_LITERALS.show(self._inline(other)))

    def _inline(self, text: str) -> str:
        """What a reader sees of a piece of a line; what stands there literally is hidden yet."""
        if "%%" in text or "<nowiki>" in text:
            text = _LITERAL_TEXT.sub(lambda match: _LITERALS.hide(match[1] or match[2] or ""), text)
        if "[[" in text:
            text = _LINK.sub(lambda match: (match[2] or _named(match[1])).strip(), text)
        if "{{" in text:
            text = _MEDIA.sub(lambda match: match[2] or match[1].partition(">")[2], text)
        if "((" in text:
            text = _NOTE.sub(self._note, text)
        text = _TAG.sub("", text) if "<" in text else text
        return _MARKED.sub(r"\2", _MARKED.sub(r"\2", text))

    def _note(self, match: re.Match[str]) -> str:
        self._blocks.note(_LITERALS.show(self._inline(match[1])))
        return ""


_LITERALS = Literals("*/_'[{(<")


def _named(target: str) -> str:
    """zh:installation#source → installation; an address as it is"""
    return target if "://" in target else target.partition("#")[0].rpartition(":")[2] or target.strip("#: ")

"""Org becomes what a reader sees of it, line by line and in linear time.

Left out are comments, settings, the drawers of machines (identifiers, clocks), and where links lead; what properties say in Chinese stays,
captions stay, and footnotes come at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from textwrap import dedent

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import About, Page, document_of_page
from searcher.documents.description.frontmatter import front_matter
from searcher.documents.description.titles import HAN
from searcher.documents.document import Document
from searcher.documents.markup.literals import without_control
from searcher.documents.markup.orgtext import NAME_OF_NOTE, shown
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import page_of

_HEADLINE = re.compile(r"(\*{1,20})(?:[ \t]+(.*)|$)")
_PRIORITY = re.compile(r"\[#\w\][ \t]*")
_TAGS = re.compile(r"(?:^|[ \t]+):([\w@#%:]{1,200}):[ \t]*$")
_UNSAID_TAGS = frozenset(("noexport", "ARCHIVE", "ignore"))
_COMMENT = re.compile(r"[ \t]*#(?:[ \t]|$)")
_KEYWORD = re.compile(r"[ \t]*#\+([^\s:\[\]]{1,60})(?:\[[^\[\]]{0,200}\])?:[ \t]*(.*)")
_BEGIN = re.compile(r"[ \t]*#\+begin_(\S{1,60})[ \t]*(\w*)", re.IGNORECASE)
_END = re.compile(r"[ \t]*#\+end_(\S{1,60})[ \t]*$", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*:([\w-]{1,60}):[ \t]*$")
_PROPERTY = re.compile(r"[ \t]*:([^\s:]{1,60}?)\+?:(?:[ \t]+(.*))?$")
_CLOCK = re.compile(r"[ \t]*(?:CLOCK: ?\[|- State \"[^\"]{0,60}\" +from )")
_ITEM = re.compile(r"([ \t]*)(?:([-+])|[ \t]\*|(\d{1,9})[.)])(?:[ \t]+|$)(?:\[@\d{1,9}\][ \t]*)?(?:\[[ xX-]\](?:[ \t]+|$))?(.*)")
_TERM = re.compile(r"(.{1,500}?)[ \t]+::(?:[ \t]+|$)(.*)")
_RULED = re.compile(r"[ \t]*\|[-+|]*[ \t]*$")
_ALIGNED = re.compile(r"<[lcr]?\d*>")
_FIXED = re.compile(r"[ \t]*:(?:[ \t](.*)|$)")
_RULE = re.compile(r"[ \t]*-{5,}[ \t]*$")
_NOTE = re.compile(rf"\[fn:({NAME_OF_NOTE})\][ \t]*(.*)")
_LINE_BREAK = re.compile(r"\\\\[ \t]*$")
_ESCAPED = re.compile(r"^([ \t]*),(?=\*|#\+)", re.MULTILINE)
_QUOTED = re.compile(r"\"([^\"]{1,200})\"|([^\s\"]{1,200})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_RAW = frozenset("src example export comment html latex ascii json".split())
"""Blocks in which nothing is markup."""
_SAID = frozenset("title subtitle author email date category categories description keywords url tags aliases".split())
_RUNNING = frozenset("title subtitle description tags".split())
_MEANT = {"filetags": "tags", "roam_tags": "tags", "roam_aliases": "aliases", "roam_alias": "aliases"}


def read_org(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a file. Where it has several headlines of the first level they are its parts, and it is called as its file is."""
    written = source.text(options, format="org")
    front = front_matter(written.text)
    lines = without_control(written.text[front.body_start :]).split("\n")
    reader = _Reader(front.lines, lines)
    page = reader.read()
    if page.heading and not page.is_alone:
        page = replace(page, heading=source.stem)
    yield document_of_page(source, page, written.metadata, front if front.fields else reader.about())


class _Reader:
    """Goes from line to line; it knows what kind of line was before, and in which block it is."""

    def __init__(self, lines_before: int, lines: list[str]) -> None:
        self._lines = lines
        self._lines_before = lines_before
        self._blocks = Blocks()
        self._last_end = {name: number for number, line in enumerate(lines) if (name := _name_of_end(line))}
        self._kind = ""  # of the line before: "text", "item", "row", "fixed", "property", "note"
        self._paragraph: list[str] = []
        self._raw = ""  # the kind of the block in which nothing is markup
        self._raw_lines: list[str] = []
        self._verses = 0  # blocks that are open in which the ends of lines are meant
        self._indents: list[int] = []  # of the lists that are open
        self._note_line = ""
        self._is_html = False
        self._headlines = 0
        self._said: dict[str, list[str]] = {}

    def read(self) -> Page:
        for number, line in enumerate(self._lines):
            self._take(line.rstrip(), number)
        self._begin("")
        return self._blocks.page()

    def about(self) -> About:
        """What the file says of itself."""
        said = self._said
        dates = [day[0] if (day := _DAY.search(date)) else date.strip("[<>]") for date in said.get("date", [])]
        return {**said, "date": dates, "title": [" ".join(said.get("title", []))]}

    def _take(self, line: str, number: int) -> None:
        if self._raw:
            self._take_raw(line)
        elif not line:
            self._begin("")
        elif headline := _HEADLINE.match(line):
            self._headline(len(headline[1]), headline[2] or "", number)
        elif self._kind == "property" and (said := _PROPERTY.match(line)) and said[1].lower() != "end":
            self._property(said[1], said[2] or "", number)
        elif not self._is_hidden(line, number):
            self._shown(line, number)

    def _is_hidden(self, line: str, number: int) -> bool:
        """What begins and ends blocks and drawers, comments, settings, clocks; what they tell is kept."""
        if (begin := _BEGIN.match(line)) and self._last_end.get(begin[1].lower(), -1) > number:
            self._begin_block(begin[1].lower(), begin[2].lower(), number)
        elif end := _END.match(line):
            self._begin("")
            self._verses -= end[1].lower() == "verse"
        elif keyword := _KEYWORD.match(line):
            self._keyword(keyword[1].lower(), keyword[2], number)
        elif (drawer := _DRAWER.match(line)) and (drawer[1].lower() == "end" or self._last_end.get(":end:", -1) > number):
            self._begin("property" if drawer[1].lower() == "properties" else "")
        elif _RULE.match(line):
            self._begin("")
        else:
            return bool(_COMMENT.match(line) or _CLOCK.match(line) or _RULED.match(line))
        return True

    def _shown(self, line: str, number: int) -> None:
        if line.lstrip()[0] == "|":
            self._begin("row")
            self._locate(number)
            self._row(line.strip().strip("|"))
        elif fixed := _FIXED.match(line):
            if self._kind != "fixed":
                self._begin("fixed")
                self._locate(number)
            self._blocks.verbatim(f"\n{fixed[1] or ''}")
        elif note := _NOTE.match(line):
            self._begin("")
            self._kind, self._note_line = "note", self._line(number)
            self._paragraph.append(note[2])
        elif item := _ITEM.match(line):
            self._item(item, number)
        else:
            self._running(line, number)

    def _begin(self, kind: str) -> None:
        """A line of another kind than the one before ends what that belongs to; an empty one ends any, but no list."""
        self._end_paragraph()
        if kind != self._kind or not kind:
            self._blocks.end_item()
            self._blocks.end_block()
        self._kind = kind

    def _end_paragraph(self) -> None:
        lines, self._paragraph = self._paragraph, []
        text = self._inline("\n".join(lines)) if lines else ""
        if self._kind == "note":
            self._blocks.note(text, self._note_line)
        elif text:
            self._blocks.text(text + "\n")

    def _locate(self, number: int) -> None:
        self._blocks.locate("line", self._line(number))

    def _line(self, number: int) -> str:
        return str(self._lines_before + number + 1)

    def _headline(self, level: int, text: str, number: int) -> None:
        self._begin("")
        self._indents.clear()
        self._headlines += 1
        self._locate(number)
        text = _PRIORITY.sub("", text, count=1)
        tags = _TAGS.search(text)
        if title := text[: tags.start()] if tags else text:
            self._blocks.heading(self._inline(title), level)
        said = [tag for tag in tags[1].split(":") if tag and tag not in _UNSAID_TAGS] if tags else []
        self._blocks.text(", ".join(said))
        self._blocks.end_block()

    def _keyword(self, name: str, value: str, number: int) -> None:
        if name == "caption":
            self._begin("")
            self._locate(number)
            self._blocks.text(self._inline(value))
            self._blocks.end_block()
        else:
            self._say(name.removeprefix("hugo_"), value.strip())

    def _property(self, name: str, value: str, number: int) -> None:
        """A property of the file is said of it; one of a part is text where it is Chinese, for machines write the others."""
        if not self._headlines:
            self._say(name.lower(), value.strip())
        elif HAN.search(value):
            self._locate(number)
            self._blocks.text(f"{name}: {self._inline(value)}")
            self._blocks.end_line()

    def _say(self, name: str, value: str) -> None:
        """What is said of the file; below a headline it may be an example, and what was said before is."""
        name = _MEANT.get(name, name)
        if value and (name in _SAID or HAN.search(value)) and not (self._headlines and name in self._said):
            self._said.setdefault(name, []).extend(_values(name, self._inline(value) if name in _RUNNING else value))

    def _begin_block(self, kind: str, language: str, number: int) -> None:
        self._begin("")
        if kind in _RAW:
            self._raw, self._raw_lines = kind, []
            self._is_html = "html" in (kind, language) and kind != "src"
            self._locate(number + 1)
        self._verses += kind == "verse"

    def _take_raw(self, line: str) -> None:
        end = _END.match(line)
        if end is None or end[1].lower() != self._raw:
            self._raw_lines.append(line)
            return
        kind, self._raw = self._raw, ""
        text = _ESCAPED.sub(r"\1", dedent("\n".join(self._raw_lines)))
        if self._is_html:
            self._blocks.lines(page_of(text).text)
        elif kind != "comment":
            self._blocks.verbatim(text.strip("\n"))
        self._blocks.end_block()

    def _row(self, row: str) -> None:
        self._blocks.begin_row()
        for cell in row.split("|"):
            self._blocks.begin_cell()
            self._blocks.text("" if _ALIGNED.fullmatch(cell.strip()) else self._inline(cell.strip()))

    def _item(self, item: re.Match[str], number: int) -> None:
        self._begin("item")
        self._locate(number)
        indent = len(item[1].expandtabs()) + (not item[2] and not item[3])
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        depth = len(self._indents)
        self._blocks.begin_item(depth, int(item[3]) if item[3] else None)
        term = None if item[3] else _TERM.match(item[4])
        self._paragraph.append(f"{term[1]}: {term[2]}" if term else item[4])

    def _running(self, line: str, number: int) -> None:
        if self._kind not in ("text", "item", "note") or (self._kind == "item" and _indent(line) <= self._indents[-1]):
            self._begin("text")
            self._locate(number)
            if self._indents and _indent(line) <= self._indents[0]:
                self._indents.clear()
        self._paragraph.append(_LINE_BREAK.sub("", line.strip()))
        if self._verses or _LINE_BREAK.search(line):
            self._end_paragraph()
            self._blocks.end_line()

    def _inline(self, text: str) -> str:
        return shown(text, self._blocks.note)


def _name_of_end(line: str) -> str | None:
    """src of #+END_SRC, :end: of :END:"""
    if end := _END.match(line):
        return end[1].lower()
    return ":end:" if line.strip().lower() == ":end:" else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _values(name: str, value: str) -> list[str]:
    """:甲:乙: or 甲 乙, "甲 乙" 丙"""
    if name == "tags":
        return [] if "(" in value else re.split(r"[,，][\s]*|:" if re.search("[,，:]", value) else r"\s+", value.strip(": "))
    return [quoted or plain for quoted, plain in _QUOTED.findall(value)] if name == "aliases" else [value]

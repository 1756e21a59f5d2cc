"""AsciiDoc becomes what a reader sees of it, line by line and in linear time.

Left out are comments, attributes, anchors, conditions and includes; titles of blocks, captions and footnotes stay, the last at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from searcher.documents.composing.blocks import IS_WIDE, Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.frontmatter import FrontMatter, front_matter
from searcher.documents.document import Document
from searcher.documents.markup.literals import Literals, without_control
from searcher.documents.markup.substitutions import Substitutions
from searcher.documents.sources.source import ReadOptions, Source

_HEADING = re.compile(r"(={1,6}|#{1,6})\s+(\S.*)$")
_UNDERLINE = re.compile(r"([=\-~^+])\1{3,}$")
_ATTRIBUTE = re.compile(r":!?([\w][\w-]{0,60})!?:(?:\s+(.*))?$")
_FENCE = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|--|```\w{0,30}|[|,:!]={3,})$")
_DIRECTIVE = re.compile(r"(?:include|ifdef|ifndef|ifeval|endif|toc|video|audio)::")
_IMAGE = re.compile(r"image::[^\[\]]{0,1000}\[([^,\]]*)(?:,[^\]]*)?\]$")
_SETTINGS = re.compile(r"\[[^\[\]]{0,1000}\]$|\[\[[^\[\]]{0,1000}\]\]$")
_ITEM = re.compile(r"(\*{1,6}|-|•|\.{1,6}|\d{1,9}\.)\s+(?=\S)")
_TERM = re.compile(r"(\S.{0,1000}?)(?:(?<!:)::+|;;)(?:\s+(.*))?$")
_AUTHOR = re.compile(r"[^\W\d_][\w.'-]*(?:\s+[\w.'-]+){0,3}(?:\s+<[^<>\s]{1,200}>)?$")
_REVISION = re.compile(r"(?:v[\d.]*,?\s*|\d[\d.]*,\s*)?(\d[\w年月日./: -]{3,40}?)(?:[:：,].*)?$")
_CELL_SETTINGS = re.compile(r"(?:(?:\d+(?:\.\d+)?|\.\d+)[+*])?[<^>]{0,1}(?:\.[<^>])?[aehlmdsv]?$")
_CHECKBOX = re.compile(r"\[[ x*]\]\s+")

_LITERAL_TEXT = re.compile(r"``([^`]{1,1000})``|`\+([^`+]{1,1000})\+`|(?<!\w)`([^`\n]{1,1000}?)`(?!\w)|\+\+\+([^+]{1,1000})\+\+\+")
_FOOTNOTE = re.compile(r"\s?footnote(?:ref)?:[\w-]{0,60}\[([^\[\]]{0,2000})\]")
_INLINE_IMAGE = re.compile(r"image:[^\s:\[\]]{1,1000}\[([^,\[\]]{0,500})(?:,[^\[\]]{0,500})?\]")
_LINK = re.compile(r"(?:link:|xref:|mailto:|(?=https?://|ftp://))([^\s\[\]<>]{1,2000})\[([^\[\]]{0,1000})\]")
_CROSS = re.compile(r"<<([^<>,]{1,500})(?:,\s*([^<>]{1,500}))?>>")
_ANCHOR = re.compile(r"\[\[[\w:.-]{1,200}(?:,[^\[\]]{0,200})?\]\]|\[#[\w.-]{1,100}\](?=[#*_`])|anchor:[\w-]{1,200}\[[^\[\]]{0,200}\]")
_INDEXED = re.compile(r"\(\(\(([^()]{1,300})\)\)\)|\(\(([^()]{1,300})\)\)|indexterm2?:\[([^\[\]]{1,300})\]")
_MACRO = re.compile(
    r"(?:kbd|btn|pass:?[a-z,]{0,10}|stem|latexmath|asciimath):\[([^\[\]]{0,1000})\]|menu:([^\s\[\]]{1,100})\[([^\[\]]{0,300})\]"
)
_DOUBLED = re.compile(r"(\*\*|__|##)(?=\S)(.{1,1000}?)(?<=\S)\1", re.DOTALL)
_MARKED = re.compile(r"(?<![\w\\*])(?:\[[\w.#-]{1,100}\])?([*_#])(?=\S)([^*_#]{1,1000}?)(?<=\S)\1(?![\w*])")
_RAISED = re.compile(r"([\^~])(\S{1,100}?)\1")
_NAME = re.compile(r"\{([\w][\w-]{0,60})\}")
_CHARACTERS = {"nbsp": " ", "zwsp": "", "sp": " ", "empty": "", "blank": "", "vbar": "|", "plus": "+", "asterisk": "*", "amp": "&"}
_VERBATIM, _HIDDEN = frozenset("-.`"), frozenset("/+")


def read_asciidoc(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of an AsciiDoc file."""
    written = source.text(options, format="asciidoc")
    front = front_matter(written.text)
    reader = _Reader(front.lines)
    page = reader.read(without_control(written.text[front.body_start :]).split("\n"))
    known = front if front.fields else FrontMatter(reader.about)
    yield document_of_page(source, page, written.metadata, known)


class _Reader:
    """Goes from line to line; it knows which blocks are open."""

    def __init__(self, lines_before: int) -> None:
        self._lines_before = lines_before
        self._blocks = Blocks()
        self._fence = ""  # the line that ends what is verbatim or hidden
        self._verbatim: list[str] = []
        self._paragraph: list[str] = []
        self._table = False
        self._header = 0  # lines since the title of the document, while its author and revision may follow
        self._attributes = Substitutions()
        self._after_blank = True
        self.about: dict[str, str | tuple[str, ...]] = {}

    def read(self, lines: list[str]) -> Page:
        number = 0
        while number < len(lines):
            following = lines[number + 1].rstrip() if number + 1 < len(lines) else ""
            number += self._take(lines[number].rstrip(), following, number)
        self._end_fence()
        self._end_paragraph()
        page = self._blocks.page()
        return replace(page, heading=self._attributes.text("doctitle") or page.heading)

    def _take(self, line: str, following: str, number: int) -> int:
        """Reads a line, with the one that follows where both are a heading; gives how many were read."""
        if self._fence:
            if line == self._fence:
                self._end_fence()
            else:
                self._verbatim.append(line)
            return 1
        if not line:
            self._blank()
            return 1
        heading = _HEADING.match(line)
        if heading or self._is_underlined(line, following):
            text, mark = (heading[2], heading[1]) if heading else (line, "")
            self._heading(_without_mark(text, mark), len(mark) or "=-~^+".index(following[0]) + 1, number)
            return 1 if heading else 2
        if self._is_hidden(line):
            return 1
        if self._after_blank:
            self._blocks.locate("line", str(self._lines_before + number + 1))
        if _FENCE.match(line):
            self._end_paragraph()
            self._begin_fence(line)
        elif self._table:
            self._row(line)
        else:
            self._running(line)
        self._after_blank = False
        return 1

    def _blank(self) -> None:
        self._end_paragraph()
        self._header = 0
        if self._table:
            self._blocks.end_line()
        else:
            self._blocks.end_block()
        self._after_blank = True

    def _is_underlined(self, line: str, following: str) -> bool:
        """The old way to write a heading: a line of about the same length below it (or twice, for wide characters)."""
        if not self._after_blank or not _UNDERLINE.match(following) or _FENCE.match(line) or line[:1] in ".[|":
            return False
        return any(abs(len(following) - length) <= 2 for length in (len(line), len(line) + len(IS_WIDE.findall(line))))

    def _heading(self, text: str, level: int, number: int) -> None:
        self._end_paragraph()
        self._blocks.forget_counts()
        self._blocks.locate("line", str(self._lines_before + number + 1))
        self._header = 1 if self._blocks.is_empty() and level == 1 else 0
        self._blocks.heading(self._inline(text), level)
        self._after_blank = True

    def _is_hidden(self, line: str) -> bool:
        """Comments, attributes, settings of blocks and the like; what they tell is kept."""
        if self._header and self._tells_author(line):
            return True
        attribute = _ATTRIBUTE.match(line)
        if attribute:
            self._attribute(attribute[1].lower(), attribute[2] or "")
            return True
        if (line.startswith("//") and not line.startswith("///")) or _DIRECTIVE.match(line) or line in ("'''", "<<<", "+"):
            self._end_paragraph()
            return True
        if _SETTINGS.match(line) and not self._paragraph:
            return True
        image = _IMAGE.match(line)
        if image:
            self._end_paragraph()
            self._blocks.text(image[1].strip('"'))
            self._blocks.end_block()
        return bool(image)

    def _tells_author(self, line: str) -> bool:
        """The two lines below the title: who wrote it, and when."""
        self._header += 1
        if self._header == 2 and _AUTHOR.match(line):
            self._attribute("author", line.partition("<")[0].strip())
            return True
        revision = _REVISION.match(line) if self._header == 3 else None
        if revision:
            self._attribute("revdate", revision[1].strip())
        return bool(revision)

    def _attribute(self, name: str, value: str) -> None:
        self._attributes.define(name, value)
        known = {"revdate": "date", "authors": "author", "docdate": "date", "doctitle": ""}.get(name, name)
        if value and known in ("author", "date", "keywords", "description", "category", "categories"):
            self.about.setdefault(known, self._inline(value))

    def _begin_fence(self, line: str) -> None:
        if line.endswith("===") and line[0] in "|,:!":
            self._table = not self._table
            self._blocks.end_block()
        elif line == "--" or line[0] in "=*_":
            self._blocks.end_block()  # what stands between two such lines is text like other text
        else:
            self._fence = "```" if line[0] == "`" else line
            self._verbatim = []

    def _end_fence(self) -> None:
        fence, self._fence = self._fence, ""
        if fence and fence[0] in _VERBATIM:
            self._blocks.end_block()
            self._blocks.verbatim("\n".join(self._verbatim).strip("\n"))
            self._blocks.end_block()
        self._verbatim = []

    def _row(self, line: str) -> None:
        """A line of a table; one without a mark goes on with the cell before."""
        first, *cells = line.split("|")
        if not cells:
            self._blocks.text(self._inline(first))
            self._blocks.end_line()
            return
        if first.strip() and not _CELL_SETTINGS.match(first.strip()):
            self._blocks.text(self._inline(first))
        self._blocks.begin_row()
        for place, cell in enumerate(cells):
            text = cell if place == len(cells) - 1 else _without_settings(cell)
            if text.strip():
                self._blocks.begin_cell()
                self._blocks.text(self._inline(text.strip()))

    def _running(self, line: str) -> None:
        item = _ITEM.match(line.lstrip())
        title = line[1:] if line[0] == "." and len(line) > 1 and line[1] not in " ." else ""
        term = _TERM.match(line) if not self._paragraph and not item else None
        if item:
            self._begin_item(item[1])
            self._paragraph.append(_CHECKBOX.sub("", line.lstrip()[item.end() :]))
        elif title and not self._paragraph:
            self._blocks.text(self._inline(title))
            self._blocks.end_block()
        elif term:
            self._blocks.text(self._inline(term[1]))
            self._blocks.end_line()
            self._paragraph.extend([term[2]] if term[2] else [])
        elif line.endswith(" +"):
            self._paragraph.append(line[:-2])
            self._end_paragraph()
            self._blocks.end_line()
        else:
            self._paragraph.append(line.strip())

    def _begin_item(self, mark: str) -> None:
        self._end_paragraph()
        is_number = mark[0] not in "*-•"
        depth = 1 if mark[0].isdigit() else len(mark)
        if is_number:
            self._blocks.begin_counted_item(depth, int(mark[:-1]) if mark[0].isdigit() else None)
        else:
            self._blocks.begin_item(depth, None)

    def _end_paragraph(self) -> None:
        lines, self._paragraph = self._paragraph, []
        if lines:
            self._blocks.text(self._inline("\n".join(lines)) + "\n")

    def _inline(self, text: str) -> str:
        """What a reader sees of a piece of running text."""
        if "`" in text or "+++" in text:
            text = _LITERAL_TEXT.sub(lambda match: _LITERALS.hide(next(filter(None, match.groups()), "")), text)
        if "[" in text:
            text = _FOOTNOTE.sub(self._note, text)
            text = _INLINE_IMAGE.sub(r"\1", _LINK.sub(_shown_link, _ANCHOR.sub("", text)))
            text = _MACRO.sub(lambda match: match[1] or " ".join(filter(None, match.groups()[1:])), text)
        if "<<" in text:
            text = _CROSS.sub(lambda match: match[2] or match[1], text)
        if "((" in text or "indexterm" in text:
            text = _INDEXED.sub(lambda match: match[2] or (match[3] if "2:" in match[0][:12] else "") or "", text)
        if "{" in text:
            text = _NAME.sub(self._value, text)
        text = _MARKED.sub(r"\2", _DOUBLED.sub(r"\2", text))
        if "^" in text or "~" in text:
            text = _RAISED.sub(r"\2", text)
        return _LITERALS.show(text)

    def _note(self, match: re.Match[str]) -> str:
        if match[1].strip():
            self._blocks.note(self._inline(match[1].strip()))
        return ""

    def _value(self, match: re.Match[str]) -> str:
        name = match[1].lower()
        return self._attributes.text(name) or _CHARACTERS.get(name, match[0])


_LITERALS = Literals("*_#`^~{<")


def _without_settings(cell: str) -> str:
    """甲 2+ → 甲, where that stands right before the mark of the next cell"""
    text, space, last = cell.rpartition(" ")
    return text if space and last and _CELL_SETTINGS.match(last) else cell


def _without_mark(heading: str, mark: str) -> str:
    """A heading without the mark that may stand behind it, too."""
    text = heading.removesuffix(mark)
    return text.rstrip() if text != heading and text[-1:].isspace() else heading


def _shown_link(match: re.Match[str]) -> str:
    return match[2].partition(",")[0].strip('"^ ') or match[1]

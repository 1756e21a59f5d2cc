"""reStructuredText becomes what a reader sees of it, line by line and in linear time.

Left out are comments, targets, settings of directives and what only orders the pages (toctree, index, include);
what directives hold stays: notes, programs, tables, descriptions of images.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from searcher.documents.composing.blocks import IS_WIDE, Blocks, flowing
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.frontmatter import FrontMatter, front_matter
from searcher.documents.document import Document
from searcher.documents.markup.literals import Literals, without_control
from searcher.documents.markup.substitutions import Substitutions
from searcher.documents.sources.source import ReadOptions, Source
from searcher.frozen import frozen

_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}")
_FIELD = re.compile(r":([^:\s][^:]{0,60}):(?:\s+(.*))?$")
_DIRECTIVE = re.compile(r"\.\.\s+(?:\|[^|]{1,100}\|\s+)?([A-Za-z][\w:.+-]{0,60}?)\s?::(?:\s+(.*))?$")
_SUBSTITUTION = re.compile(r"\.\.\s+\|([^|]{1,100})\|\s+replace::\s+(.*)$")
_LABEL = re.compile(r"\.\.\s+_")
_NOTE = re.compile(r"\.\.\s+\[([^\]]{1,100})\](?:\s+(.*))?$")
_ITEM = re.compile(r"(?:([-*+•‣])|\(?(\d{1,9}|#|[a-zA-Z])[.)])\s+(?=\S)")
_CELL_MARKS = re.compile(r"(?:[-*+•‣]|\(?\w{1,9}[.)])(?:\s+[-*+](?=\s|$))?\s*")
_GRID = re.compile(r"\+(?:[-=]{1,}\+)+$")
_SIMPLE = re.compile(r"={2,}(?:\s+={2,})+$")
_COLUMN = re.compile(r"=+")
_PROGRAMS = frozenset("ipython jupyter-execute testcode testoutput plot gmtplot graphviz digraph mermaid uml plantuml".split())
"""What extensions of Sphinx run, or draw."""
_LITERAL = _PROGRAMS | {"code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "math", "prompt", "console", "doctest"}
_HIDDEN = frozenset(
    "toctree contents include raw index meta highlight default-role currentmodule module sectnum header footer role program tabularcolumns"
    " container-options only-options".split()
)
_IMAGES = frozenset(("image", "figure"))
_BARE = _PROGRAMS | frozenset("code code-block sourcecode highlight only math list-table-options prompt ifconfig automodule".split())
_SPOKEN = frozenset(
    "note tip hint important warning caution attention danger error seealso todo versionadded versionchanged versionremoved deprecated"
    " epigraph highlights pull-quote".split()
)
"""What is said behind these may go on in the lines below."""
_ANY_INDENT = 1_000
_CLASS_OF_STYLE = re.compile(r"[a-z -]*")
"""What `class` names in docutils: how something is to look. In Sphinx it is a class of Python."""

_LITERAL_TEXT = re.compile(r"(?<!`)``(?=\S)(.{1,1000}?)(?<=\S)``(?!`)", re.DOTALL)
_ROLE = re.compile(r"(?::[A-Za-z][\w:.+-]{0,60}:)?`([^`]{1,2000})`(?:_{1,2}|:[A-Za-z][\w:.+-]{0,60}:)?")
_TARGET = re.compile(r"(?<!\s)\s*<[^<>]{0,1000}>$")
_STRONG = re.compile(r"(?<!\w)(\*\*|\*)(?=\S)([^*]{1,1000}?)(?<=\S)\1(?!\w)|(\*\*)(?=\S)([^*]{1,1000}?)(?<=\S)\*\*")
_REFERENCE = re.compile(r"\s?\[(?:\d{1,4}|#[\w-]{0,60}|\*)\]_(?!\w)")
_CITATION = re.compile(r"(\[[\w.-]{1,60}\])_(?!\w)")
_NAME = re.compile(r"\|([^|\s][^|]{0,100})\|(?:__?)?")
_LINK = re.compile(r"(?<![\w_])([A-Za-z0-9][A-Za-z0-9.-]{0,60})__?(?=[\s.,;:!?)\]}'\"，。、；：！？）」』】]|$)")
_ESCAPE = re.compile(r"\\(?:\s|(.))")


def read_restructured_text(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a reStructuredText file."""
    written = source.text(options, format="rst")
    front = front_matter(written.text)
    reader = _Reader(front.lines)
    page = reader.read(without_control(written.text[front.body_start :]).expandtabs(8).split("\n"))
    known = front if front.fields else FrontMatter(reader.about)
    yield document_of_page(source, page, written.metadata, known)


@frozen
class _Inside:
    """What lines indented more than `indent` are: "hidden", "literal", "settings" of a directive, "target" up to a blank line."""

    kind: str
    indent: int


class _Reader:
    """Goes from line to line; it knows what it is inside of by the indentation."""

    def __init__(self, lines_before: int) -> None:
        self._lines_before = lines_before
        self._blocks = Blocks()
        self._styles: list[tuple[str, bool]] = []  # of headings, in the order of their levels
        self._inside: _Inside | None = None
        self._literal: list[str] = []
        self._paragraph: list[str] = []
        self._known = ""  # what the paragraph says of the document
        self._is_image = False
        self._names = Substitutions()
        self._after_blank = True
        self._in_table = False  # between the rules of a simple table
        self._in_grid = False
        self._row: list[list[str]] = []  # the cells of the row that is open, line by line
        self._row_begin = ""  # the line on which that begins
        self._columns: frozenset[int] = frozenset()  # where its columns begin, in cells of a terminal
        self._margin = 0  # of the paragraph
        self._list_table: int | None = None  # the indent of the directive
        self._items: list[int] = []  # indents of the lists that are open
        self.about: dict[str, str | tuple[str, ...]] = {}

    def read(self, lines: list[str]) -> Page:
        self._names = Substitutions({match[1]: match[2] for line in lines if (match := _SUBSTITUTION.match(line.strip()))})
        number = 0
        while number < len(lines):
            number += self._take(lines, number)
        self._end_paragraph()
        self._end_literal()
        return self._blocks.page()

    def _take(self, lines: list[str], number: int) -> int:
        """Reads on at this line; gives how many were read."""
        line = lines[number]
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        if self._continues(line, stripped, indent):
            return 1
        if not stripped:
            self._end_paragraph()
            self._blocks.end_block()
            self._after_blank, self._in_table, self._in_grid = True, False, False
            return 1
        level, taken = self._heading(lines, number)
        if taken:
            self._end_paragraph()
            self._blocks.locate("line", self._line(number + (taken == 3)))
            self._blocks.heading(self._inline(lines[number + (taken == 3)].strip()), level)
            return taken
        self._line_of_text(lines, number, stripped, indent)
        self._after_blank = False
        return 1

    def _continues(self, line: str, stripped: str, indent: int) -> bool:
        """Whether the line belongs to what is hidden, literal or the settings of a directive."""
        inside = self._inside
        if inside is None:
            return False
        if indent <= inside.indent if stripped else inside.kind == "target":
            self._end_literal()
            return False
        if inside.kind == "settings":
            self._inside = inside if self._is_setting(stripped) else None
            return self._inside is not None
        if inside.kind == "literal":
            self._literal.append(line)
        self._after_blank = not stripped
        return True

    def _is_setting(self, stripped: str) -> bool:
        """Whether a line sets something of a directive; what is said there in Chinese is for readers: a title, a caption."""
        setting = _FIELD.match(stripped)
        if setting and setting[2] and (IS_WIDE.search(setting[2]) or (setting[1] == "alt" and self._is_image)):
            self._blocks.end_line()
            self._blocks.text(self._inline(setting[2]))
        return setting is not None

    def _end_literal(self) -> None:
        inside, self._inside = self._inside, None
        lines, self._literal = self._literal, []
        if inside is None or inside.kind != "literal":
            return
        body = [line for line in lines if line.strip()]
        if not body:
            return
        margin = min(len(line) - len(line.lstrip()) for line in body)
        settings = 0
        while settings < len(lines) and (not lines[settings].strip() or self._is_setting(lines[settings].strip())):
            settings += 1
        self._blocks.end_block()
        self._blocks.verbatim("\n".join(line[margin:] for line in lines[settings:]).strip("\n"))
        self._blocks.end_block()

    def _heading(self, lines: list[str], number: int) -> tuple[int, int]:
        """The level of the heading that begins here, and its lines; 0 lines where none does."""
        title = lines[number].strip()
        below = lines[number + 1].rstrip() if number + 1 < len(lines) else ""
        if _RULE.fullmatch(title) and lines[number] == lines[number].lstrip():
            under = lines[number + 2].rstrip() if number + 2 < len(lines) else ""
            if below.strip() and under == title and not _RULE.fullmatch(below.strip()):
                return self._level(title[0], True), 3
            return 0, 0
        if lines[number][:1].isspace() or not _RULE.fullmatch(below) or len(below) < min(len(title), 4) or _GRID.fullmatch(title):
            return 0, 0
        if not self._after_blank and len(below) < len(title):
            return 0, 0
        return self._level(below[0], False), 2

    def _level(self, mark: str, over: bool) -> int:
        if (mark, over) not in self._styles:
            self._styles.append((mark, over))
        return self._styles.index((mark, over)) + 1

    def _line_of_text(self, lines: list[str], number: int, stripped: str, indent: int) -> None:
        if self._list_table is not None and indent <= self._list_table:
            self._end_paragraph()
            self._blocks.end_table()
            self._list_table = None
        if self._after_blank:
            self._blocks.locate("line", self._line(number))
        if self._is_running(stripped):
            self._running(stripped, indent)
            return
        if stripped.startswith("| "):
            self._next_line_of_row([cell.strip() for cell in stripped.strip("|").split("|")], self._line(number), goes_on=self._in_grid)
            return
        if self._in_table and not (stripped.startswith("..") or _is_rule(stripped) or _FIELD.match(stripped)):
            _, *cells = _cells(lines[number], self._columns)
            self._next_line_of_row(cells, self._line(number), goes_on=not cells[0])
            return
        self._end_paragraph()
        if stripped == ".." and not "".join(lines[number + 1 : number + 2]).strip():  # an empty comment only parts what is around it
            self._blocks.end_block()
        elif stripped.startswith(".."):
            self._explicit(stripped, indent)
        elif _is_rule(stripped):
            self._rule(stripped, indent)
        elif (field := _FIELD.match(stripped)) is not None:
            self._field(field[1], field[2] or "", indent)

    def _is_running(self, stripped: str) -> bool:
        """Whether the line is text: no directive, rule, row or field."""
        if stripped.startswith(".."):
            return stripped != ".." and stripped[2] != " "
        if stripped.startswith("|"):
            return stripped[1:2] not in ("", " ") or not stripped.endswith("|")
        return not (_is_rule(stripped) or _FIELD.match(stripped) or self._in_table)

    def _explicit(self, stripped: str, indent: int) -> None:
        """A directive, a note, a target or a comment."""
        self._blocks.end_block()
        directive = _DIRECTIVE.match(stripped)
        note = _NOTE.match(stripped)
        if note:
            self._begin_spoken(note[2] or "", indent)
        elif _LABEL.match(stripped):
            self._inside = _Inside("target", indent)
        elif directive is None or directive[1].lower() in _HIDDEN or _SUBSTITUTION.match(stripped):
            self._inside = _Inside("hidden", indent)
        else:
            self._directive(directive[1].lower(), directive[2] or "", indent)

    def _directive(self, name: str, argument: str, indent: int) -> None:
        self._is_image = name in _IMAGES
        self._list_table = indent if name == "list-table" else self._list_table
        self._inside = _Inside("literal" if name in _LITERAL else "settings", indent)
        if argument and name in _SPOKEN:
            self._begin_spoken(argument, indent)
            return
        if argument and not self._is_image and name not in _BARE and not (name == "class" and _CLASS_OF_STYLE.fullmatch(argument)):
            self._blocks.text(self._inline(argument))
            self._blocks.end_block()
        if name == "math" and argument:
            self._blocks.verbatim(argument)
        self._blocks.end_block()

    def _begin_spoken(self, text: str, indent: int) -> None:
        """A paragraph begins behind the mark of a note or a field at this indent, and goes on in lines that are indented as they like."""
        if text:
            self._running(text, indent + 3)
            self._margin = _ANY_INDENT

    def _rule(self, stripped: str, indent: int) -> None:
        if _GRID.fullmatch(stripped) or _SIMPLE.fullmatch(stripped):
            self._blocks.end_line()
            self._in_table, self._in_grid = bool(_SIMPLE.fullmatch(stripped)), bool(_GRID.fullmatch(stripped))
            self._columns = frozenset(indent + column.start() for column in _COLUMN.finditer(stripped))
        else:
            self._blocks.end_block()

    def _next_line_of_row(self, cells: list[str], line: str, *, goes_on: bool) -> None:
        """Cells may have several lines, in a grid until its next rule, in a simple table where there is nothing in the first."""
        if self._paragraph or not (goes_on and len(cells) == len(self._row)):
            self._end_paragraph()
        if not self._row:
            self._row, self._row_begin = [[] for _ in cells], line
        for cell, more in zip(self._row, cells, strict=True):
            cell.append(more)

    def _end_row(self) -> None:
        row, self._row = self._row, []
        if not any(map(any, row)):
            return
        self._blocks.locate("line", self._row_begin)
        self._blocks.begin_row()
        for cell in row:
            if any(cell):
                self._blocks.begin_cell()
                self._blocks.text(self._inline("\n".join(filter(None, cell))))

    def _field(self, name: str, value: str, indent: int) -> None:
        """A field; those before any text say what is known of the document."""
        self._blocks.end_line()
        self._begin_spoken(f"{name}: {value}" if value else "", indent)
        self._known = name if value and not self._blocks.headings[1:] and len(self.about) < 50 else ""

    def _running(self, stripped: str, indent: int) -> None:
        written = len(stripped)
        item = _ITEM.match(stripped) if self._after_blank or self._items or self._list_table is not None else None
        if item and self._list_table is not None:
            stripped = self._begin_cell(stripped)
        elif item:
            self._end_paragraph()
            self._begin_item(item, indent)
            stripped = stripped[item.end() :]
        elif self._paragraph and indent > self._margin:  # what a term means
            self._end_paragraph()
            self._blocks.end_line()
        elif self._after_blank:
            self._items = [open_at for open_at in self._items if open_at < indent]
        if not self._paragraph:
            self._margin = indent + written - len(stripped)
        is_verse = stripped.startswith("| ")
        literal_follows = stripped.endswith("::")
        if literal_follows:
            stripped = stripped[:-2].rstrip() if stripped == "::" or stripped[-3].isspace() else stripped[:-1]
        self._paragraph.append(stripped.removeprefix("| ") if is_verse else stripped)
        if is_verse or literal_follows:
            self._end_paragraph()
            self._blocks.end_line()
        if literal_follows:
            self._inside = _Inside("literal", indent if self._margin == _ANY_INDENT else self._margin)

    def _begin_cell(self, stripped: str) -> str:
        """A cell of a table that is written as a list, `* -` being the first of a row; gives what stands behind its marks."""
        self._end_paragraph()
        first, *others = _CELL_MARKS.match(stripped)[0].split()  # type: ignore[index]  # an item has a mark
        if others or first == "*":
            self._blocks.begin_row()
        self._blocks.begin_cell()
        return _CELL_MARKS.sub("", stripped, count=1)

    def _end_paragraph(self) -> None:
        self._end_row()
        lines, self._paragraph = self._paragraph, []
        known, self._known = self._known, ""
        if lines:
            text = self._inline("\n".join(lines))
            self._blocks.text(f"{text}\n")
            if known and len(text) < 200:
                self.about.setdefault(known.lower(), flowing(text).partition(": ")[2])

    def _begin_item(self, item: re.Match[str], indent: int) -> None:
        self._items = [open_at for open_at in self._items if open_at < indent]
        self._items.append(indent)
        number = item[2]
        if number and number.isalpha():
            self._blocks.end_line()
            self._blocks.text(item[0])
        else:
            self._blocks.begin_item(len(self._items), int(number) if number and number.isdigit() else None)

    def _line(self, number: int) -> str:
        return str(self._lines_before + number + 1)

    def _inline(self, text: str) -> str:
        """What a reader sees of a piece of running text."""
        if "`" in text:
            text = _ROLE.sub(_shown_role, _LITERAL_TEXT.sub(lambda match: _LITERALS.hide(match[1]), text))
        if "*" in text:
            text = _STRONG.sub(lambda match: match[2] or match[4], text)
        if "|" in text:
            text = _NAME.sub(self._named, text)
        if "_" in text:
            text = _LINK.sub(r"\1", _CITATION.sub(r"\1", _REFERENCE.sub("", text)))
        if "\\" in text:
            text = _ESCAPE.sub(r"\1", text)
        return _LITERALS.show(text)

    def _named(self, match: re.Match[str]) -> str:
        text = self._names.text(match[1])
        return match[0] if text is None else text


_LITERALS = Literals("*|_\\`")


def _cells(line: str, columns: frozenset[int]) -> Iterator[str]:
    """What stands in the columns of a row; Han characters are two cells wide. A text that goes on beyond its column is not cut."""
    cell, position = "", 0
    for character in line:
        if position in columns and (not cell or cell[-1] == " "):
            yield cell.strip()
            cell = ""
        cell += character
        position += 2 if east_asian_width(character) in "WF" else 1
    yield cell.strip()


def _is_rule(stripped: str) -> bool:
    return stripped.startswith("__ ") or bool(_RULE.fullmatch(stripped) or _GRID.fullmatch(stripped) or _SIMPLE.fullmatch(stripped))


def _shown_role(match: re.Match[str]) -> str:
    return _TARGET.sub("", match[1]).lstrip("~!") or match[1]

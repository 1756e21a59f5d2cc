"""Markdown becomes the text that a reader sees.

markdown-it reads it; what is ours is what Chinese writing and Wikipedia exports need, done to the source before, line for line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from searcher.documents.composing.blocks import IS_WIDE, WIDE, Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.frontmatter import FrontMatter, front_matter, header, notion_properties, page_properties
from searcher.documents.description.titles import note_title
from searcher.documents.document import Document
from searcher.documents.markup.dialects import is_mdx, named, show, without_components, without_indents
from searcher.documents.markup.menus import title_in_menu
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import page_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CHUNK = 200_000  # characters parsed at once
_DEEPEST = 40  # quotes and lists in one another; deeper ones are read as plain text
_MANY_MARKS = 300  # brackets, stars and ticks of one paragraph; they cost the square of their number
_COST = 10_000_000  # the sum of those squares; more is no Markdown

_TEMPLATE_TARGET = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})(?:.|\n)*?(?:^[ \t]*(?P=fence)|\Z)|`[^`\n]*`"
    r"|(?<=\]\()(?P<target>[^(){}\n]{0,200}\{[{%][^(){}\n]{1,200}[%}]\}[^()\n]{0,300})(?=\))",
    re.MULTILINE,
)
"""Where a link of Jekyll leads: [安裝]({{ site.baseurl }}/install.html), [前文]({% post_url 2021-08-17-a %}); or code, in which none is."""
_INSTRUCTION = re.compile(r"^[ \t]*(?:-+8<-+[ \t].*|:(?:label|eqlabel|width|begin_tab):`[^`\n]*`|:end_tab:)[ \t]*$", re.MULTILINE)
"""A line for the program that makes pages of it: what MkDocs puts in its place, names of figures and tabs in books of d2l."""
_WIKILINK = re.compile(r'\]\((?:[^\]\n]|\](?!\()){0,2000}? "wikilink"\)')
_CATEGORIES = re.compile(r"(?:\[(?:Category|分類|分类|category):[^\[\]\n]+\]\(#\)[ \t]*)+")
_CATEGORY = re.compile(r":([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\(#\)")
_ESCAPED_MARK = r"\\\[(?:\d{1,4}|[註注] ?\d+|note \d+)\\\]"
_MARK_IN_WIKI = re.compile(_ESCAPED_MARK)
_MARK_BEHIND_HAN = re.compile(rf"(?:(?<=[{WIDE}])|(?<=\]))(?:{_ESCAPED_MARK})+")
_NOTE = re.compile(r"^\[\^([^\]\s]{1,60})\]:[ \t]*", re.MULTILINE)
_NOTE_REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_HAN_DEFINITION = re.compile(rf"^( {{0,3}})(\[[^\]\n]+\]:[ \t]*(?![a-zA-Z]+:|[/.#<])[^\s/.#]*[{WIDE}])", re.MULTILINE)
_CONTENTS = re.compile(r"(?:^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\[[^\n]{1,200}\]\(#[^()\n]{0,300}\)[ \t]*(?:\n+|\Z)){3,}", re.MULTILINE)
_ENTRY = re.compile(r"\[(.+)\]\(#.*")
_HEADING_LINE = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)", re.MULTILINE)
_NO_WORDS = re.compile(r"\{[#.:][^{}]*\}|<[^<>]*>|\]\([^()]*\)|[\W_]")
_STRAY_BOLD = re.compile(rf"(?<=[{WIDE}])\*\*|\*\*(?=[{WIDE}])")
_OUTLINE = re.compile(r"[-*+] ")
"""How what Logseq writes below a first block without a bullet begins, which is indented as code would be."""
_ATTRIBUTES = re.compile(r"(?<!\s)\s*\{[#.:][^{}]{0,200}\}\s*$")  # of a heading: {#introduction .unnumbered} (Pandoc, Hugo, VitePress)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_DESCRIPTION = re.compile(r"\balt=\"([^\"]{1,500})\"")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_DEEP = re.compile(rf"^(?:[ \t]*>){{{_DEEPEST},}}|^[ \t]*(?:[-+*][ \t]+){{{_DEEPEST},}}|^[ \t]{{{3 * _DEEPEST},}}[-+*\d]", re.MULTILINE)
_MARK = re.compile(r"[\[\]*_`<!~&\\]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?=[|\-*+#>\n]|\d{1,9}[.)])")

_CLOSINGS = {"<!--": "-->", "<![cdata[": "]]>", "<!": ">", "<script": "</script", "<style": "</style", "<textarea": "</textarea"}
_OF_NOTION = re.compile(r"[ -][0-9a-f]{32}$")
"""How the name of a page ends that Notion exports."""
_SILENT_TAGS = frozenset(
    (
        "a abbr address article aside audio b bdi bdo big blockquote body br button center cite code col colgroup dd del details"
        " dfn div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input"
        " ins kbd label legend li link main mark meta nav nobr ol option p picture pre q rb rp rt ruby s samp script section"
        " select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time"
        " title tr tt u ul var video wbr"
    ).split()
)


def read_markdown(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a Markdown file. A location of kind "line" says which line of the file follows, counting on by line breaks."""
    written = source.text(options, format="markdown")
    front = front_matter(written.text)
    front = front if front.body_start else header(written.text)
    if not front.body_start and (properties := page_properties(written.text)):  # Logseq calls a page as its file is
        front = FrontMatter({"title": unquote(source.stem).replace("___", "/"), **properties})
    text = written.text
    if _OF_NOTION.search(source.stem):
        properties, (begin, end) = notion_properties(text)
        front = FrontMatter(properties) if properties else front
        text = text[:begin] + text[begin:end].replace("\n", "  \n") + text[end:]  # a line each
    body = text[front.body_start :]
    page, categories = _rendered(body, front.lines, mdx=source.suffix == ".mdx" or is_mdx(body))
    if not (page.heading and page.is_alone) and (title := title_in_menu(source) or note_title(page.heading, source.stem)):
        page = replace(page, heading=title)
    yield document_of_page(source, page, {**written.metadata, **({"category": categories} if categories else {})}, front)


def markdown_page(markup: str) -> Page:
    """The page that Markdown shows, without lines: it is a part of something."""
    page = _rendered(markup, 0)[0]
    return replace(page, locations=tuple(place for place in page.locations if place.kind != "line"))


def _rendered(markup: str, lines_before: int, *, mdx: bool = False) -> tuple[Page, tuple[str, ...]]:
    prepared, categories = _prepared(without_components(markup) if mdx else markup)
    reader = _Reader(lines_before, mdx=mdx)
    for chunk, line in _chunks(prepared):
        reader.read(chunk, line)
    return reader.page(), categories


def _prepared(markup: str) -> tuple[str, tuple[str, ...]]:
    """The same lines without reference marks and link targets with blanks in them, and the categories of a Wikipedia page."""
    categories: list[str] = []

    def named(match: re.Match[str]) -> str:
        names = [name.strip() for name in _CATEGORY.findall(match[0])]
        categories.extend(names)
        return "、".join(names) + " "

    markup = _MARK_BEHIND_HAN.sub("", _INSTRUCTION.sub("", without_indents(markup)))
    if "](#" in markup:
        markup = _without_contents(markup)
    if "{{" in markup or "{%" in markup:
        markup = _TEMPLATE_TARGET.sub(_unbroken, markup)
    if '"wikilink")' in markup:
        markup = _MARK_IN_WIKI.sub("", markup)
        markup = _CATEGORIES.sub(named, _WIKILINK.sub("](#)", markup))
    notes = set(_NOTE.findall(markup))
    if notes:
        markup = _NOTE.sub("", markup)
        markup = _NOTE_REFERENCE.sub(lambda match: "" if match[1] in notes else match[0], markup)
    return _HAN_DEFINITION.sub(r"\1\\\2", markup), tuple(dict.fromkeys(categories))


def _without_contents(markup: str) -> str:
    """The same lines, those of a table of contents empty: each only says what a heading of the page says, and leads there. Shown for a
    question, as it has all its words, it would answer none.
    """
    headings = {_NO_WORDS.sub("", heading) for heading in _HEADING_LINE.findall(markup)}

    def left(contents: re.Match[str]) -> str:
        repeats = all(_NO_WORDS.sub("", entry) in headings for entry in _ENTRY.findall(contents[0]))
        return "\n" * contents[0].count("\n") if repeats else contents[0]

    return _CONTENTS.sub(left, markup)


def _unbroken(found: re.Match[str]) -> str:
    """A target without the spaces that a link would end at."""
    return found[0].replace(" ", "\u00a0") if found["target"] else found[0]


def _chunks(markup: str) -> Iterator[tuple[str, int]]:
    """The text in pieces that end at a blank line outside of code, each with the number of lines before it."""
    start = line = 0
    while len(markup) - start > _CHUNK:
        end = _chunk_end(markup, start)
        yield markup[start:end], line
        line += markup.count("\n", start, end)
        start = end
    yield markup[start:], line


def _chunk_end(markup: str, start: int) -> int:
    blank, fences, counted = markup.find("\n\n", start + _CHUNK), 0, start
    while 0 <= blank < start + 2 * _CHUNK:
        fences, counted = fences + len(_FENCE.findall(markup, counted, blank)), blank
        if fences % 2 == 0:
            return blank + 1
        blank = markup.find("\n\n", blank + 2)
    newline = markup.find("\n", start + _CHUNK)
    return len(markup) if newline < 0 else newline + 1


class _Reader:
    """Turns tokens into text."""

    def __init__(self, lines_before: int, *, mdx: bool) -> None:
        self._blocks = Blocks()
        self._parser = _parser(mdx=mdx)
        self._lines_before = lines_before
        self._line = 0
        self._annotating = False  # inside <rt> or <rp>
        self._bold: str | None = None
        self._in_heading = False

    def read(self, markup: str, lines_before: int) -> None:
        """The next piece of the text."""
        before = self._lines_before + lines_before
        if _DEEP.search(markup) or _is_overloaded(markup):
            self._locate(before + 1)
            self._blocks.verbatim(markup)
            self._blocks.end_block()
            return
        for token in self._parser.parse(markup):
            if token.map:
                self._line = before + token.map[0] + 1
            if token.type == "code_block" and _OUTLINE.match(token.content):
                self.read(token.content, self._line - 1 - self._lines_before)
            else:
                self._block(token)

    def page(self) -> Page:
        return self._blocks.page(bold=self._bold)

    def _block(self, token: Token) -> None:
        kind = token.type
        if kind == "inline":
            self._inline(token.children or [])
        elif kind == "heading_open":
            self._in_heading = True
            self._blocks.begin_heading()
        elif kind == "heading_close":
            self._in_heading = False
            self._blocks.end_heading(int(token.tag[1]))
        elif kind in ("fence", "code_block"):
            self._code(token)
        elif kind == "html_block":
            self._markup(token.content)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._blocks.begin_list(int(token.attrs.get("start", 1)) if kind.startswith("ordered") else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._blocks.end_list()
        elif kind == "list_item_open":
            self._blocks.next_item()
        elif kind == "list_item_close":
            self._blocks.end_item()
        elif kind == "tr_open":
            self._blocks.begin_row()
        elif kind in ("th_open", "td_open"):
            self._blocks.begin_cell()
        elif kind in ("paragraph_open", "paragraph_close") and token.hidden:
            self._blocks.end_line()
        elif kind not in ("thead_open", "thead_close", "tbody_open", "tbody_close", "tr_close", "th_close", "td_close"):
            self._blocks.end_block()

    def _inline(self, children: Sequence[Token]) -> None:
        self._locate(self._line)
        if self._in_heading and children and children[-1].type == "text":
            children[-1].content = _ATTRIBUTES.sub("", children[-1].content)
        show(children)
        bold_first = self._blocks.is_empty() and bool(children) and _leading(children)
        if bold_first and self._bold is None:
            self._bold = bold_first
        strays = sum(len(_STRAY_BOLD.findall(child.content)) for child in children if child.type == "text") > 1
        links: list[tuple[str, list[str]]] = []
        for child in children:
            self._child(child, strays, links)

    def _child(self, child: Token, strays: bool, links: list[tuple[str, list[str]]]) -> None:
        kind = child.type
        if kind in ("text", "text_special", "code_inline"):
            text = _STRAY_BOLD.sub("", child.content) if strays and kind == "text" else child.content
            self._text(text, links)
        elif kind in ("softbreak", "hardbreak"):
            self._line += 1
            self._blocks.text("\n") if kind == "softbreak" else self._blocks.end_line()
            self._locate(self._line)
        elif kind == "html_inline":
            self._tag(child.content, links)
        elif kind == "image":
            self._image(child)
        elif kind == "link_open":
            links.append((str(child.attrs.get("href", "")), []))
        elif kind == "link_close" and links:
            self._end_link(*links.pop())

    def _text(self, text: str, links: list[tuple[str, list[str]]]) -> None:
        if self._annotating:
            return
        if links:
            links[-1][1].append(text)
        self._blocks.text(text)

    def _end_link(self, target: str, texts: list[str]) -> None:
        """A target that is Chinese in brackets, not an address, is text: 民法典[2020](以下簡稱本法)."""
        if IS_WIDE.search(target) and not re.search(r"[/.#%:?=]", target) and target != "".join(texts):
            self._blocks.text(f"({target})")

    def _tag(self, content: str, links: list[tuple[str, list[str]]]) -> None:
        match = _TAG_NAME.match(content)
        name = match[1].lower() if match else ""
        if name == "br":
            self._blocks.end_line()
        elif name in ("rt", "rp"):
            self._annotating = not content.startswith("</")
        elif name == "img" and (described := _DESCRIPTION.search(content)) and IS_WIDE.search(described[1]):
            self._blocks.image(described[1])
        elif name == "ruby":
            self._annotating = False
        elif name and name not in _SILENT_TAGS:
            self._text(named(content) if "=" in content else content, links)  # a placeholder, <name>; a component says what it is given

    def _image(self, token: Token) -> None:
        """What stands for it, and below it: the caption that Hexo and Hugo make of its title."""
        for description in dict.fromkeys((token.content.strip(), str(token.attrs.get("title", "")).strip())):
            if IS_WIDE.search(description):
                self._blocks.image(description)

    def _code(self, token: Token) -> None:
        self._blocks.end_block()
        self._blocks.text(named(token.info))
        self._blocks.end_line()
        self._locate(self._line + (token.type == "fence"))
        self._blocks.verbatim(token.content)
        self._blocks.end_block()

    def _markup(self, content: str) -> None:
        """HTML as a page shows it; code of a program (<?php), and what is opened and never closed, as it stands."""
        text = content if _is_no_markup(content) else page_of(content, whole=True).text
        if text:
            self._blocks.end_block()
            self._locate(self._line)
            self._blocks.verbatim(text)
            self._blocks.end_block()

    def _locate(self, line: int) -> None:
        self._blocks.locate("line", str(line))


def _is_no_markup(content: str) -> bool:
    start = content.lstrip().lower()
    closing = next((closing for opening, closing in _CLOSINGS.items() if start.startswith(opening)), "")
    return start.startswith("<?") or closing not in start


def _leading(children: Sequence[Token]) -> str | None:
    """The bold words that a paragraph begins with."""
    if children[0].type == "text" and not children[0].content.strip() and len(children) > 1:
        children = children[1:]
    if children[0].type != "strong_open":
        return None
    words: list[str] = []
    for child in children[1:]:
        if child.type == "strong_close":
            return "".join(words) or None
        words.append(child.content)
    return None


def _is_overloaded(markup: str) -> bool:
    """Whether reading it would take more than linear time, as it does with text made to."""
    marks = (len(_MARK.findall(paragraph)) for paragraph in _PARAGRAPH_END.split(markup) if len(paragraph) > _MANY_MARKS)
    return sum(count * count for count in marks if count > _MANY_MARKS) > _COST


@cache
def _parser(*, mdx: bool) -> MarkdownIt:
    """That of MDX knows no code by its indentation."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 4 * _DEEPEST}).enable(["table", "strikethrough"])
    if mdx:
        parser.disable("code")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # targets are never shown
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser

"""Wikitext becomes the article as a reader sees it, in linear time, whatever it is.

Left out are templates (but those that only dress their words), references, tables' and images' settings. Of the words
that MediaWiki chooses by the reader's region, -{zh-hans:软件; zh-hant:軟體}-, the first stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page
from searcher.documents.markup.substitutions import Substitutions
from searcher.frozen import frozen

_DEEPEST = 40  # templates and links in one another; deeper ones are text
_BREAK, _CAPTION, _CAPTION_END = "\x01", "\x02", "\x03"  # no text has these: they are taken out first
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_APART = re.compile(r"<!--|<(?P<name>[A-Za-z]{3,20})\b[^<>]{0,1000}>")
_VERBATIM = frozenset(("nowiki", "math", "chem", "ce"))
_LINES = frozenset(("pre", "poem", "source", "syntaxhighlight", "gallery"))
_DROPPED = frozenset(("ref", "timeline", "score", "imagemap", "templatedata", "graph", "mapframe", "maplink", "templatestyles", "style"))
_MARKUP = re.compile(r"[\[\]{}|'=*#:;<>&_!\-]")
_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|-\{(?!\{)|\}-|\|")
_CLOSES = {"}}": "{{", "]]": "[[", "}-": "-{"}

_CATEGORY = frozenset(("category", "cat", "分类", "分類"))
_FILE = frozenset(("file", "image", "media", "文件", "檔案", "档案", "图像", "圖像", "媒体", "媒體"))
_IN_BRACKETS = re.compile(r"(?<!\s)\s*\([^()]*\)$")
_SISTER = re.compile(
    r"(?:w|s|b|q|n|v|m|c|d|wikt|voy|zh|commons|meta|wikisource|wikipedia|wiktionary|项目|維基百科|维基百科):(?=.)", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,10})*:\S", re.IGNORECASE)
_FILE_OPTION = re.compile(
    r"\s*(?:thumb(?:nail)?|frame(?:d|less)?|border|left|right|center|none|(?:\d+)?(?:x\d+)?px|upright.*|(?:alt|link|page|lang|class|start|end)=.*"
    r"|baseline|middle|sub|super|top|bottom|text-top|text-bottom|缩略图|縮圖|右|左|居中|置中|无|無|有框|无框|無框|\d+像素)\s*",
    re.IGNORECASE | re.DOTALL,
)
_REGIONAL = re.compile(r"(?:^|;)\s*(?:zh(?:-[a-z]{2,10})?)\s*:([^;]*)", re.IGNORECASE)
_NAME = re.compile(r"[^\[\]<>{}\n]{1,60}")

_FIRST = frozenset(
    "nihongo nowrap nobr small big smaller larger b i u quote cquote quotation blockquote poem verse abbr tooltip sic ruby"
    " ruby-zh-b ruby-py center right smallcaps propernoun pn 另 僻字 書名號 专名 專名 專名號 专名号 gap2 gray hl link-wd zhongwen".split()
)
_LAST = frozenset(("lang", "rtl-lang", "color", "font color", "fontcolor", "translink", "tsl", "transl"))
_AS_IT_IS = {"!": "|", "=": "=", "·": "·", "•": "•", "-": "", "snd": " – ", "nbsp": " ", "spaces": " ", "'": "'"}

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_LINE_BREAK = re.compile(r"<br\b[^<>]{0,100}>|</?(?:p|div|blockquote|center|li|tr|h[1-6])\b[^<>]{0,1000}>", re.IGNORECASE)
_ANNOTATION = re.compile(r"<(rt|rp)\b[^<>]{0,100}>[^<>]{0,200}</\1>", re.IGNORECASE)
_EXTERNAL = re.compile(r"\[(?:https?:|ftp:|mailto:|//)[^\s\[\]<>]{1,2000}[^\S\n]*([^\[\]\n]{0,2000})\]")
_QUOTES = re.compile(r"'{2,}")
_SWITCH = re.compile(r"__[A-Z]{3,30}__")
_CAPTIONED = re.compile(f"{_CAPTION}([^{_CAPTION}{_CAPTION_END}]*){_CAPTION_END}")
_SETTING = r"[\w-]{1,40}\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s|\"'=]{1,200})"
_CELL_SETTINGS = re.compile(rf"\s*{_SETTING}(?:\s+{_SETTING}){{0,20}}\s*\|(?!\|)")
_REDIRECT = re.compile(r"\s*#\s*(?:redirect|重定向|重新導向)\s*[:：]?\s*\[\[", re.IGNORECASE)


@frozen
class Article:
    """What a page of a wiki says, and the categories it is in."""

    page: Page
    categories: tuple[str, ...]


def article_of(markup: str, title: str) -> Article:
    """The article that wikitext shows under this title."""
    categories: list[str] = []
    text = _expanded(_set_apart(_CONTROL.sub("", markup)), title, categories)
    writer = _Writer()
    for line in text.split("\n"):
        writer.line(line)
    return Article(writer.page(title), tuple(dict.fromkeys(categories)))


def is_redirect(markup: str) -> bool:
    """The page only leads to another one."""
    return bool(_REDIRECT.match(markup))


def _set_apart(markup: str) -> str:
    """Without comments and references; what is no markup though it looks like it is written as entities."""
    kept: list[str] = []
    position = 0
    absent: set[str] = set()
    while match := _APART.search(markup, position):
        kept.append(markup[position : match.start()])
        name = (match["name"] or "").lower()
        if not name:
            end = markup.find("-->", match.end())
            position = end + 3 if end >= 0 else len(markup)
        elif name not in _VERBATIM | _LINES | _DROPPED:
            kept.append(match[0])
            position = match.end()
        else:
            content, position = _element(markup, match, name, absent)
            kept.append(_shown(name, content))
    kept.append(markup[position:])
    return "".join(kept)


def _element(markup: str, match: re.Match[str], name: str, absent: set[str]) -> tuple[str, int]:
    """What an element holds, and where it ends; nothing in one that is closed at once, or never."""
    if match[0].endswith("/>") or name in absent:
        return "", match.end()
    end = re.compile(rf"</{name}\s{{0,20}}>", re.IGNORECASE).search(markup, match.end())
    if end is None:
        absent.add(name)
        return "", match.end()
    return markup[match.end() : end.start()], end.end()


def _shown(name: str, content: str) -> str:
    if name in _DROPPED:
        return ""
    if name in _VERBATIM:
        return _escaped(content)
    if name == "gallery":
        captions = (line.partition("|")[2] for line in content.split("\n"))
        return f"\n\n{_BREAK.join(caption for caption in captions if caption.strip())}\n\n"
    lines = content if name == "poem" else _escaped(content)
    return f"\n\n{lines.strip().replace(chr(10), _BREAK)}\n\n"


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", unescape(text))


@dataclass(slots=True)
class _Frame:
    """Something open: what it is, and what was written in it, part by part."""

    kind: str
    parts: list[list[str]] = field(default_factory=lambda: [[]])

    def arguments(self) -> list[str]:
        return ["".join(part) for part in self.parts]

    def unclosed(self) -> str:
        return self.kind + "|".join(self.arguments())


def _expanded(text: str, title: str, categories: list[str]) -> str:
    """Templates, links and regional words become what they show."""
    frames = [_Frame("")]
    names = Substitutions({"pagename": title, "fullpagename": title})
    position = 0
    for match in _TOKEN.finditer(text):
        frames[-1].parts[-1].append(text[position : match.start()])
        position = match.end()
        token = match[0]
        if token == "|":
            if len(frames) > 1:
                frames[-1].parts.append([])
            else:
                frames[-1].parts[-1].append(token)
        elif token in _CLOSES:
            _close(frames, token, names, categories)
        elif len(frames) <= _DEEPEST:
            frames.append(_Frame(token))
        else:
            frames[-1].parts[-1].append(token)
    frames[-1].parts[-1].append(text[position:])
    _close_unclosed(frames, 1)
    return "".join(frames[0].parts[0])


def _close(frames: list[_Frame], token: str, names: Substitutions, categories: list[str]) -> None:
    opened = next((place for place in range(len(frames) - 1, 0, -1) if frames[place].kind == _CLOSES[token]), None)
    if opened is None:
        frames[-1].parts[-1].append(token)
        return
    _close_unclosed(frames, opened + 1)
    frame = frames.pop()
    if frame.kind == "{{":
        shown = _template(frame.arguments(), names)
    elif frame.kind == "[[":
        shown = _link(frame.arguments(), categories)
    else:
        shown = _regional(frame.arguments())
    frames[-1].parts[-1].append(shown)


def _close_unclosed(frames: list[_Frame], left: int) -> None:
    """Only `left` frames stay open: the text of the others is text."""
    while len(frames) > left:
        text = frames.pop().unclosed()
        frames[-1].parts[-1].append(text)


def _template(arguments: list[str], names: Substitutions) -> str:
    name = " ".join(arguments[0].replace("_", " ").split()).lower()
    if name in _AS_IT_IS:
        return _AS_IT_IS[name]
    named = names.text(name)
    if named is not None:
        return named
    values = _positional(arguments[1:])
    if not values:
        return ""
    if name in _FIRST or name.startswith("link-"):
        return values[0]
    if name in ("le", "internal link helper"):
        return values[2] if len(values) > 2 and values[2] else values[0]
    if name in _LAST or name.startswith("lang-"):
        return values[0] if name.startswith("lang-") else values[-1]
    return ""


def _positional(arguments: list[str]) -> list[str]:
    """The values without a name, and those whose name is a number or text, in order."""
    values: list[str] = []
    for argument in arguments:
        name, named, value = argument.partition("=")
        name = name.strip()
        if not named or not _NAME.fullmatch(name):
            values.append(argument.strip())
        elif name.isdigit() or name.lower() in ("text", "content", "quote"):
            values.append(value.strip())
    return values


def _link(arguments: list[str], categories: list[str]) -> str:
    target = arguments[0].strip()
    name, colon, rest = target.partition(":")
    kind = name.strip().lower() if colon else ""
    if kind in _CATEGORY:
        categories.append(_plain(rest).strip())
        return ""
    if kind in _FILE:
        return _caption(arguments[1:])
    if len(arguments) > 1 and arguments[-1].strip():
        return "|".join(arguments[1:])
    if _SISTER.match(target):
        return rest
    if _LANGUAGE.match(target) and len(arguments) == 1:
        return ""
    return target.lstrip(":") if len(arguments) == 1 else _IN_BRACKETS.sub("", target)


def _caption(options: list[str]) -> str:
    last = options[-1] if options else ""
    caption = " ".join(last.replace(_CAPTION, " ").replace(_CAPTION_END, " ").split())
    return "" if not caption or _FILE_OPTION.fullmatch(last) else _CAPTION + caption + _CAPTION_END


def _regional(arguments: list[str]) -> str:
    """-{zh-hans:软件; zh-hant:軟體}- → 软件; -{文字}- → 文字; -{H|…}- (a rule for the page) → nothing"""
    flags = arguments[0] if len(arguments) > 1 else ""
    if "H" in flags.upper() or "T" in flags.upper():
        return ""
    body = "|".join(arguments[1:]) if len(arguments) > 1 else arguments[0]
    first = _REGIONAL.search(body)
    return first[1].strip() if first else body


def _plain(text: str) -> str:
    """A piece of a line without the marks that are left."""
    if "<" in text:
        text = _TAG.sub("", _ANNOTATION.sub("", text))
    if "[" in text:
        text = _EXTERNAL.sub(r"\1", text)
    if "''" in text:
        text = _QUOTES.sub("", text)
    if "__" in text:
        text = _SWITCH.sub("", text)
    return unescape(text) if "&" in text else text


class _Writer:
    """Takes line by line; it knows whether it is in a table or a list."""

    def __init__(self) -> None:
        self._blocks = Blocks()
        self._tables = 0
        self._in_list = False

    def page(self, title: str) -> Page:
        text, locations = self._blocks.finish()
        return Page(text, locations, title)

    def line(self, line: str) -> None:
        """Writes down one line: of a table, of a list, a heading, or a part of a paragraph."""
        begin = line.lstrip(" \t:")
        if begin.startswith("{|"):
            self._blocks.end_block()
            self._tables += 1
        elif self._tables and line.lstrip().startswith(("|", "!")):
            self._table_line(line.strip())
        elif self._tables:
            self._text(line)
            self._blocks.end_line()
        elif line[:1] in ("*", "#", ":", ";") and line.strip():
            self._item(line)
        else:
            self._leave_list()
            self._running(line)

    def _running(self, line: str) -> None:
        stripped = line.strip()
        level = _heading_level(stripped)
        if not stripped or stripped.startswith("----"):
            self._blocks.end_block()
            self._text(stripped.lstrip("-"))
        elif level:
            self._blocks.begin_heading()
            self._text(stripped[level:-level].strip())
            self._blocks.end_heading(max(1, level))
        else:
            self._text(stripped)
            self._blocks.text("\n")

    def _item(self, line: str) -> None:
        marks = line[: len(line) - len(line.lstrip("*#:;"))]
        if not self._in_list:
            self._blocks.end_block()
        self._in_list = True
        depth = min(len(marks), 20)
        if marks[-1] == "#":
            self._blocks.begin_counted_item(depth)
        else:
            self._blocks.forget_counts(depth - 1)
            self._blocks.end_line() if marks[-1] in ":;" else self._blocks.begin_item(depth, None)
        self._text(line[len(marks) :].strip())
        self._blocks.end_item()

    def _leave_list(self) -> None:
        if self._in_list:
            self._blocks.end_block()
        self._in_list = False
        self._blocks.forget_counts()

    def _table_line(self, line: str) -> None:
        if line.startswith("|}"):
            self._tables -= 1
            self._blocks.end_block()
            self._running(line[2:])
        elif line.startswith("|-"):
            self._blocks.begin_row()
        elif line.startswith("|+"):
            self._blocks.end_block()
            self._text(_without_settings(line[2:]))
            self._blocks.end_block()
        else:
            for cell in _cells(line):
                if cell.strip():
                    self._blocks.begin_cell()
                    self._text(cell)

    def _text(self, line: str) -> None:
        for caption in _CAPTIONED.findall(line) if _CAPTION in line else ():
            self._blocks.image(_plain(caption.replace(_BREAK, " ")))
        line = _LINE_BREAK.sub(_BREAK, _CAPTIONED.sub("", line))
        first, *others = line.split(_BREAK)
        self._blocks.text(_plain(first))
        for other in others:
            self._blocks.end_line()
            self._blocks.text(_plain(other))


def _heading_level(line: str) -> int:
    """How many marks stand on both sides of a heading; 0 for what is none."""
    if not line.startswith("=") or not line.endswith("=") or len(line) < 3:
        return 0
    left, right = len(line) - len(line.lstrip("=")), len(line) - len(line.rstrip("="))
    return min(left, right, 6, (len(line) - 1) // 2)


def _cells(line: str) -> Iterator[str]:
    mark, rest = line[0], line[1:]
    if mark == "!":
        rest = rest.replace("!!", "||")
    return map(_without_settings, rest.split("||"))


def _without_settings(cell: str) -> str:
    match = _CELL_SETTINGS.match(cell)
    return cell[match.end() :] if match else cell

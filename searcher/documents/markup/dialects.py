"""What other programs write in Markdown beside what it has: links to notes, containers, short codes, attributes, components.

參考[[筆記|這篇]]，==重點==，%%備註%%  > [!note] 標題       ::: tip 標題        {% note info %}
![[圖.png]]                     > 內容               內容                內容
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from searcher.documents.composing.blocks import IS_WIDE

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAKS = ("softbreak", "hardbreak")
_CONTAINER = re.compile(
    r"(?::{3,}[ \t]*\{?[\w-]*\}?(?P<title>\[[^\[\]\n]*\])?|\[!\w[\w-]{0,30}\][+-]?|(?:!!!|\?\?\?\+?)[ \t]+[\w-]+"
    r"|===[!+]{0,2}(?=[ \t]+\"))(?:[ \t]+|$)"
)
_SHORT_CODE = re.compile(
    r"(?:\{%[^{}]{0,1000}%\}|\{\{[<%][^{}]{0,1000}[>%]\}\}|:{3}[a-z](?:[^:{}]|:(?!::)){0,1000}:{3}|\[TOC\])", re.IGNORECASE
)
_SETTINGS = re.compile(
    r"\{:[ \t]*(?:(?:toc|[.#][a-z][\w-]*|[a-z][\w-]*=(?:\"[^\"{}]{0,200}\"|[\w%.-]{1,40})|:?(?:height|width)[ ][\d.]+,?)[ \t]*)+\}",
    re.IGNORECASE,
)
"""How a picture, a link or a paragraph is shown, in Logseq and kramdown: {:height 323, :width 671}, {: .note}."""
_PROPERTY = re.compile(r"[^\W\d_][\w.-]{0,60}::[ \t]")
_SETTING = re.compile(r"(?:id|collapsed|heading|background-color|(?:created|updated)-at|(?:logseq|card|ls|hl)[.-][\w.-]+)::[ \t][ -~]*")
"""What Logseq notes for itself below a block, never in Chinese."""
_IMPORTS = re.compile(r"(?:[ \t]*\n|import\b[^;'\"]{0,2000}?(?:\bfrom\b)?\s*[\"'][^\"'\n]{1,300}[\"'];?[ \t]*(?:\n|\Z))*")
_FENCED_OR_COMPONENT = re.compile(
    r"^[ \t]*(`{3,}|~{3,})(?:.|\n)*?(?:^[ \t]*\1|\Z)|^[ \t]*</?[A-Z][\w.]*(?:\s[^<>]{0,2000})?/?>[ \t]*$"
    r"|^import\b[^;'\"]{0,500}?\bfrom[ \t]*[\"'][^\"'\n]{1,300}[\"'];?[ \t]*$",
    re.MULTILINE,
)
_HOLDS_INDENTED = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?|===[!+]{0,2})[ \t]+[\"\w]", re.MULTILINE)
_FENCE = re.compile(r"`{3}|~{3}")
_INDENT = 4
_VALUE = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>%{}]+)(?!=)")
_CHECKBOX = re.compile(r"\[[ xX]\][ \t]+")
_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_MEDIA = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|pdf|mp[34]|m4a|wav|webm|mov|canvas|excalidraw)(?:#.*)?$", re.IGNORECASE)
_HIGHLIGHT = re.compile(r"(?<![A-Za-z0-9_)=])==(?=[^\s=])([^=\n]{1,500}?)(?<=\S)==(?![A-Za-z0-9_(=])")
_REMARK = re.compile(r"(?<![0-9A-Za-z%])%%([^%\n]+)%%(?!%)|^[ \t]*%%[ \t]*$")
"""What its author has written for himself, in a line or, between lines of just the signs, in several."""
_ROLE = re.compile(r"\{[a-z][a-z][\w:+.-]{0,40}\}$")
_ROLE_TARGET = re.compile(r"[ ]*<[^<>]{1,300}>$")
_ANCHOR = re.compile(r"[ \t]\^[A-Za-z0-9-]{2,40}$")


def show(children: Sequence[Token]) -> None:
    """Leaves, in the parts of a paragraph, what a reader sees of these; a line that opens or closes something stands apart."""
    _join_links(children)
    for place, child in enumerate(children):
        if child.type != "text":
            continue
        if child.content.endswith("}") and place + 1 < len(children) and children[place + 1].type == "code_inline":
            _show_role(child, children[place + 1])
        begins = not place or children[place - 1].type in _BREAKS
        ends = place + 1 == len(children) or children[place + 1].type in _BREAKS
        opening = _CONTAINER.match(child.content) if begins else None
        if begins and ends and _SHORT_CODE.fullmatch(child.content.strip()):
            child.content = named(child.content)
            _set_apart(children, place)
        elif opening:
            said = (opening["title"] or "")[1:-1] or child.content[opening.end() :].strip('"')
            child.content = _shown(said, begins=False, ends=ends)
            _set_apart(children, place)
        elif begins and _PROPERTY.match(child.content):
            child.content = "" if ends and _SETTING.fullmatch(child.content) else _shown(child.content, begins=False, ends=ends)
            _set_apart(children, place)
        else:
            child.content = _shown(child.content, begins=not place, ends=ends)


def _show_role(before: Token, code: Token) -> None:
    """What MyST calls by a role is what it says: {doc}`安裝 <install>` → 安裝."""
    said = _ROLE.sub("", before.content)
    if said != before.content:
        before.content, code.content = said, _ROLE_TARGET.sub("", code.content) or code.content


def is_mdx(markup: str) -> bool:
    """Whether a page begins with what MDX imports."""
    return bool((_IMPORTS.match(markup) or [""])[0].strip())


def without_components(markup: str) -> str:
    """MDX as Markdown, line for line: without what it imports; of a line that only opens or closes a component, what is said there to
    readers: <TabItem value="預覽"> → 預覽
    """

    def said(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        words = named(match[0]) if "<" in match[0] else ""
        return words + ("  " if words else "") + "\n" * match[0].count("\n")

    imports = _IMPORTS.match(markup)
    end = imports.end() if imports else 0
    return "\n" * markup.count("\n", 0, end) + _FENCED_OR_COMPONENT.sub(said, markup[end:])


def without_indents(markup: str) -> str:
    """The same lines, of which those that a note or a tab of MkDocs holds are not indented, as code would be: !!! note, === "C++"."""
    if not _HOLDS_INDENTED.search(markup):
        return markup
    lines: list[str] = []
    holders: list[int] = []  # the indents of the notes and tabs that are open
    in_code = False
    for line in markup.split("\n"):
        text = line.lstrip(" \t")
        indent = len(line[: len(line) - len(text)].expandtabs(_INDENT))
        while holders and text and indent < holders[-1] + _INDENT:
            holders.pop()
        lines.append(" " * (indent - _INDENT * len(holders)) + text if holders else line)
        if not in_code and _HOLDS_INDENTED.match(line):
            holders.append(indent)
        in_code ^= bool(_FENCE.match(text))
    return "\n".join(lines)


def _join_links(children: Sequence[Token]) -> None:
    """A link whose bar is escaped, as if it stood in a table, is one text: [[筆記\\|這篇]]."""
    for place in range(len(children) - 2, 0, -1):
        before, bar, behind = children[place - 1 : place + 2]
        if bar.type == "text_special" and bar.content == "|" and before.content.rpartition("]]")[2].count("[[") and behind.type == "text":
            before.content, bar.content, behind.content = f"{before.content}|{behind.content}", "", ""


def named(settings: str) -> str:
    """What is said to readers among settings: figure src="a.png" title="圖的標題" → 圖的標題"""
    return " ".join(filter(IS_WIDE.search, ("".join(found) for found in _VALUE.findall(settings))))


def _set_apart(children: Sequence[Token], place: int) -> None:
    """The breaks before and behind a line become those of a line, not of a paragraph that is wrapped."""
    following = next((child for child in children[place:] if child.type in _BREAKS), None)
    for token in (children[place - 1] if place else None, following):
        if token is not None and token.type in _BREAKS:
            token.type = "hardbreak"


def _shown(text: str, *, begins: bool, ends: bool) -> str:
    if begins and text.startswith("["):
        text = _CHECKBOX.sub("", text, count=1)
    if "[[" in text:
        text = _LINK.sub(_shown_link, text)
    if "==" in text:
        text = _HIGHLIGHT.sub(r"\1", text)
    if "%%" in text:
        text = _REMARK.sub(r"\1", text)
    if "{:" in text:
        text = _SETTINGS.sub("", text)
    return _ANCHOR.sub("", text) if ends and "^" in text else text


def _shown_link(match: re.Match[str]) -> str:
    """[[筆記|這篇]] → 這篇; [[筆記#小節]] → 筆記 小節; ![[圖.png|100]] → nothing"""
    if match[1] and _MEDIA.search(match[2]):
        return ""
    return match[3] or match[2].strip("#").replace("#", " ")

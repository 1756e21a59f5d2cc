"""What does a text say of itself in the language that it is written in: LaTeX, Typst?

\\title{…} \\author{…} \\date{…}
#set document(title: "…", author: ("…", "…"))          标题：… 作者：… 时间：…, <篇名>…, in plain text
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from searcher.documents.description.frontmatter import bounded
from searcher.documents.document import Value
from searcher.documents.markup.latex import printed

_HEAD = 50_000  # characters in which it stands
_LONGEST = 500
_MOST_NAMED = 12  # lines
_NAMED = re.compile(
    r"[ \t\u3000]{0,9}(?:(?P<name>[^\s:：，。,.]{1,10})[ \t\u3000]?[:：][ \t\u3000]{0,9}|<(?P<tag>[^<>\s]{1,10})>)"
    r"(?P<value>\S.{0,200})?[ \t\u3000]*"
)
_MEANT = dict.fromkeys("标题 標題 题目 題目 书名 書名 篇名 题名 題名 法规名称 法規名稱 法律名称 法律名稱 title 主题 主題".split(), "title")
_MEANT |= dict.fromkeys("作者 著者 记者 記者 author".split(), "author")
_MEANT |= dict.fromkeys(
    "日期 时间 時間 发布时间 發布時間 发布日期 發布日期 发表时间 發表時間 修正日期 公布日期 公佈日期 date".split(), "date"
)
_LATEX = re.compile(r"^[^%\n]*?\\(title|author|date)[ \t]*(?:\[[^\[\]\n]{0,200}\])?\{", re.MULTILINE)
_LATEX_HEADING = re.compile(r"^[^%\n]*?\\(?:part|chapter|section)\*?[ \t]*(?:\[[^\[\]\n]{0,200}\])?\{", re.MULTILINE)
_LATEX_NOTE = re.compile(r"\\(?:thanks|footnote|inst|orcid)\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_LATEX_COMMENT = re.compile(r"(?<!\\)%.*")
_LATEX_AND = re.compile(r"\\(?:and|AND)\b|\\\\")
_TYPST = re.compile(r"^[ \t]*#set document\(", re.MULTILINE)
_TYPST_TEXT = r"(?:\"([^\"\n]{1,500})\"|\[([^\[\]\n]{1,500})\])"
_TYPST_TITLE = re.compile(rf"\btitle:\s*{_TYPST_TEXT}")
_TYPST_AUTHORS = re.compile(r"\bauthor:\s*(\([^()]{0,1000}\)|\"[^\"\n]{1,500}\")")
_TYPST_DATE = re.compile(r"\bdatetime\(year:\s*(\d{4}),\s*month:\s*(\d{1,2}),\s*day:\s*(\d{1,2})")
_TYPST_HEADING = re.compile(r"^=+[ \t]+(.+?)[ \t]*(?:<[\w:.-]{1,100}>)?[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"\"([^\"]{1,500})\"")


def declared(text: str, suffix: str) -> dict[str, Value]:
    """Title, author, date and the like, as front matter would say them; `suffix` of the file, which tells the language."""
    if suffix in ("", ".txt", ".text"):
        return _in_head(text)
    said = {".tex": _in_latex, ".ltx": _in_latex, ".typ": _in_typst}.get(suffix)
    return bounded(said(text[:_HEAD])) if said else {}


def _in_head(text: str) -> dict[str, Value]:
    """What the first lines of a plain text say by name, the title among them: 标题：…, 作者：…, 时间：…"""
    found: dict[str, list[str]] = {}
    for line in text[: 4 * _LONGEST].lstrip().split("\n")[:_MOST_NAMED]:
        named = _NAMED.fullmatch(line)
        if named is None:
            break
        name = (named["name"] or named["tag"]).lower()
        if named["value"]:
            found.setdefault(_MEANT.get(name, name), []).append(named["value"].strip("《》 "))
    first = next(iter(found), None)
    return bounded(found) if first == "title" or ("title" in found and len(found) + len(found["title"]) > 2) else {}


def _in_latex(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for match in _LATEX.finditer(text):
        found.setdefault(match[1], [_group(text, match.end())])
    if not any(found.get("title", ())) and (heading := _LATEX_HEADING.search(text)):  # of a chapter in a file of its own
        found["title"] = [_group(text, heading.end())]
    authors = [author for value in found.get("author", []) for author in _LATEX_AND.split(value)]
    return {**{name: _plain(values) for name, values in found.items()}, "author": _plain(authors)}


def _group(text: str, start: int) -> str:
    """What stands between braces, the first of which was read; empty where nothing closes it soon."""
    depth = 1
    for end in range(start, min(len(text), start + _LONGEST)):
        depth += (text[end] == "{") - (text[end] == "}")
        if not depth:
            return text[start:end]
    return ""


def _plain(values: Iterable[str]) -> list[str]:
    """Without notes and commands."""
    shown = (_LATEX_COMMENT.sub("", _LATEX_NOTE.sub("", value).replace("\\\\", " ")) for value in values)
    return [" ".join(printed(value).split()) for value in shown]


def _in_typst(text: str) -> dict[str, list[str]]:
    settings = _TYPST.search(text)
    said = text[settings.end() : settings.end() + 4 * _LONGEST] if settings else ""
    title, authors, date = _TYPST_TITLE.search(said), _TYPST_AUTHORS.search(said), _TYPST_DATE.search(said)
    heading = _TYPST_HEADING.search(text)
    return {
        "title": [title[1] or title[2]] if title else [heading[1]] if heading else [],
        "author": _QUOTED.findall(authors[1]) if authors else [],
        "date": [f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"] if date else [],
    }

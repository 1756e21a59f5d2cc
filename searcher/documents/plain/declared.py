"""What does a text that is read as it is written say of itself?

#set document(title: "…", author: ("…", "…"))          标题：… 作者：… 时间：…, <篇名>…, in plain text
"""

from __future__ import annotations

import re

from searcher.documents.description.frontmatter import bounded
from searcher.documents.document import Value

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
_TYPST = re.compile(r"^[ \t]*#set document\(", re.MULTILINE)
_TYPST_TEXT = r"(?:\"([^\"\n]{1,500})\"|\[([^\[\]\n]{1,500})\])"
_TYPST_TITLE = re.compile(rf"\btitle:\s*{_TYPST_TEXT}")
_TYPST_AUTHORS = re.compile(r"\bauthor:\s*(\([^()]{0,1000}\)|\"[^\"\n]{1,500}\")")
_TYPST_DATE = re.compile(r"\bdatetime\(year:\s*(\d{4}),\s*month:\s*(\d{1,2}),\s*day:\s*(\d{1,2})")
_TYPST_HEADING = re.compile(r"^=+[ \t]+(.+?)[ \t]*(?:<[\w:.-]{1,100}>)?[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"\"([^\"]{1,500})\"")


def declared(text: str, suffix: str) -> dict[str, Value]:
    """Title, author, date and the like, as front matter would say them, of a plain text or of Typst, as the suffix says."""
    if suffix in ("", ".txt", ".text"):
        return _in_head(text)
    return bounded(_in_typst(text[:_HEAD])) if suffix == ".typ" else {}


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

"""Running text of Org becomes what a reader sees of it.

Marks stand as Emacs wants them, between blanks or punctuation; those of bold and of literal text beside Han characters, too, for Chinese is
written without blanks: 用=ls=列出. A slash, an underscore or a plus sign there means something else: 北京/上海/广州.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from searcher.documents.composing.blocks import IS_WIDE, WIDE
from searcher.documents.markup.literals import Literals

NAME_OF_NOTE = r"[\w-]{1,60}"

_BEFORE, _BEHIND = r"\s({'\"\u200b\-", r"\s.,;:!?')}\[\"\u200b\-"
_HAN_MARKS = r"\u3000-\u303f\uff01-\uff0f\uff1a-\uff20“”‘’"
_LITERAL_TEXT = re.compile(
    rf"(?<![^{_BEFORE}{WIDE}*/_+])([=~])(?=\S)(.{{1,500}}?)(?<=\S)\1(?![^{_BEHIND}{WIDE}*/_+])|\bsrc_\w{{1,30}}(?:\[[^\[\]]{{0,200}}\])?\{{([^{{}}]{{1,500}})\}}",
    re.DOTALL,
)
_LINK = re.compile(r"\[\[((?:[^\[\]\\]|\\.|\[[^\[\]\n]{0,200}\]){0,2000})\](?:\[(.{0,1000}?)\])?\]", re.DOTALL)
_NOTE = re.compile(rf"\[fn:{NAME_OF_NOTE}\]|\[fn:(?:{NAME_OF_NOTE})?:((?:[^\[\]]|\[[^\[\]]*\]|\[\[[^\[\]]*\]\[[^\[\]]*\]\]){{1,2000}})\]")
_CITATION = re.compile(r"\[cite(?:/[\w/-]{1,30})?:[^\[\]]{1,500}\]")
_TARGET = re.compile(r"<<<([^<>\n]{1,200})>>>|<<[^<>\n]{1,200}>>")
_ADDRESS = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]{1,2000})>")
_SNIPPET = re.compile(r"@@\w{1,30}:.{0,1000}?@@", re.DOTALL)
_MACRO = re.compile(r"\{\{\{[A-Za-z][\w-]{0,60}(?:\((.{0,500}?)\))?\}\}\}", re.DOTALL)
_BOLD = re.compile(rf"(?<![^{_BEFORE}{WIDE}])\*(?=\S)(.{{1,500}}?)(?<=\S)\*(?![^{_BEHIND}{WIDE}])", re.DOTALL)
_MARKED = re.compile(rf"(?<![^{_BEFORE}{_HAN_MARKS}])([/_+])(?=\S)([^/_+]{{1,500}}?)(?<=\S)\1(?![^{_BEHIND}{_HAN_MARKS}])")
_RAISED = re.compile(r"(?<=\S)[\^_]\{([^{}\n]{1,200})\}")
_KIND = re.compile(r"(?:file(?:\+\w{1,10})?|attachment|roam|denote|elisp|shell):(?://)?")
_PICTURE = re.compile(r"(?:https?:|file:|attachment:|\.{0,2}/).+\.(?:png|jpe?g|gif|svg|webp|bmp)", re.IGNORECASE)
_LITERALS = Literals("*/_=~[{<")


def shown(text: str, note: Callable[[str], None]) -> str:
    """What a reader sees of a paragraph, a headline or a cell; `note` takes the footnotes that stand in it."""
    if "=" in text or "~" in text or "src_" in text:
        text = _LITERAL_TEXT.sub(lambda match: _LITERALS.hide(match[2] or match[3]), text)
    if "[" in text:
        text = _LINK.sub(_shown_link, text)
        text = _CITATION.sub("", _NOTE.sub(lambda match: _noted(match[1], note), text))
    if "<" in text:
        text = _ADDRESS.sub(r"\1", _TARGET.sub(r"\1", text))
    if "@@" in text or "{{{" in text:
        text = _MACRO.sub(r"\1", _SNIPPET.sub("", text))
    text = _BOLD.sub(r"\1", text) if "*" in text else text
    return _LITERALS.show(_RAISED.sub(r"\1", _MARKED.sub(_unmarked, text)))


def _noted(text: str | None, note: Callable[[str], None]) -> str:
    if text:
        note(shown(text, note))
    return ""


def _unmarked(match: re.Match[str]) -> str:
    """Without the marks where they stand around words; around one in Latin letters they may be a path or a name: /usr/, _name_."""
    return match[2] if " " in match[2] or IS_WIDE.search(match[2]) else match[0]


def _shown_link(match: re.Match[str]) -> str:
    """What stands for a link: its description, else where it leads; nothing for a picture or an identifier."""
    said = match[2] or match[1]
    if _PICTURE.fullmatch(said) or said.startswith("id:"):
        return ""
    return said if match[2] else _LITERALS.hide(_KIND.sub("", said).lstrip("*#"))

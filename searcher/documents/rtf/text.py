"""Rich Text becomes what is printed of it, whatever code pages its fonts are in.

Rich Text Format (RTF) Specification 1.9.1, Microsoft 2008. A character outside ASCII is written as bytes in the code page
of its font (\\'d6\\'d0, also with an ASCII letter as the second byte), or as UTF-16 with bytes for old readers behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from searcher.documents.composing.page import Page
from searcher.documents.description.metadata import real_author
from searcher.documents.document import Document, Refused
from searcher.documents.office.properties import Properties, document_with_properties
from searcher.documents.office.word import level_of_style
from searcher.documents.rtf.fonts import SYMBOL, Fonts
from searcher.documents.rtf.layout import Layout, mended
from searcher.documents.sources.source import ReadOptions, Source
from searcher.frozen import frozen
from searcher.remarks import Remark

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<symbol>[\s\S])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_DEEPEST = 10_000  # groups

_CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
_BLOCK_ENDS = frozenset(("par", "sect", "page", "pard", "\n", "\r"))
_DROPPED = frozenset(
    "colortbl filetbl revtbl rsidtbl generator pict object objdata themedata list listoverride colorschememapping latentstyles datastore"
    " xmlnstbl listtable listoverridetable pgptbl mmathPr bkmkstart bkmkend header headerl headerr headerf footer footerl footerr footerf"
    " ftnsep ftnsepc aftnsep aftnsepc atnid atnauthor annotation fldinst nonshppict private stylerestrictions template xe tc txe rxe"
    " nonesttables ud sp".split()
)
_ABOUT = {"title": "title", "author": "author", "subject": "subject", "keywords": "keywords", "creatim": "created"}
_LAYOUT = {
    "intbl": Layout.in_table, "line": Layout.end_line, "lbr": Layout.end_line, "cell": Layout.end_cell, "nestcell": Layout.end_cell,
    "row": Layout.end_row, "nestrow": Layout.end_row,
}  # fmt: skip
_SHOWN_THOUGH_OPTIONAL = frozenset(("shppict", "shpinst", "shptxt"))


def read_rtf(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of an RTF file."""
    page, about = rtf_page(source.read(options.max_bytes))
    yield document_with_properties(source, "rtf", page, about)


def rtf_page(data: bytes) -> tuple[Page, Properties]:
    """The page that RTF shows, and what it says of itself: title, author, subject, keywords, when it was made."""
    reader = _Reader(data)
    reader.read(_bytes_as_characters(data))
    about = {**reader.about, "author": real_author(reader.about.get("author", ""))}
    return reader.page(), {name: [said] for name, said in about.items() if said}


@frozen
class _Group:
    """What holds until the brace closes."""

    into: str = "text"  # where what is written goes: text, fonts, styles, a name of what it says of itself, or nowhere (empty)
    font: int | None = None
    wide_font: int | None = None  # of double-byte characters
    side: str = "f"  # which of the two fonts the bytes are in: f, or dbch
    skip: int = 1  # characters for old readers behind \\u
    hidden: bool = False


class _Reader:
    """Follows the groups; bytes wait until it is sure that they are complete."""

    def __init__(self, data: bytes) -> None:
        self._page = Layout()
        self._fonts = Fonts(data)
        self._group = _Group()
        self._outer: list[_Group] = []
        self._bytes = bytearray()
        self._collected: list[str] = []  # of what it says of itself, or a style's name
        self._optional = False  # a \\* came before
        self._skipping = 0
        self._style = 0
        self._levels: dict[int, int] = {}  # of headings, by the number of the style
        self._date: dict[str, int] = {}
        self._first_font: int | None = None
        self.about: dict[str, str] = {}

    def read(self, text: str) -> None:
        """Follows a whole file, every byte of it a character."""
        position, last = 0, text.rfind("\\")
        while match := _TOKEN.match(text, position):
            position = match.end()
            if match["text"] is not None:
                self._text(match["text"])
            elif match["word"]:
                number = int(match["number"]) if match["number"] else None
                if match["word"] == "bin":
                    position += max(0, number or 0)
                else:
                    self._word(match["word"], number)
            elif match["byte"]:
                self._byte(int(match["byte"], 16))
            elif match["symbol"]:
                self._symbol(match["symbol"])
            elif match["brace"]:
                self._brace(match["brace"])
                if not self._outer and position > last:  # what stands behind the end is none of it
                    return

    def page(self) -> Page:
        self._end_paragraph()
        return self._page.finish()

    def _brace(self, brace: str) -> None:
        self._flush()
        self._skipping, self._optional = 0, False
        if brace == "{":
            if len(self._outer) >= _DEEPEST:
                raise Refused("damaged", Remark("detail.deep-groups", limit=_DEEPEST))
            self._outer.append(self._group)
        elif self._outer:
            ended, self._group = self._group, self._outer.pop()
            if ended.into != self._group.into:
                self._end_destination(ended.into)

    def _end_destination(self, name: str) -> None:
        said = "".join(self._collected).strip()
        if name == "created":
            self.about["created"] = _iso(self._date)
        elif name == "note":
            self._page.note(said)
        elif name not in ("text", "", "fonts", "styles") and said:
            self.about.setdefault(name, mended(" ".join(said.split())))
        if name:
            self._collected.clear()

    def _word(self, word: str, number: int | None) -> None:
        optional, self._optional = self._optional, False
        if word == "u" and number is not None:
            self._flush()
            self._write(chr(number & 0xFFFF))
            self._skipping = self._group.skip
        elif self._skipping and word in _CHARACTERS:
            self._skipping -= 1
        elif word in _CHARACTERS:
            self._flush()
            self._write(_CHARACTERS[word])
        elif not self._enters(word, optional):
            self._flush()
            self._skipping = 0
            self._format(word, number)

    def _enters(self, word: str, optional: bool) -> bool:
        """Whether the word says where the group's text goes."""
        into = {"fonttbl": "fonts", "stylesheet": "styles", "info": "", "footnote": "note"}.get(word)
        if word in _DROPPED or (optional and into is None and word not in _SHOWN_THOUGH_OPTIONAL):
            into = ""
        if word in _ABOUT and self._outer and self._group.into == "" and len(self._outer) <= 3:
            into = _ABOUT[word]
            self._collected.clear()
        if into is None:
            return False
        self._flush()
        if into != "note" or self._group.into == "text":
            self._group = replace(self._group, into=into)
        return True

    def _format(self, word: str, number: int | None) -> None:
        if word in _BLOCK_ENDS:
            self._paragraph(word)
        elif word in _LAYOUT:
            if self._group.into == "text":
                _LAYOUT[word](self._page)
        elif word in ("f", "af", "loch", "hich", "dbch", "deff", "fcharset", "cpg", "ansicpg", "mac", "pc", "pca"):
            self._font(word, number)
        elif word == "uc":
            self._group = replace(self._group, skip=min(max(number or 0, 0), 100))
        elif word in ("v", "deleted"):
            self._group = replace(self._group, hidden=number != 0)
        elif word == "plain":
            self._group = replace(self._group, hidden=False, side="f", font=self._first_font)
        elif word in ("s", "outlinelevel") and number is not None:
            self._leveled(word, number)
        elif self._group.into == "created" and number is not None:
            self._date[word] = number

    def _font(self, word: str, number: int | None) -> None:
        """A word of the table of fonts, of the document, or of the group."""
        defines = self._group.into == "fonts"
        if word == "f" and defines:
            self._fonts.define(number or 0)
        elif word in ("f", "af") and self._group.side == "dbch":
            self._group = replace(self._group, wide_font=number)
        elif word in ("f", "deff"):
            self._group = replace(self._group, font=number)
            self._first_font = number if word == "deff" else self._first_font
        elif word in ("loch", "hich", "dbch"):
            self._group = replace(self._group, side="dbch" if word == "dbch" else "f")
        elif word != "cpg" or defines:
            self._fonts.learn(word, number)

    def _leveled(self, word: str, number: int) -> None:
        if self._group.into == "styles":
            self._style = number if word == "s" else self._style
            if word == "outlinelevel" and number < 9:
                self._levels[self._style] = number + 1
        elif word == "s":
            self._page.level = self._levels.get(number, 0)
        else:
            self._page.level = number + 1 if number < 9 else 0

    def _paragraph(self, word: str) -> None:
        if self._group.into == "text":
            if word == "pard":
                self._page.begin_paragraph()
            else:
                self._end_paragraph()

    def _symbol(self, symbol: str) -> None:
        self._optional = symbol == "*"
        if self._skipping and symbol in _SYMBOLS:
            self._skipping -= 1
        elif symbol in "\\{}" and self._bytes:
            self._bytes += symbol.encode("ascii")  # a second byte
        elif symbol in _SYMBOLS:
            self._flush()
            self._write(_SYMBOLS[symbol])
        elif symbol in "\r\n":
            self._flush()
            self._paragraph(symbol)

    def _byte(self, value: int) -> None:
        if self._skipping:
            self._skipping -= 1
        else:
            self._bytes.append(value)

    def _text(self, text: str) -> None:
        self._optional = False
        if self._skipping:
            skipped = min(self._skipping, len(text))
            self._skipping -= skipped
            text = text[skipped:]
        if text and max(text) > "\xff":  # written as UTF-8, against the rules
            self._flush()
            self._write(text)
        elif text:
            self._bytes += text.encode("latin-1")

    def _flush(self) -> None:
        """Decodes the bytes that wait."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        fonts = (self._group.font,) if self._group.side == "f" else (self._group.wide_font, self._group.font)
        code_page = self._fonts.code_page(*fonts)
        if code_page == SYMBOL:
            self._write("•" if data.strip() else " ")
        elif self._group.into:
            self._write(data.decode("ascii" if data.isascii() else code_page, "replace"))

    def _write(self, text: str) -> None:
        into = self._group.into
        if into == "text":
            if not self._group.hidden:
                self._page.write(text)
        elif into == "styles":
            self._collected.append(text)
            if text.endswith(";"):
                self._name_style("".join(self._collected))
        elif into and into != "fonts":
            self._collected.append(text)

    def _name_style(self, name: str) -> None:
        if level := level_of_style(name.strip(" ;").lower()):
            self._levels[self._style] = level
        self._collected.clear()
        self._style = 0

    def _end_paragraph(self) -> None:
        self._flush()
        self._page.end_paragraph()


def _bytes_as_characters(data: bytes) -> str:
    """Every byte as a character of its own; characters of UTF-8 as themselves where nothing else can be meant."""
    if data.isascii():
        return data.decode("ascii")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
    return re.sub("[\x80-\xff]", lambda match: f"\\u{ord(match[0])}\\'20", text)


def _iso(parts: dict[str, int]) -> str:
    year, month, day = parts.get("yr", 0), parts.get("mo", 0), parts.get("dy", 0)
    date = f"{year:04}-{month:02}-{day:02}"
    return f"{date}T{parts['hr']:02}:{parts.get('min', 0):02}" if "hr" in parts else date

"""Which code page are bytes in an RTF file in? That of their font, that of the document, or the likeliest one."""

from __future__ import annotations

import re

from searcher.documents.encodings.detection import candidates, codec
from searcher.documents.sources.source import MEGABYTE

SYMBOL = "symbol"
"""The code page of signs, which none tells."""

_SEARCHED = MEGABYTE  # bytes that tell the code page
_WORD = re.compile(rb"\\[A-Za-z]+-?\d* ?|[{}]")
_BYTE = re.compile(rb"\\'([0-9A-Fa-f]{2})")

# \\fcharset to code page, from the specification; 0 and 1 mean that of the document.
_CHARSETS = {
    2: SYMBOL, 77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gb18030", 81: "big5hkscs", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
_CODE_PAGES = {936: "gb18030", 950: "cp950", 65001: "utf-8", 10000: "mac_roman", 54936: "gb18030"}
_DEFAULTS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class Fonts:
    """The code pages of the fonts of a file, and of what has none."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[int, str] = {}
        self._default: str | None = None
        self._defining = 0
        self._guess: str | None = None

    def define(self, number: int) -> None:
        """The table of fonts comes to the font of this number."""
        self._defining = number

    def learn(self, word: str, number: int | None) -> None:
        """A word says the code page of the font that is being defined, or that of the document."""
        if word == "fcharset" and number in _CHARSETS:
            self._known[self._defining] = _CHARSETS[number]
        elif word == "cpg":
            self._known[self._defining] = _code_page(number) or "cp1252"
        elif word == "ansicpg":
            self._default = _code_page(number)
        elif word in _DEFAULTS:
            self._default = _DEFAULTS[word]

    def code_page(self, *fonts: int | None) -> str:
        """The code page of bytes in the first of these fonts that has one."""
        pages = (self._known.get(font) for font in fonts if font is not None)
        told = next(filter(None, pages), self._default)
        return self._guessed(told) if told is None or (told == "cp1252" and not self._known) else told

    def _guessed(self, declared: str | None) -> str:
        """The likeliest code page of all bytes beyond ASCII, where the file does not say, or says what every file says."""
        if self._guess is None:
            raw = _BYTE.sub(lambda match: bytes((int(match[1], 16),)), _WORD.sub(b" ", self._data[:_SEARCHED]))
            self._guess = next(one.encoding for one in candidates(raw, declared) if not one.encoding.startswith("utf-16"))
        return self._guess


def _code_page(number: int | None) -> str | None:
    return None if number is None else codec(_CODE_PAGES.get(number, f"cp{number}"))
